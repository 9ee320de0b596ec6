"""A row comparison (Table 46): totals over every table, then only those that do not agree."""

from collections.abc import Sequence

from drs_mcp.api.wire.values import Row, text
from drs_mcp.summaries.comparisons.counting.tally import ComparedTable, Part, Place
from drs_mcp.summaries.comparisons.detail import TableComparison, TablesAnswer
from drs_mcp.summaries.comparisons.evidence.checks import (
    counts_of,
    filter_of,
    home,
    row_status,
    said_of,
)
from drs_mcp.summaries.comparisons.headlines import Wording
from drs_mcp.summaries.comparisons.status import (
    COMPARED,
    CONSISTENT,
    CONTRADICTORY,
    INCONSISTENT,
    Kind,
    Reason,
    counted,
    kind_of,
    normalise,
    severity,
    status_of,
    status_words,
)

_CLAIM = {"status": CONSISTENT}


class RowComparisonAnswer(TablesAnswer):
    """Answer of `get_compare_detail` for rows: how many each table has on both sides."""


def _described(status: str) -> tuple[str, Kind]:
    found = status_of(status)
    return found.status_words, found.kind


def _reason(one: ComparedTable) -> Reason:
    return status_of(one.verdict).reason or Reason.UNREAD


_WORDING = Wording(
    compare_type="line_compare",
    subject="Row counts",
    of="",
    by="by",
    sides="",
    judged="status",
    described=_described,
    rank=severity,
    ordered=counted,
    reason=_reason,
    qualify=False,
    usual=status_words(INCONSISTENT),
)


class RowComparison(TableComparison[RowComparisonAnswer]):
    """Folds pages of a row comparison; keeps only tables that do not agree or are asked for."""

    def __init__(self, *, table: str = "", status: str = "") -> None:
        super().__init__(RowComparisonAnswer, _WORDING, CONSISTENT, table=table, status=status)

    def feed(
        self, rows: Sequence[Row], *, source_db: str, target_db: str, mixed: bool = False
    ) -> None:
        """Take one page of one database pair; *mixed*: of several that the rows do not name."""
        place = (source_db, target_db)
        self._tally.feed(
            rows, lambda row: _judged(row, place), lambda row: home(row, place), _CLAIM, apart=mixed
        )


def _judged(row: Row, place: Place) -> Part:
    counts = counts_of(row)
    status = row_status(row, counts)
    return Part(
        place=home(row, place),
        source=text(row.get("source_table_name")) or "",
        target=text(row.get("target_table_name")) or "",
        verdict=status,
        counts=counts,
        differing=counts.differing if kind_of(status) in COMPARED else counts.told,
        message=said_of(row, counts),
        filter=filter_of(row),
        claim=status_words(normalise(row.get("status"))) if status == CONTRADICTORY else "",
    )
