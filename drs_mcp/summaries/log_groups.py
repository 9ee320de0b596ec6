"""Groups of like log entries: found by key, merged when nearly equal, bounded in number."""

import re
from collections import defaultdict
from collections.abc import Sequence

from drs_mcp.summaries.log_masks import CODED, MASK, codes_in, tables_in

MOST_GROUPS = 500
"""Of one level; beyond it, entries of new kinds are counted in the level's `other` group."""

_KEYS_KEPT = 20_000
_LEADERS_ASKED = 64
_NAMES_KEPT = 256
_UNEQUAL = 4  # one word in four may differ
_SIBLINGS = 6
_WORDS_TRIED = 40
_MOST_SETTLINGS = 12

FRAMES = "\x03"
"""The key of entries that are stack frames and nothing else."""

_WORD = re.compile(r"[A-Za-z]?[a-z]+[.,;:!?)]*\Z")


class Tally:
    """Counts names in bounded memory: when too many differ, the rarer half becomes `rest`."""

    __slots__ = ("counts", "rest")

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.rest = 0

    def add(self, name: str, times: int = 1) -> None:
        """Count *name*."""
        self.counts[name] = self.counts.get(name, 0) + times
        if len(self.counts) > _NAMES_KEPT:
            ordered = self.top(len(self.counts))
            self.counts = dict(ordered[: _NAMES_KEPT // 2])
            self.rest += sum(number for _, number in ordered[_NAMES_KEPT // 2 :])

    def absorb(self, other: "Tally") -> None:
        """Add another tally's counts."""
        self.rest += other.rest
        for name, number in other.counts.items():
            self.add(name, number)

    def top(self, most: int) -> list[tuple[str, int]]:
        """The most frequent names, ties by name."""
        return sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))[:most]


class Group:
    """Entries of one kind and level; times are sortable text, the sample is the newest entry."""

    __slots__ = (
        "codes",
        "coded",
        "count",
        "first",
        "last",
        "level",
        "named",
        "other",
        "sample",
        "tables",
        "watched",
        "words",
    )

    def __init__(self, level: str, words: list[str], sample: str) -> None:
        self.level = level
        self.words = words
        self.count = 0
        self.first = ""
        self.last = ""
        self.sample = sample
        self.codes = Tally()
        self.tables = Tally()
        self.coded = False
        self.named = False
        self.watched = False
        self.other = False

    def watch(self, message: str) -> None:
        """Look for codes and tables in this group's entries from now on if *message* has any."""
        self.coded = self.coded or bool(codes_in(message))
        self.named = self.named or bool(tables_in(message))
        self.watched = self.coded or self.named

    def note(self, message: str) -> None:
        """Count the codes and tables of one entry."""
        if self.coded:
            for code in codes_in(message):
                self.codes.add(code)
        if self.named:
            for name in tables_in(message):
                self.tables.add(name)

    def absorb(self, other: "Group") -> None:
        """Take over what another group has counted."""
        self.count += other.count
        if other.first and (not self.first or other.first < self.first):
            self.first = other.first
        if other.last > self.last:
            self.last, self.sample = other.last, other.sample
        self.codes.absorb(other.codes)
        self.tables.absorb(other.tables)
        self.coded = self.coded or other.coded
        self.named = self.named or other.named
        self.watched = self.coded or self.named


class Groups:
    """All groups of one level.

    Two kinds merge when they are as long, begin alike, have the same codes and share three
    quarters of their words, and what differs is not a plain word on both sides: `create table` and
    `create index` stay two. Where six kinds or more differ in one and the same plain word, that
    word is taken for a name.
    """

    def __init__(self, level: str, *, watch: bool) -> None:
        self.level = level
        self.known: dict[str, Group] = {}
        """Key to group; only for looking up, it holds every spelling of a group's key."""
        self.other: Group | None = None
        self._watch = watch
        self._own: dict[str, Group] = {}
        self._buckets: dict[tuple[int, str, str], list[Group]] = defaultdict(list)
        self._settlings = 0

    def find(self, key: str, message: str) -> Group:
        """The group of a key that is not in `known`, made if there is none like it."""
        words = key.split(" ")
        bucket = self._buckets[len(words), words[0], key.partition(f"{CODED} ")[2]]
        found = next((near for near in bucket[:_LEADERS_ASKED] if _near(near.words, words)), None)
        if found is None:
            if len(self._own) >= MOST_GROUPS and self._settlings < _MOST_SETTLINGS:
                self._settlings += 1
                self.settle()
            if len(self._own) >= MOST_GROUPS:
                return self._rest(message)
            found = Group(self.level, words, message)
            self._own[key] = found
            bucket.append(found)
        if self._watch:
            found.watch(message)
        if len(self.known) >= _KEYS_KEPT:
            self.known = dict(self._own)
        self.known[key] = found
        return found

    def _rest(self, message: str) -> Group:
        if self.other is None:
            self.other = Group(self.level, [], message)
            self.other.other = True
            self.other.coded = self.other.named = self.other.watched = self._watch
        return self.other

    def settle(self) -> None:
        """Merge kinds that differ in one plain word when they are many."""
        for bucket in self._buckets.values():
            if len(bucket) >= _SIBLINGS:
                for place in range(1, min(len(bucket[0].words), _WORDS_TRIED)):
                    _merge_siblings(bucket, place)
        kept = {id(group) for bucket in self._buckets.values() for group in bucket}
        self._own = {key: group for key, group in self._own.items() if id(group) in kept}
        self.known = dict(self._own)

    def settled(self) -> list[Group]:
        """Every group, merged, the `other` one last; groups without entries are left out."""
        self.settle()
        groups = [*self._own.values(), *([self.other] if self.other else [])]
        return [group for group in groups if group.count]


def _near(words: Sequence[str], others: Sequence[str]) -> bool:
    unequal = 0
    most = len(words) // _UNEQUAL
    for word, other in zip(words, others, strict=True):
        if word != other:
            unequal += 1
            if unequal > most or (_WORD.match(word) and _WORD.match(other)):
                return False
    return True


def _merge_siblings(bucket: list[Group], place: int) -> None:
    families: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for group in bucket:
        families[*group.words[:place], *group.words[place + 1 :]].append(group)
    for family in families.values():
        if len(family) >= _SIBLINGS:
            eldest = family[0]
            eldest.words[place] = MASK
            for sibling in family[1:]:
                eldest.absorb(sibling)
                bucket.remove(sibling)
