"""Secrets that are set, changed or handed over, and what stands where they would and is none."""

import pytest

from drs_mcp.quoting.pages import redacted_page
from drs_mcp.quoting.secrets import hide_secrets
from tests.support.slow_texts import seconds_for

SECRETS = ("Vd5gXn2bHc", "x7Gh2q9Lm", "Tr0ub4dor_3")


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "text",
    [
        # a password beside its user
        "with user 'repl_ro' and pass '§' at 10:00",
        'connecting with user "drs" pass "§" to 10.1.1.5:3306: timeout',
        "login drs, pass '§', host h1",
        "username=drs with pass '§'",
        "login as 'drs' with pass '§' refused",
        "username 'drs' / pass '§'",
        "用户 drs pass '§'",
        # the old one and the new one
        'password "§" changed to "§"',
        "password='§' to '§'",
        "密码：§ -> §",
        "密码：§改为§",
        '~ password = "§" -> "§" user = "drs"',
        '~ admin_pass = "§" -> "§" # forces replacement',
        'password: "§" => "§"',
        "db_password='§' → '§', port=1",
        "passwd=§ -> §, port=1",
        # what a name stands for
        "resolved ${DB_PASSWORD} -> §, ${DB_HOST} -> 10.1.1.5",
        "{{ db_password }} => '§'",
        "#{db.password}=§",
        "%DB_PASSWORD% = §",
        "<%= db_password %> => '§'",
        "placeholder ${db.password} resolved to '§'",
        "replaced {{db_password}} with '§'",
        "property db.password resolved to §",
        "property 'db.password' changed to '§'",
        "parameter password has value §",
        "setting spring.datasource.password to '§' from drs.yaml",
        'property db.password was set: set password to "§"',
        "overriding the parameter mysql.password to '§'",
        "changed root password to §",
        # in an object of that name, as IAM has it
        '{"methods":["password"],"password":{"user":{"name":"u","password":"§","domain":{"name":"d"}}}}',
        '"password": {"user": {"domain": {"name": "d"}, "name": "u", "password": "§"}}',
        # beside the user of a client
        "gccli -uroot -p§ -h10.6.6.2 -P5258 gbase: ERROR 1045",
        "sometool -udrs@h1 -p§ shop",
        "sometool -u root -p§ -h h",
        "sometool -h10.0.0.1 -p§ -uroot",
        "sometool --user=root -h h1 -p§",
        # pairs in one argument
        "helm upgrade pg r/pg --set auth.password=§,persistence.size=200Gi --version 15: failed",
        "--set-string a.password=§,b.password=§,c.size=2Gi --set d=1,e=2",
        "--set=a.password=§,c=2 x",
    ],
)
def test_a_secret_is_hidden_and_what_stands_beside_it_stays(text, secret):
    assert hide_secrets(text.replace("§", secret)) == text.replace("§", "***")


@pytest.mark.parametrize("secret", ["Kx5v\\,Tw8mQz", "a\\,b=c9X"])
def test_helm_escapes_the_comma_of_a_value(secret):
    text = "helm upgrade pg r/pg --set auth.password=§,size=200Gi --version 15"
    assert hide_secrets(text.replace("§", secret)) == text.replace("§", "***")


@pytest.mark.parametrize(
    "text",
    [
        "user 'drs' passed 'stage 2'",
        "first pass 'p1' is over, second pass 'p2' began",
        "sent the password to 'alice'",
        "password to host1 is missing",
        "password = (sensitive value) instance_class = rds.large",
        "password = (known after apply)",
        "{host, password}: invalid",
        "CREATE TABLE auth.tokens (id bigint, access_token text, secret varchar(64))",
        "CREATE TABLE shop.secrets (id bigint PRIMARY KEY, name varchar(64))",
        "CREATE INDEX idx ON auth.tokens (user_id, created_at)",
        "table auth.credentials (12 columns, 3 indexes) has no primary key",
        "INSERT INTO auth.tokens (id, token, secret) SELECT id, token, secret FROM t",
        "GRANT SELECT ON auth.secrets (id, name) TO app",
        "INSERT INTO auth.password (user_id, hash) VALUES",
        'unique index identified by "1" constrains table "DB2INST1.ORDERS"',
        "replica identified by 'node-2' left the group",
        "the device identified by 'sdb1' is full",
        "sshpass -f /run/pw ssh -p 22022 dba@h",
        "psql -Udrs -p5432 shop",
        "ps -uroot -pf",
        "docker run -udrs -p3306:3306 mysql",
        "helm upgrade pg r/pg --set auth.existingSecret=pg-creds,size=200Gi",
        "LIKE '%token%': 12ab34",
        "sent password='***' to host1",
        "password has value type varchar",
        "password updated to policy v2",
        "partition identified by 'p2024' is full",
        "ps -ef -uroot -p1234",
        "helm upgrade pg r/pg --set auth.secretKeys.adminPasswordKey=admin,size=200Gi",
    ],
)
def test_what_stands_where_a_secret_would_stays(text):
    assert hide_secrets(text) == text


@pytest.mark.parametrize("secret", SECRETS)
def test_of_two_options_alike_only_the_tools_own_holds_it(secret):
    text = "sshpass -p § ssh -p 22022 dba@h"
    assert hide_secrets(text.replace("§", secret)) == text.replace("§", "***")


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("secret", ["Wv5tKx8mQz", "Ab3!xY7q"])
def test_a_row_that_goes_on_with_pairs_may_begin_with_a_secret(secret, newest_first):
    rows = ["dump options: user=drs password=", f"{secret} port=3306 errno 2013"]
    step = -1 if newest_first else 1
    shown = redacted_page(rows[::step], newest_first=newest_first)[::step]
    assert shown == [rows[0], "*** port=3306 errno 2013"]


@pytest.mark.parametrize(
    "row",
    ["Worker3 state=ok", "2026-11-20 level=info", "table shop.t1 rows=5", "Wv5tKx8mQz was applied"],
)
def test_a_row_of_its_own_stays(row):
    rows = ["dump options: user=drs password=", row]
    assert redacted_page(rows, newest_first=False) == rows


@pytest.mark.costly
@pytest.mark.parametrize(
    "unit",
    [
        "user 'a' pass 'b", "pass '", 'password="a" -> ', 'password="a" -> "b" -> ', "${password} -> ",
        "set password to '", "set password to a1 ", "-uroot -p", "-ua -pB1c2d3 ", "--set a.password=b,",
        "--set a.password=", "password=b,--set ", "auth.tokens (", "identified by '", "sshpass -p a1 ",
    ],
)  # fmt: skip
def test_none_takes_long(unit):
    assert seconds_for(hide_secrets, unit, 200_000) < 2
