"""The tool about what happened to a task."""

from drs_mcp.api.connections import Connection
from drs_mcp.reads.history import read_history
from drs_mcp.summaries.health.history import HistoryAnswer, ListKind, history_answer
from drs_mcp.tools.arguments import Full, Job, Offset


async def get_history(
    drs: Connection, job: Job, kind: ListKind, offset: Offset = 0, full: Full = False
) -> HistoryAnswer:
    """What happened to a DRS task: who did what (timeline), failed DDL, rejected rows, parameter changes.

    Rejected rows: counts; one by one with `full`.
    """
    block = await read_history(drs, job, kind, offset)
    return history_answer(
        kind, block.page, job_ref=job, offset=offset, phase=block.phase, full=full
    )
