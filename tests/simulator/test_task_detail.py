"""`GET /v5/{project_id}/jobs/{job_id}` of the embedded DRS: the nine types."""

import json

import httpx2
import pytest

from drs_mcp.simulator import PROJECT_ID, TOKEN, Simulator

pytestmark = pytest.mark.anyio

PLAIN = ("detail", "progress", "log", "file", "is_writable")
PRECHECK = "aaf3c1d0-21b4-4e66-9a51-7c0d1e2f0001"
NETWORK = "669c9c19-99e3-4628-8c90-397136266701"
CLOUD = "7debc9c-8e09-4a5d-8dd6-cc44f45566"


@pytest.mark.parametrize("kind", PLAIN)
async def test_every_task_answers_each_type_that_needs_nothing_else(asking, ids, kind):
    async with asking(Simulator()) as drs:
        for job_id in ids.values():
            job = await drs.job(job_id, type=kind)
            assert job["id"] == job_id


async def test_an_unknown_task_is_told_as_the_reference_page_tells_it(asking):
    async with asking(Simulator()) as drs:
        response = await drs.show("c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r", type="detail")
    assert response.status_code == 400
    assert response.json() == {
        "error_code": "DRS.10000010",
        "error_msg": "Job does not exist, please check job ID.",
    }


async def test_an_id_with_other_characters_is_invalid(asking):
    async with asking(Simulator()) as drs:
        response = await drs.show("no_such!task", type="detail")
    assert response.json()["error_code"] == "DRS.M00202"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "DRS.M00201"),
        ({"type": "overview"}, "DRS.M00202"),
        ({"type": "precheck"}, "DRS.M00201"),
        ({"type": "network"}, "DRS.M00201"),
        ({"type": "cloud_connection"}, "DRS.M00201"),
        ({"type": "precheck", "query_id": "unknown"}, "DRS.M00202"),
        ({"type": "precheck", "query_id": NETWORK}, "DRS.M00202"),
        ({"type": "log", "limit": "x"}, "DRS.M00202"),
        ({"type": "compare"}, "DRS.M00201"),
        ({"type": "compare", "compare_type": "line_compare"}, "DRS.M00201"),
        ({"type": "compare", "compare_type": "rows", "query_type": "detail"}, "DRS.M00202"),
    ],
)
async def test_what_is_missing_or_wrong_is_refused(asking, ids, query, code):
    async with asking(Simulator()) as drs:
        response = await drs.show(ids["crm-mysql-precheck"], **query)
    assert (response.status_code, response.json()["error_code"]) == (400, code)


async def test_a_precheck_has_45_items_of_which_4_failed_and_3_alarm(asking, ids):
    async with asking(Simulator()) as drs:
        job = await drs.job(ids["crm-mysql-precheck"], type="precheck", query_id=PRECHECK)
    results = [item["result"] for item in job["precheck_result"]["precheck_results"]]
    assert {name: results.count(name) for name in results} == {
        "PASSED": 38,
        "FAILED": 4,
        "ALARM": 3,
    }


async def test_reasons_come_in_the_language_asked_for(asking, ids):
    query = {"type": "precheck", "query_id": PRECHECK}
    async with asking(Simulator()) as drs:
        english = (await drs.show(ids["crm-mysql-precheck"], **query)).text
        drs.http.headers["X-Language"] = "zh-cn"
        chinese = (await drs.show(ids["crm-mysql-precheck"], **query)).text
        log = (await drs.job(ids["erp-oracle-gauss"], type="log"))["logs"]
    assert "The binlog_row_image value" in english
    assert "存储空间不足" not in english
    assert "存储空间不足" in chinese
    assert "解析完成" in json.dumps(log, ensure_ascii=False)


async def test_success_and_status_of_a_network_test_can_disagree(asking, ids):
    async with asking(Simulator()) as drs:
        job = await drs.job(ids["crm-mysql-precheck"], type="network", query_id=NETWORK)
    rows = [(row["success"], row["status"].strip()) for row in job["network_results"]]
    assert rows == [(True, "success"), (True, "failed"), (False, "failed"), ("true", "success")]


async def test_a_cloud_connection_test_has_a_query_id_of_its_own(asking, ids):
    async with asking(Simulator()) as drs:
        job = await drs.job(ids["crm-mysql-precheck"], type="cloud_connection", query_id=CLOUD)
    assert len(job["network_results"]) == 2


async def test_types_lie_as_the_api_lets_them(asking, ids):
    async with asking(Simulator()) as drs:
        erp = (await drs.job(ids["erp-oracle-gauss"], type="progress"))["progress_info"]
        shop = (await drs.job(ids["shop-mysql-sync"], type="progress"))["progress_info"]
        full = (await drs.job(ids["warehouse-full-disk"], type="progress"))["progress_info"]
        days = (await drs.job(ids["shop-mysql-sync"], type="detail"))["base_info"]["expired_days"]
        draft = await drs.job(ids["new-task-draft"], type="is_writable")
    assert (erp["progress"], erp["incr_trans_delay_millis"], erp["remaining_time"]) == (
        "100",
        "",
        None,
    )
    assert (shop["progress"], shop["incr_trans_delay"], days) == (100, 2455, 14)
    assert (full["incr_trans_delay"], full["remaining_time"]) == ("-1", "NaN")
    assert "is_writable" not in draft


async def test_progress_carries_the_tasks_own_status_and_mode(asking, ids):
    async with asking(Simulator()) as drs:
        job = await drs.job(ids["orders-paused"], type="progress")
    assert job["progress_info"]["transfer_status"] == "PAUSING"
    assert job["progress_info"]["task_mode"] == "FULL_INCR_TRANS"


async def test_the_detail_lists_only_subtasks_without_an_eip(asking, ids):
    async with asking(Simulator()) as drs:
        parent = await drs.job(ids["hr-multi"], type="detail")
        child = await drs.job(ids["hr-multi-03"], type="detail")
    assert [row["name"] for row in parent["children"]] == ["hr-multi-02"]
    assert (child["master_job_id"], child["status"]) == (parent["id"], "INCRE_TRANSFER_FAILED")


async def test_planted_secrets_are_on_the_wire_for_clients_to_hide(asking, ids):
    async with asking(Simulator()) as drs:
        detail = (await drs.show(ids["crm-mysql-precheck"], type="detail")).text
        log = (await drs.show(ids["hostile-names"], type="log", limit="100")).text
    assert detail.count("PLANTED-") == 6
    for place in ("jdbc-password", "url-password", "identified-by"):
        assert f"PLANTED-{place}" in log


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
async def test_no_other_verb_is_known(asking, ids, method):
    async with asking(Simulator()) as drs:
        for path in (f"/v5/{PROJECT_ID}/jobs", f"/v5/{PROJECT_ID}/jobs/{ids['dup-task']}"):
            assert (await drs.http.request(method, path)).status_code == 405


async def test_an_unknown_path_is_an_error_of_the_gateway(asking):
    async with asking(Simulator()) as drs:
        response = await drs.get("/v3/nothing")
    assert response.status_code == 404
    body = response.json()
    assert body["error_code"] == "APIGW.0101"
    assert body["request_id"] == response.headers["X-Request-Id"]


async def test_every_answer_has_a_request_id_of_its_own(asking, ids):
    async with asking(Simulator()) as drs:
        seen = {
            (await drs.show(ids["dup-task"], type="detail")).headers["X-Request-Id"]
            for _ in range(5)
        }
    assert len(seen) == 5


async def test_requests_are_recorded_without_their_credentials(asking, ids):
    simulator = Simulator()
    async with asking(simulator) as drs:
        await drs.show(ids["dup-task"], type="log", offset="0", limit="5")
        await drs.jobs(job_type="sync")
    first, second = simulator.requests
    assert (first.method, first.path) == ("GET", f"/v5/{PROJECT_ID}/jobs/{ids['dup-task']}")
    assert first.query == {"type": "log", "offset": "0", "limit": "5"}
    assert (first.kind, second.kind) == ("log", "list")
    assert TOKEN not in repr(simulator.requests)


async def test_the_same_questions_get_the_same_bytes(asking, ids):
    async def everything():
        async with asking(Simulator()) as drs:
            bodies = []
            for job_id in ids.values():
                for kind in PLAIN:
                    response = await drs.show(job_id, type=kind, limit="1000")
                    bodies.append((response.content, response.headers["X-Request-Id"]))
            return bodies

    assert await everything() == await everything()


async def test_a_world_without_a_list_of_its_own_is_served_too(asking):
    simulator = Simulator(scenarios=["dup-task"])
    assert len(simulator.world.tasks) == 2
    async with asking(simulator) as drs:
        response = await drs.show(
            next(iter(simulator.world.tasks)),
            type="compare",
            compare_type="data_compare",
            query_type="list",
        )
    assert isinstance(response, httpx2.Response)
    assert response.json()["job"]["compare_result"] == {"data_compare_task_list": []}
