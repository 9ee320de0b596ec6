"""Which comparison to read: the one named, or the newest that has results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import ID, DetailQuery
from drs_mcp.api.wire.values import Row, record, text
from drs_mcp.clock import iso
from drs_mcp.errors import ApiError, ArgumentError, NoComparison
from drs_mcp.reads.comparisons.coverage import read_of
from drs_mcp.summaries.ages import age, undated
from drs_mcp.summaries.answer import Read
from drs_mcp.summaries.comparisons.tasks import (
    COMPARISON_NAMES,
    NEWER,
    CompareTask,
    newest_with_results,
    read_tasks,
)

_MOST_NEWER = 3


def result_of(job: Row) -> Row:
    """The `compare_result` of a `job` object (Table 40)."""
    return record(job.get("compare_result"))


@dataclass(frozen=True)
class Comparisons:
    """The comparison tasks of a task, newest first, and under which task's ID they are read."""

    job_id: str
    tasks: Sequence[CompareTask]
    read: Read | None = None


async def comparisons_of(drs: Connection, job_id: str) -> Comparisons:
    """Every comparison task of a task.

    The comparisons of a task that has subtasks stand under its `master_job_id`: looked up where
    the task itself has none.
    """
    try:
        found = await _listed(drs, job_id)
    except ApiError:
        master = await _master_of(drs, job_id)
        if master is None:
            raise
        return await _listed(drs, master)
    if not found.tasks and (master := await _master_of(drs, job_id)) is not None:
        return await _listed(drs, master)
    return found


async def _listed(drs: Connection, job_id: str) -> Comparisons:
    rows: list[Row] = []
    coverage = await drs.client.show_pages(
        job_id,
        DetailQuery("compare", compare_type="data_compare", query_type="list"),
        lambda job: result_of(job).get("data_compare_task_list"),
        rows.extend,
    )
    return Comparisons(job_id, read_tasks(rows), read_of(coverage))


async def _master_of(drs: Connection, job_id: str) -> str | None:
    """The ID under which the comparisons of a task with subtasks stand, if it is another."""
    try:
        job = await drs.client.show(job_id, DetailQuery("detail"))
    except ApiError:
        return None
    base = record(job.get("base_info"))
    master = text(job.get("master_job_id")) or text(base.get("master_job_id")) or ""
    return master if master != job_id and ID.fullmatch(master) else None


async def read_compare_tasks(drs: Connection, job_id: str) -> tuple[list[CompareTask], Read | None]:
    """Every comparison task of a task, newest first."""
    found = await comparisons_of(drs, job_id)
    return list(found.tasks), found.read


@dataclass(frozen=True)
class Chosen:
    """The comparison to read, under which task's ID, and what to note of the others.

    `task` is None where the list of comparisons does not have the one that was named.
    """

    job_id: str
    task: CompareTask | None
    task_id: str
    notes: Sequence[str] = ()


async def choose_comparison(
    drs: Connection, job_id: str, compare_type: str, compare_task_id: str
) -> Chosen:
    """The comparison named, or the newest of its type that has results.

    Raises:
        NoComparison: none of the type has results; tells what there is.
        ArgumentError: the comparison named is of another type.
    """
    found = await comparisons_of(drs, job_id)
    incomplete = [f"The list of comparisons is incomplete: {found.read.why}."] if found.read else []
    if compare_task_id:
        task = next((one for one in found.tasks if one.id == compare_task_id), None)
        if task is None:
            told = ["The list of comparisons does not have this one: its state is unknown."]
            return Chosen(found.job_id, None, compare_task_id, incomplete + told)
        if task.kind != compare_type and task.kind in COMPARISON_NAMES:
            raise ArgumentError(
                f"This comparison is {_article(COMPARISON_NAMES[task.kind])}: ask with "
                f"compare_type={task.kind}."
            )
        return Chosen(found.job_id, task, compare_task_id, incomplete + _of_the_future(drs, task))
    task = newest_with_results(found.tasks, compare_type)
    if task is None:
        raise _none(compare_type, found.tasks, incomplete)
    now = drs.client.limits.clock.utc_now()
    notes = _of_the_future(drs, task) + _newer(task, found.tasks, compare_type, now)
    return Chosen(found.job_id, task, task.id, incomplete + notes)


def _of_the_future(drs: Connection, task: CompareTask) -> list[str]:
    """That a comparison is dated ahead of now: then nobody can say how old it is."""
    at, now = task.ended or task.started, drs.client.limits.clock.utc_now()
    if at is None or age(at, now) is not None:
        return []
    return [f"This comparison is {undated(at)}: how old it is cannot be said."]


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _none(compare_type: str, tasks: Sequence[CompareTask], notes: Sequence[str]) -> NoComparison:
    same = [task for task in tasks if task.kind == compare_type]
    state = f" The newest one is {same[0].state}." if same else ""
    kinds = sorted({COMPARISON_NAMES.get(task.kind, "other comparison") for task in tasks})
    others = f" There are: {', '.join(kinds)}." if kinds and not same else ""
    unread = "".join(f" {note}" for note in notes)
    return NoComparison(
        f"This task has no finished {COMPARISON_NAMES[compare_type]}.{state}{others}{unread} Comparisons are "
        "created in the DRS console (or by start_check, where actions are on), in the incremental "
        "phase; list_compare_tasks shows them."
    )


def _newer(
    task: CompareTask, tasks: Sequence[CompareTask], compare_type: str, now: datetime
) -> list[str]:
    """What became of newer comparisons of the type: waiting, running, canceled, timed out."""
    if task.as_of_now:
        return []
    newer = [
        other
        for other in tasks
        if other.kind == compare_type and other.id != task.id and _is_newer(other, task)
    ]
    told = [
        f"{NEWER} is {other.state}"
        + (f" ({_begins(other, now)} {iso(other.started)})." if other.started else ".")
        for other in newer[:_MOST_NEWER]
    ]
    if len(newer) > _MOST_NEWER:
        told.append(f"{len(newer) - _MOST_NEWER} more newer ones have not finished.")
    return told


def _begins(task: CompareTask, now: datetime) -> str:
    return "planned for" if task.planned(now) else "started"


def _is_newer(other: CompareTask, task: CompareTask) -> bool:
    if other.started is None or task.started is None:
        # One that waits has no start yet.
        return other.started is None and not other.has_results and other.ended is None
    return other.started > task.started
