"""The wire: one HTTP client, GET only, with retries, time limits, a size cap and no redirects."""

import math
import random
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self

import anyio
import httpx2
import tenacity

from drs_mcp import __version__
from drs_mcp.api import secrets
from drs_mcp.api.faults import error_in, fault
from drs_mcp.api.limits import Limits
from drs_mcp.clock import Clock
from drs_mcp.errors import (
    ApiError,
    BadAnswer,
    DrsError,
    Throttled,
    TimedOut,
    Unreachable,
)

ATTEMPTS = 4
CONCURRENCY = 6
"""Requests under way at once for all calls of a profile: the gateway throttles per user."""

MAX_BODY = 32 * 1024 * 1024
"""Decoded bytes of one answer; a page of 1,000 rows is far below."""

_FIRST_WAIT_S = 0.5
_LONGEST_WAIT_S = 8.0
_RETRIED = frozenset({429, 502, 503, 504})
_RETRY_AFTER = re.compile(r"[0-9]{1,6}")


class TokenAuth(httpx2.Auth):
    """Adds the IAM token, to requests of its own origin only."""

    def __init__(self, token: str, origin: str) -> None:
        self._token = token
        self._origin = httpx2.URL(origin)

    def auth_flow(self, request: httpx2.Request) -> Any:
        """Sign one request."""
        own = (self._origin.scheme, self._origin.host, self._origin.port)
        if (request.url.scheme, request.url.host, request.url.port) == own:
            request.headers["X-Auth-Token"] = self._token
        yield request


class _Passing(Exception):
    """A failure worth another try: what to raise at the end, and how long DRS asked to wait."""

    def __init__(self, final: DrsError, wait_s: float | None = None) -> None:
        super().__init__(str(final))
        self.final = final
        self.wait_s = wait_s


@dataclass(frozen=True)
class _Asked:
    """One GET, as often as it is tried."""

    path: str
    parameters: dict[str, str]
    what: str
    language: str
    rows: bool


class Transport:
    """Shared by all calls of one profile. Use as an async context manager.

    Args:
        origin: where DRS answers, scheme and host.
        region: the region's ID, for messages.
        auth: adds the credentials, bound to *origin*.
        clock: waits and dates.
        wire: httpx2's own transport, the seam for tests and the embedded DRS.
    """

    def __init__(
        self,
        *,
        origin: str,
        region: str,
        auth: httpx2.Auth,
        clock: Clock,
        wire: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self.region = region
        self.clock = clock
        self._origin = origin
        self._limiter = anyio.CapacityLimiter(CONCURRENCY)
        self._http = httpx2.AsyncClient(
            base_url=origin,
            auth=auth,
            transport=wire,
            follow_redirects=False,
            timeout=httpx2.Timeout(connect=5, read=10, write=10, pool=30),
            limits=httpx2.Limits(max_connections=CONCURRENCY * 2),
            headers={"User-Agent": f"drs-mcp/{__version__}", "Content-Type": "application/json"},
        )

    async def __aenter__(self) -> Self:
        await self._http.__aenter__()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._http.aclose()

    async def get(
        self,
        path: str,
        parameters: Mapping[str, str],
        *,
        what: str,
        limits: Limits,
        language: str = "en-us",
        rows: bool = False,
    ) -> Any:
        """GET *path* and decode its JSON, without secrets; see `secrets.decode` for *rows*.

        Raises:
            ApiError: DRS answered with an error.
            TransportError: no usable answer came back within *limits*.
        """
        retrying = tenacity.AsyncRetrying(
            stop=tenacity.stop_after_attempt(ATTEMPTS),
            retry=tenacity.retry_if_exception(lambda error: _worth_waiting(error, limits)),
            wait=_wait,
            sleep=self.clock.sleep,
            reraise=True,
        )
        asked = _Asked(path, dict(parameters), what, language, rows)
        try:
            return await retrying(self._once, asked, limits)
        except _Passing as passing:
            raise _with_wait(passing) from passing.__cause__

    async def _once(self, asked: _Asked, limits: Limits) -> Any:
        async with self._limiter:
            limits.spend()
            with anyio.move_on_after(limits.remaining()):
                return await self._exchange(asked, limits)
        raise TimedOut(
            f"Could not read {asked.what} in {self.region}: the deadline of "
            f"{limits.deadline_s:.0f} s passed before DRS had answered. Ask for less, or ask again."
        )

    async def _exchange(self, asked: _Asked, limits: Limits) -> Any:
        request = self._http.build_request(
            "GET", asked.path, params=asked.parameters, headers={"X-Language": asked.language}
        )
        if request.url.raw_path.partition(b"?")[0] != asked.path.encode("ascii"):
            raise BadAnswer("Refused to send a path that is not the one intended.")
        async with self._streamed(request, asked.what) as response:
            if request_id := response.headers.get("X-Request-Id"):
                limits.request_ids.append(request_id)
            if response.is_redirect:
                raise BadAnswer(
                    f"Could not read {asked.what} in {self.region}: the endpoint answered with a "
                    "redirect, which is not followed. Check DRS_MCP_ENDPOINT and any proxy."
                )
            raw = await self._capped(response, asked.what)
        return self._decoded(response, raw, asked)

    @asynccontextmanager
    async def _streamed(self, request: httpx2.Request, what: str) -> AsyncIterator[httpx2.Response]:
        """Send and stream, with httpx2's errors turned into ours, in the body too."""
        told = f"Could not read {what} in {self.region}"
        try:
            response = await self._http.send(request, stream=True)
            try:
                yield response
            finally:
                await response.aclose()
        except httpx2.TimeoutException as error:
            raise _Passing(
                TimedOut(f"{told}: DRS did not answer in time. Ask again in a minute.")
            ) from error
        except httpx2.DecodingError as error:
            raise BadAnswer(f"{told}: the answer's compression is broken.") from error
        except httpx2.TransportError as error:
            raise _Passing(
                Unreachable(
                    f"{told}: {self._origin} cannot be reached ({type(error).__name__}). Check "
                    "the network, HTTPS_PROXY, and that DRS_MCP_REGION or DRS_MCP_ENDPOINT is right."
                )
            ) from error

    async def _capped(self, response: httpx2.Response, what: str) -> bytes:
        chunks: list[bytes] = []
        size = 0
        async with aclosing(response.aiter_bytes()) as decoded:
            async for chunk in decoded:
                size += len(chunk)
                if size > MAX_BODY:
                    raise BadAnswer(
                        f"Could not read {what} in {self.region}: the answer is larger than "
                        f"{MAX_BODY // 1024 // 1024} MB."
                    )
                chunks.append(chunk)
        return b"".join(chunks)

    def _decoded(self, response: httpx2.Response, raw: bytes, asked: _Asked) -> Any:
        status = response.status_code
        try:
            body = secrets.decode(raw, rows=asked.rows)
        except ValueError:
            body = None
        if status == httpx2.codes.OK and isinstance(body, dict) and not _only_error(body):
            return body
        if status < 400 and not isinstance(body, dict):
            raise BadAnswer(
                f"Could not read {asked.what} in {self.region}: the answer is not a JSON object "
                f"(HTTP {status}). Check DRS_MCP_ENDPOINT and any proxy on the way."
            )
        error = fault(status, response.headers, body, what=asked.what, region=self.region)
        if status in _RETRIED or isinstance(error, Throttled):
            now = self.clock.utc_now()
            raise _Passing(error, retry_after(response.headers.get("Retry-After", ""), now))
        raise error


def _only_error(body: Mapping[str, Any]) -> bool:
    # Errors can come with HTTP 200 (facts: DRS.M05066); DRS.00000000 means success.
    found = error_in(body)
    return (
        found is not None
        and "job" not in body
        and "jobs" not in body
        and (found[0] not in ("", "DRS.00000000"))
    )


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait, from a Retry-After header of digits or an HTTP date; junk is None."""
    if _RETRY_AFTER.fullmatch(value):
        return float(value)
    try:
        wait = (parsedate_to_datetime(value) - now).total_seconds()
    except (TypeError, ValueError):
        return None
    return max(0.0, wait) if math.isfinite(wait) else None


def _worth_waiting(error: BaseException, limits: Limits) -> bool:
    if not isinstance(error, _Passing):
        return False
    return (error.wait_s or 0.0) < limits.remaining()


def _wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, _Passing) and error.wait_s is not None:
        return error.wait_s
    longest = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2 ** (state.attempt_number - 1))
    return random.uniform(0, longest)  # noqa: S311  spreads load, guards nothing


def _with_wait(passing: _Passing) -> DrsError:
    final = passing.final
    if passing.wait_s and isinstance(final, ApiError):
        final.args = (f"{final.args[0]}\nDRS asks to wait {passing.wait_s:.0f} s.",)
    return final
