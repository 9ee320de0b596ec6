"""Secrets that are known by their own form: PEM blocks, signed tokens, keys with a prefix."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final

from drs_mcp.quoting.hidden import HIDDEN
from drs_mcp.quoting.secrets.values import Scan, Span

_BEGIN = re.compile(r"-----begin [a-z0-9 ]{1,40}-----")
_END = re.compile(r"-----end [a-z0-9 ]{1,40}-----")
_PROSE = re.compile(r"(?:[ \t]*[\"'`.,:;)\]]|[ \t]+(?:[a-z]+|in|at|of)(?=[\s,.:;]|\Z)|\s*\Z)")
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_LONGEST_BODY = 4096
_SHORTEST_LINE = 16


def pem(scan: Scan, at: int) -> tuple[Span, ...]:
    """A PEM block, whole or cut off at its beginning or its end."""
    begin = _BEGIN.match(scan.low, at)
    if begin is not None:
        end = _END.search(scan.low, begin.end())
        if end is not None:
            return (Span(at, end.end()),)
        if _PROSE.match(scan.text, begin.end()):
            return ()
        return (Span(at, len(scan.text)),)
    end = _END.match(scan.low, at)
    if end is None:
        return ()
    start = _body_before(scan, at)
    return (Span(start, end.end()),) if start < at else ()


def _body_before(scan: Scan, at: int) -> int:
    """Where the lines of base64 begin that end before *at*: the block's beginning was cut off."""
    left = scan.text[max(scan.pos, at - _LONGEST_BODY) : at]
    offset = at - len(left)
    shortest = 1  # the last line is as long as it is
    start = at
    while True:
        left = left.rstrip(" \t\r\n\\")
        body = left.rstrip(_BASE64)
        length = len(left) - len(body)
        if body.endswith("\\"):
            length -= 1  # the n of an escaped line break
        if length < shortest:
            return start
        start = offset + len(left) - length
        left = left[: len(left) - length]
        shortest = _SHORTEST_LINE


_LONG = r"[A-Za-z0-9_-]{20,}"
_HASH = (
    r"\$(?:2[abxy]?|[1567y]|argon2\w{1,2}|scrypt|pbkdf2[\w-]{0,12}|apr1|sha1|md5|bcrypt[\w-]{0,8})\$"
    r"[A-Za-z0-9./+=$,_-]{16,}"
)
_VERIFIER = r"\$\d{3,6}:[A-Za-z0-9+/=]{16,}(?:\$[A-Za-z0-9+/=]{16,}:[A-Za-z0-9+/=]{16,})?"
_TOKENS: Final = {
    "eyj": r"eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_.-]{20,}",
    "mii": r"MII[A-Za-z0-9+/=_-]{60,}",
    "gaaaaa": r"gAAAAA[A-Za-z0-9=_-]{60,}",
    "ghp_": r"ghp_[A-Za-z0-9]{20,}",
    "gho_": r"gho_[A-Za-z0-9]{20,}",
    "ghs_": r"ghs_[A-Za-z0-9]{20,}",
    "_pat_": r"(?:github|dckr|glpat|shp|nvapi)_pat_\w{20,}",
    "glpat-": r"glpat-[\w-]{16,}",
    "xox": r"xox[abeoprs]-[A-Za-z0-9-]{10,}",
    "akia": r"AKIA[A-Z0-9]{16}(?![A-Za-z0-9])",
    "asia": r"ASIA[A-Z0-9]{16}(?![A-Za-z0-9])",
    "ltai": r"LTAI[A-Za-z0-9]{12,26}(?![A-Za-z0-9])",
    "aiza": rf"AIza{_LONG}",
    "ya29.": rf"ya29\.{_LONG}",
    "_live_": r"(?:sk|rk|pk)_live_[A-Za-z0-9]{16,}",
    "_test_": r"(?:sk|rk|pk)_test_[A-Za-z0-9]{16,}",
    "npm_": r"npm_[A-Za-z0-9]{20,}",
    "pypi-": rf"pypi-{_LONG}",
    "sk-": r"sk-(?:[a-z]{2,8}\d{0,2}-){0,2}(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}",
    "hvs.": rf"hv[sbr]\.{_LONG}",
    "sg.": r"SG\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}|SG\.[A-Za-z0-9_-]{40,}",
    "$": rf"{_HASH}|{_VERIFIER}",
    "*": r"\*[0-9A-F]{40}(?![0-9A-Za-z])",
    ".slack.com/": r"\.slack\.com/(?:services|workflows|triggers)/(?P<token>[\w/-]{20,})",
}
"""By letters that each holds or begins with, in lower case."""

_PREFIXES: Final = ("github", "dckr", "glpat", "shp", "nvapi", "sk", "rk", "pk")
_INSIDE = re.compile(r"[a-z0-9_]")


def _reader(trigger: str, pattern: re.Pattern[str]) -> Callable[[Scan, int], tuple[Span, ...]]:
    """What reads a token that *trigger* gives away."""
    is_word = trigger[0].isalnum() or trigger[0] == "_"

    def read(scan: Scan, at: int) -> tuple[Span, ...]:
        start = at
        if trigger[0] == "_":
            start -= len(next((p for p in _PREFIXES if scan.low.endswith(p, scan.pos, at)), ""))
        if is_word and start > scan.pos and _INSIDE.match(scan.low[start - 1]):
            return ()
        found = pattern.match(scan.text, start)
        return () if found is None else (Span(*found.span("token" if pattern.groups else 0)),)

    return read


TOKENS: Final = {trigger: _reader(trigger, re.compile(form)) for trigger, form in _TOKENS.items()}
"""By their triggers, what reads tokens there."""


# -- one row a line --------------------------------------------------------------------------

_MARKER = re.compile(r"-----(?P<side>BEGIN|END) [A-Z0-9 ]{1,40}-----")
_BASE64_ROW = re.compile(r"\s*[A-Za-z0-9+/]+={0,2}\s*")
_LAST_WORD = re.compile(r"(?<![^\s:>|\]])[A-Za-z0-9+/]{40,}={0,2}\s*\Z")
_SHORTEST_BODY = 16
_SHORTEST_ALONE = 32


def hide_key_material(rows: Sequence[str]) -> dict[int, str]:
    """What becomes of the rows of one page, in any order of time, that are lines of a key.

    A row that is nothing but 32 or more base64 characters of mixed classes is hidden anywhere, and
    beside it what can be the last line of the same body: the rows with BEGIN and END may stand on
    other pages.
    """
    shown: dict[int, str] = {}
    for place, row in enumerate(rows):
        if " " not in row or row[0] == " " or row[-1] == " " or "\n" in row:
            if _is_key_material(row):
                _hide_material(rows, shown, place)
            elif place not in shown and (left := _without_lines(row)) != row:
                shown[place] = left
    return shown


PEM_MARKER: Final = "-----"
"""What a row with the BEGIN or the END of a PEM block holds."""


def hide_split_pem(rows: Sequence[str], places: Iterable[int]) -> dict[int, str]:
    """What becomes of the rows of one page that are lines of PEM blocks with a row per line.

    Args:
        rows: the rows of a page, in any order of time.
        places: of those that hold PEM_MARKER. Beside and between these every row that can be a
            line of the body is hidden.
    """
    markers = [
        (place, found["side"])
        for place in sorted(places)
        if (found := _MARKER.search(rows[place])) is not None
    ]
    shown: dict[int, str] = {}
    for (start, side), (end, other) in pairwise(markers):
        if side != other:
            _hide_bodies(rows, shown, range(start + 1, end), _prefix(rows[start]))
    for place, _ in markers:
        prefix = _prefix(rows[place])
        _hide_beside(rows, shown, range(place - 1, -1, -1), prefix)
        _hide_beside(rows, shown, range(place + 1, len(rows)), prefix)
    return shown


def _is_key_material(row: str) -> bool:
    if len(row) < _SHORTEST_ALONE:
        return False
    word = row.strip()
    return len(word) >= _SHORTEST_ALONE and _BASE64_ROW.fullmatch(word) is not None and _mixed(word)


_LAST_LINE = re.compile(
    r"(?=[^\s]*[\dA-Z+/=])(?![A-Z]?[a-z]+\Z|[A-Z]+\Z|\d+\Z)[A-Za-z0-9+/]+={0,2}\Z"
)
"""The rest of a body: no word, and no number."""


def _hide_material(rows: Sequence[str], shown: dict[int, str], place: int) -> None:
    """Hide a line of a body, and beside it the shorter one with which the body ends."""
    shown[place] = HIDDEN
    for beside in (place - 1, place + 1):
        if 0 <= beside < len(rows) and _LAST_LINE.match(rows[beside].strip()):
            shown[beside] = HIDDEN


_LINE = re.compile(r"(?<=\n)[A-Za-z0-9+/]{32,}+={0,2}(?=\r?(?:\n|\Z))")


def _without_lines(row: str) -> str:
    """A row of several lines, without those that are nothing but base64."""
    if "\n" not in row:
        return row
    return _LINE.sub(lambda line: HIDDEN if _mixed(line[0]) else line[0], row)


def _mixed(word: str) -> bool:
    signs = "+" in word or any(map(str.isdigit, word))
    return signs and any(map(str.islower, word)) and any(map(str.isupper, word))


_DIGITS = re.compile(r"\d")


def _prefix(row: str) -> str:
    """What a logger has put before a marker or the line of a body, its digits aside."""
    found = _MARKER.search(row) or _LAST_WORD.search(row)
    return _DIGITS.sub("0", row[: found.start()]) if found else row


def _hide_bodies(rows: Sequence[str], shown: dict[int, str], places: range, prefix: str) -> None:
    """Hide what can be a line of a body among rows of others; *prefix* stands before each line."""
    for place in places:
        row = rows[place]
        if _BASE64_ROW.fullmatch(row):
            word = row.strip()
            beside_marker = place in (places.start, places.stop - 1)
            if len(word) >= _SHORTEST_BODY or word.endswith("=") or _mixed(word) or beside_marker:
                shown[place] = HIDDEN
        elif (found := _LAST_WORD.search(row)) and _prefix(row) == prefix:
            shown[place] = row[: found.start()] + HIDDEN


def _hide_beside(rows: Sequence[str], shown: dict[int, str], places: range, prefix: str) -> None:
    """Hide the unbroken run of body lines next to a marker: the other marker is on another page."""
    for place in places:
        word = rows[place].strip()
        if not _BASE64_ROW.fullmatch(word):
            found = _LAST_WORD.search(rows[place])
            if found is None or _prefix(rows[place]) != prefix:
                return
            shown[place] = rows[place][: found.start()] + HIDDEN
            continue
        is_last_line = place == places.start and (_mixed(word) or word.endswith("="))
        if len(word) < _SHORTEST_BODY and not is_last_line:
            return
        shown[place] = HIDDEN
