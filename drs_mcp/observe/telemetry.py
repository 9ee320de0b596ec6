"""OpenTelemetry: a span around each request to DRS, a histogram of how long tools take.

Only the API is needed, which mcp brings; it does nothing until an SDK is set up. `configure` does
that when the extra `otel` is installed and the environment names an exporter.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from opentelemetry import metrics, trace
from opentelemetry.trace import SpanKind, Status, StatusCode

from drs_mcp import __version__

NAME: Final = "drs_mcp"
DURATION: Final = "mcp.server.operation.duration"
BOUNDARIES_S: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300)
_REQUEST_ID: Final = re.compile(r"[0-9a-fA-F-]{16,64}")
_EXPORTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


class Span:
    """A request's span, as far as the client fills it in."""

    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def answered(self, status: int, request_id: str | None) -> None:
        """The answer's status and DRS's request ID, if it looks like one: words would be theirs."""
        self._span.set_attribute("http.response.status_code", status)
        if request_id is not None and _REQUEST_ID.fullmatch(request_id):
            self._span.set_attribute("drs.request_id", request_id)
        if status >= 400:
            self._span.set_status(Status(StatusCode.ERROR))


@contextmanager
def request_span(method: str, route: str, host: str) -> Iterator[Span]:
    """A span around one request: its route without IDs, never its query, headers or bodies.

    An exception is told by its type alone: its text could hold what DRS said.
    """
    attributes = {
        "http.request.method": method,
        "url.template": route,
        "server.address": host,
    }
    tracer = trace.get_tracer(NAME, __version__)
    with tracer.start_as_current_span(
        f"{method} {route}",
        kind=SpanKind.CLIENT,
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        try:
            yield Span(span)
        except Exception as error:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(Status(StatusCode.ERROR))
            raise


def record_duration(tool: str, seconds: float, outcome: str, transport: str) -> None:
    """Add one tool call to the histogram; a failed tool counts as an error."""
    attributes = {
        "mcp.method.name": "tools/call",
        "gen_ai.tool.name": tool,
        "network.transport": transport,
    }
    if outcome != "ok":
        attributes["error.type"] = outcome
    _duration.record(seconds, attributes)


# Made once: the API keeps each one it hands out, and they all follow a provider that is set later.
_duration: Final = metrics.get_meter(NAME, __version__).create_histogram(
    DURATION,
    unit="s",
    description="Duration of a tool call.",
    explicit_bucket_boundaries_advisory=BOUNDARIES_S,
)


def configure() -> bool:
    """Set up the SDK if it is installed and an exporter is named; whether it was."""
    if not any(os.environ.get(name) for name in _EXPORTS):
        return False
    try:
        from drs_mcp.observe.export import set_up  # noqa: PLC0415  needs the extra `otel`
    except ImportError:
        return False
    set_up(NAME, __version__)
    return True
