"""Of a text that is too long, what decides stays, whatever stands around it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.ledger import open_ledger
from drs_mcp.quoting.quoted import quote, whole_texts
from drs_mcp.quoting.shortening import shortened

TABLES = ", ".join(f"crm.visit_{number:03}" for number in range(90))
NAMES = ", ".join(
    f"{word}s" for word in ["customer", "item", "order", "address", "payment", "refund", "bill"]
)
FRAMES = "".join(f"\n\tat com.example.sync.S{n}.run(S{n}.java:{n})" for n in range(40))
PLSQL = "".join(f'\nORA-06512: at "SALES.LOAD_{n:02}", line {n}' for n in range(30))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"No key: {TABLES}. Table crm.last has the engine FEDERATED.", "engine FEDERATED."),
        (
            f"以下表没有主键：{TABLES.replace(', ', '、')}。表 crm.last 的引擎是 FEDERATED。",
            "FEDERATED。",
        ),
        (f"connect failed{FRAMES}\nCaused by: SSL is required", "Caused by: SSL is required"),
        (f"apply failed{PLSQL}\nORA-01653: unable to extend table{PLSQL}", "ORA-01653: unable to"),
        (f"rows {TABLES}: GAUSS-00517: no space left, rows {TABLES} wait", "GAUSS-00517: no space"),
        (f"涉及 {TABLES}，错误码 GS_312：磁盘已满。会话 {TABLES} 将重试", "GS_312：磁盘已满"),
        (f"batch failed {'again ' * 80}SQLSTATE 53100 {'and ' * 90} is told", "SQLSTATE 53100"),
        (f"{'the disk is slow. ' * 30}Set sync_binlog to 1000.", "Set sync_binlog to 1000."),
        (f"ALTER TABLE t {', '.join(f'ADD c{n} INT NULL' for n in range(40))}, DROP z", "DROP z"),
    ],
)
def test_the_deciding_words_stay_wherever_they_stand(text, kept):
    shown = shortened(text, 240)
    assert kept in shown
    assert shown.startswith(text[:8])
    assert len(shown) <= 240


def test_each_cause_of_a_chain_stays_and_frames_go():
    text = f"a{FRAMES}\nCaused by: BatchException: b{FRAMES}\nCaused by: IOException: c{FRAMES}"
    assert shortened(text, 240) == ("a\nCaused by: BatchException: b\nCaused by: IOException: c")


def test_what_was_suppressed_on_the_way_is_not_the_cause():
    noise = "x " * 60
    text = f"a {noise} Caused by: disk quota of 5 GB {noise} Suppressed: IOException: is closed {noise}"
    assert "Caused by: disk quota of 5 GB" in shortened(text, 200)


def test_a_list_keeps_as_many_as_there_is_room_for_and_says_how_many_are_left_out():
    items = [f"db.t{number}" for number in range(100, 150)]
    shown = shortened(f"Tables: {','.join(items)}", 240)
    kept, _, rest = shown.removeprefix("Tables: ").partition(", … ")
    left = int(rest.partition(" more,")[0])
    assert kept.split(",") == items[: len(kept.split(","))]
    assert len(kept.split(",")) + left + 1 == len(items)
    assert rest.endswith(items[-1])
    assert len(shown) > 200


@pytest.mark.parametrize(
    "text", [f"for {NAMES}", "a, b, c, d, e, f, g, h", f"short{FRAMES[:60]}", "", "x" * 240]
)
def test_what_fits_stands_as_it_is(text):
    assert shortened(text, 240) == text


def test_a_name_without_words_is_cut_at_its_end():
    assert shortened("n" * 500, 40) == "n" * 39 + "…"


@given(st.text(max_size=900), st.integers(1, 300))
def test_no_text_is_longer_than_its_room(text, cap):
    assert len(shortened(text, cap)) <= cap


@given(
    st.lists(
        st.sampled_from(
            ["ORA-01555", "Caused by: ", "a, ", "、", "; ", "\n", " ", "wort" * 9, "x."]
        ),
        max_size=120,
    )
)
def test_nothing_that_is_shown_was_not_written(parts):
    text = "".join(parts)
    shown = shortened(text, 120)
    for piece in shown.replace("more", "…").split("…"):
        assert piece.strip(" ,、;\n0123456789") in text


@pytest.mark.parametrize(
    "part",
    ["a, ", "Caused by: ", "ORA-01555: ", " at a.B.c(D.java:1)", "、", "w" * 60 + " ", "error: "],
)
def test_the_time_grows_with_the_length_alone(part):
    def seconds(times):
        text = part * times
        begun = time.perf_counter()
        shortened(text, 240)
        return time.perf_counter() - begun

    seconds(200)
    assert seconds(4_000) < 0.5


def test_the_ledger_knows_which_texts_were_cut():
    with open_ledger() as book:
        shown = quote(f"Tables: {TABLES}", 120)
        quote("short", 120)
        with whole_texts():
            assert quote(f"Tables: {TABLES}", 120).endswith("crm.visit_089")
    assert book.cut_texts == {shown}


@pytest.mark.parametrize(
    ("text", "kept", "cap"),
    [
        (
            (
                "Got fatal error 1236 from source when reading data from binary log: 'The replica is connecting using "
                "SOURCE_AUTO_POSITION = 1, but the source has purged binary logs with GTIDs that the replica requires.'"
            ),
            "purged",
            96,
        ),
        (
            (
                'Publication "pub_of_another" read by a consumer on the source was dropped. It is not used by this task; '
                'publication "drs_pub_1" is there, with all tables.'
            ),
            "not used by this task",
            104,
        ),
        (
            (
                "The account drs_sync connects to the destination over TLS 1.2 from 10.0.0.7 and may read every table, "
                "but it is not allowed to create triggers there; the pre-check of the network has passed."
            ),
            "not allowed to create",
            96,
        ),
        (
            (
                "Command failed with error 286 (ChangeStreamHistoryLost): 'Resume of change stream was not possible, as the "
                "resume point may no longer be in the oplog.' on server 10.50.0.11:27017."
            ),
            "not possible",
            96,
        ),
        (
            (
                "write table crm.line skipped (policy ignore): Cannot add or update a child row: a foreign key constraint "
                "fails (`crm`.`line`, CONSTRAINT `fk_inv` FOREIGN KEY (`invoice_id`) REFERENCES `invoice` (`id`))"
            ),
            "foreign key constraint fails",
            130,
        ),
        (
            (
                "源库归档日志 thread_1_seq_8841.arc 所在的目录 /oracle/archive/2026_11/node_1 中的这个文件在两小时之前的例行维护窗口里已被清理，"
                "目标库当前连接正常，后续日志 thread_1_seq_8842.arc 至 thread_1_seq_8990.arc 均可读取，任务等待下一次调度。"
            ),
            "清理",
            90,
        ),
        (
            (
                "Aborted grouped transaction OGG-01004 on SHOP.CUSTOMERS (ORA-01403: no data found, SQL <UPDATE CUSTOMERS x SET "
                "x.A1 = :a1,x.A2 = :a2,x.A3 = :a3,x.A4 = :a4,x.A5 = :a5 WHERE x.ID = :b0>); the operation was discarded"
            ),
            "operation was discarded",
            140,
        ),
    ],
)
def test_a_word_that_turns_what_is_said_stays(text, kept, cap):
    shown = shortened(text, cap)
    assert kept in shown
    assert len(shown) <= cap


def test_halves_of_two_sentences_are_not_joined_to_one():
    text = (
        'Slot "other_7" of a consumer that nobody knows here on the source was invalidated an hour ago (lost). '
        'It is another one; slot "drs_1" is active, wal_status reserved.'
    )
    for cap in range(70, len(text)):
        shown = shortened(text, cap)
        assert "invalidated" in shown or "other_7" not in shown


@given(st.text(alphabet="ab .不", min_size=60, max_size=400), st.integers(60, 300))
def test_every_piece_of_what_is_shown_stands_in_the_text_in_its_order(text, cap):
    shown = shortened(text, cap)
    assert len(shown) <= max(cap, min(len(text), cap))
    place = 0
    for piece in filter(None, shown.removesuffix("…").split(" … ")):
        if " more" not in piece:
            place = text.index(piece.strip(), place) + len(piece.strip())


def test_what_breaks_off_at_its_end_says_so():
    text = f"It is not allowed to write there. {'The rest goes on and on ' * 20}"
    assert shortened(text, 90).endswith(("…", "on and on"))


def test_a_long_list_of_failures_alike_keeps_its_first_and_its_last_name():
    parts = [
        f"the structure [shop.v_{n:02}] failed: table shop.t_{n:02} is gone" for n in range(40)
    ]
    told = shortened(f"events={'; '.join(parts)}", 300)
    assert "v_00" in told
    assert "v_39" in told or "more" in told
