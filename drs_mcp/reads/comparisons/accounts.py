"""Reading the newest comparison of accounts, where the task has one."""

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import ID
from drs_mcp.api.task_reads import TaskReads
from drs_mcp.reads.comparisons.tasks import comparisons_of
from drs_mcp.reads.optional import OptionalParts
from drs_mcp.summaries.comparisons.evidence.accounts import (
    AccountComparison,
    AccountFacts,
    account_facts,
)
from drs_mcp.summaries.comparisons.tasks import ACCOUNTS


async def read_accounts(
    drs: Connection, parts: OptionalParts, job_id: str
) -> AccountComparison | None:
    """The newest comparison of accounts; None where there is none.

    Raises:
        DrsError: the comparisons could not be listed.
    """
    listed = await comparisons_of(drs, job_id)
    task = next((one for one in listed.tasks if one.kind == ACCOUNTS), None)
    if task is None:
        return None
    if not task.finished or not ID.fullmatch(task.id):
        return AccountComparison(task, None)

    async def part() -> AccountFacts:
        reads = TaskReads(drs.client, listed.job_id)
        return account_facts(await reads.compared_accounts(task.id))

    return AccountComparison(task, await parts.read("comparison of accounts", part, of=task.id))
