"""What a line tells as a fact: the grammar that all of what was lost is read by."""

import re

import pytest

from drs_mcp.summaries.logs.kinds.lost.told import happened_in, is_fact, without_questions

LOST = re.compile(r"rows? (?:were |was )?(?:never )?lost|丢失\s?\d*\s?行?")
FACTS = [
    "3 rows were lost",
    "The link broke and 3 rows were lost",
    "no DDL came, but rows were lost",
    "sql_mode is not strict, rows were lost",
    "When the applier restarted, 3 rows were lost",
    "Nothing was read. 3 rows were lost",
    "Is it over? 3 rows were lost",
    "v1.2.0 of shop.t: rows were lost",
    "不支持的 DDL 已跳过，丢失 3 行",
    "未重试，丢失 3 行",
]
NONE = [
    "no rows were lost",
    "0 rows were lost",
    "rows will not be restarted: no rows lost",
    "if the slot is dropped, rows were lost",
    "Rows are kept so that rows are never written and no row was lost",
    "ensure that rows were lost nowhere",
    "Were 3 rows lost?",
    "whether rows were lost is checked",
    "rows lost: 0",
    "rows were lost if the slot is dropped",
    "未丢失 3 行",
    "若丢失 3 行则停止",
    "避免丢失",
    "是否丢失 3 行",
    "丢失 3 行吗？",
]


@pytest.mark.parametrize("text", FACTS)
def test_what_is_told_beside_a_denial_of_something_else_is_a_fact(text):
    assert any(is_fact(text, found) for found in LOST.finditer(text))


@pytest.mark.parametrize("text", NONE)
def test_a_denial_a_plan_a_condition_advice_and_a_question_tell_no_fact(text):
    assert not any(is_fact(text, found) for found in LOST.finditer(text))


def test_what_denies_within_the_words_is_theirs_where_that_is_said():
    text = "rows were never lost"
    never = re.compile(r"rows were never lost")
    assert not is_fact(text, never.search(text))
    assert is_fact(text, never.search(text), "")


def test_what_was_tried_in_vain_did_not_happen_but_is_a_loss():
    failed = "failed to keep: cannot say that rows were lost"
    found = LOST.search(failed)
    assert is_fact(failed, found)
    assert not is_fact(failed, found, tried=True)
    assert happened_in("before the cutover rows were lost", LOST) == ""
    assert happened_in("rows were lost after it", LOST) == "rows were lost"


def test_questions_are_taken_out_of_a_text_and_nothing_else():
    assert without_questions("Were rows lost? 3 were. Fine").strip() == "3 were; Fine"
    assert without_questions("3 emojis were replaced by ?") == "3 emojis were replaced by ?"
    assert without_questions("no mark: as it was") == "no mark: as it was"


def test_words_are_looked_for_sentence_by_sentence_but_where_others_excuse_them():
    excused, other = re.compile("on purpose"), re.compile("rows? left out")
    text = "3 rows were lost on purpose. 2 rows left out, 1 row was lost"
    assert happened_in(text, LOST, other, unless=(excused,)) == "row was lost"
    assert happened_in(text, other, LOST, unless=(excused,)) == "rows left out"
    assert happened_in("no rows were lost, but 2 rows were lost", LOST) == "rows were lost"


def test_a_denial_of_their_own_does_not_take_the_words_back():
    text = "2 rows never lost"
    assert happened_in(text, LOST) == ""
    assert happened_in(text, LOST, own=re.compile("never")) == "rows never lost"
