"""A pause, a stop or a lag held against how long the source keeps its logs."""

import pytest

from tests.support.diagnosed import diagnose, task

pytestmark = pytest.mark.anyio


def line(level, at, message):
    return {"level": level, "create_time": at, "message": message}


LONG = [
    ("mysql-to-mysql", "Source binlog retention is 72 hours."),
    ("mysql-to-gaussdbv5", "源库 binlog 保留时间为 3 天"),
    ("oracle-to-gaussdbv5", "Archived redo logs are kept for 24 hours at the source"),
    ("oracle-to-mysql", "源库归档日志仅保留 2 天"),
    ("mongodb-to-dds", "the oplog window is 26 hours"),
    ("sqlserver-to-sqlserver", "CDC cleanup job retention is 4320 minutes"),
]


async def paused(link, told, ago):
    return await diagnose(
        task(
            "paused",
            job__base_info__engine_type=link,
            progress={"progress_info": {"transfer_status": "PAUSING"}},
            log=[line("Warn", ago, told), line("Info", ago, "任务已被用户暂停。")],
        )
    )


@pytest.mark.parametrize(("link", "told"), LONG)
async def test_a_pause_longer_than_logs_are_kept_needs_a_new_full_copy(link, told):
    found = await paused(link, told, "@-5d")
    assert found.answer["resume"] == "full_copy"
    assert "120 h (5 days) ago" in found.answer["headline"]
    assert found.findings[0]["evidence"] == told
    assert "resuming fails and a new full copy is needed" in found.findings[0]["fix"]


@pytest.mark.parametrize(("link", "told"), LONG)
async def test_a_pause_much_shorter_than_that_can_be_resumed(link, told):
    found = await paused(link, told, "@-12m")
    assert found.answer["resume"] == "as_is"
    assert "Resume it, before" in found.findings[0]["fix"]


async def test_a_pause_that_nears_it_is_urgent():
    found = await paused(*LONG[0], "@-60h")
    assert found.answer["resume"] == "depends"
    assert "Resume it now, before" in found.findings[0]["fix"]


@pytest.mark.parametrize("told", ["Destination binlog retention is 72 hours.", "backup 保留 1 天"])
async def test_what_is_kept_elsewhere_says_nothing_of_a_pause(told):
    found = await paused("mysql-to-mysql", told, "@-5d")
    assert found.answer["resume"] == "depends"
    assert "purged" not in found.answer["headline"]


FULL = "service INCREMENT failed, cause by: ERROR 1114 (HY000): The table 'leads' is full"


async def failed(ago):
    log = [line("Info", ago, "Source binlog retention is 72 hours."), line("Error", ago, FULL)]
    return await diagnose(
        task("fatal-error", progress__progress_info__incr_trans_delay="-1", log=log)
    )


async def test_a_stop_longer_than_logs_are_kept_needs_more_than_the_repair():
    found = await failed("@-5d")
    assert found.answer["resume"] == "full_copy"
    assert "probably purged what the task needs" in found.answer["headline"]


async def test_a_short_stop_needs_the_repair_alone():
    found = await failed("@-2h")
    assert found.answer["resume"] == "after_repair"
    assert "purged" not in str(found.answer)


async def lagging(delay_s):
    log = [line("Info", "@-5d", "Source binlog retention is 24 hours.")]
    return await diagnose(
        task("delay-excessive", progress__progress_info__incr_trans_delay=str(delay_s), log=log)
    )


async def test_a_lag_near_to_what_is_kept_tells_the_risk():
    assert "keeps logs 24 h" in str((await lagging(20 * 3600)).findings)
    assert "keeps logs" not in str((await lagging(2 * 3600)).findings)
