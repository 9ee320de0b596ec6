"""Which lines say that the business writes to the destination already, or was switched to it.

Then the destination goes its own way: what was compared before no longer holds. A plan, a switch back to
the source, readers alone and a switch between the destination's own nodes are none.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import happened_in

_BUSINESS = (
    r"(?:business(?:es)?|(?<!drs )applications?(?!\s++of\b)|apps?|clients?|production|(?:customer|user|live|online|write)\s++traffic|traffic|workloads?|dns|vip"
    r"|connection\s++strings?|front-?ends?|services?\s++of\s++the\s++business)"
)
_TO = r"(?:to|at|on|in|into|onto)\s++(?:the\s++)?(?:new\s++)?(?:destination|target)\b(?!['’]s|\s++(?:node|standby))"
_SWITCHED = re.compile(
    rf"\b{_BUSINESS}\b(?!\s++logs?\b)[^;]{{0,60}}?\b(?:switched(?:\s++over)?|moved|cut\s++over|re-?pointed|redirected|re-?routed|routed|points?|pointed|failed\s++over|changed\s++over|runs?|running|lives?)\s++(?:over\s++|now\s++)?{_TO}"
    rf"|\b{_BUSINESS}\b[^;]{{0,60}}?\b(?:writes?|writing|commits?)\s++(?:\w++\s++){{0,2}}?{_TO}"
    rf"|\bwrites\s++(?:of|from)\s++(?:the\s++|an?\s++)?{_BUSINESS}\b[^;]{{0,30}}?\b(?:arrive|go|land|are)\s++{_TO}"
    rf"|\b{_BUSINESS}\b[^;]{{0,60}}?\b{_TO}[^;]{{0,40}}?\b(?:writes?|is\s++writing|are\s++writing)\b"
    rf"|\b{_BUSINESS}\b[^;]{{0,30}}?\bcut-?over\s++{_TO}[^;]{{0,30}}?\b(?:finished|done|completed?)\b"
    rf"|\broutes?d?\s++(?:the\s++|all\s++)?(?:\w++\s++)?(?:writes|traffic|connections)\s++{_TO}"
    r"|\b(?:destination|target)\s++(?:\w++\s++)?(?:accepted|received|took|takes|serves|got|gets)\s++(?:\d[\d,]*+\s++)?(?:the\s++)?(?:\w++\s++)?"
    rf"(?:writes|traffic|transactions)\s++(?:of|from)\s++(?:the\s++|an?\s++)?{_BUSINESS}\b"
    rf"|\b(?:destination|target)\s++(?:\w++\s++)?(?:serves|carries)\s++(?:the\s++)?{_BUSINESS}\b"
    rf"|\bswitched\s++(?:the\s++)?{_BUSINESS}\s++(?:over\s++)?{_TO}",
    re.IGNORECASE,
)
_BUSINESS_ZH = r"(?:业务|应用(?!日志|变更|线程|到)|客户端|流量|生产|前端|连接串|域名|DNS|VIP)"
_TARGET_ZH = r"(?:目标|目的)(?:库|端|实例|数据库)"
_SWITCHED_ZH = re.compile(
    rf"{_BUSINESS_ZH}[^；。;]{{0,12}}?(?:切换?|割接|切流|迁移|指向|改为|转|打|走)[至到了向为]{{0,2}}{_TARGET_ZH}(?!失败)"
    rf"|{_BUSINESS_ZH}[^；。;]{{0,16}}?(?:割接|切换|切流)(?:已)?完成"
    rf"|{_TARGET_ZH}[^；。;]{{0,8}}?(?:已|开始|正在|正)(?:有|承载|承接|接收|接管)[^；。;]{{0,4}}?(?:业务|应用|生产)"
    rf"|{_TARGET_ZH}(?:承载|承接|接管)(?:业务|应用|生产|写入)"
    rf"|{_BUSINESS_ZH}[^；。;]{{0,10}}?连接了?{_TARGET_ZH}[^；。;]{{0,6}}?写入",
    re.IGNORECASE,
)
_READS = re.compile(
    r"\bread-?only\b|\breports?\b|\breads?\b|\bback\b|\bfrom\s++(?:the\s++)?(?:destination|target)\b|\bpasswords?\b|只读|报表|回切|切回|读流量|失败",
    re.IGNORECASE,
)

_MAY_TELL = re.compile(r"destination|target|switch|目标|目的|割接|切", re.IGNORECASE)
"""Without one of these no line tells it: looked for first."""


def switched_in(text: str) -> str:
    """The words that say that the business is at the destination; empty for none.

    Args:
        text: a message in simplified characters.
    """
    if not _MAY_TELL.search(text):
        return ""
    return happened_in(text, _SWITCHED, _SWITCHED_ZH, unless=(_READS,))
