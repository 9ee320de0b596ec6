"""Secrets leave no answer: keys known to hold them are dropped while decoding."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from pydantic_core import from_json, to_json

from drs_mcp.quoting.known_secrets import SHORTEST
from drs_mcp.quoting.quoted import HIDDEN

_SECRET_KEY = re.compile(
    r"(?:.*_)?(?:password|passwd|passphrase|pwd|cert_key|secret(?:_(?:access_)?key)?|private_key"
    r"|access_key(?:_id)?|(?:auth|security|session|subject)_token|[as]k)",
    re.IGNORECASE,
)
_INNER_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[-.]")
_NOT_SECRET_KEY = re.compile(r"(?:is|set|has)_", re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_secret_key(key: str) -> bool:
    """Whether a field of that name holds a secret (`db_password`; not `is_set_password`)."""
    words = _INNER_CAPITAL.sub("_", key)
    return _SECRET_KEY.fullmatch(words) is not None and not _NOT_SECRET_KEY.match(words)


def decode(body: bytes, *, rows: bool = False) -> Any:
    """Decode JSON without its secrets.

    Args:
        body: the bytes.
        rows: whether this is a page of log entries or of compared things. Their shapes (Tables 30
            and 40 to 50) hold no secret, they are read field by field, and looking through them
            would cost more than decoding them: they are left as they are.

    Raises:
        ValueError: the bytes are not JSON.
    """
    try:
        value = _parsed(body)
    except ValueError:
        value = _parsed(_repaired(body))
    return value if rows else _without_secrets(value)


def _parsed(body: bytes) -> Any:
    # Infinite numbers are no JSON, yet some serialisers send them; values.number() drops them.
    return from_json(body, allow_inf_nan=True, cache_strings="keys")


_ESCAPE = re.compile(
    rb"(?P<lone>\\u[dD](?:[89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|[c-fC-F][0-9a-fA-F]{2}))"
    rb"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\."
)


def _repaired(body: bytes) -> bytes:
    """JSON without half characters, in escapes and in bytes: one of them must not hide the rest."""
    whole = body.decode("utf-8", "replace").encode()
    return _ESCAPE.sub(lambda found: rb"\ufffd" if found["lone"] else found[0], whole)


def redact_values(body: bytes, values: Iterable[str]) -> bytes:
    """An error's body without *values*, which gateways like to repeat."""
    for value in values:
        if len(value) >= SHORTEST:
            for form in (value.encode("utf-8", "replace"), to_json(value)[1:-1]):
                body = body.replace(form, b"***")
    return body


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
    return value
