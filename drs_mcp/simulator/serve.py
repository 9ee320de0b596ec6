"""The embedded DRS on loopback, served by uvicorn."""

import socket
from collections.abc import Callable
from typing import Protocol

import click
import uvicorn
from starlette.applications import Starlette

from drs_mcp.clock import SystemClock
from drs_mcp.simulator.access.identity import (
    ACCESS_KEY,
    DOMAIN,
    PASSWORD,
    PROJECT_ID,
    REGION,
    SECRET_KEY,
    TOKEN,
    USER,
)
from drs_mcp.simulator.app import Simulator

LOOPBACK = "127.0.0.1"


class HasApp(Protocol):
    """Whatever has an ASGI app: the simulator, and the metadata service."""

    @property
    def app(self) -> Starlette:
        """The app."""


async def serve(
    simulator: HasApp,
    host: str = LOOPBACK,
    port: int = 0,
    *,
    started: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve *simulator* until cancelled or interrupted, on asyncio.

    Args:
        simulator: what to serve.
        host: the address to listen on.
        port: the port; 0 takes a free one.
        started: told the base URL once connections are accepted.

    Raises:
        OSError: the port cannot be had.
    """
    config = uvicorn.Config(
        simulator.app,
        log_config=None,
        log_level="critical",  # a connection that a fault cuts off is no news
        access_log=False,
        lifespan="off",
        date_header=False,  # the simulator tells its own time
        server_header=False,
    )
    server = uvicorn.Server(config)
    with socket.create_server((host, port)) as listening:
        started(f"http://{host}:{listening.getsockname()[1]}")
        await server.serve(sockets=[listening])


async def run(port: int) -> None:
    """Serve a world that starts now, and say on stderr how to reach it."""
    await serve(Simulator(now=SystemClock().utc_now), port=port, started=_announce)


def _announce(url: str) -> None:
    click.echo(
        f"The embedded DRS and its IAM answer at {url} until you press Ctrl-C.\n"
        f"  region {REGION}, project {PROJECT_ID}\n"
        f"  token: {TOKEN}\n"
        f"  keys: {ACCESS_KEY} / {SECRET_KEY}\n"
        f"  IAM user: {USER} of {DOMAIN} / {PASSWORD}",
        err=True,
    )
