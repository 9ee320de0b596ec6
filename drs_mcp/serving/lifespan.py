"""What the lifespan has opened, for handlers that the SDK gives no request context."""

from collections.abc import Iterator
from contextlib import contextmanager

from drs_mcp.api.connections import Connections
from drs_mcp.reads.task_names import TaskNames


class LifespanState:
    """The connections of the running server, and the task names known over them.

    Tools get theirs from the request; resources without parameters and completion get none.
    """

    def __init__(self) -> None:
        self._held: list[tuple[Connections, TaskNames]] = []

    @contextmanager
    def hold(self, connections: Connections) -> Iterator[None]:
        """Serve over *connections* until the lifespan ends."""
        held = (connections, TaskNames(connections))
        self._held.append(held)
        try:
            yield
        finally:
            self._held.remove(held)

    @property
    def connections(self) -> Connections:
        """The connections opened last."""
        return self._held[-1][0]

    @property
    def task_names(self) -> TaskNames:
        """The task names known over them."""
        return self._held[-1][1]
