"""Reading how a task's figures went over time, from Cloud Eye."""

from datetime import datetime
from typing import Final, NamedTuple

from drs_mcp.api.cloud_eye import PERIOD_S, CloudEye
from drs_mcp.api.connections import Connection
from drs_mcp.api.reading import ReadingTransport
from drs_mcp.errors import NotPermitted
from drs_mcp.summaries.health.past.trend import Series

_FIGURES: Final = {
    "apply_latency": ("apply_lag_s", 1000),
    "extract_latency": ("read_lag_s", 1000),
    "apply_rows_rate": ("apply_rows_s", 1),
    "cpu_util": ("cpu_pct", 1),
    "mem_util": ("mem_pct", 1),
    "disk_util": ("disk_pct", 1),
}
"""Figure of Cloud Eye -> our name with its unit, and what it is divided by."""


class Figures(NamedTuple):
    """The figures over time, what there should be of each, and from when on."""

    series: list[Series]
    expected: int
    asked_from: datetime


async def read_figures(drs: Connection, cloud_eye: ReadingTransport, job_id: str) -> Figures:
    """The figures of the last day.

    Raises:
        DrsError: Cloud Eye could not be read.
    """
    eye = CloudEye(cloud_eye, drs.project_id, drs.client.limits)
    now = drs.client.limits.clock.utc_now()
    try:
        known = await eye.names(job_id)
        wanted = [name for name in _FIGURES if name in known]
        found = await eye.over_time(job_id, wanted, now) if wanted else {}
    except NotPermitted as error:
        raise error.with_message(
            "The credentials may not read Cloud Eye. Grant the user read access to it (CES), or "
            "take cloud_eye out of the profile."
        ) from None
    span = eye.span_of(len(wanted))
    series = [
        Series(ours, [(at, value / by) for at, value in found.get(name, [])])
        for name, (ours, by) in _FIGURES.items()
    ]
    return Figures(
        [one for one in series if one.points], int(span.total_seconds() // PERIOD_S), now - span
    )
