"""One line of a log as an answer shows it by itself: the newest error, the line before it."""

from typing import Annotated

from pydantic import BaseModel

from drs_mcp.knowledge.failures import KnownFailure
from drs_mcp.quoting.quoted import Name, Quote, quote
from drs_mcp.summaries.logs.entries import shown
from drs_mcp.summaries.logs.excerpt import DECIDING_CHARS, excerpt
from drs_mcp.summaries.logs.frames import fold_frames
from drs_mcp.summaries.logs.groups import Group
from drs_mcp.summaries.logs.masks import shorten_ids
from drs_mcp.summaries.logs.samples import unseen_codes

_LINE_CAP = 100

Deciding = Annotated[str, Quote(DECIDING_CHARS)]
"""A log line, long enough for its reason."""


class LogEvent(BaseModel):
    """One log line: `at` in UTC, `codes` where the message is too long to show them."""

    at: Name | None = None
    level: Name | None = None
    message: Deciding = ""
    codes: Name | None = None
    known: Name | None = None


def error_event(group: Group, known: KnownFailure | None, *, full: bool) -> LogEvent:
    """The newest entry of a kind of error."""
    message = group.message
    shown_message = quote(message if full else excerpt(shorten_ids(message)), DECIDING_CHARS)
    return LogEvent(
        at=shown(group.last),
        message=shown_message,
        codes=unseen_codes(message, shown_message) or None,
        known=known.id if known else None,
    )


def line_event(at: str, level: str, message: str) -> LogEvent:
    """The line before a failure."""
    said = excerpt(shorten_ids(fold_frames(message) or message), _LINE_CAP)
    shown_message = quote(said, _LINE_CAP)
    return LogEvent(at=shown(at), level=level, message=shown_message)
