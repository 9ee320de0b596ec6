"""The answer of `watch_job`: what changed or why the watch ended, and where to go on from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from drs_mcp.api.wire.values import amount, share
from drs_mcp.knowledge.statuses import Status
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.quoted import Name, Quote, Quoted
from drs_mcp.summaries.ages import spelt
from drs_mcp.summaries.answer import Answer, Closing, NextCall, plural
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.load import fresh_load
from drs_mcp.summaries.tasks.progress_facts import done_in_words
from drs_mcp.summaries.watch.advice import ADVISED
from drs_mcp.summaries.watch.changes import Snapshot, failed_types, needs_attention
from drs_mcp.summaries.watch.handle import MOST_CHARS, encode_handle
from drs_mcp.summaries.watch.samples import Sample

Until = Literal[
    "",
    "failed",
    "running",
    "waiting",
    "paused",
    "finished",
    "configuration",
    "changing",
    "deleted",
    "full",
    "incremental",
]
"""A group of statuses, or the phase in which the task is to run."""

Why = Literal["changed", "reached", "timeout", "still", "cannot_move"]

_REACHED_PHRASES = {
    "failed": "has failed",
    "finished": "has finished",
    "configuration": "is in configuration",
    "changing": "is being changed",
    "full": "is in the full phase",
    "incremental": "is in the incremental phase",
}
_LATER = {
    "configuration": frozenset({"full", "incremental"}),
    "full": frozenset({"incremental"}),
}
"""What comes after what can be waited for, and never before it."""
_STUCK = "It cannot move by itself now."
_OLD_S = 5


@dataclass(frozen=True)
class WatchResult:
    """A watch that has ended.

    Attributes:
        evidence: the last poll that succeeded.
        snapshot: what to keep of it.
        why: why the watch ended.
        changed: what has changed since the poll before, or since the caller's handle.
        job_id: the task's ID.
        until: what was waited for; may be empty.
        resumed: whether the caller gave a handle.
        waited_s: how long the watch took.
        age_s: how long before its end the last poll was.
        polls: how often DRS was asked.
        failed_polls: how many of these failed.
        failure: how the last of them failed, in our own words.
        samples: what the polls saw of delay and load, and those before them.
        advice: what its log advises, of a task that failed or is paused; empty where unread.
    """

    evidence: Evidence
    snapshot: Snapshot
    why: Why
    changed: Sequence[str]
    job_id: str
    until: str
    resumed: bool
    waited_s: float
    age_s: float
    polls: int
    failed_polls: int
    failure: str
    samples: Sequence[Sample] = ()
    advice: str = ""


class WatchAnswer(Answer, Closing):
    """Answer of `watch_job`.

    `why`: changed; reached: what `until` asked for; timeout: nothing happened; still: the same of
    a single look (`timeout_s` 0); cannot_move: until someone acts. `since` is where to go on from.
    """

    repeatable = False
    essential = frozenset({"status", "why", "since"})

    changed: list[Quoted] = []
    why: Why
    status: Name | None = None
    phase: Name | None = None
    progress_pct: int | float | None = None
    delay_s: int | float | None = None
    since: Annotated[str, Quote(MOST_CHARS)]
    waited_s: int | float = 0
    polls: int = 0


def is_reached(state: Status, until: str) -> bool:
    """Whether the task is where *until* wants it: in the group, or running in the phase."""
    if not until:
        return False
    return state.group == until or (state.group == "running" and state.phase == until)


def is_past(state: Status, until: str) -> bool:
    """Whether the task has left behind what *until* names: it does not come back by itself."""
    later = _LATER.get(until, frozenset())
    return state.group == "running" and state.phase in later


def watch_answer(result: WatchResult) -> WatchAnswer:
    """The answer about a watch that has ended."""
    evidence, state = result.evidence, result.evidence.state
    since = encode_handle(result.snapshot, result.job_id, result.samples)
    return WatchAnswer(
        headline=_headline(result),
        changed=list(result.changed),
        why=result.why,
        status=state.value or None,
        phase=state.phase or None,
        progress_pct=share(evidence.info.get("progress")),
        delay_s=evidence.delay,
        since=since,
        waited_s=amount(result.waited_s) or 0,
        polls=result.polls,
        notes=_notes(result),
        next=_next(result, since),
    )


def describe_state(evidence: Evidence, snapshot: Snapshot) -> str:
    """The task's state, as part of a sentence."""
    state, delay = evidence.state, evidence.delay
    parts = [state.meaning or f"status {as_word(state.value) or 'unknown'}"]
    done = share(evidence.info.get("progress"))
    if state.phase == "full" and done is not None:
        parts[0] += f", {done_in_words(done, evidence.object_types)}"
    if state.phase == "incremental" and state.group == "running":
        if delay is None:
            parts.append("delay unknown")
        elif snapshot.behind and delay > evidence.threshold[0]:
            parts.append(f"delay {delay:,} s{spelt(delay)}, above {evidence.threshold[0]:,} s")
        else:
            parts.append(f"delay {delay:,} s{spelt(delay)}")
    load = fresh_load(evidence)
    parts += [
        f"node {called} at {load[name]}%"
        for name, called, busy in (("cpu", "CPU", snapshot.cpu), ("mem", "memory", snapshot.mem))
        if busy and name in load
    ]
    if failed_types(evidence):
        parts.append(f"{plural(len(failed_types(evidence)), 'object type')} failed")
    if snapshot.limited:
        parts.append("flow control is in force")
    return "; ".join(filter(None, (*parts, evidence.status_conflict)))


def _headline(result: WatchResult) -> str:
    evidence, state = result.evidence, result.evidence.state
    label, description = evidence.label, describe_state(evidence, result.snapshot)
    waited = f"{result.waited_s:,.0f} s"
    if result.why == "reached":
        is_there = _REACHED_PHRASES.get(result.until, f"is {result.until}")
        told = "" if description == result.until else f": {description}"
        return f"{label} {is_there}{told}."
    if result.why == "cannot_move" and is_past(state, result.until):
        left = _REACHED_PHRASES[result.until].removeprefix("is in ")
        return f"{label} has left {left} behind, which does not come back by itself: {description}."
    if result.why == "cannot_move":
        return (
            f"{label} cannot move by itself: {description}. {result.advice or state.next}".rstrip()
        )
    if result.why == "changed":
        when = "since the last answer" if result.polls == 1 else f"within {waited}"
        more = len(result.changed) - 1
        others = f" {plural(more, 'more change')}." if more else ""
        stuck = "" if state.moves else f" {_STUCK} {result.advice}".rstrip()
        return f"{label} changed {when}: {description}. {result.changed[0]}{others}{stuck}"
    missed = f", not {result.until} yet" if result.until else ""
    if result.why == "timeout":
        return f"{label}: {description}{missed}; no change in {waited}."
    since = "no change since the last answer" if result.resumed else "one look, nothing awaited"
    return f"{label}: {description}{missed}; {since}."


def _notes(result: WatchResult) -> list[str]:
    notes = []
    if result.failed_polls:
        notes.append(
            f"{result.failed_polls} of {plural(result.polls, 'poll')} failed "
            f"({result.failure}); the watch went on."
        )
    if result.age_s >= _OLD_S:
        notes.append(f"The state is that of {result.age_s:,.0f} s before the end.")
    if result.evidence.detail is None:
        notes.append(
            "The task's detail could not be read: name, thresholds and flow control are missing."
        )
    return notes


def _next(result: WatchResult, since: str) -> list[NextCall]:
    job: dict[str, str | int | bool] = {"job": result.evidence.job_ref}
    state = result.evidence.state
    calls = []
    if state.moves:
        over = result.why == "reached" or is_past(state, result.until)
        until = "" if over else result.until
        calls.append(
            NextCall(tool="watch_job", args=job | {"until": until, "since": since}, why="to go on")
        )
    if state.group in ADVISED or (result.why == "changed" and needs_attention(result.snapshot)):
        calls.append(NextCall(tool="diagnose_job", args=job))
    return calls
