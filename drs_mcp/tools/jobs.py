"""Tools about tasks as a whole: which there are, what one is, how far it is."""

from typing import Annotated, Literal

from pydantic import Field

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.reads.progress import read_progress
from drs_mcp.reads.tasks import list_tasks, list_tasks_of_all_profiles, show
from drs_mcp.summaries.health.progress import add_health
from drs_mcp.summaries.tasks.card import DetailAnswer, detail_answer
from drs_mcp.summaries.tasks.job_list import JobsAnswer, jobs_answer
from drs_mcp.summaries.tasks.progress import ProgressAnswer, progress_answer
from drs_mcp.summaries.tasks.sections import Section, opened_section
from drs_mcp.tools.arguments import Full, Job, Limit, Offset

State = Annotated[
    str,
    Field(
        max_length=400,
        description="failed, running, waiting, paused, finished, configuration, changing, deleted; "
        "several by comma.",
    ),
]


async def list_jobs(
    drs: Connection,
    name: Annotated[str, Field(max_length=64, description="Part of the task name.")] = "",
    state: State = "",
    job_type: Literal["", "migration", "sync", "cloudDataGuard", "replay"] = "",
    engine_type: Annotated[
        str, Field(max_length=64, description="Part of it: oracle, to-mysql.")
    ] = "",
    all_profiles: Annotated[bool, Field(description="Of every configured profile.")] = False,
    view: Annotated[
        Literal["short", "wide"],
        Field(description="wide: billing, network, role, actions."),
    ] = "short",
    offset: Offset = 0,
    limit: Limit = 50,
    full: Full = False,
) -> JobsAnswer:
    """Which DRS tasks there are, what runs, what failed: counts by state, then a row each, failed first.

    Start here when no task is named. Migration, synchronization, disaster recovery
    (cloudDataGuard), workload replay; with subtasks.
    """
    tasks, missing = await (list_tasks_of_all_profiles(drs) if all_profiles else list_tasks(drs))
    answer = jobs_answer(
        tasks,
        name=name,
        state=state,
        job_type=job_type,
        engine_type=engine_type,
        offset=offset,
        limit=limit,
        all_profiles=all_profiles,
        wide=view == "wide",
        proven=not missing,
        full=full,
    )
    answer.notes += missing
    return answer


async def get_job_detail(
    drs: Connection, job: Job, section: Section = "", offset: Offset = 0
) -> DetailAnswer:
    """How a DRS task is set up: status, engines, endpoints (IP, port), conflict policy, schedule, billing.

    Not how far it is (get_progress) or why it failed (diagnose_job). `section`: the raw settings of
    one area, or `all`.
    """
    found = await show(drs, job, DetailQuery("detail"))
    if section:
        return opened_section(found, section, job_ref=job, offset=offset)
    return detail_answer(found, job_ref=job, now=drs.client.limits.clock.utc_now())


async def get_progress(drs: Connection, job: Job, full: Full = False) -> ProgressAnswer:
    """How far a DRS task is: phase, percent of that phase, delay (lag) in s, object counts, node load.

    100 percent in the incremental phase is not done: see delay_s, then compare.
    """
    read, now = await read_progress(drs, job), drs.client.limits.clock.utc_now()
    answer = progress_answer(read.progress, read.detail, job_ref=job, now=now, full=full)
    add_health(answer, read.health, read.tables, now)
    return answer
