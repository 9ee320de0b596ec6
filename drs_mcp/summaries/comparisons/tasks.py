"""The comparison tasks of a task (Table 44), newest first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from drs_mcp.api.wire.values import Row, count, moment, text, word
from drs_mcp.clock import iso
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.quoted import Name, Quoted, as_identifier
from drs_mcp.summaries.ages import age
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
from drs_mcp.summaries.comparisons.evidence.checks import error_of
from drs_mcp.summaries.comparisons.evidence.options import LEFT_OUT, Option, options_of

ACCOUNTS = "account"
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
    "account": ACCOUNTS,
    "accounts": ACCOUNTS,
    "account_comparison": ACCOUNTS,
    "account_compare": ACCOUNTS,
    "user": ACCOUNTS,
    "users": ACCOUNTS,
    "random": "random",
}
COMPARISON_NAMES = {
    "object_compare": "object comparison",
    "line_compare": "row comparison",
    "content_compare": "value comparison",
}
_FINISHED, _WAITING = "SUCCESSFUL", "WAITING_FOR_RUNNING"
_AS_OF_NOW, _STOCK = "INCRE_DOING", "FULL_DOING"
_WITH_RESULTS = (_AS_OF_NOW, _FINISHED, _STOCK)
"""The states in which a comparison has results, the most telling first."""

_SPELLINGS = {
    "SUCCESS": _FINISHED,
    "SUCCEEDED": _FINISHED,
    "FINISHED": _FINISHED,
    "COMPLETED": _FINISHED,
    "PASS": _FINISHED,
    "CANCELED": "CANCELLED",
    "TIMEOUT": "TIMEOUT_INTERRUPT",
    "运行中": "RUNNING",
    "等待启动中": _WAITING,
    "完成": _FINISHED,
    "已完成": _FINISHED,
    "失败": "FAILED",
    "已取消": "CANCELLED",
    "超时中断": "TIMEOUT_INTERRUPT",
    "全量校验中": _STOCK,
    "增量校验中": _AS_OF_NOW,
}
"""Second spellings, and how the reference page says them in Chinese."""
_STATES = {
    "RUNNING": "running",
    _WAITING: "waiting",
    _FINISHED: "finished",
    "FAILED": "failed",
    "CANCELLED": "canceled",
    "TIMEOUT_INTERRUPT": "timed out",
    _STOCK: "comparing what was there when it started",
    _AS_OF_NOW: "comparing changes as they come",
}
TELLS_ERROR = "the comparison tells an error of its own"
"""Of one that says that it ran: then what it found is not all there is."""

NEWER = "A newer comparison of this type"
"""So begins what is said of one beside the one that is told."""

_UNSTARTED = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class CompareTask:
    """One comparison task; `kind` is the `compare_type` that reads it, or DRS's own word.

    `delay` is how far a dynamic comparison is behind the changes, as DRS tells it (no unit is
    documented), `rechecks` how many objects it has to look at once more; None where that was not
    read.
    """

    id: str
    kind: str
    status: str
    started: datetime | None
    ended: datetime | None
    error: str | None
    options: frozenset[Option] = frozenset()
    delay: int | float | None = None
    rechecks: int | None = None
    more: tuple[Cell, ...] = ()
    """What decides nothing (Table 44), in the order of `_MORE`."""

    @property
    def finished(self) -> bool:
        """Whether it ran to its end."""
        return self.status == _FINISHED

    @property
    def under_way(self) -> bool:
        """Whether it runs now."""
        return self.status in ("RUNNING", _STOCK, _AS_OF_NOW)

    @property
    def as_of_now(self) -> bool:
        """Whether it compares changes as they come: what it has found holds now, once caught up."""
        return self.status == _AS_OF_NOW

    @property
    def is_told(self) -> bool:
        """Whether DRS tells how far a continuous comparison is, and what it has to recheck."""
        return self.delay is not None and self.rechecks is not None

    def not_caught_up(self, most: int) -> str:
        """Why what a continuous comparison has found may not hold now, in words; empty if it does.

        Args:
            most: how far behind the changes it may be.
        """
        if self.delay is None:
            return "how far the comparison is behind the changes is not told"
        if self.delay > most:
            return f"the comparison is {self.delay:,} behind (unit not told)"
        if self.rechecks is None:
            return "how much the comparison has to recheck is not told"
        return f"{self.rechecks:,} are to be rechecked" if self.rechecks else ""

    @property
    def misdated(self) -> bool:
        """Whether it ended before it began: then neither date is believed."""
        return self.started is not None and self.ended is not None and self.ended < self.started

    def planned(self, now: datetime) -> bool:
        """Whether it waits for a time that has not come: it takes nothing from an earlier one."""
        waits = self.status == _WAITING and self.started is not None
        return waits and age(self.started, now) is None

    @property
    def has_results(self) -> bool:
        """Whether it has compared everything once, or is about to."""
        return self.status in _WITH_RESULTS

    def standing(self, name: str) -> str:
        """In which state the following was found, to come before it; empty where it has ended.

        *name* is what the comparison is called.
        """
        if self.finished:
            return ""
        if not self.as_of_now:
            return f"The {name} has not finished ({self.state}), so far: "
        if self.delay == 0:
            return "As of now, compared as changes come: "
        far = "not told" if self.delay is None else f"{self.delay:,}, unit not told"
        return f"By a continuous comparison (how far behind the changes: {far}): "

    @property
    def state(self) -> str:
        """Its state in words, for our own sentences."""
        return _STATES.get(self.status) or (as_word(self.status) or "in an unknown state").lower()


class CompareTasksAnswer(Answer, Closing):
    """Answer of `list_compare_tasks`."""

    essential = frozenset({"by_type", "by_status"})

    by_type: dict[str, int] = {}
    by_status: dict[str, int] = {}
    tasks: Table = Table()
    scheduled: list[Quoted] = []
    next_scheduled: Name | None = None
    unread: dict[Name, Quoted] = {}


def read_tasks(rows: Sequence[Row]) -> list[CompareTask]:
    """The tasks, newest first; one met twice counts once."""
    found: dict[str, CompareTask] = {}
    for number, row in enumerate(rows):
        kind = (text(row.get("type")) or "").lower()
        task = CompareTask(
            id=text(row.get("id")) or "",
            kind=_KINDS.get(kind, kind),
            status=_SPELLINGS.get(word(row.get("status")) or "", word(row.get("status")) or ""),
            started=moment(row.get("start_time")),
            ended=moment(row.get("end_time")),
            error=error_of(row),
            options=options_of(row, _KINDS.get(kind, kind)),
            delay=count(row.get("dynamic_compare_delay")),
            more=tuple(_written(row.get(name)) for name in _MORE),
        )
        found.setdefault(task.id or f"#{number}", task)
    return sorted(found.values(), key=_when, reverse=True)


_MORE = {
    "compute_type": "compute",
    "export_status": "export",
    "report_remain_seconds": "report_left_s",
    "compare_job_tag": "tags",
    "options": "options",
}
"""Field of Table 44 -> the column that shows it on request."""


def _written(value: object) -> Cell:
    """A field as a cell: an object's entries as `name=value`."""
    if isinstance(value, dict):
        return ", ".join(f"{name}={text(item) or ''}" for name, item in value.items()) or None
    return value if isinstance(value, int) else text(value)


def _when(task: CompareTask) -> datetime:
    return task.started or task.ended or _UNSTARTED


def newest_finished(tasks: Sequence[CompareTask], kind: str) -> CompareTask | None:
    """The newest task of that kind that ran to its end."""
    ended = [task for task in tasks if task.kind == kind and task.finished and task.id]
    return max(ended, key=lambda task: task.ended or _when(task), default=None)


def newest_with_results(tasks: Sequence[CompareTask], kind: str) -> CompareTask | None:
    """The task of that kind to read: one that holds now, else the newest finished one.

    A dynamic comparison that has not yet compared everything once is better than none.
    """
    running = {
        state: next((t for t in tasks if t.kind == kind and t.status == state and t.id), None)
        for state in (_AS_OF_NOW, _STOCK)
    }
    return running[_AS_OF_NOW] or newest_finished(tasks, kind) or running[_STOCK]


def tasks_answer(
    tasks: Sequence[CompareTask],
    *,
    job: str,
    offset: int = 0,
    limit: int = 50,
    full: bool = False,
    running: Mapping[str, str | None] = MappingProxyType({}),
) -> CompareTasksAnswer:
    """Summarise the comparison tasks of *job*; *full* adds how each ran and its exported report.

    *running* tells by ID how far those are that run.
    """
    more = tuple(_MORE.values()) if full else ()
    rows = [
        (
            task.id,
            task.kind,
            task.status,
            iso(task.started) if task.started else None,
            iso(task.ended) if task.ended else None,
            task.error,
            _limits(task),
            running.get(task.id),
            *task.more[: len(more)],
        )
        for task in tasks[offset : offset + limit]
    ]
    return CompareTasksAnswer(
        headline=_headline(tasks),
        by_type=_counts(task.kind for task in tasks),
        by_status=_counts(task.status.lower() for task in tasks),
        tasks=table(
            ("id", "compare_type", "status", "started", "ended", "error", "limits", "done", *more),
            rows,
            total=len(tasks),
            start=offset,
            more=NextCall(tool="list_compare_tasks", args={"job": job, "full": full}),
        ),
        next=[
            NextCall(
                tool="get_compare_overview",
                args={"job": job, "compare_type": kind},  # it finds the newest finished itself
            )
            for kind in ("content_compare", "line_compare", "object_compare")
            if newest_with_results(tasks, kind)
        ],
    )


def _limits(task: CompareTask) -> str | None:
    summary = [LEFT_OUT[option] for option in LEFT_OUT if option in task.options]
    summary += [
        option.value for option in (Option.STATIC, Option.DYNAMIC) if option in task.options
    ]
    return ", ".join(summary) or None


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
            latest = next(task for task in tasks if task.kind == kind)
            later = "" if latest is newest else f", a newer one {latest.state}"
            parts.append(f"newest finished {name}{when}{later}")
        elif (running := newest_with_results(tasks, kind)) is not None:
            parts.append(f"{name} {running.state}")
        elif any(task.kind == kind for task in tasks):
            parts.append(f"no finished {name}")
    summary = "; ".join(parts) or "none of a known type"
    return f"{plural(len(tasks), 'comparison task')}: {summary}. Finished does not mean consistent."
