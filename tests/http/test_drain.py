"""The drain by itself."""

import anyio
import pytest
from mcp import MCPError

from drs_mcp.http.drain import Drain
from drs_mcp.http.refusals import RETRY_LATER


@pytest.mark.anyio
async def test_it_is_idle_once_it_has_begun_and_the_last_request_is_done():
    drain = Drain()
    with drain.serving():
        drain.begin()
        with anyio.move_on_after(0.05) as waited:
            await drain.idle()
        assert waited.cancelled_caught
    with anyio.fail_after(1):
        await drain.idle()


@pytest.mark.anyio
async def test_an_interrupted_handler_answers_that_it_must_be_asked_again():
    drain, outcomes = Drain(), []

    async def handler(_):
        await anyio.sleep_forever()

    async def ask():
        try:
            await drain.interruptible_handlers(None, handler)
        except MCPError as error:
            outcomes.append(error.error)

    with anyio.fail_after(1):
        async with anyio.create_task_group() as group:
            group.start_soon(ask)
            await anyio.wait_all_tasks_blocked()
            drain.interrupt()
        await ask()  # one that comes to be asked afterwards
    assert [error.code for error in outcomes] == [RETRY_LATER, RETRY_LATER]
    assert outcomes[0].data == {"retryable": True, "retry_after_s": 2}


@pytest.mark.anyio
async def test_a_handler_that_is_left_alone_answers_for_itself():
    drain = Drain()

    async def handler(ctx):
        return {"asked": ctx}

    assert await drain.interruptible_handlers(7, handler) == {"asked": 7}

    async def failing(_):
        raise ValueError("its own")

    with pytest.raises(ValueError, match="its own"):
        await drain.interruptible_handlers(7, failing)


@pytest.mark.anyio
async def test_a_caller_that_leaves_cancels_as_ever():
    drain = Drain()

    async def handler(_):
        await anyio.sleep_forever()

    with anyio.move_on_after(0.05) as scope:
        await drain.interruptible_handlers(None, handler)
    assert scope.cancelled_caught


@pytest.mark.anyio
async def test_what_cannot_answer_is_abandoned():
    drain = Drain()

    async def stuck():
        with drain.serving():
            await anyio.sleep_forever()

    with anyio.fail_after(1):
        async with anyio.create_task_group() as group:
            group.start_soon(stuck)
            await anyio.wait_all_tasks_blocked()
            drain.begin()
            drain.interrupt()
            drain.abandon()
        await drain.idle()
