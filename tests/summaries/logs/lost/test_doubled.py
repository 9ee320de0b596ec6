"""Which lines say that the destination holds rows twice, or as one that were several."""

import pytest

from drs_mcp.summaries.logs.kinds.lost.losses import DOUBLED, is_final, loss_in

TOLD = [
    "crm.visits has no primary key; apply restarted from the checkpoint and 88 rows may have been inserted twice",
    "300 records of app.events were applied a second time after the restart",
    "after the restart 12 documents were written more than once",
    "destination table hr.log contains 640 duplicate rows after retry of shard 7",
    "case-insensitive collation on the destination: 3 keys of mall.sku were merged",
    "2 documents of app.users were collapsed since their _id differ in type only",
    "无主键表 crm.visits 在任务重试时可能重复写入 88 行",
    "任务重启后 300 条记录被重复应用",
    "目标表存在 12 条重复数据",
    "大小写不敏感，3 个键被合并",
    "無主鍵表 crm.visits 重複寫入 88 行",
]
NOT_TOLD = [
    "3 个分区被合并",
    "合并 300 条更新为 1 条语句",
    "applier merged 1,204 updates of shop.t into 300 statements",
    "no row was written twice",
    "88 rows were inserted once; none was inserted twice",
    "rows might be inserted twice if the task is reset",
    "unique keys prevent that rows are inserted twice",
    "source table crm.visits contains 88 duplicate rows",
    "destination table hr.log contains 0 duplicate rows",
    "3 partitions of mall.sku were merged",
    "12 rows were merged into one batch",
    "0 keys of mall.sku were merged",
    "0 duplicate rows were found",
    "重复写入 0 行",
    "若任务重置，可能重复写入 88 行",
    "88 条变更合并为一批写入",
    "未重复写入任何行",
]


@pytest.mark.parametrize("line", TOLD)
def test_what_was_written_twice_or_merged_is_read(line):
    assert loss_in(line) == DOUBLED
    assert is_final(line)


@pytest.mark.parametrize("line", NOT_TOLD)
def test_what_was_not_and_what_the_source_holds_is_none(line):
    assert loss_in(line) == ""
