"""What is told of a `job` that names no task, or several: so that the next call is right."""

from collections import Counter
from collections.abc import Mapping, Sequence

from drs_mcp.errors import AmbiguousTaskName, ArgumentError, TaskNameNotFound
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.tasks.lookup.name_words import Fit
from drs_mcp.summaries.tasks.lookup.task_search import Hits, nearest
from drs_mcp.summaries.tasks.lookup.task_word import TaskWord
from drs_mcp.summaries.tasks.task import Task, by_trouble

MOST_TOLD = 5
_MOST_LISTED = 10


def no_job(tasks: Sequence[Task], region: str, missing: Sequence[str]) -> ArgumentError:
    """No task is named at all: tells which there are."""
    told = [_called(task, tasks) + _aside(task) for task in by_trouble(tasks)[:_MOST_LISTED]]
    more = f", and {len(tasks) - len(told):,} more" if len(tasks) > len(told) else ""
    there = f" Tasks in {region}: {', '.join(told)}{more}." if told else f" {region} has no task."
    return ArgumentError(f"job names no task: give the name or ID of one.{there}{_unread(missing)}")


def several_ids(ids: Sequence[str]) -> ArgumentError:
    """The text holds several task IDs."""
    told = ", ".join(quote(found, 64) for found in ids[:MOST_TOLD])
    return ArgumentError(f"job holds {len(ids)} task IDs: {told}. Ask for one of them.")


def not_found(
    word: TaskWord, tasks: Sequence[Task], region: str, missing: Sequence[str]
) -> TaskNameNotFound:
    """No task fits: tells the nearest names."""
    if word.link:
        return TaskNameNotFound(
            "The link given as job holds no task ID: give the link to the task's own page, its "
            "name or its ID. Call list_jobs to see the tasks."
        )
    near = [f"{_called(task, tasks)}{_aside(task)}" for task in nearest(word, tasks)]
    hint = f" Nearest: {', '.join(near)}." if near else ""
    if tasks and not near and len(tasks) <= MOST_TOLD:
        told = ", ".join(_called(task, tasks) + _aside(task) for task in by_trouble(tasks))
        hint = f" There {'is' if len(tasks) == 1 else 'are'} {told}."
    name = as_name(word.clean)
    named = f"is named {name}" if name else "has that name"
    return TaskNameNotFound(
        f"No task {named} in {region} ({plural(len(tasks), 'task')} seen).{hint}{_unread(missing)} "
        "Call list_jobs to see the tasks, and check region and project."
    )


def ambiguous(
    word: TaskWord, hits: Hits, tasks: Sequence[Task], destinations: Mapping[str, str]
) -> AmbiguousTaskName:
    """Several tasks fit: lists them, the best first, each by what the next call should say.

    *destinations*: task ID -> where it writes to, as far as that was read.
    """
    told = "; ".join(
        (called := _called(task, tasks))
        + _aside(
            task,
            destinations.get(task.id, ""),
            created=hits.named,
            name="" if called == as_name(task.name) else as_name(task.name) or "",
        )
        for task in hits.tasks[:MOST_TOLD]
    )
    more = f"; and {len(hits.tasks) - MOST_TOLD} more" if len(hits.tasks) > MOST_TOLD else ""
    said = as_name(word.clean) or "that"
    how = (
        f"{len(hits.tasks)} tasks are named {said} (names match without case)"
        if hits.best in (Fit.EXACT, Fit.CLEANED, Fit.CASE) and hits.alike == len(hits.tasks)
        else f"{len(hits.tasks)} tasks fit {said}"
    )
    return AmbiguousTaskName(f"{how}: {told}{more}. Ask again with one of these as job.")


def _called(task: Task, tasks: Sequence[Task]) -> str:
    """The name where it may stand in a sentence and no other task's, else the ID."""
    names = Counter(one.name.casefold() for one in tasks)
    name = as_name(task.name)
    return name if name and names[task.name.casefold()] <= 1 else quote(task.id, 64)


def _aside(task: Task, destination: str = "", *, created: bool = False, name: str = "") -> str:
    engine = as_word(task.engine)
    facts = [f"named {name}"] if name else []
    facts += [as_word(task.status) or "unknown status", *([engine] if engine else [])]
    if destination:
        facts.append(f"to {destination}")
    if created and task.created:
        facts.append(f"created {task.created}")
    return f" ({', '.join(facts)})"


def _unread(missing: Sequence[str]) -> str:
    return f" Not everything could be listed ({' '.join(missing)})" if missing else ""
