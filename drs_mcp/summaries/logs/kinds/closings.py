"""Which lines close a task: they say that it, or its phase, has failed, and not what failed in it.

`Task failed.`, `Full migration failed`, `增量同步失败：…`, `status changed to INCRE_TRANSFER_FAILED`. Such
a line is the end of a story and no error of its own, unless it tells the reason.
"""

import re
from typing import NamedTuple

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.text_cache import text_cache

TASK = r"(?:\b(?:task|job|subtask|synchroni[sz]ation|migration|replication)\b|任务|同步|迁移|复制)"

_OF = (
    r"(?:(?:the|this|drs|full|incremental|incre?|initial|real-?time|online|offline|data(?:base)?|db|backup|dr"
    r"|disaster|recovery|schema|structure|object|migration|synchroni[sz]ation|sync|replication|subscription|and)[\s/+&_-]{1,3})"
)
_WHOLE = r"(?:(?:sub-?)?task|job|synchroni[sz]ation|migration|replication|transfer|subscription|phase|stage|sync|copy|load)"
_NAME = r"(?:\s+(?:[\"'“‘][^\"'”’\n]{1,64}[\"'”’]|[\w.]{0,64}[\d_-][\w.-]{0,64}|\([^)\n]{1,64}\)))?"
_ENDED = r"(?:failed|aborted|(?:stopped|ended|terminated|exited)\s+(?:abnormally|with\s+(?:an?\s+)?(?:errors?|failure)))"
_NOT_ALL = (
    r"(?!\s+(?:to|for)\b"
    r"|\s+(?:on|in|at|while|when|during)\s+(?:\w+\s+){0,2}?(?:tables?|collections?|index(?:es)?|rows?|objects?|views?|keys?|batch)\b"
    r"|\s+(?:\d+|tables?|rows?|objects?|records?|retr\w+|count|times)\b)"
)
_OF_ZH = r"(?:(?:全量|增量|实时|在线|离线|数据库|数据|备份|灾备|双向|反向|正向|初始化|结构|对象)[+＋和与及、]?){0,4}"
_WHOLE_ZH = r"(?:(?:子?任务|作业|迁移|同步|复制|灾备|传输|订阅|拷贝|阶段)){1,3}"
_NAME_ZH = r"(?:\s?[\"'“‘「\[【(（][^\"'”’」\]】)）\n]{1,64}[\"'”’」\]】)）]\s?|\s[\w.-]{1,64}\s)?"
_ENDED_ZH = (
    r"(?:失败|异常(?:中[止断]|终止|结束|停止|退出)?|中止|终止|出错)"
    r"(?![的次率数重后]|\s*+(?:告警|检测|检查|监控|处理|阈值|(?:已经|已)?恢复|表|记录|行)|[^。；;]{0,4}(?:正在|自动|尝试)[^。；;]{0,6}(?:重试|恢复|重连))"
)
_CLOSED = re.compile(
    rf"(?i)\A\W*(?:{_OF}{{0,6}}{_WHOLE}{_NAME}\W{{1,3}}(?:(?:has|is|was|have|been)\s+){{0,2}}{_ENDED}\b{_NOT_ALL}"
    rf"|(?:DRS|本|该|此)?{_OF_ZH}{_WHOLE_ZH}{_NAME_ZH}(?:执行|运行|状态|过程|整体)?[\s:：]?(?:已经|已|发生|出现|意外){{0,2}}{_ENDED_ZH})"
)
STATUS = re.compile(
    r"(?i)\b(?:status|state)\b.{0,80}(?:\b(?:changed?|became|switched|set|now|to)\b|->|→)"
    r"|\bchanged to\b|状态.{0,80}(?:变|改|转|->|→)"
)
_TO = re.compile(
    r"(?i:\bto|became|now|变为|变成|变更为|改为|转为|->|→)[\s:：'\"]{0,4}"
    r"(?P<status>[A-Z]{3,}(?:_[A-Z]+)*|[^\s,.;:，。；：(（]{2,24})"
)
_BEHIND = re.compile(r"[:：;；。(（]")
_FAILED = re.compile(r"FAIL|ABNORMAL|ERROR|FROZEN|失败|异常|冻结", re.IGNORECASE)
_STATED = re.compile(
    rf"(?i)\A\W*(?:(?:the )?{TASK}\W{{0,3}})?(?:status|state|状态)(?: is)?\s{{0,2}}[:：=]\s{{0,2}}"
    r"['\"]?(?:[a-z]{1,20}_){0,4}(?:fail(?:ed|ure)?|abnormal|失败|异常)\b"
)
"""A status alone, without what it was before: `state: failed`."""

_REASON = re.compile(
    r"(?i)[^:：,，;；()（\[【]{0,40}?(?:[:：](?!\d)|[,，;；(（\[【]|\s[-–—]{1,2}\s|\b(?:because|due\s++to|caused?\s++by|on\s++account)\b|原因|由于|因为)"
    r"[\s:：,，(（\[【-]*+(?:(?:the\s++)?(?:reason|cause|error|because|due\s++to|caused?\s++by)\b|错误|原因|由于|因为)?(?:is\b|是|为|of\b)?"
    r"[\s:：=,，-]*+(?P<reason>.*)"
)
_NO_REASON = re.compile(
    r"(?i)\A\W*+(?:\Z|(?:re-?tr(?:y|ies|ied)|retrying|see|please|check|contact|will|gave|giv\w+|exit\w*|at\s++\d|on\s++\d"
    r"|\d[\d:.TZ\s-]*+\Z|(?:job|task|id)\s*+[:=])\b|(?:unknown(?:\s++(?:error|reason|cause))?|null|none|n/a|未知\w*|无|空)\W*\Z"
    r"|请|详见|查看|重试|将|停止\W*\Z|退出\W*\Z)"
)
_STOPPED = re.compile(
    rf"(?i)\A\W*(?:{_OF}{{0,6}}{_WHOLE}{_NAME}\s+(?:(?:has|is|was|have|been)\s+){{0,2}}"
    r"(?:stopped|ended|terminated|interrupted|halted|suspended)"
    rf"|{_OF_ZH}{_WHOLE_ZH}{_NAME_ZH}(?:已经|已|被)*(?:停止|中断|终止|退出|结束))\W*\Z"
)
"""A reason that is none: it only says once more that it stopped."""

_MAY_CLOSE = re.compile(
    r"(?i)status|state|changed to|fail|abnorm|abort|error|状态|失败|异常|中止|终止|出错"
)
_SEARCHED = 300


class Closing(NamedTuple):
    """What a closing line tells.

    Attributes:
        by_status: whether it tells a status that became a failed one.
        behind: what stands behind its notice.
        reason: what it gives as the reason after a colon, a dash or a `because`; else empty.
            Behind a status that need be none.
    """

    by_status: bool
    behind: str
    reason: str


@text_cache(4096)
def closing_of(message: str) -> Closing | None:
    """What a line tells that says that the task or its phase failed; None of any other line."""
    text = simplified(message[:_SEARCHED])
    if not _MAY_CLOSE.search(text):
        return None
    notice, by_status = _CLOSED.match(text), False
    end = notice.end() if notice else 0
    if notice is None:
        became = becoming(text)
        status = _STATED.match(text) if not became else None
        if became:
            if not _FAILED.search(became[-1]["status"]):
                return None
            end = became[-1].end()
        elif status is not None:
            end = status.end()
        else:
            return None
        by_status = True
    told = _REASON.match(text, end)
    reason = told["reason"] if told is not None else ""
    if _NO_REASON.search(reason) or _STOPPED.match(reason):
        reason = ""
    again = closing_of(reason) if reason else None  # `task failed: full migration failed: …`
    return Closing(by_status, text[end:], reason if again is None else again.reason)


def becoming(text: str) -> list[re.Match[str]]:
    """What a status became, step by step; not what a reason behind the last step says."""
    steps: list[re.Match[str]] = []
    for found in _TO.finditer(text) if STATUS.search(text) else ():
        if steps and _BEHIND.search(text, steps[-1].end(), found.start()):
            break
        steps.append(found)
    return steps
