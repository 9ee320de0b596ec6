"""What a diagnosis needs of a log: its kinds of errors and warnings, dated, with what they are."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from drs_mcp.api.wire.values import moment
from drs_mcp.knowledge.failures import KnownFailure, match
from drs_mcp.knowledge.nothing_lost import without_nothing_lost
from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.excerpt import excerpt
from drs_mcp.summaries.logs.groups import Group
from drs_mcp.summaries.logs.kinds.mentions import only_mentions
from drs_mcp.summaries.logs.kinds.moments import Moments, picture, seconds_of
from drs_mcp.summaries.logs.kinds.recoveries import Recovery, Told, is_recovery, recovery_of
from drs_mcp.summaries.logs.kinds.stops import is_of_heartbeat, is_start, is_stop
from drs_mcp.summaries.logs.levels import ERROR, INFO, UNREAD, WARN
from drs_mcp.summaries.logs.masks import shorten_ids
from drs_mcp.summaries.logs.patterns import FoldedLog

BURST = timedelta(minutes=10)
"""Errors so close to the newest one belong to the same failure."""

_MATCHED = 60


@dataclass(frozen=True)
class SlotFacts:
    """The numbers that stood in one place of a kind's lines (`waiting * s`).

    `label` and `unit` are the words before and after it, third-party text; sizes glued to their
    unit are in bytes, times in seconds. `first` and `last` are the values of the oldest and the
    newest entry; `by_name` sums them for each table or other thing that the line names.
    """

    label: str
    unit: str
    count: int
    first: float
    last: float
    least: float
    greatest: float
    total: float
    by_name: Mapping[str, float]

    @property
    def moves(self) -> bool:
        """Whether the number differs between entries."""
        return self.least != self.greatest


@dataclass(frozen=True)
class NameFacts:
    """The things of one kind (tables, constraints, columns, …) that a kind's entries name."""

    kind: str
    counts: Mapping[str, int]
    more: int = 0
    """Entries that name others, of which too many differ to be kept."""

    def most(self, number: int = 5) -> list[tuple[str, int]]:
        """The names that came most, ties by name."""
        return sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))[:number]


@dataclass(frozen=True)
class LogKind:
    """Entries of one kind; `message` is the newest one's, third-party text.

    `codes` counts the error codes named. `recovery` is known for errors and warnings that some
    line of the log may have ended. `picture` is ten digits over the log's span, see `moments`.
    """

    level: str
    count: int
    first: datetime | None
    last: datetime | None
    message: str
    known: KnownFailure | None
    moments: Moments = field(default_factory=Moments)
    picture: str = ""
    slots: Sequence[SlotFacts] = ()
    names: Mapping[str, NameFacts] = field(default_factory=dict)
    codes: Mapping[str, int] = field(default_factory=dict)
    recovery: Recovery | None = None
    is_recovery: bool = False

    def after(self, moment: datetime) -> int:
        """How many entries came after a moment, to the width of a bucket of time."""
        if self.last is None or self.last <= moment:
            return 0
        return max(self.moments.after(moment), 1)

    @property
    def deciding(self) -> str:
        """Its message in at most 300 characters that end in the last cause."""
        return excerpt(self.message)

    def in_short(self, cap: int) -> str:
        """The same where there is less room."""
        return excerpt(self.message, cap)

    @property
    def is_known_error(self) -> bool:
        """Whether it is a known failure, and does not only mention one."""
        known = self.known is not None and self.known.severity == "error"
        mentioned = self.is_recovery or only_mentions(self.message)
        return known and (self.level == ERROR or not mentioned)

    @property
    def harmless(self) -> bool:
        """Whether it is known to be harmless while a task runs."""
        return self.known is not None and self.known.harmless


@dataclass(frozen=True)
class LogFacts:
    """A log as a diagnosis sees it; kinds are sorted newest first."""

    entries: int
    last: datetime | None
    errors: Sequence[LogKind]
    warnings: Sequence[LogKind]
    infos: Sequence[LogKind] = ()
    """Kinds of info and debug entries, and of undocumented levels."""
    unread: Sequence[LogKind] = ()
    """Kinds of entries whose level could not be read: each may be an error."""
    first: datetime | None = None
    others: int = 0
    """Entries that tell of another task, and are no evidence of this one."""

    @property
    def kinds(self) -> list[LogKind]:
        """Every kind, whatever its level."""
        return [*self.errors, *self.warnings, *self.unread, *self.infos]

    @property
    def serious(self) -> list[LogKind]:
        """Errors, known failures and stops whatever their level, and what may be an error."""
        others = (*self.warnings, *self.infos)
        again = {of: _runs_again(others, of_heartbeat=of) for of in (True, False)}
        named = [
            kind
            for kind in others
            if kind.is_known_error
            or (
                not kind.is_recovery
                and is_stop(kind.message)
                and not is_before(kind.last, again[is_of_heartbeat(kind.message)])
            )
        ]
        return [*self.errors, *named, *self.unread]


def _runs_again(kinds: Iterable[LogKind], *, of_heartbeat: bool) -> datetime | None:
    """When something was last said to run again; of a heartbeat, when one was answered.

    That one side answers does not say that what stopped on it runs, and a thread that runs does not
    say that the other side answers: a recovery of anything does.
    """
    told = []
    for kind in kinds:
        apart = is_of_heartbeat(kind.message) is not of_heartbeat
        closes = (
            kind.is_recovery
            if of_heartbeat and apart
            else not apart and (kind.is_recovery or is_start(kind.message))
        )
        if closes and kind.last is not None:
            told.append(kind.last)
    return max(told, default=None)


def is_before(at: datetime | None, other: datetime | None) -> bool:
    """Whether a moment is before another one, where both are known."""
    return at is not None and other is not None and at < other


def said_later(kind: LogKind, others: Iterable[LogKind], denied: re.Pattern[str]) -> Iterator[str]:
    """The messages of others that came after a kind and do not hold the words of a denial.

    That nothing was lost (`0 rows failed`) denies nothing.
    """
    return (
        one.message
        for one in others
        if is_before(kind.last, one.last)
        and not (
            denied.search(one.message)
            and denied.search(without_nothing_lost(simplified(one.message)))
        )
    )


def log_facts(log: FoldedLog) -> LogFacts:
    """The facts of a log that has been folded into groups."""
    recoveries = [
        (group, _told(group))
        for group in log.groups
        if not group.other and group.level != ERROR and is_recovery(group.message)
    ]
    recoveries.sort(key=lambda one: _newest(one[0]), reverse=True)
    made: dict[str, list[LogKind]] = {ERROR: [], WARN: [], UNREAD: [], INFO: []}
    newest = sorted(log.groups, key=_newest, reverse=True)
    for group in newest:
        kinds = made.get(group.level, made[INFO])
        kinds.append(_kind(group, log, recoveries, asked=len(kinds) < _MATCHED))
    return LogFacts(
        entries=log.entries,
        first=moment(log.first),
        last=moment(log.last),
        errors=made[ERROR],
        warnings=made[WARN],
        infos=made[INFO],
        unread=made[UNREAD],
        others=log.others,
    )


def _newest(group: Group) -> tuple[str, int, str]:
    return group.last, group.count, group.sample


def _told(group: Group) -> Told:
    return Told(group.message, group.names, group.moments)


def _kind(
    group: Group, found: FoldedLog, recoveries: Sequence[tuple[Group, Told]], *, asked: bool
) -> LogKind:
    message = group.message
    trouble = group.level in (ERROR, WARN, UNREAD)
    others = [told for one, told in recoveries if one is not group]
    return LogKind(
        level=group.level,
        count=group.count,
        first=moment(group.first),
        last=moment(group.last),
        message=shorten_ids(message),
        known=match(message) if asked else None,
        moments=group.moments,
        picture=picture(group.moments, *seconds_of((found.first, found.last)))
        if found.first
        else "",
        slots=_slots(group),
        names={
            kind: NameFacts(kind, tally.counts, tally.rest) for kind, tally in group.names.items()
        },
        codes=group.tallied_codes.counts or dict.fromkeys(group.codes, group.count),
        recovery=recovery_of(_told(group), others) if trouble else None,
        is_recovery=any(one is group for one, _ in recoveries),
    )


def _slots(group: Group) -> list[SlotFacts]:
    return [
        SlotFacts(
            label=label,
            unit=slot.base or unit,
            count=measure.count,
            first=measure.first[1],
            last=measure.last[1],
            least=measure.least,
            greatest=measure.greatest,
            total=measure.total,
            by_name=measure.by_name,
        )
        for (label, unit, _), slot in group.slots.items()
        if (measure := slot.measure) is not None and measure.count
    ]


def fatal_error(log: LogFacts) -> LogKind | None:
    """The error that stopped a task: of those that end with the newest one, the most telling.

    A known failure tells more than an unknown one, an unknown one more than what is harmless while
    a task runs; among equals the one that began last, as an error that has been repeated for hours
    without stopping anything is less likely to have done so now.
    """
    errors = log.errors or [kind for kind in log.warnings if kind.is_known_error]
    if not errors:
        return None
    newest = errors[0].last
    close = [
        kind
        for kind in errors
        if newest is None or (kind.last is not None and newest - kind.last <= BURST)
    ]
    return max(close, key=_telling)


def _telling(kind: LogKind) -> tuple[int, float, float]:
    rank = 1 if kind.known is None else 0 if kind.harmless else 2
    began = kind.first.timestamp() if kind.first else 0.0
    ended = kind.last.timestamp() if kind.last else 0.0
    return rank, began, ended
