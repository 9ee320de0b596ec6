"""The wire shapes of every response table of the reference page (Tables 4 to 56), and of the list.

Every field may be absent or null, a number may come for a string and a string for a number: the
types say so, and `values` reads them. Rows stay dicts; nothing is copied or validated.
"""

from typing import TypedDict

from drs_mcp.api.wire.checks import (
    FailedSubJob,
    LogEntry,
    Metrics,
    NetworkResult,
    ObjectOverview,
    ObjectProgress,
    PrecheckItemResult,
    PrecheckResult,
    ProgressInfo,
    StageProgress,
)
from drs_mcp.api.wire.compare import (
    CompareResult,
    CompareTaskRow,
    ContentCompareDetail,
    ContentCompareOverview,
    ContentDiff,
    ContentDiffRow,
    LineCompareDetail,
    LineCompareOverview,
    ObjectCompareDetail,
    ObjectCompareOverview,
    ObjectCompareType,
)
from drs_mcp.api.wire.task import (
    AlarmNotify,
    BaseInfo,
    Child,
    Cloud,
    ConnectionManagement,
    CustomizedDns,
    DbParam,
    DbParamValue,
    DriverManagement,
    Endpoint,
    EndpointConfig,
    ImportFile,
    JobEndpoint,
    MigratedRole,
    MigratedUser,
    NodeBaseInfo,
    NodeInfo,
    NodeSpec,
    NodeVpc,
    PeriodOrder,
    PolicyConfig,
    PublicIp,
    SpeedLimit,
    Ssl,
    Tag,
    TuningParam,
    TuningParams,
    UserMigration,
    Vpc,
)
from drs_mcp.api.wire.types import Flag, Number, Text


class Job(TypedDict, total=False):
    """A task, with what its `type` asked for (Table 5)."""

    id: Text
    status: Text
    create_time: Text
    total_count: Number
    master_job_id: Text
    base_info: "BaseInfo | None"
    source_endpoint: "list[JobEndpoint] | None"
    target_endpoint: "list[JobEndpoint] | None"
    alarm_notify: "AlarmNotify | None"
    speed_limit: "list[SpeedLimit] | None"
    user_migration: "UserMigration | None"
    policy_config: "PolicyConfig | None"
    db_param: "DbParam | None"
    tuning_params: "TuningParams | None"
    period_order: "PeriodOrder | None"
    node_info: "NodeInfo | None"
    logs: "list[LogEntry] | None"
    network_results: "list[NetworkResult] | None"
    precheck_result: "PrecheckResult | None"
    progress_info: "ProgressInfo | None"
    migration_object_progress_info: "ObjectProgress | None"
    metrics: "Metrics | None"
    compare_result: "CompareResult | None"
    support_import_file_resp: "ImportFile | None"
    instance_features: dict[str, Text] | None
    task_version: Text
    connection_management: "ConnectionManagement | None"
    public_ip_list: "list[PublicIp] | None"
    bind_public_ip_state: Text
    children: "list[Child] | None"
    is_writable: Text
    diagnoses: list[object] | None  # from here on: the vendor SDK knows them, the page does not
    sync_mode: Text
    job_kernel_direction: Text


class ShowJobAnswer(TypedDict, total=False):
    """Answer of `GET /v5/{project_id}/jobs/{job_id}` (Table 4)."""

    job: Job | None


class ErrorBody(TypedDict, total=False):
    """Body of an error (Table 56)."""

    error_code: Text
    error_msg: Text


class ListedJob(TypedDict, total=False):
    """A row of the task list; subtasks stand in `children`."""

    id: Text
    name: Text
    status: Text
    description: Text
    create_time: Text
    engine_type: Text
    net_type: Text
    charging_mode: Text
    billing_tag: Flag
    job_direction: Text
    job_type: Text
    task_type: Text
    enterprise_project_id: Text
    job_mode: Text
    job_mode_role: Text
    is_multi_az: Flag
    node_role: Text
    node_new_framework: Flag
    job_action: dict[str, object] | None
    children: "list[ListedJob] | None"


class ListJobsAnswer(TypedDict, total=False):
    """Answer of `GET /v5/{project_id}/jobs`."""

    total_count: Number
    jobs: list[ListedJob] | None


TABLES: dict[int, type] = {
    4: ShowJobAnswer,
    5: Job,
    6: BaseInfo,
    7: Tag,
    8: JobEndpoint,
    9: Endpoint,
    10: Cloud,
    11: Vpc,
    12: EndpointConfig,
    13: Ssl,
    14: CustomizedDns,
    15: AlarmNotify,
    16: SpeedLimit,
    17: UserMigration,
    18: MigratedUser,
    19: MigratedRole,
    20: PolicyConfig,
    21: DbParam,
    22: DbParamValue,
    23: TuningParams,
    24: TuningParam,
    25: PeriodOrder,
    26: NodeInfo,
    27: NodeSpec,
    28: NodeVpc,
    29: NodeBaseInfo,
    30: LogEntry,
    31: NetworkResult,
    32: PrecheckResult,
    33: PrecheckItemResult,
    34: FailedSubJob,
    35: ProgressInfo,
    36: StageProgress,
    37: ObjectProgress,
    38: ObjectOverview,
    39: Metrics,
    40: CompareResult,
    41: ObjectCompareOverview,
    42: ObjectCompareType,
    43: ObjectCompareDetail,
    44: CompareTaskRow,
    45: LineCompareOverview,
    46: LineCompareDetail,
    47: ContentCompareOverview,
    48: ContentCompareDetail,
    49: ContentDiff,
    50: ContentDiffRow,
    51: ImportFile,
    52: ConnectionManagement,
    53: DriverManagement,
    54: PublicIp,
    55: Child,
    56: ErrorBody,
}
"""Number of the table on the reference page -> its shape."""

ADDED: dict[int, frozenset[str]] = {
    5: frozenset({"diagnoses", "sync_mode", "job_kernel_direction"}),
    20: frozenset({"is_create_table_with_index"}),
    44: frozenset({"options", "dynamic_compare_delay"}),
}
"""Fields that the vendor's SDK knows and the page does not."""
