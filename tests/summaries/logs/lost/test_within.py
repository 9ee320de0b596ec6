"""Which lines say that the destination changed its own rows."""

import pytest

from drs_mcp.summaries.logs.kinds.lost.losses import WITHIN, is_final, loss_in

TOLD = [
    "session_replication_role is origin at the target, triggers fire",
    "Trigger trg_pay activated by the applier at the destination",
    "target job CLEAN_PAY removed 12 rows of shop.pay",
    "destination cascades deleted rows of shop.items",
    "stock of shop.pay was decreased a second time by a trigger of the target",
    "目标库存在启用的触发器，回放时被触发",
    "目标库清理作业删除了 shop.pay 300 行数据",
    "目标端级联更新 4 行",
    "trigger trg_audit fired on the destination during replication: 12 rows of crm.audit written twice",
    "Triggers at the destination are enabled and fire for replicated rows",
    "12 rows were inserted by trigger trg_log at the target",
    "event ev_purge deleted 40 rows of crm.leads at the destination",
    "event scheduler is ON at the destination: ev_purge ran 3 times",
    "Job purge_leads executed on the target and removed 12 rows",
    "the destination's triggers fired again, values were applied twice",
    "destination: DBMS_SCHEDULER job NIGHTLY ran and changed crm.leads",
    "Foreign key cascade at the destination deleted 4 rows of crm.items",
    "ON UPDATE trigger changed column updated_at at the target",
    "duplicate rows: trigger on target table crm.leads wrote them a second time",
    "目标库触发器 trg_audit 被触发，数据重复写入",
    "目标端触发器未禁用，同步期间触发 12 次",
    "目标库事件 ev_purge 执行，删除 40 行",
    "目标库定时任务修改了 crm.leads 的数据",
    "目标库作业运行并写入 3 行",
    "目標資料庫觸發程序執行，重複寫入 2 列",
    "目标库级联删除了 4 行",
    "AFTER INSERT trigger at the target doubled the stock of 12 rows in shop.pay",
    "On the destination trigger shop.trg_pay wrote 12 rows to shop.pay_log",
    "TTL index on the target removed 300 documents",
    "Destination evicted 40 keys because of maxmemory",
    "pg_cron job cleanup_old deleted 12 rows from shop.pay on the target",
    "scheduled event purge_pay is active at the destination and removed rows",
    "ON DELETE CASCADE at the target removed 4 rows of shop.items",
    "目标库触发器 trg_pay 触发，shop.pay_log 重复写入 12 行",
    "目标库定时事件清理了 300 行",
    "目标 Redis 内存不足，淘汰 40 个 key",
    "SQL Agent job purge_old deleted 30 rows from dbo.Sessions on the target",
    "scheduled event ev_archive moved 870 rows on the destination",
    "12 documents expired on the destination before the TTL index was aligned",
    "column a of crm.leads is ON UPDATE CURRENT_TIMESTAMP on the target: 3 rows were set to now",
]
NOT_TOLD = [
    "session_replication_role=replica at the target, triggers do not fire",
    "Triggers of the target will be enabled at the end",
    "Trigger trg_pay disabled at the destination",
    "3 triggers compared at source and target",
    "cleanup job of DRS removed old logs on the target node",
    "目标库触发器已全部停用",
    "触发器对比：源库 3，目标库 3",
    "目标库作业已停用",
    "triggers at the destination are disabled during replication",
    "Trigger trg_audit was created at the destination",
    "triggers will fire at the destination after the cutover",
    "no trigger fired at the destination",
    "event scheduler is OFF at the destination",
    "If triggers are enabled at the destination, values are written twice",
    "Trigger trg_audit fired at the source",
    "alarm triggered at the destination: disk 91 %",
    "a checkpoint was triggered at the destination",
    "replication event 12 executed at the destination",
    "Do triggers fire at the destination?",
    "full vacuum job started at the destination",
    "目标库触发器已禁用",
    "目标库触发器将在任务结束后启用",
    "未发现目标库触发器被触发",
    "若目标库触发器启用，数据会重复写入",
    "告警触发：目标库磁盘 91%",
    "源库触发器执行写入 12 行，已同步到目标库",
    "目标库备份作业运行完成",
    "backup job ran on the target",
    "triggers dropped at the destination before replication",
    "event 4411 written to the destination",
    "the change event deleted 3 rows at the destination",
    "job of type INCREMENT wrote 300 rows to the target",
    "0 keys evicted at the destination",
    "trigger shop.trg_pay migrated to the target",
    "TTL index created at the target",
    "Trigger definitions updated at the target by DRS",
    "目标库触发器创建完成",
    "目标库未淘汰任何 key",
    "replicated event inserted 3 rows into the target",
    "12 documents expired at the source before they were copied to the destination",
    "pg_cron job 7 is disabled on the destination",
    "column a of crm.leads is ON UPDATE CURRENT_TIMESTAMP on the target: 0 rows changed",
]


@pytest.mark.parametrize("line", TOLD)
def test_what_a_trigger_an_event_or_a_job_of_the_destination_did_is_read(line):
    assert loss_in(line) == WITHIN
    assert is_final(line)


@pytest.mark.parametrize("line", NOT_TOLD)
def test_what_is_disabled_planned_created_or_at_the_source_changes_nothing(line):
    assert loss_in(line) == ""
