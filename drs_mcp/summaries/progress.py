"""How far a task is, from `type=progress` (Tables 35 to 39) and its detail where that was read."""

from datetime import datetime, timedelta
from typing import NamedTuple

from drs_mcp.api.values import Row, amount, count, moment, number, record, records, text, word
from drs_mcp.api.wire import Job
from drs_mcp.clock import iso
from drs_mcp.knowledge.statuses import Status, status
from drs_mcp.quoted import Name, Quoted, spoken
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, percent, plural, table
from drs_mcp.summaries.detail import flow_control, task_label
from drs_mcp.summaries.flow_windows import in_force

_OBJECT_ORDER = {"FAILED": 0, "TRANSFERING": 1, "NOT_START": 2, "TRANSFER_WHEN_END": 3}
_DONE = 4
_FRESH = timedelta(minutes=5)

# Table 39 -> our name with its unit (units: Cloud Eye's metrics of the same names).
_METRICS = {
    "cpu_util": "cpu_pct",
    "mem_util": "mem_pct",
    "network_incoming_bytes_rate": "net_in_bytes_s",
    "network_outgoing_bytes_rate": "net_out_bytes_s",
    "disk_read_bytes_rate": "disk_read_bytes_s",
    "disk_write_bytes_rate": "disk_write_bytes_s",
    "apply_rows_rate": "apply_rows_s",
    "apply_transactions_rate": "apply_dml_s",
    "apply_ddl_rate": "apply_ddl_s",
    "apply_average_execute_time": "apply_execute_ms",
    "apply_average_commit_time": "apply_commit_ms",
}


class ProgressAnswer(Answer, Closing):
    """Answer of `get_progress`."""

    essential = frozenset({"status", "delay_s", "progress_pct"})

    status: Name | None = None
    phase: Name | None = None
    progress_pct: int | float | None = None
    delay_s: int | float | None = None
    delay_alarm_s: int | None = None
    stages_pct: dict[str, int | float] = {}
    time_left: Name | None = None
    time_left_est_s: int | None = None
    flow_control_now: Name | None = None
    objects: Table = Table()
    completed_objects: Quoted | None = None
    full_started: Name | None = None
    full_ended: Name | None = None
    incr_started: Name | None = None
    node: dict[str, int | float] = {}
    apply_state: Name | None = None
    measured: Name | None = None


def progress_answer(job: Job, detail: Job | None, *, asked: str, now: datetime) -> ProgressAnswer:
    """Summarise progress; *detail* is the task's `type=detail` object, None when unread."""
    info = record(job.get("progress_info"))
    objects = record(job.get("migration_object_progress_info"))
    metrics = record(job.get("metrics"))
    task: Job = detail if detail is not None else {}
    base = record(task.get("base_info"))
    # Progress tells the live status; the detail is read beside it and may be a moment older.
    state = status(
        word(info.get("transfer_status")) or word(job.get("status")) or word(task.get("status")),
        word(info.get("task_mode")) or word(base.get("task_type")),
    )
    done = amount(info.get("progress"))
    delay = _delay(info, state)
    full = state.phase == "full"
    flow = in_force(task, now) if full else None
    alarm = count(record(task.get("alarm_notify")).get("delay_time")) or None
    started = moment(objects.get("full_start_time"))
    listed = _objects(
        records(objects.get("migration_object_overview")), iso(started) if started else None
    )
    incremental = state.phase == "incremental"
    return ProgressAnswer(
        headline=_headline(task, state, done, delay, alarm, listed, flow=flow is not None),
        status=state.value,
        phase=state.phase,
        progress_pct=done,
        delay_s=delay,
        delay_alarm_s=alarm,
        stages_pct=_stages(record(info.get("progress_map"))),
        time_left=_time_left(info, done),
        time_left_est_s=_estimate(started, done, now) if full and state.healthy else None,
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
        full_ended=_iso(objects.get("full_complete_time")),
        incr_started=_iso(objects.get("incr_start_time")),
        node=_node(metrics),
        apply_state=_unusual(text(metrics.get("apply_current_state"))),
        measured=_measured(metrics, objects, now),
        notes=_notes(
            task, state, incremental=incremental, listed=bool(listed), unread=detail is None
        ),
        next=_next(state, asked, failed=any(row.rank == 0 for row in listed)),
    )


def _delay(info: Row, state: Status) -> float | int | None:
    """Seconds, from the milliseconds where they are given; `-1` means not incremental."""
    if state.phase == "full":
        return None
    millis = number(info.get("incr_trans_delay_millis"))
    if millis is not None and millis >= 0:
        return amount(millis / 1000)
    return amount(info.get("incr_trans_delay"))


def _stages(stages: Row) -> dict[str, int | float]:
    read = {
        str(name)[:40]: amount(record(stage).get("completed")) for name, stage in stages.items()
    }
    return {
        name: value
        for name, value in read.items()
        if value is not None and spoken(name) is not None
    }


def _time_left(info: Row, done: float | None) -> str | None:
    """DRS's own estimate, in its own unit; `0` before the end means that it has none."""
    left = text(info.get("remaining_time"))
    if left is None or left.lower() in ("null", "nan", "-1", "none"):
        return None
    if number(left) == 0 and (done is None or done < 100):
        return None
    return left if number(left) != 0 else None


def _estimate(started: datetime | None, done: float | None, now: datetime) -> int | None:
    """Seconds left if the full phase goes on at its average pace; unknown under 1 percent."""
    if started is None or done is None or not 1 <= done < 100 or now <= started:
        return None
    elapsed = (now - started).total_seconds()
    return round(elapsed * (100 - done) / done)


class _ObjectType(NamedTuple):
    """One row of Table 38; `rank` puts what failed or lags first."""

    rank: int
    type: str
    status: str
    done: int | None
    total: int | None
    done_pct: float | None
    started: str | None
    ended: str | None

    @property
    def complete(self) -> bool:
        """Whether all of it is done: its count says everything then."""
        return self.status == "completed" and self.done == self.total


def _objects(rows: list[Row], full_start: str | None) -> list[_ObjectType]:
    listed = []
    for row in rows:
        state = word(row.get("status")) or "UNKNOWN"
        total, done = count(row.get("src_count")), count(row.get("dst_count"))
        share = percent(done, total) if done is not None and total else None
        started = _iso(row.get("start_time"))
        listed.append(
            _ObjectType(
                rank=_OBJECT_ORDER.get(state, _DONE),
                type=text(row.get("type")) or "?",
                status=_STATUS_WORDS.get(state, state.lower()),
                done=done,
                total=total,
                done_pct=None if share == 100 else share,
                started=None if started == full_start else started,
                ended=_iso(row.get("end_time")),
            )
        )
    return sorted(listed, key=lambda row: (row.rank, 101 if row.done_pct is None else row.done_pct))


_STATUS_WORDS = {
    "TRANSFERING": "transferring",
    "TRANSFER_WHEN_END": "moves when the task is stopped",
    "NOT_START": "not started",
}


def _node(metrics: Row) -> dict[str, int | float]:
    read = {ours: amount(metrics.get(theirs)) for theirs, ours in _METRICS.items()}
    return {name: value for name, value in read.items() if value is not None}


def _unusual(state: str | None) -> str | None:
    """The apply state, unless all is well with it."""
    return None if state is None or state.lower() in ("succeed", "processing") else state


def _measured(metrics: Row, objects: Row, now: datetime) -> str | None:
    """When the numbers were taken, where that is worth telling: longer ago than five minutes."""
    at = moment(metrics.get("time_stamp")) or moment(objects.get("create_time"))
    return iso(at) if at is not None and abs(now - at) > _FRESH else None


def _iso(value: object) -> str | None:
    found = moment(value)
    return iso(found) if found else None


def _headline(
    task: Job,
    state: Status,
    done: float | None,
    delay: float | None,
    alarm: int | None,
    listed: list[_ObjectType],
    *,
    flow: bool,
) -> str:
    told = [state.meaning or f"status {spoken(state.value) or 'unknown'}"]
    if state.phase == "incremental":
        if delay is not None:
            over = f", above its alarm threshold of {alarm} s" if alarm and delay > alarm else ""
            told.append(f"delay {delay:,} s{over}")
        else:
            told.append("delay unknown")
    elif done is not None:
        told[0] += f", {done}% done"
    failed = [row for row in listed if row.rank == 0]
    if failed:
        told.append(f"{plural(len(failed), 'object type')} failed")
    if flow:
        told.append("flow control is in force")
    return f"{task_label(task)}: {'; '.join(told)}."


def _notes(task: Job, state: Status, *, incremental: bool, listed: bool, unread: bool) -> list[str]:
    notes = []
    if incremental and listed:
        notes.append("Object counts stand still in the incremental phase; compare to verify.")
    if state.group == "failed":
        days = count(record(task.get("base_info")).get("expired_days"))
        if days:
            notes.append(f"Left as it is, DRS stops the task after {days} days in this state.")
    if state.phase == "full" and not unread and flow_control(task):
        notes.append("Flow control acts in the full phase only.")
    if unread:
        notes.append(
            "The task's detail could not be read: name, thresholds and flow control are missing."
        )
    return notes


def _next(state: Status, asked: str, *, failed: bool) -> list[NextCall]:
    if state.group == "failed" or failed:
        return [NextCall(tool="get_logs", args={"job": asked})]
    if state.phase == "incremental":
        return [NextCall(tool="list_compare_tasks", args={"job": asked}, why="do the data agree")]
    return []
