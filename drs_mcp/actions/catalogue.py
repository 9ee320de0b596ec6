"""The actions that there are: when each is possible, and what it does to the databases.

Nothing here needs a database's password, deletes, resets, skips a pre-check, switches over, makes a
destination writable or repairs rows. The states are those in which DRS documents the action.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Check = Literal[
    "precheck",
    "diagnosis",
    "object_compare",
    "line_compare",
    "content_compare",
    "cancel_compare",
]
Operation = Literal["start", "pause", "resume"]
Kind = Literal["checks", "control"]

_INCREMENTAL: Final = "INCRE_TRANSFER_STARTED"
_FULL_DONE: Final = "FULL_TRANSFER_COMPLETE"

PRECHECK_MODES: Final[Mapping[str, str]] = {
    "CONFIGURATION": "forStartJob",
    "WAITING_FOR_START": "forStartJob",
    "START_JOB_FAILED": "forStartJob",
    "FULL_TRANSFER_FAILED": "forRetryJob",
    "INCRE_TRANSFER_FAILED": "forRetryJob",
    _INCREMENTAL: "forRetryJob",
}
"""Status -> the mode of a pre-check that suits it: another one may fail and hinder the start."""

COMPARE_TYPES: Final[Mapping[str, str]] = {
    "object_compare": "object",
    "line_compare": "lines",
    "content_compare": "contents",
}
"""Check -> DRS's word for that comparison where one is created."""


@dataclass(frozen=True)
class Action:
    """An action.

    Attributes:
        name: what the caller asks for.
        kind: what the operator must have turned on for it.
        verb: what it does to the task, as a question begins and as a report says it was done.
        done: the same once DRS has taken it.
        effect: what it does to the databases, for the human who decides.
        statuses: the task's states in which DRS has it.
        words: of these one must be among the task's `available_actions`; none: DRS has no word.
    """

    name: str
    kind: Kind
    verb: str
    done: str
    effect: str
    statuses: frozenset[str]
    words: frozenset[str] = frozenset()


def _comparison(name: str, what: str, effect: str) -> Action:
    return Action(
        name=name,
        kind="checks",
        verb=f"Start {what} of",
        done=f"{what} was started for".capitalize(),
        effect=effect,
        statuses=frozenset({_INCREMENTAL, _FULL_DONE}),
    )


ACTIONS: Final[Mapping[str, Action]] = {
    action.name: action
    for action in (
        Action(
            name="precheck",
            kind="checks",
            verb="Run the pre-check of",
            done="The pre-check was started for",
            effect="DRS connects to both databases and reads their settings, privileges and "
            "objects. It writes nothing and starts nothing.",
            statuses=frozenset(PRECHECK_MODES),
            words=frozenset({"PRE_CHECK"}),
        ),
        Action(
            name="diagnosis",
            kind="checks",
            verb="Run the one-key diagnosis of",
            done="The diagnosis was started for",
            effect="DRS reads states and settings of both databases and of its own node: a light "
            "load. It writes nothing.",
            statuses=frozenset({"FULL_TRANSFER_STARTED", _INCREMENTAL}),
        ),
        _comparison(
            "object_compare",
            "an object comparison",
            "DRS lists databases, tables and other objects on both sides: a light load. It writes "
            "nothing.",
        ),
        _comparison(
            "line_compare",
            "a row comparison",
            "DRS counts the rows of the tables on both sides: both databases bear that load. It "
            "writes nothing.",
        ),
        _comparison(
            "content_compare",
            "a value comparison",
            "DRS reads the rows of the tables on both sides: a heavy load on both databases, for "
            "long. It writes nothing. The task must not be paused while it runs.",
        ),
        Action(
            name="cancel_compare",
            kind="checks",
            verb="Cancel a comparison of",
            done="A comparison was canceled for",
            effect="What that comparison has found so far is lost. Databases and task are not touched.",
            statuses=frozenset({_INCREMENTAL, _FULL_DONE}),
        ),
        Action(
            name="start",
            kind="control",
            verb="Start",
            done="The start was accepted for",
            effect="The task begins to write to the destination database, and is billed from then "
            "on. No comparison is created by it.",
            statuses=frozenset({"WAITING_FOR_START"}),
            words=frozenset({"START"}),
        ),
        Action(
            name="pause",
            kind="control",
            verb="Pause",
            done="The pause was accepted for",
            effect="DRS stops writing to the destination, which falls behind the source until "
            "somebody resumes the task; the source's log goes on being read. If it stays paused "
            "for long, the source may purge log that is still needed. A value comparison that is "
            "running is spoilt by it.",
            statuses=frozenset({"FULL_TRANSFER_STARTED", _FULL_DONE, _INCREMENTAL}),
            words=frozenset({"PAUSE"}),
        ),
        Action(
            name="resume",
            kind="control",
            verb="Resume",
            done="The resume was accepted for",
            effect="DRS goes on where it stopped and writes to the destination again. If the cause "
            "of a failure is still there, it fails again.",
            statuses=frozenset(
                {"PAUSING", "START_JOB_FAILED", "FULL_TRANSFER_FAILED", "INCRE_TRANSFER_FAILED"}
            ),
            words=frozenset({"RETRY", "CONTINUE_JOB"}),
        ),
    )
}
