"""Speaking MCP on stdin and stdout until the host is gone or a signal comes; and then leaving."""

import asyncio
import logging
from collections.abc import Callable
from contextvars import Context
from functools import partial
from types import TracebackType
from typing import Any, Final, Self

import anyio
from mcp.server import MCPServer
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage

from drs_mcp.serving.exit_timer import exit_within, on_signal

GRACE_S: Final = 2.0
"""For what was answered to be written, and connections to be closed."""

_logger = logging.getLogger(__name__)


class ReceivedMessages:
    """The SDK's stream of what came in, which tells at once when nothing comes any more.

    Args:
        stream: the SDK's.
        ended: called at the end.
    """

    def __init__(self, stream: Any, ended: Callable[[], None]) -> None:
        self._stream = stream
        self._ended = ended

    @property
    def last_context(self) -> Context | None:
        """The context in which the last message was received."""
        found: Context | None = self._stream.last_context
        return found

    async def receive(self) -> SessionMessage | Exception:
        """The next message, or why what came is none."""
        try:
            found: SessionMessage | Exception = await self._stream.receive()
        except anyio.EndOfStream:
            self._ended()
            raise
        if isinstance(found, Exception):
            _logger.warning("A line on stdin is no JSON-RPC message: it was left out.")
        return found

    async def aclose(self) -> None:
        """Take no more."""
        await self._stream.aclose()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SessionMessage | Exception:
        try:
            return await self.receive()
        except anyio.EndOfStream:
            raise StopAsyncIteration from None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()


async def serve_stdio(server: MCPServer[Any]) -> None:
    """Speak MCP until EOF, SIGINT or SIGTERM; the lifespan is always closed.

    A host that is gone may leave stdout unread, and the thread that reads stdin cannot be
    interrupted: either would keep the process, so from then on it has `GRACE_S`.
    """
    async with anyio.create_task_group() as group:
        loop = asyncio.get_running_loop()
        on_signal(partial(loop.call_soon_threadsafe, group.cancel_scope.cancel), GRACE_S)
        async with stdio_server() as (received, sent):
            messages = ReceivedMessages(received, partial(exit_within, GRACE_S))
            options = server._lowlevel_server.create_initialization_options()
            await server._lowlevel_server.run(messages, sent, options)
