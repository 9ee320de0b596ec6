"""What counts as an answer about a task, and as a list."""

import httpx2
import pytest

from drs_mcp.api.query import DetailQuery
from drs_mcp.errors import BadAnswer
from tests.support.tool_calls import JOB, connections, replaying

pytestmark = pytest.mark.anyio

OTHER = "0a1b2c3d-0000-4000-8000-0000000jb20r"


async def asked(wire, question):
    async with connections(wire) as opened:
        return await question((await opened.open()).client)


@pytest.mark.parametrize("body", [{}, {"job": None}, {"job": []}, {"job": "none"}])
async def test_an_answer_without_a_job_object_is_none(body):
    with pytest.raises(BadAnswer, match="without a job object when asked for the detail of task"):
        await asked(replaying(body), lambda client: client.show(JOB, DetailQuery("detail")))


async def test_another_tasks_answer_is_none():
    with pytest.raises(BadAnswer, match="answered for another task"):
        await asked(
            replaying({"job": {"id": OTHER, "status": "RELEASED"}}),
            lambda client: client.show(JOB, DetailQuery("progress")),
        )


@pytest.mark.parametrize("job", [{}, {"id": None}, {"id": JOB}, {"id": JOB.upper()}])
async def test_a_job_object_without_an_id_or_with_the_tasks_own_is_an_answer(job):
    found = await asked(
        replaying({"job": job}), lambda client: client.show(JOB, DetailQuery("is_writable"))
    )
    assert found == job


async def test_a_page_of_another_task_stops_the_read_of_a_list():
    def answer(request):
        offset = int(request.url.params["offset"])
        job = {"id": OTHER if offset > 500 else JOB, "total_count": 2000}
        rows = [{"message": str(n)} for n in range(offset, offset + 1000)]
        return httpx2.Response(200, json={"job": job | {"logs": rows}})

    coverage = await asked(
        httpx2.MockTransport(answer),
        lambda client: client.show_pages(
            JOB, DetailQuery("log"), lambda job: job.get("logs"), lambda _: None
        ),
    )
    assert (coverage.rows, coverage.of) == (1000, 2000)
    assert coverage.why.startswith("DRS answered for another task")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"jobs": []}, ""),
        ({"total_count": 0}, ""),
        ({"total_count": "0", "jobs": None}, ""),
        ({}, "DRS sent no list"),
        ({"jobs": None}, "DRS sent no list"),
        ({"jobs": "none"}, "DRS sent no list"),
        ({"jobs": [None, 3]}, "DRS sent rows that are no objects"),
    ],
)
async def test_an_empty_task_list_is_read_and_a_missing_one_is_not(body, why):
    coverage = await asked(replaying(body), lambda client: client.list_jobs("sync", lambda _: None))
    assert (coverage.rows, coverage.why) == (0, why)


async def details(query, rows):
    """The coverage of a list of two pages."""

    def answer(request):
        offset = int(request.url.params["offset"])
        page = {"total_count": len(rows), "logs": rows[offset : offset + 10]}
        return httpx2.Response(200, json={"job": page})

    return await asked(
        httpx2.MockTransport(answer),
        lambda client: client.show_pages(JOB, query, lambda job: job.get("logs"), lambda _: None),
    )


ALIKE = [{"source_table_name": f"t{n % 12}"} for n in range(15)]


@pytest.mark.parametrize(
    ("query", "proven"),
    [
        ({"compare_type": "content_compare", "query_type": "detail"}, False),
        ({"compare_type": "line_compare", "query_type": "detail", "source_db_name": "hr"}, False),
        # Two databases may have a table of one name: without them nothing tells the rows apart.
        ({"compare_type": "line_compare", "query_type": "detail"}, True),
        ({"compare_type": "object_compare", "query_type": "detail"}, True),
    ],
)
async def test_a_row_equal_in_every_field_on_two_pages_leaves_a_comparison_unproven(query, proven):
    coverage = await details(DetailQuery("compare", **query), ALIKE)
    assert (coverage.rows, coverage.complete) == (15, proven)


async def test_one_table_in_two_rows_that_differ_is_nothing_out_of_the_ordinary():
    rows = [row | {"source_row_num": n} for n, row in enumerate(ALIKE)]
    query = DetailQuery(
        "compare", compare_type="line_compare", query_type="detail", source_db_name="hr"
    )
    assert (await details(query, rows)).complete
