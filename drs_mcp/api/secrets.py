"""Secrets leave no answer: keys known to hold them are dropped while decoding."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic_core import from_json, to_json

_SECRET_KEY = re.compile(
    r"(?:.*_)?(?:password|passwd|passphrase|pwd|cert_key|secret(?:_key)?|private_key|auth_token)",
    re.IGNORECASE,
)
_SHORTEST = 6
"""A shorter value is found in innocent words."""

_DECOY = re.compile(r"(?:is|set|has)_", re.IGNORECASE)


def is_secret_key(key: str) -> bool:
    """Whether a field of that name holds a secret (`db_password`; not `is_set_password`)."""
    return _SECRET_KEY.fullmatch(key) is not None and not _DECOY.match(key)


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
    # Infinite numbers are no JSON, yet some serialisers send them; values.number() drops them.
    value = from_json(body, allow_inf_nan=True, cache_strings="keys")
    return value if rows else _without_secrets(value)


def blotted(body: bytes, values: Iterable[str]) -> bytes:
    """An error's body without *values*, which gateways like to repeat."""
    for value in values:
        if len(value) >= _SHORTEST:
            for form in (value.encode("utf-8", "replace"), to_json(value)[1:-1]):
                body = body.replace(form, b"***")
    return body


def _without_secrets(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _without_secrets(item) for key, item in value.items() if not is_secret_key(key)
        }
    if isinstance(value, list):
        return [_without_secrets(item) for item in value]
    return value
