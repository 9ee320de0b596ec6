"""Counting names in bounded memory."""

from collections.abc import Mapping
from operator import itemgetter

_NAMES_KEPT = 256


class Tally:
    """Counts of names; when too many differ, the rarer half is counted as `rest`."""

    __slots__ = ("counts", "rest")

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.rest = 0

    def add(self, name: str, times: int = 1) -> None:
        """Count *name*."""
        self.update({name: times})

    def _cut(self) -> None:
        ordered = self.top(len(self.counts))
        self.counts = dict(ordered[: _NAMES_KEPT // 2])
        self.rest += sum(number for _, number in ordered[_NAMES_KEPT // 2 :])

    def update(self, counts: Mapping[str, int]) -> None:
        """Count names so many times each."""
        own = self.counts
        for name, number in counts.items():
            own[name] = own.get(name, 0) + number
        if len(own) > _NAMES_KEPT:
            self._cut()

    def absorb(self, other: "Tally") -> None:
        """Add another tally's counts."""
        self.rest += other.rest
        self.update(other.counts)

    def top(self, most: int) -> list[tuple[str, int]]:
        """The most frequent names, ties by name."""
        ordered = sorted(self.counts.items(), key=itemgetter(0))
        ordered.sort(key=itemgetter(1), reverse=True)
        return ordered[:most]
