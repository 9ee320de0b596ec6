"""What others wrote within sentences of ours: names marked off by apostrophes, messages in quotes.

A sentence of ours must say which task and which database it speaks of, in whatever script they are
named. The marks, the length and that a name has no blank keep it from reading as our words.
"""

import re
import unicodedata
from typing import Final

from drs_mcp.quoting.quoted import quote

LONGEST: Final = 50
"""What the console allows a task's name."""

_ASCII = re.compile(r"[A-Za-z0-9_.$-]*\Z")
_SIGNS = "_.$-"
_LOOKS_LIKE_A_MARK = ("APOSTROPHE", "COMMA", "PRIME", "SALTILLO")
_MARKED = re.compile(r"'[^\s']{1,50}'")


def as_name(name: object) -> str | None:
    """A name that others gave, as it may stand in a sentence of ours: `'会员中心同步'`.

    It has letters, marks and digits of any script and `_ . $ -`, at most `LONGEST` of them. None for
    any other, and for one in which something is to be hidden: then the ID or a neutral word is said.
    """
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST:
        return None
    if not _ASCII.match(name) and not _is_spelt(name):
        return None
    return f"'{name}'" if quote(name) == name else None


def _is_spelt(name: str) -> bool:
    """Whether it is made of what names are spelt with, none of it like the marks around it."""
    kinds = [unicodedata.category(sign) for sign in name]
    return kinds[0][0] != "M" and all(  # a mark would combine with ours
        sign in _SIGNS or (kind[0] in "LMN" and not (kind == "Lm" and _is_like_a_mark(sign)))
        for sign, kind in zip(name, kinds, strict=True)
    )


def _is_like_a_mark(sign: str) -> bool:
    called = unicodedata.name(sign, "")
    return any(word in called for word in _LOOKS_LIKE_A_MARK)


EVERY: Final = frozenset({"", "*", "%", "all", "null", "none", "nil", "undefined"})
"""Words that callers and hosts send for "no name": every one, unless one is called so exactly."""


def is_every(requested: str) -> bool:
    """Whether a caller's word for a name means every one, once no name is it exactly."""
    word = requested.strip()
    return (word.strip("`\"'") or word).lower() in EVERY


def holds_name(sentence: str) -> bool:
    """Whether a name stands in a sentence of ours, marked off by `as_name`."""
    return _MARKED.search(sentence) is not None


def in_quotes(said: str) -> str:
    r"""What somebody said, between double quotes that nothing in it can end: `"it is \"done\""`."""
    escaped = said.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
