"""The last line before the newest failure, found in one pass over a log in any order."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from drs_mcp.summaries.logs.entries import KEPT_CHARS

_EDGE = 500
_AT = itemgetter(0)


class Line(NamedTuple):
    """An entry that may turn out to be the last one before the failure; level and message raw."""

    at: str
    level: object
    message: object


class LineBefore:
    """Keeps the line before the newest failure known so far, and what may precede a later one.

    Entries older than the newest failure known can never be the answer again, but for the last of
    them. Of the newer ones the oldest and the newest few hundred are kept, which is exact for a
    log that is sorted either way, or nearly so. Where that is not enough, `line` is None.
    """

    def __init__(self) -> None:
        self._failure = ""
        self._before: Line | None = None
        self._later: list[Line] = []
        self._lost: tuple[str, str] | None = None
        self._doubt = ""

    def feed(self, failure: str, times: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
        """Take one page: the newest failure's time so far, and the time of each row.

        A row of unknown time, or which is no line of its own, has the time "".
        """
        if failure > self._failure:
            self._advance(failure)
        known = self._before.at if self._before else ""
        if max(times, default="") <= known:
            return
        newest = max((at for at in times if at < failure), default="")
        if newest > known:
            self._before = _line(newest, rows[times.index(newest)])
        self._later += [
            _line(at, row) for at, row in zip(times, rows, strict=True) if at >= failure and at
        ]
        if len(self._later) > 4 * _EDGE:
            self._trim()

    def _advance(self, failure: str) -> None:
        self._failure = failure
        passed = [line for line in self._later if line.at < failure]
        if passed:  # all of them are newer than the line kept so far
            self._before = max(passed, key=_AT)
        self._later = [line for line in self._later if line.at >= failure]
        if self._lost and self._lost[0] < failure:
            # A lost entry may lie between the line kept and the failure.
            self._doubt = self._lost[1]
            self._lost = (failure, self._lost[1]) if self._lost[1] > failure else None

    def _trim(self) -> None:
        self._later.sort(key=_AT)
        lost = self._later[_EDGE:-_EDGE]
        low, high = self._lost or (lost[0].at, lost[-1].at)
        self._lost = (min(low, lost[0].at), max(high, lost[-1].at))
        self._later = self._later[:_EDGE] + self._later[-_EDGE:]

    @property
    def line(self) -> Line | None:
        """The last line before the newest failure, if it is certain."""
        return self._before if self._before and self._before.at >= self._doubt else None

    @property
    def doubtful(self) -> bool:
        """Whether there is such a line, but the log's order left open which."""
        return self._before is not None and self.line is None


def _line(at: str, row: Mapping[str, Any]) -> Line:
    message = row.get("message")
    if type(message) is str and len(message) > KEPT_CHARS:
        message = message[:KEPT_CHARS]
    return Line(at, row.get("level"), message)
