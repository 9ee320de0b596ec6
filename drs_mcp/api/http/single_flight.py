"""One attempt at a time: whoever comes while it is under way shares its outcome."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import anyio

from drs_mcp.api.http.sharing import copy_error
from drs_mcp.errors import DrsError

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Runs attempts one after the other, and none for those who waited for another's.

    An attempt that is cancelled has no outcome: the next one who waits makes its own.
    """

    def __init__(self) -> None:
        self._lock = anyio.Lock()
        self._completed = 0
        self._outcome: T | DrsError | None = None

    async def __call__(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """The outcome of *attempt*, or of the one that was under way.

        Raises:
            DrsError: what the attempt raised.
        """
        completed = self._completed
        async with self._lock:
            if self._completed == completed:
                self._outcome = await _outcome_of(attempt)
                self._completed += 1
            outcome = self._outcome
            if not self._lock.statistics().tasks_waiting:
                self._outcome = None
        if isinstance(outcome, DrsError):
            raise copy_error(outcome)
        return outcome  # type: ignore[return-value]  # there is one: an attempt has completed


async def _outcome_of(attempt: Callable[[], Awaitable[T]]) -> T | DrsError:
    try:
        return await attempt()
    except DrsError as error:
        return error
