"""Why a task failed, or what fails while it runs: findings from its log and its subtasks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from drs_mcp.clock import iso
from drs_mcp.knowledge.engines.catalogue import ANY
from drs_mcp.knowledge.engines.kinds import kind_of
from drs_mcp.knowledge.engines.sides import service_of
from drs_mcp.knowledge.statuses import status
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import as_identifier, quote
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.diagnosis import clocks
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.findings import OBSERVED, Finding, Severity
from drs_mcp.summaries.diagnosis.lines.leads import leads
from drs_mcp.summaries.diagnosis.retention import kept, stopped_for_long
from drs_mcp.summaries.diagnosis.stops import Stop, Story, led_to_it, story_of
from drs_mcp.summaries.diagnosis.suspects import Suspect, suspects
from drs_mcp.summaries.diagnosis.timeline import is_movement
from drs_mcp.summaries.logs.facts import BURST, LogFacts, LogKind
from drs_mcp.summaries.logs.kinds.recoveries import ends_retries
from drs_mcp.summaries.logs.levels import ERROR, INFO, UNREAD, WARN
from drs_mcp.summaries.logs.meanings import tells_failure
from drs_mcp.summaries.tasks.task import Task

ACTIVE = timedelta(minutes=30)
"""An error is going on when its newest entry is no older."""

MOST_SUBTASKS = 3
"""So many failed subtasks are told one by one, with their own causes."""

_NAMED = 5
_EVIDENCE_CAP = 300
_HINT_CAP = 160
_TOLD = ("table", "column", "constraint", "index", "slot", "file", "sequence", "tablespace", "user")
_MOST_TOLD = 3
_SIDES = (
    ("LOGMANAGER", "the source"),
    ("CAPTUR", "the source"),
    ("INCREMENT", "the destination"),
)
_UNKNOWN_FIX = "No known failure matches: read the lines that led to it."
_LOST = {
    "connection": ("connection_lost", "the connection to {side} fails"),
    "credentials": ("credentials_refused", "{side} refuses the account"),
}


def find_failure(evidence: Evidence) -> Iterator[Finding]:
    """The error that stopped a failed task, or the errors that go on in another one."""
    if evidence.state.group == "failed":
        cause = _stop_cause(evidence.stop)
        if evidence.stop is not None and evidence.state.phase == "incremental":
            since = evidence.stop.stopped_at
            cause = stopped_for_long(
                cause, kept(evidence.log, since, evidence.now, link=evidence.link)
            )
        if cause.code == "fatal_error" or not failed_subtasks(evidence.subtasks or ()):
            yield cause
    elif evidence.log is not None and evidence.state.group in ("running", "changing", "unknown"):
        yield from _ongoing_errors(evidence, evidence.log)


def find_subtasks(evidence: Evidence) -> Iterator[Finding]:
    """The subtasks that have failed, the first ones each with its own cause."""
    failed = failed_subtasks(evidence.subtasks or ())
    for task in failed[:MOST_SUBTASKS]:
        log = evidence.subtask_logs.get(task.id)
        cause = _stop_cause(evidence.stop_of(log, None) if log is not None else None)
        meaning = status(task.status).meaning
        yield replace(
            cause,
            code="subtask_failed",
            says=f"subtask {_subtask_name(task)} has failed ({meaning}): {cause.says}",
        )
    if others := failed[MOST_SUBTASKS:]:
        names = ", ".join(_subtask_name(task) for task in others[:_NAMED])
        more = f", {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        yield Finding(
            "subtask_failed",
            "critical",
            f"{plural(len(others), 'other subtask')} failed, too: {names}{more}",
            fix="Diagnose each one.",
        )


def failed_subtasks(tasks: Sequence[Task]) -> list[Task]:
    """Those that have failed."""
    return [task for task in tasks if task.group == "failed"]


def _subtask_name(task: Task) -> str:
    return as_name(task.name) or as_identifier(task.id) or "of another name"


def _stop_cause(stop: Stop | None) -> Finding:
    if stop is None:
        return Finding("cause_unread", "critical", "its log could not be read")
    if stop.cause is None:
        when = clocks.told(stop.clocks, stop.clocks.gave_up)
        return Finding(
            "no_error_logged",
            "critical",
            f"its log holds no error that tells why it stopped{f': {when}' if when else ''}",
            cause="The reason is not known.",
            fix="Read the last lines of the log; open a service ticket with them.",
            resume="unknown",
            story=story_of(stop),
        )
    found = _of_suspect("fatal_error", "critical", stop.cause, _stopped_by(stop, stop.cause))
    too = {one.fact.follows: None for one in stop.consequences if one.fact is not None}
    return replace(found, fix=" ".join([found.fix, *too]).strip(), story=story_of(stop))


def _stopped_by(stop: Stop, cause: Suspect) -> str:
    """The stop in words: one time where the error and the stop agree, else each time."""
    when, told = _when(cause), clocks.told(stop.clocks, cause.began)
    stopped = stop.stopped_at
    if cause.kind.level not in (ERROR, UNREAD):
        level = {WARN: "a warning", INFO: "an info line"}.get(cause.kind.level, "a line")
        tells = "may tell" if cause.transient is None else "tells most of"
        but = "before its errors " if stop.rivals else ""
        return f"{level}{when} {but}{tells} why{f'; {told}' if told else ''}"
    if stopped is not None and cause.began is not None and cause.began - stopped > clocks.NEAR:
        came = "was" if when.startswith(" first met") else "came"
        return f"{told}; the error that holds it up {came}{when}"
    return f"stopped by the error{when}{f'; {told}' if told else ''}"


def _when(suspect: Suspect) -> str:
    """When it was met: once, or from its first entry on, which began the stop."""
    kind, began = suspect.kind, suspect.began
    if began is None or kind.last is None or kind.last - began <= BURST:
        return f" at {iso(began)}" if began is not None else _at(kind)
    return f" first met at {iso(began)}, {plural(suspect.times, 'time')} until {iso(kind.last)}"


def _ongoing_errors(evidence: Evidence, log: LogFacts) -> Iterator[Finding]:
    recent = errors_going_on(evidence, log)
    seen = set()
    for kind in recent:
        topic = kind.known.topic if kind.known else ""
        if topic in _LOST and topic not in seen:
            seen.add(topic)
            code, says = _LOST[topic]
            side = next((side for sign, side in _SIDES if sign in kind.message), "a database")
            sentence = f"{says.format(side=side)}: {plural(kind.count, 'error')}, last{_at(kind)}"
            yield of_kind(evidence, code, "critical", kind, sentence)
    others = [kind for kind in recent if not (kind.known and kind.known.topic in _LOST)]
    if others:
        found = judged(evidence, others)
        kind = found[0].kind if found else others[0]
        says = f"errors in its log: {sum(other.count for other in others):,}"
        if len(others) > 1:
            says += f" of {len(others)} kinds"
        yield of_kind(evidence, "recent_errors", "warning", kind, f"{says}, last{_at(kind)}")


def errors_going_on(evidence: Evidence, log: LogFacts) -> list[LogKind]:
    """The kinds of errors that came lately and are not over, but for harmless ones."""
    return [
        kind
        for kind in log.serious
        if kind.last is not None
        and evidence.now - kind.last <= ACTIVE
        and not kind.harmless
        and (kind.level != UNREAD or tells_failure(kind.message, kind.codes, link=evidence.link))
        and not _is_over(kind, log, evidence.link)
    ]


def _is_over(kind: LogKind, log: LogFacts, link: str) -> bool:
    """Whether an error that passes by itself has: recovered each time, or data moved or a retry succeeded since."""
    transient = kind_of(kind.message, list(kind.codes), link=link).transient
    if transient is False:
        return False
    recovery = kind.recovery
    if recovery is not None and recovery.last_ended and recovery.ended >= kind.count:
        return True
    moved = [
        one.last
        for one in log.infos
        if one.last is not None and (is_movement(one) or ends_retries(one.message))
    ]
    return transient is True and kind.last is not None and max(moved, default=kind.last) > kind.last


def _at(kind: LogKind) -> str:
    return f" at {iso(kind.last)}" if kind.last else ""


def of_kind(evidence: Evidence, code: str, severity: Severity, kind: LogKind, says: str) -> Finding:
    """A finding about an error that goes on: what it means on this task's link."""
    suspected = judged(evidence, [kind])
    if not suspected:  # a line that says that the task failed, and not why
        line = quote(kind.deciding, _EVIDENCE_CAP)
        return Finding(code, severity, says, evidence=line, fix=_UNKNOWN_FIX)
    found = suspected[0]
    told = replace(_of_suspect(code, severity, found, says), resume="")
    log = evidence.log
    if log is None or kind.first is None:
        return told
    subject = [kind.message, told.cause]
    lines = leads(log, subject, [found.began or kind.first, evidence.now])
    return replace(told, story=Story(led_to_it=led_to_it(lines)))


def judged(evidence: Evidence, kinds: Sequence[LogKind]) -> list[Suspect]:
    """These errors, judged on this task's link, the worst first."""
    return suspects(
        LogFacts(entries=len(kinds), last=None, errors=kinds, warnings=()),
        link=evidence.link,
        phase=evidence.state.phase or "",
        addresses=evidence.addresses,
    )


def _of_suspect(code: str, severity: Severity, suspect: Suspect, says: str) -> Finding:
    known, fact = suspect.known, suspect.fact
    side = suspect.side if suspect.side in ("source", "destination") else ""
    if suspect.says_nothing:
        service = service_of(suspect.kind.message)
        cause = f"The reason is not known: {service or 'the line'} names none."
        fix = "Read the lines around it; open a service ticket with them."
    elif known is not None:
        cause, fix = known.cause, known.fix
    elif (item := suspect.item) is not None:
        cause, fix = item.cause, item.fix
    elif fact is not None:
        cause, fix = fact.meaning, fact.todo
    else:
        cause, fix = suspect.nature.means(side), suspect.nature.todo(side) or _UNKNOWN_FIX
    return Finding(
        code,
        severity,
        says,
        evidence=quote(suspect.kind.deciding, _EVIDENCE_CAP),
        cause=cause,
        fix=fix,
        confidence=_confidence(suspect, cause),
        known=known.id if known else "",
        side=side,
        resume="unknown" if suspect.says_nothing else suspect.resume,
        about=_about(suspect.kind),
        hint=quote(fact.hint, _HINT_CAP) if fact else "",
    )


def _confidence(suspect: Suspect, cause: str) -> str:
    """How sure a cause is: by who documents it, else inferred; observed where none is told."""
    known, item, fact = suspect.known, suspect.item, suspect.fact
    if known is not None:
        return known.confidence
    if item is not None:
        return item.confidence
    if fact is not None:
        return "inferred" if fact.engine == ANY else "engine"
    return "inferred" if cause and not suspect.says_nothing else OBSERVED


def _about(kind: LogKind) -> str:
    """What the entries name, where it is one of each: `table 'shop.orders', column 'qty'`."""
    told = []
    for what in _TOLD:
        named = kind.names.get(what)
        if named is None or len(named.counts) != 1 or named.more:
            continue
        if name := as_name(next(iter(named.counts))):
            told.append(f"{what} {name}")
    return ", ".join(told[:_MOST_TOLD])
