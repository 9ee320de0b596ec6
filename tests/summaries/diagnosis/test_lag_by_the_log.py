"""Why a task lags, by its log alone: what it says until now, what it catches up with, what it lacks."""

import httpx2
import pytest

from drs_mcp.summaries.diagnosis.lag.catching_up import full_phase_ended
from drs_mcp.summaries.diagnosis.timeline import turn_of
from drs_mcp.tools.diagnosis import diagnose_job
from tests.support.log_rows import START, entry, facts
from tests.support.ready_world import Ready
from tests.support.tool_calls import JOB, ask

pytestmark = pytest.mark.anyio

UNKNOWN = "no line of the log explains it"
MAY = "What the log says until now, the line beside this, may hold it up"


async def diagnosed(*lines, delay=3000):
    """A task at 08:00 with a delay in seconds; each line is an "hh:mm", a message and a level."""
    world = Ready()
    for at, message, *level in lines:
        world.line(*(level or ["Warn"]), message, f"2026-11-20T{at}:00Z")
    world.told |= {"incr_trans_delay": str(delay), "incr_trans_delay_millis": str(delay * 1000)}
    answer = await ask(diagnose_job, httpx2.MockTransport(world.world().answer), job=JOB)
    return answer, str(answer.get("findings", {}).get("rows"))


def twice(message, *level):
    return [("07:11", message, *level), ("07:58", message, *level)]


# -- what is said until now ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        ("a quota of the broker slows each request to 7 s",),
        ("目标库正在收集统计信息，写入变慢",),
        ("延迟300秒，目标库磁盘繁忙",),
        ("the pump of the source stands on file ab000012",),
        ("Waiting for the next file of the source", "Info"),
        ("等待源库生成下一个日志", "Info"),
        ("parser backlog 12 files", "Info"),
    ],
)
async def test_what_the_log_says_until_now_is_told_as_what_may_hold_it_up(line):
    answer, findings = await diagnosed(*twice(*line))
    assert UNKNOWN not in answer["headline"]
    assert f"{MAY}: 2 times since 2026-11-20T07:11:00Z" in answer["headline"]
    assert line[0] in findings


@pytest.mark.parametrize(
    ("line", "side"),
    [
        ("the pump of the source stands on file ab000012", "source"),
        ("目的端資料庫正在收集統計資訊", "destination"),
        ("來源庫正在收集統計資訊", "source"),
    ],
)
async def test_the_side_that_such_a_line_names_is_told(line, side):
    answer, _ = await diagnosed(*twice(line))
    assert answer["side"] == side


@pytest.mark.parametrize(
    "lines",
    [
        [("07:58", "a quota of the broker slows each request")],  # once
        [("07:50", "a quota slows each request"), ("07:51", "a quota slows each request")],
        [("06:11", "a quota slows each request"), ("07:11", "a quota slows each request")],  # over
        twice("Statistics of 12 objects written", "Info"),
        twice("no pending transactions at the source", "Info"),
        twice("parser queue: pending 0", "Info"),
        twice("没有积压", "Info"),
        twice("replication lag is above the threshold"),
        twice("当前任务时延超过告警阈值"),
        twice("0 errors in the last check"),
        [
            *twice("connection to the source broken"),
            ("07:59", "connection to the source re-established", "Info"),
        ],
    ],
)
async def test_what_came_once_or_is_over_or_only_tells_of_the_lag_is_no_reason(lines):
    answer, _ = await diagnosed(*lines)
    assert UNKNOWN in answer["headline"]


async def test_without_a_lag_nothing_of_it_is_told():
    answer, _ = await diagnosed(*twice("a quota of the broker slows each request"), delay=2)
    assert answer["verdict"] == "healthy"
    assert "findings" not in answer


async def test_a_reason_that_is_known_comes_first():
    lines = [*twice("a quota slows each request"), *twice("waiting for a lock held by session 7")]
    answer, _ = await diagnosed(*lines)
    assert "holds a lock" in answer["headline"]


# -- catching up -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "Full synchronization completed.",
        "full migration has finished",
        "全量迁移已完成",
        "全量同步結束",
    ],
)
async def test_just_after_the_full_phase_by_the_log_a_lag_is_normal(line):
    answer, _ = await diagnosed(("07:31", line, "Info"))
    assert "ended at 2026-11-20T07:31:00Z" in answer["headline"]
    assert UNKNOWN not in answer["headline"]


@pytest.mark.parametrize("line", ["Full synchronization completed.", "全量迁移已完成"])
async def test_long_after_the_full_phase_it_is_not(line):
    answer, _ = await diagnosed(("05:31", line, "Info"))
    assert UNKNOWN in answer["headline"]


@pytest.mark.parametrize(
    "line",
    [
        "full table scan completed",
        "Full synchronization 63% completed",
        "全量同步完成率63%",
        "full sync not completed",
    ],
)
def test_a_part_of_the_full_phase_is_not_its_end(line):
    assert full_phase_ended(facts([entry(line, "Info")]), START) is None


FALLING = [("07:00", "delay 7,000 s"), ("07:30", "delay 4,000 s"), ("07:59", "delay 1,900 s")]


async def test_a_delay_that_falls_is_told_with_when_it_will_be_within_its_threshold():
    answer, _ = await diagnosed(*FALLING, delay=1850)
    assert "The delay falls, 7,000 → 1,900 s: it catches up" in answer["headline"]
    assert "in about 19 min at that pace" in answer["headline"]


@pytest.mark.parametrize(
    "line", ["replication lag is {} min", "seconds behind source: {}00", "落后源库 {} 分钟"]
)
async def test_a_delay_that_falls_is_told_in_seconds_whatever_its_unit(line):
    told = zip(("07:00", "07:30", "07:59"), (90, 60, 30), strict=True)
    scale = 100 if "seconds" in line else 60
    answer, _ = await diagnosed(*((at, line.format(n)) for at, n in told), delay=30 * scale)
    assert f"The delay falls, {90 * scale:,} → {30 * scale:,} s" in answer["headline"]


async def test_a_delay_of_something_else_that_falls_is_no_reason():
    answer, _ = await diagnosed(*FALLING, delay=9000)
    assert "falls" not in str(answer)


async def test_a_delay_that_grows_is_not_told_as_falling():
    rising = [(at, line) for (at, _), (_, line) in zip(FALLING, FALLING[::-1], strict=True)]
    answer, _ = await diagnosed(*rising, delay=7000)
    assert "falls" not in str(answer)


async def test_beside_a_reason_a_falling_delay_is_told_as_well():
    answer, _ = await diagnosed(
        *FALLING, *twice("waiting for a lock held by session 7"), delay=1850
    )
    assert "holds a lock" in answer["headline"]
    assert any("the delay falls" in one for one in answer["because"])
    assert "it falls, 7,000 → 1,900 s" in answer["headline"]


# -- what is known of a line -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "source: transaction of thread 12 open for 4000 s, not committed",
        "source: oldest running transaction xid 77, open for 3 h",
        "Transaction 9.1.2 open since SCN 123, 4,000,000 changes cached",
        "源库存在长事务，线程12，已持续4000秒未提交",
        "來源庫存在長交易，尚未提交",
    ],
)
async def test_a_transaction_that_is_not_committed_is_not_being_applied(line):
    answer, _ = await diagnosed(*twice(line))
    assert answer["side"] == "source"
    assert "A transaction that is open at the source" in answer["headline"]
    assert "being applied" not in str(answer)


@pytest.mark.parametrize(
    "line",
    [
        "Parsing a large transaction, 400,000 rows so far",
        "正在读取超大事务，已读400000行",
        "解析長事務中",
    ],
)
async def test_a_large_transaction_that_is_read_is_of_the_source(line):
    answer, _ = await diagnosed(*twice(line))
    assert answer["side"] == "source"
    assert "One large transaction is being read" in answer["headline"]


async def test_a_large_transaction_that_is_applied_stays_one():
    answer, _ = await diagnosed(*twice("Applying a large transaction, 400,000 of 900,000 rows"))
    assert "One large transaction is being applied" in answer["headline"]


@pytest.mark.parametrize(
    ("line", "resource"),
    [
        ("destination disk usage 97%, writes are throttled", "The disk at 97%"),
        ("destination IOPS 100% of 3000", "The IOPS at 100%"),
        ("目标库CPU使用率99%", "The CPU at 99%"),
        ("目标库内存使用率 96.5%", "The memory at 96.5%"),
        ("target IOPS limit exceeded", "The IOPS is"),
    ],
)
async def test_the_resource_at_its_limit_is_named(line, resource):
    answer, _ = await diagnosed(*twice(line))
    assert resource in answer["headline"]


@pytest.mark.parametrize("line", ["destination disk usage 41%", "disk 950% of last year"])
async def test_a_resource_that_is_not_at_its_limit_is_not(line):
    answer, _ = await diagnosed(*twice(line))
    assert "at its limit" not in str(answer)


@pytest.mark.parametrize(
    "line", ["source is a standby, its own replay lag is 2900 s", "源库为备库，主备复制延迟2900秒"]
)
async def test_a_source_that_is_a_replica_behind_its_primary_is_the_reason(line):
    answer, _ = await diagnosed(*twice(line))
    assert answer["side"] == "source"
    assert "is a replica that is behind" in answer["headline"]


@pytest.mark.parametrize(
    ("line", "side", "says"),
    [
        ("CDC capture job of database crm is not running", "source", "does not run"),
        ("SQL Server Agent is stopped", "source", "does not run"),
        ("源库捕获作业已停止", "source", "does not run"),
        ("Executing DDL on destination: alter table crm.lead", "destination", "A DDL is being"),
        ("目标库正在执行DDL：alter table crm.lead", "destination", "A DDL is being"),
    ],
)
async def test_a_capture_job_that_is_stopped_and_a_ddl_under_way_are_reasons(line, side, says):
    answer, _ = await diagnosed(*twice(line))
    assert answer["side"] == side
    assert says in answer["headline"]


@pytest.mark.parametrize("line", ["capture job is running", "DDL replay is enabled", "DDL 12 done"])
async def test_a_capture_job_that_runs_and_a_ddl_that_is_done_are_none(line):
    answer, _ = await diagnosed(*twice(line, "Info"))
    assert UNKNOWN in answer["headline"]


# -- nothing applied -------------------------------------------------------------------------------

LOCKED = twice("waiting for a lock held by session 7")


async def test_of_a_lock_it_is_told_that_no_line_tells_of_anything_applied():
    answer, _ = await diagnosed(*LOCKED)
    assert "no line tells of anything applied since 2026-11-20T07:10:00Z" in answer["headline"]
    assert "nothing has been applied" not in str(answer)


@pytest.mark.parametrize(
    "line", ["Applied 12 rows to crm.lead", "Retry 2 of batch 7 succeeded", "重试成功"]
)
async def test_where_a_line_since_then_says_that_something_moved_it_is_not(line):
    answer, _ = await diagnosed(*LOCKED, ("07:59", line, "Info"))
    assert "applied since" not in answer["headline"]


# -- what is over, and how long a pause has lasted -------------------------------------------------


@pytest.mark.parametrize(
    "ready", ["destination is ready again", "Retry 4 succeeded", "目标库已就绪"]
)
async def test_a_database_that_was_not_ready_yet_and_is_now_is_no_trouble(ready):
    loading = ("07:41", "LOADING Redis is loading the dataset in memory", "Error")
    answer, _ = await diagnosed(loading, ("07:42", ready, "Info"), delay=1)
    assert answer["verdict"] == "healthy"
    answer, _ = await diagnosed(("07:40", ready, "Info"), loading, delay=1)
    assert answer["verdict"] == "attention"


@pytest.mark.parametrize(
    ("line", "turn"),
    [
        ("任务已被用户暂停", "paused"),
        ("任务暂停已19小时", ""),
        ("任務已暫停超過 3 天，記錄檔將被清理", ""),
        ("task paused by user ops", "paused"),
        ("the task has been paused for 19 hours", ""),
        ("task paused for maintenance", "paused"),
    ],
)
def test_how_long_a_pause_has_lasted_is_no_new_pause(line, turn):
    assert turn_of(line) == turn


async def test_an_error_that_may_pass_is_over_once_a_retry_succeeded_and_another_is_not():
    retried = ("07:42", "Retry 3 succeeded", "Info")
    for message, verdict in (
        ("NotPrimaryNoSecondaryOk: not primary", "healthy"),
        ("Column 'fee' cannot be null", "attention"),
    ):
        answer, _ = await diagnosed(("07:41", message, "Error"), retried, delay=1)
        assert answer["verdict"] == verdict


# -- one piece of work, and what reads beside the task ---------------------------------------------


def thrice(line, *values):
    return [
        (at, line.format(value), "Info")
        for at, value in zip(("07:15", "07:35", "07:58"), values, strict=True)
    ]


@pytest.mark.parametrize(
    ("line", "values", "why", "moved"),
    [
        (
            "transaction 71aa:55 on crm.lead: {} of 9000000 rows applied",
            (2000000, 4100000, 5600000),
            "One large transaction is being applied",
            "5,600,000",
        ),
        (
            "大事务回放中：crm.lead 共 9000000 行，已回放 {} 行",
            (800000, 3100000, 5600000),
            "One large transaction is being applied",
            "of 9,000,000 rows",
        ),
        (
            "ALTER TABLE crm.lead ADD INDEX ix_a: {}% done at the destination",
            (5, 31, 58),
            "An index is being built at the destination",
            "5 → 58 %",
        ),
        (
            "CREATE UNIQUE INDEX ix_b ON crm.lead: {}% done",
            (5, 31, 58),
            "An index is being built at the destination",
            "5 → 58 %",
        ),
        ("给表 crm.lead 加索引，已完成 {}%", (5, 31, 58), "An index is being built", "58"),
        ("OPTIMIZE TABLE crm.lead: {}% done", (11, 40, 71), "A DDL is being executed", "71 %"),
        (
            "source read rate {} KB/s, mysqldump by 10.9.9.9 is running on the source",
            (8100, 410, 95),
            "Reading from the source becomes ever slower",
            "8,100 → 95",
        ),
        ("producer throughput {} MB/s", (90, 30, 4), "takes ever longer to apply", "90 → 4"),
        ("目标库写入速率 {} MB/s", (90, 30, 4), "takes ever longer to apply", "90 → 4"),
        (
            "源库读取速率 {} KB/s",
            (8100, 410, 95),
            "Reading from the source becomes ever slower",
            "8,100 → 95",
        ),
        (
            "pg_dump of {} is running on the source",
            (7, 7, 7),
            "A backup or dump runs at the source",
            "",
        ),
        ("源库正在执行备份，任务号 {}", (7, 7, 7), "A backup or dump runs at the source", ""),
    ],
)
async def test_a_piece_of_work_explains_a_lag_though_all_goes_well_by_its_lines(
    line, values, why, moved
):
    answer, findings = await diagnosed(*thrice(line, *values))
    assert why in answer["headline"]
    assert moved in findings


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (
            "transaction 71aa:55 on crm.lead: {} of 9000000 rows applied",
            (2000000, 7000000, 9000000),
        ),
        ("ALTER TABLE crm.lead ADD INDEX ix_a: {}% done", (5, 60, 100)),
        ("Applied {} rows to crm.lead", (200, 410, 560)),
        ("table crm.lead with index ix_a: {} rows applied", (200, 410, 560)),
        ("producer throughput {} MB/s", (4, 30, 90)),
        ("source read rate {} KB/s", (95, 410, 8100)),
        ("value comparison: {}% done", (12, 40, 66)),
        ("retry {} of 9 done", (2, 4, 6)),
        ("connections used: {} of 900", (200, 410, 560)),
        ("backup of {} tables finished", (7, 7, 7)),
    ],
)
async def test_what_is_done_what_runs_and_what_gets_faster_explains_no_lag(line, values):
    answer, _ = await diagnosed(*thrice(line, *values))
    assert "is being" not in answer["headline"]
    assert "ever slower" not in answer["headline"]
    assert "piece of work" not in answer["headline"]
    assert "ever longer" not in answer["headline"]
    assert "backup or dump" not in answer["headline"]


async def test_a_lock_that_was_got_long_ago_is_not_told_beside_a_work_that_goes_on():
    answer, _ = await diagnosed(
        ("05:10", "Waiting for table metadata lock on crm.lead"),
        ("05:11", "metadata lock on crm.lead acquired", "Info"),
        *thrice(
            "transaction 71aa on crm.lead: {} of 9000000 rows applied", 10**6, 2 * 10**6, 3 * 10**6
        ),
    )
    assert "One large transaction" in answer["headline"]
    assert "lock" not in answer["headline"]


@pytest.mark.parametrize("delay", [0, 10])
async def test_work_that_goes_well_is_no_trouble_where_nothing_lags(delay):
    lines = thrice("index build ix_a on crm.lead: {}% done", 10, 30, 50)
    answer, _ = await diagnosed(*lines, delay=delay)
    assert answer["verdict"] == "healthy"
