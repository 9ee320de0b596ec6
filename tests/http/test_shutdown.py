"""A real process is stopped while calls run: every caller gets an answer."""

import os
import signal
import subprocess
import sys
import time
from contextlib import AsyncExitStack, contextmanager

import anyio
import httpx2
import pytest
from mcp import MCPError

from drs_mcp.http.refusals import RETRY_LATER
from tests.http.conftest import RunningServer
from tests.support.tool_calls import answer_of
from tests.test_stdio import SERVE

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(sys.platform == "win32", reason="signals end a process there"),
]
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("DRS_MCP_", "HUAWEICLOUD_"))
} | {"DRS_MCP_AUDIT": "off"}  # so that stderr shows trouble only


ACCEPT = b"Accept: application/json, text/event-stream\r\n"


@contextmanager
def process(command=(*SERVE, "--demo"), *, profile=None, **environ):
    """`drs-mcp serve --demo --http`, and where it says that it is."""
    given = {f"DRS_MCP_HTTP_{name}": value for name, value in environ.items()} | (profile or {})
    with subprocess.Popen(
        [*command, "--http", "127.0.0.1:0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT | given,
    ) as started:
        try:
            text = started.stderr.readline()
            url = next(word.rstrip(",") for word in text.split() if word.startswith("http"))
            yield started, RunningServer(url, None)
        finally:
            started.kill()


async def ended(started, seconds=10):
    """The exit code and what was said on stderr; fails if it takes longer."""
    with anyio.fail_after(seconds):
        await anyio.to_thread.run_sync(started.wait, abandon_on_cancel=True)
    return started.returncode, started.stderr.read(), started.stdout.read()


async def watch(running, mode, timeout_s, go, outcomes, *, task_status=anyio.TASK_STATUS_IGNORED):
    async with running.client(mode=mode) as client:
        await client.list_tools()  # as hosts do; else the client asks for it after the call
        task_status.started()
        await go.wait()
        try:
            found = await client.call_tool(
                "watch_job", {"job": "erp-oracle-gauss", "timeout_s": timeout_s}
            )
            outcomes.append(answer_of(found)["headline"])
        except MCPError as error:
            outcomes.append(error)


async def test_20_running_calls_finish_or_are_told_to_retry(record_row):
    outcomes, go = [], anyio.Event()
    with process() as (started, running):
        async with anyio.create_task_group() as group:
            for number in range(20):
                mode = ("auto", "legacy")[number % 2]
                timeout_s = (3, 60)[number // 10]  # ten will be done in time, ten will not
                await group.start(watch, running, mode, timeout_s, go, outcomes)
            go.set()
            await anyio.sleep(0.5)
            assert outcomes == []
            begin = time.monotonic()
            started.send_signal(signal.SIGTERM)
            code, err, out = await ended(started)
            took = time.monotonic() - begin
    finished = [outcome for outcome in outcomes if isinstance(outcome, str)]
    text = [outcome for outcome in outcomes if isinstance(outcome, MCPError)]
    assert (code, err, out) == (0, "", "")
    assert took < 10
    assert len(finished) >= 1
    assert len(finished) + len(text) == 20
    for error in text:
        assert error.error.code == RETRY_LATER
        assert error.error.data["retryable"] is True
    row = {"finished": len(finished), "told to retry": len(text), "lost": 0, "s": round(took, 1)}
    record_row("SIGTERM during 20 calls", {**row, "exit": code})


async def test_while_it_leaves_it_is_alive_but_not_ready_and_takes_nothing_new():
    go = anyio.Event()
    go.set()
    with process(DRAIN_S="2") as (started, running):
        async with anyio.create_task_group() as group:
            await group.start(watch, running, "auto", 60, go, [])
            await anyio.sleep(0.5)
            started.send_signal(signal.SIGTERM)
            await anyio.sleep(0.5)
            async with httpx2.AsyncClient() as http:
                assert (await http.get(f"{running.origin}/healthz")).status_code == 200
                assert (await http.get(f"{running.origin}/readyz")).status_code == 503
            answer = await running.post()
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
            assert answer.json()["error"]["code"] == RETRY_LATER
            assert (await ended(started))[:2] == (0, "")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
async def test_one_that_has_nothing_to_do_leaves_at_once(name):
    with process() as (started, running):
        async with running.client() as client:
            await client.list_tools()
            begin = time.monotonic()
            started.send_signal(getattr(signal, name))
            assert (await ended(started))[:2] == (0, "")
            assert time.monotonic() - begin < 5  # what a drain would take


async def test_one_that_lingers_tells_load_balancers_first():
    with process(LINGER_S="1") as (started, running):
        begin = time.monotonic()
        started.send_signal(signal.SIGTERM)
        await anyio.sleep(0.4)
        async with httpx2.AsyncClient() as http:
            assert (await http.get(f"{running.origin}/readyz")).status_code == 503
        assert (await ended(started))[:2] == (0, "")
        assert time.monotonic() - begin >= 1


async def test_a_thread_that_hangs_does_not_keep_the_process():
    """Threads cannot be stopped, and Python waits for each when it ends."""
    command = (sys.executable, "-m", "tests.http.hanging_dns", "serve")
    profile = {"DRS_MCP_REGION": "cn-north-4", "DRS_MCP_PROJECT_ID": "0" * 32}
    profile |= {"DRS_MCP_TOKEN": "x" * 40, "NO_PROXY": "*"}
    text = []
    with process(command, profile=profile, DRAIN_S="0") as (started, running):
        async with anyio.create_task_group() as group:

            async def ask():
                call = {"name": "list_jobs", "arguments": {}}
                message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
                text.append(await running.post(json=message))

            group.start_soon(ask)
            with anyio.fail_after(30):
                looking = await anyio.to_thread.run_sync(
                    started.stderr.readline, abandon_on_cancel=True
                )
            assert looking == "looking up\n"
            started.send_signal(signal.SIGTERM)
            code, err, _ = await ended(started)
    assert code == 0
    assert "Traceback" not in err
    assert f'"code":{RETRY_LATER}' in text[0].text


async def test_callers_that_do_not_go_on_do_not_hold_it_up():
    head = b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    async with AsyncExitStack() as opened:
        started, running = opened.enter_context(process(DRAIN_S="1"))
        port = int(running.origin.rpartition(":")[2])
        _silent, half_head, half_body, unread = [
            await opened.enter_async_context(await anyio.connect_tcp("127.0.0.1", port))
            for _ in range(4)
        ]
        await half_head.send(head)
        await half_body.send(head + b'Content-Length: 100\r\n\r\n{"jsonrpc":')
        ask = b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
        with anyio.move_on_after(0.5):  # until neither side takes any more
            await unread.send((head + ACCEPT + b"Content-Length: 46\r\n\r\n" + ask) * 1000)
        await anyio.sleep(0.3)
        started.send_signal(signal.SIGTERM)
        code, err, _ = await ended(started)
        # A machine that is busy may not close all four within uvicorn's second, which it tells.
        trouble = [line for line in err.splitlines() if "graceful shutdown exceeded" not in line]
        assert (code, trouble) == (0, [])
        assert b"503" in await half_body.receive()
