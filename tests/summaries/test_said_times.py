from datetime import UTC, datetime

import pytest

from drs_mcp.clock import iso
from drs_mcp.errors import ArgumentError
from drs_mcp.summaries.said_times import said_span

NOW = datetime(2026, 11, 20, 8, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("now", "2026-11-20T08:00:30Z", "2026-11-20T08:00:30Z"),
        (" NOW ", "2026-11-20T08:00:30Z", "2026-11-20T08:00:30Z"),
        ("today", "2026-11-20T00:00:00Z", "2026-11-20T23:59:59Z"),
        ("昨天", "2026-11-19T00:00:00Z", "2026-11-19T23:59:59Z"),
        ("-2h", "2026-11-20T06:00:30Z", "2026-11-20T06:00:30Z"),
        ("now-90m", "2026-11-20T06:30:30Z", "2026-11-20T06:30:30Z"),
        ("- 1 day", "2026-11-19T08:00:30Z", "2026-11-19T08:00:30Z"),
        ("2h30m", "2026-11-20T05:30:30Z", "2026-11-20T05:30:30Z"),
        ("1.5 hours ago", "2026-11-20T06:30:30Z", "2026-11-20T06:30:30Z"),
        ("last 30 min", "2026-11-20T07:30:30Z", "2026-11-20T07:30:30Z"),
        ("2小时前", "2026-11-20T06:00:30Z", "2026-11-20T06:00:30Z"),
        ("7:40", "2026-11-20T07:40:00Z", "2026-11-20T07:40:59Z"),
        ("22:40", "2026-11-19T22:40:00Z", "2026-11-19T22:40:59Z"),
        ("22:40:10 UTC", "2026-11-19T22:40:10Z", "2026-11-19T22:40:10Z"),
        ("2026-11-20 07:00 UTC", "2026-11-20T07:00:00Z", "2026-11-20T07:00:59Z"),
        ("1795161600", "2026-11-20T08:00:00Z", "2026-11-20T08:00:00Z"),
    ],
)
def test_a_time_is_read_as_it_is_said(said, first, last):
    found = said_span("since", said, NOW)
    assert (iso(found.first), iso(found.last)) == (first, last)


@pytest.mark.parametrize("said", ["", "  "])
def test_nothing_said_is_no_time(said):
    assert said_span("since", said, NOW) is None


@pytest.mark.parametrize(
    "said", ["+2h", "2", "25:00", "ago", "tomorrow", "-h", "2 moons ago", "05/03/2026", "999999d"]
)
def test_what_is_no_time_or_could_be_two_is_refused_by_name(said):
    with pytest.raises(ArgumentError, match=r"^since cannot be read as a time"):
        said_span("since", said, NOW)
