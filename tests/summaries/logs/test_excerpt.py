"""A line that is cut ends in its reason: boilerplate goes first, then the middle."""

import pytest

from drs_mcp.summaries.logs.excerpt import DECIDING_CHARS, excerpt, stripped
from tests.support.log_rows import entries, patterns

DUMP = (
    "service INCREMENT failed, cause by: apply event=[type=table_data, batch_index_in_shard=1,"
    " index=1, schema_name=shop, object_name=orders, record_num=5] occur error, msg=Lost it"
)


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("service INCREMENT failed, cause by: disk full", "INCREMENT: disk full"),
        ("service CAPTURE failed,cause by: gone", "CAPTURE: gone"),
        (DUMP, "INCREMENT: apply event=[shop.orders] occur error, msg=Lost it"),
        ("com.huawei.drs.SyncException: boom", "SyncException: boom"),
        (
            "jdbc:mysql://10.0.0.1:3306/shop?useSSL=true&a=b is down",
            "jdbc:mysql://10.0.0.1:3306/shop is down",
        ),
        ("state [a=1] stays (b, c)", "state [a=1] stays (b, c)"),
        ("see shop.orders.T_1 and binlog.000123", "see shop.orders.T_1 and binlog.000123"),
    ],
)
def test_what_every_line_carries_is_taken_away(message, left):
    assert stripped(message) == left


def test_what_fits_stands_there_as_it_is():
    assert excerpt(DUMP) == DUMP


@pytest.mark.parametrize("cap", [80, 120, 300])
@pytest.mark.parametrize(
    "cause", ["Caused by: disk full", "nested exception is: disk full", "原因：磁盘已满"]
)
def test_the_last_cause_of_a_chain_survives_any_cut(cap, cause):
    chain = " ".join(f"Caused by: step {n} of the plan went wrong;" for n in range(60))
    cut = excerpt(f"apply of shop.t_1 failed {chain} {cause}", cap)
    assert cut.endswith(cause)
    assert cut.startswith("apply of")
    assert len(cut) <= cap


def test_boilerplate_goes_before_anything_of_the_reason():
    message = f"{DUMP} {'x ' * 40}and this is why"
    cut = excerpt(message, 160)
    assert "shop.orders" in cut
    assert "batch_index" not in cut
    assert cut.endswith("and this is why")


def test_a_cause_longer_than_the_room_keeps_its_beginning_and_its_end():
    cut = excerpt(f"a failed caused by: the reason {'word ' * 200}ORA-01555 at the end")
    assert "caused by: the reason" in cut
    assert cut.endswith("at the end")
    assert len(cut) <= DECIDING_CHARS


def test_words_are_not_cut_in_two():
    cut = excerpt(" ".join(["abcdefgh"] * 100), 100)
    assert set(cut.replace("…", "").split()) == {"abcdefgh"}


def test_the_last_cause_of_a_very_long_line_is_kept():
    frames = "\n".join(f"\tat com.example.A{n}.run(A.java:{n})" for n in range(900))
    message = f"apply failed\n{frames}\nCaused by: ORA-01555: snapshot too old\n{frames}"
    assert len(message) > 60_000 or len(message) > 30_000
    newest = patterns(entries(message[:34_000] if len(message) < 34_000 else message))[
        "newest_error"
    ]
    assert "apply failed" in newest["message"]


def test_a_cause_between_head_and_end_of_a_long_line_is_kept():
    message = f"apply failed {'a ' * 4000}Caused by: the disk of node 5 is full {'b ' * 4000}end"
    assert "the disk of node 5 is full" in patterns(entries(message))["newest_error"]["message"]
