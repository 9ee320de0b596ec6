"""The keys of an OAuth issuer: found through its metadata, kept a while, fetched one at a time."""

import logging
from collections.abc import Mapping
from typing import Any, Final

import httpx2
import jwt

from drs_mcp.api.access.exchange import Wire, plain_client, send
from drs_mcp.api.http.single_flight import SingleFlight
from drs_mcp.clock import Clock
from drs_mcp.errors import BadAnswer, SettingsError, TransportError

ALGORITHMS: Final = (
    *("RS256", "RS384", "RS512"),
    *("PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512"),
    "EdDSA",
)
"""Signatures by a private key only: never none, never HS*, whose key a verifier would have too."""

FRESH_S: Final = 600.0
"""How long keys are taken for the issuer's own without asking again."""
STALE_S: Final = 3600.0
"""How long they still serve when the issuer cannot be reached."""
_KINDS: Final = {
    "RS": "RSA",
    "PS": "RSA",
    "ES": "EC",
    "Ed": "OKP",
}  # of an algorithm: the key's kty
_PAUSE_S: Final = 10.0  # between two fetches, whatever key IDs tokens name
_TIMEOUT_S: Final = 5.0

_logger = logging.getLogger(__name__)


class IssuerKeys:
    """The public keys that an issuer signs with.

    Args:
        issuer: the issuer's URL.
        clock: the one clock.
        jwks_url: where the keys are, if the issuer's metadata need not be asked.
        wire: makes the transport; the seam for tests.
    """

    def __init__(
        self, issuer: str, clock: Clock, jwks_url: str = "", wire: Wire = lambda: None
    ) -> None:
        self._issuer = issuer
        self._clock = clock
        self._jwks_url = jwks_url
        self._wire = wire
        self._keys: list[dict[str, Any]] = []
        self._fetched_at = float("-inf")
        self._tried_at = float("-inf")
        self._fetch_once: SingleFlight[None] = SingleFlight()

    async def key(self, key_id: str, algorithm: str) -> jwt.PyJWK | None:
        """The key of that ID, or the only one for the algorithm when a token names none.

        Raises:
            TransportError: the issuer cannot be asked, and no keys are known that may still serve.
            jwt.PyJWTError: the key is no key.
        """
        if self._age() >= FRESH_S:
            await self._refresh()
        found = self._found(key_id, algorithm)
        if found is None and self._may_try():  # keys may have been rolled over since
            await self._refresh()
            found = self._found(key_id, algorithm)
        return jwt.PyJWK(found, algorithm) if found is not None else None

    def _found(self, key_id: str, algorithm: str) -> dict[str, Any] | None:
        fitting = [
            item
            for item in self._keys
            if _fits(item, algorithm) and (not key_id or item.get("kid") == key_id)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _age(self) -> float:
        return self._clock.monotonic() - self._fetched_at

    def _may_try(self) -> bool:
        return self._clock.monotonic() - self._tried_at >= _PAUSE_S

    async def _refresh(self) -> None:
        if self._may_try():
            try:
                await self._fetch_once(self._fetch)
            except (TransportError, SettingsError) as error:
                if self._age() >= STALE_S:
                    raise
                _logger.warning("The keys known so far go on serving: %s", error)
        elif self._age() >= STALE_S:
            raise BadAnswer("The issuer's keys could not be read a moment ago.")

    async def _fetch(self) -> None:
        try:
            url = self._jwks_url or await self._discovered()
            keys = _usable(await self._read(url, "the keys"))
            if not keys:
                raise BadAnswer("The issuer publishes no key that can be used here.")
            self._keys, self._fetched_at = keys, self._clock.monotonic()
        finally:
            self._tried_at = self._clock.monotonic()

    async def _discovered(self) -> str:
        """Where the issuer's metadata say that its keys are."""
        for url in metadata_urls(self._issuer):
            body = await self._read(url, "the metadata", absent=True)
            if not body:
                continue
            if body.get("issuer") != self._issuer:
                raise BadAnswer("The issuer's metadata name another issuer.")
            found = body.get("jwks_uri")
            if isinstance(found, str) and _may_be_asked(found, self._issuer):
                return found
            raise BadAnswer("The issuer's metadata name no https URL for its keys.")
        raise BadAnswer("The issuer publishes no metadata; set DRS_MCP_HTTP_OAUTH_JWKS_URL.")

    async def _read(self, url: str, what: str, *, absent: bool = False) -> Mapping[str, Any]:
        parsed = httpx2.URL(url)
        origin = f"{parsed.scheme}://{parsed.netloc.decode('ascii')}"
        async with plain_client(origin, self._wire(), timeout_s=_TIMEOUT_S) as http:
            request = http.build_request("GET", url, headers={"Accept": "application/json"})
            answer = await send(http, request, what, "the issuer", secret=True)
        if absent and 400 <= answer.status < 500:
            return {}
        if answer.status != 200 or not isinstance(answer.body, Mapping):
            raise BadAnswer(f"The issuer answered with HTTP {answer.status} in place of {what}.")
        return answer.body


def metadata_urls(issuer: str) -> list[str]:
    """Where metadata may be: RFC 8414 puts its name before the issuer's path, OpenID after it."""
    url = httpx2.URL(issuer)
    origin, path = f"{url.scheme}://{url.netloc.decode('ascii')}", url.path.rstrip("/")
    return [
        f"{origin}/.well-known/oauth-authorization-server{path}",
        f"{origin}{path}/.well-known/openid-configuration",
    ]


def _may_be_asked(url: str, issuer: str) -> bool:
    """Https; an issuer on loopback, which may use http, may name itself."""
    try:
        parsed, own = httpx2.URL(url), httpx2.URL(issuer)
    except (httpx2.InvalidURL, ValueError):
        return False
    if (parsed.port or 443) > 65535:
        return False
    return parsed.scheme == "https" or (parsed.scheme, parsed.netloc) == (own.scheme, own.netloc)


def _usable(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Public keys that are meant to verify signatures."""
    listed = body.get("keys")
    return [
        item
        for item in (listed if isinstance(listed, list) else [])
        if isinstance(item, dict)
        and item.get("kty") in _KINDS.values()
        and item.get("use", "sig") == "sig"
    ]


def _fits(item: Mapping[str, Any], algorithm: str) -> bool:
    kind = _KINDS.get(algorithm[:2])
    return bool(item["kty"] == kind and item.get("alg", algorithm) == algorithm)
