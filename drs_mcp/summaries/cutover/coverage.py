"""Criteria about how far the comparisons reach, and whether they compared the same tables."""

from collections.abc import Iterator, Sequence
from itertools import chain

from drs_mcp.api.wire.values import count, records, text
from drs_mcp.quoting.names import as_name
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.comparisons.counting.listed import ListedTable
from drs_mcp.summaries.comparisons.evidence.facts import ComparisonFacts
from drs_mcp.summaries.comparisons.name_groups import first_few, in_brackets, qualified
from drs_mcp.summaries.comparisons.requested.names import folded
from drs_mcp.summaries.cutover.compared import why_absent
from drs_mcp.summaries.cutover.evidence import Criterion, CutoverEvidence, CutoverOptions
from drs_mcp.summaries.diagnosis.evidence import Evidence

_NO_SCOPE = "how many Redis databases are in scope is not told"


def rows_coverage(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    """Whether the rows of every table were counted."""
    name = "rows_coverage"
    if read.redis:
        return Criterion(name, "not_applicable", _NO_SCOPE)
    return _coverage(read, options, name, read.rows, read.values)


def values_coverage(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    """Whether the values of every table were compared, in all rows and columns."""
    name = "values_coverage"
    if read.redis:
        return Criterion(name, "not_applicable", _NO_SCOPE)
    if why_absent(read, "content_compare") and (read.full_only or options.accept_uncompared):
        return Criterion(name, "not_applicable", "no value comparison")
    return _coverage(read, options, name, read.values, read.rows)


def _coverage(
    read: CutoverEvidence,
    options: CutoverOptions,
    name: str,
    facts: ComparisonFacts | None,
    other: ComparisonFacts | None,
) -> Criterion:
    own, others = ("row", "value") if name == "rows_coverage" else ("value", "row")
    if read.moves_no_rows:
        return Criterion(name, "not_applicable", f"sync_type_policy is {read.moves_no_rows}")
    if facts is None:
        return Criterion(name, "unknown", f"no {own} comparison to count")
    scope = _scope(read.task) if facts.reach.scope is None else facts.reach.scope
    if scope is None:
        told = f"{plural(facts.compared, 'table')} compared, how many are in scope is unknown"
    elif facts.compared > scope:
        told = (
            f"{plural(facts.compared, 'table')} compared, where the task's objects count {scope:,}"
        )
    else:
        told = f"{facts.compared:,} of {plural(scope, 'table')} in scope compared"
    moved = _moved(read.task)
    fewer = scope is not None and moved is not None and scope < moved
    more = [f"the full phase had {moved:,} to move"] if fewer else []
    # More than there are contradicts itself: the scope counts another time or other tables.
    whole = scope is not None and facts.compared == scope and facts.whole and not fewer
    missed: list[str] = []
    if whole and other is not None:
        absent = (read.rows_beside if own == "row" else read.values_beside).absent
        missed = [*_unlisted(facts, other, absent, others)]
    whole = whole and not missed
    told = "; ".join(dict.fromkeys([told, *facts.caveats, *more, *_left_out(facts), *missed]))
    if whole or options.accept_uncompared:
        return Criterion(name, "met", told if whole else f"{told}: accepted", facts.evidence)
    return Criterion(name, "unknown", told, facts.evidence)


def _unlisted(
    facts: ComparisonFacts, other: ComparisonFacts, tables: Sequence[ListedTable], what: str
) -> Iterator[str]:
    """What the other comparison of the task lists, and this one does not, by name.

    A database of which the other one lists tables is there if they are, whatever it is called here.
    """
    if tables:
        verb = "is" if len(tables) == 1 else "are"
        number = plural(len(tables), "table")
        yield f"{number} of the {what} comparison {verb} not in it{in_brackets(map(_source, tables))}"
    ours = {folded(name) for name in (*_databases(facts), *facts.listed.databases)}
    if ("",) in ours:  # databases are not told
        return
    known = set(chain.from_iterable(ours))
    judged = set() if facts.listed.nameless else set(map(folded, other.listed.databases))
    databases = [
        name
        for name in _databases(other)
        if (own := folded(name)) not in judged and known.isdisjoint(own)
    ]
    if databases:
        verb = "is" if len(databases) == 1 else "are"
        number = plural(len(databases), "database")
        yield f"{number} of the {what} comparison {verb} not in it{in_brackets(databases)}"


def _databases(facts: ComparisonFacts) -> list[str]:
    """The source databases that an overview lists."""
    return [pair.source_db for pair in facts.reach.pairs if pair.source_db]


def _source(table: ListedTable) -> str:
    return qualified(table.source_db, table.source)


def same_destinations(read: CutoverEvidence) -> Iterator[Criterion]:
    """Whether rows and values of a table were compared with the same table; told where not."""
    if read.rows is None or read.values is None:
        return
    found = read.rows_beside.elsewhere
    if not found:
        return
    by_values, by_rows = min(found)
    where = [
        as_name(qualified(one.target_db, one.target)) or "another" for one in (by_rows, by_values)
    ]
    first = as_name(_source(by_rows)) or "a table"
    more = f", and {plural(len(found) - 1, 'more table')}" if len(found) > 1 else ""
    told = f"{first} was compared with {where[0]} by rows and with {where[1]} by values{more}"
    at = max((one.evidence for one in (read.rows, read.values) if one.evidence), default=None)
    yield Criterion("same_destinations", "unknown", told, at)


def same_emptiness(read: CutoverEvidence) -> Iterator[Criterion]:
    """Whether a table that one comparison finds empty is so in the other; told where it is not.

    Only of comparisons that ran at the same time: else rows may have come, or gone, in between.
    """
    if read.rows is None or read.values is None or not _at_once(read.rows, read.values):
        return
    odd = (read.empty_by_rows & read.value_tables) - read.empty_by_values
    odd |= (read.empty_by_values & read.row_tables) - read.empty_by_rows
    if odd:
        verb = "is" if len(odd) == 1 else "are"
        named = in_brackets(qualified(*one) for one in odd)
        told = (
            f"{plural(len(odd), 'table')}{named} {verb} empty by the one comparison and not by the "
            "other, of the same time"
        )
        yield Criterion("same_rows", "unknown", told, read.rows.evidence)


def _at_once(one: ComparisonFacts, other: ComparisonFacts) -> bool:
    """Whether two comparisons ran at the same time, as far as that is told."""
    spans = [(facts.began, facts.evidence) for facts in (one, other)]
    (began, ended), (began_too, ended_too) = spans
    if began is None or ended is None or began_too is None or ended_too is None:
        return False
    return began <= ended_too and began_too <= ended


def _left_out(facts: ComparisonFacts) -> list[str]:
    told = []
    for reason, number in sorted(facts.not_compared.items(), key=lambda one: one[0].value):
        if number:
            named = first_few(facts.names.get(reason, ()))
            why = ": ".join(filter(None, (reason.value.replace("_", " "), named)))
            told.append(f"{number:,} not compared ({why})")
    return told


def _scope(task: Evidence) -> int | None:
    """How many tables the task moves: of the object comparison, else of the progress."""
    for row in records((task.objects or {}).get("compare_results")):
        if (text(row.get("type")) or "").upper() == "TABLE":
            return count(row.get("source_count"))
    return _moved(task)


def _moved(task: Evidence) -> int | None:
    """How many tables the full phase had to move, as the progress tells it."""
    return next((row.total for row in task.object_types if row.type.upper() == "TABLE"), None)
