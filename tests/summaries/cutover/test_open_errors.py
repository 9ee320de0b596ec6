"""Which errors a later line of the log closes: those that it is the recovery of, and no others."""

import pytest

from drs_mcp.simulator import Simulator, World
from drs_mcp.tools.diagnosis import check_cutover
from tests.support.cutover_worlds import ready_sync
from tests.support.tool_calls import ask, embedded

pytestmark = pytest.mark.anyio

FULL_DISK = (
    "Error",
    "service INCREMENT failed, cause by: ERROR: could not extend file: No space left on device",
)
OVER = ("Error", "Incremental synchronization failed.")
MOVES = ("Info", "Checkpoint advanced to seq 881131.")


async def no_new_errors(*lines: tuple[str, str]) -> tuple[str, str]:
    """State and evidence for a running task whose log ends with these lines, one each second."""
    task = ready_sync()
    task["log"] += [
        {"create_time": f"2026-11-20T07:59:{at:02}Z", "level": level, "message": message}
        for at, (level, message) in enumerate(lines)
    ]
    answer = await ask(check_cutover, **embedded(Simulator(world=World([task]))), job=task["id"])
    found = next(row for row in answer["criteria"]["rows"] if row[0] == "no_new_errors")
    return found[1], found[2]


async def closed(*lines: tuple[str, str]) -> bool:
    return (await no_new_errors(*lines))[0] == "met"


WHOLE = (
    "Task retry succeeded.",
    "The task has recovered automatically, delay 3 s.",
    "Incremental replication recovered.",
    "Retry of the task succeeded.",
    "磁盘已扩容，任务重试成功。",
    "增量同步已恢复，延迟 0 秒。",
    "数据同步恢复正常。",
    "增量同步已自动恢复。",
)


@pytest.mark.parametrize("said", WHOLE)
async def test_a_recovery_of_the_whole_closes_what_stopped_it(said):
    assert not await closed(FULL_DISK, OVER)
    assert await closed(FULL_DISK, OVER, ("Info", said), MOVES)
    assert await closed(FULL_DISK, ("Info", said))


@pytest.mark.parametrize(
    "said",
    [
        "任务重试失败。",
        "任务尚未恢复。",
        "The task could not be recovered.",
        "Task retry succeeded, but replication failed again.",
        "The task will be retried.",
        "Heartbeat of the source recovered.",
        "任务已暂停。",
    ],
)
async def test_what_is_no_recovery_of_the_whole_closes_nothing(said):
    assert not await closed(FULL_DISK, OVER, ("Info", said))


async def test_a_recovery_closes_nothing_that_comes_after_it():
    said = ("Info", "Task retry succeeded.")
    assert not await closed(FULL_DISK, OVER, said, MOVES, FULL_DISK)


async def test_an_error_while_data_moved_is_no_part_of_a_later_stop():
    skipped = ("Error", "ORA-00942: table or view does not exist, object HR.T_LOG")
    said = ("Info", "Task retry succeeded.")
    assert not await closed(skipped, MOVES, said)
    assert await closed(skipped, said)


async def test_what_failed_with_a_table_is_closed_by_a_retry_that_succeeded_alone():
    write = ("Error", "service INCREMENT failed, cause by: write table erp.t_order failed")
    assert not await closed(write, ("Info", "incremental synchronization recovered"))
    assert not await closed(write, ("Info", "增量同步已恢复。"))
    assert await closed(write, ("Info", "任务重试成功。"))


async def test_rows_that_were_given_up_come_back_by_no_retry_of_the_whole():
    lost = ("Error", "3 rows of erp.t_order were skipped and discarded: type conversion failed")
    assert not await closed(lost, OVER, ("Info", "Task retry succeeded."))


def read_failed(table: str, shard: int = 12) -> tuple[str, str]:
    return (
        "Error",
        (
            f"service DATAMOVE failed, cause by: read table={table} shard {shard} failed: ORA-01555: "
            "snapshot too old: rollback segment number 7"
        ),
    )


async def test_a_retry_of_a_part_closes_the_errors_of_that_part():
    assert await closed(
        read_failed("HR.EVENTS"), ("Info", "Retry 4 of shard 12 of HR.EVENTS succeeded.")
    )
    assert not await closed(
        read_failed("HR.EVENTS", 7), ("Info", "Retry 4 of shard 12 of HR.EVENTS succeeded.")
    )
    assert not await closed(
        read_failed("HR.EVENTS"), ("Info", "Retry 4 of shard 12 of HR.STAFF succeeded.")
    )


@pytest.mark.parametrize(
    "said",
    ["表 HR.EVENTS 全量迁移完成，共 88231900 行。", "Table HR.EVENTS copied, 88,231,900 rows."],
)
async def test_a_table_that_was_copied_whole_closes_its_errors(said):
    assert await closed(read_failed("HR.EVENTS"), ("Info", said))
    assert not await closed(read_failed("HR.STAFF"), ("Info", said))
    assert not await closed(read_failed("HR.EVENTS"), read_failed("HR.STAFF"), ("Info", said))
