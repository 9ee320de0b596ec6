"""Pages of compared tables, nearly all of which agree: told apart from the others, mostly in C.

A plain row says that it agrees, has two equal counts and no difference, and holds nothing else that
its neighbours do not: its names and its count are all there is to keep of it. Every other row is
left to be looked at by itself.
"""

from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress, repeat
from operator import itemgetter, ne
from typing import Any, NamedTuple

from pydantic_core import from_json

from drs_mcp.api.wire.values import Row

_NAMES = ("source_table_name", "target_table_name")
_COUNTS = ("source_row_num", "target_row_num")
_PLACE = frozenset({"source_db", "target_db", "source_db_name", "target_db_name"})
_OWN = frozenset((*_NAMES, *_COUNTS, "difference_row_num", *_PLACE))
_COLUMNS = [itemgetter(name) for name in (*_NAMES, *_COUNTS)]
_MOST = 10**18


class Plain(NamedTuple):
    """The plain rows of a page, all like *first*, and the positions of the others.

    `alike` tells how a destination's name follows from its source's: "same" or "lower".
    """

    first: Row
    alike: str
    names: Sequence[str]
    counts: Sequence[int]
    others: Sequence[int]


def plain(rows: Sequence[Row], agreed: Mapping[str, object]) -> Plain | None:
    """The plain rows of a page; None if it is not what DRS is documented to send.

    Args:
        rows: the page.
        agreed: the fields by which a row says that it agrees, with the values that mean it; all
            but the first may be absent.
    """
    first = next((row for row in rows if _agrees(row, agreed)), None)
    if first is None:
        return None
    try:
        tail = itemgetter(*(name for name in first if name not in (*_NAMES, *_COUNTS)))
        others = list(compress(range(len(rows)), map(ne, map(tail, rows), repeat(tail(first)))))
        if set(map(len, rows)) != {len(first)}:
            longer = (at for at, row in enumerate(rows) if len(row) != len(first))
            others = sorted({*others, *longer})
        alike = "same" if first[_NAMES[0]] == first[_NAMES[1]] else "lower"
        columns = [list(map(column, rows)) for column in _COLUMNS]
        odd = _odd(_without(columns, others), alike)
        if odd:
            kept = [at for at in range(len(rows)) if at not in set(others)]
            others = sorted({*others, *(kept[at] for at in odd)})
            columns = _without([list(map(column, rows)) for column in _COLUMNS], others)
        counts = _numbers(columns[2])
    except (KeyError, TypeError, ValueError):
        return None
    return None if counts is None else Plain(first, alike, columns[0], counts, others)


def _without(columns: list[list[Any]], others: Sequence[int]) -> list[list[Any]]:
    """The columns of a page without some of its rows, few of them.

    Raises:
        ValueError: they are so many that each row is better looked at by itself.
    """
    if len(others) * 4 > len(columns[0]):
        raise ValueError
    for at in reversed(others):
        for column in columns:
            del column[at]
    return columns


def _odd(columns: Sequence[list[Any]], alike: str) -> list[int]:
    """The positions at which the two names, or the two counts, do not go together."""
    names, targets, counted, others = columns
    # Joined they are compared, and made lower case, at once.
    ours, theirs = "\0".join(names), "\0".join(targets)
    odd: set[int] = set()
    if (ours if alike == "same" else ours.lower()) != theirs:
        expected = names if alike == "same" else map(str.lower, names)
        odd.update(compress(range(len(names)), map(ne, expected, targets)))
    if counted != others:
        odd.update(compress(range(len(names)), map(ne, counted, others)))
    return sorted(odd)


def _agrees(row: Row, agreed: Mapping[str, object]) -> bool:
    """Whether a row says that it agrees, and nothing that our own look would have to weigh."""
    return (
        all(row.get(name, value) == value for name, value in agreed.items())
        and next(iter(agreed)) in row
        and row.get("difference_row_num") in ("0", 0)
        and all(
            value is None or value == ""
            for name, value in row.items()
            if name not in _OWN and name not in agreed
        )
    )


def _numbers(written: Sequence[Any]) -> Sequence[int] | None:
    """Counts as numbers, if all are written in the same plain way; else None.

    Raises:
        TypeError, ValueError: they are not written in the same way.
    """
    if written and isinstance(written[0], str):
        joined = ",".join(written)
        # Else signs, blanks and underscores would pass for numbers.
        if not joined.encode("ascii").translate(None, b",").isdigit():
            return None
        read = from_json(f"[{joined}]")  # twice as fast as int() for each
        if len(read) != len(written):  # 1,234 is one number
            return None
        written = read
    elif set(map(type, written)) != {int} or min(written) < 0:
        return None
    return written if max(written) < _MOST else None


class PlainTables:
    """The tables of plain rows, kept in as little as their names and counts take."""

    def __init__(self) -> None:
        self._known: dict[str, set[str]] = {"same": set(), "lower": set()}
        self._names: list[str] = []
        self._counts = array("q")
        self._pages: list[tuple[int, str, Row]] = []
        """Where each page begins, how its destinations are named, and its first row."""
        self._positions: dict[tuple[str, str], int] = {}

    def __len__(self) -> int:
        return sum(map(len, self._known.values()))

    def names(self, alike: str) -> AbstractSet[str]:
        """The sources whose destinations are named *alike*, "same" or "lower"."""
        return self._known[alike]

    def add(self, found: Plain) -> bool:
        """Keep the tables of a page; False, with nothing kept, if one was met before."""
        known = self._known[found.alike]
        if not known.isdisjoint(found.names):
            return False
        before = len(known)
        known.update(found.names)
        if len(known) != before + len(found.names) or "" in known:
            # One comes twice in this page, or has no name.
            known.difference_update(found.names)
            return False
        self._pages.append((len(self._names), found.alike, found.first))
        self._names += found.names
        self._counts.extend(found.counts)
        return True

    def take_back(self, source: str, target: str) -> Row | None:
        """The row of a table, as it came, which is forgotten here; None if it is not known."""
        for alike, known in self._known.items():
            if source in known and target == (source if alike == "same" else source.lower()):
                known.discard(source)
                at = self._position(alike, source)
                first = self._page(at)[2]
                rows = self._counts[at]
                written = str(rows) if isinstance(first[_COUNTS[0]], str) else rows
                names = dict(zip(_NAMES, (source, target), strict=True))
                return {**first, **names, **dict.fromkeys(_COUNTS, written)}
        return None

    def _position(self, alike: str, source: str) -> int:
        """Where a table's count stands: looked up late, since a table seldom comes again."""
        for at in range(len(self._positions), len(self._names)):
            self._positions[self._page(at)[1], self._names[at]] = at
        return self._positions[alike, source]

    def _page(self, at: int) -> tuple[int, str, Row]:
        return self._pages[bisect_right(self._pages, at, key=itemgetter(0)) - 1]
