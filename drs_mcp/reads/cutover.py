"""Reading what a cut-over is judged by: all of a diagnosis, and its comparisons table by table."""

from collections.abc import Awaitable
from dataclasses import dataclass, field, replace

import anyio

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.job import Job
from drs_mcp.errors import NoComparison
from drs_mcp.reads.comparisons.compared import ReadComparison
from drs_mcp.reads.comparisons.details import read_rows, read_values
from drs_mcp.reads.diagnosis import gather
from drs_mcp.reads.parts import Parts
from drs_mcp.reads.tasks import resolve
from drs_mcp.summaries.comparisons.rows import RowComparison, RowComparisonAnswer
from drs_mcp.summaries.comparisons.values import ValueComparison, ValueComparisonAnswer
from drs_mcp.summaries.cutover.criteria import CutoverEvidence
from drs_mcp.summaries.diagnosis.evidence import Evidence

_TASK = "task"


async def gather_cutover(drs: Connection, job: str) -> CutoverEvidence:
    """Read everything side by side; a part that fails is named.

    Raises:
        DrsError: the task is not known, or nothing of it could be read.
    """
    reader = _EvidenceReader(drs, await resolve(drs, job))
    async with anyio.create_task_group() as group:
        for part in (
            reader.read_task,
            reader.read_row_tables,
            reader.read_value_tables,
            reader.read_writable,
        ):
            group.start_soon(part)
    if reader.task is None:
        raise reader.parts.errors[_TASK]
    unread = {**reader.parts.unread, **reader.task.unread}
    return CutoverEvidence(
        task=replace(reader.task, job_ref=job, unread=unread),
        rows=reader.rows,
        values=reader.values,
        writable=reader.writable,
    )


@dataclass
class _EvidenceReader:
    drs: Connection
    job_id: str
    parts: Parts = field(default_factory=Parts)
    task: Evidence | None = None
    rows: RowComparisonAnswer | None = None
    values: ValueComparisonAnswer | None = None
    writable: Job | None = None

    async def read_task(self) -> None:
        self.task = await self.parts.read(_TASK, lambda: gather(self.drs, self.job_id))

    async def read_row_tables(self) -> None:
        self.rows = await self.parts.read("row comparison", self._rows)

    async def read_value_tables(self) -> None:
        self.values = await self.parts.read("value comparison", self._values)

    async def read_writable(self) -> None:
        self.writable = await self.parts.read(
            "read-only state",
            lambda: self.drs.client.show(self.job_id, DetailQuery("is_writable")),
        )

    async def _rows(self) -> RowComparisonAnswer | None:
        fold = RowComparison()
        read = await _compared(read_rows(self.drs, self.job_id, fold))
        if read is None:
            return None
        answer = fold.answer(job=self.job_id, task=read.task)
        answer.read = read.read
        return answer

    async def _values(self) -> ValueComparisonAnswer | None:
        fold = ValueComparison()
        read = await _compared(read_values(self.drs, self.job_id, fold))
        if read is None:
            return None
        answer = fold.answer(job=self.job_id, task=read.task)
        answer.read = read.read
        return answer


async def _compared(reader: Awaitable[ReadComparison]) -> ReadComparison | None:
    """What was read of a comparison; None where none has finished."""
    try:
        return await reader
    except NoComparison:
        return None
