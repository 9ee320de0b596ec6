"""What a line tells that is none of its task's events, and what stays in near words."""

import pytest

from drs_mcp.summaries.cutover.events import events
from drs_mcp.summaries.logs.kinds.lost.losses import loss_in
from drs_mcp.summaries.logs.kinds.recoveries import is_recovery
from tests.support.log_rows import entry, facts


def told(line):
    """What speaks against a cut-over in a log of one line, in our own words."""
    found = [event.words for event in events(facts([entry(line, "Info")]))]
    return found or ([loss_in(line)] if loss_in(line) else [])


OUTSIDE = [
    "DDL ignored: ALTER TABLE hr.salary ADD COLUMN c INT (hr is not selected in this task)",
    "DDL ignored: DROP TABLE hr.old (not in scope)",
    "DDL skipped: CREATE INDEX i ON hr.t (a); hr.t is not an object of this task",
    'skip event [statement="CREATE TABLE `test`.`tmp1` (id INT)"] [schema=test]: schema test is not in the block-allow-list',
    "table legacy.audit_log was dropped in the destination; legacy.audit_log is not an object of this task",
    "4 rows of hr.salary were skipped: schema hr is outside the scope of this task",
    "DDL 已忽略：ALTER TABLE hr.salary ADD c INT，该库不在同步范围内",
    "DDL 已跳过：DROP TABLE hr.old，表 hr.old 不是本任务的同步对象",
    "已忽略 DDL：ALTER TABLE hr.t ADD c INT（hr 未选择）",
    "cutover rehearsal on the clone rds-clone-02: tables dropped and recreated there; the destination of this task was not touched",
    "standby node of the destination rebuilt; primary not affected, standby lag 0 s",
    "The read replica node was restarted; the primary is unaffected",
    "目标实例备节点重建完成；主节点未受影响",
    "割接演练：克隆实例上的表已清空后重新导入；目标库不受影响",
]  # fmt: skip
INSIDE = [
    "DDL ignored: ALTER TABLE shop.orders ADD COLUMN c INT (hr is not affected)",
    "DDL ignored: ALTER TABLE hr.t ADD c INT (hr is not selected in this task); DDL ignored: ALTER TABLE shop.t ADD c INT",
    "new table shop.refunds was created at the source and is not part of this task: it is not replicated",
    "table shop.orders is no longer in the scope of this task, 4 rows were skipped",
    "table hr.t was dropped; hr.t is not an object of this task; 3 rows of shop.orders were lost",
    "3 rows of shop.orders were lost; the destination was not touched",
    "standby node of the destination was promoted by failover; primary not affected",
    "node of the destination rebuilt; standby not affected",
    "standby rebuilt; primary not affected, but 3 rows of shop.orders were lost",
    "tables dropped on the clone rds-2; 3 rows were lost at the destination",
    "DDL 已忽略：ALTER TABLE shop.orders ADD c INT，请人工处理",
    "目标实例节点重建完成；备节点未受影响",
    "DDLs ignored: ALTER TABLE hr.t and ALTER TABLE shop.t ADD c INT (hr is not selected in this task)",
    "read replica of the destination was restored; the primary was failed over to it",
    "表 shop.orders 的列 fee 不在同步范围内，DDL 已忽略：ALTER TABLE shop.orders ADD fee INT",
]  # fmt: skip
NO_EVENT = [
    "filter_ddl_policy=drop_database",
    "support_ddl_info=CREATE_TABLE,ADD_COLUMN,MODIFY_COLUMN; DDL outside of this list is ignored",
    "ddl_policy=ignore_outside_scope, on_ddl_error=stop, skip_ddl=false",
    "config: skip_ddl_errors=off; conflict_policy=overwrite",
    "配置：ddl_filter_mode=skip；on_conflict=ignore",
    "Note: the position can be reset only while the task is paused; events between the old and the new position would be lost.",
    "Tip: a task that is paused for longer than 7 days may lose events",
    "提示：如遇主键冲突导致数据被丢弃，请参考帮助中心“冲突策略”一节",
    "说明：任务暂停时间超过日志保留期时可能丢失数据",
    "failover drill of the source is planned for Sunday 03:00",
    "an upgrade of the nodes is scheduled for 2026-12-01",
    "源库主备切换计划于周日 03:00 执行",
    "本小时忽略的 DDL：0 条，执行失败的 DDL：0 条",
    "跳过的 DDL 数量：0",
    "跳过的 DDL 语句数：0",
    "目标库写入审计：非同步账号写入 0 行",
    "目标库巡检：业务账号删除了 0 条，手工修改数量：0",
    "DDL replicated: DROP TABLE `shop`.`tmp_import_0312` (created and dropped at the source today)",
    "DDL applied: ALTER TABLE shop.t DROP COLUMN c, dropped at the source an hour ago",
    "DDL ignored: ANALYZE TABLE shop.orders (statistics only)",
    "DDL skipped: COMMENT ON TABLE shop.orders IS 'x'",
    "DDL 已忽略：ANALYZE TABLE shop.orders，仅统计信息",
    "expired keys are not transferred: 118 keys already expired at the source were skipped",
    "已过期的 key 不迁移：源端 118 个已过期键被跳过",
]  # fmt: skip
EVENTS = [
    "rows_rejected=4",
    "skip_ddl=true; 4 rows of shop.orders were rejected",
    'event=ddl action=skip statement="ALTER TABLE shop.orders ADD c INT", ddl skipped',
    "support_ddl_info=CREATE_TABLE; DDL ignored: ALTER TABLE shop.orders ADD c INT",
    "冲突策略为忽略：表 shop.coupons 有 6 行冲突数据未写入目标库",
    "ddl_filter=on, filtered_ddls=3",
    "ANALYZE TABLE shop.orders failed: 3 rows were lost",
    "Note: 3 rows of shop.orders were skipped",
    "说明：shop.orders 有数据被丢弃，可能由于主键冲突",
    "Note: the task was paused and resumed by an operator",
    "the connection broke while the task was paused",
    "注意：已丢弃 3 行数据，请检查",
    "3 rows were lost, a restart of the task is planned for Sunday",
    "the failover of the source was carried out and the next one is planned for Sunday",
    "源库主备切换已按计划于周日 03:00 完成",
    "跳过的 DDL：10 条",
    "执行失败的 DDL：3 条",
    "目标库写入审计：非同步账号写入 20 行",
    "目标 Redis 内存不足，淘汰 40 个 key",
    "DDL skipped: ALTER TABLE shop.orders ADD c INT",
    "DDL ignored: ANALYZE TABLE shop.orders; DDL ignored: ALTER TABLE shop.orders ADD c INT",
    "3 DDLs ignored, first ANALYZE TABLE shop.orders",
    "DDL ignored: ALTER TABLE shop.orders MODIFY phone VARCHAR(40) COMMENT 'x'",
    "118 expired keys skipped; 3 keys of db0 were rejected",
    "3 keys were skipped: the connection expired",
]  # fmt: skip


@pytest.mark.parametrize("line", OUTSIDE)
def test_what_a_line_says_is_outside_the_task_is_no_event_of_it(line):
    assert told(line) == []


@pytest.mark.parametrize("line", INSIDE)
def test_what_is_inside_or_was_until_now_and_what_is_told_beside_it_is_an_event(line):
    assert told(line)


@pytest.mark.parametrize("line", NO_EVENT)
def test_settings_hints_plans_zeros_and_statements_without_effect_are_no_events(line):
    assert told(line) == []


@pytest.mark.parametrize("line", EVENTS)
def test_what_was_done_is_an_event_in_near_words(line):
    assert told(line)


@pytest.mark.parametrize(
    "line",
    [
        "Deadlock found on shop.payments; rolled back and applied again, second attempt succeeded",
        "lock wait timeout, first attempt failed, second attempt succeeded",
        "Deadlock: attempt 2 of 5 succeeded",
        "死锁，第二次尝试成功",
        "死锁，重试 3 次后成功",
    ],
)
def test_what_a_later_attempt_healed_in_the_same_line_is_a_recovery(line):
    assert is_recovery(line)
    assert told(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "Deadlock found on shop.payments; second attempt failed",
        "Deadlock found on shop.payments; the second attempt has not succeeded",
        "second attempt succeeded, but then failed again",
        "死锁，第二次尝试失败",
    ],
)
def test_an_attempt_that_did_not_succeed_is_none(line):
    assert not is_recovery(line)
