"""The words by which a line is doubtful: what was denied or became of data, what data are, what excuses it.

Each pattern is a class of words of English and Chinese, in simplified characters, not of lines.
"""

import re
from typing import Final

from drs_mcp.summaries.logs.kinds.lost.told import NOT_DONE


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


_IDLE: Final = (
    "affect(?:ed)?|impact(?:ed)?|need(?:ed)?|require(?:d)?|necessary|recommended|used|configured|expected|exceed(?:ed)?|acknowledged|answer(?:ed)?"
    "|touch(?:ed)?|interrupted|paused|stopped|suspended|involve[ds]?|supposed|advised|compared|checked|verified|monitored|encrypted|compressed|cached|optimi[sz]ed|analy[sz]ed"
    "|blocked|limited|throttled|selected|subscribed|chosen|included|expired?|purged|deleted|dropped|lost|lose|skip(?:ped)?|ignored?|discard(?:ed)?"
    "|changed?|modif(?:y|ied)|truncated?|damaged?|delayed|available|responsible|possible|reach(?:ed)?|installed|licensed|reachable|respond(?:ing)?"
    "|connect(?:ed)?|fire[ds]?|matter|produce[ds]?|repeat(?:ed)?|duplicate[ds]?|block|hold|wait|finish(?:ed)?|fail(?:ed)?|err|valid"
)
"""What is no loss where it is denied."""
_PARTICIPLE: Final = (
    r"(?:\w{2,}(?:ed|able|ible)|written|sent|read|kept|seen|taken|made|built|found|brought|done|held|put|known|given|set|there|match\w*|exist\w*"
    r"|in\s+sync|complete|consistent|identical|equal|the\s+same|carr(?:y|ied)|take\w*)"
)
DENIED: Final = _any(
    rf"(?:\b(?:not|never|no\s+longer|cannot|unable\s+to)\b|n['’]t\b)\s+(?:(?!\b(?:{_IDLE})\b)\w+\s+){{0,3}}?(?!(?:{_IDLE})\b){_PARTICIPLE}\b",
    rf"(?:\b(?:cannot|unable\s+to|(?:could|did|does|do)\s+not)\b|\b(?:ca|could|did|does|do)n['’]t\b)\s+(?!be\b|(?:{_IDLE})\b)[a-z]{{3,}}\b",
    rf"\bfail(?:s|ed)?\s+to\s+(?!(?:{_IDLE})\b)[a-z]{{3,}}\b|(?<![\w.,:-])[1-9][\d,]*+\s+(?:[\w()]+\s+){{1,3}}?fail(?:ed|ures?)\b",
    r"\bfound\s+nothing\b|\bnowhere\b|\bno\s+data\s+found\b|\bwith\s+no\s+data\b",
    r"\b(?:have|has|had|with|carr(?:y|ies|ied))\s+no\s+(?:redo|keys?|data|images?|before[\s-]?images?|values?|adaptor|mapping|counterpart|equivalent)\b",
    r"未(?![来知见发变超达受]|影响|出现|检测|配置|使用|丢|遗漏|跳过|中断|完成|提交|触发|失败|报错|出错|启用)(?:被|能|有|予)?[\u4e00-\u9fff]{1,8}",
    r"(?:没有(?!发现|影响|丢|出现|检测)|没能|无法|不能|[无没][此该])[\u4e00-\u9fff]{1,8}",
    r"不(?!影响|丢|足|同|变|需|建议|超|必|重复|支持的|一致|间断|断|会(?:产生|影响|丢|重复|中断|阻塞)|再重复|大|小|多|少|高|低)[\u4e00-\u9fff]{1,8}",
)
"""That something was not done, is not there, or cannot be: by any verb but the idle ones."""

CHANGED: Final = _any(
    r"\b(?:ignor|skipp|filter|discard|omit|exclud|clipp|trimm|shorten|reduc|round|shift|overwrit|replac|nullif|corrupt|damag|garbl|collid|suspend|deactivat"
    r"|mismatch|misalign|abandon|expiring|invalidat|placeholder|substitut|coerc|diverg|conflict)\w*",
    r"\b(?:truncated|truncation|left|turned|converted|cut|lost|dropped|purged|wrote|errored|missing|gone|absent|stale|incomplete|invalid|unsupported|unknown|outside"
    r"|nologging|unrecoverable|unavailable|differs?|different)\b",
    r"\black(?:s|ed|ing)?\b|\bclean(?:ed)?[\s-]?up\b|\bout\s+of\s+(?:order|sync|range)\b|\b(?:as|to|with|by)\s+null\b|\bwithout\s+(?:an?\s+)?(?:match\w*|bin\w*\s*log|redo|log|wal)\b|\bg(?:iven|ave)\s+up\b|\bstill\s+exists?\s+(?:at|in|on)\s+the\s+source\b",
    r"\b(?:skip|ineligible|went\s+on|goes\s+on|already\s+exists?|repositioned)\b|\b(?:capture|cdc|logging)\b[^.;]{0,40}\bdisabled\b",
    r"\b(?:only|just)\s+(?:the\s+)?(?:first|last|newest|oldest|part)\b|\b(?:passed|passing)\s+(?:by|over)\b|\b(?:thrown|threw)\s+away\b|\bdead[\s_-]?letter"
    r"|\bdrop(?:s|ping)?\s+(?:it|them|this|that|the\s+(?:event|row|record|change|message|entry|key|document)s?)\b",
    r"\b(?:updated|deleted|inserted|changed|modified|written)\s+(?:\w+\s+){0,2}?by\b|\b(?:destination|target)\s+(?:\w+\s+)?(?:deleted|evicted|expired|purged|removed)\b|\bother\s+than\s+(?:drs|the\s+(?:sync|task|replication|migration))",
    r"\b(?:manual(?:ly)?|by\s+hand|a\s+human)\b|\bbelow\s+(?:the\s+)?min",
    r"缺[少失]|丢[失弃]|遗漏|跳过|忽略|[略漏]过|截断|置空|[为以入]\s?(?:NULL|空值?)|替换为|[仅只]保留|乱码|清[理除空]|被删除|失效|移除|损坏|停用|小于源|人工|手工"
    r"|(?:创建|建立|迁移|转换|应用|回放|建表)失败|不一致|占位|查无|影响行数为?\s?0|被[^，。；;]{0,12}(?:删除|清理|替换|覆盖|截断|改写)",
)
"""What becomes of data and objects that do not come as they were; of a warning alone."""

_DATA: Final = (
    "rows?|records?|documents?|keys?|values?|events?|changes?|transactions?|messages?|deletes?|updates?|inserts?|tables?|columns?|ddls?|statements?"
    "|objects?|views?|triggers?|sequences?|conflicts?|fields?|commands?|operations?"
)
THINGS: Final = _any(
    rf"\b(?:{_DATA}|truncates?|dml|collections?|topics?|routines?|procedures?|functions?|index(?:es)?|constraints?|partitions?|schemas?|users?|accounts?"
    r"|privileges?|grants?|synonyms?|[cb]?lobs?|images?|json|gtids?|redo|oplog|bin(?:ary\s+)?logs?|archived?\s+logs?|offsets?|slots?|subscriptions?|streams?|groups?|entr(?:y|ies)|errors?|statements?|data|namespaces?)\b",
    r"行|条|数据(?!库)|变更|表|事件|记录|列|字段|日志|外键|位点|键|值|视图|触发器|序列|索引|分区|约束|文档|事务|消息|对象|过?程序?|函数|主题|集合|用户|账号|权限",
)
"""What a migration brings: data, objects, and the logs that changes are read from."""
COUNTED: Final = _any(
    rf"(?<![\w.,:-])[1-9][\d,]*+\s+(?:\w+\s+){{0,3}}?(?:{_DATA})(?:\(s\)|\b)",
    r"(?<![\d.,])[1-9][\d,]*+\s*[行条个笔列张]",
)

_OBJECT: Final = (
    r"(?:\b(?:views?|procedures?|functions?|triggers?|packages?|routines?|types?|index(?:es)?|constraints?|(?:foreign|primary|unique)\s+keys?|sequences?|synonyms?)\b"
    r"|视图|存储过程|过程|函数|触发器|程序包|索引|约束|[外主]键|唯一键|序列|同义词)"
)
NAMED_OBJECT: Final = re.compile(
    rf"(?:{_OBJECT}|\b(?:tables?|collections?|columns?)\b|表|集合|列)\W{{0,3}}(?:[A-Za-z][\w$]*[_$\d][\w$]*|['\"`“「][^'\"`”」]{{1,128}}['\"`”」])",
    re.IGNORECASE,
)
"""An object with its name."""
BROKEN: Final = _any(
    rf"{_OBJECT}[^;；。]{{0,80}}(?:\binvalid\b|\bcompil\w*\s+(?!without\b|(?:with\s+)?no\b)(?:\w+\s+)?(?:errors?|fail\w*)|\b(?:does|did|could|can)\s*(?:not|n['’]t)\s+compile|\bunusable\b|编译(?:失败|错误|不通过)|无效|失效)",
    r"\bmissing\s+(?:object|table|column|function|procedure|view|type)s?\b",
    rf"\b(?:invalid|unusable)\s+(?:\w+\s+){{0,2}}?{_OBJECT}",
)
"""An object that is there and cannot be used."""

WAITS: Final = _any(
    r"\b(?:re-?tr(?:y|ies|ied|ying)|again|yet|pending(?!\s+(?:entr|row|change|record|event|message|transaction)\w*)|waiting|waits?|(?<!letter )queued?|held\s+back|temporar\w*|in\s+progress|will\s+(?:attempt|try)|back-?off|slow\w*|took|long[\s-]running|lags?|behind)\b",
    r"\b(?:(?<!that )(?<!which )would|(?:could|may|might)(?!\s+not\b)|should|recommend\w*|advis\w*|suggest\w*|consider)\b",
    r"重试|等待|稍后|尚未|待(?!人工)|排队|缓慢|延迟|建议|可能|若|如果",
)
"""What is slow, waits or is tried again, and what is only advised or possible."""
AT_REST: Final = _any(
    r"\bcompar\w*|对比|比对|\bstat(?:istic)?s\b|统计信息|\banother\s+(?:consumer|task|job|subscriber)\b|\bnot\s+used\s+by\s+(?:this|the)\s+(?:task|job)\b|\bof\s+(?:task|job)\s+\S",
    r"\A\W*(?:the\s+)?(?:unknown\s+|unused\s+|deprecated\s+)?(?:config\w*|propert(?:y|ies)|options?|parameters?|settings?|variables?)\b|\A\W*(?:配置项?|参数|选项)",
    r"\bnot\s+(?:selected|subscribed|chosen|in\s+(?:the\s+)?scope)\b|\bout\s+of\s+scope\b|未选择|未订阅|不在.{0,10}范围",
    r"重复收到|去重|已(?:应用|回放)的|(?<!not )(?<!un)\b(?:equal|identical|harmless|the\s+same|unchanged)\b|\bas\s+(?:an?\s+)?duplicates?\b|\balready\s+(?:applied|emitted|processed)\b|\b(?:applied|emitted|processed|replayed)\s+already\b|\bno\s+effect\b|\bnothing\s+(?:was|is)\s+(?:lost|missed|missing)\b|(?<!不)(?<!未)一致(?!性)|等价|相同|(?:不|无)影响",
)
"""What others own, nobody wants, a comparison judges by itself, and what is said to be as it should."""
BY_WISH: Final = _any(
    r"\bfilter|\bheart-?beats?\b|\b(?:white|black|block|allow)-?\s?list|\b(?:as|by|per)\s+(?:configur\w+|policy|settings?|rules?)\b",
    r"过滤|心跳|[黑白]名单|按.{0,6}(?:配置|策略|规则)",
)
LINK: Final = _any(
    r"\b(?:connect\w*|links?|sockets?|sessions?|heart-?beats?|network|packets?|walsender|nodes?|threads?|workers?|process(?:es)?|buffers?|cache"
    r"|statistics|stats|plans?|alarms?|notifications?|licen[cs]e|certificates?|time\s?zones?)\b",
    r"连接|链路|心跳|网络|会话|节点|线程|进程|缓存|统计|告警|证书|通知",
)
"""What fails beside the data."""
NO_SUCH: Final = _any(
    r"\b(?:has|have|with)\s+no\s+primary\s+keys?\b|无主键|没有主键",
    r"未(?:发现|检测到|出现|见|找到(?=(?:任何)?(?:错误|异常|差异|问题)))[^，。；;]{0,24}|\bno\s+(?:\w+\s+){1,4}?(?:found|detected|seen)\b(?<!data found)",
    rf"(?:\A|[,;:(.]\s*|\b(?:and|that|where|so)\s+)(?:no|none\s+of\s+the)\s+(?:\w+\s+){{0,2}}?(?:{_DATA})\b[^;]{{0,60}}?\b(?:was|were|is|are|has|have)\s+(?:been\s+)?\w+",
)
"""How rows are told apart, and that nothing was found: neither is what became of them."""
CAME: Final = _any(
    r"\b(?:re-?)?(?:load|copi|appli|replay|deliver|captur|creat|built|rebuilt|populat|refresh|repair|correct|transfer|migrat|synchroni[sz]|execut|forward"
    r"|written|wrote|restor|add(?:ed)?|sent|acknowledg|set|validat|enabl|enforc)\w*",
    r"成功|完成|已(?:补|重新|创建|修复|恢复|同步|写入|执行|加载|复制)",
)
IDENTIFIER: Final = re.compile(r"(?<![\w.-])(?=[\w-]{0,60}[_\d])[A-Za-z][\w-]{2,60}(?![\w.-])")
"""A name without dots: `fk_orders`, `shop_orders-0`."""
DENIES: Final = _any(NOT_DONE, r"\b(?:will|to\s+be)\b|n't\b|不")
"""In a later line, which then does not tell that something came."""
_SOURCE_ROWS: Final = r"(?:\bsource\b|源[端库]?)[^\d;；。]{{0,16}}(?P<source{}>\d[\d,]{{0,20}})"
_TARGET_ROWS: Final = (
    r"(?:\b(?:destination|target)\b|目[标的][端库]?)[^\d;；。]{{0,16}}(?P<target{}>\d[\d,]{{0,20}})"
)
_ROWS: Final = r"\s*(?:rows?\b|行|条)"
BOTH_SIDES: Final = _any(
    rf"{_SOURCE_ROWS.format('')}(?:{_ROWS})?[^\d;；。]{{0,24}}?{_TARGET_ROWS.format('')}{_ROWS}",
    rf"{_TARGET_ROWS.format('_first')}(?:{_ROWS})?[^\d;；。]{{0,24}}?{_SOURCE_ROWS.format('_last')}{_ROWS}",
)
"""Two numbers of rows, one of each side."""
