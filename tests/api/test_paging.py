import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.api.paging import Page, read_pages
from drs_mcp.errors import RequestRefused, ServiceFault, TimedOut

pytestmark = pytest.mark.anyio


class Server:
    """A list behind undocumented limits; the newest row is the one with the highest number."""

    def __init__(self, rows, *, cap=1000, offsets="row", totals=True, over="clamp", grows=0):
        self.rows = list(range(rows))
        self.cap, self.offsets, self.totals, self.over = cap, offsets, totals, over
        self.grows, self.newest_first = grows, bool(grows)
        self.requests = []
        self.failing = {}

    async def fetch(self, offset, limit):
        self.requests.append((offset, limit))
        if error := self.failing.get(len(self.requests)):
            raise error
        if limit > self.cap and self.over == "refuse":
            raise RequestRefused("limit", status=400)
        size = min(limit, self.cap)
        start = offset if self.offsets == "row" else offset * size
        listed = list(reversed(self.rows)) if self.newest_first else self.rows
        page = [{"n": n} for n in listed[start : start + size]]
        total = len(self.rows) if self.totals else None
        self.rows += range(len(self.rows), len(self.rows) + self.grows)
        return Page(page, total)


async def read(server, **how):
    fed = []
    coverage = await read_pages(
        server.fetch, lambda rows: fed.extend(row["n"] for row in rows), **how
    )
    return fed, coverage


# Nobody asks for fewer than ten rows: a smaller limit cannot be refused.
@pytest.mark.parametrize(
    ("cap", "over"),
    [
        *((cap, "clamp") for cap in (1, 2, 10, 100, 1000)),
        *((cap, "refuse") for cap in (10, 100, 1000)),
    ],
)
@pytest.mark.parametrize("totals", [True, False])
@pytest.mark.parametrize("offsets", ["row", "page"])
@pytest.mark.parametrize("rows", [0, 1, 9, 10, 11, 20, 99, 100, 101, 1000, 1001])
async def test_every_row_is_fed_once_and_in_order(rows, cap, offsets, totals, over):
    server = Server(rows, cap=cap, offsets=offsets, totals=totals, over=over)
    fed, coverage = await read(server)
    assert fed == list(range(rows))
    assert (coverage.rows, coverage.of, coverage.complete) == (rows, rows, True)


@pytest.mark.parametrize("offsets", ["row", "page"])
@pytest.mark.parametrize("grows", [1, 3, 9])
@pytest.mark.parametrize("cap", [10, 100])
async def test_a_log_that_grows_at_its_head_is_read_as_it_was_at_the_start(cap, grows, offsets):
    server = Server(505, cap=cap, offsets=offsets, grows=grows)
    fed, coverage = await read(server, newest_first=lambda _: True)
    assert fed == list(range(504, -1, -1))
    assert coverage.complete


async def test_page_offsets_are_told_from_row_offsets_when_there_are_more_pages_than_rows_on_one():
    server = Server(12_000, cap=10, offsets="page")
    fed, coverage = await read(server)
    assert len(fed) == len(set(fed)) == 12_000
    assert coverage.complete


async def test_row_offsets_cost_no_request_more_than_there_are_pages():
    server = Server(5000, cap=1000)
    await read(server)
    assert len(server.requests) == 5


async def test_a_short_page_is_the_servers_cap_and_not_the_end():
    server = Server(25, cap=10, totals=False)
    fed, _ = await read(server)
    assert fed == list(range(25))


async def test_a_server_that_ignores_the_offset_is_read_once():
    class Deaf(Server):
        async def fetch(self, _offset, limit):
            return await super().fetch(0, limit)

    fed, _ = await read(Deaf(7, totals=False))
    assert fed == list(range(7))


async def test_a_later_page_that_fails_leaves_a_contiguous_prefix_and_says_why():
    server = Server(100, cap=10)
    server.failing = {5: ServiceFault("DRS failed", status=500)}
    fed, coverage = await read(server)
    assert fed == list(range(len(fed)))
    assert 10 <= len(fed) < 100
    assert (coverage.rows, coverage.of) == (len(fed), 100)
    assert coverage.why == "DRS failed (HTTP 500)"


async def test_a_gap_that_cannot_be_filled_leaves_a_contiguous_prefix_and_says_why():
    class Gappy(Server):
        async def fetch(self, offset, limit):
            page = await super().fetch(offset, limit)
            if offset == 15:  # asked for only to fill what the page at 10 lacks
                raise ServiceFault("DRS failed", status=500)
            return Page(page.rows[:5] if offset == 10 else page.rows, page.total)

    fed, coverage = await read(Gappy(100, cap=10))
    assert fed == list(range(15))
    assert (coverage.rows, coverage.of) == (15, 100)
    assert coverage.why == "DRS failed (HTTP 500)"


async def test_a_spent_budget_leaves_what_was_read():
    server = Server(100, cap=10)
    server.failing = dict.fromkeys(range(7, 200), TimedOut("the deadline of 40 s passed"))
    fed, coverage = await read(server)
    assert fed == list(range(len(fed)))
    assert coverage.why == "the deadline of 40 s passed"


async def test_a_first_page_that_fails_raises():
    server = Server(10)
    server.failing = {1: ServiceFault("DRS failed", status=500)}
    with pytest.raises(ServiceFault):
        await read(server)


async def test_a_total_larger_than_the_list_is_told():
    class Boasting(Server):
        async def fetch(self, offset, limit):
            page = await super().fetch(offset, limit)
            return Page(page.rows, 40)

    fed, coverage = await read(Boasting(35, cap=10))
    assert fed == list(range(35))
    assert coverage.why == "DRS returned fewer rows than it told of"


@given(
    rows=st.integers(0, 400),
    cap=st.integers(1, 120),
    offsets=st.sampled_from(["row", "page"]),
    totals=st.booleans(),
    grows=st.integers(0, 4),
)
async def test_no_combination_of_limits_loses_or_doubles_a_row(rows, cap, offsets, totals, grows):
    grows = min(grows, cap - 1) if totals else 0  # a faster log cannot be read at all
    server = Server(rows, cap=cap, offsets=offsets, totals=totals, grows=grows)
    fed, coverage = await read(server, newest_first=lambda _: server.newest_first)
    expected = list(range(rows))
    assert fed == (expected[::-1] if grows else expected)
    assert coverage.complete
