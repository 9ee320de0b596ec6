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
    '[query="UPDATE `t` SET `a` = ? LIMIT 1"] [argument="[§ x  7]"] [error="Error 1062"]',
    '[query="REPLACE INTO `t` VALUES (?,?)"] [args="[[7 §]]"] [commitTs=1]',
    "INSERT INTO T (A) VALUES (?) bind => [§, 7] Error Code: 1400",
    'INSERT INTO "t" ("a") VALUES ($1)  [["a", "§"], ["b", 7]] PG::UniqueViolation',
    "[Parameters=[@p0='§' (Size = 4000), @p1='7'], CommandType='Text'] INSERT INTO [t]",
    "INSERT INTO `t` (`a`) VALUES (%s, %s); args=('§', 7); alias=default",
    "Problem replicating S.T to S.T\n*\nID = 7\nNAME = §\n*\nseqno 12 rba 7",
    'write failed: SET cust:eu:7 "§" EX 3600 (error) OOM command not allowed',
    "received BUSYKEY reply. cmd=[restore k7 0 § x] writer.go:113",
    "cmd=[hset k7 name §] timed out",
    'name: a, type: Int32, ERROR: text "§" is not like Int32',
    "Parameter instance § is invalid for the requested conversion. ERRORCODE=-4461",
    "Duplicated primary key '§' for key 'uq'",
    "UPDATE k.t SET tags = {'a': '§'}, names = ['§'], n = [[1, 2]] WHERE id = 7 : WriteTimeout",
    "SELECT app.add('§', 7, ARRAY['§', 'x']) ERROR P0001",
    "INSERT INTO t SELECT 7, '§' UNION ALL SELECT 8, '§'; ERROR 1264",
    "write oplog failed ns[s.t] doc[{_id 7} {name §} {tags [§]}] seq 77",
    '{"index":{"_index":"t","_id":"7"}}\n{"name":"§","n":7}\nstatus 429',
    "actual number: 2 schema number: 3; . src line [7\t§]; table t",
    "主键冲突：主键值（7，§），错误码1062",
    "冲突数据：{id=7, name=§}，处理策略：忽略",
    "第12行写入失败，字段值：§，目标类型：int",
    "键值重复：'§-7'，唯一索引：uq",
    'conflict 409 on index users: source {"a":"§","b":["§","x"]}',
    'write rejected: {"_index":"t","_source":{"a":"§"}}',
    'cannot read topic t at offset 7, value {"a": 7, "b": "§"}',
    'cannot read topic t at offset 7, value {\\"a\\": 7, \\"b\\": \\"§\\"}',
    'error while processing row {"a":7,"b":"§"} in stage 7',
    'task failed on record {"a":7,"b":"§"} of topic t',
    'cannot map payload={"a":"§","b":null}',
    'cannot map payload {"a":"§","b":null}',
    'sample rows: [[7,"§"],[8,"§"]] exceed the length',
    'bad records [{"a":"§"},{"a":7}] of t',
    "apply failed: row data {a=7, b=§, c=null} on t",
    'apply failed: row data: {"a":"§"} on t',
    "before {a=7, b=§} after {a=7, b=§}",
    'skipped row [7, "§"] of t',
)

STAYS = (
    ('[query="UPDATE `t_1` SET `a` = ?"] [argument="[§ x]"] [error="Error 1062"]', "Error 1062"),
    ('write failed: SET cust:eu:7 "§" EX 3600 (error) OOM command not allowed', "OOM command"),
    ("received BUSYKEY reply. cmd=[restore k7 0 §] writer.go:113", "writer.go:113"),
    ("UPDATE k.t SET tags = {'a': '§'} WHERE id = 7 : WriteTimeout code=1100", "code=1100"),
    ("INSERT INTO t_1 SELECT 7, '§' UNION ALL SELECT 8, '§'; ERROR 1264", "ERROR 1264"),
    ("Duplicated primary key '§' for key 'uq_7'", "'uq_7'"),
    ("主键冲突：表t_1，主键值（7，§），错误码1062", "错误码1062"),
    ("Table has no partition for value '§' in table `p_2`", "`p_2`"),
    ("Bad line: 5,§,1 (expected 4 columns, got 3) in users.csv line 88", "users.csv line 88"),
    ("ORA-00001: violated; 行：ID=5, 姓名=§，SCN 88123", "SCN 88123"),
    ('conflict 409 on index users_1: source {"a":"§"}', "409 on index users_1"),
    ('topic t.users at offset 88123, value {"a": "§"}, retried', "88123"),
    ('payload {"payload":{"after":{"a":"§"},"source":{"pos":88},"op":"c"}}', '{"pos":88}'),
    ("### INSERT\n###   @1='§'\n# at 5120", "5120"),
    ("bad reply near *3\\r\\n$3\\r\\nSET\\r\\n$1\\r\\n§\\r\\n at byte 20480", "20480"),
    ("exec sp_executesql N'UPDATE dbo.T SET a=@a', N'@a int', @a=N'§'", "dbo.T"),
)

WORDS = (
    'java args: ["-Xmx2g", "-cp", "/opt/app"]',
    "select the tables [orders] of the list",
    "src line [88] is too long",
    "实际值: 24, 最大值: 20",
    '数据：{"code": 1}',
    "cmd [restore] of task 7 was not found",
    "it yields a tuple (path, names, files)",
    "names.update({'a', 'b'})",
    "v.copy_modified(id=tid)",
    "keys=[id, name] of the index",
    "SET QUOTED_IDENTIFIER OFF",
    "row count: 5, chunk 7",
    "execute batch 5 of 9",
    "value [5] of 9 items",
    "key (a, b) is used",
    'precheck result {"item":"binlog_format","value":"ROW"}',
    'the state is {"state":"RUNNING"}',
    'response data {"status":"ok"}',
    'payload={"error_code":"DRS.M0501","error_msg":"denied"}',
    "source {host=10.0.0.1, port=3306, database=shop}",
    'source {"connector":"mysql","pos":5}',
    "value {0} of {1} is not set",
    "rows [5] and rows [5, 7] of t",
    'one of the values ["ROW","MIXED"]',
    'record {"type":"record","name":"User","fields":[]}',
    "rows: [5, 6]",
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
