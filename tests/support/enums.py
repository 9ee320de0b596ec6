"""Every enumerated value of the reference page and of the vendor's SDK."""

from enum import StrEnum
from typing import cast


def _enum(name: str, values: str) -> type[StrEnum]:
    members = {value.upper().replace("-", "_"): value for value in values.split()}
    return cast("type[StrEnum]", StrEnum(name, members))


TaskStatus = _enum(
    "TaskStatus",
    """CREATING CREATE_FAILED CONFIGURATION STARTJOBING WAITING_FOR_START START_JOB_FAILED PAUSING
    FULL_TRANSFER_STARTED FULL_TRANSFER_FAILED FULL_TRANSFER_COMPLETE INCRE_TRANSFER_STARTED
    INCRE_TRANSFER_FAILED RELEASE_RESOURCE_STARTED RELEASE_RESOURCE_FAILED
    RELEASE_RESOURCE_COMPLETE REBUILD_NODE_STARTED REBUILD_NODE_FAILED CHANGE_JOB_STARTED
    CHANGE_JOB_FAILED DELETED CHILD_TRANSFER_STARTING CHILD_TRANSFER_STARTED
    CHILD_TRANSFER_COMPLETE CHILD_TRANSFER_FAILED RELEASE_CHILD_TRANSFER_STARTED
    RELEASE_CHILD_TRANSFER_COMPLETE NODE_UPGRADE_START NODE_UPGRADE_COMPLETE
    NODE_UPGRADE_FAILED""",
)
JobType = _enum("JobType", "migration sync cloudDataGuard replay")
TaskType = _enum("TaskType", "FULL_TRANS FULL_INCR_TRANS INCR_TRANS")
JobDirection = _enum("JobDirection", "up down non-dbs")
NetType = _enum("NetType", "eip vpc vpn")
ChargingMode = _enum("ChargingMode", "period on_demand")
EngineType = _enum(
    "EngineType",
    "oracle-to-gaussdbv5 redis-to-gaussredis rediscluster-to-gaussredis mysql-to-mysql",
)
DbType = _enum("DbType", "oracle gaussdbv5 redis rediscluster gaussredis mysql")
EndpointType = _enum("EndpointType", "offline ecs cloud")
EndpointRole = _enum("EndpointRole", "so ta")
ConflictPolicy = _enum("ConflictPolicy", "ignore stop overwrite")
Topology = _enum("Topology", "one2one one2many many2one")
SyncTypePolicy = _enum("SyncTypePolicy", "supportAllType tableData tableStructure constraintData")
SetDnsAction = _enum("SetDnsAction", "add keep update recover")
NodeType = _enum("NodeType", "micro small medium high")
IsWritable = _enum("IsWritable", "pending success")
NetworkStatus = _enum("NetworkStatus", "success failed")
PrecheckResultValue = _enum("PrecheckResultValue", "PASSED ALARM FAILED")
LogLevel = _enum("LogLevel", "Info Warn Error")
ObjectStatus = _enum("ObjectStatus", "NOT_START TRANSFERING COMPLETED FAILED TRANSFER_WHEN_END")
CompareTaskStatus = _enum(
    "CompareTaskStatus",
    """RUNNING WAITING_FOR_RUNNING SUCCESSFUL FAILED CANCELLED TIMEOUT_INTERRUPT FULL_DOING
    INCRE_DOING""",
)
CompareStatus = _enum(
    "CompareStatus",
    """CONSISTENT INCONSISTENT COMPARING WAITING_FOR_COMPARISON FAILED_TO_COMPARE
    TARGET_DB_NOT_EXIST CAN_NOT_COMPARE WAIT_FOR_COMPARE CANCELED""",
)
ComparedObject = _enum(
    "ComparedObject",
    """DB TABLE VIEW EVENT ROUTINE INDEX TRIGGER SYNONYM FUNCTION PROCEDURE TYPE RULE DEFAULT_TYPE
    PLAN_GUIDE CONSTRAINT FILE_GROUP PARTITION_FUNCTION PARTITION_SCHEME TABLE_COLLATION
    EXTENSIONS""",
)
DetailType = _enum(
    "DetailType", "detail network precheck progress log compare file is_writable cloud_connection"
)
CompareType = _enum("CompareType", "object_compare line_compare content_compare data_compare")
QueryType = _enum("QueryType", "overview list detail diff")
OpenedObject = _enum("OpenedObject", "DB TABLE INDEX")
CompareDetailType = _enum("CompareDetailType", "compare uncompare")
Language = _enum("Language", "en-us zh-cn")
