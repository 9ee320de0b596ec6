"""What a sentence repeats of a token or a key: only what looks drawn by lot is one."""

import re

from drs_mcp.quoting.secrets.values import QUOTE, Scan, Span
from drs_mcp.quoting.secrets.weighing import PARSER, Key

_DRAWN = r"[a-z0-9+/_~\-][a-z0-9+/_~.\-]{14,2000}[a-z0-9+/_~\-]={0,2}"
_SAYS = "has|is|was|been|not|no longer|expired|invalid|valid|rejected|refused|revoked|unknown|wrong|found"
_ECHO = re.compile(
    rf"\s+(?:(?:(?:with|of)\s)?(?:value|id|string|code)\s|(?P<said>(?:{_SAYS})[\s,:]{{1,2}}){{1,4}})?"
    rf"(?P<open>[(\[<]|{QUOTE})?(?P<value>{_DRAWN})(?![\w+/=(])(?P<close>[)\]>]|{QUOTE})?"
)
_HEX = re.compile(
    r"(?=[\da-f\-]*[a-f])(?=[\da-f\-]*\d)(?:[\da-f]{24,}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})"
)
_WORDS = re.compile(r"[A-Z]?[a-z]{3,}")
_DIGITS = re.compile(r"\d+")


def echoed(scan: Scan, key: Key) -> tuple[Span, ...]:
    """`Invalid token SECRET in header`, `the access key 'SECRET' is unknown`, `token expired (SECRET)`.

    A sentence names many things behind such a word; only what looks drawn by lot is a secret.
    """
    found = None if key.is_quoted else _ECHO.match(scan.low, key.end)
    if found is None or (found["open"] and not found["close"]):
        return ()
    if PARSER.search(key.outside(scan).lower()):
        return ()
    start, end = found.span("value")
    value = scan.text[start:end]
    if found["said"] and _HEX.fullmatch(value.lower()):
        return ()  # of a request
    is_of_key = key.name.lower().endswith(("key", "keys", "keyid"))
    return (Span(start, end),) if is_drawn(value, key=is_of_key) else ()


def is_drawn(value: str, *, key: bool = False) -> bool:
    """Whether letters and digits are as mixed as in a key or a token, and as in no name.

    *key*: it may be the key of a cloud, too.
    """
    if _HEX.fullmatch(value.lower()) or (key and is_key(value)):
        return True
    has_lower, has_upper = any(map(str.islower, value)), any(map(str.isupper, value))
    digits = _DIGITS.findall(value)
    if has_lower and has_upper:
        words = sum(map(len, _WORDS.findall(value)))
        return bool(digits) and words * 2 < len(value)
    return value.isalnum() and len(value) >= 20 and len(digits) > 1 and (has_lower or has_upper)


_ACCESS_KEY = re.compile(r"(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z\d]{16,32}")
_SECRET_KEY = re.compile(
    r"(?=[A-Za-z+/]*\d)(?=[A-Z\d+/]*[a-z])(?=[a-z\d+/]*[A-Z])[A-Za-z\d+/]{30,64}={0,2}"
)


def is_key(value: str) -> bool:
    """Whether a value has the form of an access key or its secret, as clouds make them."""
    return bool(_ACCESS_KEY.fullmatch(value) or _SECRET_KEY.fullmatch(value))
