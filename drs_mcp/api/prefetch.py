"""A page on its way: asked for before the ones before it have been folded."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import anyio

from drs_mcp.api.joining import Page
from drs_mcp.errors import DrsError

Fetch = Callable[[int, int], Awaitable[Page]]
"""(offset, limit) -> one page."""


@dataclass
class Slot:
    """A page on its way."""

    offset: int
    page: Page | None = None
    error: DrsError | None = None
    done: anyio.Event = field(default_factory=anyio.Event)

    async def fill(self, fetch: Fetch, limit: int) -> None:
        """Read it; an error is kept for whoever comes to it."""
        try:
            self.page = await fetch(self.offset, limit)
        except DrsError as error:
            self.error = error
        self.done.set()
