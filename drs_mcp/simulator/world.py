"""The world of the embedded DRS: tasks, read from scenario files or given as JSON objects.

A scenario file holds `about` and `tasks`. A task is:

    {"id": "…", "parent": "…",               the parent's ID, for a subtask
     "job": {…},                             what type=detail shows, but for the ID (Table 5)
     "listed": {…},                          what its row of the task list has besides
     "progress": {…},                        what type=progress shows (Tables 35 to 39)
     "log": [{…}],                           entries, oldest first, or directives
     "checks": {"<query_id>": {"type": "precheck", "precheck_result": {…}}},
     "comparisons": [{"id": …, "type": "lines", …, "result": {…}}],
     "file": {…}, "is_writable": "pending"}

Everything but the ID may be absent; times, movement and languages are the directives of `script`,
results of comparisons those of the `generate_…` modules.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic_core import from_json

from drs_mcp.simulator.identity import START

Spec = Mapping[str, Any]


def scenario_names() -> list[str]:
    """The names of the scenario files."""
    return [name.removesuffix(".json") for name in _files()]


class World:
    """A set of tasks and the moment at which it starts.

    Args:
        tasks: tasks as JSON objects.
        start: what the relative times of the tasks count from.
    """

    def __init__(self, tasks: Iterable[Spec], *, start: datetime = START) -> None:
        self.start = start
        self.tasks: dict[str, Spec] = {task["id"]: task for task in tasks}

    @classmethod
    def load(cls, scenarios: Iterable[str] | None = None, *, start: datetime = START) -> "World":
        """The world of the named scenario files, or of all.

        Raises:
            KeyError: there is no scenario of that name.
        """
        chosen = scenario_names() if scenarios is None else scenarios
        return cls((task for name in chosen for task in _tasks(name)), start=start)

    def listed(self) -> list[Spec]:
        """The tasks that have a row of their own in the task list."""
        return [task for task in self.tasks.values() if "parent" not in task]

    def children(self, task_id: str) -> list[Spec]:
        """The subtasks of a task."""
        return [task for task in self.tasks.values() if task.get("parent") == task_id]


@cache
def _files() -> dict[str, Any]:
    folder = files("drs_mcp.simulator").joinpath("scenarios")
    found = [file for file in folder.iterdir() if file.name.endswith(".json")]
    return {file.name: file for file in sorted(found, key=lambda file: file.name)}


@cache
def _tasks(scenario: str) -> list[Spec]:
    found: list[Spec] = from_json(_files()[f"{scenario}.json"].read_bytes())["tasks"]
    return found
