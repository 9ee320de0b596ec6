"""How much may be asked: a token bucket for each caller, and a number of requests under way."""

from collections import Counter
from dataclasses import dataclass

from drs_mcp.clock import Clock

_MANY = 1000


@dataclass
class _Bucket:
    level: float
    at: float


class Rate:
    """A token bucket for each caller.

    Args:
        per_minute: how fast a bucket fills.
        burst: how much it holds.
        clock: the one clock.
    """

    def __init__(self, per_minute: int, burst: int, clock: Clock) -> None:
        self._per_s = per_minute / 60
        self._burst = burst
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def take(self, caller: str) -> float:
        """Take one for *caller*: 0, or the seconds after which there will be one."""
        now = self._clock.monotonic()
        if len(self._buckets) >= _MANY and caller not in self._buckets:
            self._forget(now)
        bucket = self._buckets.setdefault(caller, _Bucket(self._burst, now))
        bucket.level = self._filled(bucket, now)
        bucket.at = now
        if bucket.level < 1:
            return (1 - bucket.level) / self._per_s
        bucket.level -= 1
        return 0

    def _filled(self, bucket: _Bucket, now: float) -> float:
        return min(self._burst, bucket.level + (now - bucket.at) * self._per_s)

    def _forget(self, now: float) -> None:
        """A full bucket is as good as a new one."""
        self._buckets = {
            caller: bucket
            for caller, bucket in self._buckets.items()
            if self._filled(bucket, now) < self._burst
        }


class Slots:
    """How many requests are under way, of everybody and of each caller."""

    def __init__(self, total: int, each: int) -> None:
        self._total = total
        self._each = each
        self._taken: Counter[str] = Counter()

    @property
    def full(self) -> bool:
        """Whether there is room for nobody."""
        return self._taken.total() >= self._total

    def full_for(self, caller: str) -> bool:
        """Whether *caller* has as many as one caller may."""
        return self._taken[caller] >= self._each

    def take(self, caller: str) -> None:
        """One more is under way."""
        self._taken[caller] += 1

    def release(self, caller: str) -> None:
        """It is done."""
        self._taken[caller] -= 1
        if not self._taken[caller]:
            del self._taken[caller]
