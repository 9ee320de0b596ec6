"""Identical requests share one answer; a caller that leaves does not cancel the others."""

import anyio
import pytest

from drs_mcp.api.http.sharing import Sharing

pytestmark = pytest.mark.anyio


class Upstream:
    """Answers when it is let; counts how often it was asked, and how often it was cut off."""

    def __init__(self):
        self.gate = anyio.Event()
        self.requests = self.cancelled = 0

    async def __call__(self):
        self.requests += 1
        try:
            await self.gate.wait()
        except anyio.get_cancelled_exc_class():
            self.cancelled += 1
            raise
        return f"answer {self.requests}"


@pytest.fixture
async def group():
    async with anyio.create_task_group() as made:
        yield made
        made.cancel_scope.cancel()


async def test_twenty_calls_for_the_same_make_one_request(group):
    sharing, upstream, answers = Sharing(group), Upstream(), []

    async def call():
        answers.append(await sharing.get("k", upstream))

    with anyio.fail_after(5):
        async with anyio.create_task_group() as calls:
            for _ in range(20):
                calls.start_soon(call)
            await anyio.wait_all_tasks_blocked()
            upstream.gate.set()
    assert answers == ["answer 1"] * 20
    assert upstream.requests == 1
    assert sharing.in_flight == 0


async def test_other_keys_and_later_calls_make_requests_of_their_own(group):
    sharing, upstream = Sharing(group), Upstream()
    upstream.gate.set()
    assert await sharing.get("a", upstream) == "answer 1"
    assert await sharing.get("b", upstream) == "answer 2"
    assert await sharing.get("a", upstream) == "answer 3"


async def test_the_first_caller_s_cancellation_leaves_the_others_their_answer(group):
    sharing, upstream, answers = Sharing(group), Upstream(), []
    leader = anyio.CancelScope()

    async def lead():
        with leader:
            await sharing.get("k", upstream)

    async def follow():
        answers.append(await sharing.get("k", upstream))

    with anyio.fail_after(5):
        async with anyio.create_task_group() as calls:
            calls.start_soon(lead)
            await anyio.wait_all_tasks_blocked()
            calls.start_soon(follow)
            await anyio.wait_all_tasks_blocked()
            leader.cancel()
            await anyio.wait_all_tasks_blocked()
            upstream.gate.set()
    assert answers == ["answer 1"]
    assert (upstream.requests, upstream.cancelled) == (1, 0)


async def test_the_last_one_to_leave_cancels_the_request(group):
    sharing, upstream = Sharing(group), Upstream()
    with anyio.fail_after(5):
        async with anyio.create_task_group() as calls:
            calls.start_soon(sharing.get, "k", upstream)
            calls.start_soon(sharing.get, "k", upstream)
            await anyio.wait_all_tasks_blocked()
            calls.cancel_scope.cancel()
        await anyio.wait_all_tasks_blocked()
    assert (upstream.requests, upstream.cancelled) == (1, 1)
    assert sharing.in_flight == 0


async def test_a_call_after_everybody_left_makes_a_fresh_request(group):
    sharing, upstream = Sharing(group), Upstream()
    with anyio.fail_after(5):
        with anyio.CancelScope() as first:
            first.cancel()
            await sharing.get("k", upstream)
        await anyio.wait_all_tasks_blocked()
        upstream.gate.set()
        assert await sharing.get("k", upstream) == "answer 2"
    assert upstream.cancelled == 1


async def test_an_error_reaches_everybody_who_waits(group):
    sharing, messages = Sharing(group), []
    gate = anyio.Event()

    async def fail():
        await gate.wait()
        raise ValueError("broken")

    async def call():
        try:
            await sharing.get("k", fail)
        except ValueError as error:
            messages.append(str(error))

    with anyio.fail_after(5):
        async with anyio.create_task_group() as calls:
            calls.start_soon(call)
            calls.start_soon(call)
            await anyio.wait_all_tasks_blocked()
            gate.set()
    assert messages == ["broken", "broken"]
    assert sharing.in_flight == 0
