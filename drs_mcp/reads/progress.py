"""Reading a task's progress: its detail beside it, then how its parts move."""

from dataclasses import replace
from typing import NamedTuple

import anyio

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.api.wire.job import Job
from drs_mcp.errors import DrsError
from drs_mcp.reads.health import HealthReader
from drs_mcp.reads.parts import run_parallel
from drs_mcp.reads.tasks import resolve
from drs_mcp.summaries.health.evidence import TaskHealth
from drs_mcp.summaries.tasks.live_status import live_status


class ReadProgress(NamedTuple):
    """What was read: `type=progress`, `type=detail` (None when unreadable), and what is optional.

    `tables` is the first page of the tables of the full phase.
    """

    progress: Job
    detail: Job | None
    health: TaskHealth
    tables: FirstRows | None


async def read_progress(drs: Connection, job: str) -> ReadProgress:
    """How far a task is, and how its parts move.

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
    known = None if isinstance(detail, DrsError) else detail
    health, tables = await _health(drs, job_id, progress, known)
    return ReadProgress(progress, known, health, tables)


async def _health(
    drs: Connection, job_id: str, progress: Job, detail: Job | None
) -> tuple[TaskHealth, FirstRows | None]:
    reader = HealthReader(drs, job_id)
    state = live_status(progress, detail, None).state
    copying = state.phase == "full" and state.group in ("running", "failed")
    tables: list[FirstRows | None] = []
    health: list[TaskHealth] = []

    async def read_health() -> None:
        health.append(await reader.read(detail, history=False))

    async def read_tables() -> None:
        if copying:
            tables.append(await reader.tables())

    async with anyio.create_task_group() as group:
        group.start_soon(read_health)
        group.start_soon(read_tables)
    reader.parts.note_missing()
    return replace(health[0], unread=reader.parts.told), tables[0] if tables else None
