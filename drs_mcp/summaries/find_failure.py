"""Why a task failed, or what fails while it runs: findings from its log and its subtasks."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from drs_mcp.clock import iso
from drs_mcp.quoted import quote, spoken
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.evidence import Evidence
from drs_mcp.summaries.findings import OBSERVED, Finding
from drs_mcp.summaries.log_facts import LogFacts, LogKind, fatal

ACTIVE = timedelta(minutes=30)
"""An error is going on when its newest entry is no older."""

_EVIDENCE_CAP = 160
_SIDES = (
    ("LOGMANAGER", "the source"),
    ("CAPTUR", "the source"),
    ("INCREMENT", "the destination"),
)
_LOST = {
    "connection": ("connection_lost", "the connection to {side} fails"),
    "credentials": ("credentials_refused", "{side} refuses the account"),
}


def find_failure(found: Evidence) -> Iterator[Finding]:
    """The error that stopped a failed task, or the errors that go on in another one."""
    if found.state.group == "failed":
        yield _stopped(found.log)
    elif found.log is not None and found.state.group in ("running", "changing", "unknown"):
        yield from _going_on(found.log, found.now)


def find_subtasks(found: Evidence) -> Iterator[Finding]:
    """The subtasks that have failed, each with its own cause where its log was read."""
    for task in found.subtasks or ():
        if task.group != "failed":
            continue
        name = spoken(task.name) or spoken(task.id) or "of another name"
        log = found.subtask_logs.get(task.id)
        cause = _stopped(log) if log is not None else None
        status = (spoken(task.status) or "").lower()
        if cause is None:
            yield Finding("subtask_failed", "critical", f"subtask {name} has failed ({status})")
            continue
        yield Finding(
            "subtask_failed",
            "critical",
            f"subtask {name} has failed ({status}): {cause.says}",
            evidence=cause.evidence,
            cause=cause.cause,
            fix=cause.fix,
            confidence=cause.confidence,
            known=cause.known,
        )


def _stopped(log: LogFacts | None) -> Finding:
    if log is None:
        return Finding("cause_unread", "critical", "it has failed; its log could not be read")
    kind = fatal(log)
    if kind is None:
        return Finding(
            "no_error_logged",
            "critical",
            "it has failed, but its log holds no error",
            fix="Read the last lines of the log; open a service ticket with them.",
        )
    return _of_kind("fatal_error", "critical", kind, f"stopped by the error{_at(kind)}")


def _going_on(log: LogFacts, now: datetime) -> Iterator[Finding]:
    recent = [
        kind
        for kind in log.errors
        if kind.last is not None and now - kind.last <= ACTIVE and not kind.harmless
    ]
    told = set()
    for kind in recent:
        topic = kind.known.topic if kind.known else ""
        if topic in _LOST and topic not in told:
            told.add(topic)
            code, says = _LOST[topic]
            side = next((side for sign, side in _SIDES if sign in kind.message), "a database")
            yield _of_kind(code, "critical", kind, f"{says.format(side=side)}{_times(kind)}")
    others = [kind for kind in recent if not (kind.known and kind.known.topic in _LOST)]
    if others:
        kind = max(others, key=lambda kind: (kind.known is not None, kind.last or now))
        entries = sum(other.count for other in others)
        says = f"{plural(entries, 'error')} of {plural(len(others), 'kind')}{_times(kind)}"
        yield _of_kind("recent_errors", "warning", kind, says)


def _times(kind: LogKind) -> str:
    return f", {plural(kind.count, 'time')}, last{_at(kind)}"


def _at(kind: LogKind) -> str:
    return f" at {iso(kind.last)}" if kind.last else ""


def _of_kind(code: str, severity: str, kind: LogKind, says: str) -> Finding:
    known = kind.known
    return Finding(
        code,
        "critical" if severity == "critical" else "warning",
        says,
        evidence=quote(kind.message, _EVIDENCE_CAP),
        cause=known.cause if known else "",
        fix=known.fix if known else "",
        confidence=known.confidence if known else OBSERVED,
        known=known.id if known else "",
    )
