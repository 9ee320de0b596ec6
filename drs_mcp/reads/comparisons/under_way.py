"""Reading comparisons that are under way, and those that DRS runs on a schedule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import anyio

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import ID
from drs_mcp.api.task_reads import TaskReads
from drs_mcp.errors import DrsError
from drs_mcp.reads.comparisons.tasks import Comparisons, comparisons_of
from drs_mcp.reads.optional import OptionalParts
from drs_mcp.summaries.answer import Read
from drs_mcp.summaries.comparisons.overviews.objects import TypeCount, types_of
from drs_mcp.summaries.comparisons.tasks import CompareTask
from drs_mcp.summaries.health import scheduled
from drs_mcp.summaries.health.under_way import KNOWN, Running, running_of

_MOST_RUNS = 20
_MOST_RUNNING = 3
_POLICY, _RUNS = "comparison policy", "scheduled comparisons"
_OBJECTS = "scheduled comparison of objects"


async def read_scheduled(
    parts: OptionalParts, *, objects: bool = False
) -> scheduled.Scheduled | None:
    """The policy, and what it ran; None where DRS offers or tells neither.

    *objects*: with what the newest run over objects found, where there is one.
    """
    task = TaskReads(parts.drs.client, parts.job_id)
    policy_told: list[scheduled.Schedule | None] = []
    runs_told: list[list[scheduled.ScheduledRun] | None] = []
    objects_told: list[list[TypeCount] | None] = []

    async def policy() -> None:
        async def part() -> scheduled.Schedule:
            what = "the comparison policy"
            return scheduled.schedule_of(await task.fields("compare-policy", scheduled.KNOWN, what))

        policy_told.append(await parts.read(_POLICY, part))

    async def runs() -> None:
        async def part() -> list[scheduled.ScheduledRun]:
            what = "the scheduled comparisons"
            page = await task.newest_rows("health-compare-jobs", what, limit=_MOST_RUNS)
            return scheduled.runs_of(page)

        runs_told.append(await parts.read(_RUNS, part))
        newest = scheduled.newest_of_objects(runs_told[0] or ())
        if objects and newest is not None:
            if ID.fullmatch(newest.id):
                await found(newest.id)
            else:
                objects_told.append([])

    async def found(run_id: str) -> None:
        async def part() -> list[TypeCount]:
            known, what = frozenset({"compare_result"}), "a scheduled comparison of objects"
            row = await task.fields(f"health-compare-jobs/object/{run_id}", known, what)
            return types_of({"compare_results": row.get("compare_result")})

        objects_told.append(await parts.read(_OBJECTS, part, of=run_id))

    async with anyio.create_task_group() as group:
        group.start_soon(policy)
        group.start_soon(runs)
    listed, known = tuple(runs_told[0] or ()), policy_told[0]
    if known is None and not listed:
        return None
    closed = scheduled.Schedule(open=False, kinds=(), next_at=None)
    return scheduled.Scheduled(known or closed, listed, next(iter(objects_told), None))


@dataclass(frozen=True)
class AllComparisons:
    """Every comparison of a task, how far those are that run, and what DRS runs by itself."""

    tasks: Sequence[CompareTask]
    read: Read | None
    running: Mapping[str, Running]
    scheduled: scheduled.Scheduled | None
    unread: Mapping[str, str]


async def read_all_comparisons(drs: Connection, job_id: str) -> AllComparisons:
    """The ordinary comparisons, and beside them what is optional.

    Raises:
        DrsError: the ordinary ones could not be listed.
    """
    parts = OptionalParts(drs, job_id)
    told: list[scheduled.Scheduled | None] = []
    listed: list[Comparisons] = []
    errors: list[DrsError] = []
    running: dict[str, Running] = {}

    async def ordinary() -> None:
        try:
            found = await comparisons_of(drs, job_id)
        except DrsError as error:
            errors.append(error)
            group.cancel_scope.cancel()
            return
        listed.append(found)
        running.update(await RunningReader(parts, found.job_id).read(found.tasks))

    async def by_schedule() -> None:
        told.append(await read_scheduled(parts))

    async with anyio.create_task_group() as group:
        group.start_soon(ordinary)
        group.start_soon(by_schedule)
    if errors:
        raise errors[0]
    parts.note_missing()
    return AllComparisons(listed[0].tasks, listed[0].read, running, told[0], parts.told)


@dataclass
class RunningReader:
    """Reads how far running comparisons are, by the task under whose ID they stand."""

    parts: OptionalParts
    job_id: str
    found: dict[str, Running] = field(default_factory=dict)

    async def read(self, tasks: Sequence[CompareTask]) -> dict[str, Running]:
        """Comparison -> how far it is, of the newest few that run."""
        running = [one for one in tasks if one.under_way and ID.fullmatch(one.id)]
        async with anyio.create_task_group() as group:
            for task in running[:_MOST_RUNNING]:
                group.start_soon(self._one, task.id)
        return self.found

    async def _one(self, task_id: str) -> None:
        task = TaskReads(self.parts.drs.client, self.job_id)

        async def part() -> Running:
            what = "the progress of a comparison"
            return running_of(await task.fields(f"compare-progress/{task_id}", KNOWN, what))

        found = await self.parts.read("progress of comparisons", part, of=task_id)
        if found is not None:
            self.found[task_id] = found
