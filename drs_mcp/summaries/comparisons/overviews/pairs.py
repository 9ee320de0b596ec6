"""Overview of a comparison of rows or values, per pair of databases (Tables 45, 47)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from drs_mcp.api.wire.values import Row, count, flag, text, word
from drs_mcp.clock import iso
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import Name
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.comparisons.evidence.checks import message_of, says_failed
from drs_mcp.summaries.comparisons.evidence.options import LEFT_OUT
from drs_mcp.summaries.comparisons.name_groups import group_names
from drs_mcp.summaries.comparisons.overviews.held import HeldPair
from drs_mcp.summaries.comparisons.status import (
    CONSISTENT,
    CONTRADICTORY,
    INCONSISTENT,
    Kind,
    counted,
    is_problem,
    kind_of,
    normalise,
    severity,
    status_words,
)
from drs_mcp.summaries.comparisons.tasks import TELLS_ERROR, CompareTask

_CONSISTENT_NAMED = 12


class Pair(NamedTuple):
    """A source database and the destination database it goes to; what DRS says of the two."""

    source_db: str
    target_db: str
    status: str | None
    message: str | None = None


class PairOverviewAnswer(Answer, Closing):
    """Answer of `get_compare_overview` for rows and values."""

    essential = frozenset({"totals"})

    compare_task_id: Name | None = None
    totals: dict[str, int] = {}
    databases: Table = Table()
    consistent_databases: list[Name] = []
    ended: Name | None = None


def pairs_of(rows: Sequence[Row], compare_type: str) -> list[Pair]:
    """The database pairs of an overview, each once, in its order."""
    found: dict[tuple[str, str], Pair] = {}
    for row in rows:
        source, target = _own(row, "source"), _own(row, "target")
        if not source and not target:
            continue
        status = _pair_status(row, compare_type)
        known = found.get((source, target))
        if known is None or severity(status or "UNKNOWN") < severity(known.status or "UNKNOWN"):
            found[source, target] = Pair(source, target, status, message_of(row))
    return list(found.values())


def _own(row: Row, side: str) -> str:
    return text(row.get(f"{side}_db_name")) or text(row.get(f"{side}_db")) or ""


def _pair_status(row: Row, compare_type: str) -> str | None:
    """The status of a database pair, checked against its flag and its own numbers."""
    given = row.get("status")
    status = normalise(given) if word(given) else None
    same = flag(row.get("compare_result")) if compare_type == "content_compare" else None
    if same is not None:
        kind = kind_of(status) if status else Kind.UNREAD
        if kind is Kind.UNREAD:  # then the status says at most that it ran
            status = CONSISTENT if same else INCONSISTENT
        elif (kind is Kind.AGREES) is not same and kind in (Kind.AGREES, Kind.DIFFERS):
            status = CONTRADICTORY
    differing, ended = count(row.get("data_inconsistent_num")), count(row.get("compare_end_num"))
    if status == CONSISTENT and differing:
        return CONTRADICTORY
    if status == CONSISTENT and says_failed(row):
        return CONTRADICTORY
    if status == CONSISTENT and count(row.get("uncomparable_num")):
        return "CAN_NOT_COMPARE"
    if status == CONSISTENT and ended is not None and ended < (count(row.get("compare_num")) or 0):
        return "UNFINISHED"
    return status


def pairs_overview_answer(
    rows: Sequence[Row],
    compare_type: str,
    held: Mapping[tuple[str, str], HeldPair] = MappingProxyType({}),
    *,
    job: str,
    task: CompareTask | None,
    requested_id: str = "",
    complete: bool = True,
    full: bool = False,
) -> PairOverviewAnswer:
    """Summarise the overview of a row or value comparison.

    Args:
        rows: one a database pair (Tables 45, 47).
        compare_type: `line_compare` or `content_compare`.
        held: by pair what its tables show, where they were read.
        job: the caller's word for the task.
        task: the comparison.
        requested_id: the comparison's ID that was asked for.
        complete: everything was read.
        full: every consistent database is named, not the first few alone.
    """
    what = "Row counts" if compare_type == "line_compare" else "Values"
    pairs = [_held(pair, held) for pair in pairs_of(rows, compare_type)]
    by_overview = [
        pair for pair in pairs if pair.status == CONSISTENT and not _is_borne_out(pair, held)
    ]
    statuses = Counter(pair.status or normalise(None) for pair in pairs)
    problem_pairs = sorted(
        (pair for pair in pairs if is_problem(pair.status)), key=lambda pair: severity(pair.status)
    )
    alike = len({pair.status for pair in problem_pairs}) == 1
    limits = [LEFT_OUT[option] for option in LEFT_OUT if task and option in task.options]
    consistent = _names_of([pair for pair in pairs if not is_problem(pair.status)])
    named = consistent if full else consistent[:_CONSISTENT_NAMED]
    notes = [
        f"Of {name}, {one.deny:,} of {plural(one.read, 'table')} read deny its overview, which says consistent."
        for place, one in held.items()
        if one.deny
        for name in [as_name(place[0] or place[1]) or "a database"]
    ]
    if by_overview:
        of = "it" if len(pairs) == 1 else plural(len(by_overview), "consistent database")
        notes.append(f"Of {of} the overview alone says so: not all tables were read.")
    if any(_renamed_in_case(pair) for pair in problem_pairs):
        notes.append("Destination names left out repeat the source's but for case.")
    if len(named) < len(consistent):
        more = plural(
            len(consistent) - len(named),
            "more consistent database or group of them",
            "more consistent databases or groups of them",
        )
        notes.append(f"{more}: full=true names all.")
    return PairOverviewAnswer(
        headline=_pairs_headline(
            what, statuses, pairs, task, limits, complete=complete, by_overview=bool(by_overview)
        ),
        compare_task_id=task.id if task else requested_id or None,
        totals=counted(statuses),
        databases=table(
            ("source", "destination", "status", "message"),
            [
                (
                    pair.source_db,
                    pair.target_db if pair.target_db.lower() != pair.source_db.lower() else None,
                    None if alike else status_words(pair.status or normalise(None)),
                    pair.message,
                )
                for pair in problem_pairs
            ],
        ),
        consistent_databases=named,
        ended=iso(task.ended) if task and task.ended else None,
        notes=notes,
        next=[_detail(job, compare_type, requested_id)] if problem_pairs or by_overview else [],
    )


def _held(pair: Pair, held: Mapping[tuple[str, str], HeldPair]) -> Pair:
    """A pair that is said to agree and whose tables deny it contradicts itself."""
    found = held.get((pair.source_db, pair.target_db))
    denied = found is not None and found.deny and pair.status == CONSISTENT
    return pair._replace(status=CONTRADICTORY) if denied else pair


def _is_borne_out(pair: Pair, held: Mapping[tuple[str, str], HeldPair]) -> bool:
    found = held.get((pair.source_db, pair.target_db))
    return found is not None and found.whole


def _names_of(pairs: Sequence[Pair]) -> list[str]:
    """The databases by name, `hr → hr_t` where the destination's is another, many as one."""
    labels = [
        pair.source_db
        if pair.target_db.lower() in ("", pair.source_db.lower())
        else f"{pair.source_db} → {pair.target_db}"
        for pair in pairs
    ]
    return [group.name for group in group_names(labels, [""] * len(labels))]


def _renamed_in_case(pair: Pair) -> bool:
    same = pair.source_db.lower() == pair.target_db.lower()
    return same and pair.source_db != pair.target_db


def _pairs_headline(
    what: str,
    statuses: Counter[str],
    pairs: Sequence[Pair],
    task: CompareTask | None,
    limits: Sequence[str],
    *,
    complete: bool,
    by_overview: bool,
) -> str:
    total = len(pairs)
    error = f", but {TELLS_ERROR}" if task and task.error else ""
    caveats = "".join(f", {limit}" for limit in limits) + error
    if standing := task.standing("comparison") if task else "":
        what = f"{standing}{what[0].lower()}{what[1:]}"
    if not total:
        return f"{what}: " + (
            "the comparison lists no databases." if complete else "no database could be read."
        )
    if statuses[CONSISTENT] == total and complete:
        name = as_name(pairs[0].source_db or pairs[0].target_db)
        where = (
            f"all {total:,} databases"
            if total > 1
            else f"database {name}"
            if name
            else "its database"
        )
        alone = ", by the overview alone" if by_overview else ""
        return f"{what} are consistent in {where}{alone}{caveats}."
    counts = counted(statuses)
    listed = [f"{n:,} {name}" for name, n in counts.items() if name != status_words(CONSISTENT)]
    listed.append(f"{statuses[CONSISTENT]:,} consistent")
    unread = "" if complete else " read, not all of them"
    return f"{what} of {plural(total, 'database')}{unread}: {', '.join(listed)}{caveats}."


def _detail(job: str, compare_type: str, requested_id: str) -> NextCall:
    # The newest comparison needs no ID.
    args: dict[str, str | int | bool] = {"job": job, "compare_type": compare_type}
    return NextCall(tool="get_compare_detail", args=args | {"compare_task_id": requested_id})
