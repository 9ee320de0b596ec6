"""Which texts of a page hold one of some words."""

from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.quoting.first_look import FirstLook
from drs_mcp.quoting.folding import folded
from drs_mcp.quoting.pages import TRIGGERS

WORDS = ("pass", "key", "bad ", "s3(", "%40", "=", "口令", "ya29.", "%e4%bb%a4", "-----")
UUID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def held(text):
    """What a plain search finds."""
    return [word for word in WORDS if word in folded(text)]


_PIECES = st.sampled_from(
    (
        *WORDS,
        "PASS",
        "ｐａｓｓ",
        "s３(",
        "s4(",
        "%41",
        "%E4%BB%A4",
        " ",
        "7",
        "x",
        "f",
        "0",
        "İ",
        "\n\x00\n",
    )
)
_TEXTS = st.lists(_PIECES, max_size=6).map("".join)


@given(st.lists(_TEXTS, max_size=6))
def test_it_finds_what_a_plain_search_of_each_text_finds(texts):
    look = FirstLook(WORDS, folded)
    for _ in range(2):  # as new and as known
        found = look(texts)
        assert {place: set(words) for place, words in found.items()} == {
            place: set(held(text)) for place, text in enumerate(texts) if held(text)
        }


@given(st.lists(_TEXTS, max_size=4), st.lists(_TEXTS, max_size=4))
def test_what_it_knows_of_other_pages_changes_nothing(before, texts):
    look = FirstLook(WORDS, folded)
    look(before)
    assert look(texts) == FirstLook(WORDS, folded)(texts)


@given(_TEXTS, st.uuids(), _TEXTS)
def test_beside_a_uuid_everything_is_found(before, uuid, behind):
    text = f"{before} {uuid} {behind}"
    found = FirstLook(WORDS, folded)([text]).get(0, [])
    apart = f"{before}  {behind}"
    assert set(held(apart)) - {"bad "} <= set(found) <= set(held(text))


def test_the_end_of_a_uuid_is_no_word():
    look = FirstLook(WORDS, folded)
    assert look([f"session {UUID[:-3]}bad ended", "a bad one"]) == {1: ["bad "]}


def test_words_with_digits_are_told_from_words_with_other_digits():
    look = FirstLook(WORDS, folded)
    assert look(["s4(x)", "s3(x)", "S３(x)"]) == {1: ["s3("], 2: ["s3("]}


def test_no_texts_hold_nothing():
    assert FirstLook(WORDS, folded)([]) == {}


def test_no_word_is_of_hexadecimal_digits_alone_which_every_line_may_hold():
    assert not [word for word in TRIGGERS if not word.strip("0123456789abcdef")]
