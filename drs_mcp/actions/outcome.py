"""Whether an action was done, by the task's state, where its answer does not tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from drs_mcp.actions.catalogue import COMPARE_TYPES, Action
from drs_mcp.actions.question import Wanted
from drs_mcp.actions.state import TaskState, read_state
from drs_mcp.api.acting.door import Outcome, Sent
from drs_mcp.api.connections import Connection
from drs_mcp.errors import DrsError
from drs_mcp.summaries.comparisons.tasks import CompareTask

LOOKS_S: Final = (0.0, 3.0, 6.0)
"""Waits before each look at the state: DRS may take a moment to show what it does."""


@dataclass(frozen=True)
class Settled:
    """What became of an action.

    Attributes:
        outcome: done, not_done or unknown.
        by_state: whether the task's state told it, not the answer.
        state: the task's state afterwards; None where it could not be read.
        query_id: by which a check's result is read.
        compare_task_id: the comparison that was started or canceled.
    """

    outcome: Outcome
    by_state: bool = False
    state: TaskState | None = None
    query_id: str = ""
    compare_task_id: str = ""


async def settle(drs: Connection, wanted: Wanted, before: TaskState, sent: Sent) -> Settled:
    """What became of an action: by its answer, else by the task's state, read again."""
    if sent.outcome == "not_done":
        return Settled("not_done", state=await _look(drs, before.job_id, wanted.action))
    state, done = None, False
    for wait_s in LOOKS_S:
        if wait_s:
            await drs.client.limits.clock.sleep(wait_s)
        state = await _look(drs, before.job_id, wanted.action) or state
        done = state is not None and _shows(wanted, before, state)
        if done or (sent.outcome == "done" and wanted.action.name not in COMPARE_TYPES):
            break
    started = _started(wanted.action, before, state) if done and state else None
    compare_task_id = started.id if started else wanted.compare_task_id
    if sent.outcome == "done":
        return Settled("done", state=state, query_id=sent.query_id, compare_task_id=compare_task_id)
    if not done or state is None:
        return Settled("unknown", state=state)
    new = wanted.action.name == "precheck" and state.last_precheck != before.last_precheck
    query_id = (state.last_precheck or "") if new and before.last_precheck is not None else ""
    return Settled(
        "done",
        by_state=True,
        state=state,
        query_id=query_id,
        compare_task_id=compare_task_id,
    )


async def _look(drs: Connection, job_id: str, action: Action) -> TaskState | None:
    try:
        return await read_state(drs, job_id, action)
    except DrsError:
        return None


def _shows(wanted: Wanted, before: TaskState, after: TaskState) -> bool:
    """Whether the state shows what it did not show before, and only this action brings about."""
    name = wanted.action.name
    if name in COMPARE_TYPES:
        return _started(wanted.action, before, after) is not None
    if name == "cancel_compare":
        found = after.comparison(wanted.compare_task_id)
        return found is not None and found.status == "CANCELLED"
    known = before.last_precheck is not None and bool(after.last_precheck)
    if name == "precheck" and known and after.last_precheck != before.last_precheck:
        return True
    return after.current in wanted.action.words or after.status in _MOVED.get(name, ())


def _started(action: Action, before: TaskState, after: TaskState | None) -> CompareTask | None:
    """The one comparison of the kind that was not there before."""
    if after is None or after.comparisons is None or before.comparisons is None:
        return None
    known = {task.id for task in before.comparisons.tasks}
    new = [
        task
        for task in after.comparisons.tasks
        if task.kind == action.name and task.id and task.id not in known
    ]
    return new[0] if len(new) == 1 else None


_RUNS: Final = frozenset({"STARTJOBING", "FULL_TRANSFER_STARTED", "INCRE_TRANSFER_STARTED"})
_MOVED: Final[Mapping[str, frozenset[str]]] = {
    "start": _RUNS,
    "pause": frozenset({"PAUSING"}),
    "resume": _RUNS,
}
"""Control action -> the statuses, other ones than before, that show it."""
