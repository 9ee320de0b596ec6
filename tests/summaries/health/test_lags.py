"""Lags told beside the delay of a task's progress: greater ones of now contradict it."""

import pytest

from tests.support.ready_world import FRESH, LAST_MONTH, TOMORROW, Ready

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"  # what is read is the same on both


def components(capture, apply, at=FRESH):
    listed = [
        {"type": kind, "status": "STARTED", "delay": delay}
        for kind, delay in (("capture", capture), ("apply", apply))
    ]
    return {"increment-components-detail": {"update_time": at, "increment_components_list": listed}}


def monitoring(source, destination, at=FRESH):
    figures = {"src_delay": source, "dst_delay": destination, "update_time": at}
    return {"monitor-data": figures | {"is_src_normal": True, "is_dst_normal": True}}


def recovery(rpo, rto):
    infos = {"rpo_info": {"delay": rpo}, "rto_info": {"delay": rto}}
    return {"batch-rpo-and-rto": {"count": 1, "results": [{"job_id": "x"} | infos]}}


async def delay_of(paths, **base):
    world = Ready()
    world.paths = paths
    world.base |= {"engine_type": "oracle-to-gaussdbv5"} | base
    found = await world.check()
    return found["verdict"], next(row for row in found["criteria"]["rows"] if row[0] == "delay")


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (components("7200", "7205"), "the component that applies changes is 7,205 s (2 h) behind"),
        (components("90", "0"), "the component that captures changes is 90 s behind"),
        (components("0", 11), "the component that applies changes is 11 s behind"),
        (components("2 min", "0"), "the component that captures changes is 120 s behind"),
        (components("0", "60", at=None), "the component that applies changes is 60 s behind"),
        (components("0", "60", at=TOMORROW), "the component that applies changes is 60 s"),
        (monitoring(0, 941_000), "applying, by DRS's monitoring, is 941 s"),
        (monitoring(60_000, 0), "reading, by DRS's monitoring, is 60 s behind"),
    ],
)
async def test_a_greater_lag_of_now_contradicts_the_delay_of_the_task(paths, told):
    verdict, row = await delay_of(paths)
    assert (verdict, row[1]) == ("unknown", "unknown")
    assert f"but {told}" in row[2]


@pytest.mark.parametrize("told", [("700", "0"), ("0", "700")])
async def test_what_recovery_would_lose_or_has_to_apply_contradicts_it_too(told):
    verdict, row = await delay_of(recovery(*told), job_type="cloudDataGuard", multi_write=True)
    assert (verdict, row[1]) == ("unknown", "unknown")
    assert "700 s" in row[2]


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("STARTED", "ready"), ("started", "ready"), (None, "ready"), ("STOPPED", "not_ready"),
        ("FAILED", "unknown"), ("STOPPING", "unknown"), ("异常", "unknown"),
    ],
)  # fmt: skip
async def test_a_component_that_is_not_started_leaves_no_task_ready(status, verdict):
    paths = components("0", "0")
    paths["increment-components-detail"]["increment_components_list"][1]["status"] = status
    world = Ready()
    world.paths, world.base["engine_type"] = paths, "oracle-to-gaussdbv5"
    assert (await world.check())["verdict"] == verdict


@pytest.mark.parametrize(
    ("paths", "verdict"),
    [
        (components("7200", "7205"), "attention"),
        (components("60", "60"), "healthy"),
        (components("7200", "7205", at=LAST_MONTH), "healthy"),
        (monitoring(0, 900_000), "attention"),
    ],
)
async def test_a_task_is_not_called_healthy_with_a_part_beyond_its_threshold(paths, verdict):
    world = Ready()
    world.paths, world.base["engine_type"] = paths, "oracle-to-gaussdbv5"
    found = await world.diagnose()
    assert found["verdict"] == verdict
    assert ("where the task's delay says 0 s" in found["headline"]) is (verdict == "attention")


@pytest.mark.parametrize(
    "paths",
    [
        components("0", "0"),
        components("10", "9"),
        components("-1", ""),
        components("7200", "7205", at=LAST_MONTH),
        monitoring(900, 2_000),
        monitoring(None, "NaN"),
        monitoring(0, 941_000, at=LAST_MONTH),
    ],
)
async def test_what_is_small_unknown_or_not_of_now_contradicts_nothing(paths):
    verdict, row = await delay_of(paths)
    assert (verdict, row[1]) == ("ready", "met")
