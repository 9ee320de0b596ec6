"""Which comparison to read: the one named, or the newest that has finished."""

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.values import Row, record
from drs_mcp.errors import NoComparison
from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.reads.comparisons.coverage import read_of
from drs_mcp.summaries.answer import Read
from drs_mcp.summaries.comparisons.tasks import (
    COMPARISON_NAMES,
    CompareTask,
    newest_finished,
    read_tasks,
)


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
        state = f" The newest one is {as_identifier(same[0].status) or 'unknown'}." if same else ""
        kinds = sorted({COMPARISON_NAMES.get(task.kind, "other comparison") for task in tasks})
        others = f" There are: {', '.join(kinds)}." if kinds and not same else ""
        raise NoComparison(
            f"This task has no finished {COMPARISON_NAMES[compare_type]}.{state}{others} Comparisons are "
            "created in the DRS console, in the incremental phase; list_compare_tasks shows them."
        )
    return found, tasks


async def named_task(
    drs: Connection, job_id: str, compare_type: str, compare_task_id: str
) -> tuple[CompareTask | None, str, list[str]]:
    """The comparison to read, its ID, and a note when a newer one has not finished."""
    task, tasks = await find_task(drs, job_id, compare_type, compare_task_id)
    task_id = compare_task_id or (task.id if task else "")
    newer = [
        other for other in tasks if task and other.kind == compare_type and _newer(other, task)
    ]
    if newer and not compare_task_id:
        states = ", ".join(
            sorted({(as_identifier(other.status) or "unknown").lower() for other in newer})
        )
        return task, task_id, [f"A newer comparison of this type exists, not finished: {states}."]
    return task, task_id, []


def _newer(other: CompareTask, task: CompareTask) -> bool:
    return bool(other.started and task.started and other.started > task.started)
