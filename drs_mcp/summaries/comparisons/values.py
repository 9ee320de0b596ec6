"""A value comparison (Table 48): two lists, what was compared and what cannot be."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from drs_mcp.api.wire.values import Row, count, flag, text
from drs_mcp.clock import iso
from drs_mcp.quoting.quoted import Name
from drs_mcp.summaries.answer import (
    NO_ARGUMENTS,
    Answer,
    Closing,
    NextCall,
    Table,
    plural,
    table,
)
from drs_mcp.summaries.comparisons.tables import (
    MANY,
    ProblemRow,
    by_database,
    columns,
    destinations_note,
    lines,
    target_of,
)
from drs_mcp.summaries.comparisons.tasks import CompareTask

_DIFFERS, _UNKNOWN, _CANNOT = "differs", "result unknown", "cannot be compared"
_WORST = (_DIFFERS, _UNKNOWN, _CANNOT)


class ValueComparisonAnswer(Answer, Closing):
    """Answer of `get_compare_detail` for values.

    A table name with [ranges] stands for many `tables`, its numbers are their sums.
    """

    essential = frozenset({"totals", "source_rows", "destination_rows", "differing_rows"})

    compare_task_id: Name | None = None
    totals: dict[str, int] = {}
    source_rows: int | None = None
    destination_rows: int | None = None
    differing_rows: int | None = None
    by_database: Table = Table()
    tables: Table = Table()
    ended: Name | None = None


class ValueComparison:
    """Folds both lists of a value comparison; keeps only tables that do not agree."""

    def __init__(self) -> None:
        self._totals: Counter[str] = Counter()
        self._sums: list[int | None] = [None, None, None]
        self._problem_rows: list[ProblemRow] = []
        self._seen = _SeenTables()
        self._tables = 0

    def feed(self, rows: Sequence[Row], *, comparable: bool) -> None:
        """Take one page of tables that were compared, or that cannot be."""
        for row in rows:
            # A table's place names it: several walks over the databases may bring it again.
            if not self._seen.seen_before(row, comparable=comparable):
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
        self._problem_rows.append(_problem_row(row, problem, numbers))

    def answer(
        self,
        *,
        job: str,
        task: CompareTask | None,
        offset: int = 0,
        limit: int = MANY,
        arguments: Mapping[str, str] = NO_ARGUMENTS,
    ) -> ValueComparisonAnswer:
        """Summarise what was fed.

        Args:
            job: the caller's word for the task.
            task: the comparison.
            offset: lines of troubled tables to skip.
            limit: lines to tell.
            arguments: what else narrowed the call down.
        """
        listed = lines(self._problem_rows, databases=True, problems=True)
        args: dict[str, str | int | bool] = {
            "job": job,
            "compare_type": "content_compare",
            **arguments,
        }
        task_id = task.id if task else arguments.get("compare_task_id", "")
        # The newest comparison needs no ID, but for pages of one and the same.
        named = {"job": job, "compare_task_id": arguments.get("compare_task_id", "")}
        return ValueComparisonAnswer(
            headline=_headline(self._totals, self._tables, self._sums[2]),
            compare_task_id=task_id or None,
            totals={"tables": self._tables}
            | {name: self._totals[name] for name in ("agree", *_WORST) if self._totals[name]},
            source_rows=self._sums[0],
            destination_rows=self._sums[1],
            differing_rows=self._sums[2],
            by_database=by_database(
                [(row.database, row.differing) for row in self._problem_rows], "tables"
            ),
            tables=table(
                columns("problem"),
                listed[offset : offset + limit],
                total=len(listed),
                start=offset,
                more=NextCall(
                    tool="get_compare_detail",
                    args=args | {"compare_task_id": task_id},
                ),
            ),
            ended=iso(task.ended) if task and task.ended else None,
            notes=self._notes(grouped=any(line[5] for line in listed)),
            next=[NextCall(tool="get_compare_diff", args={**named})]
            if self._totals[_DIFFERS]
            else [],
        )

    def _notes(self, *, grouped: bool) -> list[str]:
        notes = destinations_note(self._problem_rows)
        if grouped:
            notes.append("A name with [ranges] stands for many tables; its numbers are sums.")
        unexplained = [
            row for row in self._problem_rows if row.problem == _CANNOT and not row.message
        ]
        if unexplained:
            notes.append("DRS compares values only of tables with a primary key.")
        return notes


class _SeenTables:
    """Which tables have been seen.

    Most agree, and there may be hundreds of thousands: of one whose destination is named alike,
    its name is all that is kept.
    """

    def __init__(self) -> None:
        self._names: dict[tuple[object, ...], set[object]] = defaultdict(set)

    def seen_before(self, row: Row, *, comparable: bool) -> bool:
        """Whether the row's table was seen before, in the same list; a nameless one never was."""
        source, target = row.get("source_table_name"), row.get("target_table_name")
        if not source:
            return False
        alike = _alike(source, target)
        name = source if alike else (source, target)
        try:
            names = self._names[comparable, row.get("source_db"), row.get("target_db"), alike]
            if name in names:
                return True
            names.add(name)
        except TypeError:  # a name that is a list or an object names nothing
            pass
        return False


def _alike(source: object, target: object) -> str:
    """How the destination's name follows from the source's; empty if it does not."""
    if target == source:
        return "same"
    return "lower" if isinstance(source, str) and target == source.lower() else ""


def _problem_row(row: Row, problem: str, numbers: list[int | None]) -> ProblemRow:
    source_db, target_db = text(row.get("source_db")) or "", text(row.get("target_db")) or ""
    source, target = text(row.get("source_table_name")), text(row.get("target_table_name"))
    moved_to = target_db if source_db.lower() != target_db.lower() else ""
    return ProblemRow(
        rank=_WORST.index(problem),
        problem=problem,
        database=source_db or target_db,
        table=source or target or "?",
        target=target_of(source, target, moved_to),
        source_rows=numbers[0],
        target_rows=numbers[1],
        differing=numbers[2],
        message=text(row.get("message")),
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
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."
