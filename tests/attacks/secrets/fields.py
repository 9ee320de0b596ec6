"""Secrets in free-text fields of DRS's answers.

`RenderOptions.family` is `field:` and the field's name. `render` gives the text of the field. Where the
family ends in `{}` the text is JSON of the whole object that stands in the list or at the place of
that name (parse it and put it there): `params{}`, `tuning_params{}`, `tags{}`, `endpoint{}`, …
"""
from tests.attacks.secrets.model import (
    ALNUM,
    B64,
    B64URL,
    NO_DQ,
    QUO,
    UNQ,
    RenderOptions,
    bsq,
    group,
    js,
    js2,
    libpq_escape,
    sqlq,
    without,
)

# A task's description may not hold any of !<>'&"\ and has 256 characters at most.
DESC = without(UNQ, "!<>'&\"\\")


def _fields(field: str, rows: list[tuple], **common) -> tuple[RenderOptions, ...]:
    return group(f"field:{field}", rows, kind="field", **common)


TEXTS = _fields("description", [
    ("equals", "Moves shop to the cloud. root password=§ until the cutover", "until the cutover"),
    ("colon", "src 10.1.14.1 password: § ask dba before reset", "ask dba before reset"),
    ("user-slash", "login drs/§@10.1.14.2:1521/orcl for checks", "for checks",
     {"nasty": "#$_%"}),
    ("uri", "source is mongodb://app:§@10.1.14.3:27017/shop do not stop", "do not stop",
     {"nasty": "$%,;=*/?#"}),
    ("chinese", "订单库迁移，源库密码：§ 联系DBA后再停", "联系DBA后再停"),
    ("chinese-is", "割接用账号drs，密码为§，周五割接", "周五割接", {"nasty": without(DESC, ",")}),
    ("command", "check with mysql -h 10.1.14.4 -uroot -p§ shop", "check with"),
    ("ak-sk", "bucket bak7 AK: AKID7 SK: § region cn-north-4", "cn-north-4",
     {"nasty": "", "length": (40, 40)}),
    ("token", "hook token=§ owner team7", "owner team7",
     {"base": B64URL, "nasty": "", "length": (40, 60)}),
    ("at-the-end", "phase 2 of the move, pwd=§", "phase 2 of the move"),
    ("jwt-like", "status page needs ghp_§ to open", "status page",
     {"nasty": "", "length": (36, 36)}),
], nasty=DESC) + _fields("error_msg", [
    ("jdbc", "service LOGMANAGER failed, cause by: Unable to connect to DBMS: url=jdbc:mysql://"
     "10.1.14.5:3306?user=root&password=§&useSSL=false user=root", "service LOGMANAGER failed",
     {"engine": "mysql", "nasty": without(UNQ, "&#\"'`")}),
    ("oracle", "Can not connect: scott/§@//10.1.14.6:1521/svc ORA-28000", "ORA-28000",
     {"engine": "oracle", "nasty": "#$_!*%"}),
    ("identified", "retry structures failed events=CREATE USER u IDENTIFIED BY '§' error 1396",
     "1396", {"engine": "mysql", "esc": sqlq, "nasty": without(QUO, "\\"), "closed": True}),
    ("redis", "full sync failed: MASTER said NOAUTH after AUTH §", "full sync failed",
     {"engine": "redis", "nasty": without(UNQ, "\"'\\`")}),
    ("mongodb", "no primary in mongodb://u:§@10.1.14.7:27017/?replicaSet=rs1 (18)", "(18)",
     {"engine": "mongodb", "nasty": "!$*%,;=/#"}),
    ("sqlserver", "restore failed: Server=10.1.14.8;UID=sa;PWD={§};Encrypt=no Msg 18456",
     "Msg 18456", {"engine": "sqlserver", "esc": lambda s: s.replace("}", "}}"),
                   "nasty": UNQ + " "}),
    ("kafka", 'produce failed: sasl.jaas.config=ScramLoginModule required username="u" '
     'password="§"; broker 10.1.14.9', "10.1.14.9", {"engine": "kafka", "nasty": NO_DQ}),
    ("html", "<html><body>Proxy login failed: password=§<br>code 407</body></html>", "407",
     {"nasty": without(UNQ, "<>&")}),
    ("header", "upstream 401, sent X-Auth-Token: § (DRS.M00100)", "DRS.M00100",
     {"base": B64, "nasty": "", "length": (80, 120)}),
    ("keyword-string", "could not connect: host=10.1.14.10 password='§' sslmode=require",
     "10.1.14.10", {"engine": "dws", "esc": libpq_escape, "nasty": UNQ + " "}),
], nasty=UNQ) + _fields("failed_reason", [
    ("access-denied", "Access denied for user 'drs'@'10.1.14.11' (using password=§)",
     "Access denied", {"engine": "mysql", "nasty": without(UNQ, ")")}),
    ("pg", 'FATAL: password authentication failed for user "drs", conninfo: host=10.1.14.12 '
     "password=§ sslmode=disable", "FATAL", {"engine": "postgresql",
                                            "nasty": without(UNQ, "'\\")}),
    ("chinese", "源数据库连接失败，用户名/密码：drs/§ 错误码 1045", "错误码 1045"),
    ("command", "Run gsql -h 10.1.14.13 -U u -W § -p 8000 to verify the account", "10.1.14.13",
     {"engine": "gaussdb", "nasty": ",:@#/?=%+!"}),
], nasty=without(UNQ, ",;")) + _fields("raw_error_msg", [
    ("json", '{"code":1045,"cfg":{"host":"10.1.14.14","password":"§"}}', "1045|10.1.14.14",
     {"esc": js}),
    ("json-string", '{"detail":"{\\"pwd\\":\\"§\\"}","code":1046}', "1046", {"esc": js2}),
    ("trace", "com.mysql.cj.exceptions.CJException: denied [password=§]\n\tat Driver.java:91",
     "Driver.java:91", {"engine": "mysql", "nasty": without(UNQ, "]")}),
    ("java-map", "params {host=10.1.14.15, db_password=§, port=4101}", "4101", {"nasty": UNQ}),
    ("sqlplus", "sqlplus -L system/§@orcl7: ORA-12154", "ORA-12154",
     {"engine": "oracle", "nasty": "#$_!*%"}),
    ("mongo-auth", 'db.auth("drs","§") -> AuthenticationFailed 18', "AuthenticationFailed",
     {"engine": "mongodb", "esc": js}),
    ("sqlserver-linked", "sp_addlinkedsrvlogin @rmtpassword=N'§', @useself=false: Msg 15007",
     "Msg 15007", {"engine": "sqlserver", "esc": sqlq, "nasty": without(QUO, "\\")}),
], nasty=QUO, closed=False) + _fields("data", [
    ("json", '{"srcIp":"10.1.14.16","srcPassword":"§","diskSize":"4102"}', "4102", {"esc": js}),
    ("table", "user|host|authentication_string\nroot|%|*§", "",
     {"engine": "mysql", "base": "0123456789ABCDEF", "nasty": "", "length": (40, 40)}),
    ("list", '["host=10.1.14.17","password=§","port=4103"]', "10.1.14.17|4103",
     {"esc": js, "nasty": without(UNQ, ",")}),
    ("create-user", '{"missingUsers":["CREATE USER u IDENTIFIED BY \'§\'"],"count":4104}', "4104",
     {"engine": "mysql", "esc": lambda s: js(bsq(s))}),
    ("subscription", "s7|host=10.1.14.18 user=r password=§ dbname=d|enabled", "enabled",
     {"engine": "postgresql", "nasty": without(UNQ, "'\\|")}),
    ("redis-config", "requirepass § maxmemory-policy noeviction", "noeviction",
     {"engine": "redis", "nasty": without(UNQ, "\"'\\")}),
], nasty=QUO) + _fields("error_log", [
    ("restore", "RESTORE DATABASE d FROM DISK='f.bak' WITH PASSWORD='§', NORECOVERY; Msg 3279",
     "Msg 3279", {"engine": "sqlserver", "esc": sqlq, "nasty": without(QUO, "\\")}),
    ("obs", "download https://obs.example.com/f.bak?AccessKeyId=AKID7&Signature=§&Expires=1 403",
     "403", {"engine": "sqlserver", "base": ALNUM, "nasty": "", "length": (28, 28)}),
    ("certificate", "certificate c needs DECRYPTION BY PASSWORD = '§' Msg 33111", "Msg 33111",
     {"engine": "sqlserver", "esc": sqlq, "nasty": without(QUO, "\\")}),
]) + _fields("error_sql", [
    ("user-row", "INSERT INTO mysql.user (Host,User,authentication_string) VALUES "
     "('%','u','*§')", "", {"engine": "mysql", "base": "0123456789ABCDEF", "length": (40, 40)}),
    ("create-role", "CREATE ROLE u LOGIN PASSWORD '§'", "",
     {"engine": "postgresql", "esc": sqlq, "nasty": without(QUO, "\\")}),
    ("db-link", 'CREATE DATABASE LINK l CONNECT TO u IDENTIFIED BY "§" USING \'t\'', "",
     {"engine": "oracle", "nasty": NO_DQ}),
]) + _fields("error_message", [
    ("token", "callback to https://ops.example.com/h?token=§ failed 500", "500",
     {"base": B64URL, "length": (32, 40)}),
    ("smn", "notify failed: Authorization: Bearer § (SMN.0007)", "SMN.0007",
     {"base": B64URL, "length": (40, 60)}),
]) + _fields("suggestion_list{}", [
    ("reset", '{"content": "Reset it with SET ROLE drs PASSWORD \'§\'; then retry step 4105"}',
     "4105", {"engine": "gaussdb", "esc": lambda s: js(sqlq(s)), "nasty": QUO, "closed": True}),
])

OBJECTS = _fields("params{}", [
    ("sasl", '{"key": "sasl.password", "source_value": "§", "target_value": "", '
     '"compare_result": "inconsistent"}', "sasl.password", {"engine": "kafka"}),
    ("masterauth", '{"key": "masterauth", "source_value": "§", "target_value": "", '
     '"group": "common"}', "masterauth", {"engine": "redis"}),
    ("requirepass-target", '{"key": "requirepass", "source_value": "", "target_value": "§"}',
     "requirepass", {"engine": "redis"}),
    ("report-password", '{"key": "report_password", "source_value": "§", "target_value": "x"}',
     "report_password", {"engine": "mysql"}),
    ("primary-conninfo", '{"key": "primary_conninfo", "source_value": "host=10.1.14.19 '
     'password=§ port=4106", "target_value": ""}', "10.1.14.19|4106",
     {"engine": "postgresql", "nasty": without(UNQ, "'\\\"")}),
    ("ssl-passphrase", '{"key": "ssl_passphrase_command", "source_value": "echo §", '
     '"target_value": ""}', "ssl_passphrase_command",
     {"engine": "postgresql", "nasty": "!%,:=/@"}),
    ("jaas", '{"key": "sasl.jaas.config", "source_value": "PlainLoginModule required '
     'username=\\"u\\" password=\\"§\\";", "target_value": ""}', "PlainLoginModule",
     {"engine": "kafka", "nasty": without(NO_DQ, "")}),
    ("keystore", '{"key": "ssl.keystore.password", "source_value": "§", "target_value": "§"}',
     "ssl.keystore.password", {"engine": "kafka"}),
    ("init-connect", '{"key": "init_connect", "source_value": "SET PASSWORD = \'§\'", '
     '"target_value": ""}', "init_connect",
     {"engine": "mysql", "esc": lambda s: js(sqlq(s)), "nasty": without(QUO, "\\")}),
], esc=js, nasty=QUO) + _fields("tuning_params{}", [
    ("password", '{"param_name": "db_password", "param_value": "§", "availability": true}',
     "db_password"),
    ("extra-url", '{"param_name": "jdbc_extra", "param_value": "useSSL=true&'
     'trustCertificateKeyStorePassword=§&x=4107", "availability": true}', "4107",
     {"nasty": without(UNQ, "&#\"'`\\")}),
    ("sasl", '{"param_name": "sasl_plain_password", "param_value": "§"}', "sasl_plain_password",
     {"engine": "kafka"}),
], esc=js, nasty=QUO) + _fields("tags{}", [
    ("password", '{"key": "db_password", "value": "§"}', "db_password",
     {"nasty": "_.:=+-@"}),
    ("token", '{"key": "hook-token", "value": "§"}', "hook-token",
     {"base": B64URL, "nasty": "", "length": (32, 40)}),
    ("in-value", '{"key": "note", "value": "pwd:§ owner:t8"}', "owner:t8", {"nasty": "_.=+-@"}),
], esc=js) + _fields("endpoint{}", [
    ("password", '{"db_user": "drs", "ip": "10.1.14.20", "db_password": "§"}', "10.1.14.20"),
    ("ip-with-userinfo", '{"db_user": "drs", "ip": "drs:§@10.1.14.21:27017", "db_name": "shop"}',
     "", {"engine": "mongodb", "nasty": "!$*%;="}),
    ("db-name-with-pw", '{"db_user": "drs", "db_name": "orcl;password=§"}', "",
     {"engine": "oracle", "nasty": "#$_!*"}),
    ("user-with-pw", '{"db_user": "drs/§", "ip": "10.1.14.22"}', "10.1.14.22",
     {"engine": "oracle", "nasty": "#$_!*"}),
], esc=js, nasty=QUO) + _fields("ssl{}", [
    ("key", '{"ssl_link": true, "ssl_cert_name": "ca7", "ssl_cert_key": "-----BEGIN PRIVATE '
     'KEY-----\\n§\\n-----END PRIVATE KEY-----\\n"}', "", {"base": B64, "length": (128, 160)}),
    ("password", '{"ssl_link": true, "ssl_cert_name": "ca8", "ssl_cert_password": "§"}', "",
     {"nasty": QUO}),
], esc=js) + _fields("user_list{}", [
    ("password", '{"account": "app", "is_transfer": true, "password": "§", "comment": "ok7"}',
     ""),
    ("comment", '{"account": "app2", "is_transfer": true, "comment": "pwd is reset to §, '
     'code 4108"}', "", {"nasty": without(UNQ, ",")}),
    ("privileges", '{"account": "app3", "privileges": ["GRANT USAGE ON *.* TO u IDENTIFIED BY '
     'PASSWORD \'*§\'"]}', "", {"engine": "mysql", "base": "0123456789ABCDEF", "nasty": "",
                                    "length": (40, 40)}),
], esc=js, nasty=QUO) + _fields("result_list{}", [
    ("value", '{"key": "connection_string", "value": "redis://:§@10.1.14.23:6379/0", '
     '"is_multi_language": false}', "connection_string",
     {"engine": "redis", "nasty": "!$*%,;=/?#"}),
    ("keyed", '{"key": "requirepass", "value": "§", "is_multi_language": false}', "requirepass",
     {"engine": "redis"}),
], esc=js, nasty=QUO)

FORMS: tuple[RenderOptions, ...] = TEXTS + OBJECTS
