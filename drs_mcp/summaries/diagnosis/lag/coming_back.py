"""What comes back again and again: the cause of a lag, and worth knowing without one."""

from collections.abc import Iterator
from datetime import timedelta

from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.failure import errors_going_on, of_kind
from drs_mcp.summaries.diagnosis.findings import Finding
from drs_mcp.summaries.diagnosis.lines.recurring import OFTEN, SPAN, Recurring, recurring


def comes_back(evidence: Evidence, delay: float) -> Recurring | None:
    """What has come back since the lag of so many seconds began, or for two hours: what passes each time, else any."""
    if evidence.log is None:
        return None
    try:
        since = evidence.now - max(timedelta(seconds=delay), SPAN)
    except OverflowError:
        return None
    return recurring(evidence.log, evidence.now, since, link=evidence.link) or recurring(
        evidence.log, evidence.now, since, link=evidence.link, whatever=True
    )


def comes_back_often(evidence: Evidence, *, told: bool) -> Iterator[Finding]:
    """What passes each time and comes back often, where no lag is *told* of that it explains."""
    log = evidence.log
    if log is None or told:
        return
    back = recurring(log, evidence.now, evidence.now - SPAN, link=evidence.link)
    if back is None or back.times < OFTEN or back.kind.harmless:
        return
    if not any(kind is back.kind for kind in errors_going_on(evidence, log)):
        yield of_kind(
            evidence, "errors_recur", "info", back.kind, f"an error comes back: {back.says}"
        )
