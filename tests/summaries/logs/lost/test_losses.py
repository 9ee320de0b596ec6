"""Which lines say that data did not reach the destination, in the words of many writers."""

import pytest

from drs_mcp.summaries.logs.kinds.lost.losses import (
    COLUMN,
    DDL,
    DIFFER,
    OBJECT,
    ROWS,
    TABLE,
    UNMATCHED,
    VALUES,
    is_final,
    loss_in,
)

LOST = [
    "Events skipped so far: 12",
    "rows discarded during the last hour: 3",
    "events skipped so far: 0, rows discarded so far: 7",
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
    "Batch 12 of crm.leads dropped after 5 attempts",
    "The transaction 9:12 was rolled back and skipped, the next one goes on",
    "record at 00000042:118 cannot be decoded and was discarded",
    "dirty rows found: 7 of crm.leads",
    "脏数据条数检查不通过：上限 0，实际 7",
    "批次 12 写入失败，已丢弃",
    "Discarded transaction 9-1-77 after 5 attempts",
    "Abandoned batch 12: 5 rows of crm.leads stay out",
    "已略過 3 筆資料",
    "捨棄 2 筆資料，資料表 crm.leads",
    "key sess:12 not migrated: type stream",
    "4 messages routed to the DLQ orders-dlq",
    "Routed 9 events to dead-letter topic crm.dlq",
    "dead letter queue q1 received 6 records",
    "Giving up on row id=7 of crm.leads",
    "12 documents of crm.carts not indexed, continuing without them",
    "3 records of crm.leads rejected, moving on",
    "数据表 crm.leads 的 4 条记录已转入死信队列",
    "已将 8 条记录写入死信主题 dl1",
    "資料表 crm.leads 有 3 列無法寫入，已捨棄",
    "数据 crm.leads 共 7 条，重试 3 次后丢弃",
    "键 user:9 未迁移：类型不支持",
    "row 9 violates a check: it is skipped",
    "412 rows of crm.leads went to the rejected rows: Lock wait timeout exceeded",
    "3 rows of table crm.leads could not be written and were skipped",
    "表 crm.leads 的 19 行数据写入失败，已跳过",
]
FINE = [
    "1200 rows already existed with the same values",
    "no row already existed with other values",
    "records in buffer dropped to 12",
    "foreign key checks are skipped while loading",
    "Table crm.leads was dropped by DDL at the source and created again",
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
    "no batch was skipped",
    "已跳过空批次 17",
    "events before 4:1 are skipped on purpose",
    "statement cache: dropped 12 statements",
    "records per second 1200, lost packets 0",
    "event scheduler was skipped",
    "batch size 500, rejected 0 rows",
    "the transaction was rolled back and retried",
    "transaction lost connection, reconnected",
    "reader went to 4:1, no events lost",
    "heartbeat events are skipped",
    "event was ignored: its table is not in the scope of the task",
    "skipped 3 rows by filter rule r1",
    "if a batch fails it is retried and skipped after 3 attempts",
    "脏数据条数检查通过，上限 0",
    "已略過 0 筆資料",
    "資料庫連線已被拒絕",
    "skip_list=[1062], skip_ddl=true",
    "0 messages routed to the DLQ",
    "dead letter queue q1: 0 records",
    "records are sent to the dead letter topic if they fail",
    "no keys were skipped",
    "Skipped keys: none",
    "foreign key check skipped",
    "batch 7 committed, moving on to batch 8",
    "documents copied, continuing with the next collection",
    "rows rejected 0, ignored 0",
    "Events skipped so far: 0",
    "filtered DDL so far: 0",
    "Events skipped (so far): 0; lag 2 s",
    "rows discarded in total: 0",
    "Total skipped DDLs to date = 0",
    "number of events that have been skipped: 0",
    "rows rejected during the last hour: 0",
    "rows lost since the start of the task is 0",
    "累计跳过事件数 0",
    "死信队列为空",
    "死信队列 0 条",
    "本周期 0 条被丢弃",
    "未跳过任何数据行",
    "無資料遺失",
    "共 7 条，重试 3 次后成功",
]
LEFT = [
    "partition p9 of crm.leads was not copied",
    "new table crm.z is not in the task",
    "新建分区 p9 未同步",
    "Table `crm`.`x` is no longer synchronized",
    "Tables crm.a and crm.b were excluded from the task",
    "表 crm.x 已移出同步任务",
    "table crm.x removed from replication after error 1054",
    "table crm.x could not be copied: row too large; it is left out",
    "表 crm.x 复制出错，已移出同步范围",
    "table crm.x given up, moving on",
    "table crm.x with index ix_a was left out",
    "表 crm.x 多次失败，已被从同步范围中剔除",
    "資料表 crm.x 連續失敗，已從同步物件中移除",
    "New table crm.coupons is not part of the task",
    "table crm.coupons was created at the source and was not added to the task",
    "源端新增表 crm.coupons，未纳入同步任务",
    "來源庫新建資料表 crm.coupons 未加入同步物件",
]
STATEMENTS = [
    "DDL ignored: DROP INDEX ix_a ON crm.leads",
    "Skipped statement ALTER TABLE crm.leads DROP COLUMN c: not supported",
    "DDL was not executed at the destination: RENAME TABLE a TO b",
    "已跳过 DDL：DROP TABLE crm.tmp",
    "DDL 回放失败，已忽略",
    "ALTER TABLE crm.leads ADD COLUMN b json: not supported, skipped",
    "忽略不兼容的 DDL：DROP TABLE crm.a",
    "已略過 2 個不支援的 DDL：DROP TABLE crm.a",
    "無法解析的 DDL 已忽略：ALTER TABLE crm.a ADD c int",
    "DDL 不支持，已跳过",
    "DDL not supported, discarded: RENAME TABLE a TO b",
]
OBJECTS = [
    "sequences are not synchronised",
    "view crm.v_leads was skipped: its definer does not exist",
    "procedure crm.p_close was not migrated",
    "procedure crm.p_close could not be created and was skipped",
    "触发器 crm.tr_a 未迁移：权限不足",
    "视图 crm.v_a 创建失败，已跳过",
    "createIndex on crm.leads failed: E11000 duplicate key; the unique index was left out",
    "index ix_a of table crm.leads was left out",
    "the trigger of table crm.leads was skipped",
    "Table crm.leads: its unique index ix_a was left out",
    "foreign keys of tables crm.a, crm.b were not migrated",
    "表 crm.leads 的唯一索引 ix_a 已跳过",
    "表 crm.leads 的触发器被跳过",
]
COLUMNS = [
    "LOB column note of crm.leads not replicated",
    "Column note of crm.leads was not replicated: its type is unknown",
    "columns a and b were ignored: computed",
    "列 note 未同步：类型不支持",
    "字段 photo 已被跳过",
    "欄位 photo 已被略過",
]
MAY_DIFFER = [
    "destination table crm.leads has 41 extra rows",
    "the destination has 41 more rows than the source",
    "41 rows exist at the destination only",
    "generated column total has another value on the destination for 3 rows",
    "目标表 crm.leads 多出 41 行",
    "table crm.leads has no key, data may be inconsistent after the restart",
    "Data of crm.leads may have diverged",
    "inconsistent data was found in crm.leads",
    "断点续传后数据可能不一致",
    "表 crm.leads 的数据已出现不一致",
    "資料可能不一致",
]
SURE = [
    "the destination took 41 more rows",
    "0 rows exist at the destination only",
    "目标表 crm.leads 多出 0 行",
    "no row has another value on the destination",
    "0 conflicts ignored on crm.leads",
    "UPDATE of the heartbeat row affected 0 rows",
    "table crm.leads at the destination was dropped before it is copied",
    "DDL replayed: table crm.leads at the destination was dropped",
    "Data may be inconsistent until the full phase has ended",
    "If the destination is written to, data may be inconsistent",
    "no data inconsistency was found",
    "Comparison c7 found inconsistent data",
    "修改目标库可能导致数据不一致",
    "为避免数据不一致，请勿写入目标库",
    "数据对比结果：数据不一致",
    "未发现数据不一致",
    "column statistics were skipped",
    "column filter is applied",
    "0 columns were skipped",
]
IN_PLACE = [
    "DDL skipped: 0",
    "no DDL was skipped",
    "DDL will be skipped after 3 failures",
    "DDL policy: ignored statements none",
    "Skipped CREATE TABLE crm.leads: it already exists",
    "CREATE INDEX ix ON crm.leads executed in 3 s, lock dropped",
    "ALTER TABLE crm.leads ADD COLUMN ignored_at datetime executed",
    "index ix_a was skipped: it already exists",
    "跳过 0 个 DDL",
    "DDL 未被忽略",
    "trigger dropped at the destination as planned",
    "Ignored DDL: none",
    "没有忽略的 DDL",
    "0 条 DDL 被忽略",
    "将跳过不支持的 DDL",
    "表 crm.x 未从同步对象中移除",
]

CHANGED = [
    "value too long for crm.leads.note, truncated",
    "LOB of crm.leads larger than 64 KB truncated",
    "emoji replaced with ?",
    "precision lost for crm.leads.price",
    "decimal rounded to 2 digits in crm.leads.price",
    "精度丢失",
    "value of column note truncated to 64 characters, 3 rows of crm.leads",
    "invalid dates written as NULL in crm.leads",
    "crm.leads.note 的值超长，已被截断",
    "非法日期已置为 NULL，3 行",
    "Emojis of column note were stored as question marks",
    "characters in crm.leads.note replaced with '?'",
    "字符无法转换，已替换为 ?",
    "表情在列 note 中被替換為問號",
]
UNCHANGED = [
    "no loss of precision",
    "无精度丢失",
    "Values of the session variable x were set to default",
    "message truncated to 1024 characters",
    "truncated values: 0",
    "ON DELETE SET NULL",
    "列 note 类型为 NULL",
    "values stored as JSON",
]


@pytest.mark.parametrize("line", LOST)
def test_a_line_that_says_that_data_was_lost_is_read(line):
    assert loss_in(line) == ROWS


@pytest.mark.parametrize(
    "line",
    [
        "58 rows of crm.leads already existed at the destination with other values and were left as they are",
        "目标库已存在 12 行且值不同，保留目标数据",
    ],
)
def test_rows_that_were_there_with_other_values_are_not_those_of_the_source(line):
    assert loss_in(line) == UNMATCHED


@pytest.mark.parametrize("line", FINE)
def test_a_count_of_zero_a_denial_and_what_was_written_after_all_are_no_loss(line):
    assert loss_in(line) == ""


@pytest.mark.parametrize("line", CHANGED)
def test_a_value_that_was_stored_as_another_is_read(line):
    assert loss_in(line) == VALUES


@pytest.mark.parametrize("line", UNCHANGED)
def test_a_text_that_was_cut_for_the_log_and_a_type_are_no_changed_value(line):
    assert loss_in(line) == ""


@pytest.mark.parametrize("line", LEFT)
def test_a_table_that_left_the_task_is_read(line):
    assert loss_in(line) == TABLE


@pytest.mark.parametrize("line", STATEMENTS)
def test_a_ddl_that_was_left_out_is_read(line):
    assert loss_in(line) == DDL


@pytest.mark.parametrize("line", OBJECTS)
def test_an_object_that_never_came_is_read(line):
    assert loss_in(line) == OBJECT


@pytest.mark.parametrize("line", COLUMNS)
def test_a_column_that_was_left_out_is_read(line):
    assert loss_in(line) == COLUMN


@pytest.mark.parametrize("line", MAY_DIFFER)
def test_data_that_nobody_vouches_for_are_read(line):
    assert loss_in(line) == DIFFER


@pytest.mark.parametrize("line", SURE)
def test_advice_a_denial_and_what_a_comparison_says_are_no_doubt(line):
    assert loss_in(line) == ""


@pytest.mark.parametrize("line", IN_PLACE)
def test_a_ddl_that_was_or_may_be_carried_out_and_an_object_that_is_there_are_no_loss(line):
    assert loss_in(line) == ""


def test_that_the_task_went_on_without_it_is_more_than_a_failed_attempt():
    assert is_final("batch 12 skipped, 3 rows of crm.leads were not applied")
    assert not is_final("Failed to write 3 rows into crm.leads: versions must be removed")
