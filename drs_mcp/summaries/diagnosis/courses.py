"""Numbers that move inside one kind of line: from what to what, how fast, how long still."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from drs_mcp.quoting.names import as_name
from drs_mcp.summaries.logs.facts import LogKind, SlotFacts
from drs_mcp.summaries.logs.kinds.numbers import is_unit

SECONDS = frozenset({"s", "sec", "secs", "second", "seconds", "秒"})
_LEAST_ENTRIES = 3
_STEADY = 0.8
"""A course is steady where its ends span so much of what lies between its least and greatest."""

_RATE = re.compile(r"(?i)\brows|/s\b|行")
_RATED = re.compile(r"(?i)\b(?:rate|speed|throughput)\W*\Z|速率|速度|吞吐")

_JOINS = ("of", "/", "")
"""What may stand between a number and its limit."""

_FULL = 0.9


class Course(NamedTuple):
    """How a number of a kind's lines moved: its first and last value and the limit beside it."""

    label: str
    unit: str
    first: float
    last: float
    per_minute: float
    limit: float | None

    @property
    def is_clock(self) -> bool:
        """Whether it counts seconds as they pass: how long something has lasted."""
        return self.unit.lower() in SECONDS and 48 <= self.per_minute <= 72

    @property
    def is_rate(self) -> bool:
        """Whether it counts how much is done in a while, so that less of it is slower."""
        return bool(_RATE.search(self.unit) or _RATED.search(self.label))

    @property
    def minutes_left(self) -> float | None:
        """Until it reaches its limit, at the rate so far."""
        if self.limit is None or self.per_minute <= 0 or self.last >= self.limit:
            return None
        return (self.limit - self.last) / self.per_minute

    @property
    def near_limit(self) -> bool:
        """Whether it has all but reached its limit."""
        if self.unit == "%":
            return self.last >= 100 * _FULL and self.per_minute > 0
        return self.limit is not None and self.limit > 0 and self.last >= self.limit * _FULL

    @property
    def is_unfinished(self) -> bool | None:
        """Whether it goes up to a limit, or to 100 %, and has not got there; None for neither."""
        limit = 100 if self.unit == "%" else self.limit
        if limit is None or not self.grows:
            return None
        return self.last < limit

    @property
    def grows(self) -> bool:
        """Whether it went up."""
        return self.last > self.first


def courses(kind: LogKind) -> list[Course]:
    """The numbers that moved steadily in one direction, those with a limit first."""
    if kind.count < _LEAST_ENTRIES or kind.first is None or kind.last is None:
        return []
    minutes = (kind.last - kind.first).total_seconds() / 60
    if minutes <= 0:
        return []
    found = []
    for place, slot in enumerate(kind.slots):
        span = slot.greatest - slot.least
        if not slot.moves or abs(slot.last - slot.first) < span * _STEADY:
            continue
        limit = _limit(slot, [*kind.slots[place + 1 :], *kind.slots[:place]])
        unit = limit[1] if limit is not None else slot.unit
        found.append(
            Course(
                slot.label,
                unit,
                slot.first,
                slot.last,
                (slot.last - slot.first) / minutes,
                limit[0] if limit is not None else None,
            )
        )
    return sorted(found, key=lambda course: (course.limit is None, not course.is_clock))


def _limit(slot: SlotFacts, after: Sequence[SlotFacts]) -> tuple[float, str] | None:
    """A number that stands still behind one that moves below it: `7.9 of 8.0 GB`."""
    for other in after:
        joins = slot.unit in _JOINS or other.unit == slot.unit
        if joins and not other.moves and other.last >= slot.greatest > 0:
            if slot.unit in _JOINS and other.label not in (slot.unit, "of", "/", "共"):
                continue
            return other.last, other.unit
    return None


def gap(found: Sequence[Course]) -> tuple[float, float] | None:
    """How far apart two numbers of one unit were at first and in the end, where that has grown."""
    rising = [course for course in found if course.grows and course.limit is None]
    for one in rising:
        for other in rising:
            first, last = other.first - one.first, other.last - one.last
            alike = one.unit == other.unit and not one.is_clock
            if other is not one and alike and 0 < first < last and first < one.first:
                return first, last
    return None


def told(kind: LogKind, most: int = 2) -> str:
    """The moving numbers in words of ours: `1,200 → 51,000 MB, 119 a minute, 12 min left`."""
    found = courses(kind)
    # A bare number that moves may be a name: a position, a session.
    telling = [
        one for one in found if _unit(one) or one.limit is not None or _RATED.search(one.label)
    ]
    parts = [_told(course) for course in telling[:most]]
    apart = gap(found)
    if apart is not None:
        parts.append(f"{apart[0]:,.0f} → {apart[1]:,.0f} apart")
    return "; ".join(parts)


_COUNTED = """
    rows entries events transactions tables files records messages requests connections sessions
    blocks pages objects statements batches retries times tasks threads
"""
_PLAIN_UNITS = frozenset(_COUNTED.split())
_UNITS = {"行": "rows", "条": "rows", "毫秒": "ms", "秒": "s", "分钟": "min", "小时": "h", "%": "%"}


def _unit(course: Course) -> str:
    if course.unit in _JOINS:
        return ""
    if is_unit(course.unit) or course.unit.lower() in _PLAIN_UNITS:
        return _UNITS.get(course.unit, course.unit)
    return _UNITS.get(course.unit) or as_name(course.unit) or ""  # what others wrote, marked off


def _told(course: Course) -> str:
    unit = _unit(course)
    if course.is_clock:
        return f"for {shown(course.last)} s"
    of = f" of {shown(course.limit)}" if course.limit is not None else ""
    parts = [f"{shown(course.first)} → {shown(course.last)}{of}{f' {unit}' if unit else ''}"]
    if abs(course.per_minute) >= 0.1:
        parts.append(f"{shown(round(course.per_minute, 1))} a minute")
    left = course.minutes_left
    if left is not None:
        parts.append(f"about {shown(round(left))} min left")
    return ", ".join(parts)


def shown(number: float) -> str:
    """A number with thousands separated, without a fraction that says nothing."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.10g}"
