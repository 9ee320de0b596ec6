"""Groups of like log entries: found by key, merged when nearly equal, bounded in number."""

import re
from collections import defaultdict
from collections.abc import Sequence

from drs_mcp.summaries.logs.entries import ERROR
from drs_mcp.summaries.logs.frames import fold_frames
from drs_mcp.summaries.logs.masks import CODED, MASK, code_places, mask_tables
from drs_mcp.summaries.logs.names import TablePlaces, codes_in
from drs_mcp.summaries.logs.tally import Tally

MOST_GROUPS = 500
"""Of one level; beyond it, entries of new kinds are counted in the level's `other` group."""

FRAMES = "\x03"
"""The key of entries that are stack frames and nothing else."""

_KEYS_KEPT = 20_000
_LEADERS_ASKED = 64
_UNEQUAL = 4  # one word in four may differ
_SIBLINGS = 6
_WORDS_TRIED = 40
_MOST_MERGES = 12
_WORD = re.compile(r"\x01?[A-Za-z]?[a-z]+[.,;:!?)]*\x02?\Z")


class Group:
    """Entries of one kind and level; times are sortable text, the sample is the newest entry.

    All entries of a group have the same codes, but for groups that tally them: an `other` group,
    and one of warnings that are alike in all but their codes.
    """

    __slots__ = (
        "codes",
        "count",
        "first",
        "last",
        "level",
        "other",
        "places",
        "sample",
        "tables",
        "tallied_codes",
        "watched",
        "words",
    )

    def __init__(
        self,
        level: str,
        words: list[str],
        codes: Sequence[str],
        places: TablePlaces,
        sample: str,
    ) -> None:
        self.level = level
        self.words = words
        self.codes = codes
        self.places = places
        self.count = 0
        self.first = ""
        self.last = ""
        self.sample = sample
        self.tables = Tally()
        self.watched = False
        self.other = False
        self.tallied_codes = Tally()

    @property
    def message(self) -> str:
        """The newest entry without stack frames, unless it is nothing else."""
        return fold_frames(self.sample) or self.sample

    def note(self, message: str) -> None:
        """Count the tables of one entry."""
        for name in self.places.read(message):
            self.tables.add(name)
        if self.other:
            for code in codes_in(message):
                self.tallied_codes.add(code)

    def absorb(self, sibling: "Group") -> None:
        """Take over what another group has counted."""
        self.count += sibling.count
        if sibling.first and (not self.first or sibling.first < self.first):
            self.first = sibling.first
        if sibling.last > self.last:
            self.last, self.sample = sibling.last, sibling.sample
        self.tables.absorb(sibling.tables)
        self.tallied_codes.absorb(sibling.tallied_codes)
        self.places.absorb(sibling.places)
        self.watched = self.watched or sibling.watched


class Groups:
    """All groups of one level.

    Two kinds merge when they are as long, begin alike, have the same codes and share three
    quarters of their words, and what differs is not a plain word on both sides: `create table` and
    `create index` stay two. Where six kinds or more differ in one and the same plain word, that
    word is taken for a name. In the end kinds that differ in their codes alone become one, its
    codes counted, but for errors: there another code is another cause.
    """

    def __init__(self, level: str, *, watch: bool) -> None:
        self.level = level
        self.known: dict[str, Group] = {}
        """Key to group, for keys without error codes."""
        self._other: Group | None = None
        self._watch = watch
        self._names: dict[str, str] = {}
        self._coded: dict[str, list[int]] = {}
        self._by_codes: dict[tuple[str, ...], Group] = {}
        self._buckets: dict[tuple[object, ...], list[Group]] = defaultdict(list)
        self._number = 0
        self._merges = 0

    def find(self, key: str, message: str) -> Group:
        """The group of an entry whose key is not in `known`, made if there is none like it."""
        if CODED not in key:
            found = self._like(key, (), message)
            if len(self.known) >= _KEYS_KEPT:
                self.known.clear()
            self.known[key] = found
            return found
        places = self._coded.get(key)
        if places is None:
            # Quoted text may hold blanks: then a word's place says nothing.
            places = [] if "'" in message or '"' in message else code_places(key)
            if len(self._coded) >= _KEYS_KEPT:
                self._coded.clear()
            self._coded[key] = places
        if not places:
            sign: tuple[str, ...] = (key, *codes_in(message))
        else:
            words = message.split(" ")
            sign = (key, *(words[place] for place in places))
        coded = self._by_codes.get(sign)
        if coded is None:
            coded = self._like(key, codes_in(message), message)
            if len(self._by_codes) >= _KEYS_KEPT:
                self._by_codes.clear()
            self._by_codes[sign] = coded
        return coded

    def _like(self, key: str, codes: Sequence[str], message: str) -> Group:
        words = mask_tables(key).split(" ")
        bucket = self._buckets[len(words), words[0], *codes]
        found = next((near for near in bucket[:_LEADERS_ASKED] if _near(near.words, words)), None)
        if found is None:
            if self._number >= MOST_GROUPS and self._merges < _MOST_MERGES:
                self._merges += 1
                self._merge()
            if self._number >= MOST_GROUPS:
                return self._other_group(message)
            found = Group(self.level, words, codes, TablePlaces(self._names), message)
            self._number += 1
            bucket.append(found)
        if self._watch:
            found.places.learn(message)
            found.watched = bool(found.places)
        return found

    def _other_group(self, message: str) -> Group:
        if self._other is None:
            places = TablePlaces(self._names, search=True)
            self._other = Group(self.level, [], (), places, message)
            self._other.other = True
            self._other.watched = self._watch
        return self._other

    def _merge(self) -> None:
        for bucket in self._buckets.values():
            if len(bucket) >= _SIBLINGS:
                for place in range(1, min(len(bucket[0].words), _WORDS_TRIED)):
                    _merge_siblings(bucket, place)
        self._number = sum(len(bucket) for bucket in self._buckets.values())
        self.known.clear()
        self._by_codes.clear()

    def merged(self) -> list[Group]:
        """Every group, merged, the `other` one last."""
        self._merge()
        groups = [group for bucket in self._buckets.values() for group in bucket]
        if self.level != ERROR:
            groups = _merge_codes(groups)
        return [*groups, self._other] if self._other else groups


def _near(words: Sequence[str], others: Sequence[str]) -> bool:
    unequal = 0
    most = len(words) // _UNEQUAL
    for word, other in zip(words, others, strict=True):
        if word != other:
            unequal += 1
            if unequal > most or (_WORD.match(word) and _WORD.match(other)):
                return False
    return True


def _merge_codes(groups: Sequence[Group]) -> list[Group]:
    """The groups, with those made one that are alike in all but their codes."""
    kinds: dict[tuple[str, ...], Group] = {}
    for group in groups:
        eldest = kinds.setdefault(tuple(group.words), group)
        if eldest is group:
            continue
        for one in (eldest, group):
            if not one.tallied_codes.counts:
                for code in one.codes:
                    one.tallied_codes.add(code, one.count)
        eldest.absorb(group)
    return list(kinds.values())


def _merge_siblings(bucket: list[Group], place: int) -> None:
    families: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for group in bucket:
        families[(*group.words[:place], *group.words[place + 1 :])].append(group)
    for family in families.values():
        if len(family) >= _SIBLINGS:
            eldest = family[0]
            eldest.words[place] = MASK
            for sibling in family[1:]:
                eldest.absorb(sibling)
                bucket.remove(sibling)
