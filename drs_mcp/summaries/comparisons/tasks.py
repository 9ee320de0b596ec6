"""The comparison tasks of a task (Table 44), newest first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from drs_mcp.api.wire.values import Row, moment, text, word
from drs_mcp.clock import iso
from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table, top_counts

_KINDS = {
    "object": "object_compare",
    "objects": "object_compare",
    "object_comparison": "object_compare",
    "object_compare": "object_compare",
    "lines": "line_compare",
    "line": "line_compare",
    "line_compare": "line_compare",
    "contents": "content_compare",
    "content": "content_compare",
    "content_compare": "content_compare",
    "account": "account",
}
COMPARISON_NAMES = {
    "object_compare": "object comparison",
    "line_compare": "row comparison",
    "content_compare": "value comparison",
}
_FINISHED = "SUCCESSFUL"
_UNSTARTED = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class CompareTask:
    """One comparison task; `kind` is the `compare_type` that reads it, or DRS's own word."""

    id: str
    kind: str
    status: str
    started: datetime | None
    ended: datetime | None
    error: str | None


class CompareTasksAnswer(Answer, Closing):
    """Answer of `list_compare_tasks`."""

    essential = frozenset({"by_type", "by_status"})

    by_type: dict[str, int] = {}
    by_status: dict[str, int] = {}
    tasks: Table = Table()


def read_tasks(rows: Sequence[Row]) -> list[CompareTask]:
    """The tasks, newest first; one met twice counts once."""
    found: dict[str, CompareTask] = {}
    for number, row in enumerate(rows):
        kind = (text(row.get("type")) or "").lower()
        task = CompareTask(
            id=text(row.get("id")) or "",
            kind=_KINDS.get(kind, kind),
            status=word(row.get("status")) or "",
            started=moment(row.get("start_time")),
            ended=moment(row.get("end_time")),
            error=text(row.get("error_msg")),
        )
        found.setdefault(task.id or f"#{number}", task)
    return sorted(found.values(), key=_when, reverse=True)


def _when(task: CompareTask) -> datetime:
    return task.started or task.ended or _UNSTARTED


def newest_finished(tasks: Sequence[CompareTask], kind: str) -> CompareTask | None:
    """The newest task of that kind that ran to its end."""
    ended = [task for task in tasks if task.kind == kind and task.status == _FINISHED and task.id]
    return max(ended, key=lambda task: task.ended or _when(task), default=None)


def tasks_answer(
    tasks: Sequence[CompareTask], *, job: str, offset: int = 0, limit: int = 50
) -> CompareTasksAnswer:
    """Summarise the comparison tasks of *job*."""
    rows = [
        (
            task.id,
            task.kind,
            task.status,
            iso(task.started) if task.started else None,
            iso(task.ended) if task.ended else None,
            task.error,
        )
        for task in tasks[offset : offset + limit]
    ]
    return CompareTasksAnswer(
        headline=_headline(tasks),
        by_type=_counts(task.kind for task in tasks),
        by_status=_counts(task.status.lower() for task in tasks),
        tasks=table(
            ("id", "compare_type", "status", "started", "ended", "error"),
            rows,
            total=len(tasks),
            start=offset,
            more=NextCall(tool="list_compare_tasks", args={"job": job}),
        ),
        next=[
            NextCall(
                tool="get_compare_overview",
                args={"job": job, "compare_type": kind},  # it finds the newest finished itself
            )
            for kind in ("content_compare", "line_compare", "object_compare")
            if newest_finished(tasks, kind)
        ],
    )


def _counts(words: Iterable[str]) -> dict[str, int]:
    return top_counts(Counter(as_identifier(name) or "other" for name in words))


def _headline(tasks: Sequence[CompareTask]) -> str:
    if not tasks:
        return "This task has no comparisons yet; they are created in the incremental phase."
    parts = []
    for kind, name in COMPARISON_NAMES.items():
        newest = newest_finished(tasks, kind)
        if newest:
            ended = newest.ended or newest.started
            when = f" {iso(ended)}" if ended else ""
            parts.append(f"newest finished {name}{when}")
        elif any(task.kind == kind for task in tasks):
            parts.append(f"no finished {name}")
    summary = "; ".join(parts) or "none of a known type"
    return f"{plural(len(tasks), 'comparison task')}: {summary}. Finished does not mean consistent."
