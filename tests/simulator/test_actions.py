"""What may be done to a task of the embedded DRS, and what it answers and changes."""

import json

import pytest

from drs_mcp.simulator import PROJECT_ID, Simulator
from drs_mcp.simulator.actions import COMPARISON_S, DIAGNOSIS_S, PRECHECK_S, STARTING_S

pytestmark = pytest.mark.anyio

CRM = "c4a1d2e3-0f1e-4d2c-8b3a-4c5d6e7jb101"
ERP = "e1f0a6b2-3c4d-4e5f-8a90-1b2c3d4jb20r"
PAUSED = "0d128b93-4f50-4e61-8c7d-8091a23jb101"


@pytest.fixture
def simulator(clock):
    return Simulator(now=clock.utc_now)


def path(job_id, part="action"):
    return f"/v5/{PROJECT_ID}/jobs/{job_id}/{part}"


async def act(drs, job_id, name, **params):
    body = {"job": {"action_name": name, **({"action_params": params} if params else {})}}
    return await drs.http.post(path(job_id), content=json.dumps(body))


async def available(drs, job_id):
    return (await drs.get(path(job_id, "actions"))).json()["job_action"]


async def test_what_may_be_done_follows_from_the_status(asking, simulator):
    async with asking(simulator) as drs:
        found = await available(drs, CRM)
    assert "PRE_CHECK" in found["available_actions"]
    assert "PAUSE" in found["unavailable_actions"]
    assert found["current_action"] == ""


async def test_a_pre_check_runs_and_ends_and_is_the_newest_one_then(asking, simulator, clock):
    async with asking(simulator) as drs:
        answer = await act(drs, CRM, "precheck", precheck_mode="forStartJob")
        query_id = answer.json()["query_id"]
        assert answer.status_code == 202
        assert (await available(drs, CRM))["current_action"] == "PRE_CHECK"
        running = await drs.job(CRM, type="precheck", query_id=query_id)
        clock.forward(PRECHECK_S)
        ended = await drs.job(CRM, type="precheck", query_id=query_id)
        last = await drs.http.post(
            f"/v3/{PROJECT_ID}/jobs/batch-precheck-result", json={"jobs": [CRM]}
        )
        assert (await available(drs, CRM))["current_action"] == ""
    assert running["precheck_result"]["process"] == "40%"
    assert ended["precheck_result"]["process"] == "100%"
    assert last.json()["results"][0]["precheck_id"] == query_id
    assert last.json()["results"][0]["precheck_result"]


async def test_a_diagnosis_runs_and_ends(asking, simulator, clock):
    async with asking(simulator) as drs:
        query_id = (await act(drs, ERP, "diagnosis")).json()["query_id"]
        running = await drs.job(ERP, type="diagnosis", query_id=query_id)
        clock.forward(DIAGNOSIS_S)
        ended = await drs.job(ERP, type="diagnosis", query_id=query_id)
    assert running["diagnoses"][0]["status"] == "RUNNING"
    assert ended["diagnoses"][0]["status"] == "SUCCESS"


async def test_a_comparison_is_listed_runs_alone_and_can_be_canceled(asking, simulator, clock):
    async with asking(simulator) as drs:
        answer = await act(drs, ERP, "create_compare", compare_task_param={"type": "lines"})
        assert (answer.status_code, answer.json()["status"]) == (200, "success")
        second = await act(drs, ERP, "create_compare", compare_task_param={"type": "contents"})
        assert second.json()["error_code"] == "DRS.10000024"
        (first, *_) = (await drs.compared(ERP, "data_compare", "list"))["data_compare_task_list"]
        assert first["status"] == "RUNNING"
        canceled = {"compare_task_id": first["id"]}
        await act(drs, ERP, "cancel_compare", compare_task_param=canceled)
        (first, *_) = (await drs.compared(ERP, "data_compare", "list"))["data_compare_task_list"]
        assert first["status"] == "CANCELLED"
        await act(drs, ERP, "create_compare", compare_task_param={"type": "lines"})
        clock.forward(COMPARISON_S)
        (last, *_) = (await drs.compared(ERP, "data_compare", "list"))["data_compare_task_list"]
    assert last["status"] == "SUCCESSFUL"


async def test_a_task_is_paused_and_resumed(asking, simulator):
    async with asking(simulator) as drs:
        for job_id, name, params, status in [
            (ERP, "stop", {"pause_mode": "target"}, "PAUSING"),
            (PAUSED, "restart", {"is_sync_re_edit": False}, "INCRE_TRANSFER_STARTED"),
        ]:
            answer = await act(drs, job_id, name, **params)
            assert answer.json() == {
                "id": job_id,
                "name": answer.json()["name"],
                "status": "success",
            }
            assert (await drs.job(job_id, type="detail"))["status"] == status
            progress = await drs.job(job_id, type="progress")
            assert progress["progress_info"]["transfer_status"] == status


async def test_a_start_takes_a_while(asking, simulator, clock):
    task = simulator.world.tasks[CRM]
    simulator.world.tasks[CRM] = {**task, "job": {**task["job"], "status": "WAITING_FOR_START"}}
    async with asking(simulator) as drs:
        await act(drs, CRM, "start", is_auto_create_compare=False)
        assert (await drs.job(CRM, type="detail"))["status"] == "STARTJOBING"
        clock.forward(STARTING_S)
        assert (await drs.job(CRM, type="detail"))["status"] == "FULL_TRANSFER_STARTED"


@pytest.mark.parametrize(
    ("job_id", "name", "params", "code"),
    [
        (CRM, "stop", {"pause_mode": "target"}, "DRS.M00304"),
        (ERP, "stop", {}, "DRS.M00202"),
        (ERP, "start", {}, "DRS.M00304"),
        (CRM, "precheck", {"precheck_mode": "x"}, "DRS.M00202"),
        (ERP, "create_compare", {}, "DRS.M00201"),
        (ERP, "create_compare", {"compare_task_param": {"type": "x"}}, "DRS.M00202"),
        (ERP, "cancel_compare", {"compare_task_param": {"compare_task_id": "x"}}, "DRS.M00202"),
        (ERP, "terminate", {}, "DRS.M00202"),
        (ERP, "reset", {}, "DRS.M00202"),
        (ERP, "set_writable", {}, "DRS.M00202"),
        ("no-such-task", "stop", {"pause_mode": "target"}, "DRS.10000010"),
    ],
)
async def test_what_is_not_allowed_is_refused_and_changes_nothing(
    asking, simulator, job_id, name, params, code
):
    before = dict(simulator.world.tasks)
    async with asking(simulator) as drs:
        answer = await act(drs, job_id, name, **params)
    assert (answer.status_code, answer.json()["error_code"]) == (400, code)
    assert simulator.world.tasks == before


async def test_nothing_can_be_done_while_something_is(asking, simulator):
    async with asking(simulator) as drs:
        await act(drs, CRM, "precheck", precheck_mode="forStartJob")
        again = await act(drs, CRM, "precheck", precheck_mode="forStartJob")
    assert again.json()["error_code"] == "DRS.M01504"


async def test_nobody_acts_without_credentials(asking, simulator):
    async with asking(simulator, headers={}) as drs:
        assert (await act(drs, ERP, "stop", pause_mode="target")).status_code == 401
