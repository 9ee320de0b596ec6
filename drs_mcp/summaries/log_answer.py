"""The answer of `get_logs` with `view=patterns`: what a log says, errors first."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel

from drs_mcp.knowledge.failures import KnownFailure, match
from drs_mcp.quoted import Excerpt, Name, Quoted, quote
from drs_mcp.summaries.answer import Answer, Cell, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.log_entries import DEBUG, ERROR, INFO, WARN, rank, shown
from drs_mcp.summaries.log_frames import folded
from drs_mcp.summaries.log_groups import FRAMES, Group
from drs_mcp.summaries.log_masks import Keys, shorten_ids, template
from drs_mcp.summaries.log_names import codes_in
from drs_mcp.summaries.log_tally import Tally

MAX_PATTERNS = 40
_CAPS = {ERROR: 150, WARN: 100}
_OTHER_CAP = 80
_KINDS = 12
_KIND_CAP = 52
_TOP_TABLES = 2
_TOP_CODES = 4
_TOP_OVERALL = 3
_MOST_KNOWN = 3
_TIES_ASKED = 50
_LINES_BEFORE = 20


class LogEvent(BaseModel):
    """One log line: `at` in UTC, `codes` where the message is too long to show them."""

    at: Name | None = None
    level: Name | None = None
    message: Excerpt = ""
    codes: Name | None = None
    known: Name | None = None


class KnownCause(BaseModel):
    """A known failure that lines of this log match; `confidence` is doc, doc-partial or inferred."""

    id: Name
    cause: Quoted = ""
    fix: Quoted = ""
    confidence: Name = ""
    harmless_while_running: bool | None = None


class LogPatternsAnswer(Answer, Closing):
    """Answer of `get_logs` with `view=patterns` (Table 30).

    `entries` were read in all, `matching` of them fit text and time (absent without such a
    filter); `levels`, `first`, `last` and `newest_error` are of those, whatever their level, and
    `line_before` is the last line of the whole log before that error. A pattern's `first` is left
    out where it equals `last`; its sample is its newest entry.
    """

    essential = frozenset({"entries", "matching", "levels", "newest_error"})
    samples = frozenset({"sample"})

    entries: int = 0
    matching: int | None = None
    levels: dict[Name, int] = {}
    first: Name | None = None
    last: Name | None = None
    newest_error: LogEvent | None = None
    line_before: LogEvent | None = None
    patterns: Table = Table()
    known: list[KnownCause] = []
    error_tables: dict[Name, int] = {}
    info: Table = Table()


class Found(NamedTuple):
    """What the fold found; `matching` is None without a filter by text or time."""

    entries: int
    matching: int | None
    counts: Mapping[str, int]
    first: str
    last: str
    groups: Sequence[Group]
    newest_error: Group | None
    line_before: LogEvent | None
    notes: Sequence[str]


def patterns_answer(
    found: Found, *, asked: Mapping[str, Any], level: str, offset: int, max_patterns: int
) -> LogPatternsAnswer:
    """Say what was found; *asked* are the arguments of the call for the rows that are cut."""
    told = [group for group in found.groups if _in_table(group, level)]
    told.sort(key=lambda group: _order(group, found.newest_error))
    page = told[offset : offset + max_patterns]
    known = {id(group): match(_folded(group.sample)) for group in page}
    newest = found.newest_error
    newest_known = match(_folded(newest.sample)) if newest else None
    return LogPatternsAnswer(
        headline=_headline(found, newest_known),
        entries=found.entries,
        matching=found.matching,
        levels=dict(sorted(found.counts.items(), key=lambda item: (rank(item[0]), item[0]))),
        first=shown(found.first),
        last=shown(found.last) if found.last[:19] != found.first[:19] else None,
        newest_error=_event(newest, newest_known) if newest else None,
        line_before=found.line_before,
        patterns=table(
            ("level", "count", "first", "last", "sample", "codes", "tables", "known"),
            [_row(group, known[id(group)]) for group in page],
            total=len(told),
            start=offset,
            more=NextCall(tool="get_logs", args=dict(asked), why="the other patterns"),
        ),
        known=_causes(
            [newest_known, *(known[id(group)] for group in page if group.level == ERROR)]
        ),
        error_tables=_error_tables(found.groups),
        info=_info(found.groups, asked) if not level and not offset else Table(),
        notes=list(found.notes),
        next=_next(found, asked),
    )


def newest_of(groups: Sequence[Group]) -> Group | None:
    """The group of the newest error; of several at one time one of a known, harmful failure."""
    errors = [group for group in groups if group.level == ERROR]
    # Stack frames that arrived as entries of their own are no failure, if there is another.
    errors = [group for group in errors if group.words != [FRAMES]] or errors
    if not errors:
        return None
    last = max(group.last for group in errors)
    tied = [group for group in errors if group.last == last]
    for group in tied[:_TIES_ASKED] if len(tied) > 1 else ():
        known = match(_folded(group.sample))
        if known is not None and not known.harmless:
            return group
    return tied[0]


def line_event(at: str, level: str, message: str) -> LogEvent:
    """The line before a failure."""
    shown_message = quote(shorten_ids(_folded(message) or message), _CAPS[ERROR])
    return LogEvent(at=shown(at), level=level, message=shown_message)


def _in_table(group: Group, level: str) -> bool:
    return group.level == level if level else group.level not in (INFO, DEBUG)


def _order(group: Group, newest: Group | None) -> tuple[Any, ...]:
    return (
        rank(group.level),
        group.level,
        group is not newest,
        group.other,
        -group.count,
        group.words,
    )


def _folded(message: str) -> str:
    return folded([message])[0]


def _event(group: Group, known: KnownFailure | None) -> LogEvent:
    message = _folded(group.sample)
    said = quote(shorten_ids(message), 240)
    unseen = [code for code in codes_in(message) if code.rpartition(" ")[2] not in said]
    return LogEvent(
        at=shown(group.last),
        message=said,
        codes=", ".join(unseen) or None,
        known=known.id if known else None,
    )


def _row(group: Group, known: KnownFailure | None) -> list[Cell]:
    cap = _CAPS[WARN] if known else _CAPS.get(group.level, _OTHER_CAP)
    sample = quote(shorten_ids(_folded(group.sample) or group.sample), cap)
    return [
        group.level,
        group.count,
        shown(group.first) if group.first[:19] != group.last[:19] else None,
        shown(group.last),
        f"(other kinds) {sample}" if group.other else sample,
        _codes(group),
        _names(group.tables, group.count, _TOP_TABLES if group.level == ERROR else 1),
        known.id if known else None,
    ]


def _codes(group: Group) -> str | None:
    if not group.other:
        left = len(group.codes) - _TOP_CODES
        told = [*group.codes[:_TOP_CODES], *([f"{left} more"] if left > 0 else [])]
        return ", ".join(told) or None
    told = [f"{code} ×{number}" for code, number in group.tallied_codes.top(_TOP_CODES)]
    return ", ".join(told + _more(group.tallied_codes, _TOP_CODES)) or None


def _names(tables: Tally, entries: int, most: int) -> str | None:
    top = tables.top(most)
    if len(tables.counts) == 1 and not tables.rest and top[0][1] == entries:
        return top[0][0]
    told = [f"{name} {number}" for name, number in top]
    return ", ".join(told + _more(tables, most)) or None


def _more(tally: Tally, top: int) -> list[str]:
    left = len(tally.counts) - top
    if left <= 0 and not tally.rest:
        return []
    return [f"over {max(left, 0)} more" if tally.rest else f"{left} more"]


def _error_tables(groups: Sequence[Group]) -> dict[str, int]:
    """The tables named most over all errors, where this is not what one pattern says already."""
    errors = [group.tables for group in groups if group.level == ERROR and group.tables.counts]
    if len(errors) < 2:
        return {}
    overall = Tally()
    for tables in errors:
        overall.absorb(tables)
    return dict(overall.top(_TOP_OVERALL))


def _info(groups: Sequence[Group], asked: Mapping[str, Any]) -> Table:
    kinds = [group for group in groups if group.level == INFO]
    kinds.sort(key=lambda group: (group.other, -group.count, group.words))
    keys = Keys()
    return table(
        ("count", "sample"),
        [(group.count, template(_short(group), keys)) for group in kinds[:_KINDS]],
        total=len(kinds),
        more=NextCall(
            tool="get_logs", args={**asked, "level": INFO}, why="the other kinds of info entries"
        ),
    )


def _short(group: Group) -> str:
    return quote(_folded(group.sample) or group.sample, _KIND_CAP)


def _causes(found: Sequence[KnownFailure | None]) -> list[KnownCause]:
    causes = {known.id: known for known in found if known is not None}
    return [
        KnownCause(
            id=known.id,
            cause=known.cause,
            fix=known.fix,
            confidence=known.confidence,
            harmless_while_running=known.harmless or None,
        )
        for known in list(causes.values())[:_MOST_KNOWN]
    ]


def _headline(found: Found, known: KnownFailure | None) -> str:
    scope = plural(found.entries, "log entry", "log entries")
    if not found.entries:
        return "The log is empty."
    if found.matching is not None:
        if not found.matching:
            return f"Nothing matches in {scope}."
        scope = f"{found.matching:,} matching of {scope}"
    told = [_told(found, level, noun) for level, noun in ((ERROR, "error"), (WARN, "warning"))]
    head = f"{' and '.join(told)} in {scope}"
    newest = found.newest_error
    if newest is None:
        return f"{head}."
    at = f" ({shown(newest.last)})" if newest.last else ""
    if known is None:
        return f"{head}; the newest error{at} matches no known failure."
    harmless = ", harmless while the task runs" if known.harmless else ""
    return f"{head}; the newest error{at} is known: {known.id}{harmless}."


def _told(found: Found, level: str, noun: str) -> str:
    number = found.counts.get(level, 0)
    if not number:
        return f"no {noun}s"
    kinds = sum(1 for group in found.groups if group.level == level)
    return f"{plural(number, noun)} of {plural(kinds, 'kind')}"


def _next(found: Found, asked: Mapping[str, Any]) -> list[NextCall]:
    newest = found.newest_error
    if newest is None or not newest.last:
        return []
    args = {"job": asked["job"], "view": "lines", "until": shown(newest.last) or ""}
    return [NextCall(tool="get_logs", args=args | {"limit": _LINES_BEFORE}, why="what led to it")]
