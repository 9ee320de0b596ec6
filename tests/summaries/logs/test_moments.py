"""When entries came: counts in buckets of time, and ten digits that picture them."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.summaries.logs.kinds.moments import MOST_BUCKETS, Moments, picture, seconds_of
from tests.support.log_rows import START, cells, entries, entry, facts, patterns

SECONDS = st.lists(st.integers(0, 10_000_000), min_size=1, max_size=600)


def counted(*batches):
    moments = Moments()
    for batch in batches:
        moments.add(batch)
    return moments


@given(SECONDS, st.randoms())
def test_buckets_are_the_same_in_any_order_and_any_batches(seconds, chance):
    whole = counted(seconds)
    mixed = list(seconds)
    chance.shuffle(mixed)
    cut = chance.randrange(len(mixed) + 1)
    parts = counted(mixed[:cut])
    parts.absorb(counted(*([second] for second in mixed[cut:])))
    assert parts.spans() == whole.spans()
    assert parts.shift == whole.shift


@given(SECONDS)
def test_no_entry_is_lost_and_the_buckets_are_bounded(seconds):
    moments = counted(seconds)
    assert sum(moments.counts.values()) == len(seconds)
    assert len(moments.counts) <= MOST_BUCKETS


def test_the_width_doubles_as_the_span_grows():
    assert counted(range(200)).width_s == 1
    assert counted(range(300)).width_s == 2
    assert counted(range(2000)).width_s == 8


def test_seconds_are_those_of_utc():
    assert seconds_of(["2026-11-20T08:01:02", "", "1970-01-01T00:00:01.5"]) == [1795161662, 1]


def test_a_picture_has_nine_in_the_fullest_tenth_and_none_where_none_came():
    moments = counted([0] * 9, [25] * 18, [99])
    assert picture(moments, 0, 99) == "5090000001"
    assert picture(counted([7]), 7, 7) == "9000000000"
    assert picture(Moments(), 0, 9) == ""


def test_patterns_carry_a_picture_over_the_whole_log():
    rows = [entry("fine", "Info", second) for second in range(1000)]
    rows += [entry(f"boom {second}", "Error", second) for second in range(500, 1000, 5)]
    rows += [entry("newest error of all", "Error", 1000)]
    pictures = {row["count"]: row.get("time") for row in cells(patterns(rows))}
    assert pictures[100] == "0000099999"
    assert pictures[1] == "0000000009"


def test_only_the_first_twelve_patterns_carry_one():
    rows = [entry(f"{kind} broke {n}", "Error", n) for n in range(2) for kind in words(20)]
    told = [row["time"] for row in cells(patterns(rows))]
    assert all(told[:12])
    assert not any(told[12:])


def words(number):
    return [f"{chr(97 + n)}{chr(98 + n)} {chr(99 + n)}{chr(97 + n)} quite" for n in range(number)]


def test_it_is_told_how_many_came_after_a_moment():
    (kind,) = facts([entry(f"boom {n}", "Error", n) for n in range(100)]).errors
    assert kind.after(START + timedelta(seconds=89)) == 10
    assert kind.after(START + timedelta(seconds=99)) == 0


def test_a_kind_knows_its_first_and_last_time_and_the_log_too():
    log = facts(entries("a 1", "b c 2", "a 3"))
    assert (log.first, log.last) == (START, START + timedelta(seconds=2))
    kind = next(kind for kind in log.errors if kind.count == 2)
    assert (kind.first, kind.last) == (log.first, log.last)
