"""Which lines say that changes of the source were passed over, in the words of many readers."""

import pytest

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.kinds.lost.gaps import closes_a_gap
from drs_mcp.summaries.logs.kinds.lost.losses import GAP, is_final, loss_in

PASSED_OVER = [
    "SET GLOBAL sql_slave_skip_counter = 1 executed",
    "empty transaction injected for GTID 1-5",
    "skipped to LSN 0/5A",
    "CDC cleanup removed changes before they were read",
    "Retention purged 3 segments before they were consumed",
    "offset 已过期，重置到最新",
    "Binlog crm-bin.000017 was purged on the source, reading goes on from crm-bin.000019",
    "LSN 0/5A2B is no longer available; streaming starts at LSN 0/61FF",
    "The oplog had rolled over: the stored resume token expired, change stream re-opened with the current time",
    "WAL segments were recycled before they could be read",
    "Redo logs 118 to 121 are gone, capture was restarted from log 122",
    "GTID set no longer exists on the source: replication was repositioned to the oldest one it has",
    "Updates made between 03:10 and 03:14 were never captured",
    "the writes of those 4 minutes may be lost",
    "Skipped the gap between sequence 118 and 121",
    "A gap of 3 logs was found and passed over",
    "Offset 4411 is out of range, reset to the latest offset",
    "position invalid, fast-forwarded to the end of the stream",
    "Reader jumped to the newest position because the slot was dropped",
    "operations of the outage might be missing on the other side",
    "归档日志 118 已被清理，从 121 号日志继续解析",
    "SCN 88120019 已失效，自 SCN 88190000 重新开始挖掘",
    "位点已过期，跳到最新位点",
    "停机期间的变更可能丢失",
    "2 分钟内的增量遗漏",
    "两个位点之间的变更未被捕获",
    "已跳过 118 与 121 之间的间隙",
    "複寫槽已重建，從新的 LSN 開始讀取",
    "封存日誌已被刪除，從下一個日誌繼續讀取",
    "中斷期間的變更已遺失",
    "Missed binlog events: mysql-bin.000003:4 to mysql-bin.000004:99",
    "oplog entries were evicted before being tailed",
    "a hole of 118 events was left, the gap was ignored",
    "从 5512 到 5514 的日志未解析",
    "CDC 保留期已过，期间的变更数据丢失",
    "复制积压缓冲区不足，部分写命令丢失",
    "Change stream invalidated; a new one was opened from the current cluster time",
    "binlog file mysql-bin.000003 not found on source, replication restarted from mysql-bin.000010",
    "The requested WAL segment 0001 has already been removed; slot re-created and streaming restarted",
    "Capture skipped from LSN 00A to LSN 00F because the log was truncated",
    "replication position lost; starting at the newest binlog",
    "Kafka offset out of range, resetting to latest",
    "PSYNC refused, backlog too small: writes of the last 40 s were lost",
    "3 archived logs could not be found and were skipped",
    "位点 mysql-bin.000003 不存在，重置到 mysql-bin.000010",
    "增量断档，部分变更未同步",
    "Source retention elapsed, 14 minutes of changes could not be fetched",
    "Log mining session restarted at a later SCN, 118 SCNs not mined",
    "LogMiner: missing logfile, start SCN advanced to 88190000",
    "pglogical: slot dropped by failover, subscription restarted at 0/61FF without the changes between",
    "replica fell behind, snapshot required: changes since 03:10 not replayed",
    "the reader lost 3 binlog files to expire_logs_days and began at the oldest one",
    "源端 binlog 过期被清理，任务从最早可用位点继续",
    "Redis 主从切换期间部分命令未同步",
    "日志解析中断后从新 SCN 开始，期间变更未抽取",
    "oplog 被覆盖，增量从当前时间重新拉取",
    "订阅槽丢失后重建，期间数据缺失",
]
WHOLE = [
    "sql_slave_skip_counter = 0",
    "jumped to the next table",
    "Old binlogs were purged, reading goes on from crm-bin.000019",
    "Archived logs that were applied have been deleted; mining continues from log 122",
    "Connection to the source was lost, resumed from crm-bin.000017:4",
    "The binlog connection was lost and re-opened, reading continues from crm-bin.000017:4",
    "no changes were lost while the leader moved",
    "Without any change being missed the slot was moved",
    "Events would be lost if the slot was dropped",
    "If logs are purged before they are read, changes are lost",
    "The position was saved: crm-bin.000019:4",
    "Reading continues from the saved position",
    "gap lock on index ix_a is held by transaction 17",
    "Checkpoint moved to the latest position",
    "Slot lag 12 MB, streaming continues",
    "latest offset 4411 committed",
    "Skipped 3 empty transactions, continues from 4412",
    "session token expired, logged in again with a new token",
    "The lock was lost and taken again",
    "旧的归档日志已清理，从 121 号日志继续解析",
    "已应用完的日志已删除，从新日志继续读取",
    "连接丢失，从 crm-bin.000017:4 继续读取",
    "增量日志无丢失",
    "为避免变更丢失，请保留日志 3 天",
    "如果日志被清理，变更会丢失",
    "未发现变更丢失",
    "当前位点 crm-bin.000019:4",
    "變更未遺失",
    "Missed binlog events: 0",
    "尚未解析日志 5514",
    "which primary keys are missing in the target",
    "日志保留 24 小时，以免日志缺失",
    "Binlog rotated to mysql-bin.000011",
    "New binlog mysql-bin.000011, reading continues from position 4",
    "Source purged logs up to crm-bin.000016; current reading position crm-bin.000019",
    "WAL retained: 3 GB",
    "The slot is active, restart_lsn 0/5A",
    "Log file switch: redo 122 to 123",
    "Offset committed, continue from 4412",
    "Cleaned up old checkpoints, continuing from checkpoint 77",
    "Rotated the log of the node, old files were deleted, new file begins at 0 bytes",
    "应用日志到目标库：更新 120 行",
    "增量位点推进到 mysql-bin.000011:4",
    "日志已归档，从 crm-bin.000019 继续读取",
    "位点更新为 mysql-bin.000011",
    "检查点已保存，从该点继续",
    "日志文件切换，删除了过期日志文件",
    "Re-login to the source succeeded",
    "deleted old logs; retention is 3 days",
    "log retention changed from 3 to 5 days",
    "the log was rotated, continues with a new file",
    "resuming from checkpoint after the node was replaced",
    "checkpoint removed after merge; next checkpoint at 88190000",
    "event loop restarted",
    "2 events late, none missing",
    "tokens refreshed, streaming continues from cursor",
    "日志删除策略：保留 3 天",
    "位点无变化，等待新事件",
    "断点续传成功，从断点继续",
]


@pytest.mark.parametrize("line", PASSED_OVER)
def test_a_line_that_says_that_changes_were_passed_over_is_read(line):
    assert loss_in(line) in (GAP, "rows were lost or left out")
    assert is_final(line)


@pytest.mark.parametrize("line", WHOLE)
def test_a_link_that_broke_old_logs_a_plan_and_a_denial_are_no_gap(line):
    assert loss_in(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "The gap between 118 and 121 was filled from the archive",
        "the missing logs were re-read from the standby",
        "缺口已补齐",
        "遗漏的变更已重新回放",
        "遺漏的變更已補寫",
    ],
)
def test_a_gap_that_was_closed_is_read(line):
    assert closes_a_gap(simplified(line))
