"""Names that others gave, in sentences of ours: of every script, marked off, short, without blanks."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.quoting.known_secrets import register_secrets
from drs_mcp.quoting.names import LONGEST, as_name, holds_name, in_quotes


@pytest.mark.parametrize(
    "name",
    ["shop-sync", "会员中心同步", "订单_2025", "заказы.таблица", "müşteri$", "ตารางคำสั่งซื้อ", "ग्राहक",
     "العملاء", "לקוחות", "データ・センター".replace("・", ""), "고객", "cafe\u0301", "x" * LONGEST, "5"],
)  # fmt: skip
def test_a_name_of_any_script_stands_in_a_sentence_marked_off(name):
    assert as_name(name) == f"'{name}'"
    assert holds_name(f"Task {as_name(name)} has failed.")


@pytest.mark.parametrize(
    "name",
    ["", "two words", "two\u3000words", "two\u00a0words", "a\n", "x" * (LONGEST + 1), None, 5,
     "it's", 'a"b', "a\\b", "a:b", "a,b", "a;b", "a(b", "a/b", "a=b", "a`b", "a’b", "a＇b", "🚀",
     "。", "订单。任务已完成", "aʼb", "aʹb", "a\u200bb", "a\u3164b", "a\ufe0fb", "a\u202eb", "\u0301a"],
)  # fmt: skip
def test_what_could_read_as_our_words_is_no_name(name):
    assert as_name(name) is None


def test_a_name_that_is_a_secret_is_not_said():
    register_secrets(["Sommer-2026"])
    assert as_name("Sommer-2026") is None
    assert as_name("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0.c2lnbmVk") is None


@given(st.text())
def test_a_name_never_ends_its_marks_nor_holds_a_blank(text):
    named = as_name(text)
    if named is not None:
        inside = named[1:-1]
        assert inside == text
        assert len(inside) <= LONGEST
        assert not any(sign.isspace() or sign in "'\"\\" for sign in inside)


@pytest.mark.parametrize(
    "sentence",
    ["DRS's own counters say otherwise.", "The tasks' log isn't read, it's too long.", "Ours."],
)
def test_apostrophes_of_our_own_are_no_names(sentence):
    assert not holds_name(sentence)


@given(st.text(st.sampled_from('ab"\\ ')))
def test_nothing_said_ends_its_quotes(said):
    assert json.loads(in_quotes(said)) == said
