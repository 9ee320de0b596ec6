"""The last check of a request: the caller's rate and concurrency, and the body's size and time."""

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from drs_mcp.clock import Clock
from drs_mcp.http.body import TooLarge, TooSlow, read_body, replay
from drs_mcp.http.drain import Drain, stopping
from drs_mcp.http.limits import Rate, Slots
from drs_mcp.http.refusals import refusal
from drs_mcp.http.settings import HttpSettings
from drs_mcp.observe.caller import caller

_SOON_S = 1.0


class Admission:
    """Keeps each caller to its rate (429) and all together to what can be done at a time (503)."""

    def __init__(self, app: ASGIApp, settings: HttpSettings, drain: Drain, clock: Clock) -> None:
        self._app = app
        self._settings = settings
        self._drain = drain
        self._rate = Rate(settings.rate, settings.burst, clock)
        self._slots = Slots(settings.concurrency, settings.caller_concurrency)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or say when to come back."""
        name = caller()
        refused = self._refused(scope, name)
        if refused is not None:
            await refused(scope, receive, send)
            return
        self._slots.take(name)
        try:
            await self._serve(scope, receive, send)
        finally:
            self._slots.release(name)

    def _refused(self, scope: Scope, name: str) -> ASGIApp | None:
        if scope["method"] != "POST":
            # Nothing is ever sent of our own accord: there is no stream to open, no session to end.
            return refusal(405, "Ask with POST.", headers={"Allow": "POST"})
        if wait := self._rate.take(name):
            return refusal(429, "Too many requests of one caller.", retry_after_s=wait)
        if self._slots.full:
            return refusal(503, "Too many requests are under way.", retry_after_s=_SOON_S)
        if self._slots.full_for(name):
            return refusal(
                429, "Too many requests of one caller are under way.", retry_after_s=_SOON_S
            )
        return None

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = stopping()  # if the drain interrupts while the body is awaited
        most, within_s = self._settings.max_body, self._settings.body_timeout_s
        try:
            with self._drain.interruptible():
                receive = replay(await read_body(scope, receive, most, within_s), receive)
                answer = self._app
        except TooLarge:
            answer = refusal(413, f"A request may have at most {most} bytes.")
        except TooSlow:
            answer = refusal(408, "The request's body was not there in time.")
        except ClientDisconnect:
            return
        await answer(scope, receive, send)
