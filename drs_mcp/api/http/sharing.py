"""Identical requests in flight share one answer; a caller that leaves does not cancel the others."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import anyio
from anyio.abc import TaskGroup

from drs_mcp.errors import Unreachable

T = TypeVar("T")
E = TypeVar("E", bound=Exception)


def copy_error(error: E) -> E:
    """A copy of *error*: one that many calls raise would collect all their tracebacks."""
    copy = type(error).__new__(type(error), *error.args)
    copy.__dict__.update(error.__dict__)
    copy.__cause__ = error.__cause__
    return copy


def without_frames(error: E) -> E:
    """*error* without the frames that it and what caused it hold: a whole body may stand in them."""
    one: BaseException | None = error
    while one is not None:
        one.__traceback__ = one.__context__ = None
        one = one.__cause__
    return error


def _ended() -> Exception:
    return Unreachable("The connections to DRS were closed before it had answered. Ask again.")


@dataclass
class _Flight(Generic[T]):
    """A request under way, and how many wait for it; its error stays if its group ends before it."""

    waiting: int = 0
    value: T | None = None
    error: Exception | None = field(default_factory=_ended)
    done: anyio.Event = field(default_factory=anyio.Event)
    scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)


class Sharing(Generic[T]):
    """Runs each distinct request once at a time.

    The request runs in *group*, which outlives the calls: a call that is cancelled leaves its
    followers their answer, and the last one to leave cancels the request.
    """

    def __init__(self, group: TaskGroup) -> None:
        self._group = group
        self._flights: dict[Hashable, _Flight[T]] = {}

    @property
    def in_flight(self) -> int:
        """How many distinct requests are on their way."""
        return len(self._flights)

    async def get(self, key: Hashable, request: Callable[[], Awaitable[T]]) -> T:
        """What *request* gives, or gave to whoever asked for *key* and still waits."""
        flight = self._flights.get(key)
        if flight is None:
            flight = _Flight()
            self._group.start_soon(self._run, key, flight, request)
            self._flights[key] = flight
        flight.waiting += 1
        try:
            await flight.done.wait()
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.done.is_set():
                # A new caller must not join a request that is being cancelled.
                self._remove(key, flight)
                flight.scope.cancel()
        if flight.error is not None:
            raise copy_error(flight.error)
        return flight.value  # type: ignore[return-value]  # done without an error

    async def _run(
        self, key: Hashable, flight: _Flight[T], request: Callable[[], Awaitable[T]]
    ) -> None:
        try:
            with flight.scope:
                flight.value = await request()
                flight.error = None
        except Exception as error:  # noqa: BLE001  handed to whoever waits
            flight.error = without_frames(error)
        finally:
            self._remove(key, flight)
            flight.done.set()

    def _remove(self, key: Hashable, flight: _Flight[T]) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
