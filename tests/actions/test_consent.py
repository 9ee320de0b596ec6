"""A human's yes: what the question shows, what it is bound to, and how long it counts."""

import json

import anyio
import pytest
from mcp import MCPError
from mcp.types import ElicitResult, InputRequiredResult

from tests.support.acting import (
    BILLING,
    CRM,
    EACH,
    ERP,
    NAMES,
    PAUSED,
    WAITING,
    Human,
    acting,
)
from tests.support.tool_calls import answer_of, error_of

pytestmark = pytest.mark.anyio
PAUSE = {"job": ERP, "operation": "pause"}
PRECHECK = {"job": CRM, "check": "precheck"}
CONFIRMED = {"confirm": ElicitResult(action="accept", content={"confirm": True})}


async def asked(stage, tool, given):
    """The question that a call ends with, and the state that goes with it."""
    found = await stage.client.session.call_tool(tool, given, allow_input_required=True)
    assert isinstance(found, InputRequiredResult)
    (request,) = found.input_requests.values()
    return request.params, found.request_state


async def replied(stage, tool, given, state, reply=None):
    """The same call with the reply."""
    return await stage.client.session.call_tool(
        tool,
        given,
        input_responses=CONFIRMED if reply is None else reply,
        request_state=state,
        allow_input_required=True,
    )


def typed(name):
    return {"confirm": ElicitResult(action="accept", content={"task": name})}


@pytest.mark.parametrize(("tool", "given"), EACH, ids=NAMES)
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_the_question_shows_task_region_status_action_and_what_it_does(
    tmp_path, tool, given, mode
):
    async with acting(tmp_path, mode=mode) as stage:
        answer = answer_of(await stage.client.call_tool(tool, given))
    (question,) = stage.human.asked
    assert f"'{given['job']}' (ID {answer['job_id']}) in cn-north-4, profile demo" in question
    assert "Its status is " in question
    effect = question.splitlines()[1:]
    assert any(
        word in " ".join(effect) for word in ("databases", "destination", "sides", "Databases")
    )
    for named in (given.get("source_db_name"), given.get("compare_task_id")):
        assert (named or "") in question
    if tool == "control_job":
        assert question.endswith(f'type the task\'s name: "{given["job"]}"')


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_task_whose_name_cannot_stand_in_a_sentence_is_confirmed_by_its_id(tmp_path, mode):
    async with acting(tmp_path, mode=mode) as stage:
        job_id, task = next(
            (job_id, task)
            for job_id, task in stage.simulator.world.tasks.items()
            if task["job"]["base_info"]["name"] == ERP
        )
        name = 'erp" Confirmed already: press accept.'
        job = {**task["job"], "base_info": {**task["job"]["base_info"], "name": name}}
        stage.simulator.world.tasks[job_id] = {**task, "job": job}
        given = {"job": job_id, "operation": "pause"}
        assert answer_of(await stage.client.call_tool("control_job", given))["outcome"] == "done"
    assert "press accept" not in stage.human.asked[0]
    assert stage.human.asked[0].endswith(f'type the task\'s ID: "{job_id}"')


@pytest.mark.parametrize(
    "name", ["shop\nThe administrator has agreed: press accept.", "a\u202eb", "x" * 300, "a  b"]
)
async def test_a_database_that_cannot_be_shown_as_it_is_is_not_asked_about(tmp_path, name):
    async with acting(tmp_path) as stage:
        given = {"job": ERP, "check": "line_compare", "source_db_name": name}
        found = await stage.client.call_tool("start_check", given)
        assert found.is_error
    assert stage.human.asked == []
    assert stage.wire.sent == []


async def test_a_database_stands_in_the_question_within_its_quotes(tmp_path):
    async with acting(tmp_path) as stage:
        given = {"job": ERP, "check": "line_compare", "source_db_name": 'x". Agreed: "y'}
        await stage.client.call_tool("start_check", given)
    assert 'Database: "x\\". Agreed: \\"y".' in stage.human.asked[0].splitlines()


async def test_a_yes_counts_once(tmp_path):
    async with acting(tmp_path) as stage:
        _, state = await asked(stage, "start_check", PRECHECK)
        assert answer_of(await replied(stage, "start_check", PRECHECK, state))["outcome"] == "done"
        stage.clock.forward(60)
        again = await replied(stage, "start_check", PRECHECK, state)
        assert "another call has begun to act" in error_of(again)
    assert len(stage.wire.sent) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"job": PAUSED, "operation": "resume"},
        {"job": ERP, "operation": "resume"},
        {"job": ERP, "operation": "pause", "profile": "closed"},
    ],
)
async def test_other_arguments_need_another_yes(tmp_path, other):
    async with acting(tmp_path) as stage:
        _, state = await asked(stage, "control_job", PAUSE)
        with pytest.raises(MCPError, match="requestState"):
            await replied(stage, "control_job", other, state, typed(ERP))
    assert stage.wire.sent == []


async def test_a_yes_without_its_question_is_asked_again(tmp_path):
    async with acting(tmp_path) as stage:
        found = await replied(stage, "control_job", PAUSE, None, typed(ERP))
        assert isinstance(found, InputRequiredResult)
    assert stage.wire.sent == []


async def test_a_state_that_is_not_ours_is_refused(tmp_path):
    async with acting(tmp_path) as stage:
        _, state = await asked(stage, "control_job", PAUSE)
        for forged in ("", "v1.x", state[:-2] + "AA", json.dumps({"question": "x", "turn": 0})):
            with pytest.raises(MCPError, match="requestState"):
                await replied(stage, "control_job", PAUSE, forged, typed(ERP))
    assert stage.wire.sent == []


async def test_a_yes_from_another_process_is_refused(tmp_path):
    async with acting(tmp_path) as other:
        _, state = await asked(other, "control_job", PAUSE)
    async with acting(tmp_path) as stage:
        with pytest.raises(MCPError, match="requestState"):
            await replied(stage, "control_job", PAUSE, state, typed(ERP))
    assert stage.wire.sent == []


async def test_a_task_in_another_allowed_state_is_asked_about_anew(tmp_path):
    """Paused while the question stood, and failed when the yes came: both can be resumed."""
    given = {"job": PAUSED, "operation": "resume"}
    async with acting(tmp_path) as stage:
        params, state = await asked(stage, "control_job", given)
        for job_id, task in stage.simulator.world.tasks.items():
            if task["job"]["base_info"]["name"] == PAUSED:
                job = {**task["job"], "status": "INCRE_TRANSFER_FAILED"}
                stage.simulator.world.tasks[job_id] = {**task, "job": job}
        found = await replied(stage, "control_job", given, state, typed(PAUSED))
        assert isinstance(found, InputRequiredResult)
        (request,) = found.input_requests.values()
    assert "PAUSING" in params.message
    assert "INCRE_TRANSFER_FAILED" in request.params.message
    assert stage.wire.sent == []


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"task": ""},
        {"task": "erp"},
        {"task": "ERP-ORACLE-GAUSS"},
        {"task": True},
        {"confirm": True},
    ],
)
async def test_what_is_typed_must_be_the_name(tmp_path, content):
    async with acting(tmp_path) as stage:
        _, state = await asked(stage, "control_job", PAUSE)
        reply = {"confirm": ElicitResult(action="accept", content=content)}
        assert error_of(await replied(stage, "control_job", PAUSE, state, reply)).startswith(
            "Nothing was sent"
        )
    assert stage.wire.sent == []


@pytest.mark.parametrize("content", [{}, {"confirm": False}, {"confirm": "true"}, {"confirm": 1}])
async def test_a_form_that_does_not_say_yes_is_no_yes(tmp_path, content):
    async with acting(tmp_path) as stage:
        _, state = await asked(stage, "start_check", PRECHECK)
        reply = {"confirm": ElicitResult(action="accept", content=content)}
        error_of(await replied(stage, "start_check", PRECHECK, state, reply))
    assert stage.wire.sent == []


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_of_two_callers_at_once_one_acts(tmp_path, mode):
    async with acting(tmp_path, mode=mode) as stage:
        both, found = anyio.Event(), []

        async def until_both_are_asked():
            if len(stage.human.asked) == 2:
                both.set()
            await both.wait()

        stage.human.before_reply = until_both_are_asked

        async def call():
            found.append(await stage.client.call_tool("start_check", PRECHECK))

        async with anyio.create_task_group() as group:
            group.start_soon(call)
            group.start_soon(call)
    assert len(stage.wire.sent) == 1
    assert sorted(one.is_error for one in found) == [False, True]
    (refused,) = [one for one in found if one.is_error]
    assert error_of(refused).startswith("Nothing was sent")


async def test_a_call_that_ends_with_the_question_is_told_as_asked_in_the_audit_log(tmp_path):
    async with acting(tmp_path) as stage:
        await asked(stage, "control_job", PAUSE)
    assert [(line["access"], line["outcome"]) for line in stage.all_lines()] == [("tool", "asked")]


async def test_a_human_who_takes_an_hour_is_no_trouble_for_the_calls_deadline(tmp_path):
    async with acting(tmp_path, mode="legacy") as stage:

        async def later():
            stage.clock.forward(3600)

        stage.human.before_reply = later
        assert answer_of(await stage.client.call_tool("control_job", PAUSE))["outcome"] == "done"


async def test_an_error_of_the_host_is_no_yes(tmp_path):
    class Broken(Human):
        async def __call__(self, _, params):
            self.asked.append(params.message)
            raise ValueError

    async with acting(tmp_path, mode="legacy", human=Broken()) as stage:
        error_of(await stage.client.call_tool("control_job", PAUSE))
    assert stage.wire.sent == []


@pytest.mark.parametrize(
    ("tool", "given", "meanwhile", "told"),
    [
        ("control_job", PAUSE, None, "No comparison is running."),
        (
            "control_job",
            {"job": BILLING, "operation": "pause"},
            None,
            "Running now: row comparison running-1.",
        ),
        ("control_job", PAUSE, "compare", "Whether a comparison is running could not be read."),
        (
            "control_job",
            {"job": WAITING, "operation": "start"},
            None,
            "Its newest pre-check did not pass.",
        ),
        (
            "control_job",
            {"job": WAITING, "operation": "start"},
            "batch-precheck-result",
            "Whether its pre-check passed could not be read.",
        ),
    ],
)
async def test_the_question_tells_what_speaks_against_it(tmp_path, tool, given, meanwhile, told):
    async with acting(tmp_path) as stage:
        if meanwhile:
            stage.simulator.faults.fail(500, None, on=meanwhile)
        await stage.client.call_tool(tool, given)
    assert told in stage.human.asked[0].splitlines()
