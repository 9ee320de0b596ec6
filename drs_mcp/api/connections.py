"""Connections to DRS: one per profile, made when first asked for, closed together."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Self

import anyio
import httpx2

from drs_mcp.api.client import DrsClient
from drs_mcp.api.endpoints import drs_endpoint
from drs_mcp.api.limits import Limits
from drs_mcp.api.transport import TokenAuth, Transport
from drs_mcp.clock import Clock
from drs_mcp.errors import ArgumentError
from drs_mcp.settings import Settings, require

DEFAULT_PROFILE = "default"

Wire = Callable[[], httpx2.AsyncBaseTransport | None]
"""Makes httpx2's own transport for a profile; None: the network."""


@dataclass(frozen=True)
class Connection:
    """What a read needs to know: which profile, region and project, and the client of this call."""

    profile: str
    region: str
    project_id: str
    client: DrsClient


class Connections:
    """The profiles' transports, built lazily. Use as an async context manager.

    Args:
        settings: the profiles by name.
        clock: the one clock.
        wire: the seam for tests and the embedded DRS.
        default: the profile that a call without one uses.
    """

    def __init__(
        self,
        settings: dict[str, Settings],
        clock: Clock,
        wire: Wire | None = None,
        *,
        default: str = DEFAULT_PROFILE,
    ) -> None:
        self._settings = settings
        self._default = default
        self._clock = clock
        self._wire = wire or (lambda: None)
        self._transports: dict[str, Transport] = {}
        self._stack = AsyncExitStack()
        self._building = anyio.Lock()

    @property
    def clock(self) -> Clock:
        """The one clock."""
        return self._clock

    async def __aenter__(self) -> Self:
        await self._stack.__aenter__()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._stack.aclose()

    async def open(self, profile: str = "") -> Connection:
        """A connection for one call, with limits of its own.

        Raises:
            ArgumentError: there is no such profile; lists those there are.
            SettingsError: the profile lacks a setting, or one cannot be used.
        """
        name = profile or self._default
        settings = self._settings.get(name)
        if settings is None:
            known = ", ".join(sorted(self._settings))
            raise ArgumentError(f"There is no such profile. Known profiles: {known}.")
        require(settings, "region", "project_id", "token")
        transport = await self._transport(name, settings)
        client = DrsClient(
            transport, settings.project_id, Limits(self._clock), language=settings.language
        )
        return Connection(name, settings.region, settings.project_id, client)

    async def _transport(self, name: str, settings: Settings) -> Transport:
        async with self._building:
            if name not in self._transports:
                origin = drs_endpoint(settings.region, settings.endpoint)
                transport = Transport(
                    origin=origin,
                    region=settings.region,
                    auth=TokenAuth(settings.token.get_secret_value(), origin),
                    clock=self._clock,
                    wire=self._wire(),
                )
                self._transports[name] = await self._stack.enter_async_context(transport)
            return self._transports[name]
