"""Every access leaves one audit line, or is counted as dropped; and a call its span and its time."""

import io
import json
import logging
import threading
from pathlib import Path

import anyio
import httpx2
import pytest
from mcp import Client, MCPError
from mcp.types import PromptReference
from opentelemetry import metrics
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from drs_mcp.embedded import embedded_server
from drs_mcp.errors import AuditError, SettingsError
from drs_mcp.ledger import Ledger
from drs_mcp.observe.audit import AuditLog, Call, audit_log
from drs_mcp.observe.telemetry import DURATION, record_duration, request_span
from drs_mcp.serving.accounting import Accounting
from drs_mcp.serving.result import RenderOptions
from drs_mcp.simulator import Faults, Simulator
from tests.conftest import DrivenClock
from tests.support.spans import collected

pytestmark = pytest.mark.anyio

CALL = Call("t", "ok", "", "stdio", "", 0, 0)


class Audited:
    """A server over an embedded DRS whose audit log is kept in memory."""

    def __init__(self, tmp_path, simulator=None, wrap_wire=None):
        self.file = tmp_path / "audit.jsonl"
        clock = DrivenClock()
        self.log = AuditLog(clock, str(self.file))
        self.server = embedded_server(
            RenderOptions(),
            simulator=simulator or Simulator(),
            clock=clock,
            accounting=Accounting(clock, self.log),
            wrap_wire=wrap_wire,
        )

    @property
    def lines(self):
        assert self.log.flush()
        return [json.loads(line) for line in self.file.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_call_that_succeeds_is_told_with_what_it_cost_and_without_its_result(
    tmp_path, mode
):
    audited = Audited(tmp_path)
    async with Client(audited.server, mode=mode) as client:
        await client.call_tool("get_logs", {"job": "shop-mysql-sync", "level": "error"})
    (line,) = audited.lines
    assert line["tool"] == "get_logs"
    assert line["arguments"].items() >= {"job": "shop-mysql-sync", "level": "error"}.items()
    assert line["outcome"] == "ok"
    assert line["caller"] == "stdio"
    assert line["client"].startswith("mcp")
    assert line["upstream_requests"] >= 13
    assert line["upstream_bytes"] > 1_000_000
    assert len(line["request_ids"]) >= 4
    assert line["answer_bytes"] > 500
    assert line["at"] == "2026-11-20T08:00:00.000+00:00"
    assert "Duplicate" not in json.dumps(line)


async def test_a_call_whose_arguments_do_not_fit_is_told_without_them(tmp_path):
    audited = Audited(tmp_path)
    async with Client(audited.server) as client:
        await client.call_tool("get_logs", {"job": "x", "limit": -1, "planted": "secret"})
    (line,) = audited.lines
    assert line["outcome"] == "refused"
    assert "arguments" not in line
    assert "secret" not in json.dumps(line)


async def test_a_call_that_drs_refuses_is_told_with_the_error_and_its_code(tmp_path):
    faults = Faults()
    faults.forbid(times=None)
    audited = Audited(tmp_path, Simulator(faults=faults))
    async with Client(audited.server) as client:
        await client.call_tool("list_jobs", {})
    (line,) = audited.lines
    assert line["outcome"] == "NotPermitted"
    assert line["code"] == "APIGW.0302"


async def test_a_call_that_is_cancelled_is_told(tmp_path):
    arrived = anyio.Event()

    class Hanging(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, _):
            arrived.set()
            await anyio.sleep_forever()

    audited = Audited(tmp_path, wrap_wire=lambda _: Hanging())
    with anyio.fail_after(10):
        async with Client(audited.server) as client:
            async with anyio.create_task_group() as calls:
                calls.start_soon(client.call_tool, "list_jobs", {})
                await arrived.wait()
                calls.cancel_scope.cancel()
            while not audited.lines:
                await anyio.lowlevel.checkpoint()
    (line,) = audited.lines
    assert line["outcome"] == "cancelled"


def test_what_others_wrote_cannot_forge_a_line(tmp_path):
    file = tmp_path / "audit.jsonl"
    ledger = Ledger(arguments={"job": 'x"}\n{"audit":1,"tool":"forged"}\r\u2028', "limit": 5})
    log = AuditLog(DrivenClock(), str(file))
    log.write(Call("get_logs", "ok", "", "a\nb", "evil\x1b[0m", 0.01, 5), ledger)
    assert log.flush()
    lines = file.read_text("utf-8").splitlines()
    assert len(lines) == 1
    assert json.loads(lines[0])["caller"] == "a b"
    assert "\\u001b" not in lines[0]


def test_an_audit_file_that_cannot_be_written_is_a_clear_error(tmp_path):
    with pytest.raises(SettingsError, match="DRS_MCP_AUDIT must be off, stderr or a file"):
        AuditLog(DrivenClock(), str(tmp_path))


def test_audit_lines_go_to_stderr_when_asked(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    log = AuditLog(DrivenClock(), "stderr")
    log.write(Call("t", "ok", "", "stdio", "", 0, 0), Ledger())
    assert log.flush()
    assert json.loads(out.getvalue())["tool"] == "t"


# -- every access ---------------------------------------------------------------------------------


async def refused(ask):
    with pytest.raises(MCPError) as found:
        await ask
    return found.value.message


async def lines_after(tmp_path, ask, mode="auto", **kwargs):
    audited = Audited(tmp_path, **kwargs)
    async with Client(audited.server, mode=mode) as client:
        await ask(client)
    return audited.lines


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_resources_prompts_and_completion_leave_a_line_each(tmp_path, mode):
    async def ask(client):
        await client.read_resource("drs://jobs/shop-mysql-sync")
        await client.get_prompt("troubleshoot-failed-task", {"job": "shop-mysql-sync"})
        ref = PromptReference(name="troubleshoot-failed-task")
        await client.complete(ref, {"name": "job", "value": "sh"})

    resource, prompt, completion = await lines_after(tmp_path, ask, mode)
    assert {line["outcome"] for line in (resource, prompt, completion)} == {"ok"}
    assert resource.items() >= {
        "access": "resource", "resource": "drs://jobs/shop-mysql-sync", "caller": "stdio",
    }.items()  # fmt: skip
    assert resource["upstream_requests"] >= 1
    assert resource["answer_bytes"] > 300
    assert prompt.items() >= {
        "access": "prompt", "prompt": "troubleshoot-failed-task",
        "arguments": {"job": "shop-mysql-sync"}, "upstream_requests": 0,
    }.items()  # fmt: skip
    assert completion.items() >= {
        "access": "completion", "completion": "job", "arguments": {"job": "sh"},
    }.items()  # fmt: skip
    assert completion["upstream_requests"] >= 1


async def test_what_there_is_not_is_told_as_unknown_and_without_arguments(tmp_path):
    async def ask(client):
        await client.call_tool("drop_database", {"job": "planted"})
        await refused(client.get_prompt("no-such-prompt", {"job": "planted"}))
        await refused(client.read_resource("file:///etc/passwd"))
        await refused(client.read_resource("drs://knowledge/failures/no-such-failure"))

    lines = await lines_after(tmp_path, ask)
    assert [line["outcome"] for line in lines] == ["unknown"] * 4
    assert [line[line["access"]] for line in lines] == [
        "drop_database", "no-such-prompt", "file:///etc/passwd", "drs://knowledge/failures/no-such-failure",
    ]  # fmt: skip
    assert not any("arguments" in line for line in lines)


async def test_arguments_of_a_prompt_that_do_not_fit_are_refused_and_not_told(tmp_path):
    async def ask(client):
        await refused(client.get_prompt("troubleshoot-failed-task", {"planted": "x"}))

    (line,) = await lines_after(tmp_path, ask)
    assert line["outcome"] == "refused"
    assert "planted" not in json.dumps(line)


async def test_a_resource_that_drs_refuses_is_told_with_the_error_and_its_code(tmp_path):
    async def ask(client):
        await refused(client.read_resource("drs://jobs"))

    faults = Faults()
    faults.forbid(times=None)
    (line,) = await lines_after(tmp_path, ask, simulator=Simulator(faults=faults))
    assert (line["outcome"], line["code"]) == ("NotPermitted", "APIGW.0302")


async def test_an_unknown_prompt_is_refused_in_our_own_words_and_is_no_fault_of_ours(
    tmp_path, caplog
):
    async with Client(Audited(tmp_path).server) as client:
        text = await refused(client.get_prompt("planted\nname"))
    assert text.startswith("There is no prompt of that name. Prompts: ")
    assert "planted" not in text
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_what_is_listed_is_public_and_leaves_no_line(tmp_path):
    async def ask(client):
        await client.list_tools()
        await client.list_prompts()
        await client.list_resources()

    assert Audited(tmp_path).lines == []
    assert await lines_after(tmp_path, ask) == []


# -- sinks that fail ------------------------------------------------------------------------------

FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a disk that is full")


def server_of(log):
    return embedded_server(RenderOptions(), accounting=Accounting(DrivenClock(), log))


@FULL
async def test_a_full_disk_costs_lines_and_no_call():
    log = AuditLog(DrivenClock(), "/dev/full")
    async with Client(server_of(log)) as client:
        found = await client.call_tool("list_jobs", {})
    assert not found.is_error
    assert log.flush()
    assert log.dropped == 1


@FULL
async def test_a_full_disk_fails_every_call_where_lines_are_required_and_is_not_named():
    log = AuditLog(DrivenClock(), "/dev/full", required=True)
    async with Client(server_of(log)) as client:
        text = await refused(client.call_tool("list_jobs", {}))
        assert await refused(client.read_resource("drs://knowledge/statuses")) == text
    assert text.startswith("The audit line of this call was not written (OSError)")
    assert "DRS_MCP_AUDIT_REQUIRED" in text
    assert "/dev" not in text


async def test_a_call_waits_for_its_line_where_lines_are_required(tmp_path):
    file = tmp_path / "audit.jsonl"
    log = AuditLog(DrivenClock(), str(file), required=True)
    async with Client(server_of(log)) as client:
        await client.call_tool("list_jobs", {})
        (line,) = file.read_text("utf-8").splitlines()
    assert json.loads(line)["tool"] == "list_jobs"


async def test_a_line_is_written_before_what_must_not_happen_without_it(tmp_path):
    file = tmp_path / "audit.jsonl"
    await AuditLog(DrivenClock(), str(file)).write_now(CALL, Ledger())
    assert json.loads(file.read_text("utf-8"))["tool"] == "t"


@FULL
async def test_what_must_not_happen_without_its_line_is_told_that_there_is_none():
    for to in ("off", "/dev/full"):
        with pytest.raises(AuditError, match="was not written"):
            await AuditLog(DrivenClock(), to).write_now(CALL, Ledger())


async def test_a_line_that_is_late_is_withdrawn_and_the_call_fails(monkeypatch):
    gate, written = threading.Event(), []

    class Unread(io.StringIO):
        def write(self, text):
            assert gate.wait(10)
            written.append(text)

    monkeypatch.setattr("sys.stderr", Unread())
    log = AuditLog(DrivenClock(), "stderr", required=True, wait_s=0.05)
    log.write(CALL, Ledger())  # it hangs, and what comes later waits behind it
    async with Client(server_of(log)) as client:
        text = await refused(client.call_tool("list_jobs", {}))
    assert "not within 0.05 s" in text
    gate.set()
    assert log.flush()
    (line,) = written
    assert json.loads(line)["tool"] == "t"
    assert log.dropped == 1


async def test_the_next_line_that_gets_through_tells_how_many_did_not(tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    log = AuditLog(DrivenClock(), str(folder / "audit.jsonl"))
    (folder / "audit.jsonl").unlink()
    folder.rmdir()
    for _ in range(3):
        log.write(CALL, Ledger())
    assert log.flush()
    folder.mkdir()
    log.write(CALL, Ledger())
    log.write(CALL, Ledger())
    assert log.flush()
    first, second = map(json.loads, (folder / "audit.jsonl").read_text("utf-8").splitlines())
    assert first["dropped"] == 3
    assert "dropped" not in second


def test_lines_cannot_be_required_and_written_nowhere():
    with pytest.raises(SettingsError, match="DRS_MCP_AUDIT_REQUIRED is on"):
        AuditLog(DrivenClock(), "off", required=True)
    with pytest.raises(SettingsError, match="DRS_MCP_AUDIT_REQUIRED must be on or off"):
        audit_log(DrivenClock(), {"DRS_MCP_AUDIT_REQUIRED": "planted"}, "stderr")


def test_the_environment_says_where_lines_go_and_whether_they_are_required(tmp_path):
    environ = {"DRS_MCP_AUDIT": str(tmp_path / "a"), "DRS_MCP_AUDIT_REQUIRED": "on"}
    assert audit_log(DrivenClock(), environ).required
    assert not audit_log(DrivenClock(), {}).on
    assert audit_log(DrivenClock(), {}, "stderr").on


def test_arguments_are_quoted_however_deep_they_are(tmp_path):
    file = tmp_path / "audit.jsonl"
    log = AuditLog(DrivenClock(), str(file))
    hidden = "\u200bpassword=hunter2-hunter2"
    log.write(CALL, Ledger(arguments={"a": [{"b": hidden}], "c": ["x"] * 1000}))
    assert log.flush()
    (line,) = file.read_text("utf-8").splitlines()
    assert "hunter2" not in line
    assert "200b" not in line
    assert len(json.loads(line)["arguments"]["c"]) <= 50


# -- telemetry -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def spans():
    with collected() as exporter:
        yield exporter


@pytest.fixture(scope="module")
def reader():
    made = InMemoryMetricReader()
    metrics.set_meter_provider(MeterProvider([made]))
    return made


async def test_every_request_to_drs_has_a_span_without_ids_queries_or_what_drs_said(
    tmp_path, spans
):
    spans.clear()
    audited = Audited(tmp_path)
    async with Client(audited.server) as client:
        await client.call_tool("get_progress", {"job": "erp-oracle-gauss"})
    requests = [span for span in spans.get_finished_spans() if span.name.startswith("GET")]
    assert {span.name for span in requests} == {
        "GET /v5/{project_id}/jobs",
        "GET /v5/{project_id}/jobs/{job_id}",
        "GET /v5/{project_id}/jobs/{job_id}/increment-components-detail",
        "GET /v5/{project_id}/jobs/{job_id}/monitor-data",
    }
    assert len(requests) == audited.lines[0]["upstream_requests"]
    for span in requests:
        assert set(span.attributes) == {
            "http.request.method", "url.template", "server.address",
            "http.response.status_code", "drs.request_id",
        }  # fmt: skip


def test_a_request_id_stands_in_a_span_only_if_it_can_be_no_word(spans):
    spans.clear()
    for given in ("0123456789abcdef-0123", "follow_these_instructions", None):
        with request_span("GET", "/x", "h") as span:
            span.answered(200, given)
    found = [span.attributes.get("drs.request_id") for span in spans.get_finished_spans()]
    assert found == ["0123456789abcdef-0123", None, None]


def test_an_error_in_a_span_is_told_by_its_type_alone(spans):
    spans.clear()
    with pytest.raises(ValueError, match="planted"), request_span("GET", "/x", "h"):
        raise ValueError("planted secret")
    (span,) = spans.get_finished_spans()
    assert span.attributes["error.type"] == "ValueError"
    assert "planted" not in span.to_json()


def test_tool_calls_are_measured_and_failures_counted_as_errors(reader):
    record_duration("list_jobs", 0.3, "ok", "pipe")
    record_duration("list_jobs", 0.1, "Throttled", "pipe")
    found = json.loads(reader.get_metrics_data().to_json())
    named = [
        metric
        for resource in found["resource_metrics"]
        for scope in resource["scope_metrics"]
        for metric in scope["metrics"]
    ]
    (metric,) = [one for one in named if one["name"] == DURATION]
    points = metric["data"]["data_points"]
    assert sum(point["count"] for point in points) >= 2
    assert {point["attributes"].get("error.type") for point in points} >= {None, "Throttled"}
