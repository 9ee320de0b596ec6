"""Which lines say that a value was stored as another one, in the words of many databases."""

import pytest

from drs_mcp.summaries.logs.kinds.lost.losses import VALUES, is_final, loss_in

TOLD = [
    "numeric value of crm.leads.amount out of range, clamped to 99999.99",
    "Out of range value for column qty adjusted to 127, 3 rows of crm.leads",
    "Warning 1264: Out of range value for column 'qty' at row 3",
    "Warning | 1265 | Data truncated for column 'state' at row 12",
    "Data truncated for column 'state' at row 1, sql_mode is not strict",
    "Incorrect integer value 'abc' for column 'n' stored as 0",
    "decimal overflow in crm.leads.price: value replaced by the maximum of the type",
    "overflow: 12 values of crm.leads.price were saturated at 2147483647",
    "value -5 of unsigned column stock written as 0",
    "invalid enum value was stored as empty string in column state",
    "crm.leads.born: date out of range, replaced by 1970-01-01",
    "timestamp before 1970 converted to 0000-00-00 00:00:00 in crm.leads",
    "number too large for NUMERIC(10,2), stored as NULL",
    "Infinity in crm.leads.rate was replaced by NULL",
    "NaN values mapped to NULL, 12 rows of crm.leads",
    "sql_mode is permissive: 4 values of crm.leads.qty were coerced to 0",
    "NUL bytes were stripped from strings in crm.leads.note",
    "invalid UTF-8 bytes in crm.leads.note were removed",
    "value wrapped around: 300 stored as 44 in a tinyint column",
    "microseconds were dropped from timestamps of crm.leads",
    "fractional seconds truncated for column created_at",
    "crm.leads.qty 数值溢出，已截断为最大值 127",
    "列 qty 的值超出范围，已按最大值写入",
    "数值超出目标列范围，已置为 0",
    "日期超出范围，替换为 1970-01-01",
    "sql_mode 非严格模式，越界值被截断写入",
    "精度超出，金额已四舍五入",
    "數值溢位，已以最大值寫入 crm.leads.qty",
    "无符号列出现负值，已写为 0",
    "非法字符已被删除后写入列 note",
    "ORA-01438 ignored: value larger than specified precision stored as 9999",
    "Arithmetic overflow converting numeric to int; value set to NULL for shop.pay.fee",
    "pg: value 1e400 out of range for type double precision, replaced by Infinity in shop.pay.fee",
    "3 timestamps of shop.pay before 1000-01-01 were written as 0000-00-00",
    "sql_mode='' : invalid date '2026-02-30' inserted as '0000-00-00' into shop.pay",
    "tinyint column shop.pay.state saturated at 127 (5 rows)",
    "Decimal128 value rounded to 34 digits in collection pay",
    "trailing spaces were removed from char columns of shop.pay",
    "time zone information was dropped for column paid_at",
    "Truncated incorrect DOUBLE value: '12abc' stored as 12 in shop.pay.fee",
    "varchar value of 4,000 bytes shortened to 255 in shop.pay.note",
    "enum 'gold' not in list, stored as '' in shop.pay.level",
    "shop.pay.fee 超出 decimal(10,2) 范围，写入最大值 99999999.99",
    "非法时间值 2026-02-30 已写为 0000-00-00",
    "字符串超长被截断：列 note",
    "bigint 溢出，值被置为 NULL",
    "宽松 sql_mode 下 5 个值被截断",
    "時間值超出範圍，已置為 NULL",
]
NOT_TOLD = [
    "Out of range value for column qty: 0",
    "0 values were clamped",
    "no value of crm.leads was out of range",
    "If a value is out of range it is clamped to the maximum",
    "values out of range will be stored as NULL",
    "query result truncated to 100 rows",
    "The log line was truncated to 4096 characters",
    "timeout value clamped to 30 s",
    "batch size out of range, set to 1000",
    "parallelism value 64 clamped to 32",
    "was any value clamped?",
    "lag value set to 0",
    "retry count overflow, reset to 0",
    "buffer overflow avoided",
    "statistics of column qty rounded to 2 digits",
    "comparison: values are rounded to 6 digits before they are compared",
    "未发现数值溢出",
    "若数值溢出将被截断",
    "没有值被截断",
    "参数 threads 超出范围，已置为 16",
    "进度值四舍五入为 99",
    "是否有值被截断？",
    "sql_mode of the session set to NO_ENGINE_SUBSTITUTION",
    "session time_zone set to +00:00",
    "value of max_connections set to 500",
    "progress rounded to 99 %",
    "no value was truncated in shop.pay",
    "Values that are out of range would be clamped",
    "cursor position out of range, set to 0",
    "wait time clamped to 5 s",
    "5 tables were truncated by DDL",
    "numeric overflow did not occur",
    "column shop.pay.fee changed to decimal(12,2)",
    "数值未溢出",
    "如有超长值将被截断",
    "并发数超出范围，已置为 8",
    "Number of threads too large, set to 8",
    "row estimate overflow: set to maximum",
    "SET time_zone = '+00:00'",
]


@pytest.mark.parametrize("line", TOLD)
def test_a_value_that_was_clamped_cut_or_replaced_is_read(line):
    assert loss_in(line) == VALUES
    assert is_final(line)


@pytest.mark.parametrize("line", NOT_TOLD)
def test_a_setting_a_plan_a_question_and_a_count_of_zero_are_no_changed_value(line):
    assert loss_in(line) == ""
