"""Serving over HTTP until told to stop, and then leaving within ten seconds."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import FrameType
from typing import Any, Final

import anyio
import uvicorn
from mcp.server import MCPServer

from drs_mcp.api.access.exchange import Wire
from drs_mcp.clock import Clock, SystemClock
from drs_mcp.http.address import Address
from drs_mcp.http.app import PATH, http_app
from drs_mcp.http.auth.access import verifier_of
from drs_mcp.http.connection import NEXT_S, HeaderTimeoutProtocol
from drs_mcp.http.drain import Drain
from drs_mcp.http.guard import MOST_HEAD
from drs_mcp.http.settings import HttpSettings, check_exposure, variable
from drs_mcp.observe.audit import AuditLog
from drs_mcp.observe.caller import close_to_actions
from drs_mcp.observe.refused_logins import RefusedLogins
from drs_mcp.serving.exit_timer import exit_within

_ANSWER_S: Final = 1.0  # for interrupted calls to answer
_CLOSE_S: Final = 1  # for connections to be closed
_SPARE_S: Final = 1.5  # for what comes after


async def serve_http(
    server: MCPServer[Any],
    address: Address,
    settings: HttpSettings,
    *,
    started: Callable[[str], None] = lambda _: None,
    clock: Clock | None = None,
    wire: Wire = lambda: None,
    stop: anyio.Event | None = None,
    audit: AuditLog | None = None,
) -> None:
    """Serve *server* at *address* until SIGINT or SIGTERM.

    Args:
        server: what to serve.
        address: where to listen.
        settings: who may ask, and how much.
        started: told what to say once requests are accepted.
        clock: the one clock.
        wire: makes the transport to the OAuth issuer; the seam for tests.
        stop: set to have it leave, as a signal does.
        audit: told of refused logins; what is answered is accounted for by the server itself.

    Raises:
        SettingsError: it would be open to everybody, or the address or the tokens cannot be used.
    """
    check_exposure(settings, loopback=address.loopback)
    close_to_actions()
    time = clock or SystemClock()
    drain = Drain()
    refused = RefusedLogins(time, audit or AuditLog(time))
    app = http_app(server, settings, drain, time, verifier_of(settings, time, wire), refused)
    config = uvicorn.Config(
        app,
        http=HeaderTimeoutProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,  # nobody's address or scheme is looked at
        server_header=False,
        timeout_keep_alive=int(NEXT_S),
        timeout_graceful_shutdown=_CLOSE_S,
        h11_max_incomplete_event_size=MOST_HEAD,
    )
    stop = stop or anyio.Event()
    with address.listen() as listening:

        def announce() -> None:
            started(greeting(listening, settings, loopback=address.loopback))

        serving = _Server(config, stop, announce, max_shutdown_s(settings))
        async with anyio.create_task_group() as group:
            group.start_soon(_shut_down_on, stop, serving, drain, settings)
            await serving.serve(sockets=[listening])
            group.cancel_scope.cancel()
    refused.tell_rest()


async def _shut_down_on(
    stop: anyio.Event, serving: "_Server", drain: Drain, settings: HttpSettings
) -> None:
    await stop.wait()
    drain.begin()
    async with anyio.create_task_group() as group:
        group.start_soon(anyio.sleep, settings.linger_s)
        await _within(settings.drain_s, drain.idle)
        drain.interrupt()
        await _within(_ANSWER_S, drain.idle)
        serving.break_off()
        drain.abandon()
    serving.should_exit = True


async def _within(seconds: float, wait: Callable[[], Awaitable[None]]) -> None:
    with anyio.move_on_after(seconds):
        await wait()


def max_shutdown_s(settings: HttpSettings) -> float:
    """How long it may take to leave; below ten seconds, whatever is set."""
    return max(settings.linger_s, settings.drain_s + _ANSWER_S) + _CLOSE_S + _SPARE_S


class _Server(uvicorn.Server):
    """Uvicorn, told to stop by us: its own way is to close at once and to die of the signal."""

    def __init__(
        self,
        config: uvicorn.Config,
        stop: anyio.Event,
        started: Callable[[], None],
        max_shutdown_s: float,
    ) -> None:
        super().__init__(config)
        self._stop = stop
        self._started = started
        self._max_shutdown_s = max_shutdown_s
        self._loop = asyncio.get_running_loop()
        self._leaving = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        self._started()

    def break_off(self) -> None:
        """Close the connections on which an answer is under way that nobody reads."""
        for one in list(self.server_state.connections):
            if isinstance(one, HeaderTimeoutProtocol):
                one.break_off()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  theirs to say
        """A signal: begin to leave."""
        if self._leaving:
            return
        self._leaving = True
        # Whatever hangs, such as the loop or a thread that looks up a name, the process is gone in
        # time; one that ends by itself does not see this. Nothing cancels it: the hanging comes at
        # the end.
        exit_within(self._max_shutdown_s)
        with suppress(RuntimeError):  # the loop has ended already
            self._loop.call_soon_threadsafe(self._stop.set)


def greeting(listening: socket.socket, settings: HttpSettings, *, loopback: bool) -> str:
    """What the operator is told: where, for whom, and what would surprise."""
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    who = "without authentication"
    if settings.oauth_issuer:
        who = "with tokens of the OAuth issuer"
    elif settings.authenticates:
        who = "with static bearer tokens"
    text = f"drs-mcp answers MCP at http://{shown}:{port}{PATH}, {who}. Ctrl-C ends it."
    if not settings.authenticates and (settings.allowed_hosts or settings.public_url):
        text += (
            "\nWhoever a proxy passes on to here is answered: let it authenticate its callers, or "
            f"set {variable('tokens_file')}."
        )
    if not loopback and not settings.allowed_hosts and not settings.public_url:
        text += (
            f"\nOnly requests for localhost are answered: say in {variable('allowed_hosts')} by "
            "which names clients reach it."
        )
    return text
