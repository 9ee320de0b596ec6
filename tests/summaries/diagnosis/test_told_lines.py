"""What only a line of the log says against a running task, whatever its level."""

import httpx2
import pytest

from drs_mcp.tools.diagnosis import check_cutover, diagnose_job
from drs_mcp.tools.logs import get_logs
from tests.support.ready_world import BEFORE, FRESH, SINCE, Ready
from tests.support.tool_calls import JOB, ask

pytestmark = pytest.mark.anyio

LOST = "4 records of shop.t were discarded"


async def diagnosed(level, message, at=SINCE):
    world = Ready()
    world.line(level, message, at)
    return await ask(diagnose_job, httpx2.MockTransport(world.world().answer), job=JOB)


@pytest.mark.parametrize("level", ["Info", "Notice", "信息", "Warn"])
async def test_rows_that_were_lost_need_attention_whatever_the_level(level):
    answer = await diagnosed(level, LOST)
    assert (answer["verdict"], answer["root_cause"]) == ("attention", "data_left_out")
    assert LOST in str(answer["findings"]["rows"])


async def test_rows_that_were_lost_before_data_was_compared_do_not():
    assert (await diagnosed("Info", LOST, BEFORE))["verdict"] == "healthy"


@pytest.mark.parametrize(
    "line",
    [
        "sequence crm.leads_id_seq at the destination is 4100 and at the source 5220",
        "a trigger of the target updated 3 rows of crm.leads after they were applied",
    ],
)
async def test_what_no_comparison_shows_needs_attention_though_all_was_compared_since(line):
    answer = await diagnosed("Warn", line, BEFORE)
    assert (answer["verdict"], answer["root_cause"]) == ("attention", "data_left_out")
    assert "no comparison shows it" in str(answer["findings"]["rows"])


async def test_a_count_of_zero_is_healthy():
    assert (await diagnosed("Info", "0 records of shop.t were discarded"))["verdict"] == "healthy"


@pytest.mark.parametrize("line", ["applier lag: 12.5 minutes", "目标库落后源库 1小时30分"])
async def test_a_fresh_line_that_tells_a_lag_contradicts_a_delay_of_0(line):
    answer = await diagnosed("Warn", line, FRESH)
    assert (answer["verdict"], answer["root_cause"]) == ("attention", "delay_contradicted")


@pytest.mark.parametrize("line", ["The SQL thread was killed", "[FATAL] position is lost"])
async def test_a_stop_that_is_told_as_information_is_an_error_that_goes_on(line):
    answer = await diagnosed("Info", line, FRESH)
    assert answer["verdict"] == "attention"
    assert line in str(answer["findings"]["rows"])


@pytest.mark.parametrize("line", ["applier lag: 2 minutes", "delay threshold 3600 s"])
async def test_a_lag_below_the_threshold_and_a_limit_are_healthy(line):
    assert (await diagnosed("Warn", line, FRESH))["verdict"] == "healthy"


SKIPPED = "batch 12 skipped after 3 retries: 9 rows of crm.leads were not applied"
DDL_SKIPPED = "DDL skipped after 3 failures: ALTER TABLE crm.leads ADD COLUMN grade int"


@pytest.mark.parametrize("level", ["Error", "Warn", "Info", None])
@pytest.mark.parametrize(
    "line",
    [SKIPPED, DDL_SKIPPED, "表 crm.leads 同步出错，已移出同步任务", "触发器 crm.tr_a 未迁移"],
)
async def test_what_was_given_up_needs_attention_whatever_the_level(level, line):
    answer = await diagnosed(level, line)
    assert answer["verdict"] == "attention"
    assert line in str(answer["findings"]["rows"])
    assert "none since" not in str(answer.get("ruled_out"))


@pytest.mark.parametrize(
    "line",
    ["Failed to write 3 rows into crm.leads: Deadlock found", "DDL skipped: 0", "DDL filtered"],
)
async def test_a_failed_attempt_a_zero_and_what_was_filtered_by_wish_do_not(line):
    world = Ready()
    world.line("Warn" if "DDL" in line else "Error", line, SINCE)
    world.line("Info", "Retry 2 of the batch succeeded", FRESH)
    answer = await ask(diagnose_job, httpx2.MockTransport(world.world().answer), job=JOB)
    assert answer["verdict"] == "healthy"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("Filtered tables are ignored; 3 rows of crm.leads were rejected and skipped", "attention"),
        ("未选择的表已忽略；crm.leads 丢弃 4 行", "attention"),
        ("5 rows of crm.leads were skipped. They match the filter rule", "healthy"),
        ("3 rows of crm.leads skipped by the filter; heartbeats ignored", "healthy"),
    ],
)
async def test_a_wish_excuses_what_its_sentence_tells_or_all_where_it_tells_nothing_else(
    line, verdict
):
    assert (await diagnosed("Warn", line))["verdict"] == verdict


@pytest.mark.parametrize(
    ("later", "verdict"),
    [
        ("column crm.leads.grade found at the destination", "healthy"),
        ("column crm.orders.grade found at the destination", "attention"),
        ("Applied 12 rows of crm.leads", "attention"),
        ("column crm.leads.grade not found at the destination", "attention"),
    ],
)
async def test_a_ddl_is_made_good_by_a_later_line_that_finds_the_same_thing_there(later, verdict):
    world = Ready()
    world.line("Warn", DDL_SKIPPED, SINCE)
    world.line("Info", later, FRESH)
    answer = await ask(diagnose_job, httpx2.MockTransport(world.world().answer), job=JOB)
    assert answer["verdict"] == verdict


async def test_a_retry_of_another_batch_does_not_make_a_skipped_one_good():
    world = Ready()
    world.line("Error", SKIPPED, SINCE)
    world.line("Info", "Retry 1 of batch 13 succeeded", FRESH)
    answer = await ask(diagnose_job, httpx2.MockTransport(world.world().answer), job=JOB)
    assert answer["verdict"] == "attention"


@pytest.mark.parametrize(
    ("later", "verdict"),
    [
        ("Retry of batch 12 succeeded, all rows applied", "healthy"),
        ("Retry of batch 13 succeeded, all rows applied", "attention"),
        ("All queued rows were applied", "healthy"),
        ("The queue is empty", "healthy"),
        ("Retry of batch 12 failed", "attention"),
        ("Checkpoint advanced", "attention"),
    ],
)
async def test_what_was_queued_is_made_good_once_it_was_taken_from_the_queue(later, verdict):
    world = Ready()
    world.line("Warn", "Batch 12 of crm.leads skipped for now, queued for retry", SINCE)
    world.line("Info", later, FRESH)
    answer = await ask(diagnose_job, httpx2.MockTransport(world.world().answer), job=JOB)
    assert answer["verdict"] == verdict


@pytest.mark.parametrize(
    "line",
    [
        "Rows in conflict: ignored 0, overwritten 0",
        "Ignored DDL: none",
        "no DDL was skipped",
        "没有忽略的 DDL",
        "0 条 DDL 被跳过",
    ],
)
async def test_a_denial_and_a_zero_on_either_side_leave_a_task_healthy_and_ready(line):
    world = Ready()
    world.line("Info", line, SINCE)
    transport = httpx2.MockTransport(world.world().answer)
    told = await ask(diagnose_job, transport, job=JOB)
    assert told["verdict"] == "healthy"
    assert "Note" not in told["headline"]
    assert (await ask(check_cutover, transport, job=JOB))["verdict"] == "ready"


@pytest.mark.parametrize(
    "line",
    [
        "9 events of crm.leads routed to dead letter topic crm-dlq",
        "資料表 crm.leads 有 9 列寫入失敗，已捨棄",
        "不支援的 DDL 已略過：ALTER TABLE crm.leads ADD COLUMN b int",
        "忽略无法解析的 DDL：ALTER TABLE crm.leads DROP COLUMN b",
        "Giving up on 2 rows of crm.leads after 5 attempts, moving on",
        "value of crm.leads.note truncated to 64 characters, 3 rows",
    ],
)
async def test_a_loss_is_told_by_the_diagnosis_the_cut_over_and_the_log_alike(line):
    world = Ready()
    world.line("Info", line, SINCE)
    transport = httpx2.MockTransport(world.world().answer)
    told = await ask(diagnose_job, transport, job=JOB)
    assert (told["verdict"], told["root_cause"]) == ("attention", "data_left_out")
    assert (await ask(check_cutover, transport, job=JOB))["verdict"] == "unknown"
    log = await ask(get_logs, transport, job=JOB)
    assert line in str(log["patterns"]["rows"])
    assert "1 info entry tells of a loss" in log["headline"]


async def test_a_note_says_what_it_is_of():
    answer = await diagnosed("Info", "DDL filtered: DROP TABLE shop.tmp")
    assert "Note: A DDL was not carried over since" in answer["headline"]
