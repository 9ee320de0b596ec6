"""What a log keeps saying until now: told as what may hold a task up, where no rule explains its lag."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from drs_mcp.clock import iso
from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.diagnosis.courses import told
from drs_mcp.summaries.diagnosis.going_on import side_told
from drs_mcp.summaries.diagnosis.lines.recurring import LATELY, only_tells_lag
from drs_mcp.summaries.diagnosis.timeline import is_routine, turn_of
from drs_mcp.summaries.logs.facts import LogFacts, LogKind
from drs_mcp.summaries.logs.kinds.mentions import only_mentions
from drs_mcp.summaries.logs.levels import INFO

_SHARE = 3
_MOST_SPAN = timedelta(minutes=30)
"""What is said for a third of the lag, or for so long, goes on with it."""

_HOLDS = re.compile(
    r"(?i)\b(?:wait(?:s|ing)?|blocked|pending|backlog|busy|throttl\w+|slow|queued|stalled|stuck|cached|behind"
    r"|not\s+(?:yet|running|available|archived))\b|等待|积压|繁忙|限流|缓慢|阻塞|卡住|排队|未归档|落后"
)
"""What an info line says that may hold a task up; a warning may do so whatever it says."""
_NONE = re.compile(
    r"(?i)\b(?:no|0|zero|nothing)\s+(?:\w+\s+)?(?:wait\w*|blocked|pending|backlog|queued|stalled|stuck)\b"
    r"|\b(?:wait\w*|blocked|pending|backlog|queued|stalled|stuck)\W{1,3}(?:0(?![\d.])|none\b)"
    r"|(?:无|没有)(?:等待|积压|阻塞|排队)|(?:等待|积压|阻塞|排队)\w{0,3}\W{0,3}0(?![\d.])"
)


class StillSaid:
    """A kind of line that comes until now, and the side that it names; empty for none."""

    def __init__(self, kind: LogKind) -> None:
        self.kind = kind
        self.side = side_told(kind.message)

    @property
    def says(self) -> str:
        """That it may be the reason, how often it came, and how its numbers moved."""
        kind, numbers = self.kind, told(self.kind)
        since = f" since {iso(kind.first)}" if kind.first is not None else ""
        moved = f": {numbers}" if numbers else ""
        return (
            "What the log says until now, the line beside this, may hold it up: "
            f"{plural(kind.count, 'time')}{since}{moved}."
        )


def said_until_now(log: LogFacts, now: datetime, delay: float) -> StillSaid | None:
    """The line that the log keeps saying until now, for a good part of a lag of so many seconds."""
    try:
        began = now - timedelta(seconds=delay)
    except OverflowError:
        began = log.first or now
    found = list(_candidates(log, now, began))
    best = max(
        found,
        key=lambda kind: (kind.level != INFO, -_apart(kind.first, began), kind.message),
        default=None,
    )
    return StillSaid(best) if best is not None else None


def _candidates(log: LogFacts, now: datetime, began: datetime) -> Iterator[LogKind]:
    least = min((now - began) / _SHARE, _MOST_SPAN)
    for kind in log.kinds:
        if kind.first is None or kind.last is None or kind.count < 2:
            continue
        if now - kind.last > LATELY or kind.last - kind.first < least:
            continue
        if kind.is_recovery or kind.harmless or is_routine(kind) or turn_of(kind.message):
            continue
        if kind.recovery is not None and kind.recovery.last_ended:
            continue
        if only_mentions(kind.message) or only_tells_lag(kind.message):
            continue
        if kind.level != INFO or _tells_of_a_hold(kind.message):
            yield kind


def _tells_of_a_hold(message: str) -> bool:
    text = simplified(message)
    return _HOLDS.search(_NONE.sub(" ", text)) is not None


def _apart(first: datetime | None, began: datetime) -> float:
    return abs((first - began).total_seconds()) if first is not None else 0.0
