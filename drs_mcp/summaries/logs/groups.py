"""Groups of like log entries: found by key, joined by kind in the end, bounded in number."""

from collections.abc import Sequence

from drs_mcp.summaries.logs.kinds.clustering import cluster
from drs_mcp.summaries.logs.kinds.cores import Core, core
from drs_mcp.summaries.logs.kinds.moments import Moments
from drs_mcp.summaries.logs.kinds.shape import Noted, Shape
from drs_mcp.summaries.logs.kinds.slots import ends_of
from drs_mcp.summaries.logs.kinds.tally import Tally
from drs_mcp.summaries.logs.levels import ERROR
from drs_mcp.summaries.logs.masks import CODED, code_places, readable
from drs_mcp.summaries.logs.names import TABLE, THING, codes_in, named_in

MOST_GROUPS = 500
"""Of one level in the end; the rarest beyond are counted in the level's `other` group."""

FRAMES = "\x03"
"""The key of entries that are stack frames and nothing else."""

_MOST_KEYS = 2000
"""Of one level while reading; entries of new keys beyond are counted in the `other` group."""

_CORES_KEPT = 64
_CODES_KEPT = 4_000


class Group(Noted):
    """Entries of one kind and level; times are sortable text, the sample is the newest entry.

    All entries of a group of errors have the same codes, but for an `other` group; elsewhere codes
    are counted. Entries are noted in batches, their words column by column.
    """

    __slots__ = (
        "_lines", "_seconds", "_times", "codes", "cores", "count", "first", "key", "last", "level", "moments",
        "other", "sample", "shape", "told_values", "values",
    )  # fmt: skip

    def __init__(self, level: str, key: str, codes: Sequence[str] = ()) -> None:
        super().__init__()
        self.level = level
        self.key = key
        self.codes = codes
        self.cores: set[Core] = set()
        self.values: frozenset[str] = frozenset()
        """Words of the sample that are values, though they look plain."""
        self.told_values = False
        """Whether these words were counted."""
        self.count = 0
        self.first = ""
        self.last = ""
        self.sample = ""
        self.moments = Moments()
        self.other = False
        self.shape: Shape | None = None
        self._times: list[str] = []
        self._seconds: list[int] = []
        self._lines: list[str] = []

    @property
    def message(self) -> str:
        """The newest entry on one line, without stack frames unless it is nothing else."""
        return readable(self.sample)

    @property
    def tables(self) -> Tally:
        """The tables named, counted."""
        return self.names.get(TABLE) or Tally()

    def pend(self, times: list[str], seconds: list[int], lines: list[str]) -> None:
        """Take entries, to be noted later; *seconds* since 1970, of the times that are known."""
        self._times += times
        self._seconds += seconds
        self._lines += lines

    def settle(self) -> None:
        """Note all entries taken."""
        times, lines = self._times, self._lines
        if not lines:
            return
        self.count += len(lines)
        ends = ends_of(times)
        self._newest((ends.last, max([lines[place] for place in ends.lasts])))
        self.first = min(filter(None, (self.first, ends.first)), default="")
        self.moments.add(self._seconds)
        if self.other:
            self._note_each(lines)
        elif self.key != FRAMES:
            if self.shape is None:
                self.shape = Shape(self.key, codes=self.level != ERROR)
            self.shape.note(lines, ends, self)
        self._times, self._seconds, self._lines = [], [], []

    def _newest(self, newest: tuple[str, str]) -> None:
        self.last, self.sample = max((self.last, self.sample), newest)

    def _note_each(self, lines: Sequence[str]) -> None:
        for line in lines:
            for code in codes_in(line):
                self.tallied_codes.add(code)
            for one in {(one.kind, one.name) for one in named_in(line)}:
                self.named(one[0], {one[1]: 1})

    def tell_values(self) -> None:
        """Count the words that are values in all of its entries, once."""
        if not self.told_values:
            self.told_values = True
            named = {name for tally in self.names.values() for name in tally.counts}
            self.named(THING, dict.fromkeys(sorted(self.values - named), self.count))

    def absorb(self, sibling: "Group") -> None:
        """Take over what another group, settled like this one, has counted."""
        self.count += sibling.count
        self.first = min([at for at in (self.first, sibling.first) if at], default="")
        if (sibling.last, sibling.sample) > (self.last, self.sample):
            self.last, self.sample = sibling.last, sibling.sample
            self.key, self.values = sibling.key, sibling.values
        self.moments.absorb(sibling.moments)
        if self.other and sibling.codes and not sibling.tallied_codes.counts:
            self.tallied_codes.update(dict.fromkeys(sibling.codes, sibling.count))
        self.join(sibling, slots=not self.other)  # what differs in all has no slots
        if len(self.cores) < _CORES_KEPT:
            self.cores |= sibling.cores


class Groups:
    """All groups of one level: one for each key while reading, one for each kind in the end.

    Errors with different codes are never of one kind: there another code is another cause.
    """

    def __init__(self, level: str) -> None:
        self.level = level
        self._groups: dict[tuple[str, tuple[str, ...]], Group] = {}
        self._coded: dict[str, list[int]] = {}
        self._by_words: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._other: Group | None = None

    def by_code(self, key: str, lines: Sequence[str]) -> dict[tuple[str, ...], list[int]] | None:
        """Which lines of a key have which codes; None where that makes no difference."""
        if self.level != ERROR or CODED not in key:
            return None
        places_ = self._coded.get(key)
        if places_ is None:
            if len(self._coded) >= _CODES_KEPT:
                self._coded.clear()
            places_ = self._coded[key] = code_places(key)
        parts: dict[tuple[str, ...], list[int]] = {}
        for number, line in enumerate(lines):
            words = line.split(" ")
            sign = tuple([words[place] for place in places_])
            codes = self._by_words.get(sign)
            if codes is None:
                if len(self._by_words) >= _CODES_KEPT:
                    self._by_words.clear()
                codes = self._by_words[sign] = tuple(codes_in(" ".join(sign)))
            parts.setdefault(codes, []).append(number)
        return parts

    def of(self, key: str, codes: tuple[str, ...] = ()) -> Group:
        """The group of entries with that key and those codes."""
        group = self._groups.get((key, codes))
        if group is None:
            if len(self._groups) >= _MOST_KEYS:
                return self._other_group()
            group = self._groups[key, codes] = Group(self.level, key, codes)
        return group

    def _other_group(self) -> Group:
        if self._other is None:
            self._other = Group(self.level, "")
            self._other.other = True
        return self._other

    def settle(self) -> None:
        """Note what every group has taken."""
        for group in self._groups.values():
            group.settle()
        if self._other:
            self._other.settle()

    def merged(self) -> list[Group]:
        """Every kind, the `other` one last."""
        self.settle()
        kinds = self._kinds()
        if len(kinds) > MOST_GROUPS:
            kinds.sort(key=lambda group: (group.count, group.last, group.key), reverse=True)
            newest = max(kinds, key=lambda group: group.last)
            kinds.insert(0, kinds.pop(kinds.index(newest)))
            for group in kinds[MOST_GROUPS:]:
                self._other_group().absorb(group)
        kinds = kinds[:MOST_GROUPS]
        self._groups = {(group.key, tuple(group.codes)): group for group in kinds}
        told = [*kinds, *([self._other] if self._other else [])]
        for group in told:
            group.decide()
        return told

    def _kinds(self) -> list[Group]:
        by_codes: dict[tuple[str, ...], list[Group]] = {}
        for (key, codes), group in sorted(self._groups.items()):
            if group.count:
                group.cores = group.cores or {(FRAMES,) if key == FRAMES else core(key)}
                by_codes.setdefault(codes, []).append(group)
        kinds: list[Group] = []
        for groups in by_codes.values():
            placed = cluster(one for group in groups for one in group.cores)
            found: dict[Core, Group] = {}
            for group in groups:
                kind, group.values = placed[min(group.cores)]
                if group.values:
                    group.tell_values()
                if kind in found:
                    found[kind].absorb(group)
                else:
                    found[kind] = group
            kinds += found.values()
        return kinds
