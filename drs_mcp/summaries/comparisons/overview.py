"""Overviews of comparisons: per object type (Tables 41, 42) or database pair (Tables 45, 47)."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from drs_mcp.api.wire.values import Row, count, flag, moment, records, text, word
from drs_mcp.clock import iso
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import Excerpt, Name
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.comparisons.evidence.options import LEFT_OUT
from drs_mcp.summaries.comparisons.name_groups import group_names
from drs_mcp.summaries.comparisons.status import (
    CONSISTENT,
    CONTRADICTORY,
    INCONSISTENT,
    Kind,
    counted,
    is_problem,
    kind_of,
    normalise,
    severity,
    status_words,
)
from drs_mcp.summaries.comparisons.tasks import CompareTask

_NAMED = 6
_CONSISTENT_NAMED = 12
OPENED = ("DB", "TABLE", "INDEX")
"""The types of objects that DRS lists one by one."""


class Pair(NamedTuple):
    """A source database and the destination database it goes to."""

    source_db: str
    target_db: str
    status: str | None


class ObjectOverviewAnswer(Answer, Closing):
    """Answer of `get_compare_overview` for objects."""

    essential = frozenset({"totals"})

    compare_task_id: Name | None = None
    status: Name | None = None
    totals: dict[str, int] = {}
    types: Table = Table()
    consistent_types: list[Name] = []
    started: Name | None = None
    error: Excerpt | None = None


class PairOverviewAnswer(Answer, Closing):
    """Answer of `get_compare_overview` for rows and values."""

    essential = frozenset({"totals"})

    compare_task_id: Name | None = None
    totals: dict[str, int] = {}
    databases: Table = Table()
    consistent_databases: list[Name] = []
    ended: Name | None = None


class TypeCount(NamedTuple):
    """One type of object, with its counts on both sides and what the two are worth."""

    type: str
    status: str
    source: int | None
    target: int | None

    @property
    def missing(self) -> int | None:
        """How many the destination lacks, below 0 if it has more; None if it is not known."""
        return self.source - self.target if None not in (self.source, self.target) else None  # type: ignore[operator]

    @property
    def agrees(self) -> bool:
        """Whether it is said to agree, and its counts do not say otherwise."""
        return self.status == CONSISTENT and self.source == self.target


def types_of(info: Row) -> list[TypeCount]:
    """The types of an object comparison (Tables 41, 42), each once, checked against its counts.

    A type that comes twice, with other numbers, is the sum of its parts.
    """
    found: dict[str, TypeCount] = {}
    seen: set[str] = set()
    for row in records(info.get("compare_results")):
        if repr(sorted(row.items())) in seen:
            continue
        seen.add(repr(sorted(row.items())))
        kind = text(row.get("type")) or "?"
        source, target = count(row.get("source_count")), count(row.get("target_count"))
        status = normalise(row.get("status"), of_objects=True)
        if status == CONSISTENT and source != target and None not in (source, target):
            status = CONTRADICTORY
        one = TypeCount(kind, status, source, target)
        found[kind] = _joined(found[kind], one) if kind in found else one
    return list(found.values())


def _joined(one: TypeCount, other: TypeCount) -> TypeCount:
    return TypeCount(
        one.type,
        min(one.status, other.status, key=severity),
        None if one.source is None or other.source is None else one.source + other.source,
        None if one.target is None or other.target is None else one.target + other.target,
    )


def object_overview_answer(info: Row, *, job: str, requested_id: str = "") -> ObjectOverviewAnswer:
    """Summarise the overview of an object comparison (Table 41); *requested_id* is the one asked for."""
    types = types_of(info)
    state = state_of(info)
    task_id = text(info.get("compare_job_id"))
    rows = [one for one in types if not one.agrees]
    rows.sort(key=lambda one: (severity(one.status), -abs(one.missing or 0)))
    created = moment(info.get("start_time")) or moment(info.get("create_time"))
    return ObjectOverviewAnswer(
        headline=_object_headline(state, types, rows),
        compare_task_id=task_id or requested_id or None,
        status=state if state != "SUCCESSFUL" else None,
        totals=counted(Counter(one.status for one in types)),
        types=table(
            ("type", "status", "source", "destination", "missing"),
            [
                (one.type, status_words(one.status), one.source, one.target, one.missing)
                for one in rows
            ],
        ),
        consistent_types=[
            f"{one.type} {one.source:,}" if one.source is not None else one.type
            for one in types
            if one.agrees
        ],
        started=iso(created) if created else None,
        error=text(info.get("error_msg")),
        next=[_detail(job, "object_compare", requested_id)]
        if any(one.type in OPENED for one in rows)
        else [],
    )


def state_of(info: Row) -> str | None:
    """The state of an object comparison, in the words of Table 41; None if it is not told."""
    found = word(info.get("status"))
    return "SUCCESSFUL" if found in ("SUCCESS", "PASS") else found


def _detail(job: str, compare_type: str, requested_id: str) -> NextCall:
    # The newest comparison needs no ID.
    args: dict[str, str | int | bool] = {"job": job, "compare_type": compare_type}
    return NextCall(tool="get_compare_detail", args=args | {"compare_task_id": requested_id})


def _object_headline(
    state: str | None, types: Sequence[TypeCount], problem_pairs: Sequence[TypeCount]
) -> str:
    total = plural(len(types), "object type")
    if not types:
        if not state:
            return "This task has no object comparison yet."
        return f"The object comparison is {status_words(normalise(state))}; it has no results."
    # What has not ended, or not well, has compared a part at best.
    ended = state in (None, "SUCCESSFUL")
    so_far = "" if ended else f"The object comparison is {status_words(normalise(state))}, so far: "
    if not problem_pairs:
        verdict = "all" if so_far else "Objects are consistent: all"
        return f"{so_far}{verdict} {total} agree."
    listed: list[str] = []
    for kinds, words in (
        ((Kind.CONTRADICTS,), "contradictory (status against counts)"),
        ((Kind.DIFFERS, Kind.AGREES), "do not agree"),
        ((Kind.NOT_COMPARED, Kind.UNREAD), "without a result"),
        ((Kind.PENDING,), "not finished"),
    ):
        names = [one.type for one in problem_pairs if kind_of(one.status) in kinds]
        if names:
            of = "" if listed else f" of {total}"
            listed.append(f"{len(names)}{of} {words}: {_few_of(names)}")
    return f"{so_far}{'; '.join(listed)}."


def _few_of(names: Sequence[str]) -> str:
    told = [shown for name in names if (shown := as_name(name))][:_NAMED]
    more = len(names) - len(told)
    return ", ".join(told) + (f" and {more} more" if more else "")


def pairs_of(rows: Sequence[Row], compare_type: str) -> list[Pair]:
    """The database pairs of an overview, each once, in its order."""
    found: dict[tuple[str, str], Pair] = {}
    for row in rows:
        source, target = _own(row, "source"), _own(row, "target")
        if not source and not target:
            continue
        status = _pair_status(row, compare_type)
        known = found.get((source, target))
        if known is None or severity(status or "UNKNOWN") < severity(known.status or "UNKNOWN"):
            found[source, target] = Pair(source, target, status)
    return list(found.values())


def _own(row: Row, side: str) -> str:
    return text(row.get(f"{side}_db_name")) or text(row.get(f"{side}_db")) or ""


def _pair_status(row: Row, compare_type: str) -> str | None:
    """The status of a database pair, checked against its flag and its own numbers."""
    given = row.get("status")
    status = normalise(given) if word(given) else None
    same = flag(row.get("compare_result")) if compare_type == "content_compare" else None
    if same is not None:
        kind = kind_of(status) if status else Kind.UNREAD
        if kind is Kind.UNREAD:  # then the status says at most that it ran
            status = CONSISTENT if same else INCONSISTENT
        elif (kind is Kind.AGREES) is not same and kind in (Kind.AGREES, Kind.DIFFERS):
            status = CONTRADICTORY
    differing, ended = count(row.get("data_inconsistent_num")), count(row.get("compare_end_num"))
    if status == CONSISTENT and differing:
        return CONTRADICTORY
    if status == CONSISTENT and ended is not None and ended < (count(row.get("compare_num")) or 0):
        return "UNFINISHED"
    return status


def pairs_overview_answer(
    rows: Sequence[Row],
    compare_type: str,
    *,
    job: str,
    task: CompareTask | None,
    requested_id: str = "",
    complete: bool = True,
    full: bool = False,
) -> PairOverviewAnswer:
    """Summarise the overview of a row or value comparison.

    Args:
        rows: one a database pair (Tables 45, 47).
        compare_type: `line_compare` or `content_compare`.
        job: the caller's word for the task.
        task: the comparison.
        requested_id: the comparison's ID that was asked for.
        complete: everything was read.
        full: every consistent database is named, not the first few alone.
    """
    what = "Row counts" if compare_type == "line_compare" else "Values"
    pairs = pairs_of(rows, compare_type)
    statuses = Counter(pair.status or normalise(None) for pair in pairs)
    problem_pairs = sorted(
        (pair for pair in pairs if is_problem(pair.status)), key=lambda pair: severity(pair.status)
    )
    alike = len({pair.status for pair in problem_pairs}) == 1
    limits = [LEFT_OUT[option] for option in LEFT_OUT if task and option in task.options]
    consistent = _names_of([pair for pair in pairs if not is_problem(pair.status)])
    named = consistent if full else consistent[:_CONSISTENT_NAMED]
    notes = []
    if any(_renamed_in_case(pair) for pair in problem_pairs):
        notes.append("Destination names left out repeat the source's but for case.")
    if len(named) < len(consistent):
        more = plural(
            len(consistent) - len(named),
            "more consistent database or group of them",
            "more consistent databases or groups of them",
        )
        notes.append(f"{more}: full=true names all.")
    return PairOverviewAnswer(
        headline=_pairs_headline(what, statuses, pairs, task, limits, complete=complete),
        compare_task_id=task.id if task else requested_id or None,
        totals=counted(statuses),
        databases=table(
            ("source", "destination", "status"),
            [
                (
                    pair.source_db,
                    pair.target_db if pair.target_db.lower() != pair.source_db.lower() else None,
                    None if alike else status_words(pair.status or normalise(None)),
                )
                for pair in problem_pairs
            ],
        ),
        consistent_databases=named,
        ended=iso(task.ended) if task and task.ended else None,
        notes=notes,
        next=[_detail(job, compare_type, requested_id)] if problem_pairs else [],
    )


def _names_of(pairs: Sequence[Pair]) -> list[str]:
    """The databases by name, `hr → hr_t` where the destination's is another, many as one."""
    labels = [
        pair.source_db
        if pair.target_db.lower() in ("", pair.source_db.lower())
        else f"{pair.source_db} → {pair.target_db}"
        for pair in pairs
    ]
    return [group.name for group in group_names(labels, [""] * len(labels))]


def _renamed_in_case(pair: Pair) -> bool:
    same = pair.source_db.lower() == pair.target_db.lower()
    return same and pair.source_db != pair.target_db


def _pairs_headline(
    what: str,
    statuses: Counter[str],
    pairs: Sequence[Pair],
    task: CompareTask | None,
    limits: Sequence[str],
    *,
    complete: bool,
) -> str:
    total = len(pairs)
    caveats = "".join(f", {limit}" for limit in limits)
    if task and task.as_of_now:
        what = f"As of now, compared as changes come: {what[0].lower()}{what[1:]}"
    elif task and not task.finished:
        what = (
            f"The comparison has not finished ({task.state}), so far: {what[0].lower()}{what[1:]}"
        )
    if not total:
        return f"{what}: " + (
            "the comparison lists no databases." if complete else "no database could be read."
        )
    if statuses[CONSISTENT] == total and complete:
        name = as_name(pairs[0].source_db or pairs[0].target_db)
        where = (
            f"all {total:,} databases"
            if total > 1
            else f"database {name}"
            if name
            else "its database"
        )
        return f"{what} are consistent in {where}{caveats}."
    counts = counted(statuses)
    listed = [f"{n:,} {name}" for name, n in counts.items() if name != status_words(CONSISTENT)]
    listed.append(f"{statuses[CONSISTENT]:,} consistent")
    unread = "" if complete else " read, not all of them"
    return f"{what} of {plural(total, 'database')}{unread}: {', '.join(listed)}{caveats}."
