"""For any world and any budget: the answer fits, is valid, counts right, and tells its newest error."""

import unicodedata

import httpx2
import jsonschema
import pytest
from anyio.from_thread import start_blocking_portal
from hypothesis import given, settings
from hypothesis import strategies as st

from drs_mcp.serving.budget import compact
from drs_mcp.serving.catalogue import TOOL_FUNCTIONS, all_tools
from drs_mcp.serving.result import RenderOptions
from tests.support.tool_calls import answer_of, client_over
from tests.worlds import checks, comparisons, diagnosis, differences, logs, overviews, tasks
from tests.worlds.case import BUDGETS

WORLDS = {
    "diagnose_job": [diagnosis.task()],
    "check_cutover": [diagnosis.cutover()],
    "list_jobs": [tasks.job_list()],
    "get_job_detail": [tasks.detail()],
    "get_progress": [tasks.progress()],
    "watch_job": [tasks.watched()],
    "get_logs": [logs.patterns(), logs.lines()],
    "get_precheck": [checks.precheck()],
    "get_network_test": [checks.network()],
    "list_compare_tasks": [overviews.tasks()],
    "get_compare_overview": [
        overviews.objects(),
        overviews.pairs("line_compare", "lines"),
        overviews.pairs("content_compare", "contents"),
    ],
    "get_compare_detail": [comparisons.rows(), comparisons.values(), comparisons.objects()],
    "get_compare_diff": [differences.differences()],
    "get_object_import": [checks.object_import()],
    "get_writable_status": [checks.writable()],
}
CASES = [
    pytest.param(tool, case, id=f"{tool}-{number}")
    for tool, cases in WORLDS.items()
    for number, case in enumerate(cases)
]
TOOLS = {tool.name: tool for tool in all_tools(RenderOptions())}
SCHEMAS = {
    name: jsonschema.Draft202012Validator(tool.output_schema) for name, tool in TOOLS.items()
}
PAGED = [case for case in CASES if "offset" in TOOLS[case.values[0]].parameters["properties"]]


@pytest.fixture(scope="module")
def ask():
    """Asks a tool about a world; one client serves all of them, as starting one costs the most."""
    worlds = []

    def drs(request):
        return worlds[-1].answer(request)

    opened = client_over(httpx2.MockTransport(drs))
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(opened) as client,
    ):

        def answered(world, tool, arguments):
            worlds[:] = [world]
            return answer_of(portal.call(client.call_tool, tool, arguments))

        yield answered


ELSEWHERE = {"get_history", "get_table"}
"""Made of other reads: their rows are recounted in `tests/reads/test_history.py`, `test_one_table.py`."""


def test_every_tool_has_a_world():
    assert WORLDS.keys() | ELSEWHERE == {question.__name__ for question in TOOL_FUNCTIONS}


@pytest.mark.parametrize(("tool", "cases"), CASES)
@settings(max_examples=25)
@given(data=st.data(), max_chars=BUDGETS)
def test_an_answer_fits_is_valid_says_what_it_cuts_and_counts_like_a_recount(
    tool, cases, data, max_chars, ask
):
    case = data.draw(cases)
    case = case.by_name() if data.draw(st.integers(0, 3)) == 3 else case
    call = case.arguments | {"max_chars": max_chars}
    answer = ask(case.world, tool, call)
    assert len(compact(answer)) <= max_chars
    SCHEMAS[tool].validate(answer)
    assert clean(answer)
    for name, table in tables_of(answer).items():
        check_table(table, case.offset if name == case.paged else 0, call, tool, answer)
    assert {name: answer.get(name) for name in case.required} == case.required
    for name, value in case.droppable.items():
        assert answer.get(name) == value or name in answer["cut"]
    totals = {name: answer.get(name, {"total": 0})["total"] for name in case.tables}
    assert totals == case.tables
    case.check(answer)


@settings(max_examples=80)
@given(case=st.one_of(comparisons.rows(), comparisons.values()))
def test_sums_directions_and_worst_tables_equal_a_naive_recount(case, ask):
    answer = ask(case.world, "get_compare_detail", case.arguments | {"max_chars": 30_000})
    assert {name: answer.get(name) for name in case.required} == case.required
    assert {name: answer.get(name) for name in case.droppable} == case.droppable
    case.check(answer)


@settings(max_examples=15)
@given(case=logs.patterns())
def test_the_newest_error_is_told_at_every_budget(case, ask):
    for max_chars in (1000, 1500, 2500, 6000, 15000, 30000):
        answer = ask(case.world, "get_logs", case.arguments | {"max_chars": max_chars})
        case.check(answer)


@pytest.mark.parametrize(("tool", "cases"), PAGED)
@settings(max_examples=5)
@given(data=st.data(), max_chars=st.integers(1500, 29000))
def test_the_calls_for_the_rest_bring_every_row_once(tool, cases, data, max_chars, ask):
    case = data.draw(cases).by_name()
    call, end, calls = case.arguments | {"max_chars": max_chars}, case.offset, 0
    while call:
        answer = ask(case.world, tool, call)
        table = answer.get(case.paged, {"shown": 0, "total": 0})
        end += table["shown"]
        rest = [
            following["args"]
            for following in answer.get("next", [])
            if following["tool"] == tool and following["args"].get("offset") == end
        ]
        call = rest[0] if end < table["total"] else None
        calls += 1
        assert calls < 100
        assert calls == 1 or table["shown"]
    assert end >= table["total"]


def check_table(table, start, call, tool, answer):
    """What is cut is said: fewer rows than there are, and the call for the others."""
    rows = table.get("rows", [])
    assert table["shown"] == len(rows) <= table["total"]
    assert all(len(row) == len(table["columns"]) for row in rows)
    end = start + len(rows)
    if end < table["total"]:
        assert any(
            following["args"].get("offset", 0) == end
            or following["args"].get("max_chars", 0) > call["max_chars"]
            for following in answer.get("next", [])
            if following["tool"] == tool
        ) or ("next" in answer["cut"] and call["max_chars"] < 1500)


def tables_of(answer):
    return {
        name: value
        for name, value in answer.items()
        if isinstance(value, dict) and "shown" in value
    }


def clean(value, *, cell=False):
    """Nothing empty outside of rows, and no character that a reader cannot see."""
    if isinstance(value, dict):
        return bool(value) and all(
            visible(key) and clean(item, cell=key == "rows") for key, item in value.items()
        )
    if isinstance(value, list):
        return bool(value) and all(clean(item, cell=cell) for item in value)
    if isinstance(value, str):
        return bool(value) and visible(value)
    return cell or value is not None


def visible(text):
    return not any(unicodedata.category(sign) in ("Cc", "Cf") for sign in text)
