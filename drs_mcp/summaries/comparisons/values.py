"""A value comparison (Table 48): two lists, what was compared and what cannot be."""

from collections.abc import Mapping, Sequence

from drs_mcp.api.wire.values import Row, flag, text
from drs_mcp.summaries.answer import NextCall, plural
from drs_mcp.summaries.comparisons.counting.tally import NO_CLAIM, ComparedTable, Part, Place
from drs_mcp.summaries.comparisons.detail import (
    TableComparison,
    TablesAnswer,
)
from drs_mcp.summaries.comparisons.evidence.checks import (
    AGREE,
    BY_COUNT,
    CANNOT,
    DIFFERS,
    KINDS,
    WORST,
    Counts,
    counts_of,
    filter_of,
    home,
    reason_of,
    said_of,
    value_verdict,
)
from drs_mcp.summaries.comparisons.headlines import Wording
from drs_mcp.summaries.comparisons.status import COMPARED, Kind, Reason

_CLAIM = {"content_compare_result": True, "line_compare_result": True}
_RANKS = {verdict: rank for rank, verdict in enumerate((*WORST, AGREE))}


class ValueComparisonAnswer(TablesAnswer):
    """Answer of `get_compare_detail` for values; `says`: what DRS says of row counts and values."""


def _described(verdict: str) -> tuple[str, Kind]:
    return verdict, KINDS[verdict]


def _ordered(verdicts: Mapping[str, int]) -> dict[str, int]:
    first, *others = WORST
    return {name: verdicts[name] for name in (first, AGREE, *others) if verdicts.get(name)}


def _reason(one: ComparedTable) -> Reason:
    return reason_of(one.verdict, one.message)


_WORDING = Wording(
    compare_type="content_compare",
    subject="Values",
    of="values of ",
    by="in",
    sides=", by row counts",
    judged="problem",
    described=_described,
    rank=_RANKS.__getitem__,
    ordered=_ordered,
    reason=_reason,
    qualify=True,
    usual=DIFFERS,
)


class ValueComparison(TableComparison[ValueComparisonAnswer]):
    """Folds both lists of a value comparison; keeps only tables that do not agree or are asked for."""

    def __init__(self, *, table: str = "", status: str = "", uncompared: bool = False) -> None:
        super().__init__(ValueComparisonAnswer, _WORDING, AGREE, table=table, status=status)
        self._uncompared = uncompared  # only the list of what cannot be compared is read
        self._named = table

    def feed(
        self, rows: Sequence[Row], *, comparable: bool, source_db: str = "", target_db: str = ""
    ) -> None:
        """Take one page of tables that were compared, or that cannot be.

        The databases are told for rows that do not name their own.
        """
        place = (source_db, target_db)
        self._tally.feed(
            rows,
            lambda row: _judged(row, place, comparable=comparable),
            lambda row: home(row, place),
            _CLAIM if comparable else NO_CLAIM,
        )

    def _complete(
        self,
        answer: ValueComparisonAnswer,
        kept: Sequence[ComparedTable],
        job: str,
        requested_id: str,
    ) -> None:
        if self._uncompared and not self._wanted:
            number = answer.totals["tables"]
            counts = ", ".join(f"{n:,} {w}" for w, n in answer.totals.items() if w != "tables")
            answer.headline = f"Left out by the value comparison: {plural(number, 'table')}" + (
                f" ({counts})." if counts else "."
            )
        if any(one.verdict == CANNOT and not one.message for one in kept):
            answer.notes.append("DRS compares values only of tables with a primary key.")
        if any(one.verdict == DIFFERS for one in kept):
            # The newest comparison needs no ID, but for pages of one and the same.
            args: dict[str, str | int | bool] = {"job": job, "compare_task_id": requested_id}
            if self._named and "[" not in self._named:
                args["table"] = self._named
            answer.next.append(NextCall(tool="get_compare_diff", args=args))


def _judged(row: Row, place: Place, *, comparable: bool) -> Part:
    counts = counts_of(row)
    verdict = value_verdict(row, counts, comparable=comparable)
    return Part(
        place=home(row, place),
        source=text(row.get("source_table_name")) or "",
        target=text(row.get("target_table_name")) or "",
        verdict=verdict,
        counts=counts,
        differing=_differing(counts) if KINDS[verdict] in COMPARED else counts.told,
        summed=comparable and verdict != BY_COUNT,
        message=said_of(row, counts),
        filter=filter_of(row),
        claim=_claim(row),
    )


def _differing(counts: Counts) -> int | None:
    """In how many rows values differ: as DRS found, at least as many as the counts tell."""
    return counts.differing if counts.told is None else max(counts.told, counts.differing or 0)


def _claim(row: Row) -> str:
    words = {True: "agree", False: "differ"}
    told = {
        "rows": words.get(flag(row.get("line_compare_result"))),  # type: ignore[arg-type]
        "values": words.get(flag(row.get("content_compare_result"))),  # type: ignore[arg-type]
    }
    return ", ".join(f"{what} {word}" for what, word in told.items() if word)
