"""Which lines say that the other direction changed rows."""

import pytest

from drs_mcp.summaries.logs.kinds.lost.losses import OTHERS, is_final, loss_in

TOLD = [
    "both nodes were writable for 4 minutes and took inserts",
    "writes were accepted on both sides for 7 minutes",
    "collision with the opposite direction on shop.pay id=7: the peer version won",
    "反向链路写入目标库 3 行",
    "rows of shop.pay overwritten by the reverse channel",
    "the sync-back task deleted 2 rows at the destination",
    "双向冲突：对端数据覆盖本端 3 行",
    "reverse task crm-back overwrote 12 rows of crm.leads",
    "Bidirectional conflict: row id=7 of crm.leads was overwritten by the other direction",
    "the backward synchronization wrote 3 rows to the destination",
    "reverse synchronization task overwrites rows of destination table crm.leads",
    "loop detected: changes of the reverse task were applied again to crm.leads",
    "active-active: 4 rows of crm.leads overwritten by the peer",
    "dual-write conflict, row 7 of the target replaced by the peer's version",
    "反向同步任务覆盖了目标库 3 行",
    "双向同步冲突：crm.leads id=7 被对端覆盖",
    "检测到回环，反向任务的变更被重复写入",
    "双主冲突，目标库 2 行被反向任务覆盖",
    "反向任務覆寫了目標資料庫 3 列",
    "row 7 of shop.pay was replaced by a change of the reverse task",
    "two-way sync: the peer deleted 3 rows of shop.pay",
    "ping-pong: event of the reverse direction applied twice to shop.pay",
    "逆向任务修改了 shop.pay 的 3 行",
    "双活对端覆盖了 2 行数据",
]
NOT_TOLD = [
    "两端均可写入（权限校验通过）",
    "changes are written on both sides of the partition key",
    "both sides accept connections",
    "both nodes were up and neither took writes",
    "no writes were accepted on both sides",
    "反向链路建立成功",
    "reverse channel opened",
    "collision check with the peer: none",
    "sync-back task is configured",
    "双向同步：对端在线",
    "reverse task crm-back is not started",
    "A reverse task will be created after the cutover",
    "reverse task crm-back: 0 rows overwritten",
    "no row was overwritten by the reverse task",
    "loop of the bidirectional task is prevented: 12 events filtered",
    "reverse task crm-back reads from the destination",
    "Bidirectional synchronization: conflict policy overwrite",
    "反向同步任务未启动",
    "反向任务已创建，未覆盖任何数据",
    "双向同步已过滤回环事件 12 个",
    "若启用反向任务，可能覆盖目标库数据",
    "Does the reverse task overwrite rows?",
    "reverse task prepared, waiting",
    "no loop detected between the two directions",
    "reverse index scan wrote 3 rows to temp",
    "peer closed the connection",
    "双向同步冲突 0 条",
]


@pytest.mark.parametrize("line", TOLD)
def test_what_the_other_direction_overwrote_is_read(line):
    assert loss_in(line) == OTHERS
    assert is_final(line)


@pytest.mark.parametrize("line", NOT_TOLD)
def test_a_reverse_task_that_is_made_idle_or_filtered_changes_nothing(line):
    assert loss_in(line) == ""
