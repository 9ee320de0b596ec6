"""A task as the list tells it, and the order in which tasks are told."""

from collections.abc import Iterable
from dataclasses import dataclass

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


def by_trouble(tasks: Iterable[Task]) -> list[Task]:
    """Troubled ones first; within a state the newest first."""
    newest = sorted(tasks, key=lambda task: task.created, reverse=True)
    return sorted(newest, key=lambda task: GROUPS.index(task.group) if task.group in GROUPS else 0)
