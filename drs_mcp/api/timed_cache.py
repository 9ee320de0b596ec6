"""What the calls of one profile share for a short time, so that not each reads it anew."""

from typing import Generic, TypeVar

T = TypeVar("T")


class TimedCache(Generic[T]):
    """One value, until its time is over. Times are seconds of the one clock's `monotonic`."""

    def __init__(self) -> None:
        self._held: tuple[T, float] | None = None

    def get(self, now: float) -> T | None:
        """The value, or None where there is none or its time is over."""
        if self._held is None or now >= self._held[1]:
            return None
        return self._held[0]

    def put(self, value: T, until: float) -> None:
        """Keep *value* until that time."""
        self._held = (value, until)
