"""What `get_precheck` says of a task without any ID but the task's."""

import httpx2
import pytest

from drs_mcp.errors import DrsError, NotPermitted, RequestRefused, TaskNotFound
from drs_mcp.simulator import Simulator, World
from drs_mcp.tools.checks import get_precheck
from tests.support.tool_calls import JOB, SETTINGS, ask, embedded

pytestmark = pytest.mark.anyio


def task(precheck=None):
    reads = {} if precheck is None else {"batch-precheck-result": precheck}
    return {"id": JOB, "job": {"base_info": {"name": "crm"}}, "reads": reads}


async def asked(precheck=None, fault=None):
    simulator = Simulator(world=World([task(precheck)]))
    if fault:
        fault(simulator.faults)
    return await ask(get_precheck, **embedded(simulator), job=JOB)


async def over(status, body):
    def answer(request):
        assert (request.method, request.url.path.rpartition("/")[2]) == (
            "POST",
            "batch-precheck-result",
        )
        return httpx2.Response(status, json=body)

    return await ask(get_precheck, httpx2.MockTransport(answer), settings=SETTINGS, job=JOB)


async def test_a_task_without_a_pre_check_is_told_to_have_had_none():
    found = await asked()
    assert "has had no pre-check yet" in found["headline"]
    assert "passed" not in found


async def test_a_running_pre_check_says_how_far_it_is_and_vouches_for_nothing():
    items = [{"item": "a", "result": "PASSED"}, {"item": "b", "result": ""}]
    found = await asked({"process": "40%", "result": False, "precheck_result": items})
    assert found["progress_pct"] == 40
    assert "still running (40%)" in found["headline"]
    assert "passed" not in found


async def test_a_pre_check_that_has_just_begun_has_no_items():
    found = await asked({"process": "5%", "precheck_result": None})
    assert "no items yet (5%)" in found["headline"]


async def test_a_passed_pre_check_is_told_with_what_it_cannot_vouch_for():
    items = [{"item": name, "result": "PASSED"} for name in "abc"]
    found = await asked(
        {"process": "100%", "result": True, "total_passed_rate": "100%", "precheck_result": items}
    )
    assert found["passed"] is True
    assert found["headline"].startswith("3 of 3 pre-check items pass.")
    assert "no date" in found["notes"][-1]


async def test_a_whole_that_did_not_pass_though_its_items_did_is_told():
    items = [{"item": "a", "result": "PASSED"}]
    found = await asked({"process": "100%", "result": "false", "precheck_result": items})
    assert "did not pass" in found["headline"]
    assert found["passed"] is False


async def test_what_must_be_fixed_comes_in_one_call_by_a_part_of_the_name():
    found = await ask(get_precheck, **embedded(Simulator()), job="crm")
    assert found["headline"].startswith("4 of 45 pre-check items failed")
    assert found["items"]["total"] == 7
    assert "binlog" in str(found["items"]["rows"])


@pytest.mark.parametrize("body", [{"count": 0}, {"count": "0", "results": None}, {"results": []}])
async def test_a_count_of_0_without_a_code_is_no_pre_check(body):
    assert "has had no pre-check" in (await over(200, body))["headline"]


async def test_an_error_of_the_task_within_http_200_is_told_as_one():
    element = {"error_code": "DRS.M00304", "error_msg": "cannot be called in this status"}
    with pytest.raises(RequestRefused, match='DRS said: "cannot be called'):
        await over(200, {"count": 1, "results": [element]})
    with pytest.raises(TaskNotFound):
        await over(200, {"results": [{"error_code": "DRS.M00289", "error_msg": "no job"}]})


async def test_a_region_without_it_says_what_to_do_instead():
    with pytest.raises(RequestRefused, match="does not offer the last pre-check"):
        await asked(fault=lambda faults: faults.not_offer(on="batch-precheck-result"))


async def test_what_may_not_be_read_is_an_error_and_no_missing_pre_check():
    with pytest.raises(NotPermitted):
        await asked(fault=lambda faults: faults.forbid(None, on="batch-precheck-result"))


@pytest.mark.parametrize("body", [{"x": 1}, {"count": 1}, {"count": 1, "results": []}, [1]])
async def test_nonsense_is_never_told_as_no_pre_check(body):
    with pytest.raises(DrsError):
        await over(200, body)
