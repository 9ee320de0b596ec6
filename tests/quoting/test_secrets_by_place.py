"""Secrets that a call's order, a command's option or a Chinese sentence tells, each beside its innocent like."""

import pytest

from drs_mcp.quoting.pages import redacted
from drs_mcp.quoting.secrets import hide_secrets
from tests.support.slow_texts import seconds_for

SECRETS = ("Tigerlily", "x7Gh2q9", "xozajutakazi", "aB3!$*+~^_.9z")

# A form holds its secret as §.
CALLS = (
    # whose connect takes user, password and service
    "cx_Oracle.connect('scott', '§', '10.0.0.2:1521/ORCLPDB1') DPI-1047",
    'oracledb.connect("scott", "§", "//db1/svc")',
    "dmPython.connect('SYSDBA', '§', '10.0.0.1:5236')",
    "db.connect('scott', '§', 'h1:1521/ORCL')",
    'cx_Oracle.SessionPool("u", "§", "h/s", 2, 5, 1)',
    'cx_Oracle.Connection("u", "§", "h/s")',
    'factory.createConnection("u", "§")',
    # whose takes host, user and password
    "pymysql.connect('10.0.0.2','u','§','db')",
    "MySQLdb.connect('10.0.0.2:3306','u','§','db')",
    # objects that hold credentials
    'mysql_real_connect(conn, "h", "u", "§", "d", 3306, NULL, 0)',
    'SQLConnect(dbc, "dsn", SQL_NTS, "u", SQL_NTS, "§", SQL_NTS)',
    "OCI8.new('scott', '§', '//h/svc')",
    'new ObsClient("AK77Q9", "§", "https://obs.x")',
    'redis.Redis("h", 6379, 0, "§")',
    'new NetworkCredential("u", "§", "CORP")',
    'new UsernamePasswordCredentials("u", "§")',
    'MongoCredential.createCredential("u", "admin", "§".toCharArray())',
    'BasicCredentials("HPUAAK", "§")',
    "aws_commons.create_aws_credentials('AK77', '§', '')",
    "ftp.login('u', '§')",
    # tables whose rows are files
    "INSERT INTO FUNCTION s3('https://b.obs.example/d.csv', '***', '§', 'CSVWithNames') Code: 499",
    "ENGINE = S3('https://b/d', '***', '§')",
    "ENGINE = S3Queue('https://b/d', '***', '§', 'Parquet') SETTINGS mode = 'unordered'",
    "s3Cluster('c1', 'https://b/d', '***', '§', 'Parquet')",
    "gcs('https://b/d', '***', '§', 'Parquet')",
    "azureBlobStorage('https://x', 'cont', 'p', 'acct', '§', 'CSV')",
    "ENGINE = Redis('h1:6379', 0, '§')",
    "redis('h1:6379', 'key', 'key String, v Int', 0, '§')",
    # functions that encrypt
    "AES_ENCRYPT(phone, '§')",
    "gs_encrypt_aes128('x', '§')",
    "EncryptByPassPhrase('§', name)",
    "encrypt('aes-256-gcm', c, '§')",
)
COMMANDS = (
    "keytool -importkeystore -srckeystore a.p12 -srcstorepass § -deststorepass '§' -alias kafka-eu",
    "keytool -list -keystore k.jks -storepass § -keypass § -destkeypass §",
    '["keytool", "-srcstorepass", "§", "-v"]',
    "plink -ssh -pw § root@10.0.0.1 ls",
    "pscp -P 22 -pw '§' a b",
    '["plink", "-pw", "§", "root"]',
    "nodetool -h 10.0.0.7 -p 7199 -u cassandra -pw § repair ks_eu exit 2",
    "x --pass § -v",
    "openssl rsa -passin pass:§ -passout 'pass:§' -in k",
    "ssh-keygen -t rsa -b 4096 -N '§' -f /root/.ssh/drs_eu exit 1",
    'ssh-keygen -p -P "§" -N "§" -f k',
    'sqlcmd /S 10.0.0.6 /U sa /P § /d shop_eu /Q "select 1" HResult 0x2746',
    'osql /U sa /P "§" /i a.sql',
    "valkey-cli -h h -a § ping",
    "schtasks /create /tn drs /ru admin /rp § /sc daily",
    "net user drs § /add",
    "cmdkey /add:h1 /user:drs /pass:§",
    "psexec -u drs -p § cmd",
    "cbq -u A -p §",
    "influx -username u -password §",
    "taosdump -u root -p§ -D shop",
    "etcdctl --user root:§ get k",
    "htpasswd -b f drs §",
    "rabbitmqctl change_password drs §",
    "neo4j-admin dbms set-initial-password §",
    "mc alias set s3 http://h AK77 §",
    "vault login §",
    "ALTER CREDENTIALSTORE ADD USER ogg@src PASSWORD § ALIAS srcdb DOMAIN shopdom",
    "add user ogg password § alias srcdb",
    "handshake HELLO 3 AUTH default § SETNAME drs_sync_1 failed: NOPROTO",
    "AUTH default §",
)
SENTENCES = (
    "源库 密 码： §",
    "源库 密 码： §\n目标库 口 令 ＝ §\n端口 3306",
    "密\u3000码：§",
    "密  码: §，端口 3306",
    "root用户密码由§修改为§，实例inst-77重启",
    "密码从§改为§",
    '管理员密码已由"§"更新为"§"',
    "账号和密码分别为：drs_app、§，端口5432拒绝连接",
    "用户名与密码分别是 drs_app 和 §",
    "账号及密码：drs_app，§",
    "密码和账号分别为：§、drs_app",
    "密码为：§",
    "密   码：§",
    "密　　码：§",
    "密码被修改为§",
    "新密码设为§",
    "管理员口令重置成§",
    "帐号密码分别是root、§",
    "用户名、密码依次为：root、§",
    "AK/SK分别为：***、§",
    "AK、SK：***，§",
    "passwd（密码）：§",
    "パスワードを§から§に変更しました",
    "비밀번호를 §에서 §로 변경",
    "password was changed from '§' to '§'",
    'the password for svc has been rotated from "§" into "§"',
)


@pytest.mark.parametrize("form", [*CALLS, *COMMANDS, *SENTENCES])
@pytest.mark.parametrize("secret", SECRETS)
def test_what_its_place_tells_is_hidden_and_nothing_else(form, secret):
    expected = form.replace("§", "***")
    assert hide_secrets(form.replace("§", secret)) == expected
    assert hide_secrets(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "s3Cluster('c1', 'https://b/d', 'AKIDzK8example', '§', 'Parquet')",
        "s3('https://b/d', 'AKIDzK8example', '§')",
    ],
)
def test_the_key_of_a_store_is_hidden_with_its_secret(text):
    assert "AKIDzK8" not in hide_secrets(text.replace("§", "Zk7wQ2nLt"))


def test_the_token_of_a_session_is_hidden_and_a_format_stays():
    token = "FwoGZXIvYXdzEBYaDH" * 4
    shown = hide_secrets(f"s3('https://b/d', 'AK1', 'Zk7wQ2nLt', '{token}', 'CSV')")
    assert shown == "s3('https://b/d', '***', '***', '***', 'CSV')"


# Each stays whole as a line of a log.
INNOCENT = (
    # calls of the same names
    "losses(1, 2, 3)",
    "loss('a', 'b', 'c')",
    "ENGINE = Redis('h1:6379') PRIMARY KEY k",
    "at redis.Client.connect(Client.java:33)",
    "login('app') refused",
    # options of other tools
    "grep -N 'x7y8' f",
    "copy /P a7b8 x",
    "sqlcmd /S h /E /i a.sql",
    'ssh-keygen -t rsa -N "" -f k',
    "openssl enc -pass file:/root/k -in f",
    "openssl rsa -passin env:PW",
    "ffmpeg -pass 1 -i x",
    "net user count is 3 /x",
    "nodetool -p 7199 status",
    "docker run --user 1000:1000 pg",
    "vault login -method=userpass",
    "mysql --port 3306 -port=3306",
    # words about passwords
    "the password was changed from the console",
    "password was reset from the console at 12:00",
    "password policy changed from LOW to MEDIUM",
    "ADD USER ogg PASSWORD is not given ALIAS",
    "端口 令牌桶已满",
    "密 码 错误",
    "密 码：错误",
    "密码由管理员修改为新值",
    "密码重置成功，端口3306",
    "密码设置成功root",
    "密码修改时间：2026-11-27 10:00:00",
    "AK/SK: invalid, please check (APIGW.0301)",
    "AK/SK认证失败",
    "校验失败(密码):DRS.M00201",
    "令牌桶容量：100",
    "密码由DBA管理",
    "密码由DBA在控制台修改",
    "账号和密码不匹配，错误码1045",
    "账号和密码：请检查",
    "用户名和密码为空",
    # types of columns, of any engine
    "ALTER TABLE accounts ADD COLUMN secret_key varbinary(256) NULL AFTER access_token errno 1846",
    "ALTER TABLE t ADD api_secret decimal(10,2), ADD access_token int(11) unsigned",
    "ALTER TABLE SHOP.T MODIFY (PASSWORD_HASH RAW(64), TOKEN VARCHAR2(128 CHAR), SK NUMBER(10))",
    "ALTER TABLE S.A ADD (AUTH_TOKEN CLOB, API_SECRET TIMESTAMP(6), PRIVATE_KEY BLOB) ORA-01430",
    "CREATE TABLE T (PASSWORD VARCHAR2(64 BYTE), API_TOKEN INTERVAL DAY(3) TO SECOND(6)) ORA-00955",
    "CREATE TABLE v (id bigint, private_key float8, client_secret uint64, password varchar(64))",
    "CREATE TABLE v (secret_key FixedString(16), access_key LowCardinality(Nullable(String)))",
    "column secret_key: DateTime64(3), password: FixedString(16), access_token: Enum8('a' = 1)",
    "column types: secret_key=map<string,int>, api_token=array<int>, password=character varying(64)",
    "ALTER TABLE dbo.t ALTER COLUMN secret_key nvarchar(max) NULL; Msg 4922",
    "ALTER TABLE dbo.t ADD access_token datetimeoffset(7), secret_value vector(1536) Msg 2705",
    "ALTER TABLE t ADD COLUMN secret_key numeric(20,0)[] NULL",
    "ALTER TABLE ks.t ADD secret_key frozen<list<text>>; code=2200",
    "CREATE TABLE t (secret_key d_secret1(20) NOT NULL)",
    "ALTER TABLE t CHANGE access_token access_token2 double(10,2) DEFAULT 0",
    "CREATE TABLE t (secret_key int4range, private_key number(*,0), access_token oid)",
    "column=secret_key type=varchar(64) length=64",
    '{ "secret_key" : { "bsonType" : "string" }, "password": {"type": "keyword", "index": false} }',
    "{ secret: { $exists: true } }",
    "schema: struct<id:bigint,password:string,secret_key:binary>",
    "incompatible column secret_token: source uint8, target int16",
    # what a statement ends with
    "DROP COLUMN password, MODIFY token text, RENAME COLUMN pwd TO pwd_old: errno 1091",
    "DROP COLUMN password: Can't DROP; check that column/key exists",
    "ALTER TABLE t DROP INDEX secret_key: Duplicate something",
    "CREATE INDEX i ON users (password): Specified key was too long; max key length is 767 bytes",
    # prose
    "row identified by primary key t.id not found; rows identified by ROWID are skipped",
    "user rows identified by ROWID are skipped",
    "server user identified by uid 1001",
    "objects identified by OID in the source, keys identified by HASH",
    # hosts
    "connect to pwd-vault.internal:3306, secret-db-01:5432 and token.service.local:6379 timed out",
    "secret-01:6379 and secret-02:6380",
    "connect to password-db-02:1521, secret-prod-3:6379/0",
    "host token-db-1:6379 and secret.node-01:27017 refused",
    # states and kinds
    "auth: enabled, AUTH command disabled by rename-command, auth failures: 3",
    "redis command auth retries: 12, auth timeouts: 4",
    "token_type=Bearer expires_in=3600 token_count=5",
    "auth_scheme=Bearer realm1=x3y",
    # keys of indexes
    'index keys: {"token": 1, "password": -1} name token_1_password_-1 already exists code 86',
    "db.c.createIndex({ password: 1, token: -1 })",
    'createIndexes failed: key: { secret: 1, token: "hashed" }, name: "secret_1_token_hashed"',
    '{ createIndexes: "users", indexes: [ { key: { password: "text" }, name: "password_text" } ] }',
    'sh.shardCollection("shop.users", { "secret": "hashed" })',
    "index spec {password: NumberInt(1), secret: NumberInt(-1)}",
    "indexes: [{v=2, key={token=1, secret=-1}, name=token_1}]",
    "find users projection: { password: 0, secret: 0, _id: 1 }",
    # objects of SQL Server
    "Cannot find the certificate 'TDE_secret_cert'; symmetric key 'sk_eu' Msg 15208",
    "Cannot drop the asymmetric key 'ak_eu' Msg 15580; database master key 'dmk' is in use",
    "credential 'cred_1' does not exist, secret 'app-db' not found in namespace prod",
    "service master key 'smk1', column encryption key 'cek_2', column master key 'cmk3'",
)


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_looks_alike_stays(text):
    assert redacted(text) == text


# Beside each innocent text stands a secret that is written nearly so.
@pytest.mark.parametrize(
    "form",
    [
        "{ secret: '§', token: 1 }",
        '{ password: "§", note: "hashed" }',
        '"password": {"type": "plain", "value": "§"}',
        "{ secret: { $eq: '§' } }",
        "add api_token §",
        "key={password=§, secret=-1}",
        'key: { secret: "§" }',
        "secret-db-01:§",
        "db-password: §",
        "symmetric_key '§'",
        "master key '§'",
        "create user app identified by §",
        "Authorization: Bearer §",
        "ALTER USER app PASSWORD §",
    ],
)
@pytest.mark.parametrize("secret", ["x7Gh2q9Lm", "Zk7_wQ2nLt"])
def test_beside_what_stays_a_secret_is_hidden(form, secret):
    assert secret not in hide_secrets(form.replace("§", secret))


@pytest.mark.costly
@pytest.mark.parametrize(
    "unit",
    ["s3('a','b',", "s3(", "redis('a',0,'", "ssh-keygen -N x ", "ssh-keygen ", "sqlcmd /P ", "net user a b ",
     "-pw ", "-pw x1 ", "密 码", "密码由a", "密码由a改为", "账号和密码：a、", "账号和密码：", "secret_key a(1", "secret_key map<",
     "password: array(a(", "key: { secret: ", "drop column password: ", "on t (password,", "secret-db-01:1",
     "hello 3 auth a ", "cx_oracle.connect('a', ", "aes_encrypt(a,", "identified by X "],
)  # fmt: skip
def test_none_takes_long(unit):
    assert seconds_for(hide_secrets, unit, 200_000) < 2
