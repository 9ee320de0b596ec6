"""The values that stand in one place of a kind's lines: numbers with their course, and others.

A slot is told by the words around it (`waiting * s`, `used=*`), so that it is the same slot in
lines of one kind that differ in length.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from drs_mcp.summaries.logs.kinds.numbers import Number, is_number, numbers
from drs_mcp.summaries.logs.masks import CODED, MASK
from drs_mcp.text_cache import text_cache

_MARKS = "()[]{}<>\"'`.,;:!?|#"
_CHINESE_MARK = re.compile("[，。；：、！？]")
_NAMES_SUMMED = 256
_WORDS_TOLD = 12


class Place(NamedTuple):
    """Where in the words of a key a slot's value stands, and the words that tell the slot."""

    place: int
    label: str
    unit: str
    order: int

    @property
    def slot(self) -> tuple[str, str, int]:
        """The slot that it belongs to."""
        return self.label, self.unit, self.order


@text_cache(2_048)
def places(key: str) -> Sequence[Place]:
    """The slots of a key: each masked word with the plain words before and after it."""
    words = key.replace(CODED, "").split(" ")
    found = []
    label, order = "", 0
    for place, word in enumerate(words):
        if MASK not in word:
            bare = word.strip(_MARKS)
            if bare:
                label, order = bare, 0
            continue
        own = re.match(r"[(\[{<\"'`]*([^\W\d][\w-]*)[=:]\*", word)
        following = words[place + 1].strip(_MARKS) if place + 1 < len(words) else ""
        following = _CHINESE_MARK.split(following, maxsplit=1)[0]
        ended = word[-1] in ",;.)"
        unit = "" if MASK in following or "=" in following or ended else following
        found.append(Place(place, own[1] if own else label, unit, 0 if own else order))
        order += not own
    return tuple(found)


class Ends(NamedTuple):
    """The first and the last time of some entries, and the places of the entries of those times."""

    first: str
    firsts: Sequence[int]
    last: str
    lasts: Sequence[int]


def ends_of(times: Sequence[str]) -> Ends:
    """The ends of entries with these times, "" being unknown."""
    first, last = min(times), max(times)
    if not first and last:
        first = min(filter(None, times))
    return Ends(first, _places_of(times, first), last, _places_of(times, last))


def _places_of(times: Sequence[str], at: str) -> Sequence[int]:
    if times.count(at) == 1:
        return [times.index(at)]
    return [place for place, when in enumerate(times) if when == at]


class Measure:
    """The numbers of a slot: first and last by time, least, greatest, sum; the sum by name, too."""

    __slots__ = ("by_name", "count", "first", "greatest", "last", "least", "total")

    def __init__(self) -> None:
        self.count = 0
        self.first: tuple[str, Number] = ("", 0)
        """Time and value of the first dated entry; of several at that time the least."""
        self.last: tuple[str, Number] = ("", 0)
        """Time and value of the last dated entry; of several at that time the greatest."""
        self.least: Number = 0
        self.greatest: Number = 0
        self.total: Number = 0
        self.by_name: dict[str, Number] = {}

    def add(self, values: Sequence[Number], ends: "Ends") -> None:
        """Take the values of so many entries, *ends* being the first and last of those entries."""
        least, greatest = min(values), max(values)
        self.least = min(self.least, least) if self.count else least
        self.greatest = max(self.greatest, greatest) if self.count else greatest
        self.count += len(values)
        self.total += sum(values)
        if ends.last:
            first = min([values[place] for place in ends.firsts])
            self._course((ends.first, first), (ends.last, max([values[one] for one in ends.lasts])))

    def _course(self, first: tuple[str, Number], last: tuple[str, Number]) -> None:
        self.first = min(self.first, first) if self.first[0] else first
        self.last = max(self.last, last)

    def sum_by(self, names: Iterable[str], values: Iterable[Number]) -> None:
        """Add each value to the sum of its name."""
        sums = self.by_name
        for name, value in zip(names, values, strict=True):
            sums[name] = sums.get(name, 0) + value
        sums.pop("", None)  # entries that name nothing
        self._bound()

    def absorb(self, other: "Measure") -> None:
        """Take over what another one has measured."""
        if other.count:
            self.least = min(self.least, other.least) if self.count else other.least
            self.greatest = max(self.greatest, other.greatest) if self.count else other.greatest
            self.count += other.count
            self.total += other.total
            if other.first[0]:
                self._course(other.first, other.last)
            self.sum_by(other.by_name.keys(), other.by_name.values())

    def _bound(self) -> None:
        if len(self.by_name) > _NAMES_SUMMED:
            ordered = sorted(self.by_name.items(), key=lambda item: (-item[1], item[0]))
            self.by_name = dict(ordered[: _NAMES_SUMMED // 2])


class Slot:
    """What stood in one place: numbers and nothing else, or words; a dozen words are told apart."""

    __slots__ = ("base", "commas", "measure", "named", "words", "written")

    def __init__(self) -> None:
        self.measure: Measure | None = Measure()
        """None once something else than a number stood there."""
        self.base = ""
        """What numbers that are written with their unit are brought to: bytes, s or %."""
        self.written: str | None = None
        """That unit as it is written, where it is always the same; None before the first number."""
        self.commas = False
        self.words: dict[str, int] | None = {}
        """How often each word came, unless numbers; None: too many to tell."""
        self.named = False
        """Whether names were read there, and counted as such."""

    @property
    def single(self) -> bool:
        """Whether one and the same value stood there in all entries."""
        if self.measure is not None:
            return self.measure.least == self.measure.greatest
        return self.words is not None and len(self.words) == 1

    def add(self, words: Sequence[str], ends: Ends) -> list[Number] | None:
        """Take one word for each entry, as `Measure.add`; the numbers, where all of them are."""
        if self.measure is not None:
            read = numbers(words)
            if read is not None and read.base == (self.base if self.measure.count else read.base):
                self.measure.add(read.values, ends)
                self._unit(read.base, read.written, commas=read.commas)
                return read.values
            self._no_numbers()
        if self.words is not None:  # else too much differs for anything to be told
            distinct = set(words)
            if len(distinct) > _WORDS_TOLD or any(map(is_number, distinct)):
                self.words = None
            else:
                self._count(Counter(words))
        return None

    def _unit(self, base: str, written: str, *, commas: bool) -> None:
        self.base = base
        self.written = written if self.written in (None, written) else ""
        self.commas = self.commas or commas

    def _no_numbers(self) -> None:
        if self.measure is not None and self.measure.count:
            self.words = None
        self.measure = None

    def _count(self, counts: Mapping[str, int]) -> None:
        told = self.words
        if told is None or len(counts.keys() | told.keys()) > _WORDS_TOLD:
            self.words = None
            return
        for word, number in counts.items():
            told[word] = told.get(word, 0) + number

    def absorb(self, other: "Slot") -> None:
        """Take over what stood in the same place of other lines of the kind."""
        self.named = self.named or other.named
        if self.measure is not None and other.measure is not None:
            if not other.measure.count:
                return
            if not self.measure.count or self.base == other.base:
                self.measure.absorb(other.measure)
                self._unit(other.base, other.written or "", commas=other.commas)
                return
        if other.measure is not None and other.measure.count:
            self.words = None
        self._no_numbers()
        if other.words is None:
            self.words = None
        else:
            self._count(other.words)
