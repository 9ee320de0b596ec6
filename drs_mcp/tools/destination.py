"""Tools about the destination and the choice of objects."""

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.reads.tasks import show
from drs_mcp.summaries.tasks.object_import import ObjectImportAnswer, object_import_answer
from drs_mcp.summaries.tasks.writable import WritableAnswer, writable_answer
from drs_mcp.tools.arguments import Job


async def get_object_import(drs: Connection, job: Job) -> ObjectImportAnswer:
    """How the objects of a DRS task can be imported by file: size limit, how they were last selected."""
    return object_import_answer(await show(drs, job, DetailQuery("file")))


async def get_writable_status(drs: Connection, job: Job) -> WritableAnswer:
    """Whether the read-only state of a DRS task's destination was lifted: can one write there.

    No answer of DRS: no lift is known, not that it is read-only.
    """
    return writable_answer(await show(drs, job, DetailQuery("is_writable")))
