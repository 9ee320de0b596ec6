"""Secrets as tools and engines write them, each beside what is written alike and is no secret."""

import pytest

from drs_mcp.quoting.pages import redacted, redacted_page
from drs_mcp.quoting.secrets import hide_secrets
from tests.support.slow_texts import seconds_for

SECRETS = ("WELCOMEBACK", "Tigerlily", "x7Gh2q9", "aB3!$*+~^_.-9z")

# A form holds its secret as §.
FORMS = (
    "参数【数据库密码】：【§】，请重试",
    "参数【口令】=【§】，请重试",
    # parameters of GoldenGate: a user, a comma, a password of letters alone
    "OGG-00664 extract.prm: DBLOGIN USERID ogg, PASSWORD §, AES128, ENCRYPTKEY k1",
    "userid ogg@tns, password §, encryptkey default",
    "TRANLOGOPTIONS ASMUSER sys@asm, ASMPASSWORD §",
    "TRANLOGOPTIONS MININGUSER m MININGPASSWORD §",
    "ALTER USER app PASSWORD §",
    "ALTER CREDENTIALSTORE ADD USER ogg@db PASSWORD § ALIAS a",
    "alter credentialstore add user ogg password § alias a",
    "GGSCI> ENCRYPT PASSWORD § AES128 ENCRYPTKEY k1",
    "CREATE USER app PASSWORD SHA256 '§'",
    "ALTER ROLE app ENCRYPTED PASSWORD md5 '§'",
    # a user and his password in one setting
    "basic.auth.credentials.source=USER_INFO, basic.auth.user.info=§, url=http://h1",
    "schema.registry.basic.auth.user.info=§",
    'value.converter "basic_auth_user_info": "§", "port": 1',
    # what prints new passwords
    "PASSWORD for the app user successfully set. Its new password is §",
    "Password for the [elastic] user successfully reset. New value: §",
    "password of user drs has been changed. New value: §",
    "Secret for svc was rotated, its new value is §",
    # brackets
    "auth failed with password[§] on address[10.20.1.2:6379]",
    "user[app], pwd[§], port[3306]",
    "secret[§], user[app]",
    "login(userName[app] accessKey[§] region[r1])",
    # clients of other engines
    "obclient -h10.20.1.8 -P2883 -uroot@sys#ob -p§ -Doceanbase: ERROR 1045",
    "mycli -h h1 -uroot -p§ shop",
    "binlog2sql.py -h h1 -P3306 -uroot -p'§' -dshop",
    "obdumper -h h1 -P 2883 -u u@t -p § -D shop",
    "dumpling -u root -P 4000 -p § -B shop",
    "hdbsql -i 00 -u SYSTEM -p § -d T",
    "beeline -u jdbc:hive2://h1:10000 -n hive -p §",
    "vsql -h h1 -U u -w § -c x",
    "taos -h h1 -u root -p§",
    # whose key it is stands behind it
    "fs.azure.account.key.shop.blob.core.windows.net=§",
    "<name>fs.azure.account.key.a1.dfs.core.chinacloudapi.cn</name><value>§</value>",
    # an argument that is quoted as a whole
    'docker run -e "POSTGRES_PASSWORD=§" -p 5432:5432 pg: exit 125',
    "docker run -e 'pg_password=§' pg",
    "mysqldump '--password=§' --host=10.20.2.4 shop",
    'java "-Djavax.net.ssl.keyStorePassword=§" -jar a.jar',
    '["mysqldump","--password=§","--host=h1"]',
    '"cmd":"docker run -e \\"MYSQL_ROOT_PASSWORD=§\\" mysql"',
    # elements: a name, then a value
    "<name>javax.jdo.option.ConnectionPassword</name><value>§</value><name>port</name>",
    "<name>fs.s3a.secret.key</name>\n  <value>§</value>\n<name>a</name><value>1</value>",
    "<param-name>password</param-name><param-value>§</param-value>",
    "<key>dbPassword</key><string>§</string><key>port</key>",
    "<key>db.password</key><value><![CDATA[§]]></value>",
    "<name>pw.secret</name><description>of the app</description><value>§</value>",
    "&lt;name&gt;db.password&lt;/name&gt;&lt;value&gt;§&lt;/value&gt;",
    # headers
    "curl -H 'X-ClickHouse-User: drs' -H 'X-ClickHouse-Key: §' http://h1:8123/",
    "X-TYPESENSE-ADMIN-KEY: §",
    "x-functions-key=§",
    "X-Amz-Server-Side-Encryption-Customer-Key: §",
    # by position
    "ENGINE = MySQL('10.20.3.2:3306', 'shop', 'orders', 'drs', '§', 1)",
    "CREATE DATABASE d ENGINE = PostgreSQL('h1:5432', 'shop', 'drs', '§', 'public')",
    "FROM remoteSecure('h1', shop.orders, 'drs', '§')",
    "MaterializedMySQL('h1:3306', 'shop', 'drs', '§') SETTINGS x = 1",
    "KeeperErrorCode = NoAuth for /canal: addauth digest drs:§",
    'zk.addAuthInfo("digest", "drs:§".getBytes()) failed',
    'SQL1402N CONNECT TO crm USER drs USING "§" NEW "§" CONFIRM "§"',
    "attach to inst1 user drs using § new § confirm §; SQL30082N",
    "echo § | kinit drs@REALM",
    "lftp -u drs,§ sftp://h1",
    "smbclient //h1/bak -U drs%§",
    "snmpwalk -v3 -u drs -A § h1",
    "db2move crm export -u drs -p §",
    # a command of GoldenGate's client, without the word user
    "OGG> CONNECT https://h1:9100 DEPLOYMENT prod AS oggadmin PASSWORD § !",
    "connect http://h1:9100 as oggadmin password § proxy http://p1",
    "CONNECT http://h1 AS ogg PASSWORD §",
    # Teradata: host, user, password, account
    ".LOGON tdprod/drs,§; *** Failure 8017",
    ".logon drs,§,'acct';",
    "LOGON tdprod/drs,§;",
    '.logon td/drs,"§";',
    # a command whose arguments are all in quotes
    'tidb-lightning "-d" "/x" "-tidb-password" "§" "-backend" "tidb"',
    "mysqldump '--user' 'drs' '--password' '§' 'shop'",
    '{"cmd":"mongosh \\"-u\\" \\"drs\\" \\"-p\\" \\"§\\" \\"--quiet\\""}',
    'plink "-pw" "§" "h1"',
    'redis-cli "-h" "h1" "-a" "§" "ping"',
)

# These are made by a machine: never a word.
GENERATED = (
    "request(apiKey=§, apiVersion=2, clientId=7)",
    "config(apiKey=§, apiVersion=2024-05-01, region=cn)",
    "PASSWORD elastic = §",
    "PASSWORD kibana_system = §",
    '"SCRAM-SHA-256": { iterationCount: 15000, salt: "", storedKey: "§", serverKey: "§" }',
    "'stored_key': '§', 'server_key': '§'",
)
MADE = ("Kx7Qw2LmZt9vRb4nYp6sDfGh8jWk=", "b3HqSK0ZrfYqXvJ8mWc1tN5pLs1AbCdEfGhIjKlMnO8=")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", SECRETS)
def test_what_a_tool_writes_hides_the_secret_and_nothing_else(form, secret):
    expected = form.replace("§", "***")
    assert hide_secrets(form.replace("§", secret)) == expected
    assert hide_secrets(expected) == expected


@pytest.mark.parametrize(
    "form", ["setAcl /canal digest:drs:§:cdrwa", "zookeeper.superDigest=super:§"]
)
def test_the_hash_of_a_user_of_zookeeper_is_hidden(form):
    assert hide_secrets(form.replace("§", "xQJmxLMiHGwaqBvst5y6rkB6HQs=")) == form.replace(
        "§", "***"
    )


@pytest.mark.parametrize("form", GENERATED)
@pytest.mark.parametrize("secret", MADE)
def test_what_was_made_for_a_user_is_hidden(form, secret):
    expected = form.replace("§", "***")
    assert hide_secrets(form.replace("§", secret)) == expected
    assert hide_secrets(expected) == expected


@pytest.mark.parametrize(
    ("form", "secret"),
    [
        ('docker run -e "POSTGRES_PASSWORD=§" -p 5432:5432 pg', "Zk7 wQ2;nLt"),
        ("mysqldump '--password=§' --host=h1 shop", "Tz5 kW8;nQ"),
        ('"Env":["MYSQL_ROOT_PASSWORD=§","X=y"]', "a b,c9"),
        ("ENGINE = MySQL('h1:3306', 'shop', 'orders', 'drs', '§')", "Zk7,wQ2)nLt"),
        ("<param-name>password</param-name><param-value>§</param-value>", "a b;c, d"),
        ('zk.addAuthInfo("digest", "drs:§".getBytes())', "x7 Gh2:q"),
        ("binlog2sql -uroot -p'§' -dshop", "x7 Gh2"),
        ("curl -H 'X-ClickHouse-Key: §' http://h1", "x7 Gh2;q"),
        ('curl --header "X-Auth-Token: §" http://h1', "x7 Gh2, q"),
        ("auth failed with password[§] on address[10.20.1.2:6379]", "x7]Gh[2"),
        ("login failed: password (§) is wrong", "x7(G)h2"),
        ("the server refused password[§].", "WELCOMEBACK"),
        ('error: "conn password="§" failed"', "x7Gh2"),
        # what begins as a flag or a type does
        ('{"password": "§", "port": 1}', "NO}x7Gh2"),
        ('{"password": "§", "port": 1}', "null,x7Gh2"),
        ("user=a password='§' host=h1", "?;x7Gh2"),
        ("user=a password=§ host=h1", "no}x7Gh2"),
        ("{user=a, password=§, host=h1}", "true|x7"),
        ("{user=a, password=§, host=h1}", "uuid)x7"),
        ("user=a password=§", "$1)x7Gh2"),
    ],
)
def test_such_a_secret_may_hold_what_ends_others(form, secret):
    assert hide_secrets(form.replace("§", secret)) == form.replace("§", "***")


# Between the secrets of a header's columns, of a command, of a login module stand others.
BETWEEN = (
    'PlainLoginModule required username="a" password="§" user_a="§" user_b="§";',
    "curl -H 'X-Auth-Token: §' -u root:§ http://h1/x",
    "curl -H 'X-Auth-Token: §' -d '{\"password\":\"§\"}' -b '§' http://h1",
    "user,password,note\nu,§,token=§\nv,§,token=§\nw,§,token=§",
    "name=password value=§ token=§ value=§",
)


@pytest.mark.parametrize("form", BETWEEN)
@pytest.mark.parametrize("secret", ["x7Gh2q9Zk4", "aB3_Wq8"])
def test_a_secret_between_those_of_another_form_is_hidden(form, secret):
    cookie = form.replace("-b '§'", f"-b 'sid={secret}'")
    assert hide_secrets(cookie.replace("§", secret)) == form.replace("§", "***")


# A row for each line; the secret's own is shown as ***.
ROWS = (
    ("- name: DB_PASSWORD", "  value: §", "- name: DB_PORT", '  value: "5432"'),
    ('"name": "DB_PASSWORD",', '"value": "§",', '"name": "PORT",', '"value": "5432"'),
    ('{ "key": "db.secret",', "'value': '§' },"),
    ("<name>fs.s3a.secret.key</name>", "<value>§</value>", "<name>a</name>", "<value>100</value>"),
    ("<param-name>password</param-name>", "  <param-value>§</param-value>", "b"),
    ("Password for the [elastic] user successfully reset.", "New value: §", "b"),
    ("*2", "$4", "AUTH", "***", "§", "-WRONGPASS"),
    ("*3", "$4", "AUTH", "***", "***", "***", "§", "+OK"),
)


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("rows", ROWS, ids=lambda rows: rows[0])
@pytest.mark.parametrize("secret", ["Tigerlily", "x7Gh2q9"])
def test_the_row_behind_a_name_holds_its_value(rows, secret, newest_first):
    step = -1 if newest_first else 1
    parts = iter(("$7", "default", "$9") if rows[0] == "*3" else ("$9",))
    page = [next(parts) if row == "***" else row.replace("§", secret) for row in rows]
    shown = redacted_page(page[::step], newest_first=newest_first)[::step]
    assert shown == [row.replace("§", "***") for row in rows]


INNOCENT = (
    "参数【数据库密码】：【已过期】，请重试",
    "参数【数据库密码】不能为空",
    "【修改密码】：操作失败",
    "检查项【密码强度】：【未通过】",
    # where credentials come from, how one authenticates
    "mongodb://192.168.0.10:8635,192.168.0.11:8635/?authSource=admin&replicaSet=replica",
    "authSource: admin, authMechanism=SCRAM-SHA-256, authenticationDatabase=admin",
    "basic.auth.credentials.source=USER_INFO auth.type=simple",
    "bearer.auth.credentials.source=STATIC_TOKEN, credential_source = Ec2InstanceMetadata",
    # clauses about a password
    "ALTER USER 'app'@'%' PASSWORD EXPIRE INTERVAL 90 DAY ACCOUNT UNLOCK is skipped (1396)",
    "CREATE USER app PASSWORD EXPIRE DEFAULT",
    "ALTER USER app PASSWORD HISTORY 5",
    "ALTER USER app PASSWORD REUSE INTERVAL 365 DAY",
    "ALTER USER app PASSWORD REQUIRE CURRENT OPTIONAL",
    "userid ogg, password rejected by the source",
    "for user app, password could not be read",
    "user app, password policy applies",
    # quotes that close
    "right syntax to use near 'IDENTIFIED BY PASSWORD' at line 1",
    "right syntax to use near 'IDENTIFIED BY' at line 7",
    'syntax error at or near "IDENTIFIED BY"',
    # placeholders
    "ERR AUTH <password> called without any password configured for the default user.",
    "usage: x -u <user> -p <password> HOST [options]",
    "<secret> is the key of the app",
    "<name>db.password</name><value>${env.DB_PASSWORD}</value>",
    # objects of Kubernetes
    'secrets "mysql-root" not found in namespace drs-prod',
    'secrets "app.tls" is forbidden: User "drs" cannot get resource',
    'MountVolume.SetUp failed for volume "v" : secret "mysql-root" not found',
    '{"message":"secret \\"mysql-root\\" already exists"}',
    # types of columns
    "column token: varchar(64) in source, text in destination; column password: char(41) in source",
    "columns differ: {id=bigint, token=varchar(64), password=char(41), created_at=datetime}",
    "type not supported, secret_key: bytea, api_key: uuid, signature: xml in table public.api_keys",
    "secret_key: nvarchar2(20 char), api_key: jsonb, passwd = decimal(10,2)",
    '{"id":"bigint","password":"char(41)"}',
    "access_key=uuid, secret=text",
    '{"password":null,"token":"none"}',
    "Config(user=a, password=null, host=h1), (password=NO)",
    "map[password:<null> port:1] password=%s&x=1",
    "password=${DB_PASSWORD}; port=1",
    # an error's number is nobody's name
    "Duplicate key name 'access_key' (1061): KEY `access_key` (`access_key`), KEY `token` (`token`)",
    "Duplicate column name 'secret_key' (1060): ADD",
    "Unknown column 'password' (42S22): SELECT",
    # settings that print like passwords
    "PASSWORD policy = medium",
    "PASSWORD length = 8",
    "PASSWORD encryption = scram-sha-256",
    "password policy changed, new value: MEDIUM",
    "Password for user app was reset. New connections: 5",
    "Password for the elastic user successfully reset. New value: changed",
    # brackets
    "token[5] of key[5]",
    "password[hidden], port[1]",
    "password[expired] user[app]",
    "index on password(20)",
    "password (required), secret (optional)",
    "at com.x.Util.getPassword(PasswordUtil2.java:33)",
    "at Foo.resetPassword(Native5Method)",
    "columns[password] type[char]",
    "password[varchar(64)], id[bigint]",
    "column password(utf8mb4)",
    '"password" ("varchar(255)"), secret["key"]',
    "key[PRIMARY] token[idx_token] table[orders]",
    "wrong password [Auth] for app",
    # a quote that closes what the name stands in
    '"DB_PASSWORD=" is empty',
    "env 'PASSWORD=', -p 1",
    'secret "drs" in namespace "prod" does not exist',
    "digest:sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "md5 digest=9f86d081884c7d659a2feaa0c55ad015",
    # keys of data
    "X-Idempotency-Key: 4711-abc, X-Cache-Key: a1",
    "x-dead-letter-routing-key: orders.q1",
    "storedKey: 'idx_orders', server key: order_id",
    "server-key=/etc/mysql/server-key.pem",
    # names of other things
    "<name>password.policy</name><value>MEDIUM</value>",
    "<name>password</name><value/><x>1</x>",
    "MySQL(host1, 3306) failed",
    "at com.mysql(Connector.java:12)",
    "addauth digest is not allowed",
    "attach to the container, user app using it",
    "dsn 'host=h1 dbname=d'; PASSWORD",
    "dsn 'host=h1 dbname=d'; PASSWORD",
    # options and logins without a password
    'unknown option "--password" "--host" given',
    'option "--password" "" is empty',
    'mongosh "-p" "--quiet"',
    "OGG> CONNECT https://h1:9100 DEPLOYMENT prod AS oggadmin !",
    "failed to connect to h1 as drs password authentication failed",
    "failed to connect to h1 as drs password wrong, retrying",
    ".LOGON tdprod/drs",
    ".logon td/,,'acctinfo';",
    "Failed to logon drs/app, retrying",
    "logon failed for a/b,c",
    # which request of Kafka it was
    "RequestHeader(apiKey=SASL_AUTHENTICATE, apiVersion=2, clientId=drs, correlationId=7, headerVersion=1)",
    "Error getting request for apiKey: SASL_HANDSHAKE, apiVersion: 5, connectionId: 10.0.0.1:9092-0",
    "unsupported request apiKey=37, apiVersion=3, correlationId=12",
)


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_looks_alike_stays(text):
    assert redacted(text) == text


@pytest.mark.parametrize(
    "rows",
    [
        ("- name: PASSWORD_POLICY", "  value: MEDIUM"),
        ("- name: DB_PASSWORD", "  valueFrom: secretKeyRef"),
        ("<name>password.policy</name>", "<value>MEDIUM</value>"),
        ("The parameter was successfully reset.", "New value: 17"),
        ("AUTH", "failed for app", "done"),
        ("name: token", "value too long"),
    ],
)
@pytest.mark.parametrize("newest_first", [False, True])
def test_a_row_behind_another_name_stays(rows, newest_first):
    assert redacted_page(rows, newest_first=newest_first) == list(rows)


@pytest.mark.costly
@pytest.mark.parametrize(
    "unit",
    ["password[x7Gh2]", "password[x7Gh2 ", "password(x7Gh2) ", "<name>password</name><value>",
     "<name>password</name>\n", "<password> ", '"A_PASSWORD=', ' "A_PASSWORD=x ', " '--password=x ",
     "mysql('a',", "mysql('", "connect('", "getconnection('", "sp_addlogin 'u", "addauth digest a:", "addauth digest ", "PASSWORD a = ", "storedKey: '",
     "password for a reset. new value is ", "user,password\na,b1\n", "curl -u a:b1 ", "curl -u ",
     "loginmodule user_a='", "name=password value=x1 ", "attach to a user b using c new d confirm ",
     'secret "', "userid a, password ", "user a password expire ", "near 'identified by' "],
)  # fmt: skip
def test_none_takes_long(unit):
    assert seconds_for(hide_secrets, unit, 200_000) < 2
