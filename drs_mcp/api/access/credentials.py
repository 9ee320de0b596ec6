"""Credentials: what proves who asks, where it comes from, and its renewal.

A `Source` knows how to fetch a credential; `Credentials` keeps the current one for a profile,
renews it before its end, and once when it is refused, however many calls notice it at once.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from drs_mcp.api.http.single_flight import SingleFlight
from drs_mcp.clock import Clock
from drs_mcp.errors import ApiError, DrsError, NotAuthenticated, NotPermitted, SettingsError
from drs_mcp.quoting.known_secrets import register_secrets

RENEW_BEFORE = timedelta(minutes=5)
"""A credential with an end is renewed so long before it."""

REFUSAL_CACHED_S = 300.0
"""A refused password is not tried again for so long: IAM locks accounts."""

_COOLDOWN_S = 60.0
"""Seconds between two renewals of a credential that is near its end even when it is fresh, and
between two of one that DRS refuses even when it is fresh: IAM limits how often one may log in."""


@dataclass(frozen=True)
class Token:
    """An IAM token scoped to a project (`X-Auth-Token`)."""

    value: str = field(repr=False)
    expires_at: datetime | None = None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must be shown nowhere."""
        return (self.value,)


@dataclass(frozen=True)
class Keys:
    """An access key and its secret key; temporary ones have a security token and an end."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    security_token: str = field(default="", repr=False)
    expires_at: datetime | None = None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must be shown nowhere."""
        return (self.access_key, self.secret_key, self.security_token)


Credential = Token | Keys


class Source(Protocol):
    """Where credentials come from.

    Attributes:
        name: how messages call it, such as `DRS_MCP_TOKEN`.
        advice: what to do when DRS refuses what it gives.
        renew_before: how long before its end a credential is renewed.
    """

    @property
    def name(self) -> str:
        """How messages call it."""

    @property
    def advice(self) -> str:
        """What to do when DRS refuses what it gives."""

    @property
    def renew_before(self) -> timedelta:
        """How long before its end a credential is renewed."""

    async def fetch(self) -> Credential:
        """A credential, read or fetched anew.

        Raises:
            SettingsError: there is none, or it is not complete; says what to do.
            ApiError: IAM or the metadata service refused.
            TransportError: it could not be reached.
        """


@dataclass
class SourceWrapper:
    """A source that wraps another one: name, advice and renewal are that source's."""

    source: Source

    @property
    def name(self) -> str:
        """The other source's."""
        return self.source.name

    @property
    def advice(self) -> str:
        """The other source's."""
        return self.source.advice

    @property
    def renew_before(self) -> timedelta:
        """The other source's."""
        return self.source.renew_before

    async def fetch(self) -> Credential:
        """What the other source fetches."""
        return await self.source.fetch()


@dataclass(frozen=True)
class IssuedCredential:
    """A credential and its number, which grows by one with each renewal."""

    credential: Credential = field(repr=False)
    number: int


class Credentials:
    """The current credential of one profile."""

    def __init__(self, source: Source, clock: Clock) -> None:
        self.source = source
        self._clock = clock
        self._flight: SingleFlight[IssuedCredential] = SingleFlight()
        self._issued: IssuedCredential | None = None
        self._cooldown_until = 0.0
        self._replaced_until = 0.0
        self._refusal: tuple[float, ApiError] | None = None

    async def current(self) -> IssuedCredential:
        """The credential to sign with, fetched on first use and renewed before its end."""
        issued = self._issued
        if issued is None:
            return await self._flight(self._fetch)
        end, now = issued.credential.expires_at, self._clock.utc_now()
        cooling_down = self._clock.monotonic() < self._cooldown_until
        if end is None or cooling_down or now < end - self.source.renew_before:
            return issued
        try:
            return await self._flight(self._fetch)
        except DrsError:
            if now >= end:
                raise
            # It is good for some minutes more.
            self._cooldown_until = self._clock.monotonic() + _COOLDOWN_S
            return issued

    async def renew(self, refused: IssuedCredential) -> bool:
        """Read the credentials again after DRS has *refused* them; whether there are others now.

        Many calls may notice at once: the first one fetches, the others find it done. One that took
        a refused one's place and is refused as well is kept for a while: if DRS refuses good
        tokens, every call would log in at IAM.
        """
        issued = self._issued
        if issued is None or issued.number <= refused.number:
            if self._clock.monotonic() < self._replaced_until:
                return False
            issued = await self._flight(self._fetch)
            if issued.number > refused.number:
                self._replaced_until = self._clock.monotonic() + _COOLDOWN_S
        return issued.number > refused.number

    async def _fetch(self) -> IssuedCredential:
        now = self._clock.monotonic()
        if self._refusal is not None and now < self._refusal[0]:
            raise self._refusal[1]
        try:
            credential = await self.source.fetch()
            register_secrets(credential.secrets)
        except DrsError as error:
            error.of_credentials = True
            if isinstance(error, NotAuthenticated | NotPermitted):
                self._refusal = (now + REFUSAL_CACHED_S, error)
            raise
        if not _can_be_sent(credential):
            raise SettingsError(
                f"What {self.source.name} holds cannot be sent: it has blanks, line breaks or "
                "letters that no token and no key has. Copy it again."
            )
        issued = self._issued
        if issued is None or issued.credential != credential:
            issued = IssuedCredential(credential, issued.number + 1 if issued else 1)
        self._issued = issued
        self._cooldown_until = self._clock.monotonic() + _COOLDOWN_S
        return issued


def _can_be_sent(credential: Credential) -> bool:
    # Else the HTTP library's own error would repeat the value.
    return all(
        part.isascii() and part.isprintable() and " " not in part for part in credential.secrets
    )


@dataclass(frozen=True)
class StaticSource:
    """A source of one fixed credential, such as a token or keys in the environment."""

    credential: Credential = field(repr=False)
    name: str
    advice: str
    renew_before: timedelta = timedelta(0)

    async def fetch(self) -> Credential:
        """The fixed credential."""
        return self.credential
