"""From an answer to an MCP result: the receipt added, fitted to the budget, rendered once."""

from dataclasses import dataclass

from mcp.types import CallToolResult, TextContent

from drs_mcp.api.connections import DEFAULT_PROFILE, Connection
from drs_mcp.clock import Clock, iso
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Receipt
from drs_mcp.tools.budget import DEFAULT_CHARS, MOST_CHARS, compact, fit

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


def result(
    answer: Answer,
    stamp: Receipt,
    form: Form,
    max_chars: int = 0,
    asked: NextCall | None = None,
) -> CallToolResult:
    """The answer as one compact JSON object, the same as text and as structured content.

    Args:
        answer: what was found.
        stamp: the receipt.
        form: how answers are rendered.
        max_chars: the call's own budget; 0 for the server's.
        asked: the call itself, offered again with a larger budget where a table was cut.
    """
    if isinstance(answer, Closing):
        answer.receipt = stamp
    budget = max_chars or form.max_chars
    fitted = fit(answer, budget, _larger(asked, budget) if asked else None)
    return CallToolResult(
        content=[TextContent(type="text", text=compact(fitted))],
        structured_content=fitted if form.structured else None,
    )


def _larger(asked: NextCall, budget: int) -> NextCall:
    larger = DEFAULT_CHARS if budget < DEFAULT_CHARS else MOST_CHARS
    return NextCall(tool=asked.tool, args=asked.args | {"max_chars": larger}, why="the cut rows")
