"""Whether the destination accepts writes: what the task sets, and what its open errors say."""

import pytest

from drs_mcp.simulator import Simulator, World
from drs_mcp.tools.diagnosis import check_cutover
from tests.support.cutover_worlds import Task, ready_read_only_migration, ready_standby, ready_sync
from tests.support.tool_calls import ask, embedded

pytestmark = pytest.mark.anyio


def failed(engine: str, message: str, *later: tuple[str, str]) -> Task:
    """A task of that link that failed at 07:58 by an error, with later lines (level, message)."""
    found = ready_sync()
    found["job"]["base_info"]["engine_type"] = engine
    found["job"]["status"] = "INCRE_TRANSFER_FAILED"
    found["progress"]["progress_info"].pop("transfer_status", None)
    found["log"] = [error(message)]
    found["log"] += [
        {"create_time": f"2026-11-20T07:58:1{place}Z", "level": level, "message": text}
        for place, (level, text) in enumerate(later)
    ]
    return found


def error(message: str, at: str = "2026-11-20T07:58:00Z") -> dict[str, str]:
    return {"create_time": at, "level": "Error", "message": message}


async def destination(task: Task, **options):
    simulator = Simulator(world=World([task]))
    answer = await ask(check_cutover, **embedded(simulator), job=task["id"], **options)
    return next(tuple(row) for row in answer["criteria"]["rows"] if row[0] == "destination")


REFUSED = {
    "a read-only replica": (
        "mysql-to-mysql",
        (
            "service INCREMENT failed, cause by: ERROR 1290 (HY000): The MySQL server is running with "
            "the --read-only option so it cannot execute this statement"
        ),
        "read-only",
    ),
    "a read-only transaction of PostgreSQL": (
        "postgresql-to-postgresql",
        "service INCREMENT failed, cause by: ERROR: cannot execute UPDATE in a read-only transaction",
        "read-only",
    ),
    "a full tablespace": (
        "mysql-to-oracle",
        (
            "service INCREMENT failed, cause by: ORA-01653: unable to extend table CRM.T_ORDER by 8192 in "
            "tablespace USERS"
        ),
        "full",
    ),
    "a quota that is used up": (
        "mysql-to-oracle",
        "service INCREMENT failed, cause by: ORA-01536: space quota exceeded for tablespace 'USERS'",
        "quota",
    ),
    "an index that only allows deletes": (
        "mysql-to-elasticsearch",
        (
            "service INCREMENT failed, cause by: cluster_block_exception: index [orders] blocked by: "
            "[TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has "
            "read-only-allow-delete block]"
        ),
        "blocked",
    ),
    "memory of Redis": (
        "redis-to-gaussredis",
        "service INCREMENT failed, cause by: OOM command not allowed when used memory > 'maxmemory'",
        "maxmemory",
    ),
    "a full disk, told in Chinese": (
        "mysql-to-mysql",
        "service INCREMENT failed, cause by: 写入目标库失败：目标库磁盘空间已满",
        "full",
    ),
}


@pytest.mark.parametrize("why", REFUSED)
async def test_a_destination_that_refuses_writes_does_not_accept_them(why):
    engine, message, word = REFUSED[why]
    _, state, evidence, at, _ = await destination(failed(engine, message))
    assert state == "not_met", evidence
    assert word in evidence
    assert "it accepts writes" not in evidence
    assert at == "2026-11-20T07:58:00Z"


async def test_also_one_that_the_task_does_not_set_is_weighed():
    engine, message, _ = REFUSED["a full tablespace"]
    task = failed(engine, message)
    task["job"]["target_endpoint"][0].pop("config", None)
    assert (await destination(task))[1] == "not_met"


OTHERS = {
    "a full disk of the source": (
        "mysql-to-mysql",
        (
            "service CAPTURER failed, cause by: the source database reports: "
            "ERROR 1021 (HY000): Disk full (/tmp); waiting for someone to free some space"
        ),
    ),
    "a lost connection": (
        "mysql-to-mysql",
        "service INCREMENT failed, cause by: Communications link failure",
    ),
    "a row that violates a key": (
        "mysql-to-mysql",
        "service INCREMENT failed, cause by: ERROR 1062 (23000): Duplicate entry '7' for key 'PRIMARY'",
    ),
    "too many connections": (
        "mysql-to-mysql",
        "service INCREMENT failed, cause by: ERROR 1040 (HY000): Too many connections",
    ),
}


@pytest.mark.parametrize("why", OTHERS)
async def test_an_error_that_is_not_of_its_writes_leaves_it_as_it_is_set(why):
    before = await destination(failed("mysql-to-mysql", "task failed"))
    assert (await destination(failed(*OTHERS[why])))[:3] == before[:3]


async def test_what_was_closed_by_its_recovery_does_not_count():
    engine, message, _ = REFUSED["a read-only replica"]
    healed = ("Info", "Retry 3 of the statement succeeded.")
    refused = f"{message}, retry 2 of 10"
    assert (await destination(failed(engine, refused)))[1] == "not_met"
    assert (await destination(failed(engine, refused, healed)))[1] != "not_met"


async def test_what_was_written_since_by_the_delay_of_a_running_task_does_not_count():
    engine, message, _ = REFUSED["a read-only replica"]
    task = ready_sync()
    task["job"]["base_info"]["engine_type"] = engine
    task["log"].append(error(message))
    assert (await destination(task))[1] != "not_met"
    info = task["progress"]["progress_info"]
    info |= {"incr_trans_delay": "3600", "incr_trans_delay_millis": "3600000"}
    assert (await destination(task))[1] == "not_met"


async def test_one_that_is_to_be_read_only_is_not_blamed_for_it():
    _, message, _ = REFUSED["a read-only replica"]
    standby = ready_standby()
    standby["log"].append(error(message, "2026-11-20T07:59:59Z"))
    assert (await destination(standby))[1] == "met"
    migration = ready_read_only_migration()
    migration["log"].append(error(message, "2026-11-20T07:59:59Z"))
    assert (await destination(migration))[1] == "not_met"
    assert (await destination(migration, destination="read_only"))[1] == "met"
