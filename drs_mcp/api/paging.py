"""Pages in order, whatever the server's undocumented limits are.

Nobody has written down how many rows DRS hands out at most, nor whether `offset` counts rows or
pages; some lists carry no `total_count`, and a live log grows while it is read. So: the stride is
what the first page brought; the last page, asked for second, tells rows from pages without
comparing contents; overlap is dropped by position.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field

import anyio

from drs_mcp.api.query import MAX_LIMIT
from drs_mcp.api.wire.values import Row
from drs_mcp.errors import BadAnswer, DrsError, RequestRefused

WINDOW = 4
"""Pages asked for ahead of the one being folded: what a read holds in memory at most."""

_SMALLER = (MAX_LIMIT, 100, 10)


@dataclass(frozen=True)
class Page:
    """One answer of a list: its rows, and the total it claims (None: it claims none)."""

    rows: Sequence[Row]
    total: int | None = None


@dataclass(frozen=True)
class Coverage:
    """How much of a list was read: `rows` of `of` (None: nobody knows), and why not all."""

    rows: int
    of: int | None = None
    why: str = ""

    @property
    def complete(self) -> bool:
        """Whether everything was read."""
        return not self.why


Fetch = Callable[[int, int], Awaitable[Page]]
"""(offset, limit) -> one page."""

Feed = Callable[[Sequence[Row]], None]
"""Takes rows in order, each once."""

NewestFirst = Callable[[Sequence[Row]], bool]
"""Tells from the first page whether new rows appear at the head, shifting the others."""


def _stable(_: Sequence[Row]) -> bool:
    return False


async def read_pages(
    fetch: Fetch, feed: Feed, *, newest_first: NewestFirst = _stable, limit: int = MAX_LIMIT
) -> Coverage:
    """Read a whole list, feeding every row once and in order.

    Rows that appear while the list is read are left out: the list is as it was when its first
    page was read.

    Returns:
        What was read. When a later page fails or a limit is reached, a contiguous prefix has been
        fed and `why` says what stopped it.

    Raises:
        DrsError: the first page could not be read.
    """
    first, limit = await _first(fetch, limit)
    feed(first.rows)
    reader = _PageReader(fetch, feed, limit, len(first.rows), newest_first(first.rows))
    try:
        if first.total is None:
            return await reader.without_total(first)
        return await reader.with_total(max(first.total, len(first.rows)))
    except DrsError as error:
        return Coverage(reader.fed, first.total, str(error).partition("\n")[0])


async def _first(fetch: Fetch, limit: int) -> tuple[Page, int]:
    sizes = [limit, *(size for size in _SMALLER if size < limit)]
    for size, smaller in zip(sizes, [*sizes[1:], 0], strict=True):
        try:
            return await fetch(0, size), size
        except (RequestRefused, BadAnswer) as error:
            # A limit above the server's own, or a page too large to hold: ask for less.
            if not smaller or error.of_credentials:
                raise
    raise AssertionError("unreachable")


@dataclass
class _Slot:
    """A page on its way."""

    offset: int
    page: Page | None = None
    error: DrsError | None = None
    done: anyio.Event = field(default_factory=anyio.Event)

    async def fill(self, fetch: Fetch, limit: int) -> None:
        try:
            self.page = await fetch(self.offset, limit)
        except DrsError as error:
            self.error = error
        self.done.set()


@dataclass
class _PageReader:
    fetch: Fetch
    feed: Feed
    limit: int
    fed: int
    newest_first: bool
    total: int = 0
    stride: int = field(init=False)
    by_row: bool = True
    grown: int = 0
    """Rows that have appeared at the head since the first page."""

    def __post_init__(self) -> None:
        self.stride = self.fed

    # -- lists that tell their total -----------------------------------------------------------

    async def with_total(self, total: int) -> Coverage:
        self.total = total
        if self.fed >= total:
            return Coverage(self.fed, self.fed)
        if self.stride == 0:
            return Coverage(0, total, "DRS told of rows but returned none")
        # With row offsets the last page has rows; with page offsets so high an index has none.
        end = self.stride * ((total - 1) // self.stride)
        last = await self._last(end)
        self.by_row = bool(last.rows) or self.stride == 1
        await self._in_order(range(1, -(-total // self.stride)), {end: last} if self.by_row else {})
        # A log that grew at its head has pushed its oldest rows past the offsets first planned.
        while self.fed < total and await self._fill_gap():
            pass
        why = "" if self.fed >= total else "DRS returned fewer rows than it told of"
        return Coverage(self.fed, total, why)

    async def _last(self, end: int) -> Page:
        try:
            return await self.fetch(end, self.limit)
        except RequestRefused as error:
            if error.of_credentials:
                raise
            return Page([])  # a page index past the end may be an error

    async def _in_order(self, pages: range, known: dict[int, Page]) -> None:
        offsets = iter([number * (self.stride if self.by_row else 1) for number in pages])
        waiting: deque[_Slot] = deque()
        failed: DrsError | None = None
        async with anyio.create_task_group() as group:
            for _ in range(WINDOW):
                self._launch(offsets, known, waiting, group.start_soon)
            while waiting and failed is None:
                slot = waiting.popleft()
                await slot.done.wait()
                self._launch(offsets, known, waiting, group.start_soon)
                failed = slot.error or await self._take(slot)
            group.cancel_scope.cancel()  # nothing is under way, unless one failed
        if failed is not None:
            raise failed

    def _launch(
        self,
        offsets: Iterator[int],
        known: dict[int, Page],
        waiting: deque[_Slot],
        start: Callable[..., object],
    ) -> None:
        offset = next(offsets, None)
        if offset is None:
            return
        slot = _Slot(offset, known.pop(offset, None))
        if slot.page is None:
            start(slot.fill, self.fetch, self.limit)
        else:
            slot.done.set()
        waiting.append(slot)

    async def _take(self, slot: _Slot) -> DrsError | None:
        """Feed a page, and first what is missing before it; why that could not be read, if so.

        Returned, not raised: a task group would wrap it, and nobody above expects a group.
        """
        page = slot.page or Page([])
        try:
            while not self._place(page, slot.offset * (1 if self.by_row else self.stride)):
                if not await self._fill_gap():
                    return None
        except DrsError as error:
            return error
        return None

    def _place(self, page: Page, position: int) -> bool:
        """Feed what is new in a page; False when rows before it have not been fed yet."""
        seen = self.fed - position + self._growth(page)
        if seen < 0:
            return False
        fresh = page.rows[seen : seen + self.total - self.fed]
        if fresh:
            self.fed += len(fresh)
            self.feed(fresh)
        return True

    def _growth(self, page: Page) -> int:
        if not self.newest_first or page.total is None:
            return 0
        growth = max(0, page.total - self.total)
        self.grown = max(self.grown, growth)
        return growth

    async def _fill_gap(self) -> bool:
        """Read the page that holds the next row; False when DRS has no more."""
        position = self.fed + self.grown
        offset = position if self.by_row else position // self.stride
        page = await self.fetch(offset, self.limit)
        before = self.fed
        placed = self._place(page, offset if self.by_row else offset * self.stride)
        return placed and self.fed > before

    # -- lists that do not ----------------------------------------------------------------------

    async def without_total(self, first: Page) -> Coverage:
        if not first.rows:
            return Coverage(0, 0)
        # One row further on: the same rows less the first, or the next page?
        probe = await self._next(1)
        if not probe or list(probe) == list(first.rows):
            return Coverage(self.fed, self.fed)
        known = self.stride - 1
        self.by_row = list(probe[:known]) == list(first.rows[1:]) and self.stride > 1
        if self.by_row:
            if len(probe) <= known:
                return Coverage(self.fed, self.fed)
            previous: Sequence[Row] = first.rows
        else:
            self._append(probe)
            previous = probe
        number = 1 if self.by_row else 2
        while True:
            rows = await self._next(self.fed if self.by_row else number)
            if not rows or list(rows) == list(previous):
                return Coverage(self.fed, self.fed)
            self._append(rows)
            previous = rows
            number += 1

    def _append(self, rows: Sequence[Row]) -> None:
        self.fed += len(rows)
        self.feed(rows)

    async def _next(self, offset: int) -> Sequence[Row]:
        try:
            return (await self.fetch(offset, self.limit)).rows
        except RequestRefused as error:
            if error.of_credentials:
                raise
            return ()
