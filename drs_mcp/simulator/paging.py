"""How lists are cut into pages: what nobody has documented is a switch here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from drs_mcp.simulator.refusal import invalid

Item = TypeVar("Item")

_DEFAULT_LIMIT = 10


@dataclass(frozen=True)
class Limits:
    """The limits that the reference page leaves open.

    Args:
        max_limit: the largest `limit` that is honoured.
        over_limit: what happens to a larger one: served as the largest, or refused.
        offsets: whether `offset` counts rows, or pages of the effective limit.
        totals: whether `total_count` stands beside object details and differences too.
        growing_log: entries added to a task's log, at its newest end, after each request for it.
        log_order: which end of a log comes first.
        db_filter: whether `source_db_name` and `target_db_name` are honoured.
    """

    max_limit: int = 1000
    over_limit: Literal["clamp", "refuse"] = "clamp"
    offsets: Literal["row", "page"] = "row"
    totals: bool = False
    growing_log: int = 0
    log_order: Literal["newest", "oldest"] = "newest"
    db_filter: bool = True


def window(query: Mapping[str, str], limits: Limits) -> slice:
    """The rows that *query* asks for.

    Raises:
        Refusal: `offset` or `limit` is no number, out of range, or above a limit that is refused.
    """
    limit = _whole(query, "limit", _DEFAULT_LIMIT)
    offset = _whole(query, "offset", 0)
    if limit < 1 or (limit > limits.max_limit and limits.over_limit == "refuse"):
        raise invalid("limit")
    limit = min(limit, limits.max_limit)
    first = offset * limit if limits.offsets == "page" else offset
    return slice(first, first + limit)


def page(rows: Sequence[Item], query: Mapping[str, str], limits: Limits) -> list[Item]:
    """The page of *rows* that *query* asks for; past the end it is empty."""
    return list(rows[window(query, limits)])


def _whole(query: Mapping[str, str], name: str, default: int) -> int:
    given = query.get(name, "")
    if not given:
        return default
    if not (given.isascii() and given.isdecimal() and len(given) <= 10):
        raise invalid(name)
    return int(given)
