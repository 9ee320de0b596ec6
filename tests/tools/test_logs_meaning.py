"""What `get_logs` says the newest error means: known failures, then the words of its engines."""

import httpx2
import pytest

from drs_mcp.tools.diagnosis import diagnose_job
from drs_mcp.tools.logs import get_logs
from tests.support.tool_calls import JOB, ask, connections

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("anyio_backend", ["asyncio"])]

PURGED = "service LOGMANAGER failed, cause by: "
ENGINES = {
    "mysql-to-mysql": "Could not find first log file name in binary log index file",
    "postgresql-to-postgresql": "requested WAL segment 0000000100000A2B000000C1 has already been removed",
    "mongodb-to-dds": "Command failed with error 286 (ChangeStreamHistoryLost)",
    "oracle-to-gaussdbv5": "ORA-01555: snapshot too old",
}
UNKNOWN = "service INCREMENT failed, cause by: the frobnicator is odd"


def world(message, engine, *, detail=200):
    """A failed task of that engine type whose log is one error."""
    asked = []
    line = {"level": "Error", "message": message, "create_time": "2026-11-20T07:00:00Z"}

    def answer(request):
        kind = request.url.params.get("type", "")
        asked.append(kind)
        if kind == "log":
            return httpx2.Response(200, json={"job": {"logs": [line], "total_count": 1}})
        if kind == "detail":
            base = {"name": "shop", "engine_type": engine}
            job = {"id": JOB, "status": "INCRE_TRANSFER_FAILED", "base_info": base}
            return httpx2.Response(detail, json={"job": job} if detail == 200 else {})
        return httpx2.Response(200, json={"job": {"id": JOB, "status": "INCRE_TRANSFER_FAILED"}})

    return httpx2.MockTransport(answer), asked


@pytest.mark.parametrize("engine", ENGINES)
async def test_the_log_and_the_diagnosis_say_the_same_of_an_error_in_a_database_s_words(engine):
    message = PURGED + ENGINES[engine]
    log = await ask(get_logs, world(message, engine)[0], job=JOB)
    diagnosis = await ask(diagnose_job, world(message, engine)[0], job=JOB)
    columns = diagnosis["findings"]["columns"]
    finding = dict(zip(columns, diagnosis["findings"]["rows"][0], strict=True))
    (cause,) = log["causes"]["rows"]
    assert cause[1:] == [finding["cause"], finding["fix"], "engine"]
    assert log["headline"].endswith(f"is explained by the database's documentation: {cause[0]}.")


async def test_the_words_of_an_engine_that_the_task_has_not_explain_nothing():
    message = PURGED + ENGINES["mysql-to-mysql"]
    answer = await ask(get_logs, world(message, "oracle-to-kafka")[0], job=JOB)
    assert answer["headline"].endswith("matches no known failure.")
    assert "causes" not in answer


async def test_an_error_that_nothing_explains_matches_no_known_failure():
    answer = await ask(get_logs, world(UNKNOWN, "mysql-to-mysql")[0], job=JOB)
    assert answer["headline"].endswith("matches no known failure.")


async def test_engines_that_cannot_be_read_are_said_to_be_so():
    wire, _ = world(PURGED + ENGINES["mysql-to-mysql"], "mysql-to-mysql", detail=403)
    async with connections(wire) as opened:
        drs = await opened.open()
        answer = await get_logs(drs, job=JOB)
    assert answer.headline.endswith("matches no known failure.")
    assert drs.notes == [
        "The task's engines could not be read: what they mean by it is unknown.",
    ]


KNOWN = "An error occurred in the process DATAMOVE: Invalid GIS data provided to function st_geometryfromtext'"


@pytest.mark.parametrize(("message", "kinds"), [(UNKNOWN, {"log", "detail"}), (KNOWN, {"log"})])
async def test_the_engines_are_asked_for_only_where_the_newest_error_is_no_known_failure(
    message, kinds
):
    wire, asked = world(message, "mysql-to-mysql")
    answer = await ask(get_logs, wire, job=JOB)
    assert set(asked) == kinds
    assert ("is known" in answer["headline"]) == (message == KNOWN)
