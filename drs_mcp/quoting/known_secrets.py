"""The secrets that this process was given, known by value: no log line and no answer may hold one.

Redaction by form (`secrets.hide_secrets`) cannot know that `Summer2026` is somebody's password. Whoever
reads a credential says so here; the log's formatter, `quoted.quote` and `decoding.decode` ask.

A secret is found as it is, with invisible characters in it, within escapes of JSON, URLs and XML, and
in the Base64 of a text that holds it, such as `user:secret`.
"""

import re
import string
from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from urllib.parse import quote_plus

from drs_mcp.quoting.escapes import readings
from drs_mcp.quoting.hidden import HIDDEN
from drs_mcp.quoting.invisible import has_invisible, sanitise

SHORTEST: Final = 6
"""A shorter value is found in innocent words."""

_MOST = 64
_ESCAPES = re.compile(r"[\\%&]")
_LONGEST = 4096
"""So much Base64 is hidden to either side of a secret in it."""

_BASE64 = string.ascii_letters + string.digits + "+/-_"


class _Needles(NamedTuple):
    """What is looked for of one secret."""

    spellings: tuple[str, ...]
    in_base64: tuple[str, ...]


_known: dict[str, _Needles] = {}


def register_secrets(values: Iterable[str]) -> None:
    """Hide *values* from now on; of very many the oldest are forgotten."""
    for value in values:
        if len(value) >= SHORTEST:
            _known.pop(value, None)
            _known[value] = _Needles(
                tuple(dict.fromkeys(_spellings(value))), tuple(_in_base64(value))
            )
    while len(_known) > _MOST:
        del _known[next(iter(_known))]


def holds_known(text: str) -> bool:
    """Whether *text* holds one of them, as it is or in Base64."""
    return any(needle in text for needles in _known.values() for kind in needles for needle in kind)


def holds_known_as_is(text: str) -> bool:
    """Whether *text* holds one of them as it is: a first look at a page."""
    return any(value in text for value in _known)


def redact_known(text: str) -> str:
    """*text* without the known secrets."""
    if not _known:
        return text
    shown, end = [], 0
    for start, stop in _merged(_spans(text)):
        shown += [text[end:start], HIDDEN]
        end = stop
    return "".join((*shown, text[end:])) if end else text


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the secrets stand in *text*."""
    if not _ESCAPES.search(text) and not has_invisible(text):
        if holds_known(text):
            yield from _found(text)
        return
    for read in readings(text):
        for start, end in _found(read.text):
            yield read.places[start], read.places[end]


def _found(text: str) -> Iterator[tuple[int, int]]:
    for needles in _known.values():
        for spelling in needles.spellings:
            yield from _places_of(spelling, text)
        for inner in needles.in_base64:
            for start, end in _places_of(inner, text):
                # The whole of it: at either edge a character holds a part of the secret.
                before, after = text[max(start - _LONGEST, 0) : start], text[end : end + _LONGEST]
                left = len(before) - len(before.rstrip(_BASE64))
                right = len(after) - len(after.lstrip(_BASE64 + "="))
                yield start - left, end + right


def _places_of(needle: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(needle)
    while at >= 0:
        yield at, at + len(needle)
        at = text.find(needle, at + len(needle))


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start = end = -1
    for first, last in sorted(spans):
        if first >= end:
            if end > 0:
                yield start, end
            start, end = first, last
        else:
            end = max(end, last)
    if end > 0:
        yield start, end


def _spellings(value: str) -> Iterator[str]:
    """The value as it is, as one line, as forms encode its blanks, and unescaped itself.

    What reads as an escape in it is undone along with those that were written around it.
    """
    yield value
    yield quote_plus(value)
    for read in readings(value):
        if len(line := sanitise(read.text)) >= SHORTEST:
            yield line


def _in_base64(value: str) -> Iterator[str]:
    """What the Base64 of any text that holds *value* must hold, by where in the text it begins.

    Three bytes make four characters: those that neighbours have a part in are left out.
    """
    raw = value.encode("utf-8", "replace")
    for before in range(3):
        written = b64encode(bytes(before) + raw).decode()
        inner = written[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6]
        yield inner
        yield inner.replace("+", "-").replace("/", "_")
