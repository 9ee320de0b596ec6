"""How figures went over time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.errors import ArgumentError
from drs_mcp.simulator import Simulator
from drs_mcp.summaries.health.past.history import trend_answer
from drs_mcp.summaries.health.past.trend import Series, delay_in_words
from drs_mcp.summaries.watch.changes import Snapshot
from drs_mcp.summaries.watch.handle import (
    MOST_CHARS,
    check_task,
    decode_handle,
    encode_handle,
    samples_in,
)
from drs_mcp.summaries.watch.samples import MOST, Sample, added, series_of
from drs_mcp.tools.history import get_history
from drs_mcp.tools.watching import watch_job
from tests.conftest import DrivenClock
from tests.support.tool_calls import JOB, ask, connections, embedded

START = 1_795_500_000


def delay(*values, step=60):
    return Series("delay_s", [(START + place * step, value) for place, value in enumerate(values)])


@pytest.mark.parametrize(
    ("values", "says", "to_zero"),
    [
        ((900, 840, 780, 720), "falls by 1 s a second", 720),
        ((100, 130, 160, 190), "grows by 0.5 s a second", None),
        ((5, 5, 6, 5), "stays as it is", None),
        ((900, 800), "too few points", None),
        ((900, 840, 9_000, 720, 660), "falls by 1 s a second", 660),
        ((0, 0, 0, 0), "stays as it is", None),
    ],
    ids=["falling", "growing", "still", "two points", "one peak", "nothing"],
)
def test_a_delay_is_told_in_words_with_the_time_to_zero_where_it_falls(values, says, to_zero):
    words, seconds = delay_in_words(delay(*values))
    assert says in words
    assert seconds == to_zero


def test_points_within_a_minute_have_no_slope():
    assert delay(900, 800, 700, step=10).slope() is None


def test_a_row_tells_least_median_greatest_slope_and_ten_digits():
    row = delay(*range(100, 0, -10)).row()
    assert row[:6] == ["delay_s", 10, 10, 55, 100, -10]
    assert row[6] == "9876544321"


@pytest.mark.parametrize(
    ("points", "picture"),
    [
        ([], ""),
        ([(START, 5)], "9---------"),
        ([(START, 0), (START + 90, 0)], "0--------0"),
        ([(START, 1), (START + 90, 9)], "1--------9"),
    ],
)
def test_a_picture_has_a_sign_for_each_tenth_of_the_time(points, picture):
    assert Series("x", points).picture() == picture


def test_no_points_are_told_as_none():
    assert trend_answer([], source="watch_job").headline == "No point in time is told by watch_job."


FIGURE = st.none() | st.integers(0, 36**4 - 1)
SAMPLES = st.lists(
    st.tuples(st.integers(1, 10**6), FIGURE, FIGURE, FIGURE, FIGURE), min_size=0, max_size=MOST
)


@given(SAMPLES)
def test_a_handle_brings_back_its_samples(drawn):
    at, samples = START, []
    for step, *figures in drawn:
        at += step
        samples.append(Sample(at, *figures))
    handle = encode_handle(Snapshot("INCRE_TRANSFER_STARTED"), JOB, samples)
    assert samples_in(handle) == tuple(samples)
    assert decode_handle(handle) == Snapshot("INCRE_TRANSFER_STARTED")
    assert len(handle) <= MOST_CHARS
    check_task(handle, JOB)


GOOD = encode_handle(Snapshot("PAUSING"), JOB, [Sample(START, 5), Sample(START + 60, 4)])


@pytest.mark.parametrize(
    "junk",
    [f"{GOOD}_", f"{GOOD},1", GOOD.replace(",-", ",00", 1), f"{GOOD}_1,-,-,-", GOOD.upper()],
)
def test_samples_in_any_other_form_are_refused(junk):
    for reader in (samples_in, decode_handle):
        with pytest.raises(ArgumentError, match="no handle of watch_job"):
            reader(junk)


def test_of_many_samples_the_first_and_the_last_are_kept():
    samples = ()
    for minute in range(100):
        samples = added(samples, Sample(START + minute * 60, minute))
        assert len(samples) <= MOST
        assert (samples[0].delay, samples[-1].delay) == (0, minute)
    assert added(samples, None) == samples


def test_what_was_not_told_is_no_point():
    found = series_of([Sample(START, 5), Sample(START + 60, 4, rows=7)])
    assert [(one.name, len(one.points)) for one in found] == [("delay_s", 2), ("apply_rows_s", 1)]


@pytest.mark.anyio
async def test_a_watch_is_what_a_trend_is_made_of():
    clock = DrivenClock()
    simulator = Simulator(now=clock.utc_now)
    wire = embedded(simulator)
    async with connections(wire["wire"], wire["settings"], clock) as opened:
        since = ""
        for _ in range(3):
            watched = await watch_job(
                await opened.open(), "bank-dr-standby", timeout_s=300, since=since
            )
            since = watched.since
        found = await get_history(await opened.open(), "bank-dr-standby", "trend", since=since)
    assert found.headline.startswith("The delay is 2,")
    assert "it grows by" in found.headline
    rows = {row[0]: row for row in found.trend.rows}
    assert {"delay_s", "cpu_pct", "mem_pct"} <= rows.keys()
    assert rows["delay_s"][1] >= rows["delay_s"][2]


@pytest.mark.anyio
async def test_without_samples_or_with_those_of_another_task_there_is_no_trend():
    for since, says in (("", "pass the `since`"), (GOOD, "another task")):
        with pytest.raises(ArgumentError, match=says):
            await ask(
                get_history,
                **embedded(Simulator()),
                job="bank-dr-standby",
                kind="trend",
                since=since,
            )
