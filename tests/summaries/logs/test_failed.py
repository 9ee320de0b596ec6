"""Which lines say that the moving of a table, an object or rows failed."""

import pytest

from drs_mcp.summaries.logs.doubt.doubtful import doubt_in

FAILED = [
    "apply of archived log 12 to HR.EMP failed",
    "Sync status of table crm.leads: FAILED",
    "migrating view public.v_a: ERROR permission denied for schema app",
    "Subscription sub_a for table public.t disabled due to an error",
    "full load of dbo.T finished with 3 errors",
    "copying of 3 of 40 tables failed",
    "3 张表同步失败",
    "表 crm.leads 同步失败",
    "表 crm.leads 数据同步失败，原因：字段长度不足",
    "增量同步表 crm.leads 时失败",
    "同步表 crm.leads 失败",
    "表 crm.leads 复制失败",
    "表 crm.leads 已暂停同步",
    "已停止同步表 crm.leads",
    "停止对表 crm.leads 的同步",
    "crm.leads 写入目标库失败",
    "資料表 crm.leads 同步失敗",
    "表 crm.leads 增量同步失败，已暂停该表",
    "视图 v_leads 同步失败：权限不足",
    "外键 fk_a 添加失败",
    "存储过程 p_close 迁移报错",
    "集合 app.orders 增量应用失败",
    "表 hr.dept 全量迁移中断",
    "synchronization of table crm.leads failed",
    "replication of hr.emp failed",
    "Replication of collection app.orders has failed: NamespaceNotFound",
    "sync failed for view v_leads: permission denied",
    "apply to crm.leads failed",
    "table crm.leads: sync error, table paused",
    "Copying table dbo.Invoice failed with error 8152",
    "error during initial load of SCOTT.EMP",
    "Loading of dbo.Invoice aborted",
    "failed to apply changes to HR.DEPT",
    "Materialized view mv_leads: migration failed",
    "crm.leads is suspended",
]
NOT_FAILED = [
    "update check failed",
    "delete of old logs failed",
    "写入监控数据失败",
    "删除旧日志失败",
    "copy of the log to OBS failed",
    "creation of alarm rule failed",
    "procedures: 12 migrated, 0 failed",
    "存储过程：成功 12，失败 0",
    "views compared: 12, failed 2",
    "synchronization of table crm.leads did not fail",
    "表 crm.leads 同步未失败",
    "表 crm.leads 未发生同步失败",
    "表 crm.leads 同步完成，失败 0 行",
    "copy of crm.leads completed without errors",
    "sync of crm.leads: 0 errors",
    "failures while copying crm.leads: 0",
    "apply of crm.leads failed, retry succeeded",
    "apply of crm.leads failed; retrying",
    "replication of crm.leads failed on the first attempt, the second attempt succeeded",
    "表 crm.leads 同步失败后重试成功",
    "if the replication of crm.leads fails, the table is paused",
    "若表 crm.leads 同步失败，请联系管理员",
    "replication was paused by user admin",
    "同步任务已暂停",
    "同步失败告警已开启",
    "sync error threshold of crm.leads is 10",
    "heartbeat write failed",
    "connection to apply node failed",
    "capture job cdc.sales_capture is stopped",
    "0 tables failed to synchronize",
    "触发器 trg_stock 处于禁用状态，增量回放时未触发，crm.log 多写入 0 行",
]


@pytest.mark.parametrize("line", FAILED)
def test_a_thing_a_verb_of_moving_and_a_word_of_failing_are_read_in_any_order(line):
    assert doubt_in(line, warns=True)
    assert doubt_in(line, warns=False)


@pytest.mark.parametrize("line", NOT_FAILED)
def test_a_denial_a_zero_a_condition_and_what_was_tried_again_are_none(line):
    assert not doubt_in(line, warns=True)


@pytest.mark.parametrize(
    "line",
    [
        "procedures: 12 migrated, 2 failed",
        "views failed: 2",
        "存储过程：成功 12，失败 2",
        "触发器迁移：成功 3，失败 1",
    ],
)
def test_a_number_of_objects_that_failed_is_read_of_a_warning(line):
    assert doubt_in(line, warns=True)
