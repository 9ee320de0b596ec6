"""In any world every differing key can be had: through the arguments that an answer suggests."""

from collections import Counter

import httpx2
import pytest
from anyio.from_thread import start_blocking_portal
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tool_calls import answer_of, client_over
from tests.worlds.case import shown
from tests.worlds.differences import as_told, differences, keys_of

TOOL = "get_compare_diff"
SMALL = st.sampled_from([6, 60, 150])


@pytest.fixture(scope="module")
def ask():
    """Asks about a world; one client serves all of them."""
    worlds = []

    def drs(request):
        return worlds[-1].answer(request)

    opened = client_over(httpx2.MockTransport(drs))
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(opened) as client:

        def answered(world, arguments):
            worlds[:] = [world]
            return answer_of(portal.call(client.call_tool, TOOL, arguments))

        yield answered


def every_key(ask, world, arguments):
    """The keys of all pages, by following the calls for the rest."""
    found, end = Counter(), 0
    while True:
        answer = ask(world, arguments)
        found += sum(map(keys_of, shown(answer, "ranges")), Counter())
        table = answer.get("ranges", {"shown": 0, "total": 0})
        end += table["shown"]
        if end >= table["total"]:
            return found
        assert table["shown"]
        following = [call["args"] for call in answer["next"] if call["args"].get("offset") == end]
        arguments = following[0] | {"max_chars": arguments["max_chars"]}


@pytest.mark.costly
@settings(max_examples=120)
@given(case=differences(SMALL), chars=st.integers(8_000, 30_000))
def test_every_differing_key_of_any_world_can_be_fetched(case, chars, ask):
    asked = case.arguments | {"include_values": True, "max_chars": chars}
    assert every_key(ask, case.world, asked) == as_told(case.rows)


@settings(max_examples=30)
@given(case=differences(SMALL), chance=st.randoms(use_true_random=False))
def test_the_keys_of_one_table_are_those_of_that_table(case, chance, ask):
    tables = sorted({row.table for row in case.rows})
    if not tables:
        return
    table = chance.choice(tables)
    asked = case.arguments | {"include_values": True, "max_chars": 30_000, "table": table}
    assert every_key(ask, case.world, asked) == as_told(
        row for row in case.rows if row.table == table
    )
