"""The secrets that this process was given, known by value: no log line and no answer may hold one.

Redaction by form (`secrets.hide_secrets`) cannot know that `Summer2026` is somebody's password. Whoever
reads a credential says so here; the log's formatter and `quoted.quote` ask.
"""

from collections.abc import Iterable
from typing import Final

from pydantic_core import to_json

from drs_mcp.quoting.hidden import HIDDEN

SHORTEST: Final = 6
"""A shorter value is found in innocent words."""

_MOST = 64
_known: dict[str, None] = {}


def register_secrets(values: Iterable[str]) -> None:
    """Hide *values* from now on; of very many the oldest are forgotten."""
    for value in values:
        if len(value) >= SHORTEST:
            _known.pop(value, None)
            _known[value] = None
    while len(_known) > _MOST:
        del _known[next(iter(_known))]


def holds_known(text: str) -> bool:
    """Whether *text* holds one of them as it is."""
    return any(value in text for value in _known)


def redact_known(text: str) -> str:
    """*text* without the known secrets, as they are and as JSON writes them."""
    for value in sorted(_known, key=len, reverse=True):
        for form in (value, to_json(value).decode()[1:-1]):
            text = text.replace(form, HIDDEN)
    return text
