"""Which lines close a task, in English and Chinese, and which only tell what failed in it."""

import pytest

from drs_mcp.summaries.diagnosis.timeline import turn_of
from drs_mcp.summaries.logs.kinds.closings import closing_of
from drs_mcp.summaries.logs.meanings import reason_in


@pytest.mark.parametrize(
    "line",
    [
        "Task failed.",
        "The task has failed",
        "Migration task failed.",
        "The synchronization task has failed.",
        "Job jb-0771 failed",
        "Task 'orders to dws' has failed.",
        "Full migration failed.",
        "Full synchronization failed!",
        "Full data migration failed",
        "The full phase has failed.",
        "Incremental migration failed.",
        "Incremental synchronisation failed",
        "Incremental sync task failed.",
        "Full + incremental synchronization task failed",
        "Real-time replication aborted.",
        "Data migration terminated abnormally",
        "Incremental phase ended with an error",
        "全量迁移失败。",
        "全量同步失败",
        "全量同步已失败。",
        "增量迁移失败。",
        "增量同步任务失败",
        "增量同步异常中断。",
        "数据迁移任务执行失败",
        "全量+增量同步任务失败。",
        "实时同步任务异常终止",
        "任务失败。",
        "任务 log-pg 失败",
        "任务“订单同步”已失败。",
        "迁移任务运行失败",
        "全量阶段失败",
        "灾备任务异常",
        "全量遷移失敗。",
        "增量同步失敗",
        "Task status changed to FULL_TRANSFER_FAILED",
        "任务状态变为增量失败",
        "Task failed: incremental synchronization stopped.",
        "The task has failed: full migration failed.",
        "任务异常：增量同步失败。",
        "任务失败：增量同步已停止。",
        "Job jb-0771 failed - the replication task was terminated",
    ],
)
def test_a_line_that_says_no_more_than_that_task_or_phase_failed_closes_the_task(line):
    assert closing_of(line) is not None
    assert reason_in(line) == ""
    assert turn_of(line) == "failed"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Full migration failed: the disk of the destination is full", "the disk"),
        ("Incremental synchronization failed due to ORA-01555: snapshot too old", "ORA-01555"),
        ("全量迁移失败：目标库磁盘已满", "目标库磁盘已满"),
        ("Job ended with error [Table crm.contact has no partition for value 7]", "Table crm"),
        ("Task failed [the key k3 was revoked]", "the key k3"),
        ("增量同步失败【密钥已吊销】", "密钥已吊销"),
        ("增量同步失败，原因：binlog 已被清理", "binlog 已被清理"),
        ("任务异常：增量同步失败，原因：复制槽已失效", "复制槽已失效"),
        ("Task failed: full migration failed: no space left on device", "no space left"),
        ("Task failed: synchronization stopped since the slot is gone", "synchronization stopped"),
    ],
)
def test_a_closing_line_may_tell_the_reason(line, reason):
    assert reason_in(line).startswith(reason)
    assert turn_of(line) == "failed"


@pytest.mark.parametrize(
    "line",
    [
        "Full migration failed for 3 tables.",
        "Task failed to connect to the source: Connection refused",
        "Incremental synchronization failed on table shop.orders: Duplicate entry",
        "Full migration of table shop.orders failed: Lock wait timeout exceeded",
        "Full migration completed.",
        "Migration of triggers failed",
        "Task retry failed",
        "Task apply thread failed",
        "Replication slot creation failed",
        "service INCREMENT failed, cause by: Deadlock found",
        "Sync failed rows: 0",
        "全量迁移表 shop.orders 失败：锁等待超时",
        "全量迁移完成。",
        "同步失败次数：0",
        "任务失败重试第 3 次",
        "增量同步异常，正在重试第 3 次",
        "任务异常已恢复",
        "同步异常的表：无",
        "迁移用户失败：权限不足",
    ],
)
def test_a_line_that_tells_what_failed_or_no_failure_closes_nothing(line):
    assert closing_of(line) is None
