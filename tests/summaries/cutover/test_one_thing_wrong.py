"""A world that is ready, and exactly one thing in it wrong, missing, old or of the future."""

import httpx2
import pytest

from drs_mcp.tools.diagnosis import diagnose_job
from tests.support.ready_world import (
    BEFORE,
    ENDED,
    FAILED,
    FRESH,
    LAST_MONTH,
    MEANWHILE,
    SINCE,
    STARTED,
    TOMORROW,
    Ready,
)
from tests.support.tool_calls import JOB, ask

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"  # what is read is the same on both


def setting(part, **values):
    """Set fields of a part of the world."""

    def change(world):
        getattr(world, part).update(values)

    return change


def without(part, *names):
    def change(world):
        for name in names:
            getattr(world, part).pop(name, None)

    return change


def with_line(level, message, at=SINCE):
    return lambda world: world.line(level, message, at)


def adding(part, item):
    return lambda world: getattr(world, part).append(item)


def newer(kind, status):
    return lambda world: world.newer(kind, status)


def both(*changes):
    def change(world):
        for one in changes:
            one(world)

    return change


STATUSES = {
    f"the task is {status}": both(
        setting("detail", status=status),
        setting("progress", status=status),
        setting("told", transfer_status=status),
    )
    for status in (
        "INCRE_TRANSFER_FAILED", "PAUSING", "FULL_TRANSFER_STARTED", "RELEASE_RESOURCE_STARTED",
        "CHANGE_JOB_STARTED", "NODE_UPGRADE_START", "REBUILD_NODE_FAILED", "CHILD_TRANSFER_FAILED",
        "incre transfer failed", "CLONING", "",
    )
}  # fmt: skip
PHASE = STATUSES | {
    "the detail says failed": setting("detail", status="INCRE_TRANSFER_FAILED"),
    "the progress says paused": setting("told", transfer_status="PAUSING"),
    "the frame of the progress says failed": setting("progress", status="INCRE_TRANSFER_FAILED"),
    "the task list says failed": setting("listed", status="CHANGE_JOB_FAILED"),
    "the task list says paused": setting("listed", status="PAUSING"),
    "the progress tells an error": setting("progress", error_msg="applier is gone"),
    "what is told of the progress holds an error": setting("told", error_message="回放失败"),
    "the detail tells an error": setting("detail", error_msg="node unreachable"),
    "the progress tells an error as an object": setting(
        "progress", error_msg={"code": "DRS.9", "reason": "applier is gone"}
    ),
    "the detail tells a list of errors": setting("detail", error_message=["node unreachable"]),
    "at 99.999 percent": setting("told", progress="99.999"),
    "at 99,875 percent with a decimal comma": setting("told", progress="99,875"),
    "detail and progress tell other task types": setting("told", task_mode="FULL_TRANS"),
    **{
        f"applying is {state}": setting("metrics", time_stamp=SINCE, apply_current_state=state)
        for state in ("failed", "Abnormal", "ERROR", "0", "10", "stopped", "停止")
    },
}
DELAY = {
    f"the delay is {told!r}": setting("told", incr_trans_delay=told, incr_trans_delay_millis=None)
    for told in ("11", "3,600", "3600.5", "-1", "", None, "NaN", "1h", "00:10:00", "∞", "３６００")
} | {
    "the two delays differ": setting("told", incr_trans_delay_millis="60000"),
    "the delay is of tomorrow": setting("metrics", time_stamp=TOMORROW),
    "the delay is of last month": setting("metrics", time_stamp=LAST_MONTH),
    "the delay is of no readable time": setting("metrics", time_stamp="soon"),
    "the delay's process time is tomorrow": setting("told", process_time=TOMORROW),
    **{
        f"a fresh line of the log: {line}": with_line(level, line, at)
        for level, line, at in (
            ("Info", "applier lag: 12.5 minutes", FRESH),
            ("Warn", "目标库落后源库 1小时30分", FRESH),
            ("Info", "Seconds_Behind_Source=90", None),
        )
    },
}


def adding_moved(kind, status, total, done):
    """A type of objects as the full phase left it."""
    row = {"type": kind, "src_count": total, "dst_count": done, "status": status}
    return lambda world: world.moved["migration_object_overview"].append(row)


def progress_of_comparison(delay, rechecks, stock=0):
    """What DRS tells of a comparison that compares changes as they come."""
    return {
        "full_info": {"progress": 100.0, "recheck_entities": stock},
        "incre_info": {"delay": delay, "recheck_entities": rechecks},
    }


def compared_type(kind, number):
    row = {"type": kind, "source_count": number, "target_count": number, "status": "CONSISTENT"}
    return adding("types", row)


MOVED = {
    "a type failed to move": lambda world: world.moved["migration_object_overview"][0].update(
        status="FAILED"
    ),
    "a type moved in part": lambda world: world.moved["migration_object_overview"][0].update(
        dst_count="0"
    ),
    "no type is told": setting("moved", migration_object_overview=[]),
    "the counts are of tomorrow": setting("moved", create_time=TOMORROW),
    "more tables were to be moved than are in scope": lambda world: world.moved[
        "migration_object_overview"
    ][0].update(src_count="9", dst_count="9"),
    **{
        f"{kind} was left {status} and is not compared": adding_moved(kind, status, total, done)
        for kind, status, total, done in (
            ("VIEW", "TRANSFERING", "12", "7"), ("SEQUENCE", "NOT_START", "4", "0"),
            ("TABLE_INDEX", "TRANSFERING", "90", "89"), ("FOREIGN_KEY", "UNHEARD_OF", "5", "3"),
        )
    },
    **{
        f"the stage {stage} ended at {done}": setting(
            "told", progress_map={stage: {"completed": done}}
        )
        for stage, done in (("data", "87%"), ("index", "3.5"), ("sequence", "0%"))
    },
}  # fmt: skip
EAST = {"id": "0c6f9a31-5e0c-4f6f-9b8d-3d2f1e7jb20e", "name": "shop-east"}
SUBTASKS = {
    "a subtask without its EIP": setting("detail", children=[EAST]),
    "a subtask that is known by its name alone": setting(
        "detail", children=[{"name": "shop-west"}]
    ),
}
BEGINNINGS = {
    "compared before the full phase ended": setting("moved", full_complete_time=SINCE),
    "compared before the incremental phase began": setting("moved", incr_start_time=SINCE),
    "compared before the task was created": setting("detail", create_time=SINCE),
}
OVERVIEWS = {
    f"the {of} overview is {status}": lambda world, of=of, status=status: getattr(
        world, f"{of}_overview"
    )[0].update(status=status)
    for of in ("rows", "values")
    for status in ("COMPARING", "FAILED_TO_COMPARE", "CANCELED", "WAITING_FOR_COMPARISON", "27")
} | {
    "the values overview counts what cannot be compared": lambda world: world.values_overview[
        0
    ].update(status="CONSISTENT", uncomparable_num=2),
    "a row of the rows overview tells an error": lambda world: world.rows_overview[0].update(
        error_msg="no route to host"
    ),
    "the row comparison of a table went to 40 percent": setting("row", progress="40%"),
    "the value comparison of a table has shards left": setting(
        "value", complete_shard_count=1, total_shard_count=4
    ),
    "a type of objects tells an error": setting("tables", error_message="3 tables were skipped"),
    "LOB columns: none": setting("values_task", options={"lobCompare": "none"}),
    "a range of the rows": setting("values_task", options={"compareRange": "20%"}),
}
OBJECTS = {
    f"objects: TABLE is {status!r}": setting("tables", status=status)
    for status in ("INCONSISTENT", "CAN_NOT_COMPARE", "FAILED_TO_COMPARE", "COMPARING", "0", "3",
                   "TARGET_DB_NOT_EXIST", "СONSISTENT", None, "")
} | {
    "objects: consistent with 30 and 28": setting("tables", source_count=30, target_count=28),
    "objects: inconsistent with equal counts": setting("tables", status="INCONSISTENT"),
    "objects: sequences differ": adding(
        "types",
        {"type": "SEQUENCE", "source_count": 3, "target_count": 2, "status": "INCONSISTENT"},
    ),
    "objects: triggers of a synchronization differ": adding(
        "types",
        {"type": "TRIGGER", "source_count": 3, "target_count": 0, "status": "INCONSISTENT"},
    ),
    "objects: a type without a word": adding("types", {"type": "VIEW"}),
    "objects: a type that is no row": adding("types", "VIEW INCONSISTENT"),
    "objects: none compared": setting("objects", compare_results=[]),
    "objects: databases and views alone": setting(
        "objects",
        compare_results=[
            {"type": kind, "source_count": 2, "target_count": 2, "status": "CONSISTENT"}
            for kind in ("DB", "VIEW")
        ],
    ),
    "objects: last month": both(
        setting("objects", start_time=LAST_MONTH),
        setting("objects_task", start_time=LAST_MONTH, end_time=LAST_MONTH),
    ),
    "objects: tomorrow": setting("objects", start_time=TOMORROW),
    "objects: at no time": both(
        without("objects", "start_time"), without("objects_task", "start_time", "end_time")
    ),
    "objects: of a comparison that is not listed": setting("objects", compare_job_id="o-77"),
    "objects: of an older comparison than the newest": adding(
        "tasks",
        {"id": "o2", "type": "object_comparison", "status": "SUCCESSFUL",
         "start_time": SINCE, "end_time": SINCE},
    ),
    "objects: still running": setting("objects", status="RUNNING"),
    "objects: failed": setting("objects", status="FAILED"),
    "objects: tells an error": setting("objects", error_msg="the source could not be read"),
    **{
        f"objects: a newer comparison is {status}": newer("object_comparison", status)
        for status in ("RUNNING", "CANCELLED", "FAILED", "TIMEOUT_INTERRUPT")
    },
}  # fmt: skip
ROWS = {
    f"rows: the status is {status!r}": setting("row", status=status)
    for status in ("FAILED_TO_COMPARE", "CAN_NOT_COMPARE", "INCONSISTENT", "COMPARING", 9, "12.0",
                   "23", "НЕТ", None, "")
} | {
    "rows: consistent with 10 and 9": setting("row", target_row_num="9"),
    "rows: consistent with a difference": setting("row", difference_row_num="+1"),
    "rows: counts that are none": setting("row", source_row_num="many", target_row_num="many"),
    "rows: a count of the source alone": setting("row", target_row_num="-1"),
    "rows: a count of the destination alone": both(
        without("row", "source_row_num"), setting("row", difference_row_num="NaN")
    ),
    "rows: a difference that is no number": setting("row", difference_row_num="two"),
    "rows: counts below zero": setting("row", source_row_num="-5", target_row_num="-5"),
    "rows: counts that are flags": setting("row", source_row_num=True, target_row_num=True),
    "rows: a message tells that it failed": setting("row", message="compare failed: timeout"),
    "rows: a message tells so in Chinese": setting("row", message="统计行数失败"),
    "rows: filtered": setting("row", compare_line_config_filter="id > 5"),
    "rows: a part of the table differs": lambda world: world.rows.append(
        world.row | {"source_row_num": "7", "target_row_num": "6"}
    ),
    "rows: no table": lambda world: world.rows.clear(),
    "rows: what is no row": adding("rows", "u INCONSISTENT"),
    "rows: a null row": adding("rows", None),
    "rows: a database waits": adding(
        "rows_overview",
        {"source_db_name": "crm", "target_db_name": "crm", "status": "WAITING_FOR_COMPARISON"},
    ),
    "rows: a database is missing": adding(
        "rows_overview",
        {"source_db_name": "crm", "target_db_name": "crm", "status": "TARGET_DB_NOT_EXIST"},
    ),
    "rows: the overview differs": lambda world: world.rows_overview[0].update(
        status="INCONSISTENT"
    ),
    "rows: last month": setting("rows_task", start_time=LAST_MONTH, end_time=LAST_MONTH),
    "rows: tomorrow": setting("rows_task", start_time=TOMORROW, end_time=TOMORROW),
    "rows: ended before they began": setting("rows_task", start_time=ENDED, end_time=STARTED),
    "rows: at no time": without("rows_task", "start_time", "end_time"),
    "rows: in the year 1": setting("rows_task", start_time="", end_time="0001-01-01T00:00:00Z"),
    "rows: the comparison failed": setting("rows_task", status="FAILED"),
    "rows: both sides of a table are empty, and hold 3 rows": setting(
        "row", status=10, source_row_num="3", target_row_num="3"
    ),
    "rows: both sides of a table are empty, nobody tells their counts": setting(
        "row", status=10, source_row_num=None, target_row_num=None
    ),
    "rows: the comparison tells an error": setting("rows_task", error_msg="one node was lost"),
    "rows: a state nobody knows": setting("rows_task", status="SUCCESSFULLY_FAILED"),
    "rows: a newer comparison runs since tomorrow": adding(
        "tasks", {"id": "n", "type": "lines", "status": "RUNNING", "start_time": TOMORROW}
    ),
    "rows: a newer comparison waits, nobody tells until when": adding(
        "tasks", {"id": "n", "type": "lines", "status": "WAITING_FOR_RUNNING"}
    ),
    "rows: dynamic and a day behind": setting(
        "rows_task", status="INCRE_DOING", end_time=None, dynamic_compare_delay=90_000
    ),
    **{
        f"rows: dynamic, and {words}": both(
            setting("rows_task", status="INCRE_DOING", end_time=None, **listed),
            setting("compare_progress", **told),
        )
        for words, listed, told in (
            ("nothing tells how far behind", {}, {}),
            ("nothing tells what it is to recheck", {"dynamic_compare_delay": 0}, {}),
            ("3 are to be rechecked", {}, progress_of_comparison(0, 3)),
            ("5,400 behind by its progress", {}, progress_of_comparison(5400, 0)),
            ("90 behind by the list", {"dynamic_compare_delay": 90}, progress_of_comparison(0, 0)),
            ("its progress tells no delay", {}, progress_of_comparison(None, 0)),
            ("2 of the stock are to be rechecked", {}, progress_of_comparison(0, 0, stock=2)),
        )
    },
    **{
        f"rows: a newer comparison is {status}": newer("lines", status)
        for status in ("RUNNING", "WAITING_FOR_RUNNING", "CANCELLED", "FAILED", "FULL_DOING")
    },
}  # fmt: skip
VALUES = {
    f"values: the flag is {flag!r}": setting("value", content_compare_result=flag)
    for flag in (False, "false", "0", None, "", "partially", "no")
} | {
    f"values: {words}": setting("value", **fields)
    for words, fields in {
        "equal with one that differs": {"difference_row_num": 1},
        "equal with 10 and 9": {"target_row_num": 9},
        "the row flag says no": {"line_compare_result": False},
        "the row flag says neither": {"line_compare_result": "unknown"},
        "a message tells why it failed": {"message": "failed to read: ORA-01555"},
        "counts that are none": {"source_row_num": "1e400", "target_row_num": "many"},
        "a count of one side": {"source_row_num": None, "target_row_num": 10},
        "a difference in words": {"difference_row_num": "about 12"},
        "filtered": {"compare_line_config_filter": {"where": "id > 5"}},
    }.items()
} | {
    "values: no table": lambda world: world.values.clear(),
    "values: a null row": adding("values", None),
    "values: a table has no key": adding(
        "uncompared",
        {"source_table_name": "u", "target_table_name": "u", "message": "no primary key"},
    ),
    "values: one of two tables in scope": setting("tables", source_count=2, target_count=2),
    "values: more tables than there are in scope": lambda world: world.values.append(
        world.value | {"source_table_name": "z"}
    ),
    "values: the overview says no": lambda world: world.values_overview[0].update(
        compare_result=False
    ),
    "values: last month": setting("values_task", start_time=LAST_MONTH, end_time=LAST_MONTH),
    "values: tomorrow": setting("values_task", start_time=TOMORROW, end_time=TOMORROW),
    "values: the comparison tells an error": setting("values_task", error_msg="one node was lost"),
    "values: of a random sample": setting("values_task", type="random"),
    **{
        f"values: options {options!r}": setting("values_task", options=options)
        for options in (
            {"lobCompare": "ignore"}, {"lobCompare": "length"}, {"sampleRate": "10"},
            {"ignoreColumns": "note,photo"}, {"lobCompare": "by colour"}, '["lobCompare=ignore"]',
            [{"key": "lobCompare", "value": "ignore"}], ["quick"], {"rowFilter": "id > 5"},
        )
    },
    "values: a tag tells of a sample": setting(
        "values_task", compare_job_tag={"compareMode": "quickComparison"}
    ),
    **{
        f"values: a newer comparison is {status}": newer("contents", status)
        for status in ("RUNNING", "CANCELLED", "FAILED", "FULL_DOING")
    },
}  # fmt: skip


def second_tables(rows, values):
    """Two tables in scope; the second one as either comparison lists it."""

    def change(world):
        world.second_table()
        world.rows[1] |= rows
        world.values[1] |= values

    return change


NOTHING_TOLD = both(
    adding("rows_overview", {"source_db_name": "hr", "target_db_name": "hr"}),
    adding("values_overview", {"source_db": "hr", "target_db": "hr"}),
)
BESIDE = {
    "a database without any table, of which nothing is told": NOTHING_TOLD,
    "rows and values know other second tables": second_tables({}, {"source_table_name": "v"}),
    "rows name no second table of its schema": second_tables(
        {"source_table_name": "app.u"}, {"source_table_name": "audit.u"}
    ),
    **{
        f"a table is empty by {by}, and not by the other comparison": second_tables(rows, values)
        for by, rows, values in (
            ("rows", {"source_row_num": "0", "target_row_num": "0"}, {}),
            (
                "rows, as their status says",
                {"source_row_num": 0, "target_row_num": 0, "status": 10},
                {},
            ),
            ("values", {}, {"source_row_num": 0, "target_row_num": 0}),
        )
    },
    "values went to another destination database": setting("value", target_db="shop_2019"),
    "rows went to another destination database": lambda world: world.rows_overview[0].update(
        target_db_name="shop_copy"
    ),
    "values went to another destination table": setting("value", target_table_name="t_backup"),
    "rows know a database that values do not": adding(
        "rows_overview",
        {"source_db_name": "hr", "target_db_name": "hr", "status": "CONSISTENT"},
    ),
    "values know a database that rows do not": adding(
        "values_overview", {"source_db": "hr", "target_db": "hr", "compare_result": True}
    ),
}
EVENTS = {
    f"since then: {line}": with_line("Warn", line)
    for line in (
        "Statement DROP DATABASE shop was filtered by the policy",
        "DDL ALTER USER app was ignored",
        "CREATE TRIGGER trg_a was not synchronized",
        "TRUNCATE orders has been discarded",
        "过滤了语句 DROP TABLE t",
        "不支持的DDL语句已跳过",
        "CREATE OR REPLACE VIEW v1: unsupported statement, skipped",
        "RENAME TABLE a TO b cannot be replayed",
        "ALTER TABLE t ADD c INT failed at the destination",
        "The job was resumed",
        "任务续传成功",
        "Task paused by user",
        "The DRS instance was upgraded to 3.2",
        "版本升级完成",
        "Synchronization objects were modified by the user",
        "同步对象已变更",
        "The start position was reset by the user",
        "Primary/standby switchover of the replication node completed",
        "The node was rebuilt",
        "Apply batch finished: 100 rows copied, 3 skipped",
        "rowsDropped=4",
        "losing 2 records of crm.orders between the two positions",
        "Table `crm`.`x` is no longer synchronized",
        "已舍弃 4 条记录",
        "表 crm.x 已移出同步任务",
        "Task shop-sync was reset by the operator",
        "The task was reset",
        "Initial load of shop.t started",
        "表 shop.t 从头开始复制",
        "任務已重置",
        "Redo logs 118 to 121 are gone, capture was restarted from log 122",
        "停机期间的变更可能丢失",
        "Table shop.t at the target was altered by an external application",
        "检测到业务账号在目标库更新数据",
        "Column note of shop.t was not replicated: its type is unknown",
        "numeric value of shop.t.amount out of range, clamped to 99999.99",
        "message exceeds max.message.bytes (1048576), skipped",
        "The task was rebuilt from a backup of 03:10",
        "Replication slot drs_1 was re-created at an older LSN",
        "位点回退到 mysql-bin.000011",
        "trigger trg_a fired on the destination during replication: 12 rows written twice",
        "业务已切换到目标库",
        "reverse task shop-back overwrote 12 rows of shop.t",
        "AUTO_INCREMENT of shop.t was not advanced at the destination",
        "numeric value of shop.t.amount out of range, clamped to 99999.99",
        "message exceeds max.message.bytes (1048576), skipped",
        "The task was rebuilt from a backup of 03:10",
        "Replication slot drs_1 was re-created at an older LSN",
        "位点回退到 mysql-bin.000011",
        "trigger trg_a fired on the destination during replication: 12 rows written twice",
        "业务已切换到目标库",
        "reverse task shop-back overwrote 12 rows of shop.t",
        "AUTO_INCREMENT of shop.t was not advanced at the destination",
        "断点续传后数据可能不一致",
    )
} | {
    "while it was compared: a DDL was filtered": with_line(
        "Warn", "DDL filtered: DROP TABLE x", MEANWHILE
    ),
    **{
        f"while it was compared: {line}": with_line("Info", line, MEANWHILE)
        for line in (
            "Applied DROP INDEX i ON shop.t",
            "3 DDL executed",
            "DDL回放成功: ALTER TABLE t",
        )
    },
}
OTHER_THAN_ITS_HEALING = {
    "a gap of which another was filled": both(
        with_line("Warn", "Events of batch 17 are missing", "2026-11-20T06:00:00Z"),
        with_line("Info", "The missing events of batch 18 were replayed"),
    ),
    "what another changed, of which another table was restored": both(
        with_line(
            "Warn", "destination table shop.t was altered outside of DRS", "2026-11-20T06:00:00Z"
        ),
        with_line("Info", "shop.u was restored to what it was"),
    ),
}
ERRORS = {
    "an error since": with_line("Error", FAILED.format("`shop`.`t`")),
    "an error while it was compared": with_line("Error", FAILED.format("`shop`.`t`"), MEANWHILE),
    "an error on a table of another database": with_line(
        "Error", FAILED.format("`crm`.`t`"), BEFORE
    ),
    "an error on a table that is not compared": with_line(
        "Error", FAILED.format("`shop`.`u`"), BEFORE
    ),
    "an error without a date": with_line("Error", FAILED.format("`shop`.`t`"), None),
    "an error of tomorrow": with_line("Error", FAILED.format("`shop`.`t`"), TOMORROW),
    **{
        f"a line of level {level!r} that may be an error": with_line(level, "row 7 is lost")
        for level in ("", None, "-", "FATAL", "Errror")
    },
    **{
        f"a line of level Info: {line}": with_line("Info", line)
        for line in (
            "The SQL thread was killed",
            "回放线程已停止",
            "[FATAL] position is lost",
            "missed 9 heartbeats",
        )
    },
    "a heartbeat is answered, the thread that was killed is not started": both(
        with_line("Info", "The SQL thread was killed", "2026-11-20T06:50:00Z"),
        with_line("Info", "Heartbeat of the source answered in 3 ms"),
    ),
    "a thread runs, the heartbeat that was lost is not answered": both(
        with_line("Info", "heartbeat of the source was lost", "2026-11-20T06:50:00Z"),
        with_line("Info", "capture process is running"),
    ),
    "what is no line": adding("log", "ERROR: failed"),
}
DESTINATION = {
    "the destination is read-only": lambda world: world.detail["target_endpoint"][0].update(
        config={"is_target_readonly": True}
    ),
    "a second destination is read-only": lambda world: world.detail["target_endpoint"].append(
        {"config": {"is_target_readonly": True}}
    ),
    "the read-only state is being lifted": setting("writable", is_writable="pending"),
    "the read-only state has another word": setting("writable", is_writable="perhaps"),
}
COMPARED = ("objects_consistent", "rows_consistent", "values_consistent")
COVERED = ("rows_coverage", "values_coverage")
BLAMED = (
    (PHASE, ("phase",)),
    (DELAY, ("delay",)),
    (MOVED, ("objects_moved", *COVERED)),
    (SUBTASKS, ("subtasks",)),
    (BEGINNINGS, COMPARED),
    (OVERVIEWS, (*COMPARED, *COVERED)),
    (OBJECTS, ("objects_consistent",)),
    (ROWS, ("rows_consistent", "rows_coverage")),
    (VALUES, ("values_consistent", "values_coverage")),
    (BESIDE, (*COVERED, "same_destinations", "same_rows")),
    (EVENTS | OTHER_THAN_ITS_HEALING, COMPARED),
    (ERRORS, ("no_new_errors",)),
    (DESTINATION, ("destination",)),
)
"""What may be wrong, and the criteria of which one at least must tell it."""
CHANGES = {
    name: (change, criteria) for changes, criteria in BLAMED for name, change in changes.items()
}
READY = {
    "nothing": both(),
    "an error that is none": both(
        setting("progress", error_code="DRS.00000000", error_msg="Success"),
        setting("detail", error_msg=""),
        setting("told", error_msg="null", message="moving what is new"),
    ),
    "an error that is false, or an empty object": both(
        setting("progress", error_msg=False), setting("detail", error_msg={}, error_message=[])
    ),
    "an overview of objects that tells no ID": without("objects", "compare_job_id"),
    "an older comparison of objects": adding(
        "tasks",
        {
            "id": "o0",
            "type": "object_comparison",
            "status": "SUCCESSFUL",
            "start_time": BEFORE,
            "end_time": BEFORE,
        },
    ),
    "a fresh delay": setting("metrics", time_stamp="2026-11-20T07:59:00Z"),
    "an old process time, which may be when the phase began": setting(
        "told", process_time=LAST_MONTH
    ),
    "three minutes ahead": setting("metrics", time_stamp="2026-11-20T08:03:00Z"),
    "words in small letters": both(
        setting("row", status="consistent"), setting("tables", status="consistent")
    ),
    "numbers with thousands": setting("row", source_row_num="1,000", target_row_num=1000),
    "a sentinel for a count": setting("row", source_row_num="-1", target_row_num="-1"),
    "no counts and no difference at all": both(
        *(
            setting(part, source_row_num=None, target_row_num="NaN", difference_row_num="--")
            for part in ("row", "value")
        )
    ),
    "a message that tells nothing bad": setting("row", message="success"),
    "options that leave nothing out": setting("values_task", options={"lobCompare": "content"}),
    "LOB columns left out where rows are counted": setting(
        "rows_task", options={"lobCompare": "ignore"}
    ),
    "compared after the incremental phase began": both(
        setting("moved", full_complete_time="2026-11-01T00:00:00Z"),
        setting("detail", create_time="2026-10-01T00:00:00Z"),
    ),
    "an overview by numbers": lambda world: world.rows_overview[0].update(status="2"),
    "no option set": setting("values_task", options={"ignoreColumns": "", "rowFilter": "{}"}),
    "an older comparison that failed": adding(
        "tasks",
        {"id": "old", "type": "lines", "status": "FAILED", "start_time": BEFORE, "error_msg": "x"},
    ),
    **{
        f"a comparison of {kind} that is planned for tomorrow": adding(
            "tasks",
            {"id": "p", "type": kind, "status": "WAITING_FOR_RUNNING", "start_time": TOMORROW},
        )
        for kind in ("object_comparison", "lines", "contents")
    },
    **{
        f"a dynamic comparison that is {behind} behind": both(
            setting("rows_task", status="INCRE_DOING", end_time=None),
            setting("compare_progress", **progress_of_comparison(behind, 0)),
        )
        for behind in (0, "0.0", 1.5)
    },
    "an error before it was compared": with_line("Error", FAILED.format("`shop`.`t`"), BEFORE),
    "a destination's name in an error": both(
        setting("row", target_table_name="t_new"),
        setting("value", target_table_name="t_new"),
        with_line("Error", FAILED.format("`shop`.`t_new`"), BEFORE),
    ),
    "a thread that stopped and was started again": both(
        with_line("Warn", "The SQL thread was killed", "2026-11-20T06:50:00Z"),
        with_line("Info", "SQL thread restarted"),
    ),
    "a heartbeat that was lost and came again": both(
        with_line("Warn", "heartbeat of the source timed out", "2026-11-20T06:50:00Z"),
        with_line("Info", "Heartbeat of the source answered in 3 ms"),
    ),
    "a heartbeat that was lost before everything recovered": both(
        with_line("Warn", "heartbeat of the source timed out", "2026-11-20T06:50:00Z"),
        with_line("Info", "The synchronization task was recovered"),
    ),
    "a thread that stopped before it was compared": with_line("Info", "回放线程已停止", BEFORE),
    **{
        f"{line!r}, while it was compared": with_line("Info", line, MEANWHILE)
        for line in ("0 DDL executed", "DDL executed: 0", "rows applied: 40")
    },
    **{
        f"{kind} left {status} with {done} of {total}, compared since": both(
            adding_moved(kind, status, total, done), compared_type(compared, 3)
        )
        for kind, status, total, done, compared in (
            ("VIEW", "TRANSFERING", "3", "2", "VIEW"),
            ("FOREIGN_KEY", "NOT_START", "3", "0", "CONSTRAINT"),
            ("TABLE_INDEX", "TRANSFERING", "3", "1", "INDEX"),
            ("FUNCTION", "NOT_START", "3", "0", "ROUTINE"),
        )
    },
    "nothing of a type to move": adding_moved("EVENT", "NOT_START", "0", "0"),
    "the rows of a type all moved, whatever its word": adding_moved(
        "VIEW", "TRANSFERING", "6", "6"
    ),
    "indexes that the task leaves out": both(
        setting("detail", policy_config={"index_trans": "false"}),
        adding_moved("INDEX", "NOT_START", "8", "0"),
    ),
    "triggers that a migration moves at its end": both(
        setting("base", job_type="migration", engine_type="postgresql-to-postgresql"),
        adding_moved("TRIGGER", "NOT_START", "8", "0"),
    ),
    "a subtask without its EIP that runs like the others": both(
        setting("detail", children=[EAST]),
        setting("listed", children=[EAST | {"status": "INCRE_TRANSFER_STARTED"}]),
    ),
    "a structure that is whole once triggers move": setting(
        "told", progress_map={"struct": {"completed": "94%"}, "data": {"completed": "100%"}}
    ),
    "indexes that were compared since": both(
        setting("told", progress_map={"index": {"completed": "40%"}}), compared_type("INDEX", 5)
    ),
    **{
        f"rows: an error that is none: {told!r}": setting("rows_task", error_msg=told)
        for told in ("null", "-", " ", "N/A", "Success")
    },
    **{
        f"a table that is empty on both sides, as {status!r}": second_tables(
            {"source_row_num": none, "target_row_num": none, "status": status},
            {"source_row_num": 0, "target_row_num": 0},
        )
        for status, none in ((10, "0"), ("BOTH_EMPTY", 0))
    },
    "a table that was empty when rows were compared, before values": both(
        second_tables({"source_row_num": "0", "target_row_num": "0"}, {}),
        setting("rows_task", start_time="2026-11-20T04:00:00Z", end_time="2026-11-20T04:10:00Z"),
    ),
    "an incremental-only task, of which no object counts are told": both(
        setting("base", task_type="INCR_TRANS"),
        setting("told", task_mode="INCR_TRANS"),
        setting("moved", migration_object_overview=[]),
    ),
    "types in small letters": lambda world: world.tables.update(type="table"),
    "a second table": lambda world: world.second_table(),
    "a second table in capitals, or with its schema": second_tables(
        {"source_table_name": "U", "target_table_name": "u"}, {"source_table_name": "shop.u"}
    ),
    "a destination of another name for rows and values": both(
        setting("row", target_table_name="t_new"), setting("value", target_table_name="T_NEW")
    ),
    "values call a database what rows call a schema": both(
        setting("row", source_table_name="hr.t", target_table_name="hr.t"),
        setting("value", source_db="hr", target_db="hr"),
        lambda world: world.values_overview[0].update(source_db="hr", target_db="hr"),
    ),
    "values tell no destination": both(
        without("value", "target_db", "target_table_name"),
        lambda world: world.rows_overview[0].update(target_db_name="shop_new"),
        lambda world: world.values_overview[0].update(target_db="shop_new"),
    ),
    "a database without a table, which both overviews know": both(
        adding(
            "rows_overview",
            {"source_db_name": "hr", "target_db_name": "hr", "status": "CONSISTENT"},
        ),
        adding("values_overview", {"source_db": "HR", "target_db": "hr", "compare_result": True}),
    ),
    **{
        f"applying is {state!r}": setting("metrics", apply_current_state=state)
        for state in ("succeed", "processing", "waiting", "1", "2", "3", "", None)
    },
    **{
        f"{line!r} at {at}": with_line("Info", line, at)
        for line, at in (
            ("applier lag: 12.5 minutes", SINCE),
            ("applier lag: 2 seconds", FRESH),
            ("delay threshold 3600 s", FRESH),
            ("caught up after a lag of 5400 s", FRESH),
        )
    },
    "a lag that is over a minute later": both(
        with_line("Info", "applier lag: 12.5 minutes", "2026-11-20T07:57:00Z"),
        with_line("Info", "caught up with the source", FRESH),
    ),
    **{
        f"{line!r}": with_line("Info", line)
        for line in (
            "Checkpoint written, 3 DDL executed",
            "DDL executed: 12, failed: 0",
            "0 DDL statements filtered",
            "ALTER TABLE t ADD c INT executed successfully",
            "incremental synchronization started",
            "Apply batch finished: 100 rows copied, 0 skipped",
            "rowsDropped=0",
            "skipped 40 s of idle time",
            "本批写入 100 行，跳过 0 行",
        )
    },
    **{
        f"{line!r}, before it was compared": with_line("Warn", line, BEFORE)
        for line in (
            "DDL filtered: DROP TABLE x",
            "The job was resumed",
            "版本升级完成",
            "The task was reset. Full synchronization starts again.",
            "Redo logs 118 to 121 are gone, capture was restarted from log 122",
            "目标库有人手动清空了表 shop.t",
        )
    },
    **{
        f"{line!r} of another task": with_line("Info", line)
        for line in ("Task crm-sync was reset", "job 'hr-move' was resumed", "任务 crm-sync 已重置")
    },
    "a gap that was filled later": both(
        with_line("Warn", "Events between 4:1 and 5:7 are missing", "2026-11-20T06:00:00Z"),
        with_line("Info", "The gap between 4:1 and 5:7 was filled from the archive"),
    ),
    "what another changed at the destination, undone later": both(
        with_line(
            "Warn", "destination table shop.t was altered outside of DRS", "2026-11-20T06:00:00Z"
        ),
        with_line("Info", "shop.t was restored to what it was"),
    ),
    **{
        f"the link {link}": setting("base", engine_type=link)
        for link in ("oracle-to-gaussdbv5", "postgresql-to-postgresql", "mongodb-to-dds")
    },
}


def test_there_are_many_changes_over_every_criterion():
    assert len(CHANGES) >= 150


@pytest.mark.parametrize("change", READY)
async def test_a_world_in_which_nothing_is_wrong_is_ready(change):
    world = Ready()
    READY[change](world)
    answer = await world.check()
    assert answer["verdict"] == "ready", answer["headline"]


@pytest.mark.parametrize("change", CHANGES)
async def test_one_thing_wrong_is_never_ready_and_is_told(change):
    world = Ready()
    make, criteria = CHANGES[change]
    make(world)
    answer = await world.check()
    assert answer["verdict"] != "ready"
    blamed = [row for row in answer["criteria"]["rows"] if row[1] in ("not_met", "unknown")]
    assert {row[0] for row in blamed} & set(criteria)
    assert all(row[2] for row in blamed)


async def test_a_ddl_that_was_carried_out_since_is_told_of_what_was_compared_before():
    world = Ready()
    world.line("Info", "DDL replayed: CREATE INDEX i ON shop.t (c)", SINCE)
    answer = await world.check()
    assert answer["verdict"] == "ready"
    told = {row[0]: row[2] for row in answer["criteria"]["rows"]}
    for name in ("objects_consistent", "rows_consistent", "values_consistent"):
        assert told[name].endswith(f"a DDL was carried out since, {SINCE}")


async def test_a_database_of_which_the_overview_tells_one_side_is_that_of_its_tables():
    world = Ready()
    world.values_overview[0]["target_db"] = ""
    answer = await world.check()
    told = {row[0]: row[2] for row in answer["criteria"]["rows"]}
    assert told["values_coverage"] == "1 of 1 table in scope compared"


async def test_a_later_comparison_of_other_tables_closes_no_error():
    world = Ready()
    world.second_table()
    world.line("Error", FAILED.format("`shop`.`t`"), "2026-11-20T06:00:00Z")
    world.values_task |= {"start_time": "2026-11-20T06:30:00Z", "end_time": "2026-11-20T06:40:00Z"}
    world.uncompared.append(world.values.pop(0) | {"content_compare_result": None})
    assert (await world.check(accept_uncompared=True))["verdict"] == "unknown"


async def test_values_of_redis_that_were_compared_and_differ_are_no_exception():
    world = Ready()
    world.base |= {"engine_type": "redis-to-gaussredis", "job_type": "migration"}
    world.value |= {"content_compare_result": False, "difference_row_num": 3}
    assert (await world.check())["verdict"] == "not_ready"


def redis_without_object_comparison():
    """Keys of Redis that were counted and agree, and objects that nobody compared."""
    world = Ready()
    world.base |= {"engine_type": "redis-to-gaussredis", "job_type": "migration"}
    world.tasks.remove(world.objects_task)
    world.objects = {}
    world.moved["migration_object_overview"] = []
    return world


async def test_the_databases_of_redis_are_those_whose_keys_were_compared():
    answer = await redis_without_object_comparison().check()
    rows = {row[0]: row for row in answer["criteria"]["rows"]}
    assert answer["verdict"] == "ready"
    assert rows["objects_consistent"][1] == "not_applicable"
    assert "shop" in rows["objects_consistent"][2]


@pytest.mark.parametrize(
    "change",
    [
        lambda world: world.moved["migration_object_overview"].append(
            {"type": "DATABASE", "src_count": "2", "dst_count": "2", "status": "COMPLETED"}
        ),
        lambda world: world.tasks.remove(world.rows_task) or world.tasks.remove(world.values_task),
        lambda world: world.row.update(status="INCONSISTENT", target_row_num="9"),
        lambda world: world.newer("object_comparison", "RUNNING"),
        lambda world: world.newer("object_comparison", "FAILED"),
        lambda world: world.base.update(engine_type="mysql-to-mysql"),
        lambda world: world.base.update(task_type="FULL_TRANS"),
    ],
)
async def test_nor_does_anything_else_stand_for_objects_that_were_not_compared(change):
    world = redis_without_object_comparison()
    change(world)
    assert (await world.check())["verdict"] in ("unknown", "not_ready")


def goes_on(kind, **fields):
    """A comparison that compares changes as they come, beside the one that ended."""
    return adding(
        "tasks",
        {"id": "dyn", "type": kind, "status": "INCRE_DOING", "start_time": STARTED, **fields},
    )


@pytest.mark.parametrize("kind", ["lines", "contents"])
@pytest.mark.parametrize("told", [{}, {"dynamic_compare_delay": 0}])
async def test_beside_a_comparison_that_goes_on_untold_the_one_that_ended_is_judged(kind, told):
    world = Ready()
    goes_on(kind, **told)(world)
    answer = await world.check()
    assert answer["verdict"] == "ready", answer
    assert "one that goes on finds no difference so far" in str(answer["criteria"])


@pytest.mark.parametrize(
    "change",
    [
        setting("rows_task", start_time=LAST_MONTH, end_time=LAST_MONTH),
        setting("rows_task", status="FAILED"),
        setting("row", status="INCONSISTENT", target_row_num="9"),
        setting("compare_progress", **progress_of_comparison(0, 3)),
        with_line("Warn", "4 records of shop.t were discarded"),
    ],
)
async def test_the_one_that_ended_is_judged_like_any_other(change):
    world = Ready()
    goes_on("lines")(world)
    change(world)
    assert (await world.check())["verdict"] in ("unknown", "not_ready")


async def test_where_nothing_ended_a_comparison_that_ends_is_advised():
    world = Ready()
    world.rows_task |= {"status": "INCRE_DOING", "end_time": None, "dynamic_compare_delay": 0}
    answer = await world.check()
    assert answer["verdict"] == "unknown"
    assert "make a comparison that ends" in str(answer["criteria"])


@pytest.mark.parametrize("policy", ["tableStructure, constraintData", "constraintData"])
async def test_a_task_that_moves_no_rows_by_several_policies_is_judged_by_its_objects(policy):
    world = Ready()
    world.detail["policy_config"] = {"sync_type_policy": policy}
    world.tasks[:] = [world.objects_task]
    assert (await world.check())["verdict"] == "ready"
    world.tables |= {"target_count": 0, "status": "INCONSISTENT"}
    assert (await world.check())["verdict"] == "not_ready"


@pytest.mark.parametrize(
    "change",
    [
        "the detail says failed",
        "the frame of the progress says failed",
        "the task list says failed",
        "the progress tells an error",
        "the detail tells an error",
        *(f"applying is {state}" for state in ("failed", "Abnormal", "ERROR", "0", "10")),
    ],
)
async def test_a_failure_that_is_told_anywhere_is_not_healthy_either(change):
    world = Ready()
    CHANGES[change][0](world)
    answer = await ask(diagnose_job, httpx2.MockTransport(world.world().answer), job=JOB)
    assert answer["verdict"] in ("attention", "failed")


async def test_a_task_that_tells_no_delay_is_not_called_healthy():
    world = Ready()
    world.told |= {"incr_trans_delay": "-1", "incr_trans_delay_millis": None}
    answer = await ask(diagnose_job, httpx2.MockTransport(world.world().answer), job=JOB)
    assert answer["verdict"] == "unknown"
    assert "delay not told" in answer["headline"]


def full_only(ended):
    """A task that copied everything until then, and is finished."""
    world = Ready()
    world.base |= {"task_type": "FULL_TRANS", "job_type": "migration"}
    for part in (world.detail, world.progress):
        part["status"] = "FULL_TRANSFER_COMPLETE"
    world.told |= {"task_mode": "FULL_TRANS", "transfer_status": "FULL_TRANSFER_COMPLETE"}
    world.told |= {"incr_trans_delay": "-1", "incr_trans_delay_millis": "-1"}
    world.moved["full_complete_time"] = ended
    return world


@pytest.mark.parametrize(
    ("ended", "verdict"),
    [(BEFORE, "ready"), (MEANWHILE, "unknown"), (SINCE, "unknown"), (TOMORROW, "unknown")],
)
async def test_a_full_copy_is_vouched_for_by_what_was_compared_after_its_end_alone(ended, verdict):
    assert (await full_only(ended).check())["verdict"] == verdict


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("no differences found", "ready"),
        ("0 rows differ", "ready"),
        ("all rows matched", "ready"),
        ("未发现差异", "ready"),
        ("行数一致，耗时3秒", "ready"),
        ("10 rows compared in 0.3 s", "ready"),
        ("10 rows differ", "unknown"),
        ("10.0 rows differ", "unknown"),
        ("0 of 10 rows equal", "unknown"),
        ("0 rows compared", "unknown"),
        ("差异10行", "unknown"),
    ],
)
async def test_a_message_that_finds_no_difference_leaves_a_row_that_agrees(message, verdict):
    world = Ready()
    world.row["message"] = message
    assert (await world.check())["verdict"] == verdict


GAP = "Binlog crm-bin.000017 was purged, reading starts at crm-bin.000019"
REJECTED = "3 rows of table shop.t were rejected"
TOUCHED = "table shop.t: 3 rows of the destination were deleted by another session"
QUEUED = "3 rows of shop.t failed and were queued for retry"


@pytest.mark.parametrize(
    ("lost", "later"),
    [
        (GAP, "1200 events replayed in 3 s"),
        (GAP, "log file 12 closed"),
        (GAP, "events of crm-bin.000020 replayed"),
        (GAP, "日志已重新读取"),
        (REJECTED, "replayed 300 events of shop.t"),
        (REJECTED, "table shop.t: statistics reloaded"),
        (REJECTED, "shop.t: lock released after all"),
        (REJECTED, "table shop.t: connection restored"),
        (REJECTED, "手动触发表shop.t统计"),
        (TOUCHED, "table shop.t: deadlock, transaction rolled back and retried"),
        (TOUCHED, "表shop.t恢复同步"),
        (QUEUED, "connection retry 2 succeeded"),
        (QUEUED, "日志队列已清空"),
        ("column c of table shop.t was left out", "shop.t: 300 rows applied to the destination"),
    ],
)
async def test_a_line_of_work_that_goes_on_makes_nothing_good_that_was_lost(lost, later):
    world = Ready()
    world.line("Warn", lost, SINCE)
    world.line("Info", later, FRESH)
    assert (await world.check())["verdict"] == "unknown"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("destination restored from backup", "unknown"),
        ("The destination was rolled back to a snapshot", "unknown"),
        ("PITR of the target completed", "unknown"),
        ("target instance recreated", "unknown"),
        ("目标库已回滚到备份", "unknown"),
        ("目标实例恢复到时间点 08:00", "unknown"),
        ("position moved forward by operator to crm-bin.12:4", "unknown"),
        ("位点被人工前移", "unknown"),
        ("connection to the destination restored", "ready"),
        ("transaction at the destination rolled back and retried", "ready"),
        ("position advanced to crm-bin.12:4", "ready"),
        ("目标库连接恢复", "ready"),
        ("目标库表索引重建完成", "ready"),
    ],
)
async def test_a_destination_that_was_set_back_is_not_what_was_compared(line, verdict):
    world = Ready()
    world.line("Info", line, SINCE)
    assert (await world.check())["verdict"] == verdict


@pytest.mark.parametrize(
    ("lost", "later"),
    [
        (GAP, "the purged events were re-read from the archive"),
        (REJECTED, "The 3 rejected rows of shop.t have been written now"),
        (REJECTED, "3 rows of shop.t re-applied"),
        (REJECTED, "rejected rows of shop.t were re-inserted manually"),
        (REJECTED, "表 shop.t 的数据已修复"),
        (TOUCHED, "deletion on shop.t reverted"),
        (QUEUED, "2 queued rows applied"),
    ],
)
async def test_a_line_that_says_that_what_was_lost_came_makes_it_good(lost, later):
    world = Ready()
    world.line("Warn", lost, SINCE)
    world.line("Info", later, FRESH)
    assert (await world.check())["verdict"] == "ready"


@pytest.mark.parametrize(
    ("later", "verdict"),
    [
        ("Retry 2 of batch 13 succeeded", "unknown"),
        ("Retry of batch 12 succeeded, 9 rows of shop.t written", "ready"),
    ],
)
async def test_what_was_given_up_is_closed_by_a_recovery_of_the_same_thing_alone(later, verdict):
    world = Ready()
    world.line("Error", "Retry 3 of batch 12 failed, 9 rows of shop.t skipped", SINCE)
    world.line("Info", later, FRESH)
    assert (await world.check())["verdict"] == verdict


def _differing(world):
    world.second_table()
    world.rows[1] |= {
        "target_row_num": "7",
        "difference_row_num": "3",
        "status": "INCONSISTENT",
        "source_table_name": "coupon",
    }


def _without_a_key(world):
    world.second_table()
    left_out = world.values.pop()
    world.uncompared.append(left_out | {"message": "no primary key"})


@pytest.mark.parametrize(
    ("change", "criterion", "names"),
    [
        (_differing, "rows_consistent", "1 of 2 tables differ by 3 rows ('shop.coupon')"),
        (_without_a_key, "values_coverage", "1 not compared (no key: 'shop.u')"),
    ],
)
async def test_the_tables_that_decide_are_named_with_a_call_that_lists_them(
    change, criterion, names
):
    world = Ready()
    change(world)
    answer = await world.check()
    assert names in answer["headline"]
    assert any(row[0] == criterion and names in row[2] for row in answer["criteria"]["rows"])
    assert "get_compare_detail" in [call["tool"] for call in answer["next"]]


@pytest.mark.parametrize("part", ["rows_task", "values_task", "objects"])
async def test_what_a_comparison_says_of_itself_is_told_in_its_own_words(part):
    world = Ready()
    setting(part, error_msg="4 tables were skipped: the source was reset")(world)
    found = await world.check()
    assert found["said"]["rows"] == [["comparison", "4 tables were skipped: the source was reset"]]
    quiet = Ready()
    setting(part, error_msg="null")(quiet)
    assert "said" not in await quiet.check()


@pytest.mark.parametrize("part", ["rows", "values"])
async def test_what_a_comparison_says_of_a_table_is_told_in_its_own_words(part):
    world = Ready()
    getattr(world, part)[0]["message"] = "Only the first 1,000,000 rows were compared"
    found = await world.check()
    assert found["verdict"] == "unknown"
    assert (
        "1 of 1 table is called consistent, but its message tells of a limit" in found["headline"]
    )
    assert found["said"]["rows"] == [["shop.t", "Only the first 1,000,000 rows were compared"]]
