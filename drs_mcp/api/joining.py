"""Joining the pages of a list that may change between two requests: what is proven, what is not.

Pure: no requests here. A page that overlaps the one before shows where the last row fed now stands;
totals show whether the list grew or shrank; identities show a row that came on two pages. Two
changes between the same two requests that leave the length and every join as they were cannot be
seen in one pass over a list: the price of that proof would be to read everything twice.
"""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from drs_mcp.api.wire.values import Row

CHANGED = "the list changed while it was read"
FEWER = "DRS returned fewer rows than it told of"
MORE = "DRS returned more rows than it told of"
TWICE = "a row came on two pages"
ALIKE = "equal rows leave open where two pages join"
IGNORED = "DRS ignores the offset"
NO_LIST = "DRS sent no list"
UNREADABLE = "DRS sent rows that are no objects"
BESIDE = "DRS told an error beside the rows{}"

_MOST_COMPARED = 500_000
"""Half a page of 1,000 rows, each time against all of them."""

Identity = Callable[[Row], object]
"""What tells one row of a list from every other; None: nothing does."""


@dataclass(frozen=True)
class Page:
    """One answer of a list.

    Attributes:
        rows: its rows.
        total: the length of the list that it claims (None: it claims none).
        listed: whether the list was there, though empty.
        why: why it is not all of what it should be, in our own words.
    """

    rows: Sequence[Row]
    total: int | None = None
    listed: bool = True
    why: str = ""


@dataclass(frozen=True)
class Coverage:
    """How much of a list was read: `rows` of `of` (None: nobody knows), and why not all.

    `why` is also set when as many rows were read as there are, but that they are the list as it
    was at some moment is not proven.
    """

    rows: int
    of: int | None = None
    why: str = ""

    @property
    def complete(self) -> bool:
        """Whether everything was read, and is proven to have been there at one moment."""
        return not self.why


Feed = Callable[[Sequence[Row]], None]
"""Takes rows in order."""


def places(tail: Sequence[Row], rows: Sequence[Row]) -> list[int]:
    """Where in *rows* the last row of *tail* may stand, going by equal rows.

    The place lies past the end of *rows* when all of them are older than that row. Linear in the
    rows, however alike they are (Knuth, Morris and Pratt).
    """
    if not rows:
        return []
    borders, length = [0] * len(rows), 0
    for n in range(1, len(rows)):
        while length and rows[n] != rows[length]:
            length = borders[length - 1]
        length += rows[n] == rows[length]
        borders[n] = length
    found, length = [], 0
    for n, row in enumerate(tail):
        while length and (length == len(rows) or row != rows[length]):
            length = borders[length - 1]
        length += row == rows[length]
        if length == len(rows):
            found.append(len(tail) - 2 - n + length)
    length = borders[length - 1] if length == len(rows) else length
    while length:
        found.append(length - 1)
        length = borders[length - 1]
    return found


class Identities:
    """Tells whether a row came on more than one page; eight bytes are kept of each row.

    Rows alike within one page were alike in the list: one answer is of one moment.
    """

    def __init__(self, identity: Identity | None) -> None:
        self._identity = identity
        self._seen = array("q")
        self._last: int | None = None

    def add(self, rows: Sequence[Row], *, joined: bool) -> None:
        """Take the new rows of one page; *joined*: an overlap proves that they follow the last."""
        if self._identity is None or not rows:
            return
        of_page = [_hashed(self._identity(row)) for row in rows]
        start = 0
        # Alike neighbours on both sides of a proven join are alike neighbours in the list.
        while joined and start < len(of_page) and of_page[start] == self._last is not None:
            start += 1
        self._seen.extend({one for one in of_page[start:] if one is not None})
        self._last = of_page[-1]

    @property
    def known(self) -> bool:
        """Whether rows have identities."""
        return self._identity is not None

    @property
    def repeated(self) -> bool:
        """Whether one came on two pages."""
        seen = sorted(self._seen)
        return any(one == other for one, other in pairwise(seen))


def _hashed(identity: object) -> int | None:
    if identity is None:
        return None
    try:
        return hash(identity)
    except TypeError:  # it holds a list or an object
        return hash(repr(identity))


@dataclass
class Joined:
    """The rows fed so far, each page joined to those before it.

    Attributes:
        first: the first page.
        feed: takes the rows.
        identities: what is known of rows that came before.
        growing: whether the list may grow while it is read and still be exact: a log.
        at_head: whether it then grows before its first row, not behind its last.
        by_row: whether offsets count rows: then a page is asked for so that it overlaps.
        counted: whether DRS tells the length of the list.
        rows: rows fed.
        end: the position after the last row fed, as the page that held it had it.
        growth: rows that had appeared at the head when that page was read.
        total: the length that page told of.
        fell: whether a length was told that is below one told before.
        whole: of full pages whose offsets count pages, where each began and its digest.
        why: why it is not proven that the rows are the list at some moment.
    """

    first: Page
    feed: Feed
    identities: Identities
    growing: bool = False
    at_head: bool = False
    by_row: bool = True
    counted: bool = True
    rows: int = 0
    end: int = 0
    growth: int = 0
    total: int = 0
    fell: bool = False
    whole: dict[int, int] = field(default_factory=dict)
    why: str = ""
    tail: list[Row] = field(default_factory=list)
    _latest: int = 0
    _least: int = 0

    def __post_init__(self) -> None:
        self.rows = self.end = len(self.first.rows)
        self.total = self.first.total or 0
        self.tail = list(self.first.rows)
        self._least = self._latest = len(self.first.rows)
        self.identities.add(self.first.rows, joined=False)

    @property
    def stride(self) -> int:
        """Rows of a full page, as far as anybody knows."""
        return len(self.first.rows)

    @property
    def overlap(self) -> int:
        """Rows that a page is to share with the one before: one, where rows have identities.

        Else one more than the longest run of equal rows on the first page, so that the rows shared
        are not all alike and a list that moved by one shows.
        """
        rows, longest, run = self.first.rows, 1, 1
        if self.identities.known:
            return 1
        for one, other in pairwise(rows):
            run = run + 1 if one == other else 1
            longest = max(longest, run)
        return min(longest + 1, max(len(rows) // 2, 1))

    def doubt(self, why: str) -> None:
        """Keep why nothing is proven; the first reason counts."""
        self.why = self.why or why

    def expected(self, page: Page, offset: int) -> int:
        """Where in *page* the last row fed should stand; -1: just before its first row."""
        quiet = self.end - 1 - offset
        return quiet + self._appeared(page) if self.growing and self.at_head else quiet

    def gained(self, page: Page) -> int:
        """Rows that a log gained at its head since its first page, as a page's total tells."""
        return self._appeared(page) + self.growth if self.growing and self.at_head else 0

    def _appeared(self, page: Page) -> int:
        """Rows that the list gained since the page that ends what was fed."""
        if not self.counted or page.total is None or self.first.total is None:
            return 0
        return page.total - self.first.total - self.growth

    def ambiguous(self, page: Page, offset: int) -> bool:
        """Whether equal rows leave open what of the page is new, where anything may be."""
        overlap = self.expected(page, offset)
        return 0 <= overlap < len(page.rows) - 1 and len(places(self.tail, page.rows)) > 1

    @property
    def telling(self) -> int:
        """How many rows before the last one fed a page must begin to join in one way only.

        0: half a page would not do, or of a page of many thousand rows so many as can be tried.
        """
        rows = len(self.tail)
        for back in range(1, min(rows // 2, _MOST_COMPARED // max(rows, 1))):
            if len(places(self.tail, self.tail[-1 - back :])) == 1:
                return back
        return 0

    def place(self, page: Page, offset: int) -> bool:
        """Feed what is new in a page; False when rows before it have not been fed yet."""
        if page.why:
            self.doubt(page.why)
        at, quiet = self.expected(page, offset), self.end - 1 - offset
        found = places(self.tail, page.rows)
        if at != quiet and at not in found and quiet in found:
            at = quiet
            if self.growth:
                self.doubt(CHANGED)
            self.at_head = self.growth > 0  # it grew, but not at its head
        if at < (0 if self.by_row else -1):
            return False
        older = at != quiet and at >= len(page.rows) > 0  # by the growth that its total tells
        if at >= 0 and at not in found and not older:
            self.doubt(CHANGED)
            # Only rows equal in every field are taken for the ones already fed.
            at = min(found, key=lambda one: abs(one - at)) if found else -1
        repeated = len(page.rows) >= self.stride and len(page.rows) - 1 in found
        if at < 0 and found and (repeated or self.identities.known):
            self.doubt(CHANGED)  # it is the page before once more, or begins with rows of it
            at = max(found)
        if at < 0 and page.rows == self.first.rows and self.stride > 1:
            self.doubt(IGNORED)
        self._check_total(page)
        if not self.by_row and len(page.rows) == self.stride:
            self.whole[offset] = digest(page.rows)
        self._append(page, offset, at)
        return True

    def _check_total(self, page: Page) -> None:
        appeared = self._appeared(page)
        self.fell = self.fell or (page.total is not None and page.total < self.total)
        if self.growing and self.at_head:
            self.growth += appeared
        elif appeared < 0 or (appeared and not self.growing):
            self.doubt(CHANGED)

    def _append(self, page: Page, offset: int, at: int) -> None:
        fresh = page.rows[at + 1 :]
        self.end = offset + at + 1 + len(fresh)
        if page.total is not None:
            behind = self.growing and not self.at_head
            self.total = max(self.total, page.total) if behind else page.total
        if not fresh:
            return
        self._least, self._latest = min(self._least, self._latest), len(page.rows)
        self.identities.add(fresh, joined=self.by_row)
        self.tail = [*self.tail, *fresh][-max(self.stride, 1) :]
        self.rows += len(fresh)
        self.feed(fresh)

    @property
    def at_end(self) -> bool:
        """Whether the end is reached as DRS told it; a full last page alone does not prove it.

        Where nothing can be proven any more, as many rows as there are will do.
        """
        if not self.counted:
            return False
        enough = self.rows >= self.total - self.growth
        full = self._latest >= self._least  # as full as one that others followed
        return enough if self.why else self.end == self.total and not full

    def coverage(self) -> Coverage:
        """What was read."""
        of = self.total - self.growth if self.counted else None
        if of is not None and self.rows != of:
            self.doubt(FEWER if self.rows < of else MORE)
        if self.identities.repeated:
            self.doubt(TWICE)
        return Coverage(self.rows, of if self.why else self.rows, self.why)


def digest(rows: Sequence[Row]) -> int:
    """What two equal pages have in common, and two others hardly ever."""
    return hash(repr(rows))
