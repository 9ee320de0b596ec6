"""The tools that answer whole questions, from several reads at once."""

from drs_mcp.api.connections import Connection
from drs_mcp.reads.diagnosis import gather
from drs_mcp.summaries.diagnosis import DiagnosisAnswer, diagnosis_answer
from drs_mcp.tools.arguments import Job


async def diagnose_job(drs: Connection, job: Job) -> DiagnosisAnswer:
    """Is a task healthy, and if not, why: verdict, root cause, evidence, known fix, what is ruled out.

    Reads detail, progress, log, comparisons and subtasks at once; names what it could not read.
    Start here for "why did it fail" and "is it well".
    """
    return diagnosis_answer(await gather(drs, job))
