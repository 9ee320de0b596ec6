"""How one log entry is read: masks, codes, tables, frames, levels and times."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.summaries.logs.entries import Levels, Times, level_in, rank
from drs_mcp.summaries.logs.frames import fold_all_frames, fold_frames
from drs_mcp.summaries.logs.masks import Keys, shorten_ids, template
from drs_mcp.summaries.logs.names import codes_in, tables_in
from drs_mcp.summaries.logs.tally import Tally

CODED = [
    ("ORA-01555: snapshot too old", "ORA-01555"),
    ("TNS-12541: no listener", "TNS-12541"),
    ("GAUSS-01850 in step 5", "GAUSS-01850"),
    ("MY-010045 from the server", "MY-010045"),
    ("the task answered DRS.M06101.", "DRS.M06101"),
    ("APIGW.0301 from the gateway", "APIGW.0301"),
    ("SQLSTATE 23000 in batch 5", "SQLSTATE 23000"),
    ("SQLSTATE[HY000] in batch 5", "SQLSTATE HY000"),
    ("SQLCODE: -4031 in batch 5", "SQLCODE -4031"),
    ("write failed (errno: 28)", "errno 28"),
    ("apply failed, Error_code: 1062", "error 1062"),
    ("the error code is 1236", "error 1236"),
]


# -- masks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "masked"),
    [
        ("Applied 12 rows in 3.5 s", "Applied * rows in * s"),
        ("since 2026-11-20T08:00:00Z waiting", "since * waiting"),
        ("task 1c0d0f3e-2b4a-4c5d-8e9f-001122334455 died", "task * died"),
        ("at offset 0xDEADBEEF of redo", "at offset * of redo"),
        ("reset by 10.0.0.1:3306", "reset by *"),
        ("value 'anna' and \"bert\" rejected", "value * and * rejected"),
        ("write table shop.t_1 failed", "write table * failed"),
        ("write `shop`.`orders` failed", "write * failed"),
        ("nothing varies here", "nothing varies here"),
    ],
)
def test_what_varies_is_masked_and_the_words_stay(message, masked):
    assert template(message, Keys()) == masked


@pytest.mark.parametrize(("message", "code"), CODED)
def test_error_codes_are_found_and_never_masked(message, code):
    assert codes_in(message) == [code]
    assert code.rpartition(" ")[2] in template(message, Keys())


@pytest.mark.parametrize(("message", "code"), CODED)
def test_a_code_is_told_once_and_beside_others(message, code):
    assert codes_in(f"{message}; {message}; ORA-99999") == [code, "ORA-99999"]


@pytest.mark.parametrize(
    "message",
    ["shop.orders_2024 of 5", "UTF-8 and SHA-256", "since 2026-11-20 08:00", "XORA-01555x", ""],
)
def test_what_only_looks_like_a_code_is_none(message):
    assert codes_in(message) == []


def test_messages_of_one_kind_have_one_key_alone_or_in_a_page():
    messages = ["Applied 5 rows to shop.t_1", "Applied 77 rows to shop.t_9", "nothing to do", ""]
    keys = Keys()
    page = keys.page(messages)
    assert page[0] == page[1] != page[2]
    assert page == [Keys().key(message) for message in messages]
    assert keys.page([]) == []


@given(st.lists(st.text(st.characters(exclude_characters="\n\r"), max_size=60), max_size=8))
def test_a_page_has_one_key_for_each_message_whatever_they_say(messages):
    plain = [" ".join(message.split(" ")) for message in messages]
    assert len(Keys().page(plain)) == len(plain)


def test_a_page_of_lone_surrogates_has_keys():
    assert len(Keys().page(["\ud800 broke 5", "fine 6"])) == 2


def test_words_that_do_not_come_back_fill_no_memory():
    keys = Keys()
    for number in range(30_000):
        keys.key(f"task {number:08x}-2b4a-4c5d-8e9f-{number:012x} died")
        keys.key(f"word{''.join(chr(97 + int(digit)) for digit in str(number))}")
    assert len(keys) <= 20_001


def test_long_identifiers_are_cut_to_their_first_eight_characters():
    shortened = shorten_ids(
        "task 1c0d0f3e-2b4a-4c5d-8e9f-001122334455 and 0123456789abcdef0123456789abcdef"
    )
    assert shortened == "task 1c0d0f3e… and 01234567…"
    assert shorten_ids("short 1c0d0f3e stays") == "short 1c0d0f3e stays"


# -- tables ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "tables"),
    [
        ("write table shop.orders failed", ["shop.orders"]),
        ("Table 'shop.orders' doesn't exist", ["shop.orders"]),
        ('relation "public.t_a" is locked', ["public.t_a"]),
        ("`shop`.`orders` and `shop`.`items`", ["shop.orders", "shop.items"]),
        ("schema_name=SALES, object_name=T_ORDER", ["SALES.T_ORDER"]),
        ("table orders_2024 is lost", ["orders_2024"]),
        ("collection events_1 is lost", ["events_1"]),
        ("SALES.T_ORDER is behind", ["SALES.T_ORDER"]),
        ("SALES.T_A, SALES.T_A and SALES.T_B", ["SALES.T_A", "SALES.T_B"]),
        ("com.example.drs.Reader failed", []),
        ("db.example.com:3306 refused", []),
        ("see binlog.000123 and dump_1.sql", []),
        ("DRS.M06101 was answered", []),
        ("index SHOP.IDX_1 is unusable", []),
        ("10.0.0.1 refused", []),
        ("", []),
    ],
)
def test_tables_are_told_from_hosts_files_classes_and_codes(message, tables):
    assert tables_in(message) == tables


# -- stack frames ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("boom\n\tat com.a.B.c(B.java:12)\n\tat com.a.D.<init>(D.java)\n\t... 12 more", "boom"),
        ("boom at com.a.B.c(B.java:12) at com.a.D.e(Native Method) ... 12 more", "boom"),
        ("boom\r\n\tat java.base/java.lang.Thread.run(Thread.java:829)", "boom"),
        ("a\n\tat x.Y.z(Y.java:1)\nCaused by: b\n\tat x.Y.z(Unknown Source)", "a Caused by: b"),
        ("\tat com.a.B.c(B.java:12)", ""),
        ("... 12 more", ""),
        ('ValueError\n  File "job.py", line 3, in run', "ValueError"),
        ("stopped at 08:00 (again)", "stopped at 08:00 (again)"),
        ("", ""),
    ],
)
def test_stack_frames_are_folded_and_the_rest_stays(message, left):
    assert fold_frames(message) == left


def test_a_page_without_frames_is_handed_back_as_it_is():
    page = ["nothing here", "nor there (at all)", ""]
    assert fold_all_frames(page) is page
    assert fold_all_frames([*page, "\tat com.a.B.c(B.java:12)"]) == [*page, ""]


# -- levels ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("Error", "error"), ("ERROR ", "error"), ("Fatal", "error"), ("SEVERE", "error"),
        ("Warn", "warn"), ("WARNING", "warn"), ("Info", "info"), ("notice", "info"),
        ("debug", "debug"), ("TRACE", "debug"), ("Audit", "audit"), ("not a word!", "unknown"),
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
        ("Errors are no level", "unknown"),
        ("the ERROR is inside", "unknown"),
        ("", "unknown"),
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
        assert levels.page(rows, messages) == ["error", "warn", "unknown", "error", "unknown"]


def test_levels_without_end_are_unknown_after_a_few():
    levels = Levels()
    read = {levels.read(f"level{n}", "") for n in range(100)}
    assert "unknown" in read
    assert len(read) < 15


def test_errors_rank_before_warnings_before_others_before_info():
    levels = ["debug", "info", "unknown", "audit", "warn", "error"]
    assert sorted(levels, key=rank) == ["error", "warn", "audit", "unknown", "info", "debug"]


# -- times -------------------------------------------------------------------------------------


def test_times_sort_as_text_whatever_their_form():
    written = [
        "2026-11-20 08:00:00", "2026-11-20T08:00:01Z", "2026-11-20T16:00:01.500+08:00",
        1795161602000, "1795161603000",
    ]  # fmt: skip
    read = [Times().read(value) for value in written]
    assert read == sorted(read)
    assert read[0].startswith("2026-11-20T08:00:00")


def test_a_page_of_times_is_read_as_each_is_alone():
    written = [
        "2026-11-20T08:00:00Z", "2026-11-20T08:59:59Z", "2026-11-20T08:60:00Z", "2026-11-20T08:00Z",
        "2026-11-20T25:00:00Z", None, 7, "2026-11-20T08:00:00.5Z", "2026-02-30T00:00:00Z",
    ]  # fmt: skip
    times = Times()
    page = times.page([{"create_time": value} for value in written])
    assert page == [Times().read(value) for value in written]
    assert page == times.page([{"create_time": value} for value in written])
    assert page[2] == page[4] == page[5] == page[8] == ""


# -- tallies -----------------------------------------------------------------------------------


def test_a_tally_of_too_many_names_keeps_the_frequent_ones_and_counts_the_rest():
    tally = Tally()
    for number in range(2000):
        tally.add(f"name{number}")
        tally.add("frequent")
    assert tally.top(1) == [("frequent", 2000)]
    assert sum(tally.counts.values()) + tally.rest == 4000
    assert len(tally.counts) <= 256
