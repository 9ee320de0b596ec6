"""Reading what a comparison found, into the folds that keep what differs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import OPENED_OBJECTS, DetailQuery
from drs_mcp.api.wire.values import Row, record, text
from drs_mcp.reads.comparisons.coverage import CombinedCoverage
from drs_mcp.reads.comparisons.pairs import pairs_to_walk, walk
from drs_mcp.reads.comparisons.tasks import named_task, result_of
from drs_mcp.summaries.answer import Read
from drs_mcp.summaries.comparisons.overview import Pair
from drs_mcp.summaries.comparisons.tasks import CompareTask


class ObjectFold(Protocol):
    """Takes object rows of one type (Table 43)."""

    def feed(self, rows: Sequence[Row], object_type: str) -> None:
        """Take one page."""


class RowFold(Protocol):
    """Takes row-comparison rows of one database pair (Table 46)."""

    def feed(self, rows: Sequence[Row], *, source_db: str, target_db: str) -> None:
        """Take one page."""


class ValueFold(Protocol):
    """Takes value-comparison rows, comparable or not (Table 48)."""

    def feed(self, rows: Sequence[Row], *, comparable: bool) -> None:
        """Take one page."""


class DifferenceFold(Protocol):
    """Takes pages of differing rows of one database pair (Table 49)."""

    def feed(self, info: Row, *, source_db: str, target_db: str) -> None:
        """Take one page."""


@dataclass(frozen=True)
class ReadComparison:
    """What was read: which comparison, how much, and what to note."""

    task: CompareTask | None
    task_id: str
    read: Read | None
    notes: list[str]


@dataclass(frozen=True)
class _Chosen:
    """Which comparison, and which of its database pairs."""

    task: CompareTask | None
    task_id: str
    pairs: Sequence[Pair]
    notes: list[str]

    def read(self, combined: CombinedCoverage) -> ReadComparison:
        """What came of reading them."""
        return ReadComparison(self.task, self.task_id, combined.as_read, self.notes)


async def _choose(
    drs: Connection,
    job_id: str,
    compare_type: str,
    compare_task_id: str,
    source_db: str,
    target_db: str,
) -> _Chosen:
    task, task_id, notes = await named_task(drs, job_id, compare_type, compare_task_id)
    pairs, more = await pairs_to_walk(drs, job_id, compare_type, task_id, source_db, target_db)
    return _Chosen(task, task_id, pairs, notes + more)


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
    """Read the objects of one type, or of the three types that DRS opens."""
    task_id = compare_task_id
    if not task_id:  # DRS answers for its newest object comparison and tells its ID
        overview = await drs.client.show(
            job_id,
            DetailQuery("compare", compare_type="object_compare", query_type="overview"),
        )
        info = record(result_of(overview).get("objects_compare_overview_info"))
        task_id = text(info.get("compare_job_id")) or ""
    combined = CombinedCoverage()
    for kind in (object_type,) if object_type else OPENED_OBJECTS:

        def take(rows: Sequence[Row], kind: str = kind) -> None:
            fold.feed(rows, kind)

        query = DetailQuery(
            "compare",
            compare_type="object_compare",
            query_type="detail",
            object_type=kind,
            compare_task_id=task_id,
            source_db_name=source_db,
            target_db_name=target_db,
        )
        combined.add(
            await drs.client.show_pages(
                job_id, query, lambda job: result_of(job).get("objects_compare_detail_infos"), take
            )
        )
    return ReadComparison(None, task_id, combined.as_read, [])


async def read_rows(
    drs: Connection,
    job_id: str,
    fold: RowFold,
    *,
    compare_task_id: str = "",
    source_db: str = "",
    target_db: str = "",
) -> ReadComparison:
    """Read a row comparison: every database pair, or the one named."""
    chosen = await _choose(drs, job_id, "line_compare", compare_task_id, source_db, target_db)
    query = DetailQuery(
        "compare", compare_type="line_compare", query_type="detail", compare_task_id=chosen.task_id
    )

    def take(rows: Sequence[Row], pair: Pair) -> None:
        fold.feed(rows, source_db=pair.source_db, target_db=pair.target_db)

    combined = await walk(
        drs, job_id, query, chosen.pairs, take, rows_of=_list("line_compare_detail_infos")
    )
    return chosen.read(combined)


async def read_values(
    drs: Connection,
    job_id: str,
    fold: ValueFold,
    *,
    compare_task_id: str = "",
    source_db: str = "",
    target_db: str = "",
    compare_detail_type: str = "",
) -> ReadComparison:
    """Read a value comparison: what was compared and what could not be, or one of the two."""
    chosen = await _choose(drs, job_id, "content_compare", compare_task_id, source_db, target_db)
    combined = CombinedCoverage()
    for detail_type in (compare_detail_type,) if compare_detail_type else ("compare", "uncompare"):
        query = DetailQuery(
            "compare",
            compare_type="content_compare",
            query_type="detail",
            compare_task_id=chosen.task_id,
            compare_detail_type=detail_type,
        )

        def take(rows: Sequence[Row], pair: Pair, detail_type: str = detail_type) -> None:
            del pair  # these rows name their own databases
            fold.feed(rows, comparable=detail_type == "compare")

        part = await walk(
            drs, job_id, query, chosen.pairs, take, rows_of=_list("content_compare_detail_infos")
        )
        combined.join(part)
    return chosen.read(combined)


async def read_differences(
    drs: Connection,
    job_id: str,
    fold: DifferenceFold,
    *,
    compare_task_id: str = "",
    source_db: str = "",
    target_db: str = "",
) -> ReadComparison:
    """Read the differing rows of a value comparison, per database pair."""
    chosen = await _choose(drs, job_id, "content_compare", compare_task_id, source_db, target_db)
    query = DetailQuery(
        "compare", compare_type="content_compare", query_type="diff", compare_task_id=chosen.task_id
    )
    counters: dict[Pair, Row] = {}

    def see_page(job: Row, pair: Pair) -> None:
        counters[pair] = record(result_of(job).get("content_diff_detail_info"))

    def take(rows: Sequence[Row], pair: Pair) -> None:
        # The page's own counters stand beside its rows; the rows come without overlap.
        info = {**counters.get(pair, {}), "contents_infos": list(rows)}
        fold.feed(info, source_db=pair.source_db, target_db=pair.target_db)

    combined = await walk(
        drs,
        job_id,
        query,
        chosen.pairs,
        take,
        rows_of=lambda job: record(result_of(job).get("content_diff_detail_info")).get(
            "contents_infos"
        ),
        on_page=see_page,
    )
    return chosen.read(combined)


def _list(name: str) -> Callable[[Row], object]:
    return lambda job: result_of(job).get(name)
