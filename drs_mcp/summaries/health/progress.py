"""What monitoring, components and tables add to how far a task is."""

from collections.abc import Sequence
from datetime import datetime

from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.clock import iso
from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.summaries.health.components import Component
from drs_mcp.summaries.health.evidence import TaskHealth
from drs_mcp.summaries.health.monitor import Monitor, is_fresh
from drs_mcp.summaries.health.recovery import in_seconds
from drs_mcp.summaries.health.sides import unit_of
from drs_mcp.summaries.health.tables import MOST_SHOWN, tables_of, unfinished
from drs_mcp.summaries.tasks.progress import ProgressAnswer

_WORTH_NAMING_S = 30
"""A delay below it needs no slower side."""


def add_health(
    answer: ProgressAnswer, health: TaskHealth, tables: FirstRows | None, now: datetime
) -> None:
    """Add to *answer* what was read beside the progress."""
    answer.unread = dict(health.unread)
    if health.monitor is not None:
        _add_monitor(answer, health.monitor, now)
    if answer.delay_s is not None and answer.delay_s >= _WORTH_NAMING_S:
        judged = health.slower(answer.delay_s, now)
        if judged is not None:
            answer.slower_side = judged.side or "unknown"
            answer.notes.append(f"{judged.says[0].upper()}{judged.says[1:]}.")
    if health.components is not None:
        answer.components = by_kind(health.components.listed)
    answer.recovery = in_seconds(health.recovery)
    if tables is not None:
        left = unfinished(tables_of(tables))
        answer.unfinished = len(left)
        answer.unfinished_tables = [one.told for one in left[:MOST_SHOWN]]
        if not tables.whole:
            answer.notes.append(
                f"unfinished: of the first {len(tables.rows):,} tables that DRS lists"
                + (f", of {tables.total:,}." if tables.total else ".")
            )


def by_kind(listed: Sequence[Component]) -> dict[str, str]:
    """What each component tells, by its kind; where that is no word, or another's, by a number."""
    told: dict[str, str] = {}
    for number, one in enumerate(listed, 1):
        kind = as_identifier(one.kind)
        told[kind if kind and kind not in told else f"other {number}"] = one.told
    return told


def _add_monitor(answer: ProgressAnswer, monitor: Monitor, now: datetime) -> None:
    unit = unit_of(monitor, answer.delay_s)
    told = {"read_lag": monitor.reading, "apply_lag": monitor.applying}
    lags = {
        f"{name}_{unit}" if unit else name: lag for name, lag in told.items() if lag is not None
    }
    disk = {"disk_pct": monitor.disk_pct} if monitor.disk_pct is not None else {}
    answer.sides = {**lags, **(monitor.rates or {}), **disk}
    if lags and not unit:
        answer.notes.append("The unit of read_lag and apply_lag is not documented.")
    broken = [
        side
        for side, works in (("source", monitor.source_ok), ("destination", monitor.destination_ok))
        if works is False
    ]
    if broken:
        answer.disconnected = ", ".join(broken)
    told_anything = bool(answer.sides) or bool(broken)
    if told_anything and not is_fresh(monitor.at, now):
        answer.monitored = iso(monitor.at) if monitor.at is not None else "at an unknown time"
