"""A server whose log nobody reads, or whose audit disk is full: every call is answered all the same.

Real processes, over stdio and over HTTP. `run()` makes thousands of calls; a test makes some.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx2

COMMAND = (sys.executable, "-m", "drs_mcp")
SERVE = ("serve", "--demo")
FULL_DISK = Path("/dev/full")
LEAVES_WITHIN_S = 10.0
ANSWERS_WITHIN_S = 20.0
"""One answer; far more than any takes, so that only a server that stands still is caught."""

CLEAN = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("DRS_MCP_", "HUAWEICLOUD_", "OTEL_"))
}
TOKEN = "alice-0123456789-0123456789-0123456789"
_CLIENTS = 8
_WINDOW = 8
"""Calls under way at a time over stdio: pipelined, as hosts do."""

CALLS: Sequence[tuple[str, Mapping[str, object]]] = (
    ("tools/call", {"name": "get_job_detail", "arguments": {"job": "shop-mysql-sync"}}),
    ("prompts/get", {"name": "there-is-no-such-prompt"}),
    ("tools/call", {"name": "there-is-no-such-tool", "arguments": {}}),
    ("resources/read", {"uri": "drs://knowledge/statuses"}),
    ("resources/read", {"uri": "drs://nowhere"}),
    ("tools/call", {"name": "get_logs", "arguments": {"limit": "many"}}),
)
"""What is asked in turn: answers, refusals, and names that there are not."""


@dataclass
class Outcome:
    """What came of one server."""

    case: str
    asked: int
    answered: int = 0
    refused: int = 0
    seconds: float = 0.0
    left_after_s: float | None = None
    exit_code: int | None = None

    @property
    def violations(self) -> list[str]:
        """What was promised and not kept."""
        found = []
        if self.answered + self.refused < self.asked:
            unanswered = self.asked - self.answered - self.refused
            found.append(f"{self.case}: {unanswered} of {self.asked} calls were not answered")
        if self.left_after_s is None:
            found.append(f"{self.case}: did not leave within {LEAVES_WITHIN_S:.0f} s")
        elif self.exit_code != 0:
            found.append(f"{self.case}: left with exit code {self.exit_code}")
        return found

    @property
    def row(self) -> dict[str, object]:
        """A row of the table."""
        left = "no" if self.left_after_s is None else f"{self.left_after_s:.1f}"
        return {
            "case": self.case,
            "asked": self.asked,
            "answered": self.answered,
            "refused": self.refused,
            "s": round(self.seconds, 1),
            "left after s": left,
            "kept": "no" if self.violations else "yes",
        }


def request(number: int) -> bytes:
    """The request of that number, as a line."""
    method, params = CALLS[number % len(CALLS)]
    message = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"


HELLO = json.dumps(
    {
        "jsonrpc": "2.0",
        "id": "hello",
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "0"},
        },
    }
).encode()


@contextmanager
def started(environ: Mapping[str, str], *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A process whose stderr is a pipe of 64 KiB that nobody reads further than they want."""
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**CLEAN, **environ},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()


class LineReader:
    """Lines of a pipe, each awaited for a limited time."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._selector = selectors.DefaultSelector()
        self._selector.register(descriptor, selectors.EVENT_READ)
        self._rest = b""

    def line(self, within_s: float) -> bytes:
        """The next line; empty where there is none in time."""
        until = time.monotonic() + within_s
        while b"\n" not in self._rest:
            if not self._selector.select(max(0.0, until - time.monotonic())):
                return b""
            if not (found := os.read(self._descriptor, 65_536)):
                return b""
            self._rest += found
        line, _, self._rest = self._rest.partition(b"\n")
        return line


def over_stdio(
    case: str,
    calls: int,
    environ: Mapping[str, str],
    leave: Callable[..., None],
    *,
    deaf: bool = False,
) -> Outcome:
    """Ask *calls* times over stdio, then have the server leave; *deaf*: stderr is closed."""
    outcome = Outcome(case, calls)
    with started(environ, *SERVE) as process:
        if deaf:
            process.stderr.close()
        reader = LineReader(process.stdout.fileno())
        process.stdin.write(HELLO + b"\n")
        process.stdin.flush()
        reader.line(60)
        began = time.monotonic()
        asked = done = 0
        while done < calls:
            while asked < calls and asked - done < _WINDOW:
                process.stdin.write(request(asked))
                asked += 1
            process.stdin.flush()
            if not (line := reader.line(ANSWERS_WITHIN_S)):
                break
            done += 1
            _count(outcome, json.loads(line))
        outcome.seconds = time.monotonic() - began
        _leave(outcome, process, leave)
    return outcome


def over_http(
    case: str,
    calls: int,
    environ: Mapping[str, str],
    leave: Callable[..., None],
    *,
    deaf: bool = False,
) -> Outcome:
    """Ask *calls* times over HTTP, every fourth with a token that is refused; then have it leave."""
    outcome = Outcome(case, calls)
    limits = {"RATE": "100000", "BURST": "100000", "TOKENS": f"alice:{TOKEN}"}
    environ = {f"DRS_MCP_HTTP_{name}": value for name, value in limits.items()} | dict(environ)
    with started(environ, *SERVE, "--http", "127.0.0.1:0") as process:
        greeting = LineReader(process.stderr.fileno()).line(60).decode()
        url = next(word.rstrip(",") for word in greeting.split() if word.startswith("http"))
        if deaf:
            process.stderr.close()
        began = time.monotonic()
        shares = [range(first, calls, _CLIENTS) for first in range(_CLIENTS)]
        with ThreadPoolExecutor(_CLIENTS) as pool:
            for answered, refused in pool.map(partial(_ask, url), shares):
                outcome.answered += answered
                outcome.refused += refused
        outcome.seconds = time.monotonic() - began
        _leave(outcome, process, leave)
    return outcome


def _ask(url: str, numbers: Sequence[int]) -> tuple[int, int]:
    """Make the calls of those numbers; how many were answered, and how many tokens refused.

    After many refused ones a token is no longer looked at (429).
    """
    statuses: Counter[int] = Counter()
    with httpx2.Client(timeout=ANSWERS_WITHIN_S, trust_env=False) as client:
        for number in numbers:
            token = TOKEN if number // _CLIENTS % 4 else "wrong-0123456789-0123456789-0123456789"
            headers = {
                "Accept": "application/json, text/event-stream",
                "Content-Type": "application/json",
                "Authorization": f"Bearer {token}",
            }
            try:
                answer = client.post(url, content=request(number), headers=headers)
            except httpx2.HTTPError:
                break
            statuses[answer.status_code] += 1
    return statuses[200], statuses[401] + statuses[429]


def unread_stdout(case: str, calls: int) -> Outcome:
    """Ask without reading the answers, then close stdin: the host has gone."""
    outcome = Outcome(case, calls)
    with started({}, *SERVE) as process:
        process.stdin.write(HELLO + b"\n")
        process.stdin.flush()
        LineReader(process.stdout.fileno()).line(60)
        for number in range(calls):
            process.stdin.write(request(0).replace(b'"id":0', b'"id":%d' % number))
        process.stdin.flush()
        outcome.answered = calls  # nobody waits for them
        _leave(outcome, process, by_eof)
    return outcome


def _count(outcome: Outcome, message: Mapping[str, object]) -> None:
    if "error" in message:
        outcome.refused += 1
    else:
        outcome.answered += 1


def _leave(
    outcome: Outcome, process: "subprocess.Popen[bytes]", leave: Callable[..., None]
) -> None:
    began = time.monotonic()
    leave(process)
    try:
        outcome.exit_code = process.wait(LEAVES_WITHIN_S)
    except subprocess.TimeoutExpired:
        return
    outcome.left_after_s = time.monotonic() - began


def by_sigterm(process: "subprocess.Popen[bytes]") -> None:
    """Ask it to leave as an operator does."""
    process.send_signal(signal.SIGTERM)


def by_eof(process: "subprocess.Popen[bytes]") -> None:
    """Leave it as a host does that has gone."""
    process.stdin.close()


UNREAD = {"DRS_MCP_AUDIT": "stderr"}
FULL = {"DRS_MCP_AUDIT": str(FULL_DISK)}


def cases(calls: int) -> Iterator[Callable[[], Outcome]]:
    """Every case, to be run one after another."""
    unread, full = "stderr never read", "audit on a full disk"
    yield lambda: over_stdio(f"stdio, {unread}, SIGTERM", calls, UNREAD, by_sigterm)
    yield lambda: over_stdio(f"stdio, {unread}, EOF", calls, UNREAD, by_eof)
    yield lambda: over_http(f"HTTP, {unread}, SIGTERM", calls, UNREAD, by_sigterm)
    yield lambda: unread_stdout("stdio, answers never read, EOF", min(calls, 400))
    closed = "stderr closed"
    yield lambda: over_stdio(f"stdio, {closed}, EOF", calls, UNREAD, by_eof, deaf=True)
    yield lambda: over_http(f"HTTP, {closed}, SIGTERM", calls, UNREAD, by_sigterm, deaf=True)
    if FULL_DISK.exists():
        yield lambda: over_stdio(f"stdio, {full}, EOF", calls, FULL, by_eof)
        yield lambda: over_http(f"HTTP, {full}, SIGTERM", calls, FULL, by_sigterm)


def run(calls: int = 2000) -> tuple[list[dict[str, object]], list[str]]:
    """The rows of the table, and what was promised and not kept."""
    if sys.platform == "win32":  # signals and pipes are others there
        return [], []
    outcomes = [case() for case in cases(calls)]
    violations = [violation for outcome in outcomes for violation in outcome.violations]
    return [outcome.row for outcome in outcomes], violations


if __name__ == "__main__":
    shown, broken = run(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
    for line in (*shown, *broken):
        print(line)
    sys.exit(bool(broken))
