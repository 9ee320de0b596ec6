"""The server that bodies are sent to, and what they cost it: run as a process of its own.

Each line of its standard input is a call, `[tool, arguments]`; each line that it writes is what that
cost, as JSON.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
from mcp import Client

from drs_mcp.api.connections import Connections
from drs_mcp.clock import SystemClock
from drs_mcp.server import build_server
from drs_mcp.serving.result import RenderOptions
from drs_mcp.settings import from_environment

_TICK_S = 0.005


class Ticking:
    """A task that wants to run every few milliseconds, and the longest that it was kept waiting.

    Counted is the time that this thread was at work meanwhile: what other processes took of the
    machine is not the loop's.
    """

    def __init__(self) -> None:
        self.longest_s = 0.0

    async def run(self) -> None:
        """Tick for good."""
        last = time.thread_time()
        while True:
            await anyio.sleep(_TICK_S)
            now = time.thread_time()
            self.longest_s = max(self.longest_s, now - last)
            last = now


def _most_mb() -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM:"))


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", "ascii")


async def _asked(client: Any, ticking: Ticking, tool: str, arguments: Any) -> dict[str, Any]:
    _forget_peak()
    await anyio.sleep(2 * _TICK_S)
    ticking.longest_s = 0.0
    began = time.monotonic()
    answer = await client.call_tool(tool, arguments)
    await anyio.sleep(2 * _TICK_S)
    said = answer.content[0].text.replace("\n", " ")
    return {
        "seconds": time.monotonic() - began - 2 * _TICK_S,
        "most_mb": _most_mb(),
        "blocked_s": ticking.longest_s,
        "said": said[:160],
    }


async def main() -> None:
    """Answer calls until standard input ends."""
    settings = from_environment(os.environ)
    server = build_server(
        lambda: Connections({"default": settings}, SystemClock()), RenderOptions()
    )
    ticking = Ticking()
    async with Client(server) as client, anyio.create_task_group() as group:
        group.start_soon(ticking.run)
        while line := await anyio.to_thread.run_sync(sys.stdin.readline):
            print(json.dumps(await _asked(client, ticking, *json.loads(line))), flush=True)
        group.cancel_scope.cancel()


if __name__ == "__main__":
    anyio.run(main)
