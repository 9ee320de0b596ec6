"""The ECS agency: temporary keys from the metadata service, renewed early, and its troubles."""

from datetime import UTC, datetime, timedelta

import anyio
import httpx2
import pytest
from trio.testing import MockClock

from drs_mcp.api.connections import Connections
from drs_mcp.clock import SystemClock
from drs_mcp.errors import BadAnswer, DrsError, SettingsError
from drs_mcp.simulator import PROJECT_ID, MetadataService, Simulator
from drs_mcp.simulator.access.metadata import KEYS_PATH, TOKEN_PATH
from drs_mcp.tools.jobs import list_jobs
from tests.support.cloud import METADATA, Cloud, settings_of
from tests.support.loopback import closed_port, running_app

pytestmark = pytest.mark.anyio

BOTH = [f"PUT {TOKEN_PATH}", f"GET {KEYS_PATH}"]
WITHIN = "credentials: the ECS agency over two days"


@pytest.fixture
def settings(tmp_path):
    return settings_of({"DRS_MCP_PROJECT_ID": PROJECT_ID}, tmp_path)


async def test_keys_are_kept_and_fetched_anew_forty_minutes_before_their_end(
    clock, settings, check_secrets
):
    cloud = Cloud(clock, ecs={})
    async with cloud.connected(settings) as opened:
        for _ in range(3):
            await cloud.listed(opened)
        assert cloud.metadata.requests == BOTH
        clock.forward(86_400 - 2_401)
        await cloud.listed(opened)
        assert cloud.metadata.requests == BOTH
        clock.forward(1)
        await cloud.listed(opened)
        assert cloud.metadata.requests == BOTH * 2
        await cloud.listed(opened)
        assert cloud.metadata.requests == BOTH * 2


async def test_two_days_pass_without_a_refused_request(
    clock, settings, check_secrets, record_row_once
):
    cloud = Cloud(clock, ecs={"lifetime": timedelta(hours=6)})
    hours = 48
    async with cloud.connected(settings) as opened:
        for _ in range(hours * 2):
            await cloud.listed(opened)
            clock.forward(1_800)
    drs = sum(path.startswith("/v5") for _, _, path in cloud.requests)
    assert drs == hours * 2 * 4  # none was sent twice
    renewed = len(cloud.metadata.requests) // 2
    assert renewed <= hours / 5
    record_row_once(
        WITHIN, {"keys live": "6 h", "DRS requests": drs, "refused": 0, "fetched": renewed}
    )


async def test_keys_that_the_service_does_not_rotate_in_time_are_not_asked_for_with_every_call(
    clock, settings, check_secrets
):
    cloud = Cloud(clock, ecs={"fresh": timedelta(0)})
    async with cloud.connected(settings) as opened:
        clock.forward(0)
        await cloud.listed(opened)
        clock.forward(86_400 - 1_200)
        for _ in range(10):
            await cloud.listed(opened)
            clock.forward(3)
        assert cloud.metadata.requests == BOTH * 2
        clock.forward(1_200)
        await cloud.listed(opened)
    assert cloud.metadata.requests == BOTH * 3


async def test_keys_are_used_to_their_end_when_the_service_falls_silent(
    clock, settings, check_secrets
):
    cloud = Cloud(clock, ecs={})
    async with cloud.connected(settings) as opened:
        await cloud.listed(opened)
        del cloud.hosts[METADATA]
        clock.forward(86_400 - 1_800)
        await cloud.listed(opened)
        clock.forward(1_800)
        with pytest.raises(SettingsError, match="No ECS metadata service answers here"):
            await cloud.listed(opened)


@pytest.mark.parametrize(
    "anyio_backend", [pytest.param(("trio", {"clock": MockClock(autojump_threshold=0)}), id="trio")]
)
@pytest.mark.parametrize("fault", ["slow", "drips"])
async def test_a_service_that_hangs_is_given_up_after_three_seconds(
    anyio_backend, fault, settings, ask
):
    async def drip():
        while True:
            await anyio.sleep(1)
            yield b"x"

    cloud = Cloud(ecs={"fault": fault if fault == "slow" else ""})
    if fault == "drips":
        cloud.hosts[METADATA] = httpx2.MockTransport(lambda _: httpx2.Response(200, content=drip()))
    started = anyio.current_time()
    with pytest.raises(SettingsError, match="No ECS metadata service answers here"):
        await ask(cloud, settings)
    assert anyio.current_time() - started == pytest.approx(3, abs=0.5)


@pytest.mark.parametrize(
    "token",
    ["", "two\nlines", "x" * 4097, "\x1b[31m", "tök"],
    ids=["none", "lines", "long", "escape", "odd"],
)
async def test_a_token_that_is_none_is_not_sent_on(token, settings, ask):
    cloud = Cloud(ecs={})
    cloud.hosts[METADATA] = httpx2.MockTransport(lambda _: httpx2.Response(200, text=token))
    with pytest.raises(BadAnswer, match="gave no token"):
        await ask(cloud, settings)
    assert len(cloud.requests) == 1


GOOD = {"access": "PLANTED", "secret": "planted", "securitytoken": "planted=="}


@pytest.mark.parametrize(
    "body",
    [
        {"credential": {**GOOD, "access": ""}},
        {"credential": {**GOOD, "secret": None}},
        {"credential": {name: GOOD[name] for name in ("access", "secret")}},
        {"credential": [GOOD]},
        {"credentials": GOOD},
        [GOOD],
        "planted",
        None,
    ],
)
async def test_keys_by_half_or_in_another_shape_are_none(body, settings, ask):
    cloud = Cloud(ecs={"token_status": 404})
    replies = [httpx2.Response(404), httpx2.Response(200, json=body)]
    cloud.hosts[METADATA] = httpx2.MockTransport(lambda _: replies.pop(0))
    with pytest.raises(BadAnswer, match="gave no keys") as raised:
        await ask(cloud, settings)
    assert "HTTP 200" in str(raised.value)


@pytest.mark.parametrize("end", ["", "soon", None, 0, "2026-13-45T00:00:00Z"])
async def test_an_end_that_nobody_can_read_is_no_end(end, clock, settings, ask):
    cloud = Cloud(clock, ecs={})
    issued = cloud.simulator.authenticator.issue_keys(timedelta(days=3))
    credential = {
        "access": issued.access,
        "secret": issued.secret,
        "securitytoken": issued.security_token,
        "expires_at": end,
    }
    replies = [httpx2.Response(404), httpx2.Response(200, json={"credential": credential})]
    cloud.hosts[METADATA] = httpx2.MockTransport(lambda _: replies.pop(0))
    async with cloud.connected(settings) as opened:
        await cloud.listed(opened)
        clock.forward(86_400)
        await cloud.listed(opened)
    assert replies == []


async def test_it_works_over_loopback_and_no_proxy_comes_between(
    anyio_backend, tmp_path, check_secrets, monkeypatch
):
    simulator = Simulator(now=lambda: datetime.now(UTC), scenarios=["shop-mysql-sync"])
    metadata = MetadataService(simulator)
    proxy = f"http://127.0.0.1:{closed_port()}"
    with running_app(simulator.app) as drs, running_app(metadata.app) as ecs:
        environ = {
            "DRS_MCP_ENDPOINT": f"http://127.0.0.1:{drs}",
            "DRS_MCP_IAM_ENDPOINT": f"http://127.0.0.1:{drs}",
            "DRS_MCP_METADATA_ENDPOINT": f"http://localhost:{ecs}",
        }
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")  # DRS is reached, localhost would not be
        settings = settings_of(environ, tmp_path)
        async with Connections({"default": settings}, SystemClock()) as opened:
            answer = await list_jobs(await opened.open())
            metadata.fault = "no_agency"
            simulator.authenticator.expire_keys()
            with pytest.raises(DrsError) as raised:
                await list_jobs(await opened.open())
            check_secrets(raised.value)
    assert answer.jobs.total == 1
    assert "This ECS instance has no agency" in str(raised.value)
