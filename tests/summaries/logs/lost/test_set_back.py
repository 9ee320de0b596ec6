"""Which lines say that the task, its position or one side went back to an older state."""

import pytest

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.kinds.lost.set_back import set_back_in

WENT_BACK = [
    "The task was rebuilt from a backup of 03:10",
    "Replication slot drs_1 was re-created at an older LSN",
    "source instance restored from backup taken at 2026-03-01",
    "task rolled back to the checkpoint of yesterday",
    "Position set back from mysql-bin.000019 to mysql-bin.000011",
    "the reader was rewound to SCN 88120019, 3 hours earlier",
    "Checkpoint restored from backup, replay begins at an older position",
    "subscription reset to an older position",
    "DRS node restored from snapshot",
    "offsets of the group were rewound to the beginning",
    "Instance rm-12 recovered to a point in time: 2026-03-01T03:10:00Z",
    "source database was flashed back to SCN 771",
    "PITR of the source finished, 03:10",
    "Target cluster was restored to the backup of yesterday",
    "task metadata rolled back to version of 03:10; apply position moved back 2 h",
    "resume position was reset by support to an earlier GTID",
    "任务已从备份恢复重建",
    "复制槽已重建到较早的 LSN",
    "源库已按时间点恢复到 03:10",
    "位点回退到 mysql-bin.000011",
    "位点被重置为更早的位置",
    "源实例由备份恢复",
    "检查点回滚至昨天",
    "消费位点已回拨到 3 小时前",
    "目标库执行了闪回",
    "任務由備份還原",
    "同步位点倒退 2 小时",
    "Oracle source flashed back to SCN 88120019",
    "The DRS task was recreated from its backup configuration",
    "subscriber restored from base backup, LSN went back",
    "resume token set back to 2026-11-19T03:10:00Z",
    "Group offset rewound from 4411 to 1200",
    "The source cluster has been restored to a point in time before the incident",
    "GTID_EXECUTED of the destination was rolled back to the backup of 03:00",
    "Target instance recovered from yesterday's snapshot",
    "增量位点被人工回退 30 分钟",
    "源库闪回到 SCN 771",
    "任务节点由快照还原",
    "目标实例从昨日备份恢复",
    "订阅位点重置为较早位置",
]
WENT_ON = [
    "The task can be rebuilt from a backup",
    "If the slot is lost, reset it to an older LSN",
    "no position was set back",
    "transaction rolled back to savepoint s1",
    "a backup of the source was taken at 03:10",
    "restore of the destination from backup failed",
    "Backup restored to a test instance",
    "position saved: mysql-bin.000019:4",
    "batch rolled back and retried",
    "the task was not restored from the backup",
    "Was the source restored from a backup?",
    "checkpoint written, older checkpoints removed",
    "slot restart_lsn is older than confirmed_flush_lsn by 12 MB",
    "before the source is restored from backup, pause the task",
    "任务未从备份恢复",
    "如需回退位点，请先暂停任务",
    "事务回滚并重试",
    "备份已完成",
    "从备份库读取成功",
    "位点未回退",
    "transaction 17 rolled back by the destination",
    "schema change rolled back on the source: lock timeout",
    "Nightly backup of the destination finished",
    "The task will be restored from its backup on Friday",
    "restoring from a backup is not needed",
    "session restored",
    "connection to the source restored",
    "the position is older than the retention",
    "rebuild of index ix at the destination finished",
    "位点回退未执行",
    "连接已恢复",
    "目标库备份恢复演练将于周五进行",
]


@pytest.mark.parametrize("line", WENT_BACK)
def test_what_went_back_to_an_older_state_is_read(line):
    assert set_back_in(simplified(line))


@pytest.mark.parametrize("line", WENT_ON)
def test_a_transaction_rolled_back_a_plan_and_a_failure_set_nothing_back(line):
    assert set_back_in(simplified(line)) == ""
