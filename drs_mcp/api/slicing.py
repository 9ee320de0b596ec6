"""Feeding rows in slices: a large page holds up the event loop for no longer than a slice takes."""

from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence

from anyio.lowlevel import checkpoint_if_cancelled

from drs_mcp.api.http.loop_turns import loop_turn
from drs_mcp.api.joining import Feed
from drs_mcp.api.wire.values import Row
from drs_mcp.slices import SLICE

ROWS = 250
"""Rows of a slice, if their texts are no longer than those of most logs: they take milliseconds."""

LARGE = 2 * 1024 * 1024
"""Characters of a page of which no more than one is to be held at a time."""

Check = Callable[[], Awaitable[None]]
"""Raises where no more rows are to be handed on."""


class SlicedFeed:
    """Takes rows as they are read, and hands them on when it is their turn.

    Args:
        feed: takes the rows, in order.
        check: asked before each slice.

    Attributes:
        rows: how many were handed on.
        heaviest: the characters of the largest page.
    """

    def __init__(self, feed: Feed, check: Check = checkpoint_if_cancelled) -> None:
        self._feed = feed
        self._check = check
        self._waiting: deque[Sequence[Row]] = deque()
        self.rows = 0
        self.heaviest = 0

    def take(self, rows: Sequence[Row]) -> None:
        """Keep rows for the next `flush`."""
        if rows:
            self._waiting.append(rows)

    async def flush(self) -> None:
        """Hand on what was kept.

        Raises:
            DrsError: what the check raised; what was handed on by then is a contiguous prefix.
        """
        while self._waiting:
            await self.hand_on(self._waiting.popleft())

    async def hand_on(self, rows: Sequence[Row]) -> None:
        """Hand on *rows*, a turn of the event loop for each slice; no rows are handed on as well."""
        weight = 0
        for begin, end, heavy in _slices(rows):
            await self._check()
            async with loop_turn():
                self._feed(rows[begin:end])
            self.rows += end - begin
            weight += heavy
        self.heaviest = max(self.heaviest, weight)


def _slices(rows: Sequence[Row]) -> Iterator[tuple[int, int, int]]:
    """Where each slice begins and ends, and the characters of its texts."""
    begin = heavy = 0
    for place, row in enumerate(rows, 1):
        heavy += sum([len(text) for text in row.values() if type(text) is str])
        if heavy >= SLICE or place - begin >= ROWS:
            yield begin, place, heavy
            begin, heavy = place, 0
    if begin < len(rows) or not rows:
        yield begin, len(rows), heavy
