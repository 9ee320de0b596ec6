"""What an object comparison earns: its objects by their two sides, its lists by the overview.

The rows carry no status in version 5: the two sides are all there is to judge by.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from drs_mcp.api.wire.values import Row, text
from drs_mcp.summaries.comparisons.evidence.checks import error_of
from drs_mcp.summaries.comparisons.overviews.objects import TypeCount, state_of, types_of
from drs_mcp.summaries.comparisons.requested.names import parts
from drs_mcp.summaries.comparisons.status import Kind, kind_of, normalise

MISSING, UNEQUAL, FAILED = "missing in destination", "unequal", "failed to compare"
RENAMED, SURPLUS, EQUAL = "renamed?", "only in destination", "equal"
CONTRADICTORY, UNFINISHED = "contradictory", "not finished"
PROBLEMS = (CONTRADICTORY, MISSING, UNEQUAL, FAILED, RENAMED, SURPLUS, UNFINISHED)
"""Worst first. Whether two names that differ in their database are one object is known where the
row tells which database became which; else it is asked."""

ORDER = {problem: rank for rank, problem in enumerate((*PROBLEMS, EQUAL))}


@dataclass(frozen=True)
class ObjectFacts:
    """What an object comparison found, and how far its lists bear it out.

    Attributes:
        listed: objects of each type that were listed one by one.
        differing: those of them that are not equal, by type.
        problems: those of them by what is wrong.
        types: what the overview says of each type.
        short: types of which fewer objects were listed than the overview counts at the source,
            with the two numbers.
        disputed: types that the overview calls inconsistent while every object listed is equal.
        denied: types that the overview calls consistent while some object listed is not.
        unsettled: types that the overview calls unfinished, failed or nothing that is known while
            every object listed is equal.
        by_overview_only: types that were not listed, each with what the overview says.
        complete: every list was sent, and read to its end.
        finished: the comparison ran to its end; None if that is not told.
        failed: it tells why it failed, though its state says that it ran.
    """

    listed: Mapping[str, int]
    differing: Mapping[str, int]
    problems: Mapping[str, int]
    types: Sequence[TypeCount] = ()
    short: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    disputed: Sequence[str] = ()
    denied: Sequence[str] = ()
    unsettled: Sequence[TypeCount] = ()
    by_overview_only: Sequence[TypeCount] = ()
    complete: bool = True
    finished: bool | None = None
    failed: bool = False

    @property
    def agree(self) -> bool | None:
        """Whether all objects agree; None where that is not borne out."""
        bad = [one for one in self.by_overview_only if kind_of(one.status) is Kind.DIFFERS]
        if sum(self.differing.values()) - self.problems.get(RENAMED, 0) or bad or self.disputed:
            return False
        open_ = self.short or self.problems.get(RENAMED) or not self.complete
        unsaid = [one for one in self.types if not one.agrees]
        earned = bool(self.types or self.listed) and self.finished is not False and not self.failed
        return True if earned and not open_ and not unsaid else None


def object_facts(
    listed: Counter[str],
    sources: Counter[str],
    differing: Counter[str],
    problems: Counter[str],
    overview: Row,
    *,
    complete: bool,
) -> ObjectFacts:
    """Hold what was listed against the overview (Table 41).

    Args:
        listed: objects by type, of the types that were listed.
        sources: those of them that the source has.
        differing: those of them that are not equal.
        problems: how many there are by what is wrong, or `EQUAL`.
        overview: what DRS says of each type.
        complete: every list was sent, and read to its end.
    """
    types = types_of(overview)
    opened = [one for one in types if one.type in listed]
    state = state_of(overview)
    return ObjectFacts(
        listed=listed,
        differing=+differing,
        problems=problems,
        types=types,
        short={
            one.type: (sources[one.type], one.source)
            for one in opened
            if one.source is not None and sources[one.type] < one.source
        },
        disputed=[
            one.type
            for one in opened
            if kind_of(one.status) in (Kind.DIFFERS, Kind.CONTRADICTS) and not differing[one.type]
        ],
        denied=[
            one.type for one in opened if kind_of(one.status) is Kind.AGREES and differing[one.type]
        ],
        unsettled=[
            one
            for one in opened
            if not one.agrees
            and not differing[one.type]
            and kind_of(one.status) in (Kind.NOT_COMPARED, Kind.PENDING, Kind.UNREAD)
        ],
        by_overview_only=[one for one in types if one.type not in listed],
        complete=complete,
        finished=None if state is None else state == "SUCCESSFUL",
        failed=error_of(overview) is not None,
    )


def object_problem(row: Row) -> str:
    """What is wrong with an object (Table 43), or `EQUAL`."""
    found = _problem(
        text(row.get("source_db_value")),
        text(row.get("target_db_value")),
        text(row.get("error_message")),
        (text(row.get("source_db_name")), text(row.get("target_db_name"))),
    )
    return _checked(found, row)


def _problem(
    source: str | None,
    target: str | None,
    error: str | None,
    databases: tuple[str | None, str | None],
) -> str:
    if error:
        return FAILED
    if not source or not target:
        # A row without any side says nothing: it is not equal.
        return MISSING if source else SURPLUS if target else FAILED
    # Names match without case: Oracle's upper-case names arrive in lower case.
    ours, theirs = _parts(source), _parts(target)
    if ours == theirs or source.lower() == target.lower():
        return EQUAL
    here, there = databases
    if here and there and _moved(ours, theirs, here, there):
        return EQUAL
    if len(ours) > 1 and len(theirs) > 1 and ours[-1] == theirs[-1]:
        return RENAMED
    return UNEQUAL


def _checked(problem: str, row: Row) -> str:
    """What is wrong with an object, by its sides and the status that version 3 gives it."""
    if row.get("status") in (None, "") or problem == FAILED:
        return problem
    kind = kind_of(normalise(row.get("status"), of_objects=True))
    if kind is Kind.PENDING:
        return UNFINISHED
    if kind is Kind.AGREES:
        return CONTRADICTORY if problem in (MISSING, SURPLUS) else EQUAL
    return CONTRADICTORY if kind is Kind.DIFFERS and problem == EQUAL else problem


def _parts(name: str) -> list[str]:
    return [part.casefold() for part in parts(name.strip())]


def _moved(ours: list[str], theirs: list[str], source: str, target: str) -> bool:
    """Whether two names are the same but for the database that the one was mapped to."""
    # A database's own name may hold dots.
    for head in (_parts(source), [source.casefold()]):
        for moved in (_parts(target), [target.casefold()]):
            if ours[: len(head)] == head and theirs == [*moved, *ours[len(head) :]]:
                return True
    return False
