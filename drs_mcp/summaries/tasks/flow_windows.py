"""Which flow-control window (Table 16) is in force at a moment."""

import re
from datetime import UTC, datetime

from drs_mcp.api.wire.values import Row, amount, records, text

_TIME = re.compile(r"(\d{1,2}):(\d{2})")


def active_window(job: Row, now: datetime) -> str | None:
    """The window that limits the speed at *now*, as `10 MB/s, 16:00-15:59 UTC`; None if none does.

    Windows are in UTC and may pass midnight; the minutes of `begin` are ignored (Table 16).
    """
    at = now.astimezone(UTC)
    minute = at.hour * 60 + at.minute
    for window in records(job.get("speed_limit")):
        begin, end = _minutes(window.get("begin"), whole_hour=True), _minutes(window.get("end"))
        speed = amount(window.get("speed"))
        if begin is None or end is None or not speed:
            continue
        inside = begin <= minute <= end if begin <= end else minute >= begin or minute <= end
        if inside:
            return f"{speed} MB/s, {text(window.get('begin'))}-{text(window.get('end'))} UTC"
    return None


def _minutes(value: object, *, whole_hour: bool = False) -> int | None:
    found = _TIME.fullmatch(text(value) or "")
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return int(found[1]) * 60 + (0 if whole_hour else int(found[2]))
