"""What one tool call may cost: a deadline and a number of requests, counted as they are made.

The deadline holds for waiting and for work: what takes long is done in slices (`slices.py`).
"""

import math
from dataclasses import dataclass, field

from drs_mcp.clock import Clock
from drs_mcp.errors import TimedOut

DEADLINE_S = 40.0
"""Hosts give up after 60 s; the rest is for the way back."""

MAX_REQUESTS = 2500
"""A server that hands out ten rows a page still gets 25,000 rows read."""


@dataclass
class Limits:
    """The limits of one call, and what it has used of them."""

    clock: Clock
    deadline_s: float = DEADLINE_S
    max_requests: int = MAX_REQUESTS
    requests: int = 0
    request_ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._end = self.clock.monotonic() + self.deadline_s

    def remaining(self) -> float:
        """Seconds until the deadline."""
        return max(0.0, self._end - self.clock.monotonic())

    def spend(self) -> None:
        """Count one request.

        Raises:
            TimedOut: the deadline has passed, or no request is left.
        """
        if math.isclose(self.remaining(), 0.0):
            raise TimedOut(f"the deadline of {self.deadline_s:.0f} s passed")
        if self.requests >= self.max_requests:
            raise TimedOut(f"the budget of {self.max_requests:,} requests is used up")
        self.requests += 1

    async def check(self) -> None:
        """To be asked between two slices of work.

        Raises:
            TimedOut: the deadline has passed.
        """
        if math.isclose(self.remaining(), 0.0):
            raise TimedOut(
                f"The deadline of {self.deadline_s:.0f} s passed while the answer was read. Ask for "
                "less, or ask again."
            )


@dataclass(frozen=True)
class Timeouts:
    """Seconds that one request may take: to connect, from byte to byte, as a whole.

    Nobody waits longer than a call's deadline, but others may join and wait on: hence *whole*.
    """

    connect: float = 5
    read: float = 10
    write: float = 10
    pool: float = 30
    whole: float = DEADLINE_S


TIMEOUTS = Timeouts()
