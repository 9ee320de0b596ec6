"""Which lines say that data are copied anew: what was compared before then is no longer there.

A full copy that begins (`Full transfer started`), a copy that starts over, a task that was reset, or
tables that are reloaded. A denial, a plan or a failure, an incremental phase, and what is reloaded
of no data (metadata, caches, settings) are none.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import is_fact, sentences

_COPY = (
    r"(?:(?:full|initial|complete|whole|entire|bulk)[\s-]++(?:data\s++|table\s++|database\s++)?(?:synchroni[sz]ation|sync|cop(?:y|ying)|loads?|loading|transfer|migration"
    r"|phase|export|import|replication|snapshot|dump|re-?sync\w*+|reload)"
    r"|(?:table|incremental|ad[\s-]hoc)\s++snapshot|full-?load|back-?fill(?!\s++of\s++(?:the\s++)?(?:missing|lost|gap|events|changes)))"
)
_IS = r"(?:(?:was|were|is|are|has|have|had|been|be|being|got|now|just|again)\s++){0,4}"
_BEGUN = r"(?:(?:re-?)?(?:start(?:ed|s|ing)?|begun|began|begins|beginning|launched|triggered|requested|initiated|repeated|running|redone|executed|in\s++progress|under\s++way|running\s++again))\b"
_AGAIN = r"(?:(?:re-?)start(?:ed|s|ing)?\b|start(?:ed|s|ing)?\s++(?:over|again|anew|from\s++(?:the\s++)?(?:beginning|scratch|zero))|(?:taken|made|begun)\s++again|repeated|redone|rerun|re-run)"
_RE_DONE = (
    r"(?:re-?(?:synchroni[sz]ed|synced|copied|loaded|imported|initiali[sz]ed|snapshotted|migrated|populated|seeded|transferred)|reset"
    r"|(?:synchroni[sz]ed|copied|loaded|imported|migrated)\s++(?:again|anew|from\s++scratch|once\s++more))"
)
_RE_DOING = (
    rf"(?:{_RE_DONE}|re-?(?:load(?:ing)?|sync(?:ing)?|synchroni[sz](?:ing|ation)|cop(?:y|ying)|import(?:ing)?|initiali[sz](?:ing|ation)|snapshot(?:ting)?"
    r"|migrat(?:ing|ion)|seed(?:ing)?|transferring)|resetting)"
)
_NO_DATA = (
    r"(?:meta-?data|cache|schemas?(?!\s++(?!re-?\w|was|is|has|were|are)[\w\"'`])|structures?|definitions?|list|mappings?|map|stat\w*+|filters?|config\w*+|settings?|parameters?|timer|counters?|alarm"
    r"|password|connection\w*+|link|channels?|pipelines?|pools?|queues?|topics?|registry|history|dictionary|sources?(?=\s++re)|index(?:es)?|status|position|offset|name|log|thread|policy|monitor\w*+|credentials?|certificates?|rules?|retries|retry|delay|session)"
)
_FILE = r"(?:conf|cnf|ini|ya?ml|json|xml|properties|pem|crt|key|jar|so|log|sh|py|sql)"
_NAME = rf"[a-z_][\w$]*+\.(?!{_FILE}\b)[a-z_][\w$]*+(?![.\w])"
_THING = rf"(?:(?<![\w./@:$-]){_NAME}|tables?|tasks?|jobs?|databases?|schemas?(?=\s++(?!re-?\w|was|is|has|were|are)[\w\"'`])|subscription|collections?|objects?|data|migration|synchroni[sz]ation)\b(?!\s++(?:{_NAME}\s++)?+{_NO_DATA}\b)"
_ANEW = re.compile(
    rf"\b{_COPY}\b(?:\s++(?:of|for)\b(?:(?!\b{_NO_DATA}\b)[^,;]){{1,60}}?)?\s++(?:phase\s++)?{_IS}{_BEGUN}"
    rf"|\b(?:start(?:ed|s|ing)?|launch(?:ed|ing)|trigger(?:ed|ing)|began|beginning|requested)\s++(?:(?:a|the|another)\s++)?(?:new\s++)?{_COPY}\b"
    rf"|\b(?:start(?:ed|s|ing)?|began|beginning)\s++(?:(?:a|the|another)\s++)?(?:new\s++)?snapshot\s++of\s++(?:the\s++)?(?:table|collection)s?\b(?!\s++{_NO_DATA}\b)"
    rf"|\bsnapshot\s++of\s++(?:the\s++)?(?:table|collection)s?\b(?:(?!\b{_NO_DATA}\b)[^,;]){{1,60}}?\s{_IS}{_BEGUN}"
    rf"|\b(?:copy|copying|load|loading|import|export|dump|snapshot|full\s++\w++)\b(?:\s++of\b(?:(?!\b{_NO_DATA}\b)[^,;]){{1,60}}?)?\s++{_IS}{_AGAIN}"
    rf"|\b{_THING}(?:(?!\b{_NO_DATA}\b)(?:[^,;]|,(?=\s*+{_NAME}))){{0,60}}?\b{_IS}{_RE_DONE}\b(?!\s++(?:by\s++peer|the\s++connection))"
    rf"|\b(?:copying|loading|migrating|importing|synchroni[sz]ing|snapshotting|transferring)\s++(?:the\s++)?{_THING}[^,;]{{0,40}}?\b(?:again|anew|from\s++scratch)\b"
    rf"|\b(?:reset|{_RE_DOING})\s++(?:of\s++)?(?:the\s++|all\s++|\d++\s++)?(?:destination\s++|target\s++)?(?:{_THING}|(?<=of\s)[\w$]+\.[\w$]+)"
    rf"|\b(?:re-?)?start(?:ed|s|ing)?\s++(?:again\s++)?(?:with|by)\s++(?:(?:a|the)\s++)?(?:new\s++)?{_COPY}\b"
    rf"|\b(?:migration|transfer|synchroni[sz]ation)\b[^,;]{{0,60}}?\s{_IS}(?:re-?)?start(?:ed|s|ing)?\s++(?:again\s++|over\s++)?from\s++(?:the\s++)?(?:beginning|scratch|zero)\b"
    r"|\bfull\s++re-?sync\w*+\s++from\b"
    r"|\btables?\b[^,;]{0,60}?\b(?:emptied|truncated|cleared|dropped)\s++and\s++(?:then\s++)?(?:re-?(?!created\b[^,;]{0,20}\bddl\b)\w++|loaded|copied|imported)\b"
    rf"|\b(?:emptied|truncated|cleared|dropped|flushed)\s++(?:the\s++|all\s++)?(?:destination\s++|target\s++)?{_THING}[^,;]{{0,40}}?\bbefore\s++(?:it\s++is\s++|they\s++are\s++)?(?:re-?)?(?:load|cop[yi]|import|sync)\w*+",
    re.IGNORECASE,
)
_PLANNED = re.compile(r"\b(?:policy|scheduled|needed|required)\b", re.IGNORECASE)
_SKIPPED = re.compile(r"\b(?:skip\w*)\b|等待|跳过|不再", re.IGNORECASE)
_OF_A_PART = re.compile(
    rf"\b(?:rows?|records?|events?|batch(?:es)?|transactions?|documents?|keys?|lob|{_NO_DATA})\s*+(?:(?:of|for|in|from)\s++(?:the\s++|all\s++)?)?\Z",
    re.IGNORECASE,
)
"""Of what is not a whole table."""

_FULL_ZH = r"全量(?:数据|表)?(?:同步|迁移|复制|传输|导入|导出|加载|阶段|任务|初始化|拉取|快照)?"
_NO_DATA_ZH = r"(?:映射|结构|元数据|缓存|统计|索引|字段|配置|连接|权限|定义)"
_TABLE_ZH = r"(?:(?<!元)数据(?!库连接|库密码|字典|源|校验|对比|通道|链路|管道)|(?<!列)(?<!报)表(?!结构|元数据|缓存|映射|名|定义|统计)|任务(?!配置|参数|名|状态)|集合|库(?!连接|密码))"
_RE_ZH = r"(?:重新|再次|从头|从零)(?:开始|启动|执行|进行|发起)?(?:全量)?(?:同步|复制|加载|导入|迁移|初始化|拉取|装载|灌入|抽取)"
_ANEW_ZH = re.compile(
    rf"(?:重新|再次|从头|重跑|重做|重启)(?:开始|启动|执行|进行|发起|创建|触发|拉取|导出|抽取|传输)?了?{_FULL_ZH}"
    rf"|{_FULL_ZH}(?:(?!日志|清理|统计|完成|结束)[^，。；增]){{0,12}}?(?:重新|再次|从头)?(?:开始|启动|重跑|重做|重启|重来)(?!时间|位点|条件)"
    rf"|{_TABLE_ZH}(?:(?!{_NO_DATA_ZH})[^，。；行条笔]){{0,40}}?{_RE_ZH}"
    r"|全量(?:数据)?重新?(?:同步|传输?|复制|导入|加载|拉取?|迁移|抽取)"
    rf"|(?:触发|发起|开始|执行|启动)了?{_RE_ZH}"
    rf"|{_RE_ZH}了?(?:整张|该|全部|所有|目标)?{_TABLE_ZH}"
    r"|任务(?:已|被|已被)?(?:成功)?(?:重置|初始化)|(?:重置|重新初始化)了?(?:该|整个)?(?:同步|迁移|复制)?任务(?!参数|配置|密码|名)"
    r"|(?:表|库|数据)[^，。；]{0,30}?(?:清空|删除|截断|重建)(?:后|并|，)\s*+(?:已)?(?:再|重新)?(?:导入|加载|同步|复制|写入|迁移)"
    r"|(?:清空|删除|截断|重建)了?[^，。；]{0,12}?(?:表|库|数据)[^。；]{0,10}?(?:再|重新)(?:导入|导数|加载|同步|复制|写入|迁移)",
)
_SETTINGS = re.compile(
    r"\b(?:passwords?|parameters?|settings?|timers?|counters?|alarms?|users?|accounts?|privileges?|connections?|links?|sockets?)\b[^,;]*+\Z|(?:密码|参数|账号|权限)[^，；]*+\Z",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\bcompar|\bcheck\b|\bback-?up\b|\bverif|对比|比对|比较|校验|备份", re.IGNORECASE
)
_MAY_TELL = re.compile(
    r"\bfull|initial|complete|whole|entire|bulk|back-?fill|snapshot|\bre-?(?:s|c|l|i|m|p|t)|again|anew|over\b|repeat|redone|rerun|emptied|truncated|cleared|dropped|scratch"
    r"|重新|再次|从头|全量|重[置跑做启建]|清空|初始化|截断|删除",
    re.IGNORECASE,
)


def copied_anew_in(text: str) -> str:
    """The words that say that data are copied anew; empty for none.

    Args:
        text: a message in simplified characters.
    """
    if not _MAY_TELL.search(text) or _COMPARES.search(text):
        return ""
    for sentence in sentences(text):
        found = _ANEW.search(sentence)
        if found and _is_copied(sentence, found):
            return found[0]
        found = _ANEW_ZH.search(sentence)
        if found and not _SKIPPED.search(found[0]) and is_fact(sentence, found, tried=True):
            return found[0]
    return ""


def _is_copied(sentence: str, found: re.Match[str]) -> bool:
    """Whether whole tables are meant, and it is no plan."""
    before, told = sentence[: found.start()], sentence[: found.end()]
    unlike = (
        _PLANNED.search(sentence)
        or _SKIPPED.search(told)
        or _SETTINGS.search(told)
        or _OF_A_PART.search(before)
    )
    return not unlike and is_fact(sentence, found, tried=True)
