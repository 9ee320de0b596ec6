"""Cloud Eye (CES): figures of a task over time.

A second origin, asked only where the profile says `cloud_eye = true`. Whether figures stand under
the task's ID or its node's is not documented: the task's is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from drs_mcp.api.http.limits import Limits
from drs_mcp.api.paths import FIGURES, FIGURES_OVER_TIME, path_of
from drs_mcp.api.query import checked_id
from drs_mcp.api.reading import ReadingTransport
from drs_mcp.api.wire.values import number, record, records, text
from drs_mcp.quoting.quoted import as_identifier

PERIOD_S: Final = 300
"""Seconds between two points; Cloud Eye keeps such points for a day."""

SPAN: Final = timedelta(hours=24)
_NAMESPACE: Final = "SYS.DRS"
_MOST_POINTS: Final = 3000
"""Points of all figures together in one answer; of more Cloud Eye silently leaves out the oldest."""

Points = list[tuple[float, float]]


@dataclass(frozen=True)
class CloudEye:
    """Reads figures of one task, within the limits of one call.

    Every method raises `ApiError` or `TransportError` when Cloud Eye does not answer well.
    """

    transport: ReadingTransport
    project_id: str
    limits: Limits

    async def names(self, job_id: str) -> set[str]:
        """The figures that there are of the task."""
        body = record(
            await self.transport.get(
                path_of(FIGURES, self.project_id),
                {
                    "namespace": _NAMESPACE,
                    "dim.0": f"instance_id,{checked_id(job_id, 'job')}",
                    "limit": "1000",
                },
                what=self._what(job_id),
                limits=self.limits,
            )
        )
        return {
            name for row in records(body.get("metrics")) if (name := text(row.get("metric_name")))
        }

    async def over_time(
        self, job_id: str, names: Sequence[str], until: datetime
    ) -> dict[str, Points]:
        """Each figure's averages of five minutes over the last day, by epoch seconds, in order."""
        ids = [{"name": "instance_id", "value": checked_id(job_id, "job")}]
        span = self.span_of(len(names))
        body: dict[str, Any] = {
            "metrics": [
                {"namespace": _NAMESPACE, "metric_name": name, "dimensions": ids} for name in names
            ],
            "period": str(PERIOD_S),
            "filter": "average",
            "from": int((until - span).timestamp() * 1000),
            "to": int(until.timestamp() * 1000),
        }
        answer = record(
            await self.transport.read_by_post(
                path_of(FIGURES_OVER_TIME, self.project_id),
                body,
                what=self._what(job_id),
                limits=self.limits,
            )
        )
        return {
            name: _points(row.get("datapoints"))
            for row in records(answer.get("metrics"))
            if (name := text(row.get("metric_name"))) in names and name
        }

    def span_of(self, figures: int) -> timedelta:
        """How far back so many figures can be asked for at once."""
        return min(SPAN, timedelta(seconds=PERIOD_S * (_MOST_POINTS // max(1, figures))))

    def _what(self, job_id: str) -> str:
        return f"the figures of task {as_identifier(job_id)} from Cloud Eye"


def _points(rows: object) -> Points:
    found = [(number(row.get("timestamp")), number(row.get("average"))) for row in records(rows)]
    return sorted((at / 1000, value) for at, value in found if at is not None and value is not None)
