import time

from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.api.joining import Identities, places

ROWS = st.lists(st.sampled_from("ab"), max_size=8)


def rows_of(letters):
    return [{"is": letter} for letter in letters]


@given(tail=ROWS.filter(bool), page=ROWS)
def test_places_are_all_those_at_which_a_page_repeats_the_end_of_what_was_read(tail, page):
    found = [
        len(tail) - 1 - start
        for start in range(len(tail))
        if page and all(one == other for one, other in zip(tail[start:], page, strict=False))
    ]
    assert sorted(places(rows_of(tail), rows_of(page))) == sorted(found)


def test_a_thousand_rows_that_are_nearly_all_alike_are_compared_in_no_time():
    alike = rows_of("a" * 999)
    began = time.process_time()
    for _ in range(20):
        places([*alike, {"is": "b"}], [*alike, {"is": "c"}])
    assert time.process_time() - began < 1


def repeated(*pages, identity=lambda row: row["is"], joined=True):
    seen = Identities(identity)
    for page in pages:
        seen.add(rows_of(page), joined=joined)
    return seen.repeated


def test_a_row_on_two_pages_is_seen():
    assert repeated("abc", "dea")
    assert not repeated("abc", "def")


def test_rows_alike_on_one_page_were_alike_in_the_list():
    assert not repeated("aab", "cdd")


def test_rows_alike_on_both_sides_of_a_proven_join_are_neighbours_in_the_list():
    assert not repeated("abb", "bbc")
    assert repeated("abb", "bbc", joined=False)


def test_rows_without_an_identity_are_never_the_same():
    assert not repeated("aaa", "aaa", identity=None)
    assert not repeated("aaa", "baa", identity=lambda _: None)


def test_an_identity_may_hold_lists():
    assert repeated("ab", "cba"[::1], identity=lambda row: ([row["is"]],))
