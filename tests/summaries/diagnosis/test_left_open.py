"""What an error leaves open is told by the line before it: why read-only, why a link broke."""

import pytest

from tests.support.diagnosed import diagnose, task

pytestmark = pytest.mark.anyio

READ_ONLY = (
    "service INCREMENT failed, cause by: write table crm.leads failed: The MySQL server is running "
    "with the --read-only option so it cannot execute this statement"
)
BROKEN = "service LOGMANAGER failed, cause by: Communications link failure"


def line(level, at, message):
    return {"level": level, "create_time": at, "message": message}


async def failed(*log):
    return await diagnose(task("fatal-error", log=list(log)))


@pytest.mark.parametrize(
    ("before", "told", "never"),
    [
        ("destination: node 10.0.0.9 switched to standby", "standby", "disk"),
        ("目标库主备倒换完成", "standby", "disk"),
        ("destination failover finished", "standby", "disk"),
        ("destination: disk usage 96% exceeds the threshold", "disk", "standby"),
        ("目标库磁盘使用率已达97%", "disk", "standby"),
        (
            "destination instance storage usage 97%, the instance is set to read-only",
            "disk",
            "standby",
        ),
        ("目標庫磁碟空間僅剩 3%，執行個體已設為唯讀", "disk", "standby"),
        ("destination: disk usage rose from 88% to 99.5%", "disk", "standby"),
    ],
)
async def test_why_the_destination_is_read_only_is_told_by_the_line_before(before, told, never):
    found = await failed(line("Warn", "@-122m", before), line("Error", "@-121m", READ_ONLY))
    cause = found.findings[0]["cause"]
    assert told in cause
    assert never not in cause
    assert found.findings[0]["confidence"] == "inferred"


@pytest.mark.parametrize(
    ("at", "before"),
    [
        ("@-122m", "source: node 10.0.0.9 switched to standby"),
        ("@-122m", "no failover took place at the destination"),
        ("@-122m", "目标库主备倒换未发生"),
        ("@-122m", "destination: disk usage 41%"),
        ("@-122m", "destination: disk usage fell from 97% to 40%"),
        ("@-122m", "destination: CPU usage 98%"),
        ("@-122m", "source instance storage usage 97%"),
        ("@-122m", "source disk usage 98%"),
        ("@-122m", "destination storage usage 97%, but it was enlarged"),
        ("@-122m", "DRS node disk usage 97%"),
        ("@-9h", "destination: node 10.0.0.9 switched to standby"),
        ("@-1m", "destination: node 10.0.0.9 switched to standby"),
    ],
)
async def test_another_side_a_denial_and_another_time_tell_nothing(at, before):
    found = await failed(line("Warn", at, before), line("Error", "@-121m", READ_ONLY))
    assert "full disk, a standby" in found.findings[0]["cause"]


async def test_the_reason_may_stand_a_while_before_the_next_write_meets_it():
    before = line("Warn", "@-160m", "destination storage usage 98%, set to read-only")
    found = await failed(before, line("Error", "@-121m", READ_ONLY))
    assert "disk" in found.findings[0]["cause"]
    assert "add space" in found.findings[0]["fix"]


@pytest.mark.parametrize(
    "before",
    ["source instance restarted by operator", "源实例已重启", "the source database was rebooted"],
)
async def test_a_restart_before_a_broken_link_led_to_it(before):
    found = await failed(line("Info", "@-123m", before), line("Error", "@-121m", BROKEN))
    assert before in str(found.answer["led_to_it"])


async def test_a_restart_after_it_did_not():
    after = line("Info", "@-119m", "source instance restarted by operator")
    found = await failed(after, line("Error", "@-121m", BROKEN))
    assert "restarted" not in str(found.answer.get("led_to_it"))


UNSEEN = "service INCREMENT failed, cause by: TimeoutException: Topic crm not present in metadata after 60000 ms"


@pytest.mark.parametrize(
    ("before", "refused"),
    [
        ("TopicAuthorizationException: Not authorized to access topics: [crm]", True),
        ("TopicAuthorizationException: Not authorized to access topics: [hr]", False),
        ("topic crm has 12 partitions", False),
    ],
)
async def test_a_topic_that_is_not_shown_is_refused_where_a_line_before_says_so(before, refused):
    log = [line("Warn", "@-122m", before), line("Error", "@-121m", UNSEEN)]
    found = await diagnose(
        task("fatal-error", job__base_info__engine_type="mysql-to-kafka", log=log)
    )
    assert ("Grant" in found.findings[0]["fix"]) is refused
    assert ("create it" in found.findings[0]["fix"]) is not refused


async def test_a_slot_that_was_invalidated_before_the_link_broke_is_the_cause():
    warned = line("Warn", "@-125m", "slot drs_9 invalidated: it exceeded max_slot_wal_keep_size")
    log = [warned, line("Error", "@-121m", "service CAPTURER failed, cause by: Connection reset")]
    found = await diagnose(task("fatal-error", job__base_info__engine_type="postgresql", log=log))
    assert "slot was invalidated" in found.findings[0]["cause"]
