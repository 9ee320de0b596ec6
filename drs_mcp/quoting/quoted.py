"""Third-party text, made fit to show: `Quoted` redacts, masks, sanitises, then caps.

Log lines, names, descriptions, error messages and SQL are written by others and read by a model.
They pass through here and nowhere else; our own sentences never contain them (but for words of the
API, see `as_identifier`, and names that are marked off, see `names.as_name`).
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import compress
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from drs_mcp.ledger import ledger
from drs_mcp.quoting.invisible import has_invisible, sanitise, visible
from drs_mcp.quoting.known_secrets import holds_known, redact_known
from drs_mcp.quoting.pages import redacted
from drs_mcp.quoting.secrets import may_hold_secret
from drs_mcp.quoting.shortening import shortened
from drs_mcp.text_cache import KnownTexts

DEFAULT_CAP = 400
WHOLE = 36_000
"""More than is kept of any text (`pages`)."""

_least_cap: ContextVar[int] = ContextVar("least_cap", default=0)


@contextmanager
def whole_texts() -> Iterator[None]:
    """Within it texts are quoted as long as they are kept, whatever the cap of their field."""
    token = _least_cap.set(WHOLE)
    try:
        yield
    finally:
        _least_cap.reset(token)


_IDENTIFIER = re.compile(r"[A-Za-z0-9_.$-]{1,64}")


def quote(value: object, cap: int = DEFAULT_CAP) -> str:
    """Third-party text as it may be shown: redacted, masked, sanitised, at most *cap* long."""
    text = value if isinstance(value, str) else str(value)
    cap = max(cap, _least_cap.get())
    if not is_plain(text):
        # Line breaks and tabs stay until all is hidden: they end values and announce others.
        clean = visible(text) if has_invisible(text) else text
        # A 100 kB line need not be searched to its end, but for what has no form to tell it by.
        shown = sanitise(redacted(redact_known(clean)[: cap * 20]))
        if (book := ledger()) is not None:
            book.count_text(text, clean, shown)
        text = shown
    return text if len(text) <= cap else _cut(text, cap)


def _cut(text: str, cap: int) -> str:
    shown = shortened(text, cap)
    if (book := ledger()) is not None:
        book.cut_texts.add(shown)
    return shown


def quote_all(texts: Sequence[str], cap: int = DEFAULT_CAP) -> list[str]:
    """Each text as `quote` shows it; names, numbers and times, as most cells are, seen together."""
    plain = list(map(_PLAIN.match, texts))
    together = "\n".join(compress(texts, plain))  # whatever one of them holds, this holds
    if _is_worth_a_look(together) or holds_known(together):
        return [quote(text, cap) for text in texts]
    return [
        text if found and len(text) <= cap else quote(text, cap)
        for text, found in zip(texts, plain, strict=True)
    ]


_innocent = KnownTexts[None](1_000)
"""Names seen together that hold no word of a secret's: the next answer has them, too."""


def _is_worth_a_look(names: str) -> bool:
    if hash(names) in _innocent:
        return False
    if may_hold_secret(names):
        return True
    _innocent.learn({hash(names): None})
    return False


_PLAIN = re.compile(r"[A-Za-z0-9_.$:/#+-]{0,64}\Z")


def is_plain(text: str) -> bool:
    """Whether it is one name, number or time, as most cells are: nothing to hide, drop or mask."""
    return _PLAIN.match(text) is not None and not may_hold_secret(text) and not holds_known(text)


def as_identifier(name: object) -> str | None:
    """A word of the API (an enum value, code or request ID), as our sentences may hold it; else None."""
    return name if isinstance(name, str) and _IDENTIFIER.fullmatch(name) else None


class Quote:
    """Pydantic's view of third-party text: any scalar in, a safe string of at most *cap* out."""

    def __init__(self, cap: int = DEFAULT_CAP) -> None:
        self.cap = cap

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Quote before validation, so that nothing unquoted ever sits in a model."""
        return core_schema.no_info_before_validator_function(
            lambda value: None if value is None else quote(value, self.cap), handler(source)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """A string, as the wire sees it."""
        return handler(schema)


Quoted = Annotated[str, Quote()]
"""Third-party text of up to 400 characters."""

Name = Annotated[str, Quote(128)]
"""A third-party name (task, database, table, user) or pass-through enum value."""

Excerpt = Annotated[str, Quote(240)]
"""A log line or error message, short enough to stand in a table."""
