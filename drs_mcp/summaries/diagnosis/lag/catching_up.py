"""Whether a lag is being caught up with: just after the full phase, or as its delay falls."""

import re
from datetime import datetime, timedelta

from drs_mcp.clock import iso
from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.diagnosis.courses import SECONDS, Course, courses, shown
from drs_mcp.summaries.diagnosis.going_on import is_lately, tells_delay
from drs_mcp.summaries.logs.facts import LogFacts

SETTLING = timedelta(hours=1)
"""So long after the full phase a high delay is normal (Table 15, `delay_time`)."""

_FULL_ENDED = re.compile(
    r"(?i)\bfull(?:[ -](?:data|load))?[ -](?:synchroni[sz]ation|sync|migration|phase|copy|transfer|load"
    r"|replication)(?: (?:phase|task|stage))?(?: (?:is|was|has|have|been))* (?:completed?|finished|done|ended|successful)\b"
    r"|全量(?:数据)?(?:同步|迁移|复制|阶段|任务){0,2}(?:已经|已)?(?:完成|结束)(?![率度后前时])"
)
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


def falling_delay(log: LogFacts | None, now: datetime) -> Course | None:
    """How a delay fell that lines of the log tell, the newest lately; None where it did not."""
    for kind in log.kinds if log is not None else ():
        if not (tells_delay(kind.message) and is_lately(kind, now)):
            continue
        for course in courses(kind):
            if course.unit.lower() in SECONDS and course.last < course.first * _FALLEN:
                return course
    return None


def told_falling(course: Course, most: float) -> str:
    """That a delay falls, from what to what, and when it is below *most* seconds at that pace."""
    says = f"the delay falls, {shown(course.first)} → {shown(course.last)} s: it catches up"
    left = (course.last - most) / -course.per_minute
    return (
        f"{says}, below {shown(most)} s in about {shown(round(left))} min at that pace"
        if left > 1
        else says
    )


def told_settling(ended: datetime) -> str:
    """That a lag is normal after the full phase."""
    return (
        f"Most likely it catches up with what piled up during the full phase, which ended at {iso(ended)}: "
        "normal for a while."
    )
