"""Reading the overview of a comparison of any type."""

from dataclasses import dataclass, field

from drs_mcp.api.connections import Connection
from drs_mcp.api.paging import Coverage
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.values import Row, record
from drs_mcp.reads.comparisons.coverage import read_of
from drs_mcp.reads.comparisons.tasks import named_task, result_of
from drs_mcp.summaries.answer import Read
from drs_mcp.summaries.comparisons.tasks import CompareTask

_OVERVIEW_ROWS = {
    "line_compare": "line_compare_overview_infos",
    "content_compare": "content_compare_overview_infos",
}


@dataclass(frozen=True)
class Overview:
    """`info` of an object comparison (Table 41), or `rows` of another (Tables 45, 47)."""

    info: Row = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    task: CompareTask | None = None
    read: Read | None = None
    notes: list[str] = field(default_factory=list)


async def read_overview(
    drs: Connection, job_id: str, compare_type: str, compare_task_id: str
) -> Overview:
    """The overview of the comparison named, or of the newest finished one."""
    if compare_type == "object_compare":
        query = DetailQuery(
            "compare",
            compare_type=compare_type,
            query_type="overview",
            compare_task_id=compare_task_id,
        )
        job = await drs.client.show(job_id, query)
        return Overview(info=record(result_of(job).get("objects_compare_overview_info")))
    task, task_id, notes = await named_task(drs, job_id, compare_type, compare_task_id)
    rows, coverage = await read_overview_rows(drs, job_id, compare_type, task_id)
    return Overview(rows=rows, task=task, read=read_of(coverage), notes=notes)


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
