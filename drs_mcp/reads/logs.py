"""Reading a task's log (`type=log`, Table 30) page by page into a fold."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from drs_mcp.api.connections import Connection
from drs_mcp.api.paging import Coverage
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.values import Row, moment, record, text
from drs_mcp.errors import DrsError
from drs_mcp.quoting.edges import Edges
from drs_mcp.reads.tasks import resolve
from drs_mcp.summaries.logs.fold import LogPatterns


class LogFold(Protocol):
    """What takes the entries."""

    def feed(self, rows: Sequence[Row], /) -> None:
        """Take one page of entries."""


async def read_log(drs: Connection, job: str, fold: LogFold) -> Coverage:
    """Feed the whole log to *fold*, in English: known failures are matched in that language."""
    return await feed_log(drs, await resolve(drs, job), fold)


async def feed_log(drs: Connection, job_id: str, fold: LogFold) -> Coverage:
    """The same for a task whose ID is known."""
    edges = Edges(fold.feed)
    coverage = await drs.client.in_english().show_pages(
        job_id,
        DetailQuery("log"),
        lambda found: found.get("logs"),
        edges.feed,
        newest_first=newest_first,
    )
    edges.flush()
    return coverage


async def read_patterns(drs: Connection, job: str, patterns: LogPatterns) -> tuple[Coverage, str]:
    """Feed the whole log to *patterns*; with the task's engine type where its newest error needs it.

    The engine type is empty where it is not needed, or cannot be read.
    """
    job_id = await resolve(drs, job)
    coverage = await feed_log(drs, job_id, patterns)
    if not patterns.is_unexplained:
        return coverage, ""
    link = ""
    with suppress(DrsError):
        detail = await drs.client.show(job_id, DetailQuery("detail"))
        link = text(record(detail.get("base_info")).get("engine_type")) or ""
    if not link:
        drs.notes.append("The task's engines could not be read: what they mean by it is unknown.")
    return coverage, link


def newest_first(rows: Sequence[Row]) -> bool:
    """Whether a log page starts with its newest entries (its order is not documented)."""
    times = [at for row in rows if (at := moment(row.get("create_time"))) is not None]
    return len(times) < 2 or times[0] >= times[-1]
