"""Whether an endpoint can be reached: name, connection, certificate, and an answer of any kind.

The request goes out through httpx2 as the client's own do, so that proxies and certificate
authorities are the same. Its trace tells how far it came.
"""

import os
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import anyio
import httpx2

from drs_mcp.api.access.exchange import Wire, plain_client
from drs_mcp.clock import Clock
from drs_mcp.doctor.certificates import advise_certificate
from drs_mcp.doctor.messages import message_of
from drs_mcp.errors import SettingsError

_TIMEOUT_S: Final = 6.0
"""The client waits 5 s for a connection: what takes longer fails there too."""


@dataclass
class ConnectionAttempt:
    """How far a connection attempt got, as httpx2's trace tells."""

    host: str
    port: int
    proxy: str = ""
    addresses: int = 0
    unresolved: str = ""
    connected: bool = False
    tunnelled: bool = False
    secured: bool = False

    async def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Note one event of httpx2's transport."""
        if event == "connection.connect_tcp.started":
            host, port = str(info["host"]), int(info["port"])
            if (host, port) == (self.host, self.port):
                await self._look_up(host, port)
            else:
                self.proxy = f"{host}:{port}"
        elif event == "connection.connect_tcp.complete":
            self.connected = True
        elif event == "proxy.start_tls.started":
            self.tunnelled = True
        elif event in ("connection.start_tls.complete", "proxy.start_tls.complete"):
            self.secured = True

    async def _look_up(self, host: str, port: int) -> None:
        with anyio.move_on_after(_TIMEOUT_S):
            try:
                found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except OSError as error:
                self.unresolved = type(error).__name__
            else:
                self.addresses = len({address for *_, address in found})


@dataclass(frozen=True)
class ProbeResult:
    """The result of a probe.

    Attributes:
        found: what was found, one sentence.
        fix: what to do, where no answer came.
        ahead_s: seconds that this machine's clock is ahead, as the answer's Date tells.
        measured: numbers for scripts.
    """

    found: str
    fix: str = ""
    ahead_s: float | None = None
    measured: dict[str, int | float] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        """Whether an answer came."""
        return not self.fix


@dataclass(frozen=True)
class EndpointProbe:
    """Probes endpoints.

    Attributes:
        clock: compared with theirs.
        wire: the seam for tests and the embedded DRS.
        environ: the environment, for the names of what is set there.
    """

    clock: Clock
    wire: Wire
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    async def probe(self, origin: str, setting: str) -> ProbeResult:
        """Ask *origin* for anything at all, without credentials.

        Args:
            origin: scheme and host.
            setting: the variable that would lead elsewhere.
        """
        url = httpx2.URL(origin)
        attempt = ConnectionAttempt(url.host, url.port or (443 if url.scheme == "https" else 80))
        wire = self.wire()
        try:
            http = plain_client(origin, wire, timeout_s=_TIMEOUT_S)
        except SettingsError as error:  # the server cannot go out either
            parts = message_of(error)
            return ProbeResult(parts.found, parts.fix)
        try:
            async with http:
                with anyio.fail_after(_TIMEOUT_S * 3):
                    before = self.clock.utc_now()
                    request = http.build_request("GET", "/", extensions={"trace": attempt.trace})
                    answer = await http.send(request, stream=True)
                    after = self.clock.utc_now()
                    await answer.aclose()
        except (httpx2.TransportError, TimeoutError) as error:
            return _FailedProbe(
                attempt, url, setting, self._proxy_label(attempt, url), self.environ
            ).explain(error)
        ahead = _ahead(before + (after - before) / 2, answer.headers.get("Date", ""))
        return ProbeResult(
            self._success(attempt, url, in_process=wire is not None),
            ahead_s=ahead,
            measured={"addresses": attempt.addresses} if attempt.addresses else {},
        )

    def _success(self, attempt: ConnectionAttempt, url: httpx2.URL, *, in_process: bool) -> str:
        host = netloc(url)
        if in_process:
            return f"{host} answers in this process, without a network."
        how = f" through the proxy {self._proxy_label(attempt, url)}" if attempt.proxy else ""
        if url.scheme == "http":
            return f"{host} answers{how}; plain http, which is fine on loopback."
        return f"{host} answers{how}; its certificate is good."

    def _proxy_label(self, attempt: ConnectionAttempt, url: httpx2.URL) -> str:
        return f"{attempt.proxy} ({self._proxy_variable(url.scheme)})" if attempt.proxy else ""

    def _proxy_variable(self, scheme: str) -> str:
        names = (f"{scheme}_proxy", f"{scheme.upper()}_PROXY", "all_proxy", "ALL_PROXY")
        return next(
            (name for name in names if self.environ.get(name)), "the system's proxy settings"
        )


@dataclass(frozen=True)
class _FailedProbe:
    """Explains why no answer came."""

    attempt: ConnectionAttempt
    url: httpx2.URL
    setting: str
    proxy: str
    environ: Mapping[str, str]

    def explain(self, error: Exception) -> ProbeResult:
        causes = list(causes_of(error))
        host = netloc(self.url)
        if isinstance(error, httpx2.ProxyError):
            return self._by_proxy(str(error)[:3])
        if not self.attempt.connected:
            return self._not_connected(causes)
        if any(_is_tls(cause) for cause in causes):
            whom = f"the proxy {self.proxy}" if self.proxy and not self.attempt.tunnelled else host
            return ProbeResult(*advise_certificate(whom, causes, self.environ))
        if self.proxy and self.url.scheme == "https" and not self.attempt.tunnelled:
            return ProbeResult(
                f"The proxy {self.proxy} does not open the way to {host}.",
                "Check that it is a proxy and that it is up.",
            )
        if self.url.scheme == "https" and not self.attempt.secured:
            return ProbeResult(
                f"{host} accepts the connection, but TLS does not come about.",
                "A firewall may be cutting it, or the port speaks another protocol. Check "
                f"{self.setting} and HTTPS_PROXY.",
            )
        if isinstance(error, httpx2.TimeoutException | TimeoutError):
            return ProbeResult(
                f"{host} accepts the connection, then does not answer.",
                "Try again in a minute; a proxy or firewall may be holding the answer back.",
            )
        return ProbeResult(
            f"{host} accepts the connection, but its answer is no HTTP ({type(error).__name__}).",
            f"Check host and port of {self.setting}, and any proxy.",
        )

    def _by_proxy(self, status: str) -> ProbeResult:
        found = f"The proxy {self.proxy} refuses {self.url.host} (HTTP {status})."
        if status == "407":
            return ProbeResult(
                found,
                "It wants user and password: write the variable as http://USER:PASSWORD@HOST:PORT.",
            )
        return ProbeResult(
            found,
            f"Have the proxy let {self.url.host} through, or name it in NO_PROXY to go around it.",
        )

    def _not_connected(self, causes: list[BaseException]) -> ProbeResult:
        whom = f"the proxy {self.proxy}" if self.proxy else netloc(self.url)
        named = whom[:1].upper() + whom[1:] if self.proxy else whom
        fix = (
            "Check the proxy's host and port, or unset the variable."
            if self.proxy
            else f"Check {self.setting}, the network and any firewall; where the way out is a "
            "proxy, set HTTPS_PROXY."
        )
        if self.attempt.unresolved or any(isinstance(cause, socket.gaierror) for cause in causes):
            return ProbeResult(
                f"The name of {whom} does not resolve.",
                fix
                if self.proxy
                else f"Check {self.setting} for typing errors, and this machine's DNS; where the way out "
                "is a proxy, set HTTPS_PROXY.",
            )
        if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
            return ProbeResult(f"{named} refuses the connection.", fix)
        if any(isinstance(cause, TimeoutError) for cause in causes):
            return ProbeResult(f"{named} does not take the connection in time.", fix)
        return ProbeResult(f"{named} cannot be connected to.", fix)


def netloc(url: httpx2.URL) -> str:
    """Host, and port where it is not the scheme's own."""
    return url.netloc.decode("ascii")


def causes_of(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and all that led to it."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for one in error.exceptions:
                yield from causes_of(one)
        error = error.__cause__ or error.__context__


def _is_tls(cause: BaseException) -> bool:
    # The end of the stream is no word of TLS: it was cut.
    return isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError)


def _ahead(now: datetime, date: str) -> float | None:
    try:
        theirs = parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return None
    return (now - theirs.replace(tzinfo=theirs.tzinfo or UTC)).total_seconds()
