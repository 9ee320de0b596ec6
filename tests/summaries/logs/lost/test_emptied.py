"""Which lines say that the destination, or a table of it, was emptied or made anew by another."""

import pytest

from drs_mcp.summaries.logs.kinds.lost.came_back import comes_back
from drs_mcp.summaries.logs.kinds.lost.losses import EMPTIED, OTHERS, is_final, loss_in

EMPTIED_THERE = [
    "table crm.leads at the destination was dropped",
    "target table crm.leads no longer exists",
    "表 crm.leads 在目标库被删除",
    "Table crm.leads was dropped on the target by user 'ops'",
    "FLUSHALL executed at the destination by client 10.0.0.9:51122 (not the task's connection)",
    "FLUSHDB was run at the destination, db0 is empty",
    "目标库表 shop.payments 被外部会话重建，重建后数据未重新加载",
    "目标库 shop.coupons 被 DBA 删除后重新创建，当前为空表",
    "TRUNCATE TABLE `shop`.`coupons` executed at the destination by dba@10.0.0.5; not replicated from the source",
    "table shop.coupons was dropped in the destination by app_admin@10.0.0.5 (not a statement of this task)",
    "the destination ran FLUSHALL on behalf of client 10.0.0.9",
    "db.dropDatabase() was run at the target by admin",
    "DELETE FROM shop.orders was executed at the destination by ops@10.0.0.7",
    "the destination's db 0 was flushed",
    "the destination database shop was wiped",
    "collection shop.carts was dropped at the target and created again empty",
    "table shop.coupons was re-created at the destination by app_admin and is empty",
    "DROP TABLE shop.coupons was run at the destination manually",
    "目标端执行了 FLUSHALL，来源客户端 10.0.0.9",
    "检测到目标库 db0 被清空",
    "目标库表 shop.coupons 已被 ops_user 截断，非本任务操作",
    "目標端 shop.coupons 被運維人員刪除",
    "表 shop.coupons 在目标端被 truncate，操作账号 app_rw",
    "DROP DATABASE shop executed at the target by root@10.1.1.1, not from the source",
    "目标实例被运维人员执行 FLUSHDB",
    "目标表 shop.t 被业务账号 app1 清空",
    "the destination table shop.t was truncated by user app_admin",
]
NOT_EMPTIED = [
    "FLUSHALL executed at the source was replicated to the destination",
    "FLUSHALL is disabled at the destination",
    "the destination was emptied by the task before the full copy",
    "FLUSHDB will be run at the destination before the full copy",
    "TRUNCATE TABLE `shop`.`coupons` executed at the destination (replicated)",
    "TRUNCATE TABLE shop.coupons replayed at the destination by the apply thread",
    "TRUNCATE TABLE shop.coupons executed at the destination by drs_user",
    "DROP TABLE IF EXISTS `shop`.`orders` executed at the destination before the full load",
    "temporary table drs_tmp was dropped at the destination by the loader",
    "no table of the destination was dropped or truncated",
    "table shop.coupons was not dropped at the destination",
    "目标库未被清空",
    "目标库表 shop.orders 将被清空后重新加载",
    "若目标库被清空，请重新同步",
    "目标库将由 DRS 清空",
    "目标端执行 FLUSHALL 已被禁止",
    "巡检：未发现目标库表被删除、清空或重建",
    "the destination's cache was flushed",
    "logs flushed at the destination",
    "table shop.orders truncated at the source, replicated",
    "FLUSHALL was not executed at the destination",
    "FLUSHDB has never been run at the destination",
    "目标端未执行 FLUSHALL",
    "目标表 shop.t 将被清空",
    "planned: TRUNCATE TABLE shop.t at the destination by dba",
    "the target table shop.t was truncated by DRS before the full load",
]


@pytest.mark.parametrize("line", EMPTIED_THERE)
def test_a_table_or_a_destination_that_another_emptied_is_read(line):
    assert loss_in(line) in (EMPTIED, OTHERS)
    assert is_final(line)


@pytest.mark.parametrize("line", NOT_EMPTIED)
def test_what_drs_does_what_the_source_did_and_what_is_denied_are_none(line):
    assert loss_in(line) == ""


def test_a_table_that_was_loaded_again_came_back_and_one_that_was_written_to_did_not():
    lost = "table shop.coupons was dropped in the destination by app_admin@10.0.0.5"
    assert comes_back(lost, EMPTIED, "table shop.coupons was reloaded")
    assert not comes_back(lost, EMPTIED, "12 rows of shop.coupons were applied")
