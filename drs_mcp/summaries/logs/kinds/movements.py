"""Which lines say that data moved: rows arrived, the place up to which they did went on, or the flow is normal."""

import re

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.kinds.lost.told import happened_in
from drs_mcp.text_cache import text_cache

_THINGS = r"(?:rows?|documents?|keys?|records?|events?|changes?|transactions?|tables?)"
_ARRIVED = r"(?:applied|replayed|loaded|written|moved|copied|extracted|synced|replicated|synchroni[sz]ed|committed)"
_PLACE = r"(?:checkpoint|position|offset|watermark|scn|lsn|gtid)"
_SEARCHED = 300
_MOVED = re.compile(
    rf"(?i)\b{_ARRIVED}\s++(?:[1-9][\d,]*+\s++{_THINGS}\b|up\s++to\b)"
    rf"|(?<![\w.,])(?!0\b)(?:\d[\d,]*+\s++)?{_THINGS}\s++(?:were\s++|have\s++been\s++)?{_ARRIVED}\b"
    rf"|\b(?:batch(?:es)?|rows?|transactions?)\b[^.,;]{{0,40}}?\b(?:committed|applied)\b|\bcopied\b|\bcontinued\s++at\b"
    rf"|\b{_PLACE}\b[^,;]{{0,40}}?\b(?:advanced|moved|saved|written|committed)\b|\bcheckpoint\s++\S*\d"
    r"|\b(?:synchroni[sz]ation|migration|replication|replay|apply(?:ing)?|sync)\s++(?:is\s++|runs\s++|status\s++)?normal(?:ly)?\b"
    r"|(?:同步|迁移|复制|回放)(?:任务|状态|运行){0,2}正常"
    r"|已?(?:回放|应用|写入|同步|提交)了?\s*+[1-9][\d,]*+\s*+(?:行|条|个?事务|个?文档|个?键)|已(?:复制|迁移|同步)"
    r"|(?:批次?|事务|行)[^，。；]{0,40}?(?:已(?:提交|写入|应用)|提交(?!冲突|超时|延迟|等待|缓慢))|(?:检查点|位点)[^，。；]{0,12}?(?:推进|前移|更新)"
)
_STANDS = re.compile(
    r"(?i)\b(?:wait\w*|backlog|unchanged|attempt|elapsed|behind|stuck|blocked|again|changed|while|skipped|rolled\s++back"
    r"|un(?:applied|written|committed|synced|moved|copied))\b|等待|未变|落后|重新|跳过|回滚|积压|排队|堆积"
)
"""What such words stand in where nothing goes on."""
_WELL = re.compile(r"(?i)\bnormal\b|\bheartbeat ok\b|\bcheckpoint\b|心跳正常|正常|检查点")


@text_cache(4096)
def data_moved(message: str) -> bool:
    """Whether a line says so: that a side answers, or a node is well, does not."""
    text = simplified(message[:_SEARCHED])
    return _STANDS.search(text) is None and bool(happened_in(text, _MOVED))


@text_cache(4096)
def goes_well(message: str) -> bool:
    """Whether a line only says that all goes on: data moved, or a part answers or is well."""
    text = simplified(message[:_SEARCHED])
    told = data_moved(message) or happened_in(text, _WELL)
    return bool(told) and _STANDS.search(text) is None
