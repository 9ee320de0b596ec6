import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.api.joining import UNREADABLE
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
@pytest.mark.parametrize("grows", [1, 3, 5])
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


@pytest.mark.parametrize(
    ("rows", "cap", "offsets", "most"),
    [
        (7, 1000, "row", 1),
        (1000, 1000, "row", 2),  # a full first page may be all or the server's most
        (2500, 1000, "row", 3),
        (5000, 1000, "row", 6),  # one more than there are pages, for the rows that overlap
        (12_000, 1000, "row", 13),
        (2500, 1000, "page", 5),  # what an offset counts, and the first page once more
    ],
)
async def test_what_a_list_that_stands_still_costs(rows, cap, offsets, most):
    server = Server(rows, cap=cap, offsets=offsets)
    _, coverage = await read(server)
    assert coverage.complete
    assert len(server.requests) <= most


async def test_a_short_page_is_the_servers_cap_and_not_the_end():
    server = Server(25, cap=10, totals=False)
    fed, _ = await read(server)
    assert fed == list(range(25))


class Deaf(Server):
    """Heeds no offset, and no limit either where it does not page at all."""

    pages = True

    async def fetch(self, _offset, limit):
        return await super().fetch(0, limit if self.pages else 1000)


@pytest.mark.parametrize("totals", [True, False])
async def test_a_list_that_is_not_paged_at_all_is_whole(totals):
    server = Deaf(10, totals=totals)
    server.pages = False
    fed, coverage = await read(server)
    assert fed == list(range(10))
    assert coverage.complete


@pytest.mark.parametrize("totals", [True, False])
async def test_a_server_that_ignores_the_offset_but_not_the_limit_is_read_once_and_told(totals):
    fed, coverage = await read(Deaf(70, cap=10, totals=totals))
    assert fed == list(range(10))
    assert coverage.why == "DRS ignores the offset"
    assert coverage.of == (70 if totals else None)


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
            if offset == 19:  # asked for only to fill what the page at 16 lacks
                raise ServiceFault("DRS failed", status=500)
            return Page(page.rows[:5] if offset == 16 else page.rows, page.total)

    fed, coverage = await read(Gappy(100, cap=10))
    assert fed == list(range(21))
    assert (coverage.rows, coverage.of) == (21, 100)
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
    grows = min(grows, cap // 3) if totals else 0  # a faster log cannot be followed
    server = Server(rows, cap=cap, offsets=offsets, totals=totals, grows=grows)
    fed, coverage = await read(server, newest_first=lambda _: server.newest_first)
    expected = list(range(rows))
    assert fed == (expected[::-1] if grows else expected)
    assert coverage.complete


# -- lists that change while they are read ---------------------------------------------------------


class Changing(Server):
    """Does something to its rows before a request, by the number of the request."""

    def __init__(self, rows, *, does, cap=10, **how):
        super().__init__(rows, cap=cap, **how)
        self.does = does

    async def fetch(self, offset, limit):
        if change := self.does.get(len(self.requests) + 1):
            change(self.rows)
        return await super().fetch(offset, limit)


def moves(start, to):
    return lambda rows: rows.insert(to, rows.pop(start))


def by_number(row):
    return row["n"]


CHANGED = "the list changed while it was read"
CHANGES = {
    "a row moved from a page that is still to come to one that is read": moves(25, 3),
    "a row moved from a page that is read to one that is still to come": moves(3, 25),
    "a row came and another went": lambda rows: (rows.insert(30, 99), rows.pop(3)),
    "the first went and another came behind": lambda rows: (rows.append(99), rows.pop(0)),
    "a row came": lambda rows: rows.insert(2, 99),
    "a row went": lambda rows: rows.pop(2),
    "it shrank to a few rows": lambda rows: rows.__delitem__(slice(4, None)),
    "it was turned round": lambda rows: rows.reverse(),
}


@pytest.mark.parametrize("totals", [True, False])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
async def test_a_list_that_changed_after_its_first_page_is_told(change, totals):
    server = Changing(45, does={2: change}, totals=totals)
    _, coverage = await read(server, identity=by_number)
    assert coverage.why == CHANGED


async def test_two_rows_that_change_places_between_pages_are_told_by_the_one_that_comes_twice():
    def swap(rows):
        rows[3], rows[35] = rows[35], rows[3]

    _, coverage = await read(Changing(45, does={2: swap}), identity=by_number)
    assert coverage.why == "a row came on two pages"


async def test_a_list_of_2001_that_shrinks_is_not_taken_for_pages_of_1000():
    server = Changing(2001, cap=1000, does={2: lambda rows: rows.__delitem__(slice(900, None))})
    fed, coverage = await read(server, identity=by_number)
    assert len(fed) == len(set(fed)) <= 1000
    assert not coverage.complete


async def test_rows_that_come_twice_but_differ_are_both_fed():
    class Parts(Server):
        async def fetch(self, offset, limit):
            page = await super().fetch(offset, limit)
            return Page([{"n": row["n"] // 2, "part": row["n"]} for row in page.rows], page.total)

    rows = []
    coverage = await read_pages(Parts(35, cap=10).fetch, rows.extend, identity=lambda row: row["n"])
    assert [row["part"] for row in rows] == list(range(35))
    assert coverage.complete  # two parts of one table on both sides of a page's end


async def test_a_row_repeated_far_off_is_fed_but_nothing_is_proven():
    server = Server(35, cap=10)
    server.rows[33] = 2
    fed, coverage = await read(server, identity=by_number)
    assert fed == server.rows
    assert (coverage.rows, coverage.of, coverage.why) == (35, 35, "a row came on two pages")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (40, "DRS returned fewer rows than it told of"),
        (28, "DRS returned more rows than it told of"),
    ],
)
async def test_a_total_that_is_not_the_number_of_rows_is_told(told, why):
    class Lying(Server):
        async def fetch(self, offset, limit):
            return Page((await super().fetch(offset, limit)).rows, told)

    fed, coverage = await read(Lying(35, cap=10))
    assert fed == list(range(35))
    assert (coverage.rows, coverage.of, coverage.why) == (35, told, why)


async def test_a_total_that_says_no_more_than_its_page_is_not_believed():
    class OfThePage(Server):
        async def fetch(self, offset, limit):
            page = await super().fetch(offset, limit)
            return Page(page.rows, len(page.rows))

    fed, coverage = await read(OfThePage(235, cap=100), identity=by_number)
    assert fed == list(range(235))
    assert not coverage.complete


async def test_a_total_of_zero_beside_rows_is_told_as_a_contradiction():
    class Zero(Server):
        async def fetch(self, offset, limit):
            return Page((await super().fetch(offset, limit)).rows, 0)

    fed, coverage = await read(Zero(35, cap=10))
    assert fed == list(range(35))
    assert coverage.why == "DRS told of no rows but returned some"


@pytest.mark.parametrize(
    ("page", "coverage"),
    [
        (Page([], None), (0, 0, "")),
        (Page([], 0, listed=False), (0, 0, "")),
        (Page([], None, listed=False), (0, None, "DRS sent no list")),
        (Page([], 3), (0, 3, "DRS told of rows but returned none")),
        (Page([{"n": 1}], 2, why=UNREADABLE), (1, 2, "DRS sent rows that are no objects")),
    ],
)
async def test_an_empty_list_is_read_and_a_missing_one_is_not(page, coverage):
    async def fetch(_offset, _limit):
        return page

    found = await read_pages(fetch, lambda _: None)
    assert (found.rows, found.of, found.why) == coverage


# -- logs --------------------------------------------------------------------------------------------


async def lines(server, *, newest_first=True):
    """Read a log in which every three lines are equal."""

    async def fetch(offset, limit):
        page = await server.fetch(offset, limit)
        return Page([{"line": row["n"] // 3} for row in page.rows], page.total)

    fed = []
    coverage = await read_pages(fetch, fed.extend, newest_first=lambda _: newest_first)
    return [row["line"] for row in fed], coverage


@pytest.mark.parametrize("totals", [True, False])
async def test_a_log_with_equal_lines_is_read_whole(totals):
    fed, coverage = await lines(Server(200, cap=20, totals=totals))
    assert fed == [n // 3 for n in range(200)]
    assert coverage.complete


@pytest.mark.parametrize("offsets", ["row", "page"])
@pytest.mark.parametrize("cap", [10, 100])
async def test_a_log_that_grows_behind_is_read_to_its_new_end(cap, offsets):
    def grow(rows):
        rows += [len(rows), len(rows) + 1]

    server = Changing(205, cap=cap, offsets=offsets, does=dict.fromkeys(range(2, 9), grow))
    fed, coverage = await read(server, newest_first=lambda _: False)
    assert fed == server.rows[: len(fed)]
    assert len(fed) > 205
    assert coverage.complete


@pytest.mark.parametrize("offsets", ["row", "page"])
async def test_a_log_that_rolls_over_is_told(offsets):
    def roll(rows):
        rows[:] = [*rows[2:], rows[-1] + 1, rows[-1] + 2]

    for newest_first in (True, False):
        server = Changing(205, does={3: roll}, offsets=offsets)
        server.newest_first = newest_first
        _, coverage = await lines(server, newest_first=newest_first)
        assert coverage.why == CHANGED


async def test_a_page_of_nothing_but_equal_lines_proves_nothing():
    async def fetch(offset, limit):
        return Page([{"line": "x"}] * max(0, min(10, limit, 35 - offset)), 35)

    coverage = await read_pages(fetch, lambda _: None, newest_first=lambda _: True)
    assert (coverage.rows, coverage.of) == (35, 35)
    assert coverage.why == "equal rows leave open where two pages join"


@pytest.mark.parametrize("grows", [9, 10, 25])
@pytest.mark.parametrize("length", [10, 11, 50, 505])
@pytest.mark.parametrize("offsets", ["row", "page"])
async def test_a_log_that_outgrows_its_pages_is_never_told_as_exact_and_is_not_read_forever(
    offsets, length, grows
):
    server = Server(length, cap=10, offsets=offsets, grows=grows)
    server.failing = {5000: AssertionError("read without end")}
    fed, coverage = await read(server, newest_first=lambda _: True)
    assert coverage.rows == len(fed)
    assert fed == list(range(length - 1, -1, -1)) or not coverage.complete


@pytest.mark.parametrize("overtaken", [3, 4])
async def test_a_log_whose_lengths_came_out_of_order_is_read_again_and_stays_exact(overtaken):
    server = Server(57, cap=10, offsets="page")
    plain = server.fetch

    async def fetch(offset, limit):
        page = await plain(offset, limit)
        if len(server.requests) == 2:
            server.rows.append(57)
        # The answer to that page was made before the list had grown.
        return Page(page.rows, page.total - 1) if offset == overtaken else page

    server.fetch = fetch
    fed, coverage = await read(server, newest_first=lambda _: False)
    assert coverage.complete
    assert fed == list(range(58))
    asked = [offset for offset, _ in server.requests]
    assert all(asked.count(page) == 2 for page in range(5))
