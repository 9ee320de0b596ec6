"""An error that DRS sends with HTTP 200 is told as one by every tool, and leaves no task ready."""

import json

import httpx2
import pytest

from drs_mcp.errors import ApiError, TaskNotFound
from drs_mcp.tools.checks import get_network_test
from drs_mcp.tools.comparisons import get_compare_overview, list_compare_tasks
from drs_mcp.tools.destination import get_writable_status
from drs_mcp.tools.history import get_history
from drs_mcp.tools.jobs import get_job_detail, get_progress
from drs_mcp.tools.logs import get_logs
from tests.support.ready_world import SINCE, Ready
from tests.support.tool_calls import JOB, ask

pytestmark = pytest.mark.anyio

BROKEN = {"error_code": "DRS.M00004", "error_msg": "Service is abnormal. Check logs."}
DELETED = {"error_code": "DRS.M05004", "error_msg": "The task has been deleted."}
LINE = {"level": "Info", "message": "ok", "create_time": SINCE}


@pytest.fixture
def anyio_backend():
    return "asyncio"  # what is read is the same on both


@pytest.mark.parametrize(
    ("page", "tool", "arguments"),
    [
        ("detail", get_job_detail, {}),
        ("progress", get_progress, {}),
        ("log", get_logs, {}),
        ("log", get_logs, {"view": "lines"}),
        ("is_writable", get_writable_status, {}),
        ("network", get_network_test, {"kind": "network", "query_id": "q1"}),
        ("data_compare:list", list_compare_tasks, {}),
        ("object_compare:overview", get_compare_overview, {"compare_type": "object_compare"}),
        ("line_compare:overview", get_compare_overview, {"compare_type": "line_compare"}),
    ],
)
async def test_an_error_within_the_job_is_told_with_its_code(page, tool, arguments):
    world = Ready()
    world.instead = {page: BROKEN}
    with pytest.raises(ApiError, match=r"HTTP 200, error code DRS\.M00004") as told:
        await world.ask(tool, **arguments)
    assert told.value.said == BROKEN["error_msg"]


async def test_a_task_that_is_gone_is_told_as_such_wherever_it_stands():
    world = Ready()
    world.instead = {"detail": DELETED}
    with pytest.raises(TaskNotFound, match="was deleted"):
        await world.ask(get_job_detail)


@pytest.mark.parametrize("body", [[DELETED], json.dumps(DELETED), {"job": json.dumps(DELETED)}])
async def test_an_error_in_another_wrapping_is_told_with_its_code(body):
    wire = httpx2.MockTransport(lambda _: httpx2.Response(200, json=body))
    with pytest.raises(TaskNotFound, match=r"DRS\.M05004"):
        await ask(get_job_detail, wire, job=JOB)


async def test_an_error_in_the_place_of_a_list_is_told_by_a_tool_of_that_list():
    world = Ready()
    world.paths = {"timelines": {"count": 1, "timelines": [BROKEN]}}
    with pytest.raises(ApiError, match=r"DRS\.M00004"):
        await world.ask(get_history, kind="timeline")


@pytest.mark.parametrize(
    ("page", "body", "part"),
    [
        ("log", BROKEN, "log"),
        ("log", {"logs": [], "total_count": 0} | BROKEN, "log"),
        ("log", {"logs": BROKEN}, "log"),
        ("progress", BROKEN, "progress"),
        ("detail", BROKEN, "detail"),
        ("is_writable", {"is_writable": "success"} | BROKEN, "read-only state"),
        ("data_compare:list", BROKEN, "comparisons"),
        ("object_compare:overview", BROKEN, "object comparison"),
        ("object_compare:overview", {"compare_result": BROKEN}, "object comparison"),
        ("object_compare:detail", BROKEN, "object lists"),
        ("line_compare:overview", BROKEN, "row comparison"),
        ("line_compare:detail", BROKEN, "row comparison"),
        ("content_compare:detail", {"compare_result": BROKEN}, "value comparison"),
    ],
)
async def test_a_page_that_holds_an_error_leaves_no_task_ready_and_its_code_is_told(
    page, body, part
):
    world = Ready()
    world.instead = {page: body}
    found = await world.check()
    assert found["verdict"] != "ready"
    assert "DRS.M00004" in found["unread"][part]


async def test_lines_beside_an_error_are_read_and_not_taken_for_the_whole_log():
    world = Ready()
    world.instead = {"log": {"logs": [LINE], "total_count": 1} | BROKEN}
    found = await world.check()
    assert found["verdict"] == "unknown"
    assert "DRS told an error beside the rows (DRS.M00004)" in found["unread"]["log"]
    told = await world.ask(get_logs)
    assert "DRS told an error beside the rows (DRS.M00004)" in told["read"]["why"]


@pytest.mark.parametrize("page", ["detail", "progress"])
async def test_a_code_beside_what_was_asked_for_speaks_against_the_phase(page):
    world = Ready()
    getattr(world, page).update(error_code="DRS.M00004")
    found = await world.check()
    assert found["verdict"] == "unknown"
    assert f"the {page} tells an error of its own" in str(found["criteria"])
    told = f"DRS tells an error with the {page} (DRS.M00004): diagnose_job says what it is."
    assert told in (await world.how_far())["notes"]
    assert (told in (await world.ask(get_job_detail)).get("notes", [])) is (page == "detail")


@pytest.mark.parametrize(
    ("below", "part"),
    [
        ("monitor-data", "monitoring"),
        ("timelines", "timeline"),
        ("ddl", "DDL"),
        ("dirty-data", "rejected rows"),
        ("health-compare-jobs", "scheduled comparisons"),
        ("compare-policy", "comparison policy"),
    ],
)
@pytest.mark.parametrize(
    "body", [BROKEN, {"job": BROKEN}, {"count": 1, "ddl_list": BROKEN, "timelines": BROKEN}]
)
async def test_what_may_speak_against_a_cut_over_and_could_not_be_read_leaves_none_ready(
    below, part, body
):
    world = Ready()
    world.paths = {below: body}
    found = await world.check()
    assert found["verdict"] == "unknown"
    assert part in found["unread"]
    assert part in found["headline"]
