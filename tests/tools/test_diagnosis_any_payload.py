"""Whatever stands in any field of what a diagnosis reads: it answers, or says clearly what is wrong."""

import contextlib
import json

import anyio
import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drs_mcp.embedded import embedded_settings
from drs_mcp.errors import DrsError
from drs_mcp.serving.budget import compact
from drs_mcp.simulator import Simulator, World
from drs_mcp.tools.diagnosis import diagnose_job
from tests.support.any_json import ANY_JSON, paths, replaced
from tests.support.characters import assert_visible
from tests.support.diagnosed import task
from tests.support.tokens import tokens
from tests.support.tool_calls import ask

pytestmark = pytest.mark.anyio

LINES = 40
FAR = st.sampled_from(
    ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "9" * 15, 10**17, 253402300799000, "FAILED"]
)


@pytest.fixture
def anyio_backend():
    return "asyncio"  # what a field holds is no matter of the event loop


class RecordedTransport(httpx2.AsyncBaseTransport):
    """A wire that keeps every document, and answers with one of them changed."""

    def __init__(self, tasks):
        self._wire = httpx2.ASGITransport(app=Simulator(world=World(tasks)).app)
        self.documents = {}
        self.changed = None

    async def handle_async_request(self, request):
        address = str(request.url)
        if address not in self.documents:
            response = await self._wire.handle_async_request(request)
            self.documents[address] = json.loads(await response.aread())
        body = self.documents[address]
        if self.changed and self.changed[0] == address:
            body = replaced(body, *self.changed[1:])
        raw = json.dumps(body).encode()  # lone surrogates travel as JSON escapes
        return httpx2.Response(200, content=raw, headers={"Content-Type": "application/json"})


def short(found):
    """The task with the newest lines of its log only: more are more of the same."""
    log = [entry | {"entries": LINES} if "generate" in entry else entry for entry in found["log"]]
    return found | {"log": log}


def running():
    """A task that runs, with every comparison and a failed subtask."""
    found = short(task("billing-recon", "billing-recon"))
    return [found, {**task("subtask-failed-02", "findings/subtask-failed"), "parent": found["id"]}]


CASES = {
    "running": running(),
    "failed": [task("automatic-stop")],
    "in the full phase": [task("full-phase-stalled", job__speed_limit=[
        {"begin": "16:00", "end": "15:59", "speed": "10"}])],
    "in configuration": [task("configuration-incomplete")],
    "late": [task("delay-excessive", progress__metrics={"cpu_util": "97"})],
}  # fmt: skip


def recorded(tasks):
    wire = RecordedTransport(tasks)
    anyio.run(diagnosed, wire, tasks[0]["id"])
    return wire


async def diagnosed(wire, job_id):
    return await ask(diagnose_job, wire, settings=embedded_settings(), job=job_id)


WIRES = {name: recorded(tasks) for name, tasks in CASES.items()}
PLACES = {
    name: {
        address: [path for path in paths(body) if path] for address, body in wire.documents.items()
    }
    for name, wire in WIRES.items()
}


def test_everything_that_a_diagnosis_reads_is_changed():
    address = {httpx2.URL(url).params.get("type", "list") for url in PLACES["running"]}
    compared = [httpx2.URL(url).params.get("compare_type") for url in PLACES["running"]]
    assert address == {"detail", "progress", "log", "compare", "list"}
    assert {"object_compare", "data_compare", "line_compare", "content_compare"} <= set(compared)
    assert sum(url.count("type=log") for url in PLACES["running"]) == 2


@pytest.mark.parametrize("case", CASES)
@given(data=st.data(), value=st.one_of(ANY_JSON, FAR))
@settings(max_examples=60)
async def test_any_json_in_place_of_any_field_gives_an_answer_within_budget_or_a_clear_error(
    case, data, value
):
    address = data.draw(st.sampled_from(sorted(PLACES[case])))
    path = data.draw(st.sampled_from(PLACES[case][address]))
    wire = WIRES[case]
    wire.changed = (address, path, value)
    with contextlib.suppress(DrsError):  # any other exception is a failure
        answer = await diagnosed(wire, CASES[case][0]["id"])
        text = compact(answer)
        assert answer["headline"]
        assert len(text) <= 8000
        assert tokens(text) <= 2000
        assert_visible(answer)
