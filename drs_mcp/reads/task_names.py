"""The names of tasks for completion: a short-lived list that nobody waits long for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import anyio

from drs_mcp.api.connections import Connections
from drs_mcp.api.http.limits import Limits
from drs_mcp.errors import DrsError
from drs_mcp.quoting.quoted import quote
from drs_mcp.reads.tasks import CACHED_S, RETRY_AFTER_S, list_tasks
from drs_mcp.summaries.tasks.task import Task

TIMEOUT_S = 2.0
_READ_SHARE = 0.75
"""Share of the patience after which reading stops, so that what came so far is kept."""

_MOST_CHARS = 100
"""Longer names are not offered; DRS allows 50 characters."""


@dataclass(frozen=True)
class Names:
    """Task names in order, and whether they are all there are."""

    names: tuple[str, ...] = ()
    complete: bool = False


class TaskNames:
    """The names of the default profile's tasks, read when they are asked for and then kept.

    Args:
        connections: where to read.
        timeout_s: how long one question may take at most.
    """

    def __init__(self, connections: Connections, timeout_s: float = TIMEOUT_S) -> None:
        self._connections = connections
        self._timeout_s = timeout_s
        self._reading = anyio.Lock()
        self._names = Names()
        self._due = connections.clock.monotonic()

    async def known(self) -> Names:
        """The names, fresh where one short attempt could read them; else what is known."""
        if self._is_due:
            with anyio.move_on_after(self._timeout_s):
                async with self._reading:
                    if self._is_due:
                        await self._read()
        return self._names

    @property
    def _is_due(self) -> bool:
        return self._connections.clock.monotonic() >= self._due

    async def _read(self) -> None:
        clock = self._connections.clock
        cached_s = RETRY_AFTER_S
        try:
            drs = await self._connections.open()
            limits = Limits(clock, deadline_s=self._timeout_s * _READ_SHARE)
            tasks, missing = await list_tasks(
                replace(drs, client=replace(drs.client, limits=limits))
            )
            if missing:
                self._names = Names(_merged(self._names.names, _displayable(tasks)))
            else:
                self._names = Names(_displayable(tasks), complete=True)
                cached_s = CACHED_S
        except DrsError:
            return  # completion has no place for an error: the tools tell it
        finally:
            self._due = clock.monotonic() + cached_s


def _displayable(tasks: Sequence[Task]) -> tuple[str, ...]:
    """Names that can be shown as they are and asked with, in order; one that several share once."""
    names = {task.name.lower(): task.name for task in tasks if _is_displayable(task.name)}
    return tuple(names[key] for key in sorted(names))


def _merged(known: Sequence[str], read: Sequence[str]) -> tuple[str, ...]:
    names = {name.lower(): name for name in (*known, *read)}
    return tuple(names[key] for key in sorted(names))


def _is_displayable(name: str) -> bool:
    return bool(name) and quote(name, _MOST_CHARS) == name
