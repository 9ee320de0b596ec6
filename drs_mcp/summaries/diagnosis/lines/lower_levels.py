"""Lines of no grave level that may tell why a task stopped, where its errors do not."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from drs_mcp.knowledge.conditions import condition
from drs_mcp.knowledge.engines.kinds import Kind, is_plain, kind_named, kind_of
from drs_mcp.summaries.diagnosis.timeline import is_routine, turn_of
from drs_mcp.summaries.logs.facts import LogFacts, LogKind
from drs_mcp.summaries.logs.kinds.mentions import only_mentions
from drs_mcp.summaries.logs.kinds.stops import is_stop
from drs_mcp.summaries.logs.meanings import reason_in

LOOKED_BACK = timedelta(hours=1)
"""A line that came so long before the end or earlier did not tell of it."""

_TROUBLE = re.compile(
    r"\b(?:stops|will\s++stop|stopped|exit(?:s|ed|ing)?|kill(?:s|ed)?|abort(?:s|ed)?|suspended|frozen|errors?|fail(?:s|ed|ure|ures)?|exceptions?"
    r"|fatal|denied|refused|rejected|cannot|could\s++not|unable|missing|lacks?|no\s++longer|expired|exceed(?:s|ed)|differs?|invalid|corrupt\w*"
    r"|exhausted|not\s++(?:exist|found|available|supported|allowed))\b|[A-Z]{2,8}-\d{4,6}\b"
    r"|失败|失敗|错误|錯誤|异常|異常|停止|退出|中断|中斷|终止|終止|缺少|不存在|不足|已满|已滿|冻结|凍結|无法|無法|未能|过期|過期|超过|超過|超出|拒绝|拒絕",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|0|zero|without|never)\s++(?:\w++\s++){0,2}?(?:errors?|fail\w*|exceptions?|missing)\b"
    r"|\b(?:errors?|fail\w*|exceptions?)\s*+[:=]\s*+0\b|\bnot\s++(?:been\s++)?(?:exceeded|reached|failed)\b|\blog\s++level\b|(?:失败|错误|异常|失敗|錯誤|異常)\w{0,8}\s*+[:：=]\s*+0|无(?:错误|异常|失败)|無(?:錯誤|異常|失敗)|没有(?:错误|异常|失败)|未(?:发现|出现|發現)",
    re.IGNORECASE,
)
_ASKED_AGAIN = re.compile(
    r"\b(?:again|once\s++more|re-?(?:try|tries|tried|trying|request\w*|reads?|reading|connects?|connecting))\b"
    r"|重试|重新(?:请求|读取|连接|获取)|再次(?:请求|读取|尝试)",
    re.IGNORECASE,
)
"""What a reader does for want of a log: then it is no housekeeping that the log is gone."""


def telling(log: LogFacts, end: datetime | None, *, link: str) -> list[LogKind]:
    """The lines before the *end* whose words tell an error, a stop or a lack, no error by level."""
    return [
        kind
        for kind in _near(log, end)
        if _nature(kind, link).transient is not None
        or kind.is_known_error
        or is_stop(kind.message)
        or condition("arrears").words.search(kind.message)
        or _tells_trouble(kind)
    ]


def decisive(
    log: LogFacts, end: datetime | None, *, link: str, looked_for: str = ""
) -> list[LogKind]:
    """Those of them that tell what retrying cannot pass, or the kind *looked_for*; `any`: all."""
    near = [(kind, _nature(kind, link)) for kind in _near(log, end)]
    return [
        kind
        for kind, of in near
        if of.transient is False
        or (looked_for == "any" and of.transient)
        or (looked_for and of.name == looked_for)
    ]


def _nature(kind: LogKind, link: str) -> Kind:
    """Its kind of error; none where only plain words tell one and nothing says that it is trouble."""
    codes = list(kind.codes)
    of = kind_of(kind.message, codes, link=link)
    told = (
        of.transient is None
        or _tells_trouble(kind)
        or not is_plain(kind.message, codes, link=link)
        or (of.name == "missing_log" and _ASKED_AGAIN.search(kind.message) is not None)
    )
    return of if told else kind_named("")


def _tells_trouble(kind: LogKind) -> bool:
    return bool(_TROUBLE.search(kind.message)) and not _DENIED.search(kind.message)


def _near(log: LogFacts, end: datetime | None) -> Iterator[LogKind]:
    for kind in (*log.warnings, *log.infos):
        if end is not None and (kind.last is None or not end - LOOKED_BACK <= kind.last <= end):
            continue
        if kind.is_recovery or is_routine(kind) or only_mentions(kind.message):
            continue
        ended = kind.recovery is not None and kind.recovery.last_ended
        turn = turn_of(kind.message)
        if not ended and (not turn or (turn == "failed" and reason_in(kind.message))):
            yield kind
