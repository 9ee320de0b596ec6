"""Secrets and rows by what follows them: the end of a quoted statement, a reason beside a row, the next column."""

import pytest

from drs_mcp.quoting.pages import redacted
from tests.support.slow_texts import seconds_for

# A secret stands as §, a row's text as ¶.
SECRETS = (
    # a keystore's password
    "administer key management set keystore open identified by § container=all; ORA-28353",
    "administer key management set key identified by § with backup; ORA-46663",
    "administer key management create keystore '/u01/w' identified by §; ORA-46630",
    "SQL> alter system set encryption key identified by §; ORA-28353",
    "alter system set encryption wallet open identified by §; ORA-28353",
    "administer key management alter keystore password identified by § set § with backup;",
    # SAP HANA's store of users
    "su - nw1adm -c 'hdbuserstore SET DEFAULT nw1-db:30313@NW1 SAPABAP1 §' R3trans -d: rc = 1",
    'hdbuserstore -i SET K1 "h1:30015;h2:30015" SYSTEM § rc=1',
    "hdbuserstore -u nw1adm SET K1 h1:30015,h2:30015 SYSTEM '§'; rc=1",
    "hdbuserstore SetKey K1 localhost:30013 SYSTEM § && echo ok",
    '["hdbuserstore","SET","K1","h1:30015","SYSTEM","§"] failed',
    # the last of a quoted statement
    "on query. Query: 'CREATE USER 'a'@'%' IDENTIFIED WITH 'p' AS '§'' Exec_Master_Log_Pos: 398",
    "Query: 'ALTER USER 'a'@'%' IDENTIFIED BY '§'', Error_code: MY-001396, end_log_pos 398",
    "Query: 'ALTER USER 'a'@'%' IDENTIFIED BY '§'', end_log_pos 398",
    "Query: 'ALTER USER 'a'@'%' IDENTIFIED BY '§''\nExec_Master_Log_Pos: 398\nRelay_Log_Pos: 5",
    "Query: 'SET PASSWORD FOR 'a'@'%' = '§''. Relay_Log_Pos: 5",
    "Query: 'CHANGE MASTER TO MASTER_PASSWORD = '§'', Error_code: 1396",
    "statement 'alter user a identified by '§'' at line 3",
    "Query: 'GRANT ALL ON *.* TO 'a'@'%' IDENTIFIED BY '§''",
)


@pytest.mark.parametrize("text", SECRETS)
@pytest.mark.parametrize("secret", ["Enk1tec#_Aeg1", "Abc$9xyz", "*95CE0B760C5EC64D", "Welcome9"])
def test_a_secret_is_hidden_up_to_what_follows_it(text, secret):
    assert redacted(text.replace("§", secret)) == text.replace("§", "***")


@pytest.mark.parametrize("secret", ["Xy''7 pos: qrs", "x'' Pos: q", "a'', b"])
def test_a_doubled_quote_outside_of_a_quoted_statement_is_of_the_secret(secret):
    text = "ALTER USER 'a'@'%' IDENTIFIED BY '§' REQUIRE SSL"
    assert redacted(text.replace("§", secret)) == text.replace("§", "***")


def test_a_doubled_quote_before_the_end_of_a_quoted_statement_is_of_the_secret():
    text = "Query: 'ALTER USER 'a'@'%' IDENTIFIED BY '§'' Exec_Master_Log_Pos: 398"
    assert redacted(text.replace("§", "Xy''7''p")) == text.replace("§", "***")


ROWS = (
    # pglogical's conflicts
    ("local tuple {id[int4]:70012 name[text]:¶ mail[text]:¶} xid=740,origin=-1",
     "local tuple {id[int4]:? name[text]:? mail[text]:?} xid=740,origin=-1"),
    ("local tuple {a[int4]:5 b[text]:¶} xid=7; remote tuple {a[int4]:(null) b[text]:¶} in xact origin=1",
     "local tuple {a[int4]:? b[text]:?} xid=7; remote tuple {a[int4]:(null) b[text]:?} in xact origin=1"),
    ('tuple {a[int4]:5 b[jsonb]:{"x": {"y":1}, "z":"¶"} c[text]:¶ d[text[]]:{¶,x}} xid=7',
     "tuple {a[int4]:? b[jsonb]:? c[text]:? d[text[]]:?} xid=7"),
    ("tuple {a[text]:¶\nMeier b[text]:5\n¶} xid=740\nmore", "tuple {a[text]:? b[text]:?} xid=740\nmore"),
    ("tuple {b[text]:¶} Meier} xid=740", "tuple {b[text]:?} xid=740"),
    ("replica identity tuple {b[character varying]:¶}", "replica identity tuple {b[character varying]:?}"),
    ("local tuple {a[int4]:5 b[text]:¶", "local tuple {a[int4]:? b[text]:?"),
    # a reason beside the row
    ('脏数据: {"exception":"Data too long for column \'addr\' at row 1","record":[{"index":0,"rawData":"¶"}],"type":"writer"}',
     '脏数据: {"exception":"Data too long for column \'addr\' at row 1","record":[{"index":?,"rawData":?}],"type":"writer"}'),
    ('bad row: {"error":"Duplicate entry \'¶\' for key \'uk\'","row":{"id":7,"name":"¶"},"table":"t"}',
     'bad row: {"error":"Duplicate entry ? for key \'uk\'","row":{"id":?,"name":?},"table":"t"}'),
    ('bad row: {"message":"name too long","data":{"id":7,"name":"¶"}}',
     'bad row: {"message":"name too long","data":{"id":?,"name":?}}'),
    ('failed to write row to t: {"reason":"name too long","values":[7, "¶"]}',
     'failed to write row to t: {"reason":"name too long","values":[?]}'),
    # a column that is named like a reason
    ('record: {"message":"¶","id":7}', 'record: {"message":?,"id":?}'),
    ('bad row: {"reason":"¶","name":"¶","row":{"id":7}}', 'bad row: {"reason":?,"name":?,"row":{"id":?}}'),
    ('bad row: {"reason":"¶","row":"¶"}', 'bad row: {"reason":?,"row":?}'),
    ('row: {"reason":"x","row":{"reason":"¶","data":{"a":"¶"}}}',
     'row: {"reason":"x","row":{"reason":?,"data":{"a":?}}}'),
)  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), ROWS)
@pytest.mark.parametrize("value", ["Ingrid", "张三丰", "Anna-Marie Olsen", "anna@firma.de"])
def test_a_row_is_hidden_and_what_is_told_of_it_stays(text, shown, value):
    assert redacted(text.replace("¶", value)) == shown


STAYS = (
    "rows are identified by id$1 in table t",
    "the wallet is identified by its alias",
    "cannot set encryption key identified by key id 5",
    "hdbuserstore LIST failed: KEY DEFAULT ENV : h1:30015 USER: SYSTEM",
    "hdbuserstore SET K1 h1:30015 SYSTEM; rc=1",
    "hdbuserstore set key DEFAULT for user SYSTEM failed",
    "array a[0]:5, tuple {0} has 3 columns, settings {mode[0]: 1}",
    'Operation cannot be fulfilled on secrets "drs-src-cred": the object has been modified',
    "[SQL: INSERT INTO users (id, email) VALUES (%(id)s, %(email)s)]",
    "UPDATE users SET email=%(email)s, password=%(password)s WHERE id = %(id)s",
)


@pytest.mark.parametrize("text", STAYS)
def test_what_only_looks_alike_stays(text):
    assert redacted(text) == text


@pytest.mark.costly
@pytest.mark.parametrize(
    "unit",
    ["Query: 'ALTER USER a IDENTIFIED BY 'x'' ", "query: 'set identified by '''' ", "hdbuserstore SET K h:1 ",
     "tuple {a[int4]:}{", "tuple {a[int4]: ", 'row: {"error":1,"row":{', 'row: {"error', "values (%(a)s"],
)  # fmt: skip
def test_none_takes_long(unit):
    assert seconds_for(redacted, unit, 100_000) < 2
