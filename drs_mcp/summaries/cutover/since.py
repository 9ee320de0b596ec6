"""What a comparison that began later shows of tables in which something went wrong before."""

from collections.abc import Sequence
from datetime import datetime

from drs_mcp.summaries.comparisons.evidence.facts import ComparisonFacts
from drs_mcp.summaries.comparisons.requested.names import folded, same_but_for_schema

Listed = frozenset[tuple[str, str]]
"""Tables that a comparison finds equal, each as its database and its name, of either side."""

_MOST_BEHIND = 10
"""How far a continuous comparison may be behind the changes that it vouches for."""


def found_equal_since(
    facts: ComparisonFacts | None, tables: Listed, names: Sequence[tuple[str, ...]], last: datetime
) -> bool:
    """Whether a comparison that began after *last* agrees, and finds every one of *names* equal.

    Args:
        facts: what the comparison earns.
        tables: those that it finds equal.
        names: tables as an error names them, part by part in small letters.
        last: when it went wrong for the last time.
    """
    return (
        facts is not None and bool(facts.agree) and _is_later(facts, last) and _lists(tables, names)
    )


def _is_later(facts: ComparisonFacts, last: datetime) -> bool:
    """Whether a comparison began after a moment, or finds what holds now."""
    if facts.task is not None and facts.task.as_of_now:
        return not facts.task.not_caught_up(_MOST_BEHIND)
    return facts.began is not None and facts.began >= last


def _lists(tables: Listed, names: Sequence[tuple[str, ...]]) -> bool:
    """Whether every one of the *names*, which an error tells, is one of these tables."""
    if not names:
        return True
    ends = {name[-1] for name in names}
    known = [
        (*folded(database), *own)
        for database, table in tables
        if (own := folded(table))[-1] in ends
    ]
    return all(any(same_but_for_schema(name, one) for one in known) for name in names)
