"""How long a line says that the source keeps its logs: `binlog retention is 72 hours`, `binlog 保留 3 天`.

A size that is kept, how long another log is kept, and what the destination keeps are none.
"""

import re

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.kinds.lags import SPAN, seconds_of
from drs_mcp.text_cache import text_cache

_PARAMETERS = (
    # https://dev.mysql.com/doc/refman/8.0/en/replication-options-binary-log.html
    (1, r"binlog_expire_logs_seconds"),
    (86_400, r"expire_logs_days"),
    (3600, r"binlog[ _]retention[ _](?:hours|period)|(?:local_)?binlog_(?:retention|keep)_hours"),
    # https://www.mongodb.com/docs/manual/reference/command/replSetResizeOplog/
    (3600, r"(?:oplogMinRetentionHours|minRetentionHours|storage\.oplogMinRetentionHours)"),
    # https://kafka.apache.org/documentation/#topicconfigs
    (0.001, r"(?:log\.)?retention\.ms"),
    (60, r"log\.retention\.minutes"),
    (3600, r"log\.retention\.hours"),
)
_SET = re.compile(
    rf"(?<![\w.])(?:{'|'.join(f'(?P<p{place}>{words})' for place, (_, words) in enumerate(_PARAMETERS))})"
    rf"['\"]?\s*+(?:[=:：]|is|of|为)\s*+['\"]?(?P<number>\d++(?:\.\d++)?)(?!\s*+(?:to|->)\b)",
    re.IGNORECASE,
)
_LOG = (
    r"(?:(?:bin(?:ary)?[\s-]?|redo[\s-]?|archived?[\s-](?:redo[\s-])?|archive[\s-]|transaction[\s-]|change[\s-]|source[\s-]|wal[\s-])logs?"
    r"|wal(?:\s(?:files|segments))?|oplog|cdc(?:\s\w+){0,2}|change\s(?:tables?|rows|data(?:\scapture)?)|change\sstreams?"
    r"|binlog\s?(?:日志|文件)?|(?:归档|重做|事务|源库|增量|WAL\s?)日志(?:文件)?)"
)
_KEPT = (
    r"(?:retention(?:\s(?:period|time|hours|window|is))*|retain(?:s|ed)?|kept|keeps?|expir(?:es?|y|ation)(?:\stime)?"
    r"|(?:purged|deleted|removed|cleaned(?:\sup)?)\s(?:after|once\solder\sthan)|window|spans?"
    r"|保留(?:时间|时长|周期|期限?)?|保存(?:时间|时长|周期)?|过期(?:时间|周期)?|清理周期|窗口)"
)
_TOLD = re.compile(
    rf"(?<![A-Za-z0-9_.]){_LOG}[^\d;。；]{{0,40}}?{_KEPT}[^\d;。；]{{0,24}}?(?P<after>{SPAN})"
    rf"|{_KEPT}\s(?:of|for)\s(?:the\s)?(?:\w+\s){{0,2}}?{_LOG}[^\d;。；]{{0,24}}?(?P<of>{SPAN})"
    rf"|(?:keeps?|retains?)\s(?P<before>{SPAN})\s(?:of\s)?(?:the\s)?(?:\w+\s)?{_LOG}"
    rf"|(?:仅|只)?保留[^\d;。；]{{0,8}}(?P<zh>{SPAN})的?[^\d;。；]{{0,6}}?{_LOG}",
    re.IGNORECASE,
)
_MAY_TELL = re.compile(
    r"ret(?:ention|ain)|kept|keep|expir|purged|deleted|removed|cleaned|window|span|保留|保存|过期|清理|窗口",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:destination|target|relay|trace|audit|slow|error\slog|should|must|at\sleast|recommend\w*|increase|extend|raise|lengthen|set\sit\sto|if\s(?:the\s)?retention)\b"
    r"|目标|中继|审计|慢日志|建议|至少|应(?:当|该)?|延长|请将|不(?:少|低)于",
    re.IGNORECASE,
)
_AROUND, _SEARCHED = 40, 500


@text_cache(4096)
def kept_in(message: str) -> float | None:
    """For how many seconds a line says that the source keeps its logs; None where it says nothing.

    Of several times the shortest; a parameter of 0 keeps logs without an end, and tells nothing.
    """
    text = simplified(message[:_SEARCHED])
    if not _MAY_TELL.search(text):
        return None
    told = []
    for found in _SET.finditer(text):
        scale = next(scale for place, (scale, _) in enumerate(_PARAMETERS) if found[f"p{place}"])
        if not _NOT_SO.search(text[max(found.start() - _AROUND, 0) : found.start()]):
            told.append(float(found["number"]) * scale)
    told += [
        seconds_of(next(filter(None, found.groups())))
        for found in _TOLD.finditer(text)
        if not _NOT_SO.search(text[max(found.start() - _AROUND, 0) : found.end()])
    ]
    return min((seconds for seconds in told if seconds > 0), default=None)
