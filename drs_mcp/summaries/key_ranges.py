"""Keys as ranges: integers as runs, composite integer keys by their fixed part.

A key that is not an integer is a row's value, and is shown only when asked for.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,39})")

Key = tuple[str, ...]


def integers(key: Sequence[str]) -> tuple[int, ...] | None:
    """The key's parts as integers; None if a part is not one (`007` is text)."""
    if (
        len(key) == 1
        and key[0].isdecimal()
        and key[0].isascii()
        and key[0][0] != "0"
        and len(key[0]) <= 40
    ):
        return (int(key[0]),)  # the common case, without a regular expression
    for part in key:
        if not _INTEGER.fullmatch(part) or part == "-0":
            return None
    return tuple(map(int, key))


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Consecutive runs (first, last) of sorted distinct *numbers*, from the smallest."""
    found: list[tuple[int, int]] = []
    start = last = None
    for number in numbers:
        if last is not None and number == last + 1:
            last = number
            continue
        if start is not None and last is not None:
            found.append((start, last))
        start = last = number
    if start is not None and last is not None:
        found.append((start, last))
    return found


def key_runs(keys: Iterable[tuple[int, ...]]) -> list[tuple[str, int]]:
    """Integer keys as (range, number of keys): `50000100-50000999`, or `(7, 1-40)`.

    Every key can be told from the ranges. Composite keys run in their last part, within what is
    fixed before it.
    """
    families: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for key in keys:
        families[key[:-1]].add(key[-1])
    found = []
    for fixed in sorted(families):
        for first, last in runs(sorted(families[fixed])):
            span = str(first) if first == last else f"{_negative(first)}–{_negative(last)}"
            if fixed:
                span = f"({', '.join(map(str, fixed))}, {span})"
            found.append((span, last - first + 1))
    return found


def _negative(number: int) -> str:
    # A minus beside a dash reads ill: negative bounds are set in parentheses.
    return f"({number})" if number < 0 else str(number)
