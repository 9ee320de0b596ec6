"""Counts by status, in words."""

from drs_mcp.summaries.comparisons.status import counted


def test_statuses_that_read_alike_are_counted_together():
    found = counted({"不明": 2, "not, really": 3, "NEW_ONE": 1, "CONSISTENT": 9})
    assert found == {"other": 5, "new one": 1, "consistent": 9}


def test_a_documented_status_is_told_however_many_others_there_are():
    found = counted({str(number): 100 for number in range(8, 24)} | {"INCONSISTENT": 1})
    assert found["inconsistent"] == 1
    assert sum(found.values()) == 1601
    assert len(found) <= 7
