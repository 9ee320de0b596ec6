"""What tools cost before the first call: gated, and lean by rule."""

import re

import pytest

from drs_mcp.serving.budget import compact
from drs_mcp.serving.catalogue import all_tools
from drs_mcp.serving.result import RenderOptions
from tests.support.snapshot import matches
from tests.support.tokens import tokens

TOOLS = all_tools(RenderOptions())
ACTING = all_tools(RenderOptions(), None, ("checks", "control"))[len(TOOLS) :]


def as_listed(tool):
    return {
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "inputSchema": tool.parameters,
        "annotations": tool.annotations.model_dump(by_alias=True, exclude_none=True),
        "_meta": tool.meta,
    }


def test_the_tool_list_is_as_it_was_read_and_approved():
    matches("tools", [as_listed(tool) for tool in TOOLS])


def test_the_tools_that_act_are_as_they_were_read_and_approved():
    matches("tools-acting", [as_listed(tool) for tool in ACTING])


def test_the_tools_that_act_cost_little_beside_the_others():
    price = {
        tool.name: tokens(compact(as_listed(tool))) + tokens(compact(tool.output_schema))
        for tool in ACTING
    }
    assert sum(price.values()) <= 1100, price


def walk(schema):
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from walk(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from walk(value)


def test_the_tool_list_stays_within_its_price():
    inputs = {tool.name: tokens(compact(as_listed(tool))) for tool in TOOLS}
    outputs = {tool.name: tokens(compact(tool.output_schema)) for tool in TOOLS}
    dearest = sorted(inputs, key=lambda name: -inputs[name] - outputs[name])[:3]
    dearest_sizes = ", ".join(f"{name} {inputs[name]}+{outputs[name]}" for name in dearest)
    assert sum(inputs.values()) <= 4500, f"dearest: {dearest_sizes}"
    assert sum(inputs.values()) + sum(outputs.values()) <= 10_700, f"dearest: {dearest_sizes}"


@pytest.mark.parametrize("tool", TOOLS + ACTING, ids=lambda tool: tool.name)
def test_a_schema_is_flat_closed_and_without_what_hosts_reject(tool):
    for schema in walk([tool.parameters, tool.output_schema]):
        assert not {"$ref", "$defs", "anyOf", "oneOf", "allOf"} & schema.keys()
        assert not isinstance(schema.get("type"), list)
        assert not isinstance(schema.get("title"), str)
        assert schema.get("type") != "array" or schema["items"]
        assert schema.get("type") != "object" or schema["properties"]
        assert "" not in schema.get("enum", ())
    assert tool.parameters["additionalProperties"] is False
    assert tool.parameters["type"] == tool.output_schema["type"] == "object"
    assert tool.output_schema["required"] == ["headline"]


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_tool_says_in_few_lines_what_it_answers_and_that_it_only_reads(tool):
    assert re.fullmatch(r"(list|get|diagnose|check|watch)_[a-z_]{3,30}", tool.name)
    assert 60 <= len(tool.description) <= 500
    assert tool.annotations.read_only_hint
    assert not tool.annotations.destructive_hint
    assert {"full", "max_chars", "profile"} <= tool.parameters["properties"].keys()


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_tool_has_a_title_and_words_to_be_found_by_and_names_drs_at_once(tool):
    assert tool.title == tool.annotations.title
    assert "DRS" in tool.description.splitlines()[0]
    assert re.search("[a-z].*[\u4e00-\u9fff]", tool.meta["anthropic/searchHint"])


def test_the_tools_that_begin_a_conversation_are_always_loaded():
    entries = [tool.name for tool in TOOLS if tool.meta.get("anthropic/alwaysLoad")]
    assert entries == ["list_jobs", "diagnose_job", "check_cutover"]


def test_text_only_answers_publish_no_output_schema():
    assert all(tool.output_schema is None for tool in all_tools(RenderOptions(structured=False)))
