"""The answer of `get_logs` with `view=patterns`: what a log says, errors first."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from drs_mcp.knowledge.failures import KnownFailure, match
from drs_mcp.quoting.quoted import WHOLE, Name, Quoted, quote
from drs_mcp.summaries.answer import (
    Answer,
    Cell,
    Closing,
    NextCall,
    Table,
    plural,
    table,
)
from drs_mcp.summaries.logs.entries import shown
from drs_mcp.summaries.logs.excerpt import excerpt
from drs_mcp.summaries.logs.groups import FRAMES, Group
from drs_mcp.summaries.logs.kinds.explained import (
    Explained,
    causes,
    deciding,
    explained,
    newest_told,
)
from drs_mcp.summaries.logs.kinds.lost.losses import loss_in
from drs_mcp.summaries.logs.kinds.moments import picture, seconds_of
from drs_mcp.summaries.logs.kinds.tally import Tally
from drs_mcp.summaries.logs.levels import DEBUG, ERROR, INFO, UNREAD, WARN, rank
from drs_mcp.summaries.logs.lines.event import LogEvent, error_event
from drs_mcp.summaries.logs.meanings import own_failure, tells_failure
from drs_mcp.summaries.logs.samples import common, moved, names, sample

MAX_PATTERNS = 40
_CAP = 130
_KINDS = 5
_KIND_CAP, _KIND_CHARS = 30, 240
"""A kind of info entry is told in so few characters, or in its share of these."""
_SUMS = 3
_PICTURED = 12
_TELLING = 0.15
"""A table is named among all errors when it holds such a share of them."""
_TOP_OVERALL = 3
_TIES_ASKED = 50
_NOUNS = {ERROR: "error", WARN: "warning"}
_WHEN = re.compile(r" \(\d{4}-\d\d-\d\dT[\d:]{8}Z\)")


class LogPatternsAnswer(Answer, Closing):
    """Answer of `get_logs` with `view=patterns` (Table 30).

    `entries` were read in all, `matching` of them fit text and time (absent without such a
    filter); `levels`, `first`, `last` and `newest_error` are of those, whatever their level
    (`unread`: it could not be read, such an entry may be an error), and `line_before` is the last
    line of the whole log before that error. A pattern's `first` is left out where it equals
    `last`; warnings are dated to the minute. `time` has ten digits, one for each tenth of the time
    from `first` to `last`: 0 for no entry, 9 for as many as in the fullest tenth. The sample is the
    newest entry; of a warning and of a known failure with what differs between its entries as `*`
    or its course (`60 → 7200`, or least…greatest); that of `newest_error`
    and of `telling_error`, the one that tells why where the newest does not, stands there alone. Codes
    that it does not show follow in brackets, numbers that differ in `moved`. `names` counts what the entries name, tables first. `sums` adds up what is
    counted inside of messages, over all entries and for the table that errors name most, else the
    one with the greatest sum. `info` has the most frequent kinds of the other info entries (those
    that tell of a loss are patterns) with their counts, of `info_kinds` in all. `causes`
    explains the kinds of errors, the one that tells most of why the task is in trouble first: not over, of
    no harmless kind, not passed by retrying. `last` is when another one than the newest error came last,
    where `known` does not tell its pattern, `since` what was told after it; `confidence` is doc, doc-partial or inferred, or engine for what
    the database's documentation says of what is no known failure.
    """

    essential = frozenset({"entries", "matching", "levels", "newest_error", "telling_error"})
    samples = frozenset({"sample"})
    linked = frozenset({"known"})
    leading = frozenset({"causes"})

    entries: int = 0
    matching: int | None = None
    levels: dict[Name, int] = {}
    first: Name | None = None
    last: Name | None = None
    newest_error: LogEvent | None = None
    telling_error: LogEvent | None = None
    line_before: LogEvent | None = None
    causes: Table = Table()
    patterns: Table = Table()
    error_tables: list[tuple[Name, int]] = []
    sums: Table = Table()
    info: list[tuple[Quoted, int]] = []
    info_kinds: int | None = None

    def told(self, shown: Mapping[str, range], *, briefly: bool = False) -> str:
        """The headline, which tells cause and fix where the budget leaves no row of them.

        When an error came stands with the error, so that it goes first.
        """
        if not self.causes.rows or shown.get("causes"):
            return self.headline
        named, cause, fix = self.causes.rows[0][:3]
        told = f"{_WHEN.sub('', self.headline).removesuffix(f' {named}.')} {cause}"
        return told if briefly or not fix else f"{told} {fix}"


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
    others: int = 0
    """Entries of another task, left out."""


def patterns_answer(
    log: FoldedLog,
    *,
    arguments: Mapping[str, Any],
    level: str,
    offset: int,
    max_patterns: int,
    full: bool,
    link: str = "",
) -> LogPatternsAnswer:
    """Say what was found; *arguments* are the arguments of the call for the rows that are cut.

    *link* is the task's engine type, by which the newest error is understood.
    """
    listed = [group for group in log.groups if _in_table(group, level)]
    listed.sort(key=lambda group: _order(group, log.newest_error))
    page = listed[offset : offset + max_patterns]
    known = {id(group): own_failure(group.message) for group in page}
    newest = log.newest_error
    meant = explained(log.groups, link) if level in ("", ERROR) else []
    tells = deciding(newest, meant)
    info = [] if level or offset else [one for one in _of(log, INFO) if not _in_table(one, "")]
    return LogPatternsAnswer(
        headline=_headline(log, meant, level),
        entries=log.entries,
        matching=log.matching,
        levels=dict(sorted(log.counts.items(), key=lambda item: (rank(item[0]), item[0]))),
        first=shown(log.first),
        last=shown(log.last) if log.last[:19] != log.first[:19] else None,
        newest_error=error_event(newest, own_failure(newest.message), full=full)
        if newest
        else None,
        telling_error=error_event(tells, own_failure(tells.message), full=full) if tells else None,
        line_before=log.line_before,
        causes=causes(newest, meant) if not offset else Table(),
        patterns=table(
            ("level", "count", "first", "last", "time", "sample", "moved", "names", "known"),
            [
                _row(
                    group,
                    known[id(group)],
                    log,
                    told_above=(group is newest or group is tells) and not group.other,
                    pictured=place < _PICTURED,
                    full=full,
                )
                for place, group in enumerate(page, offset)
            ],
            total=len(listed),
            start=offset,
            more=NextCall(tool="get_logs", args=dict(arguments), why="the other patterns"),
        ),
        error_tables=_error_tables(log.groups),
        sums=_sums(log, page) if not offset else Table(),
        info=_info(info),
        info_kinds=len(info) or None,
        notes=list(log.notes),
        next=_next(log, arguments),
    )


def newest_of(groups: Sequence[Group]) -> Group | None:
    """The group of the newest error; of several at one time one of a known, harmful failure."""
    errors = [group for group in groups if group.level == ERROR]
    # Stack frames that arrived as entries of their own are no failure, if there is another.
    errors = [group for group in errors if group.key != FRAMES] or errors
    if not errors:
        return None
    last = max(group.last for group in errors)
    tied = [group for group in errors if group.last == last]
    for group in sorted(tied, key=_by_message)[:_TIES_ASKED] if len(tied) > 1 else ():
        known = match(group.message)
        if known is not None and not known.harmless:
            return group
    return next((group for group in sorted(tied, key=_by_message) if group.message), tied[0])


def _by_message(group: Group) -> str:
    return group.sample


def _in_table(group: Group, level: str) -> bool:
    if not level:
        return group.level not in (INFO, DEBUG) or bool(loss_in(group.message))
    return group.level == level or (level == ERROR and _is_unread_error(group))


def _is_unread_error(group: Group) -> bool:
    """Whether entries without a readable level tell a failure."""
    return group.level == UNREAD and tells_failure(group.message)


def _order(group: Group, newest: Group | None) -> tuple[Any, ...]:
    return (
        rank(group.level),
        group.level,
        group is not newest or group.other,
        group.other,
        -group.count,
        group.sample,
    )


def _row(
    group: Group,
    known: KnownFailure | None,
    found: FoldedLog,
    *,
    told_above: bool,
    pictured: bool,
    full: bool,
) -> list[Cell]:
    precise = group.level == ERROR
    whole = known is None and group.level == ERROR
    cap = WHOLE if full else _CAP
    return [
        group.level,
        group.count,
        shown(group.first, precise=precise) if group.first[:19] != group.last[:19] else None,
        shown(group.last, precise=precise),
        _pictured(group, found) if pictured else None,
        None if told_above else sample(group, whole=whole or full, cap=cap),
        moved(group) if told_above or whole or full else None,
        names(group, full=full),
        known.id if known else None,
    ]


def _pictured(group: Group, found: FoldedLog) -> str | None:
    """Ten digits for the log's time from first to last, where there is any between them."""
    if not found.first or found.first == found.last:
        return None
    return picture(group.moments, *seconds_of((found.first, found.last))) or None


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


def _info(kinds: Sequence[Group]) -> list[tuple[str, int]]:
    """The most frequent kinds; those that look alike in so few characters are counted together."""
    counts: Counter[str] = Counter()
    cap = max(_KIND_CAP, _KIND_CHARS // max(len(kinds), 1))
    for group in kinds:
        counts[quote(excerpt(common(group, spans=False), cap), cap) or "(empty)"] += group.count
    return counts.most_common(_KINDS)


def _sums(found: FoldedLog, told: Sequence[Group]) -> Table:
    """What is counted inside of messages, summed: of the kinds shown and of info entries."""
    busy = [name for name, _ in _error_tables(found.groups)]
    rows: list[tuple[Cell, ...]] = []
    groups = [*told, *_of(found, INFO)] if not any(g.level == INFO for g in told) else told
    for group in sorted(groups, key=lambda group: (-group.count, group.sample)):
        for (label, unit, _), slot in sorted(group.slots.items()):
            measure = slot.measure
            if measure is None or len(measure.by_name) < 2:
                continue
            sums = sorted(measure.by_name.items(), key=lambda item: (-item[1], item[0]))
            name = next((one for one in busy if one in measure.by_name), sums[0][0])
            rows.append((f"{label} * {unit}", measure.total, name, measure.by_name[name]))
    return table(("of", "sum", "table", "table_sum"), rows[:_SUMS])


def _of(found: FoldedLog, level: str) -> list[Group]:
    return [group for group in found.groups if group.level == level]


def _headline(log: FoldedLog, meant: Sequence[Explained], level: str) -> str:
    scope = plural(log.entries, "log entry", "log entries")
    if not log.entries:
        return "The log is empty."
    if log.matching is not None:
        if not log.matching:
            return f"Nothing matches in {scope}."
        scope = f"{log.matching:,} matching of {scope}"
    counted = [
        _level_phrase(log, one, noun) for one, noun in _NOUNS.items() if level in ("", one)
    ] or [_level_phrase(log, level, f"{level} entry", f"{level} entries")]
    head = f"{' and '.join(counted[:2])} in {scope}".capitalize()
    unread = log.counts.get(UNREAD, 0)
    if level == ERROR:
        unread = sum(group.count for group in log.groups if _is_unread_error(group))
    if level in ("", UNREAD, ERROR) and unread:
        failing = " that tell a failure" if level == ERROR else ""
        head = f"{head}, {unread:,} of an unread level{failing}"
    losses = sum(group.count for group in _of(log, INFO) if _in_table(group, ""))
    if not level and losses:
        head = f"{head}; {plural(losses, 'info entry tells', 'info entries tell')} of a loss"
    newest = log.newest_error
    if newest is None or level not in ("", ERROR):
        return f"{head}."
    return f"{head}; {newest_told(newest, meant)}."


def _level_phrase(log: FoldedLog, level: str, noun: str, nouns: str | None = None) -> str:
    number = log.counts.get(level, 0)
    if not number:
        return f"no {nouns or noun + 's'}"
    kinds = sum(1 for group in log.groups if group.level == level)
    return f"{plural(number, noun, nouns)} of {plural(kinds, 'kind')}"


def _next(log: FoldedLog, arguments: Mapping[str, Any]) -> list[NextCall]:
    newest = log.newest_error
    if newest is None or not newest.last:
        return []
    args = {"job": arguments["job"], "view": "lines", "until": shown(newest.last) or ""}
    return [NextCall(tool="get_logs", args=args, why="what led to it")]
