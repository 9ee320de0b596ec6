"""The quick look at pages that agree finds what the slow one finds."""

from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.summaries.comparisons.counting.agreeing import plain
from drs_mcp.summaries.comparisons.counting.listed import ListedTables
from drs_mcp.summaries.comparisons.rows import RowComparison
from tests.support.compared import row

CLAIM = {"status": "CONSISTENT"}
counts = st.one_of(
    st.integers(0, 50).map(str),
    st.sampled_from(
        ["1,234", "007", "-1", "1e3", "1_0", "٣", "", None, 5, 2**70, str(2**70), [], True]
    ),
)
names = st.one_of(
    st.sampled_from(["t", "T", "u", "", None, "a\0b"]), st.text(max_size=3), st.just(7)
)


@st.composite
def page(draw):
    rows = [row(f"T_{n}", n, n, message="") for n in range(draw(st.integers(0, 12)))]
    for at in draw(st.lists(st.integers(0, max(len(rows) - 1, 0)), max_size=3)):
        if rows:
            field = draw(st.sampled_from([*rows[at], "compare_line_config_filter", "new_field"]))
            rows[at][field] = draw(st.one_of(counts, names, st.just("CONSISTENT")))
    if rows and draw(st.booleans()):
        rows.append(dict(draw(st.sampled_from(rows))))
    return rows


@given(st.lists(page(), max_size=3))
def test_both_looks_find_the_same(pages):
    quick, slow = RowComparison(), RowComparison(status="all")  # which every row is looked at for
    for rows in pages:
        quick.feed(rows, source_db="s", target_db="s")
        slow.feed(rows, source_db="s", target_db="s")
    ours, theirs = quick.facts(None), slow.facts(None)
    assert ours == theirs
    assert set(ours.listed.not_in(ListedTables())) == set(theirs.listed.not_in(ListedTables()))


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
