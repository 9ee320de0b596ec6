"""What came of reading a comparison."""

from collections.abc import Callable
from dataclasses import dataclass, field

from drs_mcp.api.wire.values import Row
from drs_mcp.reads.comparisons.tasks import result_of
from drs_mcp.summaries.answer import Read
from drs_mcp.summaries.comparisons.detail import EVERYTHING
from drs_mcp.summaries.comparisons.evidence.facts import Reach
from drs_mcp.summaries.comparisons.tasks import CompareTask


@dataclass(frozen=True)
class ReadComparison:
    """What was read: which comparison, how much and how far, and what to note.

    `job_id` is the task under whose ID it stands.
    `overview` is that of an object comparison (Table 41).
    """

    task: CompareTask | None
    task_id: str
    read: Read | None
    notes: list[str]
    reach: Reach = EVERYTHING
    overview: Row = field(default_factory=dict)
    job_id: str = ""


def rows_under(name: str) -> Callable[[Row], object]:
    """Where a list stands in a `job` object, by its field in Table 40."""
    return lambda job: result_of(job).get(name)
