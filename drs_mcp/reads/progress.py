"""Reading a task's progress, with its detail beside it for name, thresholds and flow control."""

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.job import Job
from drs_mcp.errors import DrsError
from drs_mcp.reads.parts import run_parallel
from drs_mcp.reads.tasks import resolve


async def read_progress(drs: Connection, job: str) -> tuple[Job, Job | None]:
    """The `job` objects of `type=progress` and `type=detail`; the latter None when unreadable.

    Raises:
        DrsError: the progress could not be read.
    """
    job_id = await resolve(drs, job)
    parts = await run_parallel(
        {
            "progress": lambda: drs.client.show(job_id, DetailQuery("progress")),
            "detail": lambda: drs.client.show(job_id, DetailQuery("detail")),
        }
    )
    progress, detail = parts["progress"], parts["detail"]
    if isinstance(progress, DrsError):
        raise progress
    return progress, None if isinstance(detail, DrsError) else detail
