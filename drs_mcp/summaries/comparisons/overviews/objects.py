"""Overview of an object comparison, per type of object (Tables 41, 42)."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from drs_mcp.api.wire.values import Row, count, moment, records, text, word
from drs_mcp.clock import iso
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import Excerpt, Name
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.comparisons.evidence.checks import error_of, message_of, says_failed
from drs_mcp.summaries.comparisons.status import (
    CONSISTENT,
    CONTRADICTORY,
    Kind,
    counted,
    kind_of,
    normalise,
    severity,
    status_words,
)
from drs_mcp.summaries.comparisons.tasks import TELLS_ERROR

_NAMED = 6
_AS_SENT = ("create_time", "start_time", "status", "export_status", "report_remain_seconds")
OPENED = ("DB", "TABLE", "INDEX")
"""The types of objects that DRS lists one by one."""


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
    fields: Table = Table()


class TypeCount(NamedTuple):
    """One type of object, with its counts on both sides, what the two are worth, what DRS says."""

    type: str
    status: str
    source: int | None
    target: int | None
    message: str | None = None
    says_failed: bool = False

    @property
    def missing(self) -> int | None:
        """How many the destination lacks, below 0 if it has more; None if it is not known."""
        return self.source - self.target if None not in (self.source, self.target) else None  # type: ignore[operator]

    @property
    def agrees(self) -> bool:
        """Whether it is said to agree, and its counts do not say otherwise."""
        return self.status == CONSISTENT and self.source == self.target


def types_of(info: Row) -> list[TypeCount]:
    """The types of an object comparison (Tables 41, 42), each once, checked against its counts.

    A type that comes twice, with other numbers, is the sum of its parts. What is no row is a type
    that could not be read.
    """
    found: dict[str, TypeCount] = {}
    seen: set[str] = set()
    for row in records(info.get("compare_results")):
        if repr(sorted(row.items())) in seen:
            continue
        seen.add(repr(sorted(row.items())))
        kind = text(row.get("type")) or "?"
        source, target = count(row.get("source_count")), count(row.get("target_count"))
        status = normalise(row.get("status"), of_objects=True)
        if status == CONSISTENT and says_failed(row):
            status = CONTRADICTORY
        if status == CONSISTENT and source != target and None not in (source, target):
            status = CONTRADICTORY
        one = TypeCount(kind, status, source, target, message_of(row), says_failed(row))
        found[kind] = _joined(found[kind], one) if kind in found else one
    told = info.get("compare_results")
    if isinstance(told, list) and not all(isinstance(row, dict) for row in told):
        found["?"] = TypeCount("?", normalise(None), None, None)
    return list(found.values())


def _joined(one: TypeCount, other: TypeCount) -> TypeCount:
    return TypeCount(
        one.type,
        min(one.status, other.status, key=severity),
        None if one.source is None or other.source is None else one.source + other.source,
        None if one.target is None or other.target is None else one.target + other.target,
        one.message or other.message,
        one.says_failed or other.says_failed,
    )


def object_overview_answer(
    info: Row, *, job: str, requested_id: str = "", full: bool = False
) -> ObjectOverviewAnswer:
    """Summarise the overview of an object comparison (Table 41); *requested_id* is the one asked for.

    *full* adds its times and its exported report as DRS tells them.
    """
    types = types_of(info)
    state = state_of(info)
    task_id = text(info.get("compare_job_id"))
    rows = [one for one in types if not one.agrees]
    rows.sort(key=lambda one: (severity(one.status), -abs(one.missing or 0)))
    created = moment(info.get("start_time")) or moment(info.get("create_time"))
    return ObjectOverviewAnswer(
        headline=_object_headline(state, types, rows, failed=bool(error_of(info))),
        compare_task_id=task_id or requested_id or None,
        status=state if state != "SUCCESSFUL" else None,
        totals=counted(Counter(one.status for one in types)),
        types=table(
            ("type", "status", "source", "destination", "fewer", "message"),
            [
                (
                    one.type,
                    status_words(one.status),
                    one.source,
                    one.target,
                    one.missing,
                    one.message,
                )
                for one in rows
            ],
        ),
        consistent_types=[
            f"{one.type} {one.source:,}" if one.source is not None else one.type
            for one in types
            if one.agrees
        ],
        started=iso(created) if created else None,
        error=error_of(info),
        fields=table(("field", "value"), [(name, text(info.get(name))) for name in _AS_SENT])
        if full
        else Table(),
        next=[
            NextCall(
                tool="get_compare_detail",
                args={
                    "job": job,
                    "compare_type": "object_compare",
                    "compare_task_id": requested_id,
                },
            )
        ]
        if any(one.type in OPENED for one in rows)
        else [],
    )


def state_of(info: Row) -> str | None:
    """The state of an object comparison, in the words of Table 41; None if it is not told."""
    found = word(info.get("status"))
    return "SUCCESSFUL" if found in ("SUCCESS", "PASS") else found


def _object_headline(
    state: str | None,
    types: Sequence[TypeCount],
    problem_pairs: Sequence[TypeCount],
    *,
    failed: bool,
) -> str:
    total = plural(len(types), "object type")
    if not types:
        if not state:
            return "This task has no object comparison yet."
        return f"The object comparison is {status_words(normalise(state))}; it has no results."
    # What has not ended, or not well, has compared a part at best.
    ended = state in (None, "SUCCESSFUL")
    so_far = "" if ended else f"The object comparison is {status_words(normalise(state))}, so far: "
    if not problem_pairs:
        told = f"all {total} agree" if len(types) > 1 else "the one object type agrees"
        but = f", but {TELLS_ERROR}" if failed else ""
        return f"{so_far or 'Objects are consistent: '}{told}{but}."
    listed: list[str] = []
    for kinds, words in (
        ((Kind.CONTRADICTS,), "contradictory (status against counts or message)"),
        ((Kind.DIFFERS, Kind.AGREES), "do not agree"),
        ((Kind.NOT_COMPARED, Kind.UNREAD), "without a result"),
        ((Kind.PENDING,), "not finished"),
    ):
        names = [one.type for one in problem_pairs if kind_of(one.status) in kinds]
        if names:
            of = "" if listed else f" of {total}"
            listed.append(f"{len(names)}{of} {words}: {_few_of(names)}")
    return f"{so_far}{'; '.join(listed)}."


def _few_of(names: Sequence[str]) -> str:
    told = [shown for name in names if (shown := as_name(name))][:_NAMED]
    more = len(names) - len(told)
    return ", ".join(told) + (f" and {more} more" if more else "")
