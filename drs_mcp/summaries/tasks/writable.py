"""Whether the destination's read-only state has been lifted (`is_writable` of Table 5)."""

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import word
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.quoted import Name
from drs_mcp.summaries.answer import Answer, Closing

_HEADLINES = {
    "SUCCESS": "The destination's read-only state has been lifted: it accepts writes.",
    "PENDING": "The destination's read-only state is being lifted; ask again in some seconds.",
    None: "No lift of the destination's read-only state is known. That does not say it is "
    "read-only: get_job_detail shows whether the task made it so.",
}


class WritableAnswer(Answer, Closing):
    """Answer of `get_writable_status`."""

    is_writable: Name | None = None
    lifted: bool | None = None


def writable_answer(job: Job) -> WritableAnswer:
    """Summarise `is_writable`; absent means that no lift is known, never "read-only"."""
    state = word(job.get("is_writable"))
    headline = (
        _HEADLINES.get(state)
        or f"DRS answers {as_word(state) or 'something'} of the read-only state."
    )
    return WritableAnswer(
        headline=headline,
        is_writable=state.lower() if state else None,
        lifted=True if state == "SUCCESS" else False if state == "PENDING" else None,
    )
