"""A value comparison (Table 48): two lists, what was compared and what cannot be."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from drs_mcp.api.values import Row, count, flag, text
from drs_mcp.clock import iso
from drs_mcp.quoted import Name
from drs_mcp.summaries.answer import Answer, Cell, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.compare_rows import MANY, columns, sum_known
from drs_mcp.summaries.compare_tasks import CompareTask
from drs_mcp.summaries.name_groups import group_names

_DIFFERS, _UNKNOWN, _CANNOT = "differs", "result unknown", "cannot be compared"
_WORST = (_DIFFERS, _UNKNOWN, _CANNOT)


class ValueComparisonAnswer(Answer, Closing):
    """Answer of `get_compare_detail` for values."""

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
    problem: str
    database: str
    table: str
    target: str | None
    source_rows: int | None
    target_rows: int | None
    differing: int | None
    message: str | None


class ValueComparison:
    """Folds both lists of a value comparison; keeps only tables that do not agree."""

    def __init__(self) -> None:
        self._totals: Counter[str] = Counter()
        self._sums: list[int | None] = [None, None, None]
        self._troubled: list[_Trouble] = []
        self._seen: set[tuple[object, ...]] = set()
        self._tables = 0

    def feed(self, rows: Sequence[Row], *, comparable: bool) -> None:
        """Take one page of tables that were compared, or that cannot be."""
        for row in rows:
            # A table's place names it: several walks over the databases may bring it again.
            place = (
                comparable,
                row.get("source_db"),
                row.get("source_table_name"),
                row.get("target_db"),
                row.get("target_table_name"),
            )
            if row.get("source_table_name") and _known(place, self._seen):
                continue
            self._take(row, comparable=comparable)

    def _take(self, row: Row, *, comparable: bool) -> None:
        self._tables += 1
        numbers = [
            count(row.get(name))
            for name in ("source_row_num", "target_row_num", "difference_row_num")
        ]
        for index, number in enumerate(numbers):
            if number is not None:
                self._sums[index] = (self._sums[index] or 0) + number
        same = flag(row.get("content_compare_result"))
        if comparable and same:
            self._totals["agree"] += 1
            return
        problem = _CANNOT if not comparable else _DIFFERS if same is False else _UNKNOWN
        self._totals[problem] += 1
        self._troubled.append(_trouble(row, problem, numbers))

    def answer(
        self, *, job: str, task: CompareTask | None, offset: int = 0, limit: int = MANY
    ) -> ValueComparisonAnswer:
        """Summarise what was fed; *offset* and *limit* count lines of troubled tables."""
        lines = self._lines()
        args: dict[str, str] = {"job": job, "compare_type": "content_compare"}
        diff: dict[str, str] = {"job": job}
        if task and task.id:
            args["compare_task_id"] = diff["compare_task_id"] = task.id
        cannot = self._totals[_CANNOT]
        return ValueComparisonAnswer(
            headline=_headline(self._totals, self._tables, self._sums[2]),
            compare_task_id=task.id if task else None,
            totals={"tables": self._tables}
            | {name: self._totals[name] for name in ("agree", *_WORST) if self._totals[name]},
            source_rows=self._sums[0],
            destination_rows=self._sums[1],
            differing_rows=self._sums[2],
            tables=table(
                columns("problem"),
                lines[offset : offset + limit],
                total=len(lines),
                start=offset,
                more=NextCall(tool="get_compare_detail", args=dict(args), why="the other tables"),
            ),
            by_database=self._by_database() if len(self._troubled) > MANY else Table(),
            ended=iso(task.ended) if task and task.ended else None,
            notes=["DRS compares values only of tables with a primary key."] if cannot else [],
            next=[NextCall(tool="get_compare_diff", args=dict(diff), why="which rows differ")]
            if self._totals[_DIFFERS]
            else [],
        )

    def _lines(self) -> list[list[Cell]]:
        troubled = sorted(
            self._troubled,
            key=lambda row: (
                _WORST.index(row.problem),
                -(row.differing or 0),
                row.database,
                row.table,
            ),
        )
        groups = group_names(
            [row.table for row in troubled],
            [(row.problem, row.database, row.message, row.target is None) for row in troubled],
        )
        made: list[tuple[tuple[int, int], list[Cell]]] = []
        for group in groups:
            members = [troubled[position] for position in group.members]
            first = members[0]
            line: list[Cell] = [
                f"{first.database}.{group.name}" if first.database else group.name,
                first.problem,
                sum_known(row.source_rows for row in members),
                sum_known(row.target_rows for row in members),
                sum_known(row.differing for row in members),
                len(members) if len(members) > 1 else None,
                first.target if len(members) == 1 else None,
                first.message,
            ]
            worst = max(row.differing or 0 for row in members)
            made.append(((_WORST.index(first.problem), -worst), line))
        made.sort(key=lambda item: item[0])
        return [line for _, line in made]

    def _by_database(self) -> Table:
        counts = Counter(row.database for row in self._troubled)
        return table(("database", "tables"), list(counts.most_common()))


def _known(place: tuple[object, ...], seen: set[tuple[object, ...]]) -> bool:
    try:
        if place in seen:
            return True
        seen.add(place)
    except TypeError:  # a name that is a list or an object names nothing
        return False
    return False


def _trouble(row: Row, problem: str, numbers: list[int | None]) -> _Trouble:
    source_db, target_db = text(row.get("source_db")) or "", text(row.get("target_db")) or ""
    source, target = text(row.get("source_table_name")), text(row.get("target_table_name"))
    renamed = bool(target and source and source.lower() != target.lower())
    moved = bool(target_db) and source_db.lower() != target_db.lower()
    return _Trouble(
        problem,
        source_db or target_db,
        source or target or "?",
        f"{target_db}.{target}" if moved else target if renamed else None,
        numbers[0],
        numbers[1],
        numbers[2],
        text(row.get("message")),
    )


def _headline(totals: Counter[str], tables: int, differing: int | None) -> str:
    if not tables:
        return "The value comparison lists no tables."
    if totals["agree"] == tables:
        return f"Values agree in all {plural(tables, 'table')}."
    parts = [f"{totals['agree']:,} of {plural(tables, 'table')} agree"]
    if totals[_DIFFERS]:
        rows = f", in {plural(differing, 'row')}" if differing else ""
        parts.insert(0, f"values differ in {plural(totals[_DIFFERS], 'table')}{rows}")
    if totals[_CANNOT]:
        parts.append(f"{totals[_CANNOT]:,} cannot be compared")
    if totals[_UNKNOWN]:
        parts.append(f"{totals[_UNKNOWN]:,} without a result")
    told = "; ".join(parts)
    return f"{told[0].upper()}{told[1:]}."
