"""Actions are off unless somebody turns them on: then nothing of them is there."""

import pytest
from mcp import Client
from pydantic_core import to_json

from drs_mcp.api.connections import Connections
from drs_mcp.profiles import load_profiles
from drs_mcp.server import INSTRUCTIONS, build_server, instructions, live_server
from drs_mcp.serving.catalogue import TOOL_FUNCTIONS, all_tools
from drs_mcp.serving.result import RenderOptions
from tests.conftest import DrivenClock

pytestmark = pytest.mark.anyio
BASE = {"DRS_MCP_REGION": "cn-north-4", "DRS_MCP_TOKEN": "MIIx"}


async def listed(server, mode="auto"):
    async with Client(server, mode=mode) as client:
        tools = await client.list_tools()
        told = client.instructions
    return to_json(tools.model_dump(mode="json", by_alias=True, exclude={"meta"})), told


@pytest.mark.parametrize("value", ["", "off", "OFF"])
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_without_the_setting_the_tools_and_the_instructions_are_byte_for_byte_what_they_are_without_actions(
    mode, value
):
    never = build_server(lambda: Connections({}, DrivenClock()), RenderOptions())
    off = live_server(load_profiles({**BASE, "DRS_MCP_ACTIONS": value}))
    assert await listed(never, mode) == await listed(off, mode)
    assert instructions(()) == INSTRUCTIONS


async def test_a_server_that_may_not_act_has_no_tool_for_it_whatever_is_set():
    profiles = load_profiles({**BASE, "DRS_MCP_ACTIONS": "checks,control"})
    async with Client(live_server(profiles, may_act=False)) as client:
        assert len((await client.list_tools()).tools) == len(TOOL_FUNCTIONS)
    async with Client(live_server(profiles)) as client:
        assert len((await client.list_tools()).tools) == len(TOOL_FUNCTIONS) + 2


def names(environ):
    return [
        tool.name for tool in all_tools(RenderOptions(), None, load_profiles(environ).action_kinds)
    ]


READING = [function.__name__ for function in TOOL_FUNCTIONS]


@pytest.mark.parametrize(
    ("value", "added"),
    [
        ("checks", ["start_check"]),
        ("checks,control", ["start_check", "control_job"]),
        (" Control , CHECKS ", ["start_check", "control_job"]),
    ],
)
def test_the_setting_adds_its_tools_behind_the_others(value, added):
    assert names({**BASE, "DRS_MCP_ACTIONS": value}) == READING + added


def test_what_acts_says_so_and_is_described_in_few_lines():
    acting = all_tools(RenderOptions(), None, ("checks", "control"))[len(READING) :]
    for tool in acting:
        assert not tool.annotations.read_only_hint
        assert tool.annotations.destructive_hint
        assert not tool.annotations.idempotent_hint
        assert tool.annotations.open_world_hint
        assert 60 <= len(tool.description) <= 500
        assert "asker" not in tool.parameters["properties"]


def test_the_instructions_say_what_is_on():
    on = instructions(("checks",))
    assert "start_check" in on
    assert "control_job" not in on
    assert "control_job" in instructions(("checks", "control"))
    for told in (on, instructions(("checks", "control"))):
        assert "Read only" not in told


PROFILES = """
[profiles.a]
region = "cn-north-4"
actions = "{a}"
[profiles.b]
region = "cn-north-1"
"""


@pytest.mark.parametrize(
    ("environment", "profile", "kinds"),
    [
        ("", "checks,control", set()),
        ("checks", "", set()),
        ("checks", "checks,control", {"checks"}),
        ("checks,control", "checks", {"checks"}),
        ("checks,control", "control,checks", {"checks", "control"}),
    ],
)
def test_a_profile_of_a_file_and_the_environment_must_both_say_so(
    tmp_path, environment, profile, kinds
):
    path = tmp_path / "profiles.toml"
    path.write_text(PROFILES.format(a=profile), "utf-8")
    made = load_profiles({**BASE, "DRS_MCP_ACTIONS": environment, "DRS_MCP_CONFIG": str(path)})
    assert made.settings["a"].action_kinds == kinds
    assert made.settings["b"].action_kinds == set()
    assert made.action_kinds == kinds


@pytest.mark.parametrize("value", ["control", "all", "on", "checks,delete", "checks;control"])
def test_another_value_is_refused_by_name(value):
    with pytest.raises(Exception, match="DRS_MCP_ACTIONS must be off, checks, or checks,control"):
        load_profiles({**BASE, "DRS_MCP_ACTIONS": value})
