"""Where the answers of DRS about one task do not fit together, the worse one is told."""

import pytest

from tests.support.ready_world import Ready

pytestmark = pytest.mark.anyio

OTHERS = {
    "PAUSING": ("waiting", "paused"),
    "INCRE_TRANSFER_FAILED": ("failed", "failed"),
    "RELEASE_RESOURCE_STARTED": ("attention", "being stopped"),
    "RELEASE_RESOURCE_COMPLETE": ("attention", "stopped"),
    "REBUILD_NODE_STARTED": ("attention", "being recovered"),
    "NODE_UPGRADE_START": ("attention", "node being upgraded"),
    "FULL_TRANSFER_STARTED": ("attention", "FULL_TRANSFER_STARTED"),
    "FULL_TRANSFER_COMPLETE": ("attention", "FULL_TRANSFER_COMPLETE"),
    "FROZEN": ("unknown", "FROZEN"),
}


@pytest.mark.parametrize(("status", "expected"), OTHERS.items())
async def test_of_two_statuses_the_worse_one_decides_the_diagnosis(status, expected):
    world = Ready()
    world.detail["status"] = world.progress["status"] = status
    answer = await world.diagnose()
    assert answer["verdict"] == expected[0]
    assert expected[1] in answer["headline"]
    assert "tells several statuses" in str(answer)


@pytest.mark.parametrize(("status", "expected"), OTHERS.items())
async def test_the_progress_tells_the_worse_one_and_that_there_are_two(status, expected):
    world = Ready()
    world.detail["status"] = world.progress["status"] = status
    answer = await world.how_far()
    assert expected[1] in answer["headline"]
    other = "'FROZEN'" if status == "FROZEN" else status
    assert f"several statuses: INCRE_TRANSFER_STARTED, {other}" in answer["headline"]


@pytest.mark.parametrize("status", ["PAUSING", "INCRE_TRANSFER_FAILED"])
async def test_the_worse_one_decides_whichever_answer_tells_it(status):
    world = Ready()
    world.told["transfer_status"] = status
    for answer in (await world.diagnose(), await world.how_far()):
        assert answer["status"] == status


async def test_a_task_of_one_status_is_told_as_before():
    world = Ready()
    assert (await world.diagnose())["verdict"] == "healthy"
    found = await world.how_far()
    assert found["headline"] == "Task 'shop-sync': incremental phase running; delay 0 s."
