"""A task's state, as far as it decides whether an action is possible: read anew each time."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from drs_mcp.actions.catalogue import COMPARE_TYPES, Action
from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.task_reads import TaskReads
from drs_mcp.api.wire.values import Row, flag, record, text, texts, word
from drs_mcp.errors import BadAnswer, DrsError
from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.reads.comparisons.tasks import Comparisons, comparisons_of
from drs_mcp.reads.parts import run_parallel
from drs_mcp.summaries.comparisons.tasks import COMPARISON_NAMES, CompareTask

_UNREAD: Final = BadAnswer("not asked for")
_ENDED = frozenset({"SUCCESSFUL", "FAILED", "CANCELLED", "TIMEOUT_INTERRUPT"})


@dataclass(frozen=True)
class TaskState:
    """What was read of a task.

    Attributes:
        job_id: its ID, as DRS spells it: a caller may write it in capitals.
        name: its name; empty if it has none.
        status: as DRS writes it.
        available: DRS's words for what may be done now.
        current: DRS's word for what is being done; empty if nothing is.
        comparisons: the task's comparisons, where the action is about one.
        last_precheck: the ID of the newest pre-check, where the action is one; empty where there is
            none, None where it is not known.
        aside: what a human should know before a yes, beside what the action does; in our words.
    """

    job_id: str
    name: str
    status: str
    available: frozenset[str]
    current: str
    comparisons: Comparisons | None = None
    last_precheck: str | None = None
    aside: str = ""

    def unfinished(self) -> list[CompareTask]:
        """The comparisons that have not ended, as far as is known."""
        return _unfinished(self.comparisons.tasks if self.comparisons else ())

    def comparison(self, compare_task_id: str) -> CompareTask | None:
        """The comparison of that ID."""
        tasks: Sequence[CompareTask] = self.comparisons.tasks if self.comparisons else ()
        return next((task for task in tasks if task.id == compare_task_id), None)

    @property
    def target_id(self) -> str:
        """The ID that the action is sent to: comparisons of a task with subtasks have another."""
        listed = self.comparisons.job_id if self.comparisons else self.job_id
        return self.job_id if listed.lower() == self.job_id.lower() else listed


def shown_id(given: str) -> str:
    """An ID of DRS's as a sentence of ours may hold it."""
    return as_identifier(given) or "one whose ID cannot be shown"


async def read_state(drs: Connection, job_id: str, action: Action) -> TaskState:
    """What decides about *action*, read side by side.

    Raises:
        DrsError: a part of it could not be read.
    """
    reads = TaskReads(drs.client, job_id)
    parts: dict[str, Callable[[], Awaitable[Any]]] = {
        "detail": partial(drs.client.show, job_id, DetailQuery("detail")),
        "actions": partial(_available, reads),
    }
    if action.name in COMPARE_TYPES or action.name == "cancel_compare":
        parts["comparisons"] = partial(comparisons_of, drs, job_id)
    if action.name in ("precheck", "start"):
        parts["last"] = reads.last_precheck
    if action.name == "pause":
        parts["running"] = partial(comparisons_of, drs, job_id)
    found: dict[str, Any] = await run_parallel(parts)
    # These settle doubts or are told; they decide nothing.
    last, running = found.pop("last", _UNREAD), found.pop("running", None)
    for part in found.values():
        if isinstance(part, DrsError):
            raise part
    detail, actions = record(found["detail"]), record(found["actions"])
    return TaskState(
        job_id=text(detail.get("id")) or job_id,
        name=text(record(detail.get("base_info")).get("name")) or "",
        status=word(detail.get("status")) or "",
        available=frozenset(word(one) or "" for one in texts(actions.get("available_actions"))),
        current=word(actions.get("current_action")) or "",
        comparisons=found.get("comparisons"),
        last_precheck=None
        if isinstance(last, DrsError)
        else text(record(last).get("precheck_id")) or "",
        aside={"start": _of_precheck(last), "pause": _of_running(running)}.get(action.name, ""),
    )


def _unfinished(tasks: Sequence[CompareTask]) -> list[CompareTask]:
    return [task for task in tasks if task.status not in _ENDED]


def _of_precheck(last: object) -> str:
    if isinstance(last, DrsError):
        return "Whether its pre-check passed could not be read."
    if last is None:
        return "It has had no pre-check."
    passed = flag(record(last).get("result"))
    if passed is None:
        return "DRS does not say whether its newest pre-check passed."
    return f"Its newest pre-check {'passed' if passed else 'did not pass'}."


def _of_running(found: Comparisons | DrsError | None) -> str:
    if not isinstance(found, Comparisons) or found.read is not None:
        return "Whether a comparison is running could not be read."
    running = _unfinished(found.tasks)
    if not running:
        return "No comparison is running."
    told = ", ".join(
        f"{COMPARISON_NAMES.get(task.kind, 'comparison')} {shown_id(task.id)}"
        for task in running[:3]
    )
    return f"Running now: {told}."


async def _available(reads: TaskReads) -> Row:
    """What may be done now.

    Raises:
        BadAnswer: it is not told; nothing told is not the same as nothing allowed or under way.
    """
    what = f"the available actions of task {as_identifier(reads.job_id)}"
    found = record((await reads.fields("actions", frozenset({"job_action"}), what))["job_action"])
    if not isinstance(found.get("available_actions"), list):
        raise BadAnswer(f"DRS answered without available_actions when asked for {what}.")
    return found
