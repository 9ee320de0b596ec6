"""Whether a lag is being caught up with: just after the full phase, or as its delay falls."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from drs_mcp.clock import iso
from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.diagnosis.courses import SECONDS, courses, shown
from drs_mcp.summaries.diagnosis.going_on import is_lately
from drs_mcp.summaries.logs.facts import LogFacts

SETTLING = timedelta(hours=1)
"""So long after the full phase a high delay is normal (Table 15, `delay_time`)."""

_FULL_ENDED = re.compile(
    r"(?i)\bfull(?:[ -](?:data|load))?[ -](?:synchroni[sz]ation|sync|migration|phase|copy|transfer|load"
    r"|replication)(?: (?:phase|task|stage))?(?: (?:is|was|has|have|been))* (?:completed?|finished|done|ended|successful)\b"
    r"|全量(?:数据)?(?:同步|迁移|复制|阶段|任务){0,2}(?:已经|已)?(?:完成|结束)(?![率度后前时])"
)
_TELLS_DELAY = re.compile(r"(?i)\b(?:delay|lag\w*|behind)\b|时延|延迟|落后|滞后")
_IN_SECONDS = re.compile(r"(?i)\bseconds?[_ ]behind")
_SCALE = dict.fromkeys(SECONDS, 1) | dict.fromkeys(("min", "mins", "minutes", "分钟"), 60)
_SCALE |= dict.fromkeys(("h", "hours", "小时"), 3600)
_FALLEN = 0.9
"""A delay that fell to this part of what it was is being caught up with."""


def full_phase_ended(log: LogFacts | None, now: datetime) -> datetime | None:
    """When the full phase ended by the log, if a high delay is normal since."""
    ended = [
        kind.last
        for kind in (log.infos if log is not None else ())
        if kind.last is not None
        and now - kind.last <= SETTLING
        and _FULL_ENDED.search(simplified(kind.message))
    ]
    return max(ended, default=None)


class Falling(NamedTuple):
    """A delay that fell: from what to what, in seconds, and how fast."""

    first: float
    last: float
    per_minute: float

    @property
    def in_short(self) -> str:
        """From what to what, as the end of a sentence on the delay."""
        return f"it falls, {shown(self.first)} → {shown(self.last)} s"

    def says(self, most: float) -> str:
        """From what to what, and when it is below *most* seconds at that pace."""
        says = f"the delay falls, {shown(self.first)} → {shown(self.last)} s: it catches up"
        left = round((self.last - most) / self.per_minute)
        return (
            f"{says}, below {shown(most)} s in about {left:,} min at that pace"
            if left > 0
            else says
        )


def falling_delay(log: LogFacts | None, now: datetime, delay: float) -> Falling | None:
    """How a delay fell that lines of the log tell, the newest lately; None where it did not.

    What they tell last has to be near the *delay* in seconds that DRS tells, or is another one.
    """
    for kind in log.kinds if log is not None else ():
        if not (_TELLS_DELAY.search(simplified(kind.message)) and is_lately(kind, now)):
            continue
        for course in courses(kind):
            scale = _SCALE.get(course.unit.lower())
            if scale is None and _IN_SECONDS.search(kind.message):
                scale = 1
            if scale is None or not delay / 2 <= course.last * scale <= delay * 2:
                continue
            if course.last < course.first * _FALLEN:
                return Falling(
                    course.first * scale, course.last * scale, -course.per_minute * scale
                )
    return None


def told_settling(ended: datetime) -> str:
    """That a lag is normal after the full phase."""
    return (
        f"Most likely it catches up with what piled up during the full phase, which ended at {iso(ended)}: "
        "normal for a while."
    )
