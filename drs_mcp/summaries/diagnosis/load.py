"""What slows a running task: its delay, its node, its flow control, a full phase that stands."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from drs_mcp.api.wire.values import amount, moment, share
from drs_mcp.clock import iso
from drs_mcp.knowledge.words import as_word
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.findings import Finding, Severity
from drs_mcp.summaries.diagnosis.going_on import GoingOn, going_on, story
from drs_mcp.summaries.diagnosis.lag.coming_back import comes_back_often
from drs_mcp.summaries.diagnosis.lag.delay import delay_excessive, told_otherwise
from drs_mcp.summaries.diagnosis.lag.measured import FRESH, is_measured_now
from drs_mcp.summaries.diagnosis.retention import kept, lags_for_long
from drs_mcp.summaries.diagnosis.timeline import is_routine
from drs_mcp.summaries.logs.kinds.lost.losses import loss_in
from drs_mcp.summaries.tasks.flow_windows import active_window
from drs_mcp.summaries.tasks.progress_facts import applies

BUSY_PCT = 90
STALLING = ("lock_wait", "source_silent", "output_buffer", "starts_over", "index_build")
"""Conditions that are told without an excessive delay, too."""

STANDSTILL = timedelta(hours=1)
STANDSTILL_ALONE = timedelta(hours=3)
"""Silence of the log that counts as standing still: with a rate of 0 measured, and without any."""


def find_load(evidence: Evidence) -> Iterator[Finding]:
    """What slows the task down now, and what it could not move."""
    if evidence.state.group in ("running", "finished"):
        yield from _failed_objects(evidence)
    if evidence.state.group != "running":
        return
    if applies(evidence.metrics) is False:
        yield Finding(
            "apply_failed",
            "warning",
            "DRS says that applying changes to the destination failed",
            cause="The component that writes to the destination reports a failure.",
            fix="Read the newest errors of the log: they say at what.",
            side="destination",
        )
    exhausted, now = list(_node(evidence)), going_on(evidence)
    needed = evidence.stopped_by_delay
    told = kept(evidence.log, needed, evidence.now, link=evidence.link)
    delays = [
        lags_for_long(one, told) for one in delay_excessive(evidence, now, exhausted=exhausted)
    ]
    explained = [delay for delay in delays if delay.story is not None]
    yield from explained
    yield from exhausted
    yield from told_otherwise(evidence)
    yield from (delay for delay in delays if delay not in explained)
    yield from _without_delay(evidence, now, told=bool(delays))
    yield from comes_back_often(evidence, told=bool(delays))
    if evidence.state.value == "FULL_TRANSFER_STARTED":
        yield from _flow_control(evidence)
        if not any(one.condition.id in STALLING for one in now):
            yield from _standstill(evidence)


def _without_delay(evidence: Evidence, now: Sequence[GoingOn], *, told: bool) -> Iterator[Finding]:
    """What goes on that is worth a finding of its own."""
    link = evidence.link
    for one in now:
        code = one.condition
        # A delay tells whether anything waits for a piece of work.
        waited = not code.work or (evidence.delay is None and not is_routine(one.kind))
        stalls = code.id in STALLING and not told and waited
        if not (stalls or code.alone) or (code.id == "ddl_skipped" and loss_in(one.kind.message)):
            continue  # a DDL that was left out is told as a loss
        told = told or stalls
        severity: Severity = "info" if code.alone == "info" else "warning"
        lasting = one.since if code.id == "source_silent" else None
        yield Finding(
            code.id,
            severity,
            one.noted(),
            evidence=one.line,
            cause=one.why(link),
            fix=one.todo(link),
            side=one.side,
            story=story(evidence, now, one, lasting),
        )


def fresh_load(evidence: Evidence) -> dict[str, int | float]:
    """CPU and memory of the node in percent, if they were measured lately."""
    at = moment(evidence.metrics.get("time_stamp"))
    if at is not None and not is_measured_now(evidence):
        return {}
    read = {name: share(evidence.metrics.get(f"{name}_util")) for name in ("cpu", "mem")}
    return {name: value for name, value in read.items() if value is not None}


def _node(evidence: Evidence) -> Iterator[Finding]:
    for name, value in fresh_load(evidence).items():
        if value >= BUSY_PCT:
            called = {"cpu": "CPU", "mem": "memory"}[name]
            yield Finding(
                f"node_{name}_exhausted",
                "warning",
                f"the node's {called} is at {value}%",
                cause="The node is too small for the load.",
                fix="Change the node to larger specifications, or lower the load.",
            )


def _failed_objects(evidence: Evidence) -> Iterator[Finding]:
    failed = [row for row in evidence.object_types if row.rank == 0]
    if failed:
        names = ", ".join(
            f"{as_word(row.type) or 'other'} {row.done} of {row.total}"
            if row.done is not None and row.total is not None
            else as_word(row.type) or "other"
            for row in failed
        )
        yield Finding(
            "objects_failed",
            "warning",
            f"objects failed to move: {names}",
            fix="Read the errors of the log; compare objects.",
        )


def _flow_control(evidence: Evidence) -> Iterator[Finding]:
    window = active_window(evidence.job, evidence.now)
    if window:
        yield Finding(
            "flow_control",
            "warning",
            f"flow control limits the full phase now: {window}",
            cause="A flow-control window of the task is in force; it acts in the full phase only.",
            fix="Raise or remove the limit if the source can bear it.",
        )


def _standstill(evidence: Evidence) -> Iterator[Finding]:
    """Said only on dated evidence: how long the log is silent, and a rate measured lately."""
    last = evidence.log.last if evidence.log is not None else None
    if last is None:
        return
    silent = evidence.now - last
    at = moment(evidence.metrics.get("time_stamp"))
    rate = amount(evidence.metrics.get("apply_rows_rate"))
    idle = at is not None and evidence.now - at <= FRESH and rate == 0
    if silent >= STANDSTILL_ALONE or (idle and silent >= STANDSTILL):
        measured = f", 0 rows/s applied at {iso(at)}" if idle and at else ""
        yield Finding(
            "full_phase_stalled",
            "warning",
            f"the full phase stands still: last log entry {iso(last)}{measured}",
            cause="A lock, a blocked session, a lost connection or a stopped worker.",
            fix="Check sessions and locks at both databases and the network first; then open a service "
            "ticket. A pause begins the shards again that are under way.",
        )
