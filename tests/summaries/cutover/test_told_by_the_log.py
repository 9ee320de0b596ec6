"""What lines since the comparisons tell against a cut-over, and which later lines settle it."""

import pytest

from tests.support.ready_world import BEFORE, FRESH, SINCE, Ready

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"  # what is read is the same on both


async def verdict(*lines):
    """The verdict of a world that is ready but for such lines: each a level, a message and a time."""
    world = Ready()
    for level, message, at in lines:
        world.line(level, message, at)
    return (await world.check())["verdict"]


LINES = [
    "Some changes from the source database had no impact when applied to the target database",
    "delete of app.users {_id: 8} had no effect: 0 documents matched",
    "更新 app.users 匹配到 0 个文档",
    "no stored offset for partition 3, reading starts at the end",
    "resume token not found, change stream starts at the current time",
    "auto.offset.reset=latest applied: no committed offset for group drs-1",
    "slot drs_1 does not exist, created a new one; changes after 5/8E11 and before it were not received",
    "last LSN 0000A1:0012 is below min LSN of capture instance dbo_Invoice, restarted at max LSN",
    "未找到位点，从最新位置开始消费",
    "复制槽 drs_1 不存在，已重新创建",
    "trigger trg_log on public.visits is enabled (O) on the destination and fired during apply: 12 more rows",
    "pg_cron job 7 ran on the destination: DELETE FROM public.sessions removed 870 rows",
    "column changed_at of crm.leads is ON UPDATE CURRENT_TIMESTAMP on the destination: 31 rows got another value",
    "41 keys expired on the destination before their TTL was set",
    "目标端 41 个键已过期，早于源端",
    "op collMod on app.orders (validator) was filtered, apply it on the destination manually",
    "oplog op renameCollection app.a to app.b was filtered, please rename the collection manually",
    "语句 RENAME TABLE a TO b 被过滤，请在目标库手工执行",
    "4 rows hold __debezium_unavailable_value in column body",
    "crm.price.amount 精度由 DECIMAL(20,6) 降为 DECIMAL(18,2)，存在四舍五入",
    "both primaries accepted writes between 10:02 and 10:09",
    "双主期间两端均有写入",
]
INNOCENT = [
    "the change of the timeout had no effect",
    "the maintenance had no impact on the destination",
    "update of app.users matched 1 documents",
    "committed position found, starting from it",
    "no checkpoint found, the structures are read",
    "auto.offset.reset=latest",
    "last LSN 0000A1:0012 is above min LSN of capture instance dbo_Invoice, restarted at last LSN",
    "trigger trg_log on public.visits is disabled on the destination and did not fire: 0 more rows",
    "pg_cron job 7 ran on the source: DELETE FROM public.sessions removed 870 rows",
    "no key expired on the destination before its TTL was set",
    "unavailable.value.placeholder=__debezium_unavailable_value",
    "op noop was filtered",
    "精度未降低：DECIMAL(20,6)",
    "both primaries are read-only",
    "writes were accepted on the source only",
    "两端均未写入",
]


@pytest.mark.parametrize("line", LINES)
async def test_such_a_line_since_the_comparisons_is_never_ready(line):
    assert await verdict(("Warn", line, SINCE)) == "unknown"


@pytest.mark.parametrize("line", LINES)
async def test_nor_does_it_speak_against_what_was_compared_after_it(line):
    if "trigger" not in line:  # which goes on to write
        assert await verdict(("Warn", line, BEFORE)) == "ready"


@pytest.mark.parametrize("line", INNOCENT)
async def test_an_innocent_line_like_it_is_ready(line):
    assert await verdict(("Info", line, SINCE)) == "ready"


EMP = "12 rows of hr.emp were skipped: parent missing"
VIEWS = (
    "SHOW VIEW command denied to user 'drs'@'10.1.2.3' for table 'v_a': 4 views were not migrated"
)
ROUTINES = "3 个存储过程迁移失败：缺少 SUPER 权限"
INDEX = "index idx_ct of crm.leads was not created: lock wait timeout"
ACCOUNT = "account 'report'@'%' was not migrated: plugin sha256_password"
TWICE = "crm.visits: 41 rows may have been inserted twice"
ORPHANS = "3 rows of crm.visits violate fk_a"
TABLE = "表 crm.leads 增量同步失败，已暂停该表"


@pytest.mark.parametrize(
    ("lost", "later", "expected"),
    [
        (EMP, "9 of the 12 skipped rows of hr.emp were written again", "unknown"),
        (EMP, "all 12 skipped rows of hr.emp were written again, 0 failed", "ready"),
        ("写入 hr.emp 失败，跳过 30 行", "跳过的 30 行已全部重新写入 hr.emp，0 行失败", "ready"),
        ("写入 hr.emp 失败，跳过 30 行", "跳过的 30 行中 20 行已重新写入 hr.emp", "unknown"),
        (VIEWS, "privilege SHOW VIEW granted, retry succeeded: 4 of 4 views migrated", "ready"),
        (VIEWS, "privilege SHOW VIEW granted, retry succeeded: 3 of 4 views migrated", "unknown"),
        ("4 views were not migrated", "all 4 views migrated after GRANT SHOW VIEW", "ready"),
        ("4 views were not migrated", "all 4 procedures migrated", "unknown"),
        ("view v_a was not migrated", "view v_a was migrated after a grant", "ready"),
        ("view v_a was not migrated", "view v_b was migrated after a grant", "unknown"),
        (ROUTINES, "授权后重试，3 个存储过程全部迁移成功", "ready"),
        (ROUTINES, "授权后重试，2 个存储过程迁移成功", "unknown"),
        (INDEX, "index idx_ct of crm.leads was created on retry", "ready"),
        (INDEX, "index idx_b of crm.leads was created on retry", "unknown"),
        (INDEX, "index idx_ct of crm.visits was created on retry", "unknown"),
        (ACCOUNT, "account 'report'@'%' was migrated on retry", "ready"),
        (ACCOUNT, "account 'app'@'%' was migrated on retry", "unknown"),
        (TWICE, "41 duplicate rows of crm.visits were removed", "ready"),
        (TWICE, "40 of 41 duplicate rows of crm.visits were removed", "unknown"),
        (TWICE, "rows of crm.visits applied", "unknown"),
        (ORPHANS, "constraint fk_a of crm.visits validated", "ready"),
        (ORPHANS, "constraint fk_a of crm.visits could not be validated", "unknown"),
        (ORPHANS, "the 3 orphan rows of crm.visits were deleted", "ready"),
        (
            "12 documents of app.users were skipped",
            "12 documents of app.users were upserted again",
            "ready",
        ),
        ("视图 v_a、v_b 未迁移", "视图 v_a 已重新创建", "unknown"),
        (TABLE, "表 crm.leads 同步已恢复", "ready"),
        (TABLE, "表 crm.visits 同步已恢复", "unknown"),
        (TABLE, "crm.leads: 30 rows applied", "unknown"),
        ("视图 v_a 同步失败：权限不足", "视图 v_a 重新同步成功", "ready"),
        ("视图 v_a 同步失败：权限不足", "视图 v_b 重新同步成功", "unknown"),
    ],
)
async def test_a_later_line_settles_it_if_it_tells_of_the_same_and_of_all_of_it(
    lost, later, expected
):
    assert await verdict(("Warn", lost, SINCE), ("Info", later, FRESH)) == expected


async def test_a_gap_before_the_whole_was_copied_anew_is_none_of_what_is_there_now():
    gap, anew = (
        "replication slot drs_a was invalidated",
        "task reset, full synchronization restarted",
    )
    world = Ready()
    world.line("Warn", gap, BEFORE)
    assert (await world.diagnose())["verdict"] == "healthy"
    world = Ready()
    world.tasks.clear()
    world.line("Warn", gap, SINCE)
    assert (await world.diagnose())["verdict"] == "attention"
    world.line("Info", "table crm.leads is copied again", FRESH)
    assert (await world.diagnose())["verdict"] == "attention"
    world.line("Info", anew, FRESH)
    assert (await world.diagnose())["verdict"] == "healthy"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Tip: if you ever see 'binlog is not existed', see the manual", "ready"),
        ("提示：如出现“binlog is not existed”，请延长 binlog 保留时间", "ready"),
        ("binlog is not existed", "unknown"),
        ("Note: binlog is not existed", "unknown"),
    ],
)
async def test_a_hint_about_an_error_is_no_error(line, expected):
    assert await verdict(("Info", line, SINCE)) == expected
