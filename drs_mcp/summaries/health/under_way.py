"""How far a running comparison is: the stock in percent, then how far behind the changes."""

from dataclasses import dataclass
from typing import Final

from drs_mcp.api.wire.values import Row, amount, count, record, share

KNOWN: Final = frozenset({"full_info", "incre_info", "global_info"})


@dataclass(frozen=True)
class Running:
    """What DRS tells of a running comparison.

    Attributes:
        pct: how much of what was there at its start is compared.
        behind: how far it is behind the changes; no unit is documented, 0 means all compared.
        recheck: objects that are to be looked at once more.
    """

    pct: float | int | None
    behind: float | int | None
    recheck: int | None

    @property
    def says(self) -> str | None:
        """It in our own words."""
        parts = [
            f"{self.pct}% of the stock" if self.pct is not None else "",
            f"behind by {self.behind:,}" if self.behind is not None else "",
            f"{self.recheck:,} to recheck" if self.recheck else "",
        ]
        return ", ".join(filter(None, parts)) or None


def running_of(row: Row) -> Running:
    """How far it is, by `compare-progress`."""
    full, changes = record(row.get("full_info")), record(row.get("incre_info"))
    rechecks = [count(part.get("recheck_entities")) for part in (full, changes)]
    return Running(
        share(full.get("progress")),
        amount(changes.get("delay")),
        max((number for number in rechecks if number is not None), default=None),
    )
