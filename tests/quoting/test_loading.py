"""Rows of files and values of columns are hidden however a loader prints them; what decides stays."""

import pytest

from drs_mcp.quoting.pages import redacted
from drs_mcp.quoting.row_values import hide_row_values
from tests.support.slow_texts import seconds_for

# The value stands as §.
FORMS = (
    # StarRocks, Doris, DuckDB
    "Expect 4, but got 2. Row: §,2026-01-05",
    "Expect 4, but got 1. Row: §",
    "Expected 3, but got 1. Column separator: 124, Row: 7|§|x, label load_7",
    "Column separator: ',', Row delimiter: '\\n'. Row: 09/06/2026,14:15,,,\"(40.67, -74.01)\",§",
    'Row: "§, x",7 violates check constraint ck_age',
    "Record: 7|§|23",
    "insert failed: row=1,§,x",
    "record=7|§|x",
    "source row: 7;§;23",
    "CSV Error on Line: 4\nOriginal Line: 7,§,3\nExpected Number of Columns: 1",
    "column_name: memo; input_str: [§] schema length: 8; actual length: 14;",
    "err_code=1207 raw_field_value='§' raw_line='7|§|Sun'",
    "src_line: '7,§'",
    "raw_line=7|§|Sun err_reason=Invalid digit",
    "raw_field_value=§ err_code=1207",
    "Skipping malformed row 7,§,x",
    "数据行：1001,§,成都，列数不匹配",
    "原始数据：1001|§|成都，表 crm.cust",
    'External table ext_cust, line 3 of file gpfdist://h:8080/a.csv, column a: "§"',
    # ClickHouse
    "Cannot parse expression of type Float32 here: '§', 'x'), ('B', 2.0): While executing Values",
    "Cannot parse expression of type String here: '§') (SYNTAX_ERROR)",
    'Cannot parse JSON object here: {"name":"§"}: While executing JSONEachRowRowInputFormat',
    "Cannot parse input: expected , before: 76043,§,7,12: (at row 722)",
    "Unexpected data '§' after parsed Number value '§': (while reading the value of column cnt)",
    # MongoDB
    'Size must be between 0 and 16793600(16MB) First element: _id: "§"',
    'Size must be between 0 and 16793600(16MB) First element: _id: { a: "§", b: 5 }',
    '{"errmsg":"Size must be between 0 and 9 First element: _id: \\"§\\"","code":10334}',
    # TiDB Lightning
    '["kv convert failed"] [original="{kind=string,val=§}"] [originalCol=1] [colName=a]',
    '["kv convert failed"] [originalRow="[{col=0,kind=int64,val=7},{col=1,kind=string,val=§}]"]',
    '["syntax error"] [pos=45] [content="\'§\', 5"]',
    "[Lightning:Restore:ErrFoundDuplicateKey]found duplicate key '§', value '§'",
    "Expected type: tinyint(4), received value: §. Reason: overflow",
    # Values behind their column
    "constraint='mail', key value='§', pos=0; indexname=IDX_7",
    "constraint='mail', udiv='§', pos=0; indexname=IDX_7",
    "Data too long for column 'memo' at row 1, value='§ for x', column type varchar(10)",
    "column=memo, value='§', type=varchar",
    'column "memo"; value: "§"',
    "Duplicate key values: 'id=7,name=§' -- violates constraint 'public.t.C_PRIMARY'",
    "failed to send record to topic t.users with key '§' and value '§'",
    "ORA-00001: unique constraint '§' for key 'UK_PHONE' violated, tenant t_7",
    "数据行 (1001, '§', '成都') 转换失败，目标列 city",
    "数据行（1001，“§”）写入失败",
    # Elasticsearch and Logstash
    'index {[cust][_doc][§], source[{"name":"§","tags":["§","x"]}]} MapperParsingException',
    'update {[cust][§], doc_as_upsert[false], doc[index {[null][null], source[{"a":"§"}]}]}',
    ':action=>["index", {:_id=>nil, :_index=>"cust"}, {"name"=>"§", "n"=>5}], :response=>{}',
    ':action=>["create", {:_id=>"§", :_index=>"cust"}, #<LogStash::Event:0x76>], :response=>{}',
    ':action=>["index", {:_id=>nil, :_index=>"cust"}, 2026-01-05 h §], :response=>{"status"=>400}',
    '"action":["index",{"_id":"§","_index":"cust"},{"name":"§"}],"response":{"status":400}',
    '{"items":[{"index":{"_index":"cust","_type":"_doc","_id":"§","status":400}}]}',
    "failed to parse field [age] of type [long] in document with id '§'. Preview",
    "[0]: index [cust], type [_doc], id [§], message [MapperParsingException[failed to parse]]",
    "[cust][_doc][§]: version conflict, required seqNo [5]",
    'row: {:name=>"§", :age=>5}',
)
STAYS = (
    ("Expect 3, but got 1. Row: §,x Error: Expect 3, but got 1. Row: §,y", ". Row: ? Error: Expect 3"),
    ("Column separator: 44, Row: 7;§;23, label flink_3", ", label flink_3"),
    ("Row: 7,§,23 violates check constraint ck_age", "violates check constraint ck_age"),
    ("input_str: [§] schema length: 8; actual length: 14;", "schema length: 8; actual length: 14"),
    ("Cannot parse value of type Float32 here: '§'): While executing Values", "While executing Values"),
    ("Cannot parse value of type String here: '§') (SYNTAX_ERROR)", "(SYNTAX_ERROR)"),
    ("expected , before: 7,§,8: (at row 722)", "(at row 722)"),
    ("First element: _id: ObjectId('§') :: caused by :: x", ":: caused by :: x"),
    ('[original="{kind=string,val=§}"] [originalCol=1] [colName=a]', '{kind=string,val=?}"] [originalCol=1]'),
    ("constraint='mail', key value='§', pos=0; indexname=IDX_7", "pos=0; indexname=IDX_7"),
    ("at row 1, value='§', column type varchar(10)", "column type varchar(10)"),
    ("unique constraint '§' for key 'UK_PHONE' violated", "for key 'UK_PHONE' violated"),
    ("数据行 (1001, '§') 转换失败，目标列 city", "转换失败，目标列 city"),
    ('index {[cust][users][§], source[{"phone":"§"}]} failed to parse [age]', 'index {[cust][users][?], source[{"phone":?}]} failed to parse [age]'),
    (
        ':action=>["index", {:_id=>nil, :_index=>"cust"}, {"name"=>"§"}], :response=>{"status"=>400}',
        '{:_id=>nil, :_index=>"cust"}, {"name"=>?}], :response=>{"status"=>400}',
    ),
    ("in document with id '§'. Preview of field's value: '§'", "Preview of field's value"),
)  # fmt: skip
WHOLE = """
Row: 12, Column: 5
Row: 12,Column: 5
Row: 5,7 of 9
row=12,column=5
row=5, col=3
row=12,5
row=3|col=5
Row: shop.users,3 rows
Row: 7 of table t
Row size too large (> 8126)
affected row: 5,skipped: 3
skipped row 5,skipped: 3
invalid line 7, column 5, near x
last applied record: mysql-bin.000003,154 done
record: 0/16B3748,755 skipped
expected ')' before: end of input
the record with key size 5
row 5 of index [cust], shard [3], node id [x7]
错误记录：12,成功：100
错误数据：3,共 5 条
last record: 88120, 5 left
record: topic shop.users, partition 3
Column separator: ',', Row delimiter: ';'
rows: 5,7
raw_line_count=5 raw_value 5
input_str_len: 5
Cannot parse the config here: see the manual
First element: EOO
First element: insert: "orders_2026"
kind=Deployment, value=5
parameter name='sql_mode', value='STRICT'
parameter 'sort_buffer', value='2M'
column 'a', default value='x'
unique constraint 'UK_PHONE' violated
unique constraint 'UK_PHONE' of table t
create {[null][_doc][null], source[_na_]}
["syntax error"] [pos=45] [content=]
mapping source[mysql] target[es]
action="index" of job 5
version conflict of the client and the server
数据行 (共 12 行) 已处理
记录（第 3 行）缺失
""".strip().split("\n")
UNITS = (
    "row: a,b ", "row=a,b ", "row: a is , ", 'row: "a, b",', "but got 1, row: ", "column separator: a, row: ", "raw_line='",
    "cannot parse value here: ", "cannot parse value x ", "expected , before: ", "unexpected data 'a' after parsed x value '",
    "first element: a: ", "first element: a: {", "kind=a,val=", "kind=a,val=}", "[pos=1] [content=a", "received value: ",
    "malformed row a,b", "原始数据：a,b", "raw_line=a ", "found duplicate key '", "record with key '", "' and value '",
    "external table a, line 1 of ", "index [a], id [",
    "at row 1, value='", "column a, value='", "constraint='a', key value='", "unique constraint 'a' for key ",
    "数据行 (1, '", "index {[a][b][", "index {[", ", source[{", 'action=>["index", {', 'action=>["index", {},',
    '_index":"_id":"', '_index":{', "[a]: version conflict", "document with id 'a'", "row: {:a=>",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_what_a_loader_prints_of_a_row_is_hidden(form):
    values = ("Brunhilde", "Zhao.Yun77", "13900001111", "x-1/2")
    shown = {redacted(form.replace("§", value)) for value in values}
    assert len(shown) == 1, shown
    assert "Zhao" not in shown.pop()


@pytest.mark.parametrize("form", FORMS)
def test_what_is_hidden_changes_no_more(form):
    once = hide_row_values(form.replace("§", "Brunhilde"))
    assert hide_row_values(once) == once


@pytest.mark.parametrize(("form", "stays"), STAYS)
def test_what_decides_beside_it_stays(form, stays):
    shown = redacted(form.replace("§", "Brunhilde"))
    assert "Brunhilde" not in shown
    assert stays in shown


@pytest.mark.parametrize("text", WHOLE)
def test_positions_counts_and_names_like_them_stay(text):
    assert redacted(text) == text


@pytest.mark.costly
@pytest.mark.parametrize("unit", UNITS)
def test_no_text_of_a_loader_takes_long(unit):
    assert seconds_for(hide_row_values, unit, 200_000) < 1.5
