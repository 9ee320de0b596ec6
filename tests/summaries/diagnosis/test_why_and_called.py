"""Why beside what, in one line, and what errors that are over are called."""

import pytest

from drs_mcp.knowledge.conditions import condition
from tests.support.diagnosed import diagnose, task

pytestmark = pytest.mark.anyio


def line(level, at, message):
    return {"level": level, "create_time": at, "message": message}


async def lagging(*lines):
    log = [line("Warn", f"@-{31 - 10 * place}m", one) for place, one in enumerate(lines)]
    return await diagnose(
        task("delay-excessive", progress__progress_info__incr_trans_delay="5400", log=log)
    )


NO_KEY = [
    "Large transaction on crm.leads (no primary key): {} rows applied by full table scan",
    "Large transaction on crm.leads without a primary key: {} rows applied",
    "crm.leads 缺少主键，大事务已回放 {} 行",
    "大事务：crm.leads 无主键，全表扫描，已写入 {} 行",
]


@pytest.mark.parametrize("told", NO_KEY)
async def test_a_missing_key_is_why_a_transaction_is_slow(told):
    found = await lagging(*(told.format(rows) for rows in (40_000, 80_000, 120_000, 160_000)))
    assert "without a primary key or unique index" in found.findings[0]["cause"]
    assert "Give the table a primary key" in found.findings[0]["fix"]


@pytest.mark.parametrize(
    "told", ["Large transaction on crm.leads: {} rows applied", "大事务：crm.leads 已回放 {} 行"]
)
async def test_a_large_transaction_without_such_a_reason_is_one(told):
    found = await lagging(*(told.format(rows) for rows in (40_000, 80_000, 120_000, 160_000)))
    assert "One large transaction is being applied" in found.findings[0]["cause"]


async def test_rows_that_are_applied_are_not_denied():
    told = [NO_KEY[0].format(rows) for rows in (40_000, 80_000, 120_000, 160_000)]
    behind = [
        line("Warn", f"@-{51 - 10 * place}m", f"delay {1_800 + 600 * place} seconds")
        for place in range(6)
    ]
    log = [line("Warn", f"@-{31 - 10 * place}m", one) for place, one in enumerate(told)]
    found = await diagnose(
        task(
            "delay-excessive", progress__progress_info__incr_trans_delay="5400", log=[*log, *behind]
        )
    )
    assert "nothing has been applied" not in found.answer["headline"]
    assert "rows are applied, and nothing has been committed since" in found.answer["headline"]


def test_only_a_line_with_both_yields():
    assert condition("large_transaction").yields_to
    assert not condition("no_key").is_in("Large transaction on crm.leads: 40000 rows applied")


@pytest.mark.parametrize(
    ("link", "error", "name"),
    [
        ("mysql-to-postgresql", "No space left on device", "disk"),
        ("oracle-to-mysql", "ORA-28000: the account is locked", "oracle-account-locked"),
        (
            "mongodb-to-dds",
            "E11000 duplicate key error collection: crm.leads",
            "mongodb-duplicate-key",
        ),
        ("mysql-to-mysql", "Duplicate entry '4' for key 'PRIMARY'", "dup-entry"),
    ],
)
async def test_an_error_that_is_over_is_called_by_the_name_that_it_has(link, error, name):
    log = [
        line("Error", "@-20h", f"service INCREMENT failed, cause by: {error}"),
        line("Error", "@-19h", "任务失败。"),
        line("Info", "@-1m", "Applied 12 rows to crm.leads."),
    ]
    found = await diagnose(
        task(
            "recent-errors",
            job__base_info__engine_type=link,
            job__status="INCRE_TRANSFER_STARTED",
            log=log,
        )
    )
    told = " ".join(found.answer["ruled_out"])
    assert "of an unknown kind" not in told
    assert name in told
    assert "1 notice of a failure" in told


async def test_an_error_after_a_pause_is_not_held_against_the_pause():
    log = [
        line("Info", "@-50h", "任务已被用户暂停。"),
        line("Info", "@-2h", "Task resumed by user."),
        *(
            line(
                "Error",
                f"@-{at}m",
                "service LOGMANAGER failed, cause by: ORA-00308: cannot open archived log 'x'",
            )
            for at in (110, 105, 100, 95)
        ),
        line("Error", "@-90m", "Task failed."),
    ]
    changed = task(
        "fatal-error",
        job__base_info__engine_type="oracle-to-mysql",
        progress__progress_info__incr_trans_delay=str(50 * 3600),
        log=log,
    )
    found = await diagnose(changed)
    assert "against" not in found.answer
    assert "came first met" not in found.answer["headline"]
