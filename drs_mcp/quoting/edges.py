"""A log read page by page: a secret's name may end one page, and its value begin the next one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any, Final

from drs_mcp.quoting.decoding import rows_redacted

Row = Mapping[str, Any]

_EDGE: Final = 3
"""So many rows on either side of an edge are read together."""

_LONGEST: Final = 4_000
"""Characters of a row that may be read together with others."""


class Edges:
    """Hands rows on to *feed*, redacted across the edges of the pages that they came on.

    The last few rows wait for those of the next page, so that *feed* never sees them as they were.
    """

    def __init__(self, feed: Callable[[Sequence[Row]], None]) -> None:
        self._feed = feed
        self._held: list[Row] = []

    def feed(self, rows: Sequence[Row]) -> None:
        """Take rows that follow those taken before."""
        joined = [*self._held, *rows]
        edge = len(self._held)
        begin = edge - _short(reversed(self._held))
        end = edge + _short(rows[:_EDGE])
        if begin < edge < end:
            joined[begin:end] = rows_redacted(joined[begin:end])
        self._held = joined[-_EDGE:]
        if (ready := joined[:-_EDGE]) or not rows:
            self._feed(ready)

    def flush(self) -> None:
        """Hand on what waits: no page follows."""
        held, self._held = self._held, []
        if held:
            self._feed(held)


def _short(rows: Iterable[Row]) -> int:
    """How many rows there are before the first long one."""
    return sum(1 for _ in takewhile(lambda row: _size(row) <= _LONGEST, rows))


def _size(row: Row) -> int:
    return sum(len(text) for text in row.values() if isinstance(text, str))
