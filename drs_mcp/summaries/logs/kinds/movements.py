"""Which lines say that rows arrived at the destination, or that the place up to which they did went on."""

import re

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.text_cache import text_cache

_THINGS = r"(?:rows?|documents?|keys?|records?|events?|changes?|transactions?)"
_ARRIVED = r"(?:applied|replayed|written|synced|replicated|synchroni[sz]ed|committed)"
_SEARCHED = 300
_MOVED = re.compile(
    rf"(?i)\b{_ARRIVED}\s++[1-9][\d,]*+\s++{_THINGS}\b"
    rf"|(?<![\w.,])[1-9][\d,]*+\s++{_THINGS}\s++(?:were\s++|have\s++been\s++)?{_ARRIVED}\b"
    r"|\bbatch\s++\S{1,40}\s++(?:was\s++|is\s++)?(?:committed|applied)\b"
    r"|\bcheckpoint\s++(?:was\s++)?(?:advanced|moved|saved|written|committed)\b|\bposition\b.{0,40}\badvanced\b"
    r"|已?(?:回放|应用|写入|同步|提交)了?\s*+[1-9][\d,]*+\s*+(?:行|条|个?事务|个?文档|个?键)"
    r"|批次\s*+\S{1,40}\s*+已?(?:提交|写入|应用)|(?:检查点|位点)[^，。；]{0,12}?(?:推进|前移|更新)"
)
_DENIED = re.compile(
    r"(?i)\b(?:not|no|never|cannot|fail\w*|rolled\s++back|0\s++of|un\w+ed|stuck|until|if|would|skipped)\b|失败|未|无法|没有|跳过|回滚"
)


@text_cache(4096)
def rows_moved(message: str) -> bool:
    """Whether a line says so: that a side answers, or a node is well, does not."""
    text = simplified(message[:_SEARCHED])
    return _MOVED.search(text) is not None and _DENIED.search(text) is None
