"""Results that carry third-party text say so, and where."""

import pytest

from drs_mcp.serving.label import LABEL, label
from drs_mcp.simulator import Simulator
from tests.support.tool_calls import answer_of, client_of

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        ({"headline": "Ours.", "totals": {"tables": 5}, "ended": "2026-11-20T08:00:00Z"}, None),
        ({"headline": "Ours.", "name": "shop"}, ["name"]),
        ({"headline": "Task '会员中心同步': paused.", "next": [{"why": "ours"}]}, ["headline"]),
        ({"headline": "DRS's own.", "next": [{"why": "'订单' differs"}]}, ["next"]),
        ({"tables": {"columns": ["a"], "rows": [[1], [None]], "shown": 2, "total": 2}}, None),
        ({"tables": {"columns": ["a"], "rows": [[1], ["x"]], "shown": 2, "total": 2}}, ["tables"]),
        ({"info": [["Applied *", 7]], "levels": {"error": 3}}, ["info"]),
        ({"next": [{"tool": "get_logs", "args": {"job": "shop"}, "why": "ours"}]}, ["next"]),
        ({"next": [{"tool": "list_jobs", "why": "ours"}], "notes": ["ours"]}, None),
        ({"receipt": {"region": "r", "project": "p", "as_of": "t"}, "read": {"why": "w"}}, None),
    ],
)
def test_the_fields_that_hold_text_of_others_are_named(answer, fields):
    assert label(answer) == (fields and {LABEL: fields})


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_result_has_one_label_where_hosts_look_and_models_do_not(mode):
    async with client_of(mode=mode) as client:
        found = await client.call_tool("get_logs", {"job": "shop-mysql-sync"})
        assert {"newest_error", "patterns", "info"} <= set(found.meta[LABEL])
        assert set(found.meta[LABEL]) <= answer_of(found).keys()
        assert LABEL not in found.content[0].text


async def test_an_answer_of_our_own_words_has_none():
    async with client_of(Simulator(scenarios=["shop-mysql-sync"])) as client:
        found = await client.call_tool("list_jobs", {"name": "no-such-name"})
    assert "jobs" not in answer_of(found)
    assert LABEL not in (found.meta or {})


async def test_resources_of_tasks_are_labelled_and_those_of_knowledge_are_not():
    async with client_of() as client:
        listed = (await client.list_resources()).resources
        templates = (await client.list_resource_templates()).resource_templates
    labelled = {
        str(getattr(one, "uri", None) or one.uri_template)
        for one in (*listed, *templates)
        if LABEL in (one.meta or {})
    }
    assert labelled == {"drs://jobs", "drs://jobs/{job}"}
