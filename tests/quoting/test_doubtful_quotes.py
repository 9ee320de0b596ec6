r"""A backslash before a closing quote ends a string in one engine and escapes it in another.

Whatever the value is, what stands beside it survives and the result is the same.
"""

import json

import pytest

from drs_mcp.quoting.decoding import decode
from drs_mcp.quoting.pages import redacted
from drs_mcp.quoting.quoted import quote

VALUES = ("anna", "C:\\tmp\\", "a\\", 'b"', "O''Neil", "x, y\\")

STATEMENTS = (
    "INSERT INTO crm.t(a,b) VALUES(7,'§') ON CONFLICT (a) DO UPDATE SET b='§' WHERE t.b <> 'z'",
    "ERROR at \"INSERT INTO crm.t VALUES ('§', 7)\": SQLSTATE 40001",
    "UPDATE crm.t SET b = '§' FROM crm.o WHERE o.id = t.id; ORA-00001: unique constraint (C.PK)",
    "UPDATE crm.t SET note='§', mail='q...(512 more bytes)",
    "EXECUTE put(4, '§', NULL) failed",
    "INSERT INTO crm.t VALUES (/* it's */ 4, -- don't\n '§'); 23505",
    'INSERT crm.t VALUES ("§", 0xAB, 4); Msg 2627',
    '{"code":1062,"sql":"INSERT INTO crm.t VALUES (4,\'§\')","worker":7}',
    "tuple ['4', '§', NULL] at commit LSN 2A/5F00",
    "列[姓名]长度超出定义，值：'§'",
)
KEPT = ("crm.t", "SQLSTATE 40001", "ORA-00001", "C.PK", "23505", "Msg 2627", "2A/5F00", '"worker":7',
        "ON CONFLICT", "FROM crm.o", "姓名")  # fmt: skip


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("value", VALUES)
def test_a_statement_is_read_to_its_end_whatever_its_values_are(statement, value):
    written = json.dumps(value)[1:-1] if statement[0] == "{" else value
    text = statement.replace("§", written.replace('"', "") if '("§"' in statement else written)
    shown = redacted(text)
    assert shown == redacted(statement.replace("§", "anna"))
    for word in KEPT:
        assert (word in shown) == (word in statement)


@pytest.mark.parametrize(
    "form",
    [
        "config: password = '§'; host = 'db5.example.com'",
        "$env:DB_PASSWORD = '§'; capturer --port 3626",
        "  password: !!str '§'\n  port: 3608",
        'CREATE USER app IDENTIFIED BY "§" VALID BEGIN now',
    ],
)
def test_a_secret_may_end_in_a_backslash(form):
    shown = redacted(form.replace("§", "x7Gh2\\"))
    assert shown == redacted(form.replace("§", "x7Gh2")) == form.replace("§", "***")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("password\tx7Gh2q9\tport 1", "password *** port 1"),
        ("password:\n  x7Gh2q9\nport: 1", "password: *** port: 1"),
        ('ID = 5\nINSERT INTO t VALUES\n("a\nb")', "ID = 5 INSERT INTO t VALUES (?)"),
    ],
)
def test_line_breaks_and_tabs_tell_where_a_value_ends_where_it_is_shown(text, shown):
    assert quote(text) == shown


@pytest.mark.parametrize(
    ("pair", "shown"),
    [
        ({"key": "hook-token", "value": "k2Lp09xQ_z"}, "***"),
        ({"name": "sasl.password", "source_value": "1"}, "***"),
        ({"key": "token_count", "value": "12"}, "12"),
        ({"key": "purpose", "value": "token-tests"}, "token-tests"),
    ],
)
def test_a_pair_is_judged_by_its_name(pair, shown):
    decoded = decode(json.dumps(pair).encode())
    assert list(decoded.values())[1] == shown


@pytest.mark.parametrize(
    ("user", "shown"),
    [("scott/tiger", "scott/***"), ("scott", "scott"), ("'u'@'10.0.0.0/255.0.0.0'",) * 2],
)
def test_a_user_is_told_without_what_stands_behind_a_slash(user, shown):
    assert decode(json.dumps({"db_user": user}).encode()) == {"db_user": shown}
