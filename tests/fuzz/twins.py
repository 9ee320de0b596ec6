"""Twin worlds: what differs only in secrets and row values must be answered byte for byte alike.

Each form of `tests.attacks` is planted with two secrets, or two sets of values, one in each world;
dozens share a world. Every tool is called with every view and filter in both. A form is to blame when
the answers differ while all others are the same in both worlds.
"""

import json
import logging
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

import anyio
import httpx2
from mcp import Client

from drs_mcp.embedded import embedded_server
from drs_mcp.serving.result import RenderOptions
from drs_mcp.simulator import START, Simulator
from tests.attacks import row_values, secrets
from tests.conftest import DrivenClock
from tests.fuzz.twin_worlds import (
    Planted,
    TwinPlan,
    TwinWire,
    drawn,
    planted_secret,
    planted_values,
)
from tests.hostile.server_under_test import CALLS, JOB

LEAST_SECRETS: Final = 300
LEAST_VALUES: Final = 100
_SECRETS: Final = 400
_VALUES: Final = 132
_PER_WORLD: Final = 44

Call = tuple[str, Mapping[str, Any]]
_LARGE = {"max_chars": 30_000}
_LOGS: tuple[Mapping[str, Any], ...] = (
    {},
    _LARGE,
    {"level": "error"},
    {"level": "warn"},
    {"level": "info", **_LARGE},
    {"contains": "failed"},
    {"contains": "***"},
    {"contains": "?", **_LARGE},
    {"since": "2026-11-20T07:50:00Z"},
    {"until": "2026-11-20T07:55:00Z", "offset": 2},
    {"offset": 5, "max_chars": 2000},
    {"view": "lines", "limit": 200, **_LARGE},
    {"view": "lines", "order": "oldest", "limit": 200, **_LARGE},
    {"view": "lines", "level": "error", "offset": 7, "limit": 9},
    {"view": "lines", "contains": "password"},
)
_SECTIONS = ("endpoints", "network", "policy", "tuning", "parameters", "users", "node", "alarms",
             "billing", "features", "tags", "all")  # fmt: skip
_SEARCHED = 8
"""Pieces of secrets and values that the log is searched for, in each pair of worlds."""


@dataclass
class TwinsTally:
    """What came of a run, by tool."""

    seed: int
    secrets: int = 0
    values: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    """Calls that DRS answered and that ended in an error all the same."""
    differences: Counter[str] = field(default_factory=Counter)
    leaks: Counter[str] = field(default_factory=Counter)
    blamed: dict[str, str] = field(default_factory=dict)

    @property
    def violations(self) -> int:
        """Answers that differ or leak, and errors, which hide both."""
        return self.differences.total() + self.leaks.total() + self.errors.total()

    def rows(self) -> Iterator[tuple[str, ...]]:
        """A table: tools, how often they were asked of both worlds, and what was wrong."""
        yield "tool", "calls in both worlds", "errors", "differences", "leaks"
        for tool in sorted(self.calls):
            counted = (self.calls, self.errors, self.differences, self.leaks)
            numbers = [counts[tool] for counts in counted]
            yield tool, *(f"{number:,}" for number in numbers)

    def lines(self) -> Iterator[str]:
        """The outcome in one line, and each form that is to blame with how it showed."""
        yield (
            f"Twins, seed {self.seed}: {self.secrets:,} secret forms, {self.values:,} row-value "
            f"forms, {self.calls.total():,} calls in both worlds, {self.errors.total():,} errors, "
            f"{self.differences.total():,} differences, {self.leaks.total():,} leaks; {len(self.blamed):,} forms to blame."
        )
        for form, evidence in sorted(self.blamed.items()):
            yield f"  {form}: {evidence}"


class _Twins:
    """Two servers and their clients, one for each world."""

    def __init__(self) -> None:
        self.served: set[str] = set()
        self.failed = False
        """Whether the last call ended in an error."""
        self._answers: dict[str, tuple[int, Any]] = {}
        self._clients: list[Client] = []
        self._wires: list[TwinWire] = []
        self._clocks = (DrivenClock(START), DrivenClock(START))

    async def start(self, stack: AsyncExitStack) -> None:
        """Start both."""
        simulator = Simulator(now=lambda: START)

        def wrap_wire(wire: httpx2.AsyncBaseTransport) -> TwinWire:
            self._wires.append(TwinWire(wire, self._answers))
            return self._wires[-1]

        for clock in self._clocks:
            server = embedded_server(
                RenderOptions(), simulator=simulator, clock=clock, wrap_wire=wrap_wire
            )
            self._clients.append(await stack.enter_async_context(Client(server)))

    def plant(self, planted: Sequence[Planted], seed: str, turn: int, *, refuses: bool) -> None:
        """Make both worlds hold the forms, each with its own secrets."""
        for side, wire in enumerate(self._wires):
            wire.world = TwinPlan(planted, side, seed, refuses, turn, self.served)

    async def answers(self, call: Call) -> tuple[str, str]:
        """What each of the two servers answers, whole: text, structured content, links and label."""
        return await self._answer(0, call), await self._answer(1, call)

    async def _answer(self, side: int, call: Call) -> str:
        clock = self._clocks[side]
        clock.now, clock.seconds = START, 0.0
        random.seed(str(call))  # the jitter between tries
        tool, arguments = call
        if tool.startswith("drs://"):
            self.failed = False
            read = await self._clients[side].read_resource(tool)
            return "".join(getattr(one, "text", "") for one in read.contents)
        found = await self._clients[side].call_tool(tool, dict(arguments))
        self.failed = bool(found.is_error)
        return json.dumps(found.model_dump(mode="json"), ensure_ascii=False)


def _calls(planted: Sequence[Planted], rng: Random) -> Iterator[Call]:
    """Every tool with each of its views and filters."""
    differ_in_values = any(one.values[0] for one in planted)
    for tool, arguments in CALLS.values():
        if not (differ_in_values and "include_values" in arguments):
            yield tool, arguments
            if tool not in ("get_logs", "watch_job"):
                yield tool, {**arguments, **_LARGE}
    for more in _LOGS:
        yield "get_logs", {"job": JOB, **more}
    for piece in _searched(planted, rng):
        view = rng.choice(("patterns", "lines"))
        yield "get_logs", {"job": JOB, "contains": piece, "view": view}
    detail = CALLS["get_job_detail"][1]
    for section in _SECTIONS:
        yield "get_job_detail", {**detail, "section": section, **_LARGE}
    diff = CALLS["get_compare_diff"][1]
    for more in ({"include_sql": True}, {"offset": 2, "limit": 3}, {"include_sql": True, **_LARGE}):
        yield "get_compare_diff", {**diff, **more}
    if not differ_in_values:
        yield "get_compare_diff", {**diff, "include_values": True, **_LARGE}
    yield "drs://jobs", {}
    yield f"drs://jobs/{JOB}", {}


def _searched(planted: Sequence[Planted], rng: Random) -> Iterator[str]:
    """Pieces of what is hidden, of either world: whoever guesses them must learn nothing."""
    for one in rng.sample(list(planted), min(_SEARCHED, len(planted))):
        pieces = sorted(rng.choice(one.pieces))
        if pieces:
            yield rng.choice(pieces)


def _pieces_in(
    text: str, twin: str, planted: Sequence[Planted], side: int, call: Call
) -> list[str]:
    """What of a world's secrets can be seen, but for what the caller gave or a guilty form holds.

    What its twin's answer holds as well, such as the minute of a time, is no piece of a secret: no
    secret of one world holds any of the other.
    """
    guilty = [row for one in planted if not one.pieces[side] for row in one.rows[side]]
    given = json.dumps((call[1], guilty), ensure_ascii=False)
    return [
        f"{piece} of {one.form}"
        for one in planted
        for piece in one.pieces[side]
        if piece in text and piece not in twin and piece not in given and not piece.isspace()
    ]


async def _blamed(
    twins: _Twins, call: Call, planted: Sequence[Planted], seed: str, turn: int, *, refuses: bool
) -> dict[str, str]:
    """The forms by which the answers differ, each by itself, and how; group testing finds them."""
    guilty: dict[str, str] = {}
    groups = [list(range(len(planted)))]
    while groups:
        group = groups.pop()
        tried = [one if place in group else one.same for place, one in enumerate(planted)]
        twins.plant(tried, seed, turn, refuses=refuses)
        one, other = await twins.answers(call)
        if one == other:
            continue
        if len(group) == 1:
            guilty[planted[group[0]].form] = _contrast(one, other)
        else:
            half = len(group) // 2
            groups += [group[:half], group[half:]]
    return guilty


def _contrast(one: str, other: str) -> str:
    """Where two answers part."""
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    begin = max(at - 50, 0)
    return f"…{one[begin : at + 50]!r} / …{other[begin : at + 50]!r}"


async def _compare(
    twins: _Twins, planted: list[Planted], seed: str, tally: TwinsTally, *, refuses: bool = False
) -> None:
    """Ask both worlds everything; a form that was found guilty is the same in both from then on."""
    rng = Random(seed)
    calls = list(_calls(planted, rng))
    if refuses:
        calls = [call for call in CALLS.values() if "include_values" not in call[1]]
        calls += [("get_job_detail", {"job": JOB})] * max(0, 2 * len(planted) - len(calls))
    for turn, call in enumerate(calls):
        tool = call[0].partition("//")[0].rstrip(":") if "://" in call[0] else call[0]
        twins.plant(planted, seed, turn, refuses=refuses)
        one, other = await twins.answers(call)
        tally.calls[tool] += 1
        tally.errors[tool] += twins.failed and not refuses
        leaked = [
            found
            for side, (text, twin) in enumerate(((one, other), (other, one)))
            for found in _pieces_in(text, twin, planted, side, call)
        ]
        tally.leaks[tool] += bool(leaked)
        if one == other:
            if leaked:
                tally.blamed.setdefault(f"seen in {tool}", ", ".join(leaked)[:200])
            continue
        tally.differences[tool] += 1
        guilty = await _blamed(twins, call, planted, seed, turn, refuses=refuses)
        arguments = {name: value for name, value in call[1].items() if name != "job"}
        asked = f"{tool} {json.dumps(arguments, ensure_ascii=False)}"
        for form, parting in (guilty or {"several together": _contrast(one, other)}).items():
            tally.blamed.setdefault(form, f"{asked} {parting}")
        planted[:] = [one.same if one.form in guilty else one for one in planted]


async def _run(seed: int, times: float) -> TwinsTally:
    rng = Random(seed)
    tally = TwinsTally(seed)
    kinds = (
        list(drawn(secrets.FORMS, max(1, int(_SECRETS * times)), planted_secret, rng)),
        list(drawn(row_values.FORMS, max(1, int(_VALUES * times)), planted_values, rng)),
    )
    twins = _Twins()
    async with AsyncExitStack() as stack:
        await twins.start(stack)
        for name, planted in zip(("secrets", "values"), kinds, strict=True):
            for begin in range(0, len(planted), _PER_WORLD):
                batch = planted[begin : begin + _PER_WORLD]
                await _compare(twins, batch, f"{seed} {name} {begin}", tally)
                await _compare(twins, batch, f"{seed} {name} {begin}", tally, refuses=True)
    tally.secrets, tally.values = (
        sum(one.form in twins.served for one in planted) for planted in kinds
    )
    return tally


def run(seed: int, times: float = 1) -> TwinsTally:
    """Compare twin worlds drawn from *seed*, *times* the usual amount of forms."""
    logging.disable(logging.ERROR)
    try:
        return anyio.run(_run, seed, times)
    finally:
        logging.disable(logging.NOTSET)
