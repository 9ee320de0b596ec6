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
