"""Where a task reads from and writes to, in the words that tell two tasks apart."""

from collections.abc import Iterable

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import Row, record, records, text
from drs_mcp.quoting.quoted import as_identifier

Place = tuple[str, ...]
"""Instance, or address and port, of one endpoint; empty where neither is known."""


def destination_of(job: Job) -> str:
    """The destination as our sentences may say it: instance or address; empty where unknown."""
    return _said(records(job.get("target_endpoint")))


def sources_of(job: Job) -> frozenset[Place]:
    """The sources, as far as they are known: two tasks of one source share a place."""
    return _places(records(job.get("source_endpoint")))


def destinations_of(job: Job) -> frozenset[Place]:
    """The destinations, as far as they are known."""
    return _places(records(job.get("target_endpoint")))


def _places(endpoints: Iterable[Row]) -> frozenset[Place]:
    return frozenset(place for found in endpoints if (place := _place(found)))


def _place(found: Row) -> Place:
    database = record(found.get("endpoint"))
    instance = text(database.get("instance_id"))
    if instance:
        return ("instance", instance)
    address = text(database.get("ip"))
    return ("address", address, text(database.get("db_port")) or "") if address else ()


def _said(endpoints: Iterable[Row]) -> str:
    for found in endpoints:
        database = record(found.get("endpoint"))
        for name in ("instance_name", "ip", "instance_id"):
            if told := as_identifier(text(database.get(name))):
                return told
    return ""
