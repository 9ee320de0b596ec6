"""The records and keys that a lock, a deadlock or a conflict of writes prints are hidden, its names are not."""

import pytest

from drs_mcp.quoting.pages import redacted
from drs_mcp.quoting.row_values import hide_row_values
from tests.support.slow_texts import seconds_for


def field(value: bytes) -> str:
    """A field as InnoDB's monitor prints it."""
    seen = "".join(chr(byte) if 32 <= byte < 127 else " " for byte in value)
    return f"len {len(value)}; hex {value.hex()}; asc {seen};;"


VALUES = (
    b"Zhang Wei",
    b"\x80\x00\x1e\x20",
    "曹操".encode(),
    b"a;; 2: len 4; hex",
    b"x; (total 9 bytes);",
    b"\n1",
)


@pytest.mark.parametrize("between", ["\n ", " "])
@pytest.mark.parametrize("value", VALUES)
def test_a_field_of_a_record_is_hidden_whatever_it_holds(value, between):
    text = f"index PRIMARY of table `s`.`u` trx id 8{between}0: {field(value)}{between}1: SQL NULL;"
    assert redacted(text) == (
        f"index PRIMARY of table `s`.`u` trx id 8{between}0: len ?; hex ?; asc ?;;{between}1: SQL NULL;"
    )


def test_a_field_whose_blanks_were_lost_ends_at_its_semicolons():
    text = (
        " 0: len 4; hex 80000007; asc ;; 1: len 5; hex 4c75204d65; asc Lu Me;; *** (2) TRANSACTION:"
    )
    shown = " 0: len ?; hex ?; asc ;; 1: len ?; hex ?; asc ?;; *** (2) TRANSACTION:"
    assert redacted(text) == shown


def test_the_length_of_a_long_field_is_hidden_with_it():
    text = f" 2: len 30; hex {'61' * 30}; asc {'a' * 30}; (total 4711 bytes);"
    assert redacted(text) == " 2: len ?; hex ?; asc ?; (total ? bytes);"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("LOCK_MODE: X LOCK_DATA: 7712, 'Zhang Wei'", "LOCK_MODE: X LOCK_DATA: ?"),
        (
            '{"LOCK_DATA":"7712, \'Zhang Wei\'","LOCK_STATUS":"WAITING"}',
            '{"LOCK_DATA":?,"LOCK_STATUS":"WAITING"}',
        ),
        (
            "key={tableID=64, indexID=1, indexValues={Lu Meng, 139, }} primary={tableID=64, handle=7712} [retry]",
            "key={tableID=64, indexID=1, indexValues={?, }} primary={tableID=64, handle=?} [retry]",
        ),
        (
            "key={tableID=64, tableName=s.u, handle={7712, Lu Meng}}, originalKey=7480000000000040, reason=Optimistic",
            "key={tableID=64, tableName=s.u, handle=?}, originalKey=?, reason=Optimistic",
        ),
        (
            '{"table_id":53,"handle_value":"7712"} {"index_name":"uk","index_values":["Lu", "139"]}',
            '{"table_id":53,"handle_value":"?"} {"index_name":"uk","index_values":[?]}',
        ),
        (
            'conflict on key /Table/104/1/7712/"Lu Meng"/0 at ts',
            "conflict on key /Table/104/1/? at ts",
        ),
        ('rowkey:{"VARCHAR":"Lu", "INT":5} locked', 'rowkey:{"VARCHAR":?, "INT":?} locked'),
    ],
)
def test_the_key_of_a_locked_row_is_hidden(text, shown):
    assert redacted(text) == shown
    assert redacted(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "LOCK_MODE: X LOCK_DATA: supremum pseudo-record",
        "LOCK_DATA: NULL",
        "window handle=7712 closed",
        "PHYSICAL RECORD: n_fields 3; compact format; info bits 0",
        "packet len 9; hex dump follows",
    ],
)
def test_what_names_no_row_stays(text):
    assert redacted(text) == text


@pytest.mark.costly
@pytest.mark.parametrize(
    "unit",
    [" 0: len 4; hex 80; asc a;; ", " 0: len 4; hex 80; asc ", "lock_data: a ", "indexvalues={", "tableid=1, handle=",
     "originalkey=", '/table/1/1/"a', 'handle_value":"a'],
)  # fmt: skip
def test_no_text_takes_long(unit):
    assert seconds_for(hide_row_values, unit, 200_000) < 1.5
