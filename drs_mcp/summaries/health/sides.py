"""Which side holds a task up: reading the source's log, or applying to the destination.

A side is named only where it lags ten times the other, or where a figure that is known settles the
unit of both; and only by figures that are of now.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from drs_mcp.clock import iso
from drs_mcp.summaries.health.components import Components
from drs_mcp.summaries.health.monitor import Monitor, is_fresh

Side = Literal["source", "destination", ""]
Number = float | int

_FAR: Final = 10
"""So many times the other: clear, whatever the unit."""

_CLEAR: Final = 2
"""So many times the other: clear where the unit is known."""

_NEAR: Final = 0.2
"""Figures that differ by less tell the same."""

_UNITS: Final = {"s": 1, "ms": 1000}
_AT: Final[dict[Side, str]] = {"source": "reading the source", "destination": "applying"}


@dataclass(frozen=True)
class Judgement:
    """The side that holds the task up; empty where it cannot be told. `says` why, in our own words."""

    side: Side
    says: str


def unit_of(monitor: Monitor, delay_s: Number | None) -> str:
    """The unit of the lags, where one of them or their sum is the delay that is known in seconds.

    Empty where nothing settles it, and where both would fit.
    """
    lags = [lag for lag in (monitor.reading, monitor.applying) if lag is not None]
    if delay_s is None or delay_s < _FAR:
        return ""
    told = [*lags, sum(lags)]
    fits = [
        unit
        for unit, factor in _UNITS.items()
        if any(abs(one - delay_s * factor) <= _NEAR * delay_s * factor for one in told)
    ]
    return fits[0] if len(fits) == 1 else ""


def slower_side(
    monitor: Monitor | None, components: Components | None, delay_s: Number | None, now: datetime
) -> Judgement | None:
    """Which side is slower; None where nothing was told of either."""
    judged = [
        one
        for one in (_by_components(components, now), _by_monitor(monitor, delay_s, now))
        if one is not None
    ]
    if not judged:
        return None
    sides = {one.side for one in judged if one.side}
    if len(sides) > 1:
        says = "; ".join(one.says for one in judged)
        return Judgement(
            "", f"which side is slower cannot be told, monitoring and components disagree: {says}"
        )
    return next((one for one in judged if one.side), judged[-1])


def _by_components(components: Components | None, now: datetime) -> Judgement | None:
    if components is None:
        return None
    reading, applying = components.delay_of("capture"), components.delay_of("apply")
    if reading is None or applying is None:
        return None
    if not is_fresh(components.at, now):
        return _stale(components.at)
    return _judged(reading, applying, "s")


def _by_monitor(monitor: Monitor | None, delay_s: Number | None, now: datetime) -> Judgement | None:
    if monitor is None or monitor.reading is None or monitor.applying is None:
        return None
    unit = unit_of(monitor, delay_s)
    # A time that is not told cannot be of now; a figure that equals one of now can.
    if not is_fresh(monitor.at, now) and (monitor.at is not None or not unit):
        return _stale(monitor.at)
    if not unit and delay_s is not None and delay_s > _FAR * max(monitor.reading, monitor.applying):
        told = _told(monitor.reading, monitor.applying, "")
        return Judgement("", f"which side is slower cannot be told: {told} do not fit the delay")
    return _judged(monitor.reading, monitor.applying, unit)


def _judged(reading: Number, applying: Number, unit: str) -> Judgement:
    larger, smaller = max(reading, applying), min(reading, applying)
    times = _CLEAR if unit else _FAR
    if larger < _FAR or larger < times * max(smaller, 1):
        why = "" if unit else ", of an unknown unit"
        told = _told(reading, applying, unit)
        return Judgement("", f"which side is slower cannot be told: {told}{why}")
    side: Side = "source" if reading > applying else "destination"
    return Judgement(side, f"{_AT[side]} is the slower side: {_told(reading, applying, unit)}")


def _told(reading: Number, applying: Number, unit: str) -> str:
    blank = f" {unit}" if unit else ""
    return f"reading lags {reading:,}{blank}, applying {applying:,}{blank}"


def _stale(at: datetime | None) -> Judgement:
    when = f"measured at {iso(at)}" if at is not None else "of an unknown time"
    return Judgement("", f"which side is slower cannot be told: the lags are {when}")
