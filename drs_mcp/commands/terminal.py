"""An answer for a person in a terminal: the same facts, laid out."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

_LAST = ("notes", "read", "cut", "next", "receipt")


def show_answer(console: Console, answer: Mapping[str, Any], *, rows: int = 50) -> None:
    """Print an answer: its headline, its facts, its tables (at most *rows* rows each)."""
    console.print(Text(str(answer.get("headline", "")), style="bold"))
    facts = {
        name: value
        for name, value in answer.items()
        if name != "headline" and name not in _LAST and not _is_table(value)
    }
    _facts(console, facts)
    for name, value in answer.items():
        if _is_table(value):
            _table(console, name, value, rows)
    for note in answer.get("notes", []):
        console.print(Text(f"• {note}", style="dim"))
    if read := answer.get("read"):
        summary = f"read {read['rows']:,} of {read.get('of') or 'unknown'}: {read['why']}"
        console.print(Text(summary, style="yellow"))
    if cut := answer.get("cut"):
        console.print(Text(f"cut to fit: {', '.join(cut)}", style="yellow"))
    for call in answer.get("next", []):
        arguments = " ".join(f"{key}={value}" for key, value in call.get("args", {}).items())
        why = f"  ({call['why']})" if call.get("why") else ""
        console.print(Text(f"→ {call['tool']} {arguments}{why}", style="cyan"))
    if receipt := answer.get("receipt"):
        console.print(Text(" · ".join(str(part) for part in receipt.values()), style="dim"))


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and {"shown", "total"} <= value.keys()


def _facts(console: Console, facts: Mapping[str, Any]) -> None:
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in facts.items():
        grid.add_row(Text(name), Text(_inline(value)))
    if facts:
        console.print(grid)


def _inline(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_inline(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "; ".join(
            " ".join(map(_inline, item)) if isinstance(item, list) else _inline(item)
            for item in value
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _table(console: Console, name: str, table: Mapping[str, Any], rows: int) -> None:
    columns, found = table.get("columns", []), table.get("rows", [])
    shown = [["" if cell is None else _inline(cell) for cell in row] for row in found[:rows]]
    console.print(Text(f"{name}: {len(shown):,} of {table['total']:,}", style="underline"))
    widths = [
        max(len(column), *(len(row[i]) for row in shown))
        for i, column in enumerate(columns)
        if shown
    ]
    numbers = [_is_numeric(found, i) for i in range(len(columns))]
    if sum(widths) + 2 * len(widths) <= console.width:
        _grid(console, columns, shown, numbers)
    else:
        _lines(console, columns, shown, numbers)


def _is_numeric(rows: Sequence[Sequence[Any]], column: int) -> bool:
    return all(isinstance(row[column], int | float | None) for row in rows)


def _grid(
    console: Console, columns: Sequence[str], rows: Sequence[list[str]], numbers: Sequence[bool]
) -> None:
    grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for column, number in zip(columns, numbers, strict=True):
        grid.add_column(Text(column), justify="right" if number else "left", no_wrap=True)
    for row in rows:
        grid.add_row(*map(Text, row))
    if rows:
        console.print(grid)


def _lines(
    console: Console, columns: Sequence[str], rows: Sequence[list[str]], numbers: Sequence[bool]
) -> None:
    """A table too wide for the terminal: a row is a line that may wrap, numbers with their names."""
    for row in rows:
        cells = [
            f"{column} {cell}" if number else cell
            for column, cell, number in zip(columns, row, numbers, strict=True)
            if cell
        ]
        console.print(Padding(Text(" · ".join(cells)), (0, 0, 0, 2)))
