"""The world of the embedded DRS: tasks, read from scenario files or given as JSON objects.

A scenario file holds `about` and `tasks`. A task is:

    {"id": "…", "parent": "…",               the parent's ID, for a subtask
     "job": {…},                             what type=detail shows, but for the ID (Table 5)
     "listed": {…},                          what its row of the task list has besides
     "progress": {…},                        what type=progress shows (Tables 35 to 39)
     "log": [{…}],                           entries, oldest first, or directives
     "checks": {"<query_id>": {"type": "precheck", "precheck_result": {…}}},
     "comparisons": [{"id": …, "type": "lines", …, "result": {…}}],
     "file": {…}, "is_writable": "pending",
     "reads": {"monitor-data": {…}, …}}       what else can be read of it (`task_reads`)

Everything but the ID may be absent; times, movement and languages are the directives of `script`,
results of comparisons those of the `generate_…` modules. A task with `"like": "<name>"` is the task
of that name in the same file but for what it says itself: objects are merged, anything else is
replaced. The files in `findings/` show one finding each, beside a twin that is healthy; they are
loaded by name only.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic_core import from_json

from drs_mcp.simulator.access.identity import START

Spec = Mapping[str, Any]

_FINDINGS = "findings/"


def scenario_names() -> list[str]:
    """The names of the scenario files that make up the whole world."""
    return [name for name in _files() if not name.startswith(_FINDINGS)]


def finding_names() -> list[str]:
    """The names of the scenario files that show one finding each (`findings/…`)."""
    return [name for name in _files() if name.startswith(_FINDINGS)]


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
        """The world of the named scenario files, or of all but those of single findings.

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
    found = {
        f"{prefix}{file.name.removesuffix('.json')}": file
        for prefix, place in (("", folder), (_FINDINGS, folder.joinpath(_FINDINGS)))
        for file in place.iterdir()
        if file.name.endswith(".json")
    }
    return dict(sorted(found.items()))


@cache
def _tasks(scenario: str) -> list[Spec]:
    tasks: list[Spec] = []
    named: dict[str, Spec] = {}
    for written in from_json(_files()[scenario].read_bytes())["tasks"]:
        own = {key: value for key, value in written.items() if key != "like"}
        task = _merged(named[written["like"]], own) if "like" in written else own
        tasks.append(task)
        named[task.get("job", {}).get("base_info", {}).get("name", "")] = task
    return tasks


def _merged(base: Any, own: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(own, dict)):
        return own
    return base | {key: _merged(base.get(key), value) for key, value in own.items()}
