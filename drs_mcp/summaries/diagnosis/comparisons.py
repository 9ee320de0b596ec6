"""What comparisons found, and comparisons that failed or are out of date."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from drs_mcp.api.wire.values import Row, count, flag, records, text, word
from drs_mcp.clock import iso
from drs_mcp.knowledge.failures import match
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.comparisons.evidence.checks import counts_of, error_of
from drs_mcp.summaries.comparisons.overviews.objects import state_of
from drs_mcp.summaries.comparisons.overviews.pairs import Pair
from drs_mcp.summaries.comparisons.status import CONSISTENT, INCONSISTENT, normalise, status_words
from drs_mcp.summaries.comparisons.tasks import COMPARISON_NAMES, CompareTask, newest_finished
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.findings import OBSERVED, Finding
from drs_mcp.summaries.diagnosis.going_on import going_on, story

OUTDATED = timedelta(days=7)
_MOST_TABLES = 3
_BROKEN = frozenset({"FAILED", "TIMEOUT_INTERRUPT"})
_UNFINISHED = frozenset({"RUNNING", "WAITING_FOR_RUNNING"})
_AT_THE_END = frozenset({"TRIGGER", "EVENT"})
"""A migration moves them when it is stopped, whatever its progress says of them. Synchronization
leaves them behind, unless its progress says otherwise."""

DATA_ONLY = frozenset({"DB", "TABLE"})
"""What a comparison of objects counts where a task moves rows alone."""


def find_comparisons(evidence: Evidence) -> Iterator[Finding]:
    """What does not agree, or was not compared."""
    if evidence.state.group not in ("running", "finished", "changing", "unknown"):
        return
    yield from _objects(evidence)
    for what, pairs, see in (
        ("row", evidence.rows, "which tables: get_compare_detail, line_compare"),
        ("value", evidence.values, "which rows: get_compare_diff"),
    ):
        for found in _pairs(what, pairs, see):
            inconsistent = found.code.endswith("_inconsistent")
            tables = _told_tables(evidence.differing) if found.code == "rows_inconsistent" else ""
            told = replace(found, says=f"{found.says}{tables}")
            yield _of_full_only(evidence, told) if inconsistent else told
    yield from _broken(evidence.comparisons or ())
    if evidence.state.phase == "incremental":
        yield from _outdated(evidence)


def excluded_types(evidence: Evidence) -> dict[str, str]:
    """Object types that are not expected at the destination now, and why."""
    last = sorted(_AT_THE_END) if evidence.scenario == "migration" else ()
    out = dict.fromkeys(last, "moves when the task is stopped")
    for row in evidence.object_types:
        if row.status == "moves when the task is stopped":
            out[row.type.upper()] = row.status
    if flag(evidence.policy.get("index_trans")) is False:
        out["INDEX"] = "index_trans is off: only primary and unique indexes move"
    return out


def only_data(evidence: Evidence) -> bool:
    """Whether the task moves rows alone: then only databases and tables are expected."""
    return (text(evidence.policy.get("sync_type_policy")) or "").lower() == "tabledata"


def differing_objects(
    evidence: Evidence, *, excuse_ddl: bool = True
) -> tuple[dict[str, int | None], dict[str, str]]:
    """Object types that do not agree, and those that need not, with the reason.

    The number is how many objects are missing at the destination, None where it is not told.
    *excuse_ddl*: objects that a task without DDL leaves behind are as it was set, but missing.
    """
    missing: dict[str, int | None] = {}
    excused: dict[str, str] = {}
    out = excluded_types(evidence)
    no_ddl = (
        excuse_ddl
        and evidence.state.phase == "incremental"
        and flag(evidence.policy.get("ddl_trans")) is False
    )
    for row in records((evidence.objects or {}).get("compare_results")):
        kind = (text(row.get("type")) or "?").upper()
        source, target = count(row.get("source_count")), count(row.get("target_count"))
        state = normalise(row.get("status"), of_objects=True)
        if state == CONSISTENT and source == target:
            continue
        if kind in out:
            excused[kind] = out[kind]
        elif only_data(evidence) and kind not in DATA_ONLY:
            excused[kind] = "sync_type_policy is tableData: only rows move"
        elif no_ddl and source is not None and target is not None and source > target:
            excused[kind] = "ddl_trans is off: objects made since the start do not follow"
        else:
            missing[kind] = None if source is None or target is None else source - target
    return missing, excused


def objects_agree(evidence: Evidence) -> bool:
    """Whether an object comparison has run to its end and nothing is missing that should be there."""
    info = evidence.objects or {}
    ended = state_of(info) in (None, "SUCCESSFUL") and error_of(info) is None
    compared = records(info.get("compare_results"))
    return bool(compared) and ended and not differing_objects(evidence)[0]


def _comparing(evidence: Evidence) -> bool:
    return word((evidence.objects or {}).get("status")) in _UNFINISHED


def _objects(evidence: Evidence) -> Iterator[Finding]:
    missing, _ = differing_objects(evidence)
    if not missing or _comparing(evidence):
        return
    states = {
        (text(row.get("type")) or "?").upper(): normalise(row.get("status"), of_objects=True)
        for row in records((evidence.objects or {}).get("compare_results"))
    }
    listed = ", ".join(
        f"{as_word(kind) or 'other'} {_differs(number, states.get(kind, INCONSISTENT))}"
        for kind, number in missing.items()
    )
    yield Finding(
        "objects_missing",
        "warning",
        f"objects do not agree: {listed}",
        cause=""
        if evidence.detail is not None
        else "Whether the task's settings leave them out could not be read.",
        fix="See which (get_compare_detail, object_compare) and create them at the destination.",
    )


def _of_full_only(evidence: Evidence, found: Finding) -> Finding:
    """What differs after a task without an incremental phase was most likely written since."""
    if evidence.task_type != "FULL_TRANS":
        return found
    now = going_on(evidence)
    seen = next((one for one in now if one.condition.copy), None)
    cause = (
        "Writes at the source during or after the copy, which a task without an incremental phase "
        "does not carry; else writes at the destination."
    )
    if seen is not None:
        cause = (
            f"{seen.why(evidence.link)} A task without an incremental phase does not carry that."
        )
    return replace(
        found,
        cause=cause,
        fix=f"{found.fix} Then stop writes at the source and copy again.",
        evidence=seen.line if seen is not None else "",
        resume="full_copy",
        story=story(evidence, now, seen, None),
    )


def differing_of(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """The tables of row-comparison rows (Table 46) that differ, by how many rows, the most first."""
    found = []
    for row in rows:
        rows_off = counts_of(row).differing
        name = text(row.get("source_table_name")) or text(row.get("target_table_name"))
        if rows_off and name:
            found.append((name, rows_off))
    return sorted(found, key=lambda one: (-one[1], one[0]))


def _told_tables(differing: Sequence[tuple[str, int]]) -> str:
    told = [
        f"{named} by {plural(rows, 'row')}"
        for name, rows in differing[:_MOST_TABLES]
        if (named := as_name(name))
    ]
    return f", such as {', '.join(told)}" if told else ""


def _differs(number: int | None, state: str) -> str:
    if number and number > 0:
        return f"{number:,} fewer at the destination"
    return "differs" if state in (INCONSISTENT, CONSISTENT) else status_words(state)


def _pairs(what: str, pairs: Sequence[Pair] | None, see: str) -> Iterator[Finding]:
    bad = [pair for pair in pairs or () if normalise(pair.status) == INCONSISTENT]
    other = [
        pair for pair in pairs or () if normalise(pair.status) not in (INCONSISTENT, CONSISTENT)
    ]
    scope = plural(len(pairs or ()), "database")
    if bad:
        yield Finding(
            f"{what}s_inconsistent",
            "warning",
            f"{what} comparison: {len(bad)} of {scope} inconsistent{_named(bad)}",
            cause="Writes at the destination, changes since the comparison, or rows that were not "
            "applied.",
            fix=f"See {see}.",
        )
    if other:
        states = ", ".join(sorted({status_words(normalise(pair.status)) for pair in other}))
        yield Finding(
            f"{what}s_not_compared",
            "warning",
            f"{what} comparison: {len(other)} of {scope} without a result ({states}){_named(other)}",
            fix="Read the message of each table (get_compare_detail); compare again.",
        )


def _named(pairs: Sequence[Pair]) -> str:
    names = [name for pair in pairs[:3] if (name := _database(pair.source_db))]
    more = f", {len(pairs) - len(names)} more" if len(pairs) > len(names) else ""
    return f": {', '.join(names)}{more}" if names else ""


def _database(name: str) -> str | None:
    is_number = name.isascii() and name.isdecimal() and len(name) < 6  # as Redis has them
    return f"DB {name}" if is_number else as_name(name)


def _broken(tasks: Sequence[CompareTask]) -> Iterator[Finding]:
    for kind, name in COMPARISON_NAMES.items():
        newest = next((task for task in tasks if task.kind == kind), None)
        if newest is None or newest.status not in _BROKEN:
            continue
        known = match(newest.error) if newest.error else None
        at = newest.ended or newest.started
        yield Finding(
            "comparison_failed",
            "warning",
            f"the newest {name} did not finish ({newest.status.lower().replace('_', ' ')}"
            + (f", {iso(at)})" if at else ")"),
            evidence=quote(newest.error, 160) if newest.error else "",
            cause=known.cause if known else "",
            fix=known.fix if known else "Compare again, fewer tables at a time.",
            confidence=known.confidence if known else OBSERVED,
            known=known.id if known else "",
        )


def newest_data_comparison(tasks: Sequence[CompareTask]) -> datetime | None:
    """When the newest finished comparison of rows or values ended."""
    ended = [
        task.ended or task.started
        for kind in ("line_compare", "content_compare")
        if (task := newest_finished(tasks, kind)) is not None
    ]
    return max((at for at in ended if at is not None), default=None)


def newest_object_comparison(tasks: Sequence[CompareTask]) -> datetime | None:
    """When the newest finished comparison of objects ended."""
    task = newest_finished(tasks, "object_compare")
    return (task.ended or task.started) if task is not None else None


def _outdated(evidence: Evidence) -> Iterator[Finding]:
    at = newest_data_comparison(evidence.comparisons or ())
    if at is not None and evidence.now - at > OUTDATED:
        days = (evidence.now - at).days
        yield Finding(
            "comparison_outdated",
            "info",
            f"the newest finished comparison of data is {days} days old ({iso(at)})",
            fix="Compare again before relying on it.",
        )
