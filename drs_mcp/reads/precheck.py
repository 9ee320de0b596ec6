"""Reading a pre-check: the one that a query_id names, or the newest one of a task."""

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.task_reads import TaskReads
from drs_mcp.api.wire.values import Row, record
from drs_mcp.errors import RequestRefused
from drs_mcp.reads.optional import not_offered
from drs_mcp.reads.tasks import resolve

_WITHOUT = (
    "This region does not offer the last pre-check of a task. Pass the query_id that starting the "
    "pre-check returned, or see the task's pre-check page in the DRS console."
)


async def read_precheck(drs: Connection, job: str, query_id: str) -> Row | None:
    """The pre-check as Table 32 has it; None where the task has had none.

    Raises:
        DrsError: it could not be read; an error of DRS's own tells what DRS said.
    """
    job_id = await resolve(drs, job)
    if query_id:
        found = await drs.client.show(job_id, DetailQuery("precheck", query_id=query_id))
        return record(found.get("precheck_result"))
    try:
        last = await TaskReads(drs.client, job_id).last_precheck()
    except RequestRefused as error:
        raise error.with_message(_WITHOUT) if not_offered(error) else error from None
    # The items stand in a field of a slightly different name.
    return None if last is None else {**last, "precheck_results": last.get("precheck_result")}
