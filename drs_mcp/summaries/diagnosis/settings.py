"""What a task's status and settings mean for it: missing configuration, an end that is near."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from drs_mcp.api.wire.values import count, moment, record, records, text
from drs_mcp.clock import iso
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.findings import LINE_CAP, Finding
from drs_mcp.summaries.diagnosis.going_on import going_on, newest_word, story
from drs_mcp.summaries.diagnosis.lines.leads import Lead, leads
from drs_mcp.summaries.diagnosis.retention import kept
from drs_mcp.summaries.diagnosis.stops import Story, led_to_it
from drs_mcp.summaries.diagnosis.timeline import last_of, turns
from drs_mcp.summaries.tasks.card import DEFAULT_EXPIRED_DAYS

SOON = timedelta(days=3)
"""An automatic stop that is nearer is a finding."""

DRAFT_KEPT_DAYS = 3
"""DRS removes tasks that were created and never started after three days."""


def find_contradictions(evidence: Evidence) -> Iterator[Finding]:
    """What DRS says of the task in two ways that do not fit."""
    for code, says in (
        ("status_contradicts", evidence.status_conflict),
        ("delay_contradicts", evidence.delay_conflict),
    ):
        if says:
            # A task is never healthy of which DRS tells two statuses; of two delays one counts.
            yield Finding(
                code,
                "warning" if code == "status_contradicts" else "info",
                says,
                fix="Ask again: the task may have moved in between.",
            )


def find_status(evidence: Evidence) -> Iterator[Finding]:
    """What the status itself asks for."""
    state = evidence.state
    if state.group == "unknown":
        yield _undocumented(evidence)
    if state.group == "paused":
        yield _paused(evidence)
    if state.group == "configuration":
        yield _draft(evidence)


def _paused(evidence: Evidence) -> Finding:
    """A pause, with what the log says of it and of how long the source keeps its log."""
    pause = last_of(turns(evidence.log), "paused") if evidence.log is not None else None
    since = pause.at if pause is not None else evidence.stopped_by_delay
    found: Sequence[Lead] = ()
    if evidence.log is not None and since is not None:
        found = leads(
            evidence.log, ["retention purge expire keep log 保留 清理"], [since, evidence.now]
        )
    says = f"it is paused{f' since {iso(since)}' if since else ''}, nothing is replicated"
    story_ = Story(stopped_at=since, led_to_it=led_to_it(found))
    told = kept(evidence.log, since, evidence.now, link=evidence.link)
    if told is not None:
        return Finding(
            "paused",
            "warning",
            says if told.is_over else f"{says}; {told.says}",
            evidence=told.evidence,
            cause=told.cause,
            fix=told.todo,
            side="source",
            resume=told.resume,
            story=story_,
        )
    return Finding(
        "paused",
        "warning",
        says,
        fix="Check that the source still has its log from then on; resume it before that is purged.",
        resume="depends",
        story=story_,
    )


def _undocumented(evidence: Evidence) -> Finding:
    """A status that is not documented, with what the newest lines say of it."""
    value = as_word(evidence.state.value)
    says = f"its status {value} is not documented" if value else "its status is unknown"
    now = going_on(evidence)
    why = next((one for one in now if one.condition.status), None)
    line = why.kind if why is not None else newest_word(evidence)
    if line is None or not value:
        return Finding("status_unknown", "warning", says, fix="See the task in the DRS console.")
    stopped = evidence.stopped_by_delay
    when = f" at {iso(line.last)}" if line.last else ""
    return Finding(
        "status_unknown",
        "warning",
        f"{says}; the newest line that bears on it came{when}",
        evidence=quote(line.deciding, LINE_CAP),
        cause=why.why(evidence.link) if why is not None else "",
        fix=why.todo(evidence.link) if why is not None else "See the task in the DRS console.",
        resume=why.condition.resume if why is not None else "unknown",
        story=story(evidence, now, why, stopped),
    )


def find_automatic_stop(evidence: Evidence) -> Iterator[Finding]:
    """Whether DRS is about to stop the failed task by itself (`expired_days`, Table 6)."""
    if evidence.state.group != "failed" or evidence.detail is None:
        return
    since, end = failing_since(evidence), stop_time(evidence)
    if since is not None and end is not None and end - evidence.now <= SOON:
        when = f"about {iso(end)}" if end > evidence.now else "at any time"
        yield Finding(
            "automatic_stop",
            "critical",
            f"DRS stops it by itself {when}, estimated from {iso(since)}",
            cause=f"An abnormal task is stopped after {stop_days(evidence)} days; then it cannot be "
            "resumed.",
            fix="Mend and retry it before, or plan a new task.",
        )


def stop_days(evidence: Evidence) -> int:
    """After how many days DRS stops the task when it is abnormal."""
    return count(evidence.base.get("expired_days")) or DEFAULT_EXPIRED_DAYS


def stop_time(evidence: Evidence) -> datetime | None:
    """When DRS stops the failed task by itself, estimated."""
    since = failing_since(evidence)
    return _later(since, stop_days(evidence)) if since is not None else None


def _later(at: datetime, days: int) -> datetime | None:
    try:
        return at + timedelta(days=days)
    except OverflowError:  # past the end of the calendar
        return None


def failing_since(evidence: Evidence) -> datetime | None:
    """Since when the task has failed, as far as its log tells; no repetition counts."""
    return evidence.stop.abnormal_since if evidence.stop is not None else None


def _draft(evidence: Evidence) -> Finding:
    missing = [
        side
        for side, name in (("source", "source_endpoint"), ("destination", "target_endpoint"))
        if not any(_reachable(end) for end in records(evidence.job.get(name)))
    ]
    created = moment(evidence.job.get("create_time"))
    end = _later(created, DRAFT_KEPT_DAYS) if created else None
    checked = evidence.health.precheck
    remains = checked.says if checked is not None else "the pre-check and the start remain"
    says = (
        f"it is still in configuration; missing: {', '.join(missing)}"
        if missing
        else f"it is still in configuration; both databases are set, {remains}"
    )
    if missing and checked is not None and checked.items:
        says += f"; {remains}"
    if end:
        says += f". DRS removes it about {iso(end)} if it is not started"
    todo = "" if checked is None or missing else checked.todo
    return Finding(
        "configuration_incomplete",
        "warning",
        says,
        cause=checked.causes(evidence.link) if checked is not None else "",
        fix=todo or "Finish the configuration, pass the pre-check and start it.",
    )


def _reachable(end: object) -> bool:
    database = record(record(end).get("endpoint"))
    return any(text(database.get(name)) for name in ("ip", "instance_id", "instance_name"))
