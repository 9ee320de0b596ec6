"""Events of a log after which an earlier comparison no longer vouches for what they touched."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from drs_mcp.summaries.logs.facts import LogFacts, LogKind

_DDL = re.compile(
    r"\bddl\b|\b(?:alter|create|drop|rename|truncate)\s+(?:unique\s+)?(?:table|index|view|column)\b",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\b(?:fail|skip|ignor|filter|reject|unsupported|not\s+supported|discard)|失败|跳过|过滤|忽略|不支持",
    re.IGNORECASE,
)
_TASK = r"(?:task|job|migration|synchroni[sz]ation|replication)"
_RESUMED = re.compile(
    rf"\b{_TASK}\b.{{0,40}}\b(?:resumed|restarted|paused|stopped)\b"
    rf"|\b(?:resum(?:e|ed|ing)|restart(?:ed|ing)?)\s+(?:the\s+)?{_TASK}\b"
    r"|任务.{0,10}(?:恢复|重启|续传|暂停)|(?:恢复|重启|续传).{0,4}任务",
    re.IGNORECASE,
)
_UPGRADED = re.compile(r"\bupgrad(?:e|ed|ing)\b|升级", re.IGNORECASE)
_SEARCHED = 2_000


class Event(NamedTuple):
    """Something that changes what was compared: in words, and when it last happened."""

    words: str
    last: datetime | None


def events(log: LogFacts) -> Iterator[Event]:
    """The structural events of a log."""
    kinds: Sequence[LogKind] = (*log.errors, *log.warnings, *log.unread, *log.infos)
    for kind in kinds:
        message = kind.message[:_SEARCHED]
        if _DDL.search(message) and _LEFT_OUT.search(message):
            yield Event("a DDL failed, was skipped or filtered", kind.last)
        elif _RESUMED.search(message):
            yield Event("the task was paused or resumed", kind.last)
        elif _UPGRADED.search(message):
            yield Event("an upgrade", kind.last)


def newest_after(log: LogFacts | None, at: datetime) -> Event | None:
    """The newest event after a moment, one without a date before all."""
    after = [
        event
        for event in (events(log) if log is not None else ())
        if event.last is None or event.last > at
    ]
    return max(after, key=lambda event: (event.last is None, event.last or at), default=None)
