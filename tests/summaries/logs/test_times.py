"""Times sort as text; tallies of names are bounded."""

from drs_mcp.summaries.logs.entries import Times
from drs_mcp.summaries.logs.kinds.tally import Tally


def test_times_sort_as_text_whatever_their_form():
    written = [
        "2026-11-20 08:00:00", "2026-11-20T08:00:01Z", "2026-11-20T16:00:01.500+08:00",
        1795161602000, "1795161603000",
    ]  # fmt: skip
    read = [Times().read(value) for value in written]
    assert read == sorted(read)
    assert read[0].startswith("2026-11-20T08:00:00")


def test_a_page_of_times_is_read_as_each_is_alone():
    written = [
        "2026-11-20T08:00:00Z", "2026-11-20T08:59:59Z", "2026-11-20T08:60:00Z", "2026-11-20T08:00Z",
        "2026-11-20T25:00:00Z", None, 7, "2026-11-20T08:00:00.5Z", "2026-02-30T00:00:00Z",
    ]  # fmt: skip
    times = Times()
    page = times.page([{"create_time": value} for value in written])
    assert page == [Times().read(value) for value in written]
    assert page == times.page([{"create_time": value} for value in written])
    assert page[2] == page[4] == page[5] == page[8] == ""


def test_a_tally_of_too_many_names_keeps_the_frequent_ones_and_counts_the_rest():
    tally = Tally()
    for number in range(2000):
        tally.add(f"name{number}")
        tally.add("frequent")
    assert tally.top(1) == [("frequent", 2000)]
    assert sum(tally.counts.values()) + tally.rest == 4000
    assert len(tally.counts) <= 256


def test_a_page_of_times_as_drs_writes_them_is_read_with_its_seconds():
    written = ["2026-11-20T08:00:00Z", "2024-02-29T23:59:59Z", "0999-01-01T00:00:00Z"]
    times = Times()
    page, seconds = times.dated([{"create_time": value} for value in written[:2]])
    assert page == [Times().read(value) for value in written[:2]]
    assert seconds == [1795161600, 1709251199]
    page, seconds = times.dated([{"create_time": value} for value in written])
    assert page == [Times().read(value) for value in written]
