"""Which side is slower: named only where the figures allow it."""

from datetime import timedelta

import pytest

from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.clock import iso
from drs_mcp.summaries.health.components import components_of
from drs_mcp.summaries.health.monitor import monitor_of
from drs_mcp.summaries.health.past.timeline import operations_of
from drs_mcp.summaries.health.recovery import recovery_of
from drs_mcp.summaries.health.sides import slower_side, unit_of
from tests.support.tool_calls import NOW

FRESH = iso(NOW - timedelta(seconds=40))
STALE = iso(NOW - timedelta(hours=3))
NAIVE = (NOW - timedelta(seconds=40)).strftime("%Y-%m-%d %H:%M:%S")


def monitor(reading, applying, at=FRESH):
    return monitor_of({"src_delay": reading, "dst_delay": applying, "update_time": at})


def components(reading, applying, at=FRESH):
    listed = [{"type": "capture", "delay": reading}, {"type": "apply", "delay": applying}]
    return components_of({"update_time": at, "increment_components_list": listed})


@pytest.mark.parametrize(
    ("figures", "parts", "delay", "side"),
    [
        ("ten times the other", (monitor(2, 941), None), 900, "destination"),
        ("ten times, as strings", (monitor("9410", "2"), None), 9000, "source"),
        ("ten times, in milliseconds", (monitor(2_000, 900_000), None), 902, "destination"),
        ("less, and the delay settles seconds", (monitor(200, 700), None), 900, "destination"),
        ("less, and the delay settles milliseconds", (monitor(700_000, 200_000), None), 900, "source"),
        ("less, and nothing settles the unit", (monitor(300, 420), None), 90, ""),
        ("alike in a unit that is known", (monitor(450, 440), None), 890, ""),
        ("measured long ago", (monitor(2, 941, STALE), None), 900, ""),
        ("a time without a zone", (monitor(2, 941, NAIVE), None), 90, ""),
        ("a time without a zone, settled by the delay", (monitor(2, 941, NAIVE), None), 941, "destination"),
        ("too small for the delay", (monitor(0, 12), None), 3_000, ""),
        ("both nothing", (monitor(0, 0), None), 900, ""),
        ("a sentinel", (monitor(-1, 941), None), 900, None),
        ("components, in seconds", (None, components("2", "7910")), 7900, "destination"),
        ("components, measured long ago", (None, components("2", "7910", STALE)), 7900, ""),
        ("monitoring and components disagree", (monitor(941, 2), components("2", "941")), 940, ""),
        ("monitoring and components agree", (monitor(2, 941), components("2", "941")), 940, "destination"),
        ("nothing told", (None, None), 900, None),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)  # fmt: skip
def test_a_side_is_named_only_where_the_figures_allow_it(figures, parts, delay, side):
    judged = slower_side(*parts, delay, NOW)
    assert (judged.side if judged is not None else None) == side, figures
    if judged is not None and not side:
        assert "cannot be told" in judged.says


def test_a_small_delay_settles_no_unit():
    assert unit_of(monitor(1, 1), 2) == ""
    assert unit_of(monitor(300, 600), 900) == "s"
    assert unit_of(monitor(300, 600), None) == ""


@pytest.mark.parametrize("hours", [0, 8, -5])
def test_the_delay_beside_it_settles_the_zone_of_a_recovery_point(hours):
    local = NOW - timedelta(seconds=1900) + timedelta(hours=hours)
    row = {"rpo_info": {"delay": "1900", "time": local.strftime("%Y-%m-%d %H:%M:%S")}}
    assert recovery_of(row, NOW).rpo.at == NOW - timedelta(seconds=1900)


@pytest.mark.parametrize("delay", [None, "-1", "7200", "1e300"])
def test_a_recovery_point_without_a_delay_that_fits_has_no_time(delay):
    local = NOW - timedelta(seconds=700)
    row = {"rpo_info": {"delay": delay, "time": local.strftime("%Y-%m-%d %H:%M:%S")}}
    assert recovery_of(row, NOW).rpo.at is None


def test_operations_come_newest_first_in_whatever_form_their_times_have():
    at = NOW - timedelta(hours=1)
    rows = [
        {"name": "CREATE", "operation_time": iso(NOW - timedelta(days=2))},
        {"name": "PAUSE", "operation_time": int(at.timestamp() * 1000)},
        {"name": "START", "operation_time": at.strftime("%Y-%m-%d %H:%M:%S")},
        {"name": "RETRY", "operation_time": str(int(NOW.timestamp() * 1000))},
    ]
    found = operations_of(FirstRows(rows, 4))
    assert [one.name for one in found] == ["RETRY", "PAUSE", "START", "CREATE"]
    assert found[2].when.endswith("(zone unknown)")
