"""Graceful shutdown: new requests are sent elsewhere, running ones finish or are to be retried."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import anyio
from mcp import MCPError
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from drs_mcp.http.refusals import RETRY_LATER, refusal, retry_data

_RETRY_AFTER_S: Final = 2.0  # by then a replica, or this one started anew, can answer
_STOPPING: Final = "The server is stopping: ask again, it answers the same."


class Drain:
    """What is under way, and how it is brought to an end.

    `begin` refuses what is new; `interrupt` has what still runs answer that it must be asked
    again; `abandon` ends even what cannot answer, such as a response that nobody reads.
    """

    def __init__(self) -> None:
        self.begun = False
        self._interrupted = False
        self._interruptible: set[anyio.CancelScope] = set()
        self._serving: set[anyio.CancelScope] = set()
        self._idle = anyio.Event()

    def begin(self) -> None:
        """From now on, nothing new."""
        self.begun = True
        self._check_idle()

    def interrupt(self) -> None:
        """Stop what runs; whoever asked is told to ask again."""
        self._interrupted = True
        for scope in list(self._interruptible):
            scope.cancel()

    def abandon(self) -> None:
        """Stop even the answering."""
        for scope in list(self._serving):
            scope.cancel()

    async def idle(self) -> None:
        """Wait until nothing is under way; `begin` comes first."""
        await self._idle.wait()

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """What is done inside ends quietly when the drain interrupts; then what follows runs."""
        with anyio.CancelScope() as scope:
            if self._interrupted:
                scope.cancel()
            self._interruptible.add(scope)
            try:
                yield
            finally:
                self._interruptible.discard(scope)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """A request is under way inside."""
        with anyio.CancelScope() as scope:
            self._serving.add(scope)
            try:
                yield
            finally:
                self._serving.discard(scope)
                self._check_idle()

    def _check_idle(self) -> None:
        if self.begun and not self._serving:
            self._idle.set()

    async def interruptible_handlers(
        self, ctx: ServerRequestContext[Any, Any], call_next: CallNext
    ) -> HandlerResult:
        """Middleware of the MCP server: an interrupted call answers with an error to retry.

        Raises:
            MCPError: the call was interrupted.
        """
        with self.interruptible():
            return await call_next(ctx)
        raise MCPError(RETRY_LATER, _STOPPING, retry_data(_RETRY_AFTER_S))


class DrainMiddleware:
    """Lets requests in until the drain has begun, and counts them."""

    def __init__(self, app: ASGIApp, drain: Drain) -> None:
        self._app = app
        self._drain = drain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or send it elsewhere."""
        if self._drain.begun:
            await stopping()(scope, receive, send)
            return
        with self._drain.serving():
            await self._app(scope, receive, send)


def stopping() -> Response:
    """The answer of a server that is leaving.

    The connection stays open: to close one whose request has not been read whole can cost the
    caller the answer.
    """
    return refusal(503, _STOPPING, retry_after_s=_RETRY_AFTER_S)
