"""Criteria that only speak against a cut-over: what monitoring and history tell, where it is bad.

None of it ever makes a task ready: it stands in no line where it is well.
"""

from collections.abc import Iterator

from drs_mcp.knowledge.words import as_word
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.comparisons.name_groups import in_brackets
from drs_mcp.summaries.comparisons.requested.names import folded
from drs_mcp.summaries.cutover.compared import judged
from drs_mcp.summaries.cutover.events import staying
from drs_mcp.summaries.cutover.evidence import Criterion, CutoverEvidence, CutoverOptions, State
from drs_mcp.summaries.cutover.object_date import object_date
from drs_mcp.summaries.cutover.since import found_equal_since
from drs_mcp.summaries.health.monitor import is_fresh
from drs_mcp.summaries.health.past.rejected import Rejected

_RUNS = frozenset({"STARTED", "RUNNING", "NORMAL", "已启动", "运行中", "正常", ""})
"""What a component is told to be that does its work; empty where nothing is told."""

_SEEN_TO = "nothing shows that it was seen to"


def against(read: CutoverEvidence, options: CutoverOptions) -> Iterator[Criterion]:
    """What keeps a task from being called ready."""
    yield from _stopped(read)
    yield from _disconnected(read)
    yield from _rejected(read)
    yield from _ddl(read)
    yield from _staying(read)
    yield from _scheduled_objects(read)
    yield from _accounts(read, options)


def _stopped(read: CutoverEvidence) -> Iterator[Criterion]:
    components, task = read.task.health.components, read.task
    if components is None or task.state.value != "INCRE_TRANSFER_STARTED":
        return
    stopped = sorted(
        one.kind
        for one in components.listed
        if one.status == "STOPPED" and one.kind in ("apply", "capture")
    )
    others = sorted(
        f"{as_word(one.kind) or 'one'} {(as_word(one.status) or 'in an unknown state').lower()}"
        for one in components.listed
        if one.status not in ("STOPPED", *_RUNS)
    )
    if stopped:
        fresh = is_fresh(components.at, task.now)
        evidence = f"stopped: {', '.join(stopped)}"
        yield Criterion("components", "not_met" if fresh else "unknown", evidence, components.at)
    elif others:
        yield Criterion("components", "unknown", f"not started: {', '.join(others)}", components.at)


def _disconnected(read: CutoverEvidence) -> Iterator[Criterion]:
    monitor = read.task.health.monitor
    if monitor is None:
        return
    sides = {"source": monitor.source_ok, "destination": monitor.destination_ok}
    broken = [side for side, works in sides.items() if works is False]
    if broken:
        evidence = f"DRS's monitoring found no working connection to the {' and the '.join(broken)}"
        state: State = "not_met" if is_fresh(monitor.at, read.task.now) else "unknown"
        yield Criterion("connections", state, evidence, monitor.at)


def _rejected(read: CutoverEvidence) -> Iterator[Criterion]:
    rejected = read.task.health.rejected
    if rejected is None or not rejected.total:
        return
    evidence = f"{plural(rejected.total, 'row')} could not be written to the destination"
    if _covered(read, rejected):
        yield Criterion(
            "rejected_rows", "met", f"{evidence}; compared since and equal", rejected.newest
        )
    else:
        yield Criterion("rejected_rows", "unknown", f"{evidence}; {_SEEN_TO}", rejected.newest)


def _ddl(read: CutoverEvidence) -> Iterator[Criterion]:
    waits = [one for one in read.task.health.ddl if one.waits]
    if waits:
        more = " or more" if read.task.health.ddl_more else ""
        evidence = f"{len(waits):,}{more} DDL of the source need a human; {_SEEN_TO}"
        newest = max((one.at for one in waits if one.at is not None), default=None)
        yield Criterion("ddl", "unknown", evidence, newest)


def _staying(read: CutoverEvidence) -> Iterator[Criterion]:
    """A sequence or a trigger: rows that agree do not show that it was mended."""
    event = staying(read.events)
    if event is not None:
        evidence = (
            f"a line of the log says that {event.words}{in_brackets(event.tables)}: no comparison of "
            f"rows or values shows it; {_SEEN_TO}"
        )
        yield Criterion("destination_objects", "unknown", evidence, event.last, line=event.kind)


def _scheduled_objects(read: CutoverEvidence) -> Iterator[Criterion]:
    """What the newest scheduled comparison of objects found, where none was made since."""
    schedule = read.scheduled
    run = schedule.objects_run if schedule is not None else None
    if schedule is None or run is None or schedule.objects is None:
        return
    at, compared = run.ended or run.started, object_date(read)
    if at is not None and compared is not None and compared >= at:
        return
    differing, open_, _ = judged(read, list(schedule.objects))
    open_ += [] if schedule.objects else ["it tells nothing of what it found"]
    if differing or open_:
        told = f"a scheduled comparison that is newer: {'; '.join([*differing, *open_])}"
        yield Criterion("scheduled_objects", "not_met" if differing else "unknown", told, at)


def _accounts(read: CutoverEvidence, options: CutoverOptions) -> Iterator[Criterion]:
    """What the newest comparison of accounts found: without theirs applications cannot sign in."""
    compared = read.accounts
    if compared is None:
        return
    task, facts = compared
    at = task.ended or task.started
    if facts is None:
        told = f"the comparison of accounts is {task.state}"
        told = "what the comparison of accounts found could not be read" if task.finished else told
    else:
        told = facts.says
    if facts is not None and facts.agree and not (facts.differing or facts.open or facts.unseen):
        yield Criterion("accounts", "met", told, at)
    elif options.accept_uncompared and not (facts is not None and facts.differing):
        yield Criterion("accounts", "met", f"{told}: accepted", at)
    else:
        yield Criterion("accounts", "unknown", told, at)


def _covered(read: CutoverEvidence, rejected: Rejected) -> bool:
    """Whether values of all these tables were compared since, and agree."""
    if rejected.newest is None or rejected.total > rejected.seen:
        return False
    names = tuple(map(folded, rejected.tables))
    return found_equal_since(read.values, read.value_tables, names, rejected.newest)


def scheduled_note(read: CutoverEvidence) -> list[str]:
    """That comparisons run by themselves, of which this answer counts those of objects alone."""
    schedule = read.scheduled
    if schedule is None or not (schedule.policy.open or schedule.runs):
        return []
    newest = schedule.runs[0] if schedule.runs else None
    policy = schedule.policy.says if schedule.policy.open else "comparisons were scheduled"
    ran = f"; the newest one is {newest.told}" if newest is not None else ""
    says = (
        f"{policy[0].upper()}{policy[1:]}{ran}. What they found is not told by DRS for rows, and does "
        "not count here."
    )
    return [says]
