"""Times as they come: ISO-8601 and its kin, with or without signs in between, and epoch numbers.

A time names a span: a date names its day, a minute its minute. What happened at a time counts from
the beginning of its span; a filter that ends with a time takes its whole span in.
"""

import math
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Final, NamedTuple

from drs_mcp.api.wire.numerals import latin

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""A time of another year is a zero value, a sentinel or a misread number: unknown."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 40
_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_SECOND = timedelta(seconds=1)
_FARTHEST_ZONE = 14 * _HOUR
_PER_SECOND: Final = (1, 10**3, 10**6, 10**9)
"""What an epoch number may count: seconds or parts of them. Only one lies in the years above."""

_USUAL = re.compile(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ?", re.ASCII)
_DIGITS = re.compile(r"(?P<whole>\d{8,19})(?P<part>\.\d{1,9})?", re.ASCII)
_COMPACT_LENGTHS = frozenset({8, 12, 14, 17})
"""YYYYMMDD, with hhmm, with hhmmss, with milliseconds. No epoch number of these lengths lies in
the years above and could be such a date as well."""

_DATE = re.compile(
    r"(?P<year>\d{4})(?:(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
    r"|(?P<month2>\d\d)(?P<day2>\d\d))(?:T(?=\d)| {1,3}(?=\d)|(?=\d{4,9}\Z))?",
    re.ASCII | re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d{1,12}))?)?(?!\d)"
    r"|(?P<hour2>\d\d)(?:(?P<minute2>\d\d)(?:(?P<second2>\d\d)(?:[.,]?(?P<part2>\d{1,12}))?)?)?"
    r"(?!\d)",
    re.ASCII,
)
_ZONE = re.compile(
    r" {0,3}(?:Z|(?:UTC|GMT|UT)? ?(?:(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?)?)",
    re.ASCII | re.IGNORECASE,
)


class Span(NamedTuple):
    """What a time names, in UTC: its first moment, and its last whole second (or that moment)."""

    first: datetime
    last: datetime


def moment(value: object) -> datetime | None:
    """When something happened, in UTC: the beginning of what the time names; see `span`."""
    if type(value) is str and _USUAL.fullmatch(value):  # the common case of a long log
        with suppress(ValueError):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
    read = span(value)
    return read.first if read else None


def zoned(value: object) -> datetime | None:
    """When something happened, if the value tells its zone as well; a number counts from UTC's epoch.

    A time without a zone may be hours off, so it vouches for no age: unknown here.
    """
    found = moment(value)
    if found is None or not isinstance(value, str):
        return found
    written = latin(value.strip())
    if _DIGITS.fullmatch(written) and len(written.partition(".")[0]) not in _COMPACT_LENGTHS:
        return found
    date = _DATE.match(written)
    clock = _CLOCK.match(written, date.end()) if date else None
    return found if clock is not None and written[clock.end() :].strip() else None


def span(value: object) -> Span | None:
    """What a time names, from a text or a number.

    Read are dates with or without a time of day (`2026-03-05`, `2026/03/05 17:00`, `20260305`,
    `20260305T170000Z`, `20260305170000`), a zone behind them (`Z`, `UTC`, `GMT`, `+08:00`,
    `+0800`, `UTC+8`), and epoch seconds, milliseconds, microseconds and nanoseconds. Without a
    zone a time is UTC. A time outside of the years 2000 to 2100 is unknown, and so is any other
    form, such as a date that begins with its day or its month. Chinese signs part a date and a time
    of day as well (`2026年3月5日 17时00分`).
    """
    if isinstance(value, str):
        if len(value) > 4 * _LONGEST or len(written := latin(value.strip())) > _LONGEST:
            return None
        number = _DIGITS.fullmatch(written)
        if number is None:
            return _dated(written)
        return _numbered(int(number["whole"]), float(number["part"] or 0))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float):
        if not 0 < value < 10**20:  # not for NaN either
            return None
        part, whole = math.modf(value)
        return _numbered(int(whole), part)
    return _numbered(value, 0) if 0 < value < 10**20 else None


def _numbered(whole: int, part: float) -> Span | None:
    digits = str(whole)
    if len(digits) in _COMPACT_LENGTHS and not part and (found := _dated(digits)) is not None:
        return found
    for parts in _PER_SECOND:
        seconds, left = divmod(whole, parts)
        if seconds < 4_200_000_000:  # 2103: what is later may be in smaller parts
            at = _EPOCH + timedelta(seconds=seconds, microseconds=(left + part) * 10**6 / parts)
            return _plausible(at, at)
    return None


_CHINESE = re.compile(
    r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号號]? ?(?P<clock>\d.*)?", re.ASCII
)
_CHINESE_CLOCK = re.compile(r"(\d{1,2})[时時点點](?:(\d{1,2})分(?:(\d{1,2})秒)?)?", re.ASCII)


def _dated(written: str) -> Span | None:
    if chinese := _CHINESE.fullmatch(written):
        clock_time = _CHINESE_CLOCK.sub(
            lambda found: ":".join(part.zfill(2) for part in found.groups() if part),
            chinese["clock"] or "",
        )
        written = f"{chinese['year']}-{chinese['month']}-{chinese['day']} {clock_time}".rstrip()
    date = _DATE.match(written)
    if date is None:
        return None
    clock = _CLOCK.match(written, date.end())
    rest = written[clock.end() if clock else date.end() :]
    zone = _ZONE.fullmatch(rest)
    # A minus right behind a date without a time of day may be a part of either.
    if zone is None or (clock is None and rest.startswith("-")):
        return None
    offset = _HOUR * int(zone["hours"] or 0) + _MINUTE * int(zone["minutes"] or 0)
    if offset > _FARTHEST_ZONE or int(zone["minutes"] or 0) > 59:
        return None
    try:
        day = datetime(
            int(date["year"]),
            int(date["month"] or date["month2"]),
            int(date["day"] or date["day2"]),
            tzinfo=timezone(-offset if zone["sign"] == "-" else offset),
        )
        if not FIRST_YEAR - 1 <= day.year <= LAST_YEAR:
            return None
    except ValueError:
        return None
    if clock is None:
        return _plausible(day, day + _DAY - _SECOND)
    return _within(day, clock)


def _within(day: datetime, clock: re.Match[str]) -> Span | None:
    """The span that a time of day names."""
    hour, minute, second, part = (
        clock[name] or clock[f"{name}2"] for name in ("hour", "minute", "second", "part")
    )
    hours, minutes, seconds = int(hour), int(minute or 0), int(second or 0)
    # 24:00 ends a day, and a leap second is the 61st.
    if hours > 24 or minutes > 59 or seconds > 60 or (hours == 24 and (minutes or seconds)):
        return None
    at = day + timedelta(
        hours=hours,
        minutes=minutes,
        seconds=seconds,
        microseconds=int(f"{part or '':0<6.6}"),
    )
    unit = _SECOND if second or hours == 24 else _MINUTE if minute else _HOUR
    return _plausible(at, at + unit - _SECOND)


def _plausible(first: datetime, last: datetime) -> Span | None:
    found = Span(first.astimezone(UTC), last.astimezone(UTC))
    return found if FIRST_YEAR <= found.first.year <= LAST_YEAR else None
