"""The cases of a run, each made from the seed and its own number."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from drs_mcp.embedded import PROFILE
from drs_mcp.simulator import World
from drs_mcp.summaries.watch.changes import Snapshot
from drs_mcp.summaries.watch.handle import encode_handle
from tests.fuzz.arguments import argument_set
from tests.fuzz.target import Case, FuzzTarget
from tests.fuzz.wire import DamagePlan
from tests.tools.test_tools import CALLS

_COMPARED = ("object_compare", "line_compare", "content_compare")
_WIDER: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("get_job_detail", {"section": "all"}),
    ("get_logs", {"view": "lines"}),
    ("get_compare_diff", {"include_values": True, "include_sql": True}),
    *(("get_compare_detail", {"compare_type": kind}) for kind in _COMPARED),
    *(("get_compare_overview", {"compare_type": kind}) for kind in _COMPARED),
    ("check_cutover", {"destination": "writable", "accept_uncompared": True}),
    ("watch_job", {"timeout_s": 60, "until": "finished"}),
    ("list_jobs", {"state": "running"}),
)
_ANY_TASK = ("diagnose_job", "check_cutover", "get_job_detail", "get_progress", "get_logs")


def calls_of(world: World) -> list[tuple[str, Mapping[str, Any]]]:
    """Calls that read something, each tool by each of its ways, tasks by their IDs."""
    ids = {_name(task): task["id"] for task in world.tasks.values()}
    calls = [
        (tool, dict(given) | ({"job": ids[given["job"]]} if "job" in given else {}))
        for tool, given in CALLS.values()
    ]
    compared = [ids[name] for name in ("billing-recon", "finance-mysql-ro", "hostile-names")]
    calls += [
        (tool, dict(more) | ({} if tool == "list_jobs" else {"job": job}))
        for tool, more in _WIDER
        for job in compared
    ]
    calls += [(tool, {"job": job}) for tool in _ANY_TASK for job in world.tasks]
    calls += [("watch_job", {"job": job, "since": _since(job)}) for job in compared]
    return sorted(calls, key=lambda call: call[0])


def _since(job: str) -> str:
    """A handle to go on watching from, of a poll that found everything otherwise."""
    return encode_handle(Snapshot(status="FULL_TRANSFER_STARTED", behind=True, cpu=False), job)


def _name(task: Mapping[str, Any]) -> str:
    return str(task.get("job", {}).get("base_info", {}).get("name", ""))


class Cases:
    """Makes the cases of one seed for a fuzz target."""

    def __init__(self, target: FuzzTarget, seed: int) -> None:
        self._target = target
        self._seed = seed
        self._by_tool: dict[str, list[Mapping[str, Any]]] = {}
        for tool, given in calls_of(target.world):
            if tool in target.schemas:
                self._by_tool.setdefault(tool, []).append(given)
        self._known = _known(target.world)

    def case(self, name: str) -> Case:
        """The case of that name: `p` or `a`, and a number."""
        make = {"p": self._payload, "a": self._arguments}[name[0]]
        return make(name, Random(f"{self._seed} {name}"))

    def _tool(self, name: str) -> str:
        """All tools in turn."""
        return list(self._target.schemas)[int(name[1:]) % len(self._target.schemas)]

    def _payload(self, name: str, rng: Random) -> Case:
        tool = self._tool(name)
        given = dict(rng.choice(self._by_tool[tool]))
        if rng.random() < 0.3:
            given["max_chars"] = rng.choice((1000, 1500, 3000, 30_000))
        page = rng.choice((8, 8, 8, 8, 8, 3, 2, 1))
        return Case(name, tool, given, DamagePlan(f"{self._seed} {name}", page))

    def _arguments(self, name: str, rng: Random) -> Case:
        tool = self._tool(name)
        good = rng.choice(self._by_tool[tool])
        given = argument_set(rng, self._target.schemas[tool], self._known, good)
        return Case(name, tool, given)


def _known(world: World) -> dict[str, Sequence[Any]]:
    tasks = list(world.tasks.values())
    names = [name for name in map(_name, tasks) if name]
    return {
        "profile": ["", PROFILE],
        "since": ["", "2026-11-19", "2026-11-20T08:00:00Z", *map(_since, world.tasks)],
        "until": ["", "2026-11-20 07:00:00"],
        "job": [task["id"] for task in tasks] * 3 + names,
        "query_id": [found for task in tasks for found in task.get("checks", {})],
        "compare_task_id": [found["id"] for task in tasks for found in task.get("comparisons", [])],
    }
