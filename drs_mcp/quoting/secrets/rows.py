"""Secrets that go on in the next row: their name stands in one, their value in another.

Only rows that end where a value must follow are read together with their neighbours: behind a
separator, within a quote, in a table's header. Which neighbour is the next one the order of their
times tells.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from drs_mcp.quoting.hidden import HIDDEN
from drs_mcp.quoting.secrets.bare import DRAWN_AMONG_PAIRS
from drs_mcp.quoting.secrets.keys import Weight, weigh
from drs_mcp.quoting.secrets.values import Span

_GOES_ON = re.compile(
    r"(?:[:=：＝\\]|=>|[|>][+\-]?\d?|\b(?:by|basic|bearer|negotiate|ntlm)|<[\w:.\-]{1,64}(?:\s[^<>]{0,100}(?<!/))?>"
    r"|\d\) \"[^\"]{1,40}\"|(?:334|\+) (?:ugfzc3dvcmq6|cgfzc3dvcmq6)|\"\"|''|successfully (?:re)?set\."
    r"|[:=]\s?\\*[\"'])\s*\Z",
    re.IGNORECASE,
)
_LAST: Final = frozenset(":=：＝\\|>+-0123456789\"'.ycremYCREM")
"""The characters that it ends with."""
_LONG_ENDS: Final = "\"'>"
_SHORT_END: Final = 24
"""So much of a row holds what goes on, unless it ends in a quote or a tag."""
_QUOTE_LEFT_OPEN = re.compile(
    r"[:=]\s?\\*(?:(?P<double>\")[^\"]{1,150}|(?P<single>')[^']{1,150})\s*\Z"
)
_CELL = r"\s? {0,80}+\"?[A-Za-z_][\w.\-]{0,40}(?: [\w.\-]{1,24}){0,2}\"? {0,80}+"
_HEADER = re.compile(rf"[|│]?{_CELL}(?:[,|│;\t]{_CELL}){{1,40}}[|│]?\s*")
_LINE_OF_TABLE = re.compile(r"[-=+:\t ─━═┼╪╋├┤╟╢┃]++")
_NAMES = re.compile(
    r"(?:(?:^|[\s{,])-?\s?[\"']?(?:name|key)[\"']?\s?[:=]\s?[\"']?(?P<name>[\w.\-]{1,100})[\"']?,?"
    r"|<(?:[\w\-]{1,20}[:\-])?(?:name|key)>(?P<element>[\w.\-]{1,100})</[\w:\-]{1,40}>)\s*\Z",
    re.IGNORECASE,
)
"""A field that holds a name ends the row: the one with its value is the next."""
_LENGTH = re.compile(r"\s*\$\d{1,6}\s*")
_NAME = re.compile(r"[^,|;\t\"]+")
_PAIR = re.compile(r"\s*(?:export |- |\[)?(?P<name>[\w.\-]{1,64})\]?\s*(?:=>|=|:)\s*\S")
_GOES_ON_BEFORE = re.compile(r"\s*(?:\+|\|\||\.)\s*[\"']")
_TAIL: Final = 200
_LONGEST: Final = 4_000
_USUAL: Final = 2
_MOST: Final = 40
_MOST_CHARS: Final = 16_000
"""Of rows that are read as one."""


class Group(NamedTuple):
    """Neighbouring rows that must be read as one text, in the order to read them in.

    Attributes:
        rows: their places.
        name: the place of the one that holds the secret's name.
        quoted: the quote within which a value goes on, which the rows must end; else empty.
        header: whether it is the header of a table, and the rows are others of it.
        wire: whether they are the parts of Redis' command AUTH.
    """

    rows: list[int]
    name: int
    quoted: str = ""
    header: bool = False
    wire: bool = False


_STEPS: Final = {True: (-1,), False: (1,), None: (1, -1)}
"""To the next row of time, by whether the newest is first."""


def rows_to_join(
    rows: Sequence[str],
    alone: Sequence[str],
    places: Iterable[int],
    *,
    newest_first: bool | None,
) -> list[Group]:
    """The groups of a page's rows in which a secret goes on, the one with its name first.

    Args:
        rows: the rows of a page.
        alone: the same, each without what by itself shows to be hidden.
        places: of those that may hold a secret's name.
        newest_first: how the rows are sorted; None: it is not known, either may be.
    """
    groups: list[Group] = []
    for place in sorted(places):
        row = rows[place]
        if len(row) > _LONGEST or "\n" in row:
            continue
        tail = alone[place][-_TAIL:]
        left_open = _QUOTE_LEFT_OPEN.search(tail) if "'" in tail or '"' in tail else None
        quoted = left_open["double"] or left_open["single"] if left_open else ""
        header = _HEADER.fullmatch(row) is not None and _names_secret(row)
        if row.strip() == "AUTH":
            groups += [
                Group(_parts_of_auth(rows, place, step), place, wire=True)
                for step in _STEPS[newest_first]
            ]
        elif quoted or header or _names_value(row) or _is_open(row, alone[place]):
            groups += [
                Group(_following(rows, alone, place, step, header=header), place, quoted, header)
                for step in _STEPS[newest_first]
            ]
    return [group for group in groups if len(group.rows) > 1]


def _names_secret(header: str) -> bool:
    return any(weigh(name) is Weight.STRONG for name in _NAME.findall(header))


def _names_value(row: str) -> bool:
    tail = row[-_TAIL:]
    low = tail.lower()
    if "name" not in low and "key" not in low:
        return False
    value = tail[max(tail.rfind(":"), tail.rfind("=")) + 1 :].split()
    if len(value) != 1 and not tail.rstrip().endswith(">"):
        return False
    found = _NAMES.search(tail)
    name = (found["name"] or found["element"]) if found else ""
    return bool(name) and weigh(name) is Weight.STRONG


def _parts_of_auth(rows: Sequence[str], place: int, step: int) -> list[int]:
    """The rows of `AUTH`, `$8`, `password`, or with a user and its length before."""
    group = [place]
    for at in (place + step, place + 3 * step):
        if not (0 <= at < len(rows) and 0 <= at + step < len(rows) and _LENGTH.fullmatch(rows[at])):
            break
        group += [at, at + step]
    return group


def _is_open(row: str, shown: str) -> bool:
    """Whether a row ends where a value must follow: not in a value that only seems to end so."""
    if not shown.endswith(HIDDEN):
        end = shown[-_TAIL:].rstrip()
        if end[-1:] not in _LAST and end.isascii():
            return False
        return _GOES_ON.search(end if end[-1:] in _LONG_ENDS else end[-_SHORT_END:]) is not None
    head = shown.removesuffix(HIDDEN).rpartition(HIDDEN)[2]
    place = row.rfind(head)
    found = _GOES_ON.search(row, max(len(row) - _TAIL, 0))
    return found is not None and place >= 0 and found.start() <= place + len(head)


def lines_of_pairs(
    rows: Sequence[str], places: Iterable[int], *, newest_first: bool | None
) -> list[Group]:
    """Rows that may be lines of a configuration, each between the two beside it."""
    groups: list[Group] = []
    for place in sorted(places):
        pair = _PAIR.match(rows[place]) if len(rows[place]) <= _LONGEST else None
        if pair and weigh(pair["name"]) is not Weight.NONE:
            near = [one for one in (place - 1, place, place + 1) if 0 <= one < len(rows)]
            groups += [Group(near[::step], place) for step in _STEPS[newest_first]]
    return [group for group in groups if len(group.rows) > 1]


def _following(
    rows: Sequence[str], alone: Sequence[str], place: int, step: int, *, header: bool
) -> list[int]:
    group = [place]
    indent = _indent(rows[place])
    block = rows[place].rstrip().endswith(("|", ">", "|-", ">-", "|+", ">+"))
    at, left = place + step, _MOST_CHARS
    while 0 <= at < len(rows) and len(group) <= _MOST and len(rows[at]) <= min(_LONGEST, left):
        continued = (
            (rows if at - step == place else alone)[at - step].rstrip().endswith("\\")
            or _GOES_ON_BEFORE.match(rows[at]) is not None
            or (block and _indent(rows[at]) > indent)
            or (header and _is_drawn(rows[at]))
        )
        if len(group) > _USUAL and not continued:
            break
        group.append(at)
        left -= len(rows[at])
        at += step
    return group


def _is_drawn(row: str) -> bool:
    """Whether it is a row of a table with bars, no other header, or a line between two of them."""
    if "|" in row or "│" in row:
        return _HEADER.fullmatch(row) is None or not _names_secret(row)
    return _LINE_OF_TABLE.fullmatch(row) is not None


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


_A_LINE_OF_WORDS = re.compile(r"[ \t]+[^\s|│]")
_WORD = re.compile(r"\w")
_DIGIT = re.compile(r"\d")
_PLAIN = re.compile(r"(?:[A-Z]?[a-z_]+|[A-Z_]+)[.,;:!?]{0,3}")


_BEGINS = re.compile(
    r"\s*(?:(?:\+|\|\||\.|\d{1,4}\))\s*|(?:c:|-?>{1,3})\s|[\"']?(?:new )?(?:value|val)[\"']?(?:\s?[:=]|\sis)\s*"
    r"|<(?:[\w\-]{1,20}[:\-])?(?:value|string)(?:\s[^<>]{0,80})?>\s*(?:<!\[CDATA\[)?)?[\\\"'`]*",
    re.IGNORECASE,
)


def goes_on(row: str, spans: Sequence[Span]) -> list[Span]:
    """Those of the *spans* with which a row begins: the others are its own."""
    return [span for span in spans if _BEGINS.fullmatch(row, 0, span.start)]


def is_told(row: str, spans: Sequence[Span], *, quoted: str = "") -> bool:
    """Whether *spans* can be a secret whose name stands in another row: no words of a sentence.

    Args:
        row: the row.
        spans: what would be hidden of it.
        quoted: the quote that was left open in the row before; else empty.
    """
    if not spans or _WORD.search(row, 0, spans[0].start):
        return True
    hidden = row[spans[0].start : spans[0].end]
    if quoted:
        return _DIGIT.search(hidden) is not None and quoted not in hidden.replace("\\" + quoted, "")
    if (drawn := DRAWN_AMONG_PAIRS.match(row, spans[0].start)) and drawn.end() == spans[0].end:
        return True
    words = all(map(_PLAIN.fullmatch, hidden.split()))
    return not words and not _A_LINE_OF_WORDS.match(row, spans[0].end)


def spans_by_row(lengths: Sequence[int], spans: Iterable[Span]) -> list[list[Span]]:
    """The spans of a text of lines, by line and from each line's beginning."""
    found: list[list[Span]] = [[] for _ in lengths]
    start = 0
    starts: list[int] = []
    for length in lengths:
        starts.append(start)
        start += length + 1
    for span in spans:
        for line, (begin, length) in enumerate(zip(starts, lengths, strict=True)):
            first, last = max(span.start - begin, 0), min(span.end - begin, length)
            if first < last:
                found[line].append(Span(first, last, span.shown))
    return found
