"""What `get_table` says of one table, from everything that DRS tells of it."""

import pytest

from drs_mcp.errors import ArgumentError
from drs_mcp.simulator import Simulator, World
from drs_mcp.tools.comparisons import get_compare_detail, get_compare_diff
from drs_mcp.tools.one_table import get_table
from tests.support.diagnosed import task
from tests.support.tool_calls import ask, embedded

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
    for name in ("EMPLOYEE", "ERP_HR.EMPLOYEE", "ERP.erp_hr.EMPLOYEE", '"ERP_HR"."EMPLOYEE"'):
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
    assert found["missing"] == {"mapping": "HTTP 403"}
    assert found["rows"]["total"] == 1


@pytest.mark.parametrize("name", ["", "  "])
async def test_without_a_name_it_says_where_to_find_one(name):
    with pytest.raises(ArgumentError, match="get_compare_detail lists"):
        await asked(name)
