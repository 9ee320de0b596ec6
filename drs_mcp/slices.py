"""Work in slices: what may take long lets others run in between, and can be stopped there.

A generator that yields between its slices is such work; what it returns is the result.
"""

from collections.abc import Callable, Generator
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

T = TypeVar("T")

Slices = Generator[None, None, T]
"""Work that yields now and then, and returns its result."""

SLICE = 65_536
"""So many characters are a slice of most work: some milliseconds, at the worst a few tens."""

CLOSE_LOOK = 8_192
"""So many are one of a search for secrets and row values, which takes microseconds for each."""


def finish(slices: Slices[T]) -> T:
    """Do the work at once."""
    while True:
        try:
            next(slices)
        except StopIteration as done:
            result: T = done.value
            return result


async def in_turns(slices: Slices[T], turn: Callable[[], AbstractAsyncContextManager[None]]) -> T:
    """Do the work with *turn* entered around each of its slices."""
    while True:
        async with turn():
            try:
                next(slices)
            except StopIteration as done:
                result: T = done.value
                return result


class Meter:
    """Counts work until it is a slice."""

    def __init__(self, slice_: int = SLICE) -> None:
        self._slice = slice_
        self._done = 0

    def full(self, done: int) -> bool:
        """Count what was done; whether it fills a slice, and another one begins."""
        self._done += done
        if self._done < self._slice:
            return False
        self._done = 0
        return True
