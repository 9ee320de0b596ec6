"""Overviews of comparisons: per object type (Tables 41, 42) or database pair (Tables 45, 47)."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from drs_mcp.api.wire.values import Row, count, flag, moment, records, text, word
from drs_mcp.clock import iso
from drs_mcp.quoting.quoted import Excerpt, Name, as_identifier
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.comparisons.status import (
    CONSISTENT,
    INCONSISTENT,
    counted,
    is_problem,
    normalise,
    severity,
    status_words,
)
from drs_mcp.summaries.comparisons.tasks import CompareTask

_NAMED = 6


class Pair(NamedTuple):
    """A source database and the destination database it goes to."""

    source_db: str
    target_db: str
    status: str | None


class ObjectOverviewAnswer(Answer, Closing):
    """Answer of `get_compare_overview` for objects."""

    essential = frozenset({"totals"})

    compare_task_id: Name | None = None
    status: Name | None = None
    totals: dict[str, int] = {}
    types: Table = Table()
    consistent_types: list[Name] = []
    started: Name | None = None
    error: Excerpt | None = None


class PairOverviewAnswer(Answer, Closing):
    """Answer of `get_compare_overview` for rows and values."""

    essential = frozenset({"totals"})

    compare_task_id: Name | None = None
    totals: dict[str, int] = {}
    databases: Table = Table()
    ended: Name | None = None


def object_overview_answer(info: Row, *, job: str, requested_id: str = "") -> ObjectOverviewAnswer:
    """Summarise the overview of an object comparison (Table 41); *requested_id* is the one asked for."""
    results = records(info.get("compare_results"))
    state = word(info.get("status"))
    task_id = text(info.get("compare_job_id"))
    rows = []
    agreeing = []
    statuses: Counter[str] = Counter()
    for found in results:
        kind = text(found.get("type")) or "?"
        status = normalise(word(found.get("status")))
        source, target = count(found.get("source_count")), count(found.get("target_count"))
        statuses[status] += 1
        if status == CONSISTENT and source == target:
            agreeing.append(f"{kind} {source:,}" if source is not None else kind)
            continue
        missing = source - target if source is not None and target is not None else None
        rows.append((kind, status_words(status), source, target, missing, severity(status)))
    rows.sort(key=lambda row: (row[5], -abs(row[4] or 0)))
    created = moment(info.get("start_time")) or moment(info.get("create_time"))
    return ObjectOverviewAnswer(
        headline=_object_headline(state, len(results), [str(row[0]) for row in rows]),
        compare_task_id=task_id or requested_id or None,
        status=state if state != "SUCCESSFUL" else None,
        totals=counted(statuses),
        types=table(
            ("type", "status", "source", "destination", "missing"),
            [row[:5] for row in rows],
        ),
        consistent_types=agreeing,
        started=iso(created) if created else None,
        error=text(info.get("error_msg")),
        next=[_detail(job, "object_compare", requested_id)]
        if any(row[0] in ("DB", "TABLE", "INDEX") for row in rows)
        else [],
    )


def _detail(job: str, compare_type: str, requested_id: str) -> NextCall:
    # The newest comparison needs no ID.
    args: dict[str, str | int | bool] = {"job": job, "compare_type": compare_type}
    return NextCall(tool="get_compare_detail", args=args | {"compare_task_id": requested_id})


def _object_headline(state: str | None, total: int, differing: list[str]) -> str:
    if not total:
        if not state:
            return "This task has no object comparison yet."
        return f"The object comparison is {status_words(normalise(state))}; it has no results."
    # What has not ended, or not well, has compared a part at best.
    ended = state in (None, "SUCCESSFUL")
    so_far = "" if ended else f"The object comparison is {status_words(normalise(state))}, so far: "
    if not differing:
        verdict = "all" if so_far else "Objects are consistent: all"
        return f"{so_far}{verdict} {plural(total, 'object type')} agree."
    names = [name for name in differing if as_identifier(name)]
    more = len(differing) - len(names[:_NAMED])
    listed = ", ".join(names[:_NAMED]) + (f" and {more} more" if more else "")
    return f"{so_far}{len(differing)} of {plural(total, 'object type')} do not agree: {listed}."


def pairs_of(rows: Sequence[Row], compare_type: str) -> list[Pair]:
    """The database pairs of an overview, each once, in its order."""
    suffix = "_name" if compare_type == "line_compare" else ""
    found: dict[tuple[str, str], Pair] = {}
    for row in rows:
        source = text(row.get(f"source_db{suffix}")) or ""
        target = text(row.get(f"target_db{suffix}")) or ""
        status = word(row.get("status"))
        status = normalise(status) if status else None
        if compare_type == "content_compare" and flag(row.get("compare_result")) is False:
            # Values that differ are said by the flag; the status may only say that it ran.
            status = INCONSISTENT if status in (None, CONSISTENT) else status
        if source or target:
            found.setdefault((source, target), Pair(source, target, status))
    return list(found.values())


def row_overview_answer(
    rows: Sequence[Row], *, job: str, task: CompareTask | None, requested_id: str = ""
) -> PairOverviewAnswer:
    """Summarise the overview of a row comparison; *requested_id* is the one asked for."""
    return _pairs_answer(rows, "line_compare", "Row counts", job, task, requested_id)


def value_overview_answer(
    rows: Sequence[Row], *, job: str, task: CompareTask | None, requested_id: str = ""
) -> PairOverviewAnswer:
    """Summarise the overview of a value comparison; *requested_id* is the one asked for."""
    return _pairs_answer(rows, "content_compare", "Values", job, task, requested_id)


def _pairs_answer(
    rows: Sequence[Row],
    compare_type: str,
    what: str,
    job: str,
    task: CompareTask | None,
    requested_id: str,
) -> PairOverviewAnswer:
    pairs = pairs_of(rows, compare_type)
    statuses = Counter(pair.status or normalise(None) for pair in pairs)
    problem_pairs = sorted(
        (pair for pair in pairs if is_problem(pair.status)), key=lambda pair: severity(pair.status)
    )
    alike = len({pair.status for pair in problem_pairs}) == 1
    return PairOverviewAnswer(
        headline=_pairs_headline(what, statuses, len(pairs)),
        compare_task_id=task.id if task else requested_id or None,
        totals=counted(statuses),
        databases=table(
            ("source", "destination", "status"),
            [
                (
                    pair.source_db,
                    pair.target_db if pair.target_db.lower() != pair.source_db.lower() else None,
                    None if alike else status_words(pair.status or normalise(None)),
                )
                for pair in problem_pairs
            ],
        ),
        ended=iso(task.ended) if task and task.ended else None,
        notes=["Destination names left out repeat the source's but for case."]
        if any(_renamed_in_case(pair) for pair in problem_pairs)
        else [],
        next=[_detail(job, compare_type, requested_id)] if problem_pairs else [],
    )


def _renamed_in_case(pair: Pair) -> bool:
    same = pair.source_db.lower() == pair.target_db.lower()
    return same and pair.source_db != pair.target_db


def _pairs_headline(what: str, statuses: Counter[str], total: int) -> str:
    if not total:
        return f"{what}: the comparison lists no databases."
    if statuses[CONSISTENT] == total:
        return f"{what} are consistent in all {plural(total, 'database')}."
    counts = counted(statuses)
    listed = ", ".join(
        f"{n:,} {name}" for name, n in counts.items() if name != status_words(CONSISTENT)
    )
    return f"{what} of {plural(total, 'database')}: {listed}, {statuses[CONSISTENT]:,} consistent."
