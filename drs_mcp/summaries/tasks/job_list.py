"""The task list (`GET /v5/{project_id}/jobs`): counts over all tasks, troubled ones first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drs_mcp.api.wire.values import Row, moment, records, text, word
from drs_mcp.clock import iso
from drs_mcp.knowledge.statuses import status
from drs_mcp.quoting.names import as_name, is_every
from drs_mcp.quoting.quoted import Name, as_identifier
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table, top_counts
from drs_mcp.summaries.tasks.name_words import fit

_ORDER = (
    "failed",
    "unknown",
    "paused",
    "configuration",
    "waiting",
    "changing",
    "running",
    "finished",
    "deleted",
)
"""Troubled ones first; within a state the newest first."""


class JobsAnswer(Answer, Closing):
    """Answer of `list_jobs`."""

    essential = frozenset({"by_state"})

    by_state: dict[str, int] = {}
    by_scenario: dict[str, int] = {}
    by_profile: dict[Name, int] = {}
    jobs: Table = Table()


@dataclass(frozen=True)
class Task:
    """One row of the task list, or one subtask of a row."""

    id: str
    name: str
    status: str
    group: str
    scenario: str
    engine: str
    created: str
    parent: str = ""
    parent_id: str = ""
    profile: str = ""


class JobList:
    """Folds the pages of all scenarios; a task met twice counts once."""

    def __init__(self) -> None:
        self._tasks: dict[str, Task] = {}

    def feed(self, rows: Sequence[Row], job_type: str) -> None:
        """Take one page of one scenario's tasks, with their subtasks."""
        for row in rows:
            task = self._read(row, job_type)
            for child in records(row.get("children")):
                self._read(child, job_type, task)

    def _read(self, row: Row, job_type: str, parent: Task | None = None) -> Task:
        state = word(row.get("status")) or ""
        created = moment(row.get("create_time"))
        task = Task(
            id=text(row.get("id")) or "",
            name=text(row.get("name")) or "",
            status=state,
            group=status(state, word(row.get("task_type"))).group,
            scenario=text(row.get("job_type")) or job_type,
            engine=text(row.get("engine_type")) or "",
            created=iso(created) if created else "",
            parent=(parent.name or parent.id) if parent else "",
            parent_id=parent.id if parent else "",
        )
        key = task.id or f"{task.name}/{len(self._tasks)}"
        self._tasks.setdefault(key, task)
        return task

    @property
    def tasks(self) -> list[Task]:
        """Every task, in the order it was met."""
        return list(self._tasks.values())


def jobs_answer(
    tasks: Sequence[Task],
    *,
    name: str = "",
    state: str = "",
    job_type: str = "",
    engine_type: str = "",
    offset: int = 0,
    limit: int = 50,
    all_profiles: bool = False,
    proven: bool = True,
) -> JobsAnswer:
    """Summarise *tasks*: counts over those that match, then one row each.

    *proven* tells whether they are all tasks there are: "none" is said of a whole list only.
    """
    if is_every(name) and name.lower() not in {task.name.lower() for task in tasks}:
        name = ""
    wanted = by_trouble(
        task
        for task in tasks
        if (name.lower() in task.name.lower() or fit(name.strip(), task.name) is not None)
        and state in ("", task.group)
        and job_type in ("", task.scenario)
        and engine_type.lower() in task.engine.lower()
    )
    groups = Counter(task.group for task in wanted)
    by_state = {group: groups[group] for group in _ORDER if groups[group]}
    filters: dict[str, str | int | bool] = {
        key: value
        for key, value in (
            ("name", name),
            ("state", state),
            ("job_type", job_type),
            ("engine_type", engine_type),
            ("all_profiles", all_profiles),
        )
        if value
    }
    names = Counter(_named(task) for task in tasks)
    rows = [
        (
            task.name,
            # A name that no other task has is as good as the ID, at a quarter of its price.
            task.id if names[_named(task)] > 1 or not task.name else None,
            task.status,
            task.scenario,
            task.engine,
            task.created[:10],
            task.parent,
            task.profile,
        )
        for task in wanted[offset : offset + limit]
    ]
    return JobsAnswer(
        headline=_headline(
            by_state, len(wanted), len(tasks), filtered=len(wanted) < len(tasks), proven=proven
        ),
        by_state=by_state,
        by_scenario=top_counts(Counter(as_identifier(task.scenario) or "other" for task in wanted)),
        by_profile=dict(Counter(task.profile for task in wanted if task.profile)),
        jobs=table(
            ("name", "id", "status", "scenario", "engine", "created", "parent", "profile"),
            rows,
            total=len(wanted),
            start=offset,
            more=NextCall(tool="list_jobs", args=dict(filters)),
        ),
        next=_next(wanted, names),
    )


def by_trouble(tasks: Iterable[Task]) -> list[Task]:
    """Troubled ones first; within a state the newest first."""
    newest = sorted(tasks, key=lambda task: task.created, reverse=True)
    return sorted(newest, key=lambda task: _ORDER.index(task.group) if task.group in _ORDER else 0)


def _headline(
    by_state: dict[str, int], matching: int, known: int, *, filtered: bool, proven: bool
) -> str:
    if not matching and not proven:
        seen = f"none of {plural(known, 'task')} seen matches" if filtered else "no task was seen"
        return f"Whether there are such tasks is unknown: {seen}, and not everything could be read."
    if not matching:
        return (
            f"No task matches, of {plural(known, 'task')}."
            if filtered
            else "There are no tasks in this project and region."
        )
    counts = ", ".join(f"{number} {group}" for group, number in by_state.items())
    scope = f" of {known:,}" if filtered else ""
    seen = "" if proven else " seen, but not everything could be read"
    return f"{plural(matching, 'task')}{scope}{seen}: {counts}."


def _named(task: Task) -> tuple[str, str]:
    return task.profile, task.name.lower()


def _next(tasks: Sequence[Task], names: Counter[tuple[str, str]]) -> list[NextCall]:
    failed = next((task for task in tasks if task.group == "failed"), None)
    if failed is None:
        return []
    # A call that we recommend holds no prose of others: the ID says the same.
    job = failed.name if as_name(failed.name) and names[_named(failed)] == 1 else failed.id
    where = {"profile": failed.profile} if failed.profile else {}
    return [NextCall(tool="diagnose_job", args={"job": job, **where})]
