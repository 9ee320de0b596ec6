"""How long a line says that the source keeps its logs, whatever the engine and the language."""

import pytest

from drs_mcp.summaries.logs.kinds.retention import kept_in

HOUR, DAY = 3600, 86_400


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("Source binlog retention is 72 hours (binlog_expire_logs_seconds=259200).", 3 * DAY),
        ("binlog_expire_logs_seconds = 86400", DAY),
        ("expire_logs_days=7", 7 * DAY),
        ("The binlog retention hours is 24", DAY),
        ("binlogs of the source are kept for 2 days", 2 * DAY),
        ("Binary logs are deleted after 36 h", 36 * HOUR),
        ("源库 binlog 保留时间为 72 小时", 3 * DAY),
        ("binlog保留24小时，暂停过长将无法续传", DAY),
        ("源库归档日志仅保留 2 天", 2 * DAY),
        ("仅保留最近 48 小时的归档日志", 2 * DAY),
        ("歸檔日誌保留 2 天", 2 * DAY),
        ("Archived redo logs are retained 1 day at the source", DAY),
        ("archive logs are removed after 12 hours", 12 * HOUR),
        ("The oplog window is 26 hours", 26 * HOUR),
        ("oplog 窗口 26 小时", 26 * HOUR),
        ("oplogMinRetentionHours: 48", 2 * DAY),
        ("CDC cleanup job retention is 4320 minutes", 3 * DAY),
        ("Change tables are kept for 3 days", 3 * DAY),
        ("WAL is kept 6 h at the source", 6 * HOUR),
        ("topic orders: retention.ms=259200000", 3 * DAY),
    ],
)
def test_a_line_tells_how_long_logs_are_kept(line, seconds):
    assert kept_in(line) == seconds


@pytest.mark.parametrize(
    "line",
    [
        "Destination binlog retention is 24 hours",
        "目标库 binlog 保留 24 小时",
        "binlog retention should be at least 3 days",
        "建议 binlog 保留 3 天",
        "relay log retention 1 day",
        "binlog_expire_logs_seconds=0",
        "wal_keep_size is 64 GB",
        "binlog backlog of 3 files, delay 72 hours",
        "undo_retention is 900 seconds",
        "backups are kept for 7 days",
        "Binlog read up to mysql-bin.000071:4",
    ],
)
def test_another_time_or_log_says_nothing_of_it(line):
    assert kept_in(line) is None
