"""Which lines say that the other direction changed rows: a reverse or two-way task, its peer, or both sides at once.

A reverse task that is made, idle or filtered, and what it writes to the source, is none.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import happened_in

_OTHER_WAY = (
    r"(?:(?:reversed?|backward|return)(?=\s++(?:tasks?|jobs?|sync\w*|directions?|replication|migration|links?|channels?|changes?|flows?|sides?|process)\b)|bi-?directional|two-way|active-active|multi-?active|dual-(?:writes?|active|masters?)|double\s++writes?|master-master"
    r"|(?:other|opposite)\s++direction|peer(?:'s)?|(?<!event )loop(?:back)?s?|ping-?pong|(?:sync-?back|back-?sync)|echo(?:ed)?|circular)"
)
_CHANGED = (
    r"(?:overwrote|overwritten|overwrites|overwriting|wrote|written|writes|replaced|replaces|deleted|updated|changed|modified|inserted|clobbered"
    r"|applied\s++(?:again|twice|once\s++more)|won\b)"
)
_WHAT = r"(?:rows?|records?|documents?|keys?|values?|data|changes?|tables?|destination|target|version|(?<![\w.$])[\w$]++\.\w)"
_DONE = re.compile(
    rf"\b{_OTHER_WAY}\b[^;]{{0,100}}?\b{_CHANGED}\b[^;]{{0,60}}?\b{_WHAT}"
    rf"|\b{_WHAT}\b[^;]{{0,60}}?\b{_CHANGED}\b[^;]{{0,60}}?\b{_OTHER_WAY}\b"
    rf"|\b{_OTHER_WAY}\b[^;]{{0,60}}?\b{_WHAT}\b[^;]{{0,60}}?\b{_CHANGED}",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\bboth\s++(?:sides|ends|primaries|masters|nodes|leaders|clusters|databases|sites|instances|(?:the\s++)?source\s++and\s++(?:the\s++)?(?:destination|target))\s(?:(?!\b(?:not|no|neither|never)\b)[^;,]){0,60}?\b(?:accepted|took|received|got|served|wrote|committed|accept|take)\b(?:\s++(?!connect|login|session|read)\w++){0,3}?\s++(?:writes?|changes|updates|transactions|rows|inserts)\b"
    r"|\b(?:writes|changes|updates|transactions|rows|inserts)\s++(?:(?:was|were|have\s++been|are|being)\s++)?(?:accepted|taken|received|committed|made|written|served)\s++(?:on|at|by|in)\s++both\s++(?:sides|ends|primaries|masters|nodes|leaders|clusters|databases|sites|instances)\b(?!\s++of\b)"
    r"|\b(?:wrote|written|writing)\s++(?:to|on|at)\s++both\s++(?:sides|ends|primaries|masters|databases|sites)\b(?!\s++of\b)|\bsplit[\s-]brain\b[^;]{0,40}?\b(?:detected|occurred|happened|between)\b"
    r"|(?:两[端侧边]|双[端侧方主]|两个?主(?:库|节点)?)[^，。；;]{0,12}?(?:均|都|同时|各自)(?!可|能|允许|未|不)[^，。；;]{0,8}?(?:写入|被写|接受写|更新)(?!失败)|(?:发生|出现)了?脑裂",
    re.IGNORECASE,
)
_NOT_WRITTEN = re.compile(r"\bcompar|\bread-?only\b|对比|比对|只读", re.IGNORECASE)
_OTHER_WAY_ZH = r"(?:反向|双向|双主|双活|双写|回环|环路|对端|逆向)"
_DONE_ZH = re.compile(
    rf"{_OTHER_WAY_ZH}[^；。;]{{0,40}}?(?:覆盖|覆写|写入|改写|修改|更新|删除|替换)(?!策略|规则|模式)"
    rf"|(?:被|遭)[^；。;]{{0,6}}?{_OTHER_WAY_ZH}[^；。;]{{0,10}}?(?:覆盖|覆写|写入|改写|修改|删除|替换)",
    re.IGNORECASE,
)
_INNOCENT = re.compile(
    r"\bfilter\w*|\bpolicy\b|\b(?:to|at|in|on)\s++the\s++source\b|\bprevent\w*|\bby\s++peer\b|\bconnection\b|过滤|策略|源库|源端|连接",
    re.IGNORECASE,
)

_MAY_TELL = re.compile(
    r"both|split|两[端侧边个]|脑裂|revers|backward|return|direction|way\b|active|dual|double|master|peer|loop|back|ping|echo|circular|反向|双|回环|环路|对端|逆向",
    re.IGNORECASE,
)
"""Without one of these no line tells it: looked for first."""


def overwritten_from_the_other_side(text: str) -> str:
    """The words that say that the other direction changed rows; empty for none.

    Args:
        text: a message in simplified characters.
    """
    if not _MAY_TELL.search(text):
        return ""
    return happened_in(text, _DONE, _DONE_ZH, unless=(_INNOCENT,)) or happened_in(
        text, _BOTH, unless=(_NOT_WRITTEN,)
    )
