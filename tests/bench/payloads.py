"""The payloads of the benchmark, made from seeds: shaped by the reference page, invented in content."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
_SCHEMAS = ("SALES", "STOCK", "BILLING", "CRM", "HR", "LEDGER")
_NOUNS = ("ORDER", "ITEM", "CUSTOMER", "INVOICE", "PAYMENT", "STOCK", "PRICE", "AUDIT")

Json = dict[str, Any]


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def job(**fields: Any) -> Json:
    return {"job": {"id": "c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r", **fields}}


# -- comparisons -----------------------------------------------------------------------------


def row_comparison(tables: int, differing: int, seed: int = 11) -> list[Json]:
    """Rows of Table 46 for one database pair, *differing* of them INCONSISTENT."""
    rng = random.Random(seed)
    chosen = set(rng.sample(range(tables), differing))
    rows = []
    for number in range(tables):
        schema, noun = rng.choice(_SCHEMAS), rng.choice(_NOUNS)
        name = f"{schema}.T_{noun}_{number:05}"
        source = rng.randrange(0, 20_000_000)
        difference = rng.randrange(1, 5000) if number in chosen else 0
        rows.append(
            {
                "source_table_name": name,
                "source_row_num": str(source),
                "target_table_name": name.lower(),
                "target_row_num": str(max(0, source - difference)),
                "difference_row_num": str(source - max(0, source - difference)),
                "status": "INCONSISTENT" if number in chosen else "CONSISTENT",
                "message": "",
            }
        )
    return rows


def value_comparison(tables: int, differing: int, seed: int = 17) -> list[Json]:
    """Rows of Table 48 for one database pair, *differing* of them with other values."""
    rng = random.Random(seed)
    chosen = set(rng.sample(range(tables), differing))
    rows = []
    for number in range(tables):
        schema, noun = rng.choice(_SCHEMAS), rng.choice(_NOUNS)
        name = f"{schema}.T_{noun}_{number:05}"
        count = rng.randrange(0, 20_000_000)
        rows.append(
            {
                "source_db": "ERP",
                "target_db": "erp",
                "source_table_name": name,
                "target_table_name": name.lower(),
                "source_row_num": count,
                "target_row_num": count,
                "difference_row_num": rng.randrange(1, 5000) if number in chosen else 0,
                "line_compare_result": True,
                "content_compare_result": number not in chosen,
                "message": "",
            }
        )
    return rows


def value_differences(rows: int, runs: int = 8, seed: int = 13) -> list[Json]:
    """Rows of Table 50: integer keys of three tables in *runs* runs, in all three kinds."""
    rng = random.Random(seed)
    tables = [("sales", "orders"), ("sales", "order_item"), ("stock", "movement")]
    made: list[Json] = []
    cuts = sorted(rng.sample(range(1, rows), runs - 1))
    for run, (start, end) in enumerate(zip([0, *cuts], [*cuts, rows], strict=True)):
        schema, name = tables[run % 3]
        first = 50_000_000 + run * 1_000_000 + rng.randrange(1000)
        kind = run % 3
        for key in range(first, first + end - start):
            source = f"SELECT * FROM `{schema}`.`{name}` WHERE `id` = {key} AND `region` = 'EU'"
            target = f'SELECT * FROM "{schema}"."{name}" WHERE "id" = {key} AND "region" = \'EU\''
            made.append(
                {
                    "source_key_value": [str(key)] if kind != 1 else [],
                    "target_key_value": [str(key)] if kind != 0 else [],
                    "source_select_sql": source,
                    "target_select_sql": target,
                }
            )
    return made


# -- cards -----------------------------------------------------------------------------------


def precheck(items: int = 45, failed: int = 4, alarms: int = 3) -> Json:
    """A `precheck_result` (Table 32) of official item codes."""
    codes = (
        "srcBinlogRowImageCheck", "dstDbDiskSize", "srcDbConnection", "dbCharacterSetConsistency",
        "srcTriggerAndEventCheck", "dbTimeZoneConsistency", "srcForeignKeyCheck",
    )  # fmt: skip
    reasons = (
        "The binlog_row_image value of the source database is not FULL.",
        "The destination database does not have sufficient storage space.",
        "The source database cannot be connected.",
        "The character sets of the source and destination databases are not the same.",
        "The source database contains triggers or events.",
        "The time zones of the source and destination databases are not the same.",
        "The source database contains foreign keys that refer to tables not selected.",
    )
    data = (
        '{"binlog_row_image":"MINIMAL"}',
        '{"diskSizeTimes":"1.5","dstVolumeSize":"37660000000","size":"91268055040"}',
        "", '{"source":"utf8mb4","target":"latin1"}', "", '{"source":"+08:00","target":"+00:00"}', "",
    )  # fmt: skip
    listed = []
    for number in range(items):
        problem_items = number < failed + alarms
        listed.append(
            {
                "item": codes[number] if problem_items else f"officialItem{number:02}Check",
                "result": "FAILED" if number < failed else "ALARM" if problem_items else "PASSED",
                "failed_reason": reasons[number] if problem_items else "",
                "data": data[number] if problem_items else "",
                "raw_error_msg": "",
                "group": "db_params",
                "is_support_skip": problem_items and number >= failed,
                "is_skipped": False,
                "failed_sub_jobs": [],
            }
        )
    return {
        "result": False,
        "process": "100%",
        "total_passed_rate": "84%",
        "rds_instance_id": "e05a3679efe241d8b5dee80b17c1a863in01",
        "job_direction": "up",
        "precheck_results": listed,
    }


def progress(types: int = 12) -> Json:
    """`type=progress` of a full phase with *types* object types."""
    names = (
        "TABLE_STRUCTURE", "TABLE", "INDEX", "VIEW", "FUNCTION", "PROCEDURE", "SEQUENCE",
        "SYNONYM", "PACKAGE", "TYPE", "TRIGGER", "EVENT",
    )  # fmt: skip
    overview = []
    for number, name in enumerate(names[:types]):
        total = 5000 // (number + 1)
        state = (
            ("COMPLETED", "TRANSFERING", "FAILED", "NOT_START")[number % 4]
            if number < 4
            else "COMPLETED"
        )
        done = {"COMPLETED": total, "TRANSFERING": total * 63 // 100, "FAILED": total - 7}.get(
            state, 0
        )
        overview.append(
            {
                "type": name,
                "src_count": str(total),
                "dst_count": str(done),
                "status": state,
                "start_time": stamp(START),
                "end_time": stamp(START + timedelta(minutes=number))
                if state == "COMPLETED"
                else None,
            }
        )
    return {
        "progress_info": {
            "progress": "63",
            "incr_trans_delay": "-1",
            "incr_trans_delay_millis": "-1",
            "task_mode": "FULL_INCR_TRANS",
            "transfer_status": "FULL_TRANSFER_STARTED",
            "process_time": "0",
            "remaining_time": "0",
            "progress_map": {
                "struct": {"completed": "100%", "remaining_time": None},
                "data": {"completed": "63%", "remaining_time": None},
                "index": {"completed": "0%", "remaining_time": None},
            },
        },
        "migration_object_progress_info": {
            "migration_object_overview": overview,
            "create_time": stamp(START + timedelta(hours=2)),
            "full_start_time": stamp(START),
        },
        "metrics": {
            "job_id": "c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r",
            "node_id": "node-0001",
            "time_stamp": stamp(START + timedelta(hours=2)),
            "cpu_util": "41.5",
            "mem_util": "63.2",
            "network_incoming_bytes_rate": "10485760",
            "network_outgoing_bytes_rate": "9437184",
            "disk_read_bytes_rate": "0",
            "disk_write_bytes_rate": "1048576",
            "apply_rows_rate": "12500",
            "apply_transactions_rate": "NaN",
            "apply_ddl_rate": "0",
            "apply_average_execute_time": "-1",
            "apply_average_commit_time": "",
            "apply_current_state": "processing",
        },
    }
