"""Warnings that no rule reads: they keep a cut-over from being called ready, unless they tell no loss."""

from pathlib import Path

import httpx2
import pytest
from pydantic_core import from_json

from drs_mcp.summaries.logs.doubt.doubtful import DOUBT, doubt_in
from drs_mcp.summaries.logs.kinds.lost.losses import loss_in
from drs_mcp.tools.diagnosis import diagnose_job
from tests.support.ready_world import BEFORE, FRESH, LAST_MONTH, SINCE, Ready
from tests.support.tool_calls import JOB, ask

TROUBLES = """\
Columns of type XMLTYPE of SHOP.DOCS are read as NULL since the log does not hold them
UPDATE of the partition key of shop.orders cannot be mapped to the sharded destination and was passed nowhere
Generated column total of shop.orders is not written
the destination dropped 4 messages of topic orders because of retention
Default values of column status were not transferred
Grants of user app were not carried over
Invisible column hidden_id of shop.orders has been left out of the SELECT
JSON documents deeper than 100 levels were cut
Emoji in shop.notes.text were turned into question marks
TTL of 311 keys could not be set at the destination
Key user:1 of type stream is unsupported by the version of the destination
LOB of row AAAB was not captured (out-of-line, NOLOGGING)
48211 rows of SHOP.ORDERS have no redo and cannot be mined
CHECK constraints of shop.orders are not enforced at the destination
3 documents with duplicate field names kept only the last one
function shop.fn_x: its body could not be converted, an empty stub was created
sequence values are not replicated by logical decoding
unlogged table public.cache is not replicated
Large objects are not decoded and will be absent at the destination
Precision of NUMBER(38,12) was reduced to DECIMAL(30,10) for 9 rows
2 unique keys collided under the collation of the destination and one row won
TRUNCATE on public.customers was received but not forwarded
214 rows of shop.orders were updated by 'app_rw'@'10.1.4.9'
gtid 3e11fa47:1-77 has been purged at the source while the task was paused
5 XA transactions in PREPARED state were not carried over
Materialized view public.mv_sales was created WITH NO DATA
主键更新未能映射，2 条变更落空
源表 shop.orders 的分区 p3 已被删除，目标端数据保留
大字段内容未读取，写入空值
生成列 total 不写入目标
账号 app 的权限未同步
字符集转换导致 6 行出现乱码
JSON 超长，仅保留前 65535 字节
源库日志 000123 在读取前已被清理
切换期间源库的变更未被解码
資料表 shop.orders 的 12 筆變更未套用
Source changes that would have had no impact were not applied to the destination
oplog entry of ns erp.stock has no _id, drop it
Table 'SHOP'.'CUSTOMERS' was errored/suspended (subtask 0 thread 1)
pg_restore: warning: errors ignored on restore: 2
Transaction 0a001f0022 (1204 events) is being abandoned
stream:orders: 14 consumer groups with their pending entries could not be restored and are missing
TTL monitor of the destination deleted 1240 documents that still exist at the source
3100 rows of shop.orders were changed without binary log
12 DELETE records of shop.orders carried no key and were not applied
The view v1 is invalid at the destination""".splitlines()

INNOCENT = """\
Large transaction: 3,200,000 rows in transaction 00000a1b, parsing may be slow
Slow SQL at the destination: UPDATE shop.orders took 12,004 ms
Delay 812 s exceeds the threshold of 600 s
Table shop.orders has no primary key; rows are matched by all columns
Long transaction at the source: xid 88123 open for 812 s
The source keeps binlogs for 24 hours only; at least 72 hours are recommended
Disk usage of the destination reached 85 %
Deadlock found when trying to get lock on shop.orders; retrying transaction
Statistics of table shop.orders are stale
Lock wait timeout exceeded; try restarting transaction (attempt 1 of 5)
Replication slot drs_slot retains 12 GB of WAL
Aborted connection 4711 to db: 'shop' user: 'drs' (Got an error reading communication packets)
Connection with the source lost (read: connection reset by peer)
Reached the limit of 10000 QPS, flow control enabled for table shop.orders
Foreign key checks are switched off in the sessions of DRS
Table shop.big is copied with 1 thread since it has no numeric key
The time zone of the source (+08:00) differs from that of the destination (UTC)
Checkpoint not advanced for 60 s
DDL on table shop.orders took 48 s; rows wait meanwhile
Password of user drs expires in 6 days
Parameter innodb_flush_log_at_trx_commit differs: 1 and 2
The oplog window is 20 hours
no row of shop.orders was changed by a session other than DRS
Event of table test.tmp is skipped because the table is not selected for synchronization
would rows be skipped, they would be listed under abnormal data
目标库磁盘使用率 85%
大事务：320 万行，解析可能较慢
表 shop.orders 无主键，按全部列匹配
源库 binlog 保留时间仅 24 小时，建议 72 小时
慢 SQL：UPDATE shop.orders 耗时 12 秒
同步延迟 812 秒，超过阈值
主键冲突，重试中
Group coordinator 10.0.0.1:9092 is unavailable or invalid, will attempt rediscovery
Deadlock found when trying to get lock; batch 8821 of shop.orders retried (1/3) and committed
断点续传：重复收到 88 条已应用的 oplog，去重忽略
The configuration 'max.poll.intervall' was supplied but is no known config
参数 sync.batch 未被识别，使用默认值
after the restart 214 events were received again; they had been applied already and were ignored
DROP TABLE IF EXISTS tmp_load_1: NOTICE: table "tmp_load_1" does not exist, skipping
长度检查完成：表 shop.orders 列 remark 未发现被截断的数据""".splitlines()


def test_of_many_warnings_nearly_all_that_speak_against_a_cut_over_are_found_and_few_others():
    """The lines were written by somebody who knew neither the rules nor this test."""
    lines = from_json(Path(__file__).with_name("warning_lines.json").read_bytes())
    found = [one for one in lines if loss_in(one["text"]) or doubt_in(one["text"], warns=True)]
    trouble = [one for one in found if one["trouble"]]
    assert len(lines) == 240
    assert len(trouble) >= 112
    assert len(found) - len(trouble) <= 5


@pytest.mark.parametrize("line", TROUBLES)
def test_a_warning_that_something_was_not_done_with_data_or_objects_is_doubtful(line):
    assert doubt_in(line, warns=True) or loss_in(line)


@pytest.mark.parametrize("line", INNOCENT)
def test_what_is_slow_tried_again_advised_or_only_a_link_is_not(line):
    assert not doubt_in(line, warns=True)


@pytest.mark.parametrize(
    ("line", "doubtful"),
    [
        ("Table 'SHOP.LOYALTY' won't be captured because its name exceeds 30 characters.", True),
        ("36 transactions were matched by IGNORE_DOMAIN_IDS and not applied", True),
        ("shop.orders 的 3 行变更未被应用", True),
        ("63481 document(s) restored successfully. 17 document(s) failed to restore.", True),
        ("63481 document(s) restored successfully. 0 document(s) failed to restore.", False),
        ("视图 V_SALES_MONTH 在目标端编译失败，状态为 INVALID", True),
        ("package PKG_A compiled without errors", False),
        ("The module 'usp_close' depends on the missing object 'dbo.fn_fx'.", True),
        ("trigger trg_a of shop.orders does not fire while changes are applied", False),
        ("外键 fk_order_user 未能在目标端创建：父表缺少索引", True),
        ("System schemas mysql and sys are not eligible to replicate", False),
        ("The change stream of shop.orders was turned off and on", False),
        ("not all threads are in use", False),
    ],
)
def test_below_a_warning_only_a_denial_about_a_name_or_a_number_of_things_counts(line, doubtful):
    assert bool(doubt_in(line, warns=False)) is doubtful


LINE = "Generated column shop.t.total is not written at the destination"


@pytest.mark.anyio
class TestCutover:
    @pytest.fixture
    def anyio_backend(self):
        return "asyncio"

    async def test_it_is_unknown_and_the_line_is_shown(self):
        world = Ready()
        world.line("Warn", LINE, SINCE)
        answer = await world.check()
        assert answer["verdict"] == "unknown"
        assert DOUBT in answer["headline"]
        assert ["log", LINE] in answer["said"]["rows"]

    async def test_a_comparison_that_came_later_and_agrees_shows_that_nothing_is_missing(self):
        world = Ready()
        world.line("Warn", LINE, BEFORE)
        assert (await world.check())["verdict"] == "ready"

    @pytest.mark.parametrize(
        ("later", "verdict"),
        [
            ("column shop.t.total was written to the destination after a reload", "ready"),
            ("column shop.u.total was written to the destination after a reload", "unknown"),
            ("column shop.t.total was still not written to the destination", "unknown"),
            ("列 shop.t.total 已重新載入，寫入目標端失敗", "unknown"),
            ("列 shop.t.total 已重新載入", "ready"),
            ("Applied 12 rows in 2 transactions to shop.t.", "unknown"),
            ("已应用 12 行到 shop.t。", "unknown"),
        ],
    )
    async def test_a_later_line_that_says_of_the_same_that_it_came_ends_the_doubt(
        self, later, verdict
    ):
        world = Ready()
        world.line("Warn", LINE, SINCE)
        world.line("Info", later, FRESH)
        assert (await world.check())["verdict"] == verdict

    @pytest.mark.parametrize(
        ("line", "later", "verdict"),
        [
            (
                "Failed to write 3 rows: Deadlock found",
                "Retry 2 of the batch succeeded",
                "ready",
            ),
            (
                "3 changes of shop.t were not read after the restart of the service",
                "the service was restarted",
                "unknown",
            ),
        ],
    )
    async def test_a_retry_that_succeeds_ends_a_failed_attempt_and_no_restart_does(
        self, line, later, verdict
    ):
        world = Ready()
        world.line("Warn", line, SINCE)
        world.line("Info", later, FRESH)
        assert (await world.check())["verdict"] == verdict

    async def test_a_later_line_may_name_the_same_without_a_dot(self):
        world = Ready()
        world.line("Warn", "Expiring 15 record(s) for shop_t-0; not delivered", SINCE)
        world.line("Info", "15 record(s) for shop_t-0 were sent again and acknowledged", FRESH)
        assert (await world.check())["verdict"] == "ready"


@pytest.mark.anyio
class TestDiagnosis:
    @pytest.fixture
    def anyio_backend(self):
        return "asyncio"

    @pytest.mark.parametrize(
        ("at", "compared", "verdict"),
        [
            (SINCE, True, "attention"),
            (BEFORE, True, "healthy"),
            (BEFORE, False, "attention"),
            (LAST_MONTH, False, "healthy"),
        ],
    )
    async def test_it_needs_attention_since_the_last_comparison_or_of_the_last_week(
        self, at, compared, verdict
    ):
        world = Ready()
        world.line("Warn", LINE, at)
        if not compared:
            world.tasks.clear()
        answer = await ask(diagnose_job, httpx2.MockTransport(world.world().answer), job=JOB)
        assert answer["verdict"] == verdict
        assert (LINE in str(answer.get("findings"))) is (verdict == "attention")
