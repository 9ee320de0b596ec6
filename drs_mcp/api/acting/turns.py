"""One action at a time on a task: a yes counts only for the state in which it was asked for.

Every action that this process sends to a task ends a turn when it begins, and the next one when it
is over. A yes that was asked for in an earlier turn is void, so that of two callers who ask at once
one acts, no yes is used twice, and none counts whose question told of the task as it was before
another action had been answered.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from drs_mcp.errors import ActionRefused

_Key = tuple[str, str]
"""Project and task."""


class Turns:
    """The turns of every task that this process has acted on."""

    def __init__(self) -> None:
        self._turns: defaultdict[_Key, int] = defaultdict(int)
        self._busy: set[_Key] = set()

    def of(self, project_id: str) -> dict[str, int]:
        """The turns of a project's tasks; 0 of one that is not named."""
        return {job: turn for (project, job), turn in self._turns.items() if project == project_id}

    @contextmanager
    def take(self, project_id: str, job_id: str, turn: int) -> Iterator[None]:
        """Act on a task, alone, in the turn for which somebody said yes.

        Raises:
            ActionRefused: another action is under way, or was begun since.
        """
        key = (project_id, job_id)
        if key in self._busy or self._turns.get(key, 0) != turn:
            raise ActionRefused(
                "Nothing was sent: another call has begun to act on this task since the question was "
                "asked. Look at the task as it is now; if the action is still wanted, ask again."
            )
        self._turns[key] += 1
        self._busy.add(key)
        try:
            yield
        finally:
            self._turns[key] += 1
            self._busy.discard(key)
