"""Counting names in bounded memory."""

_NAMES_KEPT = 256


class Tally:
    """Counts of names; when too many differ, the rarer half is counted as `rest`."""

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
