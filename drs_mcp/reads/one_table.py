"""Reading what DRS says of one table beside its comparisons: its mapping and its progress."""

from typing import NamedTuple

import anyio

from drs_mcp.api.connections import Connection
from drs_mcp.api.task_reads import TaskReads
from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.reads.optional import OptionalParts
from drs_mcp.summaries.comparisons.requested.names import is_pattern, parts

_MOST = 100


class TableFacts(NamedTuple):
    """The first pages of the mapping and of the progress; None where they could not be had."""

    mapping: FirstRows | None
    progress: FirstRows | None
    unread: dict[str, str]


async def read_table_facts(drs: Connection, job_id: str, table: str) -> TableFacts:
    """Mapping and progress of a table; neither is read of a pattern."""
    optional, task = OptionalParts(drs, job_id), TaskReads(drs.client, job_id)
    found: dict[str, FirstRows | None] = {}
    name = [part.strip() for part in parts(table.strip())]
    if not name[-1] or is_pattern(table):
        return TableFacts(None, None, {})

    async def mapping() -> None:
        # Whether what stands before a table's name is a database or a schema is not known.
        fields = {"table_name": name[-1]}
        found["mapping"] = await optional.read(
            "mapping", lambda: task.mappings(fields, limit=_MOST)
        )

    async def progress() -> None:
        async def part() -> FirstRows:
            return await task.first_rows(
                "progress-data/table",
                "the progress of a table",
                narrowed={"search_name": name[-1]},
                limit=_MOST,
            )

        found["progress"] = await optional.read("progress of tables", part)

    async with anyio.create_task_group() as group:
        group.start_soon(mapping)
        group.start_soon(progress)
    optional.note_missing()
    return TableFacts(found["mapping"], found["progress"], optional.told)
