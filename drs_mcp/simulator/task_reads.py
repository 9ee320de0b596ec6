"""What else can be read of a task: how its parts move, what happened to it, its last pre-check.

A scenario's task holds it under `reads`, by the last word of the path:

    "monitor-data": {…}, "compare-policy": {…},      an object, as it is answered
    "timelines": [{…}], "ddl": [{…}],                rows; {"repeat": 20000, "row": {…}} are many
    "progress-data": {"table": [{…}]},               rows by type of object
    "compare-progress": {"<comparison>": {…}},       by comparison
    "compare/users": {"<comparison>": [{…}]},        accounts by comparison
    "health-compare-jobs/object": {"<run>": [{…}]},  types of objects by run of the schedule
    "batch-precheck-result": {…}, "batch-rpo-and-rto": {…}     the element of this task
    "cloud-eye": {…},                                figures over time (`cloud_eye`)
    any of them: {"refuse": [400, "DRS.M00304", "…"]}          an error

What a task does not hold is answered as DRS answers where there is nothing: an empty list, or an
object of nulls. What only some engines have is refused for the others.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, Final

from drs_mcp.simulator.paging import Limits, window
from drs_mcp.simulator.refusal import invalid, no_such_task, refused
from drs_mcp.simulator.script import ScriptPosition, evaluate
from drs_mcp.simulator.world import Spec, World

Fields = dict[str, Any]
Query = Mapping[str, str]

LISTS: Final = {
    "timelines": "timelines",
    "ddl": "ddl_list",
    "dirty-data": "dirty_data_list",
    "configuration-histories": "parameter_history_config_list",
    "health-compare-jobs": "compare_jobs",
}
"""Path -> the field that holds the rows; `count` stands beside it."""

OBJECTS: Final[Mapping[str, Fields]] = {
    "monitor-data": {"is_src_normal": None, "is_dst_normal": None, "update_time": None},
    "increment-components-detail": {"update_time": None, "increment_components_list": []},
    "compare-policy": {"status": "CLOSED", "period": None, "compare_type": []},
}
"""Path -> its object where there is nothing to tell."""

_WITH_COMPONENTS: Final = frozenset(
    {
        "oracle-to-gaussdbv5", "oracle-to-gaussdbv5ha", "gaussdbv5", "gaussdbv5-to-mysql",
        "gaussdbv5-to-gaussdbv5ha", "gaussdbv5ha", "gaussdbv5ha-to-gaussdbv5", "gaussdbv5-to-dws",
        "gaussdbv5ha-to-dws", "gaussdbv5-to-oracle", "gaussdbv5ha-to-oracle", "oracle-to-dws",
        "oracle-to-mysql",
    }
)  # fmt: skip
_LITERAL: Final = re.compile(r"'(?:[^']|'')*'|\b\d+\b")
_MOST_IN_A_BATCH: Final = 10


class TaskReads:
    """Answers for the tasks of one world.

    Every method raises `Refusal` where there is no such task or a parameter is wrong.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    def read(
        self, job_id: str, part: str, query: Query, limits: Limits, position: ScriptPosition
    ) -> Fields:
        """`GET /v5/{project_id}/jobs/{job_id}/{part}`."""
        task = self._task(job_id)
        if part in LISTS:
            rows = _answerable(task, part, [])
            if part == "timelines" and not position.asked_language:
                raise invalid("X-Language")
            return _listed(LISTS[part], _rows(rows, query, part), query, limits, position)
        if part == "increment-components-detail" and _engine(task) not in _WITH_COMPONENTS:
            raise refused(400, "DRS.M00300", "The engine type does not support this operation.")
        found: Fields = evaluate(_answerable(task, part, {}), position)
        return {**OBJECTS[part], **found}

    def object_progress(
        self, job_id: str, kind: str, query: Query, limits: Limits, position: ScriptPosition
    ) -> Fields:
        """`GET …/progress-data/{type}`, narrowed by `search_name`."""
        rows = _answerable(self._task(job_id), "progress-data", {}).get(kind, [])
        wanted = query.get("search_name", "").casefold()
        kept = [row for row in _spread(rows) if wanted in str(row.get("src_tb", "")).casefold()]
        created = evaluate("@now-30s", position)
        return _listed("flow_compare_data", kept, query, limits, position) | {
            "create_time": created
        }

    def compare_progress(self, job_id: str, compare_id: str, position: ScriptPosition) -> Fields:
        """`GET …/compare-progress/{compare_job_id}`."""
        found = _answerable(self._task(job_id), "compare-progress", {}).get(compare_id)
        if found is None:
            raise refused(400, "DRS.M10021", "The comparison task does not support progress query.")
        evaluated: Fields = evaluate(found, position)
        return evaluated

    def compared_accounts(
        self, job_id: str, compare_id: str, query: Query, limits: Limits, position: ScriptPosition
    ) -> Fields:
        """`GET …/compare/users/{compare_job_id}`."""
        rows = _answerable(self._task(job_id), "compare/users", {}).get(compare_id, [])
        page = _listed("user_compare_info", list(_spread(rows)), query, limits, position)
        return {"total_count": page.pop("count"), **page}

    def scheduled_objects(self, job_id: str, run_id: str, position: ScriptPosition) -> Fields:
        """`GET …/health-compare-jobs/object/{compare_job_id}`."""
        rows = _answerable(self._task(job_id), "health-compare-jobs/object", {}).get(run_id, [])
        return {"compare_result": [evaluate(row, position) for row in rows]}

    def mappings(
        self, job_id: str, body: Mapping[str, Any], limits: Limits, position: ScriptPosition
    ) -> Fields:
        """`POST …/object-mappings`, narrowed by database, schema and table."""
        rows = _answerable(self._task(job_id), "object-mappings", [])
        fields = {"db_name": "source_db_name", "schema_name": "source_schema_name"}
        fields["table_name"] = "source_table_name"
        kept = [
            row
            for row in _spread(rows)
            if all(body.get(name) in (None, "", row.get(of)) for name, of in fields.items())
        ]
        query = {name: str(body[name]) for name in ("offset", "limit") if name in body}
        return _listed("object_mapping_list", kept, query, limits, position)

    def batch(self, part: str, body: Mapping[str, Any], position: ScriptPosition) -> Fields:
        """A v3 read of several tasks: HTTP 200, and an error of its own for each task.

        A task that holds nothing is left out, and not counted.
        """
        jobs = body.get("jobs")
        if not isinstance(jobs, list) or not 1 <= len(jobs) <= _MOST_IN_A_BATCH:
            raise invalid("jobs")
        results = [one for job in jobs if (one := self._element(part, job, position)) is not None]
        return {"results": results, "count": len(results)}

    def _element(self, part: str, job: object, position: ScriptPosition) -> Fields | None:
        task = self._world.tasks.get(job) if isinstance(job, str) else None
        if task is None:
            return {"error_code": "DRS.M00289", "error_msg": "The job does not exist."}
        found = _answerable(task, part, None)
        return None if found is None else {"job_id": job, **evaluate(found, position)}

    def _task(self, job_id: str) -> Spec:
        task = self._world.tasks.get(job_id)
        if task is None:
            raise no_such_task()
        return task


def _answerable(task: Spec, part: str, default: Any) -> Any:
    """What a task holds of a part.

    Raises:
        Refusal: it holds an error.
    """
    found = task.get("reads", {}).get(part, default)
    if isinstance(found, dict) and "refuse" in found:
        raise refused(*found["refuse"])
    return found


def _engine(task: Spec) -> str:
    return str(task.get("job", {}).get("base_info", {}).get("engine_type", ""))


def _rows(rows: Sequence[Spec], query: Query, part: str) -> Sequence[Spec]:
    kept: Sequence[Spec] = list(_spread(rows))
    if status := query.get("status"):
        kept = [row for row in kept if str(row.get("status")) == status]
    if part == "dirty-data":
        mode = query.get("task_mode")
        kept = [
            {name: value for name, value in row.items() if name != "task_mode"}
            for row in kept
            if row.get("task_mode") == mode
        ]
    if part == "dirty-data" and query.get("anonymize_mode") == "true":
        kept = [{**row, "error_sql": _LITERAL.sub("***", row["error_sql"])} for row in kept]
    return kept


def _spread(rows: Sequence[Spec]) -> Iterator[Spec]:
    """The rows, many alike where a row says so."""
    for row in rows:
        yield from repeat(row["row"], row["repeat"]) if "repeat" in row else (row,)


def _listed(
    name: str, rows: Sequence[Spec], query: Query, limits: Limits, position: ScriptPosition
) -> Fields:
    page = [evaluate(row, position) for row in rows[window(query, limits)]]
    return {"count": len(rows), name: page}
