"""Acting in tests: a client that answers questions, over an embedded DRS, on a wire that can fail."""

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
from mcp import Client
from mcp.types import ElicitResult

from drs_mcp.api.connections import Connections
from drs_mcp.api.paths import only_reads
from drs_mcp.embedded import embedded_settings
from drs_mcp.observe.audit import AuditLog
from drs_mcp.server import build_server
from drs_mcp.serving.accounting import Accounting
from drs_mcp.serving.result import RenderOptions
from drs_mcp.simulator import Simulator
from tests.conftest import DrivenClock

CRM, ERP, PAUSED = "crm-mysql-precheck", "erp-oracle-gauss", "orders-paused"
BILLING, SHOP = "billing-recon", "shop-mysql-sync"
WAITING = "waiting-to-start"

EACH = [
    ("start_check", {"job": CRM, "check": "precheck"}),
    ("start_check", {"job": ERP, "check": "diagnosis"}),
    ("start_check", {"job": ERP, "check": "object_compare"}),
    ("start_check", {"job": ERP, "check": "line_compare"}),
    ("start_check", {"job": ERP, "check": "content_compare", "source_db_name": "ERP_FIN"}),
    ("start_check", {"job": BILLING, "check": "cancel_compare", "compare_task_id": "running-1"}),
    ("control_job", {"job": WAITING, "operation": "start"}),
    ("control_job", {"job": ERP, "operation": "pause"}),
    ("control_job", {"job": PAUSED, "operation": "resume"}),
]
"""Every action, on a task that allows it."""
NAMES = [given.get("check") or given.get("operation") for _, given in EACH]


def world(clock):
    """The embedded world, with a comparison that runs and a task that waits to be started."""
    simulator = Simulator(
        now=clock.utc_now, scenarios=[CRM, ERP, PAUSED, BILLING, SHOP, "dup-task"]
    )
    tasks = simulator.world.tasks
    for job_id, task in list(tasks.items()):
        name = task.get("job", {}).get("base_info", {}).get("name")
        if name == BILLING:
            running = {
                "id": "running-1",
                "type": "lines",
                "status": "RUNNING",
                "start_time": "@-1m",
            }
            tasks[job_id] = {**task, "comparisons": [running, *task["comparisons"]]}
        if name == CRM:
            job = {**task["job"], "status": "WAITING_FOR_START"}
            job["base_info"] = {**job["base_info"], "name": WAITING}
            made = "d5b2e3f4-1a2f-4e3d-9c4b-5d6e7f8jb101"
            tasks[made] = {**task, "id": made, "job": job, "checks": {}}
    return simulator


class Wire(httpx2.AsyncBaseTransport):
    """The wire to a simulator; what happens to an action on its way is *meet*'s affair.

    Attributes:
        sent: the bodies of the actions that left, in order.
        others: methods and paths of whatever else did not only read.
    """

    def __init__(self, inner, meet=None):
        self.inner, self.meet = inner, meet
        self.sent, self.others = [], []
        self.before_action = lambda: None

    async def handle_async_request(self, request):
        if request.method == "POST" and request.url.path.endswith("/action"):
            self.before_action()
            self.sent.append(json.loads(request.content)["job"])
            if self.meet is not None:
                return await self.meet(self.inner, request)
        elif not only_reads(request.method, request.url.path):
            self.others.append((request.method, request.url.path))
        return await self.inner.handle_async_request(request)


@dataclass
class Human:
    """Who is asked. Does *what*: accept, decline, cancel; types *typed* where that is asked for."""

    what: str = "accept"
    typed: str | None = None
    confirm: Any = True
    asked: list = field(default_factory=list)
    before_reply: Any = None

    async def __call__(self, _, params):
        self.asked.append(params.message)
        if self.before_reply is not None:
            await self.before_reply()
        if self.what != "accept":
            return ElicitResult(action=self.what)
        if "confirm" in params.requested_schema["properties"]:
            return ElicitResult(action="accept", content={"confirm": self.confirm})
        right = params.message.rsplit('"', 2)[1]
        typed = right if self.typed is None else self.typed
        return ElicitResult(action="accept", content={"task": typed})


@dataclass
class Stage:
    """Everything of one test."""

    clock: DrivenClock
    simulator: Simulator
    wire: Wire
    human: Human
    audit: Any
    log: AuditLog
    client: Any = None

    def lines(self):
        """The audit lines of actions."""
        return [line for line in self.all_lines() if line["access"] == "action"]

    def all_lines(self):
        """Every audit line."""
        self.log.flush()
        if not self.audit.exists():
            return []
        return [json.loads(line) for line in self.audit.read_text("utf-8").splitlines()]


@asynccontextmanager
async def acting(
    tmp_path,
    *,
    mode="auto",
    actions="checks,control",
    human=None,
    meet=None,
    audit=None,
    asks=True,
):
    """A client that may act, as far as *actions* says, of a server over an embedded DRS.

    Beside the profile that acts there is one, `closed`, that has not turned it on.
    """
    clock = DrivenClock()
    simulator = world(clock)
    wire = Wire(httpx2.ASGITransport(app=simulator.app), meet)
    path = tmp_path / "audit.jsonl"
    log = audit or AuditLog(clock, str(path))
    profiles = {"demo": embedded_settings(actions), "closed": embedded_settings()}
    server = build_server(
        lambda: Connections(profiles, clock, lambda: wire, default="demo", audit=log),
        RenderOptions(),
        Accounting(clock, log),
        profiles["demo"].action_kinds,
    )
    stage = Stage(clock, simulator, wire, human or Human(), path, log)
    async with Client(
        server, mode=mode, elicitation_callback=stage.human if asks else None
    ) as client:
        stage.client = client
        yield stage
