"""Tasks that one could be taken for: almost the same name, or the same source elsewhere."""

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from drs_mcp.api.wire.job import Job
from drs_mcp.knowledge.engines.links import ENGINE_NAMES
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.tasks.endpoints import destination_of, source_keys
from drs_mcp.summaries.tasks.lookup.name_words import Words, words_of
from drs_mcp.summaries.tasks.task import Task, by_trouble

MOST_READ = 2
"""Of so many the endpoints are read: few, as requests of a call wait for each other."""
MOST_TOLD = 3

_UNREAD = "Tasks of like names: unread ({})."
_NEAR = 0.85
"""Likeness, of 1, from which two names are almost the same."""
_LONGEST = 64
_MORE_WORDS = 2
_FAMILY = 5
"""A first word that more tasks have tells nothing of what they share."""
_GENERIC = ENGINE_NAMES | {"drs", "task", "job", "sync", "migration", "test", "prod", "db"}


@dataclass(frozen=True)
class Namesakes:
    """The tasks that are named like one, the likest first, and what was read of the first few.

    Attributes:
        name: the name of that one.
        near: almost the same name.
        kin: the same first word: worth telling where they have the same source.
        details: the `job` objects of those that were read, by ID.
        others: the names of all other tasks but those, in lower case.
        family: the names of that one, its parent and its subtasks, in lower case.
        unread: why not everything is known, in our own words; empty where it is.
    """

    name: str = ""
    near: tuple[Task, ...] = ()
    kin: tuple[Task, ...] = ()
    details: tuple[tuple[str, Job], ...] = ()
    unread: str = ""
    others: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()

    @property
    def candidates(self) -> tuple[Task, ...]:
        """Those that are told of only if they have the same source."""
        return self.kin[:MOST_READ]

    def notes(self, own: Job | None) -> list[str]:
        """What to tell of them; *own* is the `job` object of the task itself."""
        return self._told(own) + ([_UNREAD.format(self.unread)] if self.unread else [])

    def _told(self, own: Job | None) -> list[str]:
        details = dict(self.details)
        source = source_keys(own) if own is not None else frozenset()
        same = {job_id for job_id, job in details.items() if source & source_keys(job)}
        told = [*self.near, *(task for task in self.kin if task.id in same)]
        if not told:
            return []
        names = Counter(task.name.casefold() for task in told) + Counter([self.name.casefold()])
        asides = [
            _called(task, names[task.name.casefold()] == 1) + _aside(task, details, same)
            for task in told[:MOST_TOLD]
        ]
        more = f" and {plural(len(told) - len(asides), 'other task')}"
        rest = more if len(told) > len(asides) else ""
        return [f"Not to be confused with {', '.join(asides)}{rest}."]


def namesakes(job_id: str, tasks: Sequence[Task]) -> Namesakes:
    """The other *tasks* that are named like the one of that ID; its own subtasks are not."""
    own = next((task for task in tasks if task.id == job_id), None)
    if own is None or not own.name:
        return Namesakes()
    family = {own.id, own.parent_id} - {""}
    others = [
        task
        for task in by_trouble(tasks)
        if task.group != "deleted" and task.id not in family and task.parent_id not in family
    ]
    said = words_of(own.name)
    likeness = {task.id: _likeness(said, words_of(task.name)) for task in others}
    near = sorted((one for one in others if likeness[one.id]), key=lambda one: -likeness[one.id])
    first = said.plain[0] if said.plain else ""
    firsts = Counter(words_of(task.name).plain[:1] for task in others if not task.parent_id)
    telling = first not in _GENERIC and len(first) > 1 and firsts[(first,)] <= _FAMILY
    kin = [
        task
        for task in others
        if telling and not likeness[task.id] and words_of(task.name).plain[:1] == (first,)
    ]
    names = {one.name.casefold() for one in others} - {own.name.casefold()}
    kept = {task.name.casefold() for task in tasks if {task.id, task.parent_id} & family}
    return Namesakes(
        own.name,
        tuple(near),
        tuple(kin),
        others=frozenset(names),
        family=frozenset(kept - {""}),
    )


def _likeness(own: Words, other: Words) -> float:
    """From `_NEAR` to 1 where two names are almost the same, else 0."""
    if own.letters == other.letters:
        return 1.0
    few, many = sorted((set(own.plain), set(other.plain)), key=len)
    if few < many and len(many) - len(few) <= _MORE_WORDS and not few <= _GENERIC:
        return _NEAR
    # DRS allows 50 characters; of thousands of names the two bounds of the likeness cost little.
    match = difflib.SequenceMatcher(None, other.letters[:_LONGEST], own.letters[:_LONGEST])
    if match.real_quick_ratio() < _NEAR or match.quick_ratio() < _NEAR:
        return 0.0
    ratio = match.ratio()
    return ratio if ratio >= _NEAR else 0.0


def _called(task: Task, is_unique: bool) -> str:
    name, job_id = as_name(task.name), quote(task.id, 64)
    if name is None:
        return job_id
    return name if is_unique else f"{name}, {job_id}"


def _aside(task: Task, details: Mapping[str, Job], same_source: set[str]) -> str:
    facts = [as_word(task.status) or "unknown status"]
    if engine := as_word(task.engine):
        facts.append(engine)
    if task.id in details and (destination := destination_of(details[task.id])):
        facts.append(f"to {destination}")
    if task.id in same_source:
        facts.append("same source")
    return f" ({', '.join(facts)})"
