"""A task's log (`type=log`, Table 30), folded page by page: as patterns or as plain lines."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from drs_mcp.api.wire.values import text
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.logs.entries import (
    ERROR,
    INFO,
    Filter,
    Levels,
    Times,
    messages_of,
    rank,
)
from drs_mcp.summaries.logs.frames import fold_all_frames
from drs_mcp.summaries.logs.groups import FRAMES, Group, Groups
from drs_mcp.summaries.logs.line_before import LineBefore
from drs_mcp.summaries.logs.lines import LogLines, LogLinesAnswer
from drs_mcp.summaries.logs.masks import Keys
from drs_mcp.summaries.logs.patterns import (
    MAX_PATTERNS,
    FoldedLog,
    LogEvent,
    LogPatternsAnswer,
    line_event,
    newest_of,
    patterns_answer,
)

__all__ = ["LogLines", "LogLinesAnswer", "LogPatterns", "LogPatternsAnswer", "LogsAnswer"]

LogsAnswer = LogPatternsAnswer | LogLinesAnswer
"""Answer of `get_logs` in either view."""


class LogPatterns:
    """Folds a log into groups of like entries; each page is dropped once it is read."""

    def __init__(
        self,
        *,
        level: str = "",
        contains: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> None:
        self._level = level.lower()
        self._filter = Filter(contains=contains, since=since, until=until)
        self._arguments = self._filter.arguments(level)
        self._levels = Levels()
        self._times = Times()
        self._keys = Keys()
        self._groups: dict[str, Groups] = {}
        self._before = LineBefore()
        self._failure = ""
        self._entries = 0
        self._undated = 0

    def feed(  # noqa: C901  one loop over the entries: calls would cost more than they say
        self, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Take one page of entries, in any order."""
        messages, times = messages_of(rows), self._times.page(rows)
        lines = fold_all_frames(messages)
        levels = self._levels.page(rows, messages)
        keys = self._keys.page(lines)
        self._entries += len(rows)
        self._undated += times.count("")
        if lines is not messages:
            # Frames that came as entries of their own go on with a line, they are none.
            for place, line in enumerate(lines):
                if not line and messages[place]:
                    keys[place] = FRAMES
        for at, level, key, message, line in zip(times, levels, keys, messages, lines, strict=True):
            if self._filter.active and not self._filter.takes(at, message):
                continue
            groups = self._groups.get(level) or self._open(level)
            group = groups.known.get(key) or groups.find(key, line)
            group.count += 1
            if at > group.last:
                group.last, group.sample = at, message
                group.first = group.first or at
            elif at < group.first and at:
                group.first = at
            if group.watched:
                group.note(line)
            if level == ERROR and at > self._failure and key != FRAMES:
                self._failure = at
        if lines is not messages:
            times = ["" if key == FRAMES else at for at, key in zip(times, keys, strict=True)]
        self._before.feed(self._failure, times, rows)

    def _open(self, level: str) -> Groups:
        # Codes and tables of info entries are counted only when those are asked for.
        watch = level == self._level or rank(level) < rank(INFO)
        return self._groups.setdefault(level, Groups(level, watch=watch))

    def answer(
        self, *, job: str, offset: int = 0, max_patterns: int = MAX_PATTERNS
    ) -> LogPatternsAnswer:
        """The patterns from *offset* on; *job* is the caller's word for the task."""
        arguments = {"job": job} | self._arguments
        return patterns_answer(
            self.folded_log(),
            arguments=arguments,
            level=self._level,
            offset=offset,
            max_patterns=max_patterns,
        )

    def folded_log(self) -> FoldedLog:
        """What was found so far."""
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
