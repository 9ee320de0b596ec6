"""Remembering what was made of short texts: what others wrote may be as long as they like."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Final, TypeVar

T = TypeVar("T")

LONGEST: Final = 500
"""Characters of the texts that something is remembered by."""


def text_cache(size: int) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """`lru_cache` for functions of texts, of which the long ones are not kept: a bound on memory.

    Args:
        size: so many results are remembered.
    """

    def remembering(function: Callable[..., T]) -> Callable[..., T]:
        remembered = lru_cache(maxsize=size)(function)

        @wraps(function)
        def asked(*texts: Hashable) -> T:
            if sum([len(text) for text in texts if isinstance(text, str)]) > LONGEST:
                return function(*texts)
            return remembered(*texts)

        return asked

    return remembering
