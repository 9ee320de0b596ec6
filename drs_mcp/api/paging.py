"""Pages in order, whatever the server's undocumented limits are, and whether they are one list.

Nobody has written down how many rows DRS hands out at most, nor whether `offset` counts rows or
pages. So: the stride is what the first page brought; where offsets count rows each page overlaps
the one before by rows that must be equal; page indexes leave no overlap, so what they brought is
asked for again. What cannot be proven is told in `Coverage`.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from anyio.lowlevel import checkpoint_if_cancelled

from drs_mcp.api.joining import (
    ALIKE,
    CHANGED,
    FEWER,
    IGNORED,
    NO_LIST,
    Coverage,
    Feed,
    Identities,
    Identity,
    Joined,
    Page,
    digest,
    places,
)
from drs_mcp.api.prefetch import WINDOW, Fetch, Slot, first_page, in_order
from drs_mcp.api.query import MAX_LIMIT
from drs_mcp.api.slicing import LARGE, Check, SlicedFeed
from drs_mcp.api.wire.values import Row
from drs_mcp.errors import DrsError, RequestRefused

__all__ = ["Coverage", "Feed", "Identity", "NewestFirst", "Page", "read_pages"]

_CAPS = frozenset({10, 20, 50, 100, 200, 500, MAX_LIMIT})
"""A first page of so many rows may be the server's most, even where its total says no more."""

_FAR = 10**9
"""An offset beyond every list."""

NewestFirst = Callable[[Sequence[Row]], bool]
"""Tells from the first page of a log whether new rows appear at the head, shifting the others."""


async def read_pages(
    fetch: Fetch,
    feed: Feed,
    *,
    newest_first: NewestFirst | None = None,
    identity: Identity | None = None,
    limit: int = MAX_LIMIT,
    check: Check = checkpoint_if_cancelled,
) -> Coverage:
    """Read a whole list, feeding its rows in order.

    Args:
        fetch: reads one page.
        feed: takes the rows of each page.
        newest_first: given for a log, which may grow while it is read and still be exact: as it was
            when its first page was read where it grows at its head, else as of its last page.
        identity: tells a row that came on two pages; None where rows may be alike.
        limit: rows to ask for.
        check: raises where the read is to stop; asked between slices of rows.

    Returns:
        What was read: all, or a contiguous prefix. `why` says what stopped it, and what leaves open
        whether the rows were all the list at any one moment.

    Raises:
        DrsError: the first page could not be read.
    """
    first, limit = await first_page(fetch, limit)
    slices = SlicedFeed(feed, check)
    size, total = len(first.rows), first.total
    try:
        await slices.hand_on(first.rows)
    except DrsError as error:
        return _stopped(slices, total, error)
    if first.why:
        return Coverage(size, total, first.why)
    if not size:
        if total:
            return Coverage(0, total, "DRS told of rows but returned none")
        told = first.listed or total == 0
        return Coverage(0, 0) if told else Coverage(0, None, NO_LIST)
    if total == size and size < limit and size not in _CAPS:
        return Coverage(size, size)
    joined = Joined(
        first,
        slices.take,
        Identities(identity),
        growing=newest_first is not None,
        at_head=newest_first is not None and newest_first(first.rows),
        counted=bool(total),  # 0 beside rows counts nothing
    )
    reader = _PageReader(fetch, joined, limit, slices)
    try:
        await (reader.with_total() if total and total > size else reader.without_total())
        await slices.flush()
    except DrsError as error:
        with suppress(DrsError):
            await slices.flush()
        return _stopped(slices, total, error)
    found = joined.coverage()
    if total == 0 and found.complete:
        return Coverage(found.rows, None, "DRS told of no rows but returned some")
    return found


def _stopped(slices: SlicedFeed, total: int | None, error: DrsError) -> Coverage:
    return Coverage(slices.rows, total or None, str(error).partition("\n")[0])


@dataclass
class _PageReader:
    fetch: Fetch
    joined: Joined
    limit: int
    slices: SlicedFeed
    overlap: int = field(init=False)
    newest: Sequence[Row] = ()

    def __post_init__(self) -> None:
        self.overlap = self.joined.overlap

    async def with_total(self) -> None:
        joined, stride = self.joined, self.joined.stride
        step = stride - self.overlap
        page = await self._ask(step) if step else joined.first
        found = places(joined.first.rows, page.rows) if step else []
        if found and (page.rows != joined.first.rows or joined.expected(page, step) in found):
            joined.place(page, step)
        elif not await self._rows_or_pages():
            return
        if joined.by_row:
            await self._in_order(
                range(joined.end - self.overlap, joined.total - self.overlap, step)
            )
        else:
            await self._in_order(range(2, -(-joined.total // stride)))
        await self._to_the_end()
        if not joined.by_row:
            moved = joined.fell and not joined.at_head and not joined.why
            await (self._each_again() if moved else self._again())

    async def _each_again(self) -> None:
        """Read every full page once more, where a length was told that is below one told before.

        Answers may have overtaken each other, or rows are gone and new ones hide it: then a page
        that was read before has moved.
        """
        joined = self.joined

        async def same(slot: Slot) -> bool:
            rows = slot.page.rows if slot.page else ()
            if digest(rows) != joined.whole[slot.offset * joined.stride]:
                joined.doubt(CHANGED)
            return not joined.why

        joined.whole[0] = digest(joined.first.rows)
        indexes = [position // joined.stride for position in sorted(joined.whole)]
        await in_order(self.fetch, self.limit, indexes, same, ahead=WINDOW)

    async def _rows_or_pages(self) -> bool:
        """Settle what offsets count by the second row, or page; False when there is no going on."""
        joined, first = self.joined, self.joined.first.rows
        probe = await self._ask(1)
        if not probe.rows:
            joined.doubt(FEWER if probe.total in (None, joined.total) else CHANGED)
        elif probe.rows == first and await self._ignored():
            joined.doubt(IGNORED)
        elif self._counts_rows(probe):
            joined.doubt(CHANGED)  # else the page before had begun with the last row
            return joined.place(probe, 1)
        else:
            joined.by_row = False
            return joined.place(probe, joined.stride)
        return False

    def _counts_rows(self, probe: Page) -> bool:
        """Whether the answer to offset 1 begins near the second row, not with the second page."""
        joined = self.joined
        if joined.stride == 1:
            return False
        grown = (probe.total - joined.total) if joined.counted and probe.total is not None else 0
        if joined.growing and joined.at_head and grown > 1:  # then it begins with new rows
            return len(probe.rows) - grown + 1 > 0 and (
                probe.rows[grown - 1 :] == joined.first.rows[: len(probe.rows) - grown + 1]
            )
        found = places(joined.first.rows, probe.rows)
        shifts = (0, grown)  # what came may have come before or behind
        return any(
            min(abs(at - (joined.stride - 2) - n) for n in shifts)
            < min(abs(at + 1 - n) for n in shifts)
            for at in found
        )

    async def _ignored(self) -> bool:
        """Whether an offset beyond every list brings rows."""
        return bool((await self._ask(_FAR, 1)).rows)

    async def _in_order(self, offsets: Iterable[int]) -> None:
        ahead = 1 if self.slices.heaviest > LARGE else WINDOW
        await in_order(self.fetch, self.limit, offsets, self._take, ahead=ahead)

    async def _take(self, slot: Slot) -> bool:
        """Feed a page, and first what is missing before it; False when that is not to be had."""
        joined = self.joined
        page, position = slot.page or Page([]), self._position(slot.offset)
        while not await self._place(page, position):
            if (joined.why and joined.at_end) or not await self._next():
                return False
        await self.slices.flush()
        return True

    async def _place(self, page: Page, position: int) -> bool:
        joined = self.joined
        if joined.by_row and joined.ambiguous(page, position):
            # A page that begins far enough back joins in one way only.
            last = joined.end - 1  # where the newest answer has the last row fed
            back = joined.telling
            if back and back <= last:
                page, position = await self.fetch(last - back, self.limit), last - back
            if joined.ambiguous(page, position):
                joined.doubt(ALIKE)
        return joined.place(page, position)

    def _position(self, offset: int) -> int:
        return offset if self.joined.by_row else offset * self.joined.stride

    async def _next(self) -> bool:
        """Read the page that holds the next row; False when DRS has no more."""
        return await (self._next_rows() if self.joined.by_row else self._next_page())

    async def _next_page(self) -> bool:
        joined, before = self.joined, self.joined.rows
        for _ in range(WINDOW):
            index, growth = joined.end // joined.stride, joined.growth
            placed = joined.place(await self._ask(index), self._position(index))
            if joined.rows > before or not placed or joined.growth == growth:
                break  # else a log grew meanwhile, and its rows are further on
        return joined.rows > before

    async def _next_rows(self) -> bool:
        joined, before = self.joined, self.joined.rows
        # A page of old rows only: the list ends here, the page was cut short, or a log grew by it.
        # Rows that are there a moment later join on to the ones before them.
        lost = False
        for shared in (self.overlap, 0, self.overlap):
            position = max(joined.end - shared, 0)
            page = await self._ask(position)
            lost = not await self._place(page, position) or lost
            if joined.rows > before:
                again, self.newest = page.rows == self.newest, page.rows
                if again:  # of a server that stopped to heed the offset there is no end
                    joined.doubt(IGNORED)
                return not again
            if len(page.rows) < shared:
                joined.doubt(CHANGED)  # the last rows fed are gone
            if not page.rows:
                return False
        if lost:
            joined.doubt(CHANGED)  # there are more, but where they belong nobody knows
        return False

    async def _to_the_end(self) -> None:
        while not self.joined.at_end and await self._next():
            pass

    async def without_total(self) -> None:
        joined, first = self.joined, self.joined.first.rows
        probe = await self._ask(1)
        if not probe.rows:  # nothing follows, of rows or of pages, if the first one still stands
            await self._again()
        elif probe.rows == first and await self._unpaged():
            pass
        elif self._counts_rows(probe):
            if joined.ambiguous(probe, 1):
                joined.doubt(ALIKE)
            joined.place(probe, 1)
            if len(probe.rows) != joined.stride - 1:
                await self._to_the_end()
        else:
            joined.by_row = False
            await self._by_index(probe)

    async def _unpaged(self) -> bool:
        """Whether the offset is ignored; a doubt, unless the limit is ignored with it."""
        far = await self._ask(_FAR, 1)
        if far.rows and far.rows != self.joined.first.rows:
            self.joined.doubt(IGNORED)
        return bool(far.rows)

    async def _by_index(self, page: Page) -> None:
        """Read pages by index from the second on, to an empty or repeated one; then all again."""
        joined = self.joined
        read = [digest(joined.first.rows)]
        previous: Sequence[Row] = ()
        while page.rows and page.rows != previous:
            before = joined.rows
            joined.place(page, joined.end)
            if joined.counted and joined.rows == before:
                # A log may grow faster than pages are read; what is missing shows by its length.
                await self._again()
                return
            read.append(digest(page.rows))
            previous = page.rows
            page = await self._ask(len(read))
        if page.rows and not joined.identities.known:
            joined.doubt(ALIKE)
        if joined.counted:
            await self._again()
            return
        for index, seen in enumerate(read):
            if digest((await self._ask(index)).rows) != seen:
                joined.doubt(CHANGED)
                return

    async def _again(self) -> None:
        """Read the first page once more: it must be the same, at whatever place a log has it now."""
        joined, stride = self.joined, self.joined.stride
        gained = foreseen = joined.growth
        while True:
            index = foreseen // stride
            page = await self._ask(index)
            now = joined.gained(page)
            shift = now - index * stride
            kept = page.rows[shift:] if 0 <= shift < stride else ()
            if len(kept) >= stride - shift and kept == joined.first.rows[: len(kept)]:
                return
            if foreseen != gained or now <= gained:
                break
            gained, foreseen = now, 2 * now - gained
        joined.doubt(CHANGED)

    async def _ask(self, offset: int, limit: int = 0) -> Page:
        """A page that may not exist: an offset past the end may be an error."""
        await self.slices.flush()
        try:
            return await self.fetch(offset, limit or self.limit)
        except RequestRefused as error:
            if error.of_credentials:
                raise
            return Page([])
