"""A text as names are looked for in it: lower case, fullwidth letters as plain ones, all in place."""

import re
from typing import Final

_FULLWIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_NARROW: Final = {
    code: chr(code - 0xFEE0)
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(first, last + 1)
}


def narrowed(text: str) -> str:
    """*text* with ASCII letters and digits for the fullwidth ones that input methods type."""
    if text.isascii() or _FULLWIDTH.search(text) is None:
        return text
    return text.translate(_NARROW)


def folded(text: str) -> str:
    """*text* narrowed and in lower case, every character at its place."""
    text = narrowed(text)
    low = text.lower()
    if len(low) != len(text):  # İ becomes two characters
        low = "".join(sign if len(sign.lower()) > 1 else sign.lower() for sign in text)
    return low
