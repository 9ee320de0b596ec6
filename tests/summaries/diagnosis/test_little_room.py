"""A diagnosis within the least budget: cause, fix and the call for the rest stay."""

import pytest

from drs_mcp.serving.budget import LEAST_CHARS, compact
from drs_mcp.simulator import Simulator, World
from tests.support.diagnosed import diagnose, task
from tests.support.tool_calls import answer_of, client_of

pytestmark = pytest.mark.anyio


def line(level, at, message):
    return {"level": level, "create_time": at, "message": message}


ERRORS = [
    ("mysql-to-mysql", "binlog mysql-bin.000031 has been purged at the source"),
    (
        "postgresql-to-gaussdbv5",
        'can no longer get changes from replication slot "drs_7", it was invalidated',
    ),
    (
        "mongodb-to-dds",
        "Resume of change stream was not possible, as the resume point may no longer be in the oplog.",
    ),
    ("oracle-to-gaussdbv5", "ORA-01017: invalid username/password; logon denied"),
    ("mysql-to-mysql", "ERROR 1114 (HY000): The table 'leads' is full"),
]


def failed(link, error):
    log = [
        line("Error", f"@-{at}m", f"service LOGMANAGER failed, cause by: {error}")
        for at in (90, 80, 70)
    ]
    log += [
        line("Warn", "@-95m", "Memory of the node at 91%."),
        line("Error", "@-60m", "任务失败。"),
    ]
    return task("fatal-error", job__base_info__engine_type=link, log=log)


@pytest.mark.parametrize(("link", "error"), ERRORS)
async def test_cause_fix_and_the_call_for_the_rest_stay(link, error):
    one = failed(link, error)
    whole = (await diagnose(one)).findings[0]
    async with client_of(Simulator(world=World([one]))) as client:
        arguments = {"job": one["id"], "max_chars": LEAST_CHARS}
        told = answer_of(await client.call_tool("diagnose_job", arguments))
    assert len(compact(told)) <= LEAST_CHARS
    assert whole["cause"] in told["headline"]
    assert whole["fix"] in told["headline"]
    assert told["next"][0]["tool"] == "diagnose_job"
    assert told["gave_up_at"]


@pytest.mark.parametrize(("link", "error"), ERRORS)
async def test_the_log_tells_cause_and_fix_too(link, error):
    one = failed(link, error)
    async with client_of(Simulator(world=World([one]))) as client:
        asked = {"job": one["id"], "view": "patterns"}
        whole = answer_of(await client.call_tool("get_logs", asked))
        told = answer_of(await client.call_tool("get_logs", asked | {"max_chars": LEAST_CHARS}))
    cause, fix = whole["causes"]["rows"][0][1:3]
    assert len(compact(told)) <= LEAST_CHARS
    said = f"{told['headline']} {told['causes'].get('rows')}"
    assert cause in said
    assert fix in said
    assert told["next"][0]["tool"] == "get_logs"
