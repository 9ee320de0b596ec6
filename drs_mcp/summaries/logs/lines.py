"""Plain log lines (`view=lines`, Table 30): filtered, newest or oldest first, one page of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, Literal

from drs_mcp.quoting.quoted import Name
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.logs.entries import Filter, Times, cut, shown, whole_messages
from drs_mcp.summaries.logs.levels import Levels, rank

MOST_KEPT = 20_000
"""Lines held while reading; a page that ends beyond them is refused in a note."""

_SLACK = 1000
_Kept = tuple[str, int, str, str]
_ORDER = itemgetter(0, 1)


class LogLinesAnswer(Answer, Closing):
    """Answer of `get_logs` with `view=lines`.

    `entries` were read in all, `matching` of them fit the filters (absent without a filter);
    `levels` counts those that fit the text and the time, whatever their level.
    """

    essential = frozenset({"entries", "matching", "levels"})

    entries: int = 0
    matching: int | None = None
    levels: dict[Name, int] = {}
    lines: Table = Table()


class LogLines:
    """Folds a log into one page of its lines, in memory bounded by that page's end."""

    def __init__(
        self,
        *,
        level: str = "",
        contains: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        order: Literal["newest", "oldest"] = "newest",
        offset: int = 0,
        limit: int = 50,
    ) -> None:
        self._level = level.lower()
        self._filter = Filter(contains=contains, since=since, until=until)
        self._arguments = self._filter.arguments(level)
        if order != "newest":
            self._arguments["order"] = order
        self._newest = order == "newest"
        self._offset = offset
        self._limit = limit
        self._wanted = min(offset + limit, MOST_KEPT)
        self._levels = Levels()
        self._times = Times()
        self._counts: dict[str, int] = {}
        self._entries = 0
        self._matching = 0
        self._kept: list[_Kept] = []
        self._step = 0

    def feed(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take one page of entries, in any order."""
        times, messages = self._times.page(rows), whole_messages(rows)
        levels = self._levels.page(rows, messages)
        if not self._step:
            self._step = _direction(times)
        for at, level, message in zip(times, levels, messages, strict=True):
            self._entries += 1
            if not self._filter.takes(at, message):
                continue
            self._counts[level] = self._counts.get(level, 0) + 1
            if self._level in ("", level):
                self._matching += 1
                self._kept.append((at, self._step * self._entries, level, cut(message)))
        if len(self._kept) > 2 * self._wanted + _SLACK:
            self._sort()

    def _sort(self) -> None:
        # Entries of unknown time come last in either order.
        dated = [line for line in self._kept if line[0]]
        undated = [line for line in self._kept if not line[0]]
        dated.sort(key=_ORDER, reverse=self._newest)
        undated.sort(key=_ORDER, reverse=self._newest)
        self._kept = (dated + undated)[: self._wanted]

    def answer(self, *, job: str) -> LogLinesAnswer:
        """The page asked for; *job* is the caller's word for the task."""
        self._sort()
        page = self._kept[self._offset : self._offset + self._limit]
        filtered = self._filter.active or bool(self._level)
        args: dict[str, Any] = {
            "job": job,
            "view": "lines",
            **self._arguments,
            "limit": self._limit,
        }
        end = self._offset + len(page)
        more = NextCall(tool="get_logs", args=args, why="the lines after these")
        beyond = end >= MOST_KEPT and self._matching > end
        return LogLinesAnswer(
            headline=self._headline(len(page), filtered=filtered),
            entries=self._entries,
            matching=self._matching if filtered else None,
            levels=dict(sorted(self._counts.items(), key=lambda item: (rank(item[0]), item[0]))),
            lines=table(
                ("at", "level", "message"),
                [(shown(at), level, message) for at, _, level, message in page],
                total=self._matching,
                start=self._offset,
                more=None if beyond else more,
            ),
            notes=self._notes(beyond=beyond),
            next=[_from_there(args, page[-1][0], newest=self._newest)] if beyond and page else [],
        )

    def _headline(self, number: int, *, filtered: bool) -> str:
        scope = plural(self._matching, "entry", "entries")
        if filtered:
            scope = f"{self._matching:,} matching of {plural(self._entries, 'log entry', 'log entries')}"
        elif not self._entries:
            return "The log is empty."
        if not number:
            return f"No lines from position {self._offset:,} on: {scope}."
        order = "newest" if self._newest else "oldest"
        last = self._offset + number
        return f"Lines {self._offset + 1:,} to {last:,} of {scope}, {order} first."

    def _notes(self, *, beyond: bool) -> list[str]:
        notes = []
        if self._filter.undated:
            left = plural(self._filter.undated, "entry", "entries")
            notes.append(f"Left out: {left} without a readable time.")
        if beyond:
            notes.append(
                f"Only the first {MOST_KEPT:,} lines can be paged to: narrow `since` and `until`."
            )
        return notes


def _from_there(args: Mapping[str, Any], at: str, *, newest: bool) -> NextCall:
    """The call that goes on from the last line shown, by time instead of position."""
    end = {"until" if newest else "since": shown(at) or ""}
    return NextCall(tool="get_logs", args={**args, **end}, why="on from there, by time")


def _direction(times: Sequence[str]) -> int:
    """1 or -1, by which position settles equal times: 1 where later lines are the newer ones."""
    known = [at for at in times if at]
    if not known:
        return 0
    return 1 if known[0] < known[-1] else -1
