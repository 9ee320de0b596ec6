"""Names under patterns: every name can be told from the answer."""

from hypothesis import given, settings
from hypothesis import strategies as st

from drs_mcp.summaries.answer import CELL_CAP
from drs_mcp.summaries.comparisons.name_groups import first_few, group_names, in_brackets
from tests.worlds.tables import expanded


@settings(max_examples=30)
@given(st.sets(st.integers(0, 3000), min_size=40, max_size=120), st.sampled_from([0, 4]))
def test_scattered_numbers_are_told_in_as_many_patterns_as_fit_into_cells(numbers, width):
    names = [f"SALES.T_{number:0{width}}_期" for number in sorted(numbers)]
    groups = group_names(names, [0] * len(names))
    assert all(len(group.name) < CELL_CAP - 64 for group in groups)
    assert sorted(name for group in groups for name in expanded(group.name)) == sorted(names)
    members = sorted(position for group in groups for position in group.members)
    assert members == list(range(len(names)))


def test_a_sentence_names_the_first_three_and_says_that_there_are_more():
    assert first_few(["shop.b", "shop.a"]) == "'shop.a', 'shop.b'"
    assert in_brackets(["d", "c", "b", "a"]) == " ('a', 'b', 'c', …)"
    assert in_brackets([]) == ""


def test_a_sentence_names_what_is_listed_twice_once():
    assert (
        in_brackets(["shop.t", "shop.u", "shop.t", "shop.t", "shop.t"]) == " ('shop.t', 'shop.u')"
    )
