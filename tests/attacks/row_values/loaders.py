"""Row values that loaders and bulk writers print as they are, and rows beside coordinates of a log."""
from tests.attacks.row_values.kit import BARE, ITEM, LINE, WORD, RenderOptions, group

_FIELDS = LINE.replace(",", "").replace(";", "").replace(":", "").replace("'", "").replace('"', "").replace("=", "")

LOADERS: tuple[RenderOptions, ...] = (*group("starrocks", "loader", [
    ("count", "Value count does not match column count. Expect 5, but got 3. Row: «0»,«1»,«2»",
     "Expect 5, but got 3", "nte", "raw", _FIELDS),
    ("separators", "Target column count: 4 doesn't match source value column count: 3. Column "
     "separator: ',', Row delimiter: '\\n'. Row: «0»,\"«1»\",«2»", "column count: 4", "ntD", "dq",
     _FIELDS),
    ("label", "Column separator: 44, Row: «0»;«1»;«2», label load_users_7", "label load_users_7",
     "new"),
    ("input", "Reason: the length of input is too long. column_name: nick; input_str: [«0»] schema "
     "length: 8; actual length: 14;", "nick|schema length: 8", "t", "raw", WORD),
], "load-sr"), *group("clickhouse", "loader", [
    ("here", "Code: 62. DB::Exception: Cannot parse expression of type Float32 here: '«0»', '«1»'), "
     "('B', 2.0): While executing ValuesBlockInputFormat", "Code: 62|Float32|While executing", "te",
     "estr"),
    ("before", "Code: 27. DB::Exception: Cannot parse input: expected , before: «0»\t«1»\t«2»: (at "
     "row 722)", "Code: 27|row 722", "neD"),
], "load-ch"), *group("tidb", "loader", [
    ("kind", '[ERROR] ["kv convert failed"] [original="{kind=string,val=«0»}"] [originalCol=1] '
     '[colName=nick]', "kv convert failed|originalCol=1|colName=nick", "t", "raw", WORD),
], "load-tidb"), *group("hana", "error", [
    ("unique", "[301]: unique constraint violated: Table(USERS), Index(UK_MAIL) with error: "
     "constraint='MAIL', key value='«0»', pos=17; indexname=UK_MAIL", "[301]|pos=17|indexname=UK_MAIL",
     "e"),
], "hana"), *group("mysql", "error", [
    ("behind-row", "Data too long for column 'nick' at row 7, value='«0»', column type varchar(8)",
     "'nick' at row 7|varchar(8)", "t", "raw", BARE.replace("'", "")),
], "behind"), *group("mongodb", "error", [
    ("first-element", 'BSONObj size: 21725988 is invalid. First element: _id: "«0»"', "21725988", "t",
     "json"),
], "size"), *group("elasticsearch", "loader", [
    ("request", 'bulk item failed: index {[users][_doc][«0»], source[{"mail":"«1»","n":«2»}]} '
     "MapperParsingException: failed to parse [age]", "[users]|failed to parse [age]", "utn", "json"),
    ("logstash", 'Could not index event. {:status=>400, :action=>["index", {:_id=>"«0»", '
     ':_index=>"users"}, {"mail"=>"«1»", "n"=>«2»}], :response=>{"index"=>{"status"=>400}}}',
     ":status=>400|users", "utn", "json"),
], "load-es"), *group("kafka", "row dump", [
    ("record", 'record: {"topic":"my.users","partition":3,"offset":88120,"key":"«0»","value":{"id":«1»,'
     '"mail":"«2»"}} dropped', '"topic":"my.users","partition":3,"offset":88120', "tnt", "json"),
    ("client", "ConsumerRecord(topic = my.users, partition = 3, offset = 88120, key = «0», value = «1», "
     "headers = []) failed", "topic = my.users, partition = 3, offset = 88120", "ut", "raw", ITEM),
    ("client-json", 'ConsumerRecord(topic = my.users, partition = 3, offset = 88120, key = {"id":«0»}, value '
     '= {"id":«0»,"mail":"«1»"})', "topic = my.users, partition = 3, offset = 88120", "nt", "json"),
    ("envelope", "Struct{after=Struct{id=«0»,mail=«1»},source=Struct{connector=mysql,ts_ms=17,"
     "file=bin.000042,pos=4711},op=c}", "file=bin.000042,pos=4711|op=c", "ne"),
    ("log-place", 'row {"lsn":24023128,"txId":755,"mail":"«0»","born":"«1»"} lost',
     '"lsn":24023128,"txId":755', "tD", "json"),
], "place"))
