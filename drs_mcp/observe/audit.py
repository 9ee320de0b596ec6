"""The audit log: one JSON line for each access, to stderr or a file; never a result.

A line goes through a queue (`line_writer`): a full disk or a pipe that nobody reads costs lines,
which are counted, and no calls. Where `DRS_MCP_AUDIT_REQUIRED` is on, a call waits for its line.
"""

import json
from collections.abc import Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import anyio
import anyio.to_thread

from drs_mcp.clock import Clock
from drs_mcp.errors import AuditError, SettingsError
from drs_mcp.ledger import Ledger
from drs_mcp.observe.line_writer import FileSink, Lines, LineWriter, stderr_writer
from drs_mcp.quoting.quoted import quote

VARIABLE: Final = "DRS_MCP_AUDIT"
REQUIRED: Final = "DRS_MCP_AUDIT_REQUIRED"
VERSION: Final = 1

WAIT_S: Final = 5.0
"""How long a call waits for its line, where it waits."""
_MOST_WAITING: Final = 256
_MOST_CHARS: Final = 200
_MOST_PARTS: Final = 50

Access = Literal["tool", "resource", "prompt", "completion", "login", "action"]


@dataclass(frozen=True)
class Call:
    """One access, as the audit log tells it.

    Attributes:
        tool: the name of the tool, prompt, argument or action, the resource's URI, or how a login
            was tried.
        outcome: ok, refused (its arguments), unknown (nothing has that name), asked (a human),
            cancelled, or the name of the error; of an action see `ActionDoor`.
        code: the error code of DRS, where it gave one.
        caller: who called: a token's name, an OAuth subject, or stdio.
        client: the host's own word for itself: name and version.
        took_s: seconds that it took.
        answer_bytes: size of the answer.
        access: to what.
        more: further fields, in our own words and numbers only.
    """

    tool: str
    outcome: str
    code: str
    caller: str
    client: str
    took_s: float
    answer_bytes: int
    access: Access = "tool"
    more: Mapping[str, str | int] | None = None


class AuditLog:
    """Writes audit lines; `off` writes none.

    Args:
        clock: the one clock.
        to: off, stderr, or a file.
        required: whether a call without its line has failed.
        wait_s: how long a line that somebody waits for may take.

    Raises:
        SettingsError: the file cannot be written, or lines are required and written nowhere.
    """

    def __init__(
        self, clock: Clock, to: str = "off", *, required: bool = False, wait_s: float = WAIT_S
    ) -> None:
        self._clock = clock
        self._wait_s = wait_s
        self._lines = _lines(to)
        self._waiting = anyio.CapacityLimiter(_MOST_WAITING)
        if required and self._lines is None:
            raise SettingsError(f"{REQUIRED} is on, so {VARIABLE} must be stderr or a file.")
        self.required = required

    @property
    def on(self) -> bool:
        """Whether lines are written at all."""
        return self._lines is not None

    @property
    def dropped(self) -> int:
        """How many lines were dropped and not yet told."""
        return self._lines.dropped if self._lines is not None else 0

    def write(self, call: Call, ledger: Ledger) -> None:
        """One line, written soon or counted as dropped; never waits and never fails."""
        if self.on:
            self._put(self._rendered(call, ledger))

    async def write_now(self, call: Call, ledger: Ledger) -> None:
        """One line, written and flushed to where it belongs when this returns.

        For what must not happen without its line: the setting makes no difference.

        Raises:
            AuditError: it could not be written, not in time, or audit lines are off.
        """
        written = self._put_durably(self._rendered(call, ledger)) if self.on else None
        if written is None:
            raise AuditError.not_written("it could not be queued" if self.on else "it is off")
        await self._until(written)

    def flush(self, within_s: float = WAIT_S) -> bool:
        """Wait until every line is written or dropped, but not longer; whether that is so."""
        return self._lines is None or self._lines.flush(within_s)

    async def _until(self, written: "Future[None]") -> None:
        """Wait for a line; one that is late is withdrawn.

        Raises:
            AuditError: it was not written.
        """
        with anyio.move_on_after(self._wait_s):  # places may be scarce
            await anyio.to_thread.run_sync(
                wait, (written,), self._wait_s, abandon_on_cancel=True, limiter=self._waiting
            )
        if not written.done():
            written.cancel()
            raise AuditError.not_written(f"not within {self._wait_s:g} s")
        if (error := written.exception()) is not None:
            raise AuditError.not_written(type(error).__name__)

    def _rendered(self, call: Call, ledger: Ledger) -> str:
        """JSON keeps it one line whatever the arguments hold."""
        line = {
            "audit": VERSION,
            "at": self._clock.utc_now().isoformat(timespec="milliseconds"),
            "access": call.access,
            "caller": quote(call.caller, 100),
            "client": quote(call.client, 100),
            call.access: quote(call.tool, _MOST_CHARS if call.access == "resource" else 64),
            "arguments": _shown(ledger.arguments),
            "outcome": call.outcome,
            "code": quote(call.code, 64),
            "upstream_requests": ledger.requests,
            "upstream_bytes": ledger.bytes,
            "request_ids": [quote(found, 64) for found in ledger.request_ids],
            "answer_bytes": call.answer_bytes,
            "ms": round(call.took_s * 1000),
            "sanitised": ledger.sanitised,
            "redacted": ledger.redacted,
            **(call.more or {}),
        }
        present = {name: value for name, value in line.items() if value not in ("", [], {})}
        return json.dumps(present, ensure_ascii=True, separators=(",", ":"))

    def _put(self, line: str) -> None:
        if self._lines is not None:
            self._lines.put(line)

    def _put_durably(self, line: str) -> "Future[None] | None":
        return self._lines.put_durably(line) if self._lines is not None else None


def audit_log(clock: Clock, environ: Mapping[str, str], default: str = "off") -> AuditLog:
    """The audit log as the environment says; where it says nothing, lines go to *default*.

    Raises:
        SettingsError: a variable holds what it cannot hold, or the file cannot be written.
    """
    required = environ.get(REQUIRED, "").strip().lower() or "off"
    if required not in ("on", "off"):
        raise SettingsError(f"{REQUIRED} must be on or off.")
    return AuditLog(clock, environ.get(VARIABLE, "").strip() or default, required=required == "on")


def _lines(to: str) -> Lines | None:
    if to in ("", "off"):
        return None
    writer = stderr_writer() if to == "stderr" else LineWriter(_writable(to))
    return Lines(writer, _with_dropped)


def _with_dropped(line: str, dropped: int) -> str:
    return f'{line.removesuffix("}")},"dropped":{dropped}}}'


def _shown(value: Any) -> Any:
    """Arguments with every text in them quoted, and no more of them than a line can bear."""
    match value:
        case str():
            return quote(value, _MOST_CHARS)
        case Mapping():
            kept = list(value.items())[:_MOST_PARTS]
            return {quote(str(name), 64): _shown(part) for name, part in kept}
        case list() | tuple():
            return [_shown(part) for part in value[:_MOST_PARTS]]
        case _:
            return value


def _writable(to: str) -> FileSink:
    """The file that lines are appended to.

    Raises:
        SettingsError: it cannot be opened for writing; does not say where it is.
    """
    sink = FileSink(Path(to).expanduser())
    try:
        sink.check()
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{VARIABLE} must be off, stderr or a file that can be written "
            f"({type(error).__name__})."
        ) from None
    return sink
