"""The marks in a text by which it is cut: causes, codes, clauses."""

import re

_CAUSE = re.compile(
    r"(?i:\bcause(?:d? ?by\b:?+| is\b:?+|[\"']?\s?[:=])|\bnested exception is:?+"
    r"|\b(?:err(?:or)?_?)?(?:msg|message|reason)[\"']?\s?[=:]|\broot cause:?+|\bdue to\b|\bbecause\b"
    r"|\berror:\s)|\b\w{1,80}(?:Exception|Error):\s|原因(?:是|为)?[:：]?|错误信息[:：]?|由于"
)
SUPPRESSED = re.compile(r"\bSuppressed:\s")
CODE = re.compile(
    r"(?<![A-Za-z0-9_.-])(?:[A-Z][A-Z0-9]{1,11}[-_]\d{3,6}|(?:DRS|APIGW?|IAM)\.[A-Z]{0,2}\d{3,10}"
    r"|(?i:sqlstate)\W{1,3}[0-9A-Z]{5}|(?i:err(?:or)?(?:[ _]?(?:code|no))?)\W{1,3}\d{3,6}"
    r"|错误(?:代码|码|号)?\W{0,3}\d{3,6})(?![A-Za-z0-9_.-]*[A-Za-z0-9_])"
)
CLAUSES = (";", ",", ". ", "{", "；", "，", "。")


def last_cause(text: str, least: int) -> int:
    """Where the last cause begins, if beyond *least*; else -1.

    `Caused by: TimeoutException: ` is one beginning. What was suppressed on the way caused nothing.
    """
    found = [(one.start(), one.end()) for one in _CAUSE.finditer(text)]
    if suppressed := SUPPRESSED.search(text):
        found = [one for one in found if one[0] < suppressed.start()] or found
    for place in range(len(found) - 1, -1, -1):
        start = found[place][0]
        follows = place > 0 and start - found[place - 1][1] <= 2
        if start > least and not (follows and found[place - 1][0] > least):
            return start
    return -1
