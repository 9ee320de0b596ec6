"""An OAuth resource server: callers bring JWTs that an issuer signed for this server and no other."""

import logging
from collections.abc import Mapping
from typing import Any, Final

import jwt
from mcp.server.auth.provider import AccessToken
from starlette.authentication import AuthenticationError

from drs_mcp.errors import SettingsError, TransportError
from drs_mcp.http.auth.keys import ALGORITHMS, IssuerKeys
from drs_mcp.observe.caller import is_reserved
from drs_mcp.quoting.quoted import quote

_LONGEST: Final = 16 * 1024
_LEEWAY_S: Final = 30
_REQUIRED: Final = ["exp", "iss", "aud"]
_TYPES: Final = ("jwt", "at+jwt")
"""Of access tokens (RFC 9068, section 4); DPoP proofs, logout tokens and others name their own."""

_logger = logging.getLogger(__name__)


class IssuerUnavailable(AuthenticationError):
    """Nothing can be said of a token, because the issuer's keys cannot be had."""


class JwtVerifier:
    """Knows callers by an issuer's tokens; the SDK's `TokenVerifier`.

    Args:
        issuer: what `iss` must be.
        audience: what must be in `aud`.
        keys: the issuer's keys.
    """

    def __init__(self, issuer: str, audience: str, keys: IssuerKeys) -> None:
        self._issuer = issuer
        self._audience = audience
        self._keys = keys

    async def verify_token(self, token: str) -> AccessToken | None:
        """Whose *token* it is and what it allows, or None if it is not for us.

        Raises:
            IssuerUnavailable: it could not be found out.
        """
        try:
            claims = await self._claims(token)
        except (TransportError, SettingsError) as error:
            _logger.warning("No token can be verified: %s", error)
            raise IssuerUnavailable from error
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            # Which check failed, in PyJWT's name for it: the operator must be able to find out.
            _logger.warning("A token was refused: %s", type(error).__name__)
            return None
        if why := _not_a_bearer_token(claims):
            _logger.warning("A token was refused: %s", why)
            return None
        name = _name(claims)
        if is_reserved(name):
            _logger.warning("A token was refused: its subject is a name that the server reserves")
            return None
        if not name:
            _logger.warning("A token was refused: it names neither a subject nor a client")
            return None
        return AccessToken(
            token="",  # it goes no further
            client_id=name,
            scopes=_scopes(claims),
            expires_at=int(claims["exp"]) + _LEEWAY_S,  # the SDK looks once more, to the second
        )

    async def _claims(self, token: str) -> Mapping[str, Any]:
        if len(token) > _LONGEST:
            raise jwt.DecodeError("too long")
        header = jwt.get_unverified_header(token)
        algorithm, key_id = header.get("alg"), header.get("kid", "")
        if algorithm not in ALGORITHMS or not isinstance(key_id, str):
            raise jwt.InvalidAlgorithmError("not allowed")
        if str(header.get("typ") or "jwt").lower().removeprefix("application/") not in _TYPES:
            raise jwt.InvalidTokenError("a token of another kind")
        key = await self._keys.key(key_id, algorithm)
        if key is None:
            raise jwt.InvalidKeyError("not the issuer's")
        return jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=self._audience,
            issuer=self._issuer,
            leeway=_LEEWAY_S,
            options={"require": _REQUIRED, "enforce_minimum_key_length": True},
        )


def _not_a_bearer_token(claims: Mapping[str, Any]) -> str:
    """Why whoever holds the token may not use it here; empty if nothing speaks against it."""
    if "cnf" in claims:  # RFC 7800: only with a proof of its key, which nobody here checks
        return "it is bound to a key (cnf), and bearers cannot prove that it is theirs"
    if not {"at_hash", "c_hash", "s_hash"}.isdisjoint(claims):  # OpenID Connect Core, 3.1.3.6
        return "it is an ID token"
    if "nonce" in claims and not _scopes(claims):
        return "it is an ID token"
    if str(claims.get("typ", "bearer")).lower() not in ("bearer", *_TYPES):  # as Keycloak writes it
        return "it is not an access token (typ)"
    return ""


def _name(claims: Mapping[str, Any]) -> str:
    """Who asks: the subject, or the client that asks for itself; fit for a log line."""
    for claim in ("sub", "client_id", "azp"):
        if isinstance(found := claims.get(claim), str) and found.strip():
            return quote(found, 128)
    return ""


def _scopes(claims: Mapping[str, Any]) -> list[str]:
    """`scope` (RFC 9068) and `scp`, as some issuers call it: words in one string, or a list."""
    words: list[str] = []
    for claim in ("scope", "scp"):
        found = claims.get(claim, ())
        if isinstance(found, str):
            words += found.split()
        elif isinstance(found, list):
            words += map(str, found)
    return words
