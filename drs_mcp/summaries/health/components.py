"""The components of an incremental synchronization: one captures changes, one applies them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from drs_mcp.api.wire.times import zoned
from drs_mcp.api.wire.values import Row, amount, records, seconds, text, word
from drs_mcp.summaries.ages import spelt

KNOWN: Final = frozenset({"increment_components_list", "update_time"})

ENGINES: Final = frozenset(
    {
        "oracle-to-gaussdbv5", "oracle-to-gaussdbv5ha", "gaussdbv5", "gaussdbv5-to-mysql",
        "gaussdbv5-to-gaussdbv5ha", "gaussdbv5ha", "gaussdbv5ha-to-gaussdbv5", "gaussdbv5-to-dws",
        "gaussdbv5ha-to-dws", "gaussdbv5-to-oracle", "gaussdbv5ha-to-oracle", "oracle-to-dws",
        "oracle-to-mysql",
    }
)  # fmt: skip
"""The links whose synchronizations have components."""


@dataclass(frozen=True)
class Component:
    """One component; `delay_s` is documented in seconds."""

    kind: str
    status: str
    delay_s: float | int | None
    point: str | None

    @property
    def told(self) -> str:
        """It in a few words."""
        behind = (
            f"{self.delay_s:,} s{spelt(self.delay_s)} behind" if self.delay_s is not None else ""
        )
        at = f"at {self.point}" if self.point else ""
        return ", ".join(filter(None, (self.status.lower() or "?", behind, at)))


@dataclass(frozen=True)
class Components:
    """The components, and when they were looked at, where that has a zone."""

    at: datetime | None
    listed: tuple[Component, ...]

    def delay_of(self, kind: str) -> float | int | None:
        """The delay of the one component of that kind."""
        told = [one.delay_s for one in self.listed if one.kind == kind]
        return told[0] if len(told) == 1 else None


def components_of(row: Row) -> Components:
    """The components of `increment-components-detail`."""
    return Components(
        zoned(row.get("update_time")),
        tuple(
            Component(
                kind=(text(one.get("type")) or "").lower(),
                status=word(one.get("status")) or "",
                delay_s=amount(seconds(one.get("delay"))),
                point=text(one.get("current_point")),
            )
            for one in records(row.get("increment_components_list"))
        ),
    )
