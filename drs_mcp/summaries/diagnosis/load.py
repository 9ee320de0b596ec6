"""What slows a running task: its delay, its node, its flow control, a full phase that stands."""

from collections.abc import Iterator
from datetime import timedelta

from drs_mcp.api.wire.values import amount, moment, word
from drs_mcp.clock import iso
from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.findings import Finding
from drs_mcp.summaries.tasks.flow_windows import active_window

DEFAULT_DELAY_S = 300
"""Taken for the delay's threshold where the task sets none."""

BUSY_PCT = 90
FRESH = timedelta(minutes=15)
"""Metrics that are older say nothing about now."""

SETTLING = timedelta(hours=1)
"""So long after the full phase a high delay is normal (Table 15, `delay_time`)."""

_SETTLING = (
    "Normal for a while after the full phase: changes have piled up.",
    "Look again in an hour.",
)
_EXHAUSTED = ("Most likely the exhausted node.", "Relieve the node first.")
_BEHIND = (
    "The destination applies too slowly, or a large transaction, a lock or the network holds it up.",
    "Check locks and long transactions at the destination, and large transactions at the source.",
)

STANDSTILL = timedelta(hours=1)
STANDSTILL_ALONE = timedelta(hours=3)
"""Silence of the log that counts as standing still: with a rate of 0 measured, and without any."""


def find_load(evidence: Evidence) -> Iterator[Finding]:
    """What slows the task down now, and what it could not move."""
    if evidence.state.group in ("running", "finished"):
        yield from _failed_objects(evidence)
    if evidence.state.group != "running":
        return
    if (word(evidence.metrics.get("apply_current_state")) or "").startswith("FAIL"):
        yield Finding(
            "apply_failed",
            "warning",
            "DRS says that applying changes to the destination failed",
            cause="The component that writes to the destination reports a failure.",
            fix="Read the newest errors of the log: they say at what.",
            side="destination",
        )
    exhausted = list(_node(evidence))
    yield from exhausted
    yield from _delay(evidence, exhausted=bool(exhausted))
    if evidence.state.value == "FULL_TRANSFER_STARTED":
        yield from _flow_control(evidence)
        yield from _standstill(evidence)


def threshold(evidence: Evidence) -> tuple[int, str]:
    """The delay that is too much, in seconds, and whose threshold that is."""
    if evidence.alarm_s:
        return evidence.alarm_s, "its alarm threshold"
    none = ", as it sets none" if evidence.detail is not None else ""
    return DEFAULT_DELAY_S, f"the default threshold{none}"


def _delay(evidence: Evidence, *, exhausted: bool) -> Iterator[Finding]:
    delay, (most, whose) = evidence.delay, threshold(evidence)
    if delay is None or delay <= most:
        return
    began = evidence.progress_time("incr_start_time")
    settling = began is not None and evidence.now - began <= SETTLING
    if settling:
        cause, fix = _SETTLING
    elif exhausted:
        cause, fix = _EXHAUSTED
    else:
        cause, fix = _BEHIND
    yield Finding(
        "delay_excessive",
        "info" if settling else "warning",
        f"the delay of {delay:,} s is above {most:,} s, {whose}",
        cause=cause,
        fix=fix,
    )


def fresh_load(evidence: Evidence) -> dict[str, int | float]:
    """CPU and memory of the node in percent, if they were measured lately."""
    at = moment(evidence.metrics.get("time_stamp"))
    if at is not None and evidence.now - at > FRESH:
        return {}
    read = {name: amount(evidence.metrics.get(f"{name}_util")) for name in ("cpu", "mem")}
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
            f"{as_identifier(row.type) or 'other'} {row.done} of {row.total}"
            if row.done is not None and row.total is not None
            else as_identifier(row.type) or "other"
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
            fix="Check sessions and locks at both databases and the network; pause and resume the "
            "task, then open a service ticket.",
        )
