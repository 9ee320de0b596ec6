"""Which flow-control window (Table 16) is in force at a moment."""

import re
from datetime import UTC, datetime

from drs_mcp.api.wire.values import Row, amount, records, text

FULL_PHASE_RUNS = frozenset({"FULL_TRANSFER_STARTED", "CHILD_TRANSFER_STARTED"})
"""Where data move that a flow-control window slows down, and time left can be told."""

_TIME = re.compile(r"(\d{1,2}):(\d{2})")


def active_window(job: Row, now: datetime) -> str | None:
    """The window that limits the speed at *now*, as `10 MB/s, 16:00-15:59 UTC`; None if none does.

    Windows are in UTC and may pass midnight; the minutes of `begin` are ignored (Table 16).
    """
    for window in records(job.get("speed_limit")):
        speed = amount(window.get("speed"))
        if speed and is_inside(window, now):
            return f"{speed} MB/s, {text(window.get('begin'))}-{text(window.get('end'))} UTC"
    return None


def is_inside(window: Row, now: datetime) -> bool:
    """Whether a window is open at *now*; False where it cannot be read."""
    at = now.astimezone(UTC)
    minute = at.hour * 60 + at.minute
    begin, end = _minutes(window.get("begin"), whole_hour=True), _minutes(window.get("end"))
    if begin is None or end is None:
        return False
    return begin <= minute <= end if begin <= end else minute >= begin or minute <= end


def _minutes(value: object, *, whole_hour: bool = False) -> int | None:
    found = _TIME.fullmatch(text(value) or "")
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return int(found[1]) * 60 + (0 if whole_hour else int(found[2]))
