"""One request and its whole answer, for IAM and the metadata service: bounded, no redirects."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

import anyio
import httpx2
from pydantic_core import from_json

from drs_mcp import __version__
from drs_mcp.api.access.request_auth import credential_of
from drs_mcp.api.http import clients
from drs_mcp.api.http.error_bodies import error_in
from drs_mcp.errors import BadAnswer, TimedOut, Unreachable
from drs_mcp.quoting.body_bounds import TooMuch
from drs_mcp.quoting.decoding import decode, redact_values

_MAX_BODY = 1024 * 1024

Wire = Callable[[], httpx2.AsyncBaseTransport | None]
"""Makes httpx2's own transport for a client; None: the network. The seam for tests."""


@dataclass(frozen=True)
class BufferedResponse:
    """An answer: `body` is None when it is not JSON, `text` is there only where it was wanted."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: Any = field(repr=False)
    text: str = field(default="", repr=False)

    @property
    def facts(self) -> dict[str, Any]:
        """What an `ApiError` tells of it."""
        code, said = error_in(self.body) or ("", "")
        request_id = self.headers.get("X-IAM-Trace-Id") or self.headers.get("X-Request-Id") or ""
        facts = {"status": self.status, "code": code, "said": said, "request_id": request_id}
        return {**facts, "speaker": "IAM"}


def plain_client(
    origin: str,
    wire: httpx2.AsyncBaseTransport | None,
    *,
    auth: httpx2.Auth | None = None,
    timeout_s: float = 10.0,
    trust_env: bool = True,
) -> httpx2.AsyncClient:
    """A client for a few small requests to *origin*, each answered in *timeout_s* as a whole.

    Raises:
        SettingsError: the environment names a proxy or certificates that cannot be used.
    """
    return clients.client(
        base_url=origin,
        auth=auth,
        transport=wire,
        timeout=timeout_s,
        trust_env=trust_env,
        headers={
            "User-Agent": f"drs-mcp/{__version__}",
            "Content-Type": "application/json;charset=utf8",
        },
    )


async def send(
    http: httpx2.AsyncClient,
    request: httpx2.Request,
    what: str,
    whom: str,
    *,
    secret: bool = False,
    text: bool = False,
    sent: Iterable[str] = (),
) -> BufferedResponse:
    """Send *request* and read its whole answer.

    Args:
        http: the client.
        request: the request.
        what: what is asked for, in our own words.
        whom: who is asked.
        secret: whether the answer holds a secret that is wanted, such as temporary keys.
        text: whether the answer is wanted as text.
        sent: secrets in the request's body, which an error's answer could repeat.

    Raises:
        TransportError: there was no answer, or one that is too large or a redirect.
    """
    prefix = f"Could not get {what} from {whom}"
    try:
        # httpx2's own limit begins anew with every byte.
        with anyio.fail_after(http.timeout.read):
            response = await http.send(request, stream=True)
            try:
                raw = await _read(response, prefix)
            finally:
                await response.aclose()
    except (httpx2.TimeoutException, TimeoutError) as error:
        raise TimedOut(f"{prefix}: no answer in time. Ask again in a minute.") from error
    except httpx2.DecodingError as error:
        raise BadAnswer(f"{prefix}: the answer's compression is broken.") from error
    except httpx2.TransportError as error:
        raise Unreachable(
            f"{prefix}: {_origin(http)} cannot be reached ({type(error).__name__}). Check the "
            "network and HTTPS_PROXY."
        ) from error
    if response.is_redirect:
        raise BadAnswer(f"{prefix}: it answered with a redirect, which is not followed.")
    if response.is_error:
        issued = credential_of(request)
        raw = redact_values(raw, (*sent, *(issued.credential.secrets if issued else ())))
    try:
        body = from_json(raw) if secret else decode(raw)
    except (ValueError, TooMuch):
        body = None
    as_text = raw.decode("utf-8", "replace") if text else ""
    return BufferedResponse(response.status_code, response.headers, body, as_text)


def _origin(http: httpx2.AsyncClient) -> str:
    return str(http.base_url).rstrip("/")


async def _read(response: httpx2.Response, prefix: str) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async with aclosing(response.aiter_bytes()) as decoded:
        async for chunk in decoded:
            size += len(chunk)
            if size > _MAX_BODY:
                raise BadAnswer(f"{prefix}: the answer is too large.")
            chunks.append(chunk)
    return b"".join(chunks)
