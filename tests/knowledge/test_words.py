"""A word that DRS does not document stands in a sentence marked off, as names do."""

import pytest

from drs_mcp.knowledge.statuses import statuses
from drs_mcp.knowledge.words import as_word
from drs_mcp.summaries.comparisons.status import status_words


@pytest.mark.parametrize("word", [*statuses(), "TABLE", "table_index", "sync", "mysql-to-gaussdbv5",
                                  "cloudDataGuard-mysql", "MATVIEW", "succeed"])  # fmt: skip
def test_a_documented_word_is_told_as_it_is(word):
    assert as_word(word) == word


@pytest.mark.parametrize(
    "word", ["CLONING", "ready_for_cutover", "TABLE.agrees", "mysql-to-somewhere", "会员"]
)
def test_any_other_word_is_marked_off(word):
    assert as_word(word) == f"'{word}'"


@pytest.mark.parametrize("word", ["", "all is well", "it's", None, 5, "x" * 51, "password=x7Gh2q9"])
def test_what_is_no_word_is_not_told(word):
    assert as_word(word) is None


@pytest.mark.parametrize(
    ("status", "words"),
    [("TARGET_MISSING", "missing in destination"), ("WAITING_FOR_RUNNING", "waiting for running"),
     ("STATUS 29", "status 29"), ("ALL_AGREE", "'all_agree'"), ("BE CALM", "'be_calm'")],
)  # fmt: skip
def test_a_status_of_a_comparison_is_said_in_words(status, words):
    assert status_words(status) == words
