"""What DRS compares by itself, beside the comparisons that somebody created."""

from drs_mcp.clock import iso
from drs_mcp.summaries.comparisons.tasks import CompareTasksAnswer
from drs_mcp.summaries.health.scheduled import Scheduled

_MOST = 10


def add_scheduled(answer: CompareTasksAnswer, scheduled: Scheduled | None) -> None:
    """Add to the list of comparisons what runs on a schedule."""
    if scheduled is None or not (scheduled.policy.open or scheduled.runs):
        return
    if scheduled.policy.open:
        answer.next_scheduled = iso(scheduled.policy.next_at) if scheduled.policy.next_at else None
        answer.notes.append(f"{scheduled.policy.says[0].upper()}{scheduled.policy.says[1:]}.")
    answer.scheduled = [run.told for run in scheduled.runs[:_MOST]]
