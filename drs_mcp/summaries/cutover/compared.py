"""Criteria about what was compared: objects, rows and values, and how far each comparison reaches."""

from drs_mcp.api.wire.values import text
from drs_mcp.clock import iso
from drs_mcp.knowledge.words import as_word
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.comparisons.evidence.checks import error_of
from drs_mcp.summaries.comparisons.evidence.facts import ComparisonFacts
from drs_mcp.summaries.comparisons.evidence.objects import RENAMED
from drs_mcp.summaries.comparisons.evidence.options import Option
from drs_mcp.summaries.comparisons.name_groups import in_brackets
from drs_mcp.summaries.comparisons.overviews.objects import TypeCount, state_of, types_of
from drs_mcp.summaries.comparisons.status import Kind, kind_of, status_words
from drs_mcp.summaries.comparisons.tasks import CompareTask, newest_with_results
from drs_mcp.summaries.cutover.aged import aged, as_of_now
from drs_mcp.summaries.cutover.evidence import Criterion, CutoverEvidence, CutoverOptions
from drs_mcp.summaries.cutover.object_date import object_date
from drs_mcp.summaries.diagnosis.comparisons import DATA_ONLY, excluded_types, only_data

_TABLE, _DB = "TABLE", "DATABASE"
_UNREADABLE = "the comparison could not be read"


def objects(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    """Whether the object comparison finds everything at the destination."""
    name, info = "objects_consistent", read.task.objects
    if info is None:
        return Criterion(name, "unknown", _UNREADABLE)
    types = types_of(info)
    state = state_of(info)
    at = object_date(read)
    if not types and state is None and (keys := _of_keys_alone(read)) is not None:
        return keys
    if not types:
        evidence = f"the object comparison is {state.lower()}" if state else "no comparison has run"
        return Criterion(name, "unknown", evidence)
    differing, open_, excused = judged(read, types)
    if differing:
        return Criterion(name, "not_met", "; ".join(differing), at)
    if state not in (None, "SUCCESSFUL"):
        words = status_words(state) if as_word(state) else "not finished"
        return Criterion(name, "unknown", f"the object comparison is {words}", at)
    open_ += _listed(read)
    if open_:
        return Criterion(name, "unknown", "; ".join(open_), at)
    names = ", ".join(as_word(one.type) or "other" for one in types)
    number = f"{len(types)} types agree" if len(types) > 1 else "1 type agrees"
    evidence = f"{number} ({names})"
    evidence = "; ".join([evidence, *excused])
    if not read.redis and _TABLE not in {one.type.upper() for one in types}:
        return Criterion(name, "unknown", f"{evidence}, but tables are not among them", at)
    if error_of(info):
        told = f"{evidence}, but the comparison tells an error of its own"
        return Criterion(name, "unknown", told, at)
    used = newest_with_results(read.task.comparisons or (), "object_compare")
    if newer := _another(read, used) or _newer(read, used, "object_compare"):
        return Criterion(name, "unknown", f"{evidence}, but {newer}", at)
    began, ended = (used.started, used.ended) if used is not None else (None, None)
    return aged(read, options, name, evidence, at, began, ended)


def _of_keys_alone(read: CutoverEvidence) -> Criterion | None:
    """What stands for the objects of Redis where they were never compared; None where nothing does.

    Redis has databases and keys: the databases are those that a comparison of their keys lists. A
    full-only task compares its objects by itself when it ends, and is not excused.
    """
    name, facts = "objects_consistent", read.rows if read.rows is not None else read.values
    if not read.redis or read.full_only or facts is None or facts.agree is not True:
        return None
    if read.task.comparisons is None or read.tasks_of("object_compare"):
        return None
    databases = {pair.source_db for pair in facts.reach.pairs if pair.source_db}
    moved = next((one.total for one in read.task.object_types if one.type.upper() == _DB), None)
    if not databases or (moved is not None and moved > len(databases)):
        number = plural(len(databases), "database")
        beside = f", where {moved:,} were to be moved" if moved is not None else ""
        told = f"no object comparison has run, and the keys of {number} were compared{beside}"
        return Criterion(name, "unknown", told, facts.evidence)
    told = f"Redis has no objects but its databases, whose keys were compared{in_brackets(sorted(databases))}"
    return Criterion(name, "not_applicable", told)


def judged(read: CutoverEvidence, types: list[TypeCount]) -> tuple[list[str], list[str], list[str]]:
    """What differs, what is open, and what need not agree, each type by the overview."""
    out = excluded_types(read.task)
    differing, open_, excused = [], [], []
    for one in types:
        kind = as_word(one.type) or "other"
        counts = (
            f" ({one.source:,} and {one.target:,})"
            if one.source is not None and one.target is not None
            else ""
        )
        worth = kind_of(one.status)
        if one.agrees:
            continue
        if one.type in out:
            excused.append(f"{kind} {out[one.type]}{counts}")
        elif only_data(read.task) and one.type not in DATA_ONLY:
            excused.append(f"{kind}: sync_type_policy is tableData, only rows move")
        elif worth is Kind.DIFFERS:
            missing = one.missing
            differing.append(
                f"{kind} {one.target:,} of {one.source:,}"
                if missing and missing > 0
                else f"{kind} differs{counts}"
            )
        elif worth is Kind.CONTRADICTS or (worth is Kind.AGREES and one.missing):
            by = "a message of its own" if one.says_failed else f"the counts{counts}"
            open_.append(f"{kind}: the status contradicts {by}")
        else:
            open_.append(f"{kind} {status_words(one.status)}{counts}")
    return differing, open_, excused


def _listed(read: CutoverEvidence) -> list[str]:
    """What the objects listed one by one say against the overview."""
    facts = read.objects
    if facts is None or not sum(facts.listed.values()):
        return []
    told = [
        f"{as_word(kind) or 'other'}: the overview says consistent, the detail lists "
        f"{facts.differing.get(kind, 0):,} that are not"
        for kind in facts.denied
    ]
    told += [
        f"{as_word(kind) or 'other'}: the detail lists {listed:,} of {there:,}"
        for kind, (listed, there) in facts.short.items()
    ]
    if renamed := facts.problems.get(RENAMED, 0):
        told.append(f"{plural(renamed, 'object')} may be renamed")
    return told


def rows(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    """Whether row counts agree."""
    name = "rows_consistent"
    if read.moves_no_rows:
        return Criterion(name, "not_applicable", f"sync_type_policy is {read.moves_no_rows}")
    return _agreement(read, options, name, read.rows, "line_compare")


def values(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    """Whether values agree."""
    name = "values_consistent"
    if read.moves_no_rows:
        return Criterion(name, "not_applicable", f"sync_type_policy is {read.moves_no_rows}")
    absent = why_absent(read, "content_compare")
    if read.redis and absent:
        return Criterion(name, "not_applicable", "value comparison needs tables with a primary key")
    if absent and read.full_only:
        return Criterion(name, "not_applicable", "value comparison is of the incremental phase")
    if absent and options.accept_uncompared and read.task.comparisons is not None:
        return Criterion(name, "not_applicable", f"{absent}: accepted")
    return _agreement(read, options, name, read.values, "content_compare")


def why_absent(read: CutoverEvidence, kind: str) -> str | None:
    """Why there is no comparison with results of a kind, if there is none."""
    if read.task.comparisons is None:
        return "the comparisons could not be listed"
    tasks = read.tasks_of(kind)
    if newest_with_results(tasks, kind) is not None:
        return None
    if tasks:
        return f"the newest is {tasks[0].state}"
    sampled = any(task.kind == "random" and task.finished for task in read.task.comparisons)
    sample = "only a random sample of the rows was compared"
    return sample if sampled and kind == "content_compare" else "no comparison has run"


def _agreement(
    read: CutoverEvidence,
    options: CutoverOptions,
    name: str,
    facts: ComparisonFacts | None,
    kind: str,
) -> Criterion:
    absent = why_absent(read, kind)
    if facts is None or absent:
        return Criterion(name, "unknown", absent or _UNREADABLE)
    tables = plural(facts.tables, "table")
    at = facts.evidence
    differ, contradict = facts.kinds.get(Kind.DIFFERS, 0), facts.kinds.get(Kind.CONTRADICTS, 0)
    doubts = "; ".join(facts.doubts)
    if facts.agree is False:
        verb = "differs" if facts.tables == 1 else "differ"
        rows = 0 if contradict else facts.sums.differing
        by = f" by {plural(rows, 'row')}" if rows else ""
        which = _which(facts, Kind.DIFFERS)
        told = f"{differ:,} of {tables} {verb}{by}{which}" if differ else doubts
        if contradict:
            told += f"; {'; '.join(facts.contradictions)}{_which(facts, Kind.CONTRADICTS)}"
        return Criterion(name, "not_met", told, at)
    if contradict:
        told = "; ".join(facts.contradictions)
        return Criterion(name, "unknown", told + _which(facts, Kind.CONTRADICTS), at)
    if not facts.tables:
        return Criterion(name, "unknown", "it lists no table", at)
    if facts.agree is None:
        return Criterion(name, "unknown", doubts or _open(facts, tables), at)
    agree = facts.kinds.get(Kind.AGREES, 0)
    evidence = f"{agree:,} of {tables} agree" if facts.tables > 1 else "its one table agrees"
    if newer := _newer(read, facts.task, kind):
        return Criterion(name, "unknown", f"{evidence}, but {newer}", at)
    evidence += _beside(read, facts, kind)
    if facts.task is not None and facts.task.as_of_now:
        return as_of_now(read, options, name, evidence, facts.task)
    return aged(read, options, name, evidence, at, facts.began)


def _beside(read: CutoverEvidence, facts: ComparisonFacts, kind: str) -> str:
    """What is to be told beside tables that agree."""
    goes_on = any(task.id in read.untold for task in read.tasks_of(kind))
    told = ", and one that goes on finds no difference so far" if goes_on else ""
    if Option.STATIC in facts.options and not read.full_only:
        told += ", compared statically while the task went on"
    return told


def _which(facts: ComparisonFacts, kind: Kind) -> str:
    return in_brackets(facts.names.get(kind, ()))


def _open(facts: ComparisonFacts, tables: str) -> str:
    told = [
        f"{number:,} of {tables} {words}{_which(facts, kind)}"
        for kind, words in (
            (Kind.UNREAD, "without a result"),
            (Kind.PENDING, "still being compared"),
        )
        if (number := facts.kinds.get(kind, 0))
    ]
    if facts.uncovered:
        told.append(f"{plural(len(facts.uncovered), 'database')} without a result")
    if not facts.finished:
        told.append("it has not compared everything once")
    return "; ".join(told) or f"nothing shows that {tables} agree"


def _another(read: CutoverEvidence, newest: CompareTask | None) -> str:
    """That the overview of the objects is of another comparison than the newest that is listed.

    DRS answers for the newest one and tells its ID (Table 41): a list without it, or with a newer
    one, is not of the same moment.
    """
    told = text((read.task.objects or {}).get("compare_job_id"))
    if told is None or newest is None or newest.id == told:
        return ""
    own = next((task for task in read.tasks_of("object_compare") if task.id == told), None)
    if own is None:
        return "the list of comparisons does not have the one that the overview is of"
    at_once = own.finished and own.ended is not None and own.ended == newest.ended
    return "" if at_once else "a newer one has finished, which the overview is not of"


def _newer(read: CutoverEvidence, used: CompareTask | None, kind: str) -> str:
    """A comparison that began later and did not end: the one that was read may be outdated."""
    for task in read.tasks_of(kind):
        if used is None or task.id == used.id or task.finished or task.planned(read.task.now):
            continue
        if task.id in read.untold:
            continue
        began = task.started or task.ended
        if began is None or used.started is None or began > used.started:
            return f"a newer one is {task.state}" + (f", {iso(began)}" if began else "")
    return ""
