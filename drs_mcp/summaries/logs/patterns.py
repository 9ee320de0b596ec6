"""The answer of `get_logs` with `view=patterns`: what a log says, errors first."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel

from drs_mcp.knowledge.failures import KnownFailure, match
from drs_mcp.quoting.quoted import Excerpt, Name, Quoted, quote
from drs_mcp.summaries.answer import Answer, Cell, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.logs.entries import DEBUG, ERROR, INFO, WARN, rank, shown
from drs_mcp.summaries.logs.frames import fold_frames
from drs_mcp.summaries.logs.groups import FRAMES, Group
from drs_mcp.summaries.logs.masks import Keys, shorten_ids, template
from drs_mcp.summaries.logs.names import codes_in
from drs_mcp.summaries.logs.tally import Tally

MAX_PATTERNS = 40
_CAP = 120
_SHORT_CAP = 72
_KINDS = 5
_KIND_CAP = 30
_TOP_CODES = 4
_TELLING = 0.15
"""A table is named when it holds such a share of the entries: among evenly spread ones, a number
of tables says more than any name."""
_TOP_OVERALL = 3
_MOST_KNOWN = 3
_TIES_ASKED = 50
_LINE_CAP = 80


_SERVICE = re.compile(r"\Aservice ([A-Z]{3,12}) failed[,!] ?cause by: ?")


class LogEvent(BaseModel):
    """One log line: `at` in UTC, `codes` where the message is too long to show them."""

    at: Name | None = None
    level: Name | None = None
    message: Excerpt = ""
    codes: Name | None = None
    known: Name | None = None


class LogPatternsAnswer(Answer, Closing):
    """Answer of `get_logs` with `view=patterns` (Table 30).

    `entries` were read in all, `matching` of them fit text and time (absent without such a
    filter); `levels`, `first`, `last` and `newest_error` are of those, whatever their level, and
    `line_before` is the last line of the whole log before that error. A pattern's `first` is left
    out where it equals `last`. Its sample is its newest entry; of a warning and of a known failure
    with what varies as `*`; that of `newest_error` stands there alone. Codes that it does not show
    follow in brackets. Warnings are dated to the minute. `info` has the most frequent kinds of
    info entries with their counts, of `info_kinds` in all. `causes` tells the known
    failure of the newest error and of the two other errors that came most; `confidence` is doc,
    doc-partial or inferred.
    """

    essential = frozenset({"entries", "matching", "levels", "newest_error"})
    samples = frozenset({"sample"})
    linked = frozenset({"known"})

    entries: int = 0
    matching: int | None = None
    levels: dict[Name, int] = {}
    first: Name | None = None
    last: Name | None = None
    newest_error: LogEvent | None = None
    line_before: LogEvent | None = None
    causes: Table = Table()
    patterns: Table = Table()
    error_tables: list[tuple[Name, int]] = []
    info: list[tuple[Quoted, int]] = []
    info_kinds: int | None = None


class FoldedLog(NamedTuple):
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
    log: FoldedLog, *, arguments: Mapping[str, Any], level: str, offset: int, max_patterns: int
) -> LogPatternsAnswer:
    """Say what was found; *arguments* are the arguments of the call for the rows that are cut."""
    listed = [group for group in log.groups if _in_table(group, level)]
    listed.sort(key=lambda group: _order(group, log.newest_error))
    page = listed[offset : offset + max_patterns]
    known = {id(group): match(group.message) for group in page}
    newest = log.newest_error
    newest_known = match(newest.message) if newest else None
    keys = Keys()
    info = [] if level or offset else [group for group in log.groups if group.level == INFO]
    return LogPatternsAnswer(
        headline=_headline(log, newest_known),
        entries=log.entries,
        matching=log.matching,
        levels=dict(sorted(log.counts.items(), key=lambda item: (rank(item[0]), item[0]))),
        first=shown(log.first),
        last=shown(log.last) if log.last[:19] != log.first[:19] else None,
        newest_error=_event(newest, newest_known) if newest else None,
        line_before=log.line_before,
        causes=_causes(
            [newest_known, *(known[id(group)] for group in page if group.level == ERROR)]
        ),
        patterns=table(
            ("level", "count", "first", "last", "sample", "tables", "known"),
            [_row(group, known[id(group)], newest, keys) for group in page],
            total=len(listed),
            start=offset,
            more=NextCall(tool="get_logs", args=dict(arguments), why="the other patterns"),
        ),
        error_tables=_error_tables(log.groups),
        info=_info(info, keys),
        info_kinds=len(info) or None,
        notes=list(log.notes),
        next=_next(log, arguments),
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
        known = match(group.message)
        if known is not None and not known.harmless:
            return group
    return next((group for group in tied if group.message), tied[0])


def line_event(at: str, level: str, message: str) -> LogEvent:
    """The line before a failure."""
    shown_message = quote(shorten_ids(fold_frames(message) or message), _LINE_CAP)
    return LogEvent(at=shown(at), level=level, message=shown_message)


def _in_table(group: Group, level: str) -> bool:
    return group.level == level if level else group.level not in (INFO, DEBUG)


def _order(group: Group, newest: Group | None) -> tuple[Any, ...]:
    return (
        rank(group.level),
        group.level,
        group is not newest or group.other,
        group.other,
        -group.count,
        group.words,
    )


def _event(group: Group, known: KnownFailure | None) -> LogEvent:
    message = group.message
    shown_message = quote(shorten_ids(message), 240)
    unseen = [code for code in codes_in(message) if not _seen(code, shown_message)]
    return LogEvent(
        at=shown(group.last),
        message=shown_message,
        codes=", ".join(unseen) or None,
        known=known.id if known else None,
    )


def _row(group: Group, known: KnownFailure | None, newest: Group | None, keys: Keys) -> list[Cell]:
    precise = group.level == ERROR
    return [
        group.level,
        group.count,
        shown(group.first, precise=precise) if group.first[:19] != group.last[:19] else None,
        shown(group.last, precise=precise),
        None if group is newest and not group.other else _sample(group, known, keys),
        _names(group.tables, group.count),
        known.id if known else None,
    ]


def _sample(group: Group, known: KnownFailure | None, keys: Keys) -> str:
    """An error as it stands; of a warning or a known failure what its entries have in common."""
    message = group.message
    if known is None and group.level == ERROR:
        sample = quote(shorten_ids(message), _CAP)
    else:
        sample = quote(_common(group, message, keys), _SHORT_CAP)
    codes = _codes(group, sample)
    return f"{'(other kinds) ' if group.other else ''}{sample}{f' [{codes}]' if codes else ''}"


def _common(group: Group, message: str, keys: Keys) -> str:
    """What its entries have in common; `service X failed, cause by:` as `X:`."""
    common = template(message, keys, codes=not group.tallied_codes.counts)
    return _SERVICE.sub(r"\1: ", common)


def _codes(group: Group, sample: str) -> str:
    """The codes of a group with several, counted; else those that the sample does not show."""
    tallied = group.tallied_codes
    if tallied.counts:
        counted = [f"{code} {number}" for code, number in tallied.top(_TOP_CODES)]
        return ", ".join(counted + _more(tallied, _TOP_CODES))
    unseen = [code for code in group.codes if not _seen(code, sample)]
    left = len(unseen) - _TOP_CODES
    return ", ".join([*unseen[:_TOP_CODES], *([f"{left} more"] if left > 0 else [])])


def _seen(code: str, text: str) -> bool:
    return code.rpartition(" ")[2] in text


def _names(tables: Tally, entries: int) -> str | None:
    """The table named most where that tells something, and over how many the rest is spread."""
    if not tables.counts:
        return None
    (name, number), *others = tables.top(len(tables.counts))
    if not others and not tables.rest:
        return name if number == entries else f"{name} {number}"
    if number < entries * _TELLING or number == 1:
        return f"{'over ' if tables.rest else ''}{len(tables.counts)} tables"
    return ", ".join([f"{name} {number}", *_more(tables, 1)])


def _more(tally: Tally, top: int) -> list[str]:
    left = len(tally.counts) - top
    if left <= 0 and not tally.rest:
        return []
    return [f"over {max(left, 0)} more" if tally.rest else f"{left} more"]


def _error_tables(groups: Sequence[Group]) -> list[tuple[str, int]]:
    """The tables named most over all errors, where this is not what one pattern says already."""
    errors = [group for group in groups if group.level == ERROR]
    if sum(1 for group in errors if group.tables.counts) < 2:
        return []
    overall = Tally()
    for group in errors:
        overall.absorb(group.tables)
    entries = sum(group.count for group in errors)
    top = overall.top(_TOP_OVERALL)
    return top[:1] + [one for one in top[1:] if one[1] >= entries * _TELLING]


def _info(kinds: Sequence[Group], keys: Keys) -> list[tuple[str, int]]:
    """The most frequent kinds; those that look alike in so few characters are counted together."""
    counts: Counter[str] = Counter()
    for group in kinds:
        message = group.message
        counts[quote(_common(group, message, keys), _KIND_CAP) or "(empty)"] += group.count
    return counts.most_common(_KINDS)


def _causes(found: Sequence[KnownFailure | None]) -> Table:
    causes = {known.id: known for known in found if known is not None}
    return table(
        ("id", "cause", "fix", "confidence", "harmless_while_running"),
        [
            (known.id, known.cause, known.fix, known.confidence, known.harmless or None)
            for known in list(causes.values())[:_MOST_KNOWN]
        ],
    )


def _headline(log: FoldedLog, known: KnownFailure | None) -> str:
    scope = plural(log.entries, "log entry", "log entries")
    if not log.entries:
        return "The log is empty."
    if log.matching is not None:
        if not log.matching:
            return f"Nothing matches in {scope}."
        scope = f"{log.matching:,} matching of {scope}"
    counted = [
        _level_phrase(log, level, noun) for level, noun in ((ERROR, "error"), (WARN, "warning"))
    ]
    head = f"{' and '.join(counted)} in {scope}".capitalize()
    newest = log.newest_error
    if newest is None:
        return f"{head}."
    at = f" ({shown(newest.last)})" if newest.last else ""
    if known is None:
        return f"{head}; the newest error{at} matches no known failure."
    harmless = ", harmless while the task runs" if known.harmless else ""
    return f"{head}; the newest error{at} is known: {known.id}{harmless}."


def _level_phrase(log: FoldedLog, level: str, noun: str) -> str:
    number = log.counts.get(level, 0)
    if not number:
        return f"no {noun}s"
    kinds = sum(1 for group in log.groups if group.level == level)
    return f"{plural(number, noun)} of {plural(kinds, 'kind')}"


def _next(log: FoldedLog, arguments: Mapping[str, Any]) -> list[NextCall]:
    newest = log.newest_error
    if newest is None or not newest.last:
        return []
    args = {"job": arguments["job"], "view": "lines", "until": shown(newest.last) or ""}
    return [NextCall(tool="get_logs", args=args, why="what led to it")]
