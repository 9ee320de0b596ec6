"""Tokens that are refused are not looked at without end, and nobody pays for another's guesses."""

import httpx2
import pytest

from drs_mcp.http.auth.attempts import BURST, LimitedAttempts
from drs_mcp.observe.audit import AuditLog
from drs_mcp.observe.refused_logins import RefusedLogins

pytestmark = pytest.mark.anyio


class Door:
    """An app that lets in whoever says `good`, and counts how often it looked."""

    def __init__(self):
        self.looked = 0

    async def __call__(self, scope, _receive, send):
        self.looked += 1
        given = dict(scope["headers"]).get(b"authorization", b"")
        status = 200 if given.startswith(b"Bearer good") else 401
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def door():
    return Door()


@pytest.fixture
def ask(door, clock):
    limited = LimitedAttempts(door, clock, RefusedLogins(clock, AuditLog(clock)), "tokens")

    async def asked(token="", *, place="203.0.113.9"):
        wire = httpx2.ASGITransport(app=limited, client=(place, 4711))
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with httpx2.AsyncClient(transport=wire, base_url="http://x") as http:
            return await http.get("/", headers=headers)

    return asked


async def exhaust(ask, **place):
    for number in range(BURST):
        assert (await ask(f"guess-{number}", **place)).status_code == 401


async def test_after_many_refused_tokens_the_next_is_not_looked_at(ask, door, clock):
    await exhaust(ask)
    refused = await ask("another")
    assert (refused.status_code, refused.headers["Retry-After"], door.looked) == (429, "1", BURST)
    clock.forward(1)
    assert (await ask("another")).status_code == 401
    assert (await ask("another")).status_code == 429


async def test_a_token_that_was_accepted_lately_is_looked_at_all_the_same(ask):
    """Callers behind one proxy come from its address, and so does whoever guesses."""
    assert (await ask("good-1")).status_code == 200
    await exhaust(ask)
    assert (await ask("good-1")).status_code == 200
    assert (await ask("good-2")).status_code == 429  # nobody knows it yet


async def test_a_token_that_was_withdrawn_counts_as_refused_from_then_on(ask, door, clock):
    await ask("good-1")
    clock.forward(3600)
    await exhaust(ask)
    assert (await ask("good-1")).status_code == 429
    assert door.looked == BURST + 1


async def test_requests_without_a_token_cost_nothing_and_are_passed_on(ask, door):
    await exhaust(ask)
    assert (await ask()).status_code == 401
    assert door.looked == BURST + 1


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("203.0.113.9", 429),
        ("203.0.113.10", 401),
        ("2001:db8::1", 401),
    ],
)
async def test_each_address_has_its_own_count(ask, place, status):
    await exhaust(ask)
    assert (await ask("another", place=place)).status_code == status


async def test_a_network_of_ipv6_counts_as_one_address(ask):
    await exhaust(ask, place="2001:db8:1:2::1")
    assert (await ask("another", place="2001:db8:1:2:ffff::9%eth0")).status_code == 429
    assert (await ask("another", place="2001:db8:1:3::1")).status_code == 401
