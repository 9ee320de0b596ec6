"""A task's card, from `type=detail` (Tables 5, 6, 8 to 29)."""

from datetime import datetime

from pydantic import BaseModel

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import (
    Row,
    amount,
    count,
    flag,
    moment,
    number,
    record,
    records,
    text,
    word,
)
from drs_mcp.clock import iso
from drs_mcp.knowledge.statuses import Status, status
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import Name, Quoted
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table
from drs_mcp.summaries.tasks.flow_windows import FULL_PHASE_RUNS, is_inside
from drs_mcp.summaries.tasks.told_errors import notes_of_errors

DEFAULT_EXPIRED_DAYS = 14
"""What Table 6 says holds when `expired_days` is not given."""

DOCUMENTED_LINKS = frozenset(
    {
        "mysql-to-mysql",
        "oracle-to-gaussdbv5",
        "redis-to-gaussredis",
        "rediscluster-to-gaussredis",
    }
)
"""The links that the reference page says the API is for; others are answered all the same."""


class Endpoint(BaseModel):
    """One database of a task (Tables 8 to 13)."""

    db: Name | None = None
    kind: Name | None = None
    address: Name | None = None
    instance: Name | None = None
    db_name: Name | None = None
    user: Name | None = None
    ssl: bool | None = None


class DetailAnswer(Answer, Closing):
    """Answer of `get_job_detail`; `fields` holds an opened section.

    `auto_stop_days`: a task that fails and is left as it is stops after so many days.
    """

    essential = frozenset({"id", "status"})

    id: Name | None = None
    name: Name | None = None
    status: Name | None = None
    master_job_id: Name | None = None
    fields: Table = Table()
    scenario: Name | None = None
    task_type: Name | None = None
    engine: Name | None = None
    direction: Name | None = None
    network: Name | None = None
    dr_mode: Name | None = None
    source: list[Endpoint] = []
    destination: list[Endpoint] = []
    destination_read_only: bool | None = None
    conflict_policy: Name | None = None
    ddl: Name | None = None
    indexes: Name | None = None
    objects: Name | None = None
    topology: Name | None = None
    filtered_ddl: Name | None = None
    flow_control: list[Name] = []
    delay_alarm_s: int | None = None
    rpo_alarm_s: int | None = None
    rto_alarm_s: int | None = None
    node: Name | None = None
    created: Name | None = None
    scheduled_start: Name | None = None
    auto_stop_days: int | None = None
    billing: Name | None = None
    description: Quoted | None = None
    subtasks_without_eip: list[Name] = []
    version: Name | None = None


def task_label(job: Job) -> str:
    """How our sentences call the task: its name marked off, or just `The task`."""
    name = as_name(text(record(job.get("base_info")).get("name")))
    return f"Task {name}" if name else "The task"


def task_status(job: Job) -> Status:
    """The task's status with its meaning for this type of task."""
    return status(word(job.get("status")), word(record(job.get("base_info")).get("task_type")))


def detail_answer(job: Job, *, job_ref: str, now: datetime | None = None) -> DetailAnswer:
    """The card of the task whose `job` object (Table 5) this is; *job_ref* is the caller's `job`."""
    base = record(job.get("base_info"))
    policy = record(job.get("policy_config"))
    alarms = record(job.get("alarm_notify"))
    state = task_status(job)
    created = moment(job.get("create_time"))
    targets = records(job.get("target_endpoint"))
    scenario = text(base.get("job_type"))
    return DetailAnswer(
        headline=_headline(job, state),
        id=text(job.get("id")),
        name=text(base.get("name")),
        status=state.value,
        master_job_id=text(job.get("master_job_id")),
        scenario=scenario,
        task_type=text(base.get("task_type")),
        engine=text(base.get("engine_type")),
        direction=text(base.get("job_direction")),
        network=text(base.get("net_type")),
        dr_mode=_dr_mode(base),
        source=[_endpoint(found) for found in records(job.get("source_endpoint"))],
        destination=[_endpoint(found) for found in targets],
        destination_read_only=_read_only(targets),
        conflict_policy=text(policy.get("conflict_policy")),
        ddl=_ddl(policy),
        indexes=_choice(policy.get("index_trans"), "all", "primary and unique only"),
        objects=text(policy.get("sync_type_policy")),
        topology=_not_default(policy.get("data_sync_topology_type"), "one2one"),
        filtered_ddl=_filtered_ddl(policy),
        flow_control=flow_control(job, state, now),
        delay_alarm_s=count(alarms.get("delay_time")) or None,
        rpo_alarm_s=count(alarms.get("rpo_delay")) or None,
        rto_alarm_s=count(alarms.get("rto_delay")) or None,
        node=text(record(record(job.get("node_info")).get("spec")).get("node_type")),
        created=iso(created) if created else None,
        scheduled_start=_time(base.get("start_time")),
        auto_stop_days=None
        if not (base or state.value) or state.group in ("finished", "deleted")
        else count(base.get("expired_days")) or DEFAULT_EXPIRED_DAYS,
        billing=text(base.get("charging_mode")),
        description=text(base.get("description")),
        subtasks_without_eip=[
            text(child.get("name")) or text(child.get("id")) or "?"
            for child in records(job.get("children"))
        ],
        version=text(job.get("task_version")),
        notes=[*notes_of_errors(detail=job), *_notes(job, text(base.get("engine_type")))],
        next=_next(state, job_ref),
    )


def _notes(job: Job, link: str | None) -> list[str]:
    """Where something is missing: why it may be."""
    whole = all(job.get(part) for part in ("source_endpoint", "target_endpoint", "policy_config"))
    if whole or link is None or link in DOCUMENTED_LINKS:
        return []
    return ["DRS documents its API for four links, not for this one: some fields may be missing."]


def _headline(job: Job, state: Status) -> str:
    base = record(job.get("base_info"))
    engine = as_word(text(base.get("engine_type")))
    scenario = as_word(text(base.get("job_type")))
    # `cloudDataGuard-mysql` tells its scenario itself.
    has_scenario = engine is not None and engine.startswith(scenario or " ")
    kind = engine if has_scenario else " ".join(part for part in (engine, scenario) if part)
    label = f"{task_label(job)} ({kind})" if kind else task_label(job)
    meaning = _meaning(state, text(base.get("job_type")))
    status_word = as_word(state.value) or "an unknown status"
    return f"{label}: {meaning} ({status_word})." if meaning else f"{label} has {status_word}."


def _meaning(state: Status, scenario: str | None) -> str:
    if scenario == "cloudDataGuard" and state.meaning_dr:
        return state.meaning_dr
    return state.meaning


def _dr_mode(base: Row) -> str | None:
    if text(base.get("job_type")) != "cloudDataGuard":
        return None
    return _choice(base.get("multi_write"), "dual-active", "single-active")


def _choice(value: object, yes: str, no: str) -> str | None:
    known = flag(value)
    return None if known is None else yes if known else no


def _not_default(value: object, default: str) -> str | None:
    found = text(value)
    return None if found == default else found


def _filtered_ddl(policy: Row) -> str | None:
    """The DDL that is filtered; the page says what an empty policy means (Table 20)."""
    if policy.get("filter_ddl_policy") == "":
        return "none: DROP DATABASE is not filtered"
    return text(policy.get("filter_ddl_policy"))


def _ddl(policy: Row) -> str | None:
    synchronised = flag(policy.get("ddl_trans"))
    if synchronised is False:
        return "not synchronised"
    listed = text(policy.get("support_ddl_info"))
    return listed or ("synchronised" if synchronised else None)


def _read_only(targets: list[Row]) -> bool | None:
    for target in targets:
        if (known := flag(record(target.get("config")).get("is_target_readonly"))) is not None:
            return known
    return None


def _endpoint(found: Row) -> Endpoint:
    database = record(found.get("endpoint"))
    address = text(database.get("ip"))
    port = text(database.get("db_port"))
    return Endpoint(
        db=text(found.get("db_type")) or text(database.get("endpoint_name")),
        kind=text(found.get("endpoint_type")),
        address=f"{address}:{port}" if address and port and ":" not in address else address,
        instance=text(database.get("instance_name")) or text(database.get("instance_id")),
        db_name=text(database.get("db_name")),
        user=text(database.get("db_user")),
        ssl=flag(record(found.get("ssl")).get("ssl_link")),
    )


def flow_control(job: Job, state: Status, now: datetime | None = None) -> list[str]:
    """The flow-control windows (Table 16), and whether they act: `16:00-15:59 UTC: 10 MB/s, acts now`."""
    windows = records(job.get("speed_limit"))
    return [
        f"{text(window.get('begin')) or '?'}-{text(window.get('end')) or '?'} UTC: "
        f"{_speed(window.get('speed'))} MB/s, {_acts(window, state, now)}"
        for window in windows
        if number(window.get("speed")) != 0
    ]


def _acts(window: Row, state: Status, now: datetime | None) -> str:
    if state.value not in FULL_PHASE_RUNS:
        return "acts in the full phase only"
    if now is None:
        return "acts in its hours"
    return "acts now" if is_inside(window, now) else "does not act at this hour"


def _speed(value: object) -> str:
    speed = amount(value)
    return "?" if speed is None else str(speed)


def _time(value: object) -> str | None:
    found = moment(value)
    return iso(found) if found else None


def _next(state: Status, job_ref: str) -> list[NextCall]:
    if state.group == "failed":
        return [NextCall(tool="get_logs", args={"job": job_ref})]
    if state.group in ("running", "unknown", "paused"):
        return [NextCall(tool="get_progress", args={"job": job_ref})]
    return []
