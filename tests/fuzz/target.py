"""One server, one client, and a call at a time: what it answers, and what breaks."""

import json
import logging
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import StringIO
from typing import Any, get_args, get_type_hints

import anyio
import httpx2
from mcp import Client
from mcp.server import MCPServer
from mcp.types import Tool

from drs_mcp.api.connections import Connections
from drs_mcp.embedded import PROFILE, embedded_settings
from drs_mcp.observe.audit import AuditLog
from drs_mcp.observe.stderr_log import SafeFormatter
from drs_mcp.server import build_server
from drs_mcp.serving.accounting import Accounting
from drs_mcp.serving.catalogue import LISTINGS
from drs_mcp.serving.result import RenderOptions
from drs_mcp.simulator import START, Simulator, World, finding_names, scenario_names
from tests.conftest import DrivenClock
from tests.fuzz.checks import breaches_of
from tests.fuzz.damage import Edit
from tests.fuzz.values import SECRET
from tests.fuzz.wire import DamagePlan, Wire

MakeServer = Callable[[Callable[[], Connections], Accounting], MCPServer[Connections]]
"""Makes the server to fuzz, from what opens its connections and what accounts for its calls."""

_LONGEST_S = 60
_MOST_CPU_S = 10


@dataclass(frozen=True)
class Case:
    """One call to make: `p` numbers damaged answers, `a` argument sets."""

    name: str
    tool: str
    arguments: Mapping[str, Any]
    plan: DamagePlan = field(default_factory=DamagePlan)


@dataclass
class Outcome:
    """What came of a case."""

    case: Case
    breaches: list[str]
    answered: bool
    said: str
    seconds: float
    payloads: Counter[str]
    fingerprints: set[bytes]
    edits: dict[tuple[str, int], Edit]


class _MemoryAuditLog(AuditLog):
    """An audit log whose lines are kept in memory."""

    def __init__(self) -> None:
        super().__init__(DrivenClock(), "stderr")
        self.lines: list[str] = []

    def _put(self, line: str) -> None:
        self.lines.append(line)


class _Records(logging.Handler):
    """Every log record, as stderr would show it, and those that no good server makes."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(SafeFormatter("%(levelname)s %(name)s: %(message)s"))
        self.shown = StringIO()
        self.bad: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        self.shown.write(line + "\n")
        if record.levelno >= logging.ERROR or record.exc_info:
            self.bad.append(line)

    def begin(self) -> None:
        self.shown, self.bad = StringIO(), []


class FuzzTarget:
    """A server over a wire that does damage, and everything it shows."""

    def __init__(
        self,
        make: MakeServer = lambda opened, account: build_server(opened, RenderOptions(), account),
    ):
        self._make = make
        self._clock = DrivenClock(START)
        self._cases = 0
        self._audit = _MemoryAuditLog()
        self._records = _Records()
        world = World.load(scenario_names() + finding_names())
        self.world = world
        simulator = Simulator(world=world, now=lambda: START)
        self._wire = Wire(httpx2.ASGITransport(app=simulator.app))
        self.schemas: dict[str, Mapping[str, Any]] = {}
        self._answers: dict[str, Mapping[str, Any]] = {}

    @asynccontextmanager
    async def started(self) -> AsyncIterator["FuzzTarget"]:
        """Start the server and its client."""
        settings = embedded_settings()
        server = self._make(
            lambda: Connections(
                {PROFILE: settings}, self._clock, lambda: self._wire, default=PROFILE
            ),
            Accounting(self._clock, self._audit),
        )
        root = logging.getLogger()
        before = root.handlers[:], root.level
        root.handlers[:] = [self._records]
        root.setLevel(logging.WARNING)
        try:
            async with Client(server) as client:
                self._client = client
                for tool in (await client.list_tools()).tools:
                    self.schemas[tool.name] = tool.input_schema
                    self._answers[tool.name] = _answer_schema(tool)
                yield self
        finally:
            root.handlers[:] = before[0]
            root.setLevel(before[1])

    async def run(self, case: Case) -> Outcome:
        """Make the call of a case, and check all that it left."""
        # Two hours later each: what a server keeps for an hour at most is of this case alone.
        self._cases += 1
        self._clock.now, self._clock.seconds = START, 7200.0 * self._cases
        self._clock.slept.clear()
        random.seed(case.name)  # the jitter between tries
        self._wire.begin(case.plan)
        self._audit.lines.clear()
        self._records.begin()
        began = time.process_time()
        breaches: list[str] = []
        answered, said = False, ""
        try:
            with anyio.fail_after(_LONGEST_S):
                found = await self._client.call_tool(case.tool, dict(case.arguments))
        except Exception as error:  # noqa: BLE001  whatever it is, it must not reach a client
            breaches.append(f"{type(error).__name__} at the client: {str(error)[:300]}")
        else:
            answered = not found.is_error
            said = getattr(found.content[0], "text", "") if found.content else ""
            outcome = json.loads(self._audit.lines[-1])["outcome"] if self._audit.lines else "none"
            breaches += breaches_of(found, case.arguments, self._answers[case.tool], outcome)
        breaches += [f"a stray request: {stray}" for stray in self._wire.strays]
        breaches += [f"logged: {line[-1500:]}" for line in self._records.bad]
        if len(self._audit.lines) != 1:
            breaches.append(f"{len(self._audit.lines)} audit lines")
        if SECRET in self._records.shown.getvalue() or SECRET in str(self._audit.lines):
            breaches.append("a planted secret is logged")
        took = time.process_time() - began
        if took > _MOST_CPU_S:
            breaches.append(f"{took:.0f} s of work")
        wire = self._wire
        return Outcome(
            case, breaches, answered, said, took, wire.payloads, wire.fingerprints, wire.done
        )

    async def minimal_edits(self, outcome: Outcome) -> dict[tuple[str, int], Edit]:
        """The edits of a broken case, reduced to a few that still break it."""
        kept = dict(outcome.edits)
        for place in list(kept):
            fewer = {other: edit for other, edit in kept.items() if other != place}
            plan = DamagePlan(outcome.case.plan.seed, outcome.case.plan.page, fewer.__contains__)
            case = Case(outcome.case.name, outcome.case.tool, outcome.case.arguments, plan)
            again = await self.run(case)
            if again.breaches:
                kept = dict(again.edits)
        return kept


def describe(outcome: Outcome, minimal_edits: Mapping[tuple[str, int], Edit], seed: int) -> str:
    """A breach, with the command that reproduces it."""
    case = outcome.case
    lines = [f"BREACH {case.name} (python -m tests.fuzz --seed {seed} --only {case.name})"]
    lines += [f"  {breach}" for breach in outcome.breaches]
    lines.append(f"  {case.tool} {json.dumps(dict(case.arguments))[:2000]}")
    lines += [f"  {address} [{number}] {edit}" for (address, number), edit in minimal_edits.items()]
    return "\n".join(lines)


def _answer_schema(tool: Tool) -> Mapping[str, Any]:
    """All fields of an answer: the published schema leaves out those with free keys."""
    function = next(one for one in LISTINGS if one.__name__ == tool.name)
    told = get_type_hints(function)["return"]
    models = get_args(told) or (told,)
    fields = {name: {} for model in models for name in model.model_json_schema()["properties"]}
    return {"properties": {**fields, **(tool.output_schema or {}).get("properties", {})}}
