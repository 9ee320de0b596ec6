"""How a task stopped: its suspects, its clocks, what led to it, and what speaks for the cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from drs_mcp.clock import iso
from drs_mcp.knowledge.engines.reasons import decided
from drs_mcp.knowledge.engines.wrappers import WRAPPING
from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.answer import Cell, plural
from drs_mcp.summaries.diagnosis.clocks import NEAR, Clocks, clocks
from drs_mcp.summaries.diagnosis.lines.leads import Lead, leads
from drs_mcp.summaries.diagnosis.lines.lower_levels import decisive, telling
from drs_mcp.summaries.diagnosis.suspects import Suspect, suspects
from drs_mcp.summaries.diagnosis.timeline import is_movement, turns
from drs_mcp.summaries.logs.facts import LogFacts

_REASON_HOLDS = timedelta(hours=1)
"""So long before a cause a line may tell why: a side that is read-only is met at the next write."""

MOST_RIVALS = 2
_RIVAL_CAP = 120
_LEAD_CAP = 180


@dataclass(frozen=True)
class Stop:
    """What a log tells of a stop.

    Attributes:
        cause: the error that explains it; None where no error of the log does.
        rivals: the other errors, the next likely first.
        clocks: when data stopped and DRS gave up.
        leads: the lines that bear on the cause, oldest first.
    """

    cause: Suspect | None
    rivals: Sequence[Suspect]
    clocks: Clocks
    leads: Sequence[Lead] = ()

    @property
    def consequences(self) -> Sequence[Suspect]:
        """The errors that came after the cause, on its side, and are to be mended by themselves."""
        cause = self.cause
        if cause is None:
            return ()
        return [
            one
            for one in self.rivals
            if one.fact is not None
            and one.fact.follows
            and not (one.recovered or one.past)
            and one.side in (cause.side, "unknown")
            and not _before(one, cause)
        ]

    @property
    def stopped_at(self) -> datetime | None:
        """When data stopped moving, by the best evidence there is."""
        began = self.cause.began if self.cause is not None else None
        return self.clocks.stop_of(began) or self.clocks.gave_up

    @property
    def abnormal_since(self) -> datetime | None:
        """Since when the task counts as abnormal: never a repetition."""
        began = self.cause.began if self.cause is not None else None
        return self.clocks.gave_up or began


def stop_of(
    log: LogFacts,
    *,
    link: str,
    phase: str,
    now: datetime,
    delay: float | None,
    addresses: Mapping[str, str],
    acts: Sequence[datetime] = (),
) -> Stop:
    """Read how a task stopped.

    *addresses* says on which side each known address is, *acts* when it was told to go on.
    """
    told = clocks(log, turns(log), now=now, delay=delay, acts=acts)
    found = suspects(log, link=link, phase=phase, clocks_=told, addresses=addresses)
    cause = _not_followed(_first_of_its_thing(_cause_of(found), found), found, log)
    lower = _lower(log, cause, link=link, phase=phase, told=told, addresses=addresses)
    if lower is not None:
        cause = lower
    rivals = [one for one in found if one is not cause]
    cause = _decided(cause, log, link)
    subject, around = [], [at for at in (told.stopped, told.paused) if at is not None]
    if cause is not None:
        meaning = cause.known.cause if cause.known else cause.fact.meaning if cause.fact else ""
        subject = [cause.kind.message, meaning]
        around += [cause.began] if cause.began is not None else []
    elif told.gave_up is not None:
        around.append(told.gave_up)
    start = log.first if phase == "full" else None
    return Stop(cause, rivals, told, leads(log, subject, around, told.gave_up, start=start))


def _decided(cause: Suspect | None, log: LogFacts, link: str) -> Suspect | None:
    """The cause with the reason that a line before it gives for what it leaves open."""
    if cause is None or cause.fact is None or cause.began is None:
        return cause
    near = [
        kind
        for kind in (*log.errors, *log.warnings, *log.infos)
        if kind.last is not None and timedelta(0) <= cause.began - kind.last <= _REASON_HOLDS
    ]
    near.sort(key=lambda kind: _seconds(kind.last), reverse=True)
    lines = (kind.message for kind in near)
    told = decided(cause.fact, lines, link=link, message=cause.kind.message)
    return cause if told is cause.fact else replace(cause, fact=told, known=None)


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at is not None else 0.0


def _first_of_its_thing(cause: Suspect | None, found: Sequence[Suspect]) -> Suspect | None:
    """The error that told first that the log or slot is gone which the cause misses later."""
    if cause is None or cause.nature.name != "missing_log":
        return cause
    same = [one for one in found if one.nature == cause.nature and not (one.recovered or one.past)]
    earlier = [one for one in same if _before(one, cause) and _share_a_name(one, cause)]
    return min(
        earlier, key=lambda one: one.kind.last.timestamp() if one.kind.last else 0.0, default=cause
    )


def _not_followed(cause: Suspect | None, found: Sequence[Suspect], log: LogFacts) -> Suspect | None:
    """The refused login that came first, of which a locked account or blocked host is what followed."""
    if cause is None or cause.fact is None or not cause.fact.follows:
        return cause
    moved = max((_seconds(kind.last) for kind in log.infos if is_movement(kind)), default=0.0)
    earlier = [
        one
        for one in found
        if one.transient is False
        and one.nature.name in ("privilege", cause.nature.name)
        and not (one.recovered or one.past or (one.fact is not None and one.fact.follows))
        and one.side in (cause.side, "unknown")
        and _before(one, cause)
        and _seconds(one.kind.last) > moved
    ]
    return max(earlier, key=lambda one: _seconds(one.kind.last), default=cause)


def _before(one: Suspect, other: Suspect) -> bool:
    return one.kind.last is not None and other.began is not None and one.kind.last < other.began


def _share_a_name(one: Suspect, other: Suspect) -> bool:
    kinds = one.kind.names.keys() & other.kind.names.keys()
    return any(
        one.kind.names[kind].counts.keys() & other.kind.names[kind].counts.keys() for kind in kinds
    )


def _lower(
    log: LogFacts,
    cause: Suspect | None,
    *,
    link: str,
    phase: str,
    told: Clocks,
    addresses: Mapping[str, str],
) -> Suspect | None:
    """What a line of no grave level tells as the cause.

    Where no error explains the stop, any line that tells one; where an error that passes by itself,
    or that tells nothing, is all there is, a line just before it that tells what retrying cannot pass;
    before a broken link also one that a server stops, before a line that points elsewhere any error.
    """
    if cause is None:
        kinds = telling(log, told.gave_up or told.stopped or log.last, link=link)
    elif cause.transient is False or (cause.transient is None and cause.fact is not None):
        return None
    else:
        looked_for = "any" if cause.points else "node" if cause.nature.name in WRAPPING else ""
        kinds = [
            kind
            for kind in decisive(log, cause.began, link=link, looked_for=looked_for)
            if cause.began is None or (kind.last and cause.began - kind.last <= NEAR)
        ]
    found = suspects(log, link=link, phase=phase, clocks_=told, addresses=addresses, among=kinds)
    return _cause_of(found) if found else None


def _cause_of(found: Sequence[Suspect]) -> Suspect | None:
    """The first suspect, if it can have stopped the task.

    Else one that was met for the last time without recovering and that retrying does not pass: a
    line that seems to move on after it may be another task's.
    """
    if not found or found[0].explains:
        return found[0] if found else None
    lasting = (one for one in found if one.transient is False and not (one.recovered or one.past))
    return next(lasting, None)


@dataclass(frozen=True)
class Story:
    """What is told of how a finding came about; rows are as answers show them."""

    stopped_at: datetime | None = None
    gave_up_at: datetime | None = None
    because: Sequence[str] = ()
    against: Sequence[str] = ()
    led_to_it: Sequence[Sequence[Cell]] = ()
    also_seen: Sequence[Sequence[Cell]] = ()


def story_of(stop: Stop) -> Story:
    """What is told of a stop."""
    return Story(
        stop.stopped_at,
        stop.clocks.gave_up,
        because(stop),
        against(stop),
        led_to_it(stop.leads),
        rivals(stop),
    )


def because(stop: Stop) -> list[str]:
    """What speaks for the cause, in numbers."""
    cause = stop.cause
    if cause is None:
        return []
    found = []
    if cause.at_stop:
        found.append("it came first when the data stopped")
    if cause.transient is False:
        found.append("retrying does not pass it")
    if cause.times > 1 and not cause.recovered:
        found.append(f"{cause.times:,} times, never recovered")
    if (resumed := _came_again(stop)) is not None:
        found.append(
            f"the same came before the task was resumed at {iso(resumed)}, and again after"
        )
    return found


def _came_again(stop: Stop) -> datetime | None:
    """When the task was resumed after the cause had come, and before it came again."""
    cause, resumed = stop.cause, stop.clocks.resumed
    if cause is None or resumed is None or cause.began is None or cause.kind.first is None:
        return None
    return resumed if cause.kind.first < resumed <= cause.began else None


def against(stop: Stop) -> list[str]:
    """What speaks against the cause."""
    cause = stop.cause
    if cause is None:
        return []
    found = []
    if cause.survived:
        found.append("lines after it say that rows went on")
    if cause.recovered:
        found.append("something recovered after the last of it")
    if cause.transient:
        found.append("errors of this kind pass by themselves as a rule")
    first = cause.kind.first
    passed = first is not None and cause.began is not None and cause.began - first > NEAR
    if first is not None and passed and _came_again(stop) is None:
        found.append(f"it was met before, from {iso(first)} on, and passed")
    explained = stop.clocks.paused is not None  # data stops at a pause, whatever fails after it
    if (
        stop.clocks.stopped is not None
        and not explained
        and not cause.at_stop
        and cause.began is not None
    ):
        found.append(f"data had stopped at {iso(stop.clocks.stopped)} already")
    return found


def rivals(stop: Stop) -> list[list[Cell]]:
    """The other errors: text, how often, first, last, and why it is not the cause."""
    return [
        [
            quote(one.kind.in_short(_RIVAL_CAP), _RIVAL_CAP),
            one.kind.count,
            iso(one.kind.first) if one.kind.first and one.kind.count > 1 else None,
            iso(one.kind.last) if one.kind.last else None,
            why_not(one, stop),
        ]
        for one in stop.rivals[:MOST_RIVALS]
    ]


def why_not(one: Suspect, stop: Stop) -> str:
    """Why an error is not the cause, as far as the log proves it; empty for no proof."""
    kind, recovery = one.kind, one.kind.recovery
    if recovery is not None and recovery.ended >= kind.count and one.transient is not False:
        return "every one recovered" if kind.count > 1 else "recovered"
    if recovery is not None and 2 * recovery.ended >= kind.count and one.transient is not False:
        return f"{recovery.ended:,} of {kind.count:,} recovered"
    if one.past:
        return "over before the data stopped"
    if one.survived:
        return "went on for long while data moved"
    if one.harmless:
        return "harmless while a task runs"
    stopped, began = stop.stopped_at, one.began
    if stopped is not None and began is not None and began - stopped > NEAR:
        return f"began {plural(round((began - stopped).total_seconds() / 60), 'minute')} after the stop"
    if one.transient and stop.cause is not None and stop.cause.transient is False:
        return "may pass by itself, the cause cannot"
    return ""


def led_to_it(found: Sequence[Lead]) -> list[list[Cell]]:
    """The lines that led to it: time, text, how its numbers moved."""
    return [
        [
            iso(lead.at) if lead.at is not None else None,
            quote(lead.kind.in_short(_LEAD_CAP), _LEAD_CAP),
            lead.moved or None,
        ]
        for lead in found
    ]
