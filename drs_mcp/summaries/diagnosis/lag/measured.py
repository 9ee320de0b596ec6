"""What was measured of a task's node lately: its load, its rates, how long a statement takes."""

from datetime import timedelta

from drs_mcp.api.wire.values import amount, moment, share
from drs_mcp.clock import iso
from drs_mcp.summaries.diagnosis.courses import shown
from drs_mcp.summaries.diagnosis.evidence import Evidence

FRESH = timedelta(minutes=15)
"""Metrics that are older say nothing about now."""

_SLOW_MS = 100


def is_measured_now(evidence: Evidence) -> bool:
    """Whether the node's metrics were measured lately."""
    at = moment(evidence.metrics.get("time_stamp"))
    return at is not None and evidence.now - at <= FRESH


def slow_ms(evidence: Evidence) -> float | None:
    """How long the destination takes for a statement, where that is much and measured lately."""
    ms = amount(evidence.metrics.get("apply_average_execute_time"))
    return ms if ms is not None and ms >= _SLOW_MS and is_measured_now(evidence) else None


def measured(evidence: Evidence) -> list[str]:
    """The measured load and rates in words, with their age where they are old."""
    metrics = evidence.metrics
    at = moment(metrics.get("time_stamp"))
    told = [
        f"{shown(value)}{unit}"
        for name, unit in (
            ("apply_rows_rate", " rows/s applied"),
            ("apply_average_execute_time", " ms for a statement"),
            ("cpu_util", "% CPU of the node"),
            ("mem_util", "% memory of the node"),
        )
        if (value := (share if "%" in unit else amount)(metrics.get(name))) is not None
    ]
    if not told:
        return []
    old = at is None or evidence.now - at > FRESH
    return (
        [f"measured at {iso(at) if at else 'an unknown time'}: {', '.join(told)}"] if old else told
    )
