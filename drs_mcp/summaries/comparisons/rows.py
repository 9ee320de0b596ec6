"""A row comparison (Table 46): totals over every table, then only those that do not agree."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import compress, repeat
from operator import itemgetter, ne

from pydantic_core import from_json

from drs_mcp.api.wire.values import Row, count, text, word
from drs_mcp.clock import iso
from drs_mcp.quoting.quoted import Name
from drs_mcp.summaries.answer import (
    NO_ARGUMENTS,
    Answer,
    Cell,
    Closing,
    NextCall,
    Table,
    plural,
    table,
)
from drs_mcp.summaries.comparisons.status import (
    CONSISTENT,
    INCONSISTENT,
    counted,
    normalise,
    severity,
    status_words,
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

_NUMBER_FIELDS = ("source_row_num", "target_row_num", "difference_row_num")
_NUMBERS = tuple(itemgetter(name) for name in _NUMBER_FIELDS)
_STATUS = itemgetter("status")


class RowComparisonAnswer(Answer, Closing):
    """Answer of `get_compare_detail` for rows.

    A table name with [ranges] stands for many `tables`, its numbers are their sums.
    """

    essential = frozenset({"totals", "source_rows", "destination_rows", "differing_rows"})

    compare_task_id: Name | None = None
    totals: dict[str, int] = {}
    source_rows: int | None = None
    destination_rows: int | None = None
    differing_rows: int | None = None
    by_database: Table = Table()
    database: Name | None = None
    tables: Table = Table()
    ended: Name | None = None


class RowComparison:
    """Folds pages of a row comparison; keeps only the rows of tables that do not agree."""

    def __init__(self) -> None:
        self._statuses: Counter[str] = Counter()
        self._sums = [0, 0, 0]
        self._unread = [0, 0, 0]
        self._problem_rows: list[ProblemRow] = []

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
            status = normalise(word(statuses[index]))
            self._statuses[status] += 1
            if status != CONSISTENT:
                self._problem_rows.append(_problem_row(rows[index], status, source_db, renamed_db))

    def _summed_at_once(self, rows: Sequence[Row]) -> bool:
        """Add a page of what DRS is documented to send, mostly in C; False for anything else.

        Nearly all tables agree, so that only where the texts differ a second number is read.
        """
        try:
            source, target, differing = (list(map(column, rows)) for column in _NUMBERS)
            missing = [number for number in differing if number != "0"]
            # Else signs, blanks and underscores would pass for numbers.
            digits = "".join(source) + "".join(target) + "".join(missing)
            if rows and not digits.encode("ascii").isdigit():
                return False
            added = sum(from_json(f"[{','.join(source)}]"))  # twice as fast as int() for each
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
        self,
        *,
        job: str,
        task: CompareTask | None,
        offset: int = 0,
        limit: int = MANY,
        arguments: Mapping[str, str] = NO_ARGUMENTS,
    ) -> RowComparisonAnswer:
        """Summarise what was fed.

        Args:
            job: the caller's word for the task.
            task: the comparison.
            offset: lines of troubled tables to skip.
            limit: lines to tell.
            arguments: what else narrowed the call down.
        """
        statuses = +self._statuses  # without CONSISTENT where no table is
        totals = counted(statuses)
        listed = self._lines()
        databases = {row.database for row in self._problem_rows}
        single = len(self._problem_rows) <= MANY and len(databases) == 1
        task_id = task.id if task else arguments.get("compare_task_id", "")
        args = dict(arguments) | {
            "job": job,
            "compare_type": "line_compare",
            "compare_task_id": task_id,
        }
        return RowComparisonAnswer(
            headline=_headline(statuses, totals, self._sums[2]),
            compare_task_id=task_id or None,
            totals={"tables": statuses.total()} | totals,
            source_rows=self._sum(0, statuses.total()),
            destination_rows=self._sum(1, statuses.total()),
            differing_rows=self._sum(2, statuses.total()),
            by_database=by_database(
                [(row.database, row.differing) for row in self._problem_rows], "tables"
            ),
            database=databases.pop() or None if single else None,
            tables=table(
                columns("status"),
                listed[offset : offset + limit],
                total=len(listed),
                start=offset,
                more=NextCall(tool="get_compare_detail", args={**args}),
            ),
            ended=iso(task.ended) if task and task.ended else None,
            notes=self._notes(grouped=any(line[5] for line in listed)),
        )

    def _sum(self, index: int, total: int) -> int | None:
        return None if total and self._unread[index] == total else self._sums[index]

    def _lines(self) -> list[list[Cell]]:
        return lines(
            self._problem_rows,
            databases=len({row.database for row in self._problem_rows}) > 1,
            problems={row.problem for row in self._problem_rows} != {status_words(INCONSISTENT)},
        )

    def _notes(self, *, grouped: bool) -> list[str]:
        notes = destinations_note(self._problem_rows)
        if grouped:
            notes.append("A name with [ranges] stands for many tables; its numbers are sums.")
        unread = max(self._unread)
        if unread and any(self._sums):
            notes.append(f"{plural(unread, 'table')} without row counts are not in the sums.")
        return notes


def _problem_row(row: Row, status: str, source_db: str, moved_to: str) -> ProblemRow:
    source, target = text(row.get("source_table_name")), text(row.get("target_table_name"))
    return ProblemRow(
        rank=severity(status),
        problem=status_words(status),
        database=source_db,
        table=source or target or "?",
        target=target_of(source, target, moved_to),
        source_rows=count(row.get("source_row_num")),
        target_rows=count(row.get("target_row_num")),
        differing=count(row.get("difference_row_num")),
        message=text(row.get("message")),
    )


def _headline(statuses: Counter[str], totals: Mapping[str, int], differing: int) -> str:
    total, agreeing = statuses.total(), statuses[CONSISTENT]
    if not total:
        return "The row comparison lists no tables."
    if agreeing == total:
        return f"Row counts agree in all {plural(total, 'table')}."
    by = f", by {plural(differing, 'row')} in all" if statuses[INCONSISTENT] and differing else ""
    parts = [f"{statuses[INCONSISTENT]:,} of {plural(total, 'table')} differ{by}"]
    if not statuses[INCONSISTENT]:
        parts = [f"No table differs of {plural(total, 'table')}"]
    named_above = (status_words(CONSISTENT), status_words(INCONSISTENT))
    parts += [f"{number:,} {word}" for word, number in totals.items() if word not in named_above]
    return f"{'; '.join(parts)}; {agreeing:,} agree."
