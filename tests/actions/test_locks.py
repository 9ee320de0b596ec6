"""Each action under each missing lock: nothing leaves, and why is said."""

import json

import pytest

from drs_mcp.observe.audit import AuditLog
from drs_mcp.observe.caller import called_by
from tests.conftest import DrivenClock
from tests.support.acting import EACH, NAMES, Human, acting
from tests.support.tool_calls import answer_of, error_of

pytestmark = pytest.mark.anyio
each_action = pytest.mark.parametrize(("tool", "given"), EACH, ids=NAMES)
on_asyncio = pytest.mark.parametrize("anyio_backend", ["asyncio"])
"""For tables that are long and would find the same on both event loops."""
both_eras = pytest.mark.parametrize("mode", ["auto", "legacy"])

SENT = {
    "precheck": ("precheck", {"precheck_mode": "forStartJob"}),
    "diagnosis": ("diagnosis", None),
    "object_compare": ("create_compare", {"compare_task_param": {"type": "object"}}),
    "line_compare": ("create_compare", {"compare_task_param": {"type": "lines"}}),
    "content_compare": (
        "create_compare",
        {"compare_task_param": {"type": "contents", "db_object": {"ERP_FIN": {"all": True}}}},
    ),
    "cancel_compare": ("cancel_compare", {"compare_task_param": {"compare_task_id": "running-1"}}),
    "start": ("start", {"is_auto_create_compare": False}),
    "pause": ("stop", {"pause_mode": "target"}),
    "resume": ("restart", {"is_sync_re_edit": False}),
}


def refused(stage, found):
    """The error of a call that sent nothing."""
    assert stage.wire.sent == []
    assert stage.wire.others == []
    text = error_of(found)
    assert text.startswith("Nothing was sent")
    return text


@both_eras
@each_action
async def test_with_every_lock_open_one_action_leaves_as_it_should_and_is_told_as_done(
    tmp_path, tool, given, mode
):
    async with acting(tmp_path, mode=mode) as stage:
        answer = answer_of(await stage.client.call_tool(tool, given))
    name = given.get("check") or given.get("operation")
    (sent,) = stage.wire.sent
    assert (sent["action_name"], sent.get("action_params")) == SENT[name]
    assert stage.wire.others == []
    assert (answer["outcome"], answer["action"]) == ("done", name)
    assert len(stage.human.asked) == 1


@each_action
async def test_without_the_setting_there_is_no_such_tool(tmp_path, tool, given):
    other = {"start_check": "", "control_job": "checks"}[tool]
    async with acting(tmp_path, actions=other) as stage:
        assert tool not in {one.name for one in (await stage.client.list_tools()).tools}
        assert "Unknown tool" in error_of(await stage.client.call_tool(tool, given))
    assert stage.wire.sent == []


@each_action
async def test_without_the_profile(tmp_path, tool, given):
    """The tool is there for another profile's sake: this one has not turned it on."""
    async with acting(tmp_path) as stage:
        text = refused(stage, await stage.client.call_tool(tool, {**given, "profile": "closed"}))
    assert "DRS_MCP_ACTIONS" in text
    assert stage.human.asked == []


@each_action
async def test_for_a_caller_who_may_not_act(tmp_path, tool, given):
    with called_by("somebody"):
        async with acting(tmp_path) as stage:
            text = refused(stage, await stage.client.call_tool(tool, given))
    assert "DRS_MCP_HTTP_ACTION_CALLERS" in text
    assert stage.human.asked == []


@on_asyncio
@both_eras
@each_action
async def test_with_a_host_that_does_not_ask(tmp_path, tool, given, mode):
    async with acting(tmp_path, mode=mode, asks=False) as stage:
        text = refused(stage, await stage.client.call_tool(tool, given))
    assert "elicitation" in text
    assert stage.simulator.requests == []


@on_asyncio
@both_eras
@each_action
@pytest.mark.parametrize("what", ["decline", "cancel"])
async def test_with_a_human_who_does_not_say_yes(tmp_path, tool, given, mode, what):
    async with acting(tmp_path, mode=mode, human=Human(what)) as stage:
        text = refused(stage, await stage.client.call_tool(tool, given))
    assert "the person who was asked" in text
    assert stage.lines() == []


@on_asyncio
@both_eras
@each_action
async def test_with_a_human_who_says_something_else(tmp_path, tool, given, mode):
    human = Human(typed=given["job"][:-1], confirm=False)
    async with acting(tmp_path, mode=mode, human=human) as stage:
        refused(stage, await stage.client.call_tool(tool, given))
    assert stage.lines() == []


def change(stage, name, **fields):
    """Have the world's task of that name differ."""
    for job_id, task in stage.simulator.world.tasks.items():
        job = task.get("job", {})
        if job.get("base_info", {}).get("name") == name:
            status = fields.pop("status", job["status"])
            stage.simulator.world.tasks[job_id] = {
                **task,
                "job": {**job, "status": status},
                **fields,
            }
            return
    raise KeyError(name)


@on_asyncio
@each_action
@pytest.mark.parametrize("status", ["RELEASE_RESOURCE_COMPLETE", "NEW_WORD", None])
async def test_in_a_state_that_has_no_such_action(tmp_path, tool, given, status):
    async with acting(tmp_path) as stage:
        change(stage, given["job"], status=status)
        refused(stage, await stage.client.call_tool(tool, given))
    assert stage.human.asked == []


@on_asyncio
@each_action
async def test_while_drs_is_busy_with_the_task(tmp_path, tool, given):
    async with acting(tmp_path) as stage:
        change(stage, given["job"], actions={"current": "CHANGE_MODE"})
        assert "CHANGE_MODE" in refused(stage, await stage.client.call_tool(tool, given))
    assert stage.human.asked == []


@on_asyncio
@pytest.mark.parametrize(
    ("tool", "given"),
    [(tool, given) for tool, given in EACH if given.get("check") in (None, "precheck")],
)
async def test_where_drs_does_not_list_it_among_what_may_be_done(tmp_path, tool, given):
    async with acting(tmp_path) as stage:
        change(stage, given["job"], actions={"available": ["DELETE", "RESET"]})
        assert "(DELETE, RESET)" in refused(stage, await stage.client.call_tool(tool, given))
    assert stage.human.asked == []


@on_asyncio
@each_action
@pytest.mark.parametrize("on", ["actions", "detail"])
async def test_where_it_cannot_be_read_what_the_task_allows(tmp_path, tool, given, on):
    async with acting(tmp_path) as stage:
        stage.simulator.faults.fail(500, None, on=on)
        refused(stage, await stage.client.call_tool(tool, given))
    assert stage.human.asked == []


@on_asyncio
@pytest.mark.parametrize(
    ("tool", "given"),
    [(tool, given) for tool, given in EACH if "compare" in given.get("check", "")],
)
async def test_where_the_comparisons_cannot_be_read(tmp_path, tool, given):
    async with acting(tmp_path) as stage:
        stage.simulator.faults.fail(500, None, on="compare")
        refused(stage, await stage.client.call_tool(tool, given))
    assert stage.human.asked == []


@on_asyncio
@both_eras
@each_action
async def test_where_the_task_changes_while_the_human_thinks(tmp_path, tool, given, mode):
    async with acting(tmp_path, mode=mode) as stage:

        async def meanwhile():
            change(stage, given["job"], status="CHANGE_JOB_STARTED")

        stage.human.before_reply = meanwhile
        refused(stage, await stage.client.call_tool(tool, given))
    assert stage.lines() == []


@on_asyncio
@each_action
@pytest.mark.parametrize("audit", ["off", "full"])
async def test_where_no_audit_line_can_be_written(tmp_path, tool, given, audit):
    path = "/dev/full" if audit == "full" else "off"
    log = AuditLog(DrivenClock(), path)
    async with acting(tmp_path, audit=log) as stage:
        assert "DRS_MCP_AUDIT" in refused(stage, await stage.client.call_tool(tool, given))


@each_action
async def test_the_line_before_is_on_disk_before_the_request_leaves(tmp_path, tool, given):
    async with acting(tmp_path) as stage:
        seen = []
        stage.wire.before_action = lambda: seen.extend(stage.lines())
        answer_of(await stage.client.call_tool(tool, given))
        before, after = stage.lines()
    assert seen == [before]
    assert (before["step"], before["outcome"]) == ("before", "confirmed")
    assert (after["step"], after["outcome"]) == ("after", "done")
    sent = stage.wire.sent[0]
    for line in (before, after):
        assert line["action"] == sent["action_name"]
        assert line["caller"] == "stdio"
        assert (
            line["arguments"].items()
            >= json.loads(json.dumps(sent.get("action_params", {}))).items()
        )


@pytest.mark.parametrize(
    "part", ["erp", "ERP-ORACLE-GAUSS", "erp-oracle-gauss ", "'erp-oracle-gauss'"]
)
async def test_a_task_is_named_exactly_or_not_at_all(tmp_path, part):
    async with acting(tmp_path) as stage:
        given = {"job": part, "operation": "pause"}
        refused(stage, await stage.client.call_tool("control_job", given))
    assert stage.human.asked == []


async def test_a_name_that_two_tasks_have_is_refused(tmp_path):
    async with acting(tmp_path) as stage:
        for job_id, task in list(stage.simulator.world.tasks.items()):
            base = task.get("job", {}).get("base_info", {})
            if base.get("name") == "DUP-TASK":
                job = {**task["job"], "base_info": {**base, "name": "dup-task"}}
                stage.simulator.world.tasks[job_id] = {**task, "job": job}
        given = {"job": "dup-task", "operation": "pause"}
        text = refused(stage, await stage.client.call_tool("control_job", given))
    assert "2 tasks are named 'dup-task'" in text


async def test_a_name_is_refused_where_not_every_task_could_be_listed(tmp_path):
    async with acting(tmp_path) as stage:
        stage.simulator.faults.fail(500, 1, on="list")
        given = {"job": "erp-oracle-gauss", "operation": "pause"}
        text = refused(stage, await stage.client.call_tool("control_job", given))
    assert "another one might be named" in text


async def test_a_second_comparison_is_refused_while_one_runs(tmp_path):
    async with acting(tmp_path) as stage:
        given = {"job": "billing-recon", "check": "content_compare"}
        assert "running-1" in refused(stage, await stage.client.call_tool("start_check", given))


async def test_only_a_comparison_that_runs_can_be_canceled(tmp_path):
    async with acting(tmp_path) as stage:
        for named, why in [
            ("", "running-1"),
            ("nowhere", "no comparison of that ID"),
            ("a053e496-bb18-414e-b16b-9424e5060002", "is finished already"),
        ]:
            given = {"job": "billing-recon", "check": "cancel_compare", "compare_task_id": named}
            assert why in refused(stage, await stage.client.call_tool("start_check", given))
