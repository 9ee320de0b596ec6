"""What a task's status and settings mean for it: missing configuration, an end that is near."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from drs_mcp.api.wire.values import count, moment, record, records, text
from drs_mcp.clock import iso
from drs_mcp.quoting.quoted import spoken
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.findings import Finding
from drs_mcp.summaries.logs.facts import fatal
from drs_mcp.summaries.tasks.card import DEFAULT_EXPIRED_DAYS

SOON = timedelta(days=3)
"""An automatic stop that is nearer is a finding."""

DRAFT_KEPT_DAYS = 3
"""DRS removes tasks that were created and never started after three days."""


def find_status(found: Evidence) -> Iterator[Finding]:
    """What the status itself asks for."""
    state = found.state
    if state.group == "unknown":
        value = spoken(state.value)
        yield Finding(
            "status_unknown",
            "warning",
            f"its status {value} is not documented" if value else "its status is unknown",
            fix="See the task in the DRS console.",
        )
    if state.group == "paused":
        yield Finding(
            "paused",
            "warning",
            "it is paused, nothing is replicated",
            fix="Resume it before the source purges the logs that it still needs.",
        )
    if state.group == "configuration":
        yield _draft(found)


def find_automatic_stop(found: Evidence) -> Iterator[Finding]:
    """Whether DRS is about to stop the failed task by itself (`expired_days`, Table 6)."""
    if found.state.group != "failed" or found.detail is None:
        return
    since, end = failing_since(found), stop_time(found)
    if since is not None and end is not None and end - found.now <= SOON:
        when = f"about {iso(end)}" if end > found.now else "at any time"
        yield Finding(
            "automatic_stop",
            "critical",
            f"DRS stops it by itself {when}, estimated from the error at {iso(since)}",
            cause=f"An abnormal task is stopped after {stop_days(found)} days; then it cannot be "
            "resumed.",
            fix="Mend and retry it before, or plan a new task.",
        )


def stop_days(found: Evidence) -> int:
    """After how many days DRS stops the task when it is abnormal."""
    return count(found.base.get("expired_days")) or DEFAULT_EXPIRED_DAYS


def stop_time(found: Evidence) -> datetime | None:
    """When DRS stops the failed task by itself, estimated."""
    since = failing_since(found)
    return _later(since, stop_days(found)) if since is not None else None


def _later(at: datetime, days: int) -> datetime | None:
    try:
        return at + timedelta(days=days)
    except OverflowError:  # past the end of the calendar
        return None


def failing_since(found: Evidence) -> datetime | None:
    """When the task failed, as far as its log tells."""
    kind = fatal(found.log) if found.log is not None else None
    return kind.last if kind is not None else None


def _draft(found: Evidence) -> Finding:
    missing = [
        side
        for side, name in (("source", "source_endpoint"), ("destination", "target_endpoint"))
        if not any(_reachable(end) for end in records(found.job.get(name)))
    ]
    created = moment(found.job.get("create_time"))
    end = _later(created, DRAFT_KEPT_DAYS) if created else None
    told = (
        f"it is still in configuration; missing: {', '.join(missing)}"
        if missing
        else (
            "it is still in configuration; both databases are set, the pre-check and the start remain"
        )
    )
    if end:
        told += f". DRS removes it about {iso(end)} if it is not started"
    return Finding(
        "configuration_incomplete",
        "warning",
        told,
        fix="Finish the configuration, pass the pre-check and start it.",
    )


def _reachable(end: object) -> bool:
    database = record(record(end).get("endpoint"))
    return any(text(database.get(name)) for name in ("ip", "instance_id", "instance_name"))
