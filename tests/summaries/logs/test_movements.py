"""Which lines say that data moved, and which only that all goes on."""

import pytest

from drs_mcp.summaries.logs.kinds.movements import data_moved, goes_well

MOVED = [
    "Applied 120 rows to table billing.invoice",
    "17 transactions were committed by worker 4",
    "replicated up to LSN 0/5A3F10",
    "Checkpoint advanced to mysql-bin.000218:77310",
    "batch 9001 committed, but the statistics could not be refreshed",
    "incremental synchronization is normal, delay 2 s",
    "回放线程 3 已提交 412 行",
    "位点已推进到 mysql-bin.000218:77310",
    "增量同步正常，时延 1 秒",
    "事務批次 18 已提交",
]
WELL = [
    "heartbeat ok, 3 ms",
    "node memory is normal",
    "心跳正常",
    "检查点耗时 12 毫秒",
]
NEITHER = [
    "Applied 0 rows",
    "rows will be applied once the lock is released",
    "If the batch is committed, the queue is emptied",
    "No rows were applied for 300 s",
    "waiting for the transaction to be committed",
    "batch 17 could not be applied",
    "Was the position advanced?",
    "is not normal",
    "位点 12 分钟未推进",
    "同步未正常运行",
    "事务写入冲突 3 次",
]


@pytest.mark.parametrize("line", MOVED)
def test_data_moved(line):
    assert data_moved(line)
    assert goes_well(line)


@pytest.mark.parametrize("line", WELL)
def test_that_a_part_is_well_moves_nothing(line):
    assert not data_moved(line)
    assert goes_well(line)


@pytest.mark.parametrize("line", NEITHER)
def test_what_is_denied_planned_asked_or_waited_for_moves_nothing_and_is_not_well(line):
    assert not data_moved(line)
    assert not goes_well(line)


@pytest.mark.parametrize(
    "line",
    [
        "回放队列积压 455120 条, 目标库写入 190 行/秒",
        "backlog 4,551 events, 190 rows written per second",
    ],
)
def test_what_a_backlog_tells_is_no_data_that_moved(line):
    assert not data_moved(line)
