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
        if wait := self.wait(caller):
            return wait
        now = self._clock.monotonic()
        if len(self._buckets) >= _MANY and caller not in self._buckets:
            self._forget(now)
        bucket = self._buckets.setdefault(caller, _Bucket(self._burst, now))
        bucket.level, bucket.at = self._filled(bucket, now) - 1, now
        return 0

    def wait(self, caller: str) -> float:
        """Seconds until there is one for *caller*, which nobody takes now."""
        bucket = self._buckets.get(caller)
        level = self._burst if bucket is None else self._filled(bucket, self._clock.monotonic())
        return 0 if level >= 1 else (1 - level) / self._per_s

    def _filled(self, bucket: _Bucket, now: float) -> float:
        return min(self._burst, bucket.level + (now - bucket.at) * self._per_s)

    def _forget(self, now: float) -> None:
        """A full bucket is as good as a new one; of many that are not, those fullest go first."""
        kept = {
            caller: bucket
            for caller, bucket in self._buckets.items()
            if self._filled(bucket, now) < self._burst
        }
        if len(kept) >= _MANY:
            emptiest = sorted(kept.items(), key=lambda pair: self._filled(pair[1], now))
            kept = dict(emptiest[: _MANY // 2])
        self._buckets = kept


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
