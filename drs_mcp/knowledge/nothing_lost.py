"""Where a line says that nothing was left out: a count of zero, or a denial, beside a verb of losing.

`ignored 0`, `Skipped rows: none`, `no DDL was ignored`, `0 条 DDL 被忽略`, `未跳过任何数据行`.
"""

import re

from drs_mcp.text_cache import text_cache

_THING = (
    r"(?:rows?|records?|events?|entr(?:y|ies)|messages?|data|tuples?|documents?|batch(?:es)?|transactions?"
    r"|statements?|keys?|values?|tables?|objects?|ddls?|changes?|conflicts?)"
)
_VERB = (
    r"(?:rejected|skipped|ignored|discarded|dropped|lost|overwritten|filtered|failed|missing|left\s++out"
    r"|excluded|truncated|abandoned)"
)
_IS = r"(?:(?:was|were|is|are|got|has|have|had|been|be|being)\s++){0,3}"
_ZERO = r"(?:0++(?![\d:%]|\.\d)|none|nil|zero|nothing)\b(?!\s*+-)"
_SO_FAR = (
    r"(?:\s*+\(?\b(?:so\s++far|(?:in|to)\s++(?:all|total|date)|total|today|yet|overall|altogether|(?:until|till|up\s++to)\s++now"
    r"|since\s++(?:the\s++)?\w++(?:\s++of\s++(?:the\s++)?\w++)?|(?:in|during|within|by)\s++(?:the|this|that)\s++(?:\w++\s++){0,2}?"
    r"(?:run|task|session|batch|cycle|round|hour|minutes?|day|phase|table|second|interval)|in\s++this\s++\w++)\b\)?)?"
)
"""Over what a count was taken, between what is counted and its number."""
_LOST = r"(?:跳过|略过|丢弃|丢失|忽略|拒绝|缺失|舍弃|遗失|放弃|移除|覆盖|过滤|失败|拦截|冲突)"
_UNIT = r"(?:行|条|笔|个|列|批)"
_NONE = re.compile(
    rf"\b(?:{_VERB}(?:\s++{_THING})?|{_THING}\s++(?:that\s++)?{_IS}{_VERB}){_SO_FAR}\s*+(?:(?:[:=]|\b(?:is|was|are|were))\s*+)?{_ZERO}(?:\s++{_THING}\b)?"
    rf"|\b(?:no|0|zero|none\s++of\s++the|not\s++(?:a|one|any)(?:\s++single)?)\s++(?:\w++\s++){{0,2}}?{_THING}\s++{_IS}{_VERB}\b"
    rf"|(?<![\w.,])(?:0|none|nothing)\s++{_IS}{_VERB}\b"
    rf"|(?:没有|从未|并无|(?<![尚])未|无)(?:任何)?被?{_LOST}了?(?:任何|过)?的?\s*+(?:数据行|数据|行|记录|事件|文档|(?:ddls?|键)(?!\w))?"
    rf"|(?:没有|并无|无)(?:任何)?\s*+(?:数据行|数据|行|记录|事件|事务|文档|表|键|值|ddls?(?!\w))\s*+被?{_LOST}"
    rf"|(?<![\d.])0\s*+{_UNIT}?\s*+(?:数据|记录|事件|文档|表|键|事务|ddls?(?!\w))?\s*+被?{_LOST}"
    rf"|{_LOST}了?的?(?:数据行|数据|行|记录|事件|文档|(?:\s*+ddls?(?!\w)(?:\s*+语句)?)|键)?\s*+(?:数量|条数|行数|数)?\s*+[:：=为]?\s*+(?:0(?![\d.])\s*+{_UNIT}?|无(?![\u4e00-\u9fff]))",
    re.IGNORECASE,
)


@text_cache(4096)
def without_nothing_lost(text: str) -> str:
    """A text, in simplified characters, without the words that say that nothing was left out."""
    return _NONE.sub(" ", text)
