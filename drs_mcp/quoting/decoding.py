"""Secrets leave no answer: keys known to hold them are dropped while decoding."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from pydantic_core import from_json, to_json

from drs_mcp.quoting.hidden import HIDDEN
from drs_mcp.quoting.known_secrets import SHORTEST, holds_known
from drs_mcp.quoting.pages import redacted, redacted_page
from drs_mcp.quoting.secrets.keys import is_secret_name

is_secret_key = lru_cache(maxsize=4096)(is_secret_name)
"""Whether a field of that name holds a secret (`db_password`; not `is_set_password`)."""


def decode(body: bytes, *, rows: bool = False) -> Any:
    """Decode JSON as it may be read: without secrets, row values and invisible characters.

    Args:
        body: the bytes.
        rows: whether this is a page of log entries or of compared things (Tables 30 and 40 to 50).
            Of these only the free texts are redacted, all of a page together. Names are redacted
            where they are shown; keys and statements of differing rows are kept as they came, for
            equality, counts and `include_values`.

    Raises:
        ValueError: the bytes are not JSON.
    """
    try:
        value = _parsed(body)
    except ValueError:
        value = _parsed(_repaired(body))
    if rows:
        _redact_rows(value)
        return value
    return _without_secrets(value)


_FREE_TEXTS = ("message", "error_message", "error_msg", "failed_reason", "comment")
"""Fields of a row that hold sentences."""


def _redact_rows(value: Any, deep: int = 5) -> None:
    """Redact the free texts of every list of rows, in place."""
    if isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, dict | list) and deep:
                _redact_rows(item, deep - 1)
            elif isinstance(item, str) and name in _FREE_TEXTS:
                value[name] = redacted(item)
    elif isinstance(value, list):
        rows = [row for row in value if type(row) is dict]
        for name in _FREE_TEXTS:
            holders = [row for row in rows if type(row.get(name)) is str]
            texts = [row[name] for row in holders]
            for row, text, shown in zip(holders, texts, redacted_page(texts), strict=True):
                if shown is not text:
                    row[name] = shown


def _parsed(body: bytes) -> Any:
    # Infinite numbers are no JSON, yet some serialisers send them; values.number() drops them.
    return from_json(body, allow_inf_nan=True, cache_strings="keys")


_CONTROLS = re.compile(rb"[\x00-\x1f\x7f]")
_ESCAPE = re.compile(
    rb"(?P<lone>\\u[dD](?:[89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|[c-fC-F][0-9a-fA-F]{2}))"
    rb"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\."
)


def _repaired(body: bytes) -> bytes:
    """JSON without a byte-order mark, half characters and raw control characters.

    Strict JSON forbids them, and one of them must not hide the rest.
    """
    whole = _CONTROLS.sub(b" ", body.decode("utf-8-sig", "replace").encode())
    return _ESCAPE.sub(lambda found: rb"\ufffd" if found["lone"] else found[0], whole)


def redact_values(body: bytes, values: Iterable[str]) -> bytes:
    """An error's body without *values*, which gateways like to repeat."""
    for value in values:
        if len(value) >= SHORTEST:
            for form in (value.encode("utf-8", "replace"), to_json(value)[1:-1]):
                body = body.replace(form, b"***")
    return body


_PLAIN = re.compile(r"[A-Za-z0-9_.:+-]{0,64}\Z")
"""One name, number or time, as most values are. A long one could be a token."""

_NAMES = ("key", "name", "param_name", "parameter_name", "tag_key")
"""Fields that name what stands beside them: parameters, tags, options."""


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        secret = any(
            isinstance(name := value.get(key), str) and is_secret_key(name) for key in _NAMES
        )
        return {
            key: HIDDEN if secret and key.endswith("value") else _without_secrets(item)
            for key, item in value.items()
            if not is_secret_key(key)
        }
    if isinstance(value, list):
        return [_without_secrets(item) for item in value]
    if isinstance(value, str) and (holds_known(value) or not _PLAIN.match(value)):
        return redacted(value)
    return value
