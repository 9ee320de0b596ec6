"""Reading what a comparison found, into the folds that keep what differs."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import anyio

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.values import Row, count, record
from drs_mcp.errors import DrsError
from drs_mcp.reads.comparisons.compared import ReadComparison, rows_under
from drs_mcp.reads.comparisons.coverage import CombinedCoverage
from drs_mcp.reads.comparisons.overviews import tables_in_scope
from drs_mcp.reads.comparisons.pairs import Pairs, pairs_to_walk, walk
from drs_mcp.reads.comparisons.tasks import Chosen, choose_comparison, result_of
from drs_mcp.summaries.comparisons.evidence.checks import home
from drs_mcp.summaries.comparisons.evidence.facts import Reach
from drs_mcp.summaries.comparisons.overviews.pairs import Pair
from drs_mcp.summaries.comparisons.requested.names import not_there


class RowFold(Protocol):
    """Takes row-comparison rows of one database pair (Table 46)."""

    def narrow(self, table: str) -> None:
        """Tell one table only; before the first page."""

    def feed(
        self, rows: Sequence[Row], *, source_db: str, target_db: str, mixed: bool = False
    ) -> None:
        """Take one page; *mixed*: of several databases that its rows do not name."""


class ValueFold(Protocol):
    """Takes value-comparison rows, comparable or not (Table 48)."""

    def narrow(self, table: str) -> None:
        """Tell one table only; before the first page."""

    def feed(
        self, rows: Sequence[Row], *, comparable: bool, source_db: str = "", target_db: str = ""
    ) -> None:
        """Take one page."""


class DifferenceFold(Protocol):
    """Takes pages of differing rows of one database pair (Table 49)."""

    def feed(self, info: Row, *, source_db: str, target_db: str) -> None:
        """Take one page."""


@dataclass(frozen=True)
class _Chosen:
    """Which comparison, and which of its database pairs."""

    comparison: Chosen
    found: Pairs
    own_names: bool
    """Whether each row names its databases."""

    def asked_for(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows of the databases that are asked for, so far as they name their own."""
        if self.found.whole:
            return rows
        wanted = {
            (pair.source_db.casefold(), pair.target_db.casefold()) for pair in self.found.pairs
        }
        unnamed = ("", "")
        return [
            row
            for row in rows
            if (own := home(row, unnamed)) == unnamed
            or (own[0].casefold(), own[1].casefold()) in wanted
            or not self.found.checked
        ]

    @property
    def job_id(self) -> str:
        return self.comparison.job_id

    @property
    def task_id(self) -> str:
        return self.comparison.task_id

    def read(self, combined: CombinedCoverage, scope: int | None = None) -> ReadComparison:
        """What came of reading them.

        Raises:
            ArgumentError: nothing has the name that was asked for, as far as could be seen.
        """
        if not self.found.checked and not combined.rows and not combined.stopped:
            raise not_there("database", self.found.named, [])
        notes = [*self.comparison.notes, *self.found.notes]
        if combined.of_all_databases and not self.found.whole and not self.own_names:
            notes.append("DRS did not narrow its list: the tables are those of every database.")
        return ReadComparison(
            self.comparison.task,
            self.task_id,
            combined.as_read,
            notes,
            Reach(
                pairs=[pair for pair in self.found.pairs if pair.status or self.found.listed],
                complete=combined.as_read is None and not self.found.notes,
                scope=scope if self.found.whole else None,
            ),
            job_id=self.job_id,
        )


async def _choose(
    drs: Connection,
    job_id: str,
    compare_type: str,
    compare_task_id: str,
    source_db: str,
    target_db: str,
) -> _Chosen:
    chosen = await choose_comparison(drs, job_id, compare_type, compare_task_id)
    found = await pairs_to_walk(
        drs, chosen.job_id, compare_type, chosen.task_id, source_db, target_db
    )
    return _Chosen(chosen, found, own_names=compare_type == "content_compare")


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
    if chosen.found.table:
        fold.narrow(chosen.found.table)
    query = DetailQuery(
        "compare", compare_type="line_compare", query_type="detail", compare_task_id=chosen.task_id
    )

    several = len(chosen.found.pairs) + len(chosen.found.others) > 1

    def take(rows: Sequence[Row], pair: Pair) -> None:
        unnamed = not pair.source_db and not pair.target_db
        fold.feed(
            rows, source_db=pair.source_db, target_db=pair.target_db, mixed=several and unnamed
        )

    combined, scope = await _with_scope(
        drs,
        chosen,
        lambda: walk(
            drs,
            chosen.job_id,
            query,
            chosen.found,
            take,
            rows_of=rows_under("line_compare_detail_infos"),
        ),
    )
    return chosen.read(combined, scope)


async def _with_scope(
    drs: Connection, chosen: _Chosen, walked: Callable[[], Awaitable[CombinedCoverage]]
) -> tuple[CombinedCoverage, int | None]:
    """Walk, and beside it look up how many tables there are."""
    scope: int | None = None
    combined = CombinedCoverage()
    failed: DrsError | None = None

    async def look_up() -> None:
        nonlocal scope
        scope = await tables_in_scope(drs, chosen.job_id)

    async with anyio.create_task_group() as group:
        if chosen.found.whole:
            group.start_soon(look_up)
        try:
            combined = await walked()
        except DrsError as error:  # raised here, the group would wrap it
            failed = error
    if failed is not None:
        raise failed
    return combined, scope


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
    if chosen.found.table:
        fold.narrow(chosen.found.table)

    async def walked() -> CombinedCoverage:
        both = CombinedCoverage()
        for detail_type in (
            (compare_detail_type,) if compare_detail_type else ("compare", "uncompare")
        ):
            query = DetailQuery(
                "compare",
                compare_type="content_compare",
                query_type="detail",
                compare_task_id=chosen.task_id,
                compare_detail_type=detail_type,
            )

            def take(rows: Sequence[Row], pair: Pair, detail_type: str = detail_type) -> None:
                fold.feed(
                    chosen.asked_for(rows),
                    comparable=detail_type == "compare",
                    source_db=pair.source_db,
                    target_db=pair.target_db,
                )

            part = await walk(
                drs,
                chosen.job_id,
                query,
                chosen.found,
                take,
                rows_of=rows_under("content_compare_detail_infos"),
            )
            both.join(part)
        return both

    combined, scope = await _with_scope(drs, chosen, walked)
    read = chosen.read(combined, None if compare_detail_type else scope)
    if compare_detail_type == "uncompare":  # what an overview says is of the other list
        return replace(read, reach=replace(read.reach, pairs=()))
    return read


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
        info = dict(record(result_of(job).get("content_diff_detail_info")))
        if count(job.get("total_count")) is not None and not info.get("contents_infos"):
            info["contents_infos"] = []
        counters[pair] = info

    def take(rows: Sequence[Row], pair: Pair) -> None:
        # The page's own counters stand beside its rows; the rows come without overlap. A list that
        # is not there is no empty list, unless a total is.
        info = dict(counters.get(pair, {}))
        if rows or isinstance(info.get("contents_infos"), list):
            info["contents_infos"] = list(rows)
        fold.feed(info, source_db=pair.source_db, target_db=pair.target_db)

    combined = await walk(
        drs,
        chosen.job_id,
        query,
        chosen.found,
        take,
        rows_of=lambda job: record(result_of(job).get("content_diff_detail_info")).get(
            "contents_infos"
        ),
        on_page=see_page,
    )
    return chosen.read(combined)
