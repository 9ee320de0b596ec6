"""What `get_history` tells of what happened to a task."""

import json
from datetime import UTC, datetime

import pytest

from drs_mcp.clock import iso
from drs_mcp.errors import NotPermitted, RequestRefused
from drs_mcp.simulator import Limits, Simulator, World
from drs_mcp.summaries.health.past.statements import ddl_without_values
from drs_mcp.summaries.health.past.when import newest_for_sure
from drs_mcp.tools.history import get_history
from tests.support.tool_calls import JOB, ask, embedded

pytestmark = pytest.mark.anyio


def simulator(**reads):
    reads = {name.replace("_", "-"): value for name, value in reads.items()}
    return Simulator(
        world=World([{"id": JOB, "job": {"base_info": {"name": "t"}}, "reads": reads}])
    )


async def history(kind, *, offset=0, full=False, max_chars=8000, drs=None, **reads):
    drs = drs or simulator(**reads)
    return await ask(
        get_history,
        **embedded(drs),
        job=JOB,
        kind=kind,
        offset=offset,
        full=full,
        max_chars=max_chars,
    )


def rows_of(answer):
    table = answer["entries"]
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


async def test_a_timeline_says_who_did_what_when_whatever_the_form_of_the_time():
    found = await history(
        "timeline",
        timelines=[
            {"name": "CREATE", "operation_time": "@-9d", "user_name": "terraform"},
            {"name": "PAUSE", "status": "success", "operation_time": "@ms:-1h", "user_name": "mei"},
            {"name": "FLAVOR_RESIZED", "operation_time": "@plain:-2h"},
        ],
    )
    assert found["headline"].startswith(
        "3 operations on the task: newest PAUSE at 2026-11-20T07:00"
    )
    assert "mei" not in found["headline"]
    assert [row["action"] for row in rows_of(found)] == ["PAUSE", "FLAVOR_RESIZED", "CREATE"]
    assert rows_of(found)[1]["at"].endswith("(zone unknown)")


async def test_a_time_without_a_zone_takes_its_place_in_every_history_and_is_marked():
    found = await history(
        "timeline",
        timelines=[
            {"name": "CREATE", "operation_time": "2026/11/12 10:00:00"},
            {"name": "RETRY", "operation_time": "20261119100000"},
            {"name": "START", "operation_time": "@-5d"},
        ],
    )
    assert [row["action"] for row in rows_of(found)] == ["RETRY", "START", "CREATE"]
    assert "newest RETRY at 2026-11-19 10:00:00 (zone unknown)" in found["headline"]
    ddl = [{"seqno": 7, "ddl_text": "DROP TABLE a", "ddl_timestamp": "2026-11-19 10:00:00"}]
    (row,) = rows_of(await history("ddl", ddl=ddl))
    assert row["at"] == "2026-11-19 10:00:00 (zone unknown)"
    rejected = await history("rejected_rows", dirty_data=[{**ROW, "error_time": "2026-11-19 9:00"}])
    assert "newest 2026-11-19 09:00:00 (zone unknown)" in rejected["headline"]


@pytest.mark.parametrize(
    ("others", "sure"),
    [
        ([], True),
        (["2026-11-16 00:00:00"], True),
        (["2026-11-18 23:00:00"], False),
        (["soon"], False),
        ([None], False),
    ],
)
def test_the_newest_rejected_row_is_sure_where_no_other_can_be_newer(others, sure):
    told = datetime(2026, 11, 18, 12, tzinfo=UTC)
    assert newest_for_sure([iso(told), *others]) == (told if sure else None)


async def test_ddl_that_needs_a_human_comes_first_without_the_data_in_it():
    found = await history(
        "ddl",
        ddl=[
            {"seqno": 1, "status": 0, "exe_result": True, "ddl_text": "DROP TABLE a"},
            {
                "seqno": 2,
                "status": 1,
                "exe_result": False,
                "ddl_timestamp": "@int:-1h",
                "ddl_text": "ALTER TABLE t ADD n DECIMAL(10, 2) DEFAULT 3 COMMENT 'of Mei'",
            },
            {"seqno": 3, "status": 0, "exe_result": "false", "ddl_text": "TRUNCATE TABLE b"},
        ],
    )
    assert found["counts"] == {"needs a human": 1, "not carried out": 1, "carried out": 1}
    first, second, _ = rows_of(found)
    assert first["statement"] == "ALTER TABLE t ADD n DECIMAL(10,2) DEFAULT ? COMMENT ?"
    assert second["number"] == 3


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("CREATE TABLE t (a VARCHAR(64))", "CREATE TABLE t (a VARCHAR(64))"),
        ("ALTER TABLE t ADD CHECK (x IN ('a', 7))", "ALTER TABLE t ADD CHECK (x IN (?, ?))"),
        ("ALTER USER u IDENTIFIED BY 'hunter2'", "ALTER USER u IDENTIFIED BY ?"),
    ],
)
def test_a_ddl_keeps_its_sizes_and_loses_its_values(written, shown):
    assert ddl_without_values(written) == shown


ROW = {"db_name": "shop", "table_name": "orders", "error_sql": "INSERT INTO t VALUES (7, 'Mei')"}


async def test_rejected_rows_are_counted_by_table_and_by_error_first():
    rows = [
        {"repeat": 20_000, "row": {**ROW, "error_msg": "Duplicate entry '7' for key 'PRIMARY'"}},
        {**ROW, "table_name": "items", "error_msg": "Data too long for column 'note' at row 3"},
    ]
    found = await history("rejected_rows", dirty_data=rows)
    assert found["total"] == 20_001
    assert found["headline"].startswith("20,001 rows could not be written to the destination")
    assert found["by_table"] == {"shop.orders": 1000}
    assert found["notes"][-1] == "Counts and order are of rows 1 to 1,000 of 20,001."
    assert "entries" not in found
    assert found["next"][-1]["args"]["full"] is True
    assert "Mei" not in json.dumps(found)


async def test_rejected_rows_are_told_one_by_one_where_that_is_asked_for_without_their_values():
    found = await history("rejected_rows", full=True, dirty_data=[{**ROW, "error_time": "@-1h"}])
    (row,) = rows_of(found)
    assert row["statement"] == "INSERT INTO t VALUES (***, ***)"
    assert row["at"] == "2026-11-20T07:00:00Z"


async def test_where_the_incremental_phase_has_none_those_of_the_full_phase_are_told():
    drs = simulator(dirty_data=[{**ROW, "task_mode": "FULL_TRANSFER"}])
    found = await history("rejected_rows", drs=drs)
    assert found["total"] == 1
    assert "full phase" in found["notes"][0]
    assert all(one.query["anonymize_mode"] == "true" for one in drs.requests)


async def test_parameters_say_what_was_changed_and_whether_it_is_in_force():
    found = await history(
        "parameters",
        configuration_histories=[
            {"name": "a", "old_value": "1", "new_value": "2", "is_applied": "true"},
            {"name": "b", "is_update_success": False, "update_time": "@int:-1h"},
            {"name": "db_password", "old_value": "planted", "new_value": "planted2"},
        ],
    )
    assert found["counts"] == {"applied": 1, "failed": 1, "unknown": 1}
    assert rows_of(found)[0]["parameter"] == "b"
    assert "planted" not in json.dumps(found)


async def test_the_calls_for_the_rest_bring_every_row_once():
    rows = [{"name": f"A{number}", "operation_time": f"@-{number}m"} for number in range(2_300)]
    drs, seen, offset = simulator(timelines=rows), [], 0
    while offset < len(rows):
        found = await history("timeline", offset=offset, max_chars=30_000, drs=drs)
        assert found["entries"]["total"] == 2_300
        seen += [row["action"] for row in rows_of(found)]
        offset += found["entries"]["shown"]
    assert sorted(seen) == sorted(row["name"] for row in rows)


async def test_nothing_is_told_as_nothing_and_what_cannot_be_read_as_an_error():
    assert (await history("ddl"))["headline"] == "0 DDL statements of the source."
    absent, forbidden = simulator(), simulator()
    absent.faults.not_offer(on="ddl")
    forbidden.faults.forbid(None, on="ddl")
    with pytest.raises(RequestRefused, match="offers no list of DDL for this region or engine"):
        await history("ddl", drs=absent)
    with pytest.raises(NotPermitted):
        await history("ddl", drs=forbidden)


@pytest.mark.parametrize("over", ["clamp", "refuse"])
async def test_however_small_its_pages_every_row_comes_once(over):
    rows = [{"name": f"A{number}", "operation_time": f"@-{number}m"} for number in range(35)]
    drs, seen, offset = simulator(timelines=rows), [], 0
    drs.limits = Limits(max_limit=10, over_limit=over)
    while offset < len(rows):
        found = await history("timeline", offset=offset, drs=drs)
        seen += [row["action"] for row in rows_of(found)]
        offset += found["entries"]["shown"]
    assert sorted(seen) == sorted(row["name"] for row in rows)
