"""Secrets that go on in the next row: their name stands in one, their value in another.

Only rows that end where a value must follow are read together with their neighbours: behind a
separator, within a quote, in a table's header. The rows of a page may be sorted either way.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from drs_mcp.quoting.secrets.values import Span

_GOES_ON = re.compile(
    r"(?:[:=：＝\\]|=>|[|>][+\-]?\d?|\b(?:by|basic|bearer|negotiate|ntlm)|<[\w:.\-]{1,64}(?:\s[^<>]{0,100})?>"
    r"|\d\) \"[^\"]{1,40}\"|\"\"|''"
    r"|[:=]\s?\\*(?:\"[^\"]{0,150}|'[^']{0,150}))\s*\Z",
    re.IGNORECASE,
)
_CELL = r"\s?\"?[A-Za-z_][\w .\-]{0,48}\"?"
_HEADER = re.compile(rf"{_CELL}(?:[,|;\t]{_CELL}){{1,40}}\s*")
_PAIR = re.compile(r"\s*(?:export |- |\[)?[\w.\-]{1,64}\]?\s*(?:=>|=|:)\s*\S+[ \t]")
_GOES_ON_BEFORE = re.compile(r"\s*(?:\+|\|\||\.)\s*[\"']")
_TAIL: Final = 200
_LONGEST: Final = 4_000
_USUAL: Final = 2
_MOST: Final = 40


class Group(NamedTuple):
    """Neighbouring rows that must be read as one text, in the order to read them in.

    Attributes:
        rows: their places.
        own: the place of the row whose secret they tell, if it stands in that row itself.
    """

    rows: list[int]
    own: int | None = None


def rows_to_join(rows: Sequence[str], places: Iterable[int]) -> list[Group]:
    """The groups of a page's rows, for each name of a secret in either order.

    Args:
        rows: the rows of a page.
        places: of those that may hold a secret's name.
    """
    groups: list[Group] = []
    for place in sorted(places):
        row = rows[place]
        if len(row) > _LONGEST or "\n" in row:
            continue
        if _GOES_ON.search(row[-_TAIL:]) or _HEADER.fullmatch(row):
            groups += [Group(_following(rows, place, step)) for step in (1, -1)]
        if _PAIR.match(row):
            near = [one for one in (place - 1, place, place + 1) if 0 <= one < len(rows)]
            groups += [Group(near, place), Group(near[::-1], place)]
    return [group for group in groups if len(group.rows) > 1]


def _following(rows: Sequence[str], place: int, step: int) -> list[int]:
    group = [place]
    indent = _indent(rows[place])
    block = rows[place].rstrip().endswith(("|", ">", "|-", ">-", "|+", ">+"))
    at = place + step
    while 0 <= at < len(rows) and len(group) <= _MOST and len(rows[at]) <= _LONGEST:
        continued = (
            rows[at - step].rstrip().endswith("\\")
            or _GOES_ON_BEFORE.match(rows[at]) is not None
            or (block and _indent(rows[at]) > indent)
        )
        if len(group) > _USUAL and not continued:
            break
        group.append(at)
        at += step
    return group


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


_A_LINE_OF_WORDS = re.compile(r"[ \t]+\S")
_PLAIN = re.compile(r"\s*[A-Za-z_]+[.,;:!?]{0,3}\s*\Z")


def is_told(row: str, spans: Sequence[Span]) -> bool:
    """Whether *spans* can be a secret whose name stands in another row: no words of a sentence."""
    if not spans or not row[: spans[0].start].strip():
        return not spans or not (_A_LINE_OF_WORDS.match(row, spans[0].end) or _PLAIN.match(row))
    return True


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
