"""Tools about checks that somebody started: pre-check and connection tests."""

from typing import Literal

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.reads.tasks import show
from drs_mcp.summaries.checks.network import NetworkAnswer, network_answer
from drs_mcp.summaries.checks.precheck import PrecheckAnswer, precheck_answer
from drs_mcp.tools.arguments import Job, Offset, QueryId


async def get_precheck(
    drs: Connection, job: Job, query_id: QueryId = "", offset: Offset = 0
) -> PrecheckAnswer:
    """The result of a DRS pre-check: failed and alarming items with cause and fix; counts of the rest.

    Needs the query_id that starting the check returned; DRS lists no past ones.
    """
    found = await show(drs, job, DetailQuery("precheck", query_id=query_id))
    return precheck_answer(found, job_ref=job, query_id=query_id, offset=offset)


async def get_network_test(
    drs: Connection,
    job: Job,
    query_id: QueryId = "",
    kind: Literal["network", "cloud_connection"] = "network",
    offset: Offset = 0,
) -> NetworkAnswer:
    """The result of a DRS connection test: which database address was reached, which not and why.

    Needs the query_id that starting the test returned. `cloud_connection`: of a workload replay
    from another cloud.
    """
    found = await show(drs, job, DetailQuery(kind, query_id=query_id))
    return network_answer(found, job_ref=job, kind=kind, query_id=query_id, offset=offset)
