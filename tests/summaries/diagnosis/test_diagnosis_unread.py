"""A diagnosis of which some part cannot be read: the rest is told, and the part is named."""

import anyio
import httpx2
import pytest

from drs_mcp.embedded import embedded_settings
from drs_mcp.errors import NotAuthenticated, ServiceFault, TaskNotFound
from drs_mcp.serving.budget import compact
from drs_mcp.serving.result import RenderOptions, receipt, result
from drs_mcp.simulator import Faults, Simulator, World
from drs_mcp.tools.diagnosis import diagnose_job
from tests.conftest import DrivenClock
from tests.support.diagnosed import task
from tests.support.tokens import tokens
from tests.support.tool_calls import JOB, ask, connections, embedded

pytestmark = pytest.mark.anyio

HEALTHY = task("erp-oracle-gauss", "erp-oracle-gauss")
SUBTASK = {**task("subtask-failed-02", "findings/subtask-failed"), "parent": HEALTHY["id"]}


def compared(kind, what):
    return {"type": "compare", "compare_type": kind, "query_type": what}


# part -> the queries that read it
PARTS = {
    "detail": {"type": "detail"},
    "progress": {"type": "progress"},
    "log": {"type": "log"},
    "object comparison": compared("object_compare", "overview"),
    "comparisons": compared("data_compare", "list"),
    "row comparison": compared("line_compare", "overview"),
    "value comparison": compared("content_compare", "overview"),
    "subtasks": {"job_type": "sync"},
    "logs of subtasks": {"type": "log"},
}
OF_A_SUBTASK = {"logs of subtasks"}
WAITING = {"detail": {"subtasks"}}
"""Parts that can be asked for only when another one has come: both are late."""


class FailingTransport(httpx2.AsyncBaseTransport):
    """A wire on which one part of a diagnosis fails, or is too slow for the deadline."""

    def __init__(self, part, clock, *, slow, tasks):
        self._wire = httpx2.ASGITransport(app=Simulator(world=World(tasks)).app)
        self._part, self._clock, self._slow = part, clock, slow

    async def handle_async_request(self, request):
        if not self._hits(request):
            return await self._wire.handle_async_request(request)
        if self._slow:
            await anyio.wait_all_tasks_blocked()  # what answers at once has answered by then
            self._clock.forward(10)
            raise httpx2.ReadTimeout("no answer", request=request)
        return httpx2.Response(500, json={"error_code": "DRS.M00004", "error_msg": "abnormal"})

    def _hits(self, request):
        params = dict(request.url.params)
        subtask = request.url.path.endswith(SUBTASK["id"])
        return (
            subtask == (self._part in OF_A_SUBTASK) and PARTS[self._part].items() <= params.items()
        )


async def diagnosed(part, *tasks, slow=False):
    clock = DrivenClock()
    wire = FailingTransport(part, clock, slow=slow, tasks=tasks)
    async with connections(wire, embedded_settings(), clock) as opened:
        drs = await opened.open()
        answer = await diagnose_job(drs, tasks[0]["id"])
        found = result(answer, receipt(drs, clock), RenderOptions()).structured_content
    assert tokens(compact(found)) <= 900
    return found


def codes(answer):
    return [row[0] for row in answer.get("findings", {"rows": []})["rows"]]


WAITING_TOO = {"detail": {"DDL", "monitoring", "rejected rows", "timeline"}}
"""Part -> what is only worth knowing, and chosen by it; no headline names that."""


@pytest.mark.parametrize("slow", [False, True], ids=["500", "slow"])
@pytest.mark.parametrize("part", PARTS)
async def test_the_rest_is_told_and_the_part_is_named_when_one_part_fails(part, slow):
    found = await diagnosed(part, HEALTHY, SUBTASK, slow=slow)
    why = "no answer in time" if slow else "HTTP 500, DRS.M00004"
    late = WAITING.get(part, set()) if slow else set()
    optional = WAITING_TOO.get(part, set()) if slow else set()
    assert found["unread"] == dict.fromkeys(sorted({part} | late | optional), why)
    assert f"Not read: {', '.join(sorted({part} | late))}." in found["headline"]
    if "subtasks" in found["unread"]:
        assert codes(found) == []
    else:
        assert codes(found) == ["subtask_failed"]
        assert found["verdict"] == "failed"
        assert ("oracle-incr-log-gone" in found["headline"]) == (part != "logs of subtasks")


@pytest.mark.parametrize("slow", [False, True], ids=["500", "slow"])
@pytest.mark.parametrize("part", [part for part in PARTS if part not in OF_A_SUBTASK])
async def test_a_task_is_never_called_healthy_with_its_progress_or_log_unread(part, slow):
    found = await diagnosed(part, HEALTHY, slow=slow)
    healthy = part not in ("progress", "log")
    assert found["verdict"] == ("healthy" if healthy else "unknown")
    assert ("is healthy" in found["headline"]) == healthy
    assert ("no trouble in what could be read" in found["headline"]) != healthy
    assert part in found["unread"]


async def test_a_log_that_is_read_in_part_makes_no_task_healthy():
    class Cut(FailingTransport):
        def _hits(self, request):
            return int(request.url.params.get("offset", 0)) > 0

    long = [{"generate": "log", "seed": 1, "entries": 3000, "from": "-2d", "to": "-1m",
             "templates": [{"level": "Info", "weight": 1, "message": "Row {n:1-9} applied."}]}]  # fmt: skip
    wire = Cut("log", DrivenClock(), slow=False, tasks=[{**HEALTHY, "log": long}])
    found = await ask(diagnose_job, wire, settings=embedded_settings(), job=HEALTHY["id"])
    assert found["verdict"] == "unknown"
    assert found["unread"] == {"log": "read 1,000 of 3,000"}
    assert found["headline"].endswith("Read in part: log.")


async def test_a_failed_task_whose_log_cannot_be_read_is_failed_and_its_cause_unread():
    found = await diagnosed("log", task("fatal-error"))
    assert found["verdict"] == "failed"
    assert codes(found) == ["cause_unread"]
    assert "Its log could not be read." in found["headline"]


async def test_without_its_detail_no_threshold_and_no_policy_is_told_of_a_task():
    late = task("delay-excessive", progress__progress_info__incr_trans_delay="900")
    [row] = (await diagnosed("detail", late))["findings"]["rows"]
    assert "the delay of 900 s (15 min) is above 300 s, the default threshold" in row
    [row] = (
        await diagnosed("detail", task("objects-missing-twin-index", "findings/objects-missing"))
    )["findings"]["rows"]
    assert "Whether the task's settings leave them out could not be read." in row


@pytest.mark.parametrize("part", ["detail", "progress", "log", "list"])
async def test_faults_of_the_embedded_drs_are_survived_in_the_same_way(part):
    faults = Faults()
    faults.fail(500, times=None, on=part)
    simulator = Simulator(world=World([HEALTHY]), faults=faults)
    found = await ask(diagnose_job, **embedded(simulator), job=HEALTHY["id"])
    assert found["unread"] == {{"list": "subtasks"}.get(part, part): "HTTP 500, DRS.M00004"}


async def test_all_comparisons_unread_leave_the_verdict_on_the_rest():
    faults = Faults()
    faults.fail(500, times=None, on="compare")
    simulator = Simulator(world=World([HEALTHY]), faults=faults)
    found = await ask(diagnose_job, **embedded(simulator), job=HEALTHY["id"])
    assert found["verdict"] == "healthy"
    assert found["unread"].keys() == {"comparisons", "object comparison"}
    assert not any("consistent" in line for line in found["ruled_out"])


async def test_an_unknown_task_and_a_refused_token_are_clear_errors():
    with pytest.raises(TaskNotFound, match="no task of that ID exists"):
        await ask(diagnose_job, **embedded(Simulator()), job=JOB)
    wire = httpx2.ASGITransport(app=Simulator().app)
    with pytest.raises(NotAuthenticated, match="DRS_MCP_TOKEN"):
        await ask(diagnose_job, wire, job=HEALTHY["id"])


async def test_a_task_of_which_nothing_can_be_read_is_an_error():
    faults = Faults()
    faults.fail(500, times=None)
    simulator = Simulator(world=World([HEALTHY]), faults=faults)
    with pytest.raises(ServiceFault, match="DRS itself failed"):
        await ask(diagnose_job, **embedded(simulator), job=HEALTHY["id"])
