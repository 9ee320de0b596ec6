"""Places are taken in turns: who has many requests waiting does not hold up who has one."""

from functools import partial

import anyio
import anyio.lowlevel
import pytest

from drs_mcp.api.http.fair_limiter import FairLimiter
from drs_mcp.observe.caller import called_by

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request):
    return request.param


class Turns:
    """Who was let in, in order; each stays until it is told to go."""

    def __init__(self, total):
        self.limiter = FairLimiter(total)
        self.let_in = []
        self.inside = 0
        self.most = 0
        self.go = anyio.Semaphore(0)

    async def ask(self, name):
        with called_by(name):
            async with self.limiter:
                self.let_in.append(name)
                self.inside += 1
                self.most = max(self.most, self.inside)
                await self.go.acquire()
                self.inside -= 1

    async def alice_before_bob(self, group):
        """Alice is let in and bob waits; the scope that has bob leave."""
        leaving = anyio.CancelScope()

        async def leave():
            with leaving:
                await self.ask("bob")

        for waits in (partial(self.ask, "alice"), leave):
            group.start_soon(waits)
            await anyio.wait_all_tasks_blocked()
        return leaving

    async def go_on(self, times):
        for _ in range(times):
            self.go.release()
            await anyio.wait_all_tasks_blocked()


async def test_as_many_as_there_are_places_are_let_in_and_no_more():
    turns = Turns(2)
    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(turns.ask, "alice")
        await anyio.wait_all_tasks_blocked()
        assert (turns.inside, turns.limiter.waiting) == (2, 3)
        await turns.go_on(5)
    assert (turns.most, len(turns.let_in)) == (2, 5)


async def test_callers_take_turns_whatever_each_has_waiting():
    turns = Turns(1)
    async with anyio.create_task_group() as group:
        for name in ("alice",) * 5 + ("bob",) * 2 + ("carol",):
            group.start_soon(turns.ask, name)
            await anyio.wait_all_tasks_blocked()
        await turns.go_on(8)
    assert turns.let_in == [
        "alice", "alice", "bob", "carol", "alice", "bob", "alice", "alice",
    ]  # fmt: skip


async def test_who_leaves_the_queue_keeps_nobody_waiting():
    turns = Turns(1)
    async with anyio.create_task_group() as group:
        leaving = await turns.alice_before_bob(group)
        group.start_soon(turns.ask, "bob")
        await anyio.wait_all_tasks_blocked()
        leaving.cancel()
        await anyio.wait_all_tasks_blocked()
        assert turns.limiter.waiting == 1
        await turns.go_on(2)
    assert turns.let_in == ["alice", "bob"]


async def test_a_turn_that_comes_with_a_cancellation_is_passed_on():
    turns = Turns(1)
    async with anyio.create_task_group() as group:
        leaving = await turns.alice_before_bob(group)
        group.start_soon(turns.ask, "carol")
        await anyio.wait_all_tasks_blocked()
        turns.go.release()  # alice goes, and bob's turn comes while he is being cancelled
        leaving.cancel()
        await anyio.wait_all_tasks_blocked()
        await turns.go_on(2)
    assert turns.inside == 0
    assert "carol" in turns.let_in


async def test_when_all_have_gone_every_place_is_free_again():
    limiter = FairLimiter(3)
    for _ in range(2):
        async with limiter, limiter, limiter:
            with anyio.move_on_after(0):
                async with limiter:
                    raise AssertionError("there was no place")
    assert limiter.waiting == 0
