"""Which lines say that a change did not meet its row, or that one event or key was passed over."""

import pytest

from drs_mcp.summaries.logs.kinds.lost.losses import (
    OVERSIZED,
    ROWS,
    UNMATCHED,
    is_final,
    loss_in,
)

UNMATCHED_CHANGES = [
    "crm.leads: 31 rows filtered out by the conflict resolver",
    "UPDATE on crm.leads affected 0 rows at the destination",
    "row not found in the destination for update",
    "conflict resolved: kept the destination's row of crm.leads",
    "3 conflicts ignored on crm.leads",
    "冲突：保留目标库数据",
    "更新 0 行，期望 1 行",
    "LOG: CONFLICT: remote UPDATE on relation shop.orders (tuple not found). Resolution: skip.",
    "CONFLICT: remote INSERT on relation shop.orders (local index orders_pkey). Resolution: keep_local.",
    'conflict detected on relation "shop.orders": conflict=update_missing. DETAIL: Could not find the row to be updated.',
    'conflict detected on relation "shop.orders": conflict=delete_missing. DETAIL: Could not find the row to be deleted.',
    "The row was not found at the Subscriber when applying the replicated UPDATE command for table shop.orders, the command was skipped",
    "14 updates of shop.orders affected 0 rows",
    "Can't find record in 'orders' for Update_rows event on shop.orders: skipped",
    "更新 shop.orders 时目标端找不到对应的行，已跳过",
    "表 shop.orders 删除冲突：目标库未找到待删除的行，已忽略",
    "冲突（shop.orders，主键 12）处理结果：跳过",
]
PASSED_OVER = [
    "Encountered change event 'WRITE_ROWS' for table shop.payments whose schema isn't known to this connector; the event will be ignored",
    "Encountered change event 'UPDATE_ROWS' for table shop.payments, its schema is unknown; the event was skipped",
    "received a DELETE for shop.orders of an unknown schema version, the event is dropped",
    "key 'cart:8812' (612 MB) skipped: bulk length exceeds proto-max-bulk-len of the destination",
    "key user:1:feed (900 MB) was not migrated: it exceeds the maximum size of 512 MB",
    'key "q:jobs" skipped: the type stream is not supported by the destination',
    "收到表 shop.payments 的变更事件，但表结构未知，该事件将被忽略",
    "shop.payments 的表結構未知，事件已被忽略",
    "鍵 cart:8812（612 MB）超過目標端上限，已跳過",
]
NEITHER = [
    "CONFLICT resolution is set to skip",
    "conflict resolution: apply_remote",
    "conflict_resolution = keep_local",
    "CONFLICT: remote INSERT on relation shop.orders (local index orders_pkey). Resolution: apply_remote.",
    "0 updates of shop.orders affected 0 rows",
    "no update of shop.orders affected 0 rows",
    "If the schema is not known to the connector, the event will be ignored",
    "events of unknown schemas are ignored if the option is set",
    "key 'cart:8812' (612 MB) split in 4 parts, all written",
    "keys skipped: 0",
    "冲突策略：跳过",
    "冲突处理方式：忽略",
    "若表结构未知，事件将被忽略",
    "conflicts detected: update_missing=0, delete_missing=0",
]


@pytest.mark.parametrize("line", UNMATCHED_CHANGES)
def test_a_change_that_met_no_row_or_another_is_read(line):
    assert loss_in(line) in (UNMATCHED, ROWS)
    assert is_final(line)


@pytest.mark.parametrize("line", PASSED_OVER)
def test_one_event_or_key_that_was_passed_over_is_read(line):
    assert loss_in(line) in (ROWS, OVERSIZED)
    assert is_final(line)


@pytest.mark.parametrize("line", NEITHER)
def test_a_setting_a_condition_and_what_the_source_won_are_none(line):
    assert loss_in(line) == ""
