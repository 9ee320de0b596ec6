"""The task list (`GET /v5/{project_id}/jobs`): filters, order and rows."""

from collections.abc import Mapping
from typing import Any

from drs_mcp.simulator.paging import Limits, page
from drs_mcp.simulator.refusal import empty, invalid
from drs_mcp.simulator.script import ScriptPosition, evaluate
from drs_mcp.simulator.world import Spec, World

Row = dict[str, Any]

_JOB_TYPES = ("migration", "sync", "cloudDataGuard", "replay")
_BASE = (
    "name",
    "description",
    "engine_type",
    "net_type",
    "charging_mode",
    "job_direction",
    "job_type",
    "task_type",
    "enterprise_project_id",
)
_SORTED_BY = {
    "name": "name",
    "status": "status",
    "create_time": "create_time",
    "net_type": "net_type",
    "job_direction": "job_direction",
    "pay_mode": "charging_mode",
}
_FAILED = ("FULL_TRANSFER_FAILED", "INCRE_TRANSFER_FAILED")
_RUNNING = ("FULL_TRANSFER_STARTED", "FULL_TRANSFER_COMPLETE", "INCRE_TRANSFER_STARTED")
AVAILABLE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_FAILED, ("RETRY", "RESET", "FREE_RESOURCE")),
    **dict.fromkeys(_RUNNING, ("PAUSE", "FREE_RESOURCE")),
    "PAUSING": ("CONTINUE_JOB", "FREE_RESOURCE"),
    "WAITING_FOR_START": ("START", "DELETE"),
    "CONFIGURATION": ("MODIFY_CONFIGURATION", "PRE_CHECK", "DELETE"),
}
"""What may be done next, as far as public clients of the API guard it."""


def task_list(
    world: World, query: Mapping[str, str], limits: Limits, position: ScriptPosition
) -> dict[str, Any]:
    """The body of the answer: `total_count` of all that match, and a page of `jobs`.

    Raises:
        Refusal: `job_type` is missing, or a parameter holds what it cannot hold.
    """
    job_type = query.get("job_type", "")
    if not job_type:
        raise empty("job_type")
    if job_type not in _JOB_TYPES:
        raise invalid("job_type")
    order = query.get("sort_key", "create_time")
    direction = query.get("sort_dir", "desc")
    if order not in _SORTED_BY:
        raise invalid("sort_key")
    if direction not in ("asc", "desc"):
        raise invalid("sort_dir")
    found = [row for task in world.listed() if _matches(row := _row(world, task, position), query)]
    found.sort(key=lambda row: str(row.get(_SORTED_BY[order]) or ""), reverse=direction == "desc")
    return {"total_count": len(found), "jobs": page(found, query, limits)}


def _row(world: World, task: Spec, position: ScriptPosition) -> Row:
    row = _own_row(task, position)
    children = [_own_row(child, position) for child in world.children(task["id"])]
    if children:
        row |= {"job_mode": "multi_parent", "children": children}
    return row


def _own_row(task: Spec, position: ScriptPosition) -> Row:
    job = evaluate(task.get("job", {}), position)
    base = job.get("base_info", {})
    status = job.get("status")
    return {
        "id": task["id"],
        "status": status,
        "create_time": job.get("create_time"),
        **{name: base[name] for name in _BASE if name in base},
        "billing_tag": base.get("charging_mode") == "on_demand",
        "job_mode": "single",
        "job_mode_role": None,
        "is_multi_az": False,
        "node_role": "master",
        "node_new_framework": True,
        "job_action": {
            "available_actions": AVAILABLE.get(status, ()),
            "unavailable_actions": [],
            "current_action": None,
        },
        **evaluate(task.get("listed", {}), position),
    }


def _matches(row: Row, query: Mapping[str, str]) -> bool:
    wanted = [part for part in query.get("name", "").split(",") if part]
    states = [part for part in query.get("status", "").split(",") if part]
    name = str(row.get("name", "")).lower()
    return (
        row.get("job_type") == query["job_type"]
        and (not wanted or any(part.lower() in name or part == row["id"] for part in wanted))
        and (not states or row.get("status") in states)
        and query.get("engine_type", "") in ("", row.get("engine_type"))
        and query.get("net_type", "") in ("", row.get("net_type"))
    )
