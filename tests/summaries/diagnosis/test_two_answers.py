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
    assert "DRS tells several statuses" in answer["headline"]


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


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"incre_trans_delay": "5400"}, 5400),
        ({"incre_trans_delay_millis": "5400000"}, 5400),
        ({"incre_trans_delay": 0, "incr_trans_delay": "90 min"}, 5400),
        ({"incr_trans_delay": "1 h 30 min", "incr_trans_delay_millis": ""}, 5400),
        ({"incr_trans_delay": "1小时30分钟"}, 5400),
    ],
)
async def test_the_larger_delay_counts_in_whatever_field_and_unit_it_comes(fields, seconds):
    world = Ready()
    world.told |= fields
    assert (await world.how_far())["delay_s"] == seconds
    assert (await world.diagnose())["root_cause"] == "delay_excessive"
    assert (await world.check())["verdict"] == "not_ready"


@pytest.mark.parametrize("told", ["0s", "0ms", "0 秒", "300 ms", "2 s"])
async def test_a_small_delay_with_its_unit_is_small(told):
    world = Ready()
    world.told |= {"incr_trans_delay": told, "incr_trans_delay_millis": told}
    assert (await world.check())["verdict"] == "ready"
    assert (await world.diagnose())["verdict"] == "healthy"


@pytest.mark.parametrize("told", ["3 apples", "about 2 s", "2 s ago", "s", "∞"])
async def test_a_delay_that_is_no_duration_is_unknown(told):
    world = Ready()
    world.told |= {"incr_trans_delay": told, "incr_trans_delay_millis": told}
    assert "delay_s" not in await world.how_far()
    assert (await world.check())["verdict"] == "unknown"


FAILURES = [
    "service INCREMENT failed, cause by: write table shop.t failed: Duplicate entry '5'",
    "task failed",
    "apply aborted: table shop.t is locked",
    "增量写入异常，正在重试",
    "Exception in apply thread 3",
]


@pytest.mark.parametrize("message", FAILURES)
@pytest.mark.parametrize("level", [None, "", "Error"])
async def test_a_newest_line_that_tells_a_failure_is_never_healthy(message, level):
    world = Ready()
    world.line(level, message, at="2026-11-20T07:45:00Z")
    answer = await world.diagnose()
    assert answer["verdict"] == "attention"
    assert "errors in its log: 1" in str(answer).lower()


@pytest.mark.parametrize(
    "message",
    ["checkpoint ok", "read 20 rows, 0 errors", "finished without errors, failed: 0", "无错误"],
)
async def test_a_line_without_a_level_that_tells_no_failure_is_none(message):
    world = Ready()
    world.line(None, message, at="2026-11-20T07:45:00Z")
    assert (await world.diagnose())["verdict"] == "healthy"


async def test_a_failed_type_is_told_in_chinese_too():
    world = Ready()
    world.moved["migration_object_overview"].append(
        {"type": "EVENT", "src_count": "3", "dst_count": "2", "status": "失败"}
    )
    assert (await world.check())["verdict"] == "not_ready"
    assert "1 object type failed" in (await world.how_far())["headline"]


@pytest.mark.parametrize(
    ("told", "english"),
    [
        ("一致", "CONSISTENT"),
        ("不一致", "INCONSISTENT"),
        ("正在对比", "COMPARING"),
        ("对比失败", "FAILED_TO_COMPARE"),
        ("无法对比", "CAN_NOT_COMPARE"),
    ],
)
@pytest.mark.parametrize("part", ["row", "tables"])
async def test_the_statuses_of_compared_things_are_read_in_chinese(part, told, english):
    answers = []
    for status in (told, english):
        world = Ready()
        getattr(world, part)["status"] = status
        answers.append(await world.check())
    assert answers[0]["verdict"] == answers[1]["verdict"]
    assert answers[0]["headline"] == answers[1]["headline"]
    assert (answers[0]["verdict"] == "ready") == (english == "CONSISTENT")


async def test_comparisons_that_ended_are_found_in_chinese():
    world = Ready()
    for task in world.tasks:
        task["status"] = "完成"
    assert (await world.check())["verdict"] == "ready"
    world.values_task["status"] = "失败"
    assert (await world.check())["verdict"] != "ready"


async def test_a_failure_that_the_node_alone_tells_counts():
    world = Ready()
    world.detail["node_info"] = {"base_info": {"status": "INCRE_TRANSFER_FAILED"}}
    assert (await world.check())["verdict"] == "not_ready"
    assert (await world.diagnose())["verdict"] == "failed"
    assert "INCRE_TRANSFER_FAILED" in (await world.how_far())["headline"]


@pytest.mark.parametrize("status", ["CREATING", "INCRE_TRANSFER_STARTED", "ACTIVE", None])
async def test_another_status_of_the_node_is_none_of_the_task(status):
    world = Ready()
    world.detail["node_info"] = {"base_info": {"status": status}}
    assert (await world.check())["verdict"] == "ready"
    assert (await world.diagnose())["verdict"] == "healthy"


@pytest.mark.parametrize(("newest", "verdict"), [("failed", "not_ready"), ("succeed", "ready")])
async def test_of_several_measurements_the_newest_counts(newest, verdict):
    world = Ready()
    older = "succeed" if newest == "failed" else "failed"
    world.progress["metrics"] = [
        {"time_stamp": "2026-11-20T07:58:00Z", "apply_current_state": older},
        {"time_stamp": "2026-11-20T07:59:30Z", "apply_current_state": newest},
    ]
    assert (await world.check())["verdict"] == verdict


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"options": {"lobCompare": "ignore"}}, "values (LOB columns not compared) consistent"),
        ({"options": {"sampleRate": "10"}}, "values (only a sample of the rows compared)"),
        ({}, "objects, rows, values consistent by its overview"),
    ],
)
async def test_what_a_comparison_left_out_is_told_where_it_is_said_to_agree(fields, told):
    world = Ready()
    world.values_task |= fields
    assert told in str((await world.diagnose())["ruled_out"])


async def test_a_random_sample_is_told_where_no_other_comparison_of_values_has_run():
    world = Ready()
    world.values_task["type"] = "random"
    assert "only a random sample of the rows was compared" in (await world.check())["headline"]


async def test_a_destination_that_another_changed_since_is_told():
    world = Ready()
    world.line("Warn", "The destination table shop.t was altered outside of DRS.")
    answer = await world.diagnose()
    assert answer["verdict"] == "attention"
    assert "another than DRS changed the destination" in answer["headline"]
    assert "altered outside of DRS" in str(answer["findings"])
