"""The criteria of a cut-over, each met, not met, unknown or not applicable, with its evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from drs_mcp.api.wire.values import Row, count, flag, record, records, text, word
from drs_mcp.clock import iso
from drs_mcp.quoting.quoted import spoken
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
class Wish:
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

    found: Evidence
    rows: RowComparisonAnswer | None = None
    values: ValueComparisonAnswer | None = None
    writable: Row | None = None

    @property
    def full_only(self) -> bool:
        """Whether the task has no incremental phase."""
        return self.found.task_type == "FULL_TRANS"

    @property
    def redis(self) -> bool:
        """Whether keys move and not tables."""
        return (text(self.found.base.get("engine_type")) or "").lower().startswith("redis")

    @property
    def moves_no_rows(self) -> str:
        """The policy that leaves the rows out, if one does."""
        policy = text(self.found.policy.get("sync_type_policy")) or ""
        return policy if policy.lower() in ("tablestructure", "constraintdata") else ""


def criteria(read: CutoverEvidence, wish: Wish) -> list[Criterion]:
    """Every criterion, in the order in which they are worth reading."""
    checks: tuple[Callable[[CutoverEvidence, Wish], Criterion], ...] = (
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
    return [check(read, wish) for check in checks]


def _phase(read: CutoverEvidence, _: Wish) -> Criterion:
    state = read.found.state
    told = state.meaning or spoken(state.value) or "no status"
    if state.group == "unknown":
        return Criterion("phase", "unknown", f"status {spoken(state.value) or 'unknown'}")
    wanted = "FULL_TRANSFER_COMPLETE" if read.full_only else "INCRE_TRANSFER_STARTED"
    if state.value != "INCRE_TRANSFER_STARTED" and read.found.task_type is None:
        return Criterion("phase", "unknown", f"{told}; the task type is unknown")
    return Criterion("phase", "met" if state.value == wanted else "not_met", told)


def _delay(read: CutoverEvidence, wish: Wish) -> Criterion:
    if read.full_only:
        return Criterion("delay", "not_applicable", "a full-only task has no delay")
    delay = read.found.delay
    if delay is None:
        return Criterion("delay", "unknown", "no delay is told")
    state: State = "met" if delay <= wish.max_delay_s else "not_met"
    return Criterion("delay", state, f"{delay:,} s of at most {wish.max_delay_s:,} s")


def _moved(read: CutoverEvidence, _: Wish) -> Criterion:
    if read.found.progress is None:
        return Criterion("objects_moved", "unknown", "the progress could not be read")
    rows = read.found.object_types
    if not rows:
        return (
            Criterion("objects_moved", "not_applicable", "Redis has no object types")
            if read.redis
            else Criterion("objects_moved", "unknown", "DRS tells no object counts")
        )
    failed = [row for row in rows if row.rank == 0]
    open_ = [row for row in rows if row.rank in (1, 2)] if read.full_only else []
    if failed or open_:
        names = ", ".join(f"{spoken(row.type) or 'other'} {row.status}" for row in failed + open_)
        return Criterion("objects_moved", "not_met", names)
    later = ", ".join(spoken(row.type) or "other" for row in rows if row.rank == 3)
    told = f"no type failed; when the task is stopped: {later}" if later else "no type failed"
    return Criterion("objects_moved", "met", told)


def _subtasks(read: CutoverEvidence, _: Wish) -> Criterion:
    subtasks = read.found.subtasks
    if subtasks is None:
        return Criterion("subtasks", "unknown", "the task list could not be read")
    if not subtasks:
        return Criterion("subtasks", "not_applicable", "it has none")
    wanted = "FULL_TRANSFER_COMPLETE" if read.full_only else "INCRE_TRANSFER_STARTED"
    behind = [task for task in subtasks if task.status != wanted]
    if not behind:
        return Criterion("subtasks", "met", f"all {len(subtasks)} in the same phase")
    names = ", ".join(
        f"{spoken(task.name) or 'one'} {(spoken(task.status) or '?').lower()}"
        for task in behind[:3]
    )
    return Criterion("subtasks", "not_met", f"{len(behind)} of {len(subtasks)}: {names}")


def _objects(read: CutoverEvidence, _: Wish) -> Criterion:
    info = read.found.objects
    if info is None:
        return Criterion("objects_consistent", "unknown", _UNREADABLE)
    if not records(info.get("compare_results")):
        state = (spoken(word(info.get("status"))) or "").lower()
        told = f"the object comparison is {state}" if state else "no object comparison has run"
        return Criterion("objects_consistent", "unknown", told)
    missing, excused = differing_objects(read.found, excuse_ddl=False)
    if missing:
        told = ", ".join(
            f"{spoken(kind) or 'other'} "
            + (f"{number:,} missing" if number and number > 0 else "differs")
            for kind, number in missing.items()
        )
        return Criterion("objects_consistent", "not_met", told)
    told = "; ".join(f"{spoken(kind) or 'other'} {why}" for kind, why in excused.items())
    return Criterion("objects_consistent", "met", f"all agree but {told}" if told else "all agree")


def _rows(read: CutoverEvidence, wish: Wish) -> Criterion:
    name = "rows_consistent"
    if read.moves_no_rows:
        return Criterion(name, "not_applicable", f"sync_type_policy is {read.moves_no_rows}")
    if read.rows is None or _absent(read, "line_compare"):
        return Criterion(name, "unknown", _absent(read, "line_compare") or _UNREADABLE)
    totals = read.rows.totals
    bad = totals.get("inconsistent", 0) + totals.get("no destination database", 0)
    return _agreement(read, wish, name, totals, bad, "consistent", "line_compare")


def _values(read: CutoverEvidence, wish: Wish) -> Criterion:
    name = "values_consistent"
    if read.moves_no_rows:
        return Criterion(name, "not_applicable", f"sync_type_policy is {read.moves_no_rows}")
    if read.full_only:
        told = "value comparison exists in the incremental phase only"
        return Criterion(name, "not_applicable", told)
    if read.redis:
        return Criterion(name, "not_applicable", "value comparison needs tables with a primary key")
    absent = _absent(read, "content_compare")
    if absent and wish.accept_uncompared and read.found.comparisons is not None:
        return Criterion(name, "not_applicable", f"{absent}: accepted")
    if read.values is None or absent:
        return Criterion(name, "unknown", absent or _UNREADABLE)
    totals = read.values.totals
    return _agreement(
        read, wish, name, totals, totals.get("differs", 0), "agree", "content_compare"
    )


def _absent(read: CutoverEvidence, kind: str) -> str | None:
    """Why there is no finished comparison of a kind, if there is none."""
    tasks = read.found.comparisons
    if tasks is None:
        return "the comparisons could not be listed"
    if newest_finished(tasks, kind) is not None:
        return None
    state = next((task.status for task in tasks if task.kind == kind), "")
    return f"the newest is {(spoken(state) or '?').lower()}" if state else "none has run"


def _agreement(
    read: CutoverEvidence,
    wish: Wish,
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
    newest = newest_finished(read.found.comparisons or (), kind)
    at = (newest.ended or newest.started) if newest else None
    if at is None and not read.full_only:
        return Criterion(name, "unknown", "when it was compared is unknown")
    told = f"{agree:,} of {plural(tables, 'table')} agree" + (f", {iso(at)}" if at else "")
    if at is not None and not read.full_only and read.found.now - at > wish.max_compare_age:
        hours = round((read.found.now - at).total_seconds() / 3600)
        return Criterion(name, "not_met", f"{told}: {hours} hours old")
    if agree == 0:
        return Criterion(name, "unknown", told)
    return Criterion(name, "met", told)


def _coverage(read: CutoverEvidence, wish: Wish) -> Criterion:
    name = "coverage"
    if read.redis:
        return Criterion(name, "not_applicable", "Redis has no tables")
    if read.moves_no_rows:
        return Criterion(name, "not_applicable", f"sync_type_policy is {read.moves_no_rows}")
    if read.rows is None:
        return Criterion(name, "unknown", "no row comparison to count")
    totals = read.rows.totals
    compared = totals.get("consistent", 0) + totals.get("inconsistent", 0)
    scope = _scope(read.found)
    without = read.values.totals.get("cannot be compared", 0) if read.values is not None else 0
    by_value = f"; {without:,} not by value (no primary key)" if without else ""
    if scope is None:
        told = f"{plural(compared, 'table')} compared, how many are in scope is unknown{by_value}"
    else:
        told = f"{compared:,} of {plural(scope, 'table')} in scope compared{by_value}"
    whole = scope is not None and compared >= scope and not without
    if whole or wish.accept_uncompared:
        return Criterion(name, "met", told if whole else f"{told}: accepted")
    return Criterion(name, "unknown", told)


def _scope(found: Evidence) -> int | None:
    """How many tables the task moves: of the object comparison, else of the progress."""
    for row in records((found.objects or {}).get("compare_results")):
        if (text(row.get("type")) or "").upper() == "TABLE":
            return count(row.get("source_count"))
    return next((row.total for row in found.object_types if row.type.upper() == "TABLE"), None)


def _errors(read: CutoverEvidence, _: Wish) -> Criterion:
    name, log = "no_new_errors", read.found.log
    if log is None or "log" in read.found.unread:
        return Criterion(name, "unknown", "the log could not be read to its end")
    errors = [kind for kind in log.errors if not kind.harmless]
    if not errors:
        return Criterion(
            name, "met", f"no error in {plural(log.entries, 'log entry', 'log entries')}"
        )
    since = newest_data_comparison(read.found.comparisons or ())
    if since is None:
        return Criterion(name, "unknown", "there are errors, and no comparison after them")
    newer = [kind for kind in errors if kind.last is None or kind.last > since]
    if newer:
        last = max((kind.last for kind in newer if kind.last), default=None)
        told = f"{plural(len(newer), 'kind')} of error since the comparison of {iso(since)}"
        return Criterion(name, "not_met", f"{told}, last {iso(last)}" if last else told)
    return Criterion(name, "met", f"none since the comparison of {iso(since)}")


def _destination(read: CutoverEvidence, wish: Wish) -> Criterion:
    name, found = "destination", read.found
    if found.detail is None:
        return Criterion(name, "unknown", "the task's settings could not be read")
    ends = records(found.job.get("target_endpoint"))
    set_to = [flag(record(end.get("config")).get("is_target_readonly")) for end in ends]
    read_only = next((value for value in set_to if value is not None), None)
    if read_only is None and not _may_be_read_only(found):
        if wish.destination == "read_only":
            return Criterion(name, "not_met", "this task does not make the destination read-only")
        return Criterion(name, "not_applicable", "this task does not make it read-only")
    lifted = word(read.writable.get("is_writable")) if read.writable is not None else None
    if read.writable is None or lifted == "PENDING":
        told = "the lift is under way" if lifted else "the read-only state could not be read"
        return Criterion(name, "unknown", told)
    now_writable = lifted == "SUCCESS" or read_only is False
    if read_only is None and not now_writable:
        return Criterion(name, "unknown", "whether it is read-only is not told")
    standby = found.scenario == "cloudDataGuard" and flag(found.base.get("multi_write")) is not True
    wanted = wish.destination or ("read_only" if standby else "")
    told = "it accepts writes" if now_writable else "it is read-only, as the task sets it"
    if standby:
        told += "; a single-active standby is meant to be read-only"
    met = not wanted or (wanted == "writable") == now_writable
    return Criterion(name, "met" if met else "not_met", told)


def _may_be_read_only(found: Evidence) -> bool:
    """Table 12: the setting exists for MySQL in migration and DR to the cloud."""
    return (
        found.scenario in ("migration", "cloudDataGuard")
        and (text(found.base.get("job_direction")) or "up") == "up"
        and "mysql" in (text(found.base.get("engine_type")) or "").lower().partition("-to-")[0]
    )
