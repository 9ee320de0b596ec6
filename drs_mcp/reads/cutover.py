"""Reading what a cut-over is judged by: all of a diagnosis, and its comparisons table by table."""

from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import anyio

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import Row, flag, text
from drs_mcp.errors import NoComparison
from drs_mcp.reads.comparisons.accounts import read_accounts
from drs_mcp.reads.comparisons.compared import ReadComparison
from drs_mcp.reads.comparisons.details import read_rows, read_values
from drs_mcp.reads.comparisons.objects import read_objects
from drs_mcp.reads.comparisons.tasks import comparisons_of
from drs_mcp.reads.comparisons.under_way import RunningReader, read_scheduled
from drs_mcp.reads.diagnosis import gather
from drs_mcp.reads.optional import OptionalParts, note_not_offered
from drs_mcp.reads.parts import Parts
from drs_mcp.reads.tasks import resolve
from drs_mcp.summaries.comparisons.evidence.accounts import AccountComparison
from drs_mcp.summaries.comparisons.evidence.facts import ComparisonFacts
from drs_mcp.summaries.comparisons.evidence.objects import ObjectFacts
from drs_mcp.summaries.comparisons.objects import ObjectComparison
from drs_mcp.summaries.comparisons.rows import RowComparison
from drs_mcp.summaries.comparisons.status import CONSISTENT, normalise
from drs_mcp.summaries.comparisons.tasks import CompareTask, newest_finished
from drs_mcp.summaries.comparisons.values import ValueComparison
from drs_mcp.summaries.cutover.evidence import CutoverEvidence
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.health.scheduled import Scheduled

_TASK = "task"
_NO_ROWS = ("0", 0)


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
            reader.read_object_lists,
            reader.read_writable,
            reader.read_scheduled,
            reader.read_accounts,
        ):
            group.start_soon(part)
    if reader.task is None:
        raise reader.parts.errors[_TASK]
    note_not_offered(drs, drs.not_offered)  # in every answer: the verdict rests on what was read
    health = replace(
        reader.task.health, unread={**reader.task.health.unread, **reader.optional.told}
    )
    unread = {**reader.parts.unread, **reader.task.unread}
    return CutoverEvidence(
        task=replace(reader.task, job_ref=job, unread=unread, health=health),
        rows=reader.rows,
        values=reader.values,
        objects=reader.objects,
        writable=reader.writable,
        scheduled=reader.scheduled,
        accounts=reader.accounts,
        row_tables=frozenset(reader.row_tables),
        value_tables=frozenset(reader.value_tables),
        empty_by_rows=frozenset(reader.empty_by_rows),
        empty_by_values=frozenset(reader.empty_by_values),
        untold=frozenset(reader.untold),
    )


@dataclass
class _EvidenceReader:
    drs: Connection
    job_id: str
    parts: Parts = field(default_factory=Parts)
    task: Evidence | None = None
    rows: ComparisonFacts | None = None
    values: ComparisonFacts | None = None
    objects: ObjectFacts | None = None
    writable: Job | None = None
    row_tables: set[tuple[str, str]] = field(default_factory=set)
    value_tables: set[tuple[str, str]] = field(default_factory=set)
    empty_by_rows: set[tuple[str, str]] = field(default_factory=set)
    empty_by_values: set[tuple[str, str]] = field(default_factory=set)
    untold: set[str] = field(default_factory=set)
    scheduled: Scheduled | None = None
    accounts: AccountComparison | None = None

    def __post_init__(self) -> None:
        self.optional = OptionalParts(self.drs, self.job_id)

    async def read_scheduled(self) -> None:
        self.scheduled = await read_scheduled(self.optional, objects=True)

    async def read_accounts(self) -> None:
        self.accounts = await self.parts.read(
            "accounts", lambda: read_accounts(self.drs, self.optional, self.job_id)
        )

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

    async def read_object_lists(self) -> None:
        self.objects = await self.parts.read("object lists", self._objects)

    async def _rows(self, compare_task_id: str = "") -> ComparisonFacts | None:
        fold = _RowsByName()
        read = await _compared(
            read_rows(self.drs, self.job_id, fold, compare_task_id=compare_task_id)
        )
        if read is None:
            return None
        facts = fold.facts(await self._as_it_runs(read), read.reach)
        if ended := await self._ended_beside(facts, "line_compare"):
            return await self._rows(ended)
        self.row_tables, self.empty_by_rows = fold.equal, fold.empty
        return facts

    async def _values(self, compare_task_id: str = "") -> ComparisonFacts | None:
        fold = _ValuesByName()
        read = await _compared(
            read_values(self.drs, self.job_id, fold, compare_task_id=compare_task_id)
        )
        if read is None:
            return None
        facts = fold.facts(await self._as_it_runs(read), read.reach)
        if ended := await self._ended_beside(facts, "content_compare"):
            return await self._values(ended)
        self.value_tables, self.empty_by_values = fold.equal, fold.empty
        return facts

    async def _ended_beside(self, facts: ComparisonFacts, kind: str) -> str:
        """The newest comparison that ended, to judge by beside one that goes on; empty for none.

        Only beside one that finds no difference, and of which DRS does not tell whether it has caught
        up: its progress is offered for some engines alone.
        """
        task = facts.task
        if task is None or not task.as_of_now or facts.agree is not True or task.is_told:
            return ""
        listed = (await comparisons_of(self.drs, self.job_id)).tasks
        ended = newest_finished(listed, kind)
        if ended is None:
            return ""
        self.untold.add(task.id)
        return ended.id

    async def _as_it_runs(self, read: ReadComparison) -> CompareTask | None:
        """The comparison; one that compares changes as they come with how far it is behind them."""
        task = read.task
        if task is None or not task.as_of_now:
            return task
        running = (await RunningReader(self.optional, read.job_id).read([task])).get(task.id)
        if running is None:
            return task
        told = [one for one in (task.delay, running.behind) if one is not None]
        return replace(task, delay=max(told, default=None), rechecks=running.recheck)

    async def _objects(self) -> ObjectFacts | None:
        fold = ObjectComparison()
        read = await _compared(read_objects(self.drs, self.job_id, fold))
        return None if read is None else fold.facts(read.overview, complete=read.reach.complete)


class _RowsByName(RowComparison):
    """A row comparison that also keeps which tables it finds equal, and which of all are empty."""

    def __init__(self) -> None:
        super().__init__()
        self.equal: set[tuple[str, str]] = set()
        self.empty: set[tuple[str, str]] = set()

    def feed(
        self, rows: Sequence[Row], *, source_db: str, target_db: str, mixed: bool = False
    ) -> None:
        """Take one page."""
        equal = [row for row in rows if normalise(row.get("status")) == CONSISTENT]
        self.equal.update(_names_of(equal, source_db, target_db))
        self.empty.update(_names_of(_without_rows(rows), source_db, target_db))
        super().feed(rows, source_db=source_db, target_db=target_db, mixed=mixed)


class _ValuesByName(ValueComparison):
    """A value comparison that also keeps which tables it finds equal, and which of all are empty."""

    def __init__(self) -> None:
        super().__init__()
        self.equal: set[tuple[str, str]] = set()
        self.empty: set[tuple[str, str]] = set()

    def feed(
        self, rows: Sequence[Row], *, comparable: bool, source_db: str = "", target_db: str = ""
    ) -> None:
        """Take one page."""
        equal = [row for row in rows if comparable and flag(row.get("content_compare_result"))]
        self.equal.update(_names_of(equal, source_db, target_db))
        self.empty.update(_names_of(_without_rows(rows), source_db, target_db))
        super().feed(rows, comparable=comparable, source_db=source_db, target_db=target_db)


def _without_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows about tables that are empty on both sides."""
    return [
        row
        for row in rows
        if row.get("source_row_num") in _NO_ROWS and row.get("target_row_num") in _NO_ROWS
    ]


def _names_of(rows: Sequence[Row], source_db: str, target_db: str) -> Iterator[tuple[str, str]]:
    """The tables of a page on either side: database and name, both as they were sent."""
    for row in rows:
        source, target = row.get("source_table_name"), row.get("target_table_name")
        if isinstance(source, str):
            yield text(row.get("source_db")) or source_db, source
        if isinstance(target, str) and target != source:
            yield text(row.get("target_db")) or target_db or source_db, target


async def _compared(reader: Awaitable[ReadComparison]) -> ReadComparison | None:
    """What was read of a comparison; None where none has finished."""
    try:
        return await reader
    except NoComparison:
        return None
