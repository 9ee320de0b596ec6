"""`GET /v5/{project_id}/jobs` of the embedded DRS."""

import pytest

from drs_mcp.simulator import Limits, Simulator, World

pytestmark = pytest.mark.anyio

SYNC = {
    "CLONING": ["hr-archive-copy"],
    "FULL_TRANSFER_FAILED": ["warehouse-full-disk"],
    "PAUSING": ["orders-paused"],
    "RELEASE_RESOURCE_COMPLETE": ["DUP-TASK"],
}


async def test_without_a_job_type_there_is_no_list(asking):
    async with asking(Simulator()) as drs:
        response = await drs.jobs()
    assert response.status_code == 400
    assert response.json() == {
        "error_code": "DRS.M00201",
        "error_msg": "The parameter job_type is empty.",
    }


@pytest.mark.parametrize(
    "query",
    [
        {"job_type": "backup"},
        {"job_type": "sync", "limit": "0"},
        {"job_type": "sync", "limit": "ten"},
        {"job_type": "sync", "offset": "-1"},
        {"job_type": "sync", "sort_key": "colour"},
        {"job_type": "sync", "sort_dir": "up"},
    ],
)
async def test_a_value_that_cannot_be_is_refused(asking, query):
    async with asking(Simulator()) as drs:
        response = await drs.jobs(**query)
    assert (response.status_code, response.json()["error_code"]) == (400, "DRS.M00202")


async def test_each_scenario_lists_its_own_tasks(asking, ids):
    seen = []
    async with asking(Simulator()) as drs:
        for job_type in ("migration", "sync", "cloudDataGuard", "replay"):
            found = (await drs.jobs(job_type=job_type, limit="1000")).json()
            assert found["total_count"] == len(found["jobs"])
            assert {row["job_type"] for row in found["jobs"]} <= {job_type}
            for row in found["jobs"]:
                seen += [row["id"], *(child["id"] for child in row.get("children", []))]
    assert sorted(seen) == sorted(ids.values())


async def test_subtasks_stand_in_their_parents_row_only(asking):
    async with asking(Simulator()) as drs:
        found = (await drs.jobs(job_type="sync", name="hr-multi", limit="100")).json()
    [parent] = found["jobs"]
    assert parent["status"] == "INCRE_TRANSFER_STARTED"
    assert [child["status"] for child in parent["children"]].count("INCRE_TRANSFER_FAILED") == 1
    assert len(parent["children"]) == 4


@pytest.mark.parametrize(("status", "names"), SYNC.items())
async def test_a_status_filters(asking, status, names):
    async with asking(Simulator()) as drs:
        found = (await drs.jobs(job_type="sync", status=status)).json()
    assert [row["name"] for row in found["jobs"]] == names


async def test_several_statuses_filter_as_a_comma_list(asking):
    async with asking(Simulator()) as drs:
        found = (await drs.jobs(job_type="sync", status=",".join(SYNC), limit="100")).json()
    assert {row["status"] for row in found["jobs"]} == set(SYNC)
    assert found["total_count"] == len(SYNC)


async def test_a_name_filters_by_part_without_case_and_an_id_whole(asking, ids):
    async with asking(Simulator()) as drs:
        by_name = (await drs.jobs(job_type="sync", name="DUP-t")).json()
        by_id = (await drs.jobs(job_type="sync", name=ids["billing-recon"])).json()
    assert {row["name"] for row in by_name["jobs"]} == {"dup-task", "DUP-TASK"}
    assert [row["name"] for row in by_id["jobs"]] == ["billing-recon"]


async def test_an_engine_filters(asking):
    async with asking(Simulator()) as drs:
        found = (await drs.jobs(job_type="migration", engine_type="redis-to-gaussredis")).json()
    assert [row["name"] for row in found["jobs"]] == ["cache-redis-gemini"]


async def test_the_newest_task_comes_first_unless_told_otherwise(asking):
    async with asking(Simulator()) as drs:
        newest = (await drs.jobs(job_type="sync", limit="100")).json()["jobs"]
        named = (
            await drs.jobs(job_type="sync", limit="100", sort_key="name", sort_dir="asc")
        ).json()["jobs"]
    times = [row["create_time"] for row in newest]
    assert times == sorted(times, reverse=True)
    assert [row["name"] for row in named] == sorted(row["name"] for row in newest)


def crowd(tasks):
    return World(
        {
            "id": f"crowd-{number:04d}",
            "job": {
                "status": "INCRE_TRANSFER_STARTED",
                "create_time": f"@-{number}s",
                "base_info": {"name": f"task-{number:04d}", "job_type": "sync"},
            },
        }
        for number in range(tasks)
    )


@pytest.mark.parametrize("offsets", ["row", "page"])
@pytest.mark.parametrize("max_limit", [10, 100, 1000])
async def test_pages_hold_every_task_once_whatever_the_limits_are(asking, max_limit, offsets):
    limits = Limits(max_limit=max_limit, offsets=offsets)
    names = []
    async with asking(Simulator(world=crowd(123), limits=limits)) as drs:
        offset = 0
        while True:
            found = (await drs.jobs(job_type="sync", offset=str(offset), limit="1000")).json()
            assert found["total_count"] == 123
            if not found["jobs"]:
                break
            assert len(found["jobs"]) <= max_limit
            names += [row["name"] for row in found["jobs"]]
            offset += 1 if offsets == "page" else len(found["jobs"])
    assert names == [f"task-{number:04d}" for number in range(123)]


async def test_a_limit_above_the_largest_can_be_refused(asking):
    limits = Limits(max_limit=100, over_limit="refuse")
    async with asking(Simulator(limits=limits)) as drs:
        assert (await drs.jobs(job_type="sync", limit="101")).status_code == 400
        assert (await drs.jobs(job_type="sync", limit="100")).status_code == 200
