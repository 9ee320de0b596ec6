"""What slows a running task: its delay, its node, its flow control, a full phase that stands."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from drs_mcp.api.wire.values import amount, moment, share
from drs_mcp.clock import iso
from drs_mcp.knowledge.conditions import condition
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.ages import spelt
from drs_mcp.summaries.diagnosis.coming_back import comes_back, comes_back_often
from drs_mcp.summaries.diagnosis.courses import shown
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.failure import errors_going_on, of_kind
from drs_mcp.summaries.diagnosis.findings import LINE_CAP, Finding, Severity
from drs_mcp.summaries.diagnosis.going_on import GoingOn, going_on, grows_with_the_clock, story
from drs_mcp.summaries.health.sides import Judgement
from drs_mcp.summaries.logs.kinds.losses import loss_in
from drs_mcp.summaries.tasks.flow_windows import active_window
from drs_mcp.summaries.tasks.progress_facts import applies

BUSY_PCT = 90
FRESH = timedelta(minutes=15)
"""Metrics that are older say nothing about now."""

SETTLING = timedelta(hours=1)
"""So long after the full phase a high delay is normal (Table 15, `delay_time`)."""

_SETTLING = (
    "Normal for a while after the full phase: changes have piled up.",
    "Look again in an hour.",
)
_UNKNOWN = "The reason is not known: no line of the log explains it."
_LOOK = (
    "Look which side holds it up: rows applied a second, then sessions and locks at the destination,"
    " and what the source writes."
)
_LOOK_AT = {
    "source": "Look at the source: its load, the network to it, how long it keeps its log.",
    "destination": "Look at the destination: locks, large transactions, missing primary keys, its size.",
}
STALLING = ("lock_wait", "source_silent", "output_buffer", "starts_over", "index_build")
"""Conditions that are told without an excessive delay, too."""

_SLOW_MS = 100

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
    delays = list(_delay(evidence, now, exhausted=exhausted))
    explained = [delay for delay in delays if delay.story is not None]
    yield from explained
    yield from exhausted
    yield from _told_otherwise(evidence)
    yield from (delay for delay in delays if delay not in explained)
    yield from _without_delay(evidence, now, told=bool(delays))
    yield from comes_back_often(evidence, told=bool(delays))
    if evidence.state.value == "FULL_TRANSFER_STARTED":
        yield from _flow_control(evidence)
        if not any(one.condition.id in STALLING for one in now):
            yield from _standstill(evidence)


def _delay(
    evidence: Evidence, now: Sequence[GoingOn], *, exhausted: Sequence[Finding]
) -> Iterator[Finding]:
    delay, (most, whose) = evidence.delay, evidence.threshold
    if delay is None or delay <= most:
        return
    says = f"the delay of {delay:,} s{spelt(delay)} is above {most:,} s, {whose}"
    began = evidence.progress_time("incr_start_time")
    if began is not None and evidence.now - began <= SETTLING:
        yield Finding("delay_excessive", "info", says, cause=_SETTLING[0], fix=_SETTLING[1])
        return
    found = next((one for one in now if _slows(one, exhausted)), None)
    stopped = _stands_since(evidence, delay, found)
    slower = evidence.health.slower(delay, evidence.now)
    if stopped is not None:
        says += f"; nothing has been applied since {iso(stopped)}"
    if found is not None:
        side, cause, fix, line = (
            found.side,
            found.why(evidence.link),
            found.todo(evidence.link),
            found.line,
        )
    elif exhausted:
        side, cause, fix, line = (
            "",
            "Most likely the exhausted node.",
            "Relieve the node first.",
            "",
        )
    elif (ms := _slow_ms(evidence)) is not None:
        slow = condition("destination_slow")
        side, line = slow.side, ""
        cause = f"The destination is slow: {shown(ms)} ms for an average statement."
        fix = slow.told(slow.todo, side, evidence.link)
    elif slower is not None and slower.side:
        side, cause, fix, line = slower.side, f"{_capital(slower.says)}.", _LOOK_AT[slower.side], ""
    elif evidence.log is not None and errors_going_on(evidence, evidence.log):
        side, cause, fix, line = "", "Most likely the errors that go on.", "Mend those first.", ""
    else:
        side, cause, fix, line = "", _UNKNOWN, _LOOK, ""
    back = comes_back(evidence, delay) if cause == _UNKNOWN else None
    measured = [*_because(evidence), *_told(slower, cause, side)]
    came = replace(story(evidence, now, found, stopped), because=measured)
    if back is not None:
        told = of_kind(evidence, "delay_excessive", "warning", back.kind, says)
        cause = told.cause or "It may be what the line beside this says."
        cause = f"{cause} {_capital(back.says)}."
        led = told.story.led_to_it if told.story is not None else ()
        yield replace(told, cause=cause, story=replace(came, led_to_it=led))
        return
    yield Finding(
        "delay_excessive",
        "warning",
        says,
        evidence=line,
        cause=cause,
        fix=fix,
        side=side,
        story=came if found or stopped or not exhausted else None,
    )


def _told_otherwise(evidence: Evidence) -> Iterator[Finding]:
    """A lag above the threshold that a fresh line tells and the field of the delay does not."""
    lag, (most, whose) = evidence.told_lag, evidence.threshold
    if lag is None or lag[0] <= most or (evidence.delay or 0) > most:
        return
    told, line = lag
    here = "no delay" if evidence.delay is None else f"a delay of {evidence.delay:,} s"
    at = f" at {iso(line.last)}" if line.last is not None else ""
    yield Finding(
        "delay_contradicted",
        "warning",
        f"a line of its log{at} tells a lag of {told:,.0f} s{spelt(told)}, above {most:,} s, {whose}; "
        f"DRS itself tells {here}",
        evidence=quote(line.deciding, LINE_CAP),
        cause="One of the two figures is wrong or late: how far it lags is not known.",
        fix="Compare the newest position applied at the destination with the source's; look again.",
    )


def _capital(says: str) -> str:
    return f"{says[0].upper()}{says[1:]}"


def _told(slower: Judgement | None, cause: str, side: str) -> list[str]:
    """What was measured of both sides, where the cause does not tell it."""
    if slower is None or cause.startswith(_capital(slower.says)):
        return []
    other = slower.side and side and slower.side != side
    return [f"yet {slower.says}" if other else slower.says]


def _slows(one: GoingOn, exhausted: Sequence[Finding]) -> bool:
    """Whether a condition can be the reason for a delay; the node's only if that is measured."""
    if one.condition.alone or one.condition.status or one.condition.copy:
        return False
    return (
        one.condition.id in ("lock_wait", "large_transaction")
        or not exhausted
        or (one.condition.id == "node_exhausted")
    )


def _stands_since(evidence: Evidence, delay: float, found: GoingOn | None) -> datetime | None:
    """Since when nothing is applied: a rate of 0, or a delay that grows as time passes."""
    held = found is not None and found.condition.id == "lock_wait"
    idle = is_measured_now(evidence) and amount(evidence.metrics.get("apply_rows_rate")) == 0
    if (
        idle
        or (held and not is_measured_now(evidence))
        or grows_with_the_clock(evidence.log, evidence.now)
    ):
        try:
            return evidence.now - timedelta(seconds=delay)
        except OverflowError:
            return None
    return None


def is_measured_now(evidence: Evidence) -> bool:
    """Whether the node's metrics were measured lately."""
    at = moment(evidence.metrics.get("time_stamp"))
    return at is not None and evidence.now - at <= FRESH


def _slow_ms(evidence: Evidence) -> float | None:
    """How long the destination takes for a statement, where that is much and measured lately."""
    ms = amount(evidence.metrics.get("apply_average_execute_time"))
    return ms if ms is not None and ms >= _SLOW_MS and is_measured_now(evidence) else None


def _because(evidence: Evidence) -> list[str]:
    grows = grows_with_the_clock(evidence.log, evidence.now)
    return ["the delay grows as fast as time passes"] * grows + _measured(evidence)


def _measured(evidence: Evidence) -> list[str]:
    """The measured load and rates in words, with their age where they are old."""
    metrics = evidence.metrics
    at = moment(metrics.get("time_stamp"))
    told = [
        f"{shown(value)}{unit}"
        for name, unit in (
            ("apply_rows_rate", " rows/s applied"),
            ("apply_average_execute_time", " ms for a statement"),
            ("cpu_util", "% CPU of the node"),
            ("mem_util", "% memory of the node"),
        )
        if (value := (share if "%" in unit else amount)(metrics.get(name))) is not None
    ]
    if not told:
        return []
    old = at is None or evidence.now - at > FRESH
    return (
        [f"measured at {iso(at) if at else 'an unknown time'}: {', '.join(told)}"] if old else told
    )


def _without_delay(evidence: Evidence, now: Sequence[GoingOn], *, told: bool) -> Iterator[Finding]:
    """What goes on that is worth a finding of its own."""
    link = evidence.link
    for one in now:
        code = one.condition
        stalls = code.id in STALLING and not told
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
