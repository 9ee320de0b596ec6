"""Compared tables, counted: each by its identity, whatever number of rows DRS sends about it.

A table is its database pair, its name and its destination's name. A row that is equal in every
field to one already read is left out; other rows of the same table are parts of it and add up.
Sums run over the rows that were compared and tell both counts: over any others they would lie.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from drs_mcp.api.wire.values import Row, count
from drs_mcp.summaries.comparisons.counting.agreeing import PlainTables, plain
from drs_mcp.summaries.comparisons.counting.listed import ListedTables, NamesOfPlace
from drs_mcp.summaries.comparisons.evidence.checks import Counts
from drs_mcp.summaries.comparisons.status import COMPARED, Kind

Place = tuple[str, str]
"""A source database and its destination database."""

_Little = tuple[int | None, int | None, int]
"""What is kept of a table that agrees: its two counts, and a hash of its row."""

NO_CLAIM: Mapping[str, object] = MappingProxyType({})


class Part(NamedTuple):
    """One row about a table, judged.

    Attributes:
        place: the table's database pair.
        source: its name; may be empty.
        target: its destination's name; may be empty.
        verdict: a status, or what became of its values.
        counts: rows in the source and in the destination.
        differing: in how many rows the two differ, if it is known.
        summed: whether it was compared, so that it counts in the sums.
        message: what DRS says of it.
        filter: which of its rows were compared, if not all.
        claim: what the row says of itself, in words.
    """

    place: Place
    source: str
    target: str
    verdict: str
    counts: Counts
    differing: int | None
    summed: bool = True
    message: str | None = None
    filter: str | None = None
    claim: str = ""


@dataclass
class Sums:
    """Over the rows that were compared and tell both counts; *uncounted* is the number of others."""

    source: int = 0
    target: int = 0
    missing: int = 0
    surplus: int = 0
    differing: int = 0
    counted: int = 0
    uncounted: int = 0

    def add(self, part: Part, kind: Kind) -> None:
        """Count one row, if it was compared and tells both counts."""
        counts = part.counts
        gap = counts.gap
        if kind not in COMPARED or not part.summed or gap is None:
            self.uncounted += 1
            return
        self.counted += 1
        self.source += counts.source or 0
        self.target += counts.target or 0
        self.missing += max(gap, 0)
        self.surplus += max(-gap, 0)
        self.differing += part.differing or 0


@dataclass(slots=True)
class ComparedTable:
    """A table that is more than a name and a count: it does not agree, or it was asked for."""

    place: Place
    source: str
    target: str
    verdict: str
    source_rows: int | None
    target_rows: int | None
    differing: int | None
    message: str | None
    filter: str | None
    claim: str
    seen: tuple[int, ...]
    """Hashes of its rows."""


@dataclass
class _PlaceTally:
    """What was read of one database pair."""

    plain: PlainTables = field(default_factory=PlainTables)
    agreeing: dict[tuple[str, str], _Little] = field(default_factory=dict)
    kept: dict[tuple[str, str, int], ComparedTable] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    """Source names of what is not plain."""
    unnamed: int = 0
    """Tables that agree and cannot be told from others of their name."""

    @property
    def little(self) -> int:
        """How many tables agree, of which little is kept."""
        return len(self.plain) + len(self.agreeing) + self.unnamed

    def __len__(self) -> int:
        return self.little + len(self.kept)


class Tally:
    """Folds rows about tables; of those that agree it keeps names and counts only.

    Args:
        agreed: the verdict of a table that agrees.
        kind: what a verdict is worth.
        rank: 0 for the worst verdict.
        wanted: which tables are asked for; they are kept though they agree.
    """

    def __init__(
        self,
        agreed: str,
        *,
        kind: Callable[[str], Kind],
        rank: Callable[[str], int],
        wanted: Callable[[Part], bool] | None = None,
    ) -> None:
        self.sums = Sums()
        self.repeated = 0
        self._agreed = agreed
        self._kind = kind
        self._rank = rank
        self._wanted = wanted
        self._places: dict[Place, _PlaceTally] = defaultdict(_PlaceTally)
        self._nameless = 0

    def feed(
        self,
        rows: Sequence[Row],
        judge: Callable[[Row], Part],
        home: Callable[[Row], Place],
        claim: Mapping[str, object] = NO_CLAIM,
        *,
        apart: bool = False,
    ) -> None:
        """Take one page.

        Args:
            rows: the page.
            judge: reads one row.
            home: tells a row's database pair, as *judge* does.
            claim: the fields by which a row says that it agrees, with the values that mean it.
            apart: whether rows of one name are of several tables: their databases are not told.
        """
        quick = claim and self._wanted is None and not apart
        found = plain(rows, claim) if quick else None
        if found is not None:
            at = self._places[home(found.first)]
            if at.plain.add(found, at.names):
                self.sums.source += found.total
                self.sums.target += found.total
                self.sums.counted += len(found.counts)
                rows = [rows[number] for number in found.others]
        for row in rows:
            self._take(judge(row), _fingerprint(row), apart=apart)

    def _take(self, part: Part, equal: int, *, apart: bool) -> None:
        at = self._places[part.place]
        if apart or (not part.source and not part.target):
            self._take_unnamed(at, part, equal)
            return
        known = at.kept.get((part.source, part.target, 0))
        if known is None and (earlier := self._forgotten(at, part)):
            if earlier[2] == equal:
                self._remember(at, part, *earlier)
                self.repeated += 1
                return
            agreed = part._replace(
                verdict=self._agreed,
                counts=Counts(earlier[0], earlier[1], 0),
                differing=0,
                message=None,
                filter=None,
            )
            known = self._keep(at, agreed, earlier[2], summed=False)
        if known is None:
            self._new(at, part, equal)
        elif equal in known.seen:
            self.repeated += 1
        else:
            self._merge(known, part, equal)

    def _take_unnamed(self, at: _PlaceTally, part: Part, equal: int) -> None:
        if self._is_little(part):
            at.unnamed += 1
            self.sums.add(part, Kind.AGREES)
        else:
            self._nameless += 1
            self._keep(at, part, equal, self._nameless)

    def _is_little(self, part: Part) -> bool:
        agrees = part.verdict == self._agreed and part.filter is None
        return agrees and not (self._wanted and self._wanted(part))

    def _forgotten(self, at: _PlaceTally, part: Part) -> _Little | None:
        """What was kept of an agreeing table that comes again, taken out of there."""
        found = at.agreeing.pop((part.source, part.target), None)
        if found is None and (row := at.plain.take_back(part.source, part.target)):
            rows = count(row["source_row_num"])
            found = rows, rows, _fingerprint(row)
        return found

    def _remember(
        self, at: _PlaceTally, part: Part, source: int | None, target: int | None, equal: int
    ) -> None:
        at.agreeing[part.source, part.target] = (source, target, equal)
        at.names.add(part.source)

    def _new(self, at: _PlaceTally, part: Part, equal: int) -> None:
        if self._is_little(part):
            self._remember(at, part, part.counts.source, part.counts.target, equal)
            self.sums.add(part, Kind.AGREES)
        else:
            self._keep(at, part, equal)

    def _keep(
        self, at: _PlaceTally, part: Part, equal: int, number: int = 0, *, summed: bool = True
    ) -> ComparedTable:
        found = ComparedTable(
            part.place,
            part.source,
            part.target,
            part.verdict,
            part.counts.source,
            part.counts.target,
            part.differing,
            part.message,
            part.filter,
            part.claim,
            (equal,),
        )
        at.kept[part.source, part.target, number] = found
        at.names.add(part.source)
        if summed:
            self.sums.add(part, self._kind(part.verdict))
        return found

    def _merge(self, known: ComparedTable, part: Part, equal: int) -> None:
        worse = self._rank(part.verdict) < self._rank(known.verdict)
        known.verdict, known.claim = (
            (part.verdict, part.claim) if worse else (known.verdict, known.claim)
        )
        known.source_rows = _added(known.source_rows, part.counts.source)
        known.target_rows = _added(known.target_rows, part.counts.target)
        known.differing = _added(known.differing, part.differing)
        known.message = known.message or part.message
        known.filter = known.filter or part.filter
        known.seen += (equal,)
        self.sums.add(part, self._kind(part.verdict))

    # -- what was found ------------------------------------------------------------------------

    def __len__(self) -> int:
        return sum(map(len, self._places.values()))

    def kept(self) -> Iterator[ComparedTable]:
        """The tables that do not agree, and those that were asked for."""
        for at in self._places.values():
            yield from at.kept.values()

    def listed(self) -> ListedTables:
        """The tables by name, whatever was found of them."""
        return ListedTables(
            {
                place: NamesOfPlace(
                    at.plain.names("same"),
                    at.plain.names("lower"),
                    at.agreeing.keys() | {(source, target) for source, target, _ in at.kept},
                )
                for place, at in self._places.items()
            },
            nameless=bool(self._nameless or any(at.unnamed for at in self._places.values())),
        )

    def counted(self) -> Counter[str]:
        """How many tables of each verdict."""
        found = Counter([table.verdict for table in self.kept()])
        return +(found + Counter({self._agreed: len(self) - found.total()}))

    def places(self) -> dict[Place, Counter[Kind]]:
        """How many tables of each worth there are in each database pair."""
        found = {}
        for place, at in self._places.items():
            kinds: Counter[Kind] = Counter()
            for verdict, number in Counter([table.verdict for table in at.kept.values()]).items():
                kinds[self._kind(verdict)] += number
            kinds[Kind.AGREES] += at.little
            found[place] = +kinds
        return found


def _fingerprint(row: Row) -> int:
    """A hash that is alike for rows equal in every field, whatever the order of these."""
    try:
        return hash(frozenset(row.items()))
    except TypeError:  # a field holds a list or an object
        return hash(repr(sorted(row.items())))


def _added(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other
