"""The cause does not hang on one wording, one field or one line: each is changed or taken away."""

import re

import anyio
import pytest

from drs_mcp.tools.diagnosis import diagnose_job
from tests.support.diagnosis_judge import faults
from tests.support.diagnosis_scenarios import scenarios
from tests.support.tool_calls import NOW, ask
from tests.support.upstream import wire_of

STOPPED = [one for one in scenarios(NOW) if one.expect["verdict"] == "failed"]


def with_logs(upstream, change):
    changed = upstream | {"log": change(upstream.get("log") or [])}
    if "by_job" in upstream:
        changed["by_job"] = {job: with_logs(one, change) for job, one in upstream["by_job"].items()}
    return changed


def reworded(*pairs):
    def change(log):
        return [one | {"message": _with(one["message"], pairs)} for one in log]

    return lambda upstream: with_logs(upstream, change)


def _with(message, pairs):
    for pattern, words in pairs:
        message = re.sub(pattern, words, message)
    return message


def without_the_line_of_the_end(upstream):
    return with_logs(
        upstream,
        lambda log: [one for one in log if not re.search("status changed|状态", one["message"])],
    )


def without_a_delay(upstream):
    progress = upstream["progress"]
    info = {k: v for k, v in progress["progress_info"].items() if "delay" not in k}
    return upstream | {"progress": progress | {"progress_info": info}}


CHANGES = {
    "without the line of the end": without_the_line_of_the_end,
    "without a delay": without_a_delay,
    "recoveries in other words": reworded(
        (r"\breconnected\b", "re-established its connection"),
        (r"retry succeeded, \d retr\w+", "succeeded on the second attempt"),
        ("重连成功|重新连接成功", "连接已恢复"),
    ),
    "the end in other words": reworded(
        (r"task status changed from (\w+) to (\w+)", r"Task state \1 -> \2")
    ),
    "pauses in other words": reworded(
        (r"task paused by user", "user ops paused the task"),
        (r"task resumed by user", "user ops resumed the task"),
        (r"任务被用户 (\w+) 暂停", r"用户 \1 暂停了任务"),
    ),
    "classes before the reason": reworded((r"cause by: ", "cause by: java.sql.SQLException: ")),
    "a worker before each line": reworded((r"^", "[worker-3] ")),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("one", STOPPED, ids=lambda one: one.name)
def test_the_cause_its_side_and_its_repair_stay(one, change):
    wire = wire_of(CHANGES[change](one.upstream), one.engine)
    answer = anyio.run(lambda: ask(diagnose_job, wire, job="shop-sync"), backend="trio")
    # When data stopped and DRS gave up may be told by that very field or line.
    asked = {**one.expect, "stopped_at": None, "gave_up_at": None}
    assert faults(answer, asked) == []
