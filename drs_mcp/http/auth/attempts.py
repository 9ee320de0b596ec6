"""How often an address may bring tokens that are refused, before they are no longer looked at.

Checking a signature costs time, and whoever can reach the server can have one checked. A token that
was accepted lately is always checked again and never refused here: callers behind one proxy share
its address, and a stranger's guesses must not lock them out.
"""

import ipaddress
from collections import OrderedDict
from hashlib import sha256
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from drs_mcp.clock import Clock
from drs_mcp.http.limits import Rate
from drs_mcp.http.refusals import refusal
from drs_mcp.http.settings import variable
from drs_mcp.observe.refused_logins import RefusedLogins

PER_MINUTE: Final = 60
BURST: Final = 60
_ACCEPTED_S: Final = 3600.0
_MOST_ACCEPTED: Final = 1000


class LimitedAttempts:
    """Lets requests through to *app*, which looks at their tokens, unless too many were refused.

    Args:
        app: answers 401 where it refuses a token.
        clock: the one clock.
        refused: told of what is not looked at.
        setting: the setting that says which tokens are accepted.
    """

    def __init__(self, app: ASGIApp, clock: Clock, refused: RefusedLogins, setting: str) -> None:
        self._app = app
        self._clock = clock
        self._refused = refused
        self._setting = variable(setting)
        self._rate = Rate(PER_MINUTE, BURST, clock)
        self._accepted: OrderedDict[bytes, float] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say when to come back."""
        given = next((value for key, value in scope["headers"] if key == b"authorization"), b"")
        if not given:  # nothing is checked
            await self._app(scope, receive, send)
            return
        token, place = sha256(given).digest(), _place(scope)
        wait = 0.0 if self._known(token) else self._rate.wait(place)
        if wait:
            self._refused.refused("token_limited", self._setting)
            told = refusal(429, "Too many tokens were refused here.", retry_after_s=wait)
            await told(scope, receive, send)
            return

        async def seen(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._count(token, place, accepted=message["status"] != 401)
            await send(message)

        await self._app(scope, receive, seen)

    def _known(self, token: bytes) -> bool:
        return self._accepted.get(token, 0.0) > self._clock.monotonic()

    def _count(self, token: bytes, place: str, *, accepted: bool) -> None:
        self._accepted.pop(token, None)
        if not accepted:
            self._rate.take(place)
            return
        self._accepted[token] = self._clock.monotonic() + _ACCEPTED_S
        if len(self._accepted) > _MOST_ACCEPTED:
            self._accepted.popitem(last=False)


def _place(scope: Scope) -> str:
    """Where a request comes from: an IPv4 address, or the network of an IPv6 address.

    One host has as many IPv6 addresses as it likes within its /64.
    """
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return str(host)
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))
