"""The server over HTTP, on loopback, asked by a stock client and by bare requests."""

import json
import socket
import time

import anyio
import httpx2
import pytest
from mcp import MCPError

from drs_mcp.embedded import embedded_server
from drs_mcp.http import connection
from drs_mcp.observe.caller import caller
from drs_mcp.serving.catalogue import TOOL_FUNCTIONS
from drs_mcp.serving.result import RenderOptions
from drs_mcp.simulator import Simulator
from tests.http.conftest import ALICE, BOB, serving
from tests.support.tool_calls import answer_of
from tests.tools.test_tools import ONE_EACH

pytestmark = pytest.mark.anyio
ERAS = pytest.mark.parametrize("mode", ["auto", "legacy"])
ERP = "e1f0a6b2-3c4d-4e5f-8a90-1b2c3d4jb20r"  # by ID: one request upstream
TOKENS = f"alice:{ALICE},bob:{BOB}"


@ERAS
async def test_a_stock_client_lists_and_calls_every_tool(mode):
    async with serving() as running, running.client(mode=mode) as client:
        listed = {tool.name for tool in (await client.list_tools()).tools}
        assert len(listed) == len(TOOL_FUNCTIONS)
        for tool, arguments in ONE_EACH.items():
            answer_of(await client.call_tool(tool, arguments))


@ERAS
async def test_any_replica_answers_any_request_of_a_client(mode):
    async with serving() as one, serving() as other, one.client(mode=mode) as client:
        answer_of(await client.call_tool("list_jobs", {}))
        async with httpx2.AsyncClient() as http:  # what the client sends next goes elsewhere
            answer = await http.post(
                other.url,
                headers={
                    "Accept": "application/json, text/event-stream",
                    "MCP-Protocol-Version": "2025-11-25",
                    "Mcp-Session-Id": "of-another-replica",
                },
                json={"jsonrpc": "2.0", "id": 7, "method": "tools/list"},
            )
    assert answer.status_code == 200
    assert "mcp-session-id" not in answer.headers


@ERAS
async def test_progress_is_told_while_a_call_runs(mode):
    messages = []

    async def hear(progress, total, message):
        messages.append(message)

    async with serving() as running, running.client(mode=mode) as client:
        answer_of(
            await client.call_tool(
                "watch_job",
                {"job": "erp-oracle-gauss", "timeout_s": 2},
                progress_callback=hear,
            )
        )
    assert messages


class RecordingMiddleware:
    """Middleware of the MCP server that notes who asks and what its code could see of them."""

    def __init__(self):
        self.callers, self.headers = [], []

    async def __call__(self, ctx, call_next):
        result = await call_next(ctx)
        if ctx.method == "tools/call":
            self.callers.append(caller())
            self.headers.append(dict(ctx.request.headers))
        return result


@ERAS
async def test_code_knows_the_callers_name_and_never_sees_the_token(mode):
    server, noting = embedded_server(RenderOptions(), simulator=Simulator()), RecordingMiddleware()
    server.middleware.append(noting)
    async with (
        serving(server, TOKENS=TOKENS) as running,
        running.client(ALICE, mode=mode) as alice,
        running.client(BOB, mode=mode) as bob,
        anyio.create_task_group() as group,
    ):
        for client in (alice, bob, alice):
            group.start_soon(client.call_tool, "list_jobs", {})
    assert sorted(noting.callers) == ["alice", "alice", "bob"]
    assert all("authorization" not in headers for headers in noting.headers)
    assert ALICE not in json.dumps(noting.headers)


async def test_without_authentication_the_caller_is_anonymous_and_outside_http_it_is_stdio():
    server, noting = embedded_server(RenderOptions(), simulator=Simulator()), RecordingMiddleware()
    server.middleware.append(noting)
    async with serving(server) as running, running.client() as client:
        await client.call_tool("list_jobs", {})
    assert noting.callers == ["anonymous"]
    assert caller() == "stdio"


async def test_tokens_that_are_missing_wrong_or_empty_are_refused():
    async with serving(TOKENS=TOKENS) as running:
        assert (await running.post(ALICE)).status_code == 200
        for token in (None, "x", "x" * 40, ALICE[:-1], ALICE + "x"):
            answer = await running.post(token)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Bearer ")
        basic = await running.post(headers={"Authorization": f"Basic {ALICE}"})
        assert basic.status_code == 401
        empty = await running.post(headers={"Authorization": "Bearer"})
        assert empty.status_code == 401
        twice = [("Authorization", f"Bearer {ALICE}"), ("Authorization", f"Bearer {BOB}")]
        async with httpx2.AsyncClient() as http:
            assert (await http.post(running.url, headers=twice, json={})).status_code == 400


async def test_a_token_taken_out_of_the_file_is_refused_at_once(tmp_path):
    path = tmp_path / "tokens"
    path.write_text(f"# who may ask\nalice {ALICE}\nbob {BOB}\n", "utf-8")
    async with serving(TOKENS_FILE=str(path)) as running:
        assert (await running.post(BOB)).status_code == 200
        path.write_text(f"alice {ALICE}\n", "utf-8")
        assert (await running.post(BOB)).status_code == 401
        assert (await running.post(ALICE)).status_code == 200


async def test_foreign_hosts_and_origins_are_refused_before_anything_else():
    async with serving(TOKENS=TOKENS) as running:
        for token in (None, ALICE):
            foreign = await running.post(token, headers={"Host": "evil.example"})
            assert foreign.status_code == 421
            foreign = await running.post(token, headers={"Origin": "https://evil.example"})
            assert foreign.status_code == 403
        rebound = await running.post(ALICE, headers={"Host": "127.0.0.1.evil.example:80"})
        assert rebound.status_code == 421
        own = {"Host": "localhost:1", "Origin": "http://localhost:6274"}
        assert (await running.post(ALICE, headers=own)).status_code == 200


async def test_listed_hosts_and_origins_take_the_place_of_loopback():
    listed = {"ALLOWED_HOSTS": "drs.example.com", "ALLOWED_ORIGINS": "https://tools.example.com"}
    async with serving(**listed) as running:
        known = {"Host": "drs.example.com", "Origin": "https://tools.example.com"}
        answer = await running.post(headers=known)
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "https://tools.example.com"
        preflight = {
            **known,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,mcp-protocol-version",
        }
        async with httpx2.AsyncClient() as http:
            assert (await http.options(running.url, headers=preflight)).status_code == 200
        assert (await running.post()).status_code == 421
        local = {"Host": "drs.example.com", "Origin": "http://localhost"}
        assert (await running.post(headers=local)).status_code == 403


async def test_credentials_of_huawei_cloud_are_refused_from_callers():
    async with serving() as running:
        answer = await running.post(headers={"X-Auth-Token": "MIIsecret"})
    assert answer.status_code == 400
    assert "X-Auth-Token" in answer.text
    assert "MIIsecret" not in answer.text


async def test_health_needs_no_token_answers_to_any_host_and_tells_nothing():
    async with serving(TOKENS=TOKENS) as running, httpx2.AsyncClient() as http:
        for path in ("/healthz", "/readyz"):
            answer = await http.get(running.origin + path, headers={"Host": "10.1.2.3:8000"})
            assert (answer.status_code, answer.text) == (200, "ok\n")
            assert "server" not in answer.headers
            foreign = {"Origin": "https://evil.example"}
            refused = await http.get(running.origin + path, headers=foreign)
            assert refused.status_code == 403


async def test_there_is_no_stream_to_open_and_no_session_to_end():
    async with serving() as running, httpx2.AsyncClient() as http:
        for method in ("GET", "DELETE", "PUT"):
            answer = await http.request(
                method, running.url, headers={"Accept": "text/event-stream"}
            )
            assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


async def test_a_request_that_is_too_large_is_refused():
    async with serving(MAX_BODY="2048") as running:
        fitting = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"_meta": {}}}
        assert (await running.post(json=fitting)).status_code == 200
        assert (await running.post(content=b"x" * 2049)).status_code == 413

        async def chunks():
            for _ in range(3):
                yield b"x" * 1000

        assert (await running.post(content=chunks())).status_code == 413


async def test_a_head_that_is_too_large_is_refused():
    async with serving() as running:
        for size in (20_000, 70_000):
            assert (await running.post(headers={"X-Long": "x" * size})).status_code == 431
        async with httpx2.AsyncClient() as http:
            long = f"{running.origin}/healthz?{'x' * 20_000}"
            assert (await http.get(long)).status_code == 431


async def test_a_caller_over_its_rate_is_told_when_to_come_back_and_others_are_served():
    async with serving(TOKENS=TOKENS, RATE="6", BURST="2") as running:
        for _ in range(2):
            assert (await running.post(ALICE)).status_code == 200
        refused = await running.post(ALICE)
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 10
        assert refused.json()["error"]["data"]["retryable"] is True
        assert (await running.post(BOB)).status_code == 200


async def test_a_stock_client_shows_why_it_was_refused():
    async with serving(RATE="1", BURST="1") as running, running.client(mode="legacy") as client:
        with pytest.raises(MCPError, match="Too many requests"):
            await client.list_tools()


async def test_what_is_more_than_can_be_done_at_a_time_is_told_to_come_back():
    slow = Simulator()
    slow.faults.slow(1, None)
    limits = {"TOKENS": TOKENS, "CONCURRENCY": "3", "CALLER_CONCURRENCY": "2"}
    statuses = []
    call = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "list_jobs", "arguments": {}},
    }
    async with serving(simulator=slow, **limits) as running:

        async def ask(token):
            statuses.append((await running.post(token, json=call)).status_code)

        async with anyio.create_task_group() as group:
            for token in (ALICE, ALICE):
                group.start_soon(ask, token)
            await anyio.sleep(0.3)
            assert (await running.post(ALICE, json=call)).status_code == 429
            group.start_soon(ask, BOB)
            await anyio.sleep(0.3)
            full = await running.post(BOB, json=call)
            assert (full.status_code, full.headers["retry-after"]) == (503, "1")
        assert statuses == [200, 200, 200]
        assert (await running.post(ALICE)).status_code == 200


class ConcurrencyMeter:
    """The embedded DRS, and how many requests were under way in it at most."""

    def __init__(self, app):
        self.app, self.now, self.most = app, 0, 0

    async def __call__(self, scope, receive, send):
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await self.app(scope, receive, send)
        finally:
            self.now -= 1


async def test_drs_is_asked_by_six_at_a_time_however_many_callers_there_are():
    simulator = Simulator()
    simulator.faults.slow(0.05, None)
    counted = simulator.app = ConcurrencyMeter(simulator.app)
    statuses = []
    async with serving(simulator=simulator, TOKENS=TOKENS) as running:

        async def ask(number):
            another = f"{number:08}{ERP[8:]}"  # of the same task they would share one request
            params = {"name": "get_progress", "arguments": {"job": another}}
            call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
            answer = await running.post((ALICE, BOB)[number % 2], json=call)
            statuses.append(answer.status_code)

        async with anyio.create_task_group() as group:
            for number in range(20):
                group.start_soon(ask, number)
    assert statuses == [200] * 20
    assert counted.most == 6


async def test_a_body_that_drips_is_given_up():
    async with serving(BODY_TIMEOUT_S="1") as running:

        async def drip():
            yield b'{"jsonrpc":'
            await anyio.sleep(2)
            yield b'"2.0"}'

        answer = await running.post(content=drip(), headers={"Content-Type": "application/json"})
        assert answer.status_code == 408


async def test_a_connection_that_asks_for_nothing_is_closed(monkeypatch):
    monkeypatch.setattr(connection, "FIRST_S", 0.3)
    monkeypatch.setattr(connection, "NEXT_S", 0.5)
    async with serving() as running:
        port = int(running.origin.rpartition(":")[2])
        head = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
        for begun in (b"", head, head + b"\r\n" + head):  # nothing, half a head, one and a half
            with anyio.fail_after(5):
                stream = await anyio.connect_tcp("127.0.0.1", port)
                async with stream:
                    if begun:
                        await stream.send(begun)
                    async for _ in stream:
                        pass  # until it ends


async def test_a_caller_that_leaves_ends_its_call():
    class Counting(RecordingMiddleware):
        def __init__(self):
            self.ended, self.both = 0, anyio.Event()

        async def __call__(self, ctx, call_next):
            try:
                return await call_next(ctx)
            except anyio.get_cancelled_exc_class():
                self.ended += ctx.method == "tools/call"
                if self.ended == 2:
                    self.both.set()
                raise

    server, counting = embedded_server(RenderOptions(), simulator=Simulator()), Counting()
    server.middleware.append(counting)
    watch = {"job": "erp-oracle-gauss", "timeout_s": 40}
    async with serving(server) as running:
        for mode in ("auto", "legacy"):
            async with running.client(mode=mode) as client:
                with anyio.move_on_after(0.5):
                    await client.call_tool("watch_job", watch)
        with anyio.fail_after(5):
            await counting.both.wait()


async def test_200_requests_at_concurrency_20_succeed(record_row):
    took = []
    async with serving(TOKENS=TOKENS) as running, running.client(ALICE) as client:
        tickets = iter(range(200))

        async def ask():
            for _ in tickets:
                begin = time.perf_counter()
                answer_of(await client.call_tool("get_progress", {"job": ERP}))
                took.append(time.perf_counter() - begin)

        begin = time.perf_counter()
        async with anyio.create_task_group() as group:
            for _ in range(20):
                group.start_soon(ask)
        total = time.perf_counter() - begin
    assert len(took) == 200
    took.sort()
    record_row(
        "HTTP",
        {
            "requests": 200,
            "at a time": 20,
            "failed": 0,
            "per s": round(200 / total),
            "p50 ms": round(took[100] * 1000),
            "p99 ms": round(took[198] * 1000),
        },
    )


async def test_nothing_listens_when_the_server_has_left():
    async with serving() as running:
        port = int(running.origin.rpartition(":")[2])
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=1)
