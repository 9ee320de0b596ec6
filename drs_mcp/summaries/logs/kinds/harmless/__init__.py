"""Which lines of a log tell nothing of the task: settings, hints, and what is outside of it."""

from drs_mcp.summaries.logs.kinds.harmless.no_event import events_alone
from drs_mcp.summaries.logs.kinds.harmless.outside import within_task
from drs_mcp.text_cache import text_cache


@text_cache(4096)
def told_of_task(text: str) -> str:
    """What a text, in simplified characters, tells of its task's own events."""
    return events_alone(within_task(text))
