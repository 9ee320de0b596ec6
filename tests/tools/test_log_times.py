"""Times of the log's filters: whatever is plain to read is taken, for all that it names."""

import pytest

from drs_mcp.errors import ArgumentError
from drs_mcp.tools.logs import get_logs
from tests.support.tool_calls import JOB, ask, replaying

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("anyio_backend", ["asyncio"]),
]

LOG = [
    {"level": "Warn", "message": "late", "create_time": "2026-03-06T00:00:00Z"},
    {"level": "Error", "message": "boom", "create_time": "2026-03-05T23:59:59.900Z"},
    {"level": "Warn", "message": "slow", "create_time": "2026-03-05T17:00:30Z"},
    {"level": "Info", "message": "fine", "create_time": "2026-03-05T16:00:00Z"},
    {"level": "Info", "message": "begun", "create_time": "2026-03-04T09:00:00Z"},
]


async def told(**span):
    """The messages of the lines that lie in a span."""
    wire = replaying({"job": {"logs": LOG, "total_count": len(LOG)}})
    found = await ask(get_logs, wire, job=JOB, view="lines", **span)
    column = found.get("lines", {}).get("columns", []).index("message")
    return [row[column] for row in found["lines"]["rows"]]


@pytest.mark.parametrize(
    "date", ["2026-03-05", "20260305", "2026/03/05", "2026-3-5", "2026-03-05 UTC"]
)
async def test_until_a_date_takes_its_whole_day_in_and_since_a_date_begins_with_it(date):
    assert await told(until=date) == ["boom", "slow", "fine", "begun"]
    assert await told(since=date) == ["late", "boom", "slow", "fine"]
    assert await told(since=date, until=date) == ["boom", "slow", "fine"]


@pytest.mark.parametrize(
    "minute",
    ["2026-03-05T17:00", "202603051700", "2026-03-06 01:00 +08:00", "2026/03/05 17:00 GMT"],
)
async def test_until_a_minute_takes_its_whole_minute_in(minute):
    assert await told(until=minute) == ["slow", "fine", "begun"]
    assert await told(since=minute) == ["late", "boom", "slow"]


@pytest.mark.parametrize(
    "second", ["2026-03-05 17:00:30 UTC", "20260305T170030Z", "20260305170030", "1772730030", "1772730030000"]
)  # fmt: skip
async def test_a_second_is_a_second_in_every_form(second):
    assert await told(until=second) == ["slow", "fine", "begun"]
    assert await told(since=second) == ["late", "boom", "slow"]


@pytest.mark.parametrize(
    "second",
    [
        "Thu, 05 Mar 2026 17:00:30 GMT", "5 Mar 2026 17:00:30", "05 March 2026 18:00:30 +0100",
        "Thursday, 05-Mar-2026 17:00:30 GMT", "thu 5 mar 2026 17:00:30 utc",
    ],
)  # fmt: skip
async def test_a_time_as_mails_and_http_write_it_is_taken(second):
    assert await told(until=second) == ["slow", "fine", "begun"]
    assert await told(since=second) == ["late", "boom", "slow"]


async def test_a_date_as_mails_write_it_is_its_whole_day_and_a_minute_its_whole_minute():
    assert await told(until="Thu, 5 Mar 2026") == ["boom", "slow", "fine", "begun"]
    assert await told(until="Thu, 5 Mar 2026 17:00 GMT") == ["slow", "fine", "begun"]


@pytest.mark.parametrize(
    "time", ["Thu, 05 Mar 2026 16:30:00 CST", "31 Feb 2026", "5 Foo 2026", "05 Mar 26", "Mar 2026"]
)
async def test_a_zone_of_two_continents_and_what_is_no_date_are_refused(time):
    with pytest.raises(ArgumentError):
        await told(since=time)


async def test_a_date_of_a_zone_is_the_day_of_that_zone():
    assert await told(since="2026-03-05+07:00", until="2026-03-05+07:00") == ["fine"]


@pytest.mark.parametrize(
    "time", ["05/03/2026", "tomorrow", "2026-02-30", "0001-01-01", "1970-01-01T00:00:00Z", "1700", "5"]
)  # fmt: skip
async def test_what_cannot_be_read_is_refused_with_the_forms_that_can(time):
    for name in ("since", "until"):
        with pytest.raises(ArgumentError, match=rf"{name} cannot be read.*ISO-8601.*2026-11-20"):
            await told(**{name: time})


async def test_a_span_that_ends_before_it_begins_is_refused_with_both_ends():
    with pytest.raises(ArgumentError, match=r"since \(2026-03-06T00:00:00Z\) is later than until"):
        await told(since="2026-03-06", until="2026-03-05")


@pytest.mark.parametrize("view", ["patterns", "lines"])
async def test_a_span_that_begins_in_the_future_says_so(view):
    wire = replaying({"job": {"logs": LOG, "total_count": len(LOG)}})
    found = await ask(get_logs, wire, job=JOB, view=view, since="2030-01-01 18:00")
    assert found["notes"][0].startswith("since (2030-01-01T18:00:00Z) lies in the future: it is ")
    past = await ask(get_logs, wire, job=JOB, view=view, since="2026-03-06")
    assert not any("future" in note for note in past.get("notes", []))


@pytest.mark.parametrize("view", ["patterns", "lines"])
async def test_entries_whose_time_cannot_be_read_are_counted(view):
    log = [*LOG, {"level": "Warn", "message": "later", "create_time": "the day after"}]
    wire = replaying({"job": {"logs": log, "total_count": len(log)}})
    found = await ask(get_logs, wire, job=JOB, view=view)
    assert "1 entry without a readable time." in found["notes"]


async def test_the_call_for_the_rest_names_the_same_span_to_the_fraction():
    wire = replaying({"job": {"logs": LOG, "total_count": len(LOG)}})
    span = {"since": "2026-03-05 16:00:00.5", "until": "2026-03-05"}
    found = await ask(get_logs, wire, job=JOB, view="lines", limit=1, **span)
    args = found["next"][0]["args"]
    assert (args["since"], args["until"]) == ("2026-03-05T16:00:00.500000Z", "2026-03-05T23:59:59Z")
    assert await told(since=args["since"], until=args["until"]) == await told(**span)
