"""Reading what an object comparison found, type by type, and what its overview says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import OPENED_OBJECTS, DetailQuery
from drs_mcp.api.wire.values import Row, text
from drs_mcp.reads.comparisons.compared import ReadComparison, rows_under
from drs_mcp.reads.comparisons.coverage import CombinedCoverage
from drs_mcp.reads.comparisons.overviews import read_object_overview
from drs_mcp.summaries.answer import NO_ARGUMENTS
from drs_mcp.summaries.comparisons.evidence.facts import Reach
from drs_mcp.summaries.comparisons.requested.names import (
    RequestedDatabase,
    find_database,
    not_there,
    parts,
)

_OBJECTS = "objects_compare_detail_infos"


class ObjectFold(Protocol):
    """Takes object rows of one type (Table 43)."""

    def feed(self, rows: Sequence[Row], object_type: str) -> None:
        """Take one page."""


async def read_objects(
    drs: Connection,
    job_id: str,
    fold: ObjectFold,
    *,
    compare_task_id: str = "",
    object_type: str = "",
    source_db: str = "",
    target_db: str = "",
) -> ReadComparison:
    """Read the objects of one type, or of the three types that DRS opens, and the overview.

    Raises:
        ArgumentError: no object is of a database of the name that was asked for.
    """
    job_id, overview = await read_object_overview(drs, job_id, compare_task_id)
    # DRS answers for its newest object comparison and tells its ID.
    task_id = compare_task_id or text(overview.get("compare_job_id")) or ""
    combined, databases = CombinedCoverage(), _Databases(source_db, target_db)
    if source_db or target_db:
        await databases.look_up(drs, job_id, task_id)
    for kind in (object_type,) if object_type else OPENED_OBJECTS:
        await _read_type(drs, job_id, task_id, kind, databases, fold, combined)
    if (source_db or target_db) and not combined.rows and not combined.stopped:
        raise not_there("database", source_db or target_db, databases.known)
    whole = not databases.source and not databases.target
    return ReadComparison(
        None,
        task_id,
        combined.as_read,
        [],
        Reach(complete=combined.as_read is None),
        overview if whole else NO_ARGUMENTS,
    )


@dataclass
class _Databases:
    """The databases of an object comparison that are asked for, as it writes them."""

    source: str
    target: str
    known: list[str] = field(default_factory=list)

    async def look_up(self, drs: Connection, job_id: str, task_id: str) -> None:
        """Find the names among the databases that the comparison lists.

        Raises:
            ArgumentError: it lists some, and none of that name.
        """
        ours: list[str] = []
        theirs: list[str] = []

        def take(rows: Sequence[Row]) -> None:
            for row in rows:
                ours.append(text(row.get("source_db_name")) or _bare(row.get("source_db_value")))
                theirs.append(text(row.get("target_db_name")) or _bare(row.get("target_db_value")))

        query = _objects_query("DB", task_id)
        await drs.client.show_pages(job_id, query, rows_under(_OBJECTS), take)
        self.known = [name for name in dict.fromkeys([*ours, *theirs]) if name]
        self.source = _found("source", self.source, [name for name in ours if name])
        self.target = _found("destination", self.target, [name for name in theirs if name])


def _found(side: str, name: str, names: Sequence[str]) -> str:
    found = find_database(name, names) if name else RequestedDatabase(None)
    if found is None and names:
        raise not_there(f"{side} database", name, names)
    return name.strip() if found is None else found.name or ""


def _bare(value: object) -> str:
    return ".".join(parts(text(value) or ""))


def _objects_query(kind: str, task_id: str, source: str = "", target: str = "") -> DetailQuery:
    return DetailQuery(
        "compare",
        compare_type="object_compare",
        query_type="detail",
        object_type=kind,
        compare_task_id=task_id,
        source_db_name=source,
        target_db_name=target,
    )


async def _read_type(
    drs: Connection,
    job_id: str,
    task_id: str,
    kind: str,
    databases: _Databases,
    fold: ObjectFold,
    combined: CombinedCoverage,
) -> None:
    def take(rows: Sequence[Row]) -> None:
        fold.feed(rows, kind)

    query = _objects_query(kind, task_id, databases.source, databases.target)
    coverage = await drs.client.show_pages(job_id, query, rows_under(_OBJECTS), take)
    fold.feed([], kind)
    combined.add(coverage)
