"""Which tables a log names, most errors first (`by=table`)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from drs_mcp.quoting.forms import forms
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import Name
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.logs.entries import Times, abridged, shown, whole_messages
from drs_mcp.summaries.logs.excerpt import excerpt
from drs_mcp.summaries.logs.filters import Filter
from drs_mcp.summaries.logs.frames import fold_all_frames
from drs_mcp.summaries.logs.kinds.moments import Moments, picture, seconds_of
from drs_mcp.summaries.logs.kinds.shape import Shape
from drs_mcp.summaries.logs.levels import ERROR, WARN, Levels, rank
from drs_mcp.summaries.logs.masks import KEYS
from drs_mcp.summaries.logs.names import MAYBE_TABLE, PARENT, TABLE

_MOST_TABLES: Final = 5000
_SAMPLE_CAP: Final = 120
_BATCH: Final = 500


class LogTablesAnswer(Answer, Closing):
    """Answer of `get_logs` with `by=table`.

    `tables` counts the entries that name each, its errors and warnings among them; `time` has ten
    digits for the time from `first` to `last` of the log, as for patterns; `newest` is the newest
    entry of the gravest level. `naming` entries name any table.
    """

    essential = frozenset({"entries", "matching", "naming", "levels"})
    samples = frozenset({"newest"})

    entries: int = 0
    matching: int | None = None
    naming: int = 0
    levels: dict[Name, int] = {}
    first: Name | None = None
    last: Name | None = None
    tables: Table = Table()


class _Named:
    """The entries that name one table."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}
        self.first = ""
        self.last = ""
        self.newest: tuple[int, str, str] = (-9, "", "")
        """How grave, when, and what its newest entry of the gravest level says."""
        self.plain = False
        """Whether an entry says that it is a table."""
        self._moments = Moments()
        self._times: list[str] = []

    def add(self, at: str, level: str, message: str, *, plain: bool) -> None:
        self.levels[level] = self.levels.get(level, 0) + 1
        if at and (at < self.first or not self.first):
            self.first = at
        self.last = max(self.last, at)
        grave = -rank(level)
        if grave >= self.newest[0]:
            self.newest = max(self.newest, (grave, at, message))
        self.plain = self.plain or plain
        self._times.append(at)
        if len(self._times) >= _BATCH:
            self._settle()

    def _settle(self) -> None:
        self._moments.add(seconds_of(self._times))
        self._times = []

    @property
    def moments(self) -> Moments:
        """When it was named."""
        self._settle()
        return self._moments

    @property
    def order(self) -> tuple[int, int, int]:
        """Errors first, then warnings, then others."""
        return self.levels.get(ERROR, 0), self.levels.get(WARN, 0), sum(self.levels.values())


class LogTables:
    """Folds a log into the tables that it names."""

    def __init__(self, wanted: Filter | None = None) -> None:
        self._filter = wanted or Filter()
        self._arguments = {"by": "table", **self._filter.arguments}
        self._levels = Levels()
        self._times = Times()
        self._tables: dict[str, _Named] = {}
        self._counts: dict[str, int] = {}
        self._entries = 0
        self._naming = 0
        self._more = False
        self._first = self._last = ""

    def feed(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Take one page of entries, in any order."""
        times, messages = self._times.page(rows), whole_messages(rows)
        levels = self._levels.page(rows, messages)
        self._entries += len(rows)
        lines = fold_all_frames(messages, forms(messages))
        wanted: list[tuple[str, str, str]] = []
        for at, level, message, line in zip(times, levels, messages, lines, strict=True):
            if not self._filter.takes(at, message):
                continue
            self._counts[level] = self._counts.get(level, 0) + 1
            self._first = min(filter(None, (self._first, at)), default="")
            self._last = max(self._last, at)
            if self._filter.level in ("", level):
                wanted.append((at, level, abridged(line)))
        self._take(wanted)

    def _take(self, wanted: Sequence[tuple[str, str, str]]) -> None:
        keys, lines = KEYS.page([line for _, _, line in wanted])
        places: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(keys):
            places[key].append(place)
        for key, some in places.items():
            shape = Shape(key, codes=False)
            for place, names in zip(some, shape.named([lines[one] for one in some]), strict=True):
                self._name(*wanted[place], names)

    def _name(self, at: str, level: str, line: str, names: Mapping[str, str]) -> None:
        tables = {
            name: kind for name, kind in names.items() if kind in (TABLE, PARENT, MAYBE_TABLE)
        }
        self._naming += bool(tables)
        for name, kind in tables.items():
            found = self._tables.get(name)
            if found is None:
                if len(self._tables) >= _MOST_TABLES:
                    self._more = True
                    continue
                found = self._tables[name] = _Named()
            found.add(at, level, line, plain=kind != MAYBE_TABLE)

    def answer(self, *, job: str, offset: int = 0, limit: int = 50) -> LogTablesAnswer:
        """The tables from *offset* on; *job* is the caller's word for the task."""
        ranked = sorted(
            self._certain(), key=lambda item: ([-number for number in item[1].order], item[0])
        )
        page = ranked[offset : offset + limit]
        args: dict[str, Any] = {"job": job, **self._arguments, "limit": limit}
        filtered = self._filter.active or bool(self._filter.level)
        matching = (
            sum(self._counts.values())
            if not self._filter.level
            else self._counts.get(self._filter.level, 0)
        )
        return LogTablesAnswer(
            headline=self._headline(ranked, matching, filtered=filtered),
            entries=self._entries,
            matching=matching if filtered else None,
            naming=self._naming,
            levels=dict(sorted(self._counts.items(), key=lambda item: (rank(item[0]), item[0]))),
            first=shown(self._first),
            last=shown(self._last),
            tables=table(
                ("table", "errors", "warnings", "entries", "first", "last", "time", "newest"),
                [self._row(name, found) for name, found in page],
                total=len(ranked),
                start=offset,
                more=NextCall(tool="get_logs", args=args, why="the other tables"),
            ),
            notes=["Too many tables: some of the rarest are left out."] if self._more else [],
        )

    def _certain(self) -> Iterable[tuple[str, _Named]]:
        """The tables; a name that may be a host's is one where others of its schema plainly are.

        Where no line says of anything that it is a table, all that may be one, but for names of
        three parts, which settings have, too.
        """
        if not any(found.plain for found in self._tables.values()):
            return [(name, found) for name, found in self._tables.items() if name.count(".") < 2]
        schemas = {name.rpartition(".")[0] for name, found in self._tables.items() if found.plain}
        return [
            (name, found)
            for name, found in self._tables.items()
            if found.plain or name.rpartition(".")[0] in schemas
        ]

    def _row(self, name: str, found: _Named) -> list[Any]:
        errors, warnings, entries = found.order
        ends = (self._first, self._last)
        return [
            name,
            errors,
            warnings,
            entries,
            shown(found.first) if entries > 1 else None,
            shown(found.last),
            picture(found.moments, *seconds_of(ends)) if entries > 1 and self._first else None,
            excerpt(found.newest[2], _SAMPLE_CAP),
        ]

    def _headline(
        self, ranked: Sequence[tuple[str, _Named]], matching: int, *, filtered: bool
    ) -> str:
        scope = plural(self._entries, "log entry", "log entries")
        if filtered:
            scope = f"{matching:,} matching of {scope}"
        if not ranked:
            return f"No table is named in {scope}."
        name, found = ranked[0]
        errors, warnings, entries = found.order
        number = (
            plural(errors, "error")
            if errors
            else plural(warnings, "warning")
            if warnings
            else plural(entries, "entry", "entries")
        )
        most = as_name(name) or "one"
        return f"{plural(len(ranked), 'table')} named in {scope}; most by {most}: {number}."
