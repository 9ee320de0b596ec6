"""The audit log: one JSON line for each tool call, to stderr or a file; never a result."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from drs_mcp.clock import Clock
from drs_mcp.errors import SettingsError
from drs_mcp.ledger import Ledger
from drs_mcp.quoting.quoted import quote

VARIABLE: Final = "DRS_MCP_AUDIT"
VERSION: Final = 1


@dataclass(frozen=True)
class Call:
    """One tool call, as the audit log tells it.

    Attributes:
        tool: the tool's name.
        outcome: ok, refused (its arguments), cancelled, or the name of the error.
        code: the error code of DRS, where it gave one.
        caller: who called: a token's name, an OAuth subject, or stdio.
        client: the host's own word for itself: name and version.
        took_s: seconds that it took.
        answer_bytes: size of the answer.
    """

    tool: str
    outcome: str
    code: str
    caller: str
    client: str
    took_s: float
    answer_bytes: int


class AuditLog:
    """Writes audit lines; `off` writes none."""

    def __init__(self, clock: Clock, to: str = "off") -> None:
        self._clock = clock
        self._to = to
        self._file = None if to in ("", "off", "stderr") else _writable(to)

    def write(self, call: Call, ledger: Ledger) -> None:
        """One line; JSON keeps it one whatever the arguments hold."""
        if self._to in ("", "off"):
            return
        line = {
            "audit": VERSION,
            "at": self._clock.utc_now().isoformat(timespec="milliseconds"),
            "caller": quote(call.caller, 100),
            "client": quote(call.client, 100),
            "tool": quote(call.tool, 64),
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
        }
        present = {name: value for name, value in line.items() if value not in ("", [], {})}
        self._put(json.dumps(present, ensure_ascii=True, separators=(",", ":")) + "\n")

    def _put(self, line: str) -> None:
        if self._file is None:
            sys.stderr.write(line)
            sys.stderr.flush()
            return
        # Opened anew for each line: whoever rotates the file need not tell us.
        with self._file.open("a", encoding="utf-8") as out:
            out.write(line)


def _shown(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: quote(value, 200) if isinstance(value, str) else value
        for name, value in arguments.items()
    }


def _writable(to: str) -> Path:
    """The file that lines are appended to.

    Raises:
        SettingsError: it cannot be written.
    """
    path = Path(to).expanduser()
    try:
        with path.open("a", encoding="utf-8"):
            return path
    except OSError as error:
        raise SettingsError(
            f"{VARIABLE} must be off, stderr or a file that can be written "
            f"({type(error).__name__})."
        ) from None
