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
    "get_history": {"job": JOB, "kind": "timeline"},
    "get_precheck": {"job": JOB, "query_id": "q1"},
    "get_network_test": {"job": JOB, "query_id": "q1"},
    "list_compare_tasks": {"job": JOB},
    "get_compare_overview": {"job": JOB, "compare_type": "object_compare"},
    "get_compare_detail": {"job": JOB, "compare_type": "content_compare"},
    "get_compare_diff": {"job": JOB, "include_values": True, "include_sql": True},
    "get_table": {"job": JOB, "table": "orders"},
    "get_object_import": {"job": JOB},
    "get_writable_status": {"job": JOB},
}
VARIANTS = {
    "get_job_detail": [{"section": "all"}, {"section": "network"}],
    "get_logs": [{"view": "lines"}],
    "get_history": [
        {"kind": "ddl"},
        {"kind": "rejected_rows"},
        {"kind": "rejected_rows", "full": True},
        {"kind": "parameters"},
    ],
    "get_precheck": [{"query_id": ""}],
    "get_compare_overview": [{"compare_type": "line_compare"}],
    "get_compare_detail": [{"compare_type": "line_compare"}, {"compare_type": "object_compare"}],
}
CALLS = [
    (function, ARGUMENTS[function.__name__] | more)
    for function in TOOL_FUNCTIONS
    for more in ({}, *VARIANTS.get(function.__name__, []))
]


ROW = {"db_name": "shop", "schema_name": "", "table_name": "orders"}
FURTHER = {
    "count": 1,
    "is_src_normal": False,
    "is_dst_normal": "true",
    "src_delay": 2,
    "dst_delay": "941",
    "src_rps": "1830",
    "used_volumes": "91",
    "node_volume_size": 100,
    "update_time": "2026-11-20T07:59:00Z",
    "increment_components_list": [{"type": "apply", "status": "STOPPED", "delay": "7910"}],
    "timelines": [{"name": "PAUSE", "status": "success", "operation_time": "1795500000000"}],
    "ddl_list": [{"seqno": 1, "status": 1, "ddl_text": "DROP TABLE t", "exe_result": False}],
    "dirty_data_list": [{**ROW, "error_sql": "INSERT INTO t VALUES (1)", "error_msg": "too long"}],
    "parameter_history_config_list": [{"name": "a", "old_value": "1", "is_applied": "true"}],
    "flow_compare_data": [{"src_db": "shop", "src_tb": "orders", "progress": "41"}],
    "object_mapping_list": [{"source_db_name": "shop", "source_table_name": "orders"}],
    "status": "OPEN",
    "compare_type": ["lines"],
    "next_compare_time": "2026-11-21 01:00:00",
    "compare_jobs": [{"id": "c-1", "type": "lines", "status": "SUCCESSFUL"}],
    "full_info": {"progress": 41.5, "recheck_entities": 3},
    "incre_info": {"delay": 0.0},
    "results": [
        {
            "process": "100%",
            "result": False,
            "precheck_result": [{"item": "binlogFormat", "result": "FAILED"}],
            "rpo_info": {"delay": "7", "time": "2026-11-20 08:00:00"},
        }
    ],
}
"""What else DRS tells of a task, by other paths: all of it in every answer."""


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
    listed = [{**job["base_info"], "id": JOB, "status": "INCRE_TRANSFER_STARTED"}]
    return {"job": job, "jobs": listed, **FURTHER}


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


@pytest.mark.costly
@on_asyncio
@pytest.mark.parametrize(("function", "arguments"), CALLS)
@given(path=st.sampled_from(PATHS), value=ANY_JSON)
@settings(max_examples=25)
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
