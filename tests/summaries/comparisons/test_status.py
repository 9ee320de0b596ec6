"""Counts by status, in words."""

from drs_mcp.summaries.comparisons.status import counted, status_words


def test_statuses_that_read_alike_are_counted_together():
    found = counted({"不明": 2, "not, really": 3, "NEW_ONE": 1, "CONSISTENT": 9})
    assert found == {"other": 3, "'不明'": 2, "'new_one'": 1, "consistent": 9}


def test_a_documented_status_is_told_however_many_others_there_are():
    found = counted({str(number): 100 for number in range(8, 24)} | {"INCONSISTENT": 1})
    assert found["inconsistent"] == 1
    assert sum(found.values()) == 1601
    assert len(found) <= 7


def test_a_status_that_reads_like_a_sentence_is_marked_off():
    assert status_words("ALL DATA IS CONSISTENT AND READY") == "'all_data_is_consistent_and_ready'"
    assert status_words("STATUS 42") == "status 42"
    assert status_words("TARGET_DB_NOT_EXIST") == "no destination database"
