"""Which lines say that somebody else than DRS changed the destination.

An actor that is not DRS (another session, a user, an application, someone by hand), a verb of
changing, and rows, tables or the like of the destination, in any order. Changes at the source are
carried, settings are no data, and a denial, a plan or a count of zero is none.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import is_fact, sentences

_WHO = (
    r"(?:sessions?|users?|clients?|connections?|app(?:lication)?s?|programs?|jobs?|process(?:es)?|accounts?|teams?|tools?|scripts?"
    r"|services?|writers?|systems?|part(?:y|ies)|transactions?|tasks?|person|people|operators?|administrators?|dbas?)"
)
_OTHER = (
    r"(?:an)?other|external|foreign|different|third[\s-]party|unknown|unexpected|non-?drs|outside"
)
_SOME = r"(?:business|local|end|front-?end|back-?end|customer|manual|web|report\w*+|batch|etl|cron|nightly|clean-?up|maintenance|test)"
_ACTOR = (
    rf"(?:(?:(?:an?|the|some)\s++)?+(?:(?:{_OTHER})\s++(?:\w++\s++)?{_WHO}\b"
    rf"|(?:{_SOME}\s++)?(?:users?|client|app(?:lication)?s?|program|script|cron(?:\s++job)?|operator|administrator|admin|dba|developer"
    r"|human|person)\b(?<!drs\suser)(?!\s++drs)(?:\s++(?!at\b|in\b|on\b|and\b|of\b)['\"`]?[\w@%.-]{1,60}['\"`]?)?"
    rf"|(?:{_SOME}\s++){{1,2}}(?:jobs?|process(?:es)?|tools?|team|sessions?|connection|quer(?:y|ies)|procedures?)\b(?!\s++#?\d|\s++of\s++(?:this|the)\s++task))"
    r"|(?:someone|somebody|others)\b"
    r"|(?:task|job)\s[^;,:.]{0,60}?[(（]not\s(?:of\s)?this\s(?:task|job)[)）]:?)"
)
_OWN_NAME = r"(?!\w*(?:drs|repl|sync|migrat|load|appl(?:y|ier)|worker|thread|replay|task|job|batch|capture|reader|source|destination|target)\w*)"
_ACCOUNT = (
    rf"(?:(?:application|app|business)\s++(?:account|user|login|role|server)\s++['\"`]?{_OWN_NAME}[\w@%.$-]{{1,60}}['\"`]?"
    rf"|(?<!drs )(?<!task )(?<!task's )(?<!own )\b(?:account|login|role|user)\s++['\"`]?{_OWN_NAME}(?=\w*[_@'\"`\d.])[\w@%.$-]{{1,60}}['\"`]?)"
)
"""An account that is named, and by its name none of the task's."""
_LOGGED_IN = rf"(?<![\w$]){_OWN_NAME}[a-z][\w$]*+(?:@[\w.%-]{{1,60}})?\s++(?:has\s++|had\s++)?(?:connected|logged\s++(?:in|on))\s++to\s++the\s++(?:destination|target)\b[^;]{{0,20}}?\band\s++"
_BY = (
    rf"(?:\b(?:by|from)\s++{_ACTOR}|\boutside\s++(?:of\s++)?(?:the\s++)?(?:drs|task|synchroni[sz]ation|replication)\b|\bby\s++hand\b|\bmanual(?:ly)?\b|\bexternally\b|\bout[\s-]of[\s-]band\b"
    r"|\bfrom\s++(?:the\s++)?outside\b|\bbypassing\s++drs\b|\bnot\s++(?:by|from|through)\s++drs\b)"
)
_CHANGED = (
    r"(?:written|inserted|updated|deleted|removed|changed|modified|altered|truncated|dropped|renamed|created|edited|overwritten|emptied"
    r"|cleared|replaced|touched|added)"
)
_ACTS = (
    r"(?:wrote|writes|inserted|updated|deleted|removed|changed|modified|altered|truncated|dropped|renamed|created|edited|overwrote|emptied"
    r"|cleared|replaced|added|overwrites|(?:is|keeps)\s++(?:over)?writing|has\s++written)"
)
_THING = (
    r"(?:rows?|records?|documents?|entr(?:y|ies)|data|values?|keys?|tables?|views?|index(?:es)?|columns?|triggers?|procedures?|functions?"
    r"|constraints?|sequences?|schemas?|databases?|collections?|partitions?|objects?)"
)
_WRITES = r"(?:writ(?:es?|ing)|changes?|modifications?|updates?|inserts?|deletes?|deletions?|ddls?|dml|edits?|truncations?)"
_FOREIGN_WRITES = (
    rf"(?:(?:{_OTHER}|manual|direct|local)\s++(?:\w++\s++)?{_WRITES}\b|\b{_WRITES}\s++{_BY})"
)
_THERE = re.compile(
    r"\b(?:destination|target|standby|replica)\b|\bsink\b|目标|目的(?:库|端|表|数据库|实例)|备库|从库",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"\boutside\s++(?:of\s++)?(?:the\s++)?drs\b|\bnon-?drs\b|\bnot\s++(?:by|from|through)\s++drs\b|\bbypassing\s++drs\b|非\s*+drs",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\bsource\b|源[库端表数]|(?<!来)源实例", re.IGNORECASE)
_DONE = re.compile(
    rf"\b(?:{_THING}|destination|target|standby|replica)\b[^;]{{0,100}}?\b{_CHANGED}\b[^;]{{0,60}}?{_BY}"
    rf"|\b{_BY}[^;]{{0,40}}?\b{_CHANGED}\b[^;]{{0,40}}?\b{_THING}\b"
    rf"|\b{_ACTOR}\s++(?:has\s++|have\s++|had\s++|just\s++)?{_ACTS}\b[^;]{{0,60}}?\b{_THING}\b"
    rf"|\b{_ACTOR}\s++(?:ran|executed|issued|performed)\s++(?:an?\s++|the\s++)?(?:truncate|update|delete|insert|drop|alter|ddls?|dml)\b"
    r"|\b(?:business|app(?:lication)?s?|users?|clients?)\b[^;]{0,30}?\b(?:started|starts|is|are|keeps?|began)\s++writing\b"
    rf"|{_ACCOUNT}\s++(?:has\s++|have\s++|had\s++)?(?:just\s++|already\s++)?(?:{_ACTS}|{_CHANGED})\b[^;]{{0,60}}?\b{_THING}\b"
    rf"|{_LOGGED_IN}(?:{_ACTS}|{_CHANGED})\b[^;]{{0,60}}?\b{_THING}\b"
    rf"|\b{_FOREIGN_WRITES}"
    rf"|\b(?:app(?:lication)?|user|client|business)\s++{_WRITES}\s++(?:\w++\s++){{0,3}}?(?:detected|found|seen|observed|noticed)\b"
    rf"|\b{_BY}\s++{_CHANGED}\b",
    re.IGNORECASE,
)
_ACTOR_ZH = (
    r"(?:非\s*+(?:DRS|同步|迁移|复制|本任务)\s*+\w{0,6}|(?:其他|其它|别的|另一个?|另外的?|外部|第三方|业务|未知)(?:的)?"
    r"(?:会话|用户|账号|账户|连接|应用|程序|客户端|系统|进程|事务|任务|端|侧|方|(?=写入|更新|修改|删除|变更))|业务(?:误连|直连)|应用(?:程序|账号|用户|系统|侧|端)"
    r"|手工|手动|人工|人为|运维\w{0,2}|DBA|有人|(?<!任务)(?<!同步)(?<!迁移)用户(?!名|权限|\s?drs))"
)
_VERB_ZH = r"(?:写入|写操作|插入|更新|删除|修改|变更|清空|截断|改动|改写|订正|新增|重命名|更改|篡改|覆盖|改表|drop|truncate|alter|insert|update|delete)"
_DONE_ZH = re.compile(
    rf"{_ACTOR_ZH}[^，。；]{{0,20}}?{_VERB_ZH}(?!任务|参数|配置|密码|权限|规格|账号|名单|变慢|延迟|高峰|量|流量|压力|负载)"
    rf"|(?<!同步)(?<!任务)(?<!迁移)(?<!DRS)(?<!复制)(?:账号|账户|用户)\s?{_OWN_NAME}[a-z][\w@%.-]{{1,60}}[^，。；源]{{0,30}}?{_VERB_ZH}了?\s?(?:[1-9]|数据)"
    rf"|(?<![\w.]){_OWN_NAME}[a-z][\w@%.-]{{1,60}}\s?(?:已)?(?:连接|登录)了?目标[^，。；]{{0,6}}?(?:并|后)(?:已)?{_VERB_ZH}"
    r"|(?:被|遭)?误(?:删|改|写|插|更新|清空|截断|操作)",
    re.IGNORECASE,
)
_AT_SOURCE = re.compile(
    r"\b(?:at|in|on)\s++(?:the\s++)?source\b|\bsource\s++\Z|\bsource\s++(?:user|session|client|app\w*|job|table)\b"
    r"|源[库端](?:的|侧|上)?(?:业务)?\s?\Z|(?:在|对)源[库端]",
    re.IGNORECASE,
)
_TO_SOURCE = re.compile(
    r"\s*+(?:(?:at|in|on)\s++(?:the\s++)?source\b|[到入了]?源[库端])", re.IGNORECASE
)
"""Where a change was made that DRS carries: directly beside the words of it, or within them."""
_NO_DATA = re.compile(
    r"\b(?:passwords?|parameters?|settings?|config\w*|privileges?|permissions?|endpoints?|address|certificates?|specifications?|flavou?rs?"
    r"|quotas?|alarms?|stat(?:istic)?s?|analy[sz]ed?|security\s++groups?|comparisons?|compared|allow-?list|ip)\b|密码|参数|配置|权限|规格|告警|统计|分析|安全组|白名单|对比|比对|地址",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\bnot\s++(?:(?:by|from|through)\s++drs|(?:of\s++)?this\s++(?:task|job)\b)|\bnon-?\s?drs\b|非\s*+(?:DRS|同步|迁移|复制|本任务)",
    re.IGNORECASE,
)
"""Who is not DRS: that denies nothing."""
_FORBIDDEN = re.compile(r"\bread-only\b|\ballow\w*|只读", re.IGNORECASE)
_CONTENTION = re.compile(
    r"\block\s++wait|\bdead-?lock|\bcould\s++not\s++serialize|\bserializ\w+\s++(?:failure|error)|\bwrite\s?conflict|\bre-?tr(?:y|ies|ied|ying)\b|\bwait(?:s|ing)\b"
    r"|锁等待|死锁|重试|等待锁|写冲突",
    re.IGNORECASE,
)
_PARALLEL = re.compile(
    r"\b(?:transactions?|sessions?|threads?|process(?:es)?|connections?|workers?)\b|事务|会话|线程|进程|连接",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:business|app\w*|users?|clients?|operators?|dbas?|external|foreign|non-?drs|outside|by\s++hand|manual\w*)\b|业务|应用|用户|外部|非|手工|人工|手动",
    re.IGNORECASE,
)
"""What meets on a row and tries again: a thread of DRS's own, where nobody else is named."""
_REPAIRS = re.compile(
    r"\b(?:missing|skipped|rejected|lost|repair\w*|fix\w*|correct\w*|mend\w*|restor\w*|re-?\s?(?:writ\w+|insert\w*|load\w*|appl\w+|creat\w+)"
    r"|after\s++all)\b|补写|补录|修复|恢复|重新|缺失",
    re.IGNORECASE,
)
"""What was done by hand to make good what was lost."""
_TASK = re.compile(r"\b(?:task|job)s?\b|任务", re.IGNORECASE)
_MAY_TELL = re.compile(
    r"\bby\s|\bfrom\s|other|outside|manual|foreign|external|bypass|someone|somebody|unexpected|third|unknown|non-?drs|user|app|local|this (?:task|job)|batch|etl|cron|nightly|report|clean|mainten|test|custom|web|front|back|business|client|script|program|operator|admin|dba|developer|human|person"
    r"|非|其他|其它|别的|另|外部|第三方|业务|未知|应用|手工|手动|人工|人为|运维|DBA|有人|用户|账号|账户|误|account|login|role|connected|logged",
    re.IGNORECASE,
)


def other_writer_in(text: str) -> str:
    """The words that say that another than DRS changed the destination; empty for none.

    Args:
        text: a message in simplified characters.
    """
    if not _MAY_TELL.search(text):
        return ""
    contended = _CONTENTION.search(text) is not None
    for sentence in sentences(text):
        outside = _OUTSIDE.search(sentence) is not None and not _SOURCE.search(sentence)
        if not outside and not _THERE.search(sentence):
            continue
        found = _DONE.search(sentence) or _DONE_ZH.search(sentence)
        if found is None or _is_at_source(sentence, found):
            continue
        if contended and _PARALLEL.search(found[0]) and not _NAMED.search(found[0]):
            continue
        said = _OWN.sub(" ", found[0])
        if any(one.search(sentence) for one in (_NO_DATA, _REPAIRS, _FORBIDDEN)):
            continue
        if is_fact(sentence, found, said, tried=True):
            return found[0]
    return ""


def another_task_writes(text: str) -> bool:
    """Whether a line, in simplified characters, says that another task changed the destination."""
    return _TASK.search(other_writer_in(text)) is not None


def _is_at_source(sentence: str, found: re.Match[str]) -> bool:
    """Whether a change was made at the source: the destination only receives it."""
    if _THERE.search(found[0]):
        return False
    beside = (sentence[max(found.start() - 12, 0) : found.start()], found[0])
    behind = sentence[found.end() : found.end() + 16]
    return any(map(_AT_SOURCE.search, beside)) or _TO_SOURCE.match(behind) is not None
