"""Spans of clients' messages: our names, codes and types, and nothing that a client wrote."""

import pytest
from mcp import Client, MCPError

from drs_mcp.embedded import embedded_server
from drs_mcp.serving.result import RenderOptions
from tests.support.spans import collected

pytestmark = pytest.mark.anyio

PLANTED = "planted-by-a-caller"


@pytest.fixture(scope="module")
def exporter():
    with collected() as made:
        yield made


def shown(span):
    return f"{span.name} {dict(span.attributes)} {span.status.description} {span.events} " + str(
        span.context.trace_state
    )


async def asked(client):
    """Every way to bring a word of one's own."""
    await client.call_tool("list_jobs", {})
    await client.call_tool(PLANTED, {"job": PLANTED})
    await client.call_tool("get_logs", {"job": PLANTED, PLANTED: PLANTED})
    for ask in (
        lambda: client.get_prompt(PLANTED),
        lambda: client.get_prompt("cutover-check", {PLANTED: PLANTED}),
        lambda: client.read_resource(f"drs://{PLANTED}"),
        lambda: client.read_resource(f"drs://knowledge/failures/{PLANTED}"),
    ):
        with pytest.raises(MCPError):
            await ask()


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_nothing_that_a_client_wrote_stands_in_a_span(exporter, mode):
    exporter.clear()
    async with Client(embedded_server(RenderOptions()), mode=mode) as client:
        await asked(client)
    spans = exporter.get_finished_spans()
    ours = [span for span in spans if span.instrumentation_scope.name == "drs_mcp"]
    names = {span.name for span in ours}
    assert {"tools/call list_jobs", "tools/call _OTHER", "prompts/get _OTHER"} <= names
    assert "resources/read" in names
    for span in ours:
        assert PLANTED not in shown(span)
        assert span.status.description is None
        assert not span.events


async def test_a_failure_is_told_by_its_code_or_its_type(exporter):
    exporter.clear()
    async with Client(embedded_server(RenderOptions())) as client:
        await asked(client)
    kinds = {
        (span.name, span.attributes.get("error.type"))
        for span in exporter.get_finished_spans()
        if span.instrumentation_scope.name == "drs_mcp" and "error.type" in span.attributes
    }
    assert ("tools/call _OTHER", "tool_error") in kinds
    assert ("prompts/get _OTHER", "-32602") in kinds


async def test_a_request_to_drs_is_a_child_of_the_tools_span(exporter):
    exporter.clear()
    async with Client(embedded_server(RenderOptions())) as client:
        await client.call_tool("list_jobs", {})
    spans = exporter.get_finished_spans()
    (call,) = [span for span in spans if span.name == "tools/call list_jobs"]
    requests = [span for span in spans if span.name.startswith("GET ")]
    assert requests
    assert {span.parent.span_id for span in requests} == {call.context.span_id}
