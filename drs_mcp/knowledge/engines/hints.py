"""The advice that a database gives in its message: PostgreSQL's HINT, and what is like it."""

import re

_HINT = re.compile(r"(?:(?<![A-Za-z])(?i:hint)|提示|建议)\s{0,3}[:：]\s{0,8}(?=\S)")
_END = re.compile(
    r"\n|\r|(?<![A-Za-z])(?:DETAIL|Detail|Position|POSITION|Where|WHERE|CONTEXT|Location|Server SQLState"
    r"|Call getNextException|STATEMENT|QUERY)\s{0,2}[:：]|详细[:：]|位置[:：]|\s?\[[0-9A-Z]{5}\]|\]\s*$"
)
_MOST = 300


def carried_hint(message: str) -> str:
    """The hint that a message carries, third-party text; empty without one."""
    found = _HINT.search(message)
    if found is None:
        return ""
    rest = message[found.end() : found.end() + _MOST]
    end = _END.search(rest)
    return rest[: end.start() if end else _MOST].strip()
