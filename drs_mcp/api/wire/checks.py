"""Logs, checks and progress on the wire (Tables 30 to 39).

Every field may be absent or null, a number may come for a string and a string for a number: the
types say so, and `values` reads them. Rows stay dicts; nothing is copied or validated.
"""

from typing import TypedDict

from drs_mcp.api.wire.types import Flag, Text


class LogEntry(TypedDict, total=False):
    """A log entry (Table 30)."""

    level: Text
    message: Text
    create_time: Text


class NetworkResult(TypedDict, total=False):
    """A tested connection (Table 31)."""

    ip: Text
    success: Flag
    result: Text
    status: Text
    error_code: Text
    error_msg: Text


class PrecheckResult(TypedDict, total=False):
    """A pre-check (Table 32)."""

    result: Flag
    process: Text
    total_passed_rate: Text
    rds_instance_id: Text
    job_direction: Text
    precheck_results: "list[PrecheckItemResult] | None"


class PrecheckItemResult(TypedDict, total=False):
    """An item of a pre-check (Table 33)."""

    item: Text
    result: Text
    failed_reason: Text
    data: Text
    raw_error_msg: Text
    group: Text
    is_support_skip: Flag
    is_skipped: Flag
    failed_sub_jobs: "list[FailedSubJob] | None"


class FailedSubJob(TypedDict, total=False):
    """A subtask that failed an item (Table 34)."""

    id: Text
    name: Text
    check_result: Text


class ProgressInfo(TypedDict, total=False):
    """How far a task is (Table 35)."""

    progress: Text
    incr_trans_delay: Text
    incr_trans_delay_millis: Text
    task_mode: Text
    transfer_status: Text
    process_time: Text
    remaining_time: Text
    progress_map: dict[str, "StageProgress"] | None


class StageProgress(TypedDict, total=False):
    """How far a stage of the full phase is (Table 36)."""

    completed: Text
    remaining_time: Text


class ObjectProgress(TypedDict, total=False):
    """How far each object type is (Table 37)."""

    migration_object_overview: "list[ObjectOverview] | None"
    create_time: Text
    full_start_time: Text
    full_complete_time: Text
    incr_start_time: Text
    end_time: Text


class ObjectOverview(TypedDict, total=False):
    """Count of one object type (Table 38)."""

    type: Text
    src_count: Text
    dst_count: Text
    status: Text
    start_time: Text
    end_time: Text


class Metrics(TypedDict, total=False):
    """Load of the node (Table 39)."""

    job_id: Text
    node_id: Text
    time_stamp: Text
    cpu_util: Text
    mem_util: Text
    network_incoming_bytes_rate: Text
    network_outgoing_bytes_rate: Text
    disk_read_bytes_rate: Text
    disk_write_bytes_rate: Text
    apply_rows_rate: Text
    apply_transactions_rate: Text
    apply_ddl_rate: Text
    apply_average_execute_time: Text
    apply_average_commit_time: Text
    apply_current_state: Text
