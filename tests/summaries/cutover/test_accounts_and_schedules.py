"""Comparisons beside those of objects, rows and values: of accounts, and those that run by schedule."""

import pytest

from tests.support.ready_world import BEFORE, ENDED, SINCE, STARTED, Ready

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"  # what is read is the same on both


def criteria(found):
    return {row[0]: row[1:3] for row in found["criteria"]["rows"]}


# -- accounts ------------------------------------------------------------------------------------

SAME = {"src_user_name": "ro@%", "tar_user_name": "ro@%", "is_target_existed": True}
APP = {"src_user_name": "app@%", "tar_user_name": "", "is_target_existed": False}


def accounts(*rows, total=None, status="SUCCESSFUL", kind="account"):
    world = Ready()
    world.tasks.append(
        {"id": "u1", "type": kind, "status": status, "start_time": STARTED, "end_time": ENDED}
    )
    world.paths = {
        "compare/users/u1": {"total_count": total or len(rows), "user_compare_info": list(rows)}
    }
    return world


@pytest.mark.parametrize("told", ["CONSISTENT", 2, "2", "一致"])
async def test_accounts_that_agree_are_told_and_leave_a_task_ready(told):
    found = await accounts(SAME | {"compare_result": told}).check()
    assert found["verdict"] == "ready"
    assert criteria(found)["accounts"] == ["met", "1 of 1 account agree"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            APP | {"compare_result": "INCONSISTENT"},
            "1 of 2 accounts missing at the destination or not the same there ('app')",
        ),
        (APP | {"compare_result": 0}, "missing at the destination or not the same there ('app')"),
        (SAME | {"compare_result": "TARGET_SCHEMA_NOT_EXIST"}, "not the same there ('ro')"),
        (APP | {"compare_result": "CONSISTENT"}, "1 of 2 accounts without a result ('app')"),
        (APP | {"compare_result": "COMPARING"}, "without a result ('app')"),
        (APP | {"compare_result": "UNABLE_TO_COMPARE"}, "without a result ('app')"),
        (APP | {"compare_result": "SOMETHING_NEW"}, "without a result ('app')"),
    ],
)
async def test_an_account_that_differs_or_has_no_result_leaves_no_task_ready(row, says):
    found = await accounts(SAME | {"compare_result": "CONSISTENT"}, row).check()
    assert found["verdict"] == "unknown"
    state, evidence = criteria(found)["accounts"]
    assert (state, says in evidence) == ("unknown", True), evidence


async def test_accounts_beyond_the_first_page_are_told_as_unread():
    found = await accounts(SAME | {"compare_result": "CONSISTENT"}, total=1200).check()
    assert criteria(found)["accounts"] == ["unknown", "1,199 of 1,200 accounts not read"]


@pytest.mark.parametrize(
    ("status", "told"), [("FAILED", "failed"), ("RUNNING", "running"), ("CANCELLED", "canceled")]
)
async def test_a_comparison_of_accounts_without_results_is_told(status, told):
    world = accounts(status=status, kind="account_comparison")
    found = await world.check()
    assert found["verdict"] == "unknown"
    assert criteria(found)["accounts"] == ["unknown", f"the comparison of accounts is {told}"]
    assert (await world.check(accept_uncompared=True))["verdict"] == "ready"


async def test_what_differs_is_not_accepted_with_what_was_not_compared():
    found = await accounts(APP | {"compare_result": "INCONSISTENT"}).check(accept_uncompared=True)
    assert found["verdict"] == "unknown"


async def test_results_of_accounts_that_cannot_be_read_leave_no_task_ready():
    world = accounts()
    world.paths = {"compare/users/u1": {"error_code": "DRS.M00102", "error_msg": "x"}}
    found = await world.check()
    assert found["verdict"] == "unknown"
    assert found["unread"] == {"comparison of accounts": "HTTP 200, DRS.M00102"}


async def test_without_a_comparison_of_accounts_nothing_is_said_of_them():
    assert "accounts" not in criteria(await Ready().check())


# -- schedules -----------------------------------------------------------------------------------

TABLE = {"type": "TABLE", "source_count": 1, "target_count": 1, "status": 2}
INDEX = {"type": "INDEX", "source_count": 9, "target_count": 7, "status": 0}


def scheduled(*types, at=SINCE, policy="OPEN", kind="object_comparison", status="SUCCESSFUL"):
    world = Ready()
    run = {"id": "h1", "type": kind, "status": status, "start_time": at, "end_time": at}
    world.paths = {
        "compare-policy": {"status": policy, "compare_type": [kind]},
        "health-compare-jobs": {"count": 1, "compare_jobs": [run]},
        "health-compare-jobs/object/h1": {"compare_result": list(types)},
    }
    return world


@pytest.mark.parametrize("policy", ["OPEN", "CLOSED"])
async def test_a_newer_scheduled_comparison_that_finds_objects_missing_is_weighed(policy):
    found = await scheduled(TABLE, INDEX, policy=policy).check()
    assert found["verdict"] == "not_ready"
    assert criteria(found)["scheduled_objects"] == [
        "not_met", "a scheduled comparison that is newer: INDEX 7 of 9"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "row", [INDEX | {"status": 3}, INDEX | {"status": 2}, {"type": "VIEW", "status": 77}]
)
async def test_what_it_did_not_finish_or_contradicts_leaves_open_whether_a_task_is_ready(row):
    found = await scheduled(TABLE, row).check()
    assert found["verdict"] == "unknown"
    assert criteria(found)["scheduled_objects"][0] == "unknown"


@pytest.mark.parametrize(
    "world",
    [
        scheduled(TABLE),
        scheduled(INDEX, at=BEFORE),
        scheduled(INDEX, kind="lines"),
        scheduled(INDEX, status="RUNNING"),
    ],
    ids=["agrees", "older", "of rows", "not ended"],
)
async def test_one_that_agrees_or_is_older_or_of_rows_leaves_a_task_ready(world):
    found = await world.check()
    assert found["verdict"] == "ready"
    assert "scheduled_objects" not in criteria(found)


async def test_one_that_tells_nothing_of_what_it_found_leaves_no_task_ready():
    told_nothing, without_id = scheduled(), scheduled(TABLE)
    del without_id.paths["health-compare-jobs"]["compare_jobs"][0]["id"]
    for world in (told_nothing, without_id):
        found = await world.check()
        assert found["verdict"] == "unknown"
        assert "it tells nothing of what it found" in criteria(found)["scheduled_objects"][1]


@pytest.mark.parametrize(
    ("below", "rows", "part"),
    [
        ("ddl", "ddl_list", "DDL"),
        ("timelines", "timelines", "timeline"),
        ("health-compare-jobs", "compare_jobs", "scheduled comparisons"),
    ],
)
async def test_a_list_that_is_told_to_have_rows_and_has_none_is_unread(below, rows, part):
    world = Ready()
    world.paths = {below: {"count": 2, rows: []}}
    found = await world.check()
    assert (found["verdict"], found["unread"]) == ("unknown", {part: "unusable answer"})
    world.paths = {below: {"count": 0, rows: []}}
    assert (await world.check())["verdict"] == "ready"


async def test_indexes_that_the_task_leaves_out_may_be_missing():
    world = scheduled(TABLE, INDEX)
    world.detail |= {"policy_config": {"index_trans": "false"}}
    assert (await world.check())["verdict"] == "ready"


async def test_without_the_policy_what_ran_is_weighed_all_the_same():
    world = scheduled(TABLE, INDEX)
    del world.paths["compare-policy"]
    assert (await world.check())["verdict"] == "not_ready"


async def test_what_it_found_and_could_not_be_read_leaves_no_task_ready():
    world = scheduled()
    world.paths["health-compare-jobs/object/h1"] = {"error_code": "DRS.M00004"}
    found = await world.check()
    assert found["verdict"] == "unknown"
    assert "scheduled comparison of objects" in found["unread"]
