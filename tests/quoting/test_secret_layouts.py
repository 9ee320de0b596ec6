"""Secrets in tables, lists, calls, command lines and other languages are hidden, all else stays."""

import pytest

from drs_mcp.quoting.pages import redacted, redacted_page
from drs_mcp.quoting.secrets import hide_secrets
from tests.support.slow_texts import seconds_for

# The secret stands as § and is shown as ***; nothing else changes.
FORMS = (
    "login\ttester\tpasswd\t§\trc\t1045",
    "| db | shop | pwd | § | port | 3306 |",
    "passphrase .......... § (from vault)",
    "secret ……… §",
    "<tr><th>Password</th><td>§</td></tr>",
    "<dt>password</dt><dd>§</dd>",
    "user\\tsa\\tpassword\\t§\\thost\\th1",
    "tried to log in with password § but failed",
    "using password §, got 18456",
    "initial password for sys: §",
    "The generated password is: §",
    "New password: §",
    "password of user app: §",
    "pass phrase for key k.pem: §",
    '{"content":"§","key":"db_password"}',
    '<param value="§" name="dbPassword"/>',
    "- value: §\n  name: PASSWORD",
    '{"Name":"secret","Type":"String","Value":"§"}',
    "id,login,passwd,role\n7,app,§,dba",
    "name|secret_key|region\na|§|cn-1",
    "name|secret_key|region\na|§|cn-1",
    "| user | password | host |\n|------|:--------:|------|\n| drs | § | h1 |\n3 rows read",
    "| login | pwd |\n+-------+-----+\n| u | § |\n+-------+-----+\n1 row in set",
    "+---+-----+\n| a | pwd |\n+---+-----+\n| u | § |\n+---+-----+",
    " login | secret_key\n-------+------------\n u | §\n(1 row)",
    "login │ passwd │ port\n──────┼────────┼─────\nu │ § │ 3306",
    "  | login |  passwd  |\n  |-------|----------|\n  | u     | §        |",
    "    login     |  passwd   | port\n--------------+---------+------\n              | § | 3306",
    "login|passwd|port\n|§|3306",
    "login\tpasswd\tport\n-----\t------\t----\nu\t§\t3306",
    "| user | password |\n| drs | § |\n| app | § |\ndone",
    "password\\072§ host\\072h1",
    "password\\x3d§ host=h1",
    '\\"pwd\\"\\x3a\\"§\\"',
    "&lt;password&gt;§&lt;/password&gt;",
    "passwort&#58; §",
    "Passwort: §",
    "wachtwoord: §",
    "lösenord=§",
    "hasło: §",
    "пароль=§ хост=h1",
    "비밀번호 = §",
    "暗証番号：§",
    "登录密码：§，端口 3306",
    "密码（§）错误",
    "口令【§】无效",
    "数据库口令(pwd)为 § ，端口",
    '{"\\u53e3\\u4ee4":"§"}',
    'mysql -uroot --password=§ -e "select 1"',
    "mysqldump --login-path=x -p'§' shop",
    "gs_dumpall -W § -f x",
    "gs_probackup -W§ -p 8000",
    "ldapmodify -x -w § -D cn=a",
    "openssl aes-256-cbc -K § -in f",
    "echo '§' | sudo -S -u root ls",
    'echo "root:§" | chpasswd',
    "curl -u'app:§' http://h1",
    "curl --proxy-user p:§ http://h1",
    "net use \\\\h\\s § /user:a",
    "sqlplus scott/§ @x.sql",
    "expdp scott/§ full=y",
    "rman target sys/§@prod",
    "db2 connect to d user u using §",
    "impdp userid=scott/§ full=y",
    'userid=scott/"§"@h1:1521/s',
    'connect scott/"§"@prod',
    "tried system/§@h1:1521/svc",
    'db.auth({user:"u",pwd:"§"})',
    "db.getSiblingDB('x').auth('u','§')",
    "redis.call('AUTH', '§')",
    '3) "AUTH"\n4) "§"',
    '1) "masterauth"\n2) "§"',
    "['AUTH', '§']",
    "CONFIG SET masterauth §",
    "ACL SETUSER x on >§ +@all",
    "user x on >§ ~* +@all",
    'CONFIG REWRITE requirepass "§"',
    "pymysql.connect('h','u','§','db')",
    'pg_connect("host=h1 password=§ user=u")',
    "oci_connect('u','§','//h1/s')",
    "new PDO('mysql:host=h','u','§')",
    'DriverManager.getConnection(url, "u", "§")',
    'DriverManager.getConnection("jdbc:mysql://h/d","u","§")',
    "EXEC sp_addlogin @loginame='u', @passwd='§'",
    'ALTER USER x IDENTIFIED BY "§" ACCOUNT LOCK',
    "CREATE USER MAPPING FOR u SERVER s OPTIONS (user 'a', password '§')",
    "SET PASSWORD FOR 'a'@'h' = '§'",
    "ALTER USER 'a'@'h' IDENTIFIED BY '§' PASSWORD EXPIRE",
    "CREATE DATABASE LINK l CONNECT TO u IDENTIFIED BY § USING 'x'",
    "OPENROWSET('SQLOLEDB','h1';'sa';'§','select 1')",
    "jdbc:sqlserver://h1:1433;user=sa;password=§;encrypt=true",
    "jdbc:mysql://h1/d?user=u&password=§&x=1",
    "jdbc:oracle:thin:u/§@h1:1521:s",
    "Server=h1;Uid=sa;Pwd=§;Database=x",
    "host=h1 user=u password=§ dbname=d",
    "u:§@tcp(h1:3306)/d",
    "X-Auth-Token: §",
    "x-api-key: §",
    "api-key=§",
    "ssl.truststore.password=§",
    'sasl.jaas.config=org.x.ScramLoginModule required username="u" password="§";',
    "[password] => §",
    "Password:§ Timeout:30s",
    '"password" : "§"',
    "'password' => '§',",
    ':password => "§"',
    "password: !!binary §",
    "export PASS=§",
    "set PGPASSWORD=§",
    '$env:PASSWORD="§"',
    'password := "§"',
    "password→§",
    "password is now §",
    "the secret was set to §",
)

SECRETS = ("hunter2-Xy9", "q7wErtYu", "aB3!$*+~^_.-9z", "x1" + "Wq8_" * 100 + "Zz")

# What could end a value stands inside of it, and what ends it is told by the pairs around it.
ENDS = (
    ("level=error password=§ host=h1", "a,b9;c7&d8|e6)f5"),
    ("level=error password=§ port=1", "a9,"),
    ("Server=h1;Uid=sa;Pwd=§;Option=3", "a b9,c d8&e7"),
    ("10.0.0.9:6379,password=§,ssl=True", "a9;b8|c7 d6"),
    ("open x?user=u&password=§&port=1", "a9;b8|c7,d6"),
    ("Config(user=u, password=§, url=h1)", "a9;b8)"),
    ("{User:u Password:§ Timeout:3s}", "a9;b8},"),
    ("a.host=h1\na.password=§\na.port=1", "a9 b8, (c7)"),
    ("a.host=h1\na.password=§ # old\na.port=1", "a9 b8"),
    ("password=[§], host=[h1]", 'a9,b8]c7"d6'),
    ("tried password <§> twice", "a9 b8;c7"),
    ("<ds password='§' port='1'/>", "a9b8\\"),
    ('PASSWORD "§" LOGIN', "a9b8\\"),
    ("curl --user 'u:§' http://h1", "a9'\\''b8"),
    ('{"sql":"IDENTIFIED BY \'§\'","errno":1}', "a9\\\\'b8\\\\\\\\c7"),
    ("password=&quot;§&quot; port=1", "a9&quot;b8"),
    ('scott/"§"@h1:1521/s', "a9 b8/c7@d6:"),
    ("jdbc:mysql://(host=h1,password=§)/d", "a9@b8:c7"),
    ("mysqldump '-p§' shop", "a9 b8"),
    ("host=h1 password=§ port=1", "a9\\ b8"),
)

# A row for each line; the secret's own rows are shown as ***.
ROWS = (
    ("enter the password:", "§", "port chosen"),
    ("password =", "  §", "port = 1"),
    ("a:", "  password: |-", "    §", "  port: 1"),
    ("secret=\\", "  §\\", "  §", "", "done"),
    ("host,user,password,port", "h1,u,§,1"),
    ("ALTER USER u IDENTIFIED BY", "  '§'", "  ACCOUNT UNLOCK"),
    ("<password>", "  §", "</password>"),
    ("| user     | password |", "|----------|----------|", "| drs | § |", "| app | § |", "2 rows"),
    ("+------+-----+", "| user | pwd |", "+------+-----+", "| u | § |", "+------+-----+", "1 row"),
    ("    pwd     |   user", "------------+--------", " § | drs", " § | app", "(2 rows)"),
    ("open mongodb://u:", "§@h1:27017/d failed"),
    ("Authorization: Basic", " §"),
)

WORDS = (
    "| Demo without credentials | – | stack |",
    "PASSWORD\tvarchar(64)\tYES",
    "| password | varchar(64) | NO |",
    "name,password,token",
    "name,password,token",
    "| column | password |\n|--------|----------|\n| length | expired |\n3 rows",
    "Field | password | Null\n------+----------+-----\nchecked 3, failed 0 of shop.users",
    "def sort_key(self) -> tuple[int, ...]:",
    "Resends a request with auth headers, if needed.",
    "with password authentication and 3 attempts",
    "the password is set for 3 users",
    "password of user root is not set",
    "passphrase .......... missing",
    "암호화: 사용",
    "密码（可选）",
    "密码（8-32 位）",
    "echo done | sudo tee x",
    "openssl enc -k8s -in f",
    "gsql -d p -w",
    "net use \\\\h1\\share /user:a *",
    "user app on node 5 ~ 6",
    "SELECT * FROM t WHERE a * b",
    "cost $5, param $1$",
    'key: "PRIMARY", table: "orders"',
    "unexpected key[5] in list",
    "password:\n  Connection lost to host",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", SECRETS, ids=len)
def test_a_secret_is_hidden_wherever_it_stands(form, secret):
    expected = form.replace("§", "***")
    assert hide_secrets(form.replace("§", secret)) == expected
    assert hide_secrets(expected) == expected


@pytest.mark.parametrize(("form", "secret"), ENDS)
def test_a_secret_ends_where_the_next_pair_begins(form, secret):
    assert redacted(form.replace("§", secret)) == redacted(form.replace("§", "x7Gh2"))
    assert "9" not in redacted(form.replace("§", secret)).replace(form.split("§")[0], "")


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("rows", ROWS, ids=lambda rows: rows[0])
def test_a_secret_in_the_row_behind_its_name_is_hidden(rows, newest_first):
    step = -1 if newest_first else 1
    page = ["ORA-01017 before", *[row.replace("§", "x7Gh2q9Zk4") for row in rows], "after"][::step]
    shown = redacted_page(page)
    assert "x7Gh2" not in "".join(shown)
    assert len(shown) == len(page)
    assert {"ORA-01017 before", "after"} <= set(shown)


@pytest.mark.parametrize("text", WORDS)
def test_words_in_such_places_stay(text):
    assert hide_secrets(text) == text


@pytest.mark.parametrize(
    "unit",
    ["user\nname,password\n", "password|", "value=a name=password ", 'a/"', "curl -u a:b", "| sudo -s ",
     " ~", "$1$", "*", "\\u5bc6", "%e5%af%86", "with password x1yyyy ", "connect('a',", "loginmodule ",
     "(pw=a)", "pw=a),", ";pw=a b", "a=b\npw=c d\n", "密码（a", "sig= ", "sk= "],
)  # fmt: skip
def test_no_layout_takes_long(unit):
    assert seconds_for(hide_secrets, unit, 200_000) < 2
