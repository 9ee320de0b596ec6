"""Which lines say that the two sides are not alike: something did not come, or another changed it.

A loss is a verb of losing and what was lost (`3 rows were rejected`, `discarded 5 events`, `2 行数据
写入失败`), dirty data, a DDL that was skipped, or an object that left the task or never came; a count
of zero, a denial, what will or would be, what is left out by wish, and what was written after all
are none. Values, columns and data that are no longer the same count too, as do changes that were
passed over (`gaps`) and what another than DRS wrote (`other_writers`). A loss is final where the
line says that the task went on without it.
"""

import re
from collections.abc import Iterator

from drs_mcp.knowledge.nothing_lost import without_nothing_lost
from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.kinds.lost.gaps import gap_in
from drs_mcp.summaries.logs.kinds.lost.other_writers import other_writer_in
from drs_mcp.summaries.logs.kinds.recoveries import ROWS_MADE_GOOD
from drs_mcp.text_cache import text_cache

_KEY = r"(?<!primary )(?<!foreign )(?<!unique )(?<!duplicate )(?<!public )keys?(?!\s++(?:check|constraint|column|lookup|exchange|rotation|files?)\b)"
_WHAT = rf"(?<![\w.$`-])(?<!table )(?:{_KEY}|rows?|records?|events?|entr(?:y|ies)|data(?!\s*+base)|tuples?|documents?|batch(?:es)?|transactions?|statements?|(?<=\d\s)values?)\b(?![.`-]\w|\s++(?:log|size|time|count|id(?!\s*+[=:])|cache|scheduler)\b)"
_PAST = r"(?:rejected|skipped|ignored|discarded|dropped(?!\s++to\s++\d)|lost(?!\s++(?:the\s++)?(?:connect|contact|link))|missing|left\s++out|failed(?!\s*+-?over))"
_DONE = (
    r"(?:writ(?:e|ten)|appl(?:y|ied)|insert(?:ed)?|updated?|deleted?|load(?:ed)?|import(?:ed)?|cop(?:y|ied)"
    r"|replicated?|synchroni[sz]ed?|replay(?:ed)?|migrated?|stored?|sav(?:e|ed)|transfer(?:red)?|index(?:ed)?)"
)
_NOT_DONE = rf"(?:(?:cannot|(?:(?:could|can|did|was|were|has|have)\s*+(?:not|n't)))\s++(?:be(?:en)?\s++)?{_DONE}|not\s++{_DONE}(?<=[dn])(?!\s++(?:yet|until)\b))"
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
    rf"(?:{_NUMBER})?{_WHAT}(?:\s++#?(?=[^\s,;]{{0,40}}\d)[\w:.\"'-]++)?{_OF}\s++(?:{_IS}{_PAST}|{_NOT_DONE})\b(?!\s*+(?:[:=]|is\b|are\b)?\s*+{_NONE})"
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
_AFTER_ALL = re.compile(
    r"\bre-?tr(?:y|ied|ying)\b(?:\W+\w+){0,3}?\W+(?:succe\w*|written|applied)\b"
    r"|\balready\s++(?:been\s++)?(?:applied|replayed|processed|synchroni[sz]ed|executed)\b|重试成功|已[^，。；]{0,6}补(?:写|录|齐)|已(?:应用|回放|套用)过",
    re.IGNORECASE,
)
_THERE = re.compile(r"\balready\s++(?:exists?|there|present)\b|已(?:经)?存在", re.IGNORECASE)
"""An object that was there needs not come; a row that was there may be another."""
_BY_WISH = re.compile(
    r"\bfilter|\bnot\s++(?:selected|subscribed)\b|\b(?:not\s++in|out(?:side)?\s++of)\s++(?:the\s++)?(?:\w++\s++)?scope\b"
    r"|\bheart-?beats?\b|\b(?:as|by|per)\s++(?:configur\w++|policy|settings?|rules?)\b|\bwhite-?list|\bblack-?list"
    r"|\bempty\b(?!\s++transactions?\b[^;]{0,40}?\binject)|\bcache|\bno-?op\b|\bon\s++purpose\b|\bchoice\b|空(?:批次|事务|事件)|过滤|未选择|不在.{0,10}范围|心跳|白名单|黑名单|按.{0,6}(?:配置|策略|规则)",
    re.IGNORECASE,
)
"""What somebody wanted to be left out, and what holds no data."""
_FINAL = re.compile(
    r"\b(?:skipp|ignor|discard|abandon|dropp|reject|exclud)(?:ed|ing)\b|\b(?:lost|losing|data\s++loss|missing|left\s++out|dirty"
    r"|no\s++longer|removed)\b|\bnot\s++(?:\w++\s++)?(?:migrated|replicated|synchroni[sz]ed|applied|carried|executed|replayed|created)\b"
    r"|\bdead[\s_-]?letter|\bdlq\b|\b(?:continuing|moving|going|carrying|proceeding)\s++(?:on|without)\b"
    r"|跳过|略过|丢弃|丢失|遗失|忽略|拒绝|缺失|舍弃|脏数据|死信|移出|移除|剔除|排除|不再|停止同步|未迁移",
    re.IGNORECASE,
)
_ENDED = r"(?:skipped|ignored|discarded|dropped|rejected|lost)"
_GONE_AFTER_ALL = re.compile(
    rf"{_WHAT}[^;]{{1,80}}?\b(?:was|were|been|is|are|and)\s++{_ENDED}\b(?!\s*+[:=]?\s*+{_NONE})",
    re.IGNORECASE,
)
"""What was met, could not be read or written, and was dropped."""
_GONE_AFTER_ALL_ZH = re.compile(
    rf"{_WAS}[^；。;]{{0,40}}?[，,](?:[^，。；;,]{{0,16}}?后)?(?:已|被|已被|均已)?(?:跳过|略过|丢弃|忽略|舍弃|放弃)(?!\s*+[:：]?\s*+0)"
)
_NEVER = re.compile(
    r"\b(?:no|not|0|zero|will|would|shall|if|when|never|without|succe\w*)\b(?!\s++be\b)|无需|如果|若|将|成功|(?<![\d.])0\s*+[行条笔列]",
    re.IGNORECASE,
)
_OBJECT = (
    r"(?:triggers?|views?|procedures?|functions?|routines?|sequences?|index(?:es)?|(?:constraints?|foreign\s++keys?)(?!\s++checks?\b)|synonyms?"
    r"|packages?|users?|roles?)"
)
_DDL = (
    r"(?:(?<![a-z_.`-])ddls?(?![a-z_`-]|\s++(?:policy|thread|lock|log|list|type|option)\b)|"
    r"\b(?:alter|create|drop|rename|truncate)\s++(?:\w++\s++){0,3}?"
    rf"(?:tables?|columns?|database|schema|partition|event|{_OBJECT})\b)"
)
_NOT_CARRIED = r"not\s++(?:been\s++|be\s++)?(?:synchroni[sz]ed|replicated|replayed|executed|applied|carried|migrated|created)(?!\s++yet)"
_DDL_LEFT = re.compile(
    rf"(?P<of>{_DDL}(?:(?!(?<!not\s)\b(?:replayed|executed|applied)\b)[^;]){{0,60}}?(?:(?<=ddl\s)|(?<=ddls\s)|\b(?:was|were|been|and|is|are)\s++|[,:]\s*+|\s(?=not\s)))(?:{_ENDED}|{_NOT_CARRIED})\b(?!\s*+[:=]?\s*+{_NONE})"
    rf"|(?P<to>\b(?:{_ENDED}|skipping|ignoring|discarding)\b(?:(?!\bby\b)[^;]){{0,40}}?){_DDL}(?!\s*+[:=]\s*+{_NONE})"
    r"|(?P<zh>(?<![a-z_])ddls?(?![a-z_])[^；。;]{0,24}?)(?:跳过|略过|忽略|丢弃|舍弃|放弃)(?!\s*+[:：=]?\s*+0)"
    r"|(?P<zu>(?:跳过|略过|忽略|丢弃|舍弃|放弃)[^，。；;,]{0,20}?)(?<![a-z_])ddls?(?![a-z_])(?!\s*+[:：=]\s*+0)",
    re.IGNORECASE,
)
_OBJECT_LEFT = re.compile(
    rf"(?P<of>\b{_OBJECT}\s(?:[^,;]{{1,80}}?\b)?(?:was|were|is|are|has\s++been|have\s++been)\s++)(?:{_ENDED}|{_NOT_CARRIED})\b"
    r"|(?P<zh>(?:触发器|视图|检视表|存储过程|预存程序|函数|序列|索引|约束|外键)[^。；;]{0,60}?)"
    r"(?:未迁移|未同步|已?跳过|已?忽略|已?略过)",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|would|shall|should|can|may|if|when|no|never|without|0|zero)\b|\bnot\s++(?:be(?:en)?\s++)?\Z|\bsucce|\b(?:executed|applied|replayed)\s++(?:in|at|on|within)\b|(?<![执行进已])(?:将|如果|若|未|无|不)"
    r"|(?<![\d.])0\s*+[个条行笔列]",
    re.IGNORECASE,
)
_GOES = r"(?:continu|go|mov|carry|proceed)ing\s++(?:on\s++)?"
_LEFT = re.compile(
    r"\b(?:tables?|partitions?)\b[^,;]{0,80}?\b(?:was|were|has\s++been|have\s++been|is|are)\s++"
    r"(?:(?:no\s++longer|not)\s++(?:being\s++)?(?:synchroni[sz]ed|replicated|migrated|copied)(?!\s++yet)|skipped|ignored)\b"
    r"|\btables?\b[^;]{0,80}?\bnot\s++(?:synchroni[sz]ed|replicated|migrated)\s++any\s?more\b"
    r"|\btables?\b[^,;]{0,80}?\b(?:removed|excluded|dropped|deleted)\s++from\s++(?:the\s++)?(?:\w+\s++)?"
    r"(?:synchroni[sz]ation|replication|migration|task|job|scope)\b"
    rf"|\b(?:tables?|{_OBJECT})\b.{{0,160}}?\b(?:is|are|was|were|been)\s++left\s++out\b"
    rf"|\btables?\b[^;]{{1,100}}?\b(?:given\s++up\b|{_GOES}without\s++it\b)"
    r"|\b(?:giving|given|gave)\s++up\s++on\s++(?:\w++\s++){0,2}?tables?\b"
    r"|\bremoved\s++tables?\s++[^,;]{1,80}?\s++from\s++(?:the\s++)?(?:synchroni[sz]ation|replication|task|job)\b"
    r"|(?<!列)(?<!报)表[^，。；]{0,60}(?:，(?:已|被|已被)?(?:从[^，。；]{1,12}?中)?)?(?:移出|移除|剔除|排除|不再同步|停止同步|被跳过|已跳过|已略过)"
    r"|\bnew(?:ly\s++\w++)?\s++tables?\b[^;]{0,80}?\b(?:is|was|are|were)\s++not\s++(?:added|included|part\b|in\s++(?:the|this)\s++task|synchroni[sz]ed|replicated|migrated)"
    r"|\btables?\b[^;]{1,60}?\bcreated\s++(?:at|in|on)\s++the\s++source\b[^;]{0,40}?\bnot\s++(?:added|included|part\b|synchroni[sz]ed|replicated|migrated)"
    r"|新(?:建|增|创建)的?(?:(?:数据)?表|分区)[^。；]{0,60}?(?:未|没有|不)(?:被)?(?:加入|纳入|包含|添加|同步|迁移|订阅)",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"(?:不支持|不兼容|不认识|未知|未识别|未支持|无效|(?:无法|不能)(?:解析|识别|执行|支持|同步|处理|转换|回放|写入))的?"
    r"|\b(?:not\s++(?:be\s++)?(?:supported|parsed|understood|recogni[sz]ed)|cannot\s++be\s++parsed)\b"
)
"""What a thing is like, which denies nothing."""
_COUNT = r"(?<![\w.,])[1-9](?:,?\d)*+\s++(?:\w++\s++){0,2}?"
_ANY = rf"(?:{_WHAT}|{_COUNT}(?:messages?|changes?|operations?)\b)"
_DEAD = (
    r"(?:dead[\s_-]?letters?|(?<![\w.-])dlq)\b"
    rf"(?!(?:\s++[a-z][\w.-]*+){{0,3}}?\s*+[:=]?\s*+{_NONE})"
)
_FAILING = rf"(?:\b(?:could|can|was|were|did|has|have)\s++not\b|\bnot\s++{_DONE}\b|n't\b|\bcannot\b|\bunable\b|\bfail|\breject|\binvalid|\bbad\b|\bmalformed|\bgiv\w++\s++up)"
_PUT_ASIDE = re.compile(
    rf"{_ANY}[^;]{{0,80}}?\b(?:sent|routed|moved|written|put|forwarded|published|diverted|redirected|went|added|parked)\b"
    rf"[^,;]{{0,30}}?\b{_DEAD}(?![^,;]{{0,40}}?\b(?:if|when|whenever)\b)"
    rf"|\b(?:sent|sending|routed|routing|moved|moving|wrote|writing|forwarded|published|put)\s++(?:\w++\s++){{0,3}}?{_ANY}[^;]{{0,60}}?\b{_DEAD}"
    rf"|\b{_DEAD}[^,;]{{0,40}}?{_COUNT}{_ANY}"
    rf"|{_ANY}[^;]{{1,100}}?[,:]\s*+(?:so\s++|and\s++|thus\s++)?(?:it|they|this|these)\s++(?:{_IS}{_PAST}|{_IS}not\s++{_DONE}(?<=[dn])(?!\s++(?:yet|until)\b))\b"
    rf"|{_ANY}[^;]{{0,120}}?\b{_GOES}without\s++(?:it|them|this|these|those|{_WHAT})\b"
    rf"|{_ANY}[^;]{{0,80}}?{_FAILING}[^;]{{0,80}}?\b(?:moving\s++on\b|{_GOES}with\s++the\s++(?:next|rest)\b)"
    rf"|\b(?:giving|given|gave)\s++up\s++(?:on\s++)?(?:\w++\s++){{0,3}}?{_ANY}"
    rf"|{_WAS}[^；。;]{{0,40}}?(?:发送|写入|转入|转存|投递|进入|放入|移入|送入)[^，；。;]{{0,10}}?死信"
    r"|死信[^，；。;]{0,16}?(?<![\d.])[1-9]\d*+\s*+[条行个笔]",
    re.IGNORECASE,
)
"""What was put aside or gone on without, in the words of queues and of retries."""
_VALUE = r"(?<![\w.$`-])(?:values?|lobs?|[cb]lobs?|decimals?|emojis?|data(?!\s*+base)|strings?|dates?|times?|timestamps?|numbers?|characters|columns?|fields?)\b(?![.`-]\w)"
_CHANGED = re.compile(
    rf"{_VALUE}(?:(?!\b(?:log|message|statement|query|sql|output|line|parameter|variable|setting|option)s?\b)[^;]){{0,80}}?\b"
    r"(?:(?:stored|written|saved|inserted|loaded|replaced|converted|set|changed)\s++(?:as|with|by|to)\s++(?:(?:an?\s++|the\s++)?"
    r"(?:NULLs?|question\s++marks?|placeholders?|blanks?|spaces?|default(?:\s++value)?s?|empty\s++strings?|0000-00-00)\b|['\"“‘`]?[?？□\ufffd])"
    r"|(?:cut|truncated|shortened|clipped|rounded)\s++to\s++(?:\d|fit\b)"
    r"|too\s++(?:long|large)\b[^;]{0,60}?[,:]\s*+(?:was\s++|were\s++)?(?:truncated|cut|shortened|clipped)\b"
    r"|(?:larger|longer)\s++than\b[^;]{0,30}?\b(?:truncated|cut|shortened|clipped)\b)"
    r"|\bprecision\b[^;]{0,20}?\blost\b|(?<!no )\bloss\s++of\s++precision\b|(?<!无)(?<!未)精度(?:已|被)?(?:丢失|损失)"
    r"|(?:值|日期|时间|字段|字符串?|内容|表情|文字)[^；。;]{0,40}?(?:(?:写|存|置|替换|转换?)[为成]\s*+(?:NULL|空值|默认值|问号|占位符|空格|乱码|['\"“‘]?[?？□\ufffd])|(?:已被?|被)截断)",
    re.IGNORECASE,
)
"""What reached the destination as another value; a setting is no value of a row."""
_COLUMN_LEFT = re.compile(
    rf"(?P<of>\bcolumns?\s++(?!stat|comment|default|order|mapping|name|filter|privilege)[^,;:]{{1,80}}?\b(?:(?:was|were|is|are|has\s++been|have\s++been)\s++|(?=not\s)))"
    rf"(?:left\s++out|{_ENDED}|{_NOT_CARRIED})\b(?!\s*+[:=]?\s*+{_NONE})"
    r"|(?P<zh>(?:(?<![序队行阵])列(?!表|统计|注释)|字段(?!注释|统计))[^，。；;行条笔]{1,40}?(?:，|：)?)(?:未(?:被)?(?:同步|迁移)|(?:被|已|已被)(?:跳过|忽略|略过|排除|丢弃))",
    re.IGNORECASE,
)
_MAY_DIFFER = re.compile(
    r"\bdata\b(?:(?!\b(?:cause|lead|result)\b)[^;,]){0,60}?\b(?:(?:may|might|could)\s++(?:now\s++|have\s++)?(?:be(?:come|en)?\s++)?(?:inconsistent|diverged?|out\s++of\s++sync|differ\w*)"
    r"|(?:is|are|was|were|became)\s++(?:now\s++)?(?:inconsistent|out\s++of\s++sync))\b(?!\s++(?:until|before|while|during)\b)"
    r"|\binconsistent\s++data\b[^;]{0,20}?\b(?:detected|found)\b|\b(?:detected|found)\s++(?:\w++\s++){0,2}?(?:data\s++)?inconsisten(?:t|cy|cies)\b|\b(?:data\s++)?inconsisten(?:cy|cies)\s++(?:was|were|is|are|has\s++been)?\s*+(?:detected|found)\b"
    r"|(?<!导致)(?<!造成)(?<!引起)(?<!引发)(?<!产生)数据(?:可能|或|会|已经?|有可能)?(?:会)?(?:出现|存在|产生)?不一致",
    re.IGNORECASE,
)
"""What nobody vouches for, beside what a comparison finds."""
_NO_MATCH = re.compile(
    r"\brows?\b[^;]{0,30}?\bnot\s++found\b[^;]{0,40}?\b(?:for|on|by|to)\s++(?:the\s++|an?\s++)?(?:updat|delet)\w++"
    r"|\b(?:update|delete)s?\b[^;]{0,60}?\b(?:affected|matched|hit|found|changed)\s++(?:0|no|zero)\s++rows?\b"
    r"|\bconflicts?\b[^;]{0,60}?\b(?:kept|keeping|retain\w*+)\b[^;]{0,20}?\b(?:destination|target)\b|(?<![\w.,])[1-9]\d*+\s++conflicts?\s++(?:were\s++)?(?:ignored|skipped)\b"
    r"|(?:更新|删除)[^，。；]{0,20}?(?<![\d.])0\s?行[，,\s]*+(?:期望|预期|应)|未找到(?:要|待|需)?(?:更新|删除)的(?:行|记录)"
    r"|冲突[^。；]{0,10}?保留目标|冲突[^，。；]{0,6}?(?:忽略|跳过)\s*+[1-9]",
    re.IGNORECASE,
)
"""A change that did not find its row, or met another: the sides were not alike before."""
_GONE_THERE = re.compile(
    r"\b(?:destination|target)\s++table\b[^,;]{1,80}?\b(?:no\s++longer|does\s++not)\s++exists?\b"
    r"|\btable\b[^,;]{1,60}?\b(?:at|in|on)\s++the\s++(?:destination|target)\b[^,;]{0,20}?\b(?:was|were|has\s++been)\s++(?:dropped|deleted|emptied|truncated|renamed)\b"
    r"|\btable\b[^,;]{1,80}?\b(?:was|were|has\s++been)\s++(?:dropped|deleted|emptied|truncated|renamed)\s++(?:at|in|on)\s++the\s++(?:destination|target)\b"
    r"|表[^，。；]{1,40}?在目标(?:库|端|实例|数据库)[^，。；]{0,4}?被(?:删除|清空|截断|重命名)",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"\b(?:ddls?|replay\w*|executed|by\s++drs|before|cop(?:y|ying|ied)|load\w*|initiali\w+)\b|\bre-?creat|回放|重建|DRS|之前|复制|导入",
    re.IGNORECASE,
)
"""What DRS does to a table of the destination itself."""
_ADVICE = re.compile(
    r"\b(?:if|when|unless|otherwise|avoid\w*|prevent\w*|ensure|so\s++that)\b|如果|若|否则|避免|防止|确保|请|以免"
    r"|(?:\b(?:no|not|never|without|0|zero)\s++(?:\w++\s++){0,2}|(?:无|未|没有|不会)[^，。；]{0,4})\Z",
    re.IGNORECASE,
)
_KEPT = re.compile(r"(?:未|没有|不会|将|无需|不)(?:被|从)[^，。；]{0,14}\Z")
_COMPARES = re.compile(r"\bcompar|对比|比对|比较", re.IGNORECASE)
_MAY_TELL = re.compile(
    r"skip|ignor|discard|abandon|drop|reject|los[ts]|losing|missing|left out|fail|not |n't|cannot|unable|dirty|removed|excluded|deleted"
    r"|no longer|letter|dlq|up on|going on|moving on|continuing|\bcut\b|truncat|shorten|clip|null"
    r"|inconsisten|differ|diverg|out of sync|replaced|stored as|set to|written as|precision|rounded|found|affected|matched|hit |conflict|emptied|renamed|[跳略替丢]|[置转存写][为成]|失|忽|拒|缺|舍|放弃|死信|截|脏|精度|冲突|0 ?行|被|移[出除]|剔除|排除|不|停止|[未无]",
    re.IGNORECASE,
)
"""Without one of these no line tells a loss: looked for first, as most lines tell none."""
_SEARCHED, _BEFORE = 2_000, 12

ROWS, TABLE = "rows were lost or left out", "a table was left out"
VALUES = "values were changed to fit"
DDL, OBJECT = "a DDL was left out", "an object was left out"
GAP = "changes of the source were passed over"
COLUMN, DIFFER = "a column was left out", "data may differ"
OTHERS = "another than DRS changed the destination"
STRUCTURES = frozenset((DDL, OBJECT))
"""Losses that a comparison of rows does not see."""
_AT_ONCE = frozenset((GAP, OTHERS, DIFFER))
"""What cannot be an attempt that failed."""


@text_cache(4096)
def loss_in(message: str) -> str:
    """What a line says did not reach the destination, in our own words; empty for nothing."""
    return next((words for words, _ in _losses(message[:_SEARCHED])), "")


@text_cache(4096)
def is_final(message: str) -> bool:
    """Whether a line says that the task went on without what was lost, not that an attempt failed."""
    return any(
        words in _AT_ONCE or _FINAL.search(said) for words, said in _losses(message[:_SEARCHED])
    )


def _losses(text: str) -> Iterator[tuple[str, str]]:
    """Each loss that a text tells, and the words of the text that tell it."""
    text = without_nothing_lost(simplified(text))
    if _AFTER_ALL.search(text) or _BY_WISH.search(text):
        return
    if _MAY_TELL.search(text):
        yield from _left_behind(text)
    if gap := gap_in(text):
        yield GAP, gap
    if others := other_writer_in(text):
        yield OTHERS, others
    elif (gone := _GONE_THERE.search(text)) and not (_CARRIED.search(text) or _ADVICE.search(text)):
        yield DIFFER, gone[0]


def _left_behind(text: str) -> Iterator[tuple[str, str]]:
    """What a text says did not reach the destination as it was."""
    there = _THERE.search(text) is not None
    if not there:
        yield from ((DDL, said) for said in _told(_DDL_LEFT, text))
    came = [found.span() for found in ROWS_MADE_GOOD.finditer(text)]
    yield from (
        (ROWS, found[0])
        for found in _LOST.finditer(text)
        if not _is_none(found)
        and not any(one <= found.start() and found.end() <= other for one, other in came)
    )
    yield from (
        (ROWS, found[0]) for found in _LOST_ZH.finditer(text) if not any(found.groupdict().values())
    )
    for words in (_GONE_AFTER_ALL, _GONE_AFTER_ALL_ZH):
        found = words.search(text)
        if found and not _NEVER.search(text[max(found.start() - _BEFORE, 0) : found.end()]):
            yield ROWS, found[0]
    yield from ((ROWS, said) for said in _told(_PUT_ASIDE, text))
    yield from ((VALUES, said) for said in _told(_CHANGED, text))
    if _COMPARES.search(text):
        return
    yield from ((COLUMN, said) for said in _told(_COLUMN_LEFT, text))
    if (differ := _MAY_DIFFER.search(text)) and not _ADVICE.search(text[: differ.start()]):
        yield DIFFER, differ[0]
    if odd := _NO_MATCH.search(text):
        yield DIFFER, odd[0]
    if (left := _LEFT.search(text)) is not None and not _KEPT.search(left[0]):
        yield TABLE, left[0]
    if not there:
        yield from ((OBJECT, said) for said in _told(_OBJECT_LEFT, text))


def _told(words: re.Pattern[str], text: str) -> Iterator[str]:
    """Where such words are told, and neither planned, denied nor counted as zero."""
    for found in words.finditer(text):
        before = text[max(found.start() - _BEFORE, 0) : found.start()]
        said = next(filter(None, found.groupdict().values()), "")
        if not any(_PLANNED.search(_ADJECTIVE.sub("", words)) for words in (before, said)):
            yield found[0]


def _is_none(found: re.Match[str]) -> bool:
    """Whether what was found is denied, or counted as zero."""
    told = found["n"]
    return bool(found["denied"] or found["loss"]) or (
        told is not None and _ZERO.fullmatch(told) is not None
    )
