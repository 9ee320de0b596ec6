"""What `get_table` says of one table, from everything that DRS tells of it."""

import httpx2
import pytest

from drs_mcp.errors import ArgumentError
from drs_mcp.simulator import Simulator, World
from drs_mcp.tools.comparisons import get_compare_detail, get_compare_diff
from drs_mcp.tools.one_table import get_table
from tests.support.compared import row, rows_of, value_row, values_of
from tests.support.compared import task as compare_task
from tests.support.diagnosed import task
from tests.support.tool_calls import JOB, ask, embedded
from tests.worlds.drs import World as Nothing

pytestmark = pytest.mark.anyio


async def asked(name, *, job="billing-recon", drs=None):
    return await ask(get_table, **embedded(drs or Simulator()), job=job, table=name)


async def test_each_part_is_what_the_comparison_tools_say_of_the_table():
    found = await asked("ledger.entry")
    for part, compare_type in (("rows", "line_compare"), ("values", "content_compare")):
        detail = await ask(
            get_compare_detail,
            **embedded(Simulator()),
            job="billing-recon",
            compare_type=compare_type,
            table="ledger.entry",
        )
        assert found[part] == detail["tables"]
        assert detail["headline"].partition("': ")[2] in found["headline"]
        assert found["compared"][part] == detail["ended"]
    keys = await ask(
        get_compare_diff, **embedded(Simulator()), job="billing-recon", table="ledger.entry"
    )
    assert found["keys"] == keys["ranges"]
    assert found["objects"]["rows"] == [["TABLE", "ledger.entry", "equal"]]
    assert found["log"]["total"] == 45


async def test_the_name_at_the_destination_is_told_whatever_stands_before_the_table():
    quoted = ('"ERP_HR"."EMPLOYEE"', "[ERP_HR].[EMPLOYEE]")
    for name in ("EMPLOYEE", "ERP_HR.EMPLOYEE", "ERP.erp_hr.EMPLOYEE", *quoted):
        found = await asked(name, job="erp-oracle-gauss")
        assert found["mapping"] == ["ERP.ERP_HR.EMPLOYEE → erp.hr_t.employee"], name


async def test_the_progress_of_exactly_that_table_is_told():
    rows = [
        {"src_db": "shop", "src_tb": name, "progress": pct}
        for name, pct in (("orders", "41"), ("orders_archive", 7), ("items", 100))
    ]
    subject = task("objects-failed-twin", "findings/objects-failed")
    subject = {**subject, "reads": {"progress-data": {"table": rows}}}
    drs = Simulator(world=World([subject]))
    found = await asked("shop.orders", job=subject["id"], drs=drs)
    assert found["progress_pct"] == 41
    assert "was not compared" in found["headline"]
    assert found["missing"]["row comparison"] == "none has finished"


async def told_of(world):
    wire = httpx2.MockTransport(world.answer)
    return await ask(get_table, wire, job=JOB, table="t")


@pytest.mark.parametrize("status", ["RUNNING", "FAILED", "CANCELLED"])
async def test_a_newer_comparison_that_has_not_finished_is_told_once(status):
    tasks = [compare_task(), compare_task(number=2, status=status)]
    found = await told_of(rows_of({"shop": [row("t", 4, 4)]}, tasks=tasks))
    newer = [note for note in found["notes"] if "A newer comparison of this type is" in note]
    assert len(newer) == 1
    assert newer[0].startswith("row comparison: ")


async def test_an_older_comparison_that_failed_is_not_told():
    tasks = [compare_task(number=2), compare_task(number=1, status="FAILED")]
    found = await told_of(rows_of({"shop": [row("t", 4, 4)]}, tasks=tasks))
    assert not any("newer" in note for note in found.get("notes", ()))


async def test_what_agrees_under_a_row_filter_is_said_to():
    some = value_row("t", 4, 4, compare_line_config_filter="id > 100")
    found = await told_of(values_of([some, value_row("u", 4, 4)]))
    assert "Values: agree, in its filtered rows only; 4 rows" in found["headline"]
    whole = await told_of(values_of([value_row("t", 4, 4)]))
    assert "filter" not in whole["headline"]


async def test_where_nothing_was_compared_that_is_said_of_any_table():
    found = await told_of(Nothing())
    assert found["headline"] == "Table 't': it was not compared: no comparison has finished."
    assert found["missing"]["row comparison"] == "none has finished"
    assert found["missing"]["object comparison"] == "it is empty"


ERROR = (
    "service DATAMOVE failed, cause by: apply event=[type=table_data, schema_name=wms, object_name=move, record_num=800]"
    " occur error, msg=Lock wait timeout exceeded"
)


async def with_log(*lines, table, world=None):
    """The answer where the log has these lines of level and text, a minute apart, oldest first."""
    rows = [
        {
            "level": level,
            "message": text,
            "create_time": f"2026-11-20T{8 + n // 60:02}:{n % 60:02}:00Z",
        }
        for n, (level, text) in enumerate(lines)
    ]

    def answer(request):
        if request.url.params.get("type") == "log":
            return httpx2.Response(
                200, json={"job": {"total_count": len(rows), "logs": rows[::-1]}}
            )
        return (world or Nothing()).answer(request)

    return await ask(get_table, httpx2.MockTransport(answer), job=JOB, table=table)


async def test_an_error_of_the_table_is_shown_though_its_name_is_written_otherwise_and_harmless_lines_follow():
    applied = [("Info", f"Applied {n} rows to wms.move.") for n in range(1, 40)]
    found = await with_log(
        ("Error", ERROR), *applied, ("Error", "write table wms.moved failed"), table="wms.move"
    )
    shown = found["log"]["rows"]
    assert len(shown) == 10
    assert shown[-1][:2] == ["2026-11-20T08:00:00Z", "error"]
    assert found["log"]["total"] == 40
    assert found["headline"].endswith(
        "it was not compared: no comparison has finished. Errors name it in its log, last 2026-11-20T08:00:00Z."
    )
    assert [call["args"]["contains"] for call in found["next"]] == ['"move"']


async def test_harmless_lines_alone_are_told_and_no_errors():
    found = await with_log(
        ("Error", "write table crm.move failed"),
        ("Info", "Applied 3 rows to wms.move."),
        table="wms.move",
    )
    assert [row[1] for row in found["log"]["rows"]] == ["info"]
    assert "Errors" not in found["headline"]


@pytest.mark.parametrize(
    ("message", "told"),
    [("write table shop.t failed: X", True), ("write table crm.t failed: X", False)],
)
async def test_errors_after_its_comparison_are_told_with_what_it_said(message, told):
    world = rows_of({"shop": [row("t", 4, 4)]}, tasks=[compare_task()])
    quiet = [("Info", "Heartbeat of the source answered in 9 ms.")] * 900
    found = await with_log(*quiet, ("Error", message), table="shop.t", world=world)
    assert (
        "Errors name it since that comparison, last 2026-11-20T23:00:00Z." in found["headline"]
    ) is told


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([("Info", "shop.t: 9 rows were rejected and skipped")], "says that rows were lost"),
        ([("Info", "shop.t 有 9 行因主键为空未同步")], "says that rows were lost"),
        (
            [("Warn", "generated column total of shop.t is not written")],
            "may tell of something that did not come",
        ),
        (
            [
                ("Info", "shop.t: 9 rows were rejected and skipped"),
                ("Info", "shop.t: all 9 rejected rows were written by a retry"),
            ],
            "",
        ),
        ([("Info", "Applied 9 rows to shop.t."), ("Warn", "shop.t is slow: 9 s")], ""),
    ],
)
async def test_losses_after_its_comparison_are_told_with_what_it_said(lines, told):
    world = rows_of({"shop": [row("t", 4, 4)]}, tasks=[compare_task()])
    quiet = [("Info", "Heartbeat of the source answered in 9 ms.")] * 900
    found = await with_log(*quiet, *lines, table="shop.t", world=world)
    assert told in found["headline"]
    assert ("since that comparison" in found["headline"]) is bool(told)


async def test_a_table_that_nothing_knows_is_an_error_that_tells_the_nearest():
    with pytest.raises(ArgumentError, match="no table named 'ledgre'"):
        await asked("ledgre")


async def test_a_pattern_is_told_as_the_comparison_tools_tell_it():
    found = await asked("statement_*")
    assert found["rows"]["total"] == 2
    assert "896 tables" in found["headline"]


async def test_a_part_that_fails_or_is_not_offered_leaves_the_others():
    drs = Simulator()
    drs.faults.forbid(None, on="object-mappings")
    drs.faults.not_offer(on="progress-data")
    found = await asked("ledger.entry", drs=drs)
    assert found["missing"] == {"mapping": "HTTP 403, APIGW.0302"}
    assert found["rows"]["total"] == 1


@pytest.mark.parametrize("name", ["", "  "])
async def test_without_a_name_it_says_where_to_find_one(name):
    with pytest.raises(ArgumentError, match="get_compare_detail lists"):
        await asked(name)
