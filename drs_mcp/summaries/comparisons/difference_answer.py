"""The answer of `get_compare_diff`: counts of each table, and every differing key."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator

from drs_mcp.quoting.quoted import Name, Quote, quote
from drs_mcp.quoting.secrets import hide_secrets
from drs_mcp.summaries.answer import CELL_CAP, MAX_ROWS, Answer, Cell, Closing, Table, table
from drs_mcp.summaries.comparisons.differing_tables import KINDS, NamedTable
from drs_mcp.summaries.comparisons.keys import LONGEST, RowValue
from drs_mcp.summaries.comparisons.sql.where_clause import template_of

STATEMENTS = 20
"""Tables whose SELECTs are told at once."""


def _clean_rows(rows: object) -> object:
    if not isinstance(rows, list | tuple):
        return rows
    return [
        [
            quote(cell, LONGEST if place else CELL_CAP) if isinstance(cell, str) else cell
            for place, cell in enumerate(row)
        ]
        for row in rows
    ]


class KeyTable(Table):
    """A table whose cells behind the first column may be as long as keys are."""

    rows: Annotated[list[list[Any]], BeforeValidator(_clean_rows)] = []


class KeyLine(NamedTuple):
    """Keys of one table and kind; row data is opened only for the lines that are told."""

    table: str
    kind: str
    keys: str | RowValue
    rows: int
    there: str | None

    def cells(self) -> list[Cell]:
        """The line as it is told."""
        keys, there = self.keys, self.there
        if isinstance(keys, RowValue):
            keys, there = keys.shown()
        return [self.table, self.kind, keys, self.rows, there]


class Statements(BaseModel):
    """The SELECTs of a table's rows on both sides, without their values."""

    table: Name
    source: Annotated[str, Quote(1000)] | None = None
    destination: Annotated[str, Quote(1000)] | None = None


class ValueDifferencesAnswer(Answer, Closing):
    """Answer of `get_compare_diff`."""

    essential = frozenset({"totals"})

    compare_task_id: Name | None = None
    totals: dict[str, int] = {}
    tables: Table = Table()
    ranges: Table = Table()
    hidden_keys: int | None = None
    sql: list[Statements] = []
    ended: Name | None = None


def key_lines(found: Iterable[NamedTable], *, values: bool) -> Iterator[KeyLine]:
    """The lines of `ranges`, one by one: there may be as many as rows."""
    for one in found:
        for kind, keys, rows, there in one.table.lines(values=values):
            yield KeyLine(one.names[0], kind, keys, rows, there)


def statements(found: Sequence[NamedTable]) -> list[Statements]:
    """The SELECTs of the first few tables."""
    return [
        Statements(
            table=one.names[0],
            source=_statement(one.table.source_sql),
            destination=_statement(one.table.target_sql),
        )
        for one in found[:STATEMENTS]
    ]


def table_counts(found: Sequence[NamedTable], *, values: bool) -> Table:
    """Rows by kind of each table, the columns of its key, its name at the destination if another.

    The columns of keys that are row data are told only with *values*: they are proven by them.
    """
    columns = (
        "table",
        "rows",
        "only_source",
        "only_destination",
        "different",
        "key",
        "destination",
    )
    return table(
        columns,
        [
            (
                one.names[0],
                one.table.counts.total(),
                *(one.table.counts[kind] or None for kind in KINDS),
                ", ".join(one.table.columns(values=values)) or None,
                one.destination,
            )
            for one in found[:MAX_ROWS]
        ],
        total=len(found),
    )


def _statement(text: str | None) -> str | None:
    """A SELECT without its values, and without a secret where the text is no SELECT at all."""
    if not text:
        return None
    return template_of(text if _SELECT.match(text) else hide_secrets(text)) or None


_SELECT = re.compile(r"\s*(?:select|with)\b", re.IGNORECASE)
