"""Arguments are taken as they come, unless they could mean two things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.serving.arguments.lenient import lenient, nearest
from drs_mcp.serving.catalogue import all_tools
from drs_mcp.serving.result import RenderOptions

SCHEMAS = {tool.name: tool.accepted for tool in all_tools(RenderOptions())}


def read(tool, **given):
    return lenient(given, SCHEMAS[tool])


@pytest.mark.parametrize(
    ("tool", "given", "taken"),
    [
        ("get_logs", {"level": "ERROR"}, {"level": "error"}),
        ("get_logs", {"level": "Warning"}, {"level": "warn"}),
        ("get_logs", {"level": "any"}, {}),
        ("get_logs", {"level": " "}, {}),
        ("get_logs", {"view": "", "order": "null", "contains": "None"}, {}),
        (
            "get_logs",
            {"view": "Lines", "order": "newest first"},
            {"view": "lines", "order": "newest"},
        ),
        ("get_logs", {"limit": 0, "max_chars": 0, "offset": 0}, {"offset": 0}),
        ("get_logs", {"limit": "25", "offset": "1,000"}, {"limit": 25, "offset": 1000}),
        ("get_logs", {"limit": 20.0}, {"limit": 20}),
        ("get_job_detail", {"section": "endpoint"}, {"section": "endpoints"}),
        ("get_job_detail", {"section": "param"}, {"section": "parameters"}),
        ("get_job_detail", {"section": "*"}, {"section": "all"}),
        ("list_jobs", {"job_type": "disaster recovery"}, {"job_type": "cloudDataGuard"}),
        ("watch_job", {"until": "completed"}, {"until": "finished"}),
        ("check_cutover", {"destination": "Writeable"}, {"destination": "writable"}),
        ("get_compare_overview", {"compare_task_id": "latest"}, {}),
        ("get_logs", {"job": ["erp"], "level": ["error"]}, {"job": "erp", "level": "error"}),
        ("list_jobs", {"state": ["failed", "paused"]}, {"state": "failed, paused"}),
        ("get_logs", {"job": 20240711}, {"job": "20240711"}),
        ("get_logs", {"job": 20240711.0}, {"job": "20240711"}),
        ("get_logs", {"job": 1e3, "contains": 8.0}, {"job": "1000", "contains": "8.0"}),
        ("get_compare_diff", {"job": 5.5}, {"job": "5.5"}),
        ("get_compare_diff", {"compare_task_id": " cmp-1\n"}, {"compare_task_id": "cmp-1"}),
        ("get_compare_diff", {"compare_task_id": " 'latest' "}, {}),
        ("get_precheck", {"query_id": "\u3000`q-1`\r\n"}, {"query_id": "q-1"}),
        ("list_jobs", {"profile": "default\n"}, {"profile": "default"}),
        ("get_logs", {"since": ' "2026-03-05"\t'}, {"since": "2026-03-05"}),
        ("get_logs", {"contains": " x ", "job": " a\n"}, {"contains": " x ", "job": " a\n"}),
        ("get_table", {"table": " t "}, {"table": " t "}),
        ("get_logs", {"job": "null"}, {"job": "null"}),
        ("get_compare_detail", {"source_db_name": "none"}, {"source_db_name": "none"}),
        ("get_compare_detail", {"compare_type": "lines"}, {"compare_type": "line_compare"}),
        ("get_compare_detail", {"compare_type": "行数对比"}, {"compare_type": "line_compare"}),
        ("get_logs", {"level": "错误"}, {"level": "error"}),
        ("get_job_detail", {"section": "网络"}, {"section": "network"}),
        ("list_jobs", {"job_type": "灾备"}, {"job_type": "cloudDataGuard"}),
        ("get_compare_detail", {"compare_type": "CONTENTS"}, {"compare_type": "content_compare"}),
        (
            "get_compare_overview",
            {"compare_type": "object_comparison"},
            {"compare_type": "object_compare"},
        ),
        (
            "get_compare_overview",
            {"compare_type": "Line-Compare"},
            {"compare_type": "line_compare"},
        ),
        ("get_compare_detail", {"object_type": "table"}, {"object_type": "TABLE"}),
        ("get_compare_diff", {"include_values": "true"}, {"include_values": True}),
        ("get_compare_diff", {"include_sql": "No"}, {"include_sql": False}),
    ],
)
def test_what_is_plainly_meant_is_taken(tool, given, taken):
    assert read(tool, **given) == (taken, [])


@pytest.mark.parametrize(
    "name",
    ["toolCallId", "tool_call_id", "sessionId", "_sessionID", "action", "chatInput", "_meta"],
)
def test_what_hosts_add_to_every_call_is_dropped(name):
    assert read("get_logs", job="x", **{name: "whatever"}) == ({"job": "x"}, [])


@pytest.mark.parametrize(
    ("given", "taken", "note"),
    [
        ({"limit": 1000}, {"limit": 400}, "limit: 400 is the most; it was taken."),
        ({"max_chars": 10}, {"max_chars": 1000}, "max_chars: 1000 is the least; it was taken."),
        ({"offset": -5}, {"offset": 0}, "offset: 0 is the least; it was taken."),
    ],
)
def test_a_value_beyond_a_bound_is_the_bound_and_that_is_said(given, taken, note):
    assert read("get_logs", **given) == (taken, [note])


@pytest.mark.parametrize(
    "given",
    [
        {"level": "loud"},
        {"level": "in"},
        {"limit": "ten"},
        {"limit": 2.5},
        {"limit": True},
        {"ofset": 5},
        {"level": ["error", "warn"]},
        {"job": ["erp", "crm"]},
    ],
)
def test_what_could_mean_two_things_is_left_for_the_schema_to_refuse(given):
    assert read("get_logs", **given) == (given, [])


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("ofset", "offset"),
        ("maxChars", "max_chars"),
        ("task", "job"),
        ("job_name", "job"),
        ("keyword", "contains"),
        ("start_time", "since"),
        ("database", ""),
    ],
)
def test_the_nearest_argument_is_named(wrong, right):
    assert nearest(wrong, SCHEMAS["get_logs"]) == right


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_no_enum_holds_an_empty_word(schema):
    for argument in schema["properties"].values():
        assert "" not in argument.get("enum", ["some"])


@given(
    st.sampled_from(sorted(SCHEMAS)),
    st.dictionaries(
        st.sampled_from(["job", "level", "limit", "offset", "view", "_meta", "x"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text()),
    ),
)
def test_reading_twice_changes_nothing_more(tool, given):
    once = read(tool, **given).arguments
    assert repr(read(tool, **once).arguments) == repr(once)
