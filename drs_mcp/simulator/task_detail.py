"""One task (`GET /v5/{project_id}/jobs/{job_id}`): what each of the nine `type`s answers."""

import re
from collections.abc import Mapping
from typing import Any

from drs_mcp.simulator.comparisons import compare
from drs_mcp.simulator.logs import TaskLog
from drs_mcp.simulator.paging import Limits
from drs_mcp.simulator.refusal import empty, invalid, no_such_task
from drs_mcp.simulator.script import ScriptPosition, evaluate
from drs_mcp.simulator.world import Spec, World

Fields = dict[str, Any]

_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_CHECKS = ("network", "precheck", "cloud_connection", "diagnosis")
TYPES = (
    "detail",
    "network",
    "precheck",
    "cloud_connection",
    "progress",
    "log",
    "compare",
    "file",
    "is_writable",
)


class TaskDetails:
    """Answers for the tasks of one world, and keeps their growing logs."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._logs: dict[str, TaskLog] = {}

    def answer(
        self, job_id: str, query: Mapping[str, str], limits: Limits, position: ScriptPosition
    ) -> Fields:
        """The body of the answer: one `job` object with its ID and what was asked for.

        Raises:
            Refusal: there is no such task, or a parameter is missing or wrong.
        """
        if not _ID.fullmatch(job_id):
            raise invalid("jobId")
        task = self._world.tasks.get(job_id)
        if task is None:
            raise no_such_task()
        return {"job": {"id": job_id, **self._fields(task, query, limits, position)}}

    def _fields(
        self, task: Spec, query: Mapping[str, str], limits: Limits, position: ScriptPosition
    ) -> Fields:
        kind = query.get("type", "")
        if not kind:
            raise empty("type")
        if kind == "detail":
            return _detail(task, position)
        if kind == "progress":
            return _progress(task, position)
        if kind == "log":
            log = self._logs.setdefault(task["id"], TaskLog(task.get("log", [])))
            return log.answer(query, limits, position)
        if kind == "compare":
            return compare(task, query, limits, position)
        if kind in _CHECKS:
            return _check(task, kind, query.get("query_id", ""), position)
        if kind == "file":
            return {"support_import_file_resp": evaluate(task.get("file"), position)}
        if kind == "is_writable":
            state = evaluate(task.get("is_writable"), position)
            return {} if state is None else {"is_writable": state}
        raise invalid("type")


def _detail(task: Spec, position: ScriptPosition) -> Fields:
    found: Fields = evaluate(task.get("job", {}), position)
    if "parent" in task:
        found["master_job_id"] = task["parent"]
    return found


def _progress(task: Spec, position: ScriptPosition) -> Fields:
    found: Fields = evaluate(task.get("progress", {}), position)
    info = found.get("progress_info")
    if info is not None:
        job = evaluate(task.get("job", {}), position)
        info.setdefault("transfer_status", job.get("status"))
        info.setdefault("task_mode", job.get("base_info", {}).get("task_type"))
    metrics = found.get("metrics")
    if metrics is not None:
        metrics.setdefault("job_id", task["id"])
    return found


def _check(task: Spec, kind: str, query_id: str, position: ScriptPosition) -> Fields:
    if not query_id:
        raise empty("query_id")
    found = task.get("checks", {}).get(query_id)
    if found is None or found.get("type") != kind:
        raise invalid("query_id")
    evaluated: Fields = evaluate(found, position)
    del evaluated["type"]
    return evaluated
