"""An error that passes each time and comes back: named as the cause of a lag, noted without one."""

import httpx2
import pytest

from drs_mcp.tools.diagnosis import diagnose_job
from tests.support.ready_world import Ready
from tests.support.tool_calls import JOB, ask

pytestmark = pytest.mark.anyio

RESET = "service LOGMANAGER failed, cause by: Connection reset"


async def diagnosed(*lines, delay=0):
    """A task at 08:00 with a delay in seconds; each line is a level, an "hh:mm" and a message."""
    world = Ready()
    for level, at, message in lines:
        world.line(level, message, f"2026-11-20T{at}:00Z")
    world.told |= {"incr_trans_delay": str(delay), "incr_trans_delay_millis": str(delay * 1000)}
    return await ask(diagnose_job, httpx2.MockTransport(world.world().answer), job=JOB)


def broken(*times, message=RESET, level="Error"):
    """The error at each time, and a minute later that it passed."""
    found = []
    for at in times:
        hour, minute = at.split(":")
        found.append((level, at, message))
        found.append(("Info", f"{hour}:{int(minute) + 1:02}", "Connection to the source restored."))
    return found


TEN_MINUTES = [f"07:{minute:02}" for minute in range(4, 58, 6)]


@pytest.mark.parametrize(
    "message",
    [
        RESET,
        "源库连接中断",
        "service CAPTURER failed, cause by: core process is not healthy or crashed",
    ],
)
async def test_what_came_back_while_the_lag_grew_is_its_cause_with_how_often_and_when(message):
    answer = await diagnosed(*broken(*TEN_MINUTES, message=message), delay=3000)
    assert answer["root_cause"] == "delay_excessive"
    assert (
        f"{len(TEN_MINUTES)} times from 2026-11-20T07:04:00Z to 2026-11-20T07:52:00Z"
        in answer["headline"]
    )
    assert "not known" not in answer["headline"]
    assert message[:6] in str(answer["findings"]["rows"])


async def test_retries_under_way_are_the_cause_without_any_recovery():
    told = [
        ("Warn", f"07:{m}", f"write crm.leads timed out, retry {n} of 9")
        for n, m in enumerate((44, 47, 50, 53), 1)
    ]
    answer = await diagnosed(*told, delay=1200)
    assert "retry 4 of 9" in str(answer["findings"]["rows"])
    assert "4 times" in answer["headline"]


@pytest.mark.parametrize(
    "times", [["07:50"], ["06:02", "06:12", "06:22", "06:32"], ["07:10", "07:52"]]
)
async def test_what_came_once_or_twice_or_is_over_is_not(times):
    answer = await diagnosed(*broken(*times), delay=3000)
    assert "no line of the log explains it" in answer["headline"]


async def test_without_a_lag_it_is_a_note_and_the_task_is_healthy():
    often = [*TEN_MINUTES, *(f"06:{minute:02}" for minute in range(4, 58, 6))]
    answer = await diagnosed(*broken(*often))
    assert answer["verdict"] == "healthy"
    assert "18 times" in answer["headline"]
    assert RESET in str(answer["findings"]["rows"])


async def test_without_a_lag_a_few_of_them_are_nothing():
    answer = await diagnosed(*broken("06:20", "07:10", "07:52"))
    assert answer["verdict"] == "healthy"
    assert "findings" not in answer


def often(message, count=12, level="Warn"):
    return [(level, f"07:{46 + n}", message) for n in range(count)]


@pytest.mark.parametrize(
    "message",
    [
        "Target IO utilisation reaches the ceiling of the volume",
        "Node cpu 98%, queue full",
        "Target IOPS limit exceeded",
        "目标库 CPU 使用率 99%",
    ],
)
async def test_a_warning_that_comes_often_while_it_lags_is_named(message):
    answer = await diagnosed(*often(message), delay=1200)
    assert "not known" not in answer["headline"]
    assert message in str(answer["findings"]["rows"])


@pytest.mark.parametrize(
    "lines",
    [
        often("Target IO utilisation reaches the ceiling of the volume", count=4),
        often("replication lag is above the threshold"),
        often("目标库 CPU 使用率 41%", count=2),
    ],
)
async def test_what_came_seldom_or_only_tells_of_the_lag_is_no_reason(lines):
    answer = await diagnosed(*lines, delay=1200)
    assert "not known" in answer["headline"]


async def test_an_alarm_holds_on_until_a_line_clears_it():
    raised = ("Warn", "06:40", "ALARM raised: target disk usage 97%")
    assert "limit" in (await diagnosed(raised, delay=3000))["headline"]
    cleared = ("Info", "07:10", "ALARM cleared: target disk usage 71%")
    assert "not known" in (await diagnosed(raised, cleared, delay=3000))["headline"]
