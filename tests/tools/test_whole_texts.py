"""In a world whose free texts are 3,000 characters long each is told to its last character."""

import copy

import httpx2
import pytest

from tests.support.every_field import JOB, LISTED, answers, at, wire
from tests.support.tool_calls import answer_of, client_over, error_of, replaying
from tests.tools.test_every_field import PLACES, REFERENCE

pytestmark = pytest.mark.anyio

LONG = 3000
FREE_TEXTS = {
    "detail": {
        6: ("name", "description"),
        7: ("key", "value"),
        9: ("ip", "db_user", "instance_name", "db_name", "endpoint_name"),
        13: ("ssl_cert_name",),
        14: ("dns_ip",),
        15: ("topic_urn",),
        18: ("account",),
        19: ("role",),
        20: ("filter_ddl_policy", "support_ddl_info", "dml_types"),
        22: ("key", "target_value"),
        24: ("param_name", "param_value"),
        53: ("driver_name",),
        55: ("name",),
    },
    "log": {30: ("message",)},
    "network": {31: ("ip", "result", "error_msg")},
    "precheck": {33: ("item", "failed_reason", "data", "raw_error_msg", "group"), 34: ("name",)},
    "progress": {38: ("type",), 39: ("apply_current_state",)},
    "file": {51: ("previous_select",)},
    "object_compare overview": {41: ("error_msg",), 42: ("type",)},
    "object_compare detail": {43: ("source_db_value", "error_message")},
    "data_compare list": {44: ("error_msg",)},
    "line_compare overview": {45: ("source_db_name", "target_db_name")},
    "line_compare detail": {46: ("source_table_name", "target_table_name", "message")},
    "content_compare overview": {47: ("source_db", "target_db")},
    "content_compare detail": {48: ("source_table_name", "target_table_name", "message")},
    "content_compare diff": {
        50: ("source_key_value", "target_key_value", "source_select_sql", "target_select_sql")
    },
}
"""What is asked of DRS -> the fields of its tables that hold whatever somebody wrote."""

CALLS = {
    "detail": [("get_job_detail", {"section": "all"})],
    "log": [("get_logs", {"view": "lines"})],
    "network": [("get_network_test", {"query_id": "q-1"})],
    "precheck": [("get_precheck", {"query_id": "q-1"})],
    "progress": [("get_progress", {})],
    "file": [("get_object_import", {})],
    "object_compare overview": [("get_compare_overview", {"compare_type": "object_compare"})],
    "object_compare detail": [("get_compare_detail", {"compare_type": "object_compare"})],
    "data_compare list": [("list_compare_tasks", {})],
    "line_compare overview": [("get_compare_overview", {"compare_type": "line_compare"})],
    "line_compare detail": [("get_compare_detail", {"compare_type": "line_compare"})],
    "content_compare overview": [("get_compare_overview", {"compare_type": "content_compare"})],
    "content_compare detail": [("get_compare_detail", {"compare_type": "content_compare"})],
    "content_compare diff": [
        ("get_compare_diff", {"include_values": True}),
        ("get_compare_diff", {"include_sql": True}),
    ],
}
WHOLE = {"full": True, "max_chars": 30_000}


def written(name):
    """Words of which each is another, to 3,000 characters, and a last one that tells the end."""
    end = f" end-of-{name}"
    words = " ".join(f"{name}-{number}" for number in range(LONG))
    return words[: LONG - len(end)].rstrip().ljust(LONG - len(end), "x") + end


def long_world(asked):
    """The answer with every free text made long, and those texts."""
    answer, texts = copy.deepcopy(answers()[asked]), {}
    for table, of, path in PLACES:
        for field in FREE_TEXTS[asked].get(table, ()) if of == asked else ():
            found = at(answer, path)
            if field not in found:
                continue
            text = written(f"{field.replace('_', '')}{len(texts)}")
            texts[table, field, path] = text
            if field.endswith("_sql"):  # the literals of a statement are hidden
                found[field] = f"SELECT * FROM `shop`.`{text}` WHERE `id` = 1"
            else:
                found[field] = [text] if isinstance(found[field], list) else text
    return answer, texts


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


async def everything(client, tool, arguments):
    """All texts of the answer, and of the calls for the rest that it names."""
    told, calls = [], [arguments]
    for call in calls:
        answer = answer_of(await client.call_tool(tool, call))
        told += strings(answer)
        calls += [
            rest["args"] | WHOLE
            for rest in answer.get("next", ())
            if rest["tool"] == tool and rest["args"].get("offset")
        ]
    return told


@pytest.mark.parametrize("asked", FREE_TEXTS)
async def test_every_free_text_is_told_to_its_last_character(asked):
    answer, texts = long_world(asked)
    assert {(table, field) for table, field, _ in texts} == {
        (table, field) for table, fields in FREE_TEXTS[asked].items() for field in fields
    }
    told = []
    async with client_over(wire(answers() | {asked: answer})) as client:
        for tool, arguments in CALLS[asked]:
            told += await everything(client, tool, {"job": JOB} | arguments | WHOLE)
    unseen = [key[:2] for key, text in texts.items() if not any(text in one for one in told)]
    assert unseen == []


def test_the_lists_name_fields_of_the_reference_page():
    for tables in FREE_TEXTS.values():
        for table, fields in tables.items():
            assert set(fields) <= REFERENCE[str(table)]["fields"].keys()


async def test_the_description_in_the_list_is_told_to_its_last_character():
    text = written("description")

    def answer(request):
        rows = [LISTED | {"description": text}] if request.url.params["job_type"] == "sync" else []
        return httpx2.Response(200, json={"total_count": len(rows), "jobs": rows})

    async with client_over(httpx2.MockTransport(answer)) as client:
        found = answer_of(await client.call_tool("list_jobs", {"view": "wide"} | WHOLE))
    assert text in list(strings(found))


async def test_what_drs_says_of_an_error_is_told_to_its_last_character():
    text = written("refused")
    refusing = replaying({"error_code": "DRS.M00202", "error_msg": text}, status=400)
    async with client_over(refusing) as client:
        short = error_of(await client.call_tool("get_progress", {"job": JOB}))
        whole = error_of(await client.call_tool("get_progress", {"job": JOB, "full": True}))
    assert text not in short
    assert "end-of-refused" in short
    assert text in whole


async def test_where_a_text_is_cut_the_call_for_the_whole_is_told_and_else_it_is_not():
    for description in ("quarterly report " * 90, "quarterly report"):
        detail = {"id": JOB, "base_info": {"name": "erp", "description": description}}
        async with client_over(replaying({"job": detail})) as client:
            told = answer_of(await client.call_tool("get_job_detail", {"job": JOB}))
            whole = [call for call in told.get("next", []) if call["args"].get("full")]
            assert len(whole) == (len(description) > 1_000)
            if whole:
                assert whole[0]["tool"] == "get_job_detail"
                found = answer_of(await client.call_tool("get_job_detail", whole[0]["args"]))
                assert description.strip() in list(strings(found))


async def test_a_log_line_is_whole_in_the_patterns_too():
    answer, texts = long_world("log")
    async with client_over(wire(answers() | {"log": answer})) as client:
        found = answer_of(
            await client.call_tool("get_logs", {"job": JOB, "level": "error"} | WHOLE)
        )
    assert next(iter(texts.values())) in list(strings(found))
