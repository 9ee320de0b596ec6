"""The criterion about the destination: whether it accepts writes, or does not, as is wanted."""

from datetime import timedelta

from drs_mcp.api.wire.values import flag, record, records, text, word
from drs_mcp.clock import iso
from drs_mcp.knowledge.engines.links import DESTINATION, EITHER
from drs_mcp.knowledge.engines.match import EngineFact, meaning_of
from drs_mcp.summaries.cutover.evidence import Criterion, CutoverEvidence, CutoverOptions
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.logs.facts import LogKind

_NAME = "destination"
_MARGIN = timedelta(minutes=1)


def destination(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    """Whether the destination is set to accept writes, and no open error says that it refuses them."""
    found = _as_set(read, options)
    if found.state == "not_met" or _wanted(read.task, options.destination) == "read_only":
        return found
    refused = _refused(read)
    if refused is None:
        return found
    kind, fact = refused
    at = f" of {iso(kind.last)}" if kind.last else ""
    told = "set to accept writes, but " if found.state == "met" else ""
    says = f"{told}an open error{at} says: {fact.meaning.rstrip('.')}"
    if fact.side == EITHER:
        return Criterion(_NAME, "unknown", f"{says} (on which side it does not tell)", kind.last)
    return Criterion(_NAME, "not_met", says, kind.last)


def _refused(read: CutoverEvidence) -> tuple[LogKind, EngineFact] | None:
    """The newest open error by which the destination takes no writes, and what it means."""
    told = [
        (kind, fact)
        for kind in read.open_errors
        if not _went_on(read.task, kind)
        and (fact := meaning_of(kind.message, list(kind.codes), link=read.task.link)) is not None
        and fact.no_writes
        and fact.side in (DESTINATION, EITHER)
    ]
    certain = [one for one in told if one[1].side == DESTINATION]
    return next(iter(certain or told), None)


def _went_on(task: Evidence, kind: LogKind) -> bool:
    """Whether the delay of a running task says that what failed to be written was written since."""
    if task.state.value != "INCRE_TRANSFER_STARTED" or task.delay is None or kind.last is None:
        return False
    return (task.now - kind.last - _MARGIN).total_seconds() > task.delay


def _as_set(read: CutoverEvidence, options: CutoverOptions) -> Criterion:
    """Whether the destination accepts writes, by what the task sets."""
    name, task = _NAME, read.task
    if task.detail is None:
        return Criterion(name, "unknown", "the task's settings could not be read")
    ends = records(task.job.get("target_endpoint"))
    set_to = [flag(record(end.get("config")).get("is_target_readonly")) for end in ends]
    told = [value for value in set_to if value is not None]
    read_only = any(told) if told else None
    lifted = word(read.writable.get("is_writable")) if read.writable is not None else None
    if lifted not in (None, "SUCCESS", "PENDING"):
        return Criterion(name, "unknown", "DRS tells a read-only state that is not documented")
    if (
        "read-only state" in task.unread
    ):  # a lift under way would show there, whatever the task sets
        return Criterion(name, "unknown", "the read-only state could not be read")
    if read_only is None and not _may_be_read_only(task) and lifted != "PENDING":
        if options.destination == "read_only":
            return Criterion(name, "not_met", "this task does not make the destination read-only")
        return Criterion(name, "not_applicable", "this task does not make it read-only")
    if read.writable is None or lifted == "PENDING":
        evidence = "the lift is under way" if lifted else "the read-only state could not be read"
        return Criterion(name, "unknown", evidence)
    now_writable = lifted == "SUCCESS" or read_only is False
    if read_only is None and not now_writable:
        return Criterion(name, "unknown", "whether it is read-only is not told")
    evidence = "it accepts writes" if now_writable else "it is read-only, as the task sets it"
    if read_only and lifted == "SUCCESS":
        evidence += "; the task had set it read-only, that was lifted"
    return _as_wanted(task, options.destination, evidence, writable=now_writable)


def _as_wanted(task: Evidence, asked: str, evidence: str, *, writable: bool) -> Criterion:
    """Whether the destination is as it was *asked* for, or else as this kind of task has it."""
    wanted = _wanted(task, asked)
    if _is_standby(task):
        evidence += "; a single-active standby is meant to be read-only"
    migrates = task.scenario == "migration" and _may_be_read_only(task)
    if not wanted and not writable and not migrates:
        words = "it is read-only, and nothing shows that this ends with the task"
        return Criterion(_NAME, "unknown", words)
    fits = not wanted or (wanted == "writable") == writable
    return Criterion(_NAME, "met" if fits else "not_met", evidence)


def _wanted(task: Evidence, asked: str) -> str:
    """What the destination is to be: writable, read_only, or empty for either."""
    return asked or ("read_only" if _is_standby(task) else "")


def _is_standby(task: Evidence) -> bool:
    """Whether its destination is a single-active standby."""
    return task.scenario == "cloudDataGuard" and flag(task.base.get("multi_write")) is not True


def _may_be_read_only(task: Evidence) -> bool:
    """Table 12: the setting exists for MySQL in migration and DR to the cloud."""
    return (
        task.scenario in ("migration", "cloudDataGuard")
        and (text(task.base.get("job_direction")) or "up") == "up"
        and "mysql" in (text(task.base.get("engine_type")) or "").lower().partition("-to-")[0]
    )
