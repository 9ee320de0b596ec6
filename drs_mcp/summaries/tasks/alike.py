"""Rows of the task list that say the same but for their names: told in one."""

from collections import Counter
from collections.abc import Callable, Sequence

from drs_mcp.quoting.names import as_name
from drs_mcp.summaries.answer import CELL_CAP
from drs_mcp.summaries.tasks.task import Task

_LEAST = 3
_BETWEEN = ", "


def in_rows(
    tasks: Sequence[Task], is_unique: Callable[[Task], bool], *, folded: bool
) -> list[list[Task]]:
    """The tasks of each row: one, or three and more that differ in name and date only.

    A row stands where its first task stood; what a state holds stays together. A task whose name
    alone does not name it keeps a row of its own, as does one whose name must not stand in a list.
    """
    if not folded:
        return [[task] for task in tasks]
    alike = Counter(_kind(task, is_unique) for task in tasks)
    kinds: dict[object, list[Task]] = {}
    for task in tasks:
        kind = _kind(task, is_unique)
        kinds.setdefault(
            kind if kind and alike[kind] >= _LEAST else task.id or id(task), []
        ).append(task)
    return [part for row in kinds.values() for part in _cut_to_cells(row)]


def _cut_to_cells(row: Sequence[Task]) -> list[list[Task]]:
    """The row, in as many as show every name whole."""
    parts: list[list[Task]] = [[]]
    for task in row:
        if parts[-1] and len(names_of([*parts[-1], task])) > CELL_CAP:
            parts.append([])
        parts[-1].append(task)
    return parts


def _kind(task: Task, is_unique: Callable[[Task], bool]) -> tuple[str, ...] | None:
    if as_name(task.name) is None or not is_unique(task):
        return None
    return (task.group, task.status, task.scenario, task.engine, task.parent_id, task.profile)


def names_of(row: Sequence[Task]) -> str:
    """The names of a row."""
    return _BETWEEN.join(task.name for task in row)


def days_of(row: Sequence[Task]) -> str:
    """The day on which the tasks of a row were created, or the first and last of them."""
    days = sorted({task.created[:10] for task in row if task.created})
    return "" if not days else days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
