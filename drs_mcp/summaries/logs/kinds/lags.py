"""How far behind a line says that the destination is: `replication lag is 90 min`, `延迟 5400 秒`.

What is a limit, what is over, and delays of something else (a retry) are none.
"""

import re
from collections.abc import Iterator

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.text_cache import text_cache

_UNITS = (
    (0.001, r"ms|msecs?|milliseconds?|毫秒"),
    (1, r"s|secs?|seconds?|秒|sekunden?|secondes?|segundos?|секунд\w?"),
    (60, r"m|mins?|minutes?|分钟?|minuten?|minutos?|минут\w?"),
    (3600, r"h|hrs?|hours?|小时|stunden?|heures?|horas?|час(?:а|ов)?"),
    (86_400, r"d|days?|天|tagen?|jours?|días?|дн(?:я|ей)"),
)
_UNIT = "|".join(words for _, words in _UNITS)
_ONE = rf"\d[\d,]*+(?:\.\d++)?\s*+(?:{_UNIT})(?![a-zа-я_/])"
SPAN = rf"(?<![A-Za-z0-9_.:,])(?:\d{{1,4}}:\d\d:\d\d(?![\w:])|{_ONE}(?:\s*+{_ONE}){{0,3}})"
_LAG = (
    r"(?:(?<![\w.`/-])(?:delay|lags?|lagg(?:ed|ing)|behind|rpo|retard|retraso|отставание|задержка)(?![\w`-])"
    r"|verzögerung|rückstand|时延|延迟|延时|落后|滞后)"
)
_NO_LAG = (
    r"(?:threshold|limits?|max(?:imum)?|at most|allowed|permitted|configured|setting|below|less than|under"
    r"|within|objective|goal|sla|if|when|alarm|alert|re-?tr(?:y|ies|ied|ying)|back-?off|reconnect\w*|polling"
    r"|wait\w*|schedul\w*)"
)
_NO_LAG_ZH = r"阈值|上限|最大|限制|小于|低于|不超过|以内|告警|如果|重试|重连|等待|轮询|设置|配置"
_LIMIT = re.compile(rf"\b{_NO_LAG}\b|{_NO_LAG_ZH}|[<≤]", re.IGNORECASE)
_BEYOND = re.compile(r"\b(?:exceed\w*|above|over)\b|超过|超出|高于|大于|[>≥]", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|when|once|unless)\b|如果|若|当", re.IGNORECASE)
_TOLD = re.compile(
    rf"{_LAG}(?P<gap>[^\d;。；]{{0,40}}?)(?P<after>{SPAN})"
    rf"|(?P<before>{SPAN})\s*+(?:of\s+|的)?(?:(?:replication|incremental|sync\w*|apply)\s+)?{_LAG}"
    r"|\bseconds_behind_(?:master|source)\W{1,4}(?P<seconds>\d++)",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"(?:\bfrom\s+|从|由)?{SPAN}(?=\s*+(?:to\b|down\b|->|→|(?:降|减|升|增|下降|上升|增长|增加|缩|恢复)\S{{0,3}}[到至为]|[到至]))",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"(?<!not )(?<!not yet )\bcaught\s+up\b|\bno\s+longer\b|\bback\s+to\s+normal\b|(?<!not )\brecovered\b"
    r"|\bcleared\b|追平|追上|(?<!等待)(?<!未)(?<!无法)(?<!正在)恢复|消除|已解除",
    re.IGNORECASE,
)
_WORD = re.compile(rf"{_LAG}|caught\s+up|追平|追上", re.IGNORECASE)
_THEN = re.compile(r"\s*+(?:以上)?(?:时|则|就会|将)")
_CLOCK = re.compile(r"(\d+):(\d\d):(\d\d)")
_PART = re.compile(rf"(?<![\d,.])(\d[\d,]*+(?:\.\d++)?)\s*+({_UNIT})(?![a-zа-я_/])", re.IGNORECASE)
_SCALES = tuple((scale, re.compile(words, re.IGNORECASE)) for scale, words in _UNITS)
_AROUND, _SEARCHED = 30, 500


@text_cache(4096)
def lag_in(message: str) -> float | None:
    """The greatest lag that a line tells of now, in seconds; None where it tells none."""
    text = simplified(message[:_SEARCHED])
    if _OVER.search(text):
        return None
    return max(_lags(_FROM.sub(" ", text)), default=None)


def lag_is_over(message: str) -> bool:
    """Whether a line says that a lag is over."""
    text = simplified(message[:_SEARCHED])
    return _OVER.search(text) is not None and _WORD.search(text) is not None


def _lags(text: str) -> Iterator[float]:
    for found in _TOLD.finditer(text):
        if found["seconds"]:
            yield float(found["seconds"][:12])
            continue
        gap, before = found["gap"] or "", text[max(found.start() - _AROUND, 0) : found.start()]
        limited = _LIMIT.search(f"{before} ") or _LIMIT.search(gap)
        if _THEN.match(text, found.end()):
            continue
        if limited and (_IF.search(before + gap) or not _BEYOND.search(before + gap)):
            continue
        yield seconds_of(found["after"] or found["before"])


def seconds_of(span: str) -> float:
    """A span such as `1 h 30 min` or `02:10:00` in seconds."""
    if clock := _CLOCK.fullmatch(span):
        hours, minutes, seconds = map(int, clock.groups())
        return 3600 * hours + 60 * minutes + seconds
    return sum(
        float(number.replace(",", "")) * scale
        for number, unit in _PART.findall(span)
        for scale, words in _SCALES
        if words.fullmatch(unit)
    )
