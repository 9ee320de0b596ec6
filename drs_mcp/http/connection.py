"""A connection of uvicorn's that does not wait for ever: its holder must ask for something."""

from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

FIRST_S = 15.0
"""Time for the head of the first request."""
NEXT_S = 75.0
"""Time between requests; longer than load balancers keep connections, so that they close first."""


class PatientConnection(H11Protocol):
    """Closed when it has brought no whole request head in time, drip by drip or not at all."""

    def connection_made(self, transport: Any) -> None:
        """Begin to look."""
        super().connection_made(transport)
        self._seen: object = None
        self.loop.call_later(FIRST_S, self._look)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        waiting = self.cycle is None or self.cycle.response_complete
        if waiting and self.cycle is self._seen:
            self.transport.close()
            return
        self._seen = self.cycle
        self.loop.call_later(NEXT_S, self._look)
