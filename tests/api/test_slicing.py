"""Large pages are handed on in slices, and calls take turns on the loop by caller."""

import anyio
import anyio.lowlevel
import pytest

from drs_mcp.api.http.loop_turns import loop_turn
from drs_mcp.api.slicing import ROWS, SlicedFeed
from drs_mcp.observe.caller import called_by

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request):
    return request.param


def rows(number):
    return [{"id": str(at)} for at in range(number)]


async def test_a_page_is_fed_in_slices_in_order_and_nothing_is_lost():
    fed = []
    slices = SlicedFeed(fed.append)
    slices.take(rows(2 * ROWS + 1))
    slices.take(rows(3))
    assert fed == []
    await slices.flush()
    assert [len(part) for part in fed] == [ROWS, ROWS, 1, 3]
    assert [row for part in fed for row in part] == rows(2 * ROWS + 1) + rows(3)


async def test_an_empty_page_is_fed_too():
    """A fold that was fed nothing of a list knows that there was a list."""
    fed = []
    await SlicedFeed(fed.append).hand_on([])
    assert fed == [[]]


async def test_between_two_slices_the_loop_goes_round():
    rounds = [0]

    async def tick():
        while True:
            rounds[0] += 1
            await anyio.lowlevel.checkpoint()

    async with anyio.create_task_group() as group:
        group.start_soon(tick)
        await SlicedFeed(lambda _: None).hand_on(rows(5 * ROWS))
        group.cancel_scope.cancel()
    assert rounds[0] >= 4


async def test_of_thirty_who_have_work_one_at_a_time_does_it_and_callers_alternate():
    done = []

    async def work(name):
        with called_by(name):
            async with loop_turn():
                done.append(name)

    async with anyio.create_task_group() as group:
        for _ in range(30):
            group.start_soon(work, "alice")
        await anyio.lowlevel.checkpoint()
        await anyio.lowlevel.checkpoint()
        group.start_soon(work, "bob")
    assert done.count("alice") == 30
    assert done.index("bob") < 8


async def test_a_turn_whose_work_fails_is_over():
    with pytest.raises(ValueError, match="spoilt"):
        async with loop_turn():
            raise ValueError("spoilt")
    with anyio.fail_after(1):
        async with loop_turn():
            pass
