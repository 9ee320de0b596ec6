"""A list that changes between any two requests, and what may be said of it after it was read.

A model of an upstream: how it pages is drawn, and so is a script of what happens to the list, one
thing at most between two requests. The property: what was read is the list as it was at some moment
of the read, or its coverage says that this is not proven; a list that stays as it is, and a log
that only grows, are told as exact. Two changes between the same two requests that cancel each other
out at every join are out of reach of a read that asks for each page once.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import anyio
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from drs_mcp.api.paging import Coverage, Page, read_pages
from drs_mcp.errors import RequestRefused

Item = int
"""A row's number; what a row says follows from it."""

_CAPS = (3, 5, 7, 10, 10, 20, 50)


def _delete(rows: list[Item], at: int, _: int, size: int) -> None:
    del rows[at : at + size]


def _move(rows: list[Item], at: int, to: int, _: int) -> None:
    rows.insert(to, rows.pop(at))


def _repeat(rows: list[Item], at: int, to: int, _: int) -> None:
    rows.insert(to, rows[at])


def _swap(rows: list[Item], at: int, to: int, _: int) -> None:
    to = min(to, len(rows) - 1)
    rows[at], rows[to] = rows[to], rows[at]


def _shrink(rows: list[Item], at: int, _: int, __: int) -> None:
    del rows[at:]


def _turn(rows: list[Item], *_: int) -> None:
    rows.reverse()


_OF_ROWS: Mapping[str, Callable[[list[Item], int, int, int], None]] = {
    "delete": _delete,
    "move": _move,
    "repeat": _repeat,
    "swap": _swap,
    "shrink": _shrink,
    "turn": _turn,
}
"""What happens to rows that are there, by place, other place and number."""


@dataclass(frozen=True)
class Step:
    """One thing that happens: `where` and `to` are places in thousandths, `size` counts rows."""

    kind: str
    where: int = 0
    to: int = 0
    size: int = 1


@dataclass(frozen=True)
class DamagePlan:
    """How a list is paged, and what happens to it.

    Attributes:
        kind: `tasks` (rows with identities), or a log, `newest` or `oldest` first.
        length: rows at first.
        cap: rows that a page holds at most.
        by_page: whether offsets count pages.
        totals: whether `total_count` is told.
        refuses: whether a limit above the cap is refused.
        lie: what is added to the length that is told.
        frozen: whether the first length is told for ever.
        alike: how many lines of a log in a row are equal.
        jumble: how requests that are under way together change places; 0: not at all.
        steps: what happens before each request from the second on; None: nothing.
    """

    kind: str = "tasks"
    length: int = 0
    cap: int = 10
    by_page: bool = False
    totals: bool = True
    refuses: bool = False
    lie: int = 0
    frozen: bool = False
    alike: int = 1
    jumble: int = 0
    steps: Sequence[Step | None] = ()

    @property
    def calm(self) -> bool:
        """Whether nothing happens that could cost the proof: a log may grow by half a page."""
        grows = self.kind != "tasks" and self.totals and self.cap >= 10
        quiet = all(step is None or (grows and step.kind == "grow") for step in self.steps)
        return quiet and not self.lie and not self.frozen


@dataclass
class Upstream:
    """The list of a plan, and all that it ever was."""

    plan: DamagePlan
    rows: list[Item] = field(init=False)
    history: list[list[Item]] = field(default_factory=list)
    asked: int = 0
    heeds: bool = True
    there: bool = True

    def __post_init__(self) -> None:
        self.rows = list(range(self.plan.length))
        self.born = self.plan.length
        self.cap, self.lie = self.plan.cap, self.plan.lie
        self.frozen = self.plan.length + self.lie if self.plan.frozen else None
        if self.plan.kind == "newest":
            self.rows.reverse()
        self.history.append(list(self.rows))

    def says(self, item: Item) -> dict[str, Any]:
        """What a row says; equal lines of a log are nothing out of the ordinary."""
        if self.plan.kind == "tasks":
            return {"id": f"t{item}", "state": item % 3}
        return {"at": item // self.plan.alike, "line": "x"}

    async def fetch(self, offset: int, limit: int) -> Page:
        for _ in range(1 + offset * self.plan.jumble % 5):  # answers overtake each other
            await anyio.lowlevel.checkpoint()
        if self.asked and self.asked <= len(self.plan.steps):
            step = self.plan.steps[self.asked - 1]
            if step is not None:
                self._happens(step)
                self.history.append(list(self.rows))
        self.asked += 1
        if self.plan.refuses and limit > self.cap:
            raise RequestRefused("limit", status=400)
        size = min(limit, self.cap)
        start = offset * size if self.plan.by_page else offset
        start = start if self.heeds else 0
        told = len(self.rows) + self.lie if self.frozen is None else self.frozen
        total = max(told, 0) if self.plan.totals else None
        if not self.there:
            return Page([], None, listed=False)
        return Page([self.says(item) for item in self.rows[start : start + size]], total)

    def _happens(self, step: Step) -> None:
        at, to = (len(self.rows) * place // 1000 for place in (step.where, step.to))
        last = len(self.rows) - 1
        if step.kind in _OF_ROWS:
            if self.rows:
                _OF_ROWS[step.kind](self.rows, min(at, last), to, step.size)
        elif step.kind == "insert":
            self.rows[at:at] = self._new(step.size)
        elif step.kind in ("grow", "roll"):
            self._grow(step.size)
            if step.kind == "roll":
                newest_first = self.plan.kind == "newest"
                del self.rows[slice(-step.size, None) if newest_first else slice(step.size)]
        else:
            self._otherwise(step)

    def _otherwise(self, step: Step) -> None:
        """What happens to the server and not to its list."""
        match step.kind:
            case "lie":
                self.lie, self.frozen = step.size - 4, None
            case "deaf" | "heed":
                self.heeds = step.kind == "heed"
            case "cap":
                self.cap = max(self.plan.cap // 2, 10 if self.plan.refuses else 3)
            case "gone":
                self.there = False

    def _grow(self, size: int) -> None:
        if self.plan.kind == "newest":
            self.rows[:0] = self._new(size)[::-1]
        else:
            self.rows += self._new(size)

    def _new(self, size: int) -> list[Item]:
        self.born += size
        return list(range(self.born - size, self.born))


# -- the property --------------------------------------------------------------------------------


async def read(plan: DamagePlan) -> tuple[Upstream, list[Any], Coverage]:
    """Read the list of a plan as the client does."""
    upstream, fed = Upstream(plan), []
    log = plan.kind != "tasks"
    coverage = await read_pages(
        upstream.fetch,
        fed.extend,
        newest_first=(lambda _: plan.kind == "newest") if log else None,
        identity=None if log else lambda row: row["id"],
    )
    return upstream, fed, coverage


def violation(plan: DamagePlan, upstream: Upstream, fed: list[Any], coverage: Coverage) -> str:
    """What is false of an answer; empty when nothing is."""
    if coverage.rows != len(fed):
        return f"{coverage.rows} rows told, {len(fed)} fed"
    if not coverage.complete:
        return "" if not plan.calm else f"a false doubt: {coverage.why}"
    told = _counted(fed)
    moments = [_counted(map(upstream.says, rows)) for rows in upstream.history]
    if told in moments:
        return ""
    return "a false none" if not fed else f"{len(fed)} rows told as exact that never were the list"


def _counted(rows: Any) -> Counter[str]:
    return Counter(map(str, rows))


# -- plans ---------------------------------------------------------------------------------------

_PLACES = st.integers(0, 1000)
_SIZES = st.sampled_from((1, 1, 1, 2, 3, 5))
_ANYWHERE = ("insert", "delete", "move", "repeat", "roll", "shrink", "grow", "lie", "deaf", "heed",
             "cap", "gone")  # fmt: skip
_OF_TASKS = (*_ANYWHERE, "swap", "turn")
_OF_PAGED_LOGS = tuple(
    kind for kind in _ANYWHERE if kind not in ("insert", "repeat", "move", "lie")
)
_UNCOUNTED = tuple(kind for kind in _ANYWHERE if kind != "repeat")


@st.composite
def plans(draw: st.DrawFn, kind: str = "") -> DamagePlan:
    """A way to page a list, of the *kind* asked for, and at most eight things that happen.

    Left out, since no read that asks for each page once could tell: rows that change places, or
    are repeated just where two pages join, while no true length is told; answers that overtake each
    other while a length is told for ever; pages all of equal lines; what is put inside of a log, or
    a length made up for it, where offsets count pages; a total that says no more than a first page
    of no usual limit; and one too low just where a page was cut.
    """
    kind = kind or draw(st.sampled_from(("tasks", "tasks", "newest", "oldest")))
    by_page = draw(st.sampled_from((False, False, True)))
    totals = draw(st.sampled_from((True, True, False)))
    cap = draw(st.sampled_from(_CAPS))
    lie = draw(st.sampled_from((0, 0, 0, 0, -3, 4, 100)))
    frozen = totals and not by_page and draw(st.integers(0, 7)) == 7
    if kind == "tasks":
        happens = _OF_TASKS if totals and not frozen else _UNCOUNTED
    else:
        happens = _OF_PAGED_LOGS if by_page else _ANYWHERE if totals else _UNCOUNTED
        lie = 0 if by_page else lie
        happens = draw(st.sampled_from((happens, happens, ("grow",))))
    if lie < 0:
        happens = tuple(one for one in happens if one != "cap")
    step = st.builds(Step, st.sampled_from(happens), _PLACES, _PLACES, _SIZES)
    return DamagePlan(
        kind=kind,
        length=draw(st.one_of(st.integers(0, 70), st.sampled_from((0, 1, cap, 2 * cap)))),
        cap=cap,
        by_page=by_page,
        totals=totals,
        refuses=draw(st.booleans()) and cap >= 10,
        lie=lie if totals and cap >= 10 else 0,
        frozen=frozen,
        alike=draw(st.sampled_from((1, 1, 2, 3))) if cap >= 10 else 1,
        jumble=0 if frozen else draw(st.sampled_from((0, 0, 1, 2, 3))),
        steps=draw(st.lists(st.one_of(st.none(), step), max_size=8)),
    )


# -- runs ----------------------------------------------------------------------------------------


@dataclass
class Shifts:
    """What came of many runs, by the kind of list."""

    runs: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    unproven: Counter[str] = field(default_factory=Counter)
    violations: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    def add(self, other: "Shifts") -> None:
        for name in ("runs", "exact", "unproven", "violations"):
            getattr(self, name).update(getattr(other, name))
        self.told += other.told


def shifted(seed_: int, runs: int) -> Shifts:
    """Read *runs* lists that change meanwhile; the smallest plan that breaks the property is kept."""
    tally = Shifts()

    with asyncio.Runner() as runner:

        @seed(seed_)
        @settings(
            max_examples=runs,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(plans())
        def holds(plan: DamagePlan) -> None:
            kind = f"{plan.kind}{', calm' if plan.calm else ''}"
            upstream, fed, coverage = runner.run(read(plan))
            found = violation(plan, upstream, fed, coverage)
            tally.runs[kind] += 1
            (tally.exact if coverage.complete else tally.unproven)[kind] += 1
            tally.violations[kind] += bool(found)
            assert not found, f"{found}\n{plan}"

        try:
            holds()
        except AssertionError as error:
            tally.told.append(str(error))
    return tally
