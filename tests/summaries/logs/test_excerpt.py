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
        ("event=[a=1, table=t_1, cols=[x, y], n=5, at=7] fails", "event=[t_1] fails"),
        (
            "from Info [gtid=null, binlogFile=bin.000007, binlogPosition=4, row=0], gone",
            "from Info [binlogFile=bin.000007, binlogPosition=4], gone",
        ),
        ("at {thread=1, scn: 88120, commit=null, table=t_1}", "at [scn=88120, t_1]"),
        ("at {profile=a, position=null, composer=b, n=1}", "at […]"),
        (
            "INSERT INTO s.t (id, name, addr, tel) VALUES (?, ?, ?, ?) fails",
            "INSERT INTO s.t (…) VALUES (…) fails",
        ),
        (
            "in SELECT /*+ full(t) */ ID, NAME, ADDRESS, PHONE, CREATED FROM S.T WHERE X",
            "in SELECT … FROM S.T WHERE X",
        ),
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


@pytest.mark.parametrize(
    "reason",
    [
        "Caused by: java.net.SocketTimeoutException: Read timed out",
        "java.sql.SQLException: Access denied for user 'drs_reader'@'10.1.1.1'",
        '"cause":"binlog mysql-bin.000123 purged","table":"shop.orders"}',
        "The cause is: disk quota exceeded (dn_6001)",
        'ERROR: duplicate key value violates unique constraint "orders_pkey"',
        "failed due to insufficient privileges on shop.orders",
        "错误信息：磁盘空间不足，由于表空间已满",
    ],
)
def test_a_reason_in_whatever_words_is_where_the_line_goes_on(reason):
    cut = excerpt(f"write of batch 17 did not work {'and so on ' * 90}; {reason}", 160)
    assert cut.endswith(reason.replace("java.net.", "").replace("java.sql.", ""))
    assert cut.startswith("write of batch 17")


def test_names_are_not_cut_in_two():
    line = "user=drs_reader host=db-7.example.com:3306 table=shop.order-item " * 12
    cut = excerpt(line.strip(), 100)
    assert {word for word in cut.split() if word != "…"} <= set(line.split())


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
