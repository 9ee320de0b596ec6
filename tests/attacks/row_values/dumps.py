"""Row values in dumps of rows by tools, loaders, comparisons and commands; and in Chinese."""
from tests.attacks.row_values.kit import BARE, ITEM, KEYS, LINE, WORD, RenderOptions, group

TOOLS = group("replication", "row dump", [
    ("debezium-envelope", 'offset {"file":"binlog.000087","pos":15531} rejected: '
     '{"before":null,"after":'
     '{"id":«0»,"mail":"«1»","born":"«2»"},"source":{"db":"shop","table":"users"},"op":"c"}',
     "binlog.000087|15531", "ntD", "json"),
    ("debezium-update",
     '{"payload":{"before":{"id":«0»,"nick":"«1»"},"after":{"id":«0»,"nick":"«2»"},'
     '"source":{"connector":"postgresql","lsn":24023128}}} could not be sent to topic pg.app.users',
     "pg.app.users", "ntt", "json"),
    ("debezium-struct", "Failed to put record to topic my.shop.users, partition 3, offset 118: "
     "Struct{before=Struct{id=«0»,mail=«1»},after=Struct{id=«0»,mail=«2»},op=u}",
     "my.shop.users|partition 3|offset 118", "nee"),
    ("debezium-convert", "Failed to properly convert data value for 'shop.users.born' of type DATE "
     "for row "
     "[«0», [75, 66], «1», «2», null]", "shop.users.born|DATE", "nTt"),
    ("kafka-key", "ConsumerRecord(topic = my.shop.users, partition = 0, offset = 42, key = "
     "Struct{id=«0»}, "
     'value = {"mail":"«1»"})', "my.shop.users|partition = 0|offset = 42", "nt", "json"),
    ("sink-record", "Error: value of record SinkRecord{kafkaOffset=77, topic='u'} "
     "ConnectRecord{topic='u', key=«0», value={name=«1», sum=«2»}}", "kafkaOffset=77", "ntd", "raw",
     WORD),
    ("canal-flat", '{"data":[{"id":"«0»","mail":"«1»"}],"database":"shop","old":[{"mail":"«2»"}],'
     '"pkNames":["id"],"sql":"","table":"users","type":"UPDATE"} dropped, batchId=5521',
     "batchId=5521",
     "ntt", "json"),
    ("canal-columns", "-------> binlog[mysql-bin.000006:1042] , name[shop,users] , eventType : "
     "INSERT\n"
     "id : «0»    update=true\nmail : «1»    update=true", "mysql-bin.000006:1042|shop,users",
     "ne"),
    ("canal-protobuf", 'columns {\n index: 0\n name: "mail"\n isKey: false\n value: "«0»"\n '
     'mysqlType: '
     '"varchar(64)"\n}\nlogfileName: "mysql-bin.000006" logfileOffset: 1042',
     "mysql-bin.000006|1042",
     "t", "json"),
    ("maxwell",
     '{"database":"shop","table":"users","type":"update","xid":8080,"data":{"id":«0»,"mail":'
     '"«1»"},"old":{"mail":"«2»"}} - failed to publish to stream s-1', "s-1", "ntt", "ascii"),
    ("ogg-discard", "Operation failed at seqno 3 rba 14332\nOGG-01154 ORA-00001: unique constraint "
     "(HR.PK_E) violated\n*\nID = «0»\nNAME = «1»\nBORN = «2»\n*",
     "seqno 3 rba 14332|OGG-01154|ORA-00001|HR.PK_E", "ntT", "raw", WORD),
    ("ogg-hex", "Discarded record from action ABEND on error 1403\nMAIL = «0»\n000000: «1»\nTable "
     "HR.EMP, "
     "rba 9120", "1403|HR.EMP|rba 9120", "ex"),
    ("ogg-json",
     '{"table":"HR.EMP","op_type":"U","pos":"00000000030000014332","before":{"ID":«0»,"NAME":'
     '"«1»"},"after":{"ID":«0»,"NAME":"«2»"}} OGG-15051 not delivered', "OGG-15051", "ntt", "json"),
    ("datax-dirty", '脏数据: {"exception":"Data too long for column \'nick\' at row '
     '1","record":[{"byteSize":'
     '8,"index":0,"rawData":«0»,"type":"LONG"},{"byteSize":12,"index":1,"rawData":"«1»","type":"ST'
     'RING"}],'
     '"type":"writer"}', "nick", "np", "json"),
    ("datax-cast", 'Code:[Common-00], Describe:[您提供的配置文件存在错误] - String["«0»"]不能转为Date .',
     "Common-00", "t", "json"),
    ("seatunnel", "SeaTunnelRow{tableId=shop.users, kind=+I, fields=[«0», «1», «2»]} JDBC-02",
     "shop.users|JDBC-02", "neD"),
    ("flink-rowdata", "Failed to write +U(«0»,«1»,«2») to table shop.users, errno=1406",
     "shop.users|1406", "ntd", "raw", WORD),
    ("sync-diff", 'level=warn msg="rows differ" table=`shop`.`users` where="id=«0»" '
     'source-row={"id":«0»,'
     '"mail":"«1»"} target-row={"id":«0»,"mail":"«2»"}', "users", "nee", "json"),
    ("pt-table-checksum", "Replica db-2.internal: shop.users chunk 17 differs, lower_boundary=«0» "
     "upper_boundary=«1», master_cnt 998, this_cnt 997", "shop.users|chunk 17|998|997", "nn"),
    ("pt-table-sync", "REPLACE INTO `shop`.`users`(`id`, `mail`) VALUES ('«0»', '«1»') "
     "/*percona-toolkit "
     "src_tbl:users dst_host:10.0.0.8 lock:1*/;", "users|10.0.0.8", "nt", "my"),
    ("xml-rowset", '<row table="HR.EMP" op="update"><col name="MAIL"><before>«0»</before><after>«1»'
     '</after></col></row> SCN 9918273', "SCN 9918273", "tt", "xml", BARE.replace('"', "")),
], "tool") + group("replication", "row dump", [
    ("record", "apply event=[type=table_data, index=3, object_name=orders] occur error, record="
     "Record{id=«0», mail='«1»', memo=«2»}", "table_data|orders|index=3", "nee"),
    ("row-list", "batch rejected by shop.users: row=[«0», '«1»', \"«2»\", NULL], rowCount=500",
     "shop.users|rowCount=500", "ntw", "std"),
    ("values-list", "write shop.users failed, columns: (id, mail), values: («0», '«1»'), "
     "seqno:118, tid:52",
     "shop.users|seqno:118|tid:52", "nt", "std"),
    ("images", "conflict on `shop`.`users`, policy=ignore, before_image={id: «0», mail: «1»}, "
     "after_image="
     "{id: «0», mail: «2»}", "users|policy=ignore", "nee"),
    ("key-list", "content comparison of shop.users: 3 rows differ, keys=[«0», «1», «2»]",
     "shop.users|3 rows differ", "nnn"),
    ("key-text", "compare: only in source shop.users: primary key values "
     "('«0»','«1»'),('«2»','«3»')",
     "shop.users", "tete", "std"),
    ("key-map", "row missing in target table shop.users, pk={mail=«0», born=«1»}", "shop.users",
     "eD"),
    ("json-in-json", '{"level":"error","code":"23505","msg":"{\\"id\\":«0»,\\"mail\\":\\"«1»\\"}",'
     '"table":"users"}', "23505", "nt", "json2"),
    ("sql-in-json", '{"code":1062,"sql":"INSERT INTO users VALUES («0»,\'«1»\')","worker":7}',
     "1062|users",
     "nt", "stdjson"),
    ("columns-typed", "record: {id[bigint]=«0», mail[varchar(64)]=«1», sum[decimal(10,2)]=«2»} not "
     "applied",
     "not applied", "ned"),
    ("named-tuple", "User(id=«0», name='«1»', born=datetime.date(1987, 6, 14)) rejected with errno "
     "1452",
     "1452", "nt", "raw", WORD.replace("'", "")),
], "rec")

LOGS = group("mysql", "row dump", [
    ("binlog-verbose", "### UPDATE `shop`.`users`\n### WHERE\n###   @1=«0» /* LONGINT meta=0 "
     "nullable=0 */\n"
     "###   @2='«1»' /* VARSTRING(256) meta=256 nullable=1 */\n### SET\n###   @2='«2»' /* "
     "VARSTRING(256) "
     "meta=256 nullable=1 */\n# at 4093", "users|4093", "ntt", "binlog"),
    ("binlog-short", "### INSERT INTO `shop`.`t`\n### SET\n###   @1='«0»'\n###   @2=«1»\n###   "
     "@3='«2»'\n"
     "# at 5120", "INSERT INTO|5120", "tmD", "binlog", LINE),
    ("load-rejected", 'Bad line: «0»,"«1»",«2» (expected 4 columns, got 3) in users.csv line 88',
     "users.csv|line 88", "ntD", "dq", LINE),
    ("import-records", "Row 88 was truncated; it contained more data than there were input "
     "columns: "
     "«0»\t«1»\t«2»", "Row 88", "ntn", "copy"),
    ("innodb-record", "RECORD LOCKS space id 58 page no 3 index PRIMARY of table `shop`.`users` trx "
     "id 88123\n 0: len 4; hex 80000007; asc     ;;\n 1: len 9; hex «0:lowhex»; asc «0:asc»;;\n 2: SQL "
     "NULL;", "index PRIMARY of table `shop`.`users` trx id 88123|SQL NULL", "t"),
    ("innodb-record-cut", " 1: len 30; hex «0:lowhex»; asc «0:asc»; (total 4711 bytes); *** (2) TRX",
     "*** (2) TRX", "t", "raw", LINE),
    ("lock-data", "LOCK_MODE: X,REC_NOT_GAP LOCK_STATUS: WAITING LOCK_DATA: «0», '«1»'",
     "LOCK_MODE: X,REC_NOT_GAP", "nw"),
], "mylog") + group("tidb", "row dump", [
    ("conflict", "Error 9007: Write conflict, txnStartTS=43451, key={tableID=64, indexID=1, "
     "indexValues={«0», «1», }} primary={tableID=64, handle=«2»} [try again later]",
     "Error 9007: Write conflict, txnStartTS=43451|indexID=1|try again later", "twn", "raw", WORD),
    ("deadlock", '{"table_id":53,"handle_type":"common","handle_value":"«0»"} {"index_name":"uk",'
     '"index_values":["«1»"]}', '"table_id":53|"index_name":"uk"', "nw"),
], "tilog") + group("postgresql", "row dump", [
    ("test-decoding", "table public.users: INSERT: id[integer]:«0» email[text]:'«1»' "
     "born[date]:'«2»'",
     "public.users", "ntD", "std"),
    ("test-decoding-update", "table public.users: UPDATE: old-key: email[character varying]:'«0»' "
     "new-tuple:"
     " email[character varying]:'«1»' sum[numeric]:«2» LSN 16/B374D848", "public.users|16/B374D848",
     "ttd",
     "std"),
    ("wal2json",
     '{"change":[{"kind":"insert","schema":"app","table":"users","columnnames":["id","mail"],'
     '"columntypes":["bigint","text"],"columnvalues":[«0»,"«1»"]}]} at LSN 0/16D5C38', "0/16D5C38",
     "nt",
     "json"),
    ("wal2json-oldkeys",
     '{"action":"D","table":"users","identity":[{"name":"mail","type":"text","value":'
     '"«0»"}]} at 0/16D5D10', "0/16D5D10", "t", "json"),
    ("copy-raw", "rejected by COPY app.users, raw data: «0»|«1»|«2», reason: 22P04 extra data "
     "after last "
     "expected column", "app.users|22P04", "nen"),
    ("pgoutput-tuple", "apply failed in relation app.users (oid 16395): tuple ['«0»', '«1»', NULL] "
     "at commit "
     "LSN 2A/5F00", "app.users|16395|2A/5F00", "nt", "std"),
], "pglog") + group("oracle", "row dump", [
    ("logminer", 'SCN 5124411 SQL_REDO: insert into "HR"."EMP"("ID","NAME","BORN") '
     "values ('«0»',"
     "'«1»',TO_DATE('«2»', 'DD-MON-RR'));", "SCN 5124411|EMP", "nto", "std"),
    ("logminer-undo", 'rs_id 0x00012a.000001e2.0010 SQL_UNDO: update "HR"."EMP" set "NAME" = '
     "'«0»' where "
     "\"NAME\" = '«1»' and \"PHOTO\" = HEXTORAW('«2»')", "0x00012a.000001e2.0010|EMP", "ttx",
     "std"),
    ("lcr", "LCR: source_database=ORCL command=UPDATE HR.EMP tag=null old(1): NAME=«0» new(1): "
     "NAME=«1», "
     "error ORA-26787", "HR.EMP|ORA-26787", "ee"),
], "oralog") + group("mongodb", "row dump", [
    ("oplog", '{ "ts" : Timestamp(1668432311, 4), "op" : "i", "ns" : "shop.users", "o" : { "_id" : '
     'ObjectId("«0»"), "mail" : "«1»", "sum" : NumberDecimal("«2»") } }', "shop.users", "Otd",
     "json"),
    ("change-event", "changeStream event {operationType: 'update', ns: {db: 'shop', coll: "
     "'users'}, "
     "documentKey: {_id: ObjectId('«0»')}, updateDescription: {updatedFields: {mail: \"«1»\"}}} "
     "skipped",
     "skipped", "Ot", "json"),
    ("find-filter", "Executor error during find command :: caused by :: Overflow, cmd: { find: "
     '"users", '
     'filter: { mail: "«0»", age: { $gt: «1» } }, $db: "shop" }', "Overflow|users", "tn",
     "json"),
    ("document-java", "Document{{_id=«0», mail=«1», sum=«2»}} too large for namespace shop.users: "
     "17825792 "
     "bytes", "shop.users|17825792", "Oed"),
    ("insert-shell", "db.users.insertMany([{_id: «0», name: '«1»'}]) code 11600", "11600", "nt",
     "estr"),
    ("update-shell", 'db.getCollection("users").updateOne({"mail":"«0»"},{$set:{"tel":"«1»"}}) '
     'code 50',
     "users|code 50", "th", "json"),
    ("slow-query",
     '{"t":{"$date":"2026-01-05T10:00:00Z"},"s":"I","c":"COMMAND","id":51803,"attr":{"ns":"'
     'shop.users","command":{"update":"users","updates":[{"q":{"mail":"«0»"},"u":{"$set":{"n":«1»}'
     '}}]}}}',
     "51803", "tn", "json"),
], "mglog") + group("redis", "row dump", [
    ("set", 'replay failed at offset 88120: SET user:«0» "«1»" EX 3600', "88120", "wt", "redis"),
    ("hset", "OOM command not allowed when used memory > 'maxmemory', cmd: HSET u:«0» mail «1» "
     "born «2»",
     "OOM|maxmemory", "neD"),
    ("mset", 'MOVED 3999 10.0.4.7:6381: MSET {u}:«0» "«1»" {u}:«2» "«3»"', "MOVED 3999 "
     "10.0.4.7:6381",
     "wtwt", "redis"),
    ("collections", "READONLY: RPUSH q:«0» «1» / ZADD rank «2» «3» / SADD s:«0» «1»", "READONLY",
     "wedw"),
    ("stream", 'ERR XADD log:«0» * name "«1»" sum «2»', "ERR", "wtd", "redis"),
    ("protocol", "bad reply near *3\\r\\n$3\\r\\nSET\\r\\n$12\\r\\n«0»\\r\\n$12\\r\\n«1»\\r\\n at "
     "byte 20480",
     "20480", "pp"),
    ("protocol-lines", "decode error at 4096:\n*4\n$4\nHSET\n$12\n«0»\n$4\nmail\n$12\n«1»", "4096",
     "pp"),
    ("monitor", '1668432311.107412 [0 10.0.4.9:60866] "setex" "sess:«0»" "60" "«1»"',
     "10.0.4.9:60866", "wt", "redis"),
    ("eval", 'NOSCRIPT on EVALSHA 0a1b 1 cart:«0» "«1»"', "NOSCRIPT", "wt", "redis"),
], "rdlog") + group("sqlserver", "row dump", [
    ("cdc", "cdc.dbo_U_CT: __$start_lsn=0x0000002A000001E20003 __$operation=2 Id=«0» Mail='«1»'",
     "dbo_U_CT|0x0000002A000001E20003", "nt", "std"),
], "mslog") + group("dws", "row dump", [
    ("error-table", "err_users | nodeid 1 | filename users_3.csv | rownum 88 | rawrecord: "
     "«0»,«1»,«2» | "
     "detail: invalid input syntax for type integer", "users_3.csv|88|err_users", "neD"),
    ("gds-bad", 'LINE 88 of users_3.csv rejected: «0»|"«1»"|«2», missing data for column "c4"',
     "LINE 88|users_3.csv|c4", "ntd", "dq", LINE),
    ("stream-size", "ERROR: dn_6001_6002: value too long for type character varying(20), value "
     "'«0»', column "
     "nick", "dn_6001_6002|character varying(20)|nick", "t", "raw", BARE),
], "dwlog")

CHINESE = group("mysql", "chinese", [
    ("duplicate", "主键冲突：键值 '«0»' 已存在，表 shop.users，错误码 1062", "shop.users|1062", "t", "raw", BARE),
    ("delete", "目标库不存在待删除的行，表：`订单`，主键值：«0»，用户：«1»，位点 binlog.000123:4711",
     "订单|binlog.000123:4711", "ne"),
    ("sql", "执行失败：UPDATE `客户` SET `手机`='«0»' WHERE `姓名`='«1»'，原因：1205 锁等待超时", "客户|1205", "ht",
     "my"),
], "zh-my") + group("postgresql", "chinese", [
    ("unique", '错误:  重复键违反唯一约束"users_email_key"¶描述:  键值"(email)=(«0»)" 已经存在', "users_email_key",
     "t", "raw", BARE),
    ("foreign", '错误: 插入或更新表 "bill" 违反外键约束 "bill_uid_fkey" 详细：键值对(uid)=(«0»)没有在表"users"中出现.',
     "bill_uid_fkey|users", "n"),
    ("failing-row", '错误:  关系 "acc" 的字段 "c2" 中空值违反了非空约束¶DETAIL:  失败, 行包含(«0», null, «1»).',
     "c2|acc",
     "nt"),
    ("syntax", '错误:  无效的类型 integer 输入语法: "«0»"¶CONTEXT:  COPY acc, 行 3, 列 bal: "«0»"',
     "行 3|bal|integer", "t", "raw", BARE),
    ("range", "错误: 值“«0»”超出类型 integer 的范围", "integer", "n"),
], "zh-pg") + group("oracle", "chinese", [
    ("unique", "ORA-00001: 违反唯一约束条件 (HR.PK_EMP)，行数据：[«0», «1», «2»]", "ORA-00001|HR.PK_EMP", "neD"),
    ("too-large", 'ORA-12899: 列 "HR"."EMP"."NAME" 的值太大 (实际值: 24, 最大值: 20)，值为“«0»”',
     "ORA-12899|NAME|24|20", "t", "raw", ITEM),
], "zh-ora") + group("gaussdb", "chinese", [
    ("dirty", '脏数据写入失败：表 app.users，行 {"id": «0», "姓名": "«1»"}，SQLSTATE 22001',
     "app.users|22001", "nt",
     "json"),
    ("compare", "内容对比：表 app.users 有 2 行不一致，主键值为 («0»)、(«1»)", "app.users|2 行", "nn"),
    ("key", "违反唯一约束 uk_phone，冲突键值：(手机号, 姓名)=(«0», «1»)", "uk_phone", "ht", "raw", BARE),
], "zh-ga") + group("sqlserver", "chinese", [
    ("unique", "消息 2627，级别 14：违反了 PRIMARY KEY 约束“PK_U”。不能在对象“dbo.U”中插入重复键。重复键值为 («0», «1»)。",
     "2627|PK_U|dbo.U", "nt", "raw", BARE),
    ("convert", "消息 245：在将 nvarchar 值 '«0»' 转换成数据类型 int 时失败。", "245|nvarchar|int", "t", "raw",
     BARE),
], "zh-ms") + group("dameng", "chinese", [
    ("unique", "[-6602]:违反表[客户]唯一性约束，键值[«0»]，约束[UK_客户]", "-6602|客户|UK_客户", "e"),
    ("too-long", "[-6169]:列[姓名]长度超出定义，值：'«0»'", "-6169|姓名", "t", "std"),
], "zh-dm") + group("mongodb", "chinese", [
    ("duplicate", '集合 shop.users 写入失败：重复的键 { mail: "«0»" }，错误码 11000，索引 mail_1',
     "shop.users|11000|mail_1",
     "t", "json"),
], "zh-mg") + group("redis", "chinese", [
    ("busy", "目标端已存在同名键：user:«0»，策略 rewrite，DB 3", "rewrite|DB 3", "h"),
    ("big", "大key告警：key=cart:«0»，类型 hash，大小 52428800 字节", "52428800|hash", "t", "raw", KEYS),
], "zh-rd")

DUMPS: tuple[RenderOptions, ...] = (*TOOLS, *LOGS, *CHINESE)
