"""A row comparison (Table 46): totals over every table, then only those that do not agree."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import compress, repeat
from operator import itemgetter, ne
from typing import NamedTuple

from drs_mcp.api.values import Row, count, text, word
from drs_mcp.clock import iso
from drs_mcp.quoted import Name, spoken
from drs_mcp.summaries.answer import Answer, Cell, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.compare_status import CONSISTENT, INCONSISTENT, normal, said, severity
from drs_mcp.summaries.compare_tasks import CompareTask
from drs_mcp.summaries.name_groups import group_names

MANY = 50
"""Above this number of troubled tables, the counts by database are told as well."""


_NUMBER_FIELDS = ("source_row_num", "target_row_num", "difference_row_num")
_NUMBERS = tuple(itemgetter(name) for name in _NUMBER_FIELDS)
_STATUS = itemgetter("status")


class RowComparisonAnswer(Answer, Closing):
    """Answer of `get_compare_detail` for rows."""

    essential = frozenset({"totals", "source_rows", "destination_rows", "differing_rows"})

    compare_task_id: Name | None = None
    totals: dict[str, int] = {}
    source_rows: int | None = None
    destination_rows: int | None = None
    differing_rows: int | None = None
    tables: Table = Table()
    by_database: Table = Table()
    ended: Name | None = None


class _Trouble(NamedTuple):
    database: str
    table: str
    target: str | None
    status: str
    source_rows: int | None
    target_rows: int | None
    differing: int | None
    message: str | None


class RowComparison:
    """Folds pages of a row comparison; keeps only the rows of tables that do not agree."""

    def __init__(self) -> None:
        self._statuses: Counter[str] = Counter()
        self._sums = [0, 0, 0]
        self._unread = [0, 0, 0]
        self._troubled: list[_Trouble] = []
        self._renamed = 0

    def feed(self, rows: Sequence[Row], *, source_db: str, target_db: str) -> None:
        """Take one page of one database pair."""
        if not self._summed_at_once(rows):
            for row in rows:
                self._sum_one(row)
        try:
            statuses = list(map(_STATUS, rows))
        except KeyError:
            statuses = [row.get("status") for row in rows]
        # Nearly all tables agree: comparing their status is cheaper than hashing it.
        others = list(compress(range(len(rows)), map(ne, statuses, repeat(CONSISTENT))))
        self._statuses[CONSISTENT] += len(rows) - len(others)
        renamed_db = target_db if source_db.lower() != target_db.lower() else ""
        for index in others:
            status = normal(word(statuses[index]))
            self._statuses[status] += 1
            if status != CONSISTENT:
                self._troubled.append(_trouble(rows[index], status, source_db, renamed_db))

    def _summed_at_once(self, rows: Sequence[Row]) -> bool:
        """Add a page of what DRS is documented to send, mostly in C; False for anything else.

        Nearly all tables agree, so that only where the texts differ a second number is read.
        """
        try:
            source, target, differing = (list(map(column, rows)) for column in _NUMBERS)
            missing = [number for number in differing if number != "0"]
            # int() alone would take signs, blanks and underscores for numbers.
            digits = "".join(source) + "".join(target) + "".join(missing)
            if rows and not digits.encode("ascii").isdigit():
                return False
            added = sum(map(int, source))
            moved = sum([int(b) - int(a) for a, b in zip(source, target, strict=True) if a != b])
            lost = sum(map(int, missing))
        except (KeyError, TypeError, ValueError):
            return False
        for index, number in enumerate((added, added + moved, lost)):
            self._sums[index] += number
        return True

    def _sum_one(self, row: Row) -> None:
        for index, name in enumerate(_NUMBER_FIELDS):
            number = count(row.get(name))
            if number is None:
                self._unread[index] += 1
            else:
                self._sums[index] += number

    def answer(
        self, *, job: str, task: CompareTask | None, offset: int = 0, limit: int = MANY
    ) -> RowComparisonAnswer:
        """Summarise what was fed; *offset* and *limit* count lines of troubled tables."""
        statuses = +self._statuses  # without CONSISTENT where no table is
        total = sum(statuses.values())
        lines = self._lines()
        args: dict[str, str] = {"job": job, "compare_type": "line_compare"}
        if task and task.id:
            args["compare_task_id"] = task.id
        return RowComparisonAnswer(
            headline=_headline(statuses, total, self._sums[2]),
            compare_task_id=task.id if task else None,
            totals={"tables": total}
            | {said(status): number for status, number in statuses.most_common()},
            source_rows=self._sum(0, total),
            destination_rows=self._sum(1, total),
            differing_rows=self._sum(2, total),
            tables=table(
                columns("status"),
                lines[offset : offset + limit],
                total=len(lines),
                start=offset,
                more=NextCall(tool="get_compare_detail", args=dict(args), why="the other tables"),
            ),
            by_database=self._by_database() if len(self._troubled) > MANY else Table(),
            ended=iso(task.ended) if task and task.ended else None,
            notes=self._notes(lines),
        )

    def _sum(self, index: int, total: int) -> int | None:
        return None if total and self._unread[index] == total else self._sums[index]

    def _lines(self) -> list[list[Cell]]:
        troubled = sorted(
            self._troubled,
            key=lambda row: (severity(row.status), -(row.differing or 0), row.database, row.table),
        )
        several = len({row.database for row in troubled}) > 1
        only = {row.status for row in troubled} == {INCONSISTENT}
        groups = group_names(
            [row.table for row in troubled],
            [(row.database, row.status, row.target is None, row.message) for row in troubled],
        )
        made: list[tuple[tuple[int, int], list[Cell]]] = []
        for group in groups:
            members = [troubled[position] for position in group.members]
            first = members[0]
            name = f"{first.database}.{group.name}" if several and first.database else group.name
            differing = sum_known(row.differing for row in members)
            line: list[Cell] = [
                name,
                None if only else said(first.status),
                sum_known(row.source_rows for row in members),
                sum_known(row.target_rows for row in members),
                differing,
                len(members) if len(members) > 1 else None,
                _targets(members),
                first.message,
            ]
            # By the worst member: a group must not hide which table differs most.
            worst = max(row.differing or 0 for row in members)
            made.append(((severity(first.status), -worst), line))
        made.sort(key=lambda item: item[0])
        return [line for _, line in made]

    def _by_database(self) -> Table:
        counts = Counter(row.database for row in self._troubled)
        sums: Counter[str] = Counter()
        for row in self._troubled:
            sums[row.database] += row.differing or 0
        rows = [(name, number, sums[name]) for name, number in counts.most_common()]
        return table(("database", "tables", "differing_rows"), rows)

    def _notes(self, lines: list[list[Cell]]) -> list[str]:
        notes = []
        told = []
        databases = {row.database for row in self._troubled if row.database}
        if len(databases) == 1 and (name := spoken(next(iter(databases)))):
            told.append(f"All in database {name}")
        if self._troubled and not any(line[6] for line in lines):
            told.append("destination names repeat the source's but for case")
        if told:
            sentence = "; ".join(told)
            notes.append(f"{sentence[0].upper()}{sentence[1:]}.")
        if any(line[5] for line in lines):
            notes.append("A name with [ranges] stands for many tables; its numbers are sums.")
        unread = max(self._unread)
        if unread and any(self._sums):
            notes.append(f"{plural(unread, 'table')} without row counts are not in the sums.")
        return notes


def _trouble(row: Row, status: str, source_db: str, target_db: str) -> _Trouble:
    source = text(row.get("source_table_name")) or ""
    target = text(row.get("target_table_name")) or ""
    renamed = bool(target) and source.lower() != target.lower()
    where = f"{target_db}.{target or source}" if target_db else target
    return _Trouble(
        database=source_db,
        table=source or target or "?",
        target=where if (renamed and source) or target_db else None,
        status=status,
        source_rows=count(row.get("source_row_num")),
        target_rows=count(row.get("target_row_num")),
        differing=count(row.get("difference_row_num")),
        message=text(row.get("message")),
    )


def columns(judged: str) -> tuple[str, ...]:
    """The columns of a table of tables; *judged* names what was found."""
    rows = ("source_rows", "destination_rows", "differing")
    return ("table", judged, *rows, "tables", "destination", "message")


def sum_known(values: Iterable[int | None]) -> int | None:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _targets(members: list[_Trouble]) -> str | None:
    if len(members) == 1:
        return members[0].target
    named = [row.target for row in members if row.target]
    groups = group_names(named, [0] * len(named))
    return ", ".join(group.name for group in groups) or None


def _headline(statuses: Counter[str], total: int, differing: int) -> str:
    if not total:
        return "The row comparison lists no tables."
    agreeing = statuses[CONSISTENT]
    if agreeing == total:
        return f"Row counts agree in all {plural(total, 'table')}."
    parts = []
    if statuses[INCONSISTENT]:
        parts.append(
            f"{statuses[INCONSISTENT]:,} of {plural(total, 'table')} differ"
            + (f", by {plural(differing, 'row')} in all" if differing else "")
        )
    others = [
        f"{number:,} {said(status)}"
        for status, number in statuses.most_common()
        if status not in (CONSISTENT, INCONSISTENT)
    ]
    if not statuses[INCONSISTENT]:
        parts.append(f"No table differs of {plural(total, 'table')}")
    return f"{'; '.join(parts + others)}; {agreeing:,} agree."
