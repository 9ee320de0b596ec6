"""Answers that were made to cost much: every one is answered, in little memory, and holds nothing up.

DRS is a server in this process, the one that is asked runs in a process of its own, with a task on
its event loop that ticks. `run()` sends them all, a test some.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from drs_mcp.simulator import PROJECT_ID, REGION, TOKEN
from tests.fuzz.bodies_made import MADE, MB, NUMBERED, gzipped
from tests.fuzz.sinks import CLEAN
from tests.support.fault_server import Exchange, FaultServer

JOB = "c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r"
MEASURED = sys.platform == "linux"
"""Whether memory can be told, from /proc."""

MOST_MB = 200
MOST_BLOCKED_S = 0.3
MOST_S = 45.0
"""The deadline of a call, and the slice in which it passes."""


@dataclass(frozen=True)
class Case:
    """A tool that is called, and the one body that every request of it is answered with."""

    name: str
    tool: str
    body: Callable[[], bytes]
    arguments: Mapping[str, str] = field(default_factory=dict)
    packed: bool = False


_HEAD = f'{{"job":{{"id":"{JOB}",'
_ROWS = {
    "get_logs": _HEAD + '"logs":[',
    "get_compare_detail": _HEAD + '"compare_result":{"line_compare_detail_infos":[',
}
_ENDS = {"get_logs": "]", "get_compare_detail": "]}"}
_COMPARED = {
    "compare_type": "line_compare",
    "compare_task_id": "b6d1",
    "source_db_name": "erp",
    "target_db_name": "erp",
}


def cases() -> Iterator[Case]:
    """Every body with the tool that reads it."""
    for number, (name, (size, make)) in enumerate(MADE.items()):
        tool = ("get_job_detail", "get_progress", "diagnose_job", "list_jobs")[
            number % 4 if number % 8 < 4 else number % 2
        ]
        packed = name.startswith("gzip")
        yield Case(f"{name}, {_told(size)}", tool, lambda make=make: _around(make()), packed=packed)
    for name, (size, make) in NUMBERED.items():
        for tool in ("get_logs", "get_compare_detail"):
            if tool == "get_logs" or name.startswith("rows"):
                yield Case(
                    f"{name}, {_told(size)}",
                    tool,
                    lambda make=make, tool=tool: _page(tool, make()),
                    _COMPARED if tool == "get_compare_detail" else {},
                )


def _page(tool: str, rows: bytes) -> bytes:
    """The rows as a list of its own, which is told to have no more."""
    total = max(rows.count(b"},{"), rows.count(b"],[")) + 1
    return f"{_ROWS[tool]}".encode() + rows + f'{_ENDS[tool]},"total_count":{total}}}}}'.encode()


def _told(size: int) -> str:
    return f"{size / MB:.0f} MB" if size >= MB else f"{size / 1000:.0f} kB"


def _around(content: bytes) -> bytes:
    """The content where whatever is asked for stands."""
    named = (
        b'{"total_count":1000000,"id":"%s","status":"INCRE_TRANSFER_FAILED","name":"x",'
        % JOB.encode()
    )
    return b'{"job":' + named + b'"x":' + content + b'},"jobs":[],"total_count":0}'


class Drs:
    """Answers every request alike."""

    def __init__(self) -> None:
        self.body = b""
        self.packed = False

    async def __call__(self, exchange: Exchange) -> None:
        headers = ["Content-Encoding: gzip"] if self.packed else []
        await exchange.json(self.body, 200, *headers)


@dataclass(frozen=True)
class Outcome:
    """What a case cost."""

    case: str
    tool: str
    seconds: float
    most_mb: float
    blocked_s: float
    said: str

    @property
    def violations(self) -> list[str]:
        """What was promised and not kept."""
        found = []
        if self.most_mb > MOST_MB:
            found.append(f"{self.most_mb:.0f} MB")
        if self.blocked_s > MOST_BLOCKED_S:
            found.append(f"the loop stood still for {self.blocked_s * 1000:.0f} ms")
        if self.seconds > MOST_S:
            found.append(f"{self.seconds:.0f} s")
        return [f"{self.tool}, {self.case}: {one}" for one in found]

    @property
    def row(self) -> dict[str, object]:
        """A row of the table."""
        return {
            "body": self.case,
            "tool": self.tool,
            "s": round(self.seconds, 1),
            "at most MB": round(self.most_mb),
            "blocked ms": round(self.blocked_s * 1000),
            "kept": "no" if self.violations else "yes",
        }


class Asked:
    """The process that is asked, a case a line."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def ask(self, tool: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """What it answers, and what that cost."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([tool, arguments]).encode() + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the process ended with {self._process.wait()}")
        found: dict[str, Any] = json.loads(line)
        return found


@contextmanager
def asked(origin: str) -> Iterator[Asked]:
    """Our server, in a process of its own, for the DRS at *origin*."""
    given = {"REGION": REGION, "PROJECT_ID": PROJECT_ID, "TOKEN": TOKEN, "ENDPOINT": origin}
    environ = CLEAN | {f"DRS_MCP_{name}": value for name, value in given.items()}
    command = [sys.executable, "-m", "tests.fuzz.bodies_asked"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environ | {"NO_PROXY": "*"}
    ) as process:
        try:
            yield Asked(process)
        finally:
            process.kill()


def run(wanted: str = "") -> Iterator[Outcome]:
    """What each case cost, of all of them or of those whose names hold a text."""
    drs = Drs()
    with FaultServer(drs) as upstream, asked(upstream.origin) as process:
        for case in cases():
            if wanted not in f"{case.tool} {case.name}":
                continue
            drs.body, drs.packed = case.body(), case.packed
            if case.packed:
                drs.body = gzipped(drs.body)
            arguments = {} if case.tool == "list_jobs" else {"job": JOB}
            found = process.ask(case.tool, arguments | case.arguments)
            yield Outcome(case.name, case.tool, **found)


def table(wanted: str = "") -> tuple[list[dict[str, object]], list[str]]:
    """The rows of the table, and what was promised and not kept.

    What is not kept is measured once more, all bodies in a new process: what else a machine does can
    only add to a figure.
    """
    outcomes: list[Outcome] = []
    for _ in range(2 if MEASURED else 0):
        outcomes = list(run(wanted))
        if not any(outcome.violations for outcome in outcomes):
            break
    violations = [violation for outcome in outcomes for violation in outcome.violations]
    return [outcome.row for outcome in outcomes], violations


if __name__ == "__main__":
    shown, broken = table(sys.argv[1] if len(sys.argv) > 1 else "")
    print(*shown, *broken, sep="\n")
    sys.exit(bool(broken))
