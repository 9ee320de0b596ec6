"""From an answer to an MCP result: the receipt added, fitted to the budget, rendered once.

Known failures that the answer names follow the one text block as links to where they are told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mcp.types import CallToolResult, ResourceLink, TextContent

from drs_mcp.api.connections import Connection
from drs_mcp.clock import Clock, iso
from drs_mcp.ledger import ledger
from drs_mcp.serving.budget import DEFAULT_CHARS, MOST_CALLS, MOST_CHARS, compact, fit
from drs_mcp.serving.label import label
from drs_mcp.serving.uris import failure_uri
from drs_mcp.settings import DEFAULT_PROFILE
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Receipt, Table

JSON = "application/json"
MOST_LINKS = 3

_PROJECT_SHOWN = 8
_LINKS_SINCE = "2025-06-18"
"""Earlier revisions of MCP know no resource links; their clients may refuse the whole result."""


@dataclass(frozen=True)
class RenderOptions:
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
    options: RenderOptions,
    max_chars: int = 0,
    call: NextCall | None = None,
    *,
    protocol: str = _LINKS_SINCE,
    full: bool = False,
) -> CallToolResult:
    """The answer as one compact JSON object, the same as text and as structured content.

    Args:
        answer: what was found.
        stamp: the receipt.
        options: how answers are rendered.
        max_chars: the call's own budget; 0 for the server's.
        call: the call itself, offered again with a larger budget where a table was cut.
        protocol: the revision of MCP that the client speaks.
        full: whether whole texts were asked for.
    """
    fitted = _fit(answer, stamp, max_chars or options.max_chars, call, full=full)
    links = links_of(answer) if protocol >= _LINKS_SINCE else []
    return CallToolResult(
        content=[TextContent(type="text", text=compact(fitted)), *links],
        structured_content=fitted if options.structured else None,
        _meta=label(fitted),
    )


def text_of(
    answer: Answer, stamp: Receipt | None, options: RenderOptions, call: NextCall | None = None
) -> str:
    """The answer as the text of a resource: the same rendering within the same budget."""
    return compact(_fit(answer, stamp, options.max_chars, call))


def links_of(answer: Answer) -> list[ResourceLink]:
    """Links to the known failures that the answer names, in its order, the first few."""
    tables = (getattr(answer, name) for name in type(answer).model_fields)
    named = [
        row[place]
        for found in tables
        if isinstance(found, Table)
        for row in found.rows
        for place, column in enumerate(found.columns)
        if column in answer.linked and row[place]
    ]
    return [
        ResourceLink(
            name=failure,
            uri=failure_uri(failure),
            description="Known failure: cause, fix, source.",
            mime_type=JSON,
        )
        for failure in list(dict.fromkeys(named))[:MOST_LINKS]
    ]


def _fit(
    answer: Answer,
    stamp: Receipt | None,
    budget: int,
    call: NextCall | None,
    *,
    full: bool = False,
) -> dict[str, Any]:
    if isinstance(answer, Closing):
        answer.receipt = stamp
    again = _larger(call, budget, full=full) if call and budget < MOST_CHARS else None
    fitted = fit(answer, budget, again, full=full)
    if full or call is None or not answer.repeatable or not _shows_cut(fitted):
        return fitted
    return _with_whole(answer, budget, again, call, fitted)


def _shows_cut(fitted: dict[str, Any]) -> bool:
    """Whether a text stands in it that there was no room for."""
    cut = book.cut_texts if (book := ledger()) is not None else set()
    return bool(cut) and any(text in cut for text in _texts(fitted))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _with_whole(
    answer: Answer, budget: int, again: NextCall | None, call: NextCall, fitted: dict[str, Any]
) -> dict[str, Any]:
    """The answer with the call for its texts as they are, unless one is there or there is no room."""
    told: list[dict[str, Any]] = fitted.get("next", [])
    if not isinstance(answer, Closing) or len(told) >= MOST_CALLS:
        return fitted
    if any(one["tool"] == call.tool and one.get("args", {}).get("full") for one in told):
        return fitted
    whole = NextCall(tool=call.tool, args=call.args | {"full": True}, why="the texts whole")
    answer.next = [*answer.next, whole]
    found = fit(answer, budget, again)
    return found if len(found.get("next", [])) > len(told) else fitted


def _larger(call: NextCall, budget: int, *, full: bool) -> NextCall:
    larger = DEFAULT_CHARS if budget < DEFAULT_CHARS and not full else MOST_CHARS
    return NextCall(tool=call.tool, args=call.args | {"max_chars": larger})
