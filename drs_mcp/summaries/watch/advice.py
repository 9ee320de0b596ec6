"""What to do about a task that cannot move by itself: by the rule that diagnoses it."""

from itertools import chain

from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.failure import find_failure
from drs_mcp.summaries.diagnosis.findings import RESUME
from drs_mcp.summaries.diagnosis.settings import find_status

ADVISED = frozenset({"failed", "paused"})
"""Groups of statuses of which only the log tells whether, and how, a task can go on."""


def advice(evidence: Evidence) -> str:
    """Cause, fix and whether it can be resumed, in sentences; empty where the log is unread."""
    if evidence.log is None or evidence.state.group not in ADVISED:
        return ""
    found = next(chain(find_failure(evidence), find_status(evidence)), None)
    if found is None:
        return ""

    resume = "" if "full copy" in found.fix else RESUME.get(found.resume, "")
    return " ".join(filter(None, (found.cause, found.fix, resume)))
