"""An HTTP protocol for uvicorn: a time limit for the head of each request, and room for whoever asks."""

import socket
from contextlib import suppress
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

FIRST_S = 15.0
"""Time for the head of the first request."""
NEXT_S = 75.0
"""Time between requests; longer than load balancers keep connections, so that they close first."""
MOST = 512
"""Connections at a time: each holds a file, and calls to DRS need some too."""


class HeaderTimeoutProtocol(H11Protocol):
    """Closes a connection that has not sent a whole request head in time.

    When all places are taken, the one that has been silent longest makes room for the newcomer;
    where each has sent a request, the newcomer is one too many.
    """

    def connection_made(self, transport: Any) -> None:
        """Start the timer, and make room or leave."""
        super().connection_made(transport)
        _send_at_once(transport)
        self._seen: object = None
        self._opened_at = self.loop.time()
        if len(self.connections) > MOST:
            self._longest_silent().transport.close()
        self.loop.call_later(FIRST_S, self._check)

    def _longest_silent(self) -> "HeaderTimeoutProtocol":
        silent = [
            one
            for one in self.connections
            if isinstance(one, HeaderTimeoutProtocol)
            and one is not self
            and one.cycle is None
            and not one.transport.is_closing()
        ]
        return min(silent, key=lambda one: one._opened_at, default=self)

    def _check(self) -> None:
        if self.transport.is_closing():
            return
        waiting = self.cycle is None or self.cycle.response_complete
        if waiting and self.cycle is self._seen:
            self.transport.close()
            return
        # Only what is waiting at this check will have waited long at the next one.
        self._seen = self.cycle if waiting else None
        self.loop.call_later(NEXT_S, self._check)

    def break_off(self) -> None:
        """Close the connection where its answer is not sent whole; uvicorn then misses no rest."""
        request = self.cycle
        if request is not None and not request.response_complete:
            request.disconnected = True
            request.message_event.set()
            self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP; uvicorn alone breaks off where an answer was given already."""
        request = self.cycle
        if request is not None and request.response_started and request.more_body:
            self.transport.close()
            return
        super().send_400_response(msg)
        if request is not None:  # whoever works on the answer need not send it any more
            request.disconnected = True
            request.message_event.set()


def _send_at_once(transport: Any) -> None:
    """Let a body follow its head at once, not after the client has acknowledged the head (Nagle).

    asyncio does so only for sockets that name TCP as their protocol, and those that
    `socket.create_server` listens on name none.
    """
    found = transport.get_extra_info("socket")
    if found is not None:
        with suppress(OSError):  # the client may be gone already
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
