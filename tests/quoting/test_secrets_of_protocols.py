"""Secrets in traces of mail and file transfer: handshakes in Base64, LOGIN and PASS; and before a command."""

import pytest

from drs_mcp.quoting.pages import redacted, redacted_page
from drs_mcp.quoting.secrets import hide_secrets
from tests.support.slow_texts import seconds_for

DATA = ("AGRycwBzTXRwX3A3", "c010cF9wNw==", "dXNlcj1kcnMBYXV0aD1CZWFyZXIgeA==", "AHUAcGFzcw==")

HANDSHAKES = (
    "250-AUTH LOGIN PLAIN\nAUTH PLAIN §\n535 5.7.8 Error: authentication failed",
    "C: AUTH PLAIN § -> 535 5.7.8 Authentication failed",
    "send: 'AUTH PLAIN §\\r\\n' reply: b'535 5.7.8 failed\\r\\n'",
    ">>> AUTH PLAIN\n<<< 334\n>>> §\n<<< 535 5.7.8 failed",
    "AUTH CRAM-MD5\n334 PDE4OTYuNjk3MTcwOTUyQHBv\n§\n535 failed",
    "S: 334 UGFzc3dvcmQ6\nC: §\nS: 535 failed",
    "AUTH XOAUTH2 §\n535 failed",
    "A001 AUTHENTICATE PLAIN §\nA001 NO [AUTHENTICATIONFAILED] failed",
    "a1 AUTHENTICATE PLAIN\n+ \n§\na1 NO failed",
    "sasl mechanism PLAIN initial response §",
    '"AUTH PLAIN","§"',
    "auth=PLAIN data=§",
    "AUTH PLAIN: §",
)


@pytest.mark.parametrize("form", HANDSHAKES)
@pytest.mark.parametrize("data", DATA)
def test_what_a_client_sends_to_log_in_is_hidden(form, data):
    assert redacted(form.replace("§", data)) == form.replace("§", "***")


@pytest.mark.parametrize("data", [*DATA, "YWJj"])
def test_each_answer_of_an_exchange_is_hidden_and_each_question_stays(data):
    form = "AUTH LOGIN\n334 VXNlcm5hbWU6\n§\n334 UGFzc3dvcmQ6\n§\n535 5.7.8 failed"
    assert redacted(form.replace("§", data)) == form.replace("§", "***")


@pytest.mark.parametrize("head", ["", "C: ", ">>> "])
@pytest.mark.parametrize("newest_first", [False, True])
def test_so_is_the_answer_in_the_next_row(head, newest_first):
    rows = ["S: 334 UGFzc3dvcmQ6", f"{head}c010cF9wNw==", "S: 535 failed"]
    expected = ["S: 334 UGFzc3dvcmQ6", f"{head}***", "S: 535 failed"]
    step = -1 if newest_first else 1
    assert redacted_page(rows[::step], newest_first=newest_first) == expected[::step]


@pytest.mark.parametrize("secret", ["sMtp_p7", "x7Gh2q9", "abcdefg"])
@pytest.mark.parametrize(
    "form",
    [
        "a1 LOGIN drs §\na1 NO [AUTHENTICATIONFAILED] failed",
        'a1 LOGIN "drs" "§"\na1 NO failed',
        "USER drs\n+OK\nPASS §\n-ERR [AUTH] failed",
        "USER drs\n331 Password required\nPASS §\n530 Login incorrect",
        "---> PASS §\n530 Login incorrect",
    ],
)
def test_a_password_that_is_sent_in_plain_is_hidden(form, secret):
    assert redacted(form.replace("§", secret)) == form.replace("§", "***")


def test_the_proof_of_a_client_is_hidden():
    proof = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    assert redacted(f"SASLResponse c=biws,r=rOprNGfwEbeRWgbNEkqO,p={proof}") == (
        "SASLResponse c=biws,r=rOprNGfwEbeRWgbNEkqO,p=***"
    )
    assert redacted(f"t r=5,p={proof}") == f"t r=5,p={proof}"


@pytest.mark.parametrize(
    "text",
    [
        "250-AUTH LOGIN PLAIN XOAUTH2\n250 8BITMIME",
        "AUTH=PLAIN AUTH=LOGIN AUTH=CRAM-MD5",
        "AUTH PLAIN failed for user drs",
        "AUTH PLAIN mechanism is not supported",
        "AUTH LOGIN is disabled",
        "SASL PLAIN authentication failed for user drsadmin01",
        "SASL/PLAIN handshake1 failed",
        "PASS 3 of 4 checks",
        "PASS test_a_b_1",
        "check 12 LOGIN failed for drs",
        "334 rows copied\n335 rows left",
    ],
)
def test_what_is_said_of_a_login_stays(text):
    assert redacted(text) == text


COMMANDS = (
    "+ PGPASSWORD=§ pg_dump -h 10.0.0.2 -p 5433 -Fc shop\npg_dump: error: server version: 16.3",
    "MYSQL_PWD=§ mysqldump --host 10.0.0.2 shop\nmysqldump: Got error: 1045",
    "MYSQL_PWD=§ mysql shop < a.sql\nerror: 1045",
    "export PGPASSWORD=§; pg_dump -h 10.0.0.2 shop\npg_dump: error: x",
    "export PGPASSWORD=§ && pg_dump -h 10.0.0.2 shop\npg_dump: error: x",
    "PGPASSWORD=§; export PGPASSWORD; pg_dump -h 10.0.0.2\nhost: a",
    "REDISCLI_AUTH=§ redis-cli -h 10.0.0.2 ping\nerror: x",
    "DB_PASSWORD=§ ./migrate.sh --to 5\nerror: x",
    "DB_PASSWORD=§ loader --to 5\nerror: x",
    "DB_PASSWORD=§ flyway migrate\nerror: x",
)


@pytest.mark.parametrize("form", COMMANDS)
@pytest.mark.parametrize("secret", ["pgd_Pw5", "x7Gh2q9", 'a,b;c"d9', "a(b)c]9"])
def test_a_variable_before_a_command_costs_the_command_nothing(form, secret):
    assert redacted(form.replace("§", secret)) == form.replace("§", "***")


@pytest.mark.parametrize("secret", ["pgd_Pw5", "x7Gh2q9"])
def test_so_does_one_in_a_script_of_one_argument(secret):
    script = f"bash -c 'PGPASSWORD={secret} pg_dump -h 10.0.0.2'\npg_dump: error: x"
    assert redacted(script) == script.replace(secret, "***")
    argument = f"docker run -e 'DB_PASSWORD={secret} a b' img"
    assert redacted(argument) == "docker run -e 'DB_PASSWORD=***' img"


@pytest.mark.parametrize("secret", ["ax b c", "ab cd -ef gh", "ax b /c d", "x7 /usr/y z"])
@pytest.mark.parametrize(
    "form",
    [
        "PGPASSWORD=§\nPGHOST=h",
        "- PASSWORD=§\n- HOST=h",
        "password: §\nhost: h",
        "DB_HOST=h\nDB_PW=§",
    ],
)
def test_a_line_of_a_configuration_is_hidden_to_its_end(form, secret):
    assert redacted(form.replace("§", secret)) == form.replace("§", "***")


@pytest.mark.costly
@pytest.mark.parametrize(
    "unit",
    ["AUTH PLAIN ", "AUTH PLAIN\n334\n", "AUTH PLAIN\n334 a\nabcd\n", "334 UGFzc3dvcmQ6\n", "USER a\nPASS a\n",
     "a1 LOGIN a b ", "sasl plain ", "PASSWORD=a b\nx: ", "PASSWORD=a /a/", "> PASS "],
)  # fmt: skip
def test_none_takes_long(unit):
    assert seconds_for(hide_secrets, unit, 200_000) < 2
