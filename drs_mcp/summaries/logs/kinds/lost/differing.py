"""Which lines say that data may differ.

Nobody vouches for them, a change did not find its row or met another, or a table or the whole of the
destination was emptied, dropped or made anew by another than DRS.
"""

import re
from collections.abc import Iterator

from drs_mcp.summaries.logs.kinds.lost.told import is_fact

_MAY_DIFFER = re.compile(
    r"\bdata\b(?:(?!\b(?:cause|lead|result)\b)[^;,]){0,60}?\b(?:(?:may|might|could)\s++(?:now\s++|have\s++)?(?:be(?:come|en)?\s++)?(?:inconsistent|diverged?|out\s++of\s++sync|differ\w*)"
    r"|(?:is|are|was|were|became)\s++(?:now\s++)?(?:inconsistent|out\s++of\s++sync))\b(?!\s++(?:until|before|while|during)\b)"
    r"|\binconsistent\s++data\b[^;]{0,20}?\b(?:detected|found)\b|\b(?:detected|found)\s++(?:\w++\s++){0,2}?(?:data\s++)?inconsisten(?:t|cy|cies)\b|\b(?:data\s++)?inconsisten(?:cy|cies)\s++(?:was|were|is|are|has\s++been)?\s*+(?:detected|found)\b"
    r"|(?<![\w.,])[1-9][\d,]*+\s++(?:rows?|records?|documents?|keys?)\b[^;]{0,40}?\b(?:got|have|has|had|hold|carry|received)\s++(?:an?\s++)?(?:other|another|different)\s++values?\b"
    r"|\b(?:got|have|has|had|holds?|carr(?:y|ies))\s++(?:an?\s++)?(?:other|another|different)\s++values?\b[^;]{0,60}?(?<![\w.,])[1-9][\d,]*+\s++(?:rows?|records?|documents?|keys?)\b"
    r"|\b(?:destination|target)\b[^;]{0,60}?(?<![\w.,])[1-9][\d,]*+\s++(?:(?:extra|surplus|superfluous)\s++(?:rows?|records?|documents?|keys)|(?:more|additional)\s++(?:rows?|records?|documents?|keys)\s++than)\b"
    r"|(?<![\w.,])[1-9][\d,]*+\s++(?:rows?|records?|documents?|keys)\b[^;]{0,40}?\b(?:at|in|on)\s++the\s++(?:destination|target)\s++only\b|目标[^，。；;]{0,24}?多[出了]?\s*+(?<!\d)[1-9]\d*+\s*+[行条个]"
    r"|(?<![\d.,])[1-9]\d*+\s*+[行条][^，。；;]{0,24}?(?:值|内容)与源[库端表][^，。；;]{0,6}?(?:不同|不一致)"
    r"|(?<!导致)(?<!造成)(?<!引起)(?<!引发)(?<!产生)数据(?:可能|或|会|已经?|有可能)?(?:会)?(?:出现|存在|产生)?不一致",
    re.IGNORECASE,
)
"""What nobody vouches for, beside what a comparison finds."""
_UNMATCHED = re.compile(
    r"\brows?\b[^;]{0,30}?\bnot\s++found\b[^;]{0,40}?\b(?:for|on|by|to)\s++(?:the\s++|an?\s++)?(?:updat|delet)\w++"
    r"|\b(?:update|delete|replace)s?\b[^;]{0,60}?\b(?:affected|matched|hit|found|changed|modified)\s++(?:0|no|zero)\s++(?:rows?|documents?|records?|keys?|tuples?)\b"
    r"|\b(?:update|delete|replace)s?\b[^;]{0,60}?(?<![\w.,])(?:0|no|zero)\s++(?:rows?|documents?|records?|keys?|tuples?)\s++(?:(?:was|were)\s++)?(?:affected|matched|found|changed|modified)\b"
    r"|\b(?:changes|updates?|deletes?|inserts?|upserts?|operations|statements|dml|events|rows)\b(?!\s++of\s++(?:the\s++)?(?:statistics|settings?|parameters?|config\w*))[^;,:]{0,80}?(?:\b(?:had|has|have|took)\s++no\s++|\bwithout\s++(?:any\s++)?)(?:effect|impact)\b"
    r"(?=[^;]{0,60}?\b(?:appl|destination|target|0\s|no\s|match)|[^;:]{0,4}\Z)"
    r"|(?:更新|删除|变更|插入)[^，。；]{0,24}?(?:匹配|命中|影响)(?:到|了)?\s*+(?:0(?![\d.])\s*+[行条个]|零行)"
    r"|(?<![\d.,])[1-9]\d*+\s*+[条个笔行]?(?:更新|删除|变更|插入|操作)[^，。；]{0,16}?(?:未生效|没有生效|未产生(?:任何)?(?:影响|效果)|没有(?:产生)?(?:影响|效果))|部分变更[^，。；]{0,16}?(?:未生效|没有生效|未产生(?:任何)?(?:影响|效果)|没有(?:产生)?(?:影响|效果))"
    r"|\bconflict\b[^;]{0,160}?\bresolution:\s*+(?:skip|keep_local|keep\s++local|last_update_wins_keep_local|discard|ignore)\w*+"
    r"|(?<![\w.,])[1-9][\d,]*+\s++(?:rows?|records?|documents?|keys?)\s++(?:\w++\s++){0,3}?(?:filtered|removed|deleted|discarded|dropped)\s++(?:out\s++)?by\s++(?:the\s++)?(?:conflict|duplicate)s?\b"
    r"|\bconflict(?:\s++detected)?\b[^;]{0,160}?\bconflict=(?:update_missing|delete_missing|update_deleted)\b"
    r"|\b(?:could\s++not|cannot|can't)\s++find\s++(?:the\s++|an?\s++)?(?:row|record|tuple)\s++(?:to\s++be\s++(?:updated|deleted)|in\s++\S{1,80}\s++for\s++(?:the\s++)?(?:update|delete)\w*+)"
    r"|\brow\b[^;]{0,30}?\bnot\s++found\s++at\s++the\s++subscriber\b[^;]{0,40}?\b(?:update|delete)\b"
    r"|(?:找不到|未找到|不存在)(?:要|待|需|被|所)?(?:对应|匹配|更新|删除)的?(?:行|记录|数据)"
    r"|冲突[^。；;]{0,40}?处理结果\s*+[:：为]\s*+(?:跳过|忽略|丢弃|保留目标)"
    r"|\bconflicts?\b[^;]{0,60}?\b(?:kept|keeping|retain\w*+)\b[^;]{0,20}?\b(?:destination|target)\b|(?<![\w.,])[1-9]\d*+\s++conflicts?\s++(?:were\s++)?(?:ignored|skipped)\b"
    r"|(?:更新|删除)[^，。；]{0,20}?(?<![\d.])0\s?行[，,\s]*+(?:期望|预期|应)|未找到(?:要|待|需)?(?:更新|删除)的(?:行|记录)"
    r"|\balready\s++exist(?:s|ed)?\b[^;]{0,60}?\b(?:other|different|another)\s++(?:values?|contents?|data|versions?)\b|已存在[^。；]{0,30}?(?:值|内容|数据)(?:不同|不一致)"
    r"|冲突[^。；]{0,10}?保留目标|冲突[^，。；]{0,6}?(?:忽略|跳过)\s*+[1-9]",
    re.IGNORECASE,
)
"""A change that did not find its row, or met another: the sides were not alike before."""
_NO_CHANGE = re.compile(r"\b(?:update|delete)_\w++=0(?!\d)", re.IGNORECASE)
_AT = r"(?:at|in|on)\s++the\s++(?:destination|target)\b"
_DRS = r"(?!['\"`]?(?:the\s++)?(?:\w*(?:drs|repl|sync|migrat|load|appl(?:y|ier)|worker|thread|replay)\w*|task|job|ddl|snapshot|copy)\b)"
_EMPTIED = r"(?:dropped|deleted|emptied|truncated|renamed|wiped|re-?created|rebuilt|flushed)"
_IS = r"(?:was|were|has\s++been|have\s++been|is|are)\s++"
_ALL = r"(?:\b(?:flush\s?(?:all|db)|swapdb)\b|\b[\w.]{0,60}dropdatabase\b(?:\(\))?)"
_STATEMENT = r"\b(?:truncate(?:\s++table)?|drop\s++(?:table|database|schema|collection)|delete\s++from|create\s++or\s++replace\s++table)\s++\S{1,120}"
_RUN = r"(?:executed|run|issued|called|performed|received)"
_GONE_THERE = re.compile(
    r"\b(?:destination|target)\s++table\b[^,;]{1,80}?\b(?:no\s++longer|does\s++not)\s++exists?\b"
    rf"|\b(?:table|collection)\b[^,;]{{1,60}}?\b{_AT}[^,;]{{0,20}}?\b{_IS}{_EMPTIED}\b"
    rf"|\b(?:table|collection)\b[^,;]{{1,80}}?\b{_IS}{_EMPTIED}\s++{_AT}"
    r"|表[^，。；]{1,40}?在目标(?:库|端|实例|数据库)[^，。；]{0,4}?被\s?(?:删除|清空|截断|重命名|重建|truncate|drop)",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"\b(?:ddls?|replay\w*|executed|by\s++drs|before|cop(?:y|ying|ied)|load\w*|initiali\w+)\b|\bre-?creat|回放|重建|DRS|之前|复制|导入",
    re.IGNORECASE,
)
"""What DRS does to a table of the destination itself."""
_BY_ANOTHER = re.compile(
    rf"{_ALL}(?:(?!\bnot\b|\bnever\b|n't\b)[^;]){{0,20}}?\b{_RUN}\s++{_AT}"
    rf"|\b(?:destination|target)\b[^;]{{0,30}}?\b(?:ran|executed|received)\s++{_ALL}"
    rf"|\b(?:destination|target)\b(?!\S{{0,3}}\s++(?:\w++\s++)?(?:cache|log|buffer|statistic))[^,;]{{0,30}}?\b{_IS}(?:flushed|emptied|wiped)\b"
    rf"|{_STATEMENT}(?:(?!\bnot\b|\bnever\b|n't\b)[^;]){{0,30}}?\b{_RUN}\s++{_AT}\s++(?:by\s++{_DRS}\S|manually|by\s++hand|outside)"
    rf"|{_STATEMENT}[^;]{{0,60}}?\b{_AT}[^;]{{0,60}}?[,;]\s*+not\s++(?:replicated|from|issued|executed|sent|a\s++statement)"
    rf"|\b(?:table|collection|database|schema|view)\b[^,;]{{1,80}}?\b{_IS}{_EMPTIED}\s++{_AT}\s++by\s++{_DRS}\S"
    rf"|\b(?:table|collection|database|schema)\b[^,;]{{1,80}}?\b{_IS}(?:dropped|re-?created|rebuilt)\s++{_AT}[^;]{{0,60}}?\bempty\b"
    r"|目标(?:库|端|实例|数据库|表)[^，。；行条笔]{0,40}?(?<!不)(?<!未)被\s?(?!(?:DRS|同步|任务|迁移|复制|回放)[^，。；]{0,4}?(?:任务|线程|进程)?)(?:[^，。；]{0,16}?(?:会话|DBA|用户|账号|人员|应用|程序|客户端|运维|人工|手工|手动|他人|[a-z]\w*[_@]\S{1,40})\s?)(?:[^，。；]{0,4}?)(?:删除|清空|截断|重建|重命名|替换|truncate|drop)"
    r"|目标(?:库|端|实例|数据库)[^，。；表]{0,16}?(?<!未)(?:已)?被\s?(?:清空|flush|删库)"
    rf"|目标(?:库|端|实例)[^，。；]{{0,16}}?(?<!未)(?<!没有)(?<!未被)执行了?\s?{_ALL}|{_ALL}[^，。；]{{0,6}}?(?:已)?在目标(?:库|端|实例)[^，。；]{{0,6}}?执行"
    r"|表[^，。；]{1,40}?在目标(?:库|端|实例|数据库)[^，。；]{0,4}?被[^。；]{0,24}?(?:账号|用户|客户端)",
    re.IGNORECASE,
)
"""What another did: all data of the destination, or a table of it, are gone."""
_MAY_BE_EMPTIED = re.compile(
    r"flush|swapdb|drop|truncat|delete|empt|wiped|creat|rebuilt|renamed|replace|被|执行",
    re.IGNORECASE,
)
"""Without one of these nothing was emptied: looked for first."""
_OWN_WORK = re.compile(
    r"\bby\s++(?:drs|the\s++(?:task|job|loader|full))\b|\bbefore\s++(?:the\s++|a\s++)?(?:full|initial|load|cop|import|snapshot)|(?<!not\s)\breplicated\b|\bat\s++the\s++source\b|\bdisabled\b"
    r"|由\s?DRS|全量[^，。；]{0,6}前|重新加载前",
    re.IGNORECASE,
)


def doubts(text: str) -> Iterator[str]:
    """The words of a text, in simplified characters, that say that data may differ."""
    found = _MAY_DIFFER.search(text)
    if found and is_fact(text, found, ""):
        yield found[0]


def unmatched(text: str) -> Iterator[str]:
    """The words that say that a change did not find its row, or met another and was left out."""
    found = _UNMATCHED.search(text)
    if found and not _NO_CHANGE.search(found[0]) and is_fact(text, found, ""):
        yield found[0]


def gone_there(text: str) -> str:
    """The words that say that a table of the destination is gone; empty for none."""
    gone = _GONE_THERE.search(text)
    return gone[0] if gone and not _CARRIED.search(text) and is_fact(text, gone, "") else ""


def emptied_by_another(text: str) -> str:
    """The words that say that another emptied the destination or a table of it, or made it anew."""
    if not _MAY_BE_EMPTIED.search(text) or _OWN_WORK.search(text):
        return ""
    text = text.replace("; not ", ", not ")
    found = _BY_ANOTHER.search(text)
    return found[0] if found and is_fact(text, found, "") else ""
