"""The second table of `make bench`: what a server process of its own needs, at most, as the kernel
counts it. Linux only.

DRS is a server on loopback in this process; the one that is measured is `drs-mcp serve`, asked over
its standard streams.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from drs_mcp.api.query import MAX_LIMIT
from drs_mcp.simulator import PROJECT_ID, REGION, TOKEN
from tests.api.http.test_faults import bomb
from tests.support.fault_server import Exchange, FaultServer

JOB = "c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r"
MEASURED = sys.platform == "linux"
MB = 1_000_000


# -- DRS ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Payload:
    """A comparison's list of so many rows; *row* makes one of its number, *place* holds a page."""

    number: int
    row: Callable[[int], str]
    place: str

    def page(self, offset: int, limit: int) -> bytes:
        """At most 1,000 rows, as the API's own envelope."""
        end = min(offset + min(limit, MAX_LIMIT), self.number)
        rows = ",".join(map(self.row, range(offset, end)))
        head = f'{{"job":{{"id":"{JOB}","total_count":{self.number},"compare_result":'
        return f"{head}{self.place % rows}}}}}".encode()


def _numbers(number: int) -> str:
    rows, off = 1_000_000 + number * 37 % 9_000_000, int(number % 1_000 == 0)
    return (
        f'"source_table_name":"SALES.T_ORDER_{number:06}","source_row_num":"{rows}",'
        f'"target_table_name":"sales.t_order_{number:06}","target_row_num":"{rows - off}",'
        f'"difference_row_num":"{off}","message":""'
    )


def _rows(number: int) -> str:
    """A row of Table 46: of a thousand tables one differs."""
    status = "CONSISTENT" if number % 1_000 else "INCONSISTENT"
    return f'{{{_numbers(number)},"status":"{status}"}}'


def _values(number: int) -> str:
    """A row of Table 48."""
    same = "true" if number % 1_000 else "false"
    return f'{{"source_db":"erp","target_db":"erp",{_numbers(number)},"content_compare_result":{same}}}'


def _difference(number: int) -> str:
    """A row of Table 50; no key follows another, so that none can be told in a range."""
    where = f'"sales"."orders" where "id" = {50_000_000 + 7 * number} and "region" = ?'
    sql = json.dumps(f"select * from {where}")
    return (
        f'{{"source_key_value":["{50_000_000 + 7 * number}"],"target_key_value":[],'
        f'"source_select_sql":{sql},"target_select_sql":{sql}}}'
    )


ROWS = Payload(297_000, _rows, '{"line_compare_detail_infos":[%s]}')
VALUES = Payload(245_000, _values, '{"content_compare_detail_infos":[%s]}')
DIFFERENCES = Payload(236_000, _difference, '{"content_diff_detail_info":{"contents_infos":[%s]}}')
_EMPTY = b'{"job":{"id":"%s","total_count":0,"status":"INCRE_TRANSFER_STARTED"}}' % JOB.encode()


class Drs:
    """Answers pages of a payload; a task's detail is small, or a bomb."""

    def __init__(self) -> None:
        self.payload: Payload | None = None
        self.explodes = False
        self.bytes = 0

    async def __call__(self, exchange: Exchange) -> None:
        query = exchange.request.query
        if self.explodes:
            await exchange.answer(bomb(), 200, "Content-Encoding: gzip")
            return
        body = _EMPTY
        paged = query.get("query_type") in ("detail", "diff")
        if paged and self.payload and query.get("compare_detail_type") != "uncompare":
            body = self.payload.page(int(query["offset"]), int(query["limit"]))
        self.bytes += len(body)
        await exchange.json(body)


# -- the server --------------------------------------------------------------------------------


class Process:
    """`drs-mcp serve`, asked over its pipes, and what it holds."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._asked = 0

    def ask(self, method: str, **params: Any) -> Any:
        """The result of a request."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        assert self._process.stdout is not None
        while True:
            found = json.loads(self._process.stdout.readline())
            if found.get("id") == self._asked:
                return found["result"]

    def call(self, tool: str, **arguments: Any) -> str:
        """The text that a tool answers with, be it an error's."""
        return str(self.ask("tools/call", name=tool, arguments=arguments)["content"][0]["text"])

    def begin(self) -> None:
        """Shake hands."""
        client = {"name": "bench", "version": "0"}
        self.ask("initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo=client)
        self._send({"method": "notifications/initialized"})

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
        self._process.stdin.flush()

    @property
    def _folder(self) -> Path:
        return Path("/proc", str(self._process.pid))

    def _bytes(self, name: str) -> int:
        lines = (self._folder / "status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))

    def most_during(self, tool: str, arguments: dict[str, str]) -> tuple[str, int, int]:
        """What a call answers, and the resident bytes before it and at most while it ran."""
        (self._folder / "clear_refs").write_text("5", "ascii")  # the peak begins here
        before = self._bytes("VmRSS")
        answer = self.call(tool, **arguments)
        return answer, before, self._bytes("VmHWM")


@contextmanager
def serving(origin: str) -> Iterator[Process]:
    """Our server in a process of its own, for the DRS at *origin*; it has answered once."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DRS_MCP_", "HUAWEICLOUD_"))
    }
    given = {"REGION": REGION, "PROJECT_ID": PROJECT_ID, "TOKEN": TOKEN, "ENDPOINT": origin}
    command = [sys.executable, "-m", "drs_mcp", "serve"]
    environment = kept | {f"DRS_MCP_{name}": value for name, value in given.items()}
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment | {"NO_PROXY": "*"},
    ) as process:
        try:
            server = Process(process)
            server.begin()
            server.call("get_job_detail", job=JOB)
            yield server
        finally:
            process.kill()


# -- the cases ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cost:
    """What one call cost, and what it said.

    Attributes:
        sent: the bytes that DRS answered with, unpacked.
        before: the resident bytes of the server at rest.
        most: the same at most while it answered.
    """

    answer: str
    sent: int
    requests: int
    before: int
    most: int
    seconds: float

    @property
    def added_mb(self) -> float:
        """What the call cost beyond the server at rest."""
        return (self.most - self.before) / MB

    @property
    def most_mb(self) -> float:
        """What the server needed at most."""
        return self.most / MB


class Measuring:
    """A server in a process of its own, which is asked for one case after the other."""

    def __init__(self, drs: Drs, upstream: FaultServer, process: Process) -> None:
        self._drs, self._upstream, self._process = drs, upstream, process

    def bomb(self) -> Cost:
        """A task's detail, which is 300 MB of blanks, as gzip."""
        bomb()
        self._drs.explodes = True
        cost = self._cost("get_job_detail", job=JOB)
        self._drs.explodes = False
        return replace(cost, sent=300 * MB)

    def details(self, payload: Payload, compare_type: str) -> Cost:
        """`get_compare_detail`, page by page."""
        return self._compared("get_compare_detail", payload, compare_type=compare_type)

    def differences(self) -> Cost:
        """`get_compare_diff`, page by page."""
        return self._compared("get_compare_diff", DIFFERENCES)

    def _compared(self, tool: str, payload: Payload, **arguments: str) -> Cost:
        self._drs.payload = payload
        databases = {"source_db_name": "erp", "target_db_name": "erp"}
        return self._cost(tool, job=JOB, compare_task_id="b6d1", **databases, **arguments)

    def _cost(self, tool: str, **arguments: str) -> Cost:
        sent_before, self._drs.bytes, began = len(self._upstream.requests), 0, time.monotonic()
        answer, before, most = self._process.most_during(tool, arguments)
        took, requests = time.monotonic() - began, len(self._upstream.requests) - sent_before
        return Cost(answer, self._drs.bytes, requests, before, most, took)


@contextmanager
def measuring() -> Iterator[Measuring]:
    """A server that has answered one call and costs nothing but its own."""
    drs = Drs()
    with FaultServer(drs) as upstream, serving(upstream.origin) as process:
        yield Measuring(drs, upstream, process)


CASES: dict[str, Callable[[Measuring], Cost]] = {
    "gzip bomb": lambda server: server.bomb(),
    "row comparison": lambda server: server.details(ROWS, "line_compare"),
    "value comparison": lambda server: server.details(VALUES, "content_compare"),
    "differing rows, no two adjacent": lambda server: server.differences(),
}

_HEAD = (
    "| answer | MB in | requests | server at rest MB | at most MB | cost MB | s |\n"
    "|---|--:|--:|--:|--:|--:|--:|"
)


def report() -> Iterator[str]:
    """The table, line by line; a process a case."""
    if not MEASURED:
        yield "Memory of a process is read from /proc, which is not here."
        return
    yield _HEAD
    for name, case in CASES.items():
        with measuring() as server:
            cost = case(server)
        yield (
            f"| {name} | {cost.sent / MB:.1f} | {cost.requests} | {cost.before / MB:.1f} "
            f"| {cost.most_mb:.1f} | {cost.added_mb:.1f} | {cost.seconds:.1f} |"
        )
