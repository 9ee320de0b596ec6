"""Which lines say that something was left out for its size: a message, an event, a row, a document.

What is too large, that it is, and that it went no further; what was split, compressed, or sent after all
is none, nor is a line of the log that was too long for it.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import happened_in

_THING = r"(?<![\w.-])(?<!error )(?<!log )(?:\w{0,30}(?:event|record|message)|messages?(?!\s++of\s++the\s++log)|events?|rows?|records?|documents?|lobs?|[bc]lobs?|values?|packets?|transactions?|batch(?:es)?|keys?|changes?)\b"
_TOO_LARGE = (
    r"(?:too\s++(?:large|big|long)\b|over-?sized?\b|exceed(?:s|ed|ing)?\b(?=[^;]{0,40}?(?:size|limit|max|bytes|length|packet|\d\s?[KMG]i?B))|(?:larger|bigger|greater|longer)\s++than\b|RecordTooLarge\w{0,12}|(?:message|record)_too_large|MessageSizeTooLarge\w{0,12}"
    r"|max\.message\.bytes|message\.max\.bytes|max\.request\.size|max_allowed_packet|too\s++many\s++bytes|\bover\s++\d[\d.,]*+\s?[KMG]i?B?\b)"
)
_GONE = (
    r"(?:dropped|skipped|skipping|ignoring|dropping|discarded|discarding|ignored|omitted|left\s++out|thrown\s++away|lost|rejected|filtered\s++out"
    r"|not\s++(?:been\s++|be\s++)?(?:sent|published|produced|written|delivered|applied|replicated|migrated|synchroni[sz]ed|copied|stored)"
    r"|(?:gave|giving|given)\s++up|(?:go(?:ing|es)|went|continu\w++)\s++on(?:\s++without)?)\b"
)
_LEFT = re.compile(
    rf"{_THING}[^;]{{0,60}}?{_TOO_LARGE}[^;]{{0,80}}?\b{_GONE}"
    rf"|{_TOO_LARGE}[^;]{{0,60}}?(?:{_THING}[^;]{{0,60}}?\b{_GONE}|\b{_GONE}\s[^;]{{0,40}}?{_THING})"
    rf"|{_THING}[^;]{{0,60}}?\b{_GONE}\s*+(?:[:,(]|[-–—]\s|because\b|since\b|as\b)[^;]{{0,40}}?{_TOO_LARGE}"
    rf"|\b{_GONE}\s[^;]{{0,40}}?(?:{_THING}[^;]{{0,60}}?{_TOO_LARGE}|over-?sized?\s++{_THING})",
    re.IGNORECASE,
)
_LEFT_ZH = re.compile(
    r"(?:消息|事件|记录|文档|行|数据|报文|事务|值|LOB|字段|键|key)[^。；;]{0,30}?(?:过大|超过|超出|超大|大于)[^。；;]{0,40}?(?:跳过|丢弃|忽略|舍弃|略过|放弃|未(?:被)?(?:写入|发送|投递|同步|迁移))"
    r"|(?:过大|超大|超限|超长)的?(?:消息|事件|记录|文档|行|数据|报文|事务|值)[^。；;]{0,30}?(?:跳过|丢弃|忽略|舍弃|略过|放弃|未(?:被)?(?:写入|发送|投递|同步|迁移))",
    re.IGNORECASE,
)
_OWN = re.compile(rf"\b{_GONE}|未(?:被)?(?:写入|发送|投递|同步|迁移)", re.IGNORECASE)
"""What is told in words of denial."""
_SENT_AFTER_ALL = re.compile(
    r"\b(?:split|compressed|chunked|fragmented|re-?sent|(?:sent|written|published|applied)\s++(?:again|after)|re-?tried|raised)\b|拆分|压缩|分片|分批|重发|重试",
    re.IGNORECASE,
)
_OF_NO_DATA = re.compile(
    r"\b(?:heart-?beats?|log\s++(?:line|message|entry|file)s?|of\s++the\s++log|mtu|statistics?)\b|心跳|日志行|统计",
    re.IGNORECASE,
)

_OF_A_TABLE = re.compile(r"\btables?\b|表", re.IGNORECASE)
_MAY_TELL = re.compile(
    r"too |too\t|exceed|larger|bigger|greater|longer|over|too_?large|max[._]|过大|超|大于|超长",
    re.IGNORECASE,
)
"""Without one of these no line tells it: looked for first."""


def oversized_in(text: str) -> str:
    """The words that say that something was left out for its size; empty for none.

    Args:
        text: a message in simplified characters.
    """
    if not _MAY_TELL.search(text) or _SENT_AFTER_ALL.search(text) or _OF_NO_DATA.search(text):
        return ""
    if not _OF_A_TABLE.search(text):
        text = text.replace("; it ", ", it ")
    return happened_in(text, _LEFT, _LEFT_ZH, own=_OWN, tried=False)
