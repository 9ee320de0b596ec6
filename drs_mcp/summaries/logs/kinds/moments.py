"""When the entries of a kind came: counts in buckets of time, and ten digits that picture them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import repeat
from operator import rshift

MOST_BUCKETS = 256
"""Beyond so many the width of the buckets doubles."""

_TENTHS = 10
_PAST_HOUR = {
    f":{minute:02}:{second:02}": 60 * minute + second
    for minute in range(60)
    for second in range(60)
}
_HOURS_KEPT = 20_000


class Seconds(dict[str, int]):
    """Sortable times (`2026-11-20T08:01:02`, in UTC) as seconds since 1970.

    As a mapping it holds the hours met, by their first thirteen characters.
    """

    def __missing__(self, hour: str) -> int:
        if len(self) >= _HOURS_KEPT:
            self.clear()
        begins = datetime.fromisoformat(f"{hour}:00:00").replace(tzinfo=UTC)
        self[hour] = int(begins.timestamp())
        return self[hour]

    def of(self, times: Iterable[str]) -> list[int]:
        """The seconds of each time that is known."""
        return [self[at[:13]] + _PAST_HOUR[at[13:19]] for at in times if at]


_SECONDS = Seconds()


def seconds_of(times: Iterable[str]) -> list[int]:
    """Seconds since 1970 of the times that are known."""
    return _SECONDS.of(times)


class Moments:
    """Counts of entries in buckets of 1, 2, 4 … seconds, `MOST_BUCKETS` at the most.

    The buckets begin at whole multiples of their width, which is the least that keeps their number:
    so they are the same whatever the order in which the entries were met.
    """

    __slots__ = ("counts", "shift")

    def __init__(self) -> None:
        self.counts: Counter[int] = Counter()
        self.shift = 0
        """The width is 2 to the power of it, in seconds."""

    def add(self, seconds: Sequence[int]) -> None:
        """Count entries at these seconds since 1970."""
        if self.shift or not self._widen(seconds):
            self.counts.update(_shifted_all(seconds, self.shift) if self.shift else seconds)
        self._shift_by(_excess(self.counts.keys()))

    def _widen(self, seconds: Sequence[int]) -> bool:
        """Count many entries in wider buckets at once, where these are too many still.

        So far nearly each second may have a bucket of its own.
        """
        if len(seconds) <= MOST_BUCKETS:
            return False
        ends = (min(seconds), max(seconds), *self.counts)
        shift = _widest(max(ends) - min(ends)) - 1
        if not shift:
            return False
        counts = _shifted(self.counts, shift)
        counts.update(_shifted_all(seconds, shift))
        if len(counts) <= MOST_BUCKETS:
            return False
        self.counts, self.shift = counts, shift
        return True

    def absorb(self, other: "Moments") -> None:
        """Add what another one has counted."""
        if self.shift < other.shift:
            self._shift_by(other.shift - self.shift)
        more = self.shift - other.shift
        for bucket, number in other.counts.items():
            self.counts[bucket >> more] += number
        self._shift_by(_excess(self.counts.keys()))

    def _shift_by(self, shift: int) -> None:
        if shift:
            self.counts = _shifted(self.counts, shift)
            self.shift += shift

    @property
    def width_s(self) -> int:
        """The width of a bucket in seconds."""
        return 1 << self.shift

    def spans(self) -> list[tuple[int, int]]:
        """Where each bucket begins, in seconds since 1970, and its count; oldest first."""
        return sorted((bucket << self.shift, number) for bucket, number in self.counts.items())

    def after(self, moment: datetime) -> int:
        """How many entries came after a moment, as far as the buckets tell."""
        second = moment.timestamp()
        return sum(number for begins, number in self.spans() if begins > second)


def _shifted_all(buckets: Iterable[int], shift: int) -> Iterator[int]:
    return map(rshift, buckets, repeat(shift))


def _shifted(counts: Counter[int], shift: int) -> Counter[int]:
    made: dict[int, int] = {}
    for bucket, number in counts.items():
        wide = bucket >> shift
        made[wide] = made.get(wide, 0) + number
    return Counter(made)


def _widest(span: int) -> int:
    """A doubling at which a span, too, holds no more buckets, but for one or two at its ends."""
    return (span // MOST_BUCKETS + 1).bit_length()


def _excess(buckets: Collection[int]) -> int:
    """How many times the width of the buckets must double, at the least."""
    if len(buckets) <= MOST_BUCKETS:
        return 0
    shift = _widest(max(buckets) - min(buckets))
    narrower = set(_shifted_all(buckets, shift - 1))
    while len(narrower) <= MOST_BUCKETS:
        shift -= 1
        narrower = set(_shifted_all(buckets, shift - 1))
    while len({bucket >> 1 for bucket in narrower}) > MOST_BUCKETS:
        shift += 1
        narrower = {bucket >> 1 for bucket in narrower}
    return shift


def picture(moments: Moments, first_s: int, last_s: int) -> str:
    """Ten digits, one for each tenth of the time from *first_s* to *last_s*.

    0 is none, 9 as many as in the fullest tenth; empty where nothing is dated.
    """
    tenths = [0] * _TENTHS
    span = max(last_s - first_s, 1)
    for bucket, number in moments.counts.items():
        tenth = ((bucket << moments.shift) - first_s) * _TENTHS // span
        tenths[0 if tenth < 0 else min(tenth, _TENTHS - 1)] += number
    most = max(tenths)
    return "".join(str(-(-9 * number // most)) for number in tenths) if most else ""


def followed(errors: Moments, recoveries: Sequence[Moments]) -> tuple[int, bool]:
    """How many errors were followed by a recovery before the next one, and whether the last was.

    Entries of one bucket count as one error, and a recovery in an error's bucket as after it.
    """
    width = max([errors.width_s, *(one.width_s for one in recoveries)])
    ends = sorted({begins // width for one in recoveries for begins, _ in one.spans()})
    starts: Counter[int] = Counter()
    for begins, number in errors.spans():
        starts[begins // width] += number
    number, place = 0, 0
    ordered = sorted(starts)
    last = False
    for this, following in zip(ordered, [*ordered[1:], None], strict=True):
        while place < len(ends) and ends[place] < this:
            place += 1
        last = place < len(ends) and (following is None or ends[place] < following)
        number += starts[this] if last else 0
    return number, last
