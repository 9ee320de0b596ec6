"""Why a task lags, in the words of many engines: the kind of reason, its side, its numbers."""

from datetime import timedelta

import anyio
import pytest

from drs_mcp.clock import iso
from drs_mcp.tools.diagnosis import diagnose_job
from tests.support.tool_calls import NOW, ask
from tests.support.upstream import wire_of

LOCK = "holds a lock that the task waits for"
SLOW = "takes ever longer to apply"
QUEUE = "What was read waits to be applied"
BEHIND = "Reading the source's log falls behind"
NODE = "The DRS node is the limit"
HELD = "Something has held the task up"
LARGE = "One large transaction is being applied"

LINES = [
    ("mysql", "waiting for a lock held by session 4411 on shop.cart, {s} s", LOCK, "destination"),
    ("postgresql", "VACUUM FULL of public.orders blocks apply, {s} s", LOCK, "destination"),
    ("mysql", "table shop.cart is locked by a backup, waiting {s} s", LOCK, "destination"),
    ("mysql", "持锁会话 771 未提交，等待 {s} 秒", LOCK, "destination"),
    ("mysql", "目标库执行变慢，平均执行耗时 {n} 毫秒", SLOW, "destination"),
    ("postgresql", "DML batch commit latency {n} ms", SLOW, "destination"),
    ("redis", "destination 192.168.70.8:8635: command latency {n} ms", SLOW, "destination"),
    ("oracle", "源库日志产生速度 120 MB/min，解析速度 30 MB/min，积压 {n} MB", BEHIND, "source"),
    ("oracle", "redo generated 90 MB/min, parsed 20 MB/min, backlog {n} MB", BEHIND, "source"),
    ("sqlserver", "log reader latency {s} s, undistributed commands {n}00", BEHIND, "source"),
    ("gaussdbv5ha", "源端日志解析落后 {n} MB", BEHIND, "source"),
    ("gaussdbv5ha", "回放队列积压 {n} 条", QUEUE, "destination"),
    ("mysql", "apply queue holds {n} rows", QUEUE, "destination"),
    ("oracle", "{n} MB pending, not yet applied", QUEUE, "destination"),
    ("postgresql", "待应用的变更 {n} 条", QUEUE, "destination"),
    ("mysql", "DRS instance disk used {p} %", NODE, None),
    ("mysql", "DRS node heap usage {p} %, GC overhead", NODE, None),
    ("dws", "导入批次 dw.fact 排队等待资源池 {s} 秒", HELD, None),
    ("postgresql", "waiting for DDL at destination to finish, {s} s", HELD, "destination"),
    ("mysql", "applying transaction of 4,000,000 rows: {m} of 4,000,000 rows", LARGE, None),
]


def upstream(message, *, ended=timedelta()):
    rows = [
        {
            "level": "Info",
            "message": message.format(
                s=100 * n + 60, n=50 * n + 20, p=f"{70 + 0.48 * n:.1f}", m=f"{30_000 * n + 1000:,}"
            ),
            "create_time": iso(NOW - ended - timedelta(seconds=100 * (59 - n))),
        }
        for n in range(60)
    ]
    info = {"transfer_status": "INCRE_TRANSFER_STARTED", "incr_trans_delay": "6000"}
    return {"progress": {"progress_info": info}, "log": rows[::-1]}


def diagnosed(engine, upstream):
    link = f"{engine}-to-{engine}"
    upstream = upstream | {
        "detail": {"base_info": {"name": "shop-sync", "job_type": "sync", "engine_type": link}}
    }
    return anyio.run(lambda: ask(diagnose_job, wire_of(upstream, link), job="shop-sync"))


@pytest.mark.parametrize(("engine", "message", "reason", "side"), LINES)
def test_a_lag_is_told_with_its_reason_its_side_and_its_numbers(engine, message, reason, side):
    answer = diagnosed(engine, upstream(message))
    assert answer["root_cause"] == "delay_excessive"
    assert reason in answer["headline"]
    assert any(
        number in answer["headline"] for number in ("5,960 s", "2,970", "98.3 %", "1,771,000")
    )
    assert answer.get("side") == side


@pytest.mark.parametrize(("engine", "message", "reason", "side"), LINES)
def test_the_same_lines_that_have_ended_long_ago_are_no_reason(engine, message, reason, side):
    answer = diagnosed(engine, upstream(message, ended=timedelta(hours=12)))
    assert reason not in answer["headline"]
    assert "The reason is not known" in answer["headline"]
    assert "side" not in answer


def test_how_long_a_large_transaction_goes_on_is_told_and_that_a_pause_begins_it_again():
    answer = diagnosed("mysql", upstream(LINES[-1][1]))
    assert "18,000 a minute, about 124 min left" in answer["headline"]
    [row] = answer["findings"]["rows"]
    fix = row[answer["findings"]["columns"].index("fix")]
    assert "a pause loses what was applied of it and begins it again" in fix
    assert "a larger node does not help" in fix


def test_a_unit_that_others_wrote_is_marked_off():
    answer = diagnosed("postgresql", upstream("DML batch commit latency {n} ready"))
    assert "20 → 2,970 'ready'" in answer["headline"]
