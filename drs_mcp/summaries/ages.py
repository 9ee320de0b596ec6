"""How old evidence is, and whether its date can be believed."""

from datetime import datetime, timedelta

from drs_mcp.clock import iso

AHEAD = timedelta(minutes=5)
"""Clocks differ: a date so little ahead is taken for now, one further ahead has no age."""

FRESH = timedelta(minutes=15)
"""What was measured so lately says how it is now."""


_LEAST_SPELT = 600
_TWO_UNITS = 10
"""From so many of the larger unit on the smaller one is left out."""


def age(at: datetime | None, now: datetime) -> timedelta | None:
    """How long ago it was; None for no date, and for one of the future."""
    if at is None or at - now > AHEAD:
        return None
    return max(now - at, timedelta())


def in_words(span: timedelta) -> str:
    """`40 s`, `12 min`, `2 h 24 min`, `17 h`, `2 days 14 h`, `12 days`: rounded to what is told last.

    A second unit is told where the first alone would hide a tenth of it or more.
    """
    seconds = max(span.total_seconds(), 0)
    minutes, hours = _nearest(seconds / 60), _nearest(seconds / 3600)
    if seconds < 60:
        return f"{int(seconds)} s"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 60 * _TWO_UNITS:
        return _in_two(minutes, 60, "h", "min")
    if hours < 48:
        return f"{hours} h"
    if hours < 24 * _TWO_UNITS:
        return _in_two(hours, 24, "days", "h")
    return f"{_nearest(hours / 24)} days"


def _in_two(number: int, of: int, unit: str, smaller: str) -> str:
    whole, rest = divmod(number, of)
    return f"{whole} {unit} {rest} {smaller}" if rest else f"{whole} {unit}"


def _nearest(number: float) -> int:
    return int(number + 0.5)


def spelt(seconds: float) -> str:
    """` (31 min)`: what nobody reads at a glance beside its number of seconds; else empty."""
    return f" ({in_words(timedelta(seconds=seconds))})" if _LEAST_SPELT <= seconds < 1e9 else ""


def undated(at: datetime | None) -> str:
    """Why a date has no age."""
    return "when is not told" if at is None else f"dated ahead of now, {iso(at)}"
