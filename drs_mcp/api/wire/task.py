"""A task and its settings on the wire (Tables 5 to 29, 51 to 55).

Every field may be absent or null, a number may come for a string and a string for a number: the
types say so, and `values` reads them. Rows stay dicts; nothing is copied or validated.
"""

from typing import TypedDict

from drs_mcp.api.wire.types import Flag, Number, Text


class BaseInfo(TypedDict, total=False):
    """Basic facts of a task (Table 6)."""

    name: Text
    job_type: Text
    multi_write: Flag
    engine_type: Text
    job_direction: Text
    task_type: Text
    net_type: Text
    charging_mode: Text
    enterprise_project_id: Text
    description: Text
    start_time: Text
    expired_days: Text
    tags: "list[Tag] | None"
    is_open_fast_clean: Flag


class Tag(TypedDict, total=False):
    """A tag of a task (Table 7)."""

    key: Text
    value: Text


class JobEndpoint(TypedDict, total=False):
    """A database that a task reads or writes (Table 8)."""

    db_type: Text
    endpoint_type: Text
    endpoint_role: Text
    endpoint: "Endpoint | None"
    cloud: "Cloud | None"
    vpc: "Vpc | None"
    config: "EndpointConfig | None"
    ssl: "Ssl | None"
    customized_dns: "CustomizedDns | None"


class Endpoint(TypedDict, total=False):
    """Address and account of a database (Table 9)."""

    id: Text
    endpoint_name: Text
    ip: Text
    db_port: Text
    db_user: Text
    db_password: Text
    instance_id: Text
    instance_name: Text
    db_name: Text
    source_sharding: "list[Endpoint] | None"


class Cloud(TypedDict, total=False):
    """Where a cloud database is (Table 10)."""

    region: Text
    project_id: Text
    az_code: Text


class Vpc(TypedDict, total=False):
    """Network of a cloud database (Table 11)."""

    vpc_id: Text
    subnet_id: Text
    security_group_id: Text


class EndpointConfig(TypedDict, total=False):
    """Settings of a database (Table 12)."""

    is_target_readonly: Flag
    node_num: Number


class Ssl(TypedDict, total=False):
    """Certificate of a connection (Table 13)."""

    ssl_link: Flag
    ssl_cert_name: Text
    ssl_cert_key: Text
    ssl_cert_check_sum: Text
    ssl_cert_password: Text


class CustomizedDns(TypedDict, total=False):
    """Name servers of a connection (Table 14)."""

    is_set_dns: Flag
    set_dns_action: Text
    dns_ip: Text


class AlarmNotify(TypedDict, total=False):
    """Thresholds that raise an alarm (Table 15)."""

    alarm_to_user: Flag
    topic_urn: Text
    delay_time: Number
    rpo_delay: Number
    rto_delay: Number


class SpeedLimit(TypedDict, total=False):
    """A window in which the speed is limited (Table 16)."""

    begin: Text
    end: Text
    speed: Text


class UserMigration(TypedDict, total=False):
    """Users that move along (Table 17)."""

    is_migrate_user: Flag
    is_set_password: Flag
    password: Text
    user_list: "list[MigratedUser] | None"
    role_list: "list[MigratedRole] | None"


class MigratedUser(TypedDict, total=False):
    """A user that moves along (Table 18)."""

    id: Text
    account: Text
    is_set_password: Flag
    password: Text


class MigratedRole(TypedDict, total=False):
    """A role that moves along (Table 19)."""

    role: Text


class PolicyConfig(TypedDict, total=False):
    """Policies of a task (Table 20)."""

    filter_ddl_policy: Text
    conflict_policy: Text
    index_trans: Flag
    ddl_trans: Flag
    data_sync_topology_type: Text
    support_ddl_info: Text
    sync_type_policy: Text
    increment_read_mode: Text
    dml_types: Text
    is_create_table_with_index: Flag  # the vendor SDK knows it, the page does not


class DbParam(TypedDict, total=False):
    """Database parameters of a task (Table 21)."""

    common: "list[DbParamValue] | None"
    performance: "list[DbParamValue] | None"


class DbParamValue(TypedDict, total=False):
    """A database parameter (Table 22)."""

    key: Text
    target_value: Text


class TuningParams(TypedDict, total=False):
    """Advanced settings by stage (Table 23)."""

    full_sync: "list[TuningParam] | None"
    incre_capture: "list[TuningParam] | None"
    incre_apply: "list[TuningParam] | None"
    incre_relay: "list[TuningParam] | None"


class TuningParam(TypedDict, total=False):
    """An advanced setting (Table 24)."""

    param_name: Text
    param_value: Text
    availability: Flag


class PeriodOrder(TypedDict, total=False):
    """A yearly or monthly order (Table 25)."""

    period_type: Number
    period_num: Number
    is_auto_renew: Number


class NodeInfo(TypedDict, total=False):
    """The node that runs a task (Table 26)."""

    spec: "NodeSpec | None"
    vpc: "NodeVpc | None"
    base_info: "NodeBaseInfo | None"


class NodeSpec(TypedDict, total=False):
    """Size of a node (Table 27)."""

    node_type: Text


class NodeVpc(TypedDict, total=False):
    """Network of a node (Table 28)."""

    vpc_id: Text
    subnet_id: Text
    custom_node_ip: Text
    security_group_id: Text


class NodeBaseInfo(TypedDict, total=False):
    """Kind and place of a node (Table 29)."""

    instance_type: Text
    arch: Text
    availability_zone: Text
    status: Text
    role: Text


class ImportFile(TypedDict, total=False):
    """Limits of importing objects by file (Table 51)."""

    file_size: Text
    previous_select: Text


class ConnectionManagement(TypedDict, total=False):
    """Drivers of a connection (Table 52)."""

    driver_management: "DriverManagement | None"


class DriverManagement(TypedDict, total=False):
    """A driver (Table 53)."""

    driver_name: Text


class PublicIp(TypedDict, total=False):
    """An EIP of a task (Table 54)."""

    id: Text
    public_ip: Text
    type: Text


class Child(TypedDict, total=False):
    """A subtask whose EIP could not be bound (Table 55)."""

    id: Text
    name: Text
