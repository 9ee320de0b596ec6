"""Which lines say that the task or a part of it stopped, and which that it runs again."""

import pytest

from drs_mcp.summaries.logs.kinds.stops import is_start, is_stop

STOPPED = [
    "The SQL thread was killed",
    "replication has unexpectedly stopped",
    "Replication aborted at position 5",
    "the capture process died",
    "[FATAL] position is lost",
    "12:00:01 [main] ERROR could not read",
    "ERROR 1062 (23000): Duplicate entry",
    "回放线程已停止",
    "任务状态：异常",
    "日志解析进程意外终止",
    "【错误】位点丢失",
    "Heartbeat of the standby was lost",
    "source heart-beat timed out after 90 s",
    "missed 4 heartbeats of the destination",
    "no heartbeat from 10.0.0.9",
    "heartbeat has not been received",
    "目标库心跳已超时",
    "未收到源库的心跳",
    "heartbeat of the source was lost 3 times",
    "heartbeat lost since 10:00, retries: 0",
    "heartbeat timeout threshold exceeded",
    "heartbeat timeout of the source",
    "心跳失败次数为3",
    "磁盘不足，同步任务中断",
    "No line tells why, but the capture process died",
]
FINE = [
    "apply thread stopped normally",
    "replication not interrupted",
    "if the task is stopped, resume it",
    "comparison task stopped: all tables compared",
    "Failed: 0",
    "Error: none",
    "错误：0",
    "[INFO] apply thread started",
    "replication of stopped_jobs: 3 rows",
    "同步任务无异常",
    "任务异常检测正常",
    "当任务异常时告警",
    "Heartbeat answered in 4 ms",
    "heartbeat timeout: 30 s",
    "heartbeat timeout 30 s",
    "missed heartbeats: 0",
    "missed 0 heartbeats",
    "once a heartbeat is lost, the reader reconnects",
    "心跳超时时间 30 秒",
    "heartbeat is not lost",
    "the heartbeat was never missed",
    "no missed heartbeats",
    "Missed heartbeat count = 0",
    "lost heartbeats in the last 2 hours: 0",
    "heartbeat check failed 0 times",
    "heartbeat timeout is set to 60 seconds",
    "heartbeat timeout parameter loaded",
    "心跳检测失败次数为0",
    "Did the apply thread crash?",
    "未发现同步任务中断",
    "心跳丢失：0",
    "heartbeat, delay 600 s",
]


@pytest.mark.parametrize("line", STOPPED)
def test_a_stop_and_a_level_within_the_text_are_read(line):
    assert is_stop(line)


@pytest.mark.parametrize("line", FINE)
def test_what_denies_plans_or_counts_none_is_no_stop(line):
    assert not is_stop(line)


@pytest.mark.parametrize(
    "line",
    [
        "apply thread restarted",
        "capture process is running",
        "同步任务已重启",
        "heartbeat received",
    ],
)
def test_a_start_is_read(line):
    assert is_start(line)


@pytest.mark.parametrize(
    "line",
    ["heartbeat not received", "apply thread not started", "apply thread stopped", "任务未启动"],
)
def test_what_does_not_run_is_no_start(line):
    assert not is_start(line)
