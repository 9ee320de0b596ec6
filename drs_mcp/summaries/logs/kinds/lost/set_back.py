"""Which lines say that the task, its position or one side went back to an older state.

What went back, and to what: a backup, a snapshot, a point in time, an earlier position. A transaction
that is rolled back, a position that was saved or read again, a plan and a failure are none.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import happened_in

_PLACE = r"(?:positions?|offsets?|checkpoints?|(?:replication\s++)?slots?|scns?|lsns?|gtids?|cursors?|readers?|subscriptions?|subscribers?|replicas?|capture|(?:resume|apply|read|start)\s++(?:position|point|token))"
_SIDE = (
    r"(?:tasks?|jobs?|subscribers?|replicas?|drs\s++nodes?|nodes?|replication|source(?:\s++(?:instance|database|cluster))?|destination(?:\s++(?:instance|database|cluster))?"
    r"|target(?:\s++(?:instance|database|cluster))?|instances?|databases?|clusters?|metadata)"
)
_OLD = (
    r"(?:back-?ups?|snapshots?|images?|point\s++in\s++time|earlier|older|old|previous(?:\s++(?:day|state|version|position))|yesterday|(?:the\s++)?beginning|hours?\s++ago|days?\s++ago"
    r"|version\s++of|checkpoint\s++of|\d++\s?(?:h|min|hours?|minutes?|days?)\s++(?:back|earlier)|savepoint\s++of\s++the\s++(?:task|node))\b"
)
_BACK = r"(?:rolled\s++back|rewound|rewinded|set\s++back|moved\s++back|put\s++back|flashed\s++back|wound\s++back|reverted|fell\s++back|went\s++back(?:wards?)?)"
_MADE = r"(?:restored|recovered|rebuilt|re-?created|reset|re-?initiali[sz]ed|re-?built|replaced|re-?provisioned|cloned|resumed|restarted|starts?(?:\s++again)?|began)"
_CHANGE = r"(?:(?<![\w.,])[1-9][\d,]*+\s++)?(?:(?<!\w)\w++\s++)?(?:transactions?|changes|commits?|writes|rows|documents|gtids?|entries)\b"
_WENT_BACK = re.compile(
    rf"\b{_PLACE}\b(?:(?!\b(?:transaction|batch|connection)\b)[^;]){{0,40}}?\b{_BACK}\b"
    rf"|\b{_SIDE}\b(?:(?!\b(?:transactions?|batch|statement|connection)\b)[^;]){{0,40}}?\b{_BACK}\s++(?:to|by|from|\d)"
    rf"|\b(?:{_PLACE}|{_SIDE})\b(?:(?!\b(?:transactions?|batch|connection|test|copy|another)\b)[^;]){{0,60}}?\b{_MADE}\b[^;]{{0,12}}?\b(?:to|from|at|with|in|by)\s(?:(?!\b(?:test|copy)\b)[^;]){{0,40}}?\b{_OLD}"
    rf"|\b(?:destination|target|source)\b[^;]{{0,30}}?\brestored\s++from\b"
    r"|\b(?:opened|open)\s++(?:with|by)\s++resetlogs\b|\btimelines?\b[^;]{0,30}?\bforked\b|RESETLOGS[^；。;]{0,6}?打开"
    r"|\b(?:destination|target)\s++(?:instance|database|cluster)\b[^;]{0,30}?\b(?:re-?created|rebuilt|wiped)\b"
    r"|\bforce_failover_allow_data_loss\b|\b(?:forced\s++(?:failover|takeover|switch-?over|promotion)|(?:failover|takeover)\s++by\s++force)\b"
    r"[^;]{0,160}?\b(?:data\s++loss|lost|missing|not\s++at|lacks?|behind)\b"
    rf"|\bnew\s++(?:primary|leader|master)\b[^;]{{0,60}}?\b(?:lacks?|misses|lost|does\s++not\s++have|is\s++missing)\s++(?!0\b|no\b){_CHANGE}"
    rf"|{_CHANGE}[^;]{{0,100}}?\b(?:are|is|were)\s++not\s++(?:at|in|on)\s++(?:the\s++)?(?:source's\s++)?new\s++(?:primary|leader|master)\b|{_CHANGE}[^;]{{0,100}}?\bbut\s++not\s++(?:at|in|on)\s++(?:the\s++)?(?:source's\s++)?new\s++(?:primary|leader|master)\b"
    rf"|\berrant\s++{_CHANGE}|{_CHANGE}[^;]{{0,60}}?\bdo\s++not\s++exist\s++at\s++the\s++(?:source's\s++)?new\s++(?:primary|leader|master)\b"
    rf"|\bpromoted\b[^;]{{0,40}}?\bbehind\b[^;]{{0,60}}?{_CHANGE}[^;]{{0,30}}?\blost\b"
    r"|\b(?:PITR|point[\s-]in[\s-]time\s++(?:recovery|restore))\b[^;]{0,40}?\b(?:completed|done|finished|succeeded)\b",
    re.IGNORECASE,
)
_SUBJECT_ZH = r"(?:位点|检查点|断点|偏移量?|复制槽|任务|实例|源[库端]|源数据库|目标(?:库|端|实例|数据库)|节点|游标|订阅|SCN|LSN|GTID)"
_OLD_ZH = r"(?:备份|快照|时间点|镜像|较早|更早|早期|旧|之前|昨[天日]|历史|以前|\d{1,2}[:：]\d\d)"
_WENT_BACK_ZH = re.compile(
    rf"{_SUBJECT_ZH}(?:(?!事务|批次|连接)[^；。;]){{0,30}}?(?:回退|回滚|回拨|倒退|后退|退回|闪回|倒回)(?!失败|到源)"
    rf"|{_SUBJECT_ZH}(?:(?!事务|批次|连接)[^；。;]){{0,16}}?(?:恢复|还原|重建|重置|回到)(?:[到至为]|成)[^，。；;]{{0,16}}?{_OLD_ZH}"
    rf"|{_SUBJECT_ZH}[^；。;]{{0,12}}?(?:从|由|按|用|自)[^，。；;]{{0,10}}?{_OLD_ZH}[^，。；;]{{0,6}}?(?:恢复|还原|重建)(?!失败)"
    r"|新主(?:库|节点|实例)?[^，。；;]{0,8}?(?:缺少|缺失|丢失|没有)[^，。；;]{0,6}?(?!0)\d++\s*+[个条笔]"
    r"|源[库端]?(?:强制)?(?:主备)?(?:切换|故障转移|接管)[^。；;]{0,10}?(?:丢失|缺失|缺少|遗失)[^，。；;]{0,6}?(?!0)\d++\s*+[个条笔]"
    r"|目标(?:实例|数据库|库)[^，。；表]{0,6}?重建",
    re.IGNORECASE,
)
_LOSS = re.compile(
    r"\b(?:do|does|are|is|were|but)\s++not\b|没有(?=[^，。；;]{0,6}?[1-9])", re.IGNORECASE
)
"""What of the words of a loss is a denial."""
_ELSEWHERE = re.compile(
    r"\b(?:test|temporary|another|cloned?)\s++(?:instance|database|copy|cluster)\b|测试(?:库|实例)",
    re.IGNORECASE,
)
_FAILED = re.compile(r"\b(?:fail(?!-?over)\w*|cancel\w*|abort\w*)\b|失败|取消|中止", re.IGNORECASE)

_MAY_TELL = re.compile(
    r"back|rewou|restor|recover|rebuilt|creat|reset|reinit|re-init|revert|replac|provision|clon|resum|restart|wiped|resetlogs|fork|start|began|pitr|point|force|primary|leader|master|errant|promot|切换|故障转移|接管|新主|退|滚|拨|闪回|倒回|恢复|还原|重建|重置|回到",
    re.IGNORECASE,
)
"""Without one of these no line tells it: looked for first."""


def set_back_in(text: str) -> str:
    """The words that say that something went back to an older state; empty for none.

    Args:
        text: a message in simplified characters.
    """
    if not _MAY_TELL.search(text):
        return ""
    return happened_in(text, _WENT_BACK, _WENT_BACK_ZH, unless=(_ELSEWHERE, _FAILED), own=_LOSS)
