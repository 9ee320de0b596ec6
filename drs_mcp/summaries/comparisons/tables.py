"""Compared tables as lines of an answer: for row comparisons and value comparisons."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from drs_mcp.summaries.answer import Cell, Table, table, top_counts
from drs_mcp.summaries.comparisons.counting.tally import ComparedTable
from drs_mcp.summaries.comparisons.name_groups import (
    Group,
    group_names,
    labels,
    listed,
    renamed,
    shape,
)

MANY = 50
"""Above this number of troubled tables, the counts by database are told as well."""

_MOST_DATABASES = 10


class ProblemRow(NamedTuple):
    """A table to tell; `rank` is 0 for the worst.

    `target` is its name in the destination: None where it repeats the source's but for case,
    empty where it is unknown.
    """

    rank: int
    problem: str
    database: str
    table: str
    target: str | None
    source_rows: int | None
    target_rows: int | None
    differing: int | None
    message: str | None
    filter: str | None
    claim: str = ""


def trouble(found: ComparedTable, problem: str, rank: int) -> ProblemRow:
    """A table as it is told."""
    source_db, target_db = found.place
    moved_to = target_db if source_db.lower() != target_db.lower() else ""
    return ProblemRow(
        rank=rank,
        problem=problem,
        database=source_db or target_db,
        table=found.source or found.target or "?",
        target=target_of(found.source, found.target, moved_to),
        source_rows=found.source_rows,
        target_rows=found.target_rows,
        differing=found.differing,
        message=found.message,
        filter=found.filter,
        claim=found.claim,
    )


def target_of(source: str | None, target: str | None, moved_to: str) -> str | None:
    """The destination name to tell of a table; *moved_to* is its database if that is another."""
    if not target:
        return ""
    if moved_to:
        return f"{moved_to}.{target}"
    return None if source and source.lower() == target.lower() else target


def columns(judged: str) -> tuple[str, ...]:
    """The columns of `lines`; *judged* names the problem."""
    rows = ("source_rows", "destination_rows", "differing")
    return (
        "table",
        judged,
        *rows,
        "tables",
        "worst",
        "destination",
        "message",
        "filter",
        "says",
    )


def lines(
    problem_rows: Sequence[ProblemRow], *, databases: bool, problems: bool, claims: bool = False
) -> list[list[Cell]]:
    """One line a table, worst first; tables whose names differ in a number only share one.

    Args:
        problem_rows: the tables.
        databases: whether names need their database.
        problems: whether the problem is to be told: there may be but one.
        claims: whether to tell what each row says of itself; of contradictory ones it always is.
    """
    ordered = sorted(problem_rows, key=lambda row: (row.rank, -_size(row), row.database, row.table))
    groups = group_names([row.table for row in ordered], [_kind(row) for row in ordered])
    names = _labelled(groups, ordered) if databases else [group.name for group in groups]
    made: list[tuple[tuple[int, int], list[Cell]]] = []
    for group, name in zip(groups, names, strict=True):
        members = [ordered[position] for position in group.members]
        line = _line(name, group.name, members)
        if not problems:
            line[1] = None
        if not claims and members[0].rank:
            line[-1] = None
        # By the worst member: a group must not hide which table differs most.
        made.append(((members[0].rank, -max(map(_size, members))), line))
    made.sort(key=lambda item: item[0])
    return [line for _, line in made]


def _line(name: str, pattern: str, members: Sequence[ProblemRow]) -> list[Cell]:
    first = members[0]
    about = (renamed(first.message, first.table, pattern), first.filter, first.claim)
    if len(members) == 1:
        rows = (first.source_rows, first.target_rows, first.differing)
        return [name, first.problem, *rows, None, None, first.target, *about]
    sums = (
        sum_known(row.source_rows for row in members),
        sum_known(row.target_rows for row in members),
        sum_known(row.differing for row in members),
    )
    worst = _standing_out(members)
    destinations = listed(row.target for row in members)
    return [name, first.problem, *sums, len(members), worst, destinations, *about]


def grouped(told: Iterable[Sequence[Cell]]) -> bool:
    """Whether some lines stand for several tables."""
    return any(line[5] for line in told)


def _labelled(groups: Sequence[Group], ordered: Sequence[ProblemRow]) -> list[str]:
    return labels([(ordered[group.members[0]].database, group.name) for group in groups])


def _size(row: ProblemRow) -> int:
    return row.differing or 0


def _standing_out(members: Sequence[ProblemRow]) -> str | None:
    """The member of a group that differs most, with its number; None if all differ alike."""
    worst = max(members, key=_size)
    if not worst.differing or all(row.differing == worst.differing for row in members):
        return None
    return f"{worst.table}: {worst.differing}"


def _kind(row: ProblemRow) -> Hashable:
    named = shape(row.target) if row.target else row.target
    return (
        row.database,
        row.problem,
        named,
        renamed(row.message, row.table),
        row.filter,
        row.claim,
    )


def by_database(problem_rows: Sequence[tuple[str, int | None]], what: str) -> Table:
    """How many of *what* are troubled in each database, the most first; empty for a few of them.

    Args:
        problem_rows: the database of each, and in how many rows it differs.
        what: tables or objects.
    """
    if len(problem_rows) <= MANY:
        return Table()
    counts = top_counts(Counter(database for database, _ in problem_rows), _MOST_DATABASES)
    differing: dict[str, list[int | None]] = defaultdict(list)
    for database, rows in problem_rows:
        differing[database if database in counts else "other"].append(rows)
    return table(
        ("database", what, "differing_rows"),
        [(name, number, sum_known(differing[name])) for name, number in counts.items()],
    )


def destinations_note(problem_rows: Iterable[ProblemRow]) -> list[str]:
    """Says once that destination names are left out where they only repeat the source's."""
    targets = {row.target for row in problem_rows}
    if None not in targets:
        return []
    if len(targets) == 1:
        return ["Destination names repeat the source's but for case."]
    unknown = ", or are unknown" if "" in targets else ""
    return [f"Destination names left out repeat the source's but for case{unknown}."]


def sum_known(values: Iterable[int | None]) -> int | None:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
