"""Reading a connection test, and beside it whose addresses were tested."""

from functools import partial

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.job import Job
from drs_mcp.errors import DrsError
from drs_mcp.reads.parts import run_parallel
from drs_mcp.reads.tasks import resolve


async def read_network_test(
    drs: Connection, job: str, query: DetailQuery
) -> tuple[Job, Job | None]:
    """The test, and the task's detail; None where that could not be read.

    Raises:
        DrsError: the test could not be read.
    """
    job_id = await resolve(drs, job)
    parts = await run_parallel(
        {
            "test": partial(drs.client.show, job_id, query),
            "detail": partial(drs.client.show, job_id, DetailQuery("detail")),
        }
    )
    test, detail = parts["test"], parts["detail"]
    if isinstance(test, DrsError):
        raise test
    return test, None if isinstance(detail, DrsError) else detail
