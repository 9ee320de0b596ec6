"""Which database pairs of a comparison to read, and their rows into a fold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
from drs_mcp.summaries.comparisons.overviews.pairs import Pair, pairs_of
from drs_mcp.summaries.comparisons.requested.names import (
    RequestedDatabase,
    find_database,
    not_there,
)

_PAIRS_AT_ONCE = 4
"""Database pairs walked side by side; their requests share the profile's few places."""


@dataclass(frozen=True)
class Pairs:
    """The database pairs to read, a table that the caller's word for a database held, and notes.

    `checked` is False where no overview could vouch for the names: then DRS is asked by them as
    they are, and nothing that comes back is proof that there is nothing.
    """

    pairs: Sequence[Pair]
    table: str = ""
    notes: Sequence[str] = ()
    checked: bool = True
    named: str = ""
    others: Sequence[Pair] = ()
    """Pairs that were not asked for: whether DRS minds the names is seen by one of them."""

    @property
    def whole(self) -> bool:
        """Whether every database is read."""
        return not self.named

    @property
    def listed(self) -> bool:
        """Whether the pairs are of an overview, and no name of ours."""
        return self.checked and any(pair.source_db or pair.target_db for pair in self.pairs)


async def pairs_to_walk(
    drs: Connection, job_id: str, compare_type: str, task_id: str, source: str, target: str
) -> Pairs:
    """The database pairs to read: those that the caller names, or every pair of the overview.

    Without any overview the whole comparison is one walk.

    Raises:
        ArgumentError: the comparison has no database of that name; tells those that it has.
    """
    rows, coverage = await read_overview_rows(drs, job_id, compare_type, task_id)
    known = pairs_of(rows, compare_type)
    notes = [] if coverage.complete else [f"The overview is incomplete: {coverage.why}."]
    ours = _named("source", source, [pair.source_db for pair in known], known, coverage)
    theirs = _named("destination", target, [pair.target_db for pair in known], known, coverage)
    wanted = [
        pair
        for pair in known
        if (ours.name is None or pair.source_db == ours.name)
        and (theirs.name is None or pair.target_db == theirs.name)
    ]
    table = ours.table or theirs.table
    named = ours.name or theirs.name or ""
    if wanted:
        others = [pair for pair in known if pair not in wanted]
        return Pairs(wanted, table, notes, named=named, others=others)
    if ours.name is None and theirs.name is None:
        return Pairs([Pair("", "", None)], table, notes)
    if coverage.complete and known:
        raise not_there(
            "pair of databases",
            f"{source}.{target}",
            [f"{pair.source_db}.{pair.target_db}" for pair in known],
        )
    # The overview may lack a name: DRS knows best.
    return Pairs(
        [Pair(ours.name or "", theirs.name or "", None)],
        table,
        notes,
        checked=False,
        named=named,
    )


def _named(
    side: str, name: str, names: Sequence[str], known: Sequence[Pair], coverage: Coverage
) -> RequestedDatabase:
    """Which database of one side is meant.

    Raises:
        ArgumentError: it is not there, and the overview has all that are.
    """
    if not name:
        return RequestedDatabase(None)
    found = find_database(name, names)
    if found is not None:
        return found
    if known and coverage.complete:
        raise not_there(f"{side} database", name, names)
    return RequestedDatabase(name.strip())


async def walk(
    drs: Connection,
    job_id: str,
    query: DetailQuery,
    found: Pairs,
    feed: Callable[[Sequence[Row], Pair], None],
    *,
    rows_of: Callable[[Row], object],
    on_page: Callable[[Row, Pair], None] | None = None,
) -> CombinedCoverage:
    """Read the rows of every database pair, a few pairs side by side.

    Should DRS ignore the database names, every walk would bring the same rows: then one walk is
    made, of no named database, and the reading says that its rows are of all of them.

    Raises:
        DrsError: not one pair could be read.
    """
    pairs, probed = found.pairs, [*found.pairs, *found.others]
    ignored = len(probed) > 1 and await _names_ignored(drs, job_id, query, probed)
    if ignored:
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
    combined = CombinedCoverage(of_all_databases=ignored)
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
