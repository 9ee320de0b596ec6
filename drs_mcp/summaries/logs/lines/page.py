"""One page of plain log lines (`view=lines`, Table 30), or those on either side of a time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, Self

from pydantic import PrivateAttr

from drs_mcp.quoting.quoted import Name
from drs_mcp.summaries.answer import (
    Answer,
    Closing,
    NextCall,
    Table,
    plural,
    table,
)
from drs_mcp.summaries.logs.entries import Times, shown, sortable, whole_messages
from drs_mcp.summaries.logs.excerpt import excerpt
from drs_mcp.summaries.logs.filters import Filter
from drs_mcp.summaries.logs.kinds.moments import seconds_of
from drs_mcp.summaries.logs.levels import ERROR, UNREAD, Levels, rank
from drs_mcp.summaries.logs.lines.kept import Kept, Line, Stamp
from drs_mcp.summaries.logs.meanings import Failures

_SHOWN_CHARS: Final = 240
_DAY_CHARS: Final = len("2026-11-20T")
_DAY_S: Final = 86_400

Order = Literal["newest", "oldest"]


class Scope(NamedTuple):
    """What a page of lines is a page of, for its headline."""

    entries: int
    matching: int
    rows: int
    """Lines in all, each that repeats once."""
    filtered: bool
    order: Order
    around: str = ""
    parting: int | None = None
    """The place of the page's first row on the other side of *around*."""

    def headline(self, shown_: range) -> str:
        """The page in one sentence; *shown_*: the places of the rows that are shown."""
        of = plural(self.matching, "entry", "entries")
        if self.filtered:
            of = f"{self.matching:,} matching of {plural(self.entries, 'log entry', 'log entries')}"
        elif not self.entries:
            return "The log is empty."
        if self.parting is not None:
            return self._around(shown_, of, self.parting)
        if not shown_:
            return f"No lines from position {shown_.start:,} on: {of}."
        lines = f"Lines {shown_.start + 1:,} to {shown_.stop:,} of"
        if self.rows == self.matching:
            return f"{lines} {of}, {self.order} first."
        return f"{lines} {self.rows:,}, {self.order} first: {of}, those that repeat folded."

    def _around(self, shown_: range, of: str, parting: int) -> str:
        ahead = max(min(shown_.stop, parting) - shown_.start, 0)
        sides = (ahead, len(shown_) - ahead)
        before, after = sides if self.order == "oldest" else sides[::-1]
        lines = f"{plural(before, 'line')} before {self.around} and {after:,} from then on"
        return f"{lines}, of {of}; {self.order} first."


class LogLinesAnswer(Answer, Closing):
    """Answer of `get_logs` with `view=lines`.

    `entries` were read in all, `matching` of them fit the filters (absent without a filter);
    `levels` counts those that fit the text and the time, whatever their level. Lines of one level
    and text are one row, unless they lie far apart: `repeated` has their number and span.
    """

    essential = frozenset({"entries", "matching", "levels"})

    entries: int = 0
    matching: int | None = None
    levels: dict[Name, int] = {}
    lines: Table = Table()

    _scope: Scope | None = PrivateAttr(default=None)

    def within(self, scope: Scope) -> Self:
        """The answer, as a page of *scope*."""
        self._scope = scope
        self.headline = scope.headline(range(self.lines.start, self.lines.start + self.lines.shown))
        return self

    def told(self, shown: Mapping[str, range], *, briefly: bool = False) -> str:  # noqa: ARG002
        """The headline of the lines that are shown."""
        return self._scope.headline(shown["lines"]) if self._scope else self.headline


class LogLines:
    """Folds a log into one page of its lines, in bounded memory.

    Args:
        wanted: which entries; by default all.
        order, offset, limit: which page of them.
        full: lines uncut, and none folded.
        around: instead of a page from *offset* on, the lines on either side of a time.
    """

    def __init__(
        self,
        wanted: Filter | None = None,
        *,
        order: Order = "newest",
        offset: int = 0,
        limit: int = 50,
        full: bool = False,
        around: datetime | None = None,
    ) -> None:
        self._filter = wanted or Filter()
        self._arguments: dict[str, Any] = {"view": "lines", **self._filter.arguments}
        if order != "newest":
            self._arguments["order"] = order
        self._arguments |= {"limit": limit, "full": full}
        self._order: Order = order
        self._offset = offset
        self._limit = limit
        self._full = full
        self._around = sortable(around)
        most = limit if around else offset + limit
        self._before = Kept(newest_first=True, most=most, whole=full)
        self._kept = Kept(newest_first=order == "newest" and not around, most=most, whole=full)
        self._levels = Levels()
        self._failures = Failures()
        self._times = Times()
        self._counts: dict[str, int] = {}
        self._entries = 0
        self._undated = 0
        self._unreadable = 0
        self._step = 0

    def feed(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take one page of entries, in any order."""
        times, messages = self._times.page(rows), whole_messages(rows)
        self._unreadable += times.count("")
        levels = self._levels.page(rows, messages)
        if not self._step:
            self._step = _direction(times)
        for at, level, message in zip(times, levels, messages, strict=True):
            self._entries += 1
            if not self._filter.takes(at, message):
                continue
            self._counts[level] = self._counts.get(level, 0) + 1
            wanted = self._filter.level
            if wanted in ("", level) or (
                wanted == ERROR and level == UNREAD and self._failures.told_in(message)
            ):
                self._take(Stamp(at, self._step * self._entries), level, message)

    def _take(self, at: Stamp, level: str, message: str) -> None:
        if self._around and not at.at:
            self._undated += 1
            return
        kept = self._before if at.at < self._around else self._kept
        kept.add(at, level, message)

    def answer(self, *, job: str) -> LogLinesAnswer:
        """The page asked for; *job* is the caller's word for the task."""
        before, after = self._before.lines(), self._kept.lines()
        filtered = self._filter.active or bool(self._filter.level)
        matching = self._before.taken + self._kept.taken
        parting = None
        if self._around:
            half = self._limit // 2
            page = [*before[:half][::-1], *after[: self._limit - half]]
            parting = min(half, len(before))
            if self._order == "newest":
                page.reverse()
                parting = len(page) - parting
            rows = len(page)
        else:
            page = list(after[self._offset : self._offset + self._limit])
            rows = len(after) + self._kept.dropped
        return LogLinesAnswer(
            headline="",
            entries=self._entries,
            matching=matching if filtered else None,
            levels=dict(sorted(self._counts.items(), key=lambda item: (rank(item[0]), item[0]))),
            lines=self._table(page, rows, job, parting),
            notes=self._notes(beyond=self._beyond(page)),
            next=self._next(page, job),
        ).within(
            Scope(
                entries=self._entries,
                matching=matching,
                rows=rows,
                filtered=filtered,
                order=self._order,
                around=shown(self._around) or "",
                parting=parting,
            )
        )

    def _table(self, page: Sequence[Line], rows: int, job: str, parting: int | None) -> Table:
        found = table(
            ("at", "level", "repeated", "message"),
            [
                (
                    shown((line.newest if self._order == "newest" else line.oldest).at),
                    line.level,
                    _repeated(line),
                    self._text(line),
                )
                for line in page
            ],
            total=rows,
            start=0 if self._around else self._offset,
        )
        if parting is not None:
            found.middle = parting
        elif not self._beyond(page):
            args = {"job": job, **self._arguments}
            found.more = NextCall(tool="get_logs", args=args, why="the lines after these")
        return found

    def _text(self, line: Line) -> str:
        if self._full:
            return line.text
        return excerpt(line.text, _SHOWN_CHARS)

    def _beyond(self, page: Sequence[Line]) -> bool:
        """Whether lines follow that are not kept."""
        end = self._offset + len(page)
        return not self._around and self._kept.dropped > 0 and end >= len(self._kept.lines())

    def _next(self, page: Sequence[Line], job: str) -> list[NextCall]:
        args = {"job": job, **self._arguments}
        if not page:
            return []
        if self._around:
            args.pop("order", None)
            oldest = min(line.oldest for line in page).at
            newest = max(line.newest for line in page).at
            return [
                _call(args | {"until": shown(oldest)}, "what came before"),
                _call(args | {"since": shown(newest), "order": "oldest"}, "what came after"),
            ]
        if self._beyond(page):
            newest_first = self._order == "newest"
            at = page[-1].oldest.at if newest_first else page[-1].newest.at
            end = {"until" if newest_first else "since": shown(at) or ""}
            return [_call(args | end, "on from there, by time")]
        if any(len(line.text) > _SHOWN_CHARS for line in page) and not self._full:
            return [_call(args | {"offset": self._offset, "full": True}, "the lines whole")]
        return []

    def _notes(self, *, beyond: bool) -> list[str]:
        notes = []
        if undated := self._filter.undated + self._undated:
            left = plural(undated, "entry", "entries")
            notes.append(f"Left out: {left} without a readable time.")
        elif self._unreadable:
            left = plural(self._unreadable, "entry", "entries")
            notes.append(f"{left} without a readable time.")
        if beyond:
            kept = len(self._kept.lines())
            notes.append(
                f"Only the first {kept:,} lines can be paged to: narrow `since` and `until`."
            )
        return notes


def _call(args: Mapping[str, Any], why: str) -> NextCall:
    return NextCall(tool="get_logs", args=dict(args), why=why)


def _repeated(line: Line) -> str | None:
    """How often a line came, and from when to when: `× 10, 22:51:29 to 00:25:29, same text`."""
    if line.count == 1:
        return None
    first, last = shown(line.oldest.at), shown(line.newest.at)
    if first is None or last is None:
        return f"× {line.count:,}, same text"
    if seconds_of([last])[0] - seconds_of([first])[0] < _DAY_S:
        first, last = first[_DAY_CHARS:-1], last[_DAY_CHARS:-1]
    return f"× {line.count:,}, {first} to {last}, same text"


def _direction(times: Sequence[str]) -> int:
    """1 or -1, by which position settles equal times: 1 where later lines are the newer ones."""
    known = [at for at in times if at]
    if not known:
        return 0
    return 1 if known[0] < known[-1] else -1
