"""Where a task reads from and writes to, in the words that tell two tasks apart."""

import re
from collections.abc import Iterable

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import Row, record, records, text
from drs_mcp.quoting.names import as_name


def destination_of(job: Job) -> str:
    """The destination as our sentences may say it: instance or address; empty where unknown."""
    return _said(records(job.get("target_endpoint")))


def source_keys(job: Job) -> frozenset[str]:
    """What names the databases that a task reads from: instances, or addresses."""
    databases = [record(found.get("endpoint")) for found in records(job.get("source_endpoint"))]
    names = ("instance_id", "ip")
    return frozenset(
        told for database in databases for name in names if (told := text(database.get(name)))
    )


def _said(endpoints: Iterable[Row]) -> str:
    for found in endpoints:
        database = record(found.get("endpoint"))
        for name in ("instance_name", "ip", "instance_id"):
            if told := _spoken(text(database.get(name))):
                return told
    return ""


_ADDRESS = re.compile(r"[0-9a-fA-F.:]{2,45}|[0-9a-f]{32}(?:in|no)\d{2}")
"""An address, or the ID of an instance."""


def _spoken(told: str | None) -> str | None:
    return told if told is not None and _ADDRESS.fullmatch(told) else as_name(told)
