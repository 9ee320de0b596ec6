"""The first check of a request: Host, Origin, its size, and headers that it must not carry."""

from collections.abc import Iterable
from typing import Final

from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from drs_mcp.http.health import PATHS
from drs_mcp.http.refusals import refusal
from drs_mcp.http.settings import variable
from drs_mcp.observe.refused_logins import RefusedLogins

_ONCE: Final = ("host", "origin", "authorization", "content-type")
MOST_HEAD: Final = 16 * 1024
"""Bytes of target and headers; uvicorn alone only bounds what does not come in one piece."""
# Credentials of Huawei Cloud have no business here: this server has its own.
_NOT_OURS: Final = ("x-auth-token", "x-security-token", "x-subject-token")


class Guard:
    """Refuses foreign hosts (421) and foreign origins (403) before anything is looked up or read.

    A load balancer asks after our health by address: there the Host is not looked at. There is
    nothing to be had there, and a page of a foreign origin is refused all the same.
    """

    def __init__(
        self, app: ASGIApp, security: TransportSecuritySettings, refused: RefusedLogins
    ) -> None:
        self._app = app
        self._security = security
        self._told = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http":
            scope = {**scope, "headers": [_lower_host(*header) for header in scope["headers"]]}
            if (refused := self._refused(scope)) is not None:
                await refused(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _refused(self, scope: Scope) -> Response | None:
        head = [
            scope.get("raw_path", b""),
            scope["query_string"],
            *(b"".join(h) for h in scope["headers"]),
        ]
        if sum(map(len, head)) > MOST_HEAD:
            return refusal(431, f"The head of a request may have at most {MOST_HEAD} bytes.")
        headers = Headers(scope=scope)
        if any(len(headers.getlist(name)) > 1 for name in _ONCE):
            return refusal(400, "A header that may stand once stands more than once.")
        if "content-length" in headers and "transfer-encoding" in headers:
            # A proxy may have gone by the other one: then what follows is no request of its caller.
            return refusal(
                400, "A request says its length one way, not two.", headers={"Connection": "close"}
            )
        host, origin = headers.get("host", ""), headers.get("origin")
        if scope["path"] not in PATHS and not _listed(host, self._security.allowed_hosts):
            self._told.refused("host_unknown", variable("allowed_hosts"))
            return refusal(421, "This server does not go by that Host.")
        if origin is not None and not _listed(origin, self._security.allowed_origins):
            self._told.refused("origin_unknown", variable("allowed_origins"))
            return refusal(403, "Pages of that Origin may not ask this server.")
        if any(name in headers for name in _NOT_OURS):
            return refusal(
                400,
                "This server takes no Huawei Cloud credentials from callers, it has its own: "
                "leave X-Auth-Token out.",
            )
        return None


def _lower_host(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """A Host in small letters, as the allowed ones are: names are compared without case."""
    return name, value.lower() if name == b"host" else value


def _listed(value: str, allowed: Iterable[str]) -> bool:
    name, _, port = value.rpartition(":")
    if port == "*":  # how we write "any port"; nobody asks for that
        return False
    return value in allowed or (port.isascii() and port.isdigit() and f"{name}:*" in allowed)
