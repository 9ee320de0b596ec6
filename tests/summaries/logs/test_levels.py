"""The level of an entry is read whatever its spelling; one that is not is counted as such."""

import pytest

from drs_mcp.summaries.logs.levels import Levels, level_in, rank
from tests.support.log_rows import entries, lines, patterns


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("Error", "error"), ("ERROR ", "error"), ("Fatal", "error"), ("SEVERE", "error"),
        ("Warn", "warn"), ("WARNING", "warn"), ("Info", "info"), ("notice", "info"),
        ("debug", "debug"), ("TRACE", "debug"), ("Audit", "audit"), ("not a word!", "unread"),
        ("[ERROR]", "error"), ("<Warning>", "warn"), ("ERROR:", "error"), ("ERR!", "error"),
        ("EROR", "error"), ("Eror", "error"), ("errror", "error"), ("ERORR", "error"), ("ERRO", "error"),
        ("Wraning", "warn"), ("E", "error"), ("F", "error"), ("w", "warn"), ("[I]", "info"), ("D", "debug"),
        ("错误", "error"), ("严重", "error"), ("警告", "warn"), ("告警", "warn"), ("信息", "info"), ("【错误】", "error"),
        ("level=error", "error"), ("ERROR(3)", "error"), ("错误/Error", "error"), ("warn,error", "error"),
        (3, "error"), ("3", "error"), (4, "warn"), ("6", "info"), (7, "debug"), (40000, "error"),
        ("99", "unread"), ("???", "unread"), ("ＥＲＲＯＲ", "error"), (3.0, "error"), ("严重错误", "error"),
        ("錯誤", "error"), ("警告级", "warn"), ("重要", "error"), ("次要", "warn"), ("exception", "error"),
        ("success", "info"), ("正常", "info"),
    ],
)  # fmt: skip
def test_a_level_is_read_whatever_its_spelling(written, level):
    assert Levels().read(written, "") == level


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("[ERROR] the disk is full", "error"),
        ("ERROR 1062 (23000): Duplicate entry", "error"),
        ("2026-11-20 08:00:00 WARN slow", "warn"),
        ("[2026-11-20T08:00:00Z] [info] started", "info"),
        ("warning: slow", "warn"),
        ("Errors are no level", "unread"),
        ("the ERROR is inside", "unread"),
        ("[错误] 写入失败", "error"),
        ("警告：磁盘将满", "warn"),
        ("[E] disk full", "error"),
        ("08:00:01 ERROR disk full", "error"),
        ("[main] ERROR disk full", "error"),
        ("[main] [warn] slow", "warn"),
        ("<3>disk full", "error"),
        ("E1120 08:00:01.5 disk full", "error"),
        ("[main] JDBC driver loaded", "unread"),
        ('time=2026-11-20T08:00:00Z level=warn msg="slow"', "warn"),
        ("", "unread"),
    ],
)
@pytest.mark.parametrize("stated", [None, "", [], {}])
def test_a_missing_level_is_read_from_the_head_of_the_message(stated, message, level):
    assert Levels().read(stated, message) == level_in(message) == level


def test_levels_of_a_page_may_be_mixed_and_missing():
    rows = [{"level": "Error"}, {}, {"level": None}, {"level": "Error"}, {"level": ["x"]}]
    messages = ["a", "[WARN] b", "c", "d", "e"]
    levels = Levels()
    for _ in range(2):  # the second time its spellings are known
        assert levels.page(rows, messages) == ["error", "warn", "unread", "error", "unread"]


def test_levels_without_end_are_unread_after_a_few():
    levels = Levels()
    read = {levels.read(f"level{n}", "") for n in range(100)}
    assert "unread" in read
    assert len(read) < 15


def test_errors_rank_before_warnings_before_others_before_info():
    levels = ["debug", "info", "unread", "audit", "warn", "error"]
    assert sorted(levels, key=rank) == ["error", "warn", "audit", "unread", "info", "debug"]


def test_a_stated_level_that_says_nothing_leaves_the_word_to_the_message():
    assert Levels().read("~~", "[ERROR] the disk is full") == "error"


def test_an_unread_level_is_no_absent_error():
    found = patterns(
        [*entries("the warp core is cold", level="~~"), *entries("fine", level="Info")]
    )
    assert found["levels"] == {"unread": 1, "info": 1}
    assert "1 of an unread level" in found["headline"]
    assert found["patterns"]["rows"][0][0] == "unread"


def test_errors_are_also_entries_of_an_unread_level_whose_words_tell_a_failure():
    rows = [
        *entries("write crm.leads failed"),
        *entries("ORA-01555: snapshot too old", level=None),
        *entries(
            "worker 7 started", "0 errors so far", "retry 2 after a time-out succeeded", level=None
        ),
        *entries("ORA-01555: snapshot too old", level="Info"),
    ]
    found = patterns(rows, level="error")
    assert [row[0] for row in found["patterns"]["rows"]] == ["error", "unread"]
    assert "1 of an unread level that tell a failure" in found["headline"]
    told = lines(rows, level="error")["lines"]
    assert told["total"] == 2
    assert "unread" not in [
        row[0] for row in patterns(rows, level="warn").get("patterns", {}).get("rows", [])
    ]
