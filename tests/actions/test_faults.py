"""What can happen to an action on its way: it arrives at most once, and the answer is true."""

from dataclasses import dataclass
from typing import Any

import anyio
import httpx2
import pytest

from drs_mcp.simulator.actions import PRECHECK_S
from tests.support.acting import BILLING, CRM, EACH, ERP, NAMES, PAUSED, acting
from tests.support.tool_calls import answer_of

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Fault:
    """What is met, whether DRS does what is asked, and what may be said of it."""

    name: str
    meet: Any
    arrives: bool
    told: frozenset


def raising(error):
    async def meet(inner, request):
        raise error("met", request=request)

    return meet


def done_then(error):
    async def meet(inner, request):
        await inner.handle_async_request(request)
        raise error("met", request=request)

    return meet


def answering(status, body=b"", *, after=False, headers=None):
    async def meet(inner, request):
        if after:
            await inner.handle_async_request(request)
        return httpx2.Response(status, content=body, headers=headers)

    return meet


def done_with_status(status):
    async def meet(inner, request):
        whole = await (await inner.handle_async_request(request)).aread()
        return httpx2.Response(status, content=whole)

    return meet


async def cut_in_half(inner, request):
    response = await inner.handle_async_request(request)
    whole = await response.aread()
    return httpx2.Response(response.status_code, content=whole[: len(whole) // 2])


NOT, MAYBE, UNKNOWN, DONE = (
    frozenset({"not_done"}),
    frozenset({"done", "unknown"}),
    frozenset({"unknown"}),
    frozenset({"done"}),
)
REFUSAL = b'{"error_code":"DRS.M00304","error_msg":"cannot be called in the current task status"}'
FAILED = b'{"id":"x","name":"y","status":"failed","error_code":"DRS.M01504","error_msg":"busy"}'

FAULTS = [
    Fault("no connection", raising(httpx2.ConnectError), arrives=False, told=NOT),
    Fault("connecting times out", raising(httpx2.ConnectTimeout), arrives=False, told=NOT),
    Fault("reset before", raising(httpx2.WriteError), arrives=False, told=UNKNOWN),
    Fault("closed before", raising(httpx2.RemoteProtocolError), arrives=False, told=UNKNOWN),
    Fault("times out before", raising(httpx2.ReadTimeout), arrives=False, told=UNKNOWN),
    Fault("reset after", done_then(httpx2.ReadError), arrives=True, told=MAYBE),
    Fault("closed after", done_then(httpx2.RemoteProtocolError), arrives=True, told=MAYBE),
    Fault("times out after", done_then(httpx2.ReadTimeout), arrives=True, told=MAYBE),
    Fault("reset during the answer", cut_in_half, arrives=True, told=MAYBE),
    Fault("500 before", answering(500), arrives=False, told=UNKNOWN),
    Fault("502 before", answering(502, b"<html>"), arrives=False, told=UNKNOWN),
    Fault("503 before", answering(503, REFUSAL), arrives=False, told=UNKNOWN),
    Fault("500 after", answering(500, after=True), arrives=True, told=MAYBE),
    Fault("502 after", answering(502, b"<html>", after=True), arrives=True, told=MAYBE),
    Fault("504 after", answering(504, after=True), arrives=True, told=MAYBE),
    Fault("408", answering(408), arrives=False, told=UNKNOWN),
    Fault("429", answering(429, headers={"Retry-After": "1"}), arrives=False, told=NOT),
    Fault("400", answering(400, REFUSAL), arrives=False, told=NOT),
    Fault("403", answering(403), arrives=False, told=NOT),
    Fault("404", answering(404), arrives=False, told=NOT),
    Fault("a failure within 200", answering(200, FAILED), arrives=False, told=NOT),
    Fault("a redirect", answering(307, headers={"Location": "/x"}), arrives=False, told=UNKNOWN),
    Fault("200 without a word", answering(200, b"{}"), arrives=False, told=UNKNOWN),
    Fault("201 with its answer", done_with_status(201), arrives=True, told=DONE),
    Fault("500 with its answer", done_with_status(500), arrives=True, told=MAYBE),
    Fault("304", answering(304, REFUSAL, after=True), arrives=True, told=MAYBE),
    Fault("202 without a word", answering(202, b"{}", after=True), arrives=True, told=MAYBE),
    Fault("200 that is no JSON", answering(200, b"ok", after=True), arrives=True, told=MAYBE),
    Fault("nothing", None, arrives=True, told=DONE),
]


USUAL = {"precheck", "line_compare", "pause"}
"""One of each way in which an action is settled; the others meet every fault in `make fuzz`."""

MEETINGS = [
    pytest.param(
        fault,
        tool,
        given,
        id=f"{fault.name}-{name}",
        marks=() if name in USUAL or fault.told == DONE else pytest.mark.costly,
    )
    for fault in FAULTS
    for (tool, given), name in zip(EACH, NAMES, strict=True)
]


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize(("fault", "tool", "given"), MEETINGS)
async def test_an_action_arrives_at_most_once_and_the_answer_is_true(tmp_path, fault, tool, given):
    async with acting(tmp_path, meet=fault.meet) as stage:
        answer = answer_of(await stage.client.call_tool(tool, given))
        before, after = stage.lines()
    assert len(stage.wire.sent) == 1
    arrived = [r for r in stage.simulator.requests if r.kind == "action"]
    assert len(arrived) == fault.arrives
    assert answer["outcome"] in fault.told
    assert answer["headline"].startswith(
        {"not_done": "Not done", "unknown": "Outcome unknown"}.get(answer["outcome"], "")
    )
    assert answer["next"]
    assert before["step"] == "before"
    assert after["step"] == "after"


# What the state shows of an action that arrived, though its answer did not.
SHOWN = {"precheck", "object_compare", "line_compare", "content_compare", "cancel_compare",
         "start", "pause", "resume"}  # fmt: skip


@pytest.mark.parametrize(("tool", "given"), EACH, ids=NAMES)
async def test_what_the_state_shows_is_told_as_done_with_how_it_is_known(tmp_path, tool, given):
    async with acting(tmp_path, meet=done_then(httpx2.ReadError)) as stage:
        answer = answer_of(await stage.client.call_tool(tool, given))
    name = given.get("check") or given.get("operation")
    assert answer["outcome"] == ("done" if name in SHOWN else "unknown")
    if name in SHOWN:
        assert "shows that it was done" in answer["notes"][0]
    if "compare" in name and name != "cancel_compare":
        assert answer["next"][0]["args"]["compare_task_id"] == answer["compare_task_id"]


async def test_a_state_that_cannot_be_read_after_it_leaves_the_outcome_unknown(tmp_path):
    async with acting(tmp_path) as stage:

        async def meet(inner, request):
            await inner.handle_async_request(request)
            stage.simulator.faults.fail(500, None)
            raise httpx2.ReadError("met", request=request)

        stage.wire.meet = meet
        given = {"job": ERP, "operation": "pause"}
        answer = answer_of(await stage.client.call_tool("control_job", given))
    assert answer["outcome"] == "unknown"
    assert "could not be read either" in answer["headline"]
    assert len(stage.wire.sent) == 1


async def test_a_call_that_is_cancelled_while_it_is_under_way_leaves_both_lines(tmp_path):
    async with acting(tmp_path) as stage, anyio.create_task_group() as group:

        async def meet(inner, request):
            group.cancel_scope.cancel()
            await anyio.sleep_forever()

        stage.wire.meet = meet
        given = {"job": PAUSED, "operation": "resume"}
        group.start_soon(stage.client.call_tool, "control_job", given)
    assert len(stage.wire.sent) == 1
    before, after = stage.lines()
    assert (before["step"], before["outcome"]) == ("before", "confirmed")
    assert (after["step"], after["outcome"]) == ("after", "unknown")


async def test_an_after_line_that_cannot_be_written_is_told_and_hides_nothing(tmp_path):
    async with acting(tmp_path) as stage:

        async def meet(inner, request):
            stage.audit.unlink()
            stage.audit.mkdir()
            return await inner.handle_async_request(request)

        stage.wire.meet = meet
        given = {"job": ERP, "operation": "pause"}
        answer = answer_of(await stage.client.call_tool("control_job", given))
    assert answer["outcome"] == "done"
    assert "audit line after" in answer["notes"][-1]


async def test_from_run_the_pre_check_again_to_its_result_in_two_calls(tmp_path):
    async with acting(tmp_path) as stage:
        started = answer_of(
            await stage.client.call_tool("start_check", {"job": CRM, "check": "precheck"})
        )
        (following,) = started["next"]
        result = answer_of(await stage.client.call_tool(following["tool"], following["args"]))
    assert stage.clock.seconds >= PRECHECK_S
    assert "It has ended" in started["headline"]
    assert result["counts"]["failed"] > 0
    assert result["items"]["rows"]


@pytest.mark.parametrize(
    ("check", "job"), [("precheck", CRM), ("diagnosis", ERP)], ids=["precheck", "diagnosis"]
)
async def test_of_a_check_that_cannot_be_read_nothing_is_claimed(tmp_path, check, job):
    async with acting(tmp_path) as stage:
        stage.simulator.faults.fail(500, None, on=check)
        given = {"job": job, "check": check, "wait_s": 20}
        answer = answer_of(await stage.client.call_tool("start_check", given))
    assert answer["outcome"] == "done"
    assert answer["headline"].endswith("How far it is could not be read.")
    assert "progress_pct" not in answer


async def test_a_comparison_that_was_started_is_read_by_the_call_in_next(tmp_path):
    async with acting(tmp_path) as stage:
        given = {"job": ERP, "check": "line_compare"}
        started = answer_of(await stage.client.call_tool("start_check", given))
        stage.clock.forward(60)
        following = started["next"][0]
        result = answer_of(await stage.client.call_tool(following["tool"], following["args"]))
    assert result["headline"]
    assert following["args"]["compare_task_id"] == started["compare_task_id"]


async def test_a_canceled_comparison_makes_room_for_another(tmp_path):
    async with acting(tmp_path) as stage:
        given = {"job": BILLING, "check": "cancel_compare", "compare_task_id": "running-1"}
        answer_of(await stage.client.call_tool("start_check", given))
        given = {"job": BILLING, "check": "line_compare"}
        assert answer_of(await stage.client.call_tool("start_check", given))["outcome"] == "done"


@pytest.mark.parametrize("check", ["precheck", "diagnosis"])
async def test_where_nothing_was_started_no_older_result_is_offered_as_its_own(tmp_path, check):
    async with acting(tmp_path, meet=answering(400, REFUSAL)) as stage:
        given = {"job": CRM if check == "precheck" else ERP, "check": check}
        answer = answer_of(await stage.client.call_tool("start_check", given))
    assert answer["outcome"] == "not_done"
    assert [call["tool"] for call in answer["next"]] == ["diagnose_job"]


async def test_a_pre_check_that_was_unknown_before_proves_nothing_after(tmp_path):
    """The newest pre-check could not be read before, and is an old one."""
    async with acting(tmp_path) as stage:
        stage.simulator.faults.fail(500, None, on="batch-precheck-result")

        async def meet(inner, request):
            stage.simulator.faults.clear()
            raise httpx2.ReadError("met", request=request)

        stage.wire.meet = meet
        given = {"job": CRM, "check": "precheck"}
        answer = answer_of(await stage.client.call_tool("start_check", given))
    assert answer["outcome"] == "unknown"


async def test_a_new_pre_check_proves_that_it_was_started_and_is_the_one_to_read(tmp_path):
    async with acting(tmp_path, meet=done_then(httpx2.ReadError)) as stage:
        given = {"job": CRM, "check": "precheck"}
        answer = answer_of(await stage.client.call_tool("start_check", given))
        following = answer["next"][0]
        stage.wire.meet = None
        result = answer_of(await stage.client.call_tool(following["tool"], following["args"]))
    assert (answer["outcome"], following["args"]["query_id"]) == ("done", answer["query_id"])
    assert result["counts"]
