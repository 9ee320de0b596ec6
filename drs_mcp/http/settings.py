"""Settings of the HTTP server: `DRS_MCP_HTTP_*`; errors name a variable and never its value."""

import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal

import httpx2
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)

from drs_mcp.errors import SettingsError

PREFIX: Final = "DRS_MCP_HTTP_"
LOOPBACK_NAMES: Final = ("127.0.0.1", "localhost", "[::1]")

_HOST = r"([A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(:(\d{1,5}|\*))?"
_ORIGIN = rf"https?://{_HOST}"


def _listed(value: object) -> object:
    return re.split(r"[,\s]+", value.strip()) if isinstance(value, str) else value


def _lower(value: str) -> str:
    """Names are compared without case, and browsers write origins in small letters."""
    return value.lower()


Host = Annotated[str, Field(pattern=rf"^{_HOST}$"), AfterValidator(_lower)]
Origin = Annotated[str, Field(pattern=rf"^{_ORIGIN}$"), AfterValidator(_lower)]
Scope = Annotated[str, Field(pattern=r"^[\x21\x23-\x5b\x5d-\x7e]{1,200}$")]
Caller = Annotated[str, Field(pattern=r"^[!-~]{1,128}$")]
Url = Annotated[str, Field(pattern=r"^(|https?://[!-~]+)$", max_length=500)]

MEANING: Final = {
    "allowed_hosts": "the names by which clients reach the server: host, host:port or host:*, "
    "with commas between them; never a lone *",
    "allowed_origins": "origins of web pages, such as https://tools.example.com, with commas "
    "between them; never a lone *",
    "tokens": "name:token pairs with commas between them, each token 32 to 512 characters",
    "tokens_file": "a file of lines `name token`, each token 32 to 512 characters",
    "public_url": "the URL by which clients reach the server, such as https://drs.example.com/mcp",
    "oauth_issuer": "the issuer's URL, exactly as it stands in its tokens",
    "oauth_audience": "the audience that tokens must be for; by default the public URL",
    "oauth_scopes": "scopes that every token must have, with blanks between them",
    "oauth_jwks_url": "the URL of the issuer's keys; by default its metadata names it",
    "action_callers": "names of callers who may act where actions are on, with commas between them",
    "action_scope": "a scope; whoever has a token with it may act where actions are on",
    "rate": "requests a minute that one caller may make, 1 to 100000",
    "burst": "requests that one caller may make at once, 1 to 100000",
    "concurrency": "requests under way at a time, 1 to 10000",
    "caller_concurrency": "requests under way at a time for one caller, 1 to 10000",
    "max_body": "bytes that a request may have, 1024 to 4194304",
    "body_timeout_s": "seconds in which a request's body must be there, 1 to 60",
    "drain_s": "seconds that running calls get to finish when the server is stopped, 0 to 6",
    "linger_s": "seconds that a stopped server goes on answering that it is not ready, 0 to 6",
}


def variable(setting: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + setting.upper()


class HttpSettings(BaseModel):
    """What the HTTP server was told, checked."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    allowed_hosts: Annotated[tuple[Host, ...], BeforeValidator(_listed)] = ()
    allowed_origins: Annotated[tuple[Origin, ...], BeforeValidator(_listed)] = ()
    tokens: SecretStr = SecretStr("")
    tokens_file: str = Field(default="", max_length=1000)
    public_url: Url = ""
    oauth_issuer: Url = ""
    oauth_audience: str = Field(default="", max_length=500)
    oauth_scopes: Annotated[tuple[Scope, ...], BeforeValidator(_listed)] = ()
    oauth_jwks_url: Url = ""
    action_callers: Annotated[tuple[Caller, ...], BeforeValidator(_listed)] = ()
    action_scope: Scope | Literal[""] = ""
    rate: int = Field(default=600, ge=1, le=100_000)
    burst: int = Field(default=600, ge=1, le=100_000)
    concurrency: int = Field(default=64, ge=1, le=10_000)
    caller_concurrency: int = Field(default=32, ge=1, le=10_000)
    max_body: int = Field(default=1024 * 1024, ge=1024, le=4 * 1024 * 1024)
    body_timeout_s: float = Field(default=10, ge=1, le=60)
    drain_s: float = Field(default=5, ge=0, le=6)
    linger_s: float = Field(default=0, ge=0, le=6)

    @property
    def authenticates(self) -> bool:
        """Whether callers must say who they are."""
        return bool(self.tokens.get_secret_value() or self.tokens_file or self.oauth_issuer)

    @property
    def allows_actions(self) -> bool:
        """Whether anybody may act, where actions are on."""
        return self.authenticates and bool(self.action_callers or self.action_scope)

    @property
    def transport_security(self) -> TransportSecuritySettings:
        """The allow-lists as the SDK checks them."""
        hosts = self.allowed_hosts or LOOPBACK_NAMES
        if self.public_url and not self.allowed_hosts:
            hosts = (*hosts, httpx2.URL(self.public_url).netloc.decode("ascii"))
        origins = self.allowed_origins or [
            spelt for name in LOOPBACK_NAMES for spelt in _with_ports(f"http://{name}")
        ]
        return TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=[spelt for host in hosts for spelt in _with_ports(host)],
            allowed_origins=list(origins),
        )


def _with_ports(host: str) -> tuple[str, ...]:
    """A host without a port stands for itself on every port."""
    return (host,) if re.search(r":(\d+|\*)$", host) else (host, f"{host}:*")


def http_settings(environ: Mapping[str, str]) -> HttpSettings:
    """Read and check the settings; an unset or empty variable is absent.

    Raises:
        SettingsError: a variable holds what it cannot hold, or two do not go together.
    """
    given = {
        setting: value
        for setting in MEANING
        if (value := environ.get(variable(setting), "").strip())
    }
    try:
        settings = HttpSettings.model_validate(given)
    except ValidationError as error:
        wrong = dict.fromkeys(str(item["loc"][0]) for item in error.errors(include_input=False))
        problems = "; ".join(f"{variable(name)} must be {MEANING[name]}" for name in wrong)
        raise SettingsError(f"A setting cannot be used: {problems}.") from None
    _check_authentication(settings)
    _check_actions(settings)
    for name in ("public_url", "oauth_issuer", "oauth_jwks_url"):
        _check_url(name, getattr(settings, name))
    return settings


def _check_authentication(settings: HttpSettings) -> None:
    methods = [
        variable(name)
        for name in ("tokens", "tokens_file", "oauth_issuer")
        if name in settings.model_fields_set
    ]
    if len(methods) > 1:
        raise SettingsError(
            f"Only one of {' and '.join(methods)} can be set: they are alternatives."
        )
    if settings.oauth_issuer:
        if not settings.public_url:
            raise SettingsError(
                f"{variable('public_url')} is not set: with {variable('oauth_issuer')} clients "
                f"must be told where they are. It takes {MEANING['public_url']}."
            )
        return
    stray = [
        variable(name)
        for name in ("oauth_audience", "oauth_scopes", "oauth_jwks_url")
        if name in settings.model_fields_set
    ]
    if stray:
        raise SettingsError(
            f"{', '.join(stray)} without {variable('oauth_issuer')} protects nothing: "
            f"set it to {MEANING['oauth_issuer']}."
        )


def _check_actions(settings: HttpSettings) -> None:
    """Names that nobody has to prove, and scopes that no token has, protect nothing."""
    if settings.action_callers and not settings.authenticates:
        raise SettingsError(
            f"{variable('action_callers')} names callers, and nothing says how they sign in. Set "
            f"{variable('tokens_file')}, {variable('tokens')} or {variable('oauth_issuer')}."
        )
    if settings.action_scope and not settings.oauth_issuer:
        raise SettingsError(
            f"{variable('action_scope')} without {variable('oauth_issuer')} lets nobody act: static "
            f"tokens have no scopes. Name callers in {variable('action_callers')}."
        )


def _check_url(name: str, value: str) -> None:
    """Https, or http on loopback; no user, query or fragment."""
    if not value:
        return
    try:
        url = httpx2.URL(value)
    except (httpx2.InvalidURL, ValueError):
        url = httpx2.URL("")
    loopback = url.host in ("localhost", "127.0.0.1", "::1")
    safe = url.scheme == "https" or (url.scheme == "http" and loopback)
    if not safe or not url.host or url.userinfo or url.fragment or "?" in value:
        raise SettingsError(
            f"{variable(name)} must be an https URL without user, query or fragment "
            "(http on loopback only)."
        )


def check_exposure(settings: HttpSettings, *, loopback: bool) -> None:
    """Refuse to be reachable from elsewhere by everybody.

    Raises:
        SettingsError: off loopback, and no authentication is set up.
    """
    if not loopback and not settings.authenticates:
        raise SettingsError(
            "Off loopback callers must authenticate, and nothing says how. Set "
            f"{variable('tokens_file')} ({MEANING['tokens_file']}), {variable('tokens')} or "
            f"{variable('oauth_issuer')}, or listen on 127.0.0.1."
        )
