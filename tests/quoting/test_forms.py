"""The form of a text: its digits are zeros, and the letters of its UUIDs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.quoting import forms as module
from drs_mcp.quoting.forms import forms, remember

UUID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
ZEROS = "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("copied 12 of 3,456 rows", "copied 00 of 0,000 rows"),
        (f"session {UUID} ended", f"session {ZEROS} ended"),
        (f"session {UUID.upper()}, {UUID}", f"session {ZEROS}, {ZEROS}"),
        (UUID, ZEROS),
        (f"任务：{UUID}。", f"任务：{ZEROS}。"),
        (f"in{UUID}", f"in0c0e0000{ZEROS[8:]}"),
        (f"{UUID}s", "0c0e0000-0000-00de-000b-e00fc0f00ae0s"),
        (f"%{UUID}", f"%0c0e0000{ZEROS[8:]}"),
        ("face-beef-cafe", "face-beef-cafe"),
        ("a\n\x00\nb 7", "a\n\x00\nb 0"),
        ("\ud800 7", "\ud800 0"),
        ("٧ and 7", "٧ and 0"),
        ("", ""),
    ],
)
def test_a_form_has_zeros_for_digits_and_for_uuids_that_stand_alone(text, form):
    assert forms([text]) == [form]
    assert forms(["before", text, "behind 1"]) == ["before", form, "behind 0"]


@given(st.lists(st.text("ab01-_ \n\x00" + UUID, max_size=40) | st.just(UUID), max_size=8))
def test_the_forms_of_a_page_are_those_of_its_texts_and_keep_every_place(texts):
    formed = forms(texts)
    assert formed == [forms([text])[0] for text in texts]
    assert list(map(len, formed)) == list(map(len, texts))
    remember(texts, formed, ())
    assert forms(texts) == formed == forms([*texts, *texts])[: len(texts)]


def test_of_what_may_hold_a_secret_and_of_long_texts_nothing_is_remembered():
    texts = ["plain 1", "secret 2"]
    remember(texts, forms(texts), [1])
    assert "plain 1" in module._recent
    assert "secret 2" not in module._recent
    long = ["x" * 501]
    remember(long, forms(long), ())
    assert long[0] not in module._recent


def test_memory_holds_the_forms_of_a_few_pages_only():
    for page in range(8):
        texts = [f"page {page} line {line}" for line in range(1_000)]
        remember(texts, forms(texts), ())
        assert len(module._recent) <= 3_000
