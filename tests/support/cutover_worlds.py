"""Worlds that are ready to cut over, and single facts that make them not so."""

import copy
from collections.abc import Callable
from typing import Any

from drs_mcp.simulator import World

Task = dict[str, Any]


def task(name: str) -> Task:
    """A copy of a scenario's task, to be changed."""
    found = next(
        task
        for task in World.load().tasks.values()
        if task.get("job", {}).get("base_info", {}).get("name") == name
    )
    return copy.deepcopy(dict(found))


def ready_sync() -> Task:
    return task("erp-oracle-gauss")


def ready_read_only_migration() -> Task:
    """A MySQL migration whose destination is read-only, with triggers and events still to move."""
    found = task("finance-mysql-ro")
    del found["is_writable"]
    # A comparison that began after the newest finished one leaves open what it will find.
    found["comparisons"] = [item for item in found["comparisons"] if item["status"] == "SUCCESSFUL"]
    return found


def ready_without_triggers() -> Task:
    found = ready_read_only_migration()
    overview = found["progress"]["migration_object_progress_info"]
    overview["migration_object_overview"] = [
        row
        for row in overview["migration_object_overview"]
        if row["type"] not in ("TRIGGER", "EVENT")
    ]
    return found


def ready_full_only() -> Task:
    found = ready_read_only_migration()
    found["job"]["base_info"]["task_type"] = "FULL_TRANS"
    found["job"]["status"] = "FULL_TRANSFER_COMPLETE"
    found["progress"]["progress_info"] |= {
        "incr_trans_delay": "-1",
        "incr_trans_delay_millis": "-1",
        "transfer_status": "FULL_TRANSFER_COMPLETE",
        "task_mode": "FULL_TRANS",
    }
    found["comparisons"] = [item for item in found["comparisons"] if item["type"] != "contents"]
    return found


def ready_redis() -> Task:
    return task("cache-redis-gemini")


def ready_standby() -> Task:
    """Single-active disaster recovery: the standby is meant to be read-only."""
    found = ready_read_only_migration()
    found["job"]["base_info"] |= {"job_type": "cloudDataGuard", "multi_write": False}
    return found


READY: dict[str, Callable[[], Task]] = {
    "full and incremental synchronization": ready_sync,
    "MySQL migration, read-only destination, triggers to move": ready_read_only_migration,
    "MySQL migration without triggers": ready_without_triggers,
    "full-only migration": ready_full_only,
    "Redis": ready_redis,
    "single-active disaster recovery": ready_standby,
}


# -- what makes it not so ------------------------------------------------------------------------


def _comparison(found: Task, *kinds: str) -> list[Task]:
    return [item for item in found["comparisons"] if item["type"] in kinds]


def status(found: Task) -> None:
    found["job"]["status"] = "INCRE_TRANSFER_FAILED"
    found["progress"]["progress_info"].pop("transfer_status", None)


def unknown_status(found: Task) -> None:
    found["job"]["status"] = "CLONING"
    found["progress"]["progress_info"].pop("transfer_status", None)


def delay(found: Task) -> None:
    found["progress"]["progress_info"] |= {
        "incr_trans_delay": "11",
        "incr_trans_delay_millis": "11000",
    }


def unknown_delay(found: Task) -> None:
    found["progress"]["progress_info"] |= {
        "incr_trans_delay": "-1",
        "incr_trans_delay_millis": "-1",
    }


def failed_objects(found: Task) -> None:
    overview = found["progress"]["migration_object_progress_info"]["migration_object_overview"]
    overview[0]["status"] = "FAILED"


def unknown_objects(found: Task) -> None:
    del found["progress"]["migration_object_progress_info"]


def no_object_comparison(found: Task) -> None:
    found["comparisons"] = [
        item
        for item in found["comparisons"]
        if item not in _comparison(found, "object", "object_comparison")
    ]


def missing_table(found: Task) -> None:
    for item in _comparison(found, "object", "object_comparison"):
        for database in item["result"]["databases"]:
            database["missing"] = database["tables"][:1]


def row_differs(found: Task) -> None:
    for item in _comparison(found, "lines"):
        for database in item["result"]["databases"]:
            database["differ"] = database["tables"][:1]


def no_row_comparison(found: Task) -> None:
    found["comparisons"] = [
        item for item in found["comparisons"] if item not in _comparison(found, "lines")
    ]


def table_not_compared(found: Task) -> None:
    for item in _comparison(found, "lines"):
        database = item["result"]["databases"][0]
        first = database["tables"][0]
        name = first if isinstance(first, str) else first["name"].format(first.get("from", 1))
        database["failed"] = [{"table": name, "status": "FAILED_TO_COMPARE"}]


def old_comparisons(found: Task) -> None:
    for item in _comparison(found, "lines", "contents"):
        item["start_time"], item["end_time"] = "@-3d", "@-2d"


def no_value_comparison(found: Task) -> None:
    found["comparisons"] = [
        item for item in found["comparisons"] if item not in _comparison(found, "contents")
    ]


def unfinished_value_comparison(found: Task) -> None:
    for item in _comparison(found, "contents"):
        item["status"] = "FAILED"


def new_error(found: Task) -> None:
    found["log"].append(
        {
            "level": "Error",
            "message": "service INCREMENT failed, cause by: Lock wait timeout exceeded",
            "create_time": "@-1m",
        }
    )


def writable_pending(found: Task) -> None:
    found["is_writable"] = "pending"


BREAKS: dict[str, Callable[[Task], None]] = {
    breaks.__name__: breaks
    for breaks in (
        status,
        unknown_status,
        delay,
        unknown_delay,
        failed_objects,
        unknown_objects,
        no_object_comparison,
        missing_table,
        row_differs,
        no_row_comparison,
        table_not_compared,
        old_comparisons,
        no_value_comparison,
        unfinished_value_comparison,
        new_error,
        writable_pending,
    )
}
