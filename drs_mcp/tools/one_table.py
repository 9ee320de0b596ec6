"""The tool about one table: what every other tool says of it, at once."""

from collections.abc import Awaitable, Callable
from functools import partial

import anyio

from drs_mcp.api.connections import Connection
from drs_mcp.errors import ArgumentError, DrsError
from drs_mcp.reads.comparisons.coverage import read_of
from drs_mcp.reads.logs import read_log
from drs_mcp.reads.one_table import TableFacts, read_table_facts
from drs_mcp.reads.parts import run_parallel
from drs_mcp.reads.tasks import resolve
from drs_mcp.summaries.answer import Answer
from drs_mcp.summaries.comparisons.requested.names import folded, is_pattern
from drs_mcp.summaries.health.one_table import FoundTable, TableAnswer, table_answer
from drs_mcp.summaries.logs.filters import Filter
from drs_mcp.summaries.logs.fold import LogLines
from drs_mcp.tools.arguments import Job, TableName
from drs_mcp.tools.comparisons import get_compare_detail, get_compare_diff

_LOOKED_AT = 400
"""So many lines that name the table are looked at for those that tell of trouble."""

_ROWS = 20


async def get_table(drs: Connection, job: Job, table: TableName) -> TableAnswer:
    """All about one table of a DRS task: mapping, progress, row counts, verdicts, differing keys, log."""
    if not table.strip():
        raise ArgumentError("table is needed: get_compare_detail lists which tables differ.")
    job_id = await resolve(drs, job)
    facts: list[TableFacts] = []
    parts: dict[str, Answer | DrsError] = {}

    async def read_facts() -> None:
        facts.append(await read_table_facts(drs, job_id, table))

    async def read_parts() -> None:
        detail = partial(get_compare_detail, drs, job_id, table=table, limit=_ROWS)
        readers: dict[str, Callable[[], Awaitable[Answer]]] = {
            "rows": partial(detail, "line_compare"),
            "values": partial(detail, "content_compare"),
            "objects": partial(detail, "object_compare", object_type="TABLE"),
            "keys": partial(get_compare_diff, drs, job_id, table=table, limit=_ROWS),
            "log": partial(_lines, drs, job_id, table),
        }
        parts.update(await run_parallel(readers))

    async with anyio.create_task_group() as group:
        group.start_soon(read_facts)
        group.start_soon(read_parts)
    mapping, progress, unread = facts[0]
    return table_answer(FoundTable(parts, mapping, progress, unread), table=table)


async def _lines(drs: Connection, job_id: str, table: str) -> Answer:
    """The lines of the log that name a table, or hold what a pattern leaves open of it."""
    if is_pattern(table):
        phrase = table.strip().partition("*")[0].partition("[")[0].replace('"', "")
        wanted = Filter(contains=f'"{phrase}"' if phrase else "")
    else:
        wanted = Filter(table=folded(table))
    fold = LogLines(wanted, limit=_LOOKED_AT)
    coverage = await read_log(drs, job_id, fold)
    answer = fold.answer(job=job_id)
    answer.read = read_of(coverage)
    return answer
