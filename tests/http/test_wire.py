"""What a client and a load balancer see on the wire: revisions, headers, streams, replicas."""

import anyio
import httpx2
import pytest
import sse_starlette
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.server import _streamable_http_modern
from mcp.types import HEADER_MISMATCH
from pydantic_core import from_json

from tests.http.conftest import serving
from tests.support.tool_calls import answer_of
from tests.tools.test_tools import ONE_EACH

pytestmark = pytest.mark.anyio

MODERN = "2026-07-28"
CALL = {"name": "get_progress", "arguments": {"job": "erp-oracle-gauss"}}
META = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientCapabilities": {},
}


def message(method, **params):
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def modern(method="tools/call", params=CALL, **headers):
    """A request of the revision that has no sessions; headers by their names, `_` for `-`."""
    whole = {"MCP-Protocol-Version": MODERN, "Mcp-Method": method}
    if "name" in params:
        whole["Mcp-Name"] = params["name"]
    whole |= {name.replace("_", "-"): value for name, value in headers.items()}
    return {
        "headers": {name: value for name, value in whole.items() if value},
        "json": message(method, **params, _meta=META),
    }


def said(answer):
    """The one JSON-RPC message of an answer, as JSON or as an event stream."""
    if answer.headers["content-type"] == "application/json":
        return answer.json()
    (data,) = [line[6:] for line in answer.text.splitlines() if line.startswith("data: ")]
    return from_json(data)


async def test_every_revision_is_spoken_on_one_path_without_a_session():
    async with serving() as running:
        for revision in ("2025-03-26", "2025-06-18", "2025-11-25"):
            hello = message(
                "initialize",
                protocolVersion=revision,
                capabilities={},
                clientInfo={"name": "test", "version": "0"},
            )
            for request in (hello, message("tools/call", **CALL)):  # in any order, or one alone
                headers = {"MCP-Protocol-Version": revision}
                answer = await running.post(headers=headers, json=request)
                assert answer.status_code == 200
                assert "mcp-session-id" not in answer.headers
                result = said(answer)["result"]
                assert result.get("protocolVersion", revision) == revision
                assert not result.get("isError")
        for request in (modern("server/discover", {}), modern()):
            answer = await running.post(**request)
            assert answer.status_code == 200
            assert "mcp-session-id" not in answer.headers
            assert not said(answer)["result"].get("isError")


async def test_headers_that_say_another_thing_than_the_body_are_refused():
    """Or a proxy that judges by headers would let pass what it must not."""
    wrong = (
        {"Mcp_Method": "tools/list"},
        {"Mcp_Method": ""},
        {"Mcp_Name": "list_jobs"},
        {"Mcp_Name": ""},
        {"MCP_Protocol_Version": "1999-01-01"},
    )
    async with serving() as running:
        for headers in wrong:
            answer = await running.post(**modern(**headers))
            assert answer.status_code == 400, headers
            assert said(answer)["error"]["code"] == HEADER_MISMATCH, headers
        gone = await running.post(**modern("initialize", {}))
        assert gone.status_code == 404


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_stock_client_does_not_notice_that_every_request_goes_to_another_replica(mode):
    async with serving() as one, serving() as other:
        balancer = RoundRobin(one.url, other.url)
        async with (
            httpx2.AsyncClient(transport=balancer, timeout=30) as http,
            Client(streamable_http_client(one.url, http_client=http), mode=mode) as client,
        ):
            await client.list_tools()
            for tool, arguments in ONE_EACH.items():
                answer_of(await client.call_tool(tool, arguments))
        await balancer.real.aclose()
    assert min(balancer.posts.values()) >= len(ONE_EACH) // 2


class RoundRobin(httpx2.AsyncBaseTransport):
    """A load balancer that never sends two requests to the same server."""

    def __init__(self, *urls):
        self.real = httpx2.AsyncHTTPTransport()
        self.posts = dict.fromkeys(map(httpx2.URL, urls), 0)
        self.turn = 0

    async def handle_async_request(self, request):
        url = list(self.posts)[self.turn % len(self.posts)]
        if request.method == "POST":
            self.turn += 1
            self.posts[url] += 1
        request.url = url
        request.headers["Host"] = url.netloc.decode()
        return await self.real.handle_async_request(request)


async def test_a_handle_of_one_replica_is_good_at_another():
    watch = {"job": "erp-oracle-gauss", "timeout_s": 1}
    async with serving() as one, serving() as other:
        async with one.client() as client:
            first = answer_of(await client.call_tool("watch_job", watch))
        again = next(call["args"] for call in first["next"] if call["tool"] == "watch_job") | {
            "timeout_s": 1
        }
        assert set(again) > set(watch)
        async with other.client() as client:
            answer_of(await client.call_tool("watch_job", again))


async def test_a_stream_is_never_silent_for_long(monkeypatch):
    """Comments come every 15 s, which nobody wants to wait for: here they come more often."""
    modern_every, legacy_every = "_SSE_PING_INTERVAL", "DEFAULT_PING_INTERVAL"
    stream = sse_starlette.EventSourceResponse
    assert getattr(_streamable_http_modern, modern_every) == 15
    assert getattr(stream, legacy_every) == 15
    monkeypatch.setattr(_streamable_http_modern, modern_every, 0.4)
    monkeypatch.setattr(stream, legacy_every, 0.4)
    watch = {"name": "watch_job", "arguments": {"job": "erp-oracle-gauss", "timeout_s": 2}}
    answers = {}

    async def ask(name, running, request):
        answers[name] = await running.post(**request)

    async with serving() as running, anyio.create_task_group() as group:
        group.start_soon(ask, "modern", running, modern(params=watch))
        group.start_soon(ask, "legacy", running, {"json": message("tools/call", **watch)})
    for answer in answers.values():
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["x-accel-buffering"] == "no"
        assert answer.text.count(": ping") >= 2
        assert '"result"' in answer.text
