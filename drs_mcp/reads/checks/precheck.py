"""Reading a pre-check: the one that a query_id names, or the newest one of a task."""

from typing import NamedTuple

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.task_reads import TaskReads
from drs_mcp.api.wire.values import Row, record, records, text
from drs_mcp.errors import DrsError, RequestRefused
from drs_mcp.knowledge.prechecks import differs_by_engine
from drs_mcp.reads.optional import not_offered
from drs_mcp.reads.tasks import resolve
from drs_mcp.summaries.checks.precheck_facts import as_table_32

_WITHOUT = (
    "This region does not offer the last pre-check of a task. Pass the query_id that starting the "
    "pre-check returned, or see the task's pre-check page in the DRS console."
)


class ReadPrecheck(NamedTuple):
    """A pre-check as Table 32 has it, None where the task has had none, and the task's link.

    The link, such as `mysql-to-mysql`, is read where what is known of an item depends on it.
    """

    found: Row | None
    link: str


async def read_precheck(drs: Connection, job: str, query_id: str) -> ReadPrecheck:
    """The pre-check, and the link of the task.

    Raises:
        DrsError: the pre-check could not be read; an error of DRS's own tells what DRS said.
    """
    job_id = await resolve(drs, job)
    found = await _read(drs, job_id, query_id)
    items = records((found or {}).get("precheck_results"))
    if not any(differs_by_engine(text(item.get("item")) or "") for item in items):
        return ReadPrecheck(found, "")
    try:
        detail = await drs.client.show(job_id, DetailQuery("detail"))
    except DrsError:
        return ReadPrecheck(found, "")
    return ReadPrecheck(found, text(record(detail.get("base_info")).get("engine_type")) or "")


async def _read(drs: Connection, job_id: str, query_id: str) -> Row | None:
    if query_id:
        found = await drs.client.show(job_id, DetailQuery("precheck", query_id=query_id))
        return record(found.get("precheck_result"))
    try:
        last = await TaskReads(drs.client, job_id).last_precheck()
    except RequestRefused as error:
        raise error.with_message(_WITHOUT) if not_offered(error) else error from None
    return None if last is None else as_table_32(last)
