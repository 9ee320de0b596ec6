"""Lines that say that something works again are matched to the errors that they end."""

import pytest

from drs_mcp.summaries.logs.kinds.recoveries import is_recovery
from tests.support.log_rows import entry, facts


@pytest.mark.parametrize(
    "line",
    [
        "Reconnected to 10.0.0.1:3306 after 5 s",
        "reconnect to the source succeeded",
        "connection re-established",
        "Retry 3 of 10 succeeded for batch 7",
        "retry of table shop.t_1 successful",
        "batch 7 succeeded after 3 retries",
        "service CAPTURER restarted",
        "task resumed by user",
        "replication recovered",
        "node 5 is up again",
        "the destination is ready again",
        "redis is now ready",
        "目标库已就绪",
        "network back to normal",
        "连接已恢复",
        "重连成功",
        "第3次重试成功",
        "服务重启成功",
        "源库连接恢复正常",
        "Retry 2 of batch 0 succeeded",
        "One chunk failed; the session was re-established",
        "apply resumed at its position without data loss",
        "分片 9 写入失败，已恢复",
    ],
)
def test_a_recovery_is_told_by_its_words(line):
    assert is_recovery(line)


@pytest.mark.parametrize(
    "line",
    [
        "reconnecting to 10.0.0.1:3306",
        "could not be resumed",
        "failed to resume: connection not re-established",
        "restart failed",
        "will be restarted in 5 s",
        "cannot be recovered",
        "retry 3 of 10 failed",
        "waiting until the link is restored",
        "waiting until the destination is ready again",
        "the destination is not now ready",
        "恢复失败",
        "重连失败",
        "正在等待恢复",
        "Was the connection restored?",
        "若重试成功则清空队列",
        "a backup of Monday can be restored",
        "Applied 5 rows",
        "",
    ],
)
def test_what_only_speaks_of_recovery_is_none(line):
    assert not is_recovery(line)


def links(*seconds):
    return [entry("Communications link failure", "Error", second) for second in seconds]


def recovery(rows):
    """How the first kind of error of a log ended."""
    return facts(rows).errors[-1].recovery


def test_errors_that_are_each_followed_by_a_recovery_are_all_ended():
    rows = links(10, 20, 30)
    rows += [entry(f"reconnected after {n} s", "Info", n) for n in (12, 22, 32)]
    assert recovery(rows)[:2] == (3, True)


def test_an_error_after_the_last_recovery_is_not_ended():
    rows = [*links(10, 20, 30), entry("reconnected after 3 s", "Info", 22)]
    ended = recovery(rows)
    assert ended[:2] == (1, False)
    assert ended.by == ["reconnected after 3 s"]


def test_a_recovery_before_the_first_error_ends_nothing():
    assert recovery([*links(10), entry("reconnected", "Info", 5)])[:2] == (0, False)


def test_without_a_recovery_nothing_is_told():
    assert recovery([*links(10), entry("fine", "Info", 20)]) is None


def test_a_recovery_of_another_topic_is_not_matched():
    rows = [entry("Duplicate entry for a key", "Error", 1), entry("reconnected", "Info", 5)]
    assert recovery(rows) is None


def test_a_recovery_that_names_another_host_is_not_matched():
    rows = [entry("lost connection to 10.0.0.1:3306", "Error", 1)]
    assert recovery([*rows, entry("reconnected to 10.0.0.2:3306", "Info", 5)]) is None
    assert recovery([*rows, entry("reconnected to 10.0.0.1:3306", "Info", 5)])[:2] == (1, True)


def test_a_recovery_that_names_the_same_table_is_matched_whatever_the_topic():
    rows = [
        entry("write table shop.t_1 failed: boom", "Error", 1),
        entry("retry of table shop.t_1 succeeded", "Info", 3),
    ]
    assert recovery(rows)[:2] == (1, True)


def test_recoveries_in_chinese_are_matched_too():
    rows = [entry("与源库的连接中断", "错误", 1), entry("源库重连成功", "信息", 4)]
    assert recovery(rows)[:2] == (1, True)


def test_recoveries_are_marked_as_such():
    log = facts([*links(1), entry("reconnected", "Info", 2)])
    assert [kind.is_recovery for kind in log.infos] == [True]
