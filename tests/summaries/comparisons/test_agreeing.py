"""The quick look at pages that agree finds what the slow one finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.summaries.comparisons.counting.agreeing import plain
from drs_mcp.summaries.comparisons.counting.listed import ListedTables
from drs_mcp.summaries.comparisons.rows import RowComparison
from drs_mcp.summaries.comparisons.values import ValueComparison
from tests.support.compared import row, value_row

CLAIM = {"status": "CONSISTENT"}
counts = st.one_of(
    st.integers(0, 50).map(str),
    st.integers(0, 3),
    st.sampled_from(
        ["1,234", "007", "-1", "1e3", "1_0", "٣", " 3", "", "true", None, 2**70, str(2**70), []]
    ),
    st.sampled_from([True, False, 1.0, 0.0, -0.0, 10**18, 10**18 - 1, -1, {}]),
)
names = st.one_of(
    st.sampled_from(["t", "T", "u", "", None, "a\0b"]), st.text(max_size=3), st.just(7)
)
statuses = st.sampled_from(["CONSISTENT", "INCONSISTENT", "2", "NEW_WORD", "consistent", " "])
others = st.sampled_from(["compare_line_config_filter", "new_field", "message", "source_db"])


def row_of(number):
    return row(f"T_{number}", number, number, message="")


def value_row_of(number):
    return value_row(f"T_{number}", number, number, message="")


@st.composite
def page(draw, made=row_of):
    rows = [made(n) for n in range(draw(st.integers(0, 16)))]
    for at in draw(st.lists(st.integers(0, max(len(rows) - 1, 0)), max_size=4)):
        if not rows:
            continue
        field = draw(st.one_of(st.sampled_from([*rows[at]]), others))
        what = draw(st.sampled_from(["changed", "changed", "changed", "left out", "put last"]))
        value = rows[at].get(field, "")
        if what != "changed":
            rows[at].pop(field, None)
        if what != "left out":
            new = draw(st.one_of(counts, names, statuses))
            rows[at][field] = new if what == "changed" else value
    if rows and draw(st.booleans()):
        rows.append(dict(draw(st.sampled_from(rows))))
    return rows


def assert_both_looks_find_the_same(pages, fold):
    """The quick look finds what is found where every row is looked at."""
    quick, slow = fold(), fold(status="all")
    more = {"comparable": True} if fold is ValueComparison else {}
    for rows in pages:
        quick.feed(rows, source_db="s", target_db="s", **more)
        slow.feed(rows, source_db="s", target_db="s", **more)
    ours, theirs = quick.facts(None), slow.facts(None)
    assert ours == theirs
    named = [
        {one for one in facts.listed.not_in(ListedTables()) if one.source or one.target}
        for facts in (ours, theirs)
    ]
    assert named[0] == named[1]


@given(st.lists(page(), max_size=3))
def test_both_looks_find_the_same(pages):
    assert_both_looks_find_the_same(pages, RowComparison)


@given(st.lists(page(value_row_of), max_size=3))
def test_both_looks_find_the_same_where_values_were_compared(pages):
    assert_both_looks_find_the_same(pages, ValueComparison)


@pytest.mark.parametrize(
    "value",
    [
        True,
        False,
        1,
        0,
        1.0,
        0.0,
        -0.0,
        "1",
        "0",
        "true",
        "1.0",
        "2",
        None,
        "",
        [],
        {},
        float("nan"),
    ],
    ids=repr,
)
@pytest.mark.parametrize(
    ("fold", "made"), [(RowComparison, row_of), (ValueComparison, value_row_of)]
)
def test_both_looks_find_the_same_whatever_a_field_holds_that_comes_again(fold, made, value):
    page = [made(number) for number in range(6)]
    for fields in [(name,) for name in page[0]] + [("source_row_num", "target_row_num")]:
        for odd in (0, 1):  # whose counts are nought and one
            rows = [
                one | dict.fromkeys(fields, value) if at == odd else one
                for at, one in enumerate(page)
            ]
            for ordered in (rows, rows[::-1]):
                assert_both_looks_find_the_same([ordered, ordered[:3]], fold)


def test_a_row_whose_fields_come_in_another_order_is_the_same_row():
    page = [row_of(number) for number in range(4)]
    fold = RowComparison()
    fold.feed(page, source_db="s", target_db="s")
    fold.feed([dict(reversed(page[2].items()))], source_db="s", target_db="s")
    assert fold.facts(None).sums.source == sum(range(4))


def test_a_number_with_commas_is_one_number_though_it_is_alone():
    fold = RowComparison()
    fold.feed(
        [row("t", 0, 0) | dict.fromkeys(("source_row_num", "target_row_num"), "1,234")],
        source_db="s",
        target_db="s",
    )
    assert fold.facts(None).sums.source == 1234


def test_a_page_that_agrees_is_told_apart_from_its_few_odd_rows():
    rows = [row(f"T_{n}", 9, 9, target_table_name=f"t_{n}") for n in range(40)]
    rows[3]["target_row_num"] = "8"
    rows[5]["status"] = "INCONSISTENT"
    rows[7]["target_table_name"] = "other"
    rows[9]["new_field"] = 1
    found = plain(rows, CLAIM)
    assert (found.alike, found.others, len(found.counts)) == ("lower", [3, 5, 7, 9], 36)


def test_a_page_of_which_much_is_odd_is_left_to_the_slow_look():
    assert plain([row("t", 1, 2), row("u", 1, 1)], CLAIM) is None
    assert plain([], CLAIM) is None
