"""Errors that pass each time and come back: each alone is no cause of a lag, all together are."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from drs_mcp.clock import iso
from drs_mcp.knowledge.engines.kinds import kind_of
from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.logs.facts import LogFacts, LogKind
from drs_mcp.summaries.logs.kinds.mentions import only_mentions

LATELY = timedelta(minutes=15)
"""What came back longer ago is over."""

LEAST = 3
"""So often within the time of the lag makes a cause of it."""

OFTEN = 10
SPAN = timedelta(hours=2)
"""So often within so long is worth knowing without any lag."""

_LAG = re.compile(r"\bdelay\b|\blag\w*|时延|延迟|時延|延遲|落后|落後", re.IGNORECASE)
"""What a warning says that only tells of the lag: no reason of it."""

_BEHIND = re.compile(r"\bbehind\b|滞后", re.IGNORECASE)
_OF_A_LAG = re.compile(
    r"\b(?:replication|incremental|sync\w*|current\w*|task|job|is|are|was|has|have|the|above|over|exceed\w*"
    r"|high|large|long|too|grow\w*|increas\w*|reach\w*|threshold|limit|alarm|warning|secs?|seconds?|min\w*"
    r"|hours?|behind|source|destination|target|apply|applier|now|still|for|since)\b"
    r"|当前|任务|同步|增量|复制|阈值|超过|超出|高于|大于|过[高大长]|毫?秒|分钟|小时|持续|增[长加]|达到|告警|报警|源库|目标库",
    re.IGNORECASE,
)
"""Words that a line which only tells of a lag may hold beside it."""
_WORD = re.compile(r"[A-Za-z]{3,}|[\u4e00-\u9fff]{2,}")
_LEAST_WORDS = 2

_RETRY = re.compile(
    r"\bre-?tr(?:y|ies|ying)\b\D{0,20}\d++\s*+(?:of|/)\s*+\d|(?:重试|重試)\D{0,6}\d++\s*+/\s*+\d",
    re.IGNORECASE,
)


class Recurring(NamedTuple):
    """A kind of error that comes back, and how often it came since the moment asked for."""

    kind: LogKind
    times: int

    @property
    def says(self) -> str:
        """How often it came, from when to when, and whether it passed."""
        kind, recovery = self.kind, self.kind.recovery
        passed = recovery is not None and recovery.ended >= kind.count
        came = f"it came {plural(kind.count, 'time')}"
        if kind.first is not None and kind.last is not None:
            came += f" from {iso(kind.first)} to {iso(kind.last)}"
        return f"{came}{', and passed each time' if passed else ''}"


def recurring(
    log: LogFacts, now: datetime, since: datetime, *, link: str, whatever: bool = False
) -> Recurring | None:
    """The error that came most since a moment, lately too, of those that pass or are retried.

    *whatever* asks for any error or warning that came often, known or not.
    """
    found = [
        Recurring(kind, _times(kind, since))
        for kind in (*log.errors, *log.unread, *log.warnings)
        if kind.last is not None
        and now - kind.last <= LATELY
        and not only_mentions(kind.message)
        and (
            (whatever and not (kind.is_recovery or kind.harmless or _LAG.search(kind.message)))
            or kind_of(kind.message, list(kind.codes), link=link).transient
            or _RETRY.search(kind.message)
        )
    ]
    often = [one for one in found if one.times >= (OFTEN if whatever else LEAST)]
    return max(often, key=lambda one: (one.times, one.kind.message), default=None)


def only_tells_lag(message: str) -> bool:
    """Whether a line tells of a lag and of nothing that could be its reason."""
    text = simplified(message)
    if not (_LAG.search(text) or _BEHIND.search(text)):
        return False
    left = _WORD.findall(_OF_A_LAG.sub(" ", _LAG.sub(" ", text)))
    # Chinese has no blanks between its words: three characters are more than one.
    return sum(1 if word.isascii() or len(word) < 3 else 2 for word in left) < _LEAST_WORDS


def _times(kind: LogKind, since: datetime) -> int:
    if kind.first is not None and kind.first >= since:
        return kind.count
    return kind.moments.after(since)
