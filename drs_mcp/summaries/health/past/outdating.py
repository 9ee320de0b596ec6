"""Operations on a task after which a comparison that was made before no longer tells how things are.

The names are an open list: known are `RESET`, `CHANGE`, `RETRY` and their kin (the words of
`available_actions`), of others the words that they are made of decide.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from drs_mcp.api.wire.times import moment
from drs_mcp.summaries.health.past.timeline import Operation

_POSITION: Final = r"(?:position|checkpoint|location|offset|scn|lsn|gtid|binlog)"
_WHOLE: Final = (
    r"(?:job|task|data|full|sync|migration|transfer|load|copy|tables?|target|destination)"
)
_MEANINGS: Final = {
    "its position was changed": re.compile(
        rf"\b(?:modify|update|re ?set|set|change|move|adjust|edit|skip) ?(?:\w{{1,20}} ){{0,2}}{_POSITION}\b"
        r"|(?:修改|重置|调整|设置|更新|跳过).{0,6}位点|位点.{0,6}(?:修改|重置|调整|设置|更新|跳过)"
    ),
    "it was reset, so that data are copied anew": re.compile(
        rf"\bre ?(?:set|init\w*+|load|sync\w*+|migrat\w*+|copy)(?: ?{_WHOLE})*+\Z"
        r"|\b(?:roll ?back|restore)\b|重置|重做|重新(?:迁移|同步|全量)|回滚|回退"
    ),
    "its objects were changed": re.compile(
        r"\Achange ?(?:job|task|objects?|tables?)?\Z|\A(?:re ?)?edit\b|编辑|(?:修改|变更|增加|删除|选择).{0,6}(?:对象|表|库)"
        r"|\b(?:choose|modify|change|update|add|remove|delete) ?(?:\w{1,20} )?(?:objects?|tables?|databases?|schemas?|columns?)\b"
    ),
    "it was switched over": re.compile(r"\b(?:switch|fail) ?over\b|倒换|切换"),
    "it went on behind what it skipped": re.compile(r"\b(?:jump|skip)\b|跳过"),
    "it was upgraded, or its node rebuilt": re.compile(r"\b(?:upgrade|rebuild)\b|升级|重建"),
    "it was started or resumed": re.compile(
        r"\A(?:(?:re ?)?start|retry|continue|resume)(?: ?(?:incr\w*+|job|task|capture|apply|sync\w*+))?\Z"
        r"|启动|重试|续传|恢复"
    ),
}
"""What an operation means of the task, and the words of such a name, in small letters."""

_OF_SETTINGS: Final = re.compile(
    r"\b(?:pwd|passwords?|alarms?|speed|param\w*|config\w*|flavou?r|period|order|mode|policy|precheck|eip|name|tags?)\b"
    r"|密码|告警|限速|参数|规格|策略|预检"
)
_FAILED: Final = re.compile(r"(?:un)?fail\w*|error|cancel\w*|reject\w*|失败|取消", re.IGNORECASE)
_LONGEST: Final = 100
_ZONES: Final = timedelta(hours=14)
"""How far a time without a zone may be from the same one of UTC."""


class Outdating(NamedTuple):
    """What was done, in words that follow `since then`, by which name, and when where that is sure."""

    words: str
    operation: Operation


def outdating(operations: Iterable[Operation], since: datetime) -> Outdating | None:
    """The operation after a moment that counts most, the newest of its kind first; None for none.

    One that failed changed nothing. One whose time or zone is not told may have been after it.
    """
    found = [one for one in _told(operations) if not _is_before(one.operation, since)]
    rank = list(_MEANINGS)
    return min(found, key=lambda one: rank.index(one.words), default=None)


def _told(operations: Iterable[Operation]) -> Iterator[Outdating]:
    for one in operations:
        words = meaning_of(one.name)
        if words and not _FAILED.fullmatch(one.status):
            yield Outdating(words, one)


def meaning_of(name: str) -> str:
    """What an operation of that name means for a comparison made before; empty for nothing."""
    parts = " ".join(re.sub(r"(?<=[a-z])(?=[A-Z])|[\W_]+", " ", name).lower().split())[:_LONGEST]
    if _OF_SETTINGS.search(parts):
        return ""
    return next((words for words, pattern in _MEANINGS.items() if pattern.search(parts)), "")


def _is_before(operation: Operation, since: datetime) -> bool:
    if operation.at is not None:
        return operation.at <= since
    read = moment(operation.written)
    return read is not None and read + _ZONES <= since
