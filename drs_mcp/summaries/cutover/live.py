"""Criteria about the task as it is now: its phase, its delay, what it moved, its subtasks."""

from collections.abc import Sequence

from drs_mcp.api.wire.values import Row, moment, record, records, share, text, word
from drs_mcp.knowledge.statuses import status
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.names import as_name
from drs_mcp.summaries.ages import FRESH, age, in_words, spelt, undated
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.comparisons.overviews.objects import types_of
from drs_mcp.summaries.cutover.evidence import Criterion, CutoverEvidence, CutoverOptions, State
from drs_mcp.summaries.diagnosis.comparisons import DATA_ONLY, excluded_types, only_data
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.health.lags import lags
from drs_mcp.summaries.tasks.progress_facts import applies
from drs_mcp.summaries.tasks.task import Task


def phase(read: CutoverEvidence, _: CutoverOptions) -> Criterion:
    """Whether the task is in the phase from which one cuts over."""
    task, state = read.task, read.task.state
    evidence = state.meaning or as_word(state.value) or "no status"
    conflict = task.status_conflict
    if conflict:
        failed = any(one.group == "failed" for one in task.states)
        return Criterion("phase", "not_met" if failed else "unknown", conflict)
    if task.detail is not None and not word(task.job.get("status")):
        return Criterion("phase", "unknown", f"{evidence}, but the detail tells no status")
    if state.group == "unknown":
        return Criterion("phase", "unknown", f"status {as_word(state.value) or 'unknown'}")
    wanted = "FULL_TRANSFER_COMPLETE" if read.full_only else "INCRE_TRANSFER_STARTED"
    if state.value != "INCRE_TRANSFER_STARTED" and task.task_type is None:
        return Criterion("phase", "unknown", f"{evidence}; the task type is unknown")
    if state.value != wanted:
        return Criterion("phase", "not_met", evidence)
    if applies(task.metrics) is False:
        return Criterion("phase", "not_met", f"{evidence}, but DRS says that applying failed")
    if doubt := _doubt(task):
        return Criterion("phase", "unknown", f"{evidence}, but {doubt}")
    return Criterion("phase", "met", evidence)


def _doubt(task: Evidence) -> str:
    """What speaks against the status of a task, in words; empty for nothing."""
    if applies(task.metrics) is None:
        told = as_word(word(task.metrics.get("apply_current_state"))) or "not documented"
        return f"its apply state is {told.lower()}"
    if task.told_error is not None:
        return f"the {task.told_error[0]} tells an error of its own"
    mode = word(task.info.get("task_mode"))
    set_as = word(task.base.get("task_type"))
    if mode and set_as and mode != set_as:
        return "detail and progress tell other task types"
    done = share(task.info.get("progress"))
    return f"at {done:g} %, not 100" if done is not None and 0 <= done < _WHOLE else ""


def delay(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    """Whether the destination is close enough behind the source, by a figure of now.

    A greater lag than is accepted, of now, contradicts that figure: of a component, of monitoring, of
    recovery or of a line of the log.
    """
    found, lag = _delay_told(read, options), read.task.told_lag
    if found.state != "met":
        return found
    for other in lags(read.task.health, read.task.now):
        if other.seconds > options.max_delay_s:
            behind = f"{other.of} is {other.seconds:,} s{spelt(other.seconds)} behind"
            return Criterion("delay", "unknown", f"{found.evidence}, but {behind}", other.at)
    if lag is None or lag[0] <= options.max_delay_s:
        return found
    told, line = lag
    words = f"{found.evidence}, but a line of the log tells a lag of {told:,.0f} s{spelt(told)}"
    return Criterion("delay", "unknown", words, line.last)


def _delay_told(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    name, task = "delay", read.task
    if read.full_only:
        return Criterion(name, "not_applicable", "a full-only task has no delay")
    told = task.delay
    if told is None:
        return Criterion(name, "unknown", "no delay is told")
    evidence = f"{told:,} s{spelt(told)} of at most {options.max_delay_s:,} s"
    if task.delay_conflict:
        evidence += f"; {task.delay_conflict}"
    state: State = "met" if told <= options.max_delay_s else "not_met"
    measured = moment(task.metrics.get("time_stamp"))
    if measured is not None or task.metrics.get("time_stamp") not in (None, ""):
        old = age(measured, task.now)
        if old is None:
            return Criterion(name, "unknown", f"{evidence}: {undated(measured)}", measured)
        if old > FRESH:
            words = f"{evidence}, measured {in_words(old)} ago"
            return Criterion(name, "unknown" if state == "met" else state, words, measured)
        return Criterion(name, state, evidence, measured)
    processed = moment(task.info.get("process_time"))
    old = age(processed, task.now)
    if processed is not None and old is None:
        words = f"{evidence}: {undated(processed)}"
        return Criterion(name, "unknown" if state == "met" else state, words, processed)
    if old is not None and old <= FRESH:
        return Criterion(name, state, evidence, processed)
    if _stood_still(task):
        return Criterion(name, "not_met", f"it was {evidence}; the log ends with an error")
    return Criterion(name, state, f"{evidence}; its age is not told")


def _stood_still(task: Evidence) -> bool:
    """Whether the log ends with an error and DRS's own time lies before it."""
    log, processed = task.log, moment(task.info.get("process_time"))
    if log is None or log.last is None or processed is None:
        return False
    newest = max((kind.last for kind in log.errors if kind.last), default=None)
    return newest is not None and newest >= log.last and processed < newest


def moved(read: CutoverEvidence, _: CutoverOptions) -> Criterion:
    """Whether every object type was moved."""
    name = "objects_moved"
    if read.task.progress is None:
        return Criterion(name, "unknown", "the progress could not be read")
    rows = read.task.object_types
    if not rows:
        return (
            Criterion(name, "not_applicable", "Redis has no object types")
            if read.redis
            else Criterion(name, "not_applicable", "an incremental-only task moves no objects")
            if read.task.task_type == _INCREMENTAL_ONLY
            else Criterion(name, "unknown", "DRS tells no object counts")
        )
    failed = [row for row in rows if row.rank == 0]
    open_ = [row for row in rows if row.rank in (1, 2)] if read.full_only else []
    if failed or open_:
        names = ", ".join(f"{as_word(row.type) or 'other'} {row.status}" for row in failed + open_)
        return Criterion(name, "not_met", names)
    short = [row for row in rows if row.status == "completed" and not row.complete]
    if short:
        names = ", ".join(
            f"{as_word(row.type) or 'other'} completed, but {row.done or 0:,} of {row.total or 0:,}"
            for row in short
        )
        return Criterion(name, "unknown", names)
    if left := _left_behind(read):
        told = f"{', '.join(left)}; no object comparison counts them"
        return Criterion(name, "unknown", told, read.task.progress_time("create_time"))
    later = ", ".join(as_word(row.type) or "other" for row in rows if row.rank == 3)
    evidence = f"no type failed; when the task is stopped: {later}" if later else "no type failed"
    at = read.task.progress_time("create_time")
    if at is not None and age(at, read.task.now) is None:
        return Criterion(name, "unknown", f"{evidence}: {undated(at)}", at)
    return Criterion(name, "met", evidence, at)


_INCREMENTAL_ONLY = "INCR_TRANS"

_COMPARED_AS = {
    "DATABASE": "DB",
    "SCHEMA": "DB",
    "TABLE_STRUCTURE": "TABLE",
    "COLUMN": "TABLE",
    "TABLE_RENAME_OR_COPY": "TABLE",
    "TABLE_INDEX": "INDEX",
    "FOREIGN_KEY": "CONSTRAINT",
    "DEFAULT": "DEFAULT_TYPE",
    "EXTENSION": "EXTENSIONS",
    "COLLATION": "TABLE_COLLATION",
}
"""What an object comparison (Table 42) calls the types of Table 38 that it counts under another word."""

_ROUTINES = frozenset({"FUNCTION", "PROCEDURE", "ROUTINE"})


def _left_behind(read: CutoverEvidence) -> list[str]:
    """What the full phase left unfinished, and no object comparison counts since.

    In the incremental phase the counts stand still: a comparison tells how things are now. The
    stage "struct" says nothing: it ends below 100 % where triggers move at the end.
    """
    task = read.task
    if read.full_only or task.state.value != "INCRE_TRANSFER_STARTED":
        return []
    compared = {one.type.upper() for one in types_of(task.objects or {})}
    compared |= _ROUTINES if compared & _ROUTINES else set()
    excused = excluded_types(task).keys() | compared
    if only_data(task):
        excused |= {one.type.upper() for one in task.object_types} - {*DATA_ONLY, "DATABASE"}
    told = [
        f"{as_word(row.type) or 'other'} {row.status} ({row.done or 0:,} of {row.total or 0:,})"
        for row in task.object_types
        if row.rank in (1, 2)
        and row.total
        and row.done != row.total
        and not {kind := row.type.upper(), _COMPARED_AS.get(kind, kind)} & excused
    ]
    stages = record(task.info.get("progress_map"))
    return told + [
        f"{as_word(name) or 'another stage'} at {done:g} %"
        for name, stage in stages.items()
        if (done := share(record(stage).get("completed"))) is not None
        and 0 <= done < _WHOLE
        and name != "struct"
        and name.upper() not in excused
    ]


_WHOLE = 100


def subtasks(read: CutoverEvidence, _: CutoverOptions) -> Criterion:
    """Whether all subtasks are as far as the task."""
    found = read.task.subtasks
    if found is None:
        return Criterion("subtasks", "unknown", "the task list could not be read")
    partly = read.task.unread.get("subtasks")
    if partly and all(task.status == read.task.state.value for task in found):
        return Criterion("subtasks", "unknown", f"the task list: {partly}")
    if unlisted := _unlisted(task_list=found, detail=read.task.job):
        named = f" ({name})" if (name := as_name(unlisted[0])) else ""
        told = f"the detail tells of {plural(len(unlisted), 'subtask')} without its EIP{named}"
        return Criterion("subtasks", "unknown", f"{told}, which the task list does not show")
    if not found:
        return Criterion("subtasks", "not_applicable", "it has none")
    wanted = "FULL_TRANSFER_COMPLETE" if read.full_only else "INCRE_TRANSFER_STARTED"
    behind = [task for task in found if task.status != wanted]
    if not behind:
        return Criterion("subtasks", "met", f"all {len(found)} in the same phase")
    names = ", ".join(
        f"{as_name(task.name) or 'one'} {status(task.status).meaning or as_word(task.status) or '?'}"
        for task in behind[:3]
    )
    return Criterion("subtasks", "not_met", f"{len(behind)} of {len(found)}: {names}")


def _unlisted(task_list: Sequence[Task], detail: Row) -> list[str]:
    """Subtasks to which no EIP could be bound (Table 55) and that the task list does not show."""
    listed = {one.id for one in task_list} | {one.name for one in task_list}
    told = [(text(one.get("id")), text(one.get("name"))) for one in records(detail.get("children"))]
    return [name or id_ or "" for id_, name in told if not {id_, name} & listed]
