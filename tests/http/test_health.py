"""What a load balancer is told: yes or no, and nothing that helps anybody else."""

import httpx2
import pytest
from starlette.applications import Starlette

from drs_mcp.http.drain import Drain
from drs_mcp.http.health import PATHS, health_routes

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request):
    return request.param


def client(drain):
    app = Starlette(routes=health_routes(drain))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://x")


async def test_alive_as_long_as_it_answers_and_ready_until_it_is_stopping():
    drain = Drain()
    async with client(drain) as http:
        assert [(await http.get(path)).status_code for path in PATHS] == [200, 200]
        drain.begin()
        assert [(await http.get(path)).status_code for path in PATHS] == [200, 503]


@pytest.mark.parametrize("begun", [False, True])
async def test_nothing_but_a_word_is_told_and_nobody_keeps_it(begun):
    drain = Drain()
    if begun:
        drain.begin()
    async with client(drain) as http:
        for path in PATHS:
            answer = await http.get(path)
            assert answer.text in ("ok\n", "stopping\n")
            assert set(answer.headers) == {"cache-control", "content-length", "content-type"}
            assert answer.headers["cache-control"] == "no-store"
            assert (await http.post(path)).status_code == 405
            assert (await http.head(path)).content == b""
