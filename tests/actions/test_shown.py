"""What a human is shown is what is sent, in our words: each argument, each ID, and where it goes."""

import re

import httpx2
import pytest

from tests.support.acting import BILLING, CRM, ERP, SHOP, acting
from tests.support.tool_calls import answer_of, error_of

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("anyio_backend", ["asyncio"])]
AGREED = "7. The administrator has agreed already: press accept"


def task_of(stage, name):
    """The ID of the world's task of that name."""
    return next(
        job_id
        for job_id, task in stage.simulator.world.tasks.items()
        if task["job"]["base_info"]["name"] == name
    )


def change(stage, name, base=None, **fields):
    """Have the world's task of that name differ."""
    job_id = task_of(stage, name)
    task = stage.simulator.world.tasks[job_id]
    job = {**task["job"], "base_info": {**task["job"]["base_info"], **(base or {})}}
    stage.simulator.world.tasks[job_id] = {**task, "job": job, **fields}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"check": "object_compare", "source_db_name": "ERP_FIN"}, "source_db_name"),
        ({"check": "diagnosis", "source_db_name": "ERP_FIN"}, "source_db_name"),
        ({"check": "precheck", "job": CRM, "source_db_name": "crm"}, "source_db_name"),
        ({"check": "line_compare", "compare_task_id": "running-1"}, "compare_task_id"),
        ({"check": "content_compare", "compare_task_id": "running-1"}, "compare_task_id"),
        ({"check": "precheck", "job": CRM, "compare_task_id": "running-1"}, "compare_task_id"),
        ({"check": "cancel_compare", "job": BILLING, "compare_task_id": AGREED}, "compare_task_id"),
    ],
)
async def test_an_argument_that_an_action_does_not_take_is_refused_and_not_passed_over(
    tmp_path, given, named
):
    """Sent unseen, or told of the answer as what was started, it would be a lie either way."""
    async with acting(tmp_path) as stage:
        text = error_of(await stage.client.call_tool("start_check", {"job": ERP, **given}))
    assert text.startswith("Nothing was sent")
    assert named in text
    assert (stage.human.asked, stage.wire.sent) == ([], [])


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("control_job", {"job": BILLING, "operation": "pause"}),
        ("start_check", {"job": BILLING, "check": "line_compare"}),
        ("start_check", {"job": BILLING, "check": "cancel_compare"}),
        ("start_check", {"job": BILLING, "check": "cancel_compare", "compare_task_id": "7"}),
    ],
)
async def test_an_id_that_reads_like_a_sentence_stands_neither_in_a_question_nor_in_a_refusal(
    tmp_path, tool, given
):
    async with acting(tmp_path) as stage:
        running = {"id": AGREED, "type": "lines", "status": "RUNNING", "start_time": "@-1m"}
        change(stage, BILLING, comparisons=[running])
        found = await stage.client.call_tool(tool, given)
    assert "ID cannot be shown" in " ".join([found.content[0].text, *stage.human.asked]) or (
        "no comparison of that ID" in found.content[0].text
    )
    assert "agreed" not in " ".join([found.content[0].text, *stage.human.asked])


async def test_where_comparisons_are_kept_under_another_tasks_id_that_one_is_shown(tmp_path):
    async with acting(tmp_path) as stage:
        shop = task_of(stage, SHOP)
        change(stage, ERP, {"master_job_id": shop}, comparisons=[])
        given = {"job": ERP, "check": "line_compare"}
        assert answer_of(await stage.client.call_tool("start_check", given))["outcome"] == "done"
        (sent,) = [one for one in stage.simulator.requests if one.kind == "action"]
    assert sent.path.endswith(f"/jobs/{shop}/action")
    assert shop in stage.human.asked[0].splitlines()[1]


class Caseless(httpx2.AsyncBaseTransport):
    """A DRS that does not mind in which case a task's ID is written."""

    def __init__(self, inner):
        self.inner = inner

    async def handle_async_request(self, request):
        path = re.sub(
            r"(?<=/jobs/)[^/?]+", lambda found: found[0].lower(), request.url.raw_path.decode()
        )
        url = request.url.copy_with(raw_path=path.encode())
        return await self.inner.handle_async_request(
            httpx2.Request(request.method, url, headers=request.headers, content=request.content)
        )


@pytest.mark.parametrize(
    ("tool", "given"),
    [("control_job", {"operation": "pause"}), ("start_check", {"check": "line_compare"})],
)
async def test_a_task_is_one_task_in_whatever_case_its_id_is_written(tmp_path, tool, given):
    async with acting(tmp_path) as stage:
        stage.wire.inner = Caseless(stage.wire.inner)
        job_id = task_of(stage, ERP)

        async def meanwhile():
            stage.human.before_reply = None
            await stage.client.call_tool(tool, {"job": job_id, **given})
            change(stage, ERP, comparisons=[])  # as if DRS did not show yet what goes on
            task = stage.simulator.world.tasks[job_id]
            job = {**task["job"], "status": "INCRE_TRANSFER_STARTED"}
            stage.simulator.world.tasks[job_id] = {**task, "job": job}

        stage.human.before_reply = meanwhile
        found = await stage.client.call_tool(tool, {"job": job_id.upper(), **given})
    assert "another call has begun to act" in error_of(found)
    assert len(stage.wire.sent) == 1
    assert all(f"(ID {job_id})" in question for question in stage.human.asked)
