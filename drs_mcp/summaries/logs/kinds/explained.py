"""The errors of a log with what they mean, and which of them tells why the task is in trouble."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from drs_mcp.knowledge.engines.catalogue import ANY
from drs_mcp.knowledge.engines.kinds import kind_of
from drs_mcp.summaries.answer import Cell, Table, table
from drs_mcp.summaries.logs.entries import shown
from drs_mcp.summaries.logs.groups import FRAMES, Group
from drs_mcp.summaries.logs.kinds.moments import seconds_of
from drs_mcp.summaries.logs.kinds.movements import data_moved
from drs_mcp.summaries.logs.kinds.recoveries import Told, is_recovery, recovery_of
from drs_mcp.summaries.logs.levels import ERROR
from drs_mcp.summaries.logs.meanings import Meaning, meaning, only_closes

_JUDGED = 40
"""So many kinds of errors are explained: of more, those that came last."""

_LEAST_CAUSES, _MOST_CAUSES = 3, 5
"""So many are told, the more only where they are not over."""

_NEAR_S = 3600
"""An error that came so long before the newest one may still be what it follows from."""


class Explained(NamedTuple):
    """One kind of error.

    Attributes:
        group: its entries.
        meaning: what they mean.
        closes: whether they only say that the task failed.
        lasts: whether retrying does not pass it.
        recovered: whether a line after the last of them says that it is over.
        moved: when rows were last seen to move after the last of them; sortable, empty for never.
    """

    group: Group
    meaning: Meaning
    closes: bool
    lasts: bool
    recovered: bool
    moved: str

    @property
    def over(self) -> bool:
        """Whether it holds nothing up anymore, by the log."""
        return self.recovered or bool(self.moved)

    @property
    def harmless(self) -> bool:
        """Whether it is known to be harmless while a task runs."""
        return self.meaning.known is not None and self.meaning.known.harmless


def explained(groups: Sequence[Group], link: str) -> list[Explained]:
    """The kinds of errors among all *groups* of a log, the one that tells most first."""
    errors = [one for one in groups if one.level == ERROR and one.key != FRAMES]
    errors = sorted(errors, key=lambda one: one.last, reverse=True)[:_JUDGED]
    others = [one for one in groups if one.level != ERROR and not one.other]
    moved = max((one.last for one in others if data_moved(one.message)), default="")
    ends = [_told(one) for one in others if is_recovery(one.message)]
    found = [_explained(group, link, moved, ends) for group in errors]
    newest = _seconds(errors[0].last) if errors else 0
    return sorted(found, key=lambda one: _weight(one, newest, moved), reverse=True)


def _weight(one: Explained, newest: int, moved: str) -> tuple[bool, bool, bool, bool, bool, int]:
    """The more, the more an error tells why the task is in trouble.

    Of those that last, and began when rows stopped to move, the first: others follow from it. Else the
    one that came last.
    """
    first, last = _seconds(one.group.first), _seconds(one.group.last)
    began = one.lasts and newest - last <= _NEAR_S and (not moved or moved <= one.group.first)
    told = bool(one.meaning.id), not one.harmless
    return not one.over, *told, one.lasts, began, -first if began else last


def _explained(group: Group, link: str, moved: str, ends: Sequence[Told]) -> Explained:
    closes = only_closes(group.message)
    codes = list(group.tallied_codes.counts or group.codes)
    transient = None if closes else kind_of(group.message, codes, link=link).transient
    recovery = recovery_of(_told(group), ends) if transient is not False else None
    return Explained(
        group,
        meaning(group, link),
        closes,
        transient is False,
        recovery is not None and recovery.last_ended,
        moved if group.last and moved > group.last else "",
    )


def _told(group: Group) -> Told:
    return Told(group.message, group.names, group.moments)


def newest_told(newest: Group, found: Sequence[Explained]) -> str:
    """What the newest error means, and what another one tells that counts more; a sentence's end."""
    own = _own(newest, found)
    if own is None:
        return "the newest error matches no known failure"
    other = _deciding(own, found)
    if own.closes:
        told = f"the newest error{_at(own)} only says that the task failed"
        why = "tells why" if other is not None and other.meaning.id else "is the newest other one"
    else:
        told, why = f"the newest error{_at(own)} {own.meaning.says}", "retrying does not pass"
    if other is not None:
        told += f"; one that {why}{_at(other)} {other.meaning.says}"
    return f"{told}; rows moved since, last {shown(own.moved)}" if own.moved else told


def deciding(newest: Group | None, found: Sequence[Explained]) -> Group | None:
    """The error that tells why where the newest one does not."""
    own = _own(newest, found)
    other = _deciding(own, found) if own is not None else None
    return other.group if other is not None else None


def _own(newest: Group | None, found: Sequence[Explained]) -> Explained | None:
    return next((one for one in found if one.group is newest), None)


def _at(one: Explained) -> str:
    return f" ({shown(one.group.last)})" if one.group.last else ""


def _deciding(newest: Explained, found: Sequence[Explained]) -> Explained | None:
    """The other error that tells more than the newest one.

    Of a task that failed, the one that tells most, and which was not over before. Else one that lasts,
    met shortly before one that passes.
    """
    first = found[0]
    if newest.closes:
        told = (one for one in found if one.meaning.id and (newest.over or not one.over))
        others = (one for one in found if not one.closes and not one.meaning.another)
        return next(told, None) or max(others, key=lambda one: one.group.last, default=None)
    near = _seconds(newest.group.last) - _seconds(first.group.last) <= _NEAR_S
    lasts = first.lasts and not newest.lasts and bool(first.meaning.id)
    return first if lasts and near and (newest.over or not first.over) else None


def _seconds(at: str) -> int:
    return seconds_of((at,))[0] if at else 0


def causes(newest: Group | None, found: Iterable[Explained]) -> Table:
    """Cause and fix of each kind of error that is explained, the one that tells most first.

    When the last of them came is told of those that no pattern names by their ID.
    """
    rows: dict[str, Sequence[Cell]] = {}
    open_ = 0
    for one in found:
        if (said := _cells(one.meaning)) and one.meaning.id not in rows:
            named = one.group is newest or one.meaning.known is not None
            last = None if named else shown(one.group.last)
            rows[one.meaning.id] = [*said, last, _since(one, newest)]
            open_ += not one.over
    columns = ("id", "cause", "fix", "confidence", "harmless_while_running", "last", "since")
    most = min(max(open_, _LEAST_CAUSES), _MOST_CAUSES)
    return table(columns, list(rows.values())[:most], total=len(rows))


def _cells(told: Meaning) -> list[Cell]:
    known, fact = told.known, told.fact
    if known is not None:
        return [known.id, known.cause, known.fix, known.confidence, known.harmless or None]
    if fact is None:
        return []
    sure = "engine" if fact.engine != ANY else "inferred"
    return [fact.id, fact.meaning, fact.todo, sure, None]


def _since(one: Explained, newest: Group | None) -> str | None:
    if one.recovered:
        return "recovered"
    # Of the newest error the headline says so.
    return "rows moved" if one.moved and one.group is not newest else None
