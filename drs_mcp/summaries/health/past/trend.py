"""How figures of a task went over time: least, median, greatest, slope, a picture of ten digits."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from drs_mcp.api.wire.values import amount
from drs_mcp.clock import iso

Number = float | int

DIGITS: Final = 10
_MOST_POINTS: Final = 60
"""Points that a slope is taken from: the median of the slopes between each two of them."""

_LEAST_POINTS: Final = 3
_LEAST_S: Final = 60
"""What is shorter has no slope."""

_LATE: Final = timedelta(minutes=15)

_STILL: Final = 0.02
"""A slope of a delay, in seconds per second, that is none."""


@dataclass(frozen=True)
class Series:
    """One figure over time; `points` are epoch seconds and values, in order of time."""

    name: str
    points: Sequence[tuple[float, Number]]

    @property
    def values(self) -> list[Number]:
        """The values, in order of time."""
        return [value for _, value in self.points]

    @property
    def span_s(self) -> float:
        """Seconds from the first point to the last."""
        return self.points[-1][0] - self.points[0][0] if self.points else 0.0

    @property
    def began(self) -> datetime | None:
        """When the first point was taken."""
        return datetime.fromtimestamp(self.points[0][0], UTC) if self.points else None

    @property
    def ended(self) -> datetime | None:
        """When the last point was taken."""
        return datetime.fromtimestamp(self.points[-1][0], UTC) if self.points else None

    def slope(self) -> float | None:
        """By how much a second it changes: the median over every two points, so that one peak is none.

        None where there are fewer than three points, or less than a minute of them.
        """
        if len(self.points) < _LEAST_POINTS or self.span_s < _LEAST_S:
            return None
        step = -(-len(self.points) // _MOST_POINTS)
        kept = [*self.points[::step]]
        slopes = [
            (later[1] - earlier[1]) / (later[0] - earlier[0])
            for place, earlier in enumerate(kept)
            for later in kept[place + 1 :]
            if later[0] > earlier[0]
        ]
        return statistics.median(slopes) if slopes else None

    def picture(self) -> str:
        """Ten digits over the span, each the mean of its tenth: 9 is the greatest, - is no point."""
        if not self.points:
            return ""
        first, span = self.points[0][0], self.span_s
        tenths: list[list[Number]] = [[] for _ in range(DIGITS)]
        for at, value in self.points:
            place = min(DIGITS - 1, int((at - first) / span * DIGITS)) if span else 0
            tenths[place].append(value)
        means = [statistics.fmean(tenth) if tenth else None for tenth in tenths]
        most = max((mean for mean in means if mean is not None), default=0)
        return "".join(
            "-" if mean is None else str(round(9 * mean / most) if most > 0 else 0)
            for mean in means
        )

    def row(self) -> list[str | Number | None]:
        """It as a row: name, now, least, median, greatest, slope a minute, picture."""
        values = self.values
        slope = self.slope()
        shown = [amount(value) for value in (values[-1], min(values), statistics.median(values))]
        return [
            self.name,
            *shown,
            amount(max(values)),
            round(slope * 60, 2) if slope is not None else None,
            self.picture(),
        ]


COLUMNS: Final = ("figure", "now", "min", "median", "max", "per_min", "picture")


def delay_in_words(delay: Series) -> tuple[str, int | None]:
    """What a delay in seconds does, in our own words, and the seconds until it is 0 if it goes on so."""
    slope, now = delay.slope(), delay.values[-1]
    if slope is None:
        return "too few points tell whether it grows or falls", None
    if abs(slope) < _STILL:
        return "it stays as it is", None
    if slope > 0:
        return f"it grows by {slope:.2g} s a second", None
    to_zero = round(now / -slope)
    return f"it falls by {-slope:.2g} s a second", to_zero if now > 0 else None


def gaps(series: Sequence[Series], expected: int, asked_from: datetime) -> list[str]:
    """What is missing of points that should stand at even distances from a moment on."""
    told = [one for one in series if one.points]
    if not told:
        return []
    longest = max(told, key=lambda one: len(one.points))
    notes = []
    if longest.began is not None and longest.began - asked_from > _LATE:
        notes.append(
            f"Asked from {iso(asked_from)} on: there is nothing before {iso(longest.began)}."
        )
    missing = expected - len(longest.points)
    if missing > 1:
        notes.append(f"{missing:,} of {expected:,} points are missing.")
    return notes
