"""What the newest pre-check says of a task in configuration, and where its diagnosis leads."""

import pytest

from drs_mcp.simulator import Simulator, World
from drs_mcp.summaries.checks.precheck_facts import precheck_facts
from drs_mcp.tools.diagnosis import diagnose_job
from tests.support.cutover_worlds import Task, ready_sync
from tests.support.tool_calls import ask, embedded


def checked(*results: str, process: str = "100%", passed: bool | None = None, **more):
    items = [{"item": f"item{at}", "result": result} for at, result in enumerate(results)]
    whole = passed if passed is not None else "FAILED" not in results
    return {"result": whole, "process": process, "precheck_results": items, **more}


def says(*results, **more) -> str:
    return precheck_facts(checked(*results, **more)).says


def test_what_failed_is_counted_and_named():
    told = says("PASSED", "FAILED", "FAILED", "ALARM")
    assert "did not pass: 2 of 4 items failed (item1, item2), 1 needs confirmation (item3)" in told


def test_many_that_failed_are_named_in_part():
    assert "5 of 5 items failed (item0, item1, item2 and 2 more)" in says(*["FAILED"] * 5)


def test_one_that_passed_leaves_the_start():
    assert says("PASSED", "PASSED") == "its newest pre-check passed; the start remains"
    assert "passed, but 1 of 2 items needs confirmation (item1)" in says("PASSED", "ALARM")


def test_one_that_runs_is_not_over():
    assert says("PASSED", "", process="40%") == "its pre-check is running"
    assert "1 of 2 items failed" in says("FAILED", "", process="40%")
    assert precheck_facts(checked("PASSED", "")).running


def test_what_is_skipped_does_not_count():
    row = checked("FAILED", "PASSED", passed=True)
    row["precheck_results"][0]["is_skipped"] = True
    assert precheck_facts(row).failed == []
    assert "passed" in precheck_facts(row).says


def test_the_word_for_the_whole_counts_beside_its_items():
    assert "did not pass: DRS tells no item that failed" in says("PASSED", passed=False)


def test_without_any_there_is_none():
    assert precheck_facts(None).says == "no pre-check of it has been made"
    assert "Run the pre-check" in precheck_facts(None).todo


def test_causes_are_those_documented_for_the_items():
    row = checked("FAILED")
    row["precheck_results"][0]["item"] = "dstDbDiskSize"
    assert "too little free storage" in precheck_facts(row).causes("mysql-to-mysql")
    assert precheck_facts(checked("FAILED")).causes("mysql-to-mysql") == ""


def in_configuration(last: Task | None) -> Task:
    task = ready_sync()
    task["job"]["status"] = "CONFIGURATION"
    task.pop("progress", None)
    task["log"] = []
    if last is not None:
        items = {("precheck_result" if name == "precheck_results" else name): value
                 for name, value in last.items()}  # fmt: skip
        task["reads"] = {"batch-precheck-result": {"job_id": task["id"], **items}}
    return task


async def diagnosis(task: Task):
    simulator = Simulator(world=World([task]))
    return await ask(diagnose_job, **embedded(simulator), job=task["id"])


@pytest.mark.anyio
async def test_a_diagnosis_tells_what_failed_and_leads_to_it():
    answer = await diagnosis(in_configuration(checked("PASSED", "FAILED")))
    assert "1 of 2 items failed (item1)" in answer["headline"]
    assert [call["tool"] for call in answer["next"]] == ["get_precheck"]


@pytest.mark.anyio
async def test_a_diagnosis_of_one_that_passed_says_that_the_start_remains():
    answer = await diagnosis(in_configuration(checked("PASSED", "PASSED")))
    assert "passed; the start remains" in answer["headline"]
    assert "next" not in answer


@pytest.mark.anyio
async def test_without_the_read_nothing_is_claimed_of_it():
    task = in_configuration(None)
    answer = await diagnosis(task)
    assert "passed" not in answer["headline"]
    assert "did not pass" not in answer["headline"]


@pytest.mark.anyio
async def test_a_running_task_is_not_judged_by_its_old_pre_check():
    task = in_configuration(checked("FAILED"))
    task["job"]["status"] = "FULL_TRANSFER_STARTED"
    assert "pre-check" not in (await diagnosis(task))["headline"]
