"""The criteria of a cut-over, each met, not met, unknown or not applicable, with its evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from drs_mcp.api.wire.values import Row, count, flag, record, records, text, word
from drs_mcp.clock import iso
from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.comparisons.rows import RowComparisonAnswer
from drs_mcp.summaries.comparisons.tasks import newest_finished
from drs_mcp.summaries.comparisons.values import ValueComparisonAnswer
from drs_mcp.summaries.diagnosis.comparisons import differing_objects, newest_data_comparison
from drs_mcp.summaries.diagnosis.evidence import Evidence

State = Literal["met", "not_met", "unknown", "not_applicable"]


_UNREADABLE = "the comparison could not be read"


@dataclass(frozen=True)
class Criterion:
    """One criterion; `evidence` is in our own words and numbers."""

    name: str
    state: State
    evidence: str


@dataclass(frozen=True)
class CutoverOptions:
    """What the caller asks of a cut-over.

    Attributes:
        max_delay_s: the largest delay that is allowed, in seconds.
        max_compare_age: how old a comparison of data may be.
        destination: writable or read_only; empty: as the task sets it.
        accept_uncompared: take tables that were not compared, or not by value, as they are.
    """

    max_delay_s: int = 10
    max_compare_age: timedelta = timedelta(hours=24)
    destination: Literal["", "writable", "read_only"] = ""
    accept_uncompared: bool = False


@dataclass(frozen=True)
class CutoverEvidence:
    """What was read: the task, its newest comparisons table by table, and the read-only state.

    A comparison that is None was not read, or there is none: `found.comparisons` tells.
    """

    task: Evidence
    rows: RowComparisonAnswer | None = None
    values: ValueComparisonAnswer | None = None
    writable: Row | None = None

    @property
    def full_only(self) -> bool:
        """Whether the task has no incremental phase."""
        return self.task.task_type == "FULL_TRANS"

    @property
    def redis(self) -> bool:
        """Whether keys move and not tables."""
        return (text(self.task.base.get("engine_type")) or "").lower().startswith("redis")

    @property
    def moves_no_rows(self) -> str:
        """The policy that leaves the rows out, if one does."""
        policy = text(self.task.policy.get("sync_type_policy")) or ""
        return policy if policy.lower() in ("tablestructure", "constraintdata") else ""


def criteria(read: CutoverEvidence, options: CutoverOptions) -> list[Criterion]:
    """Every criterion, in the order in which they are worth reading."""
    checks: tuple[Callable[[CutoverEvidence, CutoverOptions], Criterion], ...] = (
        _phase,
        _delay,
        _moved,
        _subtasks,
        _objects,
        _rows,
        _values,
        _coverage,
        _errors,
        _destination,
    )
    return [check(read, options) for check in checks]


def _phase(read: CutoverEvidence, _: CutoverOptions) -> Criterion:
    state = read.task.state
    evidence = state.meaning or as_identifier(state.value) or "no status"
    if state.group == "unknown":
        return Criterion("phase", "unknown", f"status {as_identifier(state.value) or 'unknown'}")
    wanted = "FULL_TRANSFER_COMPLETE" if read.full_only else "INCRE_TRANSFER_STARTED"
    if state.value != "INCRE_TRANSFER_STARTED" and read.task.task_type is None:
        return Criterion("phase", "unknown", f"{evidence}; the task type is unknown")
    return Criterion("phase", "met" if state.value == wanted else "not_met", evidence)


def _delay(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    if read.full_only:
        return Criterion("delay", "not_applicable", "a full-only task has no delay")
    delay = read.task.delay
    if delay is None:
        return Criterion("delay", "unknown", "no delay is told")
    state: State = "met" if delay <= options.max_delay_s else "not_met"
    return Criterion("delay", state, f"{delay:,} s of at most {options.max_delay_s:,} s")


def _moved(read: CutoverEvidence, _: CutoverOptions) -> Criterion:
    if read.task.progress is None:
        return Criterion("objects_moved", "unknown", "the progress could not be read")
    rows = read.task.object_types
    if not rows:
        return (
            Criterion("objects_moved", "not_applicable", "Redis has no object types")
            if read.redis
            else Criterion("objects_moved", "unknown", "DRS tells no object counts")
        )
    failed = [row for row in rows if row.rank == 0]
    open_ = [row for row in rows if row.rank in (1, 2)] if read.full_only else []
    if failed or open_:
        names = ", ".join(
            f"{as_identifier(row.type) or 'other'} {row.status}" for row in failed + open_
        )
        return Criterion("objects_moved", "not_met", names)
    later = ", ".join(as_identifier(row.type) or "other" for row in rows if row.rank == 3)
    evidence = f"no type failed; when the task is stopped: {later}" if later else "no type failed"
    return Criterion("objects_moved", "met", evidence)


def _subtasks(read: CutoverEvidence, _: CutoverOptions) -> Criterion:
    subtasks = read.task.subtasks
    if subtasks is None:
        return Criterion("subtasks", "unknown", "the task list could not be read")
    if not subtasks:
        return Criterion("subtasks", "not_applicable", "it has none")
    wanted = "FULL_TRANSFER_COMPLETE" if read.full_only else "INCRE_TRANSFER_STARTED"
    behind = [task for task in subtasks if task.status != wanted]
    if not behind:
        return Criterion("subtasks", "met", f"all {len(subtasks)} in the same phase")
    names = ", ".join(
        f"{as_identifier(task.name) or 'one'} {(as_identifier(task.status) or '?').lower()}"
        for task in behind[:3]
    )
    return Criterion("subtasks", "not_met", f"{len(behind)} of {len(subtasks)}: {names}")


def _objects(read: CutoverEvidence, _: CutoverOptions) -> Criterion:
    info = read.task.objects
    if info is None:
        return Criterion("objects_consistent", "unknown", _UNREADABLE)
    if not records(info.get("compare_results")):
        state = (as_identifier(word(info.get("status"))) or "").lower()
        evidence = f"the object comparison is {state}" if state else "no object comparison has run"
        return Criterion("objects_consistent", "unknown", evidence)
    missing, excused = differing_objects(read.task, excuse_ddl=False)
    if missing:
        evidence = ", ".join(
            f"{as_identifier(kind) or 'other'} "
            + (f"{number:,} missing" if number and number > 0 else "differs")
            for kind, number in missing.items()
        )
        return Criterion("objects_consistent", "not_met", evidence)
    evidence = "; ".join(f"{as_identifier(kind) or 'other'} {why}" for kind, why in excused.items())
    return Criterion(
        "objects_consistent", "met", f"all agree but {evidence}" if evidence else "all agree"
    )


def _rows(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    name = "rows_consistent"
    if read.moves_no_rows:
        return Criterion(name, "not_applicable", f"sync_type_policy is {read.moves_no_rows}")
    if read.rows is None or _absent(read, "line_compare"):
        return Criterion(name, "unknown", _absent(read, "line_compare") or _UNREADABLE)
    totals = read.rows.totals
    bad = totals.get("inconsistent", 0) + totals.get("no destination database", 0)
    return _agreement(read, options, name, totals, bad, "consistent", "line_compare")


def _values(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    name = "values_consistent"
    if read.moves_no_rows:
        return Criterion(name, "not_applicable", f"sync_type_policy is {read.moves_no_rows}")
    if read.full_only:
        evidence = "value comparison exists in the incremental phase only"
        return Criterion(name, "not_applicable", evidence)
    if read.redis:
        return Criterion(name, "not_applicable", "value comparison needs tables with a primary key")
    absent = _absent(read, "content_compare")
    if absent and options.accept_uncompared and read.task.comparisons is not None:
        return Criterion(name, "not_applicable", f"{absent}: accepted")
    if read.values is None or absent:
        return Criterion(name, "unknown", absent or _UNREADABLE)
    totals = read.values.totals
    return _agreement(
        read, options, name, totals, totals.get("differs", 0), "agree", "content_compare"
    )


def _absent(read: CutoverEvidence, kind: str) -> str | None:
    """Why there is no finished comparison of a kind, if there is none."""
    tasks = read.task.comparisons
    if tasks is None:
        return "the comparisons could not be listed"
    if newest_finished(tasks, kind) is not None:
        return None
    state = next((task.status for task in tasks if task.kind == kind), "")
    return f"the newest is {(as_identifier(state) or '?').lower()}" if state else "none has run"


def _agreement(
    read: CutoverEvidence,
    options: CutoverOptions,
    name: str,
    totals: dict[str, int],
    bad: int,
    good: str,
    kind: str,
) -> Criterion:
    tables, agree = totals.get("tables", 0), totals.get(good, 0)
    if bad:
        return Criterion(name, "not_met", f"{bad:,} of {plural(tables, 'table')} differ")
    answer = read.rows if kind == "line_compare" else read.values
    if not tables or (answer is not None and answer.read is not None):
        return Criterion(name, "unknown", "not every result could be read")
    if open_ := totals.get("result unknown", 0):
        return Criterion(
            name, "unknown", f"{open_:,} of {plural(tables, 'table')} without a result"
        )
    newest = newest_finished(read.task.comparisons or (), kind)
    at = (newest.ended or newest.started) if newest else None
    if at is None and not read.full_only:
        return Criterion(name, "unknown", "when it was compared is unknown")
    evidence = f"{agree:,} of {plural(tables, 'table')} agree" + (f", {iso(at)}" if at else "")
    if at is not None and not read.full_only and read.task.now - at > options.max_compare_age:
        hours = round((read.task.now - at).total_seconds() / 3600)
        return Criterion(name, "not_met", f"{evidence}: {hours} hours old")
    if agree == 0:
        return Criterion(name, "unknown", evidence)
    return Criterion(name, "met", evidence)


def _coverage(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    name = "coverage"
    if read.redis:
        return Criterion(name, "not_applicable", "Redis has no tables")
    if read.moves_no_rows:
        return Criterion(name, "not_applicable", f"sync_type_policy is {read.moves_no_rows}")
    if read.rows is None:
        return Criterion(name, "unknown", "no row comparison to count")
    totals = read.rows.totals
    compared = totals.get("consistent", 0) + totals.get("inconsistent", 0)
    scope = _scope(read.task)
    without = read.values.totals.get("cannot be compared", 0) if read.values is not None else 0
    by_value = f"; {without:,} not by value (no primary key)" if without else ""
    if scope is None:
        evidence = (
            f"{plural(compared, 'table')} compared, how many are in scope is unknown{by_value}"
        )
    else:
        evidence = f"{compared:,} of {plural(scope, 'table')} in scope compared{by_value}"
    whole = scope is not None and compared >= scope and not without
    if whole or options.accept_uncompared:
        return Criterion(name, "met", evidence if whole else f"{evidence}: accepted")
    return Criterion(name, "unknown", evidence)


def _scope(task: Evidence) -> int | None:
    """How many tables the task moves: of the object comparison, else of the progress."""
    for row in records((task.objects or {}).get("compare_results")):
        if (text(row.get("type")) or "").upper() == "TABLE":
            return count(row.get("source_count"))
    return next((row.total for row in task.object_types if row.type.upper() == "TABLE"), None)


def _errors(read: CutoverEvidence, _: CutoverOptions) -> Criterion:
    name, log = "no_new_errors", read.task.log
    if log is None or "log" in read.task.unread:
        return Criterion(name, "unknown", "the log could not be read to its end")
    errors = [kind for kind in log.errors if not kind.harmless]
    if not errors:
        return Criterion(
            name, "met", f"no error in {plural(log.entries, 'log entry', 'log entries')}"
        )
    since = newest_data_comparison(read.task.comparisons or ())
    if since is None:
        return Criterion(name, "unknown", "there are errors, and no comparison after them")
    newer = [kind for kind in errors if kind.last is None or kind.last > since]
    if newer:
        last = max((kind.last for kind in newer if kind.last), default=None)
        evidence = f"{plural(len(newer), 'kind')} of error since the comparison of {iso(since)}"
        return Criterion(name, "not_met", f"{evidence}, last {iso(last)}" if last else evidence)
    return Criterion(name, "met", f"none since the comparison of {iso(since)}")


def _destination(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    name, task = "destination", read.task
    if task.detail is None:
        return Criterion(name, "unknown", "the task's settings could not be read")
    ends = records(task.job.get("target_endpoint"))
    set_to = [flag(record(end.get("config")).get("is_target_readonly")) for end in ends]
    read_only = next((value for value in set_to if value is not None), None)
    if read_only is None and not _may_be_read_only(task):
        if options.destination == "read_only":
            return Criterion(name, "not_met", "this task does not make the destination read-only")
        return Criterion(name, "not_applicable", "this task does not make it read-only")
    lifted = word(read.writable.get("is_writable")) if read.writable is not None else None
    if read.writable is None or lifted == "PENDING":
        evidence = "the lift is under way" if lifted else "the read-only state could not be read"
        return Criterion(name, "unknown", evidence)
    now_writable = lifted == "SUCCESS" or read_only is False
    if read_only is None and not now_writable:
        return Criterion(name, "unknown", "whether it is read-only is not told")
    standby = task.scenario == "cloudDataGuard" and flag(task.base.get("multi_write")) is not True
    wanted = options.destination or ("read_only" if standby else "")
    evidence = "it accepts writes" if now_writable else "it is read-only, as the task sets it"
    if standby:
        evidence += "; a single-active standby is meant to be read-only"
    met = not wanted or (wanted == "writable") == now_writable
    return Criterion(name, "met" if met else "not_met", evidence)


def _may_be_read_only(task: Evidence) -> bool:
    """Table 12: the setting exists for MySQL in migration and DR to the cloud."""
    return (
        task.scenario in ("migration", "cloudDataGuard")
        and (text(task.base.get("job_direction")) or "up") == "up"
        and "mysql" in (text(task.base.get("engine_type")) or "").lower().partition("-to-")[0]
    )
