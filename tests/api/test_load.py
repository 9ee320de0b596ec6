"""200 calls at once, callers that leave, and what is left of it all: nothing.

DRS is a server on loopback that holds its answers back until a gate is opened, so that calls which
should be under way at once are; or the embedded DRS, whose every request is counted on its way.
"""

import gc
import sys
from collections import Counter
from contextlib import asynccontextmanager, contextmanager
from itertools import pairwise
from statistics import median

import anyio
import anyio.lowlevel
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from opentelemetry import trace
from pydantic import SecretStr

from drs_mcp.api.connections import Connections
from drs_mcp.api.http.limits import Timeouts
from drs_mcp.api.transport import CONCURRENCY
from drs_mcp.embedded import embedded_server
from drs_mcp.server import build_server
from drs_mcp.serving.result import RenderOptions
from drs_mcp.settings import Settings
from drs_mcp.simulator import PROJECT_ID, REGION, TOKEN, Simulator
from tests.conftest import DrivenClock
from tests.http.conftest import serving
from tests.support.fault_server import FaultServer, Gate
from tests.support.tool_calls import answer_of, error_of
from tests.test_stdio import QUIET, SERVE
from tests.tools.test_tools import CALLS

pytestmark = pytest.mark.anyio

CALLS_AT_ONCE = 200
on_asyncio = pytest.mark.parametrize("anyio_backend", ["asyncio"])


# -- a DRS that answers when it is let, and the ways to the server ------------------------------


def job(number):
    """The ID of a task."""
    return f"c7debc9c-8e09-4a5d-8dd6-cc44f7{number:04}b20r"[:36]


class Drs:
    """Answers once its gate is open; for the tasks *broken* with an error."""

    def __init__(self):
        self.gate = Gate()
        self.broken = set()

    async def __call__(self, exchange):
        await self.gate.wait()
        task = exchange.request.path.rpartition("/")[2]
        if task in self.broken:
            await exchange.json({"error_code": "DRS.M00004", "error_msg": "Abnormal."}, 500)
            return
        found = {"base_info": {"name": f"task-{task}"}, "status": "INCRE_TRANSFER_STARTED"}
        await exchange.json({"job": found}, 200, "X-Request-Id: req-7")


@contextmanager
def held():
    """A DRS that holds its answers back, and the server it is on."""
    drs = Drs()
    with FaultServer(drs) as server:
        yield drs, server


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")


def settings_of(server, token=TOKEN):
    return Settings(
        region=REGION, project_id=PROJECT_ID, endpoint=server.origin, token=SecretStr(token)
    )


def built(server, **tokens):
    """Our server, with a profile for each of *tokens*."""
    profiles = {name: settings_of(server, token) for name, token in tokens.items()}
    profiles = profiles or {"default": settings_of(server)}
    # Real time shall decide nothing here, however busy the machine.
    timeouts = Timeouts(read=60)
    return build_server(
        lambda: Connections(profiles, DrivenClock(), timeouts=timeouts), RenderOptions()
    )


async def ready(client):
    """The client once it knows the tools, as hosts do: else each call would list them."""
    await client.list_tools()
    return client


@asynccontextmanager
async def in_memory(server):
    async with Client(built(server)) as client:
        yield await ready(client)


@asynccontextmanager
async def over_stdio(server):
    environment = QUIET | {
        "DRS_MCP_REGION": REGION,
        "DRS_MCP_PROJECT_ID": PROJECT_ID,
        "DRS_MCP_TOKEN": TOKEN,
        "DRS_MCP_ENDPOINT": server.origin,
        "NO_PROXY": "*",
    }
    process = StdioServerParameters(command=SERVE[0], args=SERVE[1:], env=environment)
    async with Client(process) as client:
        yield await ready(client)


@asynccontextmanager
async def over_http(server):
    async with serving(built(server)) as served, served.client() as client:
        yield await ready(client)


async def ask(client, number, **more):
    found = await client.call_tool("get_job_detail", {"job": job(number), **more})
    assert answer_of(found)["name"] == f"task-{job(number)}"


async def six_at_once_again(client, drs, server):
    """Nothing is left: six requests can be under way, and each is sent anew."""
    before, drs.gate, server.most = len(server.for_drs), Gate(), 0
    async with anyio.create_task_group() as calls:
        for number in range(8):
            calls.start_soon(ask, client, number)
        await server.until(lambda: server.answering == CONCURRENCY)
        drs.gate.open()
    assert server.most == CONCURRENCY
    assert len(server.for_drs) - before == 8


# -- 200 at once -------------------------------------------------------------------------------


async def test_200_calls_for_20_tasks_make_20_requests_six_at_a_time():
    with anyio.fail_after(20), held() as (drs, server):
        async with in_memory(server) as client:
            async with anyio.create_task_group() as calls:
                for number in range(CALLS_AT_ONCE):
                    calls.start_soon(ask, client, number % 20)
                await server.until(lambda: server.answering == CONCURRENCY)
                await anyio.wait_all_tasks_blocked()  # everybody has asked and nobody is answered
                assert len(server.for_drs) == CONCURRENCY
                drs.gate.open()
            assert len(server.for_drs) == len({request.path for request in server.for_drs}) == 20
            assert (server.most, server.hung_up) == (CONCURRENCY, 0)
            await six_at_once_again(client, drs, server)


@on_asyncio
async def test_200_calls_over_a_pipe_are_bounded_alike():
    with anyio.fail_after(30), held() as (drs, server):
        async with over_stdio(server) as client, anyio.create_task_group() as calls:
            for number in range(CALLS_AT_ONCE):
                calls.start_soon(ask, client, number % 20)
            await server.until(lambda: server.answering == CONCURRENCY)
            drs.gate.open()
        assert (server.most, server.hung_up) == (CONCURRENCY, 0)


class CountingTransport(httpx2.AsyncBaseTransport):
    """The way to the embedded DRS: how many requests are on it, and which of them twice."""

    def __init__(self, wire):
        self._wire = wire
        self.under_way, self.seen = Counter(), Counter()
        self.most, self.twice = 0, set()

    async def handle_async_request(self, request):
        key = (str(request.url), request.headers["X-Language"])
        self.seen[key] += 1
        self.under_way[key] += 1
        self.most = max(self.most, self.under_way.total())
        if self.under_way[key] > 1:
            self.twice.add(key)
        try:
            for _ in range(5):  # a network takes its time
                await anyio.lowlevel.checkpoint()
            return await self._wire.handle_async_request(request)
        finally:
            self.under_way[key] -= 1


@on_asyncio
async def test_200_calls_of_every_tool_are_answered_as_if_each_were_alone():
    counted = []

    def wrap_wire(wire):
        counted.append(CountingTransport(wire))
        return counted[0]

    server = embedded_server(
        RenderOptions(), simulator=Simulator(), clock=DrivenClock(), wrap_wire=wrap_wire
    )
    calls = [call for call in CALLS.values() if call[0] != "watch_job"]  # it moves the clock
    answers = [[] for _ in calls]

    async def call(client, number):
        tool, arguments = calls[number]
        answers[number].append(answer_of(await client.call_tool(tool, arguments)))

    with anyio.fail_after(60):
        async with Client(server) as client:
            await ready(client)
            for number in range(len(calls)):
                await call(client, number)
            alone = counted[0].seen.total()
            assert counted[0].most <= CONCURRENCY
            async with anyio.create_task_group() as group:
                for number in range(CALLS_AT_ONCE):
                    group.start_soon(call, client, number % len(calls))
    first = [found[0] for found in answers]
    assert all(found == [one] * len(found) for one, found in zip(first, answers, strict=True))
    assert sum(map(len, answers)) == CALLS_AT_ONCE + len(calls)
    assert counted[0].most == CONCURRENCY
    assert counted[0].twice == set()
    run_parallel = counted[0].seen.total() - alone
    assert run_parallel < 2 * alone  # of 7.7 times the calls
    assert counted[0].under_way.total() == 0


# -- whose answer it is ------------------------------------------------------------------------


async def test_profiles_share_neither_answers_nor_the_bound():
    with anyio.fail_after(20), held() as (drs, server):
        profiles = {"default": "MIIone-token", "other": "MIIother-token"}
        async with Client(built(server, **profiles)) as client:
            await ready(client)
            async with anyio.create_task_group() as calls:
                for number in range(CALLS_AT_ONCE):
                    profile = ("default", "other")[number % 2]
                    calls.start_soon(
                        lambda n=number // 2 % 10, p=profile: ask(client, n, profile=p)
                    )
                await server.until(lambda: server.answering == 2 * CONCURRENCY)
                await anyio.wait_all_tasks_blocked()
                assert tokens(server) == {
                    "MIIone-token": CONCURRENCY,
                    "MIIother-token": CONCURRENCY,
                }
                drs.gate.open()
        assert tokens(server) == {"MIIone-token": 10, "MIIother-token": 10}


def tokens(server):
    """How many requests came with which token."""
    return Counter(request.headers["x-auth-token"] for request in server.for_drs)


# -- leaving -----------------------------------------------------------------------------------


class Calls:
    """Calls under way, each of which can be left."""

    def __init__(self, client, group):
        self._client, self._group = client, group
        self.answered = 0

    def begin(self, number):
        scope = anyio.CancelScope()

        async def call():
            with scope:
                await ask(self._client, number)
                self.answered += 1

        self._group.start_soon(call)
        return scope


async def test_the_first_caller_leaves_and_the_others_have_their_answer():
    with anyio.fail_after(20), held() as (drs, server):
        async with in_memory(server) as client:
            async with anyio.create_task_group() as group:
                calls = Calls(client, group)
                leader = calls.begin(1)
                await server.until(lambda: server.answering == 1)
                for _ in range(20):
                    calls.begin(1)
                await anyio.wait_all_tasks_blocked()
                leader.cancel()
                await anyio.wait_all_tasks_blocked()
                assert (server.answering, server.hung_up) == (1, 0)
                drs.gate.open()
            assert calls.answered == 20
            assert len(server.for_drs) == 1
            await six_at_once_again(client, drs, server)


@on_asyncio
@pytest.mark.parametrize("way", [in_memory, over_stdio, over_http])
async def test_a_call_that_is_left_closes_its_connection_once_nobody_waits_for_it(way):
    with anyio.fail_after(30), held() as (drs, server):
        async with way(server) as client:
            async with anyio.create_task_group() as group:
                calls = Calls(client, group)
                first = calls.begin(1)
                await server.until(lambda: server.answering == 1)
                second = calls.begin(1)
                other = calls.begin(2)
                await server.until(lambda: server.answering == 2)
                first.cancel()
                other.cancel()
                await server.until(lambda: server.hung_up == 1)
                assert server.answering == 1
                second.cancel()
                await server.until(lambda: server.hung_up == 2)
            assert calls.answered == 0
            assert len(server.for_drs) == 2
            await six_at_once_again(client, drs, server)


async def test_200_calls_left_at_once_hang_up_six_times_and_send_nothing_more():
    with anyio.fail_after(20), held() as (drs, server):
        async with in_memory(server) as client:
            async with anyio.create_task_group() as group:
                calls = Calls(client, group)
                for number in range(CALLS_AT_ONCE):
                    calls.begin(number)
                await server.until(lambda: server.answering == CONCURRENCY)
                await anyio.wait_all_tasks_blocked()
                group.cancel_scope.cancel()
            await server.until(lambda: (server.hung_up, server.answering) == (CONCURRENCY, 0))
            await anyio.wait_all_tasks_blocked()
            assert len(server.for_drs) == CONCURRENCY
            await six_at_once_again(client, drs, server)


# -- memory ------------------------------------------------------------------------------------


UNSAMPLED = trace.NonRecordingSpan(trace.SpanContext(1, 1, is_remote=True))
"""Other tests of this process may have set up exporters, which keep the spans they are given."""


@on_asyncio
async def test_nothing_is_kept_of_waves_of_200_calls_answered_failed_or_left():
    """Counted in blocks of memory: whatever is kept of a call is two at the least."""
    blocks, refused = [], []

    async def fail(client, number):
        found = await client.call_tool("get_job_detail", {"job": job(number)})
        refused.append("DRS itself failed" in error_of(found))

    with anyio.fail_after(60), trace.use_span(UNSAMPLED), held() as (drs, server):
        drs.broken = {job(number) for number in range(40, 50)}
        async with in_memory(server) as client:
            for _ in range(7):
                drs.gate = Gate()
                async with anyio.create_task_group() as group:
                    calls = Calls(client, group)
                    scopes = [calls.begin(number % 40) for number in range(160)]
                    for number in range(40, 80):
                        group.start_soon(fail, client, 40 + number % 10)
                    await server.until(lambda: server.answering == CONCURRENCY)
                    await anyio.wait_all_tasks_blocked()
                    for left in scopes[::4]:
                        left.cancel()
                    drs.gate.open()
                assert calls.answered == 120
                await server.until(lambda: server.answering == 0)
                server.requests.clear()
                gc.collect()
                blocks.append(sys.getallocatedblocks())
    assert refused == [True] * 7 * 40
    # Other things grow now and then; a call that is kept, with what it holds, makes every wave grow.
    growth = median(after - before for before, after in pairwise(blocks[2:]))
    assert growth < 2 * CALLS_AT_ONCE
