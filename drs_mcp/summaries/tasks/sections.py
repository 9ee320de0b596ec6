"""The rest of `type=detail`, opened section by section: every field of Table 5 has a home."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.task import BaseInfo
from drs_mcp.api.wire.types import Text
from drs_mcp.api.wire.values import record, records, text
from drs_mcp.summaries.answer import NextCall, Table, plural, table
from drs_mcp.summaries.tasks.card import DetailAnswer, task_label, task_status

FIELD_PLACES: dict[str, str] = {
    "id": "card",
    "status": "card",
    "create_time": "card",
    "total_count": "tables",
    "master_job_id": "card",
    "base_info": "card",
    "source_endpoint": "endpoints",
    "target_endpoint": "endpoints",
    "connection_management": "endpoints",
    "public_ip_list": "network",
    "bind_public_ip_state": "network",
    "children": "network",
    "policy_config": "policy",
    "tuning_params": "tuning",
    "db_param": "parameters",
    "user_migration": "users",
    "node_info": "node",
    "task_version": "node",
    "alarm_notify": "alarms",
    "speed_limit": "alarms",
    "period_order": "billing",
    "instance_features": "features",
    "logs": "get_logs",
    "network_results": "get_network_test",
    "precheck_result": "get_precheck",
    "progress_info": "get_progress",
    "migration_object_progress_info": "get_progress",
    "metrics": "get_progress",
    "compare_result": "get_compare_detail",
    "support_import_file_resp": "get_object_import",
    "is_writable": "get_writable_status",
}
"""Field of Table 5 -> the section or the tool that shows it."""

Section = Literal[
    "",
    "endpoints",
    "network",
    "policy",
    "tuning",
    "parameters",
    "users",
    "node",
    "alarms",
    "billing",
    "features",
    "tags",
    "all",
]
Leaf = str | int | float | bool

SECTIONS: tuple[str, ...] = get_args(Section)[1:]
"""Without the empty one, which is the card."""

_BASE_INFO = {
    "network": ("net_type",),
    "billing": ("charging_mode", "enterprise_project_id"),
    "tags": ("tags",),
    "policy": ("is_open_fast_clean", "multi_write"),
}
_ENDPOINT_NETWORK = ("vpc", "cloud", "customized_dns")


def opened_section(job: Job, section: str, *, job_ref: str, offset: int = 0) -> DetailAnswer:
    """A section of the task whose `job` object (Table 5) this is."""
    state = task_status(job)
    fields, unknown = _section(job, section, job_ref=job_ref, offset=offset)
    scope = "all settings" if section == "all" else f"section {section}"
    return DetailAnswer(
        headline=f"{task_label(job)}, {scope}: {plural(fields.total, 'field')}.",
        id=text(job.get("id")),
        status=state.value,
        fields=fields,
        notes=[f"{plural(unknown, 'field')} not known here: not shown."] if unknown else [],
    )


def fields_of(job: Job, *names: str) -> Table:
    """Every known scalar of some fields of Table 5, by its path."""
    part = {name: job[name] for name in names if name in job}  # type: ignore[literal-required]
    return table(("field", "value"), list(_Leaves().of("", part, Job)))


def _section(job: Job, section: str, *, job_ref: str, offset: int) -> tuple[Table, int]:
    """The fields as rows of path and value, in the API's own names; how many no shape knows."""
    leaves = _Leaves()
    rows = [
        leaf
        for name, value in _part(job, section).items()
        for leaf in leaves.of("", {name: value}, Job if name in _OF_JOB else BaseInfo)
    ]
    made = table(
        ("field", "value"),
        rows[offset:],
        total=len(rows),
        start=offset,
        more=NextCall(tool="get_job_detail", args={"job": job_ref, "section": section}),
    )
    return made, leaves.unknown


def _part(job: Job, section: str) -> dict[str, Any]:
    if section == "all":
        return dict(job)
    part = {name: value for name, value in job.items() if FIELD_PLACES.get(name) == section}
    base = record(job.get("base_info"))
    part |= {name: base[name] for name in _BASE_INFO.get(section, ()) if name in base}
    if section == "network":
        for side in ("source_endpoint", "target_endpoint"):
            part[side] = [
                {name: found[name] for name in _ENDPOINT_NETWORK if name in found}
                for found in records(job.get(side))
            ]
        part["node_info"] = {"vpc": record(job.get("node_info")).get("vpc")}
    if section == "features":
        part |= {name: value for name, value in job.items() if name not in FIELD_PLACES}
    return part


@dataclass
class _Leaves:
    """Walks over a part of a task beside its shape; what no shape knows is counted, not shown."""

    unknown: int = 0

    def of(self, path: str, value: Any, shape: Any) -> Iterator[tuple[str, Leaf]]:
        """Every known scalar with its path: `source_endpoint.endpoint.ip`, `tags.owner`."""
        if isinstance(value, dict):
            named = _named(value)
            if named is not None:
                yield (f"{path}.{named[0]}" if path else named[0], named[1])
                return
            known = _fields(shape)
            for key, item in value.items():
                if known is not None and key not in known:
                    self.unknown += 1
                    continue
                hint = _OPEN if known is None else known[key]
                yield from self.of(f"{path}.{key}" if path else str(key), item, hint)
        elif isinstance(value, list):
            inner = _item(shape)
            for number, item in enumerate(value):
                lone = len(value) == 1 or (isinstance(item, dict) and _named(item) is not None)
                yield from self.of(path if lone else f"{path}[{number}]", item, inner)
        elif isinstance(value, str | int | float) and (value != "" or path in _CODED):
            if shape is object:
                self.unknown += 1
            else:
                yield (path, _in_words(path, value))


_CODED: dict[str, dict[str, str]] = {
    "period_order.period_type": {"2": "2 (by month)", "3": "3 (by year)"},
    "period_order.is_auto_renew": {"0": "0 (not renewed by itself)", "1": "1 (renewed by itself)"},
    "policy_config.filter_ddl_policy": {"": "empty (DROP DATABASE is not filtered)"},
}
"""What the page says that a coded value means (Tables 20 and 25), the empty one too."""


def _in_words(path: str, value: Leaf) -> Leaf:
    return _CODED.get(path, {}).get(str(value).strip(), value)


_OF_JOB = frozenset(get_type_hints(Job))
_OPEN = Text
"""What an object holds whose keys DRS chooses (`instance_features`): scalars and nothing else."""


@cache
def _fields(shape: Any) -> dict[str, Any] | None:
    """The fields of an object's shape; None where its keys are free."""
    for part in (shape, *get_args(shape)):
        if is_typeddict(part):
            return get_type_hints(part)
        if get_origin(part) is dict:
            return None
    return {}


def _item(shape: Any) -> Any:
    """The shape of a list's items."""
    for part in (shape, *get_args(shape)):
        if get_origin(part) is list:
            return get_args(part)[0]
    return shape


def _named(value: dict[str, Any]) -> tuple[str, Leaf] | None:
    """A key-and-value pair of Tables 7, 22 and 24 as one leaf."""
    for key, content in (("key", "value"), ("key", "target_value"), ("param_name", "param_value")):
        name, found = value.get(key), value.get(content)
        if isinstance(name, str) and isinstance(found, str | int | float):
            off = " (not available)" if value.get("availability") is False else ""
            return name, f"{found}{off}" if off else found
    return None
