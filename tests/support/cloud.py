"""Huawei Cloud in one process: DRS and IAM of a region, an ECS metadata service, no other host."""

from collections import Counter
from contextlib import asynccontextmanager
from datetime import timedelta

import anyio
import anyio.lowlevel
import httpx2

from drs_mcp.api.connections import Connections
from drs_mcp.settings import from_environment
from drs_mcp.simulator import REGION, MetadataService, Simulator
from drs_mcp.tools.jobs import list_jobs
from tests.conftest import DrivenClock

METADATA = "169.254.169.254"
DRS = f"drs.{REGION}.myhuaweicloud.com"
IAM = f"iam.{REGION}.myhuaweicloud.com"


class Cloud(httpx2.AsyncBaseTransport):
    """The wire to everything; what is not there cannot be reached.

    Args:
        clock: of the machine that asks.
        ahead_s: how far that clock is ahead of the cloud's.
        ecs: whether there is a metadata service, and how it is: arguments of `MetadataService`.
        hosts: other names of DRS and IAM.
        simulator: arguments of `Simulator`.
    """

    def __init__(self, clock=None, *, ahead_s=0, ecs=None, hosts=(), **simulator):
        self.clock = clock or DrivenClock()
        self.ahead_s = ahead_s
        simulator.setdefault("scenarios", ["shop-mysql-sync"])
        self.simulator = Simulator(now=self.now, **simulator)
        self.metadata = None if ecs is None else MetadataService(self.simulator, **ecs)
        self.requests = []
        self.before = lambda _: None
        drs = httpx2.ASGITransport(app=self.simulator.app)
        self.hosts = dict.fromkeys((DRS, IAM, *hosts), drs)
        if self.metadata is not None:
            self.hosts[METADATA] = httpx2.ASGITransport(app=self.metadata.app)

    def now(self):
        return self.clock.utc_now() - timedelta(seconds=self.ahead_s)

    async def handle_async_request(self, request):
        self.requests.append((request.url.host, request.method, request.url.path))
        self.before(request)
        await anyio.lowlevel.checkpoint()  # so that calls made at once are under way at once
        if request.url.host not in self.hosts:
            raise httpx2.ConnectError("No route to host", request=request)
        return await self.hosts[request.url.host].handle_async_request(request)

    @property
    def request_counts(self):
        """How often who was asked, such as `IAM 1, DRS 4`."""
        names = {METADATA: "ECS", DRS: "DRS", IAM: "IAM"}
        counted = Counter(names.get(host, host) for host, _, _ in self.requests)
        return ", ".join(f"{name} {count}" for name, count in counted.items())

    @property
    def logins(self):
        """How often IAM was asked for a token."""
        return sum(path == "/v3/auth/tokens" for _, _, path in self.requests)

    @asynccontextmanager
    async def connected(self, settings):
        async with Connections({"default": settings}, self.clock, lambda: self) as opened:
            yield opened

    async def listed(self, opened):
        """The answer of `list_jobs`."""
        return await list_jobs(await opened.open())


def settings_of(environ, home):
    """The settings of an environment whose home directory is *home*."""
    read = from_environment({"DRS_MCP_REGION": REGION, **environ})
    return read.model_copy(update={"home": str(home)})


def write(home, name, text):
    """Write a file below *home*; returns its path."""
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
