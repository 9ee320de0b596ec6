"""Reading the overview of a comparison of any type."""

from dataclasses import dataclass, field

from drs_mcp.api.connections import Connection
from drs_mcp.api.paging import Coverage
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.values import Row, count, record, records, text
from drs_mcp.errors import ApiError, DrsError
from drs_mcp.reads.comparisons.coverage import read_of
from drs_mcp.reads.comparisons.tasks import (
    choose_comparison,
    comparisons_of,
    result_of,
)
from drs_mcp.summaries.answer import Read
from drs_mcp.summaries.comparisons.tasks import CompareTask

_OVERVIEW_ROWS = {
    "line_compare": "line_compare_overview_infos",
    "content_compare": "content_compare_overview_infos",
}


@dataclass(frozen=True)
class Overview:
    """`info` of an object comparison (Table 41), or `rows` of another (Tables 45, 47).

    `job_id` is the task under whose ID the latter stand, `task_id` their comparison.
    """

    info: Row = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    task: CompareTask | None = None
    read: Read | None = None
    notes: list[str] = field(default_factory=list)
    job_id: str = ""
    task_id: str = ""


async def read_overview(
    drs: Connection, job_id: str, compare_type: str, compare_task_id: str
) -> Overview:
    """The overview of the comparison named, or of the newest one that has results."""
    if compare_type == "object_compare":
        _, info = await read_object_overview(drs, job_id, compare_task_id)
        return Overview(info=info)
    chosen = await choose_comparison(drs, job_id, compare_type, compare_task_id)
    rows, coverage = await read_overview_rows(drs, chosen.job_id, compare_type, chosen.task_id)
    return Overview(
        rows=rows,
        task=chosen.task,
        read=read_of(coverage),
        notes=list(chosen.notes),
        job_id=chosen.job_id,
        task_id=chosen.task_id,
    )


async def read_object_overview(
    drs: Connection, job_id: str, compare_task_id: str = ""
) -> tuple[str, Row]:
    """The overview of an object comparison (Table 41), and under which task's ID it stands.

    Without an ID DRS answers for its newest one. Where the task has none, the task is asked that
    its comparisons stand under, if that is another.
    """
    try:
        info = await _object_overview(drs, job_id, compare_task_id)
    except ApiError:
        owner = (await comparisons_of(drs, job_id)).job_id
        if owner == job_id:
            raise
        return owner, await _object_overview(drs, owner, compare_task_id)
    if not info:
        owner = (await comparisons_of(drs, job_id)).job_id
        if owner != job_id:
            return owner, await _object_overview(drs, owner, compare_task_id)
    return job_id, info


async def _object_overview(drs: Connection, job_id: str, compare_task_id: str) -> Row:
    query = DetailQuery(
        "compare",
        compare_type="object_compare",
        query_type="overview",
        compare_task_id=compare_task_id,
    )
    job = await drs.client.show(job_id, query)
    return record(result_of(job).get("objects_compare_overview_info"))


async def tables_in_scope(drs: Connection, job_id: str) -> int | None:
    """How many tables the newest object comparison counts at the source; None if it is not told."""
    try:
        info = await _object_overview(drs, job_id, "")
    except DrsError:
        return None
    for row in records(info.get("compare_results")):
        if (text(row.get("type")) or "").upper() == "TABLE":
            return count(row.get("source_count"))
    return None


async def read_overview_rows(
    drs: Connection, job_id: str, compare_type: str, compare_task_id: str
) -> tuple[list[Row], Coverage]:
    """The overview of a row or value comparison: one row a database pair (Tables 45, 47)."""
    rows: list[Row] = []
    coverage = await drs.client.show_pages(
        job_id,
        DetailQuery(
            "compare",
            compare_type=compare_type,
            query_type="overview",
            compare_task_id=compare_task_id,
        ),
        lambda job: result_of(job).get(_OVERVIEW_ROWS[compare_type]),
        rows.extend,
    )
    return rows, coverage
