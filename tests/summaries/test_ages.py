"""How long something took or is ago, in the words of every answer."""

from datetime import timedelta

import pytest

from drs_mcp.summaries.ages import in_words, spelt


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=40), "40 s"),
        (timedelta(seconds=59.9), "59 s"),
        (timedelta(minutes=12), "12 min"),
        (timedelta(minutes=59, seconds=40), "1 h"),
        (timedelta(hours=2, minutes=24), "2 h 24 min"),
        (timedelta(hours=9, minutes=59, seconds=50), "10 h"),
        (timedelta(hours=17, minutes=20), "17 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(hours=47, minutes=40), "2 days"),
        (timedelta(hours=62), "2 days 14 h"),
        (timedelta(days=5), "5 days"),
        (timedelta(days=9, hours=23, minutes=40), "10 days"),
        (timedelta(days=12, hours=13), "13 days"),
        (timedelta(seconds=-3), "0 s"),
    ],
)
def test_a_duration_is_rounded_to_what_is_told_last(span, said):
    assert in_words(span) == said


def test_no_duration_is_told_further_off_than_a_twentieth():
    units = {"s": 1, "min": 60, "h": 3600, "days": 86_400}
    for seconds in range(60, 2_000_000, 611):
        told = in_words(timedelta(seconds=seconds)).split()
        meant = sum(
            int(number) * units[unit] for number, unit in zip(told[::2], told[1::2], strict=True)
        )
        assert abs(meant - seconds) <= max(30, seconds / 20), seconds


def test_what_nobody_reads_at_a_glance_is_spelt():
    assert spelt(432_000) == " (5 days)"
    assert spelt(223_200) == " (2 days 14 h)"
    assert spelt(599) == ""
