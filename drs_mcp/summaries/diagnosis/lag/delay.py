"""A delay above its threshold: why, by what goes on, what was measured, and what the log says."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from drs_mcp.api.wire.values import amount
from drs_mcp.clock import iso
from drs_mcp.knowledge.conditions import condition
from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.ages import spelt
from drs_mcp.summaries.diagnosis.courses import shown
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.failure import errors_going_on, of_kind
from drs_mcp.summaries.diagnosis.findings import LINE_CAP, Finding
from drs_mcp.summaries.diagnosis.going_on import GoingOn, grows_with_the_clock, story
from drs_mcp.summaries.diagnosis.lag.catching_up import (
    SETTLING,
    Falling,
    falling_delay,
    full_phase_ended,
    told_settling,
)
from drs_mcp.summaries.diagnosis.lag.coming_back import comes_back
from drs_mcp.summaries.diagnosis.lag.measured import is_measured_now, measured, slow_ms
from drs_mcp.summaries.diagnosis.lag.until_now import said_until_now
from drs_mcp.summaries.diagnosis.timeline import is_movement
from drs_mcp.summaries.health.sides import Judgement
from drs_mcp.summaries.logs.facts import LogFacts

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


class _Why(NamedTuple):
    """Why a task lags, and what to do; *line* is the one that shows it, third-party text."""

    cause: str
    fix: str
    side: str = ""
    line: str = ""


def delay_excessive(
    evidence: Evidence, now: Sequence[GoingOn], *, exhausted: Sequence[Finding]
) -> Iterator[Finding]:
    """A delay above the threshold, with why by what goes on *now* and an *exhausted* node."""
    delay, (most, whose) = evidence.delay, evidence.threshold
    if delay is None or delay <= most:
        return
    says = f"the delay of {delay:,} s{spelt(delay)} is above {most:,} s, {whose}"
    began = evidence.progress_time("incr_start_time")
    if began is not None and evidence.now - began <= SETTLING:
        yield Finding("delay_excessive", "info", says, cause=_SETTLING[0], fix=_SETTLING[1])
        return
    found = next((one for one in now if _slows(one, exhausted)), None)
    stopped, proven = _stands_since(evidence, delay, found)
    slower = evidence.health.slower(delay, evidence.now)
    if stopped is not None:
        told = "nothing has been applied" if proven else "no line tells of anything applied"
        if proven and found is not None and found.moves_rows:
            told = "rows are applied, and nothing has been committed"
        says += f"; {told} since {iso(stopped)}"
    falling = falling_delay(evidence.log, evidence.now, delay)
    why = _known(evidence, found, exhausted, slower)
    back = comes_back(evidence, delay) if why is None else None
    measured_ = _because(evidence)
    if back is None and why is None:
        why = _by_the_log(evidence, delay, falling)
    elif falling is not None:
        says += f"; {falling.in_short}"
        measured_.append(falling.says(most))
    measured_ += _told(slower, why.cause if why else "", why.side if why else "")
    came = replace(story(evidence, now, found, stopped), because=measured_)
    if why is not None:
        yield Finding(
            "delay_excessive",
            "warning",
            says,
            evidence=why.line,
            cause=why.cause,
            fix=why.fix,
            side=why.side,
            story=came if found or stopped or not exhausted else None,
        )
    elif back is not None:
        error = of_kind(evidence, "delay_excessive", "warning", back.kind, says)
        cause = error.cause or "It may be what the line beside this says."
        led = error.story.led_to_it if error.story is not None else ()
        yield replace(
            error,
            cause=f"{cause} {_capital(back.says)}.",
            story=replace(came, led_to_it=led),
        )


def _known(
    evidence: Evidence,
    found: GoingOn | None,
    exhausted: Sequence[Finding],
    slower: Judgement | None,
) -> _Why | None:
    """Why, by a condition of the log, what was measured, or errors that go on; None for neither."""
    link = evidence.link
    if found is not None:
        return _Why(found.why(link), found.todo(link), found.side, found.line)
    if exhausted:
        return _Why("Most likely the exhausted node.", "Relieve the node first.")
    if (ms := slow_ms(evidence)) is not None:
        slow = condition("destination_slow")
        cause = f"The destination is slow: {shown(ms)} ms for an average statement."
        return _Why(cause, slow.told(slow.todo, slow.side, link), slow.side)
    if slower is not None and slower.side:
        return _Why(f"{_capital(slower.says)}.", _LOOK_AT[slower.side], slower.side)
    if evidence.log is not None and errors_going_on(evidence, evidence.log):
        return _Why("Most likely the errors that go on.", "Mend those first.")
    return None


def _by_the_log(evidence: Evidence, delay: float, falling: Falling | None) -> _Why:
    """Why, where no rule knows: it catches up, or what the log says until now; else unknown."""
    log, now = evidence.log, evidence.now
    if (ended := full_phase_ended(log, now)) is not None:
        return _Why(told_settling(ended), _SETTLING[1])
    if falling is not None:
        return _Why(f"{_capital(falling.says(evidence.threshold[0]))}.", _SETTLING[1])
    said = said_until_now(log, now, delay) if log is not None else None
    if said is None:
        return _Why(_UNKNOWN, _LOOK)
    line = quote(said.kind.deciding, LINE_CAP)
    return _Why(said.says, _LOOK_AT.get(said.side, _LOOK), said.side, line)


def told_otherwise(evidence: Evidence) -> Iterator[Finding]:
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
    """Whether a condition can be the reason for a delay, beside a resource at its limit or where none is."""
    if one.condition.alone or one.condition.status or one.condition.copy:
        return False
    return one.condition.beside_limit or not exhausted


def _stands_since(
    evidence: Evidence, delay: float, found: GoingOn | None
) -> tuple[datetime | None, bool]:
    """Since when nothing is applied, and whether that is proven.

    A rate of 0 and a delay that grows as time passes prove it; a lock that the task waits for makes
    it likely, where no line after the delay began says that anything moved or passed.
    """
    held = found is not None and found.condition.id == "lock_wait"
    idle = is_measured_now(evidence) and amount(evidence.metrics.get("apply_rows_rate")) == 0
    proven = idle or grows_with_the_clock(evidence.log, evidence.now)
    try:
        began = evidence.now - timedelta(seconds=delay)
    except OverflowError:
        return None, False
    likely = held and not is_measured_now(evidence) and not _moved_since(evidence.log, began)
    return (began if proven or likely else None), proven


def _moved_since(log: LogFacts | None, moment: datetime) -> bool:
    return log is not None and any(
        kind.last is not None and kind.last > moment and (kind.is_recovery or is_movement(kind))
        for kind in log.kinds
    )


def _because(evidence: Evidence) -> list[str]:
    grows = grows_with_the_clock(evidence.log, evidence.now)
    return ["the delay grows as fast as time passes"] * grows + measured(evidence)
