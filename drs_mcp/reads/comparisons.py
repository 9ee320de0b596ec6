"""Reading comparisons: which task, which database pairs, and their rows into a fold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import anyio

from drs_mcp.api.connections import Connection
from drs_mcp.api.paging import Coverage
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.values import Row, count, record
from drs_mcp.errors import DrsError, NoComparison
from drs_mcp.quoting.quoted import spoken
from drs_mcp.reads.parallel import together
from drs_mcp.summaries.answer import Read
from drs_mcp.summaries.comparisons.overview import Pair, pairs_of
from drs_mcp.summaries.comparisons.tasks import CALLED, CompareTask, newest_finished, read_tasks

_PAIRS_AT_ONCE = 4
"""Database pairs walked side by side; their requests share the profile's few places."""

_OVERVIEW_ROWS = {
    "line_compare": "line_compare_overview_infos",
    "content_compare": "content_compare_overview_infos",
}


@dataclass
class Reading:
    """What several lists together brought: rows read, rows there were, what stopped."""

    rows: int = 0
    of: int | None = 0
    stopped: list[str] = field(default_factory=list)

    def add(self, coverage: Coverage) -> None:
        """Count one more list."""
        self.rows += coverage.rows
        if self.of is not None:
            self.of = None if coverage.of is None else self.of + coverage.of
        if not coverage.complete:
            self.stopped.append(coverage.why)

    def join(self, other: "Reading") -> None:
        """Count what another walk brought."""
        self.rows += other.rows
        self.of = None if self.of is None or other.of is None else self.of + other.of
        self.stopped += other.stopped

    @property
    def told(self) -> Read | None:
        """For the answer: None when everything was read."""
        return read_of(Coverage(self.rows, self.of, self.stopped[0])) if self.stopped else None


def read_of(coverage: Coverage) -> Read | None:
    """How much was read, for the answer: None when it was everything."""
    if coverage.complete:
        return None
    return Read(rows=coverage.rows, of=coverage.of, why=coverage.why)


def result_of(job: Row) -> Row:
    """The `compare_result` of a `job` object (Table 40)."""
    return record(job.get("compare_result"))


async def read_compare_tasks(drs: Connection, job_id: str) -> tuple[list[CompareTask], Read | None]:
    """Every comparison task of a task, newest first."""
    rows: list[Row] = []
    coverage = await drs.client.show_pages(
        job_id,
        DetailQuery("compare", compare_type="data_compare", query_type="list"),
        lambda job: result_of(job).get("data_compare_task_list"),
        rows.extend,
    )
    return read_tasks(rows), read_of(coverage)


async def find_task(
    drs: Connection, job_id: str, compare_type: str, compare_task_id: str
) -> tuple[CompareTask | None, list[CompareTask]]:
    """The comparison to read: the one named, or the newest finished one; and all of them.

    Raises:
        NoComparison: none of the type has finished; tells what there is.
    """
    tasks, _ = await read_compare_tasks(drs, job_id)
    if compare_task_id:
        return next((task for task in tasks if task.id == compare_task_id), None), tasks
    found = newest_finished(tasks, compare_type)
    if found is None:
        same = [task for task in tasks if task.kind == compare_type]
        state = f" The newest one is {spoken(same[0].status) or 'unknown'}." if same else ""
        kinds = sorted({CALLED.get(task.kind, "other comparison") for task in tasks})
        others = f" There are: {', '.join(kinds)}." if kinds and not same else ""
        raise NoComparison(
            f"This task has no finished {CALLED[compare_type]}.{state}{others} Comparisons are "
            "created in the DRS console, in the incremental phase; list_compare_tasks shows them."
        )
    return found, tasks


async def read_overview_rows(
    drs: Connection, job_id: str, compare_type: str, compare_task_id: str
) -> tuple[list[Row], Coverage]:
    """The overview of a row or value comparison: one row a database pair (Tables 45, 47)."""
    rows: list[Row] = []
    coverage = await drs.client.show_pages(
        job_id,
        DetailQuery(
            "compare",
            compare_type=compare_type,
            query_type="overview",
            compare_task_id=compare_task_id,
        ),
        lambda job: result_of(job).get(_OVERVIEW_ROWS[compare_type]),
        rows.extend,
    )
    return rows, coverage


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
    also: Callable[[Row, Pair], None] | None = None,
) -> Reading:
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

        def see(job: Row) -> None:
            if also is not None:
                also(job, pair)

        async with places:
            try:
                walked[number] = await drs.client.show_pages(
                    job_id, _with_databases(query, pair), rows_of, take, also=see
                )
            except DrsError as error:
                errors[number] = error
                walked[number] = Coverage(0, None, str(error).partition("\n")[0])

    async with anyio.create_task_group() as group:
        for number, pair in enumerate(pairs):
            group.start_soon(one, number, pair)
    if len(errors) == len(pairs):
        raise errors[0]
    reading = Reading()
    for number in range(len(pairs)):
        reading.add(walked[number])
    return reading


def _with_databases(query: DetailQuery, pair: Pair) -> DetailQuery:
    return replace(query, source_db_name=pair.source_db, target_db_name=pair.target_db)


async def _names_ignored(
    drs: Connection, job_id: str, query: DetailQuery, pairs: Sequence[Pair]
) -> bool:
    """Whether the totals prove that DRS ignores database names.

    If they counted, a total over all databases that equals the first one's would leave nothing
    for the second. Databases may be alike, so equal rows would prove nothing.
    """
    asked = [Pair("", "", None), *pairs[:2]]
    totals = await together(
        {str(n): partial(_total, drs, job_id, query, one) for n, one in enumerate(asked)}
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
