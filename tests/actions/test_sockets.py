"""The same over real sockets: connections that are reset before, during and after the answer."""

from contextlib import asynccontextmanager

import httpx2
import pytest
from mcp import Client
from pydantic import SecretStr

from drs_mcp.api.connections import Connections
from drs_mcp.api.http.limits import Timeouts
from drs_mcp.observe.audit import AuditLog
from drs_mcp.server import build_server
from drs_mcp.serving.accounting import Accounting
from drs_mcp.serving.result import RenderOptions
from drs_mcp.settings import Settings
from drs_mcp.simulator import PROJECT_ID, REGION, TOKEN
from tests.conftest import DrivenClock
from tests.support.acting import CRM, ERP, Human, world
from tests.support.fault_server import FaultServer
from tests.support.tool_calls import answer_of

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("anyio_backend", ["asyncio"])]

QUICK = Timeouts(connect=2, read=0.5, write=2, pool=2, whole=5)


class Drs:
    """A simulator behind real sockets; what an action meets is a method's name."""

    def __init__(self, meets):
        self.clock = DrivenClock()
        self.simulator = world(self.clock)
        self.meets = meets

    async def __call__(self, exchange):
        if not exchange.request.path.endswith("/action"):
            status, body = await self.handled(exchange.request)
            await exchange.answer(body, status, "Content-Type: application/json")
            return
        await getattr(self, self.meets)(exchange)

    async def handled(self, request):
        """What the simulator answers."""
        inner = httpx2.ASGITransport(app=self.simulator.app)
        async with httpx2.AsyncClient(transport=inner, base_url="http://localhost") as client:
            kept = ("x-auth-token", "x-language", "content-type")
            answer = await client.request(
                request.method,
                request.path,
                params=request.query,
                headers={name: request.headers[name] for name in kept if name in request.headers},
                content=request.body,
            )
        return answer.status_code, answer.content

    async def reset_before(self, exchange):
        exchange.hang_up(reset=True)

    async def closed_before(self, exchange):
        exchange.hang_up()

    async def reset_during(self, exchange):
        status, body = await self.handled(exchange.request)
        await exchange.head(status, f"Content-Length: {len(body) + 10}")
        await exchange.send(body)
        exchange.hang_up(reset=True)

    async def closed_during(self, exchange):
        status, body = await self.handled(exchange.request)
        await exchange.head(status, f"Content-Length: {len(body) + 10}")
        await exchange.send(body[:4])
        exchange.hang_up()

    async def reset_after(self, exchange):
        await self.handled(exchange.request)
        exchange.hang_up(reset=True)

    async def silent_after(self, exchange):
        await self.handled(exchange.request)
        await exchange.send(b"")
        await self.never()

    async def silent_before(self, _):
        await self.never()

    async def never(self):
        import asyncio  # noqa: PLC0415  the fault server's own loop

        await asyncio.Event().wait()

    async def failing_after(self, exchange):
        await self.handled(exchange.request)
        await exchange.json({"error_code": "DRS.M00004", "error_msg": "x"}, 500)

    async def gateway_after(self, exchange):
        await self.handled(exchange.request)
        await exchange.answer(b"<html>502</html>", 502, "Content-Type: text/html")

    async def answered_twice(self, exchange):
        status, body = await self.handled(exchange.request)
        for _ in range(2):
            await exchange.answer(body, status, "Content-Type: application/json")
        exchange.hang_up()

    async def fine(self, exchange):
        status, body = await self.handled(exchange.request)
        await exchange.answer(body, status, "Content-Type: application/json")


@asynccontextmanager
async def client_of(drs, origin, tmp_path):
    settings = Settings(
        region=REGION,
        project_id=PROJECT_ID,
        endpoint=origin,
        token=SecretStr(TOKEN),
        actions="checks,control",
    )
    log = AuditLog(drs.clock, str(tmp_path / "audit.jsonl"))
    server = build_server(
        lambda: Connections({"default": settings}, drs.clock, timeouts=QUICK, audit=log),
        RenderOptions(),
        Accounting(drs.clock, log),
        settings.action_kinds,
    )
    async with Client(server, elicitation_callback=Human()) as client:
        yield client


ARRIVES = {
    "reset_before": False,
    "closed_before": False,
    "silent_before": False,
    "reset_during": True,
    "closed_during": True,
    "reset_after": True,
    "silent_after": True,
    "failing_after": True,
    "gateway_after": True,
    "answered_twice": True,
    "fine": True,
}


@pytest.mark.parametrize(
    ("tool", "given"),
    [
        ("control_job", {"job": ERP, "operation": "pause"}),
        ("start_check", {"job": ERP, "check": "line_compare"}),
        ("start_check", {"job": CRM, "check": "precheck", "wait_s": 0}),
    ],
    ids=["pause", "line_compare", "precheck"],
)
@pytest.mark.parametrize("meets", ARRIVES)
async def test_over_sockets_too_an_action_arrives_at_most_once_and_the_answer_is_true(
    tmp_path, meets, tool, given
):
    drs = Drs(meets)
    with FaultServer(drs) as server:
        async with client_of(drs, server.origin, tmp_path) as client:
            answer = answer_of(await client.call_tool(tool, given))
        sent = [request for request in server.for_drs if request.path.endswith("/action")]
    arrived = [request for request in drs.simulator.requests if request.kind == "action"]
    assert len(sent) == 1
    assert len(arrived) == ARRIVES[meets]
    if not ARRIVES[meets]:
        assert answer["outcome"] == "unknown"
    else:
        assert answer["outcome"] == "done"
