"""Lines kept while a log is read, in order of time, those that repeat folded into one."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from drs_mcp.summaries.logs.entries import abridged

MOST_KEPT: Final = 20_000
"""Lines held while reading, in the order asked for; a page that ends beyond is refused in a note."""

_WHOLE_KEPT: Final = 2000
"""So many when each is held whole."""
_SLACK: Final = 1000
_MOST_CHARS: Final = 20_000_000
_OTHERS: Final = 20
"""Lines of one text are one row while fewer than so many other texts lie between two of them."""


class Stamp(NamedTuple):
    """When a line was written, as sortable text, and its number, which settles equal times."""

    at: str
    number: int


@dataclass(slots=True)
class Line:
    """Lines of one level and text; *count* of them from *oldest* to *newest*."""

    oldest: Stamp
    newest: Stamp
    level: str
    text: str
    length: int
    """Of the text before it was abridged."""
    count: int = 1


class Kept:
    """The lines that come first in one order of time, in bounded memory, whatever order they come in.

    Lines of unknown time come last in either order.
    """

    def __init__(self, *, newest_first: bool, most: int, whole: bool = False) -> None:
        """*most* lines are asked for; *whole*: uncut, and none folded."""
        self._newest_first = newest_first
        self._whole = whole
        self._most = min(most, _WHOLE_KEPT) if whole else MOST_KEPT
        self._lines: list[Line] = []
        self._chars = 0
        self._texts: dict[str, str] = {}
        self.taken = 0
        """Lines met in all."""
        self.dropped = 0
        """Lines that came after those that are kept."""

    def add(self, at: Stamp, level: str, message: str) -> None:
        """Take one line."""
        self.taken += 1
        text = message if self._whole else abridged(message)
        text = self._texts.setdefault(text, text)
        self._lines.append(Line(at, at, level, text, len(message)))
        self._chars += len(text)
        if len(self._lines) > 2 * self._most + _SLACK or self._chars > 2 * _MOST_CHARS:
            self._settle()

    def lines(self) -> Sequence[Line]:
        """Those that are kept, in order."""
        self._settle()
        return self._lines

    def _settle(self) -> None:
        dated = [line for line in self._lines if line.newest.at]
        undated = [line for line in self._lines if not line.newest.at]
        lines: list[Line] = []
        for some in (dated, undated):
            some.sort(
                key=_by_newest if self._newest_first else _by_oldest, reverse=self._newest_first
            )
            lines += some if self._whole else folded(some)
        kept = min(self._most, self._that_fit(lines))
        self.dropped += sum(line.count for line in lines[kept:])
        self._lines = lines[:kept]
        self._texts = {line.text: line.text for line in self._lines}
        self._chars = sum(len(line.text) for line in self._lines)

    @staticmethod
    def _that_fit(lines: Sequence[Line]) -> int:
        """How many lines hold no more characters in all than are kept."""
        chars = 0
        for place, line in enumerate(lines):
            chars += len(line.text)
            if chars > _MOST_CHARS:
                return place
        return len(lines)


def _by_newest(line: Line) -> Stamp:
    return line.newest


def _by_oldest(line: Line) -> Stamp:
    return line.oldest


def folded(lines: Iterable[Line]) -> list[Line]:
    """Lines in order of time, either way, with those of one text in the place of the first of them.

    Two lines of one text with many others between them are two occurrences, and stay apart.
    """
    made: list[Line] = []
    open_: OrderedDict[tuple[str, str, int], Line] = OrderedDict()
    for line in lines:
        key = (line.level, line.text, line.length)
        first = open_.get(key)
        if first is None:
            made.append(line)
            open_[key] = line
            if len(open_) > _OTHERS:
                open_.popitem(last=False)
        else:
            first.count += line.count
            first.oldest = min(first.oldest, line.oldest)
            first.newest = max(first.newest, line.newest)
            open_.move_to_end(key)
    return made
