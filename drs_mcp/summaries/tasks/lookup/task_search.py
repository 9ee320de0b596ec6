"""Which of the tasks a caller means by a name, a part of it, or its words in any order."""

import difflib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from drs_mcp.summaries.tasks.lookup.name_words import Fit, fit, words_of
from drs_mcp.summaries.tasks.lookup.task_word import TaskWord
from drs_mcp.summaries.tasks.task import Task

_NEAR = 0.6
"""Likeness, of 1, from which a name is told as near."""

_NEAR_WORD = 0.75
_LONGEST_WORD = 32
_LEAST_OF_ID = 8
"""So many characters of an ID name it: its first group, or the end of its last."""


class Hits(NamedTuple):
    """The tasks that fit, best first, and how well the best of them do."""

    tasks: tuple[Task, ...] = ()
    best: Fit | None = None
    alike: int = 0
    """So many of them, from the first, fit equally well."""

    @property
    def one(self) -> Task | None:
        """The task that is meant; None where there is none, or more than one."""
        return self.tasks[0] if self.alike == 1 else None

    @property
    def named(self) -> bool:
        """Whether what was said is the very name, case aside."""
        return self.best is not None and self.best <= Fit.CASE


def search(word: TaskWord, tasks: Iterable[Task]) -> Hits:
    """The *tasks* that fit the *word*; words that mean none fit a task of that very name only."""
    worst = Fit.CASE if word.is_empty else Fit.INSIDE
    found = [
        (fits, task) for task in tasks if (fits := _fit(word, task)) is not None and fits <= worst
    ]
    if not found:
        return Hits()
    best = min(fits for fits, _ in found)
    alike = _without_subtasks([task for fits, task in found if fits == best])
    others = sorted((one for one in found if one[1] not in alike), key=lambda one: one[0])
    return Hits((*alike, *(task for _, task in others)), best, len(alike))


def nearest(word: TaskWord, tasks: Sequence[Task], most: int = 3) -> list[Task]:
    """The tasks whose names are most like the *word*, those that share words with it first."""
    said = words_of(word.clean)
    job_ref = {one for one in (*said.plain, *said.camel) if len(one) > 1}
    by_name = {task.name: task for task in tasks}

    def shared(name: str) -> int:
        known = words_of(name)
        return len(job_ref & {*known.plain, *known.camel})

    sharing = sorted((name for name in by_name if shared(name)), key=shared, reverse=True)
    folded = {words_of(name).folded: name for name in by_name}
    like = difflib.get_close_matches(said.folded, folded, n=most, cutoff=_NEAR)
    names = dict.fromkeys([*(folded[one] for one in like), *sharing[:most]])
    if not names:
        names = dict.fromkeys(name for name in by_name if _has_word_like(job_ref, name))
    return [by_name[name] for name in names][:most]


def _has_word_like(said: Iterable[str], name: str) -> bool:
    known = words_of(name)
    words = {word for word in (*known.plain, *known.camel) if len(word) <= _LONGEST_WORD}
    short = [one for one in said if len(one) <= _LONGEST_WORD]
    return any(difflib.get_close_matches(one, words, n=1, cutoff=_NEAR_WORD) for one in short)


def _fit(word: TaskWord, task: Task) -> Fit | None:
    if word.names and task.name == word.names[0]:
        return Fit.EXACT
    fits = [found for said in word.names if (found := fit(said, task.name)) is not None]
    if (of_id := fit_of_id(word.clean, task.id)) is not None:
        fits.append(of_id)
    return min(fits, default=None)


def fit_of_id(said: str, task_id: str) -> Fit | None:
    """How closely what was *said* fits an ID: the whole of it, or as much of it as names it."""
    said, known = said.strip().casefold(), task_id.casefold()
    if said and said == known:
        return Fit.CASE
    return Fit.PART if len(said) >= _LEAST_OF_ID and said in known else None


def _without_subtasks(tasks: list[Task]) -> list[Task]:
    """Without the subtasks of tasks that are among them: the parent is meant."""
    ids = {task.id for task in tasks}
    return [task for task in tasks if task.parent_id not in ids]
