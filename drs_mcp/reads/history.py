"""Reading what happened to a task: one block of one list."""

from typing import Final, NamedTuple

from drs_mcp.api.connections import Connection
from drs_mcp.api.task_reads import TaskReads
from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.errors import RequestRefused
from drs_mcp.reads.health import ANONYMOUS, FULL_PHASE
from drs_mcp.reads.optional import not_offered
from drs_mcp.reads.tasks import resolve
from drs_mcp.summaries.health.past.history import BLOCK, ListKind

_LISTS: Final[dict[ListKind, tuple[str, str]]] = {
    "timeline": ("timelines", "timeline"),
    "ddl": ("ddl", "list of DDL"),
    "rejected_rows": ("dirty-data", "list of rejected rows"),
    "parameters": ("configuration-histories", "history of parameters"),
}
"""Kind -> path, what it is called."""


class HistoryBlock(NamedTuple):
    """The rows, from which row on they are, and of rejected rows the phase they are of."""

    page: FirstRows
    begin: int
    phase: str = ""


async def read_history(drs: Connection, job: str, kind: ListKind, offset: int) -> HistoryBlock:
    """The block of a list that *offset* lies in; rejected rows without the values of columns.

    Rejected rows are those of the incremental phase, and where it has none those of the full phase.

    Raises:
        DrsError: it could not be read; also where DRS does not offer it.
    """
    task = TaskReads(drs.client, await resolve(drs, job))
    path, called = _LISTS[kind]
    begin = offset - offset % BLOCK

    async def block(narrowed: dict[str, str], phase: str = "") -> HistoryBlock:
        async def page_at(first: int) -> FirstRows:
            return await task.first_rows(
                path, f"the {called}", narrowed=narrowed, offset=first, limit=BLOCK
            )

        page = await page_at(begin)
        if begin + len(page.rows) <= offset < (page.total or 0):  # DRS hands out smaller pages
            return HistoryBlock(await page_at(offset), offset, phase)
        return HistoryBlock(page, begin, phase)

    try:
        if kind != "rejected_rows":
            return await block({})
        found = await block(dict(ANONYMOUS), "incremental")
        return found if found.page.known else await block({**ANONYMOUS, **FULL_PHASE}, "full")
    except RequestRefused as error:
        if not not_offered(error):
            raise
        raise error.with_message(f"DRS offers no {called} for this region or engine.") from None
