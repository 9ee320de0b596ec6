"""Remembering what is known of texts within bounds: what others wrote may be as long as they like.

Short texts may be kept as they are, others by their hash alone.
"""

from collections.abc import Callable, Hashable, Mapping
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


class KnownTexts(dict[int, T]):
    """What is known of texts, by the hash of each: no text is kept. Once full, it starts anew.

    Where there is nothing to know but that a text was met, None is known of it.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def learn(self, told: Mapping[int, T]) -> None:
        """Add what is known of some texts, by hash, however many they are."""
        if len(self) >= self._most:
            self.clear()
        self.update(told)
