"""From an answer to an MCP result: the receipt added, fitted to the budget, rendered once."""

from dataclasses import dataclass

from mcp.types import CallToolResult, TextContent

from drs_mcp.clock import Clock, iso
from drs_mcp.api.connections import DEFAULT_PROFILE, Connection
from drs_mcp.summaries.answer import Answer, Closing, Receipt
from drs_mcp.tools.budget import DEFAULT_CHARS, compact, fit

_PROJECT_SHOWN = 8


@dataclass(frozen=True)
class Form:
    """How answers are rendered: the default budget, and whether structured content is sent."""

    max_chars: int = DEFAULT_CHARS
    structured: bool = True


def receipt(drs: Connection, clock: Clock) -> Receipt:
    """Where and when the answer was read; the project by its first characters."""
    return Receipt(
        region=drs.region,
        project=drs.project_id[:_PROJECT_SHOWN],
        as_of=iso(clock.utc_now()),
        profile="" if drs.profile == DEFAULT_PROFILE else drs.profile,
    )


def result(answer: Answer, stamp: Receipt, form: Form, max_chars: int = 0) -> CallToolResult:
    """The answer as one compact JSON object, the same as text and as structured content."""
    if isinstance(answer, Closing):
        answer.receipt = stamp
    fitted = fit(answer, max_chars or form.max_chars)
    return CallToolResult(
        content=[TextContent(type="text", text=compact(fitted))],
        structured_content=fitted if form.structured else None,
    )
