"""Which failures are worth another try, and how long to wait for it."""

import math
import random
import re
from datetime import datetime
from email.utils import parsedate_to_datetime

import tenacity

from drs_mcp.api.http.limits import Limits
from drs_mcp.api.http.sharing import copy_error
from drs_mcp.clock import Clock
from drs_mcp.errors import ApiError, DrsError

ATTEMPTS = 4

_FIRST_WAIT_S = 0.5
_LONGEST_WAIT_S = 8.0
_RETRY_AFTER = re.compile(r"[0-9]{1,6}")


class RetryableError(Exception):
    """A failure worth another try.

    Attributes:
        final: what to raise at the end.
        wait_s: how long DRS asked to wait, if it did.
        jitter: the share of the longest wait to wait; calls that shared the failure wait alike, and
            share the next try too.
    """

    def __init__(self, final: DrsError, wait_s: float | None = None) -> None:
        super().__init__(str(final))
        self.final = final
        self.wait_s = wait_s
        self.jitter = random.random()  # noqa: S311  spreads load, guards nothing

    def final_error(self) -> DrsError:
        """What to raise when there is no further try."""
        final = copy_error(self.final)
        if self.wait_s and isinstance(final, ApiError):
            ours, line, said = str(final).partition("\n")
            final.args = (f"{ours} DRS asks to wait {self.wait_s:.0f} s.{line}{said}",)
        return final


def retrying(limits: Limits, clock: Clock) -> tenacity.AsyncRetrying:
    """Tries again after `RetryableError`, as often as *limits* leave time for; raises the last one."""

    def stop(state: tenacity.RetryCallState) -> bool:
        # A wait beyond the deadline would only replace the reason by "the deadline passed".
        return state.attempt_number >= ATTEMPTS or state.upcoming_sleep >= limits.remaining()

    return tenacity.AsyncRetrying(
        stop=stop,
        retry=tenacity.retry_if_exception_type(RetryableError),
        wait=_wait,
        sleep=clock.sleep,
        reraise=True,
    )


def _wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, RetryableError):
        return 0.0
    # To be asked for no wait at all is no reason to hammer.
    longest = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2 ** (state.attempt_number - 1))
    return error.wait_s or longest * error.jitter


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait, from a Retry-After header of digits or an HTTP date; junk is None."""
    if _RETRY_AFTER.fullmatch(value):
        return float(value)
    try:
        wait = (parsedate_to_datetime(value) - now).total_seconds()
    except (TypeError, ValueError):
        return None
    return max(0.0, wait) if math.isfinite(wait) else None
