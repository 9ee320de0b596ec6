"""Holding the overview of a comparison against the tables of its databases, as far as a page goes."""

from collections.abc import Sequence
from typing import Final

import anyio

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import MAX_LIMIT, DetailQuery
from drs_mcp.api.wire.values import Row, count, records
from drs_mcp.errors import DrsError
from drs_mcp.reads.comparisons.compared import rows_under
from drs_mcp.summaries.comparisons.overviews.held import HeldPair, held_pair
from drs_mcp.summaries.comparisons.overviews.pairs import Pair, pairs_of
from drs_mcp.summaries.comparisons.status import CONSISTENT

_MOST_PAIRS: Final = 3
"""So many databases that are said to agree are looked into."""

_LISTS: Final = {"line_compare": ("",), "content_compare": ("compare", "uncompare")}


async def hold_overview(
    drs: Connection, job_id: str, compare_type: str, task_id: str, rows: Sequence[Row]
) -> dict[tuple[str, str], HeldPair]:
    """What the first page of tables shows of the first few databases that are said to agree.

    A database whose tables cannot be read is not in it.
    """
    pairs = [pair for pair in pairs_of(rows, compare_type) if pair.status == CONSISTENT]
    found: dict[tuple[str, str], HeldPair] = {}

    async def one(pair: Pair) -> None:
        listed: list[tuple[Row, bool]] = []
        total: int | None = 0
        for kind in _LISTS[compare_type]:
            try:
                query = DetailQuery(
                    "compare",
                    compare_type=compare_type,
                    query_type="detail",
                    compare_task_id=task_id,
                    source_db_name=pair.source_db,
                    target_db_name=pair.target_db,
                    compare_detail_type=kind,
                )
                job = await drs.client.show_page(job_id, query, offset=0, limit=MAX_LIMIT)
            except DrsError:
                return
            page = records(rows_under(f"{compare_type}_detail_infos")(job))
            told = count(job.get("total_count"))
            total = None if total is None or told is None else total + told
            listed += [(row, kind != "uncompare") for row in page]
        found[pair.source_db, pair.target_db] = held_pair(
            listed, compare_type, (pair.source_db, pair.target_db), total
        )

    async with anyio.create_task_group() as group:
        for pair in pairs[:_MOST_PAIRS]:
            group.start_soon(one, pair)
    return found
