"""Error codes and names of things are found in messages."""

import pytest

from drs_mcp.summaries.logs.names import TABLE, codes_in, dotted_in, named_in
from tests.support.log_rows import cells, entries, facts, patterns

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
        ('column "c" violates not-null constraint DETAIL: Failing row', [("column", "c")]),
        ("violates check constraint HINT: compare both", []),
        ("table DETAIL has 3 rows", [("table", "DETAIL")]),
    ],
)
def test_names_of_things_are_told_with_what_they_name(message, named):
    assert [(one.kind, one.name) for one in named_in(message)] == named


BESIDE_CHINESE = [
    ("写表crm.lead失败：Connection reset", [("table", "crm.lead")]),
    ("向表crm.lead写入数据时报错", [("table", "crm.lead")]),
    ("删除crm.lead的3条记录失败", [("table", "crm.lead")]),
    ("目标表crm.lead不存在", [("table", "crm.lead")]),
    ("寫入資料表crm.lead失敗", [("table", "crm.lead")]),
    ("表「crm.lead」与表【crm.deal】不一致", [("table", "crm.lead"), ("table", "crm.deal")]),
    ("数值越界，表crm.lead列fee", [("table", "crm.lead"), ("column", "fee")]),
    ("字段remark的数据超长", [("column", "remark")]),
    ("库crm表lead写入失败", [("table", "crm.lead")]),
    ("数据库crm中的表lead不存在", [("table", "crm.lead")]),
    ("表空间USERS不足，无法扩展段CRM.LEAD", [("tablespace", "USERS"), ("table", "CRM.LEAD")]),
    ("表 t_客户 写入失败", [("table", "t_客户")]),
    ("库名crm表名lead写入失败", [("table", "crm.lead")]),
    ("写入集合crm.lead失败", [("table", "crm.lead")]),
    ("目标库角色app_rw不存在", [("user", "app_rw")]),
    ("write table 客户.线索表 failed", [("table", "客户.线索表")]),
    ("更新表「crm.客户」失败", [("table", "crm.客户")]),
    ("处理db.main失败", [("maybe table", "db.main")]),
    ("连接db.main失败", []),
    ("主机名db.prod无法解析", []),
    ("队列orders积压", []),
    ("表DDL执行失败", []),
    ("写入失败.请重试", []),
    ("为过程或函数 cdc.fn_get 提供的参数不足", []),
]


@pytest.mark.parametrize(("message", "names"), BESIDE_CHINESE)
def test_a_name_ends_and_begins_where_chinese_does(message, names):
    assert [(one.kind, one.name) for one in named_in(message)] == names


@pytest.mark.parametrize(
    ("message", "table"),
    [
        ("insert crm.lead failed: ERROR: numeric field overflow", "crm.lead"),
        ("delete from crm.lead failed: a child row", "crm.lead"),
        ("apply failed on crm.lead: too long", "crm.lead"),
        ("Deadlock on crm.lead, retrying", "crm.lead"),
        ("更新crm.lead失败", "crm.lead"),
        ("INSERT INTO crm.lead(id) failed", "crm.lead"),
        ("column=fee of table=lead is too short", "lead"),
        ('{"level":"error","table":"crm.lead","cause":"too long"}', "crm.lead"),
        ("no space for object 'dbo.lead'.'PK_lead' in database 'crm'", "dbo.lead"),
        ("库crm表lead写入失败：too long", "crm.lead"),
        ("字符集不兼容，表crm.lead列memo", "crm.lead"),
    ],
)
def test_the_table_that_a_line_writes_to_is_named_by_its_entries(message, table):
    (kind,) = facts(entries(message)).errors
    assert dict(kind.names["table"].counts) == {table: 1}


@pytest.mark.parametrize(
    "message",
    [
        "connection failed on db.prod: reset",
        "host db.prod of the source cannot be resolved",
        'ORA-06512: at "SYS.DBMS_LOGMNR", line 58',
        "ORA-06512: at CRM.TRG_LEAD, line 4",
        "unknown command 'JSON.SET', with args beginning with: doc",
        "unknown command `PSYNC`, with args beginning with: `?`, `-1`",
        "add orai18n.jar in your classpath",
        "missing logfile (Missing Log File WAITING FOR DICTIONARY REDO)",
        "unable to open file\nAIX-PPC_64 Error: 13: Permission denied",
        "unknown variable 'tx.isolation'",
        "crm.lead(5) was called",
        "table full, index=3",
        "为过程或函数 cdc.fn_get 提供的参数不足",
    ],
)
def test_packages_functions_files_hosts_and_commands_are_no_tables(message):
    (kind,) = facts(entries(message)).errors
    assert not kind.names.keys() & {"table", "file"}


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("DROP TABLE IF EXISTS tmp_load_1: failed", ["tmp_load_1"]),
        ("CREATE TABLE IF NOT EXISTS shop.x failed", ["shop.x"]),
        ("table IF_A failed", ["IF_A"]),
    ],
)
def test_the_words_if_exists_before_a_name_are_none(message, names):
    assert [one.name for one in named_in(message)] == names


def test_the_file_that_wrote_a_line_is_no_name():
    assert dotted_in("rdb_load.cc:1842] Skipping key of shop.orders") == ["shop.orders"]


def test_the_table_that_a_key_refers_to_is_told_apart_from_the_one_that_is_written():
    message = "a foreign key fails (`crm`.`deal`, CONSTRAINT `fk_l` FOREIGN KEY (`l`) REFERENCES `lead` (`id`))"
    (kind,) = facts(entries(f"write table crm.deal failed: {message}")).errors
    named = {what: list(names.counts) for what, names in kind.names.items()}
    assert named["table"] == ["crm.deal"]
    assert named["parent table"] == ["lead"]
    assert named["constraint"] == ["fk_l"]


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
        ('reason "24" ("USERNAME AND/OR PASSWORD INVALID")', []),
        ('ORA-01291: missing log file ORA-06512: at "SYS.DBMS_LOGMNR"', []),
        ("INVALID USER OR PASSWORD; TABLE IS FULL", []),
        ("user OR_ADMIN lacks a right", [("user", "OR_ADMIN")]),
        ("user 'loader'@'10.%' lacks a right", [("user", "loader")]),
        ("DEFINER=`ops`@`localhost` VIEW", [("user", "ops")]),
        ("ClassNotFoundException: foo.jdbc.FooDriver", []),
        ("user APP_RW lacks a right", [("user", "APP_RW")]),
    ],
)
def test_an_account_and_a_class_are_no_tables(message, names):
    assert [(one.kind, one.name) for one in named_in(message)] == names
