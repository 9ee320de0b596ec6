"""How far behind a task is by what DRS tells beside the delay of its progress."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from drs_mcp.api.wire.values import amount
from drs_mcp.summaries.health.evidence import TaskHealth
from drs_mcp.summaries.health.monitor import FRESH


class Lag(NamedTuple):
    """A figure in seconds, at the least; what it is of, in our own words; and when it was taken."""

    seconds: float | int
    of: str
    at: datetime | None


def lags(health: TaskHealth, now: datetime) -> list[Lag]:
    """Figures that may be of now, the greatest first; of a dated one that is old nothing follows."""
    told = [lag for lag in _told(health) if lag.at is None or now - lag.at <= FRESH]
    return sorted(told, key=lambda lag: -lag.seconds)


def _told(health: TaskHealth) -> Iterator[Lag]:
    components, monitor, recovery = health.components, health.monitor, health.recovery
    for one in components.listed if components is not None else ():
        if one.delay_s is not None and components is not None:
            yield Lag(one.delay_s, _OF.get(one.kind, "a component"), components.at)
    if monitor is not None:
        for told, of in ((monitor.reading, "reading"), (monitor.applying, "applying")):
            if told is not None:  # no unit is documented: milliseconds are the least it can be
                yield Lag(amount(told / 1000) or 0, f"{of}, by DRS's monitoring,", monitor.at)
    if recovery is not None:
        for name, point in (("RPO", recovery.rpo), ("RTO", recovery.rto)):
            if point.delay_s is not None:
                yield Lag(point.delay_s, f"the {name}", None)


_OF = {
    "capture": "the component that captures changes",
    "apply": "the component that applies changes",
}
