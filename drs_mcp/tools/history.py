"""The tool about what happened to a task."""

from typing import Annotated, Literal

from pydantic import Field

from drs_mcp.api.connections import Connection
from drs_mcp.errors import ArgumentError
from drs_mcp.reads.history import read_history
from drs_mcp.reads.tasks import resolve
from drs_mcp.reads.trend import read_figures
from drs_mcp.summaries.health.past.history import (
    HistoryAnswer,
    ListKind,
    history_answer,
    trend_answer,
)
from drs_mcp.summaries.health.past.trend import gaps
from drs_mcp.summaries.watch.handle import MOST_CHARS, check_task, samples_in
from drs_mcp.summaries.watch.samples import series_of
from drs_mcp.tools.arguments import Full, Job, Offset


async def get_history(
    drs: Connection,
    job: Job,
    kind: Literal[ListKind, "trend"],
    since: Annotated[str, Field(max_length=MOST_CHARS, description="trend: of watch_job.")] = "",
    offset: Offset = 0,
    full: Full = False,
) -> HistoryAnswer:
    """What happened to a DRS task: who did what (timeline), failed DDL, rejected rows, parameters, trend of the lag.

    Rejected rows: counts; one by one with `full`.
    """
    if kind == "trend":
        return await _trend(drs, job, since)
    block = await read_history(drs, job, kind, offset)
    return history_answer(
        kind,
        block.page,
        job_ref=job,
        offset=offset,
        begin=block.begin,
        phase=block.phase,
        full=full,
    )


async def _trend(drs: Connection, job: str, since: str) -> HistoryAnswer:
    job_id = await resolve(drs, job)
    if since:
        samples = samples_in(since)
        check_task(since, job_id)
        return trend_answer(series_of(samples), source="watch_job")
    if drs.cloud_eye is None:
        raise ArgumentError(
            "A trend is made of what watch_job saw: pass the `since` of its last answer. Of the last "
            "day it is told by Cloud Eye, where the operator sets cloud_eye = true in the profile."
        )
    figures = await read_figures(drs, drs.cloud_eye, job_id)
    answer = trend_answer(figures.series, source="Cloud Eye")
    answer.notes += gaps(figures.series, figures.expected, figures.asked_from)
    return answer
