"""Every kind of error is explained, the one that tells why first; a notice of the end tells nothing."""

import pytest

from drs_mcp.serving.budget import fit
from drs_mcp.summaries.answer import NextCall
from drs_mcp.summaries.logs.fold import LogPatterns
from drs_mcp.summaries.logs.kinds.movements import data_moved
from tests.support.log_rows import at, cells, entry

GONE = (
    "service LOGMANAGER failed, cause by: Got fatal error 1236 from master when reading data from binary log: "
    "'Could not find first log file name in binary log index file'"
)
LINK = "service LOGMANAGER failed, cause by: Communications link failure"
PROCESS = "service LOGMANAGER failed, cause by: The background process is unavailable"
SLOT = "service CAPTURER failed, cause by: requested WAL segment 0000000100000A2B000000C1 has already been removed"
LOGIN = "service CAPTURE failed, cause by: ORA-01017: invalid username/password; logon denied"
LOCKED = "service CAPTURE failed, cause by: ORA-28000: the account is locked"
ENDS = [
    "Task failed.",
    "任务失败：增量同步已停止。",
    "全量迁移失败。",
    "The task has failed: full migration failed",
]


def told(*rows, link="mysql-to-mysql", max_chars=30000):
    """The answer on rows of message, level and minute."""
    fold = LogPatterns()
    fold.feed([entry(message, level, 60 * minute) for message, level, minute in rows])
    again = NextCall(tool="get_logs", args={"job": "erp", "max_chars": 8000})
    return fit(fold.answer(job="erp", link=link), max_chars, again)


@pytest.mark.parametrize("end", ENDS)
def test_an_error_is_explained_though_a_notice_of_the_end_came_last(end):
    found = told((GONE, "Error", 1), (GONE, "Error", 5), (end, "Error", 9))
    assert cells(found, "causes")[0]["id"] == "mysql-binlog-purged"
    assert found["newest_error"]["message"] == end
    assert found["telling_error"] == {"at": at(300), "message": GONE}
    assert f"only says that the task failed; one that tells why ({at(300)}) is" in found["headline"]


@pytest.mark.parametrize("end", ENDS)
def test_of_nothing_but_a_notice_of_the_end_no_cause_is_told(end):
    found = told(("Applied 5 rows.", "Info", 1), (end, "Error", 9))
    assert found["headline"].endswith("only says that the task failed.")
    assert "causes" not in found
    assert "telling_error" not in found


def test_before_a_notice_of_the_end_the_newest_other_error_is_shown_where_none_is_explained():
    found = told(("the frobnicator is odd", "Error", 1), ("Task failed.", "Error", 9))
    assert found["telling_error"]["message"] == "the frobnicator is odd"
    assert found["headline"].endswith("matches no known failure.")


def test_what_retrying_does_not_pass_is_told_before_what_only_follows_from_it():
    found = told((SLOT, "Error", 1), (PROCESS, "Error", 9), link="postgresql-to-postgresql")
    assert [row["id"] for row in cells(found, "causes")][-1] == "any-bg-process"
    assert "one that retrying does not pass" in found["headline"]
    assert found["telling_error"]["message"] == SLOT


def test_of_errors_that_last_the_first_tells_why_as_the_others_follow_from_it():
    rows = [(LOGIN, "Error", 1), *[(LOCKED, "Error", minute) for minute in range(2, 40)]]
    found = told(*rows, link="oracle-to-gaussdbv5")
    ids = [row["id"] for row in cells(found, "causes")]
    assert ids == ["oracle-login", "oracle-account-locked"]


def test_an_error_that_came_while_rows_moved_does_not_tell_why_before_the_one_after_which_none_did():
    rows = [(LOGIN, "Error", 1), (LOGIN, "Error", 58), ("Applied 12 rows to HR.PAY.", "Info", 57)]
    found = told(*rows, (LOCKED, "Error", 60), link="oracle-to-gaussdbv5")
    assert cells(found, "causes")[0]["id"] == "oracle-account-locked"


def test_what_recovered_before_is_told_last_and_said_to_be_over():
    back = "Connection to the source database was re-established."
    found = told(
        (LINK, "Error", 1), (back, "Info", 4), (GONE, "Error", 90), ("Task failed.", "Error", 99)
    )
    rows = cells(found, "causes")
    assert [row["id"] for row in rows] == ["mysql-binlog-purged", "any-comm-link"]
    assert [row["since"] for row in rows] == [None, "recovered"]


@pytest.mark.parametrize(
    "moves", ["Applied 12 rows to shop.t.", "最近一分钟已回放 814 行。", "Batch 7 committed."]
)
def test_of_a_healed_task_it_is_said_that_rows_moved_since(moves):
    found = told((GONE, "Error", 1), (moves, "Info", 50))
    assert found["headline"].endswith(f"; rows moved since, last {at(3000)}.")


@pytest.mark.parametrize(
    "line",
    [
        "Heartbeat of the source answered in 9 ms.",
        "节点资源使用正常，CPU 30%。",
        "Applied 0 rows.",
        "Batch 7 was not committed",
        "Checkpoint not advanced for 300 s",
        "已回放 0 行",
        "12 rows were skipped",
    ],
)
def test_that_a_side_answers_or_nothing_was_applied_moves_no_rows(line):
    assert not data_moved(line)
    assert "rows moved since" not in told((GONE, "Error", 1), (line, "Info", 50))["headline"]


def test_where_no_row_of_the_causes_fits_the_headline_tells_the_first():
    rows = [(GONE, "Error", 1), (LINK, "Error", 2), ("Task failed.", "Error", 9)]
    found = told(*rows, max_chars=850)
    assert "rows" not in found["causes"]
    assert "The binlog that the task still needs was removed at the source." in found["headline"]
    assert found["next"]


def test_the_first_cause_stays_before_fields_that_only_help():
    rows = [
        (f"Kind {word} of work done", "Info", 3) for word in ("alpha", "beta", "gamma", "delta")
    ]
    found = told((GONE, "Error", 1), *rows, max_chars=1000)
    assert cells(found, "causes")[0]["fix"]
    assert "info" in found["cut"]


def test_pieces_of_a_dump_are_no_names():
    line = (
        "service INCREMENT failed, cause by: Timed out after 60000 ms while waiting to connect. Client view of cluster "
        "state is {type=REPLICA_SET, servers=[{address=192.168.12.5:8635, type=UNKNOWN, state=CONNECTING}]}"
    )
    found = told(*[(line, "Error", minute) for minute in range(9)], ("Task failed.", "Error", 20))
    assert not any("=" in (row.get("names") or "") for row in cells(found))
