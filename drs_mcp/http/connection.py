"""An HTTP protocol for uvicorn with a time limit for the head of each request."""

from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

FIRST_S = 15.0
"""Time for the head of the first request."""
NEXT_S = 75.0
"""Time between requests; longer than load balancers keep connections, so that they close first."""
MOST = 512
"""Connections at a time: each holds a file, and calls to DRS need some too."""


class HeaderTimeoutProtocol(H11Protocol):
    """Closes a connection that has not sent a whole request head in time."""

    def connection_made(self, transport: Any) -> None:
        """Start the timer, or close what is one connection too many."""
        super().connection_made(transport)
        self._seen: object = None
        if len(self.connections) > MOST:
            self.transport.close()
            return
        self.loop.call_later(FIRST_S, self._check)

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
