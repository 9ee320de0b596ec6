"""Which database pairs of a comparison to read, and their rows into a fold."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import anyio

from drs_mcp.api.connections import Connection
from drs_mcp.api.paging import Coverage
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.values import Row, count, record
from drs_mcp.errors import DrsError
from drs_mcp.reads.comparisons.coverage import CombinedCoverage
from drs_mcp.reads.comparisons.overviews import read_overview_rows
from drs_mcp.reads.comparisons.tasks import result_of
from drs_mcp.reads.parts import run_parallel
from drs_mcp.summaries.comparisons.overview import Pair, pairs_of

_PAIRS_AT_ONCE = 4
"""Database pairs walked side by side; their requests share the profile's few places."""


async def pairs_to_walk(
    drs: Connection, job_id: str, compare_type: str, task_id: str, source: str, target: str
) -> tuple[list[Pair], list[str]]:
    """The database pairs to read, and notes: the one named, or every pair of the overview.

    A name is matched without case; a source alone finds its destination in the overview. Without
    any overview the whole comparison is one walk.
    """
    if source and target:
        return [Pair(source, target, None)], []
    rows, coverage = await read_overview_rows(drs, job_id, compare_type, task_id)
    pairs = pairs_of(rows, compare_type)
    notes = [] if coverage.complete else [f"The overview is incomplete: {coverage.why}."]
    if source or target:
        wanted = [
            pair
            for pair in pairs
            if (not source or pair.source_db.lower() == source.lower())
            and (not target or pair.target_db.lower() == target.lower())
        ]
        # A name the overview does not have is still asked for: DRS knows best.
        return wanted or [Pair(source, target, None)], notes
    return pairs or [Pair("", "", None)], notes


async def walk(
    drs: Connection,
    job_id: str,
    query: DetailQuery,
    pairs: Sequence[Pair],
    feed: Callable[[Sequence[Row], Pair], None],
    *,
    rows_of: Callable[[Row], object],
    on_page: Callable[[Row, Pair], None] | None = None,
) -> CombinedCoverage:
    """Read the rows of every database pair, a few pairs side by side.

    Should DRS ignore the database names, every walk would bring the same rows: then one walk is
    made, of no named database.

    Raises:
        DrsError: not one pair could be read.
    """
    if len(pairs) > 1 and await _names_ignored(drs, job_id, query, pairs):
        pairs = [Pair("", "", None)]
    walked: dict[int, Coverage] = {}
    errors: dict[int, DrsError] = {}
    places = anyio.Semaphore(_PAIRS_AT_ONCE)

    async def one(number: int, pair: Pair) -> None:
        def take(rows: Sequence[Row]) -> None:
            feed(rows, pair)

        def see_page(job: Row) -> None:
            if on_page is not None:
                on_page(job, pair)

        async with places:
            try:
                walked[number] = await drs.client.show_pages(
                    job_id, _with_databases(query, pair), rows_of, take, on_page=see_page
                )
            except DrsError as error:
                errors[number] = error
                walked[number] = Coverage(0, None, str(error).partition("\n")[0])

    async with anyio.create_task_group() as group:
        for number, pair in enumerate(pairs):
            group.start_soon(one, number, pair)
    if len(errors) == len(pairs):
        raise errors[0]
    combined = CombinedCoverage()
    for number in range(len(pairs)):
        combined.add(walked[number])
    return combined


def _with_databases(query: DetailQuery, pair: Pair) -> DetailQuery:
    return replace(query, source_db_name=pair.source_db, target_db_name=pair.target_db)


async def _names_ignored(
    drs: Connection, job_id: str, query: DetailQuery, pairs: Sequence[Pair]
) -> bool:
    """Whether the totals prove that DRS ignores database names.

    If they counted, a total over all databases that equals the first one's would leave nothing
    for the second. Databases may be alike, so equal rows would prove nothing.
    """
    samples = [Pair("", "", None), *pairs[:2]]
    totals = await run_parallel(
        {str(n): partial(_total, drs, job_id, query, one) for n, one in enumerate(samples)}
    )
    everything = totals["0"]
    # A list without names may be refused, an unread total proves nothing: then names count.
    return (
        isinstance(everything, int)
        and everything > 0
        and all(total == everything for total in totals.values())
    )


async def _total(drs: Connection, job_id: str, query: DetailQuery, pair: Pair) -> int | None:
    job = await drs.client.show_page(job_id, _with_databases(query, pair), offset=0, limit=1)
    total = count(job.get("total_count"))
    if total is not None:
        return total
    return count(record(result_of(job).get("content_diff_detail_info")).get("count"))
