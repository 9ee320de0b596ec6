"""One caller reads 32 logs at once; another asks for a task's progress, a load balancer for health.

Real processes: a server over HTTP and, apart from it, the embedded DRS. Nobody waits for another
longer than twice what its own call takes alone, or a second; `/healthz` is answered meanwhile.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial

import anyio
import httpx2

from drs_mcp.simulator import PROJECT_ID, REGION, TOKEN
from tests.fuzz.sinks import LineReader, started

LOGS = 32
ALONE_TIMES = 5
WAITS_S = 1.0
CALLERS = {
    "alice": "alice-0123456789-0123456789-0123456789",
    "bob": "bob-0123456789-0123456789-0123456789-xx",
}
LOG = {"name": "get_logs", "arguments": {"job": "shop-mysql-sync"}}
ASKED: Mapping[str, Mapping[str, object]] = {
    "get_progress": {"job": "shop-mysql-sync"},
    "get_job_detail": {"job": "erp-oracle-gauss"},
    "list_jobs": {},
}


@dataclass
class Wait:
    """How long somebody waited for one kind of answer, in seconds: alone, and beside the logs."""

    what: str
    bound_s: Callable[[float], float] = lambda alone: max(2 * alone, WAITS_S)
    alone: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)

    @property
    def longest(self) -> float:
        """The longest time beside the logs."""
        return max(self.beside, default=0.0)

    @property
    def violations(self) -> list[str]:
        """What was promised and not kept."""
        if not self.beside:
            return [f"{self.what}: was not answered while the logs were read"]
        bound = self.bound_s(statistics.median(self.alone))
        if self.longest > bound:
            return [f"{self.what}: waited {self.longest:.2f} s, promised {bound:.2f} s"]
        return []

    @property
    def row(self) -> dict[str, object]:
        """A row of the table."""
        return {
            "asked beside 32 log reads": self.what,
            "times": len(self.beside),
            "alone ms": round(1000 * statistics.median(self.alone)),
            "median ms": round(1000 * statistics.median(self.beside or [0.0])),
            "longest ms": round(1000 * self.longest),
            "kept": "no" if self.violations else "yes",
        }


@contextmanager
def _servers() -> Iterator[str]:
    """An embedded DRS and a server that asks it, each a process; the server's URL."""
    with ExitStack() as opened:
        drs = opened.enter_context(started({}, "simulate", "--port", "0"))
        line = LineReader(drs.stderr.fileno()).line(60).decode()
        origin = next(word for word in line.split() if word.startswith("http"))
        environ = {
            "DRS_MCP_ENDPOINT": origin,
            "DRS_MCP_REGION": REGION,
            "DRS_MCP_PROJECT_ID": PROJECT_ID,
            "DRS_MCP_TOKEN": TOKEN,
            "DRS_MCP_AUDIT": "off",
            "DRS_MCP_HTTP_TOKENS": ",".join(map(":".join, CALLERS.items())),
            "NO_PROXY": "*",
        }
        server = opened.enter_context(started(environ, "serve", "--http", "127.0.0.1:0"))
        greeting = LineReader(server.stderr.fileno()).line(60).decode()
        yield next(word.rstrip(",") for word in greeting.split() if word.startswith("http"))


async def _call(http: httpx2.AsyncClient, url: str, call: Mapping[str, object]) -> float:
    """Make one call; the seconds it took."""
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    began = time.perf_counter()
    answer = await http.post(url, json=message)
    took = time.perf_counter() - began
    if answer.status_code != 200 or '"isError":true' in answer.text:
        raise AssertionError(f"{call['name']}: {answer.status_code} {answer.text[:300]}")
    return took


async def _health(http: httpx2.AsyncClient, origin: str) -> float:
    began = time.perf_counter()
    answer = await http.get(f"{origin}/healthz")
    took = time.perf_counter() - began
    if answer.status_code != 200:
        raise AssertionError(f"/healthz: {answer.status_code}")
    return took


async def _measured(url: str) -> list[Wait]:
    clients = {
        name: httpx2.AsyncClient(
            headers={
                "Authorization": f"Bearer {token}",
                "Accept": "application/json, text/event-stream",
            },
            timeout=60,
            trust_env=False,
        )
        for name, token in CALLERS.items()
    }
    origin = url.removesuffix("/mcp")
    async with clients["alice"] as alice, clients["bob"] as bob:
        waits = [Wait(tool) for tool in ASKED]
        calls = [
            partial(_call, bob, url, {"name": tool, "arguments": arguments})
            for tool, arguments in ASKED.items()
        ]
        waits.append(Wait("/healthz", lambda _: WAITS_S))
        calls.append(partial(_health, bob, origin))
        for _ in range(ALONE_TIMES):
            for wait, call in zip(waits, calls, strict=True):
                wait.alone.append(await call())
        done = 0
        async with anyio.create_task_group() as group:

            async def read_log() -> None:
                nonlocal done
                await _call(alice, url, LOG)
                done += 1

            for _ in range(LOGS):
                group.start_soon(read_log)
            await anyio.sleep(0.3)  # until they are under way
            while done < LOGS:
                for wait, call in zip(waits, calls, strict=True):
                    took = await call()
                    if done < LOGS:
                        wait.beside.append(took)
    return waits


def run() -> tuple[list[dict[str, object]], list[str]]:
    """The rows of the table, and what was promised and not kept."""
    with _servers() as url:
        waits = anyio.run(_measured, url)
    return [wait.row for wait in waits], [one for wait in waits for one in wait.violations]


if __name__ == "__main__":
    shown, broken = run()
    for line in (*shown, *broken):
        print(line)
    sys.exit(bool(broken))
