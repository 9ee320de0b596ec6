"""What the log folds make of a log: levels, times, filters, the newest error, lines in pages."""

import random

import pytest

from tests.support.log_rows import START, at, cells, counts, entries, entry, kinds, lines, patterns

FAILURE = "service INCREMENT failed, cause by: Duplicate entry '7' for key 'PRIMARY'"
UNKNOWN = "the warp core of node 7 is cold"


# -- patterns ----------------------------------------------------------------------------------


def test_errors_come_first_then_warnings_and_info_is_counted():
    rows = [
        *entries(*["slow query took 12 ms"] * 3, level="Warn"),
        *entries(*["Applied 5 rows"] * 9, level="Info"),
        *entries(UNKNOWN),
    ]
    found = patterns(rows)
    assert found["levels"] == {"error": 1, "warn": 3, "info": 9}
    assert [row["level"] for row in cells(found)] == ["error", "warn"]
    assert sum(count for _, count in found["info"]) == 9
    assert found["headline"].startswith("1 error of 1 kind and 3 warnings of 1 kind in 13 log")


def test_a_pattern_tells_how_often_and_from_when_to_when():
    rows = [entry(f"connection {n} reset by peer 10.0.0.{n}", seconds=60 * n) for n in range(1, 6)]
    row = cells(patterns(rows))[0]
    assert (row["count"], row["first"], row["last"]) == (5, at(60), at(300))


def test_the_tables_named_most_are_told_with_the_pattern():
    rows = entries(*["write table shop.t_1 failed"] * 8, "write table shop.t_2 failed")
    assert cells(patterns(rows))[0]["names"] == "shop.t_1 8, shop.t_2 1"


def test_a_known_failure_is_named_with_its_cause_and_fix():
    found = patterns(entries(FAILURE))
    assert found["newest_error"]["known"] == cells(found)[0]["known"]
    cause = cells(found, "causes")[0]
    assert cause["id"] == found["newest_error"]["known"]
    assert cause["cause"]
    assert cause["fix"]


def test_an_empty_log_is_told_to_be_empty():
    found = patterns([])
    assert (found["headline"], found["entries"]) == ("The log is empty.", 0)
    assert not {"levels", "patterns", "newest_error", "next"} & found.keys()


def test_entries_that_are_no_entries_are_counted_all_the_same():
    rows = [{}, {"message": None, "level": [], "create_time": {}}, {"message": 7, "level": 3}]
    found = patterns(rows)
    assert found["entries"] == sum(found["levels"].values()) == 3


def test_a_log_in_pages_of_any_size_has_the_same_answer():
    chance = random.Random(3)
    rows = [
        entry(f"kind {n % 7} of {chance.choice('abc')} {n}", chance.choice(["Error", "Warn"]), n)
        for n in range(300)
    ]
    assert patterns(rows, page=7) == patterns(rows, page=300)


# -- the newest error and what led to it -------------------------------------------------------


@pytest.mark.parametrize("order", ["oldest first", "newest first", "shuffled"])
@pytest.mark.parametrize("page", [1, 10, 1000])
def test_the_newest_error_and_the_line_before_it_are_found_in_any_order(order, page):
    rows = [entry(f"Applied {n} rows", "Info", n) for n in range(300)]
    rows[120] = entry("an early error 1", "Error", 120)
    rows[250] = entry(UNKNOWN, "Error", 250)
    if order == "newest first":
        rows.reverse()
    elif order == "shuffled":
        random.Random(1).shuffle(rows)
    found = patterns(rows, page=page)
    assert found["newest_error"]["at"] == at(250)
    assert found["newest_error"]["message"] == UNKNOWN
    assert found["line_before"] == {
        "at": at(249), "level": "info", "message": "Applied 249 rows",
    }  # fmt: skip


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_line_before_is_exact_in_a_long_sorted_log(newest_first):
    rows = [entry(f"Applied {n} rows", "Info", n) for n in range(9000)]
    rows[4000] = entry(UNKNOWN, "Error", 4000)
    rows.sort(key=lambda row: row["create_time"], reverse=newest_first)
    assert patterns(rows, page=100)["line_before"]["at"] == at(3999)


def test_a_line_before_that_is_not_certain_is_left_out_and_that_is_said():
    rows = [entry(f"Applied {n} rows", "Info", n) for n in range(9000)]
    rows[8000] = entry(UNKNOWN, "Error", 8000)
    rows[5] = entry("early 5", "Error", 5)
    random.Random(2).shuffle(rows)
    found = patterns(rows, page=100)
    assert found["newest_error"]["at"] == at(8000)
    assert found.get("line_before", {"at": at(7999)})["at"] == at(7999)
    if "line_before" not in found:
        assert any("no order of time" in note for note in found["notes"])
    assert found["next"][0]["args"]["until"] == at(8000)


def test_of_errors_at_one_time_a_known_failure_is_the_newest():
    rows = [entry(UNKNOWN, seconds=9), entry(FAILURE, seconds=9), entry("other 4", seconds=9)]
    for order in (rows, rows[::-1]):
        assert "known" in patterns(order)["newest_error"]


def test_the_newest_error_stays_at_the_smallest_budget():
    rows = entries(*kinds(48))
    found = patterns(rows, max_chars=1000)
    assert found["newest_error"]["at"] == at(47)
    assert found["levels"] == {"error": 48}


def test_codes_that_a_long_message_does_not_show_are_told_beside_it():
    one = f"applying failed {'x ' * 200} ORA-01555: snapshot too old {'y ' * 200} caused by: z"
    newest = patterns(entries(one))["newest_error"]
    assert "ORA-01555: snapshot too old" in newest["message"]
    assert newest["message"].endswith("caused by: z")
    assert "codes" not in newest
    many = " ".join(f"ORA-0155{number}: {'snapshot ' * 25}" for number in range(5, 9))
    newest = patterns(entries(f"applying failed {'x ' * 200} {many} caused by: z"))["newest_error"]
    assert newest["message"].endswith("caused by: z")
    told = f"{newest['message']} {newest.get('codes', '')}"
    assert all(f"ORA-0155{number}" in told for number in range(5, 9))


def test_frames_that_come_as_entries_of_their_own_are_no_failure():
    rows = entries("what led to it", level="Info")
    rows.append(entry(UNKNOWN, seconds=5))
    rows += [entry("\tat com.example.Reader.read(Reader.java:12)", seconds=6)] * 3
    found = patterns(rows)
    assert found["newest_error"]["message"] == UNKNOWN
    assert found["line_before"]["message"] == "what led to it"
    assert found["levels"] == {"error": 4, "info": 1}


def test_frames_with_their_archive_behind_them_are_no_failure():
    rows = [entry(UNKNOWN, seconds=5)]
    rows.append(entry("\tat com.example.Reader.read(Reader.java:12) ~[reader.jar:8.0]", seconds=6))
    assert patterns(rows)["newest_error"]["message"] == UNKNOWN


# -- times -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-20T08:01:02Z",
        "2026-11-20T16:01:02+08:00",
        "2026-11-20T08:01:02.250Z",
        "2026-11-20 08:01:02",
        "2026-11-20 08:01:02.250",
        "2026-11-20 08:01:02,250",
        1795161662000,
        "1795161662000",
        1795161662,
    ],
)
def test_every_form_of_time_is_read_in_utc(written):
    found = patterns([entry(UNKNOWN, create_time=written)])
    assert found["first"] == found["newest_error"]["at"] == "2026-11-20T08:01:02Z"
    assert cells(lines([entry(UNKNOWN, create_time=written)]), "lines")[0]["at"] == found["first"]


def test_forms_of_time_may_be_mixed_in_one_log():
    rows = [
        entry("second 2", create_time="1795161662000"),
        entry("third 3", create_time="2026-11-20 08:02:00"),
        entry("first 1", create_time="2026-11-20T08:00:30Z"),
    ]
    shown = cells(lines(rows, order="oldest"), "lines")
    assert [row["message"] for row in shown] == ["first 1", "second 2", "third 3"]
    assert patterns(rows)["newest_error"]["message"] == "third 3"


@pytest.mark.parametrize("written", [None, "", 0, "-1", "yesterday", "0000-00-00 00:00:00", []])
def test_an_entry_without_a_readable_time_is_counted_and_told_of(written):
    rows = [entry("late 9", create_time=written), entry(UNKNOWN, seconds=3)]
    found = patterns(rows)
    assert (found["entries"], found["levels"]) == (2, {"error": 2})
    assert found["newest_error"]["at"] == at(3)
    assert found["notes"] == ["1 entry without a readable time."]


def test_an_error_without_a_time_is_the_newest_only_where_there_is_no_other():
    found = patterns([entry(UNKNOWN, create_time=None)])
    assert found["newest_error"] == {"message": UNKNOWN}
    assert "first" not in found


# -- filters -----------------------------------------------------------------------------------


def test_a_level_narrows_the_patterns_and_not_the_counts():
    rows = [*entries(UNKNOWN), *entries("slow 1", level="Warn"), *entries("ok 1", level="Info")]
    found = patterns(rows, level="warn")
    assert {row["level"] for row in cells(found)} == {"warn"}
    assert found["levels"] == {"error": 1, "warn": 1, "info": 1}
    assert found["newest_error"]["message"] == UNKNOWN
    assert "matching" not in found


def test_info_that_is_asked_for_comes_as_patterns():
    found = patterns(entries("Applied 5 rows", "Applied 6 rows", level="Info"), level="info")
    assert counts(found, "info") == [2]
    assert "info" not in found


def test_text_is_found_whatever_its_case_and_counts_are_of_what_matches():
    rows = [*entries(UNKNOWN, "another 1"), *entries("Slow WARP 1", level="Warn")]
    found = patterns(rows, contains="Warp")
    assert (found["entries"], found["matching"]) == (3, 2)
    assert found["levels"] == {"error": 1, "warn": 1}
    assert patterns(rows, contains="nowhere")["headline"] == "Nothing matches in 3 log entries."


@pytest.mark.parametrize("ask", [patterns, lines])
def test_both_ends_of_a_span_belong_to_it(ask):
    rows = entries(*(f"m {n}" for n in range(10)))
    rows[6]["create_time"] = rows[6]["create_time"].replace("Z", ".750Z")
    span = {"since": START.replace(second=3), "until": START.replace(second=6)}
    found = ask(rows, **span)
    assert (found["entries"], found["matching"]) == (10, 4)


@pytest.mark.parametrize("ask", [patterns, lines])
def test_what_has_no_time_is_in_no_span_and_that_is_said(ask):
    rows = [entry("a 1", create_time=""), entry("b 2")]
    found = ask(rows, since=START)
    assert found["matching"] == 1
    assert found["notes"] == ["Left out: 1 entry without a readable time."]


def test_the_call_for_the_other_patterns_asks_for_the_same():
    rows = entries(*(f"{kind} broke" for kind in kinds(30)))
    found = patterns(rows, contains="broke", since=START, max_chars=1000)
    call = found["next"][0]
    assert call["tool"] == "get_logs"
    assert call["args"]["contains"] == "broke"
    assert call["args"]["since"] == at(0)
    assert call["args"]["offset"] == found["patterns"]["shown"] < found["patterns"]["total"]


# -- lines -------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("newest_first", [True, False])
def test_pages_of_lines_join_up_to_the_whole_log_in_either_order(order, newest_first):
    rows = [entry(f"m {n}", "Info", n // 3) for n in range(200)]  # three lines a second
    if newest_first:
        rows.reverse()
    messages, offset = [], 0
    while True:
        found = lines(rows, page=9, order=order, offset=offset, limit=30)
        messages += [row["message"] for row in cells(found, "lines")]
        following = [call["args"] for call in found.get("next", [])]
        if not following:
            break
        assert following[0]["view"] == "lines"
        offset = following[0]["offset"]
    wanted = [f"m {n}" for n in range(200)]
    assert messages == (wanted if order == "oldest" else wanted[::-1])


def test_lines_of_unknown_time_come_last_in_either_order():
    rows = [entry("none 1", create_time=None), entry("old 1", seconds=1), entry("new 1", seconds=2)]
    newest, oldest = (cells(lines(rows, order=order), "lines") for order in ("newest", "oldest"))
    assert [row["message"] for row in newest] == ["new 1", "old 1", "none 1"]
    assert [row["message"] for row in oldest] == ["old 1", "new 1", "none 1"]


def test_lines_are_filtered_by_level_and_text_together():
    rows = [*entries("a 1", "b 2", "a 3"), *entries("a 4", level="Warn")]
    found = lines(rows, level="error", contains="A", order="oldest")
    assert [row["message"] for row in cells(found, "lines")] == ["a 1", "a 3"]
    assert (found["entries"], found["matching"]) == (4, 2)
    assert found["levels"] == {"error": 2, "warn": 1}
    assert found["headline"] == "Lines 1 to 2 of 2 matching of 4 log entries, oldest first."


def test_a_page_beyond_the_end_says_so():
    found = lines(entries("a 1"), offset=5)
    assert found["headline"] == "No lines from position 5 on: 1 entry."
    assert lines([])["headline"] == "The log is empty."


def test_lines_beyond_what_is_held_are_reached_by_time():
    rows = [entry(f"m {n}", "Info", n) for n in range(20_020)]
    found = lines(rows, offset=19_995, limit=10)
    assert len(found["lines"]["rows"]) == 5
    assert any("narrow" in note for note in found["notes"])
    assert found["next"][0]["args"]["until"] == cells(found, "lines")[-1]["at"]
