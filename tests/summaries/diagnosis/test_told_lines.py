"""What only a line of the log says against a running task, whatever its level."""

import httpx2
import pytest

from drs_mcp.tools.diagnosis import diagnose_job
from tests.support.ready_world import BEFORE, FRESH, SINCE, Ready
from tests.support.tool_calls import JOB, ask

pytestmark = pytest.mark.anyio

LOST = "4 records of shop.t were discarded"


async def diagnosed(level, message, at=SINCE):
    world = Ready()
    world.line(level, message, at)
    return await ask(diagnose_job, httpx2.MockTransport(world.world().answer), job=JOB)


@pytest.mark.parametrize("level", ["Info", "Notice", "信息", "Warn"])
async def test_rows_that_were_lost_need_attention_whatever_the_level(level):
    answer = await diagnosed(level, LOST)
    assert (answer["verdict"], answer["root_cause"]) == ("attention", "data_left_out")
    assert LOST in str(answer["findings"]["rows"])


async def test_rows_that_were_lost_before_data_was_compared_do_not():
    assert (await diagnosed("Info", LOST, BEFORE))["verdict"] == "healthy"


async def test_a_count_of_zero_is_healthy():
    assert (await diagnosed("Info", "0 records of shop.t were discarded"))["verdict"] == "healthy"


@pytest.mark.parametrize("line", ["applier lag: 12.5 minutes", "目标库落后源库 1小时30分"])
async def test_a_fresh_line_that_tells_a_lag_contradicts_a_delay_of_0(line):
    answer = await diagnosed("Warn", line, FRESH)
    assert (answer["verdict"], answer["root_cause"]) == ("attention", "delay_contradicted")


@pytest.mark.parametrize("line", ["The SQL thread was killed", "[FATAL] position is lost"])
async def test_a_stop_that_is_told_as_information_is_an_error_that_goes_on(line):
    answer = await diagnosed("Info", line, FRESH)
    assert answer["verdict"] == "attention"
    assert line in str(answer["findings"]["rows"])


@pytest.mark.parametrize("line", ["applier lag: 2 minutes", "delay threshold 3600 s"])
async def test_a_lag_below_the_threshold_and_a_limit_are_healthy(line):
    assert (await diagnosed("Warn", line, FRESH))["verdict"] == "healthy"
