"""Which lines say that rows of the destination do not keep a constraint that should hold there.

A constraint that rows violate, that was made without looking at them and whose validation failed, or rows
without their parent. A row that a constraint kept out is no such row, nor is one of the source.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import happened_in

_CONSTRAINT = r"(?:constraints?|(?:foreign|unique|primary)\s++keys?|checks?|references|(?<![\w])(?:fk|ck|uk|chk)_\w++)"
_ROWS = r"(?:rows?|records?|documents?|children|tuples?)"
_N = r"(?<![\w.,])[1-9][\d,]*+"
_VIOLATED = re.compile(
    rf"{_N}\s++(?:\w++\s++){{0,2}}?{_ROWS}\s++(?:[\w.$]++\s++){{0,4}}?(?:violate[sd]?|violating|do\s++not\s++(?:satisfy|fulfil\w*+|meet|keep)|break)\b"
    rf"|\b{_CONSTRAINT}\b[^;]{{0,80}}?\bviolated\s++by\s++{_N}\s++(?:\w++\s++)?{_ROWS}\b"
    rf"|{_N}\s++(?:\w++\s++)?orphan(?:ed)?\s++(?:\w++\s++)?{_ROWS}\b"
    rf"|{_N}\s++(?:\w++\s++)?{_ROWS}\s++(?:\w++\s++){{0,4}}?(?:without|have\s++no|has\s++no|with\s++no)\s++(?:an?\s++|their\s++|its\s++|matching\s++)*+(?:parents?|referenced\s++rows?)\b"
    rf"|\b{_CONSTRAINT}\b[^;]{{0,80}}?\b(?:validation\s++(?:has\s++)?failed|(?:could|can)\s*+not\s++be\s++validated|failed\s++(?:the\s++)?validation)\b",
    re.IGNORECASE,
)
_VIOLATED_ZH = re.compile(
    rf"{_N}\s*+[行条笔个][^，。；;]{{0,12}}?(?:违反|不满足|不符合)[^，。；;]{{0,24}}?(?:约束|外键|唯一|检查|\w)"
    rf"|(?:约束|外键|唯一键|检查)[^。；;]{{0,40}}?(?:被\s*+{_N}\s*+[行条笔个][^，。；;]{{0,8}}?违反|(?:验证|校验)(?:失败|未通过|不通过))"
    rf"|{_N}\s*+[行条笔个](?:孤儿|孤立)(?:行|记录|数据)?|{_N}\s*+[行条笔个][^，。；;]{{0,12}}?(?:缺少|没有|找不到)(?:对应的?)?父(?:行|记录|表)",
    re.IGNORECASE,
)
_INNOCENT = re.compile(
    r"\b(?:at|in|on|of)\s++the\s++source\b(?!\s++but)|\bcheck(?:sum|point)|\b(?:cleaned|deleted|removed|repaired|fixed|corrected)\b|源[库端表]|已(?:清理|删除|修复|补)",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\bdo\s++not\s++(?:satisfy|fulfil\w*+|meet|keep)\b|\b(?:could|can)\s*+not\s++be\b|\b(?:without|(?:have|has|with)\s++no)\b|不满足|不符合|没有|[未不]通过|找不到",
    re.IGNORECASE,
)
"""What is told in words of denial."""
_MAY_TELL = re.compile(
    r"violat|satisfy|fulfil|\bmeet\b|\bkeep\b|break|orphan|parent|referenced|validat|违反|不满足|不符合|孤|父|[验校]证?",
    re.IGNORECASE,
)
"""Without one of these no line tells it: looked for first."""


def violated_in(text: str) -> str:
    """The words that say that rows of the destination violate a constraint; empty for none.

    Args:
        text: a message in simplified characters.
    """
    if not _MAY_TELL.search(text):
        return ""
    return happened_in(text, _VIOLATED, _VIOLATED_ZH, unless=(_INNOCENT,), own=_OWN, tried=False)
