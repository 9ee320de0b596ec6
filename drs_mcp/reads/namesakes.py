"""Reading which other tasks one could be taken for, beside what is read of the task itself."""

from dataclasses import replace
from functools import partial

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.errors import DrsError
from drs_mcp.reads.parts import run_parallel
from drs_mcp.reads.tasks import every_task
from drs_mcp.summaries.tasks.lookup.namesakes import Namesakes, namesakes


async def read_namesakes(drs: Connection, job_id: str) -> Namesakes:
    """The tasks named like the one of that ID, from the list that is kept for a minute.

    Never raises: what is unread is told, and judges nothing.
    """
    try:
        swept = await every_task(drs)
    except DrsError:
        return Namesakes(unread="the task list could not be read")
    found = namesakes(job_id, swept.tasks)
    read = await run_parallel(
        {
            task.id: partial(drs.client.show, task.id, DetailQuery("detail"))
            for task in found.candidates
        }
    )
    details = tuple(
        (task_id, job) for task_id, job in read.items() if not isinstance(job, DrsError)
    )
    return replace(found, details=details, unread=" ".join(swept.missing).rstrip("."))
