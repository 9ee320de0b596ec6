"""The app: the SDK's Streamable HTTP behind our guard, with health beside it."""

import re
from typing import Any, Final

from mcp.server import MCPServer
from mcp.server.auth.provider import TokenVerifier
from mcp.server.auth.routes import create_protected_resource_routes
from mcp.server.auth.settings import AuthSettings
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Route

from drs_mcp.clock import Clock
from drs_mcp.http.admission import Admission
from drs_mcp.http.auth.access import authenticated
from drs_mcp.http.drain import Drain, DrainMiddleware
from drs_mcp.http.guard import Guard
from drs_mcp.http.health import health_routes
from drs_mcp.http.settings import HttpSettings
from drs_mcp.observe.refused_logins import RefusedLogins

PATH: Final = "/mcp"


def http_app(
    server: MCPServer[Any],
    settings: HttpSettings,
    drain: Drain,
    clock: Clock,
    verifier: TokenVerifier | None,
    refused: RefusedLogins,
) -> Starlette:
    """The ASGI app that serves *server* at `/mcp`.

    Without sessions and with answers as event streams where they take long: any replica can answer
    any request, progress is told, and a caller that leaves ends its call.
    """
    security = settings.transport_security
    inner = server.streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        max_request_body_size=settings.max_body,
        transport_security=security,  # always: left to itself the SDK checks on loopback only
    )
    server.middleware.append(drain.interruptible_handlers)
    admitted = Admission(inner, settings, drain, clock)
    known = authenticated(admitted, settings, verifier, drain, clock, refused)
    endpoint = DrainMiddleware(known, drain)
    middleware = [Middleware(Guard, security, refused)]
    if settings.allowed_origins:  # pages of loopback are not foreign, but get no more than that
        middleware.append(_cors(settings))
    app = Starlette(
        routes=[*health_routes(drain), *_metadata(settings), Route(PATH, endpoint)],
        middleware=middleware,
        lifespan=inner.router.lifespan_context,
    )
    # Behind a proxy that ends TLS, a redirect from /mcp/ would send a caller and its token to http.
    app.router.redirect_slashes = False
    return app


def _metadata(settings: HttpSettings) -> list[BaseRoute]:
    """RFC 9728: where to get a token for this server."""
    if not settings.oauth_issuer:
        return []
    # Through the SDK's model, which keeps a URL without a path as it was written: clients compare.
    auth = AuthSettings.model_validate(
        {
            "issuer_url": settings.oauth_issuer,
            "resource_server_url": settings.public_url,
            "validate_token_resource": False,  # `oauth` checks the audience
        }
    )
    return [
        *create_protected_resource_routes(
            resource_url=auth.resource_server_url or auth.issuer_url,
            authorization_servers=[auth.issuer_url],
            scopes_supported=list(settings.oauth_scopes) or None,
            resource_name="drs-mcp",
        )
    ]


def _cors(settings: HttpSettings) -> Middleware:
    """Lets pages of the listed origins read answers: the browser asks for leave first."""
    exact = [origin for origin in settings.allowed_origins if not origin.endswith(":*")]
    any_port = "|".join(
        re.escape(origin[:-2]) + r":\d+"
        for origin in settings.allowed_origins
        if origin.endswith(":*")
    )
    return Middleware(
        CORSMiddleware,
        allow_origins=exact,
        allow_origin_regex=any_port or None,
        allow_methods=["POST"],
        allow_headers=["*"],
        expose_headers=["WWW-Authenticate", "Retry-After"],
    )
