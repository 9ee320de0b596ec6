"""Which lines of a log speak against a cut-over though no rule reads what they tell.

Nobody has a list of all that a migration can lose. A warning that says of data or objects that
something was not done with them, or that they were changed, left out or ignored, is one that a
person has to read before the cut-over: `TRUNCATE … received but not forwarded`, `48211 rows have no
redo`, `变更未被捕获`. Of lines below a warning only a plain denial about something by name, or about a
number of things, counts. What waits or is tried again, what is slow, links, and what is only advised
tell no loss.
"""

import re
from typing import Final

from drs_mcp.knowledge.nothing_lost import without_nothing_lost
from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.facts import LogFacts, LogKind, is_before
from drs_mcp.summaries.logs.kinds.harmless import told_of_task
from drs_mcp.summaries.logs.kinds.lost.came_back import are_same, names_in
from drs_mcp.summaries.logs.kinds.lost.told import in_terms, sentences, without_questions
from drs_mcp.summaries.logs.kinds.recoveries import ROWS_MADE_GOOD
from drs_mcp.summaries.logs.levels import DEBUG, ERROR, INFO, UNREAD

DOUBT: Final = "a line tells of something that did not come as it was"

_SEARCHED = 2_000
_PARTICIPLE = (
    r"(?:\w{2,}(?:ed|able|ible)|written|sent|read|kept|seen|taken|made|built|found|brought|done|held|put|known|given|set|there"
    r"|in\s+sync|complete|consistent|identical|equal|the\s+same|carry|carried|take\w*)"
)
_IDLE = (
    r"(?:affected|impacted|needed|required|necessary|recommended|used|configured|expected|exceeded|acknowledged|answered|touched|interrupted"
    r"|involved|supposed|advised|compared|checked|verified|monitored|encrypted|compressed|cached|optimi[sz]ed|analy[sz]ed|blocked|limited|throttled"
    r"|selected|subscribed|chosen|included|expired|purged|deleted|dropped|lost|skipped|ignored|discarded|changed|modified|truncated|damaged|delayed|available|responsible|possible|reached|installed|licensed|reachable)"
)
"""What is no loss where it is denied."""
_DENIED = re.compile(
    rf"(?:\b(?:not|never|no\s+longer|cannot|unable\s+to)\b|n['’]t\b)\s+(?:(?!\b{_IDLE}\b)\w+\s+){{0,3}}?(?!{_IDLE}\b){_PARTICIPLE}\b"
    r"|\bfound\s+nothing\b|\bnowhere\b|\bwith\s+no\s+data\b|\b(?:have|has|had|with|carr(?:y|ies|ied))\s+no\s+(?:redo|keys?|data|images?|before[\s-]?images?|values?)\b|\bunable\s+to\s+\w+",
    re.IGNORECASE,
)
_DENIED_ZH = re.compile(
    r"(?:未(?![来知见发变超达受]|影响|出现|检测|配置|使用|丢|遗漏|跳过|中断|完成|提交)|没有(?!发现|影响|丢|出现|检测)|没能|无法|不能|不(?!影响|丢|足|同|变|需|建议|超|必|重复|支持的|一致|间断|断))"
    r"(?:被|能|有)?[\u4e00-\u9fff]{1,8}"
)
_CHANGED = re.compile(
    r"\b(?:ignor|skipp|filter|discard|omit|exclud|clipp|trimm|shorten|reduc|round|shift|overwrit|replac|nullif|corrupt|damag|garbl|collid)\w*"
    r"|\b(?:truncated|truncation|left|turned|converted|cut|lost|dropped|purged|wrote|missing|gone|absent|stale|incomplete|invalid|unsupported|unknown|outside|nologging|unrecoverable)\b"
    r"|\black(?:s|ed|ing)?\b|\bclean(?:ed)?\s+up\b|\bout\s+of\s+(?:order|sync|range)\b|\b(?:as|to|with|by)\s+null\b|\bwithout\s+(?:an?\s+)?match\w*"
    r"|\b(?:only|just)\s+(?:the\s+)?(?:first|last|newest|oldest|part)\b"
    r"|\b(?:updated|deleted|inserted|changed|modified|written)\s+(?:\w+\s+){0,2}?by\b"
    r"|缺[少失]|丢[失弃]|遗漏|跳过|忽略|[略漏]过|截断|置空|[为以入]\s?(?:NULL|null|空值?)|替换为|仅保留|只保留|乱码|清[理除空]|被删除|失效|移除|损坏|停用|小于源",
    re.IGNORECASE,
)
"""What becomes of data that do not come as they were; of a warning alone."""
_THINGS = re.compile(
    r"\b(?:rows?|records?|documents?|keys?|values?|events?|changes?|updates?|deletes?|inserts?|truncates?|dml|transactions?|messages?"
    r"|columns?|tables?|collections?|topics?|views?|triggers?|routines?|procedures?|functions?|sequences?|index(?:es)?|constraints?"
    r"|partitions?|schemas?|users?|privileges?|grants?|synonyms?|[cb]?lobs?|large\s+objects?|images?|documents?|json|gtids?|redo|oplog|bin(?:ary\s+)?logs?|archived?\s+logs?|data)\b"
    r"|行|条|数据(?!库)|变更|表|事件|记录|列|字段|日志|外键|位点|键|值|视图|触发器|序列|索引|分区|约束|文档|事务|消息|对象|存储过程|函数|主题|集合|用户|权限",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?<![\w.,:-])[1-9][\d,]*\s+(?:\w+\s+){0,3}?(?:rows?|records?|documents?|keys?|values?|events?|changes?|transactions?|messages?|deletes?|updates?"
    r"|inserts?|tables?|columns?|ddls?|statements?|objects?|views?|triggers?|sequences?)\b|(?<![\d.])[1-9][\d,]*\s*[行条个笔列张]",
    re.IGNORECASE,
)
_WAITS = re.compile(
    r"\b(?:re-?tr(?:y|ies|ied|ying)|again|yet|pending|waiting|waits?|queued?|held\s+back|temporar\w*|in\s+progress|slow\w*|took|long[\s-]running|lags?|behind)\b"
    r"|\b(?:would|(?:could|may|might)(?!\s+not\b)|should|please|recommend\w*|advis\w*|suggest\w*|consider)\b|重试|等待|稍后|尚未|待|排队|缓慢|延迟|建议|请|可能|若|如果",
    re.IGNORECASE,
)
_CHOSEN = re.compile(
    r"\bnot\s+(?:selected|subscribed|chosen|in\s+(?:the\s+)?scope)\b|\bout\s+of\s+scope\b|未选择|未订阅|不在.{0,10}范围",
    re.IGNORECASE,
)
"""What is left out because nobody wants it."""
_OF_A_LINK = re.compile(
    r"\b(?:connect\w*|links?|sockets?|sessions?|heart-?beats?|network|packets?|walsender|nodes?|threads?|workers?|process(?:es)?|memory|disk|cpu|buffers?|cache"
    r"|statistics|stats|plans?|alarms?|notifications?|licen[cs]e|certificates?|time\s?zones?)\b|连接|链路|心跳|网络|会话|节点|线程|进程|内存|磁盘|缓存|统计|告警|证书|通知",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?<![\w$])[\w$]++(?:\.[\w$]++)++")
"""A name, whatever word it holds."""
_NO_SUCH = re.compile(
    r"\b(?:has|have|with)\s+no\s+primary\s+keys?\b|无主键|没有主键"
    r"|未(?:发现|检测到|出现|见)[^，。；;]{0,24}|\bno\s+(?:\w+\s+){1,4}?(?:found|detected|seen)\b",
    re.IGNORECASE,
)
"""How rows are told apart, and that nothing was found: neither is what became of them."""
_CAME = re.compile(
    r"\b(?:re-?)?(?:load|copi|appli|replay|deliver|captur|creat|built|rebuilt|populat|refresh|repair|correct|transfer|migrat|synchroni[sz]|execut|forward|written|wrote|restor)\w*"
    r"|成功|完成|已(?:补|重新|创建|修复|恢复|同步|写入|执行|加载|复制)",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|never|cannot|fail\w*|no|will|to\s+be)\b|n't\b|失败|未|无法|不", re.IGNORECASE
)


def is_doubtful(kind: LogKind, log: LogFacts) -> bool:
    """Whether a person has to read lines of a kind before a cut-over: nothing tells that they are over."""
    if kind.level in (ERROR, UNREAD, DEBUG) or kind.is_recovery or kind.harmless:
        return False
    return bool(doubt_in(kind.message, warns=kind.level != INFO)) and not _came_since(kind, log)


def doubt_in(message: str, *, warns: bool) -> str:
    """The sentence of a line that says what was not done, or changed; empty for none.

    *warns*: whether it is a warning, of which less is asked.
    """
    text = without_nothing_lost(told_of_task(simplified(message[:_SEARCHED])))
    text = _NO_SUCH.sub(" ", text)
    for sentence in sentences(without_questions(text)):
        if in_terms(sentence) or _WAITS.search(sentence) or _CHOSEN.search(sentence):
            continue
        denied = _DENIED.search(sentence) or _DENIED_ZH.search(sentence)
        counted = _COUNTED.search(sentence) is not None
        if warns:
            thing = counted or _THINGS.search(sentence) or names_in(sentence)
            link = _OF_A_LINK.search(_DOTTED.sub(" ", sentence)) and not counted
            if thing and not link and (denied or _CHANGED.search(sentence)):
                return sentence
        elif (
            denied
            and (counted or names_in(sentence))
            and not _OF_A_LINK.search(_DOTTED.sub(" ", sentence))
        ):
            return sentence
    return ""


def _came_since(kind: LogKind, log: LogFacts) -> bool:
    """Whether a later line that names the same says that it came, or how many rows were made good."""
    names = names_in(kind.message)
    return any(
        is_before(kind.last, one.last)
        and not _DENIES.search(one.message)
        and (_CAME.search(one.message) or ROWS_MADE_GOOD.search(one.message))
        and are_same(names, names_in(one.message))
        for one in (*log.infos, *log.warnings)
    )
