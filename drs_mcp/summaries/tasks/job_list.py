"""The task list (`GET /v5/{project_id}/jobs`): counts over all tasks, troubled ones first."""

from collections import Counter
from collections.abc import Sequence

from drs_mcp.api.wire.values import Row, moment, records, text, word
from drs_mcp.clock import iso
from drs_mcp.knowledge.engines.links import fits_link
from drs_mcp.knowledge.statuses import status
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.names import as_name, is_every
from drs_mcp.quoting.quoted import Name, as_identifier
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table, top_counts
from drs_mcp.summaries.tasks.alike import days_of, in_rows, names_of
from drs_mcp.summaries.tasks.lookup.name_words import fit
from drs_mcp.summaries.tasks.lookup.task_search import fit_of_id
from drs_mcp.summaries.tasks.states import GROUPS, wanted_states
from drs_mcp.summaries.tasks.task import WIDE, Task, by_trouble, wide_of

_PAUSED = "paused (PAUSING)"
"""DRS's word says that it is about to be, which it is not."""


_ENGINES = 20
"""Engine types that are told where none fits."""

_COLUMNS = ("name", "tasks", "id", "status", "scenario", "engine", "created", "parent", "profile")


class JobsAnswer(Answer, Closing):
    """Answer of `list_jobs`.

    A row that stands for several tasks alike names them all and says how many in `tasks`: `jobs`
    counts rows, `by_state` tasks.
    """

    essential = frozenset({"by_state"})

    by_state: dict[str, int] = {}
    by_scenario: dict[str, int] = {}
    by_profile: dict[Name, int] = {}
    jobs: Table = Table()


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
            group=_group(state, word(row.get("task_type"))),
            scenario=text(row.get("job_type")) or job_type,
            engine=text(row.get("engine_type")) or "",
            created=iso(created) if created else "",
            parent=(parent.name or parent.id) if parent else "",
            parent_id=parent.id if parent else "",
            wide=wide_of(row),
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
    full: bool = False,
    wide: bool = False,
) -> JobsAnswer:
    """Summarise *tasks*: counts over those that match, then a row each; like ones share one.

    *proven* tells whether they are all tasks there are: "none" is said of a whole list only. With
    *full* or *wide* every task has a row of its own; *wide* has every column.

    Raises:
        ArgumentError: *state* names no state.
    """
    if is_every(name) and name.lower() not in {task.name.lower() for task in tasks}:
        name = ""
    if is_every(engine_type):
        engine_type = ""
    states = wanted_states(state)
    wanted = by_trouble(
        task
        for task in tasks
        if (
            name.lower() in task.name.lower()
            or fit(name.strip(), task.name) is not None
            or fit_of_id(name, task.id) is not None
        )
        and states.takes(task.group, task.status)
        and job_type in ("", task.scenario)
        and (not engine_type or fits_link(engine_type, task.engine))
    )
    groups = Counter(task.group for task in wanted)
    by_state = {group: groups[group] for group in GROUPS if groups[group]}
    filters: dict[str, str | int | bool] = {
        key: value
        for key, value in (
            ("name", name),
            ("state", state),
            ("job_type", job_type),
            ("engine_type", engine_type),
            ("all_profiles", all_profiles),
            ("view", "wide" if wide else ""),
        )
        if value
    }
    names = Counter(_named(task) for task in tasks)
    listed = in_rows(wanted, lambda task: names[_named(task)] == 1, folded=not (full or wide))
    rows = [
        (
            names_of(row),
            len(row) if len(row) > 1 else None,
            # A name that no other task has is as good as the ID, at a quarter of its price.
            row[0].id if wide or names[_named(row[0])] > 1 or not row[0].name else None,
            _PAUSED if row[0].status == "PAUSING" else row[0].status,
            row[0].scenario,
            row[0].engine,
            days_of(row),
            row[0].parent,
            row[0].profile,
            *(row[0].wide if wide else ()),
        )
        for row in listed[offset : offset + limit]
    ]
    return JobsAnswer(
        headline=_headline(
            by_state, len(wanted), len(tasks), filtered=len(wanted) < len(tasks), proven=proven
        ),
        by_state=by_state,
        by_scenario=top_counts(Counter(as_identifier(task.scenario) or "other" for task in wanted)),
        by_profile=dict(Counter(task.profile for task in wanted if task.profile)),
        jobs=table(
            (*_COLUMNS, *WIDE.values(), "actions") if wide else _COLUMNS,
            rows,
            total=len(listed),
            start=offset,
            more=NextCall(tool="list_jobs", args=dict(filters)),
        ),
        notes=_engines(engine_type, tasks),
        next=_next(wanted, names),
    )


def _engines(wanted: str, tasks: Sequence[Task]) -> list[str]:
    """Which engines there are, where none is the one that is *wanted*."""
    there = Counter(told for task in tasks if (told := as_word(task.engine)))
    if not wanted or not there or any(fits_link(wanted, task.engine) for task in tasks):
        return []
    told = ", ".join(sorted(engine for engine, _ in there.most_common(_ENGINES)))
    more = f" and {len(there) - _ENGINES} more" if len(there) > _ENGINES else ""
    return [f"No task is of that engine_type. Those there are: {told}{more}."]


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


def _group(value: str, task_type: str | None) -> str:
    """The state that a task is counted by: what is complete does not run.

    A full-only task is finished then, as is one whose type the list does not tell; any other waits
    for its incremental phase, or a subtask to be merged.
    """
    if value == "CHILD_TRANSFER_COMPLETE":
        return "waiting"
    if value == "FULL_TRANSFER_COMPLETE":
        return "finished" if task_type in ("FULL_TRANS", None) else "waiting"
    return status(value, task_type).group


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
