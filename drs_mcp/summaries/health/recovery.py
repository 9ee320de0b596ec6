"""RPO and RTO of a disaster recovery task.

Their times come without a zone: a time is told in UTC only where the delay beside it settles the
zone, for then it must lie that delay before now.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from drs_mcp.api.wire.times import moment, zoned
from drs_mcp.api.wire.values import Row, amount, record, seconds

_STEP: Final = timedelta(minutes=15)
_FARTHEST: Final = timedelta(hours=14)
_SLACK: Final = timedelta(minutes=2)


@dataclass(frozen=True)
class Point:
    """How far behind, in seconds, and the moment it stands for, where its zone is settled."""

    delay_s: float | int | None
    at: datetime | None


@dataclass(frozen=True)
class Recovery:
    """RPO: what would be lost. RTO: what remains to be applied."""

    rpo: Point
    rto: Point


def recovery_of(row: Row, now: datetime) -> Recovery:
    """RPO and RTO of an element of `batch-rpo-and-rto`."""
    return Recovery(
        _point(record(row.get("rpo_info")), now), _point(record(row.get("rto_info")), now)
    )


def in_seconds(recovery: Recovery | None) -> dict[str, float | int]:
    """RPO and RTO for an answer, in seconds."""
    if recovery is None:
        return {}
    told = {"rpo_s": recovery.rpo.delay_s, "rto_s": recovery.rto.delay_s}
    return {name: value for name, value in told.items() if value is not None}


def _point(info: Row, now: datetime) -> Point:
    delay = amount(seconds(info.get("delay")))
    return Point(delay, _settled(info.get("time"), delay, now))


def _settled(value: object, delay: float | None, now: datetime) -> datetime | None:
    if (told := zoned(value)) is not None:
        return told
    naive = moment(value)
    if naive is None or delay is None:
        return None
    try:
        expected = now - timedelta(seconds=delay)
    except OverflowError:
        return None
    offset = round((naive - expected) / _STEP) * _STEP
    if abs(offset) > _FARTHEST or abs(naive - offset - expected) > _SLACK:
        return None
    return naive - offset
