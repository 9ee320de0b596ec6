"""The locks that hold before a human is asked: what is turned on, who calls, what the task allows."""

from typing import Final

from drs_mcp.actions.catalogue import Action
from drs_mcp.actions.state import TaskState, shown_id
from drs_mcp.api.acting.door import ActionDoor
from drs_mcp.api.connections import Connection
from drs_mcp.errors import ActionRefused
from drs_mcp.knowledge.words import as_word
from drs_mcp.observe.caller import may_act
from drs_mcp.reads.comparisons.tasks import Comparisons
from drs_mcp.summaries.comparisons.tasks import COMPARISON_NAMES

_NOT_OF_DATA: Final = frozenset({"object_compare", "account"})
_MOST_TOLD: Final = 5


def open_door(drs: Connection, action: Action) -> ActionDoor:
    """The way out for *action*.

    Raises:
        ActionRefused: the operator has not turned it on, or this caller may not act.
    """
    if drs.door is None or action.kind not in drs.door.kinds:
        raise ActionRefused(
            f"Nothing was sent: actions of the kind {action.kind} are off for profile "
            f"{drs.profile}. Whoever runs drs-mcp turns them on: DRS_MCP_ACTIONS, and in a "
            "configuration file the profile's `actions` too."
        )
    if not may_act():
        raise ActionRefused(
            "Nothing was sent: over HTTP this caller may not act. Whoever runs drs-mcp says who "
            "may: DRS_MCP_HTTP_ACTION_CALLERS or DRS_MCP_HTTP_ACTION_SCOPE."
        )
    return drs.door


def check_state(action: Action, state: TaskState, compare_task_id: str = "") -> None:
    """Whether the task allows *action* now, on the comparison of that ID where it is about one.

    Raises:
        ActionRefused: it does not, and why.
    """
    why = _refusal(action, state)
    if not why and state.comparisons is not None:
        why = _unreadable(state.comparisons) or (
            _no_cancel(state, compare_task_id)
            if action.name == "cancel_compare"
            else _no_comparison(action, state)
        )
    if why:
        raise ActionRefused(f"Nothing was sent: {why}")


def _refusal(action: Action, state: TaskState) -> str:
    status = as_word(state.status) or "unknown"
    if state.status not in action.statuses:
        needed = " or ".join(sorted(action.statuses))
        return f"in status {status} DRS has no {action.name}; it needs {needed}."
    if state.current:
        current = as_word(state.current) or "another action"
        return f"DRS is busy with {current} on this task. Look again in a minute."
    if action.words and not action.words & state.available:
        words = " or ".join(sorted(action.words))
        there = ", ".join(sorted(filter(None, map(as_word, state.available)))) or "none"
        return f"DRS does not list {words} among what may be done now ({there})."
    return ""


def _unreadable(comparisons: Comparisons) -> str:
    if comparisons.read is None:
        return ""
    return (
        "the list of comparisons could not be read whole, so it is not known which run "
        f"({comparisons.read.why})."
    )


def _no_comparison(action: Action, state: TaskState) -> str:
    """DRS has one comparison of data at a time."""
    of_objects = action.name == "object_compare"
    running = [
        task
        for task in state.unfinished()
        if (task.kind == "object_compare" if of_objects else task.kind not in _NOT_OF_DATA)
    ]
    if not running:
        return ""
    told = "; ".join(
        f"{shown_id(task.id)} ({COMPARISON_NAMES.get(task.kind, 'other')}, {task.state})"
        for task in running[:_MOST_TOLD]
    )
    return f"a comparison has not ended yet, and DRS has one at a time: {told}."


def _no_cancel(state: TaskState, compare_task_id: str) -> str:
    found = state.comparison(compare_task_id)
    running = ", ".join(shown_id(task.id) for task in state.unfinished()[:_MOST_TOLD])
    if not compare_task_id:
        return (
            f"say in compare_task_id which comparison: {running}."
            if running
            else "no comparison is running or waiting."
        )
    if found is None:
        return "the task has no comparison of that ID. list_compare_tasks shows them."
    return "" if found in state.unfinished() else f"that comparison is {found.state} already."
