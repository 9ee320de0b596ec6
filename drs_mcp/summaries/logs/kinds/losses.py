"""Which lines say that rows, a DDL, or a whole object did not reach the destination.

A loss is a verb of losing and what was lost (`3 rows were rejected`, `discarded 5 events`, `2 行数据
写入失败`), dirty data, a DDL that was skipped, or an object that left the task or never came; a count
of zero, a denial, what will or would be, what is left out by wish, and what was written after all
are none. A loss is final where the line says that the task went on without it.
"""

import re
from collections.abc import Iterator

from drs_mcp.text_cache import text_cache

_WHAT = r"(?<![\w.$`-])(?<!table )(?:rows?|records?|events?|entr(?:y|ies)|data(?!\s*+base)|tuples?|documents?|batch(?:es)?|transactions?|statements?)\b(?![.`-]\w|\s++(?:log|size|time|count|id|cache|scheduler)\b)"
_PAST = r"(?:rejected|skipped|ignored|discarded|dropped|lost(?!\s++(?:the\s++)?(?:connect|contact|link))|missing|left\s++out|failed(?!\s*+-?over))"
_DONE = (
    r"(?:writ(?:e|ten)|appl(?:y|ied)|insert(?:ed)?|updated?|deleted?|load(?:ed)?|import(?:ed)?|cop(?:y|ied)"
    r"|replicated?|synchroni[sz]ed?|replay(?:ed)?|migrated?|stored?|sav(?:e|ed)|transfer(?:red)?)"
)
_NOT_DONE = rf"(?:cannot|(?:(?:could|can|did|was|were|has|have)\s*+(?:not|n't)))\s++(?:be(?:en)?\s++)?{_DONE}"
_IS = r"(?:(?:was|were|is|are|got|has|have|had|may|might|been|be|being|also|all)\s++){0,4}"
_NUMBER = r"(?P<n>(?<![\w.,])\d(?:,?\d)*+|\bno|\bzero|\bnone|\bnot\s++(?:a|one|any)|\bwithout)\s++(?:(?!no\b)\w++\s++){0,3}?"
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
    rf"(?:{_NUMBER})?{_WHAT}(?:\s++#?\d++)?{_OF}\s++(?:{_IS}{_PAST}|{_NOT_DONE})\b(?!\s*+(?:[:=]|is\b|are\b)?\s*+{_NONE})"
    r"|\b(?:(?:rejected|skipp(?:ed|ing)|ignor(?:ed|ing)|discard(?:ed|ing)|abandon(?:ed|ing)|dropp(?:ed|ing)|rejecting|lost|losing)"
    rf"|(?:failed|unable)\s++to\s++{_DONE}|(?:cannot|could\s++not)\s++{_DONE})\s*+[:=]?\s*+"
    rf"(?!{_NONE})(?:[\w,]++\s++){{0,3}}?{_WHAT}(?:\s++#?(?=[\w:.-]*\d)[\w.-]++(?::[\w.-]++)*+)?{_ENDS}(?!\s*+[:=]\s*+{_NONE})"
    rf"|{_WHAT}.{{0,80}}?(?:(?<![\w.,])[1-9](?:,?\d)*+\s++{_IS}{_PAST}\b"
    rf"|\b{_PAST}\s*+[:=]?\s*+[1-9](?:,?\d)*+(?=\s*+(?:\Z|[,;.)])))"
    r"|\b(?:rows?|records?|events?)_?(?:rejected|skipped|ignored|discarded|dropped|lost|failed)\s*+[:=]\s*+"
    r"[1-9](?:,?\d)*+(?!\s*+\w)"
    r"|\b(?:rejected|skipped|ignored|discarded|dropped|lost|failed)_?(?:rows?|records?|events?)\s*+[:=]\s*+"
    r"[1-9](?:,?\d)*+(?!\s*+\w)"
    r"|(?P<denied>\b(?:no|0|zero|without|any)\s++(?:\w+\s++){0,2})?(?<![\w.])dirty[\s-]+(?:data|rows?|records?)\b"
    rf"(?!\s++(?:check|scan|table|page))(?!\s*+(?:\w+\s*+)?(?:[:=]|is\b|are\b)?\s*+{_NONE})"
    r"|(?P<loss>\b(?:no|without|0|zero|prevent|avoid|against)\s++(?:any\s++)?)?\bdata\s++loss\b(?!\s*+[:=]\s*+(?:0|no))",
    re.IGNORECASE,
)
_ZERO = re.compile(r"0+|no|zero|none|not\s.*|without", re.IGNORECASE)

_WAS = (
    r"(?:(?<![执進进運运並并銀银平可施同旅])行(?!为|為|业|業|动|動)|(?<!\w)条(?!件|目)|(?<=[\d ])[条條](?!件)|[\d ]筆|[记記]录|記錄"
    r"|(?<!元)(?:数据|資料)(?!库|庫|表|源|來源|类型|類型|校验|校驗|对比|比对|比對|比较|比較|检查|檢查)|事件|批次|事务(?!日志)|交易(?!記錄))"
)
_GONE = (
    r"(?:跳过|丢弃|丢失|忽略|拒绝|缺失|舍弃|略過|跳過|丟棄|遺失|拒絕|捨棄|(?:写入|插入|更新|删除|应用|回放|导入|入库"
    r"|寫入|刪除|套用|匯入)(?:失败|失敗)|(?:未|无法|無法|未能|不能)(?:被)?(?:写入|插入|应用|回放|导入|入库|寫入|套用|匯入))"
)
_DENIED = r"(?:未|无|無|没有|沒有|不会|不會|不|避免|防止|将|將|会|會|如果|若|没|沒)"
_LOST_ZH = re.compile(
    rf"(?P<no>{_DENIED}(?:\w{{0,2}}?)|(?<![\d.])0++\s*+)?{_WAS}(?:(?!{_DENIED})[^，。；,;\d]){{0,16}}?{_GONE}"
    r"(?!\s*+[:：=为]?\s*+(?:行数|条数|数量|数)?\s*+[:：=为]?\s*+0(?![\d.]))"
    rf"|(?P<not>{_DENIED}\w{{0,2}}?)?{_GONE}了?\s*+[:：]?\s*+(?!0(?!\d)|无)(?:(?!(?<!\d)0(?!\d))[^，。；,;]){{0,10}}?{_WAS}"
    r"(?!\s*+[:：=为]?\s*+0(?![\d.]))"
    r"|(?P<none>(?:未|无|没有|不存在|不含|(?<![\d.])0\s*+[行条]?)\w{0,3}?)?脏数据"
    r"(?!(?:条数|行数|数量)?(?:检查|检测|校验|扫描)(?!不通过|未通过|失败)|率|策略)"
    r"(?!\s*+(?:行数|条数|数量|数)?\s*+[:：=为]?\s*+(?:0(?![\d.])|无|没有))"
)
_AFTER_ALL = re.compile(
    r"\bre-?tr(?:y|ied|ying)\b(?:\W+\w+){0,3}?\W+(?:succe\w*|written|applied)\b"
    r"|\balready\s++(?:been\s++)?(?:applied|replayed|processed|synchroni[sz]ed|executed)\b|重试成功|重試成功|已(?:应用|回放|套用)[过過]",
    re.IGNORECASE,
)
_THERE = re.compile(r"\balready\s++(?:exists?|there|present)\b|已存在|已經存在", re.IGNORECASE)
"""An object that was there needs not come; a row that was there may be another."""
_BY_WISH = re.compile(
    r"\bfilter|\bnot\s++(?:selected|subscribed)\b|\b(?:not\s++in|out(?:side)?\s++of)\s++(?:the\s++)?(?:\w++\s++)?scope\b"
    r"|\bheart-?beats?\b|\b(?:as|by|per)\s++(?:configur\w++|policy|settings?|rules?)\b|\bwhite-?list|\bblack-?list"
    r"|\bempty\b|\bcache|\bno-?op\b|\bon\s++purpose\b|\bchoice\b|空(?:批次|事务|事件|事務)|过滤|過濾|未选择|未選擇|不在.{0,10}范围|心跳|白名单|黑名单|按.{0,6}(?:配置|策略|规则)",
    re.IGNORECASE,
)
"""What somebody wanted to be left out, and what holds no data."""
_FINAL = re.compile(
    r"\b(?:skipp|ignor|discard|abandon|dropp|reject|exclud)(?:ed|ing)\b|\b(?:lost|losing|data\s++loss|missing|left\s++out|dirty"
    r"|no\s++longer|removed)\b|\bnot\s++(?:\w++\s++)?(?:migrated|replicated|synchroni[sz]ed|applied|carried|executed|replayed|created)\b"
    r"|跳过|丢弃|丢失|忽略|拒绝|缺失|舍弃|脏数据|移出|移除|剔除|排除|不再|停止同步|略過|跳過|丟棄|遺失|拒絕|捨棄|髒資料|未迁移|未遷移",
    re.IGNORECASE,
)
_ENDED = r"(?:skipped|ignored|discarded|dropped|rejected|lost)"
_GONE_AFTER_ALL = re.compile(
    rf"{_WHAT}[^;]{{1,80}}?\b(?:was|were|been|is|are|and)\s++{_ENDED}\b(?!\s*+[:=]?\s*+{_NONE})",
    re.IGNORECASE,
)
"""What was met, could not be read or written, and was dropped."""
_GONE_AFTER_ALL_ZH = re.compile(
    rf"{_WAS}[^；。;]{{0,40}}?[，,](?:已|被|已被)?(?:跳过|丢弃|忽略|略過|跳過|丟棄|捨棄)(?!\s*+[:：]?\s*+0)"
)
_NEVER = re.compile(
    r"\b(?:no|not|0|zero|will|would|shall|if|when|never|without|succe\w*)\b(?!\s++be\b)|无需|如果|若|将|將|成功|(?<![\d.])0\s*+[行条條筆]",
    re.IGNORECASE,
)
_OBJECT = (
    r"(?:triggers?|views?|procedures?|functions?|routines?|sequences?|index(?:es)?|constraints?|foreign\s++keys?|synonyms?"
    r"|packages?|users?|roles?)"
)
_DDL = (
    r"(?:(?<![a-z_.`-])ddls?(?![a-z_`-]|\s++(?:policy|thread|lock|log|list|type|option)\b)|"
    r"\b(?:alter|create|drop|rename|truncate)\s++(?:\w++\s++){0,3}?"
    rf"(?:tables?|columns?|database|schema|partition|event|{_OBJECT})\b)"
)
_NOT_CARRIED = r"not\s++(?:been\s++|be\s++)?(?:synchroni[sz]ed|replicated|replayed|executed|applied|carried|migrated|created)"
_DDL_LEFT = re.compile(
    rf"(?P<of>{_DDL}[^;]{{0,60}}?(?:(?<=ddl\s)|(?<=ddls\s)|\b(?:was|were|been|and|is|are)\s++|[,:]\s*+))(?:{_ENDED}|{_NOT_CARRIED})\b(?!\s*+[:=]?\s*+{_NONE})"
    rf"|(?P<to>\b(?:{_ENDED}|skipping|ignoring|discarding)\b[^;]{{0,40}}?){_DDL}(?!\s*+[:=]\s*+{_NONE})"
    r"|(?P<zh>(?<![a-z_])ddls?(?![a-z_])[^；。;]{0,24}?)(?:跳过|忽略|丢弃|略過|跳過|丟棄|捨棄)(?!\s*+[:：=]?\s*+0)"
    r"|(?P<zu>(?:跳过|忽略|丢弃|略過|跳過|丟棄)[^，。；;,]{0,10}?)(?<![a-z_])ddls?(?![a-z_])(?!\s*+[:：=]\s*+0)",
    re.IGNORECASE,
)
_OBJECT_LEFT = re.compile(
    rf"(?P<of>\b{_OBJECT}\s[^,;]{{1,80}}?\b(?:was|were|is|are|has\s++been|have\s++been)\s++)(?:{_ENDED}|{_NOT_CARRIED})\b"
    r"|(?P<zh>(?:触发器|視圖|视图|存储过程|函数|序列|索引|约束|外键|觸發器|檢視表|預存程序)[^。；;]{0,60}?)"
    r"(?:未迁移|未遷移|未同步|已?跳过|已?忽略|已?略過)",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|would|shall|should|can|may|if|when|no|never|without|0|zero)\b|\bnot\s++(?:be(?:en)?\s++)?\Z|\bsucce|\b(?:executed|applied|replayed)\s++(?:in|at|on|within)\b|(?<![执行进])(?:将|將|如果|若|未|无|無|不)"
    r"|(?<![\d.])0\s*+[个個条條]",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\btables?\b[^,;]{0,80}?\b(?:was|were|has\s++been|have\s++been|is|are)\s++"
    r"(?:(?:no\s++longer|not)\s++(?:being\s++)?(?:synchroni[sz]ed|replicated|migrated)(?!\s++yet)|skipped|ignored)\b"
    r"|\btables?\b[^;]{0,80}?\bnot\s++(?:synchroni[sz]ed|replicated|migrated)\s++any\s?more\b"
    r"|\btables?\b[^,;]{0,80}?\b(?:removed|excluded|dropped|deleted)\s++from\s++(?:the\s++)?(?:\w+\s++)?"
    r"(?:synchroni[sz]ation|replication|migration|task|job|scope)\b"
    rf"|\b(?:tables?|{_OBJECT})\b.{{0,160}}?\b(?:is|are|was|were|been)\s++left\s++out\b"
    r"|\bremoved\s++tables?\s++[^,;]{1,80}?\s++from\s++(?:the\s++)?(?:synchroni[sz]ation|replication|task|job)\b"
    r"|(?<!列)(?<!报)表[^，。；]{0,60}(?:，(?:已|被)?)?(?:移出|移除|剔除|排除|不再同步|停止同步|被跳过|已跳过|已略過)",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\bcompar|对比|比对|比较", re.IGNORECASE)
_MAY_TELL = re.compile(
    r"skip|ignor|discard|abandon|drop|reject|los[ts]|losing|missing|left out|fail|not |n't|cannot|unable|dirty|removed|excluded|deleted"
    r"|no longer|[跳略]|丢|丟|失|忽|拒|缺|[舍捨]|脏|髒|移[出除]|剔除|排除|不|停止|[未无無]",
    re.IGNORECASE,
)
"""Without one of these no line tells a loss: looked for first, as most lines tell none."""
_SEARCHED, _BEFORE = 2_000, 12

ROWS, TABLE = "rows were lost or left out", "a table was left out"
DDL, OBJECT = "a DDL was left out", "an object was left out"
STRUCTURES = frozenset((DDL, OBJECT))
"""Losses that a comparison of rows does not see."""


@text_cache(4096)
def loss_in(message: str) -> str:
    """What a line says did not reach the destination, in our own words; empty for nothing."""
    return next((words for words, _ in _losses(message[:_SEARCHED])), "")


@text_cache(4096)
def is_final(message: str) -> bool:
    """Whether a line says that the task went on without what was lost, not that an attempt failed."""
    return any(_FINAL.search(said) for _, said in _losses(message[:_SEARCHED]))


def _losses(text: str) -> Iterator[tuple[str, str]]:
    """Each loss that a text tells, and the words of the text that tell it."""
    if not _MAY_TELL.search(text) or _AFTER_ALL.search(text) or _BY_WISH.search(text):
        return
    there = _THERE.search(text) is not None
    if not there:
        yield from ((DDL, said) for said in _told(_DDL_LEFT, text))
    yield from ((ROWS, found[0]) for found in _LOST.finditer(text) if not _is_none(found))
    yield from (
        (ROWS, found[0]) for found in _LOST_ZH.finditer(text) if not any(found.groupdict().values())
    )
    for words in (_GONE_AFTER_ALL, _GONE_AFTER_ALL_ZH):
        found = words.search(text)
        if found and not _NEVER.search(text[max(found.start() - _BEFORE, 0) : found.end()]):
            yield ROWS, found[0]
    if _COMPARES.search(text):
        return
    if (left := _LEFT.search(text)) is not None:
        yield TABLE, left[0]
    if not there:
        yield from ((OBJECT, said) for said in _told(_OBJECT_LEFT, text))


def _told(words: re.Pattern[str], text: str) -> Iterator[str]:
    """Where such words are told, and neither planned, denied nor counted as zero."""
    for found in words.finditer(text):
        before = text[max(found.start() - _BEFORE, 0) : found.start()]
        said = next(filter(None, found.groupdict().values()), "")
        if not (_PLANNED.search(before) or _PLANNED.search(said)):
            yield found[0]


def _is_none(found: re.Match[str]) -> bool:
    """Whether what was found is denied, or counted as zero."""
    told = found["n"]
    return bool(found["denied"] or found["loss"]) or (
        told is not None and _ZERO.fullmatch(told) is not None
    )
