"""What may be done to a task and what doing it changes: `GET …/actions`, `POST …/action`.

Of DRS's actions these are the ones that this package may ever send; any other one is refused. A
task's own `"actions": {"available": […], "current": "…"}` stand in place of what its status allows.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic_core import from_json

from drs_mcp.simulator.refusal import empty, invalid, no_such_task, refused
from drs_mcp.simulator.script import ScriptPosition, evaluate, iso
from drs_mcp.simulator.task_list import AVAILABLE
from drs_mcp.simulator.world import Spec, World

Fields = dict[str, Any]

PRECHECK_S = 25
DIAGNOSIS_S = 15
COMPARISON_S = 40
STARTING_S = 30
"""How long what was started takes."""

_ALL = (
    "CREATE", "CHOOSE_OBJECT", "PRE_CHECK", "MODIFY_CONFIGURATION", "FREE_RESOURCE", "PAUSE",
    "START", "RETRY", "RESET", "DELETE",
)  # fmt: skip
_NEEDS = {
    "precheck": ("PRE_CHECK",),
    "start": ("START",),
    "stop": ("PAUSE",),
    "restart": ("RETRY", "CONTINUE_JOB"),
}
_SPELT = {"object": "object_comparison"}
_UNFINISHED = ("RUNNING", "WAITING_FOR_RUNNING", "FULL_DOING", "INCRE_DOING")
_PASSED: Fields = {
    "result": True,
    "process": "100%",
    "total_passed_rate": "100%",
    "precheck_results": [
        {"item": "srcDbConnection", "result": "PASSED", "group": "network"},
        {"item": "dstDbConnection", "result": "PASSED", "group": "network"},
    ],
}


class Answered(NamedTuple):
    """An answer: HTTP status and body."""

    status: int
    body: Fields


class TaskActions:
    """Acts on the tasks of one world, which change by it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._given = 0

    def available(self, job_id: str, position: ScriptPosition) -> Fields:
        """The body of `GET …/actions`.

        Raises:
            Refusal: there is no such task.
        """
        task = self._task(job_id)
        words, current = _allowed(task, position)
        return {
            "job_action": {
                "available_actions": list(words),
                "unavailable_actions": [word for word in _ALL if word not in words],
                "current_action": current,
            }
        }

    def perform(self, job_id: str, body: bytes, position: ScriptPosition) -> Answered:
        """Do what the body of `POST …/action` says.

        Raises:
            Refusal: there is no such task, the body is none, or the task does not allow it.
        """
        task = self._task(job_id)
        name, params = _asked(body)
        words, current = _allowed(task, position)
        if current:
            raise refused(
                400,
                "DRS.M01504",
                "Another operation is being performed on the migration task or the migration "
                "task is abnormal.",
            )
        if name in _NEEDS and not set(_NEEDS[name]) & set(words):
            raise refused(
                400, "DRS.M00304", "This operation cannot be called in the current task status."
            )
        doing = _DOING.get(name)
        if doing is None:
            raise invalid("action_name")
        self._given += 1
        change, answered = doing(_Doing(task, params, position, f"{self._given:012d}"))
        self._world.tasks[job_id] = {**task, **change}
        return answered

    def _task(self, job_id: str) -> Spec:
        task = self._world.tasks.get(job_id)
        if task is None:
            raise no_such_task()
        return task


def _asked(body: bytes) -> tuple[str, Fields]:
    try:
        job = from_json(body)["job"]
        name, params = job["action_name"], job.get("action_params") or {}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise empty("action_name") from None
    if not isinstance(name, str) or not isinstance(params, dict):
        raise invalid("action_name")
    return name, params


def _allowed(task: Spec, position: ScriptPosition) -> tuple[tuple[str, ...], str]:
    """What may be done now, and what is being done."""
    own = evaluate(task.get("actions", {}), position)
    status = evaluate(task.get("job", {}).get("status"), position)
    return tuple(own.get("available", AVAILABLE.get(status, ()))), own.get("current", "")


class _Doing(NamedTuple):
    """What is done to which task, when, and the end of the ID that it gets."""

    task: Spec
    params: Fields
    position: ScriptPosition
    number: str

    @property
    def now_s(self) -> float:
        return self.position.elapsed_s

    def until(self, seconds: float, before: Any, after: Any) -> Fields:
        """A value that changes *seconds* from now."""
        return {"step": [[0, before], [self.now_s + seconds, after]]}

    def done(self) -> Answered:
        """The answer of an action that is over at once."""
        name = self.task.get("job", {}).get("base_info", {}).get("name")
        return Answered(200, {"id": self.task["id"], "name": name, "status": "success"})

    def moved(self, status: Any) -> Fields:
        """The task in another status."""
        progress = dict(self.task.get("progress", {}))
        if info := dict(progress.get("progress_info") or {}):
            info.pop("transfer_status", None)
            progress["progress_info"] = info
        return {"job": {**self.task.get("job", {}), "status": status}, "progress": progress}


def _precheck(doing: _Doing) -> tuple[Fields, Answered]:
    if doing.params.get("precheck_mode") not in ("forStartJob", "forRetryJob"):
        raise invalid("precheck_mode")
    checks = doing.task.get("checks", {})
    earlier = [check for check in checks.values() if check["type"] == "precheck"]
    after = doing.task.get("next_precheck") or (
        earlier[0]["precheck_result"] if earlier else _PASSED
    )
    items = [{**item, "result": ""} for item in _PASSED["precheck_results"]]
    running = {"result": False, "process": "40%", "precheck_results": items}
    query_id = f"5d2f41aa-90c1-47c8-8a77-{doing.number}"
    check = {"type": "precheck", "precheck_result": doing.until(PRECHECK_S, running, after)}
    last = {"precheck_id": query_id, "job_direction": "up"}
    newest = doing.until(PRECHECK_S, last | _as_last(running), last | _as_last(after))
    change = {
        "checks": {**checks, query_id: check},
        "reads": {**doing.task.get("reads", {}), "batch-precheck-result": newest},
        "actions": {"current": doing.until(PRECHECK_S, "PRE_CHECK", "")},
    }
    return change, Answered(202, {"query_id": query_id})


def _as_last(found: Fields) -> Fields:
    """A pre-check as `batch-precheck-result` has it: its items stand under another name."""
    return {
        ("precheck_result" if name == "precheck_results" else name): value
        for name, value in found.items()
    }


def _diagnosis(doing: _Doing) -> tuple[Fields, Answered]:
    query_id = f"6e3f52bb-a1d2-58d9-9b88-{doing.number}"
    running = [{"status": "RUNNING", "progress": 30, "total": 2, "diagnosis_results": []}]
    check = {"type": "diagnosis", "diagnoses": doing.until(DIAGNOSIS_S, running, _DIAGNOSES)}
    change = {"checks": {**doing.task.get("checks", {}), query_id: check}}
    return change, Answered(202, {"query_id": query_id})


def _create_compare(doing: _Doing) -> tuple[Fields, Answered]:
    kind = _compare_params(doing).get("type")
    if kind not in ("object", "lines", "contents"):
        raise invalid("type")
    spelt = _SPELT.get(kind, kind)
    comparisons = list(doing.task.get("comparisons", []))
    if spelt != "object_comparison" and any(
        evaluate(one["status"], doing.position) in _UNFINISHED
        and one["type"] != "object_comparison"
        for one in comparisons
    ):
        raise refused(400, "DRS.10000024", "Another operation is being performed on the task.")
    results = (one for one in comparisons if one["type"] == spelt and "result" in one)
    alike: Spec = next(results, {})
    made = {
        "id": f"7f4063cc-b2e3-69ea-8c99-{doing.number}",
        "type": spelt,
        "status": doing.until(COMPARISON_S, "RUNNING", "SUCCESSFUL"),
        "start_time": iso(doing.position.now),
        **({"result": alike["result"]} if alike else {}),
    }
    return {"comparisons": [made, *comparisons]}, doing.done()


def _cancel_compare(doing: _Doing) -> tuple[Fields, Answered]:
    wanted = _compare_params(doing).get("compare_task_id")
    comparisons = list(doing.task.get("comparisons", []))
    for place, one in enumerate(comparisons):
        if one["id"] == wanted and evaluate(one["status"], doing.position) in _UNFINISHED:
            comparisons[place] = {**one, "status": "CANCELLED"}
            return {"comparisons": comparisons}, doing.done()
    raise invalid("compare_task_id")


def _compare_params(doing: _Doing) -> Fields:
    found = doing.params.get("compare_task_param")
    if not isinstance(found, dict):
        raise empty("compare_task_param")
    return found


def _start(doing: _Doing) -> tuple[Fields, Answered]:
    status = doing.until(STARTING_S, "STARTJOBING", "FULL_TRANSFER_STARTED")
    return doing.moved(status), doing.done()


def _stop(doing: _Doing) -> tuple[Fields, Answered]:
    if doing.params.get("pause_mode") not in ("target", "all"):
        raise invalid("pause_mode")
    return doing.moved("PAUSING"), doing.done()


def _restart(doing: _Doing) -> tuple[Fields, Answered]:
    task_type = doing.task.get("job", {}).get("base_info", {}).get("task_type")
    full = task_type == "FULL_TRANS" or doing.task["job"]["status"] == "FULL_TRANSFER_FAILED"
    return doing.moved(f"{'FULL' if full else 'INCRE'}_TRANSFER_STARTED"), doing.done()


_DOING: Mapping[str, Callable[[_Doing], tuple[Fields, Answered]]] = {
    "precheck": _precheck,
    "diagnosis": _diagnosis,
    "create_compare": _create_compare,
    "cancel_compare": _cancel_compare,
    "start": _start,
    "stop": _stop,
    "restart": _restart,
}

_DIAGNOSES = [
    {
        "score": 71,
        "status": "SUCCESS",
        "progress": 100,
        "error_msg": None,
        "start_time": "@now-41s",
        "end_time": "@now",
        "total": 3,
        "normal_count": 1,
        "abnormal_count": 1,
        "alarm_count": 1,
        "failure_count": 0,
        "timeout_count": 0,
        "diagnosis_results": [
            {
                "item": {
                    "category": "SYSTEM_RESOURCE",
                    "name": "node_cpu_memory_usage",
                    "weight": 1,
                },
                "state": "NORMAL",
                "result_list": [{"key": "cpu_average_usage", "value": "2.08"}],
                "suggestion_list": [],
                "score": 100,
            },
            {
                "item": {"category": "TARGET_DATABASE", "name": "long_transaction", "weight": 2.0},
                "state": "ABNORMAL",
                "result_list": [
                    {
                        "key": "trx",
                        "value": {
                            "en": "2 transactions longer than 600 s",
                            "zh": "2 个事务超过 600 秒",
                        },
                        "level": "ERROR",
                    }
                ],
                "suggestion_list": [
                    {
                        "content": {
                            "en": "Finish or kill the long transactions.",
                            "zh": "结束长事务。",
                        }
                    }
                ],
                "score": "0",
            },
            {
                "item": {"category": "SOURCE_DATABASE", "name": "binlog_retention", "weight": 1.0},
                "state": "ALARM",
                "result_list": [{"key": "expire_logs_days", "value": 1, "level": "WARN"}],
                "suggestion_list": [{"content": "Keep the binary log for at least 3 days."}],
                "score": 50,
            },
        ],
    }
]
