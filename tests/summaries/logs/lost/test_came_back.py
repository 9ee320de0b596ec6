"""Which later lines bring back what was lost: those that name the whole of it."""

import pytest

from drs_mcp.summaries.logs.kinds.lost.came_back import comes_back
from drs_mcp.summaries.logs.kinds.lost.losses import COUNTER, OTHERS, SWITCHED, WITHIN, loss_in

CAME = [
    ("3 rows of shop.t were rejected", "the rejected rows of shop.t were rewritten"),
    ("3 rows of shop.t were rejected", "rows of shop.t were inserted by hand after all"),
    ("shop.t 有 3 行数据被丢弃", "shop.t 缺失的行已补写"),
    (
        "3 rows of shop.t were rejected",
        "Not retried, but the rejected rows of shop.t were repaired",
    ),
    (
        "Table shop.t was removed from the task",
        "Table shop.t was added to the task again and copied",
    ),
    ("Table shop.t was removed from the task", "shop.t copied: 300 rows"),
    ("Table shop.t was removed from the task", "table shop.t is synchronized again"),
    ("Table shop.t was removed from the task", "Table shop.t migrated completely"),
    ("表 shop.t 已移出同步任务", "表 shop.t 重新加入同步任务并复制完成"),
    ("表 shop.t 已移出同步任务", "表 shop.t 迁移成功"),
    (
        "view shop.v was skipped: its definer does not exist",
        "view shop.v created in the destination",
    ),
    ("procedure shop.p was not migrated", "procedure shop.p was created at the destination"),
    (
        "DDL ignored: ALTER TABLE shop.t ADD c int",
        "DDL for shop.t executed at the destination by hand",
    ),
    ("DDL ignored: ALTER TABLE shop.t ADD c int", "column c of shop.t added at the destination"),
    ("DDL ignored: CREATE INDEX ix ON shop.t (a)", "index ix on shop.t created at the destination"),
]
DID_NOT = [
    ("Table shop.t was dropped from the task", "shop.t created an index in the destination"),
    ("Table shop.t was removed from the task", "300 rows applied to shop.t"),
    ("Table shop.t was removed from the task", "index on shop.t created at the destination"),
    ("table shop.t could not be copied: it is left out", "shop.t: 300 rows applied"),
    ("Table shop.t was removed from the task", "copy of shop.u completed"),
    (
        "Table shop.t was removed from the task",
        "view shop.t_v created at the destination, based on shop.t",
    ),
    (
        "Table shop.t was removed from the task",
        "shop.t: statistics updated, plan executed at the destination",
    ),
    (
        "Table shop.t was removed from the task",
        "user shop.t granted, privileges added in the destination",
    ),
    ("Table shop.t was removed from the task", "Structure of shop.t created in the destination"),
    ("Table shop.t was removed from the task", "comment of shop.t migrated"),
    ("Table shop.t was removed from the task", "40 rows of shop.t applied in the destination"),
    ("表 shop.t 已移出同步任务", "表 shop.t 的索引已在目标库创建"),
    ("表 shop.t 已移出同步任务", "表 shop.t 应用 300 行"),
    ("表 shop.t 已移出同步任务", "表 shop.t 结构迁移完成"),
    (
        "view shop.v was skipped: its definer does not exist",
        "index of shop.v created in the destination",
    ),
    ("DDL ignored: ALTER TABLE shop.t ADD c int", "300 rows of shop.t applied at the destination"),
    ("DDL ignored: ALTER TABLE shop.t ADD c int", "index on shop.t created at the destination"),
    ("Table shop.t was removed from the task", "Table shop.t will be copied again"),
    ("Table shop.t was removed from the task", "If table shop.t is copied again, compare it"),
    ("Table shop.t was removed from the task", "Was table shop.t copied again?"),
    ("Table shop.t was removed from the task", "Table shop.t must be re-added"),
    ("表 shop.t 已移出同步任务", "表 shop.t 将重新加入同步任务"),
    ("表 shop.t 已移出同步任务", "请将表 shop.t 重新加入同步任务"),
    ("3 rows of shop.t were rejected", "the rejected rows of shop.t will be rewritten"),
    ("3 rows of shop.t were rejected", "0 rejected rows of shop.t were rewritten"),
    ("3 rows of shop.t were rejected", "Should the rejected rows of shop.t be rewritten?"),
    ("shop.t 有 3 行数据被丢弃", "shop.t 缺失的行将补写"),
    (
        "view shop.v was skipped: its definer does not exist",
        "view shop.v will be created in the destination",
    ),
]


@pytest.mark.parametrize(("lost", "later"), CAME)
def test_the_same_thing_brings_it_back(lost, later):
    assert loss_in(lost)
    assert comes_back(lost, loss_in(lost), later)


@pytest.mark.parametrize(("lost", "later"), DID_NOT)
def test_a_part_of_it_rows_and_another_thing_do_not(lost, later):
    assert loss_in(lost)
    assert not comes_back(lost, loss_in(lost), later)


def test_what_was_changed_at_the_destination_is_undone_and_a_counter_advanced():
    undone = "the changes to shop.t were rolled back"
    for words in (OTHERS, WITHIN):
        assert comes_back("rows of shop.t changed", words, undone)
        assert not comes_back("rows of shop.t changed", words, "rows of shop.t applied")
    behind = "Sequence shop.s was reset to 1 at the destination"
    assert comes_back(behind, COUNTER, "sequence shop.s advanced to 9,001")
    assert not comes_back(behind, COUNTER, "sequence shop.z advanced to 9,001")
    assert not comes_back("app of shop.t switched", SWITCHED, "shop.t restored")


@pytest.mark.parametrize(
    ("lost", "later", "back"),
    [
        (
            "目标库 orders 表被用户 app_admin 手工删除 412 行",
            "父表数据已补齐，任务由用户恢复",
            True,
        ),
        ("目标库 orders 表被用户 app_admin 手工删除 412 行", "父表数据未补齐", False),
        ("目标库 orders 表被用户 app_admin 手工删除 412 行", "表 crm.leads 数据已补齐", False),
        (
            "table shop.orders at the destination was truncated by app_admin",
            "the deleted rows were re-inserted by hand",
            True,
        ),
        (
            "table shop.orders at the destination was truncated by app_admin",
            "the deleted rows will be re-inserted",
            False,
        ),
        (
            "shop.orders: 14 rows could not be applied: lock wait timeout; kept pending",
            "shop.orders: lock obtained, all 14 pending rows applied, nothing pending",
            True,
        ),
        (
            "shop.orders: 14 rows could not be applied: lock wait timeout; kept pending",
            "shop.orders: 14 pending rows will be applied",
            False,
        ),
        (
            "table shop.orders at the destination was truncated by app_admin",
            "the task was resumed",
            False,
        ),
    ],
)
def test_rows_that_somebody_took_away_are_back_by_a_line_that_says_so(lost, later, back):
    assert comes_back(lost, loss_in(lost), later) is back
