"""Which task an action is for: an ID or an exact name, never what looks like one."""

from drs_mcp.actions.state import shown_id
from drs_mcp.api.connections import Connection
from drs_mcp.api.query import looks_like_task_id
from drs_mcp.errors import ActionRefused
from drs_mcp.quoting.names import as_name
from drs_mcp.reads.tasks import list_tasks

_MOST_TOLD = 5


async def exact_task(drs: Connection, job: str) -> str:
    """The ID of the task that *job* names, letter for letter.

    Raises:
        ActionRefused: no task has that ID or name, several have the name, or not every task could
            be listed, so that another one might have it too.
    """
    if looks_like_task_id(job):
        return job
    tasks, missing = await list_tasks(drs, name=job)
    named = [task for task in tasks if task.name == job and task.id]
    asked = as_name(job) or "that name"
    if missing:
        raise ActionRefused(
            f"Nothing was sent: not every task could be listed ({' '.join(missing)}), so another "
            f"one might be named {asked} too. Give the task's ID."
        )
    if len(named) > 1:
        told = ", ".join(shown_id(task.id) for task in named[:_MOST_TOLD])
        raise ActionRefused(
            f"Nothing was sent: {len(named)} tasks are named {asked}: {told}. Give the ID of one."
        )
    if not named:
        near = [shown for task in tasks if (shown := as_name(task.name))][:_MOST_TOLD]
        hint = f" There are: {', '.join(near)}." if near else ""
        raise ActionRefused(
            f"Nothing was sent: no task in {drs.region} is named exactly {asked}.{hint} An action "
            "takes a task's ID or its whole name, letter for letter; list_jobs tells both."
        )
    return named[0].id
