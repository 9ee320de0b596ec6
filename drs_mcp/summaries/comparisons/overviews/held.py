"""What the tables of a database show of an overview that says that all of it agrees."""

from collections.abc import Sequence
from typing import NamedTuple

from drs_mcp.api.wire.values import Row
from drs_mcp.summaries.comparisons.evidence.checks import (
    KINDS,
    counts_of,
    home,
    row_status,
    value_verdict,
)
from drs_mcp.summaries.comparisons.status import Kind, kind_of

_DENIES = (Kind.DIFFERS, Kind.CONTRADICTS)


class HeldPair(NamedTuple):
    """How many of the tables read deny that the database agrees, and whether all were read."""

    deny: int
    read: int
    whole: bool


def held_pair(
    listed: Sequence[tuple[Row, bool]], compare_type: str, pair: tuple[str, str], total: int | None
) -> HeldPair:
    """Judge the tables of a database pair, each with whether its values could be compared.

    Rows that name another database are none of it.
    """
    kinds = [
        kind_of(row_status(row, counts_of(row)))
        if compare_type == "line_compare"
        else KINDS[value_verdict(row, counts_of(row), comparable=comparable)]
        for row, comparable in listed
        if _is_of(row, pair)
    ]
    whole = total is not None and total <= len(listed)
    return HeldPair(sum(kind in _DENIES for kind in kinds), len(kinds), whole)


def _is_of(row: Row, pair: tuple[str, str]) -> bool:
    own = home(row, pair)
    return [name.casefold() for name in own] == [name.casefold() for name in pair]
