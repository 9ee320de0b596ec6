"""Events of a log after which an earlier comparison no longer vouches for what they touched."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from drs_mcp.knowledge.nothing_lost import without_nothing_lost
from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.doubt.doubtful import DOUBT, is_doubtful
from drs_mcp.summaries.logs.facts import LogFacts, LogKind
from drs_mcp.summaries.logs.kinds.harmless import told_of_task
from drs_mcp.summaries.logs.kinds.lost.copied_anew import copied_anew_in
from drs_mcp.summaries.logs.kinds.lost.losses import (
    EMPTIED,
    OBJECT,
    OTHERS,
    loss_in,
    stays,
)
from drs_mcp.summaries.logs.kinds.lost.set_back import set_back_in
from drs_mcp.summaries.logs.kinds.lost.structures import refused_by_the_source
from drs_mcp.summaries.logs.kinds.lost.told import happened_in
from drs_mcp.summaries.logs.left_out import made_good_since
from drs_mcp.summaries.logs.names import dotted_in

_OBJECT = (
    r"(?:table|index|view|column|database|schema|trigger|procedure|function|event|sequence|partition"
    r"|user|role|type|synonym|tablespace|constraint)s?"
)
_DDL = re.compile(
    r"(?<![a-z])ddls?(?![a-z])"
    rf"|\b(?:alter|create|drop|rename|truncate|exchange)\s+(?:\w+\s+){{0,3}}?{_OBJECT}\b"
    r"|\btruncate\s+[\w.`\"]",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\b(?:fail|skip|ignor|filter|reject|unsupported|discard|block|cannot\b|could\s+not\b|unable\b"
    r"|not\s+(?:been\s+|be\s+)?(?:supported|synchroni[sz]ed|replicated|replayed|executed|applied))"
    r"|失败|跳过|过滤|忽略|不支持|丢弃|未同步|无法",
    re.IGNORECASE,
)
_NO_DDL = re.compile(
    r"\b(?:0|no)\s+(?:\w+\s+){0,2}ddls?\b|\bddls?\b(?:\W+\w+){0,2}?\W+0\b|\bddl\s+(?:thread|policy)\b",
    re.IGNORECASE,
)
_CARRIED_OUT = re.compile(
    r"\b(?:execut|replay|appl|replicat|synchroni[sz]|complet|succe|alter|create|drop|rename|truncat)\w*"
    r"|成功|执行|回放|应用|同步|完成",
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
_MOVED = re.compile(
    r"\b(?:switch|fail)(?:ed)?[\s-]?over\b"
    r"|\b(?:node|(?<!capture\s)instance)\b.{0,30}\b(?:rebuilt|recovered|restored|restarted|rebooted)\b"
    r"|主备(?:倒换|切换)|节点.{0,6}(?:重建|恢复|重启)",
    re.IGNORECASE,
)
_REPOSITIONED = re.compile(
    r"\b(?:position|location|checkpoint|scn|lsn|gtid)\b.{0,40}\b(?:reset|modified|skipped)\b"
    r"|\breset(?:ting)?\s+(?:the\s+)?(?:\w+\s+)?(?:position|location|checkpoint|scn|lsn|gtid)\b"
    r"|\b(?:position|location|checkpoint|scn|lsn|gtid)\b.{0,40}\b(?:changed|moved|advanced|set)\b.{0,30}"
    r"\b(?:manually|by\s+(?:hand|(?:an?\s+|the\s+)?(?:operator|user|dba)))\b"
    r"|位点.{0,6}(?:重置|修改|调整|跳过)|位点.{0,6}(?:人工|手工|手动).{0,4}(?:前移|后移|推进|移动|设置|变更)",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"\bobjects?\b.{0,30}\b(?:added|modified|changed|edited|removed)\b"
    r"|\b(?:added|modified|changed|edited|removed)\b.{0,20}\bobjects?\b"
    r"|对象.{0,8}(?:变更|修改|新增|编辑|删除)|(?:变更|修改|新增|编辑|删除).{0,4}对象",
    re.IGNORECASE,
)
_MOVED_TOLD = "the node was switched over or recovered"
_EVENTS = (
    (_RESUMED, "the task was paused or resumed"),
    (_UPGRADED, "an upgrade"),
    (_EDITED, "the objects of the task were changed"),
    (_REPOSITIONED, "the position was changed"),
    (_MOVED, _MOVED_TOLD),
)
_COPIED_ANEW = "data were copied anew"
_DESTINATION_BACK = "the destination was set back or built anew"
_TASK_BACK = "the task, its position or its source was set back to an older state"
_SET_BACK = (_DESTINATION_BACK, _TASK_BACK)
_DESTINATION = re.compile(r"\b(?:destination|target)\b|目标", re.IGNORECASE)
_OF_THE_SOURCE = re.compile(
    r"\bnew\s++(?:primary|leader|master)\b|\bat\s++the\s++source\b|新主|源[库端]"
    r"|\b(?:is|are|were)\s++at\s++the\s++(?:destination|target)\b",
    re.IGNORECASE,
)
"""Where its source is what went back, beside what the destination has."""
_TASK_NAMED = re.compile(
    r"(?:\b(?:task|job)\s+|任务\s*)['\"`“「]?(?P<name>[A-Za-z0-9][\w.]*(?:[-_][\w.]+)+)",
    re.IGNORECASE,
)
_OF_ANY_TASK = re.compile(
    r"(?:full|incr(?:e|emental)?|load|copy|sync|data|table|phase|snapshot|replay|capture|apply|migration|transfer"
    r"|task|job|id|[-_.\d])+|(?:re|auto|self|non|un|pre|post)-\w+",
    re.IGNORECASE,
)
"""What follows the word task and is no task's name: `task full-load`."""
_SEARCHED = 2_000


_BY_ANOTHER = (EMPTIED, OTHERS)
"""What somebody did to the destination: by a DDL, too, which then did not come from the source."""
_OBJECTS = ("trigger", "index", "constraint", "key", "sequence", "user")


class Event(NamedTuple):
    """Something that changes what was compared: in words, when it last happened, and its lines."""

    words: str
    last: datetime | None
    kind: LogKind

    @property
    def tables(self) -> Iterable[str]:
        """The tables, or else the columns and the like, that its lines name, third-party text.

        Of an object that was left out its own name comes first.
        """
        kinds = (*_OBJECTS, "table") if self.words == OBJECT else ("table",)
        told = self.kind.names
        named = [name for kind in kinds if kind in told for name in told[kind].counts]
        return named or dict.fromkeys(dotted_in(self.kind.message))

    @property
    def stays(self) -> bool:
        """Whether no comparison that agrees later shows that it is over."""
        return stays(self.words, self.kind.message)


def events(log: LogFacts, own: Iterable[str] = ()) -> Iterator[Event]:
    """The structural events of a log; *own* are the names of the task that it is of."""
    for kind in log.kinds:
        message = without_nothing_lost(told_of_task(simplified(kind.message[:_SEARCHED])))
        loss = loss_in(kind.message)
        lost = loss if loss and not made_good_since(kind, loss, log) else ""
        if lost in _BY_ANOTHER:
            yield Event(lost, kind.last, kind)
            continue
        if loss not in _BY_ANOTHER and _is_ddl_left_out(message):
            yield Event("a DDL failed, was skipped or filtered", kind.last, kind)
            continue
        words = next((told for pattern, told in _EVENTS if happened_in(message, pattern)), None)
        if words in (None, _MOVED_TOLD) and (back := set_back_in(message)):
            there = _DESTINATION.search(back) and not _OF_THE_SOURCE.search(back)
            words = _DESTINATION_BACK if there else _TASK_BACK
        if words is None and copied_anew_in(message):
            words = _COPIED_ANEW
        if words in (_COPIED_ANEW, *_SET_BACK, _EVENTS[0][1]) and _is_of_another(message, own):
            continue
        if words is None and lost:
            words = lost
        if words is None and is_doubtful(kind, log):
            words = DOUBT
        if words is not None:
            yield Event(words, kind.last, kind)


def _is_ddl_left_out(message: str) -> bool:
    """Whether a DDL that the source carried out was not carried out at the destination."""
    left_out = _DDL.search(message) is not None and _LEFT_OUT.search(message) is not None
    return left_out and not refused_by_the_source(message)


def _is_of_another(message: str, own: Iterable[str]) -> bool:
    """Whether what a message says of a task names one, and not this one or a subtask of it."""
    found = _TASK_NAMED.search(message)
    if found is None or _OF_ANY_TASK.fullmatch(found["name"]):
        return False
    name, known = found["name"].casefold(), [one.casefold() for one in own]
    return bool(known) and not any(name.startswith(one) for one in known)


def is_ddl_between(log: LogFacts | None, began: datetime, ended: datetime) -> bool:
    """Whether a DDL was carried out while a comparison ran, which may have compared two structures."""
    kinds = log.kinds if log is not None else ()
    return any(_within(kind, began, ended) and _is_ddl(kind) for kind in kinds)


def newest_ddl_after(log: LogFacts | None, at: datetime) -> datetime | None:
    """When the log tells of a DDL that was carried out, the newest after a moment."""
    kinds = log.kinds if log is not None else ()
    told = [kind.last for kind in kinds if kind.last and kind.last > at and _is_ddl(kind)]
    return max(told, default=None)


def _within(kind: LogKind, began: datetime, ended: datetime) -> bool:
    if kind.first is None or kind.last is None or kind.first > ended or kind.last < began:
        return False
    ends = kind.first >= began or kind.last <= ended
    return ends or kind.moments.after(began) > kind.moments.after(ended)


def _is_ddl(kind: LogKind) -> bool:
    message = _NO_DDL.sub("", kind.message[:_SEARCHED])
    return _DDL.search(message) is not None and _CARRIED_OUT.search(message) is not None


def staying(found: Iterable[Event]) -> Event | None:
    """The newest of what no comparison of rows or values shows to be over, however old it is."""
    return max((event for event in found if event.stays), key=_newest, default=None)


def _newest(event: Event) -> tuple[bool, float]:
    return event.last is None, event.last.timestamp() if event.last else 0.0


def newest_after(found: Iterable[Event], at: datetime) -> Event | None:
    """The newest event after a moment, one without a date before all."""
    after = (event for event in found if event.last is None or event.last > at)
    return max(after, key=_newest, default=None)
