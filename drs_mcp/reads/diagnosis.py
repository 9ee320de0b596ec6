"""Reading all that a diagnosis needs of a task, side by side; a part that fails is named."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import overload

import anyio

from drs_mcp.api.connections import Connection
from drs_mcp.api.paging import Coverage
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import Row, record, records, text
from drs_mcp.errors import DrsError, TaskNotFound
from drs_mcp.reads.comparisons.overviews import read_overview_rows
from drs_mcp.reads.comparisons.tasks import read_compare_tasks, result_of
from drs_mcp.reads.health import HealthReader
from drs_mcp.reads.logs import feed_log
from drs_mcp.reads.namesakes import read_namesakes
from drs_mcp.reads.parts import Parts
from drs_mcp.reads.tasks import JOB_TYPES, resolve
from drs_mcp.summaries.comparisons.overviews.pairs import Pair, pairs_of
from drs_mcp.summaries.comparisons.status import INCONSISTENT, normalise
from drs_mcp.summaries.comparisons.tasks import CompareTask, newest_finished
from drs_mcp.summaries.diagnosis.comparisons import differing_of
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.failure import MOST_SUBTASKS, failed_subtasks
from drs_mcp.summaries.health.evidence import NO_HEALTH, TaskHealth
from drs_mcp.summaries.logs.facts import LogFacts, log_facts
from drs_mcp.summaries.logs.fold import LogPatterns
from drs_mcp.summaries.tasks.job_list import JobList
from drs_mcp.summaries.tasks.lookup.namesakes import Namesakes
from drs_mcp.summaries.tasks.task import Task

_TABLES = 100
"""So many tables of a database that differs are looked at, to name some."""

_VITAL = ("detail", "progress", "log")


async def gather(drs: Connection, job: str) -> Evidence:
    """Read detail, progress, log, comparisons and subtasks of the task that *job* names.

    Requests that wait for another's answer are at most four deep, paging aside: the detail, the
    task list (by ID, then by name), the logs of failed subtasks.

    Raises:
        DrsError: the task is not known, or nothing of it could be read.
    """
    reader = _EvidenceReader(drs, await resolve(drs, job))
    async with anyio.create_task_group() as group:
        for part in (
            reader.task_and_subtasks,
            reader.read_progress,
            reader.read_log,
            reader.read_objects,
            reader.read_comparisons,
            reader.read_namesakes,
        ):
            group.start_soon(part)
    errors = reader.parts.errors
    if isinstance(errors.get("detail"), TaskNotFound) or all(name in errors for name in _VITAL):
        raise errors["detail"]
    return reader.evidence(job)


@dataclass
class _EvidenceReader:
    drs: Connection
    job_id: str
    parts: Parts = field(default_factory=Parts)
    detail: Job | None = None
    progress: Job | None = None
    log: LogPatterns | None = None
    objects: Row | None = None
    differing: Sequence[tuple[str, int]] = ()
    comparisons: Sequence[CompareTask] | None = None
    pairs: dict[str, Sequence[Pair] | None] = field(default_factory=dict)
    listed: str = ""
    subtasks: Sequence[Task] | None = None
    subtask_logs: dict[str, LogPatterns] = field(default_factory=dict)
    namesakes: Namesakes = field(default_factory=Namesakes)
    health: TaskHealth = NO_HEALTH

    def evidence(self, job: str) -> Evidence:
        return Evidence(
            job_ref=job,
            now=self.drs.client.limits.clock.utc_now(),
            detail=self.detail,
            progress=self.progress,
            log=self._facts(self.log),
            objects=self.objects,
            differing=self.differing,
            comparisons=self.comparisons,
            rows=self.pairs.get("line_compare"),
            values=self.pairs.get("content_compare"),
            listed=self.listed,
            subtasks=self.subtasks,
            subtask_logs={one: self._facts(log) for one, log in self.subtask_logs.items()},
            namesakes=self.namesakes,
            health=self.health,
            unread=self.parts.unread,
        )

    async def read_namesakes(self) -> None:
        self.namesakes = await read_namesakes(self.drs, self.job_id)

    async def read_progress(self) -> None:
        self.progress = await self.parts.read(
            "progress", lambda: self.drs.client.show(self.job_id, DetailQuery("progress"))
        )

    async def read_log(self) -> None:
        self.log = await self.parts.read("log", partial(self._log_of, self.job_id, "log"))

    async def _log_of(self, job_id: str, part: str) -> LogPatterns:
        fold = LogPatterns(own=(job_id, self.job_id))
        self.parts.cover(part, await feed_log(self.drs, job_id, fold))
        return fold

    @overload
    def _facts(self, log: None) -> None: ...
    @overload
    def _facts(self, log: LogPatterns) -> LogFacts: ...
    def _facts(self, log: LogPatterns | None) -> LogFacts | None:
        """What a log tells, now that it is known which tasks there are."""
        if log is None:
            return None
        family = [task.id for task in self.subtasks or ()]
        log.settle(self.namesakes.others, family, self.namesakes.family)
        return log_facts(log.folded_log())

    # -- comparisons -----------------------------------------------------------------------------

    async def read_objects(self) -> None:
        self.objects = await self.parts.read("object comparison", self._objects)

    async def _objects(self) -> Row:
        query = DetailQuery("compare", compare_type="object_compare", query_type="overview")
        job = await self.drs.client.show(self.job_id, query)
        return record(result_of(job).get("objects_compare_overview_info"))

    async def read_comparisons(self) -> None:
        self.comparisons = await self.parts.read("comparisons", self._tasks)
        async with anyio.create_task_group() as group:
            for kind, name in (
                ("line_compare", "row comparison"),
                ("content_compare", "value comparison"),
            ):
                newest = newest_finished(self.comparisons or (), kind)
                if newest is not None:
                    group.start_soon(self._read_pairs, kind, name, newest.id)

    async def _tasks(self) -> Sequence[CompareTask]:
        tasks, read = await read_compare_tasks(self.drs, self.job_id)
        if read is not None:
            coverage = Coverage(read.rows, read.of, read.why)
            self.parts.cover("comparisons", coverage)
        return tasks

    async def _read_pairs(self, kind: str, name: str, task_id: str) -> None:
        pairs = await self.parts.read(name, partial(self._pairs, kind, name, task_id))
        self.pairs[kind] = pairs
        bad = [pair for pair in pairs or () if normalise(pair.status) == INCONSISTENT]
        if kind == "line_compare" and bad:
            await self._read_differing(task_id, bad[0])

    async def _read_differing(self, task_id: str, pair: Pair) -> None:
        """The first page of the tables of a database that differs: enough to name some of them."""
        query = DetailQuery(
            "compare",
            compare_type="line_compare",
            query_type="detail",
            compare_task_id=task_id,
            source_db_name=pair.source_db,
            target_db_name=pair.target_db,
        )
        try:
            job = await self.drs.client.show_page(self.job_id, query, offset=0, limit=_TABLES)
        except DrsError:
            return  # that it differs is told without
        self.differing = differing_of(records(result_of(job).get("line_compare_detail_infos")))

    async def _pairs(self, kind: str, name: str, task_id: str) -> Sequence[Pair]:
        rows, coverage = await read_overview_rows(self.drs, self.job_id, kind, task_id)
        self.parts.cover(name, coverage)
        return pairs_of(rows, kind)

    # -- the task itself and its subtasks --------------------------------------------------------

    async def task_and_subtasks(self) -> None:
        self.detail = await self.parts.read(
            "detail", lambda: self.drs.client.show(self.job_id, DetailQuery("detail"))
        )
        if isinstance(self.parts.errors.get("detail"), TaskNotFound):
            return
        async with anyio.create_task_group() as group:
            group.start_soon(self._read_subtasks)
            group.start_soon(self._read_health)

    async def _read_health(self) -> None:
        reader = HealthReader(self.drs, self.job_id)
        self.health = await reader.read(self.detail)
        reader.parts.note_missing()

    async def _read_subtasks(self) -> None:
        self.subtasks = await self.parts.read("subtasks", self._subtasks)
        async with anyio.create_task_group() as group:
            for task in failed_subtasks(self.subtasks or ())[:MOST_SUBTASKS]:
                group.start_soon(self._read_subtask_log, task)

    async def _read_subtask_log(self, task: Task) -> None:
        part = "logs of subtasks"
        log = await self.parts.read(part, partial(self._log_of, task.id, part))
        if log is not None:
            self.subtask_logs[task.id] = log

    async def _subtasks(self) -> Sequence[Task]:
        base = record((self.detail or {}).get("base_info"))
        scenario = text(base.get("job_type"))
        scenarios = [scenario] if scenario in JOB_TYPES else list(JOB_TYPES)
        found = await self._listed(scenarios, self.job_id)
        if found is None and (name := text(base.get("name"))):
            found = await self._listed(scenarios, name)  # should the list not filter by ID
        if found is None and self.detail is None:
            self.parts.partly["subtasks"] = "the task list does not show the task"
        return found or ()  # a subtask has no row of its own

    async def _listed(self, scenarios: Sequence[str | None], name: str) -> Sequence[Task] | None:
        """The subtasks of this task, from the list filtered by *name*; None if it is not in it."""
        jobs = JobList()
        errors: list[DrsError] = []

        async def one(scenario: str) -> None:
            try:
                coverage = await self.drs.client.list_jobs(
                    scenario, lambda rows: jobs.feed(rows, scenario), name=name
                )
                self.parts.cover("subtasks", coverage)
            except DrsError as error:
                errors.append(error)

        async with anyio.create_task_group() as group:
            for scenario in scenarios:
                if scenario:
                    group.start_soon(one, scenario)
        own = next((task for task in jobs.tasks if task.id == self.job_id), None)
        if own is None:
            if errors:
                raise errors[0]
            return None
        self.listed = own.status
        return [task for task in jobs.tasks if task.parent_id == self.job_id]
