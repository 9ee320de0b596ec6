"""Rows that tools and engines print in ways of their own are hidden, and what is around them stays."""

import pytest

from drs_mcp.quoting.pages import redacted

# The value of a row stands as §.
FORMS = (
    "SET @a := '§', @b = '§'",
    "EXECUTE IMMEDIATE 'UPDATE t SET a=? WHERE b=?' USING '§', '§'",
    "DECLARE @x varchar(30) = '§'; SELECT @x",
    "EXECUTE p_ins('§', 5)",
    "exec sp_executesql N'INSERT dbo.T VALUES (@a)', N'@a nvarchar(9)', @a=N'§'",
    "SELECT f($t$§$t$)",
    "UPDATE t SET a='§' WHERE t.b IS DISTINCT FROM '§'",
    'INSERT INTO t SELECT * FROM OPENJSON(N\'{"a":"§"}\')',
    "binds: :a='§', :b='§'",
    "parameters ['§', '§']",
    "COPY t (a) FROM stdin;\n§\t5\n\\.",
    "ERROR 1761 (23000): Foreign key constraint for table 't', record '§' would lead to a duplicate entry in table 'u', key 'k'",
    "Data too long for column 'a' at row 5: '§' (varchar(3))",
    'unterminated quoted identifier at or near "\'§" at character 9',
    "existing local row (1, §); remote row (2, §).",
    "parent key not found; key (§)",
    'ORA-12899: value too large for column "A"."B"."C" (actual: 5, maximum: 3): \'§\'',
    "Bulk load data conversion error for row 1, column 2 (a), value [§]",
    "for row [1, §, null] failed",
    "tuple ['1', '§'] skipped",
    'db.users.updateMany({"a":"§"},{"$set":{"b":"§"}})',
    'could not find shard key in query { a: "§" } code 61',
    'chunk { a: "§" } of s.t',
    "BUSYKEY restore key[order:§] error",
    '大key：key="§"，类型 hash',
    "目标端已存在同名键：§，策略 skip",
    "违反唯一约束，冲突键值：(a, b)=(§, 5)",
    '行数据：[1, "§"]',
    '脏数据：行 {"a": "§"}',
    '重复键 { a: "§" }，索引 a_1',
    "<before>§</before><after>§</after>",
    "lower_boundary=§ upper_boundary=§",
    "rawrecord: 5,§,x | detail: bad",
    'LINE 9 of f.csv rejected: 5,§,1, missing data for column "c"',
    "SeaTunnelRow{tableId=a, kind=+I, fields=[1, §]}",
    "+I(1,§) failed",
    "OGG-01154 x\nID = §\nNAME = §",
    'SET user:5 "§"',
    'EVALSHA abc 1 k:5 "§"',
    'HSET user:5 name "§"',
)

STAYS = (
    ("Table has no partition for value '§' in table `p_2`", "`p_2`"),
    ("Bad line: 5,§,1 (expected 4 columns, got 3) in users.csv line 88", "users.csv line 88"),
    ("ORA-00001: violated; 行：ID=5, 姓名=§，SCN 88123", "SCN 88123"),
    ("### INSERT\n###   @1='§'\n# at 5120", "5120"),
    ("bad reply near *3\\r\\n$3\\r\\nSET\\r\\n$1\\r\\n§\\r\\n at byte 20480", "20480"),
    ("exec sp_executesql N'UPDATE dbo.T SET a=@a', N'@a int', @a=N'§'", "dbo.T"),
)

WORDS = (
    "it yields a tuple (path, names, files)",
    "names.update({'a', 'b'})",
    "v.copy_modified(id=tid)",
    "keys=[id, name] of the index",
    "SET QUOTED_IDENTIFIER OFF",
    "row count: 5, chunk 7",
    "execute batch 5 of 9",
    "value [5] of 9 items",
    "key (a, b) is used",
)


@pytest.mark.parametrize("form", FORMS)
def test_a_row_is_hidden_however_it_is_printed(form):
    shown = {redacted(form.replace("§", value)) for value in ("Brunhilde", "Lidtok", "Nijzu-77")}
    assert len(shown) == 1
    assert "Lidtok" not in shown.pop()


@pytest.mark.parametrize(("form", "stays"), STAYS)
def test_what_decides_beside_a_row_stays(form, stays):
    shown = redacted(form.replace("§", "Brunhilde"))
    assert "Brunhilde" not in shown
    assert stays in shown


@pytest.mark.parametrize("text", WORDS)
def test_words_like_those_before_rows_stay(text):
    assert redacted(text) == text
