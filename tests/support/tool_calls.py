"""Calling tools in tests: through an MCP client, or directly, over a wire of the test's choice."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx2
from mcp import Client
from pydantic import SecretStr
from pydantic_core import from_json

from drs_mcp.api.connections import Connections
from drs_mcp.embedded import embedded_server, embedded_settings
from drs_mcp.server import build_server
from drs_mcp.serving.budget import compact
from drs_mcp.serving.result import RenderOptions, receipt, result
from drs_mcp.settings import Settings
from drs_mcp.simulator import Simulator
from tests.conftest import DrivenClock

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SETTINGS = Settings(
    region="cn-north-4", project_id="054ba152d480d55b2f5dc0069e7ddef0", token=SecretStr("MIItoken")
)
JOB = "c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r"


def connections(wire, settings=SETTINGS, clock=None):
    """Connections whose every request goes to *wire*, an httpx2 transport."""
    return Connections({"default": settings}, clock or DrivenClock(), lambda: wire)


async def ask(function, wire, *, settings=SETTINGS, max_chars=8000, **arguments):
    """Call a tool function directly; returns the answer as the client would get it."""
    async with connections(wire, settings) as opened:
        drs = await opened.open()
        answer = await function(drs, **arguments)
        return result(
            answer, receipt(drs, opened.clock), RenderOptions(), max_chars
        ).structured_content


def embedded(simulator):
    """The wire into a simulator, and settings it accepts."""
    return {
        "wire": httpx2.ASGITransport(app=simulator.app),
        "settings": embedded_settings(),
    }


def replaying(body, status=200):
    """A wire that gives every request the same answer."""
    return httpx2.MockTransport(lambda _: httpx2.Response(status, json=body))


@asynccontextmanager
async def client_of(simulator=None, *, mode="auto", options=None):
    """An MCP client of the server over an embedded DRS."""
    server = embedded_server(
        options or RenderOptions(), simulator=simulator or Simulator(), clock=DrivenClock()
    )
    async with Client(server, mode=mode) as client:
        yield client


@asynccontextmanager
async def client_over(wire, *, settings=SETTINGS, mode="auto"):
    """An MCP client of the server over any wire."""
    server = build_server(lambda: connections(wire, settings), RenderOptions())
    async with Client(server, mode=mode) as client:
        yield client


def answer_of(found):
    """The answer in a result, the same in both channels."""
    assert not found.is_error, found.content[0].text
    text = found.content[0].text
    answer = from_json(text)
    assert found.structured_content == answer
    assert text == compact(answer)
    return answer


def error_of(found):
    """The text of an error result, which has no structured content."""
    assert found.is_error
    assert found.structured_content is None
    return found.content[0].text
