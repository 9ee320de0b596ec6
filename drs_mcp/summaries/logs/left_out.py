"""What a log says was left out, whatever the level of the line, until a line says it was made good."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.facts import LogFacts, LogKind, said_later
from drs_mcp.summaries.logs.kinds.lost.came_back import are_same, comes_back, names_in
from drs_mcp.summaries.logs.kinds.lost.copied_anew import copied_anew_in
from drs_mcp.summaries.logs.kinds.lost.covered import covers
from drs_mcp.summaries.logs.kinds.lost.gaps import closes_a_gap, gap_in
from drs_mcp.summaries.logs.kinds.lost.losses import TABLE, is_final, loss_in
from drs_mcp.summaries.logs.kinds.lost.told import NOT_DONE
from drs_mcp.summaries.logs.levels import ERROR, UNREAD

_COPY_FAILED = re.compile(
    r"\b(?:fail\w*|unable)\s++to\s++(?:migrate|copy)\s++(?:\w++\s++)?(?:table|collection|view)\b"
    r"|\b(?:table|collection|view)\b[^,:;]{1,80}?\b(?:migration|copy)\s++failed\b|\b(?:table|collection|view)\b[^,:;]{1,80}?\bfailed\s++to\s++"
    r"(?:migrate|copy)\b|(?<!列)(?<!报)表[^，。；：]{1,60}(?:迁移|复制|遷移|複製)(?:失败|失敗)",
    re.IGNORECASE,
)
"""What counts once the copy as a whole has ended."""
_RETRIED = re.compile(r"\bre-?tr(?:y|ied)\b|重试|重試", re.IGNORECASE)
_QUEUED = re.compile(
    r"\b(?:re-?)?queued\b|\b(?:for|to be|will be|will)\s++(?:a\s++)?re-?tr(?:y|ied)\b|\bretrying\b|待重[试試]|重[试試]佇?[队隊]?列",
    re.IGNORECASE,
)
"""What is to be tried again."""
_NUMBERED = re.compile(
    r"(?:\b(?:batch|transaction|event|record|document|row)|批次|事务|事務|交易)\s*+#?(\d[\w:.-]{0,60})",
    re.IGNORECASE,
)
_EMPTIED = re.compile(
    r"\bqueued\b[^,;]{0,40}?\b(?:applied|written|replayed)\b|\bqueue\b[^,;]{0,20}?\b(?:empty|drained)\b"
    r"|\bretry\b[^,;]{0,40}?\bsucceeded\b|重[试試][^，。]{0,10}成功|[队隊佇]列已?(?:清空|[为為]空)",
    re.IGNORECASE,
)
_OF_A_LINK = re.compile(
    r"\bconnect\w*|\b(?:link|socket|session|heartbeat|log)\b|连接|連線|心跳|链路|鏈路|日志|日誌",
    re.IGNORECASE,
)
"""What is tried again and holds no rows."""
_DENIED = re.compile(NOT_DONE, re.IGNORECASE)


class LeftOut(NamedTuple):
    """A kind of line that tells of a loss, and the loss in our own words."""

    kind: LogKind
    words: str


def left_out(log: LogFacts, *, ended: bool = False) -> Iterator[LeftOut]:
    """The losses that nothing says were made good.

    An error that only says that an attempt failed is none, but for the copy of a table where the
    whole has *ended* since, and was not started anew.
    """
    again = max((kind.last for kind in log.kinds if kind.is_recovery and kind.last), default=None)
    for kind in log.kinds:
        words = loss_in(kind.message)
        trouble = kind.level in (ERROR, UNREAD)
        if trouble and not is_final(kind.message):
            over = again is not None and (kind.last is None or kind.last <= again)
            words = TABLE if ended and not over and _COPY_FAILED.search(kind.message) else ""
        if words and not made_good_since(kind, words, log):
            yield LeftOut(kind, words)


def made_good(kind: LogKind) -> bool:
    """Whether its own recovery came after; of what was given up, a retry that names the same."""
    recovery = kind.recovery
    if recovery is None or not recovery.last_ended:
        return False
    names, final = names_in(kind.message), is_final(kind.message)
    return any(
        covers(kind.message, text)
        and (not final or (_RETRIED.search(text) and are_same(names, names_in(text))))
        for text in recovery.by
    )


def made_good_since(kind: LogKind, words: str, log: LogFacts) -> bool:
    """Whether a later line says that what a kind names, or put in a queue, is there now."""
    if gap_in(simplified(kind.message)) and any(
        (closes_a_gap(simplified(one)) and not _are_others(kind.message, one))
        or _is_all_copied_anew(one)
        for one in said_later(kind, (*log.infos, *log.warnings), _DENIED)
    ):
        return True
    return made_good(kind) or _is_emptied(kind, log) or _is_there(kind, words, log)


def _is_all_copied_anew(message: str) -> bool:
    """Whether a line says that the whole, not some table, is copied anew: then no change is missing."""
    return not names_in(message) and bool(copied_anew_in(simplified(message)))


def _is_emptied(kind: LogKind, log: LogFacts) -> bool:
    """Whether what was put in a queue to be tried again was taken from it later."""
    return _QUEUED.search(kind.message) is not None and any(
        _EMPTIED.search(message)
        and not _OF_A_LINK.search(message)
        and not _are_others(kind.message, message)
        for message in said_later(kind, log.infos, _DENIED)
    )


def _are_others(some: str, others: str) -> bool:
    """Whether two lines number what they are of, and no number is the same."""
    numbers, those = set(_NUMBERED.findall(some)), set(_NUMBERED.findall(others))
    return bool(numbers and those) and not numbers & those


def _is_there(kind: LogKind, words: str, log: LogFacts) -> bool:
    return any(
        comes_back(kind.message, words, message)
        for message in said_later(kind, (*log.infos, *log.warnings), _DENIED)
    )
