"""Finding a task: an ID as it is, a name through the task list; and its single answers."""

import difflib
from dataclasses import replace

import anyio

from drs_mcp.api.client import DrsClient
from drs_mcp.api.connections import Connection
from drs_mcp.api.paging import Coverage
from drs_mcp.api.query import DetailQuery, looks_like_task_id
from drs_mcp.api.wire.job import Job
from drs_mcp.errors import AmbiguousTaskName, ArgumentError, DrsError, TaskNameNotFound
from drs_mcp.quoting.quoted import as_identifier, quote
from drs_mcp.reads.parts import partly_read
from drs_mcp.summaries.tasks.job_list import JobList, Task

JOB_TYPES = ("migration", "sync", "cloudDataGuard", "replay")
"""The list call wants a scenario: counting all tasks takes all four."""

_MOST_LISTED = 5


async def list_tasks(drs: Connection, *, name: str = "") -> tuple[list[Task], list[str]]:
    """Every task of the project, over all scenarios side by side, and notes on what was unread.

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
    return found.tasks, [f"{job_type} tasks: {missing[job_type]}." for job_type in sorted(missing)]


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


async def resolve(drs: Connection, job: str) -> str:
    """The ID of the task that *job* names; an ID costs no look-up. Names match without case.

    Raises:
        TaskNameNotFound: no task has the name; tells the nearest names.
        AmbiguousTaskName: several have it; lists their IDs.
    """
    if looks_like_task_id(job):
        return job
    if not job.strip():
        raise ArgumentError("job must be a task ID or a task name. Call list_jobs to see them.")
    tasks, missing = await list_tasks(drs, name=job)
    matching = [task for task in tasks if task.name.lower() == job.lower()]
    if not matching:
        tasks, missing = await list_tasks(drs)
        matching = [task for task in tasks if job.lower() in (task.name.lower(), task.id.lower())]
    if not matching:
        raise TaskNameNotFound(_not_found(job, tasks, drs.region, missing))
    if len(matching) > 1:
        raise AmbiguousTaskName(_ambiguous(job, matching))
    return matching[0].id


def _not_found(job: str, tasks: list[Task], region: str, missing: list[str]) -> str:
    names = [task.name for task in tasks if as_identifier(task.name)]
    near = difflib.get_close_matches(job.lower(), [name.lower() for name in names], n=3)
    there = [name for name in names if name.lower() in near]
    hint = f" Nearest: {', '.join(dict.fromkeys(there))}." if there else ""
    wanted = as_identifier(job) or "that name"
    unread = f" Not everything could be listed ({' '.join(missing)})" if missing else ""
    return (
        f"No task is named {wanted} in {region} ({len(tasks)} tasks seen).{hint}{unread} "
        "Call list_jobs to see the tasks, and check region and project."
    )


def _ambiguous(job: str, matching: list[Task]) -> str:
    listed = "; ".join(
        f"{quote(task.id, 64)} ({as_identifier(task.status) or 'unknown status'}"
        + (f", created {task.created})" if task.created else ")")
        for task in matching[:_MOST_LISTED]
    )
    more = f"; and {len(matching) - _MOST_LISTED} more" if len(matching) > _MOST_LISTED else ""
    return (
        f"{len(matching)} tasks are named {as_identifier(job) or 'that'} (names match without case): "
        f"{listed}{more}. Ask again with one of these IDs as job."
    )


async def show(drs: Connection, job: str, query: DetailQuery, *, english: bool = False) -> Job:
    """One answer about the task that *job* names: its `job` object (Table 5)."""
    client: DrsClient = drs.client.in_english() if english else drs.client
    return await client.show(await resolve(drs, job), query)
