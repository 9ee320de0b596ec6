"""Places for connections, and how soon an answer on a kept one is there."""

import time
from contextlib import AsyncExitStack

import anyio
import httpx2
import pytest

from drs_mcp.http import connection
from tests.http.conftest import serving

pytestmark = pytest.mark.anyio

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def ended(stream):
    """Whether the server closes it within a second."""
    with anyio.move_on_after(1):
        try:
            while await stream.receive():
                pass
        except (anyio.EndOfStream, anyio.BrokenResourceError):
            return True
    return False


async def test_who_has_sent_nothing_makes_room_for_who_comes(monkeypatch):
    monkeypatch.setattr(connection, "MOST", 3)
    async with serving() as running, AsyncExitStack() as opened:
        port = int(running.origin.rpartition(":")[2])

        async def connected():
            stream = await anyio.connect_tcp("127.0.0.1", port)
            return await opened.enter_async_context(stream)

        asking = await connected()
        await asking.send(HEALTH)
        assert b"200 OK" in await asking.receive()
        silent = [await connected(), await connected()]
        newcomer = await connected()
        await newcomer.send(HEALTH)
        assert b"200 OK" in await newcomer.receive()
        assert await ended(silent[0])  # the one that was silent longest
        await silent[1].send(HEALTH)
        assert b"200 OK" in await silent[1].receive()
        assert await ended(await connected())  # now each has asked for something
        await asking.send(HEALTH)
        assert b"200 OK" in await asking.receive()


async def test_on_a_kept_connection_a_body_follows_its_head_at_once():
    took = []
    async with serving() as running, httpx2.AsyncClient() as http:
        await http.get(f"{running.origin}/healthz")
        for _ in range(20):
            begin = time.perf_counter()
            assert (await http.get(f"{running.origin}/healthz")).text == "ok\n"
            took.append(time.perf_counter() - begin)
    # Waiting for an acknowledgement takes 40 ms each time.
    assert sorted(took)[len(took) // 2] < 0.03
