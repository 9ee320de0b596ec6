"""Asking for pages: the first with a limit that the server takes, others ahead of the fold."""

from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

import anyio

from drs_mcp.api.joining import Page
from drs_mcp.api.query import MAX_LIMIT
from drs_mcp.errors import BadAnswer, DrsError, RequestRefused

WINDOW = 4
"""Pages asked for ahead of the one being folded: what a read holds in memory at most."""

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


_SMALLER = (MAX_LIMIT, 100, 10)


def sizes(limit: int) -> list[int]:
    """The limits to ask for a page with, one after the other: DRS may refuse larger ones."""
    return [limit, *(size for size in _SMALLER if size < limit)]


async def first_page(fetch: Fetch, limit: int) -> tuple[Page, int]:
    """The first page, and the limit that it was asked for with.

    Raises:
        DrsError: it could not be read with any limit.
    """
    tried = sizes(limit)
    for size in tried:
        try:
            return await fetch(0, size), size
        except (RequestRefused, BadAnswer) as error:
            # A limit above the server's own, or a page too large to hold: ask for less.
            if size == tried[-1] or error.of_credentials:
                raise
    raise AssertionError("unreachable")


async def in_order(
    fetch: Fetch,
    limit: int,
    offsets: Iterable[int],
    take: Callable[[Slot], Awaitable[bool]],
    *,
    ahead: int,
) -> None:
    """Have the pages at those offsets taken, one by one, while so many ahead are being read.

    Ends early where *take* says that there is no going on.

    Raises:
        DrsError: a page could not be read or taken.
    """
    left = iter(offsets)
    waiting: deque[Slot] = deque()
    failed: DrsError | None = None
    stuck = False
    async with anyio.create_task_group() as group:

        def launch() -> None:
            offset = next(left, None)
            if offset is not None:
                waiting.append(Slot(offset))
                group.start_soon(waiting[-1].fill, fetch, limit)

        for _ in range(ahead):
            launch()
        while waiting and failed is None and not stuck:
            slot = waiting.popleft()
            await slot.done.wait()
            launch()
            # An error is returned, not raised: the group would wrap it.
            failed = slot.error
            if failed is None:
                try:
                    stuck = not await take(slot)
                except DrsError as error:
                    failed = error
        group.cancel_scope.cancel()  # nothing is under way, unless one failed
    if failed is not None:
        raise failed
