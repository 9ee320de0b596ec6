"""The server over the embedded DRS: no network, no credentials, a world that starts now."""

from collections.abc import Callable

import httpx2
from mcp.server import MCPServer
from pydantic import SecretStr

from drs_mcp.api.connections import Connections
from drs_mcp.clock import Clock, SystemClock
from drs_mcp.observe.audit import AuditLog
from drs_mcp.server import build_server
from drs_mcp.serving.accounting import Accounting
from drs_mcp.serving.result import RenderOptions
from drs_mcp.settings import Settings
from drs_mcp.simulator import PROJECT_ID, REGION, TOKEN, Simulator

PROFILE = "demo"
_ORIGIN = "http://localhost"  # never dialled: the wire below leads into this process


def embedded_settings(actions: str = "") -> Settings:
    """Settings that the embedded DRS accepts, with the *actions* that are on."""
    return Settings(
        region=REGION,
        project_id=PROJECT_ID,
        endpoint=_ORIGIN,
        token=SecretStr(TOKEN),
        actions=actions,
    )


def embedded_server(
    options: RenderOptions,
    *,
    simulator: Simulator | None = None,
    clock: Clock | None = None,
    accounting: Accounting | None = None,
    actions: str = "",
    wrap_wire: Callable[[httpx2.AsyncBaseTransport], httpx2.AsyncBaseTransport] | None = None,
) -> MCPServer[Connections]:
    """The MCP server whose answers all come from the embedded DRS, and say so in their receipt.

    Args:
        options: how answers are rendered.
        simulator: the DRS to ask; by default one whose world starts now.
        clock: the one clock.
        accounting: keeps account of every call.
        actions: the actions that are on, as in `DRS_MCP_ACTIONS`.
        wrap_wire: wraps the wire, to see what passes.
    """
    time = clock or SystemClock()
    drs = simulator or Simulator(now=time.utc_now)
    wire: httpx2.AsyncBaseTransport = httpx2.ASGITransport(app=drs.app)
    if wrap_wire is not None:
        wire = wrap_wire(wire)
    accounting = accounting or Accounting(time, AuditLog(time))
    settings = embedded_settings(actions)
    return build_server(
        lambda: Connections(
            {PROFILE: settings}, time, lambda: wire, default=PROFILE, audit=accounting.log
        ),
        options,
        accounting,
        settings.action_kinds,
    )
