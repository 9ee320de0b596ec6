"""A DRS whose answers hold every response field of the reference page, each with a telling value."""

import copy
from typing import get_args, get_origin, get_type_hints, is_typeddict

import httpx2

JOB = "c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r"
NODE = "7a1f0c7e-51d4-4ad9-a8f3-000000000001"

DETAIL = {
    "create_time": "2026-11-01T08:00:00Z",
    "master_job_id": "0c5f7d3e-8e09-4a5d-8dd6-cc44f78jb30r",
    "base_info": {
        "name": "shop-sync",
        "job_type": "migration",
        "multi_write": False,
        "engine_type": "mysql-to-mysql",
        "job_direction": "up",
        "task_type": "FULL_INCR_TRANS",
        "net_type": "vpn",
        "charging_mode": "period",
        "enterprise_project_id": "0",
        "description": "moves the shop",
        "start_time": "1793520000000",
        "expired_days": "21",
        "tags": [{"key": "owner", "value": "dba"}],
        "is_open_fast_clean": False,
    },
    "source_endpoint": [
        {
            "db_type": "mysql",
            "endpoint_type": "offline",
            "endpoint_role": "so",
            "endpoint": {
                "id": "e-1",
                "endpoint_name": "mysql",
                "ip": "10.1.1.1",
                "db_port": "3306",
                "db_user": "reader",
                "db_password": "Kx7!pq-92Lm",
                "instance_id": "i-1",
                "instance_name": "shop-source",
                "db_name": "shop",
                "source_sharding": [{"ip": "10.1.1.9", "db_port": "3307", "db_user": "shard"}],
            },
            "cloud": {"region": "cn-north-4", "project_id": "p-1", "az_code": "cn-north-4a"},
            "vpc": {"vpc_id": "v-1", "subnet_id": "s-1", "security_group_id": "g-1"},
            "config": {"is_target_readonly": False, "node_num": 2},
            "ssl": {
                "ssl_link": True,
                "ssl_cert_name": "ca.pem",
                "ssl_cert_key": "Zm9vYmFyYmF6cXV4",
                "ssl_cert_check_sum": "9f86d081",
                "ssl_cert_password": "Vt5?lk-31Op",
            },
            "customized_dns": {
                "is_set_dns": True,
                "set_dns_action": "modify",
                "dns_ip": "10.1.0.2",
            },
        }
    ],
    "target_endpoint": [
        {
            "db_type": "mysql",
            "endpoint_type": "cloud",
            "endpoint_role": "ta",
            "endpoint": {"instance_id": "i-2", "instance_name": "shop-cloud", "db_user": "root"},
            "config": {"is_target_readonly": True, "node_num": 4},
        }
    ],
    "alarm_notify": {
        "alarm_to_user": True,
        "topic_urn": "urn:smn:cn-north-4:p1:alarms",
        "delay_time": 60,
        "rpo_delay": 30,
        "rto_delay": 40,
    },
    "speed_limit": [{"begin": "16:00", "end": "15:59", "speed": "10"}],
    "user_migration": {
        "is_migrate_user": True,
        "is_set_password": True,
        "password": "Hq8#mn-77Rt",
        "user_list": [
            {"id": "u-1", "account": "app", "is_set_password": True, "password": "Bw3%xy-10Qa"}
        ],
        "role_list": [{"role": "reporting"}],
    },
    "policy_config": {
        "filter_ddl_policy": "drop_database",
        "conflict_policy": "stop",
        "index_trans": True,
        "ddl_trans": True,
        "data_sync_topology_type": "one2many",
        "support_ddl_info": "create table,alter table",
        "sync_type_policy": "tableData",
        "increment_read_mode": "logminer",
        "dml_types": "i,u",
    },
    "db_param": {
        "common": [{"key": "sql_mode", "target_value": "STRICT"}],
        "performance": [{"key": "innodb_buffer_pool_size", "target_value": "1024"}],
    },
    "tuning_params": {
        stage: [{"param_name": "threads", "param_value": "8", "availability": True}]
        for stage in ("full_sync", "incre_capture", "incre_apply", "incre_relay")
    },
    "period_order": {"period_type": 2, "period_num": 3, "is_auto_renew": 1},
    "node_info": {
        "spec": {"node_type": "medium"},
        "vpc": {
            "vpc_id": "v-2",
            "subnet_id": "s-2",
            "custom_node_ip": "10.2.0.5",
            "security_group_id": "g-2",
        },
        "base_info": {
            "instance_type": "ecs",
            "arch": "arm64",
            "availability_zone": "cn-north-4b",
            "status": "NORMAL",
            "role": "master",
        },
    },
    "instance_features": {"support_tuning": "true"},
    "task_version": "3.2.1",
    "connection_management": {"driver_management": {"driver_name": "ojdbc8.jar"}},
    "public_ip_list": [{"id": "eip-1", "public_ip": "121.36.0.9", "type": "master"}],
    "bind_public_ip_state": "BOUND",
    "children": [{"id": "child-1", "name": "shop-sync-01"}],
}

LOG = {
    "total_count": 2,
    "logs": [
        {
            "level": "Error",
            "message": "Duplicate entry in table shop.orders",
            "create_time": "2026-11-19T22:40:00Z",
        },
        {
            "level": "Info",
            "message": "Checkpoint written.",
            "create_time": "2026-11-19T22:30:00Z",
        },
    ],
}

NETWORK = {
    "network_results": [
        {
            "ip": "10.1.1.1",
            "success": False,
            "result": "refused",
            "status": "failed",
            "error_code": "DRS.M00289",
            "error_msg": "Connection refused by the source",
        }
    ]
}

PRECHECK = {
    "precheck_result": {
        "result": False,
        "process": "90",
        "total_passed_rate": "50%",
        "rds_instance_id": "i-2",
        "job_direction": "up",
        "precheck_results": [
            {
                "item": "binlog_enable",
                "result": "FAILED",
                "failed_reason": "Binary logging is off",
                "data": "log_bin=OFF",
                "raw_error_msg": "ERROR 1381",
                "group": "source database",
                "is_support_skip": False,
                "is_skipped": False,
                "failed_sub_jobs": [
                    {"id": "sub-1", "name": "shop-sync-01", "check_result": "FAILED"}
                ],
            },
            {"item": "charset", "result": "PASSED", "group": "both"},
        ],
    }
}

PROGRESS = {
    "progress_info": {
        "progress": "40",
        "incr_trans_delay": "12",
        "incr_trans_delay_millis": "12000",
        "task_mode": "FULL_INCR_TRANS",
        "transfer_status": "FULL_TRANSFER_STARTED",
        "process_time": "1795160000000",
        "remaining_time": "3600",
        "progress_map": {
            "data": {"completed": "40", "remaining_time": "3600"},
            "structure": {"completed": "100", "remaining_time": "0"},
        },
    },
    "migration_object_progress_info": {
        "migration_object_overview": [
            {
                "type": "TABLE",
                "src_count": "10",
                "dst_count": "4",
                "status": "TRANSFERING",
                "start_time": "2026-11-19T09:00:00Z",
                "end_time": "2026-11-19T11:00:00Z",
            }
        ],
        "create_time": "2026-11-20T07:00:00Z",
        "full_start_time": "2026-11-19T08:00:00Z",
        "full_complete_time": "2026-11-19T12:00:00Z",
        "incr_start_time": "2026-11-19T12:10:00Z",
        "end_time": "2026-11-19T12:20:00Z",
    },
    "metrics": {
        "job_id": JOB,
        "node_id": NODE,
        "time_stamp": "2026-11-20T07:30:00Z",
        "cpu_util": "11",
        "mem_util": "12",
        "network_incoming_bytes_rate": "13",
        "network_outgoing_bytes_rate": "14",
        "disk_read_bytes_rate": "15",
        "disk_write_bytes_rate": "16",
        "apply_rows_rate": "17",
        "apply_transactions_rate": "18",
        "apply_ddl_rate": "19",
        "apply_average_execute_time": "20",
        "apply_average_commit_time": "21",
        "apply_current_state": "succeed",
    },
}

OBJECT_OVERVIEW = {
    "compare_result": {
        "objects_compare_overview_info": {
            "create_time": "2026-11-19T10:00:00Z",
            "compare_results": [
                {"type": "TABLE", "source_count": 2, "target_count": 1, "status": "INCONSISTENT"},
                {"type": "VIEW", "source_count": 3, "target_count": 3, "status": "CONSISTENT"},
            ],
            "start_time": "2026-11-19T10:01:00Z",
            "status": "SUCCESSFUL",
            "export_status": "EXPORTED",
            "report_remain_seconds": 3600,
            "compare_job_id": "o1",
            "error_msg": "one object was skipped",
        }
    }
}

OBJECT_DETAIL = {
    "total_count": 2,
    "compare_result": {
        "objects_compare_detail_infos": [
            {
                "source_db_value": "shop.orders",
                "target_db_value": "shop.orders",
                "source_db_name": "shop",
                "target_db_name": "shop",
            },
            {
                "source_db_value": "shop.items",
                "target_db_value": "shop.itemz",
                "source_db_name": "shop",
                "target_db_name": "shop",
                "error_message": "name differs",
            },
        ]
    },
}

TASKS = {
    "total_count": 3,
    "compare_result": {
        "data_compare_task_list": [
            {
                "id": f"{kind[0]}1",
                "type": kind,
                "start_time": "2026-11-19T10:00:00Z",
                "end_time": "2026-11-19T11:00:00Z",
                "status": "SUCCESSFUL",
                "compute_type": "drs",
                "export_status": "EXPORTED",
                "report_remain_seconds": "7200",
                "compare_job_tag": {"compare_type": "static"},
                "error_msg": "two tables were skipped",
            }
            for kind in ("object_comparison", "lines", "contents")
        ]
    },
}

LINE_OVERVIEW = {
    "total_count": 1,
    "compare_result": {
        "line_compare_overview_infos": [
            {"source_db_name": "shop", "target_db_name": "shop", "status": "CONSISTENT"}
        ]
    },
}

LINE_DETAIL = {
    "total_count": 1,
    "compare_result": {
        "line_compare_detail_infos": [
            {
                "source_table_name": "orders",
                "source_row_num": "100",
                "target_table_name": "orders",
                "target_row_num": "90",
                "difference_row_num": "10",
                "status": "INCONSISTENT",
                "message": "counted twice",
            }
        ]
    },
}

CONTENT_OVERVIEW = {
    "total_count": 1,
    "compare_result": {
        "content_compare_overview_infos": [
            {
                "source_db": "shop",
                "target_db": "shop",
                "status": "CONSISTENT",
                "compare_result": True,
            }
        ]
    },
}

CONTENT_DETAIL = {
    "total_count": 1,
    "compare_result": {
        "content_compare_detail_infos": [
            {
                "source_db": "shop",
                "target_db": "shop",
                "source_table_name": "orders",
                "target_table_name": "orders",
                "source_row_num": 100,
                "target_row_num": 100,
                "difference_row_num": 2,
                "line_compare_result": True,
                "content_compare_result": False,
                "message": "two rows differ",
            }
        ]
    },
}

CONTENT_DIFF = {
    "total_count": 1,
    "compare_result": {
        "content_diff_detail_info": {
            "count": 1,
            "target_meta_is_null": 0,
            "source_meta_is_null": 0,
            "source_target_meta_not_null": 1,
            "contents_infos": [
                {
                    "source_key_value": ["7"],
                    "target_key_value": ["8"],
                    "source_select_sql": "SELECT * FROM `shop`.`orders` WHERE `id` = 7",
                    "target_select_sql": "SELECT * FROM `shop`.`orders` WHERE `id` = 8",
                }
            ],
        }
    },
}

FILE = {"support_import_file_resp": {"file_size": "1048576", "previous_select": "import"}}
WRITABLE = {"is_writable": "success"}

ANSWERS = {
    "detail": DETAIL,
    "log": LOG,
    "network": NETWORK,
    "precheck": PRECHECK,
    "progress": PROGRESS,
    "file": FILE,
    "is_writable": WRITABLE,
    "object_compare overview": OBJECT_OVERVIEW,
    "object_compare detail": OBJECT_DETAIL,
    "data_compare list": TASKS,
    "line_compare overview": LINE_OVERVIEW,
    "line_compare detail": LINE_DETAIL,
    "content_compare overview": CONTENT_OVERVIEW,
    "content_compare detail": CONTENT_DETAIL,
    "content_compare diff": CONTENT_DIFF,
}
"""What is asked for -> what stands in `job` beside its ID and status."""

FRAME = {"id": JOB, "status": "FULL_TRANSFER_STARTED"}

LISTED = {
    "id": JOB,
    "name": "shop-sync",
    "status": "INCRE_TRANSFER_STARTED",
    "description": "moves the shop",
    "create_time": "2026-11-01T08:00:00Z",
    "engine_type": "mysql-to-mysql",
    "net_type": "vpn",
    "charging_mode": "period",
    "billing_tag": True,
    "job_direction": "up",
    "job_type": "sync",
    "task_type": "FULL_INCR_TRANS",
    "enterprise_project_id": "0",
    "job_mode": "single",
    "job_mode_role": "master",
    "is_multi_az": True,
    "node_role": "worker",
    "node_new_framework": True,
    "job_action": {"available_actions": ["PAUSE", "CHANGE"], "current_action": "RETRY"},
    "children": [{"id": "child-1", "name": "shop-sync-01", "status": "PAUSING"}],
}
"""A row of the task list, which the reference page does not describe."""


def answers():
    """A copy of everything, to be changed: what is asked for -> the answer."""
    return copy.deepcopy({asked: {"job": FRAME | job} for asked, job in ANSWERS.items()})


def wire(found):
    """An upstream that answers so; the task list is empty, and nothing is uncompared."""

    def answer(request):
        query = request.url.params
        if request.url.path.endswith("/jobs"):
            return httpx2.Response(200, json={"total_count": 0, "jobs": []})
        if "type" not in query:
            return httpx2.Response(404, json={"error_code": "APIGW.0101", "error_msg": "none"})
        asked = query["type"]
        if asked == "compare":
            asked = f"{query['compare_type']} {query['query_type']}"
        elsewhere = {query.get("compare_detail_type"), query.get("object_type")}
        if elsewhere & {"uncompare", "DB", "INDEX"}:
            return httpx2.Response(200, json={"job": FRAME | _NOTHING})
        return httpx2.Response(200, json=found[asked])

    return httpx2.MockTransport(answer)


_NOTHING = {
    "total_count": 0,
    "compare_result": {"content_compare_detail_infos": [], "objects_compare_detail_infos": []},
}


def places(value, shape, path=()):
    """Every object of an answer: the type that shapes it, and the way to it."""
    kinds = (shape, *get_args(shape))
    if isinstance(value, list):
        inner = next((get_args(kind)[0] for kind in kinds if get_origin(kind) is list), shape)
        for number, item in enumerate(value):
            yield from places(item, inner, (*path, number))
    elif isinstance(value, dict):
        known = next((kind for kind in kinds if is_typeddict(kind)), None)
        free = next((get_args(kind)[1] for kind in kinds if get_origin(kind) is dict), None)
        if known is not None:
            yield known, path
        hints = get_type_hints(known) if known is not None else {}
        for name, item in value.items():
            yield from places(item, hints.get(name, free), (*path, name))


def at(value, path):
    """What stands in an answer at the end of a way."""
    for step in path:
        value = value[step]
    return value


_OTHERS = {
    "CONSISTENT": "FAILED_TO_COMPARE",
    "INCONSISTENT": "FAILED_TO_COMPARE",
    "SUCCESSFUL": "FAILED",
    "PASSED": "FAILED",
    "FAILED": "ALARM",
    "Error": "Warn",
    "Info": "Error",
    "FULL_TRANSFER_STARTED": "FULL_TRANSFER_FAILED",
    "mysql-to-mysql": "redis-to-gaussredis",
    "success": "pending",
    "failed": "success",
}


def changed(value):
    """Another value of the same sort; None for an object or a list, which is then left out."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, dict | list):
        return None
    if value.isdigit():
        return str(int(value) + 1)
    if value.startswith("2026-11-"):
        return value.replace("2026-11-", "2026-10-")
    if value.startswith("SELECT *"):
        return value.replace("SELECT *", "SELECT `id`")
    return _OTHERS.get(value, f"{value}x")
