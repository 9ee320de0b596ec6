"""The criteria of a cut-over, each met, not met, unknown or not applicable, with its evidence."""

from collections.abc import Callable
from typing import Final

from drs_mcp.summaries.cutover import compared, live
from drs_mcp.summaries.cutover.errors import no_new_errors
from drs_mcp.summaries.cutover.evidence import Criterion, CutoverEvidence, CutoverOptions

_CHECKS: Final[tuple[Callable[[CutoverEvidence, CutoverOptions], Criterion], ...]] = (
    live.phase,
    live.delay,
    live.moved,
    live.subtasks,
    compared.objects,
    compared.rows,
    compared.rows_coverage,
    compared.values,
    compared.values_coverage,
    no_new_errors,
    live.destination,
)


def criteria(read: CutoverEvidence, options: CutoverOptions) -> list[Criterion]:
    """Every criterion, in the order in which they are worth reading."""
    return [check(read, options) for check in _CHECKS]
