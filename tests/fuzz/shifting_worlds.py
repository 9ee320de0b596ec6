"""Whole tools over a list that changes while it is read: never a false ready, agree or none.

One list of a world that is ready to cut over changes between any two requests for it. Somewhere in
it may stand the one row that forbids the claim; a claim is false if it stood there at every moment.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import httpx2
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from drs_mcp.clock import iso
from drs_mcp.embedded import embedded_settings
from drs_mcp.errors import DrsError, RequestRefused
from drs_mcp.simulator import START, Simulator, World
from drs_mcp.tools.comparisons import get_compare_detail
from drs_mcp.tools.diagnosis import check_cutover
from drs_mcp.tools.jobs import list_jobs
from tests.fuzz.shifting import DamagePlan, Shifts, Upstream, plans
from tests.support.cutover_worlds import ready_sync
from tests.support.tool_calls import ask

Wire = Mapping[str, Any]

BAD = -1
"""The row that forbids the claim, among the numbers of the others."""

_TASK = ready_sync()
_JOB = _TASK["id"]
_DATABASE = "ERP_HR"
_LATER = {"start_time": iso(START), "end_time": iso(START)}
_FAILED = {"id": _JOB.replace("e1f0", "e1f1"), "name": "sub", "status": "INCRE_TRANSFER_FAILED"}


@dataclass(frozen=True)
class Target:
    """A list to change.

    Attributes:
        asked: the parameters that its requests have.
        place: where it stands in an answer.
        kind: the kinds of plan that fit it.
        others: what a further row says, from a true one and its number.
        bad: what the row that forbids the claim says.
    """

    asked: Mapping[str, str]
    place: tuple[str, ...]
    kind: str
    others: Callable[[Wire, int], Wire]
    bad: Callable[[Wire], Wire]


def _table(row: Wire, number: int) -> Wire:
    return {**row, "source_table_name": f"T{number}", "target_table_name": f"t{number}"}


def _detail(compare_type: str) -> Mapping[str, str]:
    return {"compare_type": compare_type, "query_type": "detail", "source_db_name": _DATABASE}


TARGETS = {
    "log": Target(
        {"type": "log"},
        ("job", "logs"),
        "newest",
        lambda _, number: {
            "level": "Info",
            "message": "A batch was applied.",
            "create_time": iso(START - timedelta(seconds=600 - number)),
        },
        lambda _: {"level": "Error", "message": "It broke.", "create_time": iso(START)},
    ),
    "rows": Target(
        _detail("line_compare"),
        ("job", "compare_result", "line_compare_detail_infos"),
        "tasks",
        _table,
        lambda row: {
            **_table(row, BAD),
            "status": "INCONSISTENT",
            "target_row_num": "0",
            "difference_row_num": row["source_row_num"],
        },
    ),
    "values": Target(
        _detail("content_compare") | {"compare_detail_type": "compare"},
        ("job", "compare_result", "content_compare_detail_infos"),
        "tasks",
        _table,
        lambda row: {
            **_table(row, BAD),
            "difference_row_num": 1,
            "content_compare_result": False,
        },
    ),
    "comparisons": Target(
        {"compare_type": "data_compare"},
        ("job", "compare_result", "data_compare_task_list"),
        "tasks",
        lambda row, number: {**row, "id": f"c-{number}", "status": "CANCELLED"},
        lambda row: {**row, "id": "c-newest", "type": "lines", **_LATER},
    ),
    "tasks": Target(
        {"job_type": "sync"},
        ("jobs",),
        "tasks",
        lambda row, number: {**row, "id": f"{number:08}{_JOB[8:]}", "name": f"task {number}"},
        lambda row: {**row, "children": [{**row, **_FAILED}]},
    ),
}


@dataclass
class Planted(Upstream):
    """The list of a plan, behind the rows that are truly there, perhaps with the bad one."""

    target: Target = field(default=TARGETS["log"])
    true: list[Wire] = field(default_factory=list)
    bad_at: int | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        kept = 0 if self.plan.kind == "newest" else len(self.true)
        self.rows = [*range(-kept - 1, -1), *self.rows]
        if self.bad_at is not None:
            if self.plan.kind != "newest" and self.target.place == ("jobs",):
                del self.rows[0]  # the task's own row is the bad one
            self.rows.insert(len(self.rows) * self.bad_at // 1000, BAD)
        if self.frozen is not None:
            self.frozen = len(self.rows) + self.lie
        self.history[:] = [list(self.rows)]

    def says(self, item: int) -> dict[str, Any]:
        if item == BAD:
            return dict(self.target.bad(self.true[0]))
        if item < BAD:
            return dict(self.true[item + 1 + len(self.true)])
        return dict(self.target.others(self.true[0], item))

    @property
    def always_bad(self) -> bool:
        """Whether the bad row stood there at every moment."""
        return all(BAD in rows for rows in self.history)


@dataclass
class ChangingWire(httpx2.AsyncBaseTransport):
    """The embedded DRS, but for one list."""

    honest: httpx2.AsyncBaseTransport
    target: Target
    plan: DamagePlan
    bad_at: int | None
    upstream: Planted | None = None
    claims: bool = False

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = request.url.params
        if any(asked.get(name) != value for name, value in self.target.asked.items()):
            return await self.honest.handle_async_request(request)
        body = await self._whole(request)
        found = body
        for name in self.target.place[:-1]:
            found = found[name]
        if self.upstream is None:
            self.upstream = Planted(
                self.plan,
                target=self.target,
                true=found[self.target.place[-1]],
                bad_at=self.bad_at,
            )
        try:
            page = await self.upstream.fetch(int(asked["offset"]), int(asked["limit"]))
        except RequestRefused:
            refused = {"error_code": "DRS.M00007", "error_msg": "Invalid request parameter."}
            return httpx2.Response(400, json=refused)
        beside = body.get("job", body)
        beside.pop("total_count", None)
        if page.total is not None:
            beside["total_count"] = page.total
        found[self.target.place[-1]] = list(page.rows) if page.listed else None
        return httpx2.Response(200, json=body)

    async def _whole(self, request: httpx2.Request) -> Any:
        url = request.url.copy_merge_params({"offset": "0", "limit": "1000"})
        whole = httpx2.Request("GET", url, headers=request.headers)
        answer = await self.honest.handle_async_request(whole)
        return json.loads(await answer.aread())


# -- the properties ------------------------------------------------------------------------------


async def _cutover(wire: ChangingWire, _: str) -> str:
    answer = await _asked(check_cutover, wire, job=_JOB)
    if answer is None or wire.upstream is None:
        return ""
    wire.claims = answer["verdict"] == "ready"
    if answer["verdict"] == "ready" and wire.upstream.always_bad:
        return "a false ready"
    # More tables than there are in scope are a contradiction, and rightly keep from ready.
    as_it_is = wire.plan.length == 0 or wire.target.asked.get("query_type") != "detail"
    calm = wire.plan.calm and wire.bad_at is None and as_it_is
    return f"not ready: {answer['headline']}" if calm and answer["verdict"] != "ready" else ""


async def _detail_of(wire: ChangingWire, name: str) -> str:
    compare_type = {"rows": "line_compare", "values": "content_compare"}.get(name)
    if compare_type is None:
        return ""
    answer = await _asked(get_compare_detail, wire, job=_JOB, compare_type=compare_type)
    if answer is None or wire.upstream is None:
        return ""
    agreed = answer["totals"].get("consistent", 0) + answer["totals"].get("agree", 0)
    wire.claims = "read" not in answer
    if "read" not in answer and agreed == answer["totals"]["tables"] and wire.upstream.always_bad:
        return "a false agree"
    return "a false doubt" if wire.plan.calm and "read" in answer else ""


async def _list(wire: ChangingWire, name: str) -> str:
    answer = await _asked(list_jobs, wire) if name == "tasks" else None
    if answer is None or wire.upstream is None:
        return ""
    wire.claims = "notes" not in answer
    total = answer.get("jobs", {}).get("total", 0)
    lengths = {
        len(rows) + (BAD in rows)  # its subtask has a row of its own
        for rows in wire.upstream.history
    }
    if answer["headline"].startswith("There are no tasks") and 0 not in lengths:
        return "a false none"
    if "notes" not in answer and total not in lengths:
        return f"{total} tasks, of {sorted(lengths)}"
    return "a false doubt" if wire.plan.calm and "notes" in answer else ""


async def _asked(question: Any, wire: ChangingWire, **arguments: Any) -> Any:
    """The answer; None for a clear error, which claims nothing."""
    try:
        return await ask(
            question, wire, settings=embedded_settings(), max_chars=30_000, **arguments
        )
    except DrsError:
        return None


_PROPERTIES: tuple[tuple[str, Callable[[ChangingWire, str], Awaitable[str]]], ...] = (
    ("check_cutover", _cutover),
    ("get_compare_detail", _detail_of),
    ("list_jobs", _list),
)


def worlds_shifted(seed_: int, runs: int) -> Shifts:
    """Ask whole tools over *runs* lists that change meanwhile."""
    tally = Shifts()
    simulator = Simulator(world=World([_TASK]), now=lambda: START)

    with asyncio.Runner() as runner:

        @seed(seed_)
        @settings(
            max_examples=runs,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.data())
        def holds(data: st.DataObject) -> None:
            name = data.draw(st.sampled_from(sorted(TARGETS)))
            target = TARGETS[name]
            plan = data.draw(plans(target.kind))
            if data.draw(st.booleans()):
                plan = replace(plan, length=0)
            bad_at = data.draw(st.none() | st.integers(0, 1000))
            for tool, holds_of in _PROPERTIES:
                honest = httpx2.ASGITransport(app=simulator.app)
                wire = ChangingWire(honest, target, plan, bad_at)
                found = runner.run(holds_of(wire, name))
                if wire.upstream is None:
                    continue
                kind = f"{tool}, {name}"
                tally.runs[kind] += 1
                tally.exact[kind] += wire.claims
                tally.violations[kind] += bool(found)
                assert not found, f"{kind}: {found}\n{plan}, bad at {bad_at}"

        try:
            holds()
        except AssertionError as error:
            tally.told.append(str(error))
    return tally
