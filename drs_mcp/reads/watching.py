"""Watching a task: its progress read again and again, until something happens or time is up.

One task, one loop, no task of its own in the background: a cancelled call ends where it waits, and
leaves nothing running. Time is the clock's, so that a test can drive it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from drs_mcp.api.connections import Connection
from drs_mcp.api.http.limits import Limits
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import record, word
from drs_mcp.errors import (
    DrsError,
    NotAuthenticated,
    NotPermitted,
    ServiceFault,
    TaskNotFound,
    Throttled,
    TransportError,
)
from drs_mcp.quoting.quoted import spoken
from drs_mcp.reads.parts import together
from drs_mcp.reads.progress_reporter import Tell
from drs_mcp.reads.tasks import resolve
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.watch.answer import Watched, Why, reached, stands
from drs_mcp.summaries.watch.changes import Mark, changes, mark_of
from drs_mcp.summaries.watch.handle import check_task, mark_in

LOOK_S = 12.0
"""One look may take so long: a little more than the read timeout of one attempt, and little enough
that a last look at 45 s is over before hosts give up at 60."""

TELL_S = 15.0
"""Nobody who waits is left longer without a word."""

FAILURES = 3
"""So many looks in a row that fail end the watch."""

_PASSING: Mapping[type[DrsError], str] = {
    Throttled: "DRS asked for fewer requests",
    ServiceFault: "DRS itself failed",
    TransportError: "no usable answer came back",
}


@dataclass(frozen=True)
class Wish:
    """What to watch for: see the arguments of `watch_job`."""

    job: str
    until: str = ""
    timeout_s: int = 45
    since: str = ""
    interval_s: int = 10


async def watch(drs: Connection, wish: Wish, tell: Tell) -> Watched:
    """Look at a task until it changes, is where it is wished to be, or time is up.

    Raises:
        ArgumentError: `since` is no handle of this task.
        DrsError: the task cannot be read: at once if that will not pass, or three times in a row.
    """
    before = mark_in(wish.since) if wish.since else None
    watching = _Watching(drs, wish, tell, before)
    await watching.say(f"Watching {spoken(wish.job) or 'the task'}.")
    job_id = await resolve(drs, wish.job)
    if wish.since:
        check_task(wish.since, job_id)
    return await watching.run(job_id)


@dataclass
class _Watching:
    drs: Connection
    wish: Wish
    tell: Tell
    mark: Mark | None
    found: Evidence | None = None
    detail: Job | None = None
    polls: int = 0
    failures: list[DrsError] = field(default_factory=list)
    in_a_row: int = 0
    told: float = -1.0

    def __post_init__(self) -> None:
        self.clock = self.drs.client.limits.clock
        self.began = self.told_at = self.looked_at = self.clock.monotonic()
        self.end = self.began + self.wish.timeout_s

    async def run(self, job_id: str) -> Watched:
        while True:
            await self._say_if_due(LOOK_S)
            began = self.clock.monotonic()
            changed = await self._look(job_id)
            if self.found is not None and (why := self._over(changed, self.found)):
                return self._watched(job_id, self.found, why, changed)
            if self._left() > 0:
                await self.say(self._standing())
            if not await self._wait_for_next(began):
                break
        if self.found is None:
            raise self.failures[-1]
        return self._watched(job_id, self.found, "timeout" if self.wish.timeout_s else "still", [])

    # -- looking -------------------------------------------------------------------------------

    async def _look(self, job_id: str) -> list[str]:
        """Look once, and tell what has changed since the look before.

        Raises:
            DrsError: a failure that will not pass, or the third in a row.
        """
        self.polls += 1
        try:
            progress = await self._read(job_id)
        except DrsError as error:
            self.failures.append(error)
            self.in_a_row += 1
            if not _passes(error) or self.in_a_row >= FAILURES:
                raise
            return []
        self.in_a_row = 0
        self.looked_at = self.clock.monotonic()
        self.found = Evidence(
            asked=self.wish.job,
            now=self.clock.utc_now(),
            detail=self.detail,
            progress=progress,
        )
        changed = changes(self.mark, self.found) if self.mark is not None else []
        self.mark = mark_of(self.found).after(self.mark)
        return changed

    async def _read(self, job_id: str) -> Job:
        """The progress, within limits of this look alone; the detail beside it until it is read."""
        client = replace(self.drs.client, limits=Limits(self.clock, deadline_s=LOOK_S))
        wanted = ["progress"] if self.detail is not None else ["progress", "detail"]
        parts = await together(
            {name: partial(client.show, job_id, DetailQuery(name)) for name in wanted}
        )
        progress, detail = parts["progress"], parts.get("detail")
        if isinstance(progress, DrsError):
            raise progress
        if not word(record(progress.get("progress_info")).get("transfer_status")):
            # Before its start a task has no progress: then only the detail tells the status.
            if detail is None:
                detail = await client.show(job_id, DetailQuery("detail"))
            if isinstance(detail, DrsError):
                raise detail
        if detail is not None and not isinstance(detail, DrsError):
            self.detail = detail
        return progress

    def _over(self, changed: list[str], found: Evidence) -> Why | None:
        if self.in_a_row:  # this look saw nothing
            return None
        if reached(found.state, self.wish.until):
            return "reached"
        if changed:
            return "changed"
        return None if found.state.moves else "cannot_move"

    def _watched(self, job_id: str, found: Evidence, why: Why, changed: list[str]) -> Watched:
        now = self.clock.monotonic()
        return Watched(
            found=found,
            mark=self.mark or mark_of(found),
            why=why,
            changed=changed,
            job_id=job_id,
            until=self.wish.until,
            resumed=bool(self.wish.since),
            waited_s=round(now - self.began, 1),
            age_s=now - self.looked_at,
            polls=self.polls,
            failed_polls=len(self.failures),
            failure=_failure(self.failures[-1]) if self.failures else "",
        )

    # -- waiting -------------------------------------------------------------------------------

    def _left(self) -> float:
        return self.end - self.clock.monotonic()

    async def _wait_for_next(self, began: float) -> bool:
        """Wait for the next look, given when the last one began; False when there is none.

        Looks are spread so that the last one falls on the end, none sooner than the interval.
        """
        looks = int((self.end - began) / self.wish.interval_s + 1e-6)
        at = began + (self.end - began) / looks if looks else self.end
        seconds = at - self.clock.monotonic()
        steps = max(1, math.ceil(seconds / LOOK_S))
        for step in range(steps):
            if step:
                await self.say(self._standing())
            if seconds > 0:
                await self.clock.sleep(seconds / steps)
        return looks > 0

    # -- telling -------------------------------------------------------------------------------

    async def _say_if_due(self, ahead_s: float) -> None:
        """Say where the task stands, if it could not be said in time after the next *ahead_s*."""
        if self.clock.monotonic() - self.told_at + ahead_s > TELL_S:
            await self.say(self._standing())

    def _standing(self) -> str:
        if self.found is None or self.mark is None:
            return f"Watching {spoken(self.wish.job) or 'the task'}: not read yet."
        past = self.clock.monotonic() - self.began
        failed = "; the last poll failed" if self.in_a_row else ""
        told = f"{self.found.label}: {stands(self.found, self.mark)}{failed}"
        return f"{told}; {past:.0f} of {self.wish.timeout_s} s."

    async def say(self, message: str) -> None:
        """Report progress in seconds, which must grow from one message to the next."""
        self.told_at = self.clock.monotonic()
        self.told = max(round(self.told_at - self.began, 2), self.told + 0.01)
        await self.tell(self.told, float(max(self.wish.timeout_s, 1)), message)


def _passes(error: DrsError) -> bool:
    return not isinstance(error, TaskNotFound | NotAuthenticated | NotPermitted) and isinstance(
        error, tuple(_PASSING)
    )


def _failure(error: DrsError) -> str:
    return next((told for kind, told in _PASSING.items() if isinstance(error, kind)), "unread")
