"""What a load balancer asks: is the process alive, and should it be sent requests.

Both answer without authentication, tell nothing else, and ask nobody upstream: DRS being away is no
reason to take every replica out of service.
"""

from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from drs_mcp.http.drain import Drain

ALIVE: Final = "/healthz"
READY: Final = "/readyz"
PATHS: Final = (ALIVE, READY)

_NEVER_STORED: Final = {"Cache-Control": "no-store"}


def health_routes(drain: Drain) -> list[Route]:
    """The two routes."""

    async def alive(_: Request) -> Response:
        return PlainTextResponse("ok\n", headers=_NEVER_STORED)

    async def ready(_: Request) -> Response:
        if drain.begun:
            return PlainTextResponse("stopping\n", 503, headers=_NEVER_STORED)
        return PlainTextResponse("ok\n", headers=_NEVER_STORED)

    return [Route(ALIVE, alive, methods=["GET"]), Route(READY, ready, methods=["GET"])]
