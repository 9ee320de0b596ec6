"""The answer of `get_history`: what was done to a task, what it left out, what was changed in it."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.api.wire.values import Row, amount, flag, text
from drs_mcp.clock import iso
from drs_mcp.knowledge.words import as_key, as_word
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import Name
from drs_mcp.summaries.answer import (
    Answer,
    Cell,
    Closing,
    NextCall,
    Table,
    plural,
    table,
    top_counts,
)
from drs_mcp.summaries.health.past.ddl import ddls_of
from drs_mcp.summaries.health.past.rejected import rejected_of, table_of
from drs_mcp.summaries.health.past.statements import without_values
from drs_mcp.summaries.health.past.timeline import operations_of
from drs_mcp.summaries.health.past.trend import COLUMNS, Series, delay_in_words
from drs_mcp.summaries.health.past.when import by_time, when
from drs_mcp.summaries.logs.facts import log_facts
from drs_mcp.summaries.logs.fold import LogPatterns

ListKind = Literal["timeline", "ddl", "rejected_rows", "parameters"]

BLOCK: Final = 1000
"""Rows that are read, put in order and told together."""

_DELAYS: Final = {"delay_s": "The delay is", "apply_lag_s": "Applying lags"}
_MOST_NAMED: Final = 3
_MOST_TABLES: Final = 20
_MOST_ERRORS: Final = 10


class HistoryAnswer(Answer, Closing):
    """Answer of `get_history`; `counts`, `by_table` and `errors` are of the rows that were read.

    `picture` of a trend is ten digits over its time, 9 the greatest; `to_zero_s` is when the delay
    would be 0 if it went on so.
    """

    essential = frozenset({"total", "counts"})
    samples = frozenset({"statement"})

    total: int = 0
    counts: dict[str, int] = {}
    by_table: dict[str, int] = {}
    errors: Table = Table()
    entries: Table = Table()
    trend: Table = Table()
    to_zero_s: int | None = None
    begin: Name | None = None
    end: Name | None = None


class _Told(NamedTuple):
    """What a kind of rows tells: a headline, counts, and the rows under columns."""

    headline: str
    counts: dict[str, int]
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def history_answer(
    kind: ListKind,
    page: FirstRows,
    *,
    job_ref: str,
    offset: int,
    begin: int = 0,
    phase: str = "",
    full: bool = False,
) -> HistoryAnswer:
    """Summarise one block of rows.

    Args:
        kind: what the rows are.
        page: the block that *offset* lies in.
        job_ref: the caller's word for the task.
        offset: rows of the list to skip.
        begin: rows of the list before the block.
        phase: the phase that rejected rows are of.
        full: whether rejected rows are told one by one.
    """
    total = max(page.total or 0, begin + len(page.rows))
    told = _TOLD[kind](page, total)
    more = NextCall(tool="get_history", args={"job": job_ref, "kind": kind, "full": full})
    answer = HistoryAnswer(headline=told.headline, total=total, counts=told.counts)
    if kind != "rejected_rows" or full:
        answer.entries = table(
            told.columns, told.rows[offset - begin :], total=total, start=offset, more=more
        )
    if kind == "rejected_rows" and total:
        _add_rejected(answer, page, phase)
        if not full:
            each: dict[str, str | int | bool] = {"job": job_ref, "kind": kind, "full": True}
            answer.next.append(NextCall(tool="get_history", args=each, why="row by row"))
    if len(page.rows) < total:
        last = begin + len(page.rows)
        answer.notes.append(f"Counts and order are of rows {begin + 1:,} to {last:,} of {total:,}.")
    return answer


def trend_answer(series: Sequence[Series], *, source: str) -> HistoryAnswer:
    """How figures went over time.

    Args:
        series: the figures; `delay_s` tells most.
        source: where the points come from, in our own words.
    """
    told = [one for one in series if one.points]
    if not told:
        return HistoryAnswer(headline=f"No point in time is told by {source}.")
    delay = next((one for one in told if one.name in _DELAYS), None)
    longest = max(told, key=lambda one: one.span_s)
    parts = [f"{plural(len(longest.points), 'point')} over {longest.span_s:,.0f} s, by {source}"]
    to_zero = None
    if delay is not None:
        words, to_zero = delay_in_words(delay)
        end = f", at 0 in about {to_zero:,} s if it goes on so" if to_zero else ""
        called = _DELAYS[delay.name]
        parts.insert(0, f"{called} {amount(delay.values[-1]):,} s: {words}{end}")
    return HistoryAnswer(
        headline=f"{'. '.join(parts)}.",
        total=len(longest.points),
        trend=table(COLUMNS, [one.row() for one in told]),
        to_zero_s=to_zero,
        begin=iso(longest.began) if longest.began else None,
        end=iso(longest.ended) if longest.ended else None,
    )


def _timeline(page: FirstRows, total: int) -> _Told:
    done = operations_of(page)
    newest = done[0] if done else None
    name = as_word(newest.name) or "another" if newest is not None else ""
    state = (
        f", {as_word(newest.status) or 'of another name'}"
        if newest is not None and newest.status
        else ""
    )
    told = newest.when_in_words if newest is not None else ""
    at = f" at {told}" if told else ""
    said = f": newest {name}{at}{state}" if newest is not None else ""
    return _Told(
        f"{plural(total, 'operation')} on the task{said}.",
        top_counts(Counter(as_key(one.status or "") for one in done)),
        ("action", "status", "at", "by"),
        [(one.name, one.status, one.when, one.user) for one in done],
    )


def _ddl(page: FirstRows, total: int) -> _Told:
    found = ddls_of(page)
    counts = Counter(one.state for one in found)
    said = ", ".join(f"{number:,} {state}" for state, number in counts.most_common())
    return _Told(
        f"{plural(total, 'DDL statement')} of the source{f': {said}' if said else ''}.",
        dict(counts),
        ("number", "state", "at", "statement"),
        [(one.number, one.state, one.when, one.statement) for one in found],
    )


def _rejected(page: FirstRows, total: int) -> _Told:
    found = rejected_of(page)
    most = found.tables.most_common(_MOST_NAMED)
    named = ", ".join(f"{as_name(name) or 'a table'} {number:,}" for name, number in most)
    newest = f", newest {found.newest_told}" if found.newest_told else ""
    of = f": {named}" if named else ""
    return _Told(
        f"{plural(total, 'row')} could not be written to the destination{of}{newest}.",
        {},
        ("table", "at", "error", "statement"),
        [(table_of(row), when(row.get("error_time")), *_error(row)) for row in page.rows],
    )


def _error(row: Row) -> tuple[str | None, str | None]:
    statement = text(row.get("error_sql"))
    return text(row.get("error_msg")), without_values(statement) if statement else None


def _parameters(page: FirstRows, total: int) -> _Told:
    states = [_parameter_state(row) for row in page.rows]
    counts = Counter(states)
    said = ", ".join(f"{number:,} {state}" for state, number in counts.most_common())
    rows = sorted(
        zip(page.rows, states, strict=True),
        key=lambda pair: -by_time(pair[0].get("update_time")),
    )
    return _Told(
        f"{plural(total, 'change')} of parameters{f': {said}' if said else ''}.",
        dict(counts),
        ("parameter", "old", "new", "state", "changed", "applied"),
        [
            (
                text(row.get("name")),
                text(row.get("old_value")),
                text(row.get("new_value")),
                state,
                when(row.get("update_time")),
                when(row.get("apply_time")),
            )
            for row, state in rows
        ],
    )


def _parameter_state(row: Row) -> str:
    if flag(row.get("is_update_success")) is False:
        return "failed"
    applied = flag(row.get("is_applied"))
    return "unknown" if applied is None else "applied" if applied else "not yet applied"


def _add_rejected(answer: HistoryAnswer, page: FirstRows, phase: str) -> None:
    """Counts by table, and the errors as patterns, the way a log is told."""
    tables = Counter(as_name(table_of(row)) or "other" for row in page.rows)
    answer.by_table = top_counts(
        Counter({name.strip("'"): number for name, number in tables.items()}), _MOST_TABLES
    )
    fold = LogPatterns()
    fold.feed(
        [{"level": "error", "message": text(row.get("error_msg")) or ""} for row in page.rows]
    )
    kinds = sorted(log_facts(fold.folded_log()).errors, key=lambda kind: -kind.count)
    answer.errors = table(
        ("error", "count", "known", "cause", "fix"),
        [
            (
                kind.deciding,
                kind.count,
                kind.known.id if kind.known else None,
                kind.known.cause if kind.known else None,
                kind.known.fix if kind.known else None,
            )
            for kind in kinds[:_MOST_ERRORS]
        ],
    )
    answer.notes.append(f"Of the {phase} phase, read without the values of columns.")


_TOLD: Final[dict[str, Callable[[FirstRows, int], _Told]]] = {
    "timeline": _timeline,
    "ddl": _ddl,
    "rejected_rows": _rejected,
    "parameters": _parameters,
}
