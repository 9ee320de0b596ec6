"""The criteria of a cut-over, each met, not met, unknown or not applicable, with its evidence."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from drs_mcp.summaries.cutover import compared, coverage, live
from drs_mcp.summaries.cutover.destination import destination
from drs_mcp.summaries.cutover.errors import no_new_errors
from drs_mcp.summaries.cutover.evidence import Criterion, CutoverEvidence, CutoverOptions
from drs_mcp.summaries.cutover.health import against

_CHECKS: Final[tuple[Callable[[CutoverEvidence, CutoverOptions], Criterion], ...]] = (
    live.phase,
    live.delay,
    live.moved,
    live.subtasks,
    compared.objects,
    compared.rows,
    coverage.rows_coverage,
    compared.values,
    coverage.values_coverage,
    no_new_errors,
    destination,
)


_READ_NOW: Final[Mapping[str, Callable[[CutoverEvidence], bool]]] = {
    "phase": lambda read: read.task.detail is not None or read.task.progress is not None,
    "objects_moved": lambda read: read.task.progress is not None,
    "subtasks": lambda read: read.task.subtasks is not None,
    "no_new_errors": lambda read: read.task.log is not None,
    "destination": lambda read: read.task.detail is not None and read.writable is not None,
}
"""Criteria whose evidence is of the moment it was read, unless it has a date of its own; and whether
it was read."""


def criteria(read: CutoverEvidence, options: CutoverOptions) -> list[Criterion]:
    """Every criterion, in the order in which they are worth reading."""
    found = [_dated(check(read, options), read) for check in _CHECKS]
    beside = (*coverage.same_destinations(read), *coverage.same_emptiness(read))
    return list(_told_once([*found, *beside, *against(read, options)]))


def _told_once(checked: Iterable[Criterion]) -> Iterator[Criterion]:
    """The criteria; what speaks against several is told with the first, to which the others point."""
    told: dict[str, str] = {}
    for one in checked:
        first = told.setdefault(one.reason, one.name) if one.reason else one.name
        if first == one.name:
            yield one
        else:
            words = one.evidence.replace(one.reason, f"the same (see {first})")
            yield replace(one, evidence=words)


def _dated(found: Criterion, read: CutoverEvidence) -> Criterion:
    was_read = _READ_NOW.get(found.name)
    if found.at is not None or found.state == "not_applicable" or was_read is None:
        return found
    return replace(found, at=read.task.now) if was_read(read) else found
