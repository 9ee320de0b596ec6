"""What only a line of the log says against a running task, whatever its level."""

import httpx2
import pytest

from drs_mcp.tools.diagnosis import diagnose_job
from tests.support.ready_world import BEFORE, SINCE, Ready
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
