"""Reading a task's log (`type=log`, Table 30) page by page into a fold."""

from collections.abc import Sequence
from typing import Protocol

from drs_mcp.api.connections import Connection
from drs_mcp.api.paging import Coverage
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.values import Row, moment
from drs_mcp.reads.tasks import resolve


class LogFold(Protocol):
    """What takes the entries."""

    def feed(self, rows: Sequence[Row], /) -> None:
        """Take one page of entries."""


async def read_log(drs: Connection, job: str, fold: LogFold) -> Coverage:
    """Feed the whole log to *fold*, in English: known failures are matched in that language."""
    return await feed_log(drs, await resolve(drs, job), fold)


async def feed_log(drs: Connection, job_id: str, fold: LogFold) -> Coverage:
    """The same for a task whose ID is known."""
    return await drs.client.in_english().show_pages(
        job_id,
        DetailQuery("log"),
        lambda found: found.get("logs"),
        fold.feed,
        newest_first=newest_first,
    )


def newest_first(rows: Sequence[Row]) -> bool:
    """Whether a log page starts with its newest entries (its order is not documented)."""
    times = [at for row in rows if (at := moment(row.get("create_time"))) is not None]
    return len(times) < 2 or times[0] >= times[-1]
