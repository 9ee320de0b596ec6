"""Which lines say that a value reached the destination as another one: cut, rounded, clamped, replaced.

Either the words of storing something else (`written as NULL`, `clamped to 127`), with what is a value
of a row; or what was wrong with the value (out of range, overflow, invalid) and what was made of it; or
the database's own warnings of a session that is not strict. A setting, a statistic and a text that was
cut for the log are no value of a row.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import is_fact, sentences

_VALUE = (
    r"(?<![\w.$`-])(?:values?|lobs?|[cb]lobs?|decimals?|emojis?|data(?!\s*+base)|strings?|dates?|times?|timestamps?|numbers?|characters|columns?|fields?"
    r"|numerics?|integers?|amounts?|enums?|NaNs?|infinity|bytes)\b(?![.`-]\w)"
)
_OTHER = (
    r"(?:(?:an?\s++|the\s++)?(?:NULLs?|question\s++marks?|placeholders?|blanks?|spaces?|default(?:\s++value)?s?|empty\s++strings?|0000-00-00"
    r"|(?:max|min)\w*+|limit\b|nearest|zeros?|boundary)\b|0000-00-00|1970-01-01|['\"“‘`]?[?？□\ufffd])"
)
_STORED = re.compile(
    rf"{_VALUE}(?:(?!\b(?:log|message|statement|query|sql|output|line|parameter|variable|setting|option)s?\b)[^;]){{0,80}}?\b"
    rf"(?:(?:stored|written|saved|inserted|loaded|replaced|converted|set|changed|mapped|coerced)\s++(?:as|with|by|to)\s++{_OTHER}|(?:became|become|turned\s++into)\s++{_OTHER}"
    r"|(?:cut|truncated|shortened|clipped|rounded)\s++to\s++(?:\d|fit\b)"
    r"|too\s++(?:long|large)\b[^;]{0,60}?[,:]\s*+(?:was\s++|were\s++)?(?:truncated|cut|shortened|clipped)\b"
    r"|(?:larger|longer)\s++than\b[^;]{0,30}?\b(?:truncated|cut|shortened|clipped)\b)"
    r"|__debezium_unavailable_value\b[^;]{0,60}?\b(?:written|stored|inserted|found|present)\b(?!\s++(?:in|to)\s++(?:0|no)\b)|\b(?:written|stored|inserted|found|emitted|rows\s++(?:hold|contain|have|carry|with)|in\s++[1-9]\d*+\s++(?:rows|records|documents))\b[^;]{0,60}?__debezium_unavailable_value\b(?!\s*+[:=])"
    r"|__debezium_unavailable_value\b(?!\s*+[:=])[^;]{0,60}?(?<![\w.,])[1-9]\d*+\s++(?:rows|records|documents)\b|__debezium_unavailable_value[^；。;]{0,30}?(?:写入|落库|[1-9]\d*+\s*+[行条])|(?:写入|落库)[^；。;]{0,16}?__debezium_unavailable_value"
    r"|\b(?:scale|precision)\b[^;]{0,80}?\b(?:reduced|lowered|decreased|narrowed)\b[^;]{0,60}?\brounded\b|\bprecision\b[^;]{0,20}?\blost\b|(?<!no )\bloss\s++of\s++precision\b|(?<!无)(?<!未)精度(?:已|被)?(?:丢失|损失)"
    r"|(?:值|日期|时间|字段|字符串?|内容|表情|文字)[^；。;]{0,40}?(?:(?:写|存|置|替换|转换?)[为成]\s*+(?:NULL|空值|默认值|问号|占位符|空格|乱码|['\"“‘]?[?？□\ufffd])|(?:已被?|被)截断)",
    re.IGNORECASE,
)
_SPECIAL = rf"(?:(?:(?:an?|the)\s++)?(?:[a-z]++\s++)?{_OTHER}|(?:an?|the)\s++(?:empty|default|zero|nearest|largest|smallest|lowest|highest)\s++\w++|-?\d[\d.:-]*+|['\"“‘`][^'\"”’`]{{0,40}}['\"”’`])"
_INSTEAD = re.compile(
    rf"(?<![\w.]){_SPECIAL}\s++(?:[a-z]++\s++)?(?:(?:is|was|were|are|has\s++been|have\s++been|being)\s++)?(?:stored|written|saved|inserted|loaded|put|used|kept)\s++(?:there\s++)?instead\b(?!\s++of)"
    rf"|\b(?:stored|storing|wrote|writing|saved|saving|inserted|inserting|loaded|put|using|used)\s++{_SPECIAL}\s++(?:[a-z]++\s++)?instead\b(?!\s++of)"
    rf"|(?<![\w.]){_SPECIAL}\s++(?:is|was|were|has\s++been)\s++substituted\b|\bsubstitut\w++\s++(?:with|by)\s++{_SPECIAL}"
    r"|\brounded\s++(?:(?:before|while|when)\s++(?:\w++\s++){0,3}?(?:writ|insert|stor|load|appl)|(?:up\s++|down\s++)?(?:and|then)\s++(?:written|inserted|stored|saved|loaded|applied))"
    r"|(?:截断|截短|截取[^，。；;]{0,12}|舍入|四舍五入|取整|裁剪|置空|置零|置为[^，。；;]{0,8})后(?:再|才)?(?:写入|入库|插入|存储|保存|落库)(?!日志|统计)"
    r"|[以用按]\s*+(?:['\"“‘`]?[?？□\ufffd]['\"”’`]?|NULL|空值|空格|空字符串?|问号|占位符|默认值|最[大小]值|0|零|['\"“‘`][^'\"”’`]{0,20}['\"”’`])\s*+(?:来)?(?:取代|替代|替换|代替)(?:后|并|再|，)?\s*+(?:已)?(?:写入|入库|插入|存储|保存|落库)",
    re.IGNORECASE,
)
"""What was stored in the place of a value that the destination does not take."""
_ITSELF_ZERO = re.compile(r"(?<![\w.,:-])(?:0|zero)(?![\w.:-])", re.IGNORECASE)
"""The value that was stored, which counts nothing."""
_OF_NONE = re.compile(
    r"(?<![\w.,:-])(?:0|no|zero)\s++(?:rows?|values?|records?|documents?|times)\b|(?<![\d.,])0\s*+[行条笔次]",
    re.IGNORECASE,
)
_WRONG = (
    r"(?:out[\s-]++of[\s-]++(?:the\s++)?range|not\s++a\s++valid|overflow\w*|underflow\w*|does\s++not\s++fit|(?:larger|longer|bigger|greater)\s++than|not\s++in\s++(?:the\s++)?list|too\s++(?:long|large|big|small|high)\b|exceed\w*+|invalid|illegal|incorrect"
    r"|unsigned|negative|unmappable|unrepresentable|before\s++1970|infinity\b|NaNs?\b|(?:NUL|null)\s++bytes|permissive|not\s++strict|non-?strict|wrapped)"
)
_MADE = (
    r"(?:(?:clamped|saturated|coerced|truncated|adjusted|capped|rounded|wrapped(?:\s++around)?|stripped|clipped|zeroed|nullified)\b"
    r"|(?:stored|written|saved|inserted|loaded|replaced|converted|set|changed|mapped|taken)\s++(?:as|with|by|to)\b|(?:was|were)\s++removed\s*+(?:\Z|[,.]|from\b)|(?:using|falling\s++back\s++to|fell\s++back\s++to)\s++(?:NULL|0\b|zero|(?:the\s++|a\s++)?default))"
)
_FITTED = re.compile(
    rf"\b{_WRONG}[^;]{{0,100}}?\b{_MADE}"
    rf"|\b(?:clamped|saturated|coerced|truncated(?!\s++incorrect)|adjusted|capped)\b[^;]{{0,60}}?\b{_WRONG}"
    rf"|\b(?:truncating|clamping|coercing|trimming|stripping|capping)\s++(?:the\s++)?{_VALUE}"
    r"|\bcolumns?\s++[\w.$`\"']{1,64}\s++(?:was\s++|were\s++)?truncated\b|\blost\s++(?:\w++\s++){0,2}?(?:digits|fractions?|decimals|bytes|scale)\b"
    rf"|{_VALUE}[^;]{{0,80}}?\b(?:clamped|saturated|coerced|zeroed|trimmed(?!\s++to\b)|folded|wrapped\s++around|(?:silently|implicitly)\s++\w++ed)\b"
    r"|\b(?:(?:micro|milli|fractional\s++)?seconds?|(?:trailing\s++)?(?:spaces|zeros|digits|bytes)|time\s?zones?(?:\s++\w++)?|fractions?|decimals)\s++(?:(?:was|were|are|is|been)\s++)?"
    r"(?:dropped|truncated|lost|cut(?:\s++off)?|stripped|removed)\s++(?:from|for|of|in)\b",
    re.IGNORECASE,
)
_FITTED_ZH = re.compile(
    r"(?:溢出|越界|超长|超限|过长|过大|超出|负值|非法(?:字符|日期|时间|值)|无效(?:字符|日期|时间|值)|(?:非|不)严格|无穷)"
    r"[^；。;]{0,36}?(?:截断|[置写改存转换归][为成]?\s*+(?:0(?!\d)|零|NULL|空|\d{4}-)|替换[为成]|四舍五入|钳位|[按以][^，。；]{0,6}最[大小]值|写(?:入|为|成)最[大小]值|按\s?[\w.-]{1,20}\s?(?:存储|写入|保存)|(?:删除|去除|剔除)后写入)"
    r"|(?:数值|金额|小数|毫秒|微秒|时区)[^；。;]{0,16}?(?:四舍五入|被截断|已截断|被?丢[弃失])|精度[^；。;]{0,40}?(?<!不)(?<!未)降[低为到至]|替换(?:了)?(?:非法|无效|未知)?[^；。;，]{1,16}?[为成]\s*+[?？□\ufffd]",
    re.IGNORECASE,
)
_SESSION_WARNING = re.compile(
    r"\b(?:data\s++truncated\s++for\s++column|out\s++of\s++range\s++value\s++for\s++column|incorrect\s++\w++(?:\s++\w++)?\s++value:)",
    re.IGNORECASE,
)
_WARNED = re.compile(r"\bwarnings?\b|\bnot\s++strict|\bnon-?strict|\bpermissive", re.IGNORECASE)
_FAILED = re.compile(
    r"\b(?:fail\w*|errors?|cause\s++by|caused\s++by|abort\w*|exception)\b|失败|错误", re.IGNORECASE
)
_OF_A_ROW = re.compile(
    r"(?<![\w./$])[a-z_][\w$]*+\.[a-z_]|\b(?:columns?|fields?|values?|(?<![\d,])\d[\d,]*+\s++rows?|rows|decimals?\w*+|numeric\w*+|(?:big|tiny|small|medium)?int(?:eger)?s?|varchar\w*+|chars?|doubles?|floats?"
    r"|timestamps?|dates?|geometr(?:y|ies)|years?|enums?|strings?|infinity|NaNs?|NUL|characters?|bytes|amounts?|unsigned|seconds|microseconds|milliseconds|emojis?|lobs?|numbers?\s++too)\b",
    re.IGNORECASE,
)
"""What shows that a value of a row is spoken of."""
_OF_NO_ROW = re.compile(
    r"\b(?:parameters?|time-?outs?|sizes?(?!\s++of\s++(?:the\s++)?value)|parallelism|threads?|pools?|memory|retr\w++|counts?|counters?|buffers?|intervals?|packets?"
    r"|(?:log|error)\s++(?:message|line|text|value)s?|message|query\s++result|limit\s++of|lag|delay|sessions?(?!\s++is\s++(?:not|non|perm))|variables?|stat(?:istic)?s?|histograms?|comparisons?|compared|plans?"
    r"|progress|percent\w*|rate\s++limit|speed|weights?|quota)\b|参数|线程|超时|批次?大小|日志|进度|统计|对比|比对|并发|缓存|内存",
    re.IGNORECASE,
)

_MAY_TELL = re.compile(
    r"__debezium|scale|stored|written|saved|inserted|loaded|replac|convert|set |chang|mapp|taken|cut|trunc|trim|fold|using|fall|became|become|turned|降|按|short|clip|instead|substitut|round|precision|clamp|satur|coerc|adjust|capp|wrap|strip|zero|nullif|remov|dropp|lost|incorrect|out of range|silent|implicit|精度|[写存置换成归入]|截|五入|钳|丢|剔|删|去",
    re.IGNORECASE,
)
"""Without one of these no line tells it: looked for first."""


def changed_value_in(text: str) -> str:
    """The words that say that a value was stored as another one; empty for none.

    Args:
        text: a message in simplified characters.
    """
    if not _MAY_TELL.search(text):
        return ""
    for sentence in sentences(text.replace("; ", ", ")):
        for words in (_STORED, _INSTEAD, _FITTED, _FITTED_ZH):
            if words in (_INSTEAD, _FITTED) and not _OF_A_ROW.search(sentence):
                continue
            for found in words.finditer(sentence):
                around = sentence[: found.end()]
                said = found[0]
                if words is _INSTEAD:
                    if _OF_NONE.search(sentence):
                        continue
                    said = _ITSELF_ZERO.sub("", said)
                if not _OF_NO_ROW.search(around) and is_fact(sentence, found, said):
                    return found[0]
        warned = _SESSION_WARNING.search(sentence)
        if (
            warned
            and _WARNED.search(sentence)
            and not _FAILED.search(sentence)
            and is_fact(sentence, warned)
        ):
            return warned[0]
    return ""
