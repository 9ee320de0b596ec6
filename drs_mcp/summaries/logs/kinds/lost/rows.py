"""Which lines say that rows, events or keys did not reach the destination.

A verb of losing and what was lost (`3 rows were rejected`, `discarded 5 events`, `2 行数据写入失败`), dirty
data, and what was put aside or gone on without, in the words of queues and of retries.
"""

import re
from collections.abc import Iterator

from drs_mcp.summaries.logs.kinds.lost.covered import is_in_part
from drs_mcp.summaries.logs.kinds.lost.told import is_fact
from drs_mcp.summaries.logs.kinds.recoveries import ROWS_MADE_GOOD

_KEY = r"(?<!primary )(?<!foreign )(?<!unique )(?<!duplicate )(?<!public )keys?(?!\s++(?:check|constraint|column|lookup|exchange|rotation|files?)\b)"
WHAT = rf"(?<![\w.$`-])(?<!table )(?:{_KEY}|rows?|records?|events?|entr(?:y|ies)|data(?!\s*+base)|tuples?|documents?|batch(?:es)?|transactions?|statements?|(?<=\d\s)values?)\b(?![.`-]\w|\s++(?:log|size|time|count|id(?!\s*+[=:])|cache|scheduler)\b)"
_PAST = r"(?:rejected|skipped|ignored|discarded|dropped(?!\s++to\s++\d)|lost(?!\s++(?:the\s++)?(?:connect|contact|link))|missing|left\s++out|failed(?!\s*+-?over))"
_DONE = (
    r"(?:writ(?:e|ten)|appl(?:y|ied)|insert(?:ed)?|updated?|deleted?|load(?:ed)?|import(?:ed)?|cop(?:y|ied)"
    r"|replicated?|synchroni[sz]ed?|replay(?:ed)?|migrated?|stored?|sav(?:e|ed)|transfer(?:red)?|index(?:ed)?)"
)
_NOT_DONE = rf"(?:(?:cannot|(?:(?:could|can|did|was|were|has|have)\s*+(?:not|n't)))\s++(?:be(?:en)?\s++)?{_DONE}|not\s++{_DONE}(?<=[dn])(?!\s++(?:yet|until)\b))"
_IS = r"(?:(?:was|were|is|are|got|has|have|had|may|might|been|be|being|also|all)\s++){0,4}"
_NUMBER = r"(?P<n>(?<![\w.,])\d(?:,?\d)*+|\bno|\bzero|\bnone|\bnot\s++(?:a|one|any)|\bwithout)\s++(?:(?!no\b)\w++\s++){0,3}?"
NONE = r"(?:0+|no|zero|none|nil|nothing)\b"
_OF = (
    rf"(?:\s++(?:in|of|for|from|on|at|that|which|with|between|whose)\b"
    rf"(?:(?!\b(?:0|will|would|shall|if|when|no|not|never|without)\b|{WHAT})[^,;]){{1,60}}?)?"
)
_ENDS = (
    r"(?=\s*+(?:\Z|[^\w\s]|(?:in|of|for|from|on|at|into|because|due|by|with|that|to|as|since|which|while"
    r"|during|after|before|between|was|were)\b))"
)
_LOST = re.compile(
    rf"(?:{_NUMBER})?{WHAT}(?:\s++#?(?=[^\s,;]{{0,40}}\d)[\w:.\"'-]++)?{_OF}\s++(?:{_IS}{_PAST}|{_NOT_DONE})\b(?!\s*+(?:[:=]|is\b|are\b)?\s*+{NONE})"
    r"|\b(?:(?:rejected|skipp(?:ed|ing)|ignor(?:ed|ing)|discard(?:ed|ing)|abandon(?:ed|ing)|dropp(?:ed|ing)|rejecting|lost|losing)"
    rf"|(?:failed|unable)\s++to\s++{_DONE}|(?:cannot|could\s++not)\s++{_DONE})\s*+[:=]?\s*+"
    rf"(?!{NONE})(?:[\w,]++\s++){{0,3}}?{WHAT}(?:\s++#?(?=[\w:.-]*\d)[\w.-]++(?::[\w.-]++)*+)?{_ENDS}(?!\s*+[:=]\s*+{NONE})"
    rf"|{WHAT}.{{0,80}}?(?:(?<![\w.,])[1-9](?:,?\d)*+\s++{_IS}{_PAST}\b"
    rf"|\b{_PAST}\s*+[:=]?\s*+[1-9](?:,?\d)*+(?=\s*+(?:\Z|[,;.)])))"
    r"|\b(?:rows?|records?|events?)_?(?:rejected|skipped|ignored|discarded|dropped|lost|failed)\s*+[:=]\s*+"
    r"[1-9](?:,?\d)*+(?!\s*+\w)"
    r"|\b(?:rejected|skipped|ignored|discarded|dropped|lost|failed)_?(?:rows?|records?|events?)\s*+[:=]\s*+"
    r"[1-9](?:,?\d)*+(?!\s*+\w)"
    r"|(?P<denied>\b(?:no|0|zero|without|any)\s++(?:\w+\s++){0,2})?(?<![\w.])dirty[\s-]+(?:data|rows?|records?)\b"
    rf"(?!\s++(?:check|scan|table|page))(?!\s*+(?:\w+\s*+)?(?:[:=]|is\b|are\b)?\s*+{NONE})"
    r"|(?P<loss>\b(?:no|without|0|zero|prevent|avoid|against)\s++(?:any\s++)?)?\bdata\s++loss\b(?!\s*+[:=]\s*+(?:0|no))",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"(?<![\w.-])(?:key|document|message)\s++(?!s?\b(?:is|was|has|for|of)\b)(?:\"[^\"]{{1,80}}\"|'[^']{{1,80}}'|`[^`]{{1,80}}`|[^\s,;:'\"]{{0,60}}[:\d][^\s,;'\"]{{0,60}})(?:\s++\([^)]{{1,40}}\))?\s++{_IS}(?:{_PAST}|not\s++{_DONE}(?<=[dn])(?!\s++(?:yet|until)\b))\b(?!\s*+[:=]?\s*+{NONE})",
    re.IGNORECASE,
)
"""One that is named: `key 'cart:8812' (612 MB) skipped`."""
_UNREADABLE = r"(?:(?:is|was|are)\s++(?:not|un)\s*+known|(?:isn't|wasn't|not|un)\s*+known|unknown|not\s++found|missing)"
_UNREAD_EVENT = re.compile(
    rf"\b(?:encountered|received|got|met|saw|found|read)\b[^;]{{0,60}}?\b(?:events?|row\s++changes?|changes?|inserts?|updates?|deletes?)\b[^;]{{0,80}}?\b(?:schema|structure|definition|table\s++map|metadata)\b[^;]{{0,40}}?\b(?:{_UNREADABLE}\b[^;]{{0,60}}?)?\b(?:(?:will\s++be|is|are|was|were|being)\s++)(?:ignored|skipped|discarded|dropped)\b"
    r"|(?:事件|变更|数据|记录|表)(?:(?!如|若)[^。；;]){0,40}?(?:表?结构|元数据|schema|表定义|表映射)[^，。；;]{0,8}?(?:未知|缺失|不存在|找不到|未找到|无法识别|不明)(?:(?!如|若)[^。；;]){0,20}?(?:事件|变更|数据|记录)?(?:将被|已被|被|已|将)(?:忽略|跳过|丢弃)"
    r"|(?:表?结构|元数据|schema|表定义|表映射)[^，。；;]{0,8}?(?:未知|缺失|不存在|找不到|未找到|无法识别|不明)(?:(?!如|若)[^。；;]){0,20}?(?:事件|变更|数据|记录)(?:将被|已被|被|已|将)(?:忽略|跳过|丢弃)",
    re.IGNORECASE,
)
"""An event that was met and cannot be read for want of its table's structure."""
_ZERO = re.compile(r"0+|no|zero|none|not\s.*|without", re.IGNORECASE)

_WAS = (  # of simplified characters, as all of Chinese below
    r"(?:(?<![执进运并银平可施同旅])行(?!为|业|动)|(?<!\w)条(?!件|目)|(?<=[\d ])条(?!件)|(?<=\d )列|(?<=\d)列|[\d ]笔|记录|(?<![主外索引一])键(?!值)(?:\s++[\w:.*-]{1,80})?|文档(?!库)"
    r"|(?<!元)数据(?!库|表|源|类型|校验|对比|比对|比较|检查)|事件|批次|事务(?!日志|记录))"
)
_GONE = (
    r"(?:跳过|略过|丢弃|丢失|遗失|忽略|拒绝|缺失|舍弃|放弃|(?:写入|插入|更新|删除|应用|回放|导入|入库|套用|匯入)失败"
    r"|(?:未|无法|未能|不能)(?:被)?(?:写入|插入|应用|回放|导入|入库|迁移|同步|套用|匯入))"
)
_DENIED = r"(?:未|无|没有|不会|不|避免|防止|将|会|如果|若|没)"
_LOST_ZH = re.compile(
    rf"(?P<no>{_DENIED}(?:\w{{0,2}}?)|(?<![\d.])0++\s*+)?{_WAS}(?:\s++(?=[^\s，。；]{{0,40}}\d)[\w:.-]{{1,60}}+\s++(?![行条个笔列]))?(?:(?!{_DENIED})[^，。；,;\d]){{0,16}}?{_GONE}"
    r"(?!\s*+[:：=为]?\s*+(?:行数|条数|数量|数)?\s*+[:：=为]?\s*+0(?![\d.]))"
    rf"|(?P<not>{_DENIED}\w{{0,2}}?)?{_GONE}了?\s*+[:：]?\s*+(?!0(?!\d)|无)(?:(?!(?<!\d)0(?!\d))[^，。；,;]){{0,10}}?{_WAS}"
    r"(?!\s*+[:：=为]?\s*+0(?![\d.]))"
    r"|(?P<none>(?:未|无|没有|不存在|不含|(?<![\d.])0\s*+[行条]?)\w{0,3}?)?脏数据"
    r"(?!(?:条数|行数|数量)?(?:检查|检测|校验|扫描)(?!不通过|未通过|失败)|率|策略)"
    r"(?!\s*+(?:行数|条数|数量|数)?\s*+[:：=为]?\s*+(?:0(?![\d.])|无|没有))"
)
ENDED = r"(?:skipped|ignored|discarded|dropped|rejected|lost)"
_GONE_AFTER_ALL = re.compile(
    rf"{WHAT}[^;]{{1,80}}?\b(?:was|were|been|is|are|and)\s++{ENDED}\b(?!\s*+[:=]?\s*+{NONE})",
    re.IGNORECASE,
)
"""What was met, could not be read or written, and was dropped."""
_GONE_AFTER_ALL_ZH = re.compile(
    rf"{_WAS}[^；。;]{{0,40}}?[，,](?:[^，。；;,]{{0,16}}?后)?(?:已|被|已被|均已)?(?:跳过|略过|丢弃|忽略|舍弃|放弃)(?!\s*+[:：]?\s*+0)"
)
_COUNT = r"(?<![\w.,])[1-9](?:,?\d)*+\s++(?:\w++\s++){0,2}?"
_ANY = rf"(?:{WHAT}|{_COUNT}(?:messages?|changes?|operations?)\b)"
_DEAD = (
    r"(?:dead[\s_-]?letters?|(?<![\w.-])dlq)\b"
    rf"(?!(?:\s++[a-z][\w.-]*+){{0,3}}?\s*+[:=]?\s*+{NONE})"
)
_FAILING = rf"(?:\b(?:could|can|was|were|did|has|have)\s++not\b|\bnot\s++{_DONE}\b|n't\b|\bcannot\b|\bunable\b|\bfail|\breject|\binvalid|\bbad\b|\bmalformed|\bgiv\w++\s++up)"
GOES = r"(?:continu|go|mov|carry|proceed)ing\s++(?:on\s++)?"
_PUT_ASIDE = re.compile(
    rf"{_ANY}[^;]{{0,90}}?(?:"
    rf"\b(?:sent|routed|moved|written|put|forwarded|published|diverted|redirected|went|added|parked)\b[^,;]{{0,30}}?\b{_DEAD}(?![^,;]{{0,40}}?\b(?:if|when|whenever)\b)"
    rf"|[,:]\s*+(?:so\s++|and\s++|thus\s++)?(?:it|they|this|these)\s++(?:{_IS}{_PAST}|{_IS}not\s++{_DONE}(?<=[dn])(?!\s++(?:yet|until)\b))\b"
    rf"|\b{GOES}without\s++(?:it|them|this|these|those|{WHAT})\b"
    rf"|{_FAILING}[^;]{{0,80}}?\b(?:moving\s++on\b|{GOES}with\s++the\s++(?:next|rest)\b))"
    rf"|\b(?:sent|sending|routed|routing|moved|moving|wrote|writing|forwarded|published|put)\s++(?:\w++\s++){{0,3}}?{_ANY}[^;]{{0,60}}?\b{_DEAD}"
    rf"|\b{_DEAD}[^,;]{{0,40}}?{_COUNT}{_ANY}"
    rf"|\b(?:giving|given|gave)\s++up\s++(?:on\s++)?(?:\w++\s++){{0,3}}?{_ANY}"
    rf"|{_WAS}[^；。;]{{0,40}}?(?:发送|写入|转入|转存|投递|进入|放入|移入|送入)[^，；。;]{{0,10}}?死信"
    r"|死信[^，；。;]{0,16}?(?<![\d.])[1-9]\d*+\s*+[条行个笔]",
    re.IGNORECASE,
)
"""What was put aside or gone on without, in the words of queues and of retries."""
_MAY_BE_ASIDE = re.compile(
    r"letter|dlq|死信|without|moving on|with the|giv(?:ing|en) up|gave up|\b(?:it|they|this|these)\s",
    re.IGNORECASE,
)
"""Without one of these nothing was put aside: looked for first."""


def lost_rows(text: str) -> Iterator[str]:
    """The words of a text, in simplified characters, that say that rows were lost."""
    whole = not is_in_part(text)
    came = [found.span() for found in ROWS_MADE_GOOD.finditer(text)] if whole else []
    for found in _LOST.finditer(text):
        again = any(one <= found.start() and found.end() <= other for one, other in came)
        if not (_is_none(found) or again) and is_fact(text, found, ""):
            yield found[0]
    for found in _LOST_ZH.finditer(text):
        # What was lost stands before the words that it came: 跳过的 30 行已重新写入.
        again = any(found.start() < one < found.end() <= other for one, other in came)
        if not (any(found.groupdict().values()) or again) and is_fact(text, found, ""):
            yield found[0]
    joined = text.replace("; ", ", ")
    for words in (_ONE, _UNREAD_EVENT):
        left = words.search(joined)
        if left and is_fact(joined, left, ""):
            yield left[0]
    for words in (_GONE_AFTER_ALL, _GONE_AFTER_ALL_ZH):
        gone = words.search(text)
        if gone and is_fact(text, gone):
            yield gone[0]
    if _MAY_BE_ASIDE.search(text):
        yield from (found[0] for found in _PUT_ASIDE.finditer(text) if is_fact(text, found, ""))


def _is_none(found: re.Match[str]) -> bool:
    """Whether what was found is denied, or counted as zero."""
    told = found["n"]
    return bool(found["denied"] or found["loss"]) or (
        told is not None and _ZERO.fullmatch(told) is not None
    )
