"""What is told of a table, a function or a statement stays, though a word of a secret stands there."""

import pytest

from drs_mcp.quoting.pages import redacted

STAYS = (
    # how much a table or a column holds
    "table crm.login_password: 88213 rows copied in 9 s, crm.secret: 4 rows, crm.app_token: 12 rows",
    '`crm`.`login_password`: 88,213 records, "crm"."client_secret": 44 rows',
    "表login_password：88213行，表tb_secret：7条，集合app_token：99个",
    "字段login_password：88213个空值",
    "table crm.login_password: copied 88213 rows in 41 s",
    "表 crm.login_password：已复制 88213 条",
    "login_password: 88213 rows, tbl_secret: 88214, orders: 5",
    "crm.users 3000, crm.login_password 1200, crm.tokens 300",
    "crm.login_password 3",
    "crm.login_password: 5000/5000 rows, crm.client_secret: 5000 of 6000 rows, crm.api_token: 12,345",
    "表 crm.login_password 共 5000 行",
    "crm.login_password 1200, 4 more",
    "rows of crm.login_password: 88213",
    "table crm.login_password: 45% done, index: 12.5 MB",
    "collection app.api_token: 99 documents => app.api_secret => 98 documents",
    # why a function of OpenSSL failed
    "error:0B080074:x509 certificate routines:X509_check_private_key:key values mismatch",
    "SSL_CTX_use_PrivateKey:ca md too weak; EVP_DecryptFinal_ex:bad decrypt",
    "error:0906D06C:PEM routines:PEM_read_bio_PrivateKey:no start line:pem_lib.c:707",
    "error:23077074:PKCS12 routines:pkcs12_gen_key:mac verify failure",
    # what MySQL does not know
    "right syntax to use near 'INVISIBLE, ALGORITHM=INSTANT' at line 3",
    "right syntax to use near 'MASKED WITH (FUNCTION = default()) NOT NULL' at line 2",
    "right syntax to use near 'ROW_FORMAT=COMPACT, STATS_AUTO_RECALC=1' at line 9",
    "right syntax to use near 'VECTOR(1536) NOT NULL' at line 1",
    "right syntax to use near 'IF NOT EXISTS' at line 1",
    "right syntax to use near 'DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci' at line 4",
    # no argument of Redis
    "{ name: 'worker', args: [ '--port', '80' ] } did not start",
    'fields ["auth","default","email"] of the index',
)


@pytest.mark.parametrize("text", STAYS)
def test_what_is_told_of_a_thing_with_the_name_of_a_secret_stays(text):
    assert redacted(text) == text


HIDDEN = (
    ("the table password: § is wrong", "the table password: *** is wrong"),
    ("password: §, then 5 rows", "password: ***, then 5 rows"),
    ("password: § rows: 5", "password: *** rows: 5"),
    ("db_password: §", "db_password: ***"),
    ("user_password：§", "user_password：***"),
    ("jdbc.password §", "jdbc.password ***"),
    ("login_password=§ orders=5 rows", "login_password=*** orders=5 rows"),
    ("tls_private_key:§", "tls_private_key:***"),
    ("ssl_key_password:§", "ssl_key_password:***"),
    ("wrong line in ~/.pgpass: 10.0.0.1:8000:crm:rep:§ (0644)",
     "wrong line in ~/.pgpass: 10.0.0.1:8000:crm:rep:*** (0644)"),
    ('["ACL","SETUSER","app","on",">§","~*"]', '["ACL","SETUSER","app","on",">***","~*"]'),
    ("sent AUTH [app, §] to redis", "sent AUTH [app, ***] to redis"),
    ('redis: command ["auth","app","§"] failed', 'redis: command ["auth","***","***"] failed'),
)  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), HIDDEN)
@pytest.mark.parametrize("secret", ["482913", "48291377", "x7Gh2Kq9"])
def test_a_secret_beside_such_words_is_hidden(text, shown, secret):
    assert redacted(text.replace("§", secret)) == shown


PIECES = (
    ("near '§', 5)' at line 3", "near '?' at line 3"),
    ("near 'NOT NULL DEFAULT '§'' at line 3", "near 'NOT NULL DEFAULT ?' at line 3"),
    ("near 'ENGINE=InnoDB COMMENT='§'' at line 3", "near 'ENGINE=InnoDB COMMENT?' at line 3"),
    ("near 'MASKED, '§')' at line 3", "near 'MASKED?' at line 3"),
    ("near 'CHECKSUM=§, b=1' at line 3", "near '?' at line 3"),
)


@pytest.mark.parametrize(("text", "shown"), PIECES)
@pytest.mark.parametrize("value", ["Ingrid Olsen", "5550177", "olsen@x.no"])
def test_what_the_parser_stopped_at_ends_where_a_value_begins(text, shown, value):
    assert redacted(text.replace("§", value)) == shown


def _sized(*arguments: str) -> str:
    return "".join(f"${len(one.encode())}\\r\\n{one}\\r\\n" for one in arguments)


@pytest.mark.parametrize("value", ["Ingrid Olsen", "张三", "5", "a $4 b", "x' at y"])
@pytest.mark.parametrize(
    "behind", [" and the reply -ERR unknown command ''", " -MOVED 3999 10.0.0.1:6379"]
)
def test_what_follows_a_command_on_the_wire_stays(value, behind):
    sent = f"*3\\r\\n{_sized('SET', 'user:7', value)}{behind}"
    assert redacted(sent) == f"*3\\r\\n$3\\r\\nSET\\r\\n?\\r\\n{behind}"
    broken = sent.replace("\\r\\n", "\r\n")
    assert redacted(broken) == f"*3\r\n$3\r\nSET\r\n?\r\n{behind}"


@pytest.mark.parametrize("secret", ["x7Gh2Kq9", "98765@Traffix", "a b"])
def test_what_follows_a_password_on_the_wire_stays(secret):
    sent = f"shows *2\\r\\n{_sized('auth', secret)} and the reply -ERR unknown command ''"
    shown = "shows *2\\r\\n$4\\r\\nauth\\r\\n***\\r\\n and the reply -ERR unknown command ''"
    assert redacted(sent) == shown


def test_what_follows_a_column_of_a_binlog_stays():
    text = "### SET ### @1=7 ### @2='Olsen' ; Can't find record in 'people', Error_code: 1032; end_log_pos 360"
    assert redacted(text) == (
        "### SET ### @1=? ### @2=? ; Can't find record in 'people', Error_code: 1032; end_log_pos 360"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{ command: { name: 'auth', args: [ 'default', '§' ] } } at p.js:1",
         "{ command: { name: 'auth', args: [?] } } at p.js:1"),
        ("Command { name: 'AUTH', args: [ '§' ], replyEncoding: 'utf8' }",
         "Command { name: 'AUTH', args: [?], replyEncoding: 'utf8' }"),
        ('{"command":{"name":"hset","args":["user:7","name","§"]}}',
         '{"command":{"name":"hset","args":[?]}}'),
        ("{type=ACL, args=[SETUSER, app, >§]}", "{type=ACL, args=[?]}"),
    ],
)  # fmt: skip
def test_the_arguments_of_a_command_in_a_dump_are_hidden(text, shown):
    assert redacted(text.replace("§", "x7Gh2Kq9")) == shown
