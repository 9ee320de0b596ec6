"""Which tables a comparison lists, by name, held against those that another one of the task lists."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from drs_mcp.summaries.comparisons.requested.names import folded, same_but_for_schema
from drs_mcp.text_cache import text_cache


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
    def tells(self) -> bool:
        """Whether it tells a database of any table."""
        return any(source for source, _ in self.places)

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
    found = Beside()
    open_ = [one for one in theirs.not_in(ours) if one.source]
    if not open_ or ours.nameless:
        return found
    open_ = sorted(_but_for_case(open_, ours, databases=ours.tells and theirs.tells))
    known = _Known(ours, {folded(one.source)[-1] for one in open_})
    for one in open_:
        same = known.of_source(one)
        if not same:
            found.absent.append(one)
        elif not any(_goes_where(one, other) for other in same):
            found.elsewhere.append((one, same[0]))
    return found


_MOST_ALIKE = 50
"""So many tables of one name, in whatever database or schema, are looked at for one."""


def _but_for_case(
    tables: Sequence[ListedTable], ours: ListedTables, *, databases: bool
) -> Iterator[ListedTable]:
    """Those of the tables that none of ours equals but for case, and for *databases* where untold."""

    def key(one: ListedTable) -> tuple[str, ...]:
        names = (one.source.casefold(), one.target.casefold())
        return (*names, one.source_db.casefold(), one.target_db.casefold()) if databases else names

    ends = {one.source.casefold() for one in tables}
    known = {key(one) for one in ours.not_in(_NO_TABLES) if one.source.casefold() in ends}
    return (one for one in tables if key(one) not in known)


class _Known:
    """The tables of a comparison by the ends of their names, with and without the beginning."""

    def __init__(self, tables: ListedTables, ends: AbstractSet[str]) -> None:
        self._by_both: dict[tuple[str, str], list[_Named]] = defaultdict(list)
        self._by_end: dict[str, list[_Named]] = defaultdict(list)
        for one in sorted(_ending(tables.not_in(_NO_TABLES), ends)):
            name = _whole(one.source_db, one.source)
            self._by_both[name[0], name[-1]].append((name, one))
            self._by_end[name[-1]].append((name, one))

    def of_source(self, one: ListedTable) -> list[ListedTable]:
        """Those that have the same source."""
        name = _whole(one.source_db, one.source)
        for alike in (self._by_both.get((name[0], name[-1])), self._by_end.get(name[-1])):
            same = [
                other
                for own, other in (alike or ())[:_MOST_ALIKE]
                if own == name or same_but_for_schema(name, own)
            ]
            if same:
                return same
        return []


_Named = tuple[tuple[str, ...], ListedTable]
"""The parts of a table's name, its database before it, and the table."""

_NO_TABLES = ListedTables()
_FEW = 50


def _ending(tables: Iterable[ListedTable], ends: AbstractSet[str]) -> Iterator[ListedTable]:
    """The tables whose names have one of these last parts."""
    few = tuple(ends) if len(ends) <= _FEW else ("",)
    for one in tables:
        # Taking a name apart costs ten times as much as a look at how it ends.
        if one.source.casefold().rstrip(_AROUND).endswith(few) and folded(one.source)[-1] in ends:
            yield one


_AROUND = "`\"'] "


@text_cache(256)
def _database(name: str) -> tuple[str, ...]:
    return folded(name)


def _whole(database: str, table: str) -> tuple[str, ...]:
    """A table's name part by part, its database before it where that is told, and only once."""
    own = folded(table)
    head = _database(database) if database else ()
    return own if own[: len(head)] == head and len(own) > len(head) else (*head, *own)


def _goes_where(one: ListedTable, other: ListedTable) -> bool:
    """Whether two tables have the same destination, as far as both tell it."""
    alike = one.target.casefold() == other.target.casefold() and one.target_db == other.target_db
    if alike or not one.target or not other.target:
        return True
    return same_but_for_schema(
        _whole(one.target_db, one.target), _whole(other.target_db, other.target)
    )
