"""Whatever DRS sends, a tool answers or says clearly what is wrong."""

import contextlib
import json

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drs_mcp.errors import DrsError
from drs_mcp.serving.budget import compact
from drs_mcp.serving.catalogue import TOOL_FUNCTIONS
from tests.support import examples
from tests.support.any_json import ANY_JSON, paths, replaced
from tests.support.characters import assert_visible
from tests.support.tool_calls import JOB, ask, replaying

pytestmark = pytest.mark.anyio
on_asyncio = pytest.mark.parametrize("anyio_backend", ["asyncio"])
"""For what is long and would find the same on both event loops: its examples are the same."""

ARGUMENTS = {
    "list_jobs": {},
    "diagnose_job": {"job": JOB},
    "check_cutover": {"job": JOB},
    "get_job_detail": {"job": JOB},
    "get_progress": {"job": JOB},
    "watch_job": {"job": JOB, "timeout_s": 0},
    "get_logs": {"job": JOB},
    "get_precheck": {"job": JOB, "query_id": "q1"},
    "get_network_test": {"job": JOB, "query_id": "q1"},
    "list_compare_tasks": {"job": JOB},
    "get_compare_overview": {"job": JOB, "compare_type": "object_compare"},
    "get_compare_detail": {"job": JOB, "compare_type": "content_compare"},
    "get_compare_diff": {"job": JOB, "include_values": True, "include_sql": True},
    "get_object_import": {"job": JOB},
    "get_writable_status": {"job": JOB},
}
VARIANTS = {
    "get_job_detail": [{"section": "all"}, {"section": "network"}],
    "get_logs": [{"view": "lines"}],
    "get_compare_overview": [{"compare_type": "line_compare"}],
    "get_compare_detail": [{"compare_type": "line_compare"}, {"compare_type": "object_compare"}],
}
CALLS = [
    (function, ARGUMENTS[function.__name__] | more)
    for function in TOOL_FUNCTIONS
    for more in ({}, *VARIANTS.get(function.__name__, []))
]


def everything():
    """One `job` object with the content of every example."""
    job = {"total_count": 1}
    for name in examples.names():
        found = examples.body(name).get("job", {})
        compared = {**job.get("compare_result", {}), **found.get("compare_result", {})}
        job |= found
        if compared:
            job["compare_result"] = compared
    job["compare_result"]["data_compare_task_list"] += [
        {
            "id": f"task-{kind}",
            "type": kind,
            "status": "SUCCESSFUL",
            "end_time": "2026-11-20T07:00:00Z",
        }
        for kind in ("lines", "contents", "object")
    ]
    job.pop("total_count")
    return {"job": job, "jobs": [{**job["base_info"], "id": JOB, "status": "PAUSING"}]}


EVERYTHING = everything()


PATHS = [path for path in paths(EVERYTHING) if path]


async def answered(function, arguments, body):
    raw = json.dumps(body).encode()  # lone surrogates travel as JSON escapes
    wire = httpx2.MockTransport(
        lambda _: httpx2.Response(200, content=raw, headers={"Content-Type": "application/json"})
    )
    return await ask(function, wire, **arguments)


def check(answer):
    assert answer["headline"]
    text = compact(answer)
    assert len(text) <= 8000
    assert_visible(answer)


@pytest.mark.parametrize(("function", "arguments"), CALLS)
async def test_every_example_together_is_answered(function, arguments):
    check(await answered(function, arguments, EVERYTHING))


@on_asyncio
@pytest.mark.parametrize(("function", "arguments"), CALLS)
@given(path=st.sampled_from(PATHS), value=ANY_JSON)
@settings(max_examples=60)
async def test_random_json_in_place_of_any_field_gives_an_answer_or_a_clear_error(
    function, arguments, path, value
):
    with contextlib.suppress(DrsError):  # any other exception is a failure
        check(await answered(function, arguments, replaced(EVERYTHING, path, value)))


@pytest.mark.parametrize(("function", "arguments"), CALLS)
@pytest.mark.parametrize(
    "body", [{}, {"job": None}, {"job": []}, {"jobs": 5, "job": {"logs": "x"}}]
)
async def test_an_almost_empty_answer_is_answered(function, arguments, body):
    with contextlib.suppress(DrsError):  # any other exception is a failure
        check(await ask(function, replaying(body), **arguments))


@on_asyncio
@pytest.mark.parametrize("name", examples.names())
async def test_each_documented_example_is_answered(name):
    wire = replaying(examples.body(name))
    for function, arguments in CALLS:
        with contextlib.suppress(DrsError):  # an example of something else may be no answer here
            check(await ask(function, wire, **arguments))
