"""Lines that tell of another task are left out of what is judged of this one; who holds a lock is not."""

import pytest

from drs_mcp.summaries.logs.fold import LogPatterns
from tests.support.diagnosed import diagnose, task
from tests.support.log_rows import entries, fed, patterns

OWN = "a1b2c3d4-0000-4000-8000-00000c1jb101"
OTHER = "0fc2d3e4-1a2b-4c3d-9e8f-0123456jb20r"


def others(*lines, names=(), family=(), called=()):
    fold = fed(LogPatterns(own=(OWN,)), entries(*lines), 1000)
    fold.settle(names, family, called)
    folded = fold.folded_log()
    assert folded.entries + folded.others == len(lines)
    return folded.others


@pytest.mark.parametrize(
    "line",
    [
        "job crm-dr (not this task): failed to write rows to the destination",
        f"[job={OTHER}] service LOGMANAGER failed, cause by: Connection reset",
        f"2026-11-20 08:00:01 [ERROR] [main] [job_id: {OTHER}] Connection reset",
        f"task {OTHER} (crm-dr) failed: Lock wait timeout exceeded",
        f"ERROR job id={OTHER}: no space left on device",
        f"[{OTHER}] service LOGMANAGER failed, cause by: Connection reset",
        f"{OTHER} | Connection reset",
        f"jobId={OTHER} - Connection reset",
        f"error of task {OTHER}: Connection reset",
        "job crm-dr (not this task): the publication is gone",
        "(task 4711, not this one) connection refused",
        "[WARN] task 'crm-dr' (another task) was paused",
        "Another task failed: the slot is gone",
        "A different job (crm-dr) stopped",
        "The account was locked. This is not about this task.",
        "Connection reset (unrelated to this task)",
        "其他任务(crm-dr)失败：日志已被清理",
        "其它任务「客户同步」异常",
        "另一个任务 crm-dr 已停止",
        "任务crm-dr异常：发布不存在（非本任务）",
        "磁盘已满，与本任务无关",
        "其他任務(crm-dr)失敗：日誌已被清理",
        "任務crm-dr異常：發布不存在（不是本任務）",
    ],
)
def test_a_line_whose_subject_is_another_task_is_left_out(line):
    assert others(line) == 1


@pytest.mark.parametrize(
    "line",
    [
        f"[job={OWN}] service LOGMANAGER failed, cause by: Connection reset",
        f"[job={OWN.upper()}] task failed: Connection reset",
        f"task {OWN} failed: its slot is used by job {OTHER}",
        f"task {OTHER} (parent {OWN}) failed: Duplicate entry",
        f"subtask {OTHER} failed: Duplicate entry",
        f"the slot of {OTHER} is active: Connection reset",
        f"lock held by {OTHER}",
        f"job {OTHER} holds the lock on shop.orders that the applier waits for",
        "replication slot 'drs_1' is active, used by another task",
        "task failed: table shop.orders is locked by session 12 (not this task)",
        "the slot was not created by this task",
        "connections of this task only are refused",
        "Another task writes to shop.orders: rows in conflict",
        "复制槽被其他任务占用",
        "其他任务占用复制槽，同步失败",
        "另一个任务正在写入目标库，主键冲突",
        "非本任务创建的复制槽已存在",
        "複寫槽被其他任務佔用",
        "task failed: Duplicate entry '5' for key 'PRIMARY'",
        "本任务失败：主键冲突",
        "task crm-dr (not this task): wrote 30 rows to destination table shop.orders",
        "其他任务（crm-dr）写入了目标库表 shop.orders",
    ],
)
def test_a_line_that_only_mentions_another_task_stays(line):
    assert others(line) == 0


def test_of_lines_alike_but_for_their_task_only_the_others_are_left_out():
    line = "[job={}] service INCREMENT failed, cause by: Lock wait timeout exceeded"
    assert others(line.format(OTHER), line.format(OWN), line.format(OTHER)) == 2


BY_NAME = [
    "task 'crm-dr' failed: Lock wait timeout exceeded",
    "job crm-dr failed",
    "[task=crm-dr] Connection reset",
    "task name: crm-dr: Connection reset",
    "ERROR [job: CRM-DR] Connection reset",
    "任务crm-dr失败：主键冲突",
    "任務「crm-dr」異常：主鍵衝突",
]


@pytest.mark.parametrize("line", BY_NAME)
def test_a_name_labels_a_line_of_another_task_where_such_a_task_is_known(line):
    assert others(line, names=("crm-dr",)) == 1
    assert others(line, names=("crm-dr-2",)) == 0


@pytest.mark.parametrize(
    "line",
    [
        "task failed: its slot is used by crm-dr",
        "the task waits for task crm-dr",
        "task apply-worker-3 failed: Connection reset",
        "service INCREMENT failed, cause by: job crm-dr holds the lock",
    ],
)
def test_a_line_that_only_names_such_a_task_stays(line):
    assert others(line, names=("crm-dr",)) == 0


LABELLED = [
    "[task crm-sync] crm.leads: values of column note truncated to 255 characters in 9 rows",
    "任务 crm-sync：表 crm.leads 有 15 行因冲突被丢弃",
    "task=crm-sync table=crm.leads 4 rows skipped",
    "job_name=crm_prod_01, level=warn 3 rows rejected",
    "任務「crm-sync」：資料表 crm.leads 有 3 列已捨棄",
    "【任务 hr-data-sync】表 hr.salary 已跳过",
    'replication slot "drs_crm" of task crm-sync was dropped and recreated',
    "the checkpoint of job crm_prod_2 was reset by an operator",
    "任务 crm-sync 的复制槽 drs_crm 已被删除并重建",
]


@pytest.mark.parametrize("line", LABELLED)
def test_another_given_name_labels_a_line_of_another_task_where_this_ones_name_is_known(line):
    assert others(line, called=("shop-sync",)) == 1
    assert others(line) == 0


@pytest.mark.parametrize(
    "line",
    [
        "[task shop-sync] 4 rows of shop.orders skipped",
        "[task shop-sync-2] 4 rows of shop.orders skipped",
        "[task SHOP] 4 rows of shop.orders skipped",
        "任务 shop-sync：表 shop.orders 有 15 行因冲突被丢弃",
        "任务 shop-parent：表 shop.orders 有 15 行因冲突被丢弃",
        "task=shop-sync table=shop.orders 4 rows skipped",
        "task=full-load-3 table=shop.orders 4 rows skipped",
        "[task apply-worker-3] 4 rows of shop.orders skipped",
        "[task increment] 4 rows of shop.orders skipped",
        "[job 20261127-0001] 4 rows of shop.orders skipped",
        "job crm-sync (not this task): wrote 30 rows to destination table shop.orders",
        "task crm-sync holds the lock on shop.orders, 4 rows skipped",
        'replication slot "drs_shop" of task shop-sync was dropped and recreated',
        'replication slot "drs_shop" of task crm-sync is active: 3 events were skipped',
        "the slot drs_shop was dropped by task crm-sync",
        "任务 shop-sync 的复制槽 drs_shop 已被删除并重建",
        "任务 crm-sync 占用复制槽 drs_shop，丢失 3 行",
        "4 rows of shop.orders skipped, as task crm-sync wrote them",
    ],
)
def test_this_tasks_name_its_parts_and_what_another_does_to_it_stay(line):
    assert others(line, called=("shop-sync", "shop-parent")) == 0


def test_a_name_that_is_a_plain_word_labels_no_line():
    assert others("task increment failed: Connection reset", names=("increment",)) == 0


def test_what_is_told_of_a_subtask_is_this_tasks():
    line = f"[job={OTHER}] service INCREMENT failed, cause by: Connection reset"
    assert others(line, family=(OTHER,)) == 0
    assert others(line, family=(OWN,)) == 1


@pytest.mark.anyio
async def test_an_error_of_a_task_of_the_list_is_no_finding():
    message = "task crm-dr failed: Duplicate entry '5' for key 'PRIMARY'"
    log = [{"level": "Error", "create_time": "@-5m", "message": message}]
    mine, theirs = (
        task("recent-errors", log=log),
        task("paused", id=OTHER, job__base_info__name="crm-dr"),
    )
    assert (await diagnose(mine, theirs)).answer["verdict"] == "healthy"
    assert (await diagnose(mine)).answer["verdict"] == "attention"


@pytest.mark.anyio
async def test_another_tasks_error_is_neither_a_finding_nor_the_cause_of_a_stop():
    log = [
        {
            "level": "Error",
            "create_time": "@-62m",
            "message": "其他任务(crm-dr)失败：binlog已被清理",
        },
        {
            "level": "Error",
            "create_time": "@-1h",
            "message": "service INCREMENT failed, cause by: Column 'fee' cannot be null",
        },
    ]
    found = await diagnose(task("fatal-error", log=log))
    assert found.answer["side"] == "destination"
    assert found.answer["resume"] == "after_repair"
    assert "1 entry tells of another task" in found.answer["ruled_out"]


def test_get_logs_says_of_the_newest_error_that_it_is_of_another_task():
    gone = "binlog is not existed"
    line = f"其他任务(crm-dr)失败：service LOGMANAGER failed, cause by: {gone}"
    answer = patterns(entries(line))
    assert "tells of another task" in answer["headline"]
    assert "causes" not in answer
    answer = patterns(entries(f"service LOGMANAGER failed, cause by: {gone}"))
    assert "is known" in answer["headline"]
    assert answer["causes"]["total"] == 1
