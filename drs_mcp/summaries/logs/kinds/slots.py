"""The values that stand in one place of a kind's lines: numbers with their course, and others.

A slot is told by the words around it (`waiting * s`, `used=*`), so that it is the same slot in
lines of one kind that differ in length.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from drs_mcp.summaries.logs.masks import CODED, MASK

Number = int | float

_MARKS = "()[]{}<>\"'`.,;:!?|#"
_NUMBER = re.compile(
    r"(?P<head>(?:[^\W\d][\w-]{0,60}[=:])?[(\[{<\"'=+]{0,4})"
    r"(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d{1,24})(?:\.\d{1,12})?)(?P<unit>[A-Za-zµ]{1,12}|%)?"
    r"[)\]}>\"'.,;:!?]*\Z"
)
_NAMES_SUMMED = 256
_WORDS_TOLD = 12
_SIZES: dict[str, Number] = {"b": 1, "byte": 1, "bytes": 1, "k": 2**10, "kb": 2**10, "mb": 2**20}
_SIZES |= {"gb": 2**30, "tb": 2**40, "kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40}
_TIMES: dict[str, Number] = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "sec": 1}
_TIMES |= {"secs": 1, "second": 1, "seconds": 1, "millis": 1e-3, "milliseconds": 1e-3, "min": 60}
_TIMES |= {"mins": 60, "minutes": 60, "h": 3600, "hour": 3600, "hours": 3600, "d": 86400, "m": 60}
_TIMES |= {"days": 86400}


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


def places(key: str) -> list[Place]:
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
        ended = word[-1] in ",;.)"
        unit = "" if MASK in following or "=" in following or ended else following
        found.append(Place(place, own[1] if own else label, unit, 0 if own else order))
        order += not own
    return found


_COUNTED = re.compile(r"[^\W\d]{2,}s\Z|[行条个张次笔块件列]\Z")


def is_counted(unit: str) -> bool:
    """Whether a word after a number says what is counted (`rows`, `行`), so that sums tell something."""
    return _COUNTED.match(unit) is not None and unit.lower() not in _TIMES


def is_measured(unit: str) -> bool:
    """Whether a word after a number says what it measures: time, a size, a share or a count."""
    return unit.lower() in _BASES or is_counted(unit) if unit else False


def parts_of(word: str) -> tuple[str, str]:
    """What stands in a word before and after its number and unit."""
    found = _NUMBER.match(word)
    if found is None:
        return "", ""
    unit = found.end("unit") if found["unit"] else found.end("number")
    return found["head"], word[unit:]


def amount(value: Number, unit: str) -> str:
    """A number as a person writes it, at most four digits after the point, with its unit."""
    told = f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return f"{told}{unit}" if unit in ("", "%", "s") else f"{told} {unit}"


def numbers(words: Sequence[str]) -> tuple[list[Number], str] | None:
    """The numbers that words hold, and the unit glued to them; None where one holds none.

    Sizes are brought to bytes and times to seconds, so that units may change.
    """
    found = _NUMBER.match(words[0])
    if found is None:
        return None
    unit, head = found["unit"] or "", found["head"]
    if unit in ("", "%"):
        try:
            return list(map(int, words)), ""
        except ValueError:
            pass
        tail = words[0][found.end("number") :]
        bare = f" {' '.join(words)} ".replace(f"{tail} ", " ").replace(f" {head}", " ").split()
        try:
            if len(bare) == len(words):
                return list(map(int, bare)), unit
        except ValueError:
            pass
    values: list[Number] = []
    bases = set()
    for one in map(_NUMBER.match, words):
        if one is None:
            return None
        base, factor = _BASES.get((one["unit"] or "").lower(), ("", 0))
        if not factor:
            return None
        bases.add(base)
        values.append(float(one["number"].replace(",", "")) * factor)
    return (values, base) if len(bases) == 1 else None


_BASES: dict[str, tuple[str, Number]] = {"": ("", 1), "%": ("%", 1)}
_BASES |= {unit: ("bytes", factor) for unit, factor in _SIZES.items()}
_BASES |= {unit: ("s", factor) for unit, factor in _TIMES.items()}


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

    __slots__ = ("glued", "measure", "words")

    def __init__(self) -> None:
        self.measure: Measure | None = Measure()
        """None once something else than a number stood there."""
        self.glued = ""
        """The unit of numbers that are written with theirs: bytes, s or %."""
        self.words: dict[str, int] | None = {}
        """How often each word came, unless numbers; None: too many to tell."""

    @property
    def single(self) -> bool:
        """Whether one and the same value stood there in all entries."""
        if self.measure is not None:
            return self.measure.least == self.measure.greatest
        return self.words is not None and len(self.words) == 1

    @property
    def lost(self) -> bool:
        """Whether too much differs for anything to be told."""
        return self.measure is None and self.words is None

    def add(self, words: Sequence[str], ends: Ends) -> list[Number] | None:
        """Take one word for each entry, as `Measure.add`; the numbers, where all of them are."""
        if self.measure is not None:
            read = numbers(words)
            if read is not None:
                self.measure.add(read[0], ends)
                self.glued = max(self.glued, read[1])
                return read[0]
            self._no_numbers()
        if self.words is not None:  # else too much differs for anything to be told
            counts = Counter(words)
            if any(_NUMBER.match(word) for word in list(counts)[: _WORDS_TOLD + 1]):
                self.words = None
            else:
                self._count(counts)
        return None

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
        if self.measure is not None and other.measure is not None:
            self.measure.absorb(other.measure)
            self.glued = max(self.glued, other.glued)
            return
        if other.measure is not None and other.measure.count:
            self.words = None
        self._no_numbers()
        if other.words is None:
            self.words = None
        else:
            self._count(other.words)
