"""Where the reason of a stop stands: in the notice of it, at a lower level, or before what followed."""

import re

import pytest

from drs_mcp.summaries.logs.kinds.mentions import only_mentions
from drs_mcp.summaries.logs.meanings import reason_in
from tests.support.diagnosed import diagnose, task

pytestmark = pytest.mark.anyio


def line(level, at, message):
    return {"level": level, "create_time": at, "message": message}


async def failed(*log):
    return await diagnose(task("fatal-error", log=list(log)))


MOVED = line("Info", "@-3h", "12 rows applied to crm.leads")
GAVE_UP = line("Info", "@-2h", "task status changed to INCRE_TRANSFER_FAILED")
RESET = line("Error", "@-121m", "service LOGMANAGER failed, cause by: Connection reset")
DEADLOCK = "service INCREMENT failed, cause by: Deadlock found when trying to get lock"


# -- the notice of the stop ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notice", "reason"),
    [
        ("task failed: the topic quota is used up", "the topic quota is used up"),
        ("Job failed - ORA-00942: table or view does not exist", "ORA-00942: table or view does"),
        ("Synchronization aborted due to a changed key", "a changed key"),
        ("Job failed (reason: key k3 was revoked)", "key k3 was revoked"),
        ("task failed: Unknown database 'crm'", "Unknown database 'crm'"),
        ("任务失败：密钥已吊销", "密钥已吊销"),
        ("任务异常终止，原因：密钥已吊销", "密钥已吊销"),
        ("任務失敗：金鑰已撤銷", "金鑰已撤銷"),
    ],
)
async def test_a_notice_of_the_stop_that_tells_its_reason_is_the_cause(notice, reason):
    assert reason_in(notice).startswith(reason)
    found = await failed(MOVED, line("Error", "@-2h", notice))
    assert found.codes == ["fatal_error"]
    assert found.findings[0]["evidence"] == notice
    assert found.answer["gave_up_at"]


@pytest.mark.parametrize(
    "notice",
    [
        "Task failed.",
        "task failed at 2026-11-20 08:00:01",
        "task failed, see the log",
        "Job failed: unknown error",
        "The task has failed: null",
        "任务失败，请联系客服",
        "任務失敗",
    ],
)
async def test_a_bare_notice_tells_no_reason(notice):
    assert reason_in(notice) == ""
    assert (await failed(MOVED, line("Error", "@-2h", notice))).codes == ["no_error_logged"]


async def test_an_error_comes_before_a_notice_that_tells_no_more():
    found = await failed(
        line("Error", "@-121m", DEADLOCK), line("Error", "@-2h", "task failed: INCREMENT gave up")
    )
    assert found.findings[0]["evidence"] == DEADLOCK


# -- lower levels ----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["Warn", "Info", "Notice"])
@pytest.mark.parametrize(
    "told",
    [
        "binlog mysql-bin.000031 has been purged at the source",
        "reader exits: key k3 was revoked",
        "目标表 crm.leads 缺少字段 grade，同步停止",
        "account in arrears, resources frozen",
        "Replication stopped by user ops-li",
    ],
)
async def test_without_an_error_the_line_that_tells_one_is_the_cause_at_its_level(level, told):
    found = await failed(MOVED, line(level, "@-122m", told), GAVE_UP)
    assert found.codes == ["fatal_error"]
    assert found.findings[0]["evidence"] == told
    assert re.search(r"(?:tells most of|may tell) why", found.answer["headline"])


@pytest.mark.parametrize(
    "told",
    [
        "0 errors in the last hour",
        "errors since the start: deadlock=0, timeout=0",
        "previous error 'Duplicate entry' has been resolved",
        "retry policy: on [Read timed out, Connection reset] retry 10 times",
        "statistics of crm.leads refreshed",
        "memory usage 41%, limit not exceeded",
        "stop position of the copy is mysql-bin.000004:1",
        "失败重试次数：0",
        "read timed out; retry 2 succeeded",
    ],
)
async def test_a_line_that_only_mentions_errors_is_no_cause(told):
    found = await failed(MOVED, line("Info", "@-122m", told), GAVE_UP)
    assert found.codes == ["no_error_logged"]


async def test_a_line_of_long_before_the_end_is_no_cause():
    old = line("Warn", "@-9h", "reader exits: key k3 was revoked")
    assert (await failed(old, MOVED, GAVE_UP)).codes == ["no_error_logged"]


# -- what followed ---------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["Warn", "Info", None])
@pytest.mark.parametrize(
    "told",
    [
        "kernel: Out of memory: Killed process 41 (java)",
        "binary log mysql-bin.000031 has been purged",
        "write to crm.leads: No space left on device",
    ],
)
async def test_what_retrying_cannot_pass_comes_before_the_break_that_follows_it(level, told):
    found = await failed(MOVED, line(level, "@-122m", told), RESET)
    assert found.findings[0]["evidence"] == told
    assert "Connection reset" in str(found.answer["also_seen"])


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("@-5h", "binary log mysql-bin.000031 has been purged"),
        ("@-122m", "alarm is cleared: No space left on device was resolved"),
        ("@-122m", "disk alarm policy: on [No space left on device, quota] stop"),
        ("@-122m", "heartbeat answered slowly"),
    ],
)
async def test_what_came_long_before_or_is_over_does_not(at, told):
    found = await failed(MOVED, line("Info", at, told), RESET)
    assert "Connection reset" in found.findings[0]["evidence"]


@pytest.mark.parametrize(
    "end",
    [
        "service INCREMENT failed, cause by: retry times exceeded",
        "retry 5 of 5 failed, giving up batch 9",
        "all retries failed",
        "重试 5 次均失败",
    ],
)
async def test_the_end_of_retrying_is_no_cause_where_a_line_tells_what_was_retried(end):
    found = await failed(line("Error", "@-125m", DEADLOCK), line("Error", "@-2h", end))
    assert found.findings[0]["evidence"] == DEADLOCK
    alone = await failed(MOVED, line("Error", "@-2h", end))
    assert alone.findings[0]["evidence"] == end
    assert "not known" in alone.findings[0]["cause"]


async def test_a_slot_is_missed_because_it_was_invalidated_before():
    lost = 'can no longer get changes from replication slot "s1": it has been invalidated'
    missing = 'ERROR: replication slot "{}" does not exist'
    pg = {"job__base_info__engine_type": "postgresql-to-postgresql"}
    for name, told in (("s1", "invalidated"), ("s2", "does not exist")):
        log = [line("Error", "@-3h", lost), line("Error", "@-2h", missing.format(name))]
        found = await diagnose(task("fatal-error", log=log, **pg))
        assert told in found.findings[0]["evidence"]


async def test_entries_before_a_resumption_are_not_counted_to_the_stop():
    old, new = "write crm.a failed: Duplicate entry '1'", "write crm.b failed: Duplicate entry '2'"
    log = [line("Error", f"@-{n}h", old) for n in (30, 29, 28)]
    log += [line("Info", "@-27h", "Task resumed by user"), line("Error", "@-2h", new)]
    found = await failed(*log)
    assert "times, never recovered" not in str(found.answer["because"])


# -- while it runs ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        "previous error 'Deadlock found when trying to get lock' was resolved",
        "counts: Lock wait timeout exceeded=0, Deadlock found=0",
        "告警已清除：Communications link failure",
    ],
)
def test_words_of_an_error_that_is_over_or_counted_as_none_are_only_mentioned(told):
    assert only_mentions(told)


@pytest.mark.parametrize(
    "told",
    [
        "the error 'Deadlock found' has not been resolved",
        "Deadlock found=3, Lock wait timeout exceeded=0",
        "No space left on device: used=100, free=0",
        "write crm.leads timed out, retry 2 of 10",
    ],
)
def test_what_is_not_over_or_counted_is_more_than_mentioned(told):
    assert not only_mentions(told)


# -- a status, a pointer, a shutdown ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("notice", "reason"),
    [
        ("state changed to FAILED: ERROR 1153 (08S01): Got a packet", "1153"),
        (
            "status RUNNING -> INCRE_TRANSFER_FAILED (insert refused: not authorized to do it)",
            "insert",
        ),
        ("状态变为失败：写入错误", "写入错误"),
    ],
)
async def test_what_follows_a_failed_status_is_its_reason(notice, reason):
    assert reason_in(notice).startswith(reason)
    found = await failed(MOVED, line("Info", "@-2h", notice))
    assert found.findings[0]["evidence"] == notice


@pytest.mark.parametrize(
    "notice",
    [
        "task status changed to INCRE_TRANSFER_FAILED",
        "status changed to FAILED, delay 12 s",
        "state changed to FAILED (job 77)",
        "state: failed",
        "status changed to RUNNING: previous error cleared",
    ],
)
def test_a_status_alone_tells_no_reason(notice):
    assert not reason_in(notice)


async def test_a_line_that_points_to_another_log_is_no_cause_beside_one_that_tells():
    told = "part 7: ORA-00060: deadlock detected while waiting for resource"
    pointer = line("Error", "@-2h", "part 7 failed, see its log")
    found = await failed(MOVED, line("Warn", "@-123m", told), pointer)
    assert found.findings[0]["evidence"] == told
    alone = await failed(MOVED, pointer)
    assert "names none" in alone.findings[0]["cause"]


async def test_a_server_that_shuts_down_explains_the_broken_links_after_it():
    told = "Target reports: Server shutdown in progress"
    found = await failed(MOVED, line("Warn", "@-124m", told), RESET, GAVE_UP)
    assert found.findings[0]["evidence"] == told
    long_before = await failed(MOVED, line("Warn", "@-170m", told), RESET, GAVE_UP)
    assert long_before.findings[0]["evidence"] == RESET["message"]


@pytest.mark.parametrize(
    ("level", "told"),
    [
        ("Warn", "binlog mysql-bin.000044 is no longer in the index, asking for it again"),
        ("Warn", "binlog mysql-bin.000044 was removed, reading it once more"),
        ("Info", "binlog mysql-bin.000044 is not on the server any more; reconnecting"),
        ("Warn", "binlog mysql-bin.000044 已不在磁盘上，重新请求"),
    ],
)
async def test_a_log_that_is_asked_for_again_since_it_is_gone_is_why_the_link_breaks(level, told):
    found = await failed(MOVED, line(level, "@-123m", told), RESET, GAVE_UP)
    assert found.answer["resume"] == "full_copy"
    assert told in str(found.answer["findings"]["rows"])
