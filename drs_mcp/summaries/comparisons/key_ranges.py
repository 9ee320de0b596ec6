"""Keys as ranges: integers as runs, composite integer keys by their fixed part.

Any other key is a row's value and no business of this module's.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import prod

_FEW = 10
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,39}")


def is_integer(part: str | None) -> bool:
    """Whether a part of a key is an integer as one is written: `007` and `-0` are text."""
    return part is not None and _INTEGER.fullmatch(part) is not None


def is_natural(part: object) -> bool:
    """Whether a part of a key is plainly an integer above zero; cheaper than `is_integer`."""
    return (
        type(part) is str
        and part.isdecimal()
        and part.isascii()
        and part[0] != "0"
        and len(part) <= 40
    )


def integers(key: Sequence[str | None]) -> tuple[int, ...] | None:
    """The key's parts as integers; None if a part is not one, () if there is none."""
    parts = [int(part) for part in key if part is not None and is_integer(part)]
    return tuple(parts) if len(parts) == len(key) else None


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Consecutive runs (first, last) of sorted distinct *numbers*, from the smallest."""
    start = last = None
    for number in numbers:
        if last is not None and number == last + 1:
            last = number
            continue
        if start is not None and last is not None:
            yield start, last
        start = last = number
    if start is not None and last is not None:
        yield start, last


def key_runs(keys: Iterable[tuple[int, ...]]) -> Iterator[tuple[str, int]]:
    """Integer keys as (range, number of rows): `50000100–50000999`, or `(7, 1–40)`.

    Every key can be told from the ranges. Of a composite key, what is fixed stands once and the
    parts that run are spans: `(1–900, 7)` are 900 keys, `(1–3, 1–40)` are 120. A key of several
    rows is in as many ranges. They come one by one: keys that do not follow each other make as
    many ranges as there are rows, of which a few are told.
    """
    left = Counter(keys)
    while left:
        by_width: dict[int, list[tuple[int, ...]]] = defaultdict(list)
        for key in left:
            by_width[len(key)].append(key)
        for width, family in sorted(by_width.items()):
            boxes: Iterable[_Box]
            if width == 1:
                boxes = ((span,) for span in runs(sorted(key[0] for key in family)))
            else:
                boxes = _boxes(family, width)
            for box in boxes:
                yield written_box(box), _size(box)
        left = Counter({key: rows - 1 for key, rows in left.items() if rows > 1})


_Span = tuple[int, int]
_Box = tuple[_Span, ...]
"""The first and last number of each part of a key; it holds every combination."""


def _boxes(keys: Iterable[tuple[int, ...]], width: int) -> list[_Box]:
    """The keys in few boxes: joined along one part after the other, from either end."""
    single = [tuple((part, part) for part in key) for key in keys]
    best: list[_Box] = single
    for places in (reversed(range(width)), range(width)):
        boxes = single
        for place in places:
            boxes = _joined(boxes, place)
        if len(boxes) < len(best):
            best = boxes
        if len(best) <= max(_FEW, len(single) // 10):
            break
    return sorted(best)


def _joined(boxes: Iterable[_Box], place: int) -> list[_Box]:
    """The boxes, with those made one that follow each other in one part and are alike in others."""
    families: dict[tuple[_Box, _Box], list[_Span]] = defaultdict(list)
    for box in boxes:
        families[box[:place], box[place + 1 :]].append(box[place])
    made: list[_Box] = []
    for (before, after), spans in families.items():
        spans.sort()
        low, high = spans[0]
        for first, last in spans[1:]:
            if first != high + 1:
                made.append((*before, (low, high), *after))
                low = first
            high = last
        made.append((*before, (low, high), *after))
    return made


def _size(box: _Box) -> int:
    return prod(last - first + 1 for first, last in box)


def written_box(box: _Box) -> str:
    """A box as answers write it; a key of integers is one, each part its own first and last."""
    spans = [
        str(first) if first == last else f"{_negative(first)}–{_negative(last)}"
        for first, last in box
    ]
    return spans[0] if len(spans) == 1 else f"({', '.join(spans)})"


def _negative(number: int) -> str:
    # A minus beside a dash reads ill: negative bounds are set in parentheses.
    return f"({number})" if number < 0 else str(number)
