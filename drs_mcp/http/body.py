"""The body of a request, read as a whole before anything is done: bounded in size and in time."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import anyio
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope

Message = MutableMapping[str, Any]


class TooLarge(Exception):
    """It has more bytes than it may."""


class TooSlow(Exception):
    """It was not there in time."""


async def read_body(scope: Scope, receive: Receive, most: int, within_s: float) -> bytes:
    """The whole body.

    Raises:
        TooLarge: it has, or says that it has, more than *most* bytes.
        TooSlow: it took longer than *within_s*.
        ClientDisconnect: the caller is gone.
    """
    declared = Headers(scope=scope).get("content-length", "")
    if declared.isdigit() and int(declared) > most:
        raise TooLarge
    body = bytearray()
    with anyio.move_on_after(within_s):
        while True:
            message = await receive()
            if message["type"] != "http.request":
                raise ClientDisconnect
            body += message.get("body", b"")
            if len(body) > most:
                raise TooLarge
            if not message.get("more_body", False):
                return bytes(body)
    raise TooSlow


def replay(body: bytes, receive: Receive) -> Callable[[], Awaitable[Message]]:
    """A `receive` that gives the body first, and then what really comes: the caller leaving."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return first.pop() if first else await receive()

    return replayed
