"""Error codes and names of things are found in messages."""

import pytest

from drs_mcp.summaries.logs.names import TABLE, codes_in, named_in
from tests.support.log_rows import cells, entries, patterns

CODED = [
    ("ORA-01555: snapshot too old", "ORA-01555"),
    ("TNS-12541: no listener", "TNS-12541"),
    ("GAUSS-01850 in step 5", "GAUSS-01850"),
    ("MY-010045 from the server", "MY-010045"),
    ("the task answered DRS.M06101.", "DRS.M06101"),
    ("APIGW.0301 from the gateway", "APIGW.0301"),
    ("SQLSTATE 23000 in batch 5", "SQLSTATE 23000"),
    ("SQLSTATE[HY000] in batch 5", "SQLSTATE HY000"),
    ("SQLCODE: -4031 in batch 5", "SQLCODE -4031"),
    ("write failed (errno: 28)", "errno 28"),
    ("apply failed, Error_code: 1062", "error 1062"),
    ("the error code is 1236", "error 1236"),
    ("error number 2627", "error 2627"),
    ("Msg 2627, Level 14, State 1", "Msg 2627"),
    ("写入失败，错误码：1062", "error 1062"),
    ("错误代码为 1213 重试", "error 1213"),
]


@pytest.mark.parametrize(("message", "code"), CODED)
def test_error_codes_are_found(message, code):
    assert codes_in(message) == [code]


@pytest.mark.parametrize(("message", "code"), CODED)
def test_a_code_is_told_once_and_beside_others(message, code):
    assert codes_in(f"{message}; {message}; ORA-99999") == [code, "ORA-99999"]


@pytest.mark.parametrize(
    "message",
    ["shop.orders_2024 of 5", "UTF-8 and SHA-256", "since 2026-11-20 08:00", "XORA-01555x", ""],
)
def test_what_only_looks_like_a_code_is_none(message):
    assert codes_in(message) == []


@pytest.mark.parametrize(
    ("message", "tables"),
    [
        ("write table shop.orders failed", ["shop.orders"]),
        ("Table 'shop.orders' doesn't exist", ["shop.orders"]),
        ('relation "public.t_a" is locked', ["public.t_a"]),
        ("`shop`.`orders` and `shop`.`items`", ["shop.orders", "shop.items"]),
        ("schema_name=SALES, object_name=T_ORDER", ["SALES.T_ORDER"]),
        ("table orders_2024 is lost", ["orders_2024"]),
        ("collection events_1 is lost", ["events_1"]),
        ("SALES.T_ORDER is behind", ["SALES.T_ORDER"]),
        ("SALES.T_A, SALES.T_A and SALES.T_B", ["SALES.T_A", "SALES.T_B"]),
        ("com.example.drs.Reader failed", []),
        ("db.example.com:3306 refused", []),
        ("see binlog.000123 and dump_1.sql", []),
        ("DRS.M06101 was answered", []),
        ("index SHOP.IDX_1 is unusable", []),
        ("Table 'shop.order-item' doesn't exist", ["shop.order-item"]),
        ("data of table=`shop`.`Order Details` lost", ["shop.Order Details"]),
        ('relation "Order Details" is locked', ["Order Details"]),
        ("表 `商城`.`订单` 写入失败", ["商城.订单"]),
        ("write 商城.订单 failed", ["商城.订单"]),
        ("Slow apply on SALES.T_A: 5 ms", ["SALES.T_A"]),
        ("10.0.0.1 refused", []),
        ("", []),
    ],
)
def test_tables_are_told_from_hosts_files_classes_and_codes(message, tables):
    found = [one.name for one in named_in(message) if one.kind == TABLE]
    assert list(dict.fromkeys(found)) == tables


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("Duplicate entry '5' for key 'uk_email'", [("key", "uk_email")]),
        ("unique constraint (SALES.PK_15) violated", [("constraint", "SALES.PK_15")]),
        ('violates foreign key constraint "fk_order"', [("constraint", "fk_order")]),
        ("Unknown column 'c_new' in 'field list'", [("column", "c_new")]),
        ("column `a b` of table `t`", [("column", "a b"), ("table", "t")]),
        ('replication slot "drs_slot_1" does not exist', [("slot", "drs_slot_1")]),
        ("sequence SALES.SEQ_ORDER reached its limit", [("sequence", "SALES.SEQ_ORDER")]),
        ("file binlog.000123 was purged", [("file", "binlog.000123")]),
        ("refused by 10.0.0.1:3306", [("address", "10.0.0.1:3306")]),
        ("the key is missing and the column too", []),
        ("列 `名称` 超长", [("column", "名称")]),
        ("key '5' is no name", []),
    ],
)
def test_names_of_things_are_told_with_what_they_name(message, named):
    assert [(one.kind, one.name) for one in named_in(message)] == named


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("写入失败，错误码：{}", ("1062", "1213")),
        ("写入失败，错误码 {} 已重试", ("1062", "1213")),
        ("Msg {}, Level 14, State 1", ("2627", "1205")),
        ("apply stopped, error number {}", ("2627", "1205")),
    ],
)
def test_errors_of_other_codes_are_of_other_kinds(line, codes):
    assert len(cells(patterns(entries(*[line.format(code) for code in codes] * 2)))) == 2


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("Reason: User ID or password is wrong", []),
        ("user 'loader'@'10.%' lacks a right", [("user", "loader")]),
        ("DEFINER=`ops`@`localhost` VIEW", [("user", "ops")]),
        ("ClassNotFoundException: foo.jdbc.FooDriver", []),
        ("user APP_RW lacks a right", [("user", "APP_RW")]),
    ],
)
def test_an_account_and_a_class_are_no_tables(message, names):
    assert [(one.kind, one.name) for one in named_in(message)] == names
