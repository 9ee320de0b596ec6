"""The tables of one comparison beside those of another, by name."""

import time

import pytest

from drs_mcp.summaries.comparisons.counting.listed import beside
from drs_mcp.summaries.comparisons.rows import RowComparison


def compared(*tables):
    """A row comparison that lists tables, each `(source_db, target_db, source, target)`."""
    fold = RowComparison()
    for source_db, target_db, source, target in tables:
        row = {"source_table_name": source, "target_table_name": target, "status": "CONSISTENT"}
        counts = {"source_row_num": "7", "target_row_num": "7", "difference_row_num": "0"}
        fold.feed([row | counts], source_db=source_db, target_db=target_db)
    return fold.facts(None).listed


def of(database, *names):
    return compared(*((database, database, name, name) for name in names))


def test_the_same_tables_leave_nothing():
    found = beside(of("erp", "a", "b"), of("erp", "b", "a"))
    assert not found.absent
    assert not found.elsewhere


def test_what_the_other_one_lists_alone_is_absent():
    found = beside(of("erp", "a", "b"), of("erp", "a", "c"))
    assert [one.source for one in found.absent] == ["c"]


def test_a_table_of_another_database_is_another_table():
    assert [one.source_db for one in beside(of("erp", "a"), of("crm", "a")).absent] == ["crm"]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("ERP", "erp", "A", "a"), ("erp", "erp", "a", "a")),
        (("erp", "erp", "dbo.a", "dbo.a"), ("erp", "erp", "a", "a")),
        (("", "", "a", "a"), ("erp", "erp", "a", "a")),
        (("erp", "", "a", ""), ("erp", "erp_new", "a", "a_new")),
        (("erp", "erp", "`erp`.`a`", "a"), ("erp", "erp", "a", "a")),
        (("erp", "new", "a", "a"), ("erp", "NEW", "a", "A")),
        (("erp", "erp", "hr.a", "hr.a"), ("hr", "hr", "a", "a")),
        (("erp", "erp", "a.b", "a.b"), ("erp", "erp", "`a.b`", "`a.b`")),
        (("erp", "erp", "erp.dbo.a", "erp.dbo.a"), ("erp", "erp", "dbo.a", "dbo.a")),
    ],
)
def test_a_table_that_is_written_in_another_way_is_the_same(ours, theirs):
    for found in (
        beside(compared(ours), compared(theirs)),
        beside(compared(theirs), compared(ours)),
    ):
        assert not found.absent
        assert not found.elsewhere


@pytest.mark.parametrize(
    "theirs", [("erp", "spare", "a", "a"), ("erp", "erp", "a", "a_2"), ("erp", "spare", "A", "b")]
)
def test_a_table_that_went_to_another_destination_is_elsewhere(theirs):
    [(other, own)] = beside(of("erp", "a"), compared(theirs)).elsewhere
    assert (other.target_db, other.target) == (theirs[1], theirs[3])
    assert (own.target_db, own.target) == ("erp", "a")


def test_a_source_that_goes_to_several_destinations_is_there_with_any_of_them():
    ours = compared(("erp", "erp", "a", "a"), ("erp", "spare", "a", "a"))
    assert not beside(ours, compared(("erp", "spare", "a", "a"))).elsewhere


def test_a_table_without_a_source_is_none_that_could_be_absent():
    assert not beside(of("erp", "a"), compared(("erp", "erp", "", "b"))).absent


def test_nothing_is_absent_where_tables_cannot_be_told_apart():
    fold = RowComparison()
    row = {"source_table_name": "a", "target_table_name": "a", "status": "CONSISTENT"}
    fold.feed([row, row | {"source_row_num": "1"}], source_db="", target_db="", mixed=True)
    assert not beside(fold.facts(None).listed, of("erp", "b")).absent


@pytest.mark.parametrize("turned", [False, True])
def test_many_tables_of_one_name_that_are_written_in_another_way_take_no_time(turned):
    plain = compared(*((f"t{n}", f"t{n}", "orders", "orders") for n in range(3000)))
    for other in (
        compared(*((f"t{n}", f"t{n}", "dbo.orders", "dbo.orders") for n in range(3000))),
        compared(*(("erp", "erp", f"t{n}.orders", f"t{n}.orders") for n in range(3000))),
    ):
        both = (other, plain) if turned else (plain, other)
        started = time.process_time()
        found = beside(*both)
        assert time.process_time() - started < 1
        assert not found.absent
        assert not found.elsewhere


def test_of_many_tables_of_one_name_the_one_that_is_not_there_is_absent():
    ours = of("erp", *(f"s{n}.users" for n in range(80)))
    theirs = compared(*((f"s{n}", f"s{n}", "users", "users") for n in range(81)))
    assert [one.source_db for one in beside(ours, theirs).absent] == ["s80"]


def test_where_more_tables_may_be_meant_than_are_looked_at_nothing_is_claimed_of_destinations():
    ours = compared(*((f"d{n}", f"d{n}", "users", f"u{n}") for n in range(80)))
    assert not beside(ours, compared(("", "", "users", "u79"))).elsewhere
    assert not beside(ours, compared(("", "", "users", "v"))).elsewhere
