"""Diagnoses of whole scenarios: what was answered, what it cost, how deep its requests depend."""

import copy
from functools import cache
from typing import Any, NamedTuple

import anyio
import httpx2

from drs_mcp.embedded import embedded_settings
from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.serving.budget import compact
from drs_mcp.simulator import Simulator, World, finding_names, scenario_names
from drs_mcp.tools.diagnosis import diagnose_job
from tests.support.tokens import tokens
from tests.support.tool_calls import ask, embedded

FINDINGS = finding_names()
WHOLE_WORLD = scenario_names()


class Diagnosed(NamedTuple):
    answer: dict[str, Any]
    requests: int
    rounds: int
    tokens: int

    @property
    def findings(self):
        """The findings as objects, the worst first."""
        table = self.answer.get("findings", {"columns": [], "rows": []})
        return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]

    @property
    def codes(self):
        return [finding["finding"] for finding in self.findings]


class RoundsTransport(httpx2.AsyncBaseTransport):
    """A wire that holds every request until no other can come, then lets all of them go.

    What is asked for in one round did not wait for an answer of that round.
    """

    def __init__(self, wire):
        self._wire = wire
        self._held = []
        self.rounds = []

    async def handle_async_request(self, request):
        gone = anyio.Event()
        self._held.append((request, gone))
        await gone.wait()
        return await self._wire.handle_async_request(request)

    async def let_go(self):
        while True:
            await anyio.wait_all_tasks_blocked()
            held, self._held = self._held, []
            if held:
                self.rounds.append([dict(request.url.params) for request, _ in held])
            for _, gone in held:
                gone.set()

    @property
    def deep(self):
        """The rounds in which anything but the later pages of a list was asked for."""
        return sum(
            any(query.get("offset", "0") == "0" for query in round_) for round_ in self.rounds
        )


def tasks_of(scenario):
    """The tasks of a scenario: name (ID, should the name be nothing to say) -> ID."""
    world = World.load([scenario])
    return {
        as_identifier(task.get("job", {}).get("base_info", {}).get("name")) or job_id: job_id
        for job_id, task in world.tasks.items()
    }


@cache
def diagnosed(scenario, wrap_wire=lambda wire: wire):
    """Every task of a scenario, diagnosed by its ID: name -> what came of it."""
    # On trio, where waiting until no other request can come is exact.
    return anyio.run(_diagnose_all, scenario, wrap_wire, backend="trio")


async def _diagnose_all(scenario, wrap_wire):
    return {
        name: await _diagnose(scenario, job_id, wrap_wire)
        for name, job_id in tasks_of(scenario).items()
    }


async def _diagnose(scenario, job_id, wrap_wire):
    simulator = Simulator(scenarios=[scenario])
    wire = RoundsTransport(wrap_wire(httpx2.ASGITransport(app=simulator.app)))
    async with anyio.create_task_group() as group:
        group.start_soon(wire.let_go)
        answer = await ask(diagnose_job, wire, settings=embedded_settings(), job=job_id)
        group.cancel_scope.cancel()
    return Diagnosed(answer, len(simulator.requests), wire.deep, tokens(compact(answer)))


async def diagnose(*tasks):
    """The diagnosis of the first of *tasks*, which make up the whole world."""
    simulator = Simulator(world=World(tasks))
    answer = await ask(diagnose_job, **embedded(simulator), job=tasks[0]["id"])
    return Diagnosed(answer, len(simulator.requests), 0, tokens(compact(answer)))


def task(name, scenario="", **changes):
    """A copy of a scenario's task with some fields set: `task("paused", job__status="CREATING")`."""
    world = World.load([scenario or f"findings/{name}"])
    changed = copy.deepcopy(
        next(one for one in world.tasks.values() if one["job"]["base_info"]["name"] == name)
    )
    for path, value in changes.items():
        changed = _with(changed, path.split("__"), value)
    return changed


def _with(value, path, new):
    if not path:
        return new
    return {**value, path[0]: _with(value.get(path[0], {}), path[1:], new)}
