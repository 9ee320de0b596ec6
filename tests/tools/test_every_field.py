"""Every response field of the reference page has a home: some call tells when it changes."""

import copy
import json
from functools import cache
from pathlib import Path

import anyio
import httpx2
import pytest

from drs_mcp.api.wire.job import TABLES, ListedJob, ShowJobAnswer
from drs_mcp.errors import DrsError
from drs_mcp.tools.checks import get_network_test, get_precheck
from drs_mcp.tools.comparisons import (
    get_compare_detail,
    get_compare_diff,
    get_compare_overview,
    list_compare_tasks,
)
from drs_mcp.tools.destination import get_object_import, get_writable_status
from drs_mcp.tools.jobs import get_job_detail, get_progress, list_jobs
from drs_mcp.tools.logs import get_logs
from tests.support.every_field import JOB, LISTED, answers, at, changed, places, wire
from tests.support.tool_calls import ask

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "reference_tables.json").read_text("utf-8")
)
ERRORS = 56
"""The table of error bodies, which is no answer."""

DROPPED = {
    (9, "db_password"): "secret",
    (13, "ssl_cert_key"): "secret",
    (13, "ssl_cert_password"): "secret",
    (17, "password"): "secret",
    (18, "password"): "secret",
}
"""Fields that no call tells, and why."""

CALLS = {
    "detail": [(get_job_detail, {}), (get_job_detail, {"section": "all"})],
    "log": [(get_logs, {})],
    "network": [(get_network_test, {"query_id": "q-1"})],
    "precheck": [
        (get_precheck, {"query_id": "q-1"}),
        (get_precheck, {"query_id": "q-1", "full": True}),
    ],
    "progress": [(get_progress, {}), (get_progress, {"full": True})],
    "file": [(get_object_import, {})],
    "is_writable": [(get_writable_status, {})],
    "object_compare overview": [
        (get_compare_overview, {"compare_type": "object_compare", "full": full})
        for full in (False, True)
    ],
    "object_compare detail": [
        (get_compare_detail, {"compare_type": "object_compare"}),
        (get_compare_detail, {"compare_type": "object_compare", "status": "equal"}),
    ],
    "data_compare list": [(list_compare_tasks, {}), (list_compare_tasks, {"full": True})],
    "line_compare overview": [(get_compare_overview, {"compare_type": "line_compare"})],
    "line_compare detail": [(get_compare_detail, {"compare_type": "line_compare"})],
    "content_compare overview": [(get_compare_overview, {"compare_type": "content_compare"})],
    "content_compare detail": [(get_compare_detail, {"compare_type": "content_compare"})],
    "content_compare diff": [(get_compare_diff, {"include_values": True, "include_sql": True})],
}
"""What is asked of DRS -> the calls that tell it, the one without arguments first."""

NUMBERS = {shape: number for number, shape in TABLES.items()}
FIELDS = [
    (int(number), field)
    for number, table in REFERENCE.items()
    if int(number) != ERRORS
    for field in table["fields"]
]
PLACES = [
    (NUMBERS[shape], asked, path)
    for asked, answer in answers().items()
    for shape, path in places(answer, ShowJobAnswer)
]


def told(asked, answer):
    """What each call says of an answer, one after the other: errors, too."""

    async def tell():
        for function, arguments in CALLS[asked]:
            upstream = wire(answers() | {asked: answer})
            try:
                yield await ask(function, upstream, job=JOB, max_chars=30_000, **arguments)
            except DrsError as error:
                yield str(error)

    async def everything():
        return [one async for one in tell()]

    return anyio.run(everything)


@cache
def unchanged(asked):
    return told(asked, answers()[asked])


def others_of(number, field):
    """Every answer in which the field is another, with what was asked for."""
    for table, asked, path in PLACES:
        answer = answers()[asked]
        found = at(answer, path)
        if table != number or field not in found:
            continue
        other = changed(found[field])
        if other is None:
            del found[field]
        else:
            found[field] = other
        yield asked, answer


def test_there_are_278_fields():
    assert len(FIELDS) == 278


@pytest.mark.parametrize(("number", "field"), [one for one in FIELDS if one not in DROPPED])
def test_some_call_tells_when_a_field_changes(number, field):
    tried = 0
    for asked, answer in others_of(number, field):
        tried += 1
        if told(asked, answer) != unchanged(asked):
            return
    assert tried, "no answer of the world holds it"
    raise AssertionError("no call tells it")


@pytest.mark.parametrize(("number", "field"), DROPPED)
def test_what_is_dropped_is_told_by_no_call(number, field):
    found = list(others_of(number, field))
    assert found
    assert all(told(asked, answer) == unchanged(asked) for asked, answer in found)


def test_only_secrets_echoes_and_paging_are_dropped():
    assert set(DROPPED.values()) <= {"secret", "echo of the request", "paging"}


@pytest.mark.parametrize("field", sorted(ListedJob.__annotations__))
@pytest.mark.anyio
async def test_the_wide_list_tells_when_a_field_of_a_row_changes(field):
    async def listed(row):
        def answer(request):
            rows = [row] if request.url.params["job_type"] == "sync" else []
            return httpx2.Response(200, json={"total_count": len(rows), "jobs": rows})

        return await ask(list_jobs, httpx2.MockTransport(answer), view="wide")

    row = copy.deepcopy(LISTED)
    before = await listed(row)
    row[field] = changed(row[field])
    assert await listed(row) != before
