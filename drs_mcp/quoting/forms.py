"""The form of a text: every digit a zero, and of UUIDs every letter, each character at its place.

Lines of a log differ in numbers and IDs and are otherwise alike: ten thousand of them have some
hundred forms. What follows from a form alone is worked out once.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import compress, repeat
from operator import is_
from string import ascii_letters
from typing import Final

_ZEROS: Final = bytes(ord("0") if chr(byte) in "0123456789" else byte for byte in range(256))
PARTING: Final = "\n\x00\n"
"""Stands between the texts of a page that are worked on as one."""

_UUID_REST: Final = re.compile(
    r"-[0a-fA-F]{4}-[0a-fA-F]{4}-[0a-fA-F]{4}-[0a-fA-F]{12}(?![0A-Za-z_])"
)
_UUID_ZEROS: Final = "-0000-0000-0000-000000000000"
_HEX_DIGITS: Final = "0abcdefABCDEF"
_GLUE: Final = frozenset("0_%" + ascii_letters)
_MOST_RECENT: Final = 2_000
_LONGEST_RECENT: Final = 500
_LONGEST_PAGE: Final = 10_000

_recent: dict[str, str] = {}
"""Forms of the latest page, which is asked for them twice: when it is decoded and when it is folded."""


def zeroed(text: str) -> str:
    """The text with a zero for every digit of ASCII."""
    # A lone surrogate is no Unicode, but JSON can hold one.
    return text.encode("utf-8", "surrogatepass").translate(_ZEROS).decode("utf-8", "surrogatepass")


def zeroed_words(words: Sequence[str]) -> list[str]:
    """Each word with a zero for every digit; no word holds a line end."""
    return zeroed("\n".join(words)).split("\n")


def forms(texts: Sequence[str]) -> list[str]:
    """The form of each text.

    A UUID counts where no letter, digit or underscore follows; its first group only where none of
    them, and no percent sign, stands before it.
    """
    made = list(map(_recent.get, texts))
    missing = made.count(None)
    if missing == len(made):
        return _formed(texts)
    if missing:
        places = list(compress(range(len(made)), map(is_, made, repeat(None))))
        for place, form in zip(places, _formed([texts[one] for one in places]), strict=True):
            made[place] = form
    return made  # type: ignore[return-value]


def remember(texts: Sequence[str], formed: Sequence[str], secret: Iterable[int]) -> None:
    """Keep the forms of a page of short texts until the next, but for those at the *secret* places."""
    if len(_recent) > _MOST_RECENT:
        _recent.clear()
    if len(texts) <= _LONGEST_PAGE and max(map(len, texts), default=0) <= _LONGEST_RECENT:
        _recent.update(zip(texts, formed, strict=True))
        for place in secret:
            _recent.pop(texts[place], None)


def _formed(texts: Sequence[str]) -> list[str]:
    made = _uuids_alike(zeroed(PARTING.join(texts))).split(PARTING)
    if len(made) != len(texts):  # one of them holds what parts them
        return [_uuids_alike(zeroed(text)) for text in texts]
    return made


def _uuids_alike(text: str) -> str:
    """A text without digits but zeros, with zeros for the letters of UUIDs, too.

    They are found by their first hyphen: a pattern that begins with a digit takes ten times as long.
    """
    *parts, end = _UUID_REST.split(text)
    if not parts:
        return text
    alike = [
        f"{part[:-8]}00000000"
        if len(part) > 7 and part[-9:-8] not in _GLUE and not part[-8:].strip(_HEX_DIGITS)
        else part
        for part in parts
    ]
    return _UUID_ZEROS.join((*alike, end))
