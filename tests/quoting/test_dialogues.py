r"""What a script or a client types where it is asked for a password is hidden; the command behind it stays."""

import pytest

from drs_mcp.quoting.pages import redacted

TYPED = (
    (r'expect "*?assword:*" ; send "§\r"', r'expect "*?assword:*" ; send "***\r"'),
    (r'expect "password:" { send -- "§\r" }', r'expect "password:" { send -- "***\r" }'),
    ("ftp> user drs §", "ftp> user drs ***"),
    ("ftp> quote PASS §", "ftp> quote PASS ***"),
    ("QUOTE pass § 230 Login ok", "QUOTE pass *** 230 Login ok"),
    ("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>AGRycwBTM2Ny</auth>",
     "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>***</auth>"),
    (r"mechanism='PLAIN', response='\x00drs\x00§', locale='en'",
     r"mechanism='PLAIN', response='\x00drs\x00***', locale='en'"),
    (r'response="\0drs\0§"', r'response="\0drs\0***"'),
    (".LOGDATA drs@@§", ".LOGDATA drs@@***"),
    ("DB_HOST=h\nMYSQL_PWD=§ mysqldump crm people > x.sql", "DB_HOST=h\nMYSQL_PWD=*** mysqldump crm people > x.sql"),
    ("DB_PASSWORD=§ ./run.sh start\nDB_HOST=h", "DB_PASSWORD=*** ./run.sh start\nDB_HOST=h"),
    ("A=b\nVAULT_TOKEN=§ vault read secret/crm\nC=d", "A=b\nVAULT_TOKEN=*** vault read secret/crm\nC=d"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), TYPED)
@pytest.mark.parametrize("secret", ["x7Gh2Kq9", "hunter", "48291377"])
def test_what_is_typed_for_a_password_is_hidden(text, shown, secret):
    assert redacted(text.replace("§", secret)) == shown


STAYS = (
    r'expect "*?assword:*" ; send "$password\r"',
    r'expect "prompt>" ; send "ls -l\r"',
    "ftp> get people.csv",
    r"the response='ok' came, then response=\"\n\"",
    "<auth mechanism='EXTERNAL'/>",
    "DB_HOST=h\nDB_USER=u ./run.sh start",
)


@pytest.mark.parametrize("text", STAYS)
def test_what_is_typed_for_anything_else_stays(text):
    assert redacted(text) == text


def test_a_value_with_blanks_among_variables_is_hidden_to_its_line_s_end():
    assert redacted("DB_PASSWORD=two words x7\nDB_HOST=h") == "DB_PASSWORD=***\nDB_HOST=h"
