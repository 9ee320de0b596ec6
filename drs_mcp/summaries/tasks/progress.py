"""How far a task is, from `type=progress` (Tables 35 to 39) and its detail where that was read."""

from datetime import datetime, timedelta
from typing import Annotated

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import Row, count, moment, number, record, records, share, text, word
from drs_mcp.clock import iso
from drs_mcp.knowledge.statuses import Status
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.quoted import Name, Quote, Quoted, as_identifier
from drs_mcp.summaries.ages import age, in_words, spelt
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.tasks.card import DEFAULT_EXPIRED_DAYS, task_label
from drs_mcp.summaries.tasks.flow_windows import FULL_PHASE_RUNS, active_window
from drs_mcp.summaries.tasks.live_status import live_status
from drs_mcp.summaries.tasks.progress_facts import (
    ObjectType,
    delay_s,
    delay_threshold,
    done_in_words,
    iso_or_none,
    metrics_of,
    node_load,
    object_types,
)
from drs_mcp.summaries.tasks.sections import fields_of
from drs_mcp.summaries.tasks.told_errors import notes_of_errors

_FRESH = timedelta(minutes=5)
Counts = Annotated[str, Quote(2000)]
"""The counts of every object type: DRS knows some forty."""


class ProgressAnswer(Answer, Closing):
    """Answer of `get_progress`.

    `time_left` and `stages_left` are DRS's estimates in its own unit, `time_left_est_s` goes by the
    average pace. `stages_pct` is left out where every stage is complete. `sides` is what DRS's
    monitoring tells of reading the source and applying to the destination, `slower_side` which of
    them holds the task up, `recovery` RPO and RTO; `unfinished` counts the tables that are
    not done, `unfinished_tables` names the least complete; `unread` names what could not be read and why.
    """

    essential = frozenset({"status", "delay_s", "progress_pct"})

    status: Name | None = None
    phase: Name | None = None
    progress_pct: int | float | None = None
    delay_s: int | float | None = None
    delay_alarm_s: int | None = None
    slower_side: Name | None = None
    disconnected: Name | None = None
    recovery: dict[str, int | float] = {}
    stages_pct: dict[str, int | float] = {}
    time_left: Name | None = None
    stages_left: dict[Name, Name] = {}
    time_left_est_s: int | None = None
    flow_control_now: Name | None = None
    objects: Table = Table()
    completed_objects: Counts | None = None
    full_started: Name | None = None
    full_ended: Name | None = None
    incr_started: Name | None = None
    node: dict[str, int | float] = {}
    apply_state: Name | None = None
    measured: Name | None = None
    sides: dict[str, int | float] = {}
    monitored: Name | None = None
    components: dict[Name, Quoted] = {}
    unfinished: int | None = None
    unfinished_tables: list[Quoted] = []
    unread: dict[Name, Quoted] = {}
    fields: Table = Table()


def progress_answer(
    job: Job, detail: Job | None, *, job_ref: str, now: datetime, full: bool = False
) -> ProgressAnswer:
    """Summarise progress; *detail* is the task's `type=detail` object, None when unread.

    *full* adds every field as DRS sends it.
    """
    info = record(job.get("progress_info"))
    objects = record(job.get("migration_object_progress_info"))
    metrics = metrics_of(job)
    task: Job = detail if detail is not None else {}
    base = record(task.get("base_info"))
    told = live_status(job, detail, word(info.get("task_mode")) or word(base.get("task_type")))
    state = told.state
    done = share(info.get("progress"))
    delay = delay_s(info, state)
    moving = state.value in FULL_PHASE_RUNS
    flow = active_window(task, now) if moving else None
    alarm = count(record(task.get("alarm_notify")).get("delay_time")) or None
    started = moment(objects.get("full_start_time"))
    listed = object_types(
        records(objects.get("migration_object_overview")), iso(started) if started else None
    )
    begun = iso_or_none(objects.get("incr_start_time"))
    phrase = _status_phrase(
        state, done, delay, alarm, listed, incremental=bool(begun) or delay is not None
    )
    phrase = "; ".join(filter(None, (phrase, told.conflict)))
    estimate = _estimate(started, done, now) if moving else None
    left = _left(info.get("remaining_time"), estimate) if moving else ""
    measured = _measured(metrics, objects, now)
    return ProgressAnswer(
        headline=_headline(
            task, phrase, listed, flow=flow is not None, left=left, measured=measured
        ),
        status=state.value,
        phase=state.phase,
        progress_pct=done,
        delay_s=delay,
        delay_alarm_s=alarm,
        stages_pct=_stages(record(info.get("progress_map"))),
        time_left=_time_left(info.get("remaining_time")) if moving else None,
        stages_left=_stages_left(record(info.get("progress_map"))) if moving else {},
        time_left_est_s=estimate,
        flow_control_now=flow,
        objects=table(
            ("type", "status", "done", "total", "done_pct", "started", "ended"),
            [row[1:] for row in listed if not row.complete],
        ),
        completed_objects=", ".join(
            f"{row.type} {row.total}" if row.total is not None else row.type
            for row in listed
            if row.complete
        )
        or None,
        full_started=iso(started) if started else None,
        full_ended=iso_or_none(objects.get("full_complete_time")),
        incr_started=begun,
        node=node_load(metrics),
        apply_state=_unusual(text(metrics.get("apply_current_state"))),
        measured=measured,
        fields=fields_of(job, "progress_info", "migration_object_progress_info", "metrics")
        if full
        else Table(),
        notes=[
            *notes_of_errors(progress=job, detail=detail),
            *_notes(state, detail, listed=bool(listed)),
        ],
        next=_next(
            state,
            job_ref,
            failed=any(row.rank == 0 for row in listed),
            behind=delay is not None and delay > delay_threshold(detail)[0],
        ),
    )


def _stages(stages: Row) -> dict[str, int | float]:
    read = {str(name)[:40]: share(record(stage).get("completed")) for name, stage in stages.items()}
    known = {
        name: value
        for name, value in read.items()
        if value is not None and as_identifier(name) is not None
    }
    return known if any(value != 100 for value in known.values()) else {}


def _stages_left(stages: Row) -> dict[str, str]:
    left = {
        str(name)[:40]: _time_left(record(stage).get("remaining_time"))
        for name, stage in stages.items()
    }
    return {
        name: value for name, value in left.items() if value is not None and as_identifier(name)
    }


def _time_left(value: object) -> str | None:
    """DRS's own estimate: seconds, as its older API documents; `0` before the end is none."""
    left = text(value)
    if left is None or left.lower() in ("null", "nan", "-1", "none") or number(left) == 0:
        return None
    seconds = number(left)
    return left if seconds is None or seconds < 0 else f"{left} s{spelt(seconds)}"


def _left(told: object, estimate: int | None) -> str:
    """How long it goes on, for the headline: DRS's word where it has one, else by the pace."""
    seconds = number(told)
    if _time_left(told) and seconds is not None and seconds > 0:
        return f"about {in_words(timedelta(seconds=seconds))} left, DRS says"
    if estimate:
        return f"about {in_words(timedelta(seconds=estimate))} left at this pace"
    return ""


def _estimate(started: datetime | None, done: float | None, now: datetime) -> int | None:
    """Seconds left if the full phase goes on at its average pace; unknown under 1 percent."""
    if started is None or done is None or not 1 <= done < 100 or now <= started:
        return None
    elapsed = (now - started).total_seconds()
    return round(elapsed * (100 - done) / done)


def _unusual(state: str | None) -> str | None:
    """The apply state, unless all is well with it."""
    return None if state is None or state.lower() in ("succeed", "processing") else state


def _measured(metrics: Row, objects: Row, now: datetime) -> str | None:
    """When the numbers were taken, where that is worth telling: longer ago than five minutes."""
    at = moment(metrics.get("time_stamp")) or moment(objects.get("create_time"))
    if at is None or abs(now - at) <= _FRESH:
        return None
    old = age(at, now)
    return iso(at) if old is None else f"{iso(at)}, {in_words(old)} ago"


def _status_phrase(
    state: Status,
    done: float | None,
    delay: float | None,
    alarm: int | None,
    listed: list[ObjectType],
    *,
    incremental: bool,
) -> str:
    """The status, and how far that is; percents are of the full phase only."""
    phrase = state.meaning or f"status {as_word(state.value) or 'unknown'}"
    if state.phase == "paused" and delay:
        return f"{phrase}; delay {delay:,} s{spelt(delay)}"
    if state.phase == "incremental":
        if delay is None:
            return phrase if state.group == "failed" else f"{phrase}; delay unknown"
        over = f", above its alarm threshold of {alarm} s" if alarm and delay > alarm else ""
        return f"{phrase}; delay {delay:,} s{spelt(delay)}{over}"
    ended = done is not None and done >= 100 and state.value not in FULL_PHASE_RUNS
    if done is None or ended or incremental:
        return phrase
    return f"{phrase}, {done_in_words(done, listed)}"


def _headline(
    task: Job,
    phrase: str,
    listed: list[ObjectType],
    *,
    flow: bool,
    left: str,
    measured: str | None,
) -> str:
    failed = sum(1 for row in listed if row.rank == 0)
    parts = [phrase, f"{plural(failed, 'object type')} failed" if failed else "", left]
    parts.append("flow control is in force" if flow else "")
    parts.append(f"figures of {measured}" if measured else "")
    return f"{task_label(task)}: {'; '.join(filter(None, parts))}."


def _notes(state: Status, detail: Job | None, *, listed: bool) -> list[str]:
    notes = []
    if state.phase == "incremental" and listed:
        notes.append("Object counts stand still in the incremental phase; compare to verify.")
    if detail is None:
        notes.append(
            "The task's detail could not be read: name, thresholds and flow control are missing."
        )
    elif state.group == "failed":
        days = count(record(detail.get("base_info")).get("expired_days")) or DEFAULT_EXPIRED_DAYS
        notes.append(f"Left as it is, DRS stops the task after {days} days in this state.")
    return notes


def _next(state: Status, job_ref: str, *, failed: bool, behind: bool) -> list[NextCall]:
    job: dict[str, str | int | bool] = {"job": job_ref}
    if state.group == "failed" or failed:
        return [NextCall(tool="diagnose_job", args=job)]
    if behind:
        why = "what the pause means" if state.group == "paused" else "why it is behind"
        return [NextCall(tool="diagnose_job", args=job, why=why)]
    if state.phase == "incremental":
        return [NextCall(tool="list_compare_tasks", args=job, why="do the data agree")]
    return []
