"""Rows of the task list that say the same but for their names: told in one."""

from collections.abc import Callable, Sequence
from itertools import groupby

from drs_mcp.quoting.names import as_name
from drs_mcp.summaries.answer import CELL_CAP
from drs_mcp.summaries.tasks.task import Task

_LEAST = 3
_BETWEEN = ", "


def in_rows(
    tasks: Sequence[Task], is_unique: Callable[[Task], bool], *, folded: bool
) -> list[list[Task]]:
    """The tasks of each row, in order: one, or three and more that differ in name and date only.

    A task whose name alone does not name it keeps a row of its own, as does one whose name must not
    stand in a list; and no list is longer than a cell shows.
    """
    if not folded:
        return [[task] for task in tasks]
    rows: list[list[Task]] = []
    for _, run in groupby(tasks, key=lambda task: task.group):
        rows += _folded(list(run), is_unique)
    return rows


def _folded(tasks: list[Task], is_unique: Callable[[Task], bool]) -> list[list[Task]]:
    kinds: dict[tuple[str, ...], list[list[Task]]] = {}
    rows: list[list[Task]] = []
    for task in tasks:
        kind = (task.status, task.scenario, task.engine, task.parent_id, task.profile)
        if as_name(task.name) is None or not is_unique(task):
            rows.append([task])
            continue
        parts = kinds.setdefault(kind, [])
        if not parts or len(names_of([*parts[-1], task])) > CELL_CAP:
            parts.append([])
            rows.append(parts[-1])
        parts[-1].append(task)
    return [part for row in rows for part in ([row] if len(row) >= _LEAST else [[t] for t in row])]


def names_of(row: Sequence[Task]) -> str:
    """The names of a row."""
    return _BETWEEN.join(task.name for task in row)


def days_of(row: Sequence[Task]) -> str:
    """The day on which the tasks of a row were created, or the first and last of them."""
    days = sorted({task.created[:10] for task in row if task.created})
    return "" if not days else days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
