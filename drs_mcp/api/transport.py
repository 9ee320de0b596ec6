"""The wire: one HTTP client, with retries, time limits, a size cap and no redirects."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any, Self

import anyio
import httpx2

from drs_mcp import __version__
from drs_mcp.api.access.credentials import Credentials, IssuedCredential
from drs_mcp.api.access.refusals import clock_skew, why_refused
from drs_mcp.api.access.request_auth import CredentialAuth, credential_of
from drs_mcp.api.access.signing import canonical_query
from drs_mcp.api.http import clients
from drs_mcp.api.http.body import TooLarge, decoded, read_body
from drs_mcp.api.http.error_bodies import ANYTHING, Asked, error_in, error_instead
from drs_mcp.api.http.fair_limiter import FairLimiter
from drs_mcp.api.http.faults import fault
from drs_mcp.api.http.limits import TIMEOUTS, Limits, Timeouts
from drs_mcp.api.http.retries import RetryableError, retry_after, retrying
from drs_mcp.api.http.sharing import Sharing, copy_error, without_frames
from drs_mcp.api.paths import JOB, template_of
from drs_mcp.api.request import ExchangeResult, RequestSpec
from drs_mcp.clock import Clock
from drs_mcp.errors import (
    BadAnswer,
    DrsError,
    NotAuthenticated,
    Throttled,
    TimedOut,
    TransportError,
    Unreachable,
    never_sent,
)
from drs_mcp.observe.telemetry import Span, request_span
from drs_mcp.quoting.decoding import redact_values

CONCURRENCY = 6
"""Requests under way at once for all calls of a profile: the gateway throttles per user."""

MAX_BODY = 12 * 1024 * 1024
"""Bytes of one answer, decoded or not. Huawei's gateways let no more through; a page of 1,000 rows
is far below. A compression bomb costs so much and no more."""

_RETRIED = frozenset({429, 502, 503, 504})
_BEFORE_SENDING = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)


class Transport:
    """Shared by all calls of one profile. Use as an async context manager.

    Args:
        origin: where DRS answers, scheme and host.
        region: the region's ID, for messages.
        credentials: sent to *origin* only; read again once when they are refused.
        clock: waits and dates.
        project_id: sent along with signatures.
        wire: httpx2's own transport, the seam for tests and the embedded DRS.
        sharing: lets identical requests in flight share one exchange.
        timeouts: of one request.

    Raises:
        SettingsError: the environment names a proxy or certificates that cannot be used.
    """

    def __init__(
        self,
        *,
        origin: str,
        region: str,
        credentials: Credentials,
        clock: Clock,
        project_id: str = "",
        wire: httpx2.AsyncBaseTransport | None = None,
        sharing: Sharing[ExchangeResult] | None = None,
        timeouts: Timeouts = TIMEOUTS,
    ) -> None:
        self.region = region
        self.clock = clock
        self._origin = origin
        self._credentials = credentials
        self._limiter = FairLimiter(CONCURRENCY)
        self._large_bodies = FairLimiter(1)
        self._sharing = sharing
        self._whole_timeout = timeouts.whole
        self._auth = CredentialAuth(credentials, origin, clock, project_id)
        self._http = clients.client(
            base_url=origin,
            auth=self._auth,
            transport=wire,
            timeout=httpx2.Timeout(
                connect=timeouts.connect,
                read=timeouts.read,
                write=timeouts.write,
                pool=timeouts.pool,
            ),
            limits=httpx2.Limits(max_connections=CONCURRENCY * 2),
            headers={"User-Agent": f"drs-mcp/{__version__}", "Content-Type": "application/json"},
        )

    def use_project(self, project_id: str) -> None:
        """Send *project_id* along from now on: it was not known when this was made."""
        self._auth.project_id = project_id

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._http.aclose()

    async def ask(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, str],
        *,
        what: str,
        limits: Limits,
        body: bytes = b"",
        language: str = "en-us",
        rows: bool = False,
        asked: Asked = ANYTHING,
        repeatable: bool = True,
    ) -> Any:
        """Send one request and decode the JSON of its answer, without secrets; see `decode` for *rows*.

        What may be sent is not judged here: `ReadingTransport` sends what can only read.

        Args:
            method: the HTTP method.
            path: the path, without a query.
            parameters: the query.
            what: what is read, in our own words, for messages.
            limits: of the call that asks.
            body: JSON, signed like all else.
            language: of the texts in the answer.
            rows: whether the answer holds rows that others wrote.
            asked: what it has to bring: an error in place of that is raised, of HTTP 200 too.
            repeatable: whether a failure is worth another try, and calls that ask for the same at
                the same time are given the same object, to read only. What is not repeatable is
                sent once, and once more only where its credential was refused with a 4xx; its
                answer is given as it is, of any 2xx, an error within it too.

        Raises:
            ApiError: DRS answered with an error.
            TransportError: no usable answer came back within *limits*.
        """
        pairs = tuple(sorted(parameters.items()))
        spec = RequestSpec(method, path, pairs, body, what, language, rows, repeatable, asked)
        try:
            if not repeatable:
                return await self._attempt(spec, limits)
            return await retrying(limits, self.clock)(self._attempt, spec, limits)
        except RetryableError as retryable:
            raise retryable.final_error() from retryable.__cause__

    async def _attempt(self, spec: RequestSpec, limits: Limits) -> Any:
        prefix = f"Could not read {spec.what} in {self.region}"
        try:
            limits.spend()
        except TimedOut as error:
            raise never_sent(TimedOut(f"{prefix}: {error}. Ask for less, or ask again.")) from None
        alone = ExchangeResult()
        with anyio.move_on_after(limits.remaining()):
            result = await self._shared(spec, alone)
            result.charge(limits)
            if result.error is not None:
                raise copy_error(result.error)
            return result.body
        late = TimedOut(
            f"{prefix}: the deadline of {limits.deadline_s:.0f} s passed before DRS had answered. "
            "Ask for less, or ask again."
        )
        raise late if spec.repeatable or alone.sent else never_sent(late)

    async def _shared(self, spec: RequestSpec, alone: ExchangeResult) -> ExchangeResult:
        """The result; also in *alone*, where it is shared with nobody."""
        if self._sharing is None or not spec.repeatable:
            return await self._exchange(spec, alone)
        return await self._sharing.get(spec, partial(self._exchange, spec, ExchangeResult()))

    async def _exchange(self, spec: RequestSpec, result: ExchangeResult) -> ExchangeResult:
        """Send one request when it is its turn, and once more when its credential was renewed."""
        async with self._limiter:
            with anyio.move_on_after(self._whole_timeout) as scope:
                try:
                    result.body = await self._send_renewing(spec, result)
                except (DrsError, RetryableError) as error:
                    result.error = without_frames(error)
        if scope.cancelled_caught:
            result.error = RetryableError(self._timed_out(spec.what))
        return result

    async def _send_renewing(self, spec: RequestSpec, result: ExchangeResult) -> Any:
        request = self._build(spec)
        try:
            return await self._send(request, spec, result)
        except NotAuthenticated as error:
            issued = credential_of(request)
            if issued is None:  # it is IAM's: there is no credential, so nothing was sent to DRS
                raise
            if not spec.repeatable and error.status >= 500:  # DRS may have begun to do it
                raise
            if not await self._credentials.renew(issued):
                raise self._refused(error, issued, spec) from None
        request = self._build(spec)
        try:
            return await self._send(request, spec, result)
        except NotAuthenticated as error:
            issued = credential_of(request)
            if issued is None:
                raise
            raise self._refused(error, issued, spec) from None

    def _build(self, spec: RequestSpec) -> httpx2.Request:
        # The query goes out as it is signed: pairs in order, blanks as %20.
        query = canonical_query(spec.parameters)
        request = self._http.build_request(
            spec.method,
            f"{spec.path}?{query}" if query else spec.path,
            content=spec.body or None,
            headers={"X-Language": spec.language},
        )
        if request.url.raw_path.partition(b"?")[0] != spec.path.encode("ascii"):
            raise BadAnswer("Refused to send a path that is not the one intended.")
        return request

    async def _send(
        self, request: httpx2.Request, spec: RequestSpec, result: ExchangeResult
    ) -> Any:
        result.sent += 1
        with request_span(spec.method, template_of(spec.path), request.url.host) as span:
            return await self._receive(request, spec, result, span)

    async def _receive(
        self, request: httpx2.Request, spec: RequestSpec, result: ExchangeResult, span: Span
    ) -> Any:
        async with AsyncExitStack() as held:
            async with self._stream(request, spec.what) as response:
                request_id = response.headers.get("X-Request-Id")
                result.request_ids.append(request_id)
                span.answered(response.status_code, request_id)
                if response.is_redirect:
                    raise BadAnswer(
                        f"Could not read {spec.what} in {self.region}: the endpoint answered with a "
                        "redirect, which is not followed. Check DRS_MCP_ENDPOINT and any proxy."
                    )
                turn = partial(held.enter_async_context, self._large_bodies)
                raw = await read_body(response, MAX_BODY, turn)
            result.bytes += len(raw)
            issued = credential_of(request)
            if issued is not None and response.is_error:
                raw = redact_values(raw, issued.credential.secrets)
            return await self._decode(response, raw, spec)

    def _refused(
        self, error: NotAuthenticated, issued: IssuedCredential, spec: RequestSpec
    ) -> NotAuthenticated:
        """The error for refused credentials: whose they are, and what to do about it."""
        why = why_refused(self._credentials.source, issued.credential, error.skew_s)
        return error.with_message(f"Could not read {spec.what} in {self.region}: {why}")

    @asynccontextmanager
    async def _stream(self, request: httpx2.Request, what: str) -> AsyncIterator[httpx2.Response]:
        """Send and stream, with httpx2's errors turned into ours, in the body too."""
        prefix = f"Could not read {what} in {self.region}"
        try:
            response = await self._http.send(request, stream=True)
            try:
                yield response
            finally:
                await response.aclose()
        except httpx2.TimeoutException as error:
            raise RetryableError(_judged(self._timed_out(what), error)) from error
        except httpx2.DecodingError as error:
            raise BadAnswer(
                f"{prefix}: the answer's compression is broken. Check any proxy on the way."
            ) from error
        except TooLarge:
            raise BadAnswer(
                f"{prefix}: the answer is larger than {MAX_BODY // 1024 // 1024} MB. Check any proxy "
                "on the way, or ask for less."
            ) from None
        except httpx2.TransportError as error:
            unreachable = Unreachable(
                f"{prefix}: {self._origin} cannot be reached ({type(error).__name__}). Check the "
                "network, HTTPS_PROXY, and that DRS_MCP_REGION or DRS_MCP_ENDPOINT is right."
            )
            raise RetryableError(_judged(unreachable, error)) from error

    def _timed_out(self, what: str) -> TimedOut:
        return TimedOut(
            f"Could not read {what} in {self.region}: DRS did not answer in time. Ask again in a "
            "minute."
        )

    async def _decode(self, response: httpx2.Response, raw: bytes, spec: RequestSpec) -> Any:
        status = response.status_code
        prefix = f"Could not read {spec.what} in {self.region}"
        charset = response.charset_encoding
        body = await decoded(raw, charset=charset, rows=spec.rows, prefix=prefix)
        if isinstance(body, dict):
            if spec.answered_as_is and response.is_success:
                return body
            instead = error_instead(body, spec.asked) if status == httpx2.codes.OK else body
            if instead is None:
                return body
            body = instead
        if status < 400 and not isinstance(body, dict) and not error_in(body):
            raise BadAnswer(
                f"Could not read {spec.what} in {self.region}: the answer is not a JSON object "
                f"(HTTP {status}). Check DRS_MCP_ENDPOINT and any proxy on the way."
            )
        error = fault(
            status,
            response.headers,
            body,
            what=spec.what,
            region=self.region,
            of_task=template_of(spec.path) == JOB,
        )
        if isinstance(error, NotAuthenticated):
            error.skew_s = clock_skew(response.headers.get("Date", ""), self.clock.utc_now())
        if status in _RETRIED or isinstance(error, Throttled):
            now = self.clock.utc_now()
            raise RetryableError(error, retry_after(response.headers.get("Retry-After", ""), now))
        raise error


def _judged(error: TransportError, met: httpx2.TransportError) -> TransportError:
    """The error for what was *met*, saying whether the request can have left."""
    return never_sent(error) if isinstance(met, _BEFORE_SENDING) else error
