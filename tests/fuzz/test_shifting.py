"""The paging model itself: it finds what is false, and a few hundred lists hold."""

import asyncio

import pytest

from drs_mcp.api.paging import Coverage
from tests.fuzz.shifting import DamagePlan, Step, Upstream, read, shifted, violation
from tests.fuzz.shifting_worlds import worlds_shifted

MOVED = DamagePlan(length=25, steps=[Step("move", where=900, to=100)])
HIDDEN = DamagePlan(  # a row is gone from a page that was read, and a new one hides it
    kind="oldest",
    length=23,
    cap=3,
    by_page=True,
    steps=[None, Step("grow"), Step("delete", where=125), Step("grow")],
)
GROWN = DamagePlan(kind="newest", length=25, steps=[Step("grow", size=2)])


def test_a_few_hundred_lists_that_change_hold():
    tally = shifted(1, 1_000)
    assert tally.told == []
    assert tally.runs.total() >= 1_000
    assert tally.exact.total() > 100
    assert tally.unproven.total() > 100


def test_whole_tools_over_lists_that_change_claim_nothing_false():
    tally = worlds_shifted(1, 25)
    assert tally.told == []
    assert tally.exact.total()


async def naively(upstream):
    """Rows by offsets that count pages' worth of rows, as many as the total says."""
    first = await upstream.fetch(0, 10)
    fed = list(first.rows)
    while len(fed) < (first.total or 0):
        fed += (await upstream.fetch(len(fed), 10)).rows
    return fed, Coverage(len(fed), len(fed))


def test_a_reader_that_trusts_positions_is_found_out():
    upstream = Upstream(MOVED)
    fed, coverage = asyncio.run(naively(upstream))
    assert violation(MOVED, upstream, fed, coverage) == (
        "25 rows told as exact that never were the list"
    )


@pytest.mark.parametrize(
    ("plan", "coverage", "found"),
    [
        (MOVED, Coverage(0, 25, "unproven"), ""),
        (MOVED, Coverage(0, 0), "a false none"),
        (MOVED, Coverage(3, 3), "3 rows told, 0 fed"),
        (GROWN, Coverage(0, 25, "unproven"), "a false doubt: unproven"),
    ],
)
def test_a_false_claim_and_a_false_doubt_are_found(plan, coverage, found):
    assert violation(plan, Upstream(plan), [], coverage) == found


@pytest.mark.parametrize(("plan", "exact"), [(MOVED, False), (HIDDEN, False), (GROWN, True)])
def test_the_client_tells_which_list_it_has_proven(plan, exact):
    upstream, fed, coverage = asyncio.run(read(plan))
    assert coverage.complete == exact
    assert violation(plan, upstream, fed, coverage) == ""
