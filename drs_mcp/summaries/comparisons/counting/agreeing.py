"""Pages of compared tables, nearly all of which agree: told apart from the others, mostly in C.

A plain row says that it agrees, has two equal counts and no difference, and holds nothing else that
its neighbours do not: its names and its count are all there is to keep of it. Every other row is
left to be looked at by itself.
"""

from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import itemgetter
from typing import Any, NamedTuple

from drs_mcp.api.wire.digits import whole_numbers
from drs_mcp.api.wire.values import Row

_SOURCE, _TARGET = "source_table_name", "target_table_name"
_COUNT, _OTHER_COUNT = "source_row_num", "target_row_num"
_DIFFERENCE = "difference_row_num"
_PLACE = frozenset({"source_db", "target_db", "source_db_name", "target_db_name"})
_OWN = frozenset({_SOURCE, _TARGET, _COUNT, _OTHER_COUNT, _DIFFERENCE, *_PLACE})
_MOST = 10**18


class Plain(NamedTuple):
    """The plain rows of a page, all like *first*, and the positions of the others.

    `alike` tells how a destination's name follows from its source's: "same" or "lower"; `total` is
    the sum of the counts.
    """

    first: Row
    alike: str
    names: Sequence[str]
    counts: list[int]
    total: int
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
        alike = "same" if first[_SOURCE] == first[_TARGET] else "lower"
        others = sorted(
            {*_unlike(rows, first, next(iter(agreed))), *_mistyped(rows, first, agreed)}
        )
        names, targets, counts = _columns(rows, others)
        # Joined they are compared, and made lower case, at once.
        ours, theirs = "\0".join(names), "\0".join(targets)
        if (ours if alike == "same" else ours.lower()) != theirs:
            others = _with_renamed(rows, others, alike)
            names, _, counts = _columns(rows, others)
        numbers, total = _numbers(counts)
    except (KeyError, TypeError, ValueError):
        return None
    return Plain(first, alike, names, numbers, total, others)


def _unlike(rows: Sequence[Row], first: Row, claim: str) -> list[int]:
    """The positions of rows that say anything but what *first* says, names and counts apart.

    Raises:
        KeyError: a row lacks a field of the first.
    """
    claim, difference, count, other_count = _own(first, claim, _DIFFERENCE, _COUNT, _OTHER_COUNT)
    says, none, size = first[claim], first[difference], len(first)
    known = {claim, difference, count, other_count, _SOURCE, _TARGET}
    one, *more = [name for name in first if name not in known] or [claim]  # usually a message
    told = first[one]
    odd = [
        at
        for at, row in enumerate(rows)
        if row[claim] != says
        or row[difference] != none
        or row[count] != row[other_count]
        or row[one] != told
        or len(row) != size
    ]
    if more:
        tell = itemgetter(*more)
        expected = tell(first)
        odd += [at for at, found in enumerate(map(tell, rows)) if found != expected]
    return odd


def _mistyped(rows: Sequence[Row], first: Row, agreed: Mapping[str, object]) -> list[int]:
    """The positions at which what is equal is of another type: to Python 1, 1.0 and True are equal.

    Only text equals nothing but text.
    """
    odd: list[int] = []
    for name in _own(first, *(name for name in (*agreed, _OTHER_COUNT) if name in first)):
        kind = type(first[name])
        if kind is not str:
            odd += [at for at, row in enumerate(rows) if type(row[name]) is not kind]
    return odd


def _columns(rows: Sequence[Row], others: Sequence[int]) -> tuple[list[Any], list[Any], list[Any]]:
    """Names, destinations' names and counts of a page without some of its rows, few of them.

    Raises:
        ValueError: they are so many that each row is better looked at by itself.
    """
    if len(others) * 4 > len(rows):
        raise ValueError
    names, targets, counts = (
        list(map(itemgetter(name), rows)) for name in _own(rows[0], _SOURCE, _TARGET, _COUNT)
    )
    for at in reversed(others):
        del names[at], targets[at], counts[at]
    return names, targets, counts


def _own(row: Row, *names: str) -> list[str]:
    """Names as the row itself holds them: the decoder uses one object for all rows of a page.

    A field is found in two thirds of the time, or less, where its name need not be compared.

    Raises:
        KeyError: it has none of that name.
    """
    own = dict(zip(row, row, strict=True))
    return [own[name] for name in names]


def _with_renamed(rows: Sequence[Row], others: Sequence[int], alike: str) -> list[int]:
    """Those positions, and the ones at which the two names do not go together."""
    called = str if alike == "same" else str.lower
    left_out = set(others)
    for at, row in enumerate(rows):
        if at not in left_out and called(row[_SOURCE]) != row[_TARGET]:
            left_out.add(at)
    return sorted(left_out)


def _agrees(row: Row, agreed: Mapping[str, object]) -> bool:
    """Whether a row says that it agrees, and nothing that our own look would have to weigh."""
    source = row.get(_SOURCE)
    return (
        all(
            (told := row.get(name, value)) == value and type(told) is type(value)
            for name, value in agreed.items()
        )
        and next(iter(agreed)) in row
        and row.get(_DIFFERENCE) in ("0", 0)
        and row.get(_COUNT) == row.get(_OTHER_COUNT)
        and isinstance(source, str)
        and row.get(_TARGET) in (source, source.lower())
        and all(
            value is None or value == ""
            for name, value in row.items()
            if name not in _OWN and name not in agreed
        )
    )


def _numbers(written: list[Any]) -> tuple[list[int], int]:
    """Counts as numbers, and their sum.

    Raises:
        TypeError, ValueError: they are not all written in the same plain way.
    """
    if written and isinstance(written[0], str):
        read = whole_numbers(",".join(written), len(written))
        if read is None:
            raise ValueError
        written = read
    elif set(map(type, written)) != {int} or min(written) < 0:
        raise ValueError
    total = sum(written)
    if total >= _MOST:  # else no count is
        raise ValueError
    return written, total


class PlainTables:
    """The tables of plain rows, kept in as little as their names and counts take."""

    def __init__(self) -> None:
        self._known: dict[str, set[str]] = {"same": set(), "lower": set()}
        self._names: list[str] = []
        self._counts = array("q")
        self._pages: list[tuple[int, str, Row]] = []
        """Where each page begins, how its destinations are named, and its first row."""
        self._positions: dict[tuple[str, str], int] = {}
        """Where the count of a table stands, as far as that was asked for."""
        self._searched = 0

    def __len__(self) -> int:
        return sum(map(len, self._known.values()))

    def names(self, alike: str) -> AbstractSet[str]:
        """The sources whose destinations are named *alike*, "same" or "lower"."""
        return self._known[alike]

    def add(self, found: Plain, apart: AbstractSet[str] = frozenset()) -> bool:
        """Keep the tables of a page.

        Args:
            found: the page.
            apart: sources that are to be looked at by themselves.

        Returns:
            False, with nothing kept, if one was met before, comes twice, has no name or is *apart*.
        """
        known = self._known[found.alike]
        before = len(known)
        known.update(found.names)
        new = len(known) == before + len(found.names)
        if not (new and "" not in known and known.isdisjoint(apart)):
            positions, alike = self._found(), found.alike
            known.difference_update([n for n in found.names if (alike, n) not in positions])
            return False
        self._pages.append((len(self._names), found.alike, found.first))
        self._names += found.names
        self._counts.fromlist(found.counts)
        return True

    def take_back(self, source: str, target: str) -> Row | None:
        """The row of a table, as it came, which is forgotten here; None if it is not known."""
        for alike, known in self._known.items():
            if source in known and target == (source if alike == "same" else source.lower()):
                known.discard(source)
                at = self._found().pop((alike, source))
                first = self._page(at)[2]
                rows = self._counts[at]
                written = str(rows) if isinstance(first[_COUNT], str) else rows
                names = {_SOURCE: source, _TARGET: target}
                return {**first, **names, _COUNT: written, _OTHER_COUNT: written}
        return None

    def _found(self) -> dict[tuple[str, str], int]:
        """The positions of all tables that are known: made late, since a table seldom comes again."""
        for at in range(self._searched, len(self._names)):
            self._positions[self._page(at)[1], self._names[at]] = at
        self._searched = len(self._names)
        return self._positions

    def _page(self, at: int) -> tuple[int, str, Row]:
        return self._pages[bisect_right(self._pages, at, key=itemgetter(0)) - 1]
