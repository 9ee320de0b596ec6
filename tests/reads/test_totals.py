"""Totals are right to the row, whatever limits DRS does not document."""

import itertools

import httpx2
import pytest

from drs_mcp.simulator import TOKEN, Limits, Simulator
from drs_mcp.tools.comparisons import get_compare_detail, get_compare_diff, list_compare_tasks
from drs_mcp.tools.jobs import list_jobs
from drs_mcp.tools.logs import get_logs
from tests.support.tool_calls import ask, embedded

pytestmark = pytest.mark.anyio

LIMITS = [
    Limits(max_limit=cap, offsets=offsets, over_limit=over, totals=totals)
    for cap, (offsets, over, totals) in itertools.product(
        (10, 100, 1000),
        [("row", "clamp", False), ("page", "clamp", True), ("row", "refuse", True),
         ("page", "refuse", False)],
    )
]  # fmt: skip
IDS = [f"{limit.max_limit}-{limit.offsets}-{limit.over_limit}-{limit.totals}" for limit in LIMITS]


@pytest.fixture
def anyio_backend():
    return "asyncio"  # paging itself runs on both; these are its long runs


def without_receipt(answer):
    return {name: value for name, value in answer.items() if name != "receipt"}


PLAIN = {}


async def answers(limits, function, **arguments):
    """The answer under *limits*, and under the most generous ones."""
    under = await ask(function, **embedded(Simulator(limits=limits)), **arguments)
    key = (function, *sorted(arguments.items()))
    if key not in PLAIN:
        plain = await ask(function, **embedded(Simulator()), **arguments)
        PLAIN[key] = without_receipt(plain)
    return without_receipt(under), PLAIN[key]


@pytest.mark.costly
@pytest.mark.parametrize("limits", LIMITS, ids=IDS)
async def test_a_log_of_12_000_entries(limits):
    under, plain = await answers(limits, get_logs, job="shop-mysql-sync")
    assert under["entries"] == sum(under["levels"].values()) == 12_000
    assert "read" not in under
    assert under == plain


@pytest.mark.parametrize("grows", [1, 7])
@pytest.mark.parametrize("offsets", ["row", "page"])
@pytest.mark.parametrize("cap", [100, 1000])
async def test_a_log_that_grows_at_its_head_is_told_as_it_was_at_the_start(cap, offsets, grows):
    limits = Limits(max_limit=cap, offsets=offsets, growing_log=grows)
    under, plain = await answers(limits, get_logs, job="shop-mysql-sync")
    assert under == plain


@pytest.mark.costly
@pytest.mark.parametrize("grows", [1, 7])
@pytest.mark.parametrize("offsets", ["row", "page"])
@pytest.mark.parametrize("cap", [100, 1000])
async def test_a_log_that_grows_behind_its_last_row_is_told_as_it_was_at_the_end(
    cap, offsets, grows
):
    simulator = Simulator(
        limits=Limits(max_limit=cap, offsets=offsets, log_order="oldest", growing_log=grows)
    )
    under = await ask(get_logs, **embedded(simulator), job="shop-mysql-sync")
    pages = sum(request.query.get("type") == "log" for request in simulator.requests)
    grown = under["entries"] - 12_000
    # Each page was read after the growth that the one before it caused; none lasted longer.
    assert grown in range(grows * (12_000 // cap - 1), grows * pages, grows)

    twin = Simulator(limits=Limits(log_order="oldest", growing_log=grown))
    shop = next(
        request.path for request in simulator.requests if request.query.get("type") == "log"
    )
    async with httpx2.AsyncClient(
        transport=embedded(twin)["wire"], base_url="http://drs", headers={"X-Auth-Token": TOKEN}
    ) as http:
        first = await http.get(shop, params={"type": "log", "offset": "0", "limit": "1"})
    assert first.json()["job"]["total_count"] == 12_000
    twin.limits = Limits(log_order="oldest")  # it has grown once, and does no more
    still = await ask(get_logs, **embedded(twin), job="shop-mysql-sync")
    assert without_receipt(under) == without_receipt(still)
    assert "read" not in under


@pytest.mark.parametrize("limits", LIMITS, ids=IDS)
async def test_a_row_comparison_of_5_000_tables(limits):
    under, plain = await answers(
        limits, get_compare_detail, job="billing-recon", compare_type="line_compare"
    )
    assert under["totals"] == {
        "tables": 5000,
        "consistent": 4960,
        "inconsistent": 37,
        "failed to compare": 2,
        "cannot be compared": 1,
    }
    assert under == plain


@pytest.mark.parametrize("limits", LIMITS, ids=IDS)
async def test_a_value_comparison_with_2_017_differing_rows(limits):
    under, plain = await answers(limits, get_compare_diff, job="billing-recon")
    assert under["totals"] == {
        "rows": 2017,
        "only in source": 905,
        "only in destination": 301,
        "different": 811,
    }
    assert "notes" not in under or not any("say otherwise" in note for note in under["notes"])
    assert under == plain


@pytest.mark.parametrize("compare_type", ["object_compare", "content_compare"])
@pytest.mark.parametrize("limits", LIMITS, ids=IDS)
async def test_objects_and_values_of_every_database(limits, compare_type):
    under, plain = await answers(
        limits, get_compare_detail, job="billing-recon", compare_type=compare_type
    )
    assert under == plain


@pytest.mark.parametrize("limits", LIMITS, ids=IDS)
async def test_the_task_list_and_the_list_of_comparisons(limits):
    under, plain = await answers(limits, list_jobs)
    assert under == plain
    under, plain = await answers(limits, list_compare_tasks, job="billing-recon")
    assert under == plain


@pytest.mark.parametrize("function", [get_compare_detail, get_compare_diff])
async def test_database_names_that_drs_ignores_count_nothing_twice(function):
    arguments = {"compare_type": "line_compare"} if function is get_compare_detail else {}
    under = await ask(
        function,
        **embedded(Simulator(limits=Limits(db_filter=False, totals=True))),
        job="billing-recon",
        **arguments,
    )
    plain = await ask(function, **embedded(Simulator()), job="billing-recon", **arguments)
    assert under["totals"] == plain["totals"]


async def test_a_named_database_is_read_alone_and_its_case_does_not_matter():
    found = await ask(
        get_compare_detail,
        **embedded(Simulator()),
        job="billing-recon",
        compare_type="line_compare",
        source_db_name="LEDGER",
    )
    assert 0 < found["totals"]["tables"] < 5000


async def test_the_pages_of_the_troubled_tables_join_up_to_all_of_them():
    names, offset = [], 0
    while True:
        found = await ask(
            get_compare_detail,
            **embedded(Simulator()),
            job="billing-recon",
            compare_type="line_compare",
            offset=offset,
            limit=4,
        )
        names += [row[0] for row in found["tables"]["rows"]]
        following = [call for call in found.get("next", []) if "offset" in call["args"]]
        if not following:
            break
        offset = following[0]["args"]["offset"]
    assert len(names) == len(set(names)) == found["tables"]["total"]
