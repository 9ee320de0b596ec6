"""Lines in which a secret or a row value stands right beside what decides.

Each entry: the text, words of it that must survive, words of it that must be gone. All of it is
invented; what is gone is what a careful human would hide, what survives tells what to do.
"""

from tests.attacks.texts.deciding_chinese import CHINESE

ENGLISH: tuple[tuple[str, str, str], ...] = (
    # MySQL and MariaDB
    ("ERROR 1062 (23000): Duplicate entry 'wanda.k@mail.example.com' for key 'users.uk_mail' at "
     "binlog.000123, pos 4711", "ERROR 1062 (23000)|users.uk_mail|binlog.000123|pos 4711",
     "wanda.k"),
    ("Slave SQL for channel '': Worker 3 failed executing transaction '3e11fa47-71ca-11e1-9e33-"
     "c80aa9429562:23' at source log mysql-bin.000042, end_log_pos 88231; Error 'Duplicate entry "
     "'Okonjo-1977' for key 'uq_n'' on query 'INSERT INTO p VALUES ('Okonjo',1977)', Error_code: "
     "1062",
     "3e11fa47-71ca-11e1-9e33-c80aa9429562:23|mysql-bin.000042|88231|uq_n|1062", "Okonjo"),
    ("CHANGE MASTER TO MASTER_HOST='10.2.0.9', MASTER_USER='repl', MASTER_PASSWORD='Wq7-tundra', "
     "MASTER_LOG_FILE='mysql-bin.000815', MASTER_LOG_POS=154 failed: ERROR 1794 (HY000)",
     "10.2.0.9|mysql-bin.000815|154|ERROR 1794 (HY000)", "tundra"),
    ("insert into pay(iban) values ('DE02-7777-1234'); Got error 1236 from source: log file "
     "binlog.000077 purged, errno 13114", "1236|binlog.000077|13114", "DE02-7777"),
    ("mysqldump -h 10.0.0.7 -P 3307 -udrs -pLark5river shop orders failed with exit code 2, errno "
     "2013",
     "10.0.0.7|3307|shop orders|exit code 2|2013", "Lark5river"),
    ("jdbc:mysql://db-1.internal:3306/shop?user=drs&password=Tide%40moon9&useSSL=true refused, "
     "SQLState 08S01, errno 1130", "db-1.internal:3306|shop|08S01|1130", "Tide%40moon9"),
    ("UPDATE users SET mail='pia@mail.example.com' WHERE id=90210: ERROR 1205 (HY000): Lock wait "
     "timeout exceeded; thread 8812, table `shop`.`users`, 51 s",
     "ERROR 1205 (HY000)|8812|`shop`.`users`|51 s", "pia@|90210"),
    ("Data too long for column 'note' at row 417: 'Her allergy is penicillin' (varchar(16), "
     "SQLSTATE "
     "22001)", "note|row 417|varchar(16)|22001", "penicillin"),
    ("CREATE USER 'app'@'10.%' IDENTIFIED BY 'Ash&Elm77' ERROR 1819 (HY000) policy "
     "validate_password.length=12", "ERROR 1819 (HY000)|validate_password.length=12", "Elm77"),
    ("GRANT ALL ON shop.* TO 'x'@'%' IDENTIFIED BY PASSWORD "
     "'*7C19D0B6E25F4A83B1C6D9E0F2A4857361BCDE90';"
     " ERROR 1410 (42000)", "shop.*|ERROR 1410 (42000)", "7C19D0B6E25F"),
    ("Cannot add or update a child row: a foreign key constraint fails (`shop`.`bill`, CONSTRAINT "
     "`fk_bill_user`) for insert into bill values (777123,'Zelda Quist')", "fk_bill_user|bill",
     "777123|Zelda"),
    ("master.info: password=Brine!Kite4, host=10.9.8.7, port=3306, file=relay-bin.000009, Gtid "
     "0-12-345",
     "10.9.8.7|3306|relay-bin.000009|0-12-345", "Brine!Kite4"),
    ("Incorrect string value: '\\xF0\\x9F\\x8D\\x9C' for column 'memo' at row 9, table utf8mb3, "
     "code 1366",
     "memo|row 9|utf8mb3|1366", "\\xF0\\x9F\\x8D\\x9C"),
    ("REPLACE INTO `t`.`k` VALUES ('rosalind'),('mbeki') -- deadlock: trx 421938, index `ix_name` "
     "of "
     "table `t`.`k`, errno 1213", "421938|ix_name|1213", "rosalind|mbeki"),
    ("--password=Fjord_88 --host=10.1.1.1 --port=4406: Access denied (28000/1045) after 3 attempts",
     "10.1.1.1|4406|28000/1045|3 attempts", "Fjord_88"),
    ("Duplicate entry '880123456' for key 'PRIMARY' in partition p202401 of shop.log, 12 rows "
     "skipped",
     "PRIMARY|p202401|shop.log|12 rows", "880123456"),
    ("mariadb: wsrep_sst_auth=sst:Gannet21 failed, errno 110, seqno 55821, node 10.3.0.2:4567",
     "errno 110|55821|10.3.0.2:4567", "Gannet21"),
    # PostgreSQL
    ('ERROR: duplicate key value violates unique constraint "uq_tax" Detail: Key '
     "(tax_no)=(DE-4471-K) "
     "already exists. SQLSTATE 23505, LSN 16/B374D848", "uq_tax|tax_no|23505|16/B374D848",
     "DE-4471-K"),
    ('could not start replication from slot "drs_7f" at 2A/5F00, conninfo: host=10.0.1.5 '
     "port=5433 "
     "user=rep password=Pebble^31 dbname=app", "drs_7f|2A/5F00|10.0.1.5|5433|app", "Pebble^31"),
    ("CREATE SUBSCRIPTION sub_a CONNECTION 'host=pg.internal password=Otter-9 port=5432' "
     "PUBLICATION "
     "pub_a; ERROR: 42710", "sub_a|pg.internal|5432|pub_a|42710", "Otter-9"),
    ("postgresql://etl:Willow73@10.0.1.6:5432/app?sslmode=require FATAL 53300 remaining connection "
     "slots "
     "are reserved", "10.0.1.6:5432|app|53300", "Willow73"),
    ('COPY app.users, line 1204, column born: "1931-02-30" ERROR 22008 date/time field value out '
     "of "
     "range", "app.users, line 1204|born|22008", "1931-02-30"),
    ("insert into app.users values (5150123,'Ines Vidal'); requested WAL segment "
     "0000000100000016000000B3 has already been removed (58P01)",
     "app.users|0000000100000016000000B3|58P01", "Ines|5150123"),
    ("ALTER ROLE rep WITH ENCRYPTED PASSWORD 'md5a3c1f0b2d4e6978812345678deadbeef' ERROR 42501 "
     "role rep",
     "42501|role rep", "a3c1f0b2d4e69788"),
    ("Failing row contains (660123, Ugo Falk, null). constraint nn_city, column city, relation "
     "app.person, SQLSTATE 23502", "nn_city|city|app.person|23502", "660123|Ugo Falk"),
    ("PGPASSWORD=Marsh_44 pg_dump -h 10.0.1.7 -p 6432 -t app.orders: server version 16.2 mismatch, "
     "exit 1",
     "10.0.1.7|6432|app.orders|16.2|exit 1", "Marsh_44"),
    ("nextval of sequence app.order_id_seq reached 2147483647 on INSERT INTO app.o VALUES "
     "('Bergamot Ltd'), code 2200H", "app.order_id_seq|2147483647|2200H", "Bergamot"),
    ("table public.t: UPDATE: name[text]:'Lovelace' - replica identity of relation 16421 is "
     "nothing, slot "
     "s9, confirmed_flush_lsn 0/3000148", "16421|slot s9|0/3000148", "Lovelace"),
    ("OPTIONS (user 'fdw', password 'Gull%7sea', host '10.0.1.9', port '5432') for server srv_old: "
     "08001",
     "10.0.1.9|5432|srv_old|08001", "Gull%7sea"),
    ("value too long for type character varying(8): 'Mirabelle Sand' in column nick of app.users, "
     "tablespace ts_fast 97% full", "character varying(8)|nick|app.users|ts_fast|97%", "Mirabelle"),
    ("$1 = 'quintana@mail.example.com', $2 = '31007744' for prepared statement S_12, pid 20441, "
     "57014",
     "S_12|20441|57014", "quintana|31007744"),
    # Oracle
    ("insert into t values (1,'aubergine'); ORA-00001: unique constraint (HR.PK_EMP) violated",
     "ORA-00001|HR.PK_EMP", "aubergine"),
    ('ORA-01555: snapshot too old: rollback segment number 9 with name "_SYSSMU9$" at SCN '
     "88123411, sql: "
     "select * from HR.EMP where NAME='Kowalska'", "ORA-01555|_SYSSMU9$|88123411|HR.EMP",
     "Kowalska"),
    ("sqlplus drs/Heron55@//10.6.0.4:1521/orclpdb ORA-28000: the account is locked",
     "10.6.0.4:1521/orclpdb|ORA-28000", "Heron55"),
    ('connect drs/"Sn0w@drift"@ORCL failed: ORA-12514, listener 10.6.0.5:1522',
     "ORCL|ORA-12514|10.6.0.5:1522", "Sn0w@drift"),
    ("ORA-00308: cannot open archived log '+FRA/arch_2_5512.arc' thread 2 sequence 5512 while "
     "applying "
     "SQL_REDO: delete from HR.PAY where IBAN='FR76-3000'",
     "ORA-00308|arch_2_5512.arc|thread 2 sequence 5512|HR.PAY", "FR76-3000"),
    ('ORA-12899: value too large for column "HR"."EMP"."CITY" (actual: 33, maximum: 30) '
     "value "
     "'Llanfairpwll'", "ORA-12899|CITY|actual: 33, maximum: 30", "Llanfair"),
    ("CREATE DATABASE LINK l1 CONNECT TO drs IDENTIFIED BY \"Puffin_3x\" USING 'ORCL2'; ORA-02011, "
     "link l1",
     "l1|ORCL2|ORA-02011", "Puffin_3x"),
    ("OGG-01296 Error mapping from HR.EMP to HR.EMP, seqno 3 rba 14332, ID = 7731299, NAME = "
     "Petronella",
     "OGG-01296|HR.EMP|seqno 3 rba 14332", "7731299|Petronella"),
    ("ORA-01653: unable to extend table HR.LOG by 128 in tablespace USERS during INSERT INTO "
     "HR.LOG VALUES "
     "(TO_DATE('1964-08-19','YYYY-MM-DD'))", "ORA-01653|HR.LOG|128|USERS", "1964-08-19"),
    ("ALTER USER drs IDENTIFIED BY VALUES 'S:8F2A66C0DD31' ORA-28007 profile DEFAULT",
     "ORA-28007|profile DEFAULT", "8F2A66C0DD31"),
    ("redo thread 1 sequence 90211 missing; last SCN 0x0001.8a3f2b11; row "
     "EMP.MAIL='dorrit@mail.example.com'",
     "thread 1 sequence 90211|0x0001.8a3f2b11|EMP.MAIL", "dorrit@"),
    # SQL Server
    ("Msg 2627, Level 14: Violation of UNIQUE KEY constraint 'UQ_Mail'. Cannot insert duplicate "
     "key in "
     "object 'dbo.Users'. The duplicate key value is (hugo@mail.example.com).",
     "Msg 2627, Level 14|UQ_Mail|dbo.Users", "hugo@"),
    ("Server=tcp:10.7.0.3,1433;Database=crm;User Id=drs;Password=Kelp;Reef8;Encrypt=True; Login "
     "failed, "
     "Error: 18456, State: 8", "10.7.0.3,1433|crm|18456|State: 8", "Kelp"),
    ("String or binary data would be truncated in table 'crm.dbo.U', column 'City'. Truncated "
     "value: "
     "'Kuopio-Nord'. Msg 2628", "crm.dbo.U|City|Msg 2628", "Kuopio"),
    ("RESTORE LOG crm FROM DISK='D:\\bak\\crm_17.trn' WITH PASSWORD='Yew2Oak': Msg 4305, LSN "
     "18000000065200001", "crm_17.trn|Msg 4305|18000000065200001", "Yew2Oak"),
    ("CREATE LOGIN drs WITH PASSWORD = N'Basalt!61', CHECK_POLICY=ON; Msg 15118, Line 1",
     "drs|CHECK_POLICY=ON|Msg 15118|Line 1", "Basalt!61"),
    ("Conversion failed when converting the varchar value 'N/A-Thorvald' to data type int. Msg "
     "245, "
     "procedure dbo.Load, Line 40", "varchar|int|Msg 245|dbo.Load|Line 40", "Thorvald"),
    ("BACKUP DATABASE crm TO URL='https://obs.internal/bak/crm.bak' WITH CREDENTIAL, SECRET = "
     "'v1gneron8Kq' failed: 3201, OS error 50", "crm.bak|3201|OS error 50", "v1gneron8Kq"),
    ("sqlcmd -S 10.7.0.4,1435 -U sa -P Cobalt_19 -d crm -i run.sql: Msg 911",
     "10.7.0.4,1435|run.sql|Msg 911",
     "Cobalt_19"),
    # MongoDB
    ("E11000 duplicate key error collection: shop.users index: mail_1 dup key: { mail: "
     '"yara@mail.example.com" }', "E11000|shop.users|mail_1", "yara@"),
    ("mongodb://drs:Ibis%21nest@10.8.0.2:27017,10.8.0.3:27018/shop?replicaSet=rs0: "
     "AuthenticationFailed, "
     "code 18", "10.8.0.2:27017,10.8.0.3:27018|shop|rs0|AuthenticationFailed, code 18",
     "Ibis%21nest"),
    ("resume of change stream was not possible, ChangeStreamHistoryLost (286), ns shop.users, "
     "documentKey "
     '{_id: "passport-K88123"}, Timestamp(1700000000, 7)',
     "ChangeStreamHistoryLost (286)|shop.users|Timestamp(1700000000, 7)", "K88123"),
    ("BulkWriteError{index=17, code=11000, message='E11000 duplicate key error collection: s.u "
     "index: "
     "tax_1 dup key: { tax: 55018273 }'}", "index=17|11000|s.u|tax_1", "55018273"),
    ("mongodump --host 10.8.0.4 --port 27019 -u drs -p 'Crane&8' --db shop -c users: exit 1",
     "10.8.0.4|27019|shop|users|exit 1", "Crane&8"),
    ('db.createUser({user:"drs", pwd:"Sorrel77", roles:["readWrite"]}) code 51003 on admin',
     "readWrite|51003|admin", "Sorrel77"),
    # Redis
    ("BUSYKEY Target key name already exists. cmd=[RESTORE sess:fiammetta 0], db=2, node "
     "10.4.0.6:6380",
     "BUSYKEY|db=2|10.4.0.6:6380", "fiammetta"),
    ("redis-cli -h 10.4.0.7 -p 6381 -a Lichen_4 --pipe: WRONGPASS, offset 1048576",
     "10.4.0.7|6381|WRONGPASS|1048576", "Lichen_4"),
    ("redis://:Moss~2fern@10.4.0.8:6379/3 NOAUTH, replid 8c2f, offset 991",
     "10.4.0.8:6379/3|NOAUTH|offset 991",
     "Moss~2fern"),
    ('MOVED 12539 10.4.0.9:6379 for SET phone:15550001234 "Zsofia"', "MOVED 12539 10.4.0.9:6379",
     "15550001234|Zsofia"),
    ("CONFIG SET masterauth Tansy1grove failed at 10.4.1.1:6379: ERR slot 881, epoch 14",
     "10.4.1.1:6379|slot 881|epoch 14", "Tansy1grove"),
    ("AUTH default Sedge99 -> NOPERM, client id=8815 addr=10.4.1.2:51012",
     "NOPERM|id=8815|10.4.1.2:51012",
     "Sedge99"),
    # GaussDB, DWS and the tools
    ('dn_6003: duplicate key value violates unique constraint "pk_card" DETAIL: Key '
     "(no)=(6222-0001) "
     "already exists, xlog 3/9A000028", "dn_6003|pk_card|3/9A000028", "6222-0001"),
    ("gsql -h 10.5.0.2 -p 8000 -U drs -W Quartz@7 -d app: FATAL 28P01, cn_5001",
     "10.5.0.2|8000|28P01|cn_5001",
     "Quartz@7"),
    ("gds rejected users_3.csv line 88: 41,Bartholomew,1958-11-02; invalid input for column c3, "
     "error table err_users", "users_3.csv line 88|c3|err_users", "Bartholomew|1958-11-02"),
    ('sasl.jaas.config=... username="drs" password="Amber;Kiln"; topic my.shop.users, '
     "partition 3, offset "
     "118, broker 10.5.1.1:9093", "my.shop.users|partition 3, offset 118|10.5.1.1:9093", "Kiln"),
    ("APIGW.0301 request_id 0f5e9e9c1d6b4a7f, X-Auth-Token: MIIaBwYJKoZIexample77token, HTTP 401",
     "APIGW.0301|0f5e9e9c1d6b4a7f|401", "MIIaBwYJKoZIexample77token"),
    ("DRS.M00202 HTTP 400 for job c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r, body "
     '{"db_password":"Dune*Vane6"}',
     "DRS.M00202|400|c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r", "Vane6"),
    ("DRS.10000010 (request id 77aa01) Authorization: SDK-HMAC-SHA256 Access=EXAMPLEACCESSKEY1, "
     "SignedHeaders=host;x-sdk-date, Signature=5f1d77c0ab", "DRS.10000010|77aa01|host;x-sdk-date",
     "5f1d77c0ab"),
    ('{"code":"23505","constraint":"uk_mail","lsn":"0/16D5C38","after":{"mail":"n'
     'oor@mail.example.com"}}',
     "23505|uk_mail|0/16D5C38", "noor@"),
    ("write table shop.users failed: record tid:52,seqno:118 values ('Ottoline',19770114); 3 of "
     "500 rows, "
     "retry 2", "shop.users|tid:52,seqno:118|3 of 500|retry 2", "Ottoline|19770114"),
)
DECIDING: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (text, tuple(keeps.split("|")), tuple(gone.split("|"))) for text, keeps, gone in
    (*ENGLISH, *CHINESE))
