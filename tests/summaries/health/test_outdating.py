"""Operations of a task's timeline: which leave a comparison made before them without worth."""

from datetime import UTC, datetime

import pytest

from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.summaries.health.past.outdating import meaning_of, outdating
from drs_mcp.summaries.health.past.timeline import operations_of
from tests.support.ready_world import Ready

COMPARED = datetime(2026, 11, 20, 5, tzinfo=UTC)

BEFORE, SINCE = "2026-11-20T04:00:00Z", "2026-11-20T06:00:00Z"


def done(*rows):
    listed = [{"name": name, "status": status, "operation_time": at} for name, status, at in rows]
    found = outdating(operations_of(FirstRows(listed, len(listed))), COMPARED)
    return found.operation.name if found else None


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("RESET", "reset"), ("reset", "reset"), ("RESET_JOB", "reset"), ("RESETTASK", "reset"),
        ("BATCH_RESET", "reset"), ("RE_SYNC_DATA", "reset"), ("RELOAD_TABLES", "reset"), ("重置任务", "reset"),
        ("ROLLBACK", "reset"), ("UPDATE_START_POSITION", "position"), ("RESET_POSITION", "position"),
        ("MODIFY_CHECKPOINT", "position"), ("修改位点", "position"), ("CHANGE", "objects"),
        ("CHOOSE_OBJECT", "objects"), ("EDIT_SYNC_OBJECTS", "objects"), ("CHANGE_JOB", "objects"),
        ("ADD_TABLES", "objects"), ("编辑同步对象", "objects"), ("SWITCH_OVER", "switched"),
        ("FAILOVER", "switched"), ("JUMP_RETRY", "skipped"), ("NODE_UPGRADE", "upgraded"),
        ("REBUILD_NODE", "rebuilt"), ("RETRY", "resumed"), ("CONTINUE_JOB", "resumed"),
        ("START_INCR", "resumed"), ("START", "started"), ("CONTINUE_CAPTURE", "resumed"),
    ],
)  # fmt: skip
def test_what_an_operation_means_is_told_by_its_words(name, meaning):
    assert meaning in meaning_of(name)


@pytest.mark.parametrize(
    "name",
    [
        "RESET_DB_PWD", "CONFIG_SPEED", "CHANGE_FLAVOR", "CHANGE_MODE", "MODIFY_CONFIGURATION",
        "MODIFY_DB_CONFIG", "PRE_CHECK", "PAUSE", "CREATE", "CLEAN_ALARM", "RENAME", "CREATE_COMPARE", "TO_RENEW",
        "RESTART_COMPARE", "PAY_ORDER", "RESET_ALARM", "COLLECT_DB_POSITION", "SKIP_PRECHECK", "重置密码", "修改限速", "?", "",
    ],
)  # fmt: skip
def test_what_leaves_the_data_alone_means_nothing(name):
    assert meaning_of(name) == ""


def test_what_failed_or_was_before_counts_for_nothing():
    assert done(("RESET", "failed", SINCE), ("RESET", "success", BEFORE)) is None
    assert done(("RESET", "失败", SINCE), ("CONFIG_SPEED", "success", SINCE)) is None


@pytest.mark.parametrize("status", ["success", "", "processing", "成功"])
def test_what_did_not_fail_counts(status):
    assert done(("RESET", status, SINCE)) == "RESET"


def test_a_reset_counts_more_than_the_start_after_it():
    assert (
        done(("START", "success", "2026-11-20T07:00:00Z"), ("RESET", "success", SINCE)) == "RESET"
    )


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("", "RESET"),
        ("soon", "RESET"),
        ("2026-11-19 18:00:00", "RESET"),
        ("2026-11-19 09:00:00", None),
    ],
)
def test_a_time_that_is_not_sure_may_have_been_after(at, told):
    assert done(("RESET", "success", at)) == told


@pytest.mark.parametrize("name", ["RESET", "CHANGE", "SWITCH_OVER", "RETRY"])
@pytest.mark.anyio
async def test_no_comparison_vouches_for_what_was_done_after_it(name):
    world = Ready()
    world.paths = {"timelines": {"count": 1, "timelines": [operation(name)]}}
    found = await world.check()
    assert found["verdict"] == "unknown"
    open_ = {row[0]: row[2] for row in found["criteria"]["rows"] if row[1] == "unknown"}
    assert set(open_) == {"objects_consistent", "rows_consistent", "values_consistent"}
    first, *others = open_.values()
    assert "but since then it" in first
    assert f"(timeline: {name}, " in first
    assert all("the same (see objects_consistent)" in told for told in others)


@pytest.mark.parametrize(
    "row",
    [
        {"name": "RESET", "status": "failed"},
        {"name": "RESET", "operation_time": "2026-11-20T04:00:00Z"},
        {"name": "CONFIG_SPEED"},
        {"name": "PAUSE"},
    ],
)
@pytest.mark.anyio
async def test_what_was_before_or_failed_or_left_the_data_alone_leaves_a_task_ready(row):
    world = Ready()
    world.paths = {"timelines": {"count": 1, "timelines": [operation("RESET") | row]}}
    assert (await world.check())["verdict"] == "ready"


@pytest.mark.anyio
async def test_a_comparison_that_goes_on_does_not_vouch_for_a_task_that_was_reset_under_it():
    world = Ready()
    world.rows_task |= {"status": "INCRE_DOING", "end_time": None}
    world.compare_progress = {
        "full_info": {"progress": 100, "recheck_entities": 0},
        "incre_info": {"delay": 0, "recheck_entities": 0},
    }
    assert (await world.check())["verdict"] == "ready"
    world.paths = {"timelines": {"count": 1, "timelines": [operation("RESET")]}}
    assert "but since it began it was reset" in str((await world.check())["criteria"])


def operation(name):
    return {"name": name, "status": "success", "operation_time": SINCE, "user_name": "ops"}


@pytest.fixture
def anyio_backend():
    return "asyncio"  # what is read is the same on both


@pytest.mark.anyio
async def test_the_newest_operations_are_read_where_the_list_begins_with_the_oldest():
    world = Ready()
    old = [
        operation("CONFIG_SPEED") | {"operation_time": f"2026-11-1{n // 60}T01:{n % 60:02}:00Z"}
        for n in range(140)
    ]
    listed = [*old, operation("RESET")]

    def page(query):
        offset, limit = int(query["offset"]), int(query["limit"])
        return {"count": len(listed), "timelines": listed[offset : offset + limit]}

    world.paths = {"timelines": page}
    assert "it was reset" in (await world.check())["headline"]
