"""An embedded DRS: a Starlette app over a world in readable scenario files.

    simulator = Simulator()
    client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=simulator.app))

Nothing here is Huawei's: it answers as the reference page says, quirks included, so that clients
can be tried and tested without a network.
"""

from drs_mcp.simulator.access.identity import (
    ACCESS_KEY,
    DOMAIN,
    PASSWORD,
    PROJECT_ID,
    REGION,
    SECRET_KEY,
    SECURITY_TOKEN,
    START,
    TEMPORARY_ACCESS_KEY,
    TEMPORARY_SECRET_KEY,
    TOKEN,
    USER,
)
from drs_mcp.simulator.access.metadata import MetadataService
from drs_mcp.simulator.access.projects import Project
from drs_mcp.simulator.app import RecordedRequest, Simulator
from drs_mcp.simulator.faults import Fault, Faults
from drs_mcp.simulator.paging import Limits
from drs_mcp.simulator.world import World, finding_names, scenario_names

__all__ = [
    "ACCESS_KEY",
    "DOMAIN",
    "PASSWORD",
    "PROJECT_ID",
    "REGION",
    "SECRET_KEY",
    "SECURITY_TOKEN",
    "START",
    "TEMPORARY_ACCESS_KEY",
    "TEMPORARY_SECRET_KEY",
    "TOKEN",
    "USER",
    "Fault",
    "Faults",
    "Limits",
    "MetadataService",
    "Project",
    "RecordedRequest",
    "Simulator",
    "World",
    "finding_names",
    "scenario_names",
]
