"""Tables with differing rows: what is kept of each, and which rows of both sides are one table's."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from drs_mcp.summaries.comparisons.key_ranges import integers, key_runs, written_box
from drs_mcp.summaries.comparisons.keys import Key, RowValue
from drs_mcp.summaries.comparisons.sql.from_clause import Parts
from drs_mcp.summaries.comparisons.sql.where_clause import key_columns

ONLY_SOURCE, ONLY_TARGET, DIFFERENT = "only in source", "only in destination", "different"
KINDS = (ONLY_SOURCE, ONLY_TARGET, DIFFERENT)
UNREAD_TABLE = "table unknown"

Pair = tuple[str, str]
"""The databases that were compared with each other, at the source and at the destination."""


class Place(NamedTuple):
    """A table by the parts of its name, those of its database left out.

    `parts` are empty where the statement tells no table. `in_destination` if it is the
    destination's, since the source has no such row.
    """

    pair: Pair
    parts: Parts
    in_destination: bool = False

    @classmethod
    def of(cls, pair: Pair, table: Parts | None, *, in_destination: bool) -> "Place":
        """The place of the table that a statement reads."""
        known = {name.casefold() for name in (pair if in_destination else pair[:1])}
        parts = table or ()
        return cls(
            pair,
            parts[1:] if len(parts) > 1 and parts[0].casefold() in known else parts,
            in_destination,
        )

    @property
    def name(self) -> str:
        """The table with its database in front."""
        database = self.pair[0]
        if not self.parts:
            return f"{database}: {UNREAD_TABLE}" if database else UNREAD_TABLE
        return spelled((database, *self.parts) if database else self.parts)


def spelled(parts: Iterable[str]) -> str:
    """Parts of a name with dots between; a part that holds a dot itself is quoted."""
    quoted = ['"' + part.replace('"', '""') + '"' if "." in part else part for part in parts]
    return ".".join(quoted)


class _Example(NamedTuple):
    """A row of a table: its key, the names that it came with, and its statement."""

    names: tuple[str, ...]
    key: Key
    statement: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the key's columns, where the row proves them."""
        return self.names or key_columns(self.statement, self.key)


@dataclass
class DifferingTable:
    """What is kept of a table's differing rows: counts, keys, and one statement of either side.

    Attributes:
        counts: rows by kind.
        target: its name at the destination, once a row had a statement of both sides; empty
            where that could not be read.
        source_sql: a statement that reads it at the source.
        target_sql: one that reads it at the destination.
    """

    counts: Counter[str] = field(default_factory=Counter)
    target: Parts | None = None
    source_sql: str = ""
    target_sql: str = ""
    _integers: dict[str, list[tuple[int, ...]]] = field(default_factory=lambda: defaultdict(list))
    _moved: list[tuple[tuple[int, ...], tuple[int, ...]]] = field(default_factory=list)
    _values: dict[str, list[RowValue]] = field(default_factory=lambda: defaultdict(list))
    _names: set[tuple[str, ...]] = field(default_factory=set)
    _integer_example: _Example | None = None
    _value_example: _Example | None = None

    @property
    def hidden(self) -> int:
        """Rows whose keys are row data."""
        return sum(map(len, self._values.values()))

    def take(
        self, kind: str, source: Key, target: Key, names: tuple[str, ...], statement: str
    ) -> None:
        """Take a row by its keys.

        Args:
            kind: which side has the row.
            source: its key at the source; () where there is none.
            target: its key at the destination.
            names: those of the key's parts, at the source or else at the destination.
            statement: the SELECT of that side.
        """
        self.counts[kind] += 1
        key = source or target
        if not key:
            return
        self._names.add(names)
        numbers = integers(key)
        moved = bool(source and target and source != target)
        others = integers(target) if moved else numbers
        if numbers is None or others is None:
            self._values[kind].append(RowValue(key, target if moved else ()))
            if self._value_example is None:
                self._value_example = _Example(names, key, statement)
            return
        if moved:
            self._moved.append((numbers, others))
        else:
            self._integers[kind].append(numbers)
        if self._integer_example is None:
            self._integer_example = _Example(names, key, statement)

    def take_number(self, kind: str, number: int) -> bool:
        """Take a row whose key is one number, on both sides if it is there; False for the first."""
        if self._integer_example is None:
            return False
        self.counts[kind] += 1
        self._integers[kind].append((number,))
        return True

    def columns(self, *, values: bool) -> tuple[str, ...]:
        """The names of the key's columns, of keys that are told: integers, and *values* if so.

        None where its rows came with others, or some of them without.
        """
        example = self._integer_example or (self._value_example if values else None)
        return example.columns if example and len(self._names) == 1 else ()

    def lines(self, *, values: bool) -> Iterator[tuple[str, str | RowValue, int, str | None]]:
        """Kind, keys, rows, and the destination's key where that is another and no `RowValue`.

        Integer keys come as ranges, of which there may be as many as rows; then, if *values* are
        asked for, every other key in a line of its own, sorted.
        """
        for kind in KINDS:
            for span, rows in key_runs(self._integers.get(kind, ())):
                yield kind, span, rows, None
            if kind == DIFFERENT:
                for (source, target), rows in sorted(Counter(self._moved).items()):
                    yield kind, _written(source), rows, _written(target)
            if values:
                keys = Counter(self._values.get(kind, ()))
                for key in sorted(keys, key=RowValue.order):
                    yield kind, key, keys[key], None

    def with_rows_of(self, other: "DifferingTable") -> "DifferingTable":
        """This table with the rows of *other*, which turned out to be the same one."""
        both = DifferingTable(
            self.counts + other.counts,
            self.target,
            self.source_sql or other.source_sql,
            self.target_sql or other.target_sql,
            _moved=self._moved + other._moved,
            _names=self._names | other._names,
            _integer_example=self._integer_example or other._integer_example,
            _value_example=self._value_example or other._value_example,
        )
        for one in (self, other):
            for kind, numbers in one._integers.items():
                both._integers[kind] += numbers
            for kind, values in one._values.items():
                both._values[kind] += values
        return both


def _written(key: tuple[int, ...]) -> str:
    return written_box(tuple((part, part) for part in key))


def joined(tables: Mapping[Place, DifferingTable]) -> dict[Place, DifferingTable]:
    """The tables, with rows that only the destination has under the table that they belong to.

    That is the one of the same databases whose name at the destination theirs is, or else whose
    name at the source equals theirs: to the letter, but for case, or without a schema. Where none
    or several are so, they are a table of their own.
    """
    found = {place: table for place, table in tables.items() if not place.in_destination}
    strays = [place for place in tables if place.in_destination]
    named: list[dict[tuple[Pair, Parts], list[Place]]] = [defaultdict(list) for _ in range(4)]
    for place, table in found.items():
        if table.target:
            at = Place.of(place.pair, table.target, in_destination=True)
            named[0][at.pair, at.parts].append(place)
        for way, parts in enumerate(_spellings(place.parts), start=1):
            named[way][place.pair, parts].append(place)
    alike = Counter((place.pair, _spellings(place.parts)[-1]) for place in strays)
    for place in strays:
        spellings: tuple[Parts, ...] = (place.parts, *_spellings(place.parts))
        if alike[place.pair, spellings[-1]] > 1:
            spellings = spellings[:-1]  # which of them has lost its schema?
        homes = [named[way].get((place.pair, parts), ()) for way, parts in enumerate(spellings)]
        home = next((places[0] for places in homes if len(places) == 1), place)
        found[home] = found[home].with_rows_of(tables[place]) if home in found else tables[place]
    return found


def _spellings(parts: Parts) -> tuple[Parts, Parts, Parts]:
    """A name to the letter, but for case, and but for case and schema."""
    folded = tuple(part.casefold() for part in parts)
    return parts, folded, folded[-1:]


@dataclass(frozen=True)
class NamedTable:
    """A table under the names it may be asked for by; the first one is told."""

    names: tuple[str, ...]
    destination: str | None
    table: DifferingTable


def named(tables: Mapping[Place, DifferingTable]) -> list[NamedTable]:
    """The tables, the one with most rows first."""
    shared = Counter(place.name for place in tables)
    found = []
    for place, one in tables.items():
        target_place = Place.of(place.pair, one.target, in_destination=True) if one.target else None
        if place.in_destination:
            target_place = place
        database = place.pair[1]
        parts = target_place.parts if target_place else ()
        target = spelled((database, *parts) if database else parts) if parts else ""
        same = not target_place or (
            [part.casefold() for part in parts] == [part.casefold() for part in place.parts]
            and place.pair[0].casefold() == database.casefold()
        )
        # A database may have been compared with several others.
        name = place.name if shared[place.name] == 1 else f"{place.name} → {database}"
        last = place.parts[-1] if place.parts else ""
        names = (name, place.name, spelled(place.parts), target, spelled(parts), last)
        found.append(NamedTable(names, None if same else target or None, one))
    return sorted(found, key=lambda one: (-one.table.counts.total(), one.names[0]))
