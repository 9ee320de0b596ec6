"""Row values within statements: the literals of each dialect, and dumps of their parameters."""
from tests.attacks.row_values.kit import FULL, LINE, WORD, RenderOptions, group

NO_DOLLAR = FULL.replace("$", "")
NO_SQUARE = "'\",(){}\\\n中😀 -:@"  # what q'[…]' takes as it stands
NO_CURLY = "'\",()[]\\\n中😀 -:@"

MYSQL = group("mysql", "statement", [
    ("insert-columns", "write table shop.users failed, sql is: INSERT INTO `shop`.`users` (`id`, "
     "`email`, `name`) VALUES («0», '«1»', '«2»')", "shop.users", "net", "my"),
    ("insert-backslashes", "errno=1406, sqlstate=22001, sql=insert into shop.users(name, note) "
     "values ('«0»', '«1»')", "1406|22001|shop.users", "tt", "myb"),
    ("insert-rows", "INSERT IGNORE INTO `orders` VALUES («0»,'«1»',NULL),(«2»,'«3»',NULL); "
     "ERROR 1146 (42S02): Table 'shop.orders' doesn't exist",
     "ERROR 1146 (42S02)|shop.orders", "ntnt", "my"),
    ("insert-double-quotes", 'apply failed: INSERT INTO t_member VALUES ("«0»", «1», "«2»")',
     "t_member", "tnt", "mydq"),
    ("insert-double-quotes-escaped", 'Error 1366: INSERT INTO t_member SET name = "«0»", '
     'city="«1»"',
     "1366|t_member", "tt", "mydqb"),
    ("replace", "REPLACE INTO `crm`.`contact` (`mail`,`born`) VALUES('«0»', '«1»') -- retry 3",
     "contact", "tD", "my"),
    ("insert-set", "execute failed [1364]: INSERT INTO crm.contact SET first='«0»', last = '«1»', "
     "phone=«2»", "1364|crm.contact", "tth", "my"),
    ("on-duplicate", "insert into wallet(uid,amount) values(«0»,«1») on duplicate key update "
     "amount=«2» /* worker 4 */ ERROR 1213 (40001): Deadlock found when trying to get lock",
     "wallet|ERROR 1213 (40001)", "ndd"),
    ("update-alias", "UPDATE `shop`.`users` AS u SET u.`email` = '«0»', u.age=«1» WHERE u.`id`=«2»",
     "users", "tnn", "my"),
    ("update-lines", "service INCREMENT failed, cause by: update invoice\n   set holder='«0»'\n"
     " where no = '«1»'\n limit 1", "service INCREMENT|invoice", "tt", "my"),
    ("update-join", "UPDATE orders o JOIN users u ON o.uid=u.id SET o.memo='«0»' WHERE "
     "u.phone='«1»'",
     "orders|users", "th", "my"),
    ("update-case", "UPDATE LOW_PRIORITY IGNORE seat SET guest = CASE id WHEN «0» THEN '«1»' WHEN "
     "«2» THEN '«3»' ELSE guest END WHERE id IN («0»,«2»)", "seat", "ntnt", "my"),
    ("delete-in", "DELETE FROM `shop`.`cards` WHERE `owner` IN ('«0»','«1»') ORDER BY id LIMIT 2",
     "cards", "tt", "my"),
    ("delete-join", "DELETE o FROM orders o WHERE o.note <=> '«0»' OR (o.sum > «1»)", "orders",
     "td",
     "my"),
    ("select-where", "Lost connection (2013) during query: SELECT /*+ MAX_EXECUTION_TIME(1000) */ "
     "* FROM users WHERE email='«0»' AND born BETWEEN '«1»' AND '«2»'", "2013|users", "tDD", "my"),
    ("select-tuples", "select id from pay where (uid, code) in ((«0»,'«1»'),(«2»,'«3»')) and "
     "name like '%«4»%' for update", "pay", "ntntw", "my"),
    ("call", "CALL shop.add_member('«0»', «1», @out); ERROR 1305 (42000): PROCEDURE "
     "shop.add_member "
     "does not exist", "ERROR 1305 (42000)|shop.add_member", "tn", "my"),
    ("hex-literal", "INSERT INTO doc(id, body) VALUES(«0», X'«1»')", "doc", "nx"),
    ("hex-0x", "insert into `doc` values (0x«0», 0x«1») failed: errno 1062", "doc|1062", "xx"),
    ("bit-literal", "UPDATE flags SET bits=b'«0»', mask = 0b«1» WHERE id=«2»", "flags", "bbn"),
    ("introducer", "INSERT INTO t_name VALUES (_utf8mb4'«0»' COLLATE utf8mb4_bin, _binary '«1»')",
     "t_name", "tt", "myb"),
    ("national", "insert into t_name(a,b) values (N'«0»',n'«1»')", "t_name", "tt", "my"),
    ("dates", "INSERT INTO visit VALUES (DATE'«0»', TIMESTAMP '«1»', {ts '«2»'}, {d '«3»'})",
     "visit", "DTTD"),
    ("json-cast", "INSERT INTO profile(doc) VALUES (CAST('{\"name\":\"«0»\",\"tel\":\"«1»\"}' AS "
     "JSON)); ERROR 3140 (22032): Invalid JSON text", "profile|ERROR 3140 (22032)", "th", "jsonmy"),
    ("json-functions", "UPDATE profile SET "
     "doc=JSON_SET(doc,'$.name','«0»','$.tags',JSON_ARRAY('«1»'"
     ")) WHERE doc->>'$.mail'='«2»'", "profile", "ttt", "my"),
    ("comments", "INSERT /* drs */ INTO t_c /*!50100 (a,b) */ VALUES (/* first ' */ «0», -- it's "
     "b\n"
     " '«1»' # end\n)", "t_c", "nt", "my"),
    ("parenthesised", "((SELECT * FROM t_a WHERE (a)=('«0»')) UNION ALL (SELECT * FROM t_b WHERE "
     "((b=(«1»)))))", "t_a|t_b", "tn", "my"),
    ("adjacent", "INSERT INTO t_a VALUES ('«0»' '«1»', CONCAT('«2»', a, \"«3»\"))", "t_a", "tttw",
     "my"),
    ("syntax-near", "ERROR 1064 (42000): You have an error in your SQL syntax; check the manual "
     "that "
     "corresponds to your MySQL server version for the right syntax to use near '«0»', '«1»')' at "
     "line 3", "ERROR 1064 (42000)|line 3", "tt", "my"),
    ("set-variable", "SET @mail='«0»', @sum := «1»; ERROR 1193 (HY000)", "ERROR 1193 (HY000)", "td",
     "my"),
    ("insert-select", "INSERT INTO city SELECT «0», '«1»' FROM dual WHERE NOT EXISTS (SELECT 1 "
     "FROM "
     "city WHERE name='«1»')", "city", "nt", "my"),
    ("cut-off", "write table shop.note failed: Data too long; sql is: INSERT INTO shop.note VALUES "
     "(«0»,'«1», and so on", "shop.note", "nt", "my"),
    ("numbers", "UPDATE `acc` SET bal=«0», low= «1», rate=«2», day='«3»' WHERE no=+«4»", "acc",
     "dmfDn"),
    ("statement-object", "com.mysql.cj.jdbc.ClientPreparedStatement: INSERT INTO users (id,email) "
     "VALUES («0»,'«1»')", "users", "nt", "my"),
    ("params-list", "batch failed, sql=INSERT INTO shop.users (id,email) VALUES (?,?), "
     "params=[«0», "
     "«1»], vendorCode=1062", "shop.users|1062", "nt"),
    ("mapper-parameters", "==>  Preparing: UPDATE users SET name=?, sum=? WHERE id=?¶==> "
     "Parameters: "
     "«0»(String), «1»(BigDecimal), «2»(Long)", "users", "tdn", "raw", WORD),
    ("pool-parameters", "{conn-110005, pstmt-120013} Parameters : [«0», «1», «2»]¶{conn-110005, "
     "pstmt-120013} Types : [BIGINT, VARCHAR, DATE]", "BIGINT|VARCHAR|DATE", "ntD"),
], "my")

MARIADB = group("mariadb", "statement", [
    ("returning", "INSERT INTO seq_t(name) VALUES ('«0»') RETURNING id; ERROR 1062 (23000)",
     "seq_t|ERROR 1062 (23000)", "t", "my"),
    ("execute-immediate", "EXECUTE IMMEDIATE 'INSERT INTO seq_t VALUES (?,?)' USING «0», '«1»'",
     "seq_t", "nt", "my"),
    ("values-upsert", "(conn=42) insert into `a b`.`t-1` value('«0»',«1») on duplicate key update "
     "x=VALUES(x)\nQuery is: insert into `a b`.`t-1` value(?,?), parameters ['«0»',«1»]",
     "conn=42|a b|t-1", "tn", "my"),
], "ma")

POSTGRESQL = group("postgresql", "statement", [
    ("insert-backslash-end", 'STATEMENT:  INSERT INTO "public"."files" ("path","owner") '
     "VALUES ('«0»','«1»')", "files", "tt", "std"),
    ("insert-rows", 'ERROR:  relation "app.users" does not exist at character 13¶STATEMENT:  '
     "insert "
     "into app.users values («0»,'«1»'),\n(«2»,'«3»')", "app.users|character 13", "ntnt", "std"),
    ("e-string", "INSERT INTO memo VALUES (E'«0»', e'«1»')", "memo", "tt", "estr"),
    ("dollar", "INSERT INTO memo(body) VALUES ($$«0»$$)", "memo", "t", "raw", NO_DOLLAR),
    ("dollar-tag", "SELECT app.log($body$«0»$body$, $x1$«1»$x1$)", "app.log", "tt", "raw",
     NO_DOLLAR),
    ("unicode-string", "INSERT INTO memo VALUES (U&'«0»')", "memo", "t", "uni"),
    ("casts", 'INSERT INTO "gl"."dec_01" ("c1","c2") VALUES '
     "('«0»'::text,'«1»'::numeric(20,2),"
     " CAST('«2»' AS date), '«3»'::timestamp(6) without time zone)", "dec_01", "tdDT", "std"),
    ("json", "UPDATE app.profile p SET doc='{\"mail\": \"«0»\"}'::jsonb WHERE doc @> '{\"tel\": "
     "«1»}'",
     "app.profile", "tn", "jsonstd"),
    ("arrays", "INSERT INTO tags VALUES (ARRAY['«0»','«1»']::text[], '{«2»,«3»}'::int8[])", "tags",
     "ttnn", "std"),
    ("array-literal", "INSERT INTO tags VALUES ('{\"«0»\",\"«1»\"}')", "tags", "tt", "pgarr"),
    ("row-value", "SELECT * FROM app.users WHERE (name, born) = ROW('«0»', DATE '«1»')",
     "app.users",
     "tD", "std"),
    ("update-from", "UPDATE app.users AS u SET email = '«0»' FROM app.old o WHERE o.id = u.id AND "
     "o.email ILIKE '«1»'", "app.users|app.old", "tt", "std"),
    ("delete-using", "DELETE FROM ONLY app.cart c USING app.users u WHERE u.id=c.uid AND "
     "u.mail='«0»'",
     "app.cart", "t", "std"),
    ("on-conflict", "INSERT INTO app.users(id,name) VALUES(«0»,'«1»') ON CONFLICT (id) DO UPDATE "
     "SET "
     "name='«1»' WHERE users.name IS DISTINCT FROM '«2»'", "app.users", "ntt", "std"),
    ("merge", "MERGE INTO app.stock s USING (VALUES («0», '«1»')) v(id,sku) ON s.id=v.id WHEN NOT "
     "MATCHED THEN INSERT VALUES (v.id, '«2»')", "app.stock", "ntt", "std"),
    ("execute", "EXECUTE ins_users(«0», '«1»', NULL)", "ins_users", "nt", "std"),
    ("call", "CALL app.close_account('«0»'::varchar, amount => «1»)", "app.close_account", "td",
     "std"),
    ("context", "ERROR:  23505: duplicate key value violates unique constraint "
     '"uq_mail"¶CONTEXT:  '
     "SQL statement \"INSERT INTO app.users VALUES («0», '«1»')\"\n\tPL/pgSQL function "
     "app.f(integer) "
     "line 7 at SQL statement", "23505|uq_mail|line 7|app.f", "nt", "std"),
    ("detail-parameters", "LOG:  execute S_4: INSERT INTO app.users VALUES ($1,$2)¶DETAIL:  "
     "parameters: $1 = '«0»', $2 = '«1»'", "S_4|app.users", "nt", "std"),
    ("context-parameters", "ERROR:  22P02¶CONTEXT:  unnamed portal with parameters: $1 = '«0»', $2 "
     "= "
     "'«1»', $3 = NULL", "22P02", "tt", "std"),
    ("bytea-bits", "INSERT INTO app.blob VALUES ('\\x«0»'::bytea, B'«1»', X'«2»')", "app.blob",
     "xbx"),
    ("copy-inline", "COPY app.users (id, name, note) FROM stdin;\n«0»\t«1»\t«2»\n\\.", "app.users",
     "ntt", "copy"),
    ("cut-off", "sql: UPDATE app.users SET note='«0»', mail='«1»...(512 more bytes)",
     "app.users", "tt", "std", LINE),
    ("nested-comment", "/* a /* nested ' */ b */ INSERT INTO app.t5 /* x */ VALUES (/* 9 */ '«0»', "
     "«1» -- don't\n)", "app.t5", "tn", "std"),
    ("escaped-statement", "could not run \"INSERT INTO app.t6 VALUES ('«0»', «1»)\": SQLSTATE "
     "57014",
     "app.t6|57014", "tn", "std"),
], "pg")

ORACLE = group("oracle", "statement", [
    ("insert-ora-00001", "insert into HR.EMP (ID, NAME) values («0», '«1»'); ORA-00001: unique "
     "constraint (HR.PK_EMP) violated", "ORA-00001|HR.PK_EMP", "nt", "std"),
    ("to-date", "INSERT INTO HR.EMP VALUES (to_date('«0»','YYYY-MM-DD HH24:MI:SS'), "
     "TO_TIMESTAMP('«1»', 'YYYY-MM-DD HH24:MI:SS.FF6'), DATE '«2»')", "HR.EMP", "TTD"),
    ("q-square", "insert into HR.NOTE values (q'[«0»]', Q'[«1»]')", "HR.NOTE", "tt", "raw",
     NO_SQUARE),
    ("q-curly", "insert into HR.NOTE values (nq'{«0»}', q'<«1»>')", "HR.NOTE", "tw", "raw",
     NO_CURLY),
    ("q-letter", "insert into HR.NOTE values (q'!«0»!')", "HR.NOTE", "t", "raw", NO_SQUARE),
    ("merge", "MERGE INTO HR.EMP t USING (SELECT «0» ID, '«1»' NAME FROM dual) s ON (t.ID=s.ID) "
     "WHEN "
     "MATCHED THEN UPDATE SET t.NAME='«2»'", "HR.EMP", "ntt", "std"),
    ("update-alias", "update \"HR\".\"EMP\" a set a.\"PATH\" = '«0»', a.\"SAL\" = «1» where "
     'a."ID" = '
     "«2» and ROWID = 'AAAVREAAEAAAACXAAA'", "HR|EMP", "tdn", "std"),
    ("insert-all", "INSERT ALL INTO A.T1 VALUES ('«0»') INTO A.T2 VALUES («1») SELECT 1 FROM dual",
     "A.T1|A.T2", "tn", "std"),
    ("anonymous-block", "BEGIN HR.PKG.ADD_EMP(p_name => '«0»', p_sal => «1»); END; ORA-06512: at "
     '"HR.PKG", line 42', "ORA-06512|HR.PKG|line 42", "td", "std"),
    ("execute-immediate", "EXECUTE IMMEDIATE 'insert into HR.EMP values (''«0»'', :b)' USING «1»",
     "HR.EMP", "tn", "stdstd"),
    ("binds", "ORA-01438 on INSERT INTO HR.EMP VALUES (:1, :2), binds: :1='«0»', :2=«1»",
     "ORA-01438|HR.EMP", "tn", "std"),
    ("raw-and-chr", "INSERT INTO HR.BIN VALUES (HEXTORAW('«0»'), '«1»' || CHR(10) || N'«2»')",
     "HR.BIN", "xtt", "std"),
], "ora")

SQLSERVER = group("sqlserver", "statement", [
    ("insert", "INSERT INTO [dbo].[Users] ([Id],[Name],[Path]) VALUES («0»,N'«1»','«2»')", "Users",
     "ntt", "std"),
    ("merge", "MERGE [dbo].[Users] WITH (HOLDLOCK) AS t USING (VALUES («0», N'«1»')) AS s(Id,Name) "
     "ON "
     "t.Id = s.Id WHEN MATCHED THEN UPDATE SET Name = N'«2»'; Msg 8672, Level 16, State 1, Line 9",
     "Msg 8672|Level 16|State 1|Line 9|Users", "ntt", "std"),
    ("exec", "EXEC dbo.AddUser @Name=N'«0»', @Born='«1»', @Sum = «2»", "dbo.AddUser", "tDd", "std"),
    ("executesql", "exec sp_executesql N'UPDATE dbo.Users SET Name=@p0 WHERE Id=@p1',N'@p0 "
     "nvarchar(40),@p1 bigint',@p0=N'«0»',@p1=«1»", "dbo.Users|sp_executesql", "tn", "std"),
    ("output", "UPDATE u SET u.Mail = '«0»' OUTPUT deleted.Mail FROM dbo.Users AS u WHERE u.[Tax "
     "No] "
     "= '«1»'", "dbo.Users", "th", "std"),
    ("declare", "DECLARE @m nvarchar(50) = N'«0»', @d datetime2 = '«1»'; INSERT dbo.Log SELECT @m, "
     "@d",
     "dbo.Log", "tT", "std"),
    ("quoted-identifier-off", 'SET QUOTED_IDENTIFIER OFF; INSERT dbo.Old VALUES ("«0»", 0x«1», '
     '$«2»)',
     "dbo.Old", "txd", "dq"),
    ("openjson", "INSERT dbo.Doc SELECT * FROM OPENJSON(N'{\"a\":\"«0»\",\"b\":«1»}')", "dbo.Doc",
     "tn",
     "jsonstd"),
], "ms")

GAUSS = group("gaussdb", "statement", [
    ("upsert", "dn_6001: INSERT INTO app.users VALUES («0»,'«1»') ON DUPLICATE KEY UPDATE "
     "name='«1»'; "
     "ERROR: 40001", "dn_6001|app.users|40001", "nt", "std"),
    ("dirty-data", 'INSERT INTO "gltest"."decimal_01" ("c1","c2","c3") VALUES («0»,NULL,'
     "'«1»'::numeric) ERROR: null value in column \"c2\" violates not-null constraint",
     "decimal_01|c2", "nd", "std"),
    ("update-replicated", "service INCREMENT failed, cause by: update app.rates failed: UPDATE "
     "\"app\".\"rates\" SET \"v\"='«0»' WHERE \"k\"='«1»'; ERROR: Write to replicated table "
     "returned "
     "different results from the DataNodes on current DN:dn_6003", "app.rates|dn_6003", "tt",
     "std"),
    ("copy-text", "COPY app.users FROM STDIN DELIMITERS E'\\x17' NULL '': line 5: "
     "«0»\x17«1»\x17«2»",
     "app.users|line 5", "ntt", "copy"),
], "ga") + group("dws", "statement", [
    ("insert-casts", "DWS-0312: insert into edw.fact_pay values ('«0»'::bpchar, «1», "
     "to_date('«2»', 'yyyy-mm-dd'))", "DWS-0312|edw.fact_pay", "tdD", "std"),
    ("merge", "merge into edw.dim_user t using tmp s on t.id=s.id when matched then update set "
     "t.name='«0»' where t.no in («1»,«2»)", "edw.dim_user", "tnn", "std"),
], "dw") + group("dameng", "statement", [
    ("insert", "insert into \"SYSDBA\".\"客户\" values('«0»',«1»,DATETIME '«2»') 失败，错误码 -6602",
     "客户|-6602", "tnT", "std"),
], "dm")

STATEMENTS: tuple[RenderOptions, ...] = (*MYSQL, *MARIADB, *POSTGRESQL, *ORACLE, *SQLSERVER, *GAUSS)
