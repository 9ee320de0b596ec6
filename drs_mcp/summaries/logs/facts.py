"""What a diagnosis needs of a log: its kinds of errors and warnings, dated, with what they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drs_mcp.api.wire.values import moment
from drs_mcp.knowledge.failures import KnownFailure, match
from drs_mcp.summaries.logs.entries import ERROR, WARN
from drs_mcp.summaries.logs.groups import Group
from drs_mcp.summaries.logs.masks import shorten_ids
from drs_mcp.summaries.logs.patterns import FoldedLog

BURST = timedelta(minutes=10)
"""Errors so close to the newest one belong to the same failure."""

_MATCHED = 60


@dataclass(frozen=True)
class LogKind:
    """Entries of one kind; `message` is the newest one's, third-party text."""

    level: str
    count: int
    first: datetime | None
    last: datetime | None
    message: str
    known: KnownFailure | None

    @property
    def harmless(self) -> bool:
        """Whether it is known to be harmless while a task runs."""
        return self.known is not None and self.known.harmless


@dataclass(frozen=True)
class LogFacts:
    """A log as a diagnosis sees it; errors and warnings are sorted newest first."""

    entries: int
    last: datetime | None
    errors: Sequence[LogKind]
    warnings: Sequence[LogKind]

    @property
    def error_entries(self) -> int:
        """How many entries are errors."""
        return sum(kind.count for kind in self.errors)


def log_facts(log: FoldedLog) -> LogFacts:
    """The facts of a log that has been folded into groups."""
    return LogFacts(
        entries=log.entries,
        last=moment(log.last),
        errors=_kinds(log.groups, ERROR),
        warnings=_kinds(log.groups, WARN),
    )


def _kinds(groups: Sequence[Group], level: str) -> list[LogKind]:
    newest = sorted(
        (group for group in groups if group.level == level),
        key=lambda group: (group.last, group.count),
        reverse=True,
    )
    made = []
    for place, group in enumerate(newest):
        message = group.message
        made.append(
            LogKind(
                level=level,
                count=group.count,
                first=moment(group.first),
                last=moment(group.last),
                message=shorten_ids(message),
                known=match(message) if place < _MATCHED else None,
            )
        )
    return made


def fatal_error(log: LogFacts) -> LogKind | None:
    """The error that stopped a task: of those that end with the newest one, the most telling.

    A known failure tells more than an unknown one, an unknown one more than what is harmless while
    a task runs; among equals the one that began last, as an error that has been repeated for hours
    without stopping anything is less likely to have done so now.
    """
    errors = log.errors or [
        kind for kind in log.warnings if kind.known and kind.known.severity == "error"
    ]
    if not errors:
        return None
    newest = errors[0].last
    close = [
        kind
        for kind in errors
        if newest is None or (kind.last is not None and newest - kind.last <= BURST)
    ]
    return max(close, key=_telling)


def _telling(kind: LogKind) -> tuple[int, float, float]:
    rank = 1 if kind.known is None else 0 if kind.harmless else 2
    began = kind.first.timestamp() if kind.first else 0.0
    ended = kind.last.timestamp() if kind.last else 0.0
    return rank, began, ended
