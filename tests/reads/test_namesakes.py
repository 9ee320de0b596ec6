"""A task is named together with those that it could be taken for, and judged all the same."""

import re

import httpx2
import pytest

from drs_mcp.summaries.tasks.job_list import JobList
from drs_mcp.summaries.tasks.lookup.namesakes import namesakes
from tests.support.tool_calls import answer_of, client_over

pytestmark = pytest.mark.anyio

JOB = "a1b2c3d4-0000-4000-8000-0000000jb101"


def row(number, name, **more):
    return {
        "id": f"a1b2c3d4-0000-4000-8000-{number:07}jb101",
        "name": name,
        "status": "INCRE_TRANSFER_STARTED",
        "engine_type": "mysql-to-mysql",
        **more,
    }


def tasks(*rows):
    found = JobList()
    found.feed(rows, "sync")
    return found.tasks


def names(found):
    return [task.name for task in found]


@pytest.mark.parametrize(
    "other",
    [
        "SHOP-SYNC",
        "shop_sync",
        "ShopSync",
        "shop-sync-2",
        "shop-sync-new",
        "sync-shop-old",
        "shop-synk",
    ],
)
def test_almost_the_same_name_is_near(other):
    assert names(namesakes(JOB, tasks(row(0, "shop-sync"), row(1, other))).near) == [other]


@pytest.mark.parametrize("other", ["crm-sync", "workshop", "会员中心", "sync"])
def test_another_name_is_not(other):
    found = namesakes(JOB, tasks(row(0, "shop-sync"), row(1, other)))
    assert (found.near, found.kin) == ((), ())


def test_chinese_names_are_held_against_each_other_too():
    found = namesakes(JOB, tasks(row(0, "会员中心同步"), row(1, "会员中心同步2")))
    assert names(found.near) == ["会员中心同步2"]


def test_its_own_subtasks_and_siblings_are_no_namesakes():
    parent = row(0, "hr-multi", children=[row(1, "hr-multi-01"), row(2, "hr-multi-02")])
    assert namesakes(JOB, tasks(parent)).near == ()
    assert namesakes(parent["children"][0]["id"], tasks(parent)).near == ()


def test_a_first_word_that_half_the_project_has_makes_no_kin():
    others = [
        row(n, f"prd-{word}")
        for n, word in enumerate(["aaaa", "bbbb", "cccc", "dddd", "eeee", "ffff"], 1)
    ]
    assert namesakes(JOB, tasks(row(0, "prd-shop"), *others)).kin == ()


# -- over the wire -------------------------------------------------------------------------------


class Project:
    """A project whose tasks read from the databases that are given, and a count of list calls."""

    def __init__(self, *rows, sources=(), status=200):
        self.rows, self.sources, self.status, self.lists = rows, dict(sources), status, 0

    def __call__(self, request):
        path = request.url.path
        if path.endswith("/jobs"):
            if "name" not in request.url.params:
                self.lists += 1
                if self.status != 200:
                    return httpx2.Response(self.status, json={"error_code": "DRS.M00001"})
            mine = request.url.params.get("job_type") == "sync"
            wanted = request.url.params.get("name", "")
            rows = [one for one in self.rows if mine and wanted in (one["id"], one["name"], "")]
            return httpx2.Response(200, json={"total_count": len(rows), "jobs": rows})
        job_id = re.search(r"/jobs/([^/]+)", path)[1]
        own = next((one for one in self.rows if one["id"] == job_id), None)
        if own is None:
            return httpx2.Response(404, json={"error_code": "DRS.10000010"})
        job = {
            "id": job_id,
            "status": own["status"],
            "base_info": {"name": own["name"], "job_type": "sync"},
        }
        job["source_endpoint"] = [{"endpoint": {"ip": self.sources.get(own["name"], "10.0.0.9")}}]
        job["target_endpoint"] = [{"endpoint": {"instance_name": f"rds-{own['name']}"}}]
        return httpx2.Response(200, json={"job": job})


async def told(project, tool="diagnose_job", job=JOB, calls=1):
    async with client_over(httpx2.MockTransport(project)) as client:
        for _ in range(calls):
            answer = answer_of(await client.call_tool(tool, {"job": job}))
    return answer


@pytest.mark.parametrize("tool", ["diagnose_job", "check_cutover"])
async def test_the_same_source_with_another_destination_is_named_for_an_id_too(tool):
    project = Project(
        row(0, "shop-to-rds"),
        row(1, "shop-warehouse-feed-nightly"),
        row(2, "shop-elsewhere-and-unlike-it"),
        sources={"shop-to-rds": "10.0.0.1", "shop-warehouse-feed-nightly": "10.0.0.1"},
    )
    answer = await told(project, tool)
    (note,) = answer["notes"]
    assert note == (
        "Not to be confused with 'shop-warehouse-feed-nightly' (INCRE_TRANSFER_STARTED, "
        "mysql-to-mysql, to 'rds-shop-warehouse-feed-nightly', same source)."
    )


async def test_the_list_is_swept_once_a_minute():
    project = Project(row(0, "shop-sync"), row(1, "shop-sync-2"))
    await told(project, calls=3)
    assert project.lists == 4  # one for each scenario


@pytest.mark.parametrize("tool", ["diagnose_job", "check_cutover"])
async def test_an_unread_list_is_named_and_changes_no_verdict(tool):
    read = await told(Project(row(0, "shop-sync")), tool)
    unread = await told(Project(row(0, "shop-sync"), status=403), tool)
    assert unread["notes"] == ["Tasks of like names: unread (the task list could not be read)."]
    assert unread["verdict"] == read["verdict"]
    assert unread["headline"] == read["headline"]
