"""Rows that DRS could not write to the destination: counted first, by table and by error."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.api.wire.values import Row, text
from drs_mcp.summaries.health.past.when import by_time, newest_for_sure, when_in_words


@dataclass(frozen=True)
class Rejected:
    """What the first page tells of the rows that were rejected.

    Attributes:
        total: rows there are, as DRS tells it.
        seen: rows of the first page, which `tables` counts.
        tables: qualified name -> rows.
        newest: the newest of them, where its time has a zone and no other can be newer.
        newest_told: the same for a sentence, marked where its zone is unknown.
        message: what was said of the newest.
    """

    total: int
    seen: int
    tables: Counter[str]
    newest: datetime | None
    message: str
    newest_told: str = ""


def rejected_of(page: FirstRows) -> Rejected:
    """Count the rows that were rejected."""
    latest: Row = max(page.rows, key=lambda row: by_time(row.get("error_time")), default={})
    return Rejected(
        total=page.known,
        seen=len(page.rows),
        tables=Counter(table_of(row) for row in page.rows),
        newest=newest_for_sure([row.get("error_time") for row in page.rows]),
        message=text(latest.get("error_msg")) or "",
        newest_told=when_in_words(latest.get("error_time")),
    )


def table_of(row: Row) -> str:
    """The table that a row was to go to, with its database and schema."""
    parts = (text(row.get(name)) for name in ("db_name", "schema_name", "table_name"))
    return ".".join(filter(None, parts)) or "?"
