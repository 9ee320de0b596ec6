"""Adding credentials to requests, of their own origin only."""

from collections.abc import AsyncGenerator
from typing import Final
from urllib.parse import parse_qsl

import httpx2

from drs_mcp.api.access.credentials import Credentials, IssuedCredential, Keys
from drs_mcp.api.access.signing import DATE_HEADER, authorization, payload_headers, signing_date
from drs_mcp.clock import Clock

_EXTENSION: Final = "drs_mcp.issued"
"""The request extension that tells which credential a request was signed with."""

_SIGNED = (
    "Content-Type",
    "User-Agent",
    "X-Language",
    "X-Project-Id",
    "X-Security-Token",
    "X-Sdk-Date",
)
"""What the vendor's SDK sends and signs too; what HTTP libraries add after it is not signed."""


class CredentialAuth(httpx2.Auth):
    """Signs with the current credential: a token, or SDK-HMAC-SHA256 with keys.

    Args:
        credentials: the profile's credentials.
        origin: the only origin that gets them.
        clock: dates the signature.
        project_id: sent and signed with keys, where it is known; may be told later.
    """

    def __init__(
        self, credentials: Credentials, origin: str, clock: Clock, project_id: str = ""
    ) -> None:
        self._credentials = credentials
        self._origin = httpx2.URL(origin)
        self._clock = clock
        self.project_id = project_id

    async def async_auth_flow(
        self, request: httpx2.Request
    ) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """Sign one request, and note the credential in its extensions."""
        own = (self._origin.scheme, self._origin.host, self._origin.port)
        if (request.url.scheme, request.url.host, request.url.port) == own:
            issued = await self._credentials.current()
            request.extensions[_EXTENSION] = issued
            self.sign(request, issued)
        yield request

    def sign(self, request: httpx2.Request, issued: IssuedCredential) -> None:
        """Add the credential's headers to *request*."""
        credential = issued.credential
        if isinstance(credential, Keys):
            sign_with(credential, request, self._clock, self.project_id)
        else:
            request.headers["X-Auth-Token"] = credential.value


def credential_of(request: httpx2.Request) -> IssuedCredential | None:
    """The credential that *request* was signed with; None when there was none to be had."""
    found = request.extensions.get(_EXTENSION)
    return found if isinstance(found, IssuedCredential) else None


def sign_with(keys: Keys, request: httpx2.Request, clock: Clock, project_id: str = "") -> None:
    """Sign *request* with SDK-HMAC-SHA256; its body is read, so it must not be a stream."""
    headers = request.headers
    headers[DATE_HEADER] = signing_date(clock.utc_now())
    if project_id:
        headers["X-Project-Id"] = project_id
    if keys.security_token:
        headers["X-Security-Token"] = keys.security_token
    headers.update(payload_headers(headers))
    signed = {
        name: headers[name] for name in (*_SIGNED, *payload_headers(headers)) if name in headers
    }
    headers["Authorization"] = authorization(
        keys.access_key,
        keys.secret_key,
        method=request.method,
        path=request.url.raw_path.partition(b"?")[0].decode("ascii"),
        query=parse_qsl(request.url.query.decode("ascii"), keep_blank_values=True),
        headers=signed | {"Host": headers["Host"]},
        body=request.content,
    )
