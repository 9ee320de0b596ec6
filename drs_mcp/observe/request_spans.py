"""A span for each message of a client, in place of the SDK's.

The SDK's has the client's text in its name, its attributes and its status: whatever a tool was
called, the request's ID, and error texts, which repeat both. A reader of spans would be shown what
strangers wrote. These hold our own names, codes and types only.
"""

from collections.abc import Collection
from typing import Any, Final

from mcp import MCPError
from mcp.server._otel import OpenTelemetryMiddleware
from mcp.server.context import CallNext, HandlerResult, ServerMiddleware, ServerRequestContext
from mcp.types import INVALID_PARAMS, CallToolResult
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from pydantic import ValidationError

from drs_mcp import __version__
from drs_mcp.observe.telemetry import NAME

_TRACE: Final = "traceparent"
"""Numbers only; `tracestate` and baggage beside it are free text, and stay out."""
_METHODS: Final = frozenset(
    {
        "completion/complete",
        "initialize",
        "logging/setLevel",
        "notifications/cancelled",
        "notifications/initialized",
        "notifications/progress",
        "ping",
        "prompts/get",
        "prompts/list",
        "resources/list",
        "resources/read",
        "resources/templates/list",
        "server/discover",
        "tools/call",
        "tools/list",
    }
)
_NAME_OF: Final = {"tools/call": "gen_ai.tool.name", "prompts/get": "gen_ai.prompt.name"}
_OTHER: Final = "_OTHER"


class RequestSpans:
    """Middleware of the MCP server: a span around each message.

    Args:
        names: the names of all tools and prompts.
    """

    def __init__(self, names: Collection[str]) -> None:
        self._names = frozenset(names)

    async def __call__(
        self, ctx: ServerRequestContext[Any, Any], call_next: CallNext
    ) -> HandlerResult:
        """Serve the message; an error is told by its code or its type, never by its text."""
        method = ctx.method if ctx.method in _METHODS else _OTHER
        attributes = {"mcp.method.name": method}
        target = (ctx.params or {}).get("name")
        if (attribute := _NAME_OF.get(method)) is not None:
            known = isinstance(target, str) and target in self._names
            target = str(target) if known else _OTHER
            attributes[attribute] = target
        else:
            target = ""
        with trace.get_tracer(NAME, __version__).start_as_current_span(
            f"{method} {target}".strip(),
            kind=SpanKind.SERVER,
            attributes=attributes,
            context=_parent(ctx),
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                result = await call_next(ctx)
            except Exception as error:
                span.set_attribute("error.type", _kind(error))
                span.set_status(Status(StatusCode.ERROR))
                raise
            match result:
                case CallToolResult(is_error=True) | {"isError": True}:
                    span.set_attribute("error.type", "tool_error")
                    span.set_status(Status(StatusCode.ERROR))
            return result


def replace_sdk_spans(middleware: list[ServerMiddleware[Any]], names: Collection[str]) -> None:
    """Put our spans in the place of the SDK's, outermost."""
    kept = [one for one in middleware if not isinstance(one, OpenTelemetryMiddleware)]
    middleware[:] = [RequestSpans(names), *kept]


def _kind(error: Exception) -> str:
    if isinstance(error, MCPError):
        return str(error.code)
    return str(INVALID_PARAMS) if isinstance(error, ValidationError) else type(error).__name__


def _parent(ctx: ServerRequestContext[Any, Any]) -> Context | None:
    """The client's span, where it names one."""
    given = (ctx.meta or {}).get(_TRACE)
    if not isinstance(given, str):
        return None
    found = TraceContextTextMapPropagator().extract({_TRACE: given})
    valid = trace.get_current_span(found).get_span_context().is_valid
    return found if valid else None
