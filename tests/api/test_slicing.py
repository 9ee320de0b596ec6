"""Large pages are handed on in slices, and calls take turns on the loop by caller."""

import anyio
import anyio.lowlevel
import pytest

from drs_mcp.api.http.limits import Limits
from drs_mcp.api.http.loop_turns import loop_turn
from drs_mcp.api.paging import Page, read_pages
from drs_mcp.api.slicing import ROWS, SlicedFeed
from drs_mcp.observe.caller import called_by
from drs_mcp.slices import SLICE
from tests.conftest import DrivenClock

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


async def test_rows_of_long_texts_are_fed_in_slices_of_few():
    fed = []
    long, short = {"text": "x" * SLICE}, {"text": "x"}
    slices = SlicedFeed(fed.append)
    await slices.hand_on([short, long, long, short])
    assert [len(part) for part in fed] == [2, 1, 1]
    assert slices.heaviest == 2 * SLICE + 2


@pytest.mark.parametrize("page", [0, 3])
async def test_the_deadline_holds_for_work_and_leaves_a_contiguous_prefix(page):
    """A fold that needs a second for each row of a page: what it took is told, of how many."""
    clock = DrivenClock()
    limits = Limits(clock, deadline_s=40)
    fed = []
    size, total = 10 * ROWS, 60 * ROWS

    async def fetch(offset, limit):
        return Page([{"id": str(at)} for at in range(offset, min(offset + limit, total))], total)

    def fold(part):
        fed.extend(part)
        if len(fed) > page * size + 2 * ROWS:
            clock.seconds += 41

    coverage = await read_pages(
        fetch, fold, identity=lambda row: row["id"], limit=size, check=limits.check
    )
    assert [row["id"] for row in fed] == [str(at) for at in range(len(fed))]
    assert page * size < len(fed) <= page * size + 4 * ROWS
    assert (coverage.rows, coverage.of) == (len(fed), total)
    assert coverage.why.startswith("The deadline of 40 s passed while the answer was read.")


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
