"""How old evidence is, and whether its date can be believed."""

from datetime import datetime, timedelta

from drs_mcp.clock import iso

AHEAD = timedelta(minutes=5)
"""Clocks differ: a date so little ahead is taken for now, one further ahead has no age."""

FRESH = timedelta(minutes=15)
"""What was measured so lately says how it is now."""


_LEAST_SPELT = 600


def age(at: datetime | None, now: datetime) -> timedelta | None:
    """How long ago it was; None for no date, and for one of the future."""
    if at is None or at - now > AHEAD:
        return None
    return max(now - at, timedelta())


def in_words(span: timedelta) -> str:
    """`40 s`, `12 min`, `2 h 24 min`, `3 days`."""
    seconds = int(span.total_seconds())
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86_400
    if minutes < 1:
        return f"{seconds} s"
    if hours < 1:
        return f"{minutes} min"
    if days < 2:
        rest = minutes % 60
        return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours} h"
    return f"{days} days"


def spelt(seconds: float) -> str:
    """` (31 min)`: what nobody reads at a glance beside its number of seconds; else empty."""
    return f" ({in_words(timedelta(seconds=seconds))})" if _LEAST_SPELT <= seconds < 1e9 else ""


def undated(at: datetime | None) -> str:
    """Why a date has no age."""
    return "when is not told" if at is None else f"dated ahead of now, {iso(at)}"
