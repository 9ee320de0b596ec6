"""Tools about checks that somebody started: pre-check and connection tests."""

from typing import Literal

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.reads.checks.network import read_network_test
from drs_mcp.reads.checks.precheck import read_precheck
from drs_mcp.reads.tasks import show
from drs_mcp.summaries.checks.network import NetworkAnswer, network_answer
from drs_mcp.summaries.checks.one_key_diagnosis import diagnosis_report
from drs_mcp.summaries.checks.precheck import (
    PrecheckAnswer,
    last_precheck_answer,
    precheck_answer,
)
from drs_mcp.tools.arguments import Full, Job, Offset, QueryId


async def get_precheck(
    drs: Connection,
    job: Job,
    query_id: QueryId = "",
    kind: Literal["precheck", "diagnosis"] = "precheck",
    offset: Offset = 0,
    full: Full = False,
) -> PrecheckAnswer:
    """Whether a DRS task may start: failed and alarming items of its newest pre-check, with cause and fix.

    query_id reads another one; with kind=diagnosis the one-key diagnosis of that query_id.
    """
    if kind == "diagnosis":
        report = await show(drs, job, DetailQuery(kind, query_id=query_id))
        return diagnosis_report(report, job_ref=job, query_id=query_id, offset=offset, full=full)
    found, link = await read_precheck(drs, job, query_id)
    if not query_id:
        return last_precheck_answer(found, job_ref=job, link=link, offset=offset, full=full)
    return precheck_answer(
        {"precheck_result": found},
        job_ref=job,
        query_id=query_id,
        link=link,
        offset=offset,
        full=full,
    )


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
    found, detail = await read_network_test(drs, job, DetailQuery(kind, query_id=query_id))
    return network_answer(found, detail, job_ref=job, kind=kind, query_id=query_id, offset=offset)
