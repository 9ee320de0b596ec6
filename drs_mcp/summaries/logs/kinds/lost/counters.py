"""Which lines say that a sequence or an AUTO_INCREMENT of the destination is not where the source's is.

It was not advanced, was reset, or is below what the source or the table holds: then the first rows
written after a cut-over collide. What is advanced, or will be when the task ends, and the numbers of
packets and of the log are none.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import is_fact, sentences

_COUNTER = (
    r"(?:auto[_\s-]?increments?(?:\s++(?:values?|counters?))?|(?<!log )sequences?(?!\s++(?:numbers?|of\b|ids?\b|id=))|identit(?:y|ies)(?!\s++(?:provider|token|check|insert|of\s++the\s++(?:user|server)))"
    r"|serials?(?!\s++numbers?)|(?:next|last|current|start(?:ing)?)\s?[_\s]?val(?:ue)?s?)"
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
_BOTH = re.compile(
    rf"\b{_COUNTER}\b[^;]{{0,80}}?\b(?:destination|target)\b(?P<at>[^\d;]{{1,24}}(?P<there>\d[\d,]*+))[^\d;]{{1,30}}?\bsource\b[^\d;]{{1,16}}(?P<source>\d[\d,]*+)",
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

_MAY_TELL = re.compile(r"increment|sequence|identit|serial|val|自增|序列|标识", re.IGNORECASE)
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
        both = _BOTH.search(sentence)
        if both and int(both["there"].replace(",", "")) < int(both["source"].replace(",", "")):
            return both[0]
        if _NOT_THERE.search(sentence) and both is None:
            continue
        for words in (_BEHIND, _BEHIND_ZH):
            found = words.search(sentence)
            if found and is_fact(sentence, found, _OWN.sub(" ", found[0])):
                return found[0]
    return ""
