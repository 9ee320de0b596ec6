"""Rows that DRS could not write to the destination: counted first, by table and by error."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.api.wire.times import zoned
from drs_mcp.api.wire.values import Row, text


@dataclass(frozen=True)
class Rejected:
    """What the first page tells of the rows that were rejected.

    Attributes:
        total: rows there are, as DRS tells it.
        seen: rows of the first page, which `tables` counts.
        tables: qualified name -> rows.
        newest: the newest of them, where its time has a zone.
        message: what was said of the newest.
    """

    total: int
    seen: int
    tables: Counter[str]
    newest: datetime | None
    message: str


def rejected_of(page: FirstRows) -> Rejected:
    """Count the rows that were rejected."""
    dated = [(zoned(row.get("error_time")), row) for row in page.rows]
    newest = max((at for at, _ in dated if at is not None), default=None)
    latest = next((row for at, row in dated if at == newest), None) if dated else None
    return Rejected(
        total=page.known,
        seen=len(page.rows),
        tables=Counter(table_of(row) for row in page.rows),
        newest=newest,
        message=text(latest.get("error_msg")) or "" if latest is not None else "",
    )


def table_of(row: Row) -> str:
    """The table that a row was to go to, with its database and schema."""
    parts = (text(row.get(name)) for name in ("db_name", "schema_name", "table_name"))
    return ".".join(filter(None, parts)) or "?"
