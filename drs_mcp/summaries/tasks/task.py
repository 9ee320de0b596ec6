"""A task as the list tells it, and the order in which tasks are told."""

from collections.abc import Iterable
from dataclasses import dataclass

from drs_mcp.api.wire.values import Row, record, text
from drs_mcp.summaries.answer import Cell
from drs_mcp.summaries.tasks.states import GROUPS


@dataclass(frozen=True)
class Task:
    """One row of the task list, or one subtask of a row."""

    id: str
    name: str
    status: str
    group: str
    scenario: str
    engine: str
    created: str
    parent: str = ""
    parent_id: str = ""
    profile: str = ""
    wide: tuple[Cell, ...] = ()
    """What is told on request, in the order of `WIDE`, and the actions."""


WIDE = {
    "task_type": "task_type",
    "job_direction": "direction",
    "net_type": "network",
    "charging_mode": "billing",
    "billing_tag": "billed",
    "enterprise_project_id": "enterprise_project",
    "job_mode": "mode",
    "job_mode_role": "role",
    "node_role": "node_role",
    "is_multi_az": "multi_az",
    "node_new_framework": "new_framework",
    "description": "description",
}
"""Field of the list -> the column that shows it on request."""


def wide_of(row: Row) -> tuple[Cell, ...]:
    """What a row of the list tells on request."""
    return (*(_cell(row.get(name)) for name in WIDE), _actions(row))


def _cell(value: object) -> Cell:
    return value if isinstance(value, bool | int) else text(value)


def _actions(row: Row) -> str | None:
    """What can be done with a task now, and what is being done, as DRS names it."""
    action = record(row.get("job_action"))
    can = action.get("available_actions")
    told = [", ".join(filter(None, map(text, can)))] if isinstance(can, list) else []
    if now := text(action.get("current_action")):
        told.append(f"now {now}")
    return "; ".join(filter(None, told)) or None


def by_trouble(tasks: Iterable[Task]) -> list[Task]:
    """Troubled ones first; within a state the newest first."""
    newest = sorted(tasks, key=lambda task: task.created, reverse=True)
    return sorted(newest, key=lambda task: GROUPS.index(task.group) if task.group in GROUPS else 0)
