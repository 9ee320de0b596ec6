"""Which tables a comparison lists, by name, held against those that another one of the task lists."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain, combinations
from types import MappingProxyType
from typing import NamedTuple

from drs_mcp.summaries.comparisons.requested.names import same_but_for_schema


class ListedTable(NamedTuple):
    """A table and the one that it was compared with; what is not told is empty."""

    source_db: str
    target_db: str
    source: str
    target: str


class NamesOfPlace(NamedTuple):
    """The tables of one database pair: *same* and *lower* in the destination, or otherwise named."""

    same: AbstractSet[str]
    lower: AbstractSet[str]
    others: AbstractSet[tuple[str, str]]


@dataclass(frozen=True)
class ListedTables:
    """The tables that a comparison lists, whatever it found of them, by their database pairs.

    `nameless`: it lists tables that cannot be told from others, so that none is known to be absent.
    """

    places: Mapping[tuple[str, str], NamesOfPlace] = field(
        default_factory=lambda: MappingProxyType({})
    )
    nameless: bool = False

    @property
    def databases(self) -> frozenset[str]:
        """The source databases of which it lists a table."""
        return frozenset(source for (source, _), names in self.places.items() if any(names))

    def not_in(self, other: "ListedTables") -> Iterator[ListedTable]:
        """The tables that the *other* comparison does not list, written the same way."""
        for (source_db, target_db), names in self.places.items():
            known = other.places.get((source_db, target_db), _NOTHING)
            for name in names.same - known.same:
                yield ListedTable(source_db, target_db, name, name)
            for name in names.lower - known.lower:
                yield ListedTable(source_db, target_db, name, name.lower())
            for source, target in names.others - known.others:
                yield ListedTable(source_db, target_db, source, target)


_NOTHING = NamesOfPlace(frozenset(), frozenset(), frozenset())


@dataclass
class Beside:
    """One comparison beside another of the same task, by the names of what both list.

    Attributes:
        absent: tables that the other one lists, and this one does not.
        elsewhere: tables that both list, each with another destination: the other one's, and ours.
    """

    absent: list[ListedTable] = field(default_factory=list)
    elsewhere: list[tuple[ListedTable, ListedTable]] = field(default_factory=list)


def beside(ours: ListedTables, theirs: ListedTables) -> Beside:
    """Hold the tables of a comparison against those of the other one.

    The same table may be written in other case, with its schema or without, its database told or
    not: only what fits in no way is absent, or elsewhere.
    """
    left = [] if ours.nameless else [one for one in theirs.not_in(ours) if one.source]
    if not left:
        return Beside()
    own = [one for one in ours.not_in(_NO_TABLES) if one.source]
    keys = _keys(own)
    same, open_ = set(keys), defaultdict(list)
    for key, one in zip(_keys(left), left, strict=True):
        if key not in same:
            open_[key.source].append(_Open(one, key.target))
    _meet(open_, own, keys)
    found = Beside()
    for other in chain.from_iterable(open_.values()):
        if not other.met:
            found.absent.append(other.table)
        elif other.met <= _MOST_ALIKE and other.elsewhere is not None:
            found.elsewhere.append((other.table, other.elsewhere))
    return found


_NO_TABLES = ListedTables()
_MOST_ALIKE = 50
"""Of a name that more tables may be meant by, nothing is claimed."""


class _Key(NamedTuple):
    """How a table and its destination are called, whoever writes them: see `_folded`."""

    source: str
    target: str


@dataclass(slots=True)
class _Open:
    """A table of the other comparison that ours writes in another way, if it lists it.

    Attributes:
        table: the table.
        target: its destination's name, folded.
        met: how many of our tables may be the same, so far as they were looked at.
        elsewhere: one of them, if all go elsewhere.
    """

    table: ListedTable
    target: str
    met: int = 0
    elsewhere: ListedTable | None = None

    def meet(self, one: ListedTable, target: str) -> None:
        """Look at a table of the same source, and where it goes."""
        if self.met > _MOST_ALIKE or (self.met and self.elsewhere is None):
            return
        self.met += 1
        goes_there = not self.table.target or not one.target or _fits(self.target, target)
        self.elsewhere = None if goes_there else min(one, self.elsewhere or one)


def _meet(
    open_: Mapping[str, Sequence[_Open]], own: Sequence[ListedTable], keys: Sequence[_Key]
) -> None:
    """Have each open table meet those of ours that may be the same."""
    ends = {_end(name) for name in open_}
    known: dict[str, list[tuple[ListedTable, str]]] = defaultdict(list)
    for (name, target), one in zip(keys, own, strict=True):
        if _end(name) in ends:
            known[name].append((one, target))
            for reading in (name, *_shorter(name)):
                for other in open_.get(reading, ()):
                    other.meet(one, target)
    for name, alike in open_.items():
        for reading in _shorter(name):
            for one, target in known.get(reading, ())[: _MOST_ALIKE + 1]:
                for other in alike:
                    other.meet(one, target)


def _keys(tables: Sequence[ListedTable]) -> list[_Key]:
    """The tables by their names, each with its database before it, and that only once."""
    sides = []
    for at in (0, 1):
        names = _folded([one[at + 2] for one in tables])
        heads = {name: f"{_folded([name])[0]}." if name else "" for name in {t[at] for t in tables}}
        sides.append(
            [
                name if name.startswith(head := heads[one[at]]) else head + name
                for name, one in zip(names, tables, strict=True)
            ]
        )
    return list(map(_Key, *sides))


_AROUND = dict.fromkeys(map(ord, "`\"'[] "))


def _folded(names: Sequence[str]) -> list[str]:
    """Names without quotes, blanks and case: all at once, since there may be 300,000."""
    folded = "\0".join(names).casefold().translate(_AROUND).split("\0")
    if len(folded) == len(names):
        return folded
    return [name.casefold().translate(_AROUND) for name in names]  # one holds a zero itself


def _end(name: str) -> str:
    return name.rpartition(".")[2]


_MOST_PARTS = 6


def _shorter(name: str) -> Iterator[str]:
    """What a name is where some of its databases and schemas are not told."""
    *heads, end = name.split(".")[-_MOST_PARTS:]
    if heads:
        yield end
    for number in range(1, len(heads)):
        for some in combinations(heads, number):
            yield ".".join((*some, end))


def _fits(one: str, other: str) -> bool:
    """Whether two folded names are one where the longer alone tells a schema or database."""
    return one == other or same_but_for_schema(one.split("."), other.split("."))
