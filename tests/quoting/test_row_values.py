"""Row values are hidden by the engine's own quoting, and what is none stays byte for byte."""

import random
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drs_mcp.quoting.row_values import ROW_VALUE_TRIGGERS, hide_row_values
from drs_mcp.quoting.row_values.spans import folded
from tests.support.slow_texts import seconds_for

# Quotings: how an engine writes a text down. ¤ is a text's place in a form, § is a number's.


def doubled(value):
    return "'" + value.replace("'", "''") + "'"


def backslashed(value):
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def national(value):
    return "N" + doubled(value)


def escape_string(value):
    return "E" + backslashed(value)


def double_quoted(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def json_in_json(value):
    return '\\"' + value.replace("\\", "\\\\\\\\").replace('"', '\\\\\\"') + '\\"'


def dollars(value):
    return f"$v${value}$v$"


def alternative(value):
    return f"q'[{value}]'"


def raw(value):
    return value


def quoted_raw(value):
    return f"'{value}'"


def double_quoted_raw(value):
    return f'"{value}"'


TEXTS = [
    "anna", "O'Brien", "it's", "a 'b' c", "C:\\", "C:\\tmp\\", "x\\y", 'say "hi"', "bob@example.com",
    "a, b", "(x)", "a;b", "50%", "订单", "x=1 and y=2", "a-b", "--", "/*", "{}", "[1]", "5", "-7.5",
    "2026-01-01 10:00:00", "null", "it''s", "tab\tbed", "\U0001f600", "a: b", "where", "#1", "$1", "",
    "d'", "'d", "''", "a' or 'b", "values", "é", "0x41", "\\'",
]  # fmt: skip
SAFE = [text for text in TEXTS if not re.search(r"[\"'\\]", text) and text]
NUMBERS = ["5", "-5", "12345678901234567890", "3.14", "1e10", "0", "-0.001"]

STATEMENTS = [
    "INSERT INTO t VALUES (§, ¤, §)",
    "insert into a.b (c, d) values (§, ¤), (§, ¤); Lock wait timeout exceeded",
    "REPLACE INTO t SET a = ¤, b = § failed after 3 retries",
    "update t set a = ¤, b = § where c = ¤ and d in (¤, ¤) at line 3",
    "UPDATE t AS x JOIN y ON x.i = y.i SET x.a = ¤ WHERE y.b LIKE ¤ AND y.c BETWEEN § AND §",
    "delete from t where a = ¤ or b > § - DRS-00060: deadlock detected",
    "DELETE FROM t WHERE a = ¤ LIMIT § ERROR 1062 (23000): Duplicate key name 'idx_a'",
    "select a, b from t where c = ¤ order by a",
    "SELECT * FROM t WHERE (a, b) IN ((§, ¤), (§, ¤)) binlog.000646:196",
    ("merge into t using (select § id, ¤ n from dual) s on (t.id = s.id) when matched then update set"
    " t.n = ¤ when not matched then insert (id, n) values (s.id, ¤)"),
    "CALL shop.p(¤, §) took 12 ms",
    "where a = ¤ and b <> ¤ (errno: 28)",
    "VALUES (§, ¤) SQLSTATE 23505",
    'SQL statement "INSERT INTO t VALUES (§, ¤)" at SCN 4711',
    "INSERT INTO t SELECT ¤, § FROM dual, GTID 1-2-3",
    "insert into t values (upper(¤), concat(¤, ¤), §) on duplicate key update a = values(a), b = ¤",
]  # fmt: skip
"""Forms of statements; what each engine's quoting is tried in."""

ENGINES = {
    "mysql": backslashed,
    "postgresql": doubled,
    "postgresql escape string": escape_string,
    "postgresql dollars": dollars,
    "oracle q": alternative,
    "sql server": national,
}
SHOWN = {
    "mysql": "mysql: ",
    "postgresql": "postgres: ",
    "sql server": "",
    "postgresql escape string": "",
    "postgresql dollars": "",
    "oracle q": "",
}


def filled(form, quote, rng, texts=TEXTS):
    form = re.sub("¤", lambda _: quote(rng.choice(texts)), form)
    return re.sub("§", lambda _: rng.choice(NUMBERS), form)


def plain(form, quote):
    return form.replace("¤", quote("anna")).replace("§", "5")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("form", STATEMENTS)
def test_a_statement_looks_alike_whatever_values_it_holds(form, engine):
    rng = random.Random(f"{form}{engine}")
    quote = ENGINES[engine]
    form = SHOWN[engine] + form
    expected = hide_row_values(plain(form, quote))
    assert "anna" not in expected
    for _ in range(60):
        text = filled(form, quote, rng)
        assert hide_row_values(text) == expected, text
    tail = re.search(r"(Lock wait|failed after|at line 3|DRS-00060|ERROR 1062|order by|binlog\S+"
                     r"|took 12|errno: 28|SQLSTATE 23505|SCN 4711|GTID 1-2-3|values\(a\))", form)  # fmt: skip
    assert tail is None or tail[0] in expected


@pytest.mark.parametrize(
    "quote", [backslashed, doubled, national], ids=lambda quote: quote.__name__
)
@pytest.mark.parametrize(
    "form",
    [
        *STATEMENTS,
        'SELECT * FROM "a"."b" WHERE "c"=¤ AND "d"=¤',
        'SELECT * FROM "a"."b" WHERE "c"=¤ AND d IN (¤, ¤) AND "e">§',
    ],
)
def test_no_value_leaves_where_the_engine_is_not_known(form, quote):
    rng = random.Random(form)
    secret = [text.replace("a", "zq").replace("'", "'zq").replace("\\", "zq\\") for text in TEXTS]
    for _ in range(60):
        text = filled(form, quote, rng, secret)
        assert "zq" not in hide_row_values(text), text


RAW = [
    "anna", "O'Brien", "it's", "bob@example.com", "a, b", "(x)", "a;b", "50%", "订单", "x=1 and y=2",
    "a-b", "{}", "[1]", "5", "-7.5", "2026-01-01 10:00:00", "Acme (EU) Ltd", "a: b", "d)", "C:\\tmp",
    "rock 'n' roll", 'say "hi" now', "é", "5'10", "a = b", "no",
]  # fmt: skip
"""Texts as an engine prints them that escapes nothing."""

MESSAGES = [
    # MySQL, MariaDB
    ("Duplicate entry '¤' for key 'people.uq'", "Duplicate entry ? for key 'people.uq'"),
    ("Duplicate entry '¤-§' for key 'PRIMARY', Error_code: 1062; handler error HA_ERR_FOUND_DUPP_KEY",
     "Duplicate entry ? for key 'PRIMARY', Error_code: 1062; handler error HA_ERR_FOUND_DUPP_KEY"),
    ("ERROR 1062 (23000): Duplicate entry '¤' for key 't.uk_a'",
     "ERROR 1062 (23000): Duplicate entry ? for key 't.uk_a'"),
    ("Incorrect string value: '¤' for column 'c' at row 1",
     "Incorrect string value: ? for column 'c' at row 1"),
    ("Incorrect integer value: '¤' for column `db`.`t`.`c` at row 7",
     "Incorrect integer value: ? for column `db`.`t`.`c` at row 7"),
    ("Data truncation: Incorrect datetime value: '¤' for column 'd' at row 3",
     "Data truncation: Incorrect datetime value: ? for column 'd' at row 3"),
    ("Incorrect DECIMAL value: '¤' for column '' at row -1",
     "Incorrect DECIMAL value: ? for column '' at row -1"),
    ("Truncated incorrect DOUBLE value: '¤'", "Truncated incorrect DOUBLE value: ?"),
    ("Truncated incorrect INTEGER value: '¤' (errno 1292)",
     "Truncated incorrect INTEGER value: ? (errno 1292)"),
    ("Cannot convert string '¤' from utf8mb4 to binary",
     "Cannot convert string ? from utf8mb4 to binary"),
    ("Table has no partition for value §", "Table has no partition for value ?"),
    ("You have an error in your SQL syntax; near '¤' at line 3",
     "You have an error in your SQL syntax; near '?' at line 3"),
    # PostgreSQL, openGauss, DWS
    ("Key (id)=(§) already exists.", "Key (id)=(?) already exists."),
    ("DETAIL:  Key (a, lower(b::text))=(§, ¤) already exists.",
     "DETAIL:  Key (a, lower(b::text))=(?) already exists."),
    ('Key (a)=(¤) is not present in table "p".', 'Key (a)=(?) is not present in table "p".'),
    ('Key (a)=(¤) is still referenced from table "c".',
     'Key (a)=(?) is still referenced from table "c".'),
    ("Key (room, during)=(¤, §) conflicts with existing key (room, during)=(¤, §).",
     "Key (room, during)=(?) conflicts with existing key (room, during)=(?)."),
    ("Key (a)=(¤) is duplicated.", "Key (a)=(?) is duplicated."),
    ("Partition key of the failing row contains (k) = (¤).",
     "Partition key of the failing row contains (k) = (?)."),
    ("Failing row contains (§, ¤, null).", "Failing row contains (?)."),
    (('null value in column "x" violates not-null constraint Detail: Failing row contains (§, ¤). '
     "Where: COPY t, line 3"),
     ('null value in column "x" violates not-null constraint Detail: Failing row contains (?). '
     "Where: COPY t, line 3")),
    ('COPY t, line 3, column c: "¤"', "COPY t, line 3, column c: ?"),
    ('COPY s.t, line 12: "§,¤"', "COPY s.t, line 12: ?"),
    ('invalid input syntax for type integer: "¤"', "invalid input syntax for type integer: ?"),
    ('invalid input syntax for integer: "¤" (SQLSTATE 22P02)',
     "invalid input syntax for integer: ? (SQLSTATE 22P02)"),
    ('invalid input value for enum mood: "¤"', "invalid input value for enum mood: ?"),
    ('malformed array literal: "¤"', "malformed array literal: ?"),
    ('value "¤" is out of range for type integer', "value ? is out of range for type integer"),
    ('date/time field value out of range: "¤"', "date/time field value out of range: ?"),
    # SQL Server
    (("Violation of PRIMARY KEY constraint 'PK_U'. Cannot insert duplicate key in object 'dbo.U'. "
     "The duplicate key value is (§, ¤)."),
     ("Violation of PRIMARY KEY constraint 'PK_U'. Cannot insert duplicate key in object 'dbo.U'. "
     "The duplicate key value is (?).")),
    (("Cannot insert duplicate key row in object 'dbo.t' with unique index 'ix'. The duplicate key "
     "value is (¤).\nMsg 2601, Level 14"),
     ("Cannot insert duplicate key row in object 'dbo.t' with unique index 'ix'. The duplicate key "
     "value is (?).\nMsg 2601, Level 14")),
    ("Conversion failed when converting the varchar value '¤' to data type int.",
     "Conversion failed when converting the varchar value ? to data type int."),
    ("The conversion of the nvarchar value '¤' overflowed an int column.",
     "The conversion of the nvarchar value ? overflowed an int column."),
    ("String or binary data would be truncated in table 'db.dbo.t', column 'c'. Truncated value: '¤'.",
     "String or binary data would be truncated in table 'db.dbo.t', column 'c'. Truncated value: ?."),
    ("Arithmetic overflow error for data type tinyint, value = §.",
     "Arithmetic overflow error for data type tinyint, value = ?."),
    # Oracle
    ("ORA-03301: (ORA-00001 details) row with column values (ID:§, NAME:'¤') already exists",
     "ORA-03301: (ORA-00001 details) row with column values (?) already exists"),
    ("ORA-01722: unable to convert string value containing '¤' to a number: C",
     "ORA-01722: unable to convert string value containing ? to a number: C"),
    # Clients and loaders
    ('java.lang.NumberFormatException: For input string: "¤"',
     "java.lang.NumberFormatException: For input string: ?"),
    ("Text '¤' could not be parsed at index 5", "Text ? could not be parsed at index 5"),
    ('Unparseable date: "¤"', "Unparseable date: ?"),
    ("binding parameter [1] as [VARCHAR] - [¤]", "binding parameter [1] as [VARCHAR] - ?"),
    # Chinese wordings
    ('错误: 重复键违反唯一约束"pk" 详细: 键值"(id)=(¤)" 已经存在',
     '错误: 重复键违反唯一约束"pk" 详细: 键值"(id)=(?)" 已经存在'),
    ('键值对(id)=(¤)没有在表"p"中出现.', '键值对(id)=(?)没有在表"p"中出现.'),
    ('值"¤"超出范围', "值?超出范围"),
    ("主键冲突：键值 '¤' 已存在", "主键冲突：键值 ? 已存在"),
    ('无效的整数类型输入语法: "¤"', "无效的整数类型输入语法: ?"),
    ("失败, 行包含(§, ¤).", "失败, 行包含(?)."),
]  # fmt: skip


@pytest.mark.parametrize(("form", "expected"), MESSAGES)
def test_a_message_looks_alike_whatever_value_it_quotes(form, expected):
    assert hide_row_values(form.replace("¤", "anna").replace("§", "5")) == expected
    for value in RAW:
        for number in NUMBERS:
            text = form.replace("¤", value).replace("§", number)
            assert hide_row_values(text) == expected, text


ROWS = [
    # MongoDB
    ("E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: ¤ }",
     double_quoted, "E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: ? }"),
    ("E11000 duplicate key error index: shop.users.$email_1 dup key: { : ¤, : § } code 11000",
     double_quoted_raw, "E11000 duplicate key error index: shop.users.$email_1 dup key: { : ?, : ? } code 11000"),
    ("dup key: { : ObjectId('507f1f77bcf86cd799439011') } at 5", raw, "dup key: { : ? } at 5"),
    ("WriteError{code=11000, message='E11000 dup key: { a: §, b: { c: ¤ } }', details={}}",
     double_quoted, "WriteError{code=11000, message='E11000 dup key: { a: ?, b: { c: ? } }', details={}}"),
    ('{"errmsg":"E11000 dup key: { a: ¤ }","code":11000,"keyPattern":{"a":1},"keyValue":{"a":§}}',
     json_in_json, '{"errmsg":"E11000 dup key: { a: ? }","code":11000,"keyPattern":{"a":1},"keyValue":{"a":?}}'),
    ("op: { _id: ObjectId('5f'), name: ¤, tags: [ ¤, ¤ ], at: ISODate(\"2026\") }, ordered: true",
     double_quoted, "op: { _id: ?, name: ?, tags: [?], at: ? }, ordered: true"),
    ('oplog { ts: 1, op: "i", ns: "a.b", o: { _id: §, name: ¤ } }',
     double_quoted, 'oplog { ts: 1, op: "i", ns: "a.b", o: { _id: ?, name: ? } }'),
    # Rows of tools
    ('{"table":"t","type":"INSERT","data":[{"id":"5","name":¤}],"old":null,"ts":1700000000}',
     double_quoted, '{"table":"t","type":"INSERT","data":[{"id":?,"name":?}],"old":null,"ts":1700000000}'),
    ('{"before":{"id":§,"name":¤},"after":{"id":§,"name":¤},"source":{"file":"b.000001","pos":4}}',
     double_quoted, '{"before":{"id":?,"name":?},"after":{"id":?,"name":?},"source":{"file":"b.000001","pos":4}}'),
    ('{"action":"I","table":"t","columns":[{"name":"id","type":"int","value":§},{"name":"b","value":¤}]}',
     double_quoted, '{"action":"I","table":"t","columns":[{"name":"id","type":"int","value":?},{"name":"b","value":?}]}'),
    ('{"kind":"insert","table":"t","columnnames":["id","b"],"columnvalues":[§,¤]}',
     double_quoted, '{"kind":"insert","table":"t","columnnames":["id","b"],"columnvalues":[?]}'),
    ("before={id=§, name=¤} after={id=§, name=¤}, pos=77", quoted_raw,
     "before={id=?, name=?} after={id=?, name=?}, pos=77"),
    ("Record{id=§, name=¤} at offset 99", quoted_raw, "Record{id=?, name=?} at offset 99"),
    ("write failed row=[§, ¤, §], table shop.t", doubled, "write failed row=[?], table shop.t"),
    ("==> Parameters: [§, ¤] in 5 ms", doubled, "==> Parameters: [?] in 5 ms"),
    ("==> Parameters: [§, ¤]", doubled, "==> Parameters: [?]"),
    ("==> Parameters: [§](String), ¤(String), [§](String)", doubled, "==> Parameters: ?"),
    ("[SQL: INSERT INTO t (a) VALUES (%s)] [parameters: (¤, §)] (1062)", backslashed,
     "[SQL: INSERT INTO t (a) VALUES (%s)] [parameters: (?)] (1062)"),
    ("DETAIL: parameters: $1 = ¤, $2 = '5' LSN 0/1A2B", doubled,
     "DETAIL: parameters: $1 = ?, $2 = ? LSN 0/1A2B"),
    ("table public.t: INSERT: id[integer]:§ name[character varying]:¤ tags[text[]]:¤ n[integer]:null",
     doubled, "table public.t: INSERT: id[integer]:? name[character varying]:? tags[text[]]:? n[integer]:?"),
    ('table public.t: UPDATE: old-key: id[integer]:§ new-tuple: id[integer]:§ "N"[text]:¤',
     doubled, 'table public.t: UPDATE: old-key: id[integer]:? new-tuple: id[integer]:? "N"[text]:?'),
    ("### UPDATE `a`.`b` ### WHERE ###   @1=§ /* INT meta=0 */ ### SET ###   @2=¤ /* VARSTRING(20) */",
     backslashed, "### UPDATE `a`.`b` ### WHERE ###   @1=? /* INT meta=0 */ ### SET ###   @2=? /* VARSTRING(20) */"),
    # Redis
    ('1339518083.107412 [0 127.0.0.1:60866] "set" "k§" ¤', double_quoted,
     '1339518083.107412 [0 127.0.0.1:60866] "set" ?'),
    ("redis command: HSET user:§ name ¤ failed: OOM", double_quoted, "redis command: HSET ? failed: OOM"),
    ("cmd=[RESTORE k§ 0 ¤] error: BUSYKEY", double_quoted, "cmd=[RESTORE ?] error: BUSYKEY"),
    ("execute [SET, user:§, ¤] error", double_quoted, "execute [SET, ?] error"),
    # Statements inside of other texts
    ('{"sql":"INSERT INTO t VALUES (§,¤)","code":1062}', json_in_json,
     '{"sql":"INSERT INTO t VALUES (?,?)","code":1062}'),
    ("statement 'update t set a = ¤ where b = §' failed for key 'k'", quoted_raw,
     "statement 'update t set a = ? where b = ?' failed for key 'k'"),
    ("INSERT INTO t (a, b) VALUES (¤, §), (¤, §)", double_quoted,
     "INSERT INTO t (a, b) VALUES (?, ?), (?, ?)"),
    ("update `t` set a = ¤ where `b` = ¤ and c in (¤, ¤)", double_quoted,
     "update `t` set a = ? where `b` = ? and c in (?, ?)"),
    ("INSERT INTO t VALUES (_utf8mb4 ¤, x'4D', b'01', 0x4D)", backslashed,
     "INSERT INTO t VALUES (?, ?, ?, ?)"),
    ('insert into "HR"."T"("ID","N") values (\'5\',DATE \'2026-01-01\',¤);', doubled,
     'insert into "HR"."T"("ID","N") values (?,?,?);'),
    ("UPDATE [dbo].[t x] SET [a b] = ¤ WHERE [id] = §", national,
     "UPDATE [dbo].[t x] SET [a b] = ? WHERE [id] = ?"),
    ("Batch entry 0 INSERT INTO t VALUES (§::int8,¤::text) was aborted: ERROR: x", doubled,
     "Batch entry 0 INSERT INTO t VALUES (?,?) was aborted: ERROR: x"),
    ("EXEC dbo.p @a = §, @b = ¤", national, "EXEC dbo.p @a = ?, @b = ?"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "quote", "expected"), ROWS)
def test_a_row_looks_alike_whatever_it_holds(form, quote, expected):
    texts = {quoted_raw: SAFE, double_quoted_raw: [*SAFE, 'say "hi" now'], raw: SAFE}.get(
        quote, TEXTS
    )
    assert hide_row_values(plain(form, quote)) == expected
    rng = random.Random(form)
    for _ in range(60):
        text = filled(form, quote, rng, texts)
        assert hide_row_values(text) == expected, text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INSERT INTO t VALUES (5, 'cut off here and th", "INSERT INTO t VALUES (?, ?"),
        ("INSERT INTO t VALUES (5, anna smith, 2026-01-01 10:00:00, O'Brien, a@b.com)",
         "INSERT INTO t VALUES (?, ?, ?, ?, ?)"),
        ("INSERT INTO t VALUES (5, 'O'Brien', 'x'); ORA-00001: unique constraint (HR.PK) violated",
         "INSERT INTO t VALUES (?, ?, ?); ORA-00001: unique constraint (HR.PK) violated"),
        ("insert into t values (1,'a'); ORA-00001: unique constraint (HR.PK) violated",
         "insert into t values (?,?); ORA-00001: unique constraint (HR.PK) violated"),
        ("insert into t values (1,'a' ... ORA-00001: unique constraint (HR.PK) violated",
         "insert into t values (?,? ... ORA-00001: unique constraint (HR.PK) violated"),
        ("INSERT INTO t VALUES (1, NULL, DEFAULT, now(), 'a')",
         "INSERT INTO t VALUES (?, NULL, DEFAULT, now(), ?)"),
        ("INSERT INTO t VALUES (?, :1, $2, %s, @p1)", "INSERT INTO t VALUES (?, :1, $2, %s, @p1)"),
        ("update t set a = 'cut", "update t set a = ?"),
        ('update t set a = "cut off', "update t set a = ?"),
        ("delete from t where a = $$cut", "delete from t where a = ?"),
        ("Duplicate entry 'anna-19", "Duplicate entry ?"),
        ("Key (a, b)=(5, anna", "Key (a, b)=(?"),
        ("Failing row contains (5, an", "Failing row contains (?"),
        ('COPY t, line 3: "5\tann', "COPY t, line 3: ?"),
        ('invalid input syntax for type integer: "an', "invalid input syntax for type integer: ?"),
        ('dup key: { a: "an', "dup key: { a: ?"),
        ('{"before":{"id":5,"name":"an', '{"before":{"id":?,"name":?'),
        ("row=[5, an", "row=[?"),
        ("before={id=5, name=New York, NY, x=1}", "before={id=?, name=?, x=?}"),
        ("HSET user:1 name anna", "HSET ?"),
        ("redis: SET user:1 anna EX 60", "redis: SET ? EX 60"),
        ("SET user:1 anna", "SET ?"),
        ("redis-cli> SET user:1 anna", "redis-cli> SET ?"),
        ("ERR unknown command 'FOO', with args beginning with: 'user:1' 'it's' ", "ERR unknown command 'FOO', with args beginning with: ?"),
        ('{ "_id" : ObjectId("5f"), "name" : "anna" }', '{ "_id" : ?, "name" : ? }'),
        ("BEGIN shop.p('anna'); END;", "BEGIN shop.p(?); END;"),
        ("unnamed portal parameter $1 = 'anna'", "unnamed portal parameter $1 = ?"),
        ("*3\\r\\n$3\\r\\nSET\\r\\n$6\\r\\nuser:1\\r\\n$4\\r\\nanna\\r\\n", "*3\\r\\n$3\\r\\nSET\\r\\n?"),
        ("*3\r\n$3\r\nSET\r\n$6\r\nuser:1\r\n$4\r\nanna\r\n", "*3\r\n$3\r\nSET\r\n?"),
        ("execute immediate 'insert into t values (5, ''anna'')' failed",
         "execute immediate 'insert into t values (?, ?)' failed"),
        ('SQL statement "INSERT INTO "Orders" VALUES (1,\'a\')" PL/pgSQL function f() line 3',
         'SQL statement "INSERT INTO "Orders" VALUES (?,?)" PL/pgSQL function f() line 3'),
        ("Incorrect integer value: '' for column 'c' at row 1",
         "Incorrect integer value: ? for column 'c' at row 1"),
        ("syntax; near 'VISIBLE, `b` int)' at line 3", "syntax; near 'VISIBLE?' at line 3"),
        ("BIGINT UNSIGNED value is out of range in '(`t`.`a` - 5)'",
         "BIGINT UNSIGNED value is out of range in ?"),
        ('invalid byte sequence for encoding "UTF8": 0xe4 0xb8 0x00',
         'invalid byte sequence for encoding "UTF8": ?'),
        ("Duplicate entry 'a' for key 'x'; Duplicate entry 'b' for key 'y'",
         "Duplicate entry ? for key 'x'; Duplicate entry ? for key 'y'"),
        ("has date/datetime: 0000-00-00 which is outside of dest allowed range",
         "has date/datetime: ? which is outside of dest allowed range"),
        ("bad record: 5,anna,2026", "bad record: ?"),
        ("INSERT INTO t SET a=1, b='x' ON DUPLICATE KEY UPDATE b='y', c = VALUES(c)",
         "INSERT INTO t SET a=?, b=? ON DUPLICATE KEY UPDATE b=?, c = VALUES(c)"),
        ("SET name='anna' WHERE id=5 (1205)", "SET name=? WHERE id=? (1205)"),
        ("SELECT 'a' x, 5 y FROM dual", "SELECT ? x, ? y FROM dual"),
        ("where \"name\" = 'a' and lower(\"mail\") = lower('b') and t.\"x\" > 5",
         'where "name" = ? and lower("mail") = lower(?) and t."x" > ?'),
        ("Key (a)=(1) already exists. INSERT INTO t VALUES (1); Key (b)=(2) is duplicated.",
         "Key (a)=(?) already exists. INSERT INTO t VALUES (?); Key (b)=(?) is duplicated."),
    ],
)  # fmt: skip
def test_cut_bare_and_nested_values_are_hidden_and_the_rest_stays(text, expected):
    assert hide_row_values(text) == expected


INNOCENT = """
update of 5 rows failed
select privilege missing on T1 where needed
delete 300 rows took 5 s
values out of range for column 'c1'
primary key (id)
key: PRIMARY
foreign key (a,b) references p(x)
Duplicate key name 'idx_a'
Cannot insert the value NULL into column 'x', table 'db.dbo.t'; column does not allow nulls
duplicate key value violates unique constraint "uq"
unique constraint (HR.PK) violated
ORA-00001: unique constraint (HR.PK) violated
ORA-02291: integrity constraint (HR.FK_DEPT) violated - parent key not found
ORA-12899: value too large for column "HR"."T"."C" (actual: 25, maximum: 20)
ORA-01438: value larger than specified precision allowed for this column
ORA-01555: snapshot too old: rollback segment number 5 with name "_SYSSMU5$" too small
ERROR 1062 (23000) at line 3
ERROR 1205 (HY000): Lock wait timeout exceeded; try restarting transaction
ERROR 1292 (22007) happened 5 times
SQLSTATE 23505
SQLState: 23000, vendorCode: 1062
create table t (a varchar(20) not null, b decimal(10,2), primary key (a)) engine=InnoDB
ALTER TABLE shop.orders ADD COLUMN c2 int(11) DEFAULT 5, ADD KEY idx_c2 (c2)
CREATE UNIQUE INDEX uq ON t (lower(email), a) WHERE active
ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0)
DROP TABLE IF EXISTS t_5
TRUNCATE TABLE orders
Please select 3 tables from the list
Select 'Skip' to go on
select the tables to synchronize
where needed, set 5 of them
the value of wait_timeout is 30
Variable 'sql_mode' can't be set to the value of 'NO_AUTO_CREATE_USER'
invalid value for parameter "TimeZone": "Asia/Nowhere"
value too long for type character varying(20)
null value in column "x" of relation "t" violates not-null constraint
new row for relation "t" violates check constraint "ck"
Data too long for column 'name' at row 5
Out of range value for column 'c' at row 7
Column 'x' cannot be null
Unknown column 'abc' in 'field list'
Unknown column 'abc' in 'where clause'
Field 'x' doesn't have a default value
Table 'shop.orders' doesn't exist
relation "public.orders" does not exist
column "a" of relation "t" does not exist
Invalid default value for 'created_at'
Incorrect table definition; there can be only one auto column
Incorrect prefix key; the used key part isn't a string
Duplicate column name 'a'
Duplicate index 'idx' defined on table t
syntax error at or near "RETURNING"
unexpected token: X
signature: (int, text)
function lower(integer) does not exist
Invalid GIS data provided to function st_geomfromtext
Cannot add or update a child row: a foreign key constraint fails (`a`.`b`, CONSTRAINT `fk_1` FOREIGN KEY (`c`) REFERENCES `p` (`id`))
insert of 3 rows was slow
Inserted 500 rows into shop.orders in 12 ms
insert into table shop.orders failed after 3 retries
INSERT command denied to user 'u'@'10.0.0.1' for table 'orders'
UPDATE, DELETE and INSERT privileges are needed
update statistics of 12 tables
replaced 5 files, 3 left
merge of 4 shards took 12 s
call failed (5 retries left)
Remote call timeout (30 s)
execute task 5 of 9
Executed 12 statements in 3 s
set timeout = 30
SET GLOBAL max_connections = 500
SET NAMES 'utf8mb4'
SET search_path TO shop
SET autocommit=0
reset offset 5, offset 7 stays
Restore of 5 tables finished
RESTORE DATABASE shop FROM DISK
restore point 12 reached
append mode is on
expire time is 60 s
binlog mysql-bin.000646:196
GTID 3E11FA47-71CA-11E1-9E33-C80AA9429562:1-77
SCN 4711231, LSN 0/16B3748
position: mysql-bin.000012, offset 154, seqno 77
checkpoint at lsn 00000020:00000154:0001
service DATAMOVE failed, cause by: read table=`shop`.`t` failed
apply event=[type=table_data, table=shop.t, rows=500] took 312 ms
apply event=[type=table_structure] occur error, msg=ERROR: function f does not exist
table[shop.t] record field size for 12 dml
record tid:12,seqno:77 without PK execute failed
row[5] of 12
Table shop.t: 5 rows inserted, 7 updated
parameters max_connections and wait_timeout differ
parameter innodb_buffer_pool_size: 5
node: {"cpu": 5, "memory": 12}
{"state":"RUNNING","percent":57}
index: email_1
collection: shop.users, key pattern { email: 1 }
command insert on shop.users took 312 ms
index key: { _id: 1 } of shop.users
begin transaction (5)
moved chunk 5 of 12
replica set rs0, member 2 is down
shard-1/10.0.0.1:27017 does not answer
user@10.0.0.1 connected
Access denied for user 'root'@'10.0.0.1' (using password: YES)
no partition of table t is full
HSET command failed
PING took 5 ms
READONLY You can't write against a read only replica
MOVED 3999 10.0.0.1:6381
表 订单 的同步延迟,请检查。
数据库 shop 的 12 张表已完成同步
违反表[T1]唯一性约束
第 1 行附近出现错误[-6602]:违反表[T1]唯一性约束
重复键违反唯一约束"pk"
关系 "orders" 不存在
默认值 '5' 未变
字段 "a" 的值超出范围
convert table shop.t to utf8mb4
cannot parse file b.000001 at offset 154
copy of 5 tables is done
bad record in file b.000001 at offset 154
5 rejected records, see /tmp/bad_5.log
invalid page in block 5 of relation base/5/12
invalid locale name: "zh_CN"
text column c is too long
near line 5
""".strip().split("\n")


def test_there_are_a_hundred_innocent_texts():
    assert len(set(INNOCENT)) == len(INNOCENT) >= 100


@pytest.mark.parametrize("text", INNOCENT)
def test_an_innocent_text_stays_byte_for_byte(text):
    assert hide_row_values(text) == text


WORDS = [
    "insert into t", "values (", "update t set a = ", "where b = ", "select ", " from t", "'", '"', "\\",
    "(", ")", ", ", " = ", "5", "anna", "Duplicate entry '", "' for key 'k'", "Key (a)=(", ") already exists",
    "dup key: { a: ", "}", "{", "before={", "row=[", "]", "HSET k ", "SET k v", "*3 $3 SET $1 k", "@1=", "$1",
    "$$", "q'[", "N'", "near '", "' at line 3", 'COPY t, line 3: "', 'invalid input syntax for type x: "',
    "值'", '键值"(id)=(', "; ", ": ", " - ", "ORA-00001", "\n", "null", "call p(", "exec p @a = ", "`", "[",
    "Failing row contains (", "Truncated value: '", " value '", "' is out of range", "İ", "?", "...", "#",
    "table t: INSERT: a[b]:", "parameters: $1 = '", "binding parameter [1] - ", "bad record: 5,6", "::int",
    "merge into t using (", "delete from t where ", " like ", " in (", "and ", "`a`", '\\"', "''",
    "record {topic=a, partition=1, offset=", "{lsn=1, ", "Struct{a=", "but got 1. Row: ", "Row: a,b", "at row 1, value='",
    "kind=a,val=", "First element: a: ", "Cannot parse value here: ", "source[{", ':action=>["index", {', "raw_line='",
    "ConsumerRecord(topic=a, key=", " EX 5", "from f('a.b:80'",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=24).map("".join)


@settings(max_examples=600)
@given(TEXT)
def test_what_is_hidden_stays_hidden_and_is_found_by_its_trigger(text):
    once = hide_row_values(text)
    assert hide_row_values(once) == once
    if once != text:
        assert any(word in text.lower() for word in ROW_VALUE_TRIGGERS)


def test_every_form_holds_a_trigger():
    for form, *_ in (*MESSAGES, *ROWS, *((form,) for form in STATEMENTS)):
        assert any(word in form.lower() for word in ROW_VALUE_TRIGGERS), form


def test_triggers_are_lower_case_and_stand_once():
    assert len(set(ROW_VALUE_TRIGGERS)) == len(ROW_VALUE_TRIGGERS)
    assert all(word == word.lower() for word in ROW_VALUE_TRIGGERS)


def test_every_character_keeps_its_place_in_lower_case():
    for code in range(sys.maxunicode + 1):
        assert len(folded(f"x{chr(code)}y")) == 3


def test_masking_is_hiding_row_values():
    assert hide_row_values("Key (a)=(5) already exists.") == "Key (a)=(?) already exists."


HOSTILE = [
    "'", '"', "\\", "insert into ", "insert into t values (", "values (", "key (", "key (a)=(", "Key (a)=(b) ",
    "{", "[", "(", "dup key: {", 'dup key: { a: "', "duplicate entry '", "select a, ", "select (", "where a in (",
    "update t set a='\\' ", "before={a=", "data:[", "set k v ", "HSET a b ", "*3 $3 set $", "@1=x ", "near '",
    'value "', "call p('", "$a$", "q'[", "`", "值'", "row contains (", 'a"\\"', "/*", "bad record: a,", "a=5 and ",
    "parameters: $1 = '", "incorrect a b c value ", "_a ", "1-1-1 ", "A1-", "''", "'a' ", "table t: insert: a[b]:",
]  # fmt: skip


# A tenth of a second and less on a machine of one's own; in the square it would be a minute and more.
@pytest.mark.costly
@pytest.mark.parametrize("before", ["", "insert into t values ("])
@pytest.mark.parametrize("unit", HOSTILE)
def test_no_text_takes_long(unit, before):
    def read(text):
        return hide_row_values(before + text)

    assert seconds_for(read, unit, 200_000) < 1.5
