"""Who may ask the embedded DRS: projects, tokens and keys, and when they end."""

from datetime import timedelta

import pytest

from drs_mcp.simulator import (
    DOMAIN,
    PASSWORD,
    PROJECT_ID,
    REGION,
    TOKEN,
    USER,
    Project,
    Simulator,
)
from tests.conftest import DrivenClock

pytestmark = pytest.mark.anyio

TEAM = Project(f"{REGION}_team", "5e0c0ffee0d14b5ca7a109e10d3e00b2")
BOTH = [Project(REGION, PROJECT_ID), TEAM]


def body(project=None, password=PASSWORD):
    user = {"name": USER, "password": password, "domain": {"name": DOMAIN}}
    auth = {"identity": {"methods": ["password"], "password": {"user": user}}}
    return {"auth": auth | ({"scope": {"project": project}} if project else {})}


@pytest.fixture
def drs(asking):
    return asking


async def log_in(drs, **more):
    return await drs.http.post("/v3/auth/tokens", json=body(**more))


async def test_projects_are_listed_by_name(drs):
    async with drs(Simulator(projects=BOTH)) as cloud:
        named = (await cloud.get("/v3/projects", name=TEAM.name)).json()["projects"]
        every = (await cloud.get("/v3/projects")).json()["projects"]
    assert [project["id"] for project in named] == [TEAM.id]
    assert [project["id"] for project in every] == [PROJECT_ID, TEAM.id]


async def test_a_token_is_good_for_its_own_project_alone(drs):
    async with drs(Simulator(projects=BOTH), headers={}) as cloud:
        answer = await log_in(cloud, project={"name": TEAM.name})
        assert answer.json()["token"]["project"]["id"] == TEAM.id
        cloud.http.headers["X-Auth-Token"] = answer.headers["X-Subject-Token"]
        assert (await cloud.get(f"/v5/{TEAM.id}/jobs", job_type="sync")).status_code == 200
        refused = await cloud.jobs(job_type="sync")
    assert (refused.status_code, refused.json()["error_code"]) == (403, "DRS.M00261")


async def test_a_token_without_a_project_reads_no_task(drs):
    async with drs(Simulator(), headers={}) as cloud:
        answer = await log_in(cloud)
        cloud.http.headers["X-Auth-Token"] = answer.headers["X-Subject-Token"]
        assert (await cloud.get("/v3/projects")).status_code == 200
        assert (await cloud.jobs(job_type="sync")).status_code == 403


async def test_a_scope_that_does_not_exist_and_a_wrong_password_are_told_apart(drs):
    async with drs(Simulator(), headers={}) as cloud:
        scope = await log_in(cloud, project={"name": "mars-north-1"})
        password = await log_in(cloud, project={"name": REGION}, password="wrong")
    assert (scope.status_code, password.status_code) == (401, 401)
    assert scope.json()["error"]["message"] == "The project does not exist."
    assert password.json()["error"]["message"] == "Authentication failed"


async def test_a_token_ends_after_a_day_or_when_it_is_told_to(drs):
    clock = DrivenClock()
    simulator = Simulator(now=clock.utc_now)
    async with drs(simulator, headers={}) as cloud:
        for end in (lambda: clock.forward(86_400), simulator.expire_tokens):
            answer = await log_in(cloud, project={"name": REGION})
            cloud.http.headers["X-Auth-Token"] = answer.headers["X-Subject-Token"]
            assert (await cloud.jobs(job_type="sync")).status_code == 200
            end()
            refused = await cloud.jobs(job_type="sync")
            assert (refused.status_code, refused.json()["error_code"]) == (401, "APIGW.0307")


async def test_temporary_keys_end_and_the_permanent_ones_do_not():
    simulator = Simulator()
    first = simulator.authenticator.issue_keys(timedelta(hours=1))
    second = simulator.authenticator.issue_keys(timedelta(hours=1))
    assert len({*first[:3]} & {*second[:3]}) == 0
    simulator.authenticator.expire_keys()
    ends = [key.end for key in simulator.authenticator._keys.values()]
    assert sorted(end is None for end in ends) == [False, False, True]


async def test_faults_of_iam_are_written_as_iam_writes_them(drs):
    simulator = Simulator()
    simulator.faults.fail(503, on="tokens")
    async with drs(simulator, headers={"X-Auth-Token": TOKEN}) as cloud:
        failed = await log_in(cloud)
        assert (await log_in(cloud)).status_code == 201
    assert failed.status_code == 503
    assert failed.json()["error"]["code"] == 503
