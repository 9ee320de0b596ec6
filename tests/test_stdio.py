"""The server as a host starts it: a process that speaks MCP on its standard streams."""

import json
import os
import signal
import subprocess
import sys
import time

import anyio
import pytest
from mcp import Client, StdioServerParameters

from drs_mcp.serving.catalogue import TOOL_FUNCTIONS
from tests.support.tool_calls import answer_of, error_of
from tests.tools.test_tools import ONE_EACH

SERVE = [sys.executable, "-m", "drs_mcp", "serve"]
QUIET = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("DRS_MCP_", "HUAWEICLOUD_"))
}


@pytest.fixture
def anyio_backend():
    return "asyncio"  # a process has one event loop, and the server's is asyncio


def server(*arguments, **environ):
    env = QUIET | environ
    return StdioServerParameters(command=SERVE[0], args=[*SERVE[1:], *arguments], env=env)


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_stock_client_lists_and_calls_every_tool(mode):
    with anyio.fail_after(60):
        async with Client(server("--demo"), mode=mode) as client:
            listed = {tool.name for tool in (await client.list_tools()).tools}
            called = set()
            for tool, arguments in ONE_EACH.items():
                answer_of(await client.call_tool(tool, arguments))
                called.add(tool)
    assert called == listed


@pytest.mark.anyio
async def test_starting_and_listing_need_no_credentials_and_a_call_says_what_is_missing():
    with anyio.fail_after(30):
        async with Client(server()) as client:
            assert len((await client.list_tools()).tools) == len(TOOL_FUNCTIONS)
            text = error_of(await client.call_tool("list_jobs", {}))
    assert "DRS_MCP_REGION" in text
    assert "serve --demo" in text


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DRS_MCP_REGION", "the north"),
        ("DRS_MCP_MAX_CHARS", "lots"),
        ("DRS_MCP_CONFIG", "/nowhere/profiles.toml"),
        ("HUAWEICLOUD_SDK_AK", "${HUAWEICLOUD_SDK_AK}"),
    ],
)
async def test_a_setting_that_cannot_be_used_is_told_by_every_call_and_the_tools_are_listed(
    name, value
):
    with anyio.fail_after(30):
        async with Client(server(**{name: value})) as client:
            assert len((await client.list_tools()).tools) == len(TOOL_FUNCTIONS)
            text = error_of(await client.call_tool("list_jobs", {}))
    assert name in text
    assert value not in text


def started(command=(*SERVE, "--demo")):
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=QUIET,
    )
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "0"},
        },
    }
    process.stdin.write(json.dumps(hello).encode() + b"\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == 1
    return process


def ended(process, seconds=10):
    out, err = process.communicate(timeout=seconds)
    return process.returncode, out, err


def test_end_of_input_ends_the_server_cleanly():
    assert ended(started()) == (0, b"", b"")


def test_the_bare_command_serves_as_hosts_start_it():
    assert ended(started(SERVE[:-1])) == (0, b"", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="signals end a process there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_ends_the_server_cleanly_while_input_stays_open(name):
    process = started()
    begin = time.monotonic()
    process.send_signal(getattr(signal, name))
    assert process.wait(timeout=10) == 0
    assert time.monotonic() - begin < 5
    out, err = process.stdout.read(), process.stderr.read()
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()
    assert (out, err) == (b"", b"")
