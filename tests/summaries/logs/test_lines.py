"""Plain lines: those that repeat are one, a page says what is there, around a time both sides are."""

import random
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drs_mcp.summaries.logs.filters import Words
from tests.support.log_rows import START, at, cells, entries, entry, kinds, lines

BUSY = "Lock wait timeout exceeded; try restarting transaction"


def texts(found):
    return [row["message"] for row in cells(found, "lines")]


# -- repeated lines ---------------------------------------------------------------------------


def test_lines_of_one_text_are_one_row_with_their_number_and_span():
    rows = [entry(BUSY, "Error", 600 * n) for n in range(10)] + [entry("done", "Info", 6000)]
    assert [list(row.values()) for row in cells(lines(rows), "lines")] == [
        [at(6000), "info", None, "done"],
        [at(5400), "error", "× 10, 08:00:00 to 09:30:00, same text", BUSY],
    ]
    assert cells(lines(rows, order="oldest"), "lines")[0]["at"] == at(0)


def test_a_span_of_more_than_a_day_is_dated():
    rows = [entry(BUSY, "Error", 86_400 * n) for n in range(3)]
    assert cells(lines(rows), "lines")[0]["repeated"] == (
        "× 3, 2026-11-20T08:00:00Z to 2026-11-22T08:00:00Z, same text"
    )


def test_full_shows_every_line():
    rows = [entry(BUSY, "Error", n) for n in range(10)]
    found = lines(rows, full=True)
    assert texts(found) == [BUSY] * 10
    assert found["lines"]["total"] == 10


def test_lines_that_take_turns_are_folded_each_and_those_far_apart_are_not():
    rows = [entry(("lost", "found")[n % 2], "Warn", n) for n in range(40)]
    assert [row["repeated"][:4] for row in cells(lines(rows), "lines")] == ["× 20", "× 20"]
    rows = entries("begun", *kinds(60), "begun", level="Info")
    assert "repeated" not in lines(rows, limit=100)["lines"]["columns"]


def test_the_same_words_at_another_level_are_another_line():
    rows = [entry("slow", "Warn", 1), entry("slow", "Error", 2), entry("slow", "Warn", 3)]
    assert [row["level"] for row in cells(lines(rows), "lines")] == ["warn", "error"]


def test_texts_that_differ_beyond_what_is_kept_are_not_the_same():
    rows = entries("x" * 3000 + "a", "x" * 3001 + "b")
    assert len(texts(lines(rows))) == 2


def test_lines_without_a_time_are_folded_without_a_span():
    rows = [entry(BUSY, create_time=None) for _ in range(3)]
    assert cells(lines(rows), "lines")[0]["repeated"] == "× 3, same text"


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_whatever_order_pages_come_in_the_rows_are_the_same(order):
    chance = random.Random(4)
    rows = [entry(f"m {chance.randrange(40)}", "Info", n) for n in range(600)]
    wanted = lines(rows, order=order, limit=400)["lines"]["rows"]
    assert 100 < len(wanted) < 600
    assert sum(int((row[2] or "× 1").split(",")[0][2:]) for row in wanted) == 600
    assert lines(rows[::-1], order=order, limit=400, page=7)["lines"]["rows"] == wanted


def test_offset_counts_rows_as_they_are_shown_and_the_headline_says_so():
    rows = [entry(f"m {n // 4}", "Info", n) for n in range(400)]
    pages = [lines(rows, offset=offset, limit=30) for offset in (0, 30, 60, 90)]
    assert [text for page in pages for text in texts(page)] == [f"m {n}" for n in range(99, -1, -1)]
    assert pages[1]["headline"] == (
        "Lines 31 to 60 of 100, newest first: 400 entries, those that repeat folded."
    )


def test_many_more_lines_than_are_kept_are_still_counted():
    rows = [entry(BUSY, "Error", n) for n in range(50_000)]
    assert cells(lines(rows), "lines")[0]["repeated"].startswith("× 50,000, ")


# -- pages within a budget --------------------------------------------------------------------


def test_headline_and_next_call_speak_of_the_rows_that_the_budget_left():
    rows = [entry(f"{name} happened at length", "Info", n) for n, name in enumerate(kinds(400))]
    found = lines(rows, limit=400, max_chars=8000)
    shown = found["lines"]["shown"]
    assert 20 < shown == len(found["lines"]["rows"]) < 400
    assert found["headline"] == f"Lines 1 to {shown} of 400 entries, newest first."
    assert found["next"][0]["args"]["offset"] == shown


def test_a_line_ends_in_its_reason_and_is_whole_when_asked_for():
    long = f"write event [{', '.join(f'f{n}=v' for n in range(300))}] caused by: disk is full"
    found = lines(entries(long))
    assert texts(found)[0].endswith("caused by: disk is full")
    assert len(texts(found)[0]) <= 240
    call = found["next"][0]["args"]
    assert call["full"] is True
    assert texts(lines(entries(long), full=True, limit=call["limit"])) == [long]


def test_a_line_longer_than_the_budget_says_how_many_characters_are_left():
    long = "word " * 3000
    found = lines(entries(long.strip(), "short"), full=True, order="oldest", max_chars=8000)
    text, left = texts(found)[0].split("… ")
    assert left == f"({14_999 - len(text):,} more characters)"
    assert len(text) > 7000
    assert found["headline"] == "Lines 1 to 1 of 2 entries, oldest first."
    assert found["next"][0]["args"]["max_chars"] == 30000


# -- around a time ----------------------------------------------------------------------------


@pytest.mark.parametrize("newest_first", [True, False])
def test_around_a_time_are_the_lines_on_either_side(newest_first):
    rows = [entry(f"m {n}", "Info", n) for n in range(1000)]
    if newest_first:
        rows.reverse()
    found = lines(rows, around=START.replace(minute=5), limit=10, order="oldest", page=90)
    assert texts(found) == [f"m {n}" for n in range(295, 305)]
    assert found["headline"] == (
        "5 lines before 2026-11-20T08:05:00Z and 5 from then on, of 1,000 entries; oldest first."
    )
    newest = lines(rows, around=START.replace(minute=5), limit=10, page=90)
    assert texts(newest) == texts(found)[::-1]


def test_where_a_side_has_few_lines_the_other_has_its_half():
    rows = [entry(f"m {n}", "Info", n) for n in range(100)]
    assert texts(lines(rows, around=START, limit=4, order="oldest")) == ["m 0", "m 1"]
    late = lines(rows, around=START.replace(hour=9), limit=4)
    assert texts(late) == ["m 99", "m 98"]
    assert late["headline"] == (
        "2 lines before 2026-11-20T09:00:00Z and 0 from then on, of 100 entries; newest first."
    )


def test_around_a_time_filters_apply_and_the_calls_go_on_from_both_ends():
    rows = [entry(f"m {n}", ("Info", "Error")[n % 2], n) for n in range(100)]
    found = lines(rows, around=START.replace(second=50), level="error", limit=4)
    assert texts(found) == ["m 53", "m 51", "m 49", "m 47"]
    before, after = (call["args"] for call in found["next"])
    assert (before["until"], before["level"]) == (at(47), "error")
    assert (after["since"], after["order"]) == (at(53), "oldest")


def test_a_budget_cuts_the_lines_around_a_time_from_both_ends():
    rows = [entry(f"{name} happened", "Info", n) for n, name in enumerate(kinds(400))]
    found = lines(rows, around=START.replace(minute=3), limit=300, order="oldest", max_chars=6000)
    before = sum(row["at"] < at(180) for row in cells(found, "lines"))
    assert abs(found["lines"]["shown"] - 2 * before) <= 1
    assert f"{before} lines before" in found["headline"]


# -- which words ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ("timeout orders", True),
        ("ORDERS Timeout", True),
        ("timeout customers", False),
        ('"lock wait"', True),
        ('"wait lock"', False),
        ("'lock wait' -invoice", True),
        ("timeout -orders", False),
        ('timeout -"lock wait"', False),
        ("-orders", False),
        ("-invoice", True),
        ("-1062", True),
        ("ORA-01555", False),
        ("锁等待 orders", True),
        ("锁等待 -超时", False),
        ('say "', False),
        ("", True),
    ],
)
def test_all_words_are_wanted_but_those_that_are_ruled_out(asked, fits):
    line = "Lock wait timeout on shop.orders, code -1062, 锁等待超时"
    assert Words(asked).fit(line) is fits


# -- memory -----------------------------------------------------------------------------------


def test_the_longest_lines_are_held_in_bounded_memory():
    page = [entry("y" * 30_000 + str(n), "Info", n) for n in range(100)]
    tracemalloc.start()
    found = lines([*page] * 40, full=True, page=100)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found["lines"]["shown"] == 1
    assert most < 250_000_000


# -- whatever is asked ------------------------------------------------------------------------

MESSAGES = st.sampled_from(["lost", "found", "x" * 900, "表 订单 写入失败", "a b c", "", "\ud800?"])
LOG = st.lists(st.tuples(MESSAGES, st.integers(0, 40), st.sampled_from(["Error", "Info"])))


@settings(max_examples=60, deadline=None)
@given(LOG, st.sampled_from(["newest", "oldest"]), st.booleans(), st.integers(1, 30))
def test_pages_cut_by_a_budget_join_up_and_every_headline_is_true(log, order, full, limit):
    rows = [entry(message, level, second) for message, second, level in log]
    told, offset = 0, 0
    while True:
        found = lines(rows, order=order, full=full, limit=limit, offset=offset, max_chars=2000)
        shown = len(found.get("lines", {}).get("rows", []))
        if shown:
            total = found["lines"]["total"]
            assert f"Lines {offset + 1:,} to {offset + shown:,} of {total:,}" in found["headline"]
        for row in cells(found, "lines"):
            told += int((row.get("repeated") or "× 1").split(",")[0][2:])
        more = [call["args"] for call in found.get("next", []) if "offset" in call["args"]]
        if not shown or offset + shown >= found["lines"]["total"]:
            break
        assert more[0]["offset"] == offset + shown
        offset += shown
    assert told == len(rows)


@settings(max_examples=60, deadline=None)
@given(LOG, st.integers(0, 40), st.integers(1, 30), st.integers(1000, 4000))
def test_around_any_time_each_side_is_complete_next_to_it(log, second, limit, max_chars):
    rows = [entry(message, level, at_) for message, at_, level in log]
    found = lines(
        rows, around=START.replace(second=second), limit=limit, order="oldest", max_chars=max_chars
    )
    ats = [row["at"] for row in cells(found, "lines")]
    before = sum(one < at(second) for one in ats)
    assert found["headline"].startswith(
        f"{before} line{'s' * (before != 1)} before {at(second)} and {len(ats) - before} from then"
        if rows
        else "The log is empty."
    )
