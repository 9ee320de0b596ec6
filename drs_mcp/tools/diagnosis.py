"""The tools that answer whole questions, from several reads at once."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from drs_mcp.api.connections import Connection
from drs_mcp.reads.cutover import gather_cutover
from drs_mcp.reads.diagnosis import gather
from drs_mcp.summaries.cutover.answer import CutoverAnswer, cutover_answer
from drs_mcp.summaries.cutover.evidence import CutoverOptions
from drs_mcp.summaries.diagnosis.answer import DiagnosisAnswer, diagnosis_answer
from drs_mcp.tools.arguments import Job


async def diagnose_job(drs: Connection, job: Job) -> DiagnosisAnswer:
    """Why a DRS task failed, stopped or lags, or whether it is healthy: root cause, evidence, fix.

    Reads detail, progress, log, comparisons, subtasks at once; says what is ruled out and what it
    could not read.
    """
    return diagnosis_answer(await gather(drs, job))


async def check_cutover(
    drs: Connection,
    job: Job,
    max_delay_s: Annotated[int, Field(ge=0, le=86_400)] = 10,
    max_compare_age_h: Annotated[int, Field(ge=1, le=2160)] = 24,
    destination: Annotated[
        Literal["", "writable", "read_only"], Field(description="Default: as the task sets it.")
    ] = "",
    accept_uncompared: Annotated[
        bool, Field(description="Accept tables not compared, or not by value.")
    ] = False,
) -> CutoverAnswer:
    """Can we cut a DRS task over (switch, go live): ready, not_ready or unknown, evidence per criterion.

    Phase, delay, objects, newest comparisons, coverage, new errors, read-only state, subtasks.
    """
    options = CutoverOptions(
        max_delay_s=max_delay_s,
        max_compare_age=timedelta(hours=max_compare_age_h),
        destination=destination,
        accept_uncompared=accept_uncompared,
    )
    return cutover_answer(await gather_cutover(drs, job), options)
