"""From log lines to keys and cores: what varies is masked, what tells a kind stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.quoting.forms import zeroed
from drs_mcp.summaries.logs.kinds.cores import core
from drs_mcp.summaries.logs.masks import Keys, protected, readable, shorten_ids


@pytest.mark.parametrize(
    ("message", "masked"),
    [
        ("Applied 12 rows in 3.5 s", "Applied * rows in * s"),
        ("since 2026-11-20T08:00:00Z waiting", "since * waiting"),
        ("task 1c0d0f3e-2b4a-4c5d-8e9f-001122334455 died", "task * died"),
        ("at offset 0xDEADBEEF of redo", "at offset * of redo"),
        ("reset by 10.0.0.1:3306", "reset by *"),
        ("value 'anna' and \"bert x\" rejected", "value * and * rejected"),
        ("write table shop.t_1 failed", "write table * failed"),
        ("write `shop`.`orders` failed", "write * failed"),
        ("uid=0 tty= user=root,pid=5", "uid=* tty= user=*,pid=*"),
        ("state:4 (free 3)", "state:* (free *)"),
        ("耗时35毫秒 写入shop.t_1失败", "耗时*毫秒 写入*失败"),
        ("nothing varies here", "nothing varies here"),
    ],
)
def test_what_varies_is_masked_and_the_words_stay(message, masked):
    assert Keys().key(message) == masked


def test_messages_of_one_kind_have_one_key_alone_or_in_a_page():
    messages = ["Applied 5 rows to shop.t_1", "Applied 77 rows to shop.t_9", "nothing to do", ""]
    page, lines = Keys().page(messages)
    assert page[0] == page[1] != page[2]
    assert page == [Keys().key(message) for message in messages]
    assert lines == messages
    assert Keys().page([]) == ([], [])


def test_quoted_text_is_one_word_and_comes_back_as_it_was():
    message = "table 'Order Details' and \"a b\" and `c d`.`e f` and it's fine"
    assert len(protected(message).split(" ")) == 9
    assert readable(protected(message)) == message


@given(st.lists(st.text(st.characters(exclude_characters="\n\r\x04"), max_size=60), max_size=8))
def test_a_page_has_one_key_for_each_message_and_a_word_for_each_word(messages):
    keys, lines = Keys().page(messages)
    assert len(keys) == len(lines) == len(messages)
    assert [key.count(" ") for key in keys] == [line.count(" ") for line in lines]
    assert [readable(line) for line in lines] == messages


def test_a_page_of_lone_surrogates_has_keys():
    assert len(Keys().page(["\ud800 broke 5", "fine 6"])[0]) == 2


def test_words_that_do_not_come_back_fill_no_memory():
    keys = Keys()
    for number in range(30_000):
        keys.key(f"task {number:08x}-2b4a-4c5d-8e9f-{number:012x} died")
        keys.key(f"word{''.join(chr(97 + int(digit)) for digit in str(number))}")
    assert len(keys) <= 20_001


_AROUND = st.text("abdefxGX0(){}[]<>=:,;.-_/@#'\"", max_size=12)


@given(_AROUND, st.uuids(), _AROUND, st.booleans(), st.lists(st.uuids(), max_size=3))
def test_the_letters_of_a_uuid_never_change_a_key(before, uuid, behind, upper, others):
    word = f"{before}{str(uuid).upper() if upper else uuid}{behind}"
    keys = Keys()
    alone = keys[zeroed(word)]
    lines = [f"session {one} of 3 ended" for one in (word, *others)]
    assert keys.page(lines)[0][0] == f"session {alone} of * ended" == Keys().key(lines[0])


@given(st.lists(st.text("ab0 1:", min_size=1, max_size=8).map(str.strip).filter(bool), min_size=1))
def test_the_key_of_a_line_does_not_depend_on_the_lines_before(messages):
    lines = [" ".join(message.split()) for message in messages]
    keys = Keys()
    assert [keys.key(line) for line in lines] == keys.page(lines)[0] == Keys().page(lines)[0]


def test_long_identifiers_are_cut_to_their_first_eight_characters():
    shortened = shorten_ids(
        "task 1c0d0f3e-2b4a-4c5d-8e9f-001122334455 and 0123456789abcdef0123456789abcdef"
    )
    assert shortened == "task 1c0d0f3e… and 01234567…"
    assert shorten_ids("short 1c0d0f3e stays") == "short 1c0d0f3e stays"


@pytest.mark.parametrize(
    "place",
    [
        "segment 000000010000000000000042",
        "segment 00000001000000a0000000ff",
        "scn 281474976710656123",
        "commit TS 445644800000000001",
        "gtid 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77",
        "lsn 000000000fe8e4b2",
        "offset 9223372036854775807",
    ],
)
def test_where_in_a_log_something_stands_is_no_identifier(place):
    assert shorten_ids(place) == place


# -- cores -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Applied 12 rows in 3.5 s", ["Applied", "rows", "in"]),
        ("connection from 10.0.0.1 (a.example.com) at 08:00", ["connection", "from", "at"]),
        ("started on [n1] {a=1, b={2}} now", ["started", "on", "now"]),
        ("denied, client: 10.0.0.1, server: , host: shop", ["denied"]),
        ("login failed; uid=0 tty= user=root", ["login", "failed"]),
        ("my id = 5, error = 7", ["my"]),
        ("duration 5 ms statement: SELECT a, b FROM t", ["duration", "statement"]),
        ("stopped, cause: disk full", ["stopped", "cause", "disk", "full"]),
        ("ready=true,policy=0", ["ready", "policy"]),
        ("(only this)", ["only", "this"]),
        ("restart.", ["restart"]),
    ],
)
def test_a_core_is_the_plain_words_without_values_labels_and_brackets(message, words):
    assert [word for word in core(Keys().key(message)) if word != "*"] == words
