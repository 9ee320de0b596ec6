"""Row values within the messages of databases: duplicate keys, bad values, references."""
from tests.attacks.row_values.kit import BARE, ITEM, KEYS, LINE, WORD, RenderOptions, group

EXPR = BARE.replace("(", "").replace(")", "")

MYSQL = group("mysql", "error", [
    ("duplicate", "ERROR 1062 (23000): Duplicate entry '«0»' for key 'PRIMARY'",
     "ERROR 1062 (23000)|PRIMARY", "n"),
    ("duplicate-composite", "ERROR 1062 (23000) at line 7: Duplicate entry '«0»-«1»' for key "
     "'people.uq_name_born'", "ERROR 1062 (23000)|line 7|people.uq_name_born", "tD", "raw", BARE),
    ("duplicate-many-parts", "service INCREMENT failed, cause by: write table crm.people failed: "
     "Duplicate entry '«0»-«1»-«2»' for key 'uq_3'", "service INCREMENT|crm.people|uq_3", "tte",
     "raw",
     BARE),
    ("duplicate-java", "java.sql.BatchUpdateException: Duplicate entry '«0»' for key 'crm.uk mail' "
     "at "
     "com.mysql.cj.util.Util.handleNewInstance(Util.java:192)", "crm.uk mail|Util.java:192", "t",
     "raw", BARE),
    ("duplicate-tuple", "(1062, \"Duplicate entry '«0»' for key 'uk_phone'\")", "1062|uk_phone",
     "h"),
    ("duplicate-name", "ERROR 1586 (23000): Duplicate entry '«0»' for key 'uk_mail'",
     "ERROR 1586 (23000)|uk_mail", "e"),
    ("duplicate-foreign", "ERROR 1761 (23000): Foreign key constraint for table 'shop.bill', "
     "record "
     "'«0»' would lead to a duplicate entry in table 'bill_item', key 'uq_bill'",
     "ERROR 1761 (23000)|shop.bill|bill_item|uq_bill", "t", "raw", BARE),
    ("duplicate-cut", "Duplicate entry '«0»", "Duplicate entry", "t", "raw", BARE),
    ("incorrect-string", "ERROR 1366 (22007): Incorrect string value: '«0»' for column "
     "'nick' at row 12", "ERROR 1366 (22007)|nick|row 12", "y"),
    ("incorrect-string-dots", "Incorrect string value: '«0»...' for column 'nick' at row 1",
     "nick|row 1", "y"),
    ("incorrect-integer", "ERROR 1366 (HY000): Incorrect integer value: '«0»' for column 'age' at "
     "row 3",
     "ERROR 1366 (HY000)|age|row 3", "t", "raw", BARE),
    ("incorrect-decimal", "Incorrect decimal value: '«0»' for column 'amount' at row 41",
     "amount|row 41", "t", "raw", BARE),
    ("incorrect-datetime", "Data truncation: Incorrect datetime value: '«0»' for column 'born' at "
     "row 8",
     "born|row 8", "T"),
    ("truncated-double", "ERROR 1292 (22007): Truncated incorrect DOUBLE value: '«0»'",
     "ERROR 1292 (22007)|DOUBLE", "t", "raw", BARE),
    ("truncated-date", "Warning (Code 1292): Truncated incorrect date value: '«0»'; rows 1",
     "1292", "t", "raw", BARE),
    ("bigint-range", "ERROR 1690 (22003): BIGINT UNSIGNED value is out of range in '(«0» - «1»)'",
     "ERROR 1690 (22003)|BIGINT UNSIGNED", "nn"),
    ("illegal-double", "ERROR 1367 (22007): Illegal double '«0»' value found during parsing",
     "ERROR 1367 (22007)", "f"),
    ("partition", "ERROR 1526 (HY000): Table has no partition for value «0»", "ERROR 1526 (HY000)",
     "n"),
    ("partition-text", "ERROR 1526 (HY000): Table has no partition for value '«0»' in table `p_2`",
     "ERROR 1526 (HY000)|p_2", "t", "raw", BARE),
    ("enum", "ERROR 1291 (HY000): Column 'size' has duplicated value '«0»' in ENUM",
     "ERROR 1291 (HY000)|size", "t", "raw", BARE),
    ("invalid-json", 'ERROR 3140 (22032): Invalid JSON text: "Invalid value." at position 14 in '
     "value "
     "for column 'profile.doc': '{\"tel\": «0»x, \"mail\": \"«1»\"}'",
     "ERROR 3140 (22032)|position 14|profile.doc", "he"),
    ("gis", "ERROR 3037 (22023): Invalid GIS data provided to function st_geometryfromtext, value "
     "'POINT(«0» «1»)'", "ERROR 3037 (22023)|st_geometryfromtext", "dd"),
    ("child-row", "Cannot add or update a child row: a foreign key constraint fails "
     "(`shop`.`bill`, "
     "CONSTRAINT `fk_u` FOREIGN KEY (`uid`) REFERENCES `users` (`id`)) row: {uid=«0», mail='«1»'}",
     "fk_u|bill", "ne"),
    ("slave-1032", "Worker 2 failed executing transaction at source log binlog.000123, end_log_pos "
     "4711; Could not execute Update_rows event on table shop.users; Can't find record in 'users', "
     "key (id=«0», mail='«1»'), Error_code: 1032; handler error HA_ERR_KEY_NOT_FOUND",
     "binlog.000123|4711|shop.users|1032|HA_ERR_KEY_NOT_FOUND", "nt", "my"),
], "mye") + group("mariadb", "error", [
    ("duplicate", "Error 'Duplicate entry '«0»' for key 'ix_tax'' on query. Default database: "
     "'crm'. "
     "Query: 'insert into tax values ('«1»')', Gtid 0-1-4242, Internal MariaDB error code: 1062",
     "ix_tax|0-1-4242|1062", "tw", "raw", EXPR),
    ("check", "ERROR 4025 (23000): CONSTRAINT `ck_sum` failed for `crm`.`tax`; row: («0», '«1»')",
     "ERROR 4025 (23000)|ck_sum|tax", "nt", "my"),
    ("uuid", "ERROR 1292 (22007): Incorrect uuid value: '«0»' for column `crm`.`tax`.`key` at row "
     "1",
     "ERROR 1292 (22007)|row 1", "t", "raw", BARE),
], "mae")

POSTGRESQL = group("postgresql", "error", [
    ("key-exists", "ERROR:  duplicate key value violates unique constraint "
     '"users_email_key"¶DETAIL:  '
     "Key (email)=(«0») already exists.", "users_email_key|email", "t", "raw", BARE),
    ("key-composite", 'SQLSTATE 23505: duplicate key value violates unique constraint "uq_2" '
     "Detail: "
     "Key (name, born)=(«0», «1») already exists.", "23505|uq_2", "tD", "raw", BARE),
    ("key-expression", 'ERROR: duplicate key value violates unique constraint "uq_low" Detail: '
     "Key "
     "(lower(email::text), COALESCE(tax, ''::character varying))=(«0», «1») already exists.",
     "uq_low", "en"),
    ("not-present", 'ERROR:  insert or update on table "bill" violates foreign key constraint '
     '"bill_uid_fkey"¶DETAIL:  Key (uid)=(«0») is not present in table "users".',
     "bill_uid_fkey|users", "n"),
    ("still-referenced", 'update or delete on table "users" violates foreign key constraint '
     '"fk_b" on '
     'table "bill" DETAIL: Key (mail)=(«0») is still referenced from table "bill".',
     "fk_b|bill",
     "t", "raw", BARE),
    ("exclusion", 'ERROR:  conflicting key value violates exclusion constraint "ex_room"¶DETAIL: '
     " Key "
     '(room, during)=(«0», ["«1»","«2»")) conflicts with existing key (room, during)=(«0», '
     '["«3»",'
     '"«4»")).', "ex_room", "tTTTT"),
    ("failing-row", 'ERROR:  new row for relation "acc" violates check constraint '
     '"ck_bal"¶DETAIL:  '
     "Failing row contains («0», «1», «2», null, t).", "acc|ck_bal", "nDm"),
    ("failing-row-text", 'ERROR:  null value in column "c2" of relation "acc" violates '
     "not-null "
     "constraint¶DETAIL:  Failing row contains («0», null, «1»).", "c2|acc", "tt", "raw", BARE),
    ("could-not-create", 'ERROR:  could not create unique index "ix_mail"¶DETAIL:  Key '
     "(mail)=(«0») is "
     "duplicated.", "ix_mail", "t", "raw", BARE),
    ("partition", 'ERROR:  no partition of relation "log_p" found for row¶DETAIL:  Partition key '
     "of "
     "the failing row contains (day, code) = («0», «1»).", "log_p", "Dt", "raw", BARE),
    ("integer-syntax", 'ERROR:  invalid input syntax for type integer: "«0»"', "integer", "t",
     "raw",
     BARE),
    ("copy-column", 'ERROR:  22P02: invalid input syntax for type numeric: "«0»"¶CONTEXT:  COPY '
     "acc, "
     'line 3, column bal: "«0»"', "22P02|COPY acc, line 3, column bal", "t", "raw", BARE),
    ("copy-line", 'ERROR:  missing data for column "note"¶CONTEXT:  COPY users, line 17: '
     '"«0»\t«1»"',
     "note|line 17", "nt", "raw", BARE),
    ("too-long", "ERROR:  value too long for type character varying(20)¶CONTEXT:  COPY users, line "
     "9, "
     'column name: "«0»"', "character varying(20)|line 9", "t", "raw", BARE),
    ("bytes", 'ERROR: invalid byte sequence for encoding "UTF8": 0xe9 0x6c, COPY users, line 2: '
     '"«0»"', "UTF8|line 2", "e"),
    ("date-range", 'ERROR:  date/time field value out of range: "«0»"¶HINT:  Perhaps you need a '
     'different "datestyle" setting.', "date/time field value out of range", "T"),
    ("value-range", 'ERROR: value "«0»" is out of range for type integer (SQLSTATE 22003)',
     "integer|22003", "n"),
    ("uuid-enum", 'ERROR:  invalid input value for enum app.mood: "«0»"', "app.mood", "t", "raw",
     BARE),
    ("json-token", 'ERROR:  invalid input syntax for type json¶DETAIL:  Token "«0»" is invalid.¶'
     'CONTEXT:  JSON data, line 1: {"mail": «0»...', "line 1", "w"),
    ("array", 'ERROR:  malformed array literal: "{«0»,«1»"¶DETAIL:  Unexpected end of input.',
     "malformed array literal", "tn", "raw", WORD),
    ("apply-conflict", 'ERROR:  conflict detected on relation "public.users": '
     "conflict=insert_exists¶"
     'DETAIL:  Key already exists in unique index "users_pkey", modified in transaction '
     "901.\nKey "
     "(id)=(«0»); existing local row («0», «1»); remote row («0», «2»).",
     "public.users|insert_exists|users_pkey", "nee"),
    ("unterminated", "ERROR:  unterminated quoted string at or near \"'«0»\" at character 55",
     "character 55", "t", "raw", ITEM),
], "pge")

ORACLE = group("oracle", "error", [
    ("row-after", "ORA-00001: unique constraint (SCOTT.PK_EMP) violated, row: «0», «1», «2»",
     "ORA-00001|SCOTT.PK_EMP", "nto", "raw", WORD),
    ("columns-values", "ORA-00001: unique constraint (HR.PK_EMP) violated on table HR.EMP columns "
     "(ID, MAIL)¶ORA-03301: (ORA-00001 details) row with column values (ID:«0», MAIL:'«1»') "
     "already "
     "exists", "ORA-00001|HR.PK_EMP|ORA-03301|HR.EMP", "ne"),
    ("columns-parenthesis", "ORA-00001: unique constraint (HR.PK_T) violated on table HR.T columns "
     "(ID) values («0»)", "ORA-00001|HR.PK_T|HR.T", "n"),
    ("too-large", 'ORA-12899: value too large for column "HR"."EMP"."NAME" (actual: 24, '
     "maximum: "
     "20): '«0»'", "ORA-12899|NAME|actual: 24|maximum: 20", "t", "std"),
    ("null", 'ORA-01400: cannot insert NULL into ("HR"."EMP"."MAIL"); data: ID=«0», '
     "NAME='«1»', "
     "MAIL=NULL", "ORA-01400|MAIL", "nt", "std"),
    ("number", "ORA-01722: unable to convert string value containing '«0»' to a number: BONUS",
     "ORA-01722", "t", "std"),
    ("parent", "ORA-02291: integrity constraint (HR.FK_D) violated - parent key not found; key "
     "(«0»)",
     "ORA-02291|HR.FK_D", "n"),
    ("date-range", "Database: HR, Table: EMP, column BORN has date/datetime: «0» which is outside "
     "of "
     "dest allowed range", "EMP|BORN", "T"),
    ("loader", "Record 17: Rejected - Error on table HR.EMP, column SAL.\nORA-01722: invalid "
     "number\n"
     '«0»,"«1»",«2»', "Record 17|HR.EMP|SAL|ORA-01722", "ntd", "dq"),
    ("impdp", 'ORA-02374: conversion error loading table "HR"."EMP"¶ORA-12899: value too large '
     "for "
     "column NAME (actual: 31, maximum: 30)¶ORA-02372: data for row: NAME : 0X'«0»'",
     "ORA-02374|ORA-12899|ORA-02372|EMP|NAME", "x"),
], "orae")

SQLSERVER = group("sqlserver", "error", [
    ("duplicate", "Msg 2627, Level 14, State 1, Line 1\nViolation of PRIMARY KEY constraint "
     "'PK_U'. "
     "Cannot insert duplicate key in object 'dbo.U'. The duplicate key value is («0», «1»).",
     "Msg 2627|PK_U|dbo.U", "nt", "raw", BARE),
    ("duplicate-index", "Cannot insert duplicate key row in object 'dbo.U' with unique index "
     "'IX_M'. The "
     "duplicate key value is («0»). (Microsoft SQL Server, Error: 2601)", "dbo.U|IX_M|2601", "t",
     "raw",
     BARE),
    ("create-index", "The CREATE UNIQUE INDEX statement terminated because a duplicate key was "
     "found for "
     "the object name 'dbo.U' and the index name 'IX_M'. The duplicate key value is («0»).",
     "dbo.U|IX_M", "e"),
    ("conversion", "Msg 245, Level 16: Conversion failed when converting the nvarchar value '«0»' "
     "to "
     "data type int.", "Msg 245|nvarchar|int", "t", "raw", BARE),
    ("overflow", "Msg 248: The conversion of the varchar value '«0»' overflowed an int column.",
     "Msg 248|varchar", "n"),
    ("truncated", "Msg 2628, Level 16, State 1: String or binary data would be truncated in table "
     "'crm.dbo.U', column 'City'. Truncated value: '«0»'.", "Msg 2628|crm.dbo.U|City", "t", "raw",
     BARE),
    ("bcp", "#@ Row 12, Column 3: Invalid character value for cast specification @#\n«0»\t«1»\t«2»",
     "Row 12, Column 3", "nte", "raw", WORD),
    ("bulk", "Msg 4864: Bulk load data conversion error (type mismatch) for row 2, column 4 (Sum), "
     "value "
     "[«0»]", "Msg 4864|row 2, column 4", "t", "raw", ITEM),
    ("replication", "The row was not found at the Subscriber when applying the replicated UPDATE "
     "command "
     "for Table '[dbo].[U]' with Primary Key(s): [Id] = «0», [Mail] = «1» (Source: MSSQLServer, "
     "Error "
     "number: 20598)", "20598|[dbo].[U]", "ne"),
    ("duplicate-taiwan", "違反 PRIMARY KEY 條件約束 'PK_U'。無法在物件 'dbo.U' 中插入重複的索引鍵。重複的索引鍵值是 («0», «1»)。",
     "'PK_U'|'dbo.U'|重複的索引鍵值是", "nt", "raw", ITEM),
    ("duplicate-german", "Verletzung der UNIQUE KEY-Einschränkung 'UK_U'. Ein doppelter Schlüssel kann in das "
     "dbo.U-Objekt nicht eingefügt werden. Der doppelte Schlüsselwert ist («0», «1»).",
     "'UK_U'|dbo.U-Objekt|Der doppelte Schlüsselwert ist", "nt", "raw", ITEM),
    ("duplicate-japanese", "制約 'PK_U' の PRIMARY KEY 違反。オブジェクト 'dbo.U' には重複するキーを挿入できません。"
     "重複するキーの値は («0», «1») です。", "'PK_U'|'dbo.U'|です。", "nt", "raw", ITEM),
], "mse")

MONGODB = group("mongodb", "error", [
    ("e11000", "E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: "
     '"«0»" }', "E11000|shop.users|email_1", "t", "json", LINE),
    ("e11000-old", 'E11000 duplicate key error index: shop.users.$email_1 dup key: { : "«0»", : '
     "«1» }",
     "E11000|email_1", "tn", "json", LINE),
    ("e11000-nested", "E11000 duplicate key error collection: shop.users index: _id_ dup key: { "
     "_id: { "
     "a: \"«0»\", b: { c: «1», d: ObjectId('«2»') } } }", "E11000|shop.users|_id_", "tnO", "json"),
    ("e11000-collation", "E11000 duplicate key error collection: shop.users index: nm_1 collation: "
     "{ "
     'locale: "de" } dup key: { nm: CollationKey(0x«0») }, code 11000', "E11000|nm_1|11000", "x"),
    ("bulk-write-java", "com.mongodb.MongoBulkWriteException: Bulk write operation error on server "
     "10.0.3.9:27017. Write errors: [BulkWriteError{index=4, code=11000, message='E11000 duplicate "
     "key "
     "error collection: shop.users index: _id_ dup key: { : ObjectId('«0»') }', details={ }}].",
     "10.0.3.9:27017|index=4|11000|E11000|_id_", "O"),
    ("bulk-write-op", 'BulkWriteError({ "code" : 11000, "index" : 2, "errmsg" : "E11000 '
     "duplicate key "
     'error", "op" : { "_id" : ObjectId("«0»"), "mail" : "«1»", "sum" : '
     "NumberLong(«2») } })",
     "11000|E11000", "Otn", "json"),
    ("bulk-write-go", "bulk write exception: write errors: [E11000 duplicate key error collection: "
     "s.u "
     'index: m_1 dup key: { m: "«0»" }], firstLog: {ts=7, ns=s.u, o=map[_id:«1» m:«2»]}',
     "E11000|s.u|m_1", "tOe", "json"),
    ("validation", "WriteError({ code: 121, errmsg: 'Document failed validation', errInfo: { "
     "details: { "
     "consideredValue: '«0»', propertyName: 'age' } }, op: { name: \"«1»\" } })", "121|failed "
     "validation",
     "ee"),
    ("write-error-java", "WriteError{code=28, message='Cannot create field 'city' in element "
     "{addr: "
     "\"«0»\"}', details={}}", "code=28", "t", "json", LINE),
    ("shard-key", "Command failed with error 61 (ShardKeyNotFound): 'could not find shard key in "
     "query "
     "{ uid: «0», mail: \"«1»\" }' on server 10.0.3.9:27017",
     "61 (ShardKeyNotFound)|10.0.3.9:27017",
     "nt", "json", LINE),
    ("jumbo", "Cannot split chunk { uid: «0» } -->> { uid: «1» } of shop.users, jumbo, code 13003",
     "shop.users|13003", "nn"),
], "mge")

REDIS = group("redis", "error", [
    ("wrongtype", "WRONGTYPE Operation against a key holding the wrong kind of value, key: "
     "user:«0»",
     "WRONGTYPE", "t", "raw", KEYS),
    ("busykey", "[writer_10.0.4.2_6379] received BUSYKEY reply. cmd=[RESTORE cart:«0» 0 "
     '"\\x00\\x05«1»"]',
     "BUSYKEY|10.0.4.2_6379|RESTORE", "tw", "raw", KEYS),
    ("busykey-panic", "[PANIC] restore key[order:«0»] error[BUSYKEY Target key name already "
     "exists.]",
     "BUSYKEY Target key name already exists", "t", "raw", KEYS),
    ("busy-name", "[PANIC] target key name is busy: member:«0»", "target key name is busy", "h"),
    ("slots", "CROSSSLOT Keys in request don't hash to the same slot: MSET u:«0» «1» u:«2» «3»",
     "CROSSSLOT", "wewe"),
    ("unknown", "ERR unknown command 'JSON.SET', with args beginning with: 'doc:«0»' '$' "
     "'{\"m\":\"«1»\"}'",
     "ERR unknown command|JSON.SET", "we"),
    ("big-key", 'big key found, db=0, type=hash, key="«0»", size=12582912', "size=12582912", "t",
     "redis", LINE),
    ("not-integer", 'ERR value is not an integer or out of range, command: INCRBY "«0»" "«1»"',
     "ERR value is not an integer or out of range", "te", "redis"),
], "rde")

ERRORS: tuple[RenderOptions, ...] = (*MYSQL, *POSTGRESQL, *ORACLE, *SQLSERVER, *MONGODB, *REDIS)
