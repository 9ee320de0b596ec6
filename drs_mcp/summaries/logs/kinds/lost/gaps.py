"""Which lines say that changes of the source were passed over: a gap in the stream of its changes.

Either what holds the changes is gone (logs deleted, a position that is no longer there, an expired
token) and the line says that reading went on somewhere else, or changes are said to be missing or
never read, or reading jumped to the newest. A denial, a plan, and old logs that were read are none.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import happened_in, in_terms, is_fact

_HOLDER = (
    r"(?:(?:arch\w++|redo|bin(?:ary)?|wal|transaction|change|cdc|op|replication|relay)[\s-]?logs?|binlogs?|oplogs?|wal"
    r"|logs?(?:\s++files?)?|logfiles?|log\s++segments?|scns?|lsns?|gtids?|positions?|offsets?|checkpoint|(?:resume\s++)?tokens?"
    r"|slots?|capture\s++instances?|fetch\s?positions?(?:\{[^}]{0,80}\})?|change[\s-]?streams?|change\s++(?:data|rows|records|tables?|history)|backlog|events?|mysql-bin\.\d++)"
)
_IS = r"(?:(?:was|were|is|are|has|have|had|been|be|got|already|since)\s++){0,4}"
_GONE = (
    r"(?:(?:deleted|purged|removed|recycled|evicted|overwritten|expired|cleaned(?:\s++up)?|aged\s++out|rotated\s++(?:away|out)|recreated|re-created"
    r"|invalidated|invalid|truncated|lost|missing|gone|not\s++found|too\s++old|below\s++(?:the\s++)?(?:min(?:imum)?|lowest|oldest|first)|older\s++than\s++(?:the\s++)?(?:min(?:imum)?|oldest|first)|out\s++of\s++(?:range|retention)|dropped|disabled)\b"
    r"|no\s++longer\s++(?:available|there|present|exists?|found|valid|kept|in\s++\w++)\b"
    r"|not\s++(?:available|found|there|present|exist)\s++(?:any\s?more|any\s++longer)\b"
    r"|(?:does|do|did)\s++not\s++exist\b)"
)
_ON = (
    r"\b(?:continu\w++|resum\w++|go(?:es|ing)\s++on|went\s++on|proceed\w*+|(?:re)?-?start\w*+|re-?open\w*+|reset|re-?positioned"
    r"|carr(?:y|ies|ied)\s++on|jump\w*+|skip\w*+|advanced|moved?|begin\w*+|began|re-?initiali[sz]ed|switched)\b"
    r"(?:\s++\w++){0,4}?\s++(?:from|at|to|with|after)\s++(?!(?:the\s++|its\s++|a\s++)?(?:same|stored|saved|last|confirmed|previous|own"
    r"|source|destination|target|table|next\s++table|where|standby|other\s++node|new\s++(?:node|primary|leader))\b)"
    r"|\bslots?\s++(?:\w++\s++){0,2}?re-?created\b|\bresetting\s++(?:the\s++)?offsets?\b|\bskipped\s++(?:it|them)\b"
)
_LINK = (
    r"(?:connect\w*+|links?|session|reader|thread|lock|delay|lag|heartbeat|network|password|lease)"
)
_STREAM_WENT_ON = re.compile(
    r"\bcapture\s++instances?\b[^;]{0,60}?\b(?:dropped|disabled)\s++and\s++(?:re-?created|enabled\s++again|re-?enabled)\b|"
    rf"(?<![\w.-]){_HOLDER}\b(?:(?!\b{_LINK}\b)[^;]){{0,90}}?(?<!\w){_IS}{_GONE}.{{0,90}}?(?:{_ON})"
    rf"|\b(?:missing|lost|purged|deleted|expired|absent)\s++(?:\d++\s++|the\s++)?{_HOLDER}\b(?:(?!\b{_LINK}\b)[^;]){{0,90}}?(?:{_ON})"
    rf"|(?:{_ON})[^;]{{0,60}}?\b(?:since|as|because)\b[^;]{{0,40}}?\b{_HOLDER}\b(?:(?!\b{_LINK}\b)[^;]){{0,60}}?(?<!\w){_IS}{_GONE}",
    re.IGNORECASE,
)
_SEEN_TO = re.compile(
    r"\b(?:old(?!er\s++than\s++the\s++(?:low|position|oldest))|obsolete|unneeded|already\s++(?:\w++\s++)?(?:read|applied|replayed|processed|consumed|captured|synchroni[sz]ed)"
    r"|(?:after|once)\s++(?:they\s++)?(?:were|was|had\s++been|being)\s++(?:read|applied|replayed|processed|captured)|no\s++longer\s++needed|that\s++(?:were|was|have\s++been)\s++(?:read|applied|replayed|processed|captured)"
    r"|(?:read|applied|replayed)\s++(?:logs?|segments?|binlogs?))\b"
    r"|已(?:读取?|应用|回放|解析|消费|同步)(?:完|过)?的|旧的?(?:归档|重做|事务)?(?:日志|binlog)|不再需要|无需|(?:读取|应用|回放)(?:完成|完毕|后)",
    re.IGNORECASE,
)
"""What was deleted had been read."""

_CHANGES = (
    r"(?:changes|messages(?!\s++of\s++the\s++log)|updates|modifications|operations|writes|inserts|deletes|events?|records|transactions?|(?<!primary\s)(?<!foreign\s)(?<!unique\s)(?<!public\s)keys(?!\s++of\b)|commands|scns|lsns|entries"
    r"|(?:arch\w++|redo|bin(?:ary)?|wal|change)?[\s-]?logs|binlogs|segments)"
)
_MISSED = re.compile(
    rf"\b(?P<n>(?:no|0|zero|without|any)\s++(?:\w++\s++)?)?{_CHANGES}\b(?!\s++(?:scheduler|size|time|count|cache)\b)"
    r"(?:(?!\b(?:no|none|if|unless|would|until|connect\w*|compar\w*|heartbeat|lock)\b|\bnot\b(?!\s++(?:be(?:en)?\s++)?(?:read|captured|recovered|found|opened|mined|fetched|extracted|replayed|consumed|re-?read|received|delivered|streamed)\b))[^;]){0,110}?"
    r"(?:\b(?:are|is|were|was|may\s++be|might\s++be|could\s++be|have\s++been|has\s++been|get|got)\s++(?:\w++ly\s++|now\s++|thus\s++)?"
    r"(?:missing|lost|gone|passed\s++over|skipped|discarded|left\s++unread|never\s++(?:read|captured|seen|received))\b(?!\s*+[:=]\s*+0)"
    r"|\b(?:not|never)\s++(?:be(?:en)?\s++)?(?:captured|mined|fetched|extracted|replayed|read|consumed|re-?read|received|delivered|streamed)\b(?!\s++(?:yet|until|again|for|in|by|from)|[^;]{0,40}\b(?:retr|wait))"
    r"|\b(?:deleted|purged|removed|cleaned\s++up|recycled|evicted|overwritten)\s++before\s++(?:they|it|being)\s++(?:(?:were|was|could\s++be|had\s++been)\s++)?(?:read|captured|consumed|applied|tailed|mined|fetched|replicated))"
    rf"|\b(?:deleted|purged|removed|cleaned\s++up|recycled|overwrote)\s++(?:(?:the|its|some|\d[\d,]*+)\s++){{0,2}}{_CHANGES}\s++before\s++(?:they|it)\s++(?:were|was|could\s++be|had\s++been)\s++(?:read|captured|consumed|applied)\b"
    r"|\b(?:missed|lost|skipped)\s++(?:the\s++|some\s++|[1-9]\d*+\s++)?(?:bin-?log|redo|change|wal|cdc|oplog)\s++(?:events?|records|entries|logs|files|changes)\b(?!\s*+[:=]\s*+0\b)"
    r"|\b(?:arch\w++|redo|online|bin(?:ary)?|wal|transaction)[\s-]?(?:redo\s++)?(?:logs?|segments?|files?)\b[^;]{0,80}?\b(?:missing|lost|deleted|corrupt\w*+|unavailable|unreadable|not\s++(?:found|there|readable))\b[^;]{0,40}?\b(?:skipped|passed\s++over|jumped\s++over|ignored)\b"
    r"|\b(?:bin(?:ary)?[\s-]?logs?|binlogs?|(?:arch\w++|redo|wal|transaction)[\s-]?logs?|log\s++(?:files?|backups?|sequences?)|scns?|lsns?|gtids?)\b[^;,]{0,40}?\bnot\s++(?:contiguous|continuous|consecutive)\b"
    r"|skip_counter\s*+=\s*+[1-9]|\b(?:empty|dummy)\s++transactions?\b[^;]{0,40}?\binject|\bgtid_next\b[^;]{0,30}?\bskip"
    r"|\b(?:skipp\w++|jump\w++|pass\w++|miss\w++|ignor\w++)\s++(?:over\s++)?(?:the\s++|a\s++|this\s++)?(?:\w++\s++){0,2}?gap\b(?!\s++lock)"
    r"|\bgap\b(?!\s++locks?)[^;]{0,80}?\b(?:passed\s++over|skipped|left\s++open|ignored|accepted|cannot\s++be\s++(?:closed|filled|recovered|read))\b",
    re.IGNORECASE,
)
_JUMPED = re.compile(
    r"\bskipped\s++to\s++(?:the\s++)?(?:lsn|scn|gtid|position|offset|sequence)\b|"
    r"\b(?:(?:re-?)?open(?:ed|ing|s)|reset\w*+|jump\w*+|skip\w*+|fast-?forward\w*+|re-?creat\w++)\b(?:\s++\w++){0,3}?\s++(?:at|to|from|with)\s++(?:the\s++)?"
    r"(?:now\b|current\s++(?:cluster\s++|system\s++)?(?:time|position|scn|lsn|point|end)|(?:latest|newest|most\s++recent)\b(?!\s++(?:checkpoint|saved|stored|committed|confirmed|snapshot|version|patch))"
    r"|end\s++of\s++(?:the\s++)?(?:log|stream|topic|binlog))"
    r"|\breset(?:ting)?\s++(?:the\s++)?offsets?\b[^;]{0,60}?\bto\s++(?:the\s++)?offset\s++\d++\s++\((?:the\s++)?(?:latest|newest|end)\)",
    re.IGNORECASE,
)
_PLACE = r"(?:(?:(?:committed|stored|saved|previous|initial|valid|recorded|known|existing|last|start(?:ing)?)\s++){0,3}(?:(?:consumer|read|resume|replication|capture|commit|binlog|oplog)\s++)?(?:positions?|offsets?|checkpoints?|tokens?|scns?|lsns?|gtids?|bookmarks?))"
_NO_PLACE = re.compile(
    rf"\b(?:no|has\s++no|without|lost|missing|invalid|(?:could|can)\s?not\s++(?:find|read|load)|not\s++find)\s++(?:an?\s++|the\s++|any\s++|its\s++)?{_PLACE}\b(?!\s++(?:(?:is|was|were|are|has\s++been)\s++)?(?:lost|needed|required|missing|skipped|changed|gaps?)\b)"
    rf"|\b{_PLACE}(?:\s++(?!not\b|never\b)\w++){{0,4}}?\s++(?:(?:is|was|were|are|does|did)\s++)?(?:not\s++(?:found|specified|exist|set|known|stored|available)|missing|lost|unknown|unavailable|empty|corrupt\w*+)\b"
    r"|(?:未找到|未指定|找不到|没有|无|缺少|丢失)(?:(?!异常|错误|问题|差异|旧|需要)[^，。；;]){0,12}?(?:位点|位置|偏移量?|offset|断点|检查点|token)(?!丢失|缺失|变化|异常|回退|跳)|(?:位点|断点|检查点|偏移量?|offset)[^，。；;]{0,6}?(?:缺失|丢失|不存在|为空|未找到|未指定|无效|损坏)",
    re.IGNORECASE,
)
"""Nothing tells where to go on."""
_AT_THE_NEWEST = re.compile(
    r"(?:\b(?:start|begin|began|begun|read|captur|consum|continu|resum|position|seek|tail|subscrib|fall|fell|us|set|reset|default|min|fetch|stream|poll)\w{0,6}(?:\s++(?!no\b|not\b)[\w.-]++){0,4}?\s(?:(?:from|at|to|with)\s++)?(?:the\s++)?"
    r"(?:latest|newest|current|most\s++recent|end|tail|head|now)\b(?!\s++(?:checkpoint|saved|stored|committed|confirmed))"
    r"|\bopen(?:ed|ing|s)?\s++(?:a\s++)?new\s++(?:change\s++)?streams?\b|\boffset\.reset\s?=\s?latest\s++(?:is\s++|was\s++)?(?:applied|used|took|takes)\b|\breset\s?=?\s?(?:to\s++)?(?:the\s++)?latest\b"
    r"|(?:从|自|以|使用|用|取)[^，。；;]{0,6}?(?:最新|当前|现在|末尾|latest))(?:\s?[:,(]\s?no\s[^;,:]{0,40})?+",
    re.IGNORECASE,
)
"""Reading began with what comes from now on."""
_NEW_SLOT = re.compile(
    r"\bslots?\b[^;]{0,40}?\b(?:(?:does\s++not\s++exist|did\s++not\s++exist|not\s++found|was\s++missing|dropped)\b[^;]{0,16}?\bcreated\s++(?:an?\s++)?(?:new|another|again)|re-?created)\b"
    r"|\binvalidat(?:ing|ed)\s++(?:obsolete\s++)?(?:logical\s++)?(?:replication\s++)?slots?\b|\bslots?\b[^;]{0,40}?\b(?:was|were|is|has\s++been)\s++invalidated\b|(?:复制槽|slot)[^，。；;]{0,24}?(?:已失效|被?置为无效)"
    r"|(?:复制槽|slot)[^，。；;]{0,24}?(?:(?:不存在|已?丢失|找不到|被删除)[^。；;]{0,6}?(?:已?重新|已?新?)创建了?新?|已?重建|已?重新创建)",
    re.IGNORECASE,
)
"""A new one holds nothing of what came before it, and one that was invalidated not what comes after."""
_NO_SLOT = re.compile(
    r"\b(?:does|did)\s++not\s++exist\b|\bnot\s++found\b|不存在|找不到", re.IGNORECASE
)
_HOLDER_ZH = r"(?:(?:归档|重做|事务|增量|变更)?日志|binlog|oplog|WAL|SCN|LSN|GTID|位点|位置|偏移量?|offset|断点|检查点|复制槽|slot|令牌|token|游标|变更流|变更事件|事件|(?:变更|CDC)\w{0,2}(?:记录|数据|行))"
_GONE_ZH = r"(?:(?:已|被|已被|已经)?(?:删除|清理|清除|回收|覆盖|过期|失效|丢失|重建|截断|归档走)|(?:已)?(?:不存在|不可用|找不到|无效))"
_ON_ZH = r"(?:从|自|在|以)(?!原|上次|断点处?继续|源库|目标)[^，。；]{1,30}?(?:继续|恢复|重新|开始|打开|读取|拉取|解析|订阅|同步)|(?:跳[到至]|跳转[到至]|推进[到至]|重置[到为至]|切换[到至])(?!源|目标|备)"
_STREAM_WENT_ON_ZH = re.compile(
    rf"{_HOLDER_ZH}(?:(?!连接|链路|会话|线程|锁)[^，。；]){{0,24}}?{_GONE_ZH}[^。；]{{0,24}}?(?:{_ON_ZH})",
    re.IGNORECASE,
)
_CHANGES_ZH = r"(?:变更(?!记录表)|增量(?!同步|任务|阶段)|更新|写入|修改|操作|事件|事务|键|归档日志|日志(?!级别|表|文件路径)|binlog|写?命令)"
_MISSED_ZH = re.compile(
    rf"{_CHANGES_ZH}(?:(?!未(?!读取|捕获|被读取)|无|没有|不会|如果|若|避免|防止|连接|对比|比对|失败)[^，。；]){{0,30}}?"
    r"(?:可能|或将|会|将|已经?|被|均)?(?:丢失|遗失|缺失|遗漏|漏读|漏采|(?:(?<!尚)未|没有)(?:被)?(?:读取|捕获|采集|解析|挖掘)(?!完)(?:即|就|便|而)?(?:被)?(?:删除|清理|跳过|丢失)?)"
    rf"|(?:部分的?|期间的?|其间的?){_CHANGES_ZH}[^，。；]{{0,8}}?未(?:被)?(?:同步|抽取|回放|应用|解析)(?!完)"
    r"|(?:日志|binlog|归档|WAL|oplog|SCN|LSN|GTID)[^，。；]{0,12}?(?:(?:序[列]?号|编号|文件|号)?(?:不连续|不连贯|断号|跳号|缺号|断裂))"
    r"|(?:增量|日志|变更|binlog|位点)\w{0,6}断档|(?:跳过|忽略|越过)了?[^，。；]{0,24}?(?:间隙|缺口|断档)|(?:间隙|缺口|断档)[^，。；]{0,16}?(?:跳过|忽略|无法(?:补|恢复|填))"
    r"|(?:重置|跳[到至转]|重新打开|快进)[^，。；]{0,10}?(?:最新|当前)(?:位点|位置|时间|偏移|SCN|LSN|日志)",
    re.IGNORECASE,
)
_POINT = (
    r"(?:(?:start(?:ing)?|resume|restart|read)[\s-]?(?:points?|positions?|time(?:stamp)?|tokens?|offsets?|scns?|lsns?)|checkpoints?(?:\s++(?:timestamp|time|scn|lsn))?"
    r"|positions?|offsets?|scns?|lsns?|gtids?|tokens?|bookmarks?)"
)
_OLDEST = r"(?:oldest|earliest|first|minimum|lowest|smallest)"
_KEPT = (
    r"(?:(?:available|retained|kept|existing|valid|remaining|stored|online|archived|current)\s++){0,3}"
    r"(?:(?:op|bin(?:ary)?|redo|arch\w++|wal|change|transaction)?[\s-]?logs?|binlogs?|oplogs?|wal|timestamps?|positions?|offsets?|scns?|lsns?|gtids?|entr(?:y|ies)|events?|segments?|ones?|available|retained|kept)\b"
    r"(?!\s++(?:of\s++(?:the|this|a)\s++(?:batch|table|transaction|page|file)))"
)
_OLDER_THAN_KEPT = re.compile(
    rf"(?<![\w.-]){_POINT}\b[^;]{{0,100}}?\b(?:older|smaller|earlier|lower|less|below)\b\s*+(?:than\s++)?(?:the\s++)?{_OLDEST}\s++{_KEPT}"
    rf"|\b{_OLDEST}\s++{_KEPT}[^;]{{0,100}}?\b(?:newer|bigger|later|larger|greater|higher)\s++than\s++(?:the\s++|our\s++|its\s++)?(?:(?:current|stored|saved|last)\s++){{0,2}}{_POINT}\b",
    re.IGNORECASE,
)
_POINT_ZH = (
    r"(?:位点|起始点|起点|检查点|断点|位置|SCN|LSN|GTID|偏移量?|令牌|checkpoint|offset|token)"
)
_OLDEST_ZH = r"(?:现?(?:存|有)?(?:的)?最(?:早|旧|老|小)|第一[条个份])"
_KEPT_ZH = r"(?:oplog|binlog|WAL|日志|归档|重做|SCN|LSN|位点|时间戳|偏移|变更流)"
_OLDER_THAN_KEPT_ZH = re.compile(
    rf"{_POINT_ZH}[^。；;]{{0,32}}?(?:早于|小于|低于|旧于|老于|先于)[^。；;，]{{0,12}}?{_OLDEST_ZH}[^。；;，]{{0,12}}?{_KEPT_ZH}"
    rf"|{_POINT_ZH}[^。；;]{{0,24}}?比[^。；;，]{{0,12}}?{_OLDEST_ZH}[^。；;，]{{0,12}}?{_KEPT_ZH}[^。；;，]{{0,12}}?(?:还|更)?(?:早|旧|老|小)"
    rf"|{_OLDEST_ZH}[^。；;，]{{0,12}}?{_KEPT_ZH}[^。；;]{{0,24}}?(?:晚于|大于|新于|高于)[^。；;，]{{0,12}}?{_POINT_ZH}",
    re.IGNORECASE,
)
"""Where reading is to go on is older than all that is kept: what lies between is gone."""
_LSN = re.compile(r"\b0/[\dA-F]{1,8}", re.IGNORECASE)  # its zero counts nothing
_CAME = (
    r"(?:closed|filled|back-?filled|recovered|restored|re-?read|re-?applied|replayed|found(?:\s++again)?"
    r"|re-?played|resolved|captured|fetched)"
)
_CAME_ZH = r"(?:已?补(?:齐|回|读|写|采|录)|已?填补|(?:已)?重新(?:读取|回放|应用|采集|解析)|已?找回)"
_CLOSED = re.compile(
    rf"\bgaps?\b(?!\s++locks?\b)[^;]{{0,80}}?\b{_CAME}\b"
    rf"|\b(?:missing|missed|lost|skipped|unread|purged|deleted|passed[\s-]over)\s++(?:\w++\s++){{0,2}}?{_CHANGES}\b[^;]{{0,80}}?\b{_CAME}\b"
    rf"|\b{_CHANGES}\b[^;]{{0,80}}?\bback-?filled\b"
    rf"|(?:间隙|缺口|断档)[^，。；]{{0,30}}?(?:{_CAME_ZH}|已?(?:关闭|消除|解决))"
    rf"|(?:遗漏|缺失|丢失|遗失|跳过|漏[读采掉])的?[^，。；]{{0,10}}?{_CHANGES_ZH}[^，。；]{{0,30}}?{_CAME_ZH}"
    rf"|{_CHANGES_ZH}[^，。；]{{0,30}}?已?补(?:齐|回|读|写|采|录)",
    re.IGNORECASE,
)
"""What was missing came after all: a line that tells of any changes being replayed is no proof."""
_MAY_TELL = re.compile(
    r"_skip_counter|\b(?:delet|purg|evict|missed|remov|recycl|overwrit|expir|clean|aged|rotat|re-?creat|invalid|lost|missing|gone|too old|below|older|out of|dropped"
    r"|no longer|not |never|passed over|gap|jump|current|latest|newest|recent|\bend\b|tail|head|\bnow\b|new stream|change stream|槽|slot|最新|当前|现在|末尾|reset|skip|inject|open|fast|truncated)|[删清回覆过失丢重截归不找遗漏缺间断跳忽越未没快]|contiguous|continuous|consecutive|不连|oldest|earliest|(?:than|below) (?:the )?(?:first|minimum|lowest|smallest)|(?:first|minimum|lowest|smallest) [^;]{0,100}than|最[早旧老小]|第一",
    re.IGNORECASE,
)


def gap_in(text: str) -> str:
    """The words that say that changes were passed over; empty for none.

    Args:
        text: a message in simplified characters.
    """
    if not _MAY_TELL.search(text):
        return ""
    for words, unless_seen_to in (
        (_MISSED, False),
        (_MISSED_ZH, False),
        (_JUMPED, False),
        (_STREAM_WENT_ON, True),
        (_STREAM_WENT_ON_ZH, True),
    ):
        for found in words.finditer(text):
            if found.groupdict().get("n") or (unless_seen_to and _SEEN_TO.search(text)):
                continue
            if is_fact(text, found, "") and not in_terms(found[0]):
                return found[0]
    joined = text.replace("; ", ", ")
    return (
        happened_in(joined, _NEW_SLOT, own=_NO_SLOT)
        or happened_in(joined, _OLDER_THAN_KEPT, _OLDER_THAN_KEPT_ZH, own=_LSN, tried=False)
        or _from_now_on(joined)
    )


def _from_now_on(text: str) -> str:
    """The words that say that reading began at the newest since nothing told where to go on."""
    begun = _AT_THE_NEWEST.search(text)
    lost = _NO_PLACE.search(text) if begun else None
    told = begun and lost and is_fact(text, begun, "") and is_fact(text, lost, "")
    return lost[0] if told and lost else ""


def closes_a_gap(text: str) -> bool:
    """Whether a message in simplified characters says that what was passed over came after all."""
    return bool(happened_in(text, _CLOSED, tried=False))
