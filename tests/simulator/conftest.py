"""A way to ask an embedded DRS in-process, on both event loops."""

from contextlib import asynccontextmanager

import httpx2
import pytest

from drs_mcp.simulator import PROJECT_ID, TOKEN, World

ORIGIN = "http://drs.test"


class Drs:
    """Asks one simulator and hands back what it says."""

    def __init__(self, http):
        self.http = http

    async def get(self, path, **query):
        return await self.http.get(path, params=query)

    async def jobs(self, **query):
        return await self.get(f"/v5/{PROJECT_ID}/jobs", **query)

    async def show(self, job_id, **query):
        return await self.get(f"/v5/{PROJECT_ID}/jobs/{job_id}", **query)

    async def job(self, job_id, **query):
        response = await self.show(job_id, **query)
        assert response.status_code == 200, response.text
        return response.json()["job"]

    async def compared(self, job_id, kind, what, **query):
        found = await self.job(job_id, type="compare", compare_type=kind, query_type=what, **query)
        return found["compare_result"]


@pytest.fixture
def asking():
    @asynccontextmanager
    async def ask(simulator, headers=None):
        given = {"X-Auth-Token": TOKEN} if headers is None else headers
        wire = httpx2.ASGITransport(app=simulator.app)
        async with httpx2.AsyncClient(transport=wire, base_url=ORIGIN, headers=given) as http:
            yield Drs(http)

    return ask


@pytest.fixture(scope="session")
def ids():
    """Task name -> ID, of every task of every scenario."""
    tasks = World.load().tasks.values()
    return {task["job"]["base_info"]["name"]: task["id"] for task in tasks}
