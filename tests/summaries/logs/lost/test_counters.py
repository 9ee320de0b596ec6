"""Which lines say that a sequence or an AUTO_INCREMENT is behind."""

import pytest

from drs_mcp.summaries.logs.kinds.lost.losses import COUNTER, is_final, loss_in

TOLD = [
    "setval failed for sequence shop.pay_id_seq",
    "next AUTO_INCREMENT of shop.pay is 17, below max id 9000",
    "自增起点未设置：shop.pay",
    "identity of shop.pay at the target still at 1",
    "sequence shop.pay_id_seq of the destination lags behind",
    "目标库序列值小于源库：pay_seq",
    "AUTO_INCREMENT of crm.leads was not advanced at the destination",
    "Sequence seq_leads was reset to 1 at the destination",
    "next value of seq_leads at the destination is 1, at the source 90,001",
    "The last value of 3 sequences could not be set at the target",
    "auto-increment of target table crm.leads is behind the source",
    "IDENTITY of crm.leads restarted with 1 on the target",
    "sequence crm.seq_leads lags: destination 17, source 9000",
    "Failed to advance sequence crm.seq_leads",
    "AUTO_INCREMENT value of crm.leads lower than max(id) at the destination",
    "identity column of crm.leads was not reseeded at the destination",
    "serial sequence leads_id_seq at the target was left at 1",
    "自增值未同步：crm.leads",
    "目标库序列 seq_leads 被重置为 1",
    "序列当前值未更新，目标库为 1，源库为 9000",
    "目标表自增列起始值小于最大值",
    "序列值落后于源库",
    "目標庫序列未推進",
    "AUTO_INCREMENT 未推进",
    "sequence shop.pay_id_seq at the target is below max(id): 17 < 9000",
    "AUTO_INCREMENT of shop.pay at the destination was reset to 1",
    "could not set the last value of sequence shop.pay_id_seq",
    "3 sequences have not been advanced",
    "identity seed of shop.pay not updated on the target",
    "目标库自增值低于源库：shop.pay",
    "序列 pay_seq 更新失败",
    "目标表 shop.pay 的 AUTO_INCREMENT 被重置",
    "sequence shop.orders_id_seq at the destination is at 1200 while max(id) of shop.orders is 90350",
    "sequence shop.orders_id_seq: last_value 1200 at the destination is lower than 90350 at the source",
    "sequence SHOP.SEQ_PAYMENT: LAST_NUMBER at the destination 5000, at the source 88100",
    "SHOP.SEQ_PAYMENT: LAST_NUMBER at the destination 5000, at the source 88100",
    "AUTO_INCREMENT of shop.orders is 100 at the target, 90351 at the source",
    "identity of dbo.orders: source 90,350, destination 1,200",
    "next value of sequence shop.s at the source is 900, at the destination 1",
    "sequence s1 is at 90350 at the source but at 1200 at the destination",
    "IDENT_CURRENT of dbo.orders is 1200 at the destination, the largest id is 90350",
    "序列 SHOP.SEQ_ORDERS 目标端当前值 1200，源端 90350",
    "shop.orders 自增值：源库 90351，目标库 100",
    "目标库序列 orders_id_seq 当前值 1200，表中最大 id 为 90350",
    "shop.orders 的 AUTO_INCREMENT 源端為 90351，目的端為 100",
]
NOT_TOLD = [
    "next AUTO_INCREMENT of shop.pay is 9001, above max id 9000",
    "sequences compared: 3 equal",
    "auto_increment_increment = 2",
    "SEQUENCE objects migrated: 3",
    "序列对比一致",
    "自增列起始值已大于最大值",
    "sequence seq_leads advanced to 9,001 at the destination",
    "AUTO_INCREMENT of crm.leads set to 9,001 at the destination",
    "sequence values will be synchronized when the task is stopped",
    "0 sequences are behind",
    "no sequence is behind the source",
    "sequence number of the packet was reset to 0",
    "sequence of events reset",
    "log sequence number reset to 1",
    "If AUTO_INCREMENT is not advanced, inserts fail",
    "Is AUTO_INCREMENT advanced at the destination?",
    "sequence seq_leads reset to 1 at the source",
    "序列值将在任务结束时同步",
    "自增值已推进到 9001",
    "没有序列落后",
    "日志序列号重置",
    "自增列检查通过",
    "序列 seq_leads 已同步",
    "sequence shop.pay_id_seq set to 9001 at the target",
    "packet sequence number out of order, reset",
    "no sequence had to be advanced",
    "sequences are advanced when the task ends",
    "自增值同步完成",
    "序列将在割接时推进",
    "identity provider token was reset",
    "sequence shop.orders_id_seq set to 91001 at the destination (max id 90350)",
    "sequence shop.orders_id_seq at the destination is at 90350 while max(id) of shop.orders is 90350",
    "sequence shop.orders_id_seq: last_value 91000 at the destination is higher than 90350 at the source",
    "sequence SHOP.SEQ_PAYMENT: LAST_NUMBER at the destination 88100, at the source 88100",
    "AUTO_INCREMENT of shop.orders is 90351 at the target, 90351 at the source",
    "sequences: 4 at the source, 4 at the destination",
    "sequence objects at the destination 3, at the source 4",
    "sequence s1 was at 1200 at the destination and 90350 at the source, it was advanced to 90351",
    "序列 SHOP.SEQ_ORDERS 目标端当前值 90350，源端 90350",
    "自增值检查：shop.orders AUTO_INCREMENT=90351，大于最大主键 90350，正常",
    "if the sequence at the destination is at 1200 and at the source at 90350, set it",
    "sequence number 1200 of the packet at the destination, 90350 at the source",
    "log sequence 1200 at the destination, 90350 at the source",
]


@pytest.mark.parametrize("line", TOLD)
def test_a_counter_that_is_behind_is_read(line):
    assert loss_in(line) == COUNTER
    assert is_final(line)


@pytest.mark.parametrize("line", NOT_TOLD)
def test_a_counter_that_was_advanced_or_will_be_is_none(line):
    assert loss_in(line) == ""
