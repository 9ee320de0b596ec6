"""A server on loopback, in this process, and tokens for it."""

from contextlib import asynccontextmanager
from functools import partial

import anyio
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from drs_mcp.embedded import embedded_server
from drs_mcp.http.address import address_of
from drs_mcp.http.serve import serve_http
from drs_mcp.http.settings import http_settings
from drs_mcp.serving.result import RenderOptions
from drs_mcp.simulator import Simulator

ALICE = "alice-0123456789-0123456789-0123456789"
BOB = "bob-0123456789-0123456789-0123456789-xx"


class RunningServer:
    """Where the server is, and how it is asked."""

    def __init__(self, url, stop):
        self.url = url
        self.stop = stop

    @property
    def origin(self):
        return self.url.removesuffix("/mcp")

    @asynccontextmanager
    async def client(self, token=None, *, mode="auto"):
        """A stock MCP client."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=30) as http,
            Client(streamable_http_client(self.url, http_client=http), mode=mode) as client,
        ):
            yield client

    async def post(self, token=None, *, headers=None, **body):
        """A bare request for the list of tools, as a client of 2025 sends it."""
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        sent = {"Accept": "application/json, text/event-stream", **(headers or {})}
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        async with httpx2.AsyncClient(timeout=30) as http:
            return await http.post(self.url, headers=sent, **(body or {"json": message}))


@asynccontextmanager
async def serving(server=None, *, wire=lambda: None, simulator=None, **environ):
    """The embedded server over HTTP on a free port; *environ* without its prefix."""
    server = server or embedded_server(RenderOptions(), simulator=simulator or Simulator())
    settings = http_settings({f"DRS_MCP_HTTP_{name}": value for name, value in environ.items()})
    stop, ready, lines = anyio.Event(), anyio.Event(), []

    def started(text):
        lines.append(text)
        ready.set()

    async with anyio.create_task_group() as group:
        group.start_soon(
            partial(
                serve_http,
                server,
                address_of("127.0.0.1:0"),
                settings,
                started=started,
                wire=wire,
                stop=stop,
            )
        )
        with anyio.fail_after(10):
            await ready.wait()
        url = next(word.rstrip(",") for word in lines[0].split() if word.startswith("http"))
        try:
            yield RunningServer(url, stop)
        finally:
            stop.set()


@pytest.fixture
def anyio_backend():
    return "asyncio"  # uvicorn's
