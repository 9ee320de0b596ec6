import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.quoting.invisible import sanitise, visible
from drs_mcp.quoting.quoted import as_identifier, quote, quote_all, whole_texts
from drs_mcp.quoting.row_values import hide_row_values as mask_literals
from drs_mcp.quoting.secrets import hide_secrets as redact
from tests.support.characters import hidden_in

SECRET = "hunter2-Xy9"


@pytest.mark.parametrize(
    "text",
    [
        f"password={SECRET}",
        f"db_password: '{SECRET}'",
        f'{{"password": "{SECRET}"}}',
        f"jdbc:mysql://10.0.0.1:3306/db?user=root&password={SECRET}&useSSL=false",
        f"jdbc:oracle:thin:scott/{SECRET}@//10.0.0.1:1521/orcl",
        f"mongodb://admin:{SECRET}@10.0.0.1:8635/admin",
        f"CREATE USER 'a'@'%' IDENTIFIED BY '{SECRET}'",
        f"ALTER USER a IDENTIFIED WITH mysql_native_password BY '{SECRET}'",
        f"SET PASSWORD FOR a = PASSWORD('{SECRET}')",
        f"X-Auth-Token: {SECRET}",
        f"Authorization: Bearer {SECRET}",
        f"secret_access_key={SECRET}, region=x",
        f"-----BEGIN RSA PRIVATE KEY-----\n{SECRET}\n-----END RSA PRIVATE KEY-----",
        f"pass\u200bword={SECRET}",
        f"mongodb://admin:p@ss/{SECRET}@10.0.0.1:8635/admin",
        f"jdbc:sqlserver://10.0.0.1:1433;databaseName=crm;user=sa;password={SECRET}",
        f"ALTER USER a IDENTIFIED BY VALUES 'S:{SECRET}'",
        f"CREATE ROLE a LOGIN PASSWORD '{SECRET}'",
        f'CREATE USER a IDENTIFIED BY "{SECRET}" ACCOUNT LOCK',
        f"headers: [(b'x-subject-token', b'{SECRET}')]",
        f"{{'X-Security-Token': '{SECRET}'}}",
        f"Proxy-Authorization: Basic {SECRET}",
        f"Authorization: SDK-HMAC-SHA256 Access=ABC, SignedHeaders=host, Signature={SECRET}",
        f"SecretAccessKey: {SECRET}",
        f"ssl_cert_password = {SECRET}",
        f"trust_store_password:{SECRET}",
        f"the token is eyJ{'a' * 20}.{'b' * 30}{SECRET}",
        f"got gAAAAA{'B' * 70}{SECRET}",
        f"X-Subject-Token MII{'C' * 70}{SECRET}",
    ],
)
def test_a_secret_is_hidden(text):
    assert SECRET not in quote(text)


@pytest.mark.parametrize(
    "text",
    [
        "is_set_password=true",
        "is_global_password: false",
        "set_private_key_password: 1",
        "token_count=7, min_token=1, max_token=9",
        "table_name_with_token=shop.orders",
        "delegation_tokens: 0",
        "the password of the source was changed",
        "http://10.0.0.1:8080/path",
        "basic checks passed, key 7 of 9",
        "Access denied for user 'root'@'10.0.0.1' (using password: YES)",
        "ORA-01555: snapshot too old",
        "DRS.M06101 comparison failed",
        "Table 'shop.orders' doesn't exist",
        "binlog mysql-bin.000646:196",
        "表 订单 的同步延迟,请检查。",
        "naïve façade — 5 €",
    ],
)
def test_what_is_no_secret_survives(text):
    assert quote(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "INSERT INTO shop.orders VALUES (5, 'anna', 2.5)",
            "INSERT INTO shop.orders VALUES (?, ?, ?)",
        ),
        ("update `a`.`b2` set x = 'y' where id = 7", "update `a`.`b2` set x = ? where id = ?"),
        ("Duplicate entry '4711' for key 'PRIMARY'", "Duplicate entry ? for key 'PRIMARY'"),
        ("Key (mail)=(anna@example.com) already exists.", "Key (mail)=(?) already exists."),
        ("Retry 3 of 5 for table shop.orders", "Retry 3 of 5 for table shop.orders"),
        ("SELECT 'a', (SELECT 7 FROM b)", "SELECT ?, (SELECT ? FROM b)"),
        ("please select 3 tables", "please select 3 tables"),
    ],
)
def test_values_inside_sql_are_masked_and_names_stay(text, expected):
    assert mask_literals(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x1b[31mred\x1b[0m", "ared"),
        ("\x1b]8;;http://evil\x07link\x1b]8;;\x07", "link"),
        ("say \u202edone", "say done"),
        ("in\u200bvis\u2060ible\ufeff", "invisible"),
        ("tag\U000e0041\U000e0042", "tag"),
        ("vs\ufe0f\U000e0100\u180c\u180f", "vs"),
        ("one\r\ntwo\u2028three", "one two three"),
        ("lone \ud800 half", "lone half"),
        ("\x1b]0;no end \x1b[1mbold", "bold"),
        ("\x1b]0;" + "long " * 1000, "0;" + ("long " * 1000).strip()),
        ("\x90dcs \x9d8;;http://evil\x9clink", "link"),
    ],
)
def test_what_a_reader_cannot_see_is_dropped(text, expected):
    assert sanitise(text) == expected


def test_what_nobody_can_see_is_told_by_the_properties_of_unicode():
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    shown = visible(everything)
    assert set(hidden_in(shown)) <= set("\t\n\v\f\r\x85\u2028\u2029")
    gone = set(everything) - set(shown)
    seen = {sign for sign in gone if unicodedata.category(sign)[0] in "LMNPSZ"}
    assert seen <= set(hidden_in("".join(seen)))


# Each of these took a pattern the square of its length, or thousands of times it.
@pytest.mark.parametrize(
    "unit",
    ["a.b-", "eyJaaaaaaaaaaa.", "jdbc:", "jdbc:oracle:a:", "jdbc:a:@", "a://b:", "\x90", "\x1b]",
     "select ", "password='\\", "Failing row contains (", "token : "],
)  # fmt: skip
def test_no_line_of_100_kb_takes_long(unit):
    line = "password: select " + unit * (100_000 // len(unit))
    started = time.process_time()
    sanitise(line)
    mask_literals(redact(line))
    assert time.process_time() - started < 4  # half of one at most, when this was written


ANY_CHARACTER = st.characters(exclude_categories=())


@given(
    st.one_of(
        st.text(ANY_CHARACTER),
        st.text(ANY_CHARACTER, min_size=30),
        st.text("ab \n'=:", min_size=30),
    ),
    st.integers(8, 60),
)
def test_quoted_text_is_bounded_clean_and_stable(text, cap):
    once = quote(text, cap)
    assert len(once) <= cap
    assert all(unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn") for sign in once)
    assert quote(once, cap) == once


@pytest.mark.parametrize(
    ("name", "expected"),
    [("shop-orders_1.x$", "shop-orders_1.x$"), ("two words", None), ("", None), ("x" * 65, None),
     ("a\n", None), (None, None), (5, None)],
)  # fmt: skip
def test_only_a_word_in_identifier_form_stands_in_our_sentences_as_it_is(name, expected):
    assert as_identifier(name) == expected


def test_whole_texts_are_quoted_to_their_end_and_only_there():
    with whole_texts():
        assert quote("x" * 3000, 10) == "x" * 3000
        assert "hunter2" not in quote("password=hunter2 " + "y" * 3000, 10)
    assert quote("x" * 3000, 10) == "x" * 9 + "…"


pieces = st.one_of(
    st.text(max_size=9),
    st.sampled_from(["SALES.T_ORDER_00487", "password", "=", "tok", "en", "@", "x" * 70, "\u200b"]),
)


@given(st.lists(st.lists(pieces, max_size=4).map("".join), max_size=6), st.sampled_from([9, 240]))
def test_texts_seen_together_are_shown_as_each_by_itself(texts, cap):
    assert quote_all(texts, cap) == [quote(text, cap) for text in texts]
