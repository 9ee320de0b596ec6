"""A task that its log says is closed, was retried, and failed the same way again."""

from datetime import datetime

import pytest

from tests.support.diagnosed import diagnose, task

pytestmark = pytest.mark.anyio

FULL = "ERROR 1114 (HY000): The table 'leads' is full"


def line(level, at, message):
    return {"level": level, "create_time": at, "message": message}


def disk(at):
    return line("Error", at, f"service DATAMOVE failed, cause by: write table crm.leads: {FULL}")


def closed(closing):
    return [disk("@-6h"), disk("@-355m"), line("Error", "@-350m", closing)]


def again(closing):
    return [
        line("Info", "@-190m", "Applied 270 rows to crm.leads."),
        disk("@-185m"),
        line("Error", "@-180m", closing),
    ]


def minutes_from_stop_to_end(answer):
    stopped, ended = (datetime.fromisoformat(answer[at]) for at in ("stopped_at", "gave_up_at"))
    return (ended - stopped).total_seconds() / 60


CLOSINGS = ["Full migration failed.", "全量同步失败。", "任务失败", "Migration task failed"]


def retried(operation, status="success"):
    return [{"name": operation, "status": status, "operation_time": "@-200m", "user_name": "xu"}]


@pytest.mark.parametrize("closing", CLOSINGS)
async def test_the_closing_line_of_a_phase_is_when_drs_gave_up_and_no_other_error(closing):
    found = await diagnose(
        task("fatal-error", job__status="FULL_TRANSFER_FAILED", log=closed(closing))
    )
    assert found.answer["gave_up_at"] > found.answer["stopped_at"]
    assert "also_seen" not in found.answer


@pytest.mark.parametrize("closing", CLOSINGS)
@pytest.mark.parametrize("told", ["Task retried.", "任务重试。", "任务由 xu 重试", ""])
async def test_a_retry_after_which_data_moved_begins_a_new_stop_of_the_same_cause(closing, told):
    log = [*closed(closing), *again(closing)]
    if told:
        log.append(line("Info", "@-200m", told))
    failed = task("fatal-error", job__status="FULL_TRANSFER_FAILED", log=log)
    # Where the log does not tell it, the operations do.
    reads = {} if told else {"timelines": retried("RETRY")}
    once = await diagnose({**failed, "reads": reads})
    assert minutes_from_stop_to_end(once.answer) == 5
    assert any("before the task was resumed at" in one for one in once.answer["because"])
    assert "against" not in once.answer


@pytest.mark.parametrize("status", ["failed", "executing"])
async def test_a_retry_that_drs_did_not_carry_out_begins_nothing(status):
    log = [*closed("任务失败"), *again("任务失败")]
    failed = task("fatal-error", job__status="FULL_TRANSFER_FAILED", log=log)
    told = await diagnose({**failed, "reads": {"timelines": retried("RETRY", status)}})
    assert not any("resumed" in one for one in told.answer["because"])


async def test_a_retry_after_which_nothing_moved_is_part_of_the_first_stop():
    log = [*closed("任务失败"), line("Info", "@-340m", "任务重试。"), *again("任务失败")[1:]]
    log[-2]["create_time"], log[-1]["create_time"] = "@-339m", "@-338m"
    told = await diagnose(task("fatal-error", job__status="FULL_TRANSFER_FAILED", log=log))
    assert not any("resumed" in one for one in told.answer["because"])
