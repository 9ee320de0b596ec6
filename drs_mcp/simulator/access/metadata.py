"""The metadata service of an ECS instance: a token on request, then temporary keys of its agency."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Literal

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from drs_mcp.simulator.access.auth import TemporaryKeys, stamp
from drs_mcp.simulator.app import Simulator

TOKEN_PATH = "/meta-data/latest/api/token"  # noqa: S105  a path
KEYS_PATH = "/openstack/latest/securitykey"
MOST_TTL_S = 21600

MetadataFault = Literal["", "no_agency", "junk", "fails", "slow"]


class MetadataService:
    """Gives out keys that *simulator* accepts until they end: `app` is served like the simulator's.

    Args:
        simulator: whose keys these are, and whose clock they end by.
        lifetime: how long keys are good.
        fresh: keys with less than this left are replaced by new ones.
        token_status: 200, or what is answered where tokens are not known: 404, 405, 503.
        fault: what goes wrong with the keys; may be set at any time.
        slow_s: how long a slow answer takes.
        sleep: how it waits.
    """

    def __init__(
        self,
        simulator: Simulator,
        *,
        lifetime: timedelta = timedelta(hours=24),
        fresh: timedelta = timedelta(hours=1),
        token_status: int = 200,
        fault: MetadataFault = "",
        slow_s: float = 60.0,
        sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
    ) -> None:
        self.lifetime = lifetime
        self.fresh = fresh
        self.token_status = token_status
        self.fault: MetadataFault = fault
        self.requests: list[str] = []
        """Method and path of every request."""
        self._simulator = simulator
        self._slow_s = slow_s
        self._sleep = sleep
        self._tokens: dict[str, datetime] = {}
        self._keys: TemporaryKeys | None = None
        self.app = Starlette(
            routes=[
                Route(TOKEN_PATH, self._token, methods=["PUT"]),
                Route(KEYS_PATH, self._securitykey, methods=["GET"]),
            ]
        )

    async def _token(self, request: Request) -> Response:
        await self._begin(request)
        if self.token_status != 200:
            return PlainTextResponse("", self.token_status)
        given = request.headers.get("X-Metadata-Token-Ttl-Seconds", "")
        if not given.isdecimal() or not 1 <= int(given) <= MOST_TTL_S:
            return PlainTextResponse("Bad Request", 400)
        token = f"demo-metadata-token-{len(self._tokens) + 1:06d}"
        self._tokens[token] = self._simulator.now() + timedelta(seconds=int(given))
        return PlainTextResponse(token)

    async def _securitykey(self, request: Request) -> Response:
        await self._begin(request)
        if self.token_status == 200:
            end = self._tokens.get(request.headers.get("X-Metadata-Token", ""))
            if end is None or end <= self._simulator.now():
                return PlainTextResponse("Unauthorized", 401)
        if self.fault == "no_agency":
            return PlainTextResponse("Please configure Cloud Service Agency first", 401)
        if self.fault == "fails":
            return PlainTextResponse("Internal Server Error", 500)
        if self.fault == "junk":
            return PlainTextResponse("<html>captive portal</html>")
        keys = self._current()
        return JSONResponse(
            {
                "credential": {
                    "access": keys.access,
                    "secret": keys.secret,
                    "securitytoken": keys.security_token,
                    "expires_at": stamp(keys.end),
                }
            }
        )

    def _current(self) -> TemporaryKeys:
        now = self._simulator.now()
        if self._keys is None or self._keys.end - now < self.fresh:
            self._keys = self._simulator.authenticator.issue_keys(self.lifetime)
        return self._keys

    async def _begin(self, request: Request) -> None:
        self.requests.append(f"{request.method} {request.url.path}")
        if self.fault == "slow":
            await self._sleep(self._slow_s)
