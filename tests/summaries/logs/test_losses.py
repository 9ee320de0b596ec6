"""Which lines say that data did not reach the destination, in the words of many writers."""

import pytest

from drs_mcp.summaries.logs.kinds.losses import ROWS, TABLE, loss_in

LOST = [
    "100 rows copied, 3 skipped",
    "3 rows of t1 copied and 2 skipped",
    "7 records of shop.t that violate a check were dropped",
    "12 rows are missing at the destination",
    "1,204 entries have been discarded",
    "Failed to write 2 records into crm.orders",
    "4 documents were not replicated",
    "skipping row with id 7: value out of range",
    "events between two positions were lost",
    "rows rejected: 12",
    "rows_rejected=4",
    "skippedRows: 5",
    "3 rows went to the dirty data",
    "Data loss is possible between the two positions",
    "reconnected; 3 events were lost",
    "已丢弃 4 条记录",
    "有 3 条记录被拒绝",
    "数据丢失 12 行",
    "跳过了 2 行",
    "冲突数据已忽略：5 条",
    "4 条脏数据",
]
FINE = [
    "no rows were skipped",
    "0 of 100 rows were rejected",
    "120 rows copied and 0 skipped",
    "3 rows of t1 copied and 0 rows skipped",
    "rows_rejected=0",
    "skipped_rows: 0",
    "skipped rows: none",
    "No data was lost",
    "without any data loss",
    "no dirty records",
    "3 rows were not skipped",
    "rows that conflict will be skipped",
    "2 rows failed, retried and written",
    "skipped 500 events that were already applied",
    "data connection dropped, reconnecting",
    "skipped the data check",
    "table rejected_rows: 10 rows copied",
    "Table `shop`.`skipped`: 10 rows copied",
    "comparison c7: table shop.t was skipped",
    "skipped 90 s of idle time",
    "脏数据：0",
    "0 条脏数据",
    "脏数据检查通过",
    "数据未丢失",
    "没有数据被跳过",
    "跳过 0 行",
    "丢弃数据：0 行",
    "进行数据对比，忽略大小写",
    "数据库连接失败",
]
LEFT = [
    "Table `crm`.`x` is no longer synchronized",
    "Tables crm.a and crm.b were excluded from the task",
    "表 crm.x 已移出同步任务",
]


@pytest.mark.parametrize("line", LOST)
def test_a_line_that_says_that_data_was_lost_is_read(line):
    assert loss_in(line) == ROWS


@pytest.mark.parametrize("line", FINE)
def test_a_count_of_zero_a_denial_and_what_was_written_after_all_are_no_loss(line):
    assert loss_in(line) == ""


@pytest.mark.parametrize("line", LEFT)
def test_a_table_that_left_the_task_is_read(line):
    assert loss_in(line) == TABLE
