"""What else the embedded DRS tells of a task, with the quirks of the API."""

import json

import httpx2
import pytest

from drs_mcp.simulator import PROJECT_ID, Simulator, World

pytestmark = pytest.mark.anyio

JOB = "7a31c0de-11f2-4e0b-9d52-c0ffee77jb1a"


def simulator(**reads):
    reads = {name.replace("_", "-"): value for name, value in reads.items()}
    job = {"base_info": {"name": "t", "engine_type": "mysql-to-mysql"}}
    return Simulator(world=World([{"id": JOB, "job": job, "reads": reads}]))


def part(name):
    return f"/v5/{PROJECT_ID}/jobs/{JOB}/{name}"


async def posted(drs, path, body):
    content = json.dumps(body)
    return await drs.http.post(path, content=content, headers={"X-Language": "en-us"})


BATCH = f"/v3/{PROJECT_ID}/jobs/batch-precheck-result"


async def test_a_batch_answers_http_200_with_an_error_for_each_task(asking):
    async with asking(simulator(batch_precheck_result={"process": "40%"})) as drs:
        found = await posted(drs, BATCH, {"jobs": [JOB, "another"]})
    assert found.status_code == 200
    done, unknown = found.json()["results"]
    assert done == {"job_id": JOB, "process": "40%"}
    assert unknown["error_code"] == "DRS.M00289"


async def test_a_task_without_a_pre_check_is_not_counted(asking):
    async with asking(simulator()) as drs:
        found = await posted(drs, BATCH, {"jobs": [JOB]})
    assert found.json() == {"results": [], "count": 0}


@pytest.mark.parametrize("body", [{}, {"jobs": []}, {"jobs": ["x"] * 11}, {"jobs": JOB}])
async def test_a_batch_is_of_one_to_ten_tasks(asking, body):
    async with asking(simulator()) as drs:
        assert (await posted(drs, BATCH, body)).status_code == 400


async def test_rows_come_in_pages_of_ten_unless_more_are_asked_for(asking):
    rows = [{"repeat": 25, "row": {"name": "RETRY"}}]
    async with asking(simulator(timelines=rows), headers=None) as drs:
        drs.http.headers["X-Language"] = "en-us"
        first = (await drs.get(part("timelines"))).json()
        last = (await drs.get(part("timelines"), offset=20, limit=1000)).json()
    assert (first["count"], len(first["timelines"]), len(last["timelines"])) == (25, 10, 5)


async def test_a_timeline_wants_a_language(asking):
    async with asking(simulator()) as drs:
        assert (await drs.get(part("timelines"))).status_code == 400


async def test_rejected_rows_are_anonymized_only_where_that_is_asked_for(asking):
    rows = [{"table_name": "t", "error_sql": "INSERT INTO t VALUES (7, 'Mei')"}]
    async with asking(simulator(dirty_data=rows)) as drs:
        plain = (await drs.get(part("dirty-data"))).json()
        hidden = (await drs.get(part("dirty-data"), anonymize_mode="true")).json()
    assert "Mei" in plain["dirty_data_list"][0]["error_sql"]
    assert hidden["dirty_data_list"][0]["error_sql"] == "INSERT INTO t VALUES (***, ***)"


async def test_times_come_in_four_forms(asking):
    rows = [{"a": "@-1h", "b": "@ms:-1h", "c": "@int:-1h", "d": "@plain:-1h"}]
    async with asking(simulator(ddl=rows)) as drs:
        (row,) = (await drs.get(part("ddl"))).json()["ddl_list"]
    assert row["a"].endswith("Z")
    assert (type(row["b"]), type(row["c"])) == (str, int)
    assert row["d"][10] == " "
    assert "Z" not in row["d"]


async def test_where_there_is_nothing_lists_are_empty_and_objects_hold_nulls(asking):
    async with asking(simulator()) as drs:
        assert (await drs.get(part("ddl"))).json() == {"count": 0, "ddl_list": []}
        assert (await drs.get(part("monitor-data"))).json()["is_src_normal"] is None


async def test_what_an_engine_does_not_have_is_refused_with_a_code(asking):
    async with asking(simulator()) as drs:
        found = await drs.get(part("increment-components-detail"))
    assert (found.status_code, found.json()["error_code"]) == (400, "DRS.M00300")


async def test_what_a_region_does_not_have_is_unknown_to_its_gateway(asking):
    drs_without = simulator(monitor_data={"src_delay": 1})
    drs_without.faults.not_offer(on="monitor-data")
    async with asking(drs_without) as drs:
        found = await drs.get(part("monitor-data"))
    assert (found.status_code, found.json()["error_code"]) == (404, "APIGW.0101")


async def test_a_scenario_may_refuse_any_part(asking):
    refusal = {"refuse": [403, "APIGW.0302", "no"]}
    async with asking(simulator(dirty_data=refusal)) as drs:
        assert (await drs.get(part("dirty-data"))).status_code == 403


async def test_objects_are_narrowed_by_name(asking):
    rows = [{"src_db": "a", "src_tb": name, "progress": 5} for name in ("orders", "items")]
    async with asking(simulator(progress_data={"table": rows})) as drs:
        found = (await drs.get(part("progress-data/table"), search_name="ORD")).json()
    assert (found["count"], found["flow_compare_data"][0]["src_tb"]) == (1, "orders")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", part("action")),
        ("POST", part("actions")),
        ("POST", part("monitor-data")),
        ("DELETE", part("x")),
    ],
)
async def test_nothing_else_is_served(asking, method, path):
    async with asking(simulator()) as drs:
        found = await drs.http.request(method, path)
    assert found.status_code in (404, 405)
    assert found.json()["error_code"] == "APIGW.0101"


async def test_each_request_is_recorded_with_its_body_and_what_it_is_for():
    drs = simulator()
    wire = httpx2.ASGITransport(app=drs.app)
    async with httpx2.AsyncClient(transport=wire, base_url="http://drs.test") as http:
        await http.post(BATCH, content=b"{}")
        await http.get(part("compare-progress/x"))
    assert [one.kind for one in drs.requests] == ["batch-precheck-result", "compare-progress"]
    assert drs.requests[0].body == b"{}"
