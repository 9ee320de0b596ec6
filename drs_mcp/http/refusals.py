"""What a refused request is told: a status, and a JSON-RPC error that clients show as it is."""

import json
import math
from typing import Any, Final

from starlette.responses import Response

RETRY_LATER: Final = -32050
"""The JSON-RPC code of "not now": `data.retry_after_s` says when."""
REFUSED: Final = -32600
"""The JSON-RPC code of "not like this": invalid request."""


def retry_data(seconds: float) -> dict[str, Any]:
    """The `data` of an error that asks to come back."""
    return {"retryable": True, "retry_after_s": max(1, math.ceil(seconds))}


def refusal(
    status: int,
    message: str,
    *,
    retry_after_s: float | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """An answer that refuses.

    Args:
        status: the HTTP status.
        message: what is wrong and what to do, in our own words.
        retry_after_s: when to come back, if that helps.
        headers: more headers.
    """
    error: dict[str, Any] = {"code": REFUSED, "message": message}
    more = dict(headers or {})
    if retry_after_s is not None:
        data = retry_data(retry_after_s)
        error = {"code": RETRY_LATER, "message": message, "data": data}
        more["Retry-After"] = str(data["retry_after_s"])
    body = {"jsonrpc": "2.0", "id": None, "error": error}
    return Response(
        json.dumps(body, separators=(",", ":")), status, more, media_type="application/json"
    )
