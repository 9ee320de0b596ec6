"""The tools that act. They are there only where the operator has turned them on."""

from typing import Annotated

from pydantic import Field

from drs_mcp.actions.answer import ActionAnswer, action_answer
from drs_mcp.actions.catalogue import ACTIONS, Check, Operation
from drs_mcp.actions.perform import perform
from drs_mcp.actions.question import Asker, Wanted
from drs_mcp.actions.waiting import WAITED_FOR, wait_for_check
from drs_mcp.api.connections import Connection
from drs_mcp.reads.progress_reporter import ProgressReporter, ignore_progress

ExactJob = Annotated[
    str, Field(min_length=1, max_length=128, description="Task ID or its exact whole name.")
]


async def start_check(
    drs: Connection,
    job: ExactJob,
    check: Check,
    asker: Asker,
    compare_task_id: Annotated[str, Field(max_length=64, description="For cancel_compare.")] = "",
    source_db_name: Annotated[
        str,
        Field(max_length=256, description="For line_compare and content_compare: one database."),
    ] = "",
    wait_s: Annotated[
        int, Field(ge=0, le=120, description="For a pre-check or diagnosis to end.")
    ] = 30,
    reporter: ProgressReporter = ignore_progress,
) -> ActionAnswer:
    """Start a check of a task, after a human has confirmed it: pre-check, one-key diagnosis, comparison; or cancel a comparison.

    Call it only where the user wants that check run. The call in `next` reads the result. Outcome
    `unknown` means: look, never start it again by yourself.
    """
    wanted = Wanted(ACTIONS[check], job, compare_task_id, source_db_name)
    performed = await perform(drs, wanted, asker)
    settled = performed.settled
    if check not in WAITED_FOR or settled.outcome != "done" or not settled.query_id:
        return action_answer(performed)
    state = await wait_for_check(
        performed.drs,
        performed.before.job_id,
        check,
        settled.query_id,
        wait_s,
        reporter,
    )
    return action_answer(performed, state)


async def control_job(
    drs: Connection, job: ExactJob, operation: Operation, asker: Asker
) -> ActionAnswer:
    """Start, pause or resume (retry) a task, after a human has typed its name.

    Changes what is written to the destination database: call it only where the user asks for just
    that. Outcome `unknown` means: look, never send it again by yourself.
    """
    return action_answer(await perform(drs, Wanted(ACTIONS[operation], job), asker))
