"""Whether the source still has what a stopped task needs: its pause held against what is kept.

How long logs are kept is told by the log alone. That they are gone nobody has seen: it is said to
be likely, and where to look.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from drs_mcp.clock import iso
from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.ages import in_words
from drs_mcp.summaries.diagnosis.findings import Finding
from drs_mcp.summaries.logs.facts import LogFacts, LogKind
from drs_mcp.summaries.logs.kinds.retention import kept_in

_SAFE = 0.5
"""Up to this part of the retention a stop is short: a purge is by files, and clocks differ."""

_LOOK = {
    "mysql": "SHOW BINARY LOGS",
    "mariadb": "SHOW BINARY LOGS",
    "tidb": "the GC safe point",
    "oracle": "V$ARCHIVED_LOG",
    "mongodb": "rs.printReplicationInfo()",
    "mongo": "rs.printReplicationInfo()",
    "postgresql": "pg_replication_slots",
    "sqlserver": "sys.fn_cdc_get_min_lsn",
    "kafka": "the topic's earliest offset",
}
"""Where an engine shows the oldest log that it has."""
_CAP = 300


class Kept(NamedTuple):
    """How long the source keeps its logs, and what that means for a task that stopped.

    Attributes:
        seconds: how long.
        kind: the line that tells it.
        since: from when on the task needs them.
        span: how long ago that is.
        link: the task's engines.
    """

    seconds: float
    kind: LogKind
    since: datetime
    span: timedelta
    link: str

    @property
    def is_over(self) -> bool:
        """Whether what the task needs is older than what is kept."""
        return self.span.total_seconds() > self.seconds

    @property
    def is_safe(self) -> bool:
        """Whether it is much younger."""
        return self.span.total_seconds() <= self.seconds * _SAFE

    @property
    def until(self) -> str:
        """Until when what it needs is kept, in words."""
        return iso(self.since + timedelta(seconds=self.seconds))

    @property
    def says(self) -> str:
        """How long logs are kept and until when what it needs, as a part of a sentence."""
        told = f"by its log, the source keeps logs {_hours(self.seconds)}"
        return told if self.is_over else f"{told}: what the task needs until {self.until}"

    @property
    def resume(self) -> str:
        """Whether the task can go on, as far as the logs go."""
        return "full_copy" if self.is_over else "as_is" if self.is_safe else "depends"

    @property
    def cause(self) -> str:
        """Why it cannot, where it cannot."""
        return (
            f"The source has probably purged what the task needs: by its log it keeps logs "
            f"{_hours(self.seconds)}, and data stopped {_hours(self.span.total_seconds())} ago."
            if self.is_over
            else ""
        )

    @property
    def todo(self) -> str:
        """What to do about it."""
        look = _LOOK.get(self.link.partition("-to-")[0].lower(), "its oldest log")
        if self.is_over:
            return (
                f"Look at the source ({look}) whether its log from {iso(self.since)} is still there: "
                "if not, resuming fails and a new full copy is needed (reset the task, or a new one)."
            )
        now = "" if self.is_safe else " now"
        return f"Resume it{now}, before {self.until}: until then the source keeps what it needs."

    @property
    def evidence(self) -> str:
        """The line."""
        return quote(self.kind.deciding, _CAP)


def kept(log: LogFacts | None, since: datetime | None, now: datetime, *, link: str) -> Kept | None:
    """What the newest line that tells how long logs are kept means for a task stopped *since*."""
    if log is None or since is None:
        return None
    told = _newest((*log.errors, *log.unread, *log.warnings, *log.infos))
    if told is None or since > now:
        return None
    return Kept(told[0], told[1], since, now - since, link)


def stopped_for_long(finding: Finding, told: Kept | None) -> Finding:
    """The cause of a stop, with what the length of the stop adds to it."""
    if told is None or told.is_safe or finding.resume in ("full_copy", "unknown", ""):
        return finding
    resume = told.resume if told.is_over else finding.resume
    says = (
        f"{finding.says}; {told.cause[0].lower()}{told.cause[1:-1]}"
        if told.is_over
        else finding.says
    )
    return replace(finding, says=says, resume=resume, fix=f"{finding.fix} {told.todo}".strip())


def lags_for_long(finding: Finding, told: Kept | None) -> Finding:
    """A lag, with what it risks where it comes near to how long logs are kept."""
    if told is None or told.is_safe:
        return finding
    risk = (
        f"By its log, the source keeps logs {_hours(told.seconds)}: lengthen that, and do not pause "
        "or restart the task before it has caught up, or a new full copy may be needed."
    )
    return replace(finding, fix=f"{finding.fix} {risk}".strip())


def _newest(kinds: Iterable[LogKind]) -> tuple[float, LogKind] | None:
    found = [
        (seconds, kind)
        for kind in kinds
        if kind.last is not None and (seconds := kept_in(kind.message)) is not None
    ]
    return max(
        found, key=lambda pair: pair[1].last.timestamp() if pair[1].last else 0, default=None
    )


def _hours(seconds: float) -> str:
    """`72 h (3 days)`, `4 h 30 min`: what is told in hours or days, in both."""
    hours, days = seconds / 3600, seconds / 86_400
    if hours < 48:
        return in_words(timedelta(seconds=seconds))
    told = f"{days:,.1f}".removesuffix(".0")
    return f"{hours:,.0f} h ({told} days)"
