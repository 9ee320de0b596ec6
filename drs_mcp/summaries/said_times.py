"""Times as a caller says them: written out, by the clock, or from now on back.

`2026-11-20T08:00`, `Fri, 20 Nov 2026 08:00:00 GMT`, `now`, `today`, `yesterday`, `22:40`, `-2h`, `2 hours ago`, `last 90 min`.
"""

import re
from datetime import datetime, timedelta

from drs_mcp.api.wire.values import Span, span
from drs_mcp.errors import ArgumentError

_UNITS = {
    "s": "seconds", "sec": "seconds", "secs": "seconds", "second": "seconds", "seconds": "seconds",
    "秒": "seconds", "秒钟": "seconds",
    "m": "minutes", "min": "minutes", "mins": "minutes", "minute": "minutes",
    "minutes": "minutes", "分": "minutes", "分钟": "minutes",
    "h": "hours", "hr": "hours", "hrs": "hours", "hour": "hours", "hours": "hours",
    "小时": "hours", "个小时": "hours",
    "d": "days", "day": "days", "days": "days", "天": "days",
    "w": "weeks", "week": "weeks", "weeks": "weeks", "周": "weeks",
}  # fmt: skip
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_PART = re.compile(
    rf"(?<!\d)(\d{{1,6}}+(?:\.\d{{1,3}}+)?+)\s*+({_UNIT})(?![a-z])\s*+", re.IGNORECASE
)
_BACK = re.compile(
    rf"(?:now\s*+|(?:the\s++)?(?:last|past)\s++|最近)?[-−]?\s*+(?P<parts>(?:{_PART.pattern})+)(?:ago|前)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?P<clock>\d{1,2}:\d\d(?::\d\d)?)\s*(?:Z|UTC|GMT)?", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Of mails, HTTP and audit lines. Other names of zones are left out: CST is a zone in two continents.
_MAIL = re.compile(
    rf"(?:[a-z]{{3,9}},?\s++)?(?P<day>\d{{1,2}})[\s-](?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}[\s-]"
    r"(?P<year>\d{4})(?:\s++(?P<clock>\d{1,2}:\d\d(?::\d\d)?))?\s*+"
    r"(?P<zone>z|utc|gmt|[-+]\d\d:?\d\d)?"
)
_DAYS = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1}
_NOW = frozenset({"now", "现在"})
_DAY = timedelta(days=1)


def said_span(name: str, value: str, now: datetime) -> Span | None:
    """What the caller's time names, of which a filter takes all in: of a date its day.

    Times without a zone are UTC. A time of day without a date is the last one that has been.

    Raises:
        ArgumentError: *value* of the argument *name* is no time.
    """
    said = value.strip().lower()
    if not said:
        return None
    found = span(value) or _relative(said, now)
    if found is None:
        raise ArgumentError(
            f"{name} cannot be read as a time of the years 2000 to 2100: use ISO-8601 such as "
            "2026-11-20T08:00:00Z or 2026-11-20, a time of day such as 22:40, -2h, today, now, or "
            "seconds since 1970."
        )
    return found


def said_range(since: str, until: str, now: datetime) -> tuple[Span | None, Span | None]:
    """What both ends of a filter name.

    Raises:
        ArgumentError: one is no time, or nothing can lie between them.
    """
    begins, ends = said_span("since", since, now), said_span("until", until, now)
    if begins is not None and ends is not None and begins.first > ends.last:
        raise ArgumentError(
            f"since ({_told(begins.first)}) is later than until ({_told(ends.last)}): nothing lies "
            "between them. Swap them, or give times with their zone: without one they are UTC."
        )
    return begins, ends


def future_note(begins: Span | None, now: datetime) -> list[str]:
    """That a filter begins in the future, where it does."""
    if begins is None or begins.first <= now:
        return []
    told = f"since ({_told(begins.first)}) lies in the future: it is {_told(now)} now."
    return [f"{told} Times without a zone are UTC."]


def _told(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _relative(said: str, now: datetime) -> Span | None:
    if said in _NOW:
        return Span(now, now)
    today = f"{now:%Y-%m-%d}"
    if said in _DAYS:
        return span(f"{now - _DAYS[said] * _DAY:%Y-%m-%d}")
    if clock := _CLOCK.fullmatch(said):
        found = span(f"{today}T{clock['clock']:0>5}Z")
        before = span(f"{now - _DAY:%Y-%m-%d}T{clock['clock']:0>5}Z")
        return before if found is not None and found.first > now else found
    if mail := _MAIL.fullmatch(said):
        month = _MONTHS.index(mail["month"]) + 1
        clock_time = f"T{mail['clock']:0>5}" if mail["clock"] else ""
        zone = mail["zone"] or ""
        zone = "Z" if zone.isalpha() else zone
        return span(f"{mail['year']}-{month:02}-{int(mail['day']):02}{clock_time}{zone}")
    if back := _BACK.fullmatch(said):
        ago = sum(
            (
                timedelta(**{_UNITS[unit]: float(number)})
                for number, unit in _PART.findall(back["parts"])
            ),
            timedelta(),
        )
        return span(f"{now - ago:%Y-%m-%dT%H:%M:%SZ}") if ago < 36_500 * _DAY else None
    return None
