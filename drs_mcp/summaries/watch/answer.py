"""The answer of `watch_job`: what changed or why the watch ended, and where to go on from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from drs_mcp.api.wire.values import amount
from drs_mcp.knowledge.statuses import Status
from drs_mcp.quoting.quoted import Name, Quote, Quoted, spoken
from drs_mcp.summaries.answer import Answer, Closing, NextCall, plural
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.load import fresh_load, threshold
from drs_mcp.summaries.watch.changes import Mark, failed_types, troubled
from drs_mcp.summaries.watch.handle import MOST_CHARS, handle

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

_REACHED = {
    "failed": "has failed",
    "finished": "has finished",
    "configuration": "is in configuration",
    "changing": "is being changed",
    "full": "is in the full phase",
    "incremental": "is in the incremental phase",
}
_OLD_S = 5


@dataclass(frozen=True)
class Watched:
    """A watch that has ended.

    Attributes:
        found: the last look that succeeded.
        mark: what to keep of it.
        why: why the watch ended.
        changed: what has changed since the look before, or since the caller's handle.
        job_id: the task's ID.
        until: what was waited for; may be empty.
        resumed: whether the caller gave a handle.
        waited_s: how long the watch took.
        age_s: how long before its end the last look was.
        polls: how often DRS was asked.
        failed_polls: how many of these failed.
        failure: how the last of them failed, in our own words.
    """

    found: Evidence
    mark: Mark
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


class WatchAnswer(Answer, Closing):
    """Answer of `watch_job`.

    `why`: changed; reached: what `until` asked for; timeout: nothing happened; still: the same of
    a single look (`timeout_s` 0); cannot_move: until someone acts. `since` is where to go on from.
    """

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


def reached(state: Status, until: str) -> bool:
    """Whether the task is where *until* wants it: in the group, or running in the phase."""
    if not until:
        return False
    return state.group == until or (state.group == "running" and state.phase == until)


def watch_answer(watched: Watched) -> WatchAnswer:
    """Tell how a watch ended."""
    found, state = watched.found, watched.found.state
    since = handle(watched.mark, watched.job_id)
    return WatchAnswer(
        headline=_headline(watched),
        changed=list(watched.changed),
        why=watched.why,
        status=state.value or None,
        phase=state.phase or None,
        progress_pct=amount(found.info.get("progress")),
        delay_s=found.delay,
        since=since,
        waited_s=amount(watched.waited_s) or 0,
        polls=watched.polls,
        notes=_notes(watched),
        next=_next(watched, since),
    )


def stands(found: Evidence, mark: Mark) -> str:
    """Where the task stands, as part of a sentence."""
    state, delay = found.state, found.delay
    told = [state.meaning or f"status {spoken(state.value) or 'unknown'}"]
    done = amount(found.info.get("progress"))
    if state.phase == "full" and done is not None:
        told[0] += f", {done}% done"
    if state.phase == "incremental" and state.group == "running":
        if delay is None:
            told.append("delay unknown")
        elif mark.behind and delay > threshold(found)[0]:
            told.append(f"delay {delay:,} s, above {threshold(found)[0]:,} s")
        else:
            told.append(f"delay {delay:,} s")
    load = fresh_load(found)
    told += [
        f"node {called} at {load[name]}%"
        for name, called, busy in (("cpu", "CPU", mark.cpu), ("mem", "memory", mark.mem))
        if busy and name in load
    ]
    if failed_types(found):
        told.append(f"{plural(len(failed_types(found)), 'object type')} failed")
    if mark.limited:
        told.append("flow control is in force")
    return "; ".join(told)


def _headline(watched: Watched) -> str:
    found, state = watched.found, watched.found.state
    label, told = found.label, stands(found, watched.mark)
    waited = f"{watched.waited_s:,.0f} s"
    if watched.why == "reached":
        is_there = _REACHED.get(watched.until, f"is {watched.until}")
        return f"{label} {is_there}: {told}."
    if watched.why == "cannot_move":
        return f"{label} cannot move by itself: {told}. {state.next}".rstrip()
    if watched.why == "changed":
        when = "since the last answer" if watched.polls == 1 else f"within {waited}"
        more = len(watched.changed) - 1
        others = f" {plural(more, 'more change')}." if more else ""
        stuck = "" if state.moves else " It cannot move by itself now."
        return f"{label} changed {when}: {told}. {watched.changed[0]}{others}{stuck}"
    missed = f", not {watched.until} yet" if watched.until else ""
    if watched.why == "timeout":
        return f"{label}: {told}{missed}; no change in {waited}."
    since = "no change since the last answer" if watched.resumed else "one look, nothing awaited"
    return f"{label}: {told}{missed}; {since}."


def _notes(watched: Watched) -> list[str]:
    notes = []
    if watched.failed_polls:
        notes.append(
            f"{watched.failed_polls} of {plural(watched.polls, 'poll')} failed "
            f"({watched.failure}); the watch went on."
        )
    if watched.age_s >= _OLD_S:
        notes.append(f"The state is that of {watched.age_s:,.0f} s before the end.")
    if watched.found.detail is None:
        notes.append(
            "The task's detail could not be read: name, thresholds and flow control are missing."
        )
    return notes


def _next(watched: Watched, since: str) -> list[NextCall]:
    job: dict[str, str | int | bool] = {"job": watched.found.asked}
    state = watched.found.state
    calls = []
    if state.moves:
        until = "" if watched.why == "reached" else watched.until
        calls.append(
            NextCall(tool="watch_job", args=job | {"until": until, "since": since}, why="to go on")
        )
    if state.group == "failed" or (watched.why == "changed" and troubled(watched.mark)):
        calls.append(NextCall(tool="diagnose_job", args=job))
    return calls
