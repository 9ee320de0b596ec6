"""Which log entries are of one kind: grouping, near-equal kinds, codes, bounded memory."""

import pytest

from drs_mcp.summaries.logs.groups import MOST_GROUPS, Groups
from drs_mcp.summaries.logs.line_before import LineBefore
from drs_mcp.summaries.logs.masks import Keys
from tests.support.log_rows import at, cells, counts, entries, entry, kinds, patterns


def grouped(*messages, level="error"):
    """How many entries each kind of a level has, the largest first."""
    groups = Groups(level)
    for key, line in zip(*Keys().page(list(messages)), strict=True):
        parts = groups.by_code(key, [line]) or {(): [0]}
        groups.of(key, *parts).pend(["2026-11-20T08:00:00"], [1795161600], [line])
    return sorted((group.count for group in groups.merged()), reverse=True)


@pytest.mark.parametrize(
    "messages",
    [
        ["Applied 12 rows in 3 ms", "Applied 900 rows in 44 ms"],
        ["task 1c0d0f3e-2b4a-4c5d-8e9f-001122334455 died", "task deadbeef-0000-1111-2222-3333444455ff died"],
        ["write table shop.t_1 failed", "write table `shop`.`t_2` failed"],
        ["reset by 10.0.0.1:3306", "reset by 192.168.7.9:5432"],
        ["at offset 0x7fff10 of redo", "at offset 0xdeadbeef of redo"],
        ["value 'anna' rejected", 'value "bert the second" rejected'],
        ["since 2026-11-20 08:00:00 waiting", "since 2026-11-21 09:10:11 waiting"],
    ],
)  # fmt: skip
def test_entries_that_differ_in_what_varies_are_of_one_kind(messages):
    assert grouped(*messages) == [2]


@pytest.mark.parametrize(
    "messages",
    [
        ["create view shop.a failed now", "create index shop.b failed now"],
        ["read of the source stopped", "write of the source stopped"],
        ["reader stopped", "reader stopped early"],
        ["source is down for 5 s now", "target is down for 5 s now"],
    ],
)
def test_kinds_that_differ_in_a_plain_word_stay_two(messages):
    assert grouped(*messages) == [1, 1]


def test_create_table_and_create_index_stay_two():
    assert grouped("create table shop.a failed now", "create index shop.b failed now") == [1, 1]


def test_nearly_equal_kinds_merge_where_one_word_in_four_differs():
    said = "node {} of the cluster in rack B answered after some time"
    assert grouped(said.format("N-alpha"), said.format("N-beta")) == [2]
    assert grouped("node N-alpha down", "node N-beta down") == [1, 1]


def test_a_plain_word_in_which_six_kinds_differ_is_taken_for_a_name():
    workers = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]
    assert grouped(*(f"worker {name} of the pool stopped" for name in workers)) == [6]
    assert grouped(*(f"worker {name} of the pool stopped" for name in workers[:5])) == [1] * 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ORA-01555: snapshot too old", "ORA-00942: snapshot too old"),
        ("task said DRS.M06101 at 8", "task said DRS.M06102 at 9"),
        ("SQLSTATE 23000 in batch 5", "SQLSTATE 42000 in batch 6"),
        ("SQLSTATE[23000] in batch 5", "SQLSTATE[42000] in batch 6"),
        ("write failed (errno: 28) after 5", "write failed (errno: 13) after 6"),
        ("apply failed, Error_code: 1062 at 5", "apply failed, Error_code: 1213 at 6"),
        ("refused: 'ORA-01555' at 5", "refused: 'ORA-00942' at 6"),
    ],
)
def test_errors_with_different_codes_never_merge(one, other):
    assert grouped(one, other) == [1, 1]
    assert grouped(one, one.replace("5", "5"), other) == [2, 1]


def test_warnings_that_differ_in_their_codes_alone_are_one_kind_with_its_codes_counted():
    rows = entries(
        *["retry after ORA-01555 in 5 s"] * 3, "retry after ORA-00942 in 9 s", level="Warn"
    )
    found = patterns(rows)
    assert counts(found, "warn") == [4]
    sample = cells(found)[0]["sample"]
    assert "ORA-01555 3" in sample
    assert "ORA-00942 1" in sample


def test_entries_of_different_levels_are_different_kinds():
    found = patterns([*entries("disk is full 5"), *entries("disk is full 6", level="Warn")])
    assert (counts(found, "error"), counts(found, "warn")) == ([1], [1])


def test_a_message_is_compared_without_its_stack_frames():
    frames = "\n\tat com.example.A.run(A.java:{})\n\t... {} more"
    rows = entries(*(f"java.io.IOException: broken pipe{frames.format(n, n)}" for n in range(5)))
    rows += entries("java.io.IOException: broken pipe")
    found = patterns(rows)
    assert counts(found) == [6]
    assert "A.java" not in str(found)


def test_frames_that_are_entries_of_their_own_are_one_kind():
    rows = entries(*(f"\tat com.example.C{n}.run(C{n}.java:{n})" for n in range(9)), "boom 1")
    assert sorted(counts(patterns(rows))) == [1, 9]


def test_the_sample_of_an_unknown_error_is_its_newest_entry():
    rows = [entry("disk 5 is full", seconds=5), entry("disk 9 is full", seconds=9)]
    rows.append(entry("a newer error altogether", seconds=99))
    for order in (rows, rows[::-1]):
        samples = {row["count"]: row.get("sample") for row in cells(patterns(order))}
        assert samples[2] == "disk 9 is full"


# -- bounded memory ----------------------------------------------------------------------------


def newest(*messages):
    """These errors after the one that has happened last, which is met first."""
    return [entry("the newest one of all", seconds=99_999), *entries(*messages)]


def test_kinds_beyond_what_is_kept_are_counted_together():
    rows = newest(*kinds(3000))
    found = patterns(rows)
    assert found["levels"] == {"error": 3001}
    assert found["patterns"]["total"] == MOST_GROUPS + 1
    assert any("Too many kinds" in note for note in found["notes"])
    last = cells(patterns(rows, offset=MOST_GROUPS))
    assert [row["count"] for row in last] == [3001 - MOST_GROUPS]
    assert "other kinds" in last[0]["sample"]


def test_codes_of_what_is_counted_together_are_counted_too():
    rows = newest(*kinds(2000), *(f"{kind} ORA-01555" for kind in kinds(1999)[:7]))
    assert "ORA-01555 7" in cells(patterns(rows, offset=MOST_GROUPS))[0]["sample"]


def test_a_frequent_kind_that_came_in_time_keeps_its_count_among_many():
    rows = newest("the frequent one", *kinds(2000), *["the frequent one"] * 50)
    assert counts(patterns(rows))[:2] == [1, 51]


# -- the line before ---------------------------------------------------------------------------


def test_the_line_before_needs_the_time_of_the_failure_only():
    before = LineBefore()
    times = ["2026-11-20T08:00:01", "2026-11-20T08:00:02", "2026-11-20T08:00:03"]
    rows = [{"level": "Info", "message": f"m {n}"} for n in range(3)]
    before.feed("2026-11-20T08:00:03", times, rows)
    assert before.line.message == "m 1"
    assert not before.doubtful


def test_there_is_no_line_before_the_first_entry_or_without_a_failure():
    rows = entries("boom 1")
    assert "line_before" not in patterns(rows)
    assert "line_before" not in patterns(entries("fine 1", level="Info"))


def test_the_line_before_is_of_the_whole_log_whatever_was_asked():
    rows = [entry("Applied 5 rows", "Info", 1), entry("boom 1", "Error", 2)]
    found = patterns(rows, level="error", contains="boom")
    assert found["line_before"]["at"] == at(1)


def test_what_a_statement_does_to_a_definition_tells_the_kind_and_its_rows_do_not():
    ddl = [
        *(f"DDL skipped: ALTER TABLE shop.t_{n} ADD COLUMN c_{n} INT" for n in range(3)),
        *(f"DDL skipped: DROP TABLE shop.t_{n}" for n in range(2)),
    ]
    assert counts(patterns(entries(*ddl))) == [2, 3]
    dml = ("slow query: SELECT a FROM t_1 WHERE b = 5", "slow query: DELETE FROM t_1 WHERE b = 7")
    assert counts(patterns(entries(*dml))) == [2]
