"""Text as it reads once it is unescaped, with the places that it came from.

JSON within a string, a percent-encoded URL and entities of XML write a character with several. What is
searched for by value is searched for in what they stand for, and hidden where they stand.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from drs_mcp.quoting.invisible import has_invisible, is_visible

_LEVELS = 4
"""JSON within JSON, within a URL, within a log line."""

_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2}|\\[^uUx]"
    r"|%[0-7][0-9a-fA-F]|(?:%[89a-fA-F][0-9a-fA-F])+"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);"
)
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "\f"}


class Reading(NamedTuple):
    """A text as it reads, and where each of its characters begins in the original.

    `places` has one more: where the original ends.
    """

    text: str
    places: list[int]


def readings(text: str) -> Iterator[Reading]:
    """The text without invisible characters, then with its escapes undone, level by level."""
    found = Reading(text, list(range(len(text) + 1)))
    if has_invisible(text):
        found = _visible(found)
    yield found
    for _ in range(_LEVELS):
        undone = _unescaped(found)
        if undone is None:
            return
        found = _visible(undone) if has_invisible(undone.text) else undone
        yield found


def _visible(read: Reading) -> Reading:
    kept = [place for place, sign in enumerate(read.text) if is_visible(sign)]
    places = [read.places[place] for place in kept]
    return Reading("".join(read.text[place] for place in kept), [*places, read.places[-1]])


def _unescaped(read: Reading) -> Reading | None:
    """One level of escapes undone; None where there is none."""
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for found in _ESCAPE.finditer(read.text):
        meant = _meaning(found[0])
        parts += [read.text[end : found.start()], meant]
        places += read.places[end : found.start()]
        places += [read.places[found.start()]] * len(meant)
        end = found.end()
    if not end:
        return None
    return Reading("".join((*parts, read.text[end:])), [*places, *read.places[end:]])


def _meaning(escape: str) -> str:
    if escape[0] == "%":
        return bytes.fromhex(escape.replace("%", "")).decode("utf-8", "replace")
    if escape[0] == "&":
        return html.unescape(escape)
    if escape[1] not in "uUx":
        return _NAMED.get(escape[1], escape[1])
    units = [int(code, 16) for code in re.split(r"\\[uUx]", escape)[1:]]
    if len(units) == 2:
        return chr(0x10000 + (units[0] - 0xD800 << 10) + units[1] - 0xDC00)
    return chr(units[0]) if units[0] < 0x110000 else escape
