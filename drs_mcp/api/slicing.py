"""Feeding rows in slices: a large page holds up the event loop for no longer than a slice takes."""

from collections import deque
from collections.abc import Sequence

from drs_mcp.api.http.loop_turns import loop_turn
from drs_mcp.api.joining import Feed
from drs_mcp.api.wire.values import Row

ROWS = 250
"""Rows of a slice: of a log they take some milliseconds."""


class SlicedFeed:
    """Takes rows as they are read, and hands them on when it is their turn.

    Args:
        feed: takes the rows, in order.
    """

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._waiting: deque[Sequence[Row]] = deque()

    def take(self, rows: Sequence[Row]) -> None:
        """Keep rows for the next `flush`."""
        if rows:
            self._waiting.append(rows)

    async def flush(self) -> None:
        """Hand on what was kept."""
        while self._waiting:
            await self.hand_on(self._waiting.popleft())

    async def hand_on(self, rows: Sequence[Row]) -> None:
        """Hand on *rows*, a turn of the event loop for each slice; no rows are handed on as well."""
        for begin in range(0, max(len(rows), 1), ROWS):
            async with loop_turn():
                self._feed(rows[begin : begin + ROWS])
