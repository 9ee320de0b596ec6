"""`type=compare`: every documented pair of `compare_type` and `query_type` (Tables 40 to 50)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from drs_mcp.simulator.generate.objects import ObjectResult, object_result
from drs_mcp.simulator.generate.rows import ComparedDatabase, row_result
from drs_mcp.simulator.generate.values import ValueDatabase, value_result
from drs_mcp.simulator.paging import Limits, page
from drs_mcp.simulator.refusal import empty, invalid
from drs_mcp.simulator.script import ScriptPosition, evaluate
from drs_mcp.simulator.world import Spec

Fields = dict[str, Any]
"""Fields of the `job` object, `compare_result` and at times `total_count`."""

Pair = TypeVar("Pair", ComparedDatabase, ValueDatabase)

_KINDS = {
    "object_compare": ("object", "object_comparison"),
    "line_compare": ("lines",),
    "content_compare": ("contents",),
}
_OPENED = ("DB", "TABLE", "INDEX")
_NO_OBJECTS = ObjectResult([], {})


def compare(
    task: Spec, query: Mapping[str, str], limits: Limits, position: ScriptPosition
) -> Fields:
    """The fields of the `job` object that answer a `type=compare` query.

    Raises:
        Refusal: a parameter is missing or wrong, or the API has no such pair.
    """
    kind, what = query.get("compare_type", ""), query.get("query_type", "")
    if not kind:
        raise empty("compare_type")
    if not what:
        raise empty("query_type")
    if kind != "data_compare" and kind not in _KINDS:
        raise invalid("compare_type")
    answer = _ANSWERS.get((kind, what))
    if answer is None:
        raise invalid("query_type")
    return answer(task, query, limits, position)


def _comparison(task: Spec, query: Mapping[str, str], position: ScriptPosition) -> Spec:
    """The comparison that is asked for; of objects, the newest one if none is named."""
    kind = query["compare_type"]
    own: list[Spec] = [item for item in task.get("comparisons", []) if item["type"] in _KINDS[kind]]
    wanted = query.get("compare_task_id", "")
    if wanted:
        for item in own:
            if item["id"] == wanted:
                return item
        raise invalid("compare_task_id")
    if kind != "object_compare":
        raise empty("compare_task_id")
    return max(own, key=lambda item: str(evaluate(item.get("start_time"), position)), default={})


def _list(task: Spec, query: Mapping[str, str], limits: Limits, position: ScriptPosition) -> Fields:
    rows = [
        evaluate({name: value for name, value in item.items() if name != "result"}, position)
        for item in task.get("comparisons", [])
    ]
    rows.sort(key=lambda row: str(row.get("start_time") or ""), reverse=True)
    return _paged("data_compare_task_list", rows, query, limits)


def _object_overview(
    task: Spec, query: Mapping[str, str], limits: Limits, position: ScriptPosition
) -> Fields:
    del limits  # an overview of objects has no pages
    item = _comparison(task, query, position)
    if not item:
        return {"compare_result": {"objects_compare_overview_info": None}}
    evaluated = evaluate(
        {name: value for name, value in item.items() if name != "result"}, position
    )
    return {
        "compare_result": {
            "objects_compare_overview_info": {
                "create_time": evaluated.get("start_time"),
                "start_time": evaluated.get("start_time"),
                "status": evaluated.get("status"),
                "export_status": evaluated.get("export_status"),
                "report_remain_seconds": 0,
                "compare_job_id": evaluated["id"],
                "error_msg": evaluated.get("error_msg"),
                "compare_results": list(_objects(item, position).overview),
            }
        }
    }


def _object_detail(
    task: Spec, query: Mapping[str, str], limits: Limits, position: ScriptPosition
) -> Fields:
    kind = query.get("object_type", "")
    if not kind:
        raise empty("object_type")
    if kind not in _OPENED:
        raise invalid("object_type")
    rows = _objects(_comparison(task, query, position), position).details.get(kind, [])
    wanted = [row for row in rows if _named(row, query, limits)] if _names(query) else rows
    found = _paged("objects_compare_detail_infos", wanted, query, limits)
    if not limits.totals:
        del found["total_count"]
    return found


def _objects(item: Spec, position: ScriptPosition) -> ObjectResult:
    result = evaluate(item.get("result"), position)
    return object_result(result) if result else _NO_OBJECTS


def _line_overview(
    task: Spec, query: Mapping[str, str], limits: Limits, position: ScriptPosition
) -> Fields:
    rows = [pair.overview for pair in _lines(task, query, position)]
    return _paged("line_compare_overview_infos", rows, query, limits)


def _line_detail(
    task: Spec, query: Mapping[str, str], limits: Limits, position: ScriptPosition
) -> Fields:
    pairs = _chosen(_lines(task, query, position), query, limits)
    return _paged("line_compare_detail_infos", _joined([p.tables for p in pairs]), query, limits)


def _lines(
    task: Spec, query: Mapping[str, str], position: ScriptPosition
) -> Sequence[ComparedDatabase]:
    result = evaluate(_comparison(task, query, position).get("result"), position)
    return row_result(result) if result else ()


def _value_overview(
    task: Spec, query: Mapping[str, str], limits: Limits, position: ScriptPosition
) -> Fields:
    rows = [pair.overview for pair in _values(task, query, position)]
    return _paged("content_compare_overview_infos", rows, query, limits)


def _value_detail(
    task: Spec, query: Mapping[str, str], limits: Limits, position: ScriptPosition
) -> Fields:
    listed = query.get("compare_detail_type", "compare")
    if listed not in ("compare", "uncompare"):
        raise invalid("compare_detail_type")
    pairs = _chosen(_values(task, query, position), query, limits)
    parts = [pair.compared if listed == "compare" else pair.uncompared for pair in pairs]
    return _paged("content_compare_detail_infos", _joined(parts), query, limits)


def _value_diff(
    task: Spec, query: Mapping[str, str], limits: Limits, position: ScriptPosition
) -> Fields:
    pairs = _chosen(_values(task, query, position), query, limits)
    rows = _joined([pair.differences for pair in pairs])
    info = {
        "count": len(rows),
        "target_meta_is_null": sum(pair.counts["source"] for pair in pairs),
        "source_meta_is_null": sum(pair.counts["target"] for pair in pairs),
        "source_target_meta_not_null": sum(pair.counts["both"] for pair in pairs),
        "contents_infos": page(rows, query, limits),
    }
    found: Fields = {"compare_result": {"content_diff_detail_info": info}}
    return {"total_count": len(rows), **found} if limits.totals else found


def _values(
    task: Spec, query: Mapping[str, str], position: ScriptPosition
) -> Sequence[ValueDatabase]:
    result = evaluate(_comparison(task, query, position).get("result"), position)
    return value_result(result) if result else ()


def _chosen(pairs: Sequence[Pair], query: Mapping[str, str], limits: Limits) -> list[Pair]:
    return [
        pair
        for pair in pairs
        if _named({"source_db_name": pair.source, "target_db_name": pair.target}, query, limits)
    ]


def _names(query: Mapping[str, str]) -> bool:
    """Whether the query names a database."""
    return bool(query.get("source_db_name") or query.get("target_db_name"))


def _named(row: Mapping[str, Any], query: Mapping[str, str], limits: Limits) -> bool:
    """Whether a row is of the databases that the query names, if it names any."""
    return not limits.db_filter or all(
        query.get(name, "") in ("", row.get(name)) for name in ("source_db_name", "target_db_name")
    )


def _joined(parts: Sequence[Sequence[Fields]]) -> Sequence[Fields]:
    # One part is the common case: a database is asked for by name, and nothing is copied.
    return parts[0] if len(parts) == 1 else [row for part in parts for row in part]


def _paged(name: str, rows: Sequence[Fields], query: Mapping[str, str], limits: Limits) -> Fields:
    return {"total_count": len(rows), "compare_result": {name: page(rows, query, limits)}}


_ANSWERS: dict[
    tuple[str, str], Callable[[Spec, Mapping[str, str], Limits, ScriptPosition], Fields]
] = {
    ("data_compare", "list"): _list,
    ("object_compare", "overview"): _object_overview,
    ("object_compare", "detail"): _object_detail,
    ("line_compare", "overview"): _line_overview,
    ("line_compare", "detail"): _line_detail,
    ("content_compare", "overview"): _value_overview,
    ("content_compare", "detail"): _value_detail,
    ("content_compare", "diff"): _value_diff,
}
