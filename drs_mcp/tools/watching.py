"""The tool that waits for a task to move."""

from typing import Annotated

from pydantic import Field

from drs_mcp.api.connections import Connection
from drs_mcp.reads.progress_reporter import ProgressReporter, ignore_progress
from drs_mcp.reads.watching import WatchTarget, watch
from drs_mcp.summaries.watch.answer import Until, WatchAnswer, watch_answer
from drs_mcp.summaries.watch.handle import MOST_CHARS
from drs_mcp.tools.arguments import Job


async def watch_job(
    drs: Connection,
    job: Job,
    until: Until = "",
    timeout_s: Annotated[int, Field(ge=0, le=600, description="Many hosts give up at 60.")] = 45,
    since: Annotated[str, Field(max_length=MOST_CHARS, description="From the last answer.")] = "",
    interval_s: Annotated[int, Field(ge=10, le=60)] = 10,
    reporter: ProgressReporter = ignore_progress,
) -> WatchAnswer:
    """Wait until a DRS task changes: status, phase, a threshold crossed, a new finding.

    Returns at that, at `until`, at timeout_s, or at once if the task cannot move by itself. To go
    on, call with its `since`. For one look: get_progress.
    """
    target = WatchTarget(
        job=job, until=until, timeout_s=timeout_s, since=since, interval_s=interval_s
    )
    return watch_answer(await watch(drs, target, reporter))
