"""Connections to DRS: one per profile, made when first asked for, closed together."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Self

import anyio

from drs_mcp.api.access.credentials import Credentials
from drs_mcp.api.access.exchange import Wire
from drs_mcp.api.access.iam import Iam
from drs_mcp.api.access.sources import source_of
from drs_mcp.api.acting.door import ActionDoor
from drs_mcp.api.acting.turns import Turns
from drs_mcp.api.client import DrsClient
from drs_mcp.api.http.endpoints import cloud_eye_endpoint, drs_endpoint, iam_endpoint
from drs_mcp.api.http.limits import TIMEOUTS, Limits, Timeouts
from drs_mcp.api.http.sharing import Sharing
from drs_mcp.api.http.single_flight import SingleFlight
from drs_mcp.api.offers import Offers
from drs_mcp.api.reading import ReadingTransport
from drs_mcp.api.request import ExchangeResult
from drs_mcp.api.timed_cache import TimedCache
from drs_mcp.api.transport import Transport
from drs_mcp.clock import Clock
from drs_mcp.errors import ArgumentError, SettingsError
from drs_mcp.observe.audit import AuditLog
from drs_mcp.quoting.known_secrets import register_secrets
from drs_mcp.settings import DEFAULT_PROFILE, Settings, require


@dataclass(frozen=True)
class Connection:
    """What a read needs to know: which profile, region and project, and the client of this call.

    `profiles` are the names of all, `open` a connection of another one. `listing` holds the task
    list that was read last, `offers` what DRS does not offer, for all calls of the profile;
    `cloud_eye` leads to Cloud Eye where the profile allows that. What
    this call made of its `job` is kept in `taken` (word as given -> word to ask with) and `notes`,
    for the answer to say; `not_offered` are the parts that DRS does not offer to the task.
    Actions leave by the `door`; None where they are off.
    """

    profile: str
    region: str
    project_id: str
    client: DrsClient
    profiles: tuple[str, ...]
    open: Callable[[str], Awaitable["Connection"]]
    listing: TimedCache[Any] = field(default_factory=TimedCache)
    offers: Offers = field(default_factory=Offers)
    cloud_eye: ReadingTransport | None = None
    taken: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    not_offered: set[str] = field(default_factory=set)
    door: ActionDoor | None = None


class Connections:
    """The profiles' transports, built lazily. Use as an async context manager.

    Requests that calls share run in a task group of its own, which ends with it.

    Args:
        settings: the profiles by name.
        clock: the one clock.
        wire: the seam for tests and the embedded DRS.
        default: the profile that a call without one uses.
        timeouts: of one request.
        unusable: why there are no settings; every call is told it.
        audit: for the lines of actions; without it there are none.
    """

    def __init__(
        self,
        settings: Mapping[str, Settings],
        clock: Clock,
        wire: Wire | None = None,
        *,
        default: str = DEFAULT_PROFILE,
        timeouts: Timeouts = TIMEOUTS,
        unusable: SettingsError | None = None,
        audit: AuditLog | None = None,
    ) -> None:
        self._audit = audit
        self._turns = Turns()
        self._unusable = unusable
        self._settings = settings
        self._default = default
        self._clock = clock
        self._wire = wire or (lambda: None)
        self._profiles: dict[str, _Profile] = {}
        self._stack = AsyncExitStack()
        self._requests = anyio.create_task_group()
        self._timeouts = timeouts
        self._building = anyio.Lock()

    @property
    def clock(self) -> Clock:
        """The one clock."""
        return self._clock

    async def __aenter__(self) -> Self:
        await self._stack.__aenter__()
        await self._requests.__aenter__()
        return self

    async def __aexit__(self, *exception: object) -> None:
        # Requests end before the clients they are made with. What ended the body is not the
        # group's: it would wrap it.
        self._requests.cancel_scope.cancel()
        try:
            await self._requests.__aexit__(None, None, None)
        finally:
            await self._stack.aclose()

    async def open(self, profile: str = "") -> Connection:
        """A connection for one call, with limits of its own.

        Raises:
            ArgumentError: there is no such profile; lists those there are.
            SettingsError: the profile lacks a setting, or one cannot be used.
        """
        if self._unusable is not None:
            raise SettingsError(*self._unusable.args)
        name = profile or self._default
        settings = self._settings.get(name)
        if settings is None:
            known = ", ".join(sorted(self._settings))
            raise ArgumentError(f"There is no such profile. Known profiles: {known}.")
        require(settings, "region")
        made = await self._profile(name, settings)
        project_id = settings.project_id or await made.project_id()
        client = DrsClient(
            ReadingTransport(made.transport),
            project_id,
            Limits(self._clock),
            language=settings.language,
        )
        names = tuple(sorted(self._settings))
        return Connection(
            name,
            settings.region,
            project_id,
            client,
            names,
            self.open,
            made.listing,
            made.offers,
            cloud_eye=ReadingTransport(made.cloud_eye) if made.cloud_eye is not None else None,
            door=self._door(made.transport, project_id, settings.action_kinds),
        )

    def _door(
        self, transport: Transport, project_id: str, kinds: frozenset[str]
    ) -> ActionDoor | None:
        if not kinds or self._audit is None:
            return None
        return ActionDoor(transport, project_id, kinds, self._audit, self._turns)

    async def _profile(self, name: str, settings: Settings) -> "_Profile":
        async with self._building:
            if name not in self._profiles:
                sharing: Sharing[ExchangeResult] = Sharing(self._requests)
                made = _Profile.of(settings, self._clock, self._wire, sharing, self._timeouts)
                await self._stack.enter_async_context(made.transport)
                if made.cloud_eye is not None:
                    await self._stack.enter_async_context(made.cloud_eye)
                self._profiles[name] = made
            return self._profiles[name]


@dataclass
class _Profile:
    """What the calls of one profile share."""

    settings: Settings
    iam: Iam
    credentials: Credentials
    transport: Transport
    cloud_eye: Transport | None = None
    listing: TimedCache[Any] = field(default_factory=TimedCache)
    offers: Offers = field(default_factory=Offers)
    _project_lookup: SingleFlight[str] = field(default_factory=SingleFlight)
    _project_id: str = ""

    @classmethod
    def of(
        cls,
        settings: Settings,
        clock: Clock,
        wire: Wire,
        sharing: Sharing[ExchangeResult],
        timeouts: Timeouts,
    ) -> "_Profile":
        private = settings.allow_private == "on"
        origin = drs_endpoint(settings.region, settings.endpoint, private=private)
        iam_origin = iam_endpoint(
            settings.region, settings.iam_endpoint, settings.endpoint, private=private
        )
        register_secrets(settings.secrets)  # also those that are given and not used
        iam = Iam(iam_origin, clock, wire)
        credentials = Credentials(source_of(settings, iam, wire), clock)

        def transport_to(there: str) -> Transport:
            return Transport(
                origin=there,
                region=settings.region,
                credentials=credentials,
                clock=clock,
                project_id=settings.project_id,
                wire=wire(),
                sharing=sharing if there == origin else None,
                timeouts=timeouts,
            )

        figures = cloud_eye_endpoint(settings.region, settings.endpoint)
        cloud_eye = transport_to(figures) if figures and settings.cloud_eye == "true" else None
        return cls(settings, iam, credentials, transport_to(origin), cloud_eye)

    async def project_id(self) -> str:
        """The project's ID as IAM knows it, looked up once."""
        return self._project_id or await self._project_lookup(self._look_up)

    async def _look_up(self) -> str:
        named = self.settings.label("project_name") if self.settings.project_name else ""
        self._project_id = await self.iam.project_id(
            self.credentials, self.settings.project, named=named
        )
        for transport in filter(None, (self.transport, self.cloud_eye)):
            transport.use_project(self._project_id)
        return self._project_id
