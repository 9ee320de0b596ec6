"""Names of tables hold words of trouble, and tell nothing by them."""

import pytest

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.doubt.doubtful import doubt_in
from drs_mcp.summaries.logs.kinds.lost.losses import ROWS, loss_in, told_loss
from drs_mcp.summaries.logs.naming.masked import masked, unmasked

HARMLESS = [
    "已将crm.failed_forms的 3 rows、crm.skipped_steps的 4 rows 写入",
    "Applied 3 rows to crm.rejected_forms, 9 rows to crm.error_log, 2 rows to crm.lost_items.",
    "Copied 12 rows to HR.DROPPED_COURSES, 40 rows to HR.STAFF",
    "Loaded 7 documents to app.discarded_drafts, 3 documents to app.users",
    "5 rows of table skipped_steps, 6 records of table failed_logins applied",
    "Copied 12 rows to dbo.sales.missing_invoices, 3 rows to dbo.sales.items",
    "Applied 8 rows to `shop`.`ignored_users`, 4 rows to `shop`.`users`",
    "已应用 12 行到 shop.failed_jobs，7 行到 shop.skipped_items",
    "表 丢失记录 已应用 12 行",
    "已写入表「失败订单」 12 行数据",
    "表 `丢弃数据` 同步 40 行完成",
    "資料表 遺失紀錄 已套用 3 列",
]
TROUBLES = [
    "3 rows of crm.rejected_forms were discarded",
    "skipped 4 rows of table skipped_steps",
    "Records.skipped=4, records of shop.orders",
    "table shop.error_log: rows_rejected=7",
    "表 丢失记录 有 3 行数据被丢弃",
    "shop.failed_jobs 跳过 12 行",
    "Applied the batch.Skipped 3 rows",
    "2 rows were rejected.Continuing with the next",
    "目标表 丢失数据 3 行",
    "shop.failed_jobs跳过12行数据",
    "表 skipped_items丢弃 4 行数据",
]


@pytest.mark.parametrize("line", HARMLESS)
def test_a_word_of_trouble_within_a_name_tells_nothing(line):
    assert loss_in(line) == ""
    assert doubt_in(line, warns=False) == ""
    assert doubt_in(line, warns=True) == ""


@pytest.mark.parametrize("line", TROUBLES)
def test_what_befell_such_a_table_is_told(line):
    assert loss_in(line) == ROWS
    assert told_loss(line) in simplified(line)


@pytest.mark.parametrize("line", [*HARMLESS, *TROUBLES])
def test_what_was_masked_comes_back_in_its_place(line):
    text = simplified(line)
    assert len(masked(text)) == len(text)
    assert unmasked(masked(text)) == text


def test_counters_and_queues_of_dead_letters_tell():
    for text in (
        "records.skipped=4",
        "sent to shop.dead_letter",
        "rows were skipped",
        "`skipped` rows: 5",
    ):
        assert masked(text) == text
