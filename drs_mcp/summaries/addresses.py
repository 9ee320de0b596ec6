"""Whose an address is that a test names: which side of the task, which port, which user."""

import re
from typing import NamedTuple

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import Row, record, records, text


class AddressOwner(NamedTuple):
    """Whose an address is: the side, its port and the user that DRS logs in as."""

    side: str
    port: str
    user: str


_ADDRESSES = re.compile(r"[^\s,;\[\]\"']+")
_PORT = re.compile(r"(?P<ip>[^:]+):(?P<port>\d{1,5})\Z")


def owner_of(address: str, job: Job) -> AddressOwner | None:
    """Whose *address*, as a test names it, is by the task's endpoints; None where none has it."""
    ip, port = _parted(address)
    found = [
        AddressOwner(
            side,
            port or own_port or text(database.get("db_port")) or "",
            text(database.get("db_user")) or "",
        )
        for side, name in (("source", "source_endpoint"), ("destination", "target_endpoint"))
        for endpoint in records(job.get(name))
        for database in _databases(record(endpoint.get("endpoint")))
        for own, own_port in map(_parted, _ADDRESSES.findall(text(database.get("ip")) or ""))
        if own == ip and (not port or not own_port or port == own_port)
    ]
    sides = dict.fromkeys(one.side for one in found)
    return found[0]._replace(side=" and ".join(sides)) if found else None


def _databases(database: Row) -> list[Row]:
    """A database, and the shards that it names."""
    return [database, *records(database.get("source_sharding"))]


def _parted(address: str) -> tuple[str, str]:
    """Host and port; IPv6 addresses have colons of their own, and no port here."""
    parted = _PORT.match(address.strip())
    return (parted["ip"], parted["port"]) if parted else (address.strip(), "")
