"""What a human is asked before an action leaves, and whether the reply is a yes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol

from pydantic import BaseModel, Field

from drs_mcp.actions.catalogue import PRECHECK_MODES, Action
from drs_mcp.actions.state import TaskState, shown_id
from drs_mcp.api.connections import Connection
from drs_mcp.api.query import ID
from drs_mcp.errors import ActionRefused
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.names import as_name, in_quotes
from drs_mcp.quoting.quoted import quote
from drs_mcp.settings import DEFAULT_PROFILE
from drs_mcp.summaries.comparisons.tasks import COMPARISON_NAMES

_OF_DATABASES: Final = ("line_compare", "content_compare")
"""What can be asked for of one database."""


class Confirmation(BaseModel):
    """The form of a check: a yes."""

    confirm: bool = Field(title="Do it", description="Yes, do it.")


class TypedName(BaseModel):
    """The form of a control action: the task, typed."""

    task: str = Field(title="Task", description="Type the task as it stands between the quotes.")


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        text: the question, with all that decides.
        to_type: what must be typed; empty where a yes is enough.
    """

    text: str
    to_type: str = ""

    @property
    def form(self) -> type[BaseModel]:
        """The form that is to be filled in."""
        return TypedName if self.to_type else Confirmation


@dataclass(frozen=True)
class Reply:
    """What came back.

    Attributes:
        action: accept, decline or cancel.
        content: what was filled in.
        turn: the task's turn when the question was asked.
    """

    action: Literal["accept", "decline", "cancel"]
    content: Mapping[str, Any]
    turn: int


class Asker(Protocol):
    """The way to the human, through the host."""

    @property
    def client(self) -> str:
        """The host's own word for itself."""

    def check(self) -> None:
        """See whether anybody can be asked.

        Raises:
            ActionRefused: the host does not pass questions on.
        """

    async def ask(self, question: Question, turn: int) -> Reply:
        """Ask, in the task's *turn*, and wait for the reply, or leave and be called again with it."""


@dataclass(frozen=True)
class Wanted:
    """What the caller wants done: see the tools' arguments."""

    action: Action
    job: str
    compare_task_id: str = ""
    source_db_name: str = ""


def check_shown(wanted: Wanted) -> None:
    """Whether the human would see all that is sent, and every argument means something.

    Raises:
        ActionRefused: an argument is not one of this action, or cannot be shown as it is.
    """
    name = wanted.action.name
    if wanted.source_db_name and name not in _OF_DATABASES:
        raise ActionRefused(
            f"Nothing was sent: {name} takes no source_db_name. Leave it out, or ask for "
            f"{' or '.join(_OF_DATABASES)}."
        )
    if wanted.compare_task_id and name != "cancel_compare":
        raise ActionRefused(
            f"Nothing was sent: {name} takes no compare_task_id, which cancel_compare takes. A "
            "comparison that is started gets an ID of its own."
        )
    if wanted.compare_task_id and not ID.fullmatch(wanted.compare_task_id):
        raise ActionRefused("Nothing was sent: compare_task_id is no ID of a comparison.")
    if quote(wanted.source_db_name, 256) != wanted.source_db_name:
        raise ActionRefused(
            "Nothing was sent: source_db_name cannot be shown as it is to the person who is asked. "
            "Leave it out to compare every database."
        )


def question_of(drs: Connection, wanted: Wanted, state: TaskState) -> Question:
    """The question for what is *wanted*: task, region, action, and what it does."""
    action = wanted.action
    name = as_name(state.name)
    task = f"task {name} (ID {state.job_id})" if name else f"the task of ID {state.job_id}"
    profile = "" if drs.profile == DEFAULT_PROFILE else f", profile {drs.profile}"
    status = as_word(state.status) or "unknown"
    lines = [
        f"{action.verb} {task} in {drs.region}{profile}? Its status is {status}.",
        *_sent_to(state),
        *_details(wanted, state),
        action.effect,
        *filter(None, [state.aside]),
    ]
    if action.kind == "checks":
        return Question("\n".join(lines))
    to_type = state.name if name else state.job_id
    lines.append(f"To confirm, type the task's {'name' if name else 'ID'}: {in_quotes(to_type)}")
    return Question("\n".join(lines), to_type)


def _sent_to(state: TaskState) -> list[str]:
    """Where it goes, if not to the task that was named."""
    if state.target_id == state.job_id:
        return []
    return [f"DRS keeps its comparisons under another task's ID: {shown_id(state.target_id)}."]


def _details(wanted: Wanted, state: TaskState) -> list[str]:
    if wanted.action.name == "precheck":
        return [f"Mode: {PRECHECK_MODES[state.status]}."]
    if wanted.action.name == "cancel_compare":
        found = state.comparison(wanted.compare_task_id)
        kind = COMPARISON_NAMES.get(found.kind, "comparison") if found else "comparison"
        return [f"It is the {kind} {shown_id(wanted.compare_task_id)}."]
    if wanted.action.name not in _OF_DATABASES:
        return []
    if wanted.source_db_name:
        return [f"Database: {in_quotes(quote(wanted.source_db_name, 256))}."]
    return ["Databases: all that the task covers."]


def check_reply(question: Question, reply: Reply) -> None:
    """Whether the reply is a yes.

    Raises:
        ActionRefused: it is not; nothing was sent.
    """
    if reply.action != "accept":
        said = "declined" if reply.action == "decline" else "dismissed the question"
        raise ActionRefused(
            f"Nothing was sent: the person who was asked {said}. Do not ask again unless they "
            "want it."
        )
    if question.to_type:
        typed = reply.content.get("task")
        if not isinstance(typed, str) or typed.strip() != question.to_type.strip():
            raise ActionRefused(
                "Nothing was sent: what was typed is not the task as it is called. If the action "
                "is still wanted, ask again."
            )
    elif reply.content.get("confirm") is not True:
        raise ActionRefused("Nothing was sent: the question was not answered with yes.")
