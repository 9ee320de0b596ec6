"""Which lines say that a sequence or an AUTO_INCREMENT of the destination is not where the source's is.

It was not advanced, was reset, or is below what the source or the table holds: then the first rows
written after a cut-over collide. What is advanced, or will be when the task ends, and the numbers of
packets and of the log are none.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import happened_in, is_fact, sentences

_COUNTER = (
    r"(?:auto[_\s-]?increments?(?:\s++(?:values?|counters?))?|(?<!log )sequences?(?!\s++(?:numbers?|of\b|ids?\b|id=))|identit(?:y|ies)(?!\s++(?:provider|token|check|insert|of\s++the\s++(?:user|server)))"
    r"|serials?(?!\s++numbers?)|(?:next|last|current|start(?:ing)?)\s?[_\s]?(?:val(?:ue)?s?|numbers?)|ident_current)"
)
_SET = r"(?:advanced|synchroni[sz]ed|synced|updated|set|re-?seeded|adjusted|carried(?:\s++over)?|migrated|bumped|moved|copied|restored|raised|increased)"
_BEHIND = re.compile(
    rf"\b{_COUNTER}\b[^;]{{0,80}}?\b(?:(?:was|were|is|are|has|have)\s++(?:been\s++)?not\s++(?:been\s++)?{_SET}|(?:has|have)\s++not\s++been\s++{_SET}|(?:could\s++not|cannot)\s++be\s++{_SET}|not\s++{_SET}"
    r"|behind\b|lags?\b|lagging|(?:lower|smaller|less)\s++than|below|too\s++low|left\s++at|still\s++(?:at\s++)?1\b|collid\w+|failed\s++to\s++be\s++\w+)"
    rf"|\b(?:(?:fail(?:ed|ure)|unable)\s++to|could\s++not|cannot)\s++(?:advance|synchroni[sz]e|update|set|re-?seed|adjust|bump|migrate)\s++(?:the\s++)?(?:\w++\s++){{0,3}}?{_COUNTER}\b"
    r"|\b(?:setval|nextval)\b[^;]{0,20}?\bfailed\b"
    rf"|\b{_COUNTER}\b[^;]{{0,60}}?\b(?:(?:was|were|has\s++been|got)\s++)?(?:reset|restarted|rewound|re-?initiali[sz]ed)\b",
    re.IGNORECASE,
)
_COUNTER_ZH = r"(?:自增(?:列|值|主键|ID|起始值|序列)?|(?:(?<!日志)(?<!报文)序列)(?!号|化)(?:当前值|值|对象)?|AUTO_INCREMENT|标识列)"
_BEHIND_ZH = re.compile(
    rf"{_COUNTER_ZH}[^；。;]{{0,30}}?(?:未(?:被)?(?:同步|推进|更新|迁移|设置|调整|增长)|没有(?:同步|推进|更新)|落后|小于|低于|(?:被)?重置|仍为\s*+1(?!\d)|(?:同步|推进|更新|设置)失败)"
    rf"|(?:同步|推进|更新|设置)[^，；。;]{{0,6}}?{_COUNTER_ZH}失败",
    re.IGNORECASE,
)
_NUMBER = r"(?<![\w.,$-])(?P<n>\d(?:,?\d)*+)(?![\w$:-]|\.\d)"
_SIDE = (
    r"(?P<there>\b(?:destination|target)\b|目标(?:库|端|数据库|实例)?|目的端)"
    r"|(?P<source>\bsource\b|源(?:库|端|数据库)|\b(?:max|maximum|largest|greatest|highest)\b(?:\([\w.]{1,60}\)|\s++\w++)?|最大(?:值|主键|[\s\w]{0,3}id)?)"
)
_NUMBER_AT = re.compile(
    rf"{_NUMBER}\s++(?:at|in|on|for|of)\s++(?:the\s++)?(?:(?P<there>destination|target)|(?P<source>source))\b",
    re.IGNORECASE,
)
"""`1200 at the destination`."""
_AT_NUMBER = re.compile(
    rf"(?:{_SIDE})(?:(?!destination|target|source|目标|源[库端]|目的端|最大|\bmax|\blargest|(?<![\w.$-])\d)[^;；。]){{0,40}}?{_NUMBER}",
    re.IGNORECASE,
)
"""`the destination is at 1200`, `max(id) of shop.orders is 90350`, `目标端当前值 1200`."""
_OF_A_COUNTER = re.compile(
    rf"\b{_COUNTER}\b(?!\s++(?:objects?|numbers?\s++\d)\b)|{_COUNTER_ZH}", re.IGNORECASE
)
_COUNTED = re.compile(r"\bsequences\s*+:|\bnumber\s++of\s++sequences\b|序列(?:数|个数|数量)|个序列")
_MOVED = re.compile(
    rf"\b(?:was|were|been|is|now)\s++(?:now\s++)?{_SET}\b|\b{_SET}\s++to\b|已(?:推进|调整|设置|同步|更新)",
    re.IGNORECASE,
)
_OWN = re.compile(
    rf"\b(?:fail(?:ed|ure)|unable)\s++to\b|\b(?:could\s++not|cannot)\s++(?!be\b)\w++|\b(?:could\s++not|cannot)\s++be\s++{_SET}|\bnot\s++(?:been\s++)?{_SET}|(?:未|没有)(?:被)?(?:同步|推进|更新|迁移|设置|调整|增长)",
    re.IGNORECASE,
)
"""What is told in words of denial."""
_NOT_THERE = re.compile(
    r"\b(?:at|in|on)\s++the\s++source\b(?!\s++\d)|\b(?:packet|log|binlog)\s++(?:sequence|serial)|源[库端]的?序列[^，]{0,10}重置",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:until|when|once|after)\s++(?:the\s++)?(?:task|job|cut-?over)\b|(?:任务)(?:结束|停止)(?:时|后)",
    re.IGNORECASE,
)

_MAY_TELL = re.compile(
    r"increment|sequence|identit|serial|val|_number|ident_|自增|序列|标识", re.IGNORECASE
)
"""Without one of these no line tells it: looked for first."""


def counter_behind_in(text: str) -> str:
    """The words that say that a counter of the destination is behind; empty for none.

    Args:
        text: a message in simplified characters.
    """
    if not _MAY_TELL.search(text):
        return ""
    for sentence in sentences(text):
        if _LATER.search(sentence):
            continue
        behind = _is_lower(sentence)
        if behind and _is_now(sentence):
            return sentence.strip()
        if behind is False or (behind is None and _NOT_THERE.search(sentence)):
            continue
        if said := happened_in(sentence, _BEHIND, _BEHIND_ZH, own=_OWN, tried=False):
            return said
    return ""


def _is_lower(sentence: str) -> bool | None:
    """Whether a counter is lower at the destination, told by two numbers; None if they are not."""
    counter = _OF_A_COUNTER.search(sentence)
    if counter is None or _COUNTED.search(sentence):
        return None
    told: dict[str, int] = {}
    rest = sentence
    for words in (_NUMBER_AT, _AT_NUMBER):
        for found in words.finditer(rest):
            side = "there" if found["there"] else "source"
            told.setdefault(side, int(found["n"].replace(",", "")))
        rest = words.sub(" ", rest)
    if len(told) < len(("there", "source")):
        return None
    return told["there"] < told["source"]


def _is_now(sentence: str) -> bool:
    """Whether what a sentence tells of a counter is no condition, and was not mended within it."""
    counter = _OF_A_COUNTER.search(sentence)
    return bool(counter and is_fact(sentence, counter, "")) and not _MOVED.search(sentence)
