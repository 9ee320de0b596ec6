"""Cloud Eye beside the embedded DRS: figures of a task over time.

A task holds them under `reads`: `"cloud-eye": {"cpu_util": {"from": 20, "to": 35}}`, each a line from
a day before now to now. Of more points than there may be in one answer the oldest are silently left
out.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from drs_mcp.simulator.refusal import invalid
from drs_mcp.simulator.world import World

Fields = dict[str, Any]

_MOST_POINTS: Final = 3000
_DAY_MS: Final = 86_400_000
_UNITS: Final = {"latency": "ms", "util": "%", "rate": "count/s"}


def figures(world: World, query: Mapping[str, str]) -> Fields:
    """`GET /V1.0/{project_id}/metrics`.

    Raises:
        Refusal: the namespace or the dimension is not one of DRS.
    """
    if query.get("namespace") != "SYS.DRS":
        raise invalid("namespace")
    kind, _, job_id = query.get("dim.0", "").partition(",")
    if kind != "instance_id":
        raise invalid("dim.0")
    found = [_named(name, job_id) for name in _held(world, job_id)]
    return {"metrics": found, "meta_data": {"count": len(found), "total": len(found), "marker": ""}}


def over_time(world: World, body: Mapping[str, Any], now: datetime) -> Fields:
    """`POST /V1.0/{project_id}/batch-query-metric-data`.

    Raises:
        Refusal: there is no metric or no period.
    """
    wanted, period = body.get("metrics"), body.get("period")
    if not isinstance(wanted, list) or not wanted or period != "300":
        raise invalid("metrics")
    step = int(period) * 1000
    first, last = int(body["from"]), int(body["to"])
    most = _MOST_POINTS // len(wanted)
    if (last - first) // step > most:
        first = last - most * step
    now_ms = now.timestamp() * 1000
    return {"metrics": [_line(world, one, range(first, last, step), now_ms) for one in wanted]}


def _line(world: World, asked: Mapping[str, Any], times: range, now_ms: float) -> Fields:
    name, job_id = asked["metric_name"], asked["dimensions"][0]["value"]
    held = _held(world, job_id).get(name)
    points = []
    if held is not None:
        for at in times:
            share = 1 - (now_ms - at) / _DAY_MS
            value = held["from"] + (held["to"] - held["from"]) * share
            points.append({"average": round(value, 2), "timestamp": at})
    return {**_named(name, job_id), "datapoints": points}


def _named(name: str, job_id: str) -> Fields:
    return {
        "namespace": "SYS.DRS",
        "metric_name": name,
        "unit": _UNITS.get(name.rpartition("_")[2], "count"),
        "dimensions": [{"name": "instance_id", "value": job_id}],
    }


def _held(world: World, job_id: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = world.tasks.get(job_id, {}).get("reads", {}).get("cloud-eye", {})
    return found
