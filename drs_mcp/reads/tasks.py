"""Finding a task: an ID as it is, a name through the task list; and its single answers."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import anyio

from drs_mcp.api.client import DrsClient
from drs_mcp.api.connections import Connection
from drs_mcp.api.paging import Coverage
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.job import Job
from drs_mcp.errors import DrsError
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import quote
from drs_mcp.reads.parts import partly_read, run_parallel
from drs_mcp.summaries.tasks.endpoints import destination_of
from drs_mcp.summaries.tasks.job_list import JobList
from drs_mcp.summaries.tasks.lookup.name_words import MOST_CHARS
from drs_mcp.summaries.tasks.lookup.task_refusals import (
    MOST_TOLD,
    ambiguous,
    no_job,
    not_found,
    several_ids,
)
from drs_mcp.summaries.tasks.lookup.task_search import Hits, search
from drs_mcp.summaries.tasks.lookup.task_word import TaskWord, task_word
from drs_mcp.summaries.tasks.task import Task

JOB_TYPES = ("migration", "sync", "cloudDataGuard", "replay")
"""The list call wants a scenario: counting all tasks takes all four."""

CACHED_S = 60.0
RETRY_AFTER_S = 10.0
"""A list that could not be read whole is asked for again sooner."""


class Swept(NamedTuple):
    """Every task, and notes on what was unread."""

    tasks: tuple[Task, ...]
    missing: tuple[str, ...]


async def list_tasks(drs: Connection, *, name: str = "") -> tuple[list[Task], list[str]]:
    """Every task of the project, over all scenarios side by side, and notes on what was unread.

    Of one *name* as DRS filters by it. A list of all that was read whole is kept for a minute.

    Raises:
        DrsError: no scenario could be listed.
    """
    found = JobList()
    missing: dict[str, str] = {}
    errors: list[DrsError] = []

    async def one(job_type: str) -> None:
        try:
            coverage: Coverage = await drs.client.list_jobs(
                job_type, lambda rows: found.feed(rows, job_type), name=name
            )
        except DrsError as error:
            errors.append(error)
            missing[job_type] = "could not be listed"
            return
        if not coverage.complete:
            missing[job_type] = partly_read(coverage)

    async with anyio.create_task_group() as group:
        for job_type in JOB_TYPES:
            group.start_soon(one, job_type)
    if len(errors) == len(JOB_TYPES):
        raise errors[0]
    listed = [f"{job_type} tasks: {missing[job_type]}." for job_type in sorted(missing)]
    if not name and not listed:
        until = drs.client.limits.clock.monotonic() + CACHED_S
        drs.listing.put(Swept(tuple(found.tasks), ()), until)
    return found.tasks, listed


async def list_tasks_of_all_profiles(drs: Connection) -> tuple[list[Task], list[str]]:
    """Every task of every profile, side by side, and notes on the profiles that were unread.

    Raises:
        DrsError: no profile could be read.
    """
    found: dict[str, list[Task]] = {}
    notes: list[str] = []
    errors: list[DrsError] = []

    async def one(name: str) -> None:
        try:
            tasks, missing = await list_tasks(await drs.open(name))
        except DrsError as error:
            errors.append(error)
            notes.append(f"Profile {name} could not be read ({type(error).__name__}).")
            return
        found[name] = [replace(task, profile=name) for task in tasks]
        notes.extend(f"Profile {name}: {note}" for note in missing)

    async with anyio.create_task_group() as group:
        for name in drs.profiles:
            group.start_soon(one, name)
    if len(errors) == len(drs.profiles):
        raise errors[0]
    return [task for name in sorted(found) for task in found[name]], sorted(notes)


async def _sweep_anew(drs: Connection) -> Swept:
    tasks, missing = await list_tasks(drs)
    swept = Swept(tuple(tasks), tuple(missing))
    if missing:  # `list_tasks` has kept it otherwise
        drs.listing.put(swept, drs.client.limits.clock.monotonic() + RETRY_AFTER_S)
    return swept


async def every_task(drs: Connection) -> Swept:
    """Every task, as kept for a minute or swept anew, and notes on what was unread.

    Raises:
        DrsError: no scenario could be listed.
    """
    return _kept(drs) or await _sweep_anew(drs)


async def resolve(drs: Connection, job: str) -> str:
    """The ID of the task that *job* names; an ID, also within a link or text, costs no look-up.

    A name may be given in part, in any order of its words (`task_search`). The list filtered by
    the name is asked first, then the whole list once; what a list kept from before holds counts
    only where the filtered one still shows it.

    Raises:
        ArgumentError: it names no task at all (tells those there are), or holds several IDs.
        TaskNameNotFound: no task fits; tells the nearest names.
        AmbiguousTaskName: several do; lists them.
    """
    word = task_word(job)
    if len(word.ids) > 1:
        raise several_ids(word.ids)
    if word.region and word.region != drs.region:
        drs.notes.append(f"The link is of region {word.region}; {drs.region} is read here.")
    if word.ids:
        if word.ids[0] != job:
            drs.taken[job] = word.ids[0]
        return word.ids[0]
    if word.link:
        raise not_found(word, (), drs.region, ())
    return (await _looked_up(drs, job, word)).id


async def _looked_up(drs: Connection, job: str, word: TaskWord) -> Task:
    before = search(word, kept.tasks).one if (kept := _kept(drs)) else None
    wanted = word.clean
    if before is not None and wanted.casefold() not in before.name.casefold():
        wanted = before.name
    if not word.is_empty and len(wanted) <= MOST_CHARS:
        tasks, _ = await list_tasks(drs, name=wanted)
        seen = search(word, tasks)
        if seen.one and (seen.named or (before and seen.one.id == before.id)):
            return _taken(drs, job, seen, tasks, kept.missing if kept else ())
    found = await _sweep_anew(drs)
    hits = search(word, found.tasks)
    if hits.one:
        return _taken(drs, job, hits, found.tasks, found.missing)
    if hits.tasks:
        listed = await _destinations(drs, hits.tasks[:MOST_TOLD])
        raise ambiguous(word, hits, found.tasks, listed)
    if word.is_empty:
        raise no_job(found.tasks, drs.region, found.missing)
    raise not_found(word, found.tasks, drs.region, found.missing)


def _kept(drs: Connection) -> Swept | None:
    kept: Swept | None = drs.listing.get(drs.client.limits.clock.monotonic())
    return kept


def _taken(
    drs: Connection, job: str, hits: Hits, tasks: Sequence[Task], missing: Sequence[str]
) -> Task:
    """The task that is meant; where more than a name's form was guessed, the answer says so."""
    task = hits.tasks[0]
    same = [one for one in tasks if one.name.casefold() == task.name.casefold()]
    shown = as_name(task.name) if len(same) == 1 else None
    name = task.name if shown else None
    if (name or task.id) != job:
        drs.taken[job] = name or task.id
    if not hits.named:
        unread = f" Not everything could be listed ({' '.join(missing)})" if missing else ""
        called = shown or quote(task.id, 64)
        drs.notes.append(f"job: taken as {called}.{unread}")
    return task


async def _destinations(drs: Connection, tasks: Sequence[Task]) -> dict[str, str]:
    """Where tasks write to, by their IDs, as far as it can be read."""
    details = await run_parallel(
        {task.id: partial(drs.client.show, task.id, DetailQuery("detail")) for task in tasks}
    )
    found = {
        job_id: destination_of(detail)
        for job_id, detail in details.items()
        if not isinstance(detail, DrsError)
    }
    return {job_id: listed for job_id, listed in found.items() if listed}


async def show(drs: Connection, job: str, query: DetailQuery, *, english: bool = False) -> Job:
    """One answer about the task that *job* names: its `job` object (Table 5)."""
    client: DrsClient = drs.client.in_english() if english else drs.client
    return await client.show(await resolve(drs, job), query)
