"""Authentication of callers: the request's token is verified here and goes no further."""

from pathlib import Path
from typing import Final

from mcp.server.auth.middleware.bearer_auth import (
    AuthenticatedUser,
    BearerAuthBackend,
    RequireAuthMiddleware,
)
from mcp.server.auth.provider import AccessToken, TokenVerifier
from mcp.server.auth.routes import build_resource_metadata_url
from pydantic import AnyHttpUrl
from starlette.authentication import AuthenticationError
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from drs_mcp.api.access.exchange import Wire, plain_client
from drs_mcp.clock import Clock
from drs_mcp.http.auth.attempts import LimitedAttempts
from drs_mcp.http.auth.keys import IssuerKeys
from drs_mcp.http.auth.oauth import JwtVerifier
from drs_mcp.http.auth.tokens import FileTokens, StaticTokens, tokens_in_variable
from drs_mcp.http.drain import Drain, stopping
from drs_mcp.http.refusals import refusal
from drs_mcp.http.settings import HttpSettings, variable
from drs_mcp.observe.caller import ANONYMOUS, called_by
from drs_mcp.observe.refused_logins import RefusedLogins

# Nothing behind this needs them, so nothing behind it can pass them on or write them down.
_WITHHELD: Final = (b"authorization", b"proxy-authorization", b"cookie")
_RETRY_AFTER_S: Final = 10.0
_LET_IN: Final = "drs_mcp.let_in"
"""In the scope of a request whose caller is known: what is answered then is no refused login."""


def verifier_of(settings: HttpSettings, clock: Clock, wire: Wire) -> TokenVerifier | None:
    """What knows callers by their tokens; None: nobody is asked for one.

    Raises:
        SettingsError: the tokens cannot be used, or the way to the issuer cannot.
    """
    if settings.oauth_issuer:
        plain_client(settings.oauth_issuer, wire())  # said now if no client can be made
        keys = IssuerKeys(settings.oauth_issuer, clock, settings.oauth_jwks_url, wire)
        audience = settings.oauth_audience or settings.public_url
        return JwtVerifier(settings.oauth_issuer, audience, keys)
    if settings.tokens_file:
        path = Path(settings.tokens_file).expanduser()
        return StaticTokens(FileTokens(path, variable("tokens_file")))
    if given := settings.tokens.get_secret_value():
        tokens = tokens_in_variable(given, variable("tokens"))
        return StaticTokens(lambda: tokens)
    return None


def authenticated(
    app: ASGIApp,
    settings: HttpSettings,
    verifier: TokenVerifier | None,
    drain: Drain,
    clock: Clock,
    refused: RefusedLogins,
) -> ASGIApp:
    """*app*, for callers whom *verifier* knows (else 401) and who have every scope (else 403).

    Whoever is not let in is told to *refused*.
    """
    known: ASGIApp = _CallerMiddleware(app, settings)
    if verifier is None:
        return known
    metadata = None
    if settings.oauth_issuer:
        metadata = build_resource_metadata_url(AnyHttpUrl(settings.public_url))
    required = RequireAuthMiddleware(known, list(settings.oauth_scopes), metadata)
    backend = BearerAuthBackend(_InterruptibleVerifier(verifier, drain))
    checked = AuthenticationMiddleware(required, backend, _unavailable)
    told = _RefusalsTold(checked, refused, _setting_of(settings))
    return LimitedAttempts(told, clock, refused, _setting_of(settings))


def _setting_of(settings: HttpSettings) -> str:
    """The setting that says which tokens are accepted."""
    names = ("oauth_issuer", "tokens_file", "tokens")
    return next(name for name in names if getattr(settings, name))


class _ServerStopping(AuthenticationError):
    """The server is stopping: the issuer is no longer waited for."""


class _InterruptibleVerifier:
    """A verifier that the drain can interrupt, for the issuer may take long to answer."""

    def __init__(self, verifier: TokenVerifier, drain: Drain) -> None:
        self._verifier = verifier
        self._drain = drain

    async def verify_token(self, token: str) -> AccessToken | None:
        with self._drain.interruptible():
            return await self._verifier.verify_token(token)
        raise _ServerStopping


class _RefusalsTold:
    """Tells of every request that was not let in, by what is wrong with it and what to set."""

    def __init__(self, app: ASGIApp, refused: RefusedLogins, setting: str) -> None:
        self._app = app
        self._refused = refused
        self._setting = variable(setting)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def seen(message: Message) -> None:
            if message["type"] == "http.response.start" and _LET_IN not in scope:
                self._tell(scope, message["status"])
            await send(message)

        await self._app(scope, receive, seen)

    def _tell(self, scope: Scope, status: int) -> None:
        if status == 403:
            self._refused.refused("scope_missing", variable("oauth_scopes"))
        elif status == 401:
            given = any(key == b"authorization" for key, _ in scope["headers"])
            self._refused.refused("token_refused" if given else "token_missing", self._setting)


def _unavailable(_: HTTPConnection, error: AuthenticationError) -> Response:
    # Not 401: the token may be good, and a client would throw it away.
    if isinstance(error, _ServerStopping):
        return stopping()
    return refusal(503, "Tokens cannot be verified at present.", retry_after_s=_RETRY_AFTER_S)


class _CallerMiddleware:
    """Names the caller, says whether it may act, and takes the credentials out of the request."""

    def __init__(self, app: ASGIApp, settings: HttpSettings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        user = scope.get("user")
        token = user.access_token if isinstance(user, AuthenticatedUser) else None
        scope[_LET_IN] = True
        headers = [(key, value) for key, value in scope["headers"] if key not in _WITHHELD]
        name = token.client_id if token else ANONYMOUS
        with called_by(name, acts=token is not None and self._acts(token)):
            await self._app({**scope, "headers": headers}, receive, send)

    def _acts(self, token: AccessToken) -> bool:
        """Whether the operator has named the caller, or a scope that its token has."""
        wanted = self._settings.action_scope
        named = token.client_id in self._settings.action_callers
        return named or (bool(wanted) and wanted in token.scopes)
