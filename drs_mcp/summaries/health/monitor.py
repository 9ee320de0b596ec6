"""What DRS's monitoring says of a task now: connections, lags, rates, the node's disk.

The unit of the lags is not documented. A time without a zone vouches for no age.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from drs_mcp.api.wire.times import zoned
from drs_mcp.api.wire.values import Row, amount, flag, number, text

KNOWN: Final = frozenset(
    {"is_src_normal", "is_dst_normal", "src_delay", "dst_delay", "update_time"}
)
"""Fields of which an answer about monitoring has at least one."""

FRESH: Final = timedelta(minutes=15)
"""Figures that are older say nothing about now."""

_AHEAD: Final = timedelta(minutes=5)


def is_fresh(at: datetime | None, now: datetime) -> bool:
    """Whether a time with a zone lies so near that what it dates holds now."""
    return at is not None and -_AHEAD <= now - at <= FRESH


@dataclass(frozen=True)
class Monitor:
    """Figures of one moment; None is what was not told.

    Attributes:
        at: when they were measured, where that has a zone.
        source_ok: whether the connection to the source works.
        destination_ok: the same of the destination.
        reading: how far reading the source's log lags, in an unknown unit.
        applying: how far applying to the destination lags, in the same unit.
        disk_pct: how full the node's disk is.
        rates: name with unit -> figure.
        positions: where reading, the node and applying stand in the log.
    """

    at: datetime | None = None
    source_ok: bool | None = None
    destination_ok: bool | None = None
    reading: float | int | None = None
    applying: float | int | None = None
    disk_pct: float | int | None = None
    rates: dict[str, float | int] | None = None
    positions: dict[str, str] | None = None


_RATES: Final = {
    "src_rps": "read_rows_s",
    "dst_rps": "apply_rows_s",
    "apply_rate": "apply_bytes_s",
}
_POSITIONS: Final = {"src_offset": "read", "node_offset": "in_node", "dst_offset": "applied"}


def monitor_of(row: Row) -> Monitor:
    """The figures of `monitor-data`."""
    rates = {ours: amount(row.get(theirs)) for theirs, ours in _RATES.items()}
    positions = {ours: text(row.get(theirs)) for theirs, ours in _POSITIONS.items()}
    return Monitor(
        at=zoned(row.get("update_time")),
        source_ok=flag(row.get("is_src_normal")),
        destination_ok=flag(row.get("is_dst_normal")),
        reading=amount(row.get("src_delay")),
        applying=amount(row.get("dst_delay")),
        disk_pct=_share(row.get("used_volumes"), row.get("node_volume_size")),
        rates={name: value for name, value in rates.items() if value is not None},
        positions={name: value for name, value in positions.items() if value is not None},
    )


def _share(used: object, whole: object) -> float | int | None:
    """Percent of a disk that is used; a share above the whole is no share."""
    part, of = number(used), number(whole)
    if part is None or of is None or part < 0 or of <= 0 or part > of:
        return None
    return amount(round(part * 100 / of, 1))
