"""A task's log (`type=log`, Table 30), folded page by page: as patterns or as plain lines."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from drs_mcp.api.wire.values import text
from drs_mcp.quoting.forms import forms
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.logs.entries import SHORT_CHARS, Times, abridged, cut, whole_messages
from drs_mcp.summaries.logs.filters import Filter
from drs_mcp.summaries.logs.frames import fold_all_frames
from drs_mcp.summaries.logs.groups import FRAMES, Group, Groups
from drs_mcp.summaries.logs.kinds.moments import seconds_of
from drs_mcp.summaries.logs.kinds.other_tasks import OwnRows
from drs_mcp.summaries.logs.levels import ERROR, Levels
from drs_mcp.summaries.logs.line_before import LineBefore
from drs_mcp.summaries.logs.lines.event import LogEvent, line_event
from drs_mcp.summaries.logs.lines.page import LogLines, LogLinesAnswer
from drs_mcp.summaries.logs.masks import KEYS
from drs_mcp.summaries.logs.meanings import needs_engines
from drs_mcp.summaries.logs.patterns import (
    MAX_PATTERNS,
    FoldedLog,
    LogPatternsAnswer,
    newest_of,
    patterns_answer,
)
from drs_mcp.summaries.logs.tables import LogTables, LogTablesAnswer

__all__ = [
    "LogLines",
    "LogLinesAnswer",
    "LogPatterns",
    "LogPatternsAnswer",
    "LogTables",
    "LogTablesAnswer",
    "LogsAnswer",
]

LogsAnswer = LogPatternsAnswer | LogLinesAnswer | LogTablesAnswer
"""Answer of `get_logs`, whatever it is asked for."""

_MOST_PENDING = 1_000_000
"""So many characters of entries wait at the most until they are noted, kind by kind. Each time costs
as much as some hundred entries do."""


_T = TypeVar("_T")


def _at(places: Sequence[int], items: Sequence[_T]) -> list[_T]:
    return list(itemgetter(*places)(items)) if len(places) > 1 else [items[places[0]]]


class LogPatterns:
    """Folds a log into groups of like entries; each page is dropped once it is read.

    Where *own* holds the IDs of the task, and of its parent, entries that tell of another task are
    counted and left out.
    """

    def __init__(self, wanted: Filter | None = None, *, own: Collection[str] = ()) -> None:
        self._filter = wanted or Filter()
        self._own = OwnRows(own) if own else None
        self._arguments = self._filter.arguments
        self._levels = Levels()
        self._times = Times()
        self._pending = 0
        self._groups: dict[str, Groups] = {}
        self._before = LineBefore()
        self._failure = ""
        self._entries = 0
        self._undated = 0
        self._folded: FoldedLog | None = None

    def feed(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take one page of entries, in any order."""
        if self._own is not None:
            rows = self._own.of(rows)
        if rows:
            self._feed(rows)

    def settle(
        self, names: Collection[str], family: Collection[str], called: Collection[str] = ()
    ) -> None:
        """Take what was held back, but for entries of other tasks: their *names*, in lower case.

        Entries of its subtasks, with the IDs *family*, are this task's, and so are those with a
        name that it, or one of its family, is *called* by, in lower case.
        """
        if self._own is not None and (rest := self._own.rest(names, family, called)):
            self._feed(rest)
        self._folded = None

    def _feed(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._folded = None
        messages = whole_messages(rows)
        times, seconds = self._times.dated(rows)
        levels = self._levels.page(rows, messages)
        self._entries += len(rows)
        self._undated += times.count("")
        formed = forms(messages)
        distinct = set(formed)
        lines = fold_all_frames(messages, distinct)
        frames = lines is not messages
        if max(map(len, lines), default=0) > SHORT_CHARS:
            lines = [abridged(line) for line in lines]
        known = (formed, distinct) if lines is messages else ()
        keys, lines = KEYS.page(lines, *known)
        if frames:
            # Frames that came as entries of their own go on with a line, they are none.
            for place, line in enumerate(lines):
                if not line and messages[place]:
                    keys[place], lines[place] = FRAMES, cut(messages[place])
        batches: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, batch in enumerate(zip(levels, keys, strict=True)):
            batches[batch].append(place)
        taken = self._taken(times, messages) if self._filter.active else None
        for (level, key), places in batches.items():
            self._take(
                level,
                key,
                places if taken is None else [place for place in places if place in taken],
                times,
                seconds,
                lines,
            )
        if frames:
            times = ["" if key == FRAMES else at for at, key in zip(times, keys, strict=True)]
        self._before.feed(self._failure, times, rows)

    def _taken(self, times: Sequence[str], messages: Sequence[str]) -> set[int]:
        """The places of the entries that fit the filter."""
        takes = self._filter.takes
        pairs = zip(times, messages, strict=True)
        return {place for place, (at, message) in enumerate(pairs) if takes(at, message)}

    def _take(
        self,
        level: str,
        key: str,
        places: Sequence[int],
        times: list[str],
        seconds: list[int] | None,
        lines: list[str],
    ) -> None:
        if not places:
            return
        groups = self._groups.get(level)
        if groups is None:
            groups = self._groups[level] = Groups(level)
        ats, lines = _at(places, times), _at(places, lines)
        dated = seconds_of(ats) if seconds is None else _at(places, seconds)
        if level == ERROR and key != FRAMES:
            self._failure = max(self._failure, *ats)
        parts = groups.by_code(key, lines)
        if parts is None:
            groups.of(key).pend(ats, dated, lines)
        else:
            for codes, some in parts.items():
                chosen = [ats[one] for one in some]
                seconds = seconds_of(chosen)
                groups.of(key, codes).pend(chosen, seconds, [lines[one] for one in some])
        self._pending += sum(map(len, lines))
        if self._pending >= _MOST_PENDING:
            for one in self._groups.values():
                one.settle()
            self._pending = 0

    def answer(
        self,
        *,
        job: str,
        offset: int = 0,
        max_patterns: int = MAX_PATTERNS,
        full: bool = False,
        link: str = "",
    ) -> LogPatternsAnswer:
        """The patterns from *offset* on; *job* is the caller's word for the task, *link* its engines."""
        arguments = {"job": job, **self._arguments, "full": full}
        return patterns_answer(
            self.folded_log(),
            arguments=arguments,
            level=self._filter.level,
            offset=offset,
            max_patterns=max_patterns,
            full=full,
            link=link,
        )

    @property
    def is_unexplained(self) -> bool:
        """Whether an error is no known failure, so that the task's engines have to be asked."""
        groups = self.folded_log().groups
        return any(one.level == ERROR and needs_engines(one.message) for one in groups)

    def folded_log(self) -> FoldedLog:
        """What was found so far."""
        if self._folded is None:
            self._folded = self._fold()
        return self._folded

    def _fold(self) -> FoldedLog:
        groups = [group for level in self._groups.values() for group in level.merged()]
        counts: Counter[str] = Counter()
        for group in groups:
            counts[group.level] += group.count
        return FoldedLog(
            entries=self._entries,
            matching=counts.total() if self._filter.active else None,
            counts=counts,
            first=min((group.first for group in groups if group.first), default=""),
            last=max((group.last for group in groups), default=""),
            groups=groups,
            newest_error=newest_of(groups),
            line_before=self._line_before(),
            notes=self._notes(groups),
            others=self._own.others if self._own is not None else 0,
        )

    def _line_before(self) -> LogEvent | None:
        line = self._before.line
        if line is None or not self._failure:
            return None
        message = text(line.message) or ""
        return line_event(line.at, self._levels.read(line.level, message), message)

    def _notes(self, groups: Sequence[Group]) -> list[str]:
        notes = []
        if self._filter.undated:
            left = plural(self._filter.undated, "entry", "entries")
            notes.append(f"Left out: {left} without a readable time.")
        elif self._undated:
            notes.append(f"{plural(self._undated, 'entry', 'entries')} without a readable time.")
        if self._before.doubtful and self._failure:
            notes.append("In no order of time: view=lines tells the line before the error.")
        if any(group.other for group in groups):
            notes.append("Too many kinds: the rarest are counted together as other kinds.")
        return notes
