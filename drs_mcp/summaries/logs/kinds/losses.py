"""Which lines say that rows, or a whole table, did not reach the destination, whatever their level.

A loss is a verb of losing and what was lost (`3 rows were rejected`, `discarded 5 events`, `2 行数据
写入失败`), dirty data, or a table that left the task; a count of zero, a denial, what will or would
be, and what was written after all are none.
"""

import re

from drs_mcp.text_cache import text_cache

_WHAT = r"(?<![\w.$`-])(?<!table )(?:rows?|records?|events?|entr(?:y|ies)|data(?!\s*+base)|tuples?|documents?)\b(?![.`-]\w)"
_PAST = (
    r"(?:rejected|skipped|ignored|discarded|dropped|lost|missing|left\s++out|failed(?!\s*+-?over))"
)
_DONE = (
    r"(?:writ(?:e|ten)|appl(?:y|ied)|insert(?:ed)?|updated?|deleted?|load(?:ed)?|import(?:ed)?|cop(?:y|ied)"
    r"|replicated?|synchroni[sz]ed?|replay(?:ed)?|migrated?|stored?|sav(?:e|ed)|transfer(?:red)?)"
)
_NOT_DONE = rf"(?:cannot|(?:(?:could|can|did|was|were|has|have)\s*+(?:not|n't)))\s++(?:be(?:en)?\s++)?{_DONE}"
_IS = r"(?:(?:was|were|is|are|got|has|have|had|may|might|been|be|being|also|all)\s++){0,4}"
_NUMBER = r"(?P<n>(?<![\w.,])\d[\d,]*+|\bno|\bzero|\bnone|\bnot\s++(?:a|one|any)|\bwithout)\s++(?:\w++\s++){0,3}?"
_NONE = r"(?:0+|no|zero|none|nil|nothing)\b"
_OF = (
    rf"(?:\s++(?:in|of|for|from|on|at|that|which|with|between|whose)\b"
    rf"(?:(?!\b(?:0|will|would|shall|if|when|no|not|never|without)\b|{_WHAT})[^,;]){{1,60}}?)?"
)
_ENDS = (
    r"(?=\s*+(?:\Z|[^\w\s]|(?:in|of|for|from|on|at|into|because|due|by|with|that|to|as|since|which|while"
    r"|during|after|before|between|was|were)\b))"
)
_LOST = re.compile(
    rf"(?:{_NUMBER})?{_WHAT}{_OF}\s++(?:{_IS}{_PAST}|{_NOT_DONE})\b(?!\s*+(?:[:=]|is\b|are\b)?\s*+{_NONE})"
    r"|\b(?:(?:rejected|skipp(?:ed|ing)|ignor(?:ed|ing)|discard(?:ed|ing)|dropp(?:ed|ing)|rejecting|lost|losing)"
    rf"|(?:failed|unable)\s++to\s++{_DONE}|(?:cannot|could\s++not)\s++{_DONE})\s*+[:=]?\s*+"
    rf"(?!{_NONE})(?:[\w,]++\s++){{0,3}}?{_WHAT}{_ENDS}(?!\s*+[:=]\s*+{_NONE})"
    rf"|{_WHAT}.{{0,80}}?(?:(?<![\w.,])[1-9][\d,]*+\s++{_IS}{_PAST}\b"
    rf"|\b{_PAST}\s*+[:=]?\s*+[1-9][\d,]*+(?=\s*+(?:\Z|[,;.)])))"
    r"|\b(?:rows?|records?|events?)_?(?:rejected|skipped|ignored|discarded|dropped|lost|failed)\s*+[:=]\s*+"
    r"[1-9][\d,]*+(?!\s*+\w)"
    r"|\b(?:rejected|skipped|ignored|discarded|dropped|lost|failed)_?(?:rows?|records?|events?)\s*+[:=]\s*+"
    r"[1-9][\d,]*+(?!\s*+\w)"
    r"|(?P<denied>\b(?:no|0|zero|without|any)\s++(?:\w+\s++){0,2})?(?<![\w.])dirty[\s-]+(?:data|rows?|records?)\b"
    rf"(?!\s++(?:check|scan|table|page))(?!\s*+(?:\w+\s*+)?(?:[:=]|is\b|are\b)?\s*+{_NONE})"
    r"|(?P<loss>\b(?:no|without|0|zero|prevent|avoid|against)\s++(?:any\s++)?)?\bdata\s++loss\b(?!\s*+[:=]\s*+(?:0|no))",
    re.IGNORECASE,
)
_ZERO = re.compile(r"0+|no|zero|none|not\s.*|without", re.IGNORECASE)

_WAS = r"(?:(?<![执进运并银平可施同旅])行(?!为|业|动)|(?<!\w)条(?!件|目)|(?<=[\d ])条(?!件)|记录|(?<!元)数据(?!库|源|类型|校验|对比|比对|比较|检查)|事件)"
_GONE = (
    r"(?:跳过|丢弃|丢失|忽略|拒绝|缺失|舍弃|(?:写入|插入|更新|删除|应用|回放|导入|入库)失败|(?:未|无法|未能|不能)(?:被)?"
    r"(?:写入|插入|应用|回放|导入|入库))"
)
_DENIED = r"(?:未|无|没有|不会|不|避免|防止|将|会|如果|若|没)"
_LOST_ZH = re.compile(
    rf"(?P<no>{_DENIED}(?:\w{{0,2}}?)|(?<![\d.])0++\s*+)?{_WAS}(?:(?!{_DENIED})[^，。；,;\d]){{0,16}}?{_GONE}"
    r"(?!\s*+[:：=为]?\s*+(?:行数|条数|数量|数)?\s*+[:：=为]?\s*+0(?![\d.]))"
    rf"|(?P<not>{_DENIED}\w{{0,2}}?)?{_GONE}了?\s*+[:：]?\s*+(?!0(?!\d)|无)(?:(?!(?<!\d)0(?!\d))[^，。；,;]){{0,10}}?{_WAS}"
    r"(?!\s*+[:：=为]?\s*+0(?![\d.]))"
    r"|(?P<none>(?:未|无|没有|不存在|不含|(?<![\d.])0\s*+[行条]?)\w{0,3}?)?脏数据(?!检查|检测|校验|扫描|率|策略)"
    r"(?!\s*+(?:行数|条数|数量|数)?\s*+[:：=为]?\s*+(?:0(?![\d.])|无|没有))"
)
_AFTER_ALL = re.compile(
    r"\bre-?tr(?:y|ied|ying)\b(?:\W+\w+){0,3}?\W+(?:succe\w*|written|applied)\b"
    r"|\balready\s++(?:been\s++)?(?:applied|replayed|processed|synchroni[sz]ed|executed)\b|重试成功|已(?:应用|回放)过",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\btables?\b[^,;]{0,80}?\b(?:was|were|has\s++been|have\s++been|is|are)\s++"
    r"(?:(?:removed|excluded|dropped|deleted)\s++from\s++(?:the\s++)?(?:\w+\s++)?"
    r"(?:synchroni[sz]ation|replication|migration|task|job|scope)"
    r"|(?:no\s++longer|not)\s++(?:being\s++)?(?:synchroni[sz]ed|replicated|migrated)(?!\s++yet)|skipped|ignored)\b"
    r"|\bremoved\s++tables?\s++[^,;]{1,80}?\s++from\s++(?:the\s++)?(?:synchroni[sz]ation|replication|task|job)\b"
    r"|表[^，。；]{0,60}(?:移出|移除|剔除|排除|不再同步|停止同步|被跳过|已跳过)",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\bcompar|对比|比对|比较", re.IGNORECASE)
_SEARCHED = 2_000

ROWS, TABLE = "rows were lost or left out", "a table was left out"


@text_cache(4096)
def loss_in(message: str) -> str:
    """What a line says did not reach the destination, in our own words; empty for nothing."""
    text = message[:_SEARCHED]
    if _AFTER_ALL.search(text):
        return ""
    if any(not _is_none(found) for found in _LOST.finditer(text)):
        return ROWS
    if any(not any(found.groupdict().values()) for found in _LOST_ZH.finditer(text)):
        return ROWS
    return TABLE if _LEFT.search(text) and not _COMPARES.search(text) else ""


def _is_none(found: re.Match[str]) -> bool:
    """Whether what was found is denied, or counted as zero."""
    told = found["n"]
    return bool(found["denied"] or found["loss"]) or (
        told is not None and _ZERO.fullmatch(told) is not None
    )
