"""Every tool call leaves exactly one audit line, whatever becomes of it; and its span and time."""

import io
import json

import anyio
import httpx2
import pytest
from mcp import Client
from opentelemetry import metrics
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from drs_mcp.embedded import embedded_server
from drs_mcp.errors import SettingsError
from drs_mcp.ledger import Ledger
from drs_mcp.observe.audit import AuditLog, Call
from drs_mcp.observe.telemetry import DURATION, record_duration, request_span
from drs_mcp.serving.accounting import Accounting
from drs_mcp.serving.result import RenderOptions
from drs_mcp.simulator import Faults, Simulator
from tests.conftest import DrivenClock
from tests.support.spans import collected

pytestmark = pytest.mark.anyio


class Audited:
    """A server over an embedded DRS whose audit log is kept in memory."""

    def __init__(self, tmp_path, simulator=None, wrap_wire=None):
        self.file = tmp_path / "audit.jsonl"
        clock = DrivenClock()
        self.server = embedded_server(
            RenderOptions(),
            simulator=simulator or Simulator(),
            clock=clock,
            accounting=Accounting(clock, AuditLog(clock, str(self.file))),
            wrap_wire=wrap_wire,
        )

    @property
    def lines(self):
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
    AuditLog(DrivenClock(), str(file)).write(
        Call("get_logs", "ok", "", "a\nb", "evil\x1b[0m", 0.01, 5), ledger
    )
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
    AuditLog(DrivenClock(), "stderr").write(Call("t", "ok", "", "stdio", "", 0, 0), Ledger())
    assert json.loads(out.getvalue())["tool"] == "t"


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
    }
    assert len(requests) == audited.lines[0]["upstream_requests"]
    for span in requests:
        assert set(span.attributes) == {
            "http.request.method", "url.template", "server.address",
            "http.response.status_code", "drs.request_id",
        }  # fmt: skip


def test_an_error_in_a_span_is_told_by_its_type_alone(spans):
    spans.clear()
    with pytest.raises(ValueError, match="planted"), request_span("/x", "h"):
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
