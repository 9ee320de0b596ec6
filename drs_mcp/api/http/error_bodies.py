"""What the body of an error says: its code and its message, however they are spelt and wrapped."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json

from drs_mcp.api.wire.values import text

_CODES = ("errorcode", "errcode", "code")
_MESSAGES = (
    "errormsg",
    "errmsg",
    "errormessage",
    "externalmessage",
    "message",
    "msg",
    "errordescription",
    "description",
)
_DEEP = 4
_MOST_NESTED = 4000


def error_in(body: object, deep: int = _DEEP) -> tuple[str, str] | None:
    """The code and message of an error body of DRS, a gateway or IAM; None if it is none.

    Whatever the keys' spelling (`error_code`, `errCode`, `externalMessage`), within `error`, a list
    of `errors`, an envelope such as `itemNotFound`, or JSON written into a text. An `error` that is
    a text is the code where a message stands beside it, or it is one word, else the message.
    """
    if isinstance(body, str):
        return _inner(body.strip(), deep) if deep >= 0 else None
    if isinstance(body, list):
        errors = (error_in(one, deep - 1) for one in body[:3])
        return next((error for error in errors if error), None)
    if not isinstance(body, dict) or deep < 0:
        return None
    folded = {re.sub(r"[\W_]", "", key).lower(): value for key, value in body.items()}
    code = next((found for key in _CODES if (found := text(folded.get(key)))), "")
    message = next((found for key in _MESSAGES if (found := text(folded.get(key)))), "")
    if not code and isinstance(error := folded.get("error"), str) and (told := text(error)):
        code, message = (told, message) if message or " " not in told else ("", told)
        if not message and (inside := _inner(code, deep)):
            return inside
    inner = _inner(message, deep)
    if inner is not None:
        return inner[0] or code, inner[1] or message
    if code or message:
        return code, message
    envelope = next(iter(body.values())) if len(body) == 1 else None
    if isinstance(envelope, list):  # a list of results, each of which may hold an error of its own
        envelope = None
    nested = (folded.get("error"), folded.get("errors"), envelope)
    errors = (error_in(one, deep - 1) for one in nested)
    return next((error for error in errors if error), None)


def _inner(message: str, deep: int) -> tuple[str, str] | None:
    """The error that a message holds as JSON."""
    if not message.startswith(("{", "[", '"')) or len(message) > _MOST_NESTED:
        return None
    try:
        return error_in(from_json(message), deep - 1)
    except ValueError:
        return None


def only_error(body: Mapping[str, Any]) -> bool:
    """Whether the body of an HTTP 200 holds an error and nothing else (facts: DRS.M05066).

    DRS.00000000 means success.
    """
    found = error_in(body)
    return (
        found is not None
        and "job" not in body
        and "jobs" not in body
        and found[0] != "DRS.00000000"
    )
