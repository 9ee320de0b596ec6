"""Requests that were refused before anything was asked: one line for many, and what to set.

Whoever can reach the server can cause them without end, so each kind has at most one line in a
while, which counts what came since the last one. Nothing of the request stands in it.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from drs_mcp.clock import Clock
from drs_mcp.ledger import Ledger
from drs_mcp.observe.audit import AuditLog, Call

PERIOD_S: Final = 10.0

Kind = Literal[
    "token_missing",
    "token_refused",
    "token_limited",
    "scope_missing",
    "host_unknown",
    "origin_unknown",
]

_MEANING: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "token_missing": "without a token",
        "token_refused": "with a token that is not accepted",
        "token_limited": "with a token that was not looked at, after many refused ones",
        "scope_missing": "with a token that lacks a scope",
        "host_unknown": "for another host",
        "origin_unknown": "from a page of another origin",
    }
)

_logger = logging.getLogger(__name__)


@dataclass
class _Count:
    told_at: float
    times: int = 0
    setting: str = ""


class RefusedLogins:
    """Tells the audit log of refused requests, or the log where there is no audit log.

    Args:
        clock: the one clock.
        audit: the audit log.
    """

    def __init__(self, clock: Clock, audit: AuditLog) -> None:
        self._clock = clock
        self._audit = audit
        self._counts: dict[Kind, _Count] = {}

    def refused(self, kind: Kind, setting: str) -> None:
        """One more of that *kind*; *setting* is the variable that would change it."""
        now = self._clock.monotonic()
        count = self._counts.setdefault(kind, _Count(now - PERIOD_S))
        count.times, count.setting = count.times + 1, setting
        if now - count.told_at >= PERIOD_S:
            self._tell(kind, count)
            count.told_at, count.times = now, 0

    def tell_rest(self) -> None:
        """Tell what has not been told yet: the server stops."""
        for kind, count in self._counts.items():
            if count.times:
                self._tell(kind, count)
                count.times = 0

    def _tell(self, kind: Kind, count: _Count) -> None:
        if not self._audit.on:
            _logger.warning(
                "Requests %s were refused, %d so far since the last such line: %s says what is "
                "accepted.",
                _MEANING[kind],
                count.times,
                count.setting,
            )
            return
        more: dict[str, str | int] = {"times": count.times, "setting": count.setting}
        call = Call(kind, "refused", "", "", "", 0, 0, access="login", more=more)
        self._audit.write(call, Ledger())
