"""Watching a task: its progress read again and again, until something happens or time is up.

One task, one loop, no task of its own in the background: a cancelled call ends where it waits, and
leaves nothing running. Time is the clock's, so that a test can drive it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from drs_mcp.api.connections import Connection
from drs_mcp.api.http.limits import Limits
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import record, text, word
from drs_mcp.errors import (
    DrsError,
    NotAuthenticated,
    NotPermitted,
    ServiceFault,
    TaskNotFound,
    Throttled,
    TransportError,
)
from drs_mcp.quoting.names import as_name
from drs_mcp.reads.logs import feed_log
from drs_mcp.reads.parts import run_parallel
from drs_mcp.reads.progress_reporter import ProgressReporter
from drs_mcp.reads.tasks import resolve
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.logs.facts import log_facts
from drs_mcp.summaries.logs.fold import LogPatterns
from drs_mcp.summaries.watch.advice import ADVISED, advice
from drs_mcp.summaries.watch.answer import (
    WatchResult,
    Why,
    describe_state,
    is_past,
    is_reached,
)
from drs_mcp.summaries.watch.changes import Snapshot, changes, snapshot_of
from drs_mcp.summaries.watch.handle import check_task, decode_handle, samples_in
from drs_mcp.summaries.watch.samples import Sample, added, sample_of

POLL_S = 12.0
"""One poll may take so long: a little more than the read timeout of one attempt, and little enough
that a last poll at 45 s is over before hosts give up at 60."""

REPORT_S = 15.0
"""The longest time between two progress messages."""

FAILURES = 3
"""So many polls in a row that fail end the watch."""

_TRANSIENT: Mapping[type[DrsError], str] = {
    Throttled: "DRS asked for fewer requests",
    ServiceFault: "DRS itself failed",
    TransportError: "no usable answer came back",
}


@dataclass(frozen=True)
class WatchTarget:
    """What to watch for: see the arguments of `watch_job`."""

    job: str
    until: str = ""
    timeout_s: int = 45
    since: str = ""
    interval_s: int = 10


async def watch(drs: Connection, target: WatchTarget, reporter: ProgressReporter) -> WatchResult:
    """Poll a task until it changes, reaches its target, or time is up.

    Raises:
        ArgumentError: `since` is no handle of this task.
        DrsError: the task cannot be read: at once if that will not pass, or three times in a row.
    """
    before = decode_handle(target.since) if target.since else None
    watch_ = _Watch(drs, target, reporter, before)
    watch_.samples = samples_in(target.since) if target.since else ()
    await watch_.report(f"Watching {as_name(target.job) or 'the task'}.")
    job_id = await resolve(drs, target.job)
    if target.since:
        check_task(target.since, job_id)
    return await watch_.run(job_id)


@dataclass
class _Watch:
    drs: Connection
    target: WatchTarget
    reporter: ProgressReporter
    snapshot: Snapshot | None
    evidence: Evidence | None = None
    detail: Job | None = None
    detail_is_new: bool = False
    polls: int = 0
    failures: list[DrsError] = field(default_factory=list)
    consecutive_failures: int = 0
    reported_s: float = -1.0
    samples: Sequence[Sample] = ()

    def __post_init__(self) -> None:
        self.clock = self.drs.client.limits.clock
        self.began = self.reported_at = self.polled_at = self.clock.monotonic()
        self.end = self.began + self.target.timeout_s

    async def run(self, job_id: str) -> WatchResult:
        while True:
            await self._report_if_due(POLL_S)
            began = self.clock.monotonic()
            changed = await self._poll(job_id)
            if self.evidence is not None and (why := self._end_reason(changed, self.evidence)):
                advised = await self._advice(job_id, self.evidence)
                return self._result(job_id, self.evidence, why, changed, advised)
            if self._left() > 0:
                await self.report(self._describe())
            if not await self._wait_for_next(began):
                break
        if self.evidence is None:
            raise self.failures[-1]
        return self._result(
            job_id, self.evidence, "timeout" if self.target.timeout_s else "still", []
        )

    async def _advice(self, job_id: str, evidence: Evidence) -> str:
        """What the log of a task that failed or is paused advises; empty where it is not read whole.

        The log takes no longer than a poll may, and nothing where the last poll was late.
        """
        most_s = min(POLL_S, self._left() + POLL_S)
        if evidence.state.group not in ADVISED or most_s < 1:
            return ""
        limits = Limits(self.clock, deadline_s=most_s)
        drs = replace(self.drs, client=replace(self.drs.client, limits=limits))
        log = LogPatterns(own=(job_id,))
        try:
            coverage = await feed_log(drs, job_id, log)
        except DrsError:
            return ""
        if coverage.why:
            return ""
        # The names of other tasks are not read here: without its own none is told from theirs.
        own = text(evidence.base.get("name"))
        log.settle((), (), (own.casefold(),) if own else ())
        return advice(replace(evidence, log=log_facts(log.folded_log())))

    # -- polling -------------------------------------------------------------------------------

    async def _poll(self, job_id: str) -> list[str]:
        """Poll once; returns what has changed since the poll before.

        Raises:
            DrsError: a failure that will not pass, or the third in a row.
        """
        self.polls += 1
        try:
            progress = await self._read(job_id)
        except DrsError as error:
            self.failures.append(error)
            self.consecutive_failures += 1
            if not _is_transient(error) or self.consecutive_failures >= FAILURES:
                raise
            return []
        self.consecutive_failures = 0
        self.polled_at = self.clock.monotonic()
        self.evidence = Evidence(
            job_ref=self.target.job,
            now=self.clock.utc_now(),
            detail=self._detail_now(),
            progress=progress,
        )
        changed = changes(self.snapshot, self.evidence) if self.snapshot is not None else []
        self.snapshot = snapshot_of(self.evidence).after(self.snapshot)
        self.samples = added(self.samples, sample_of(self.evidence))
        return changed

    async def _read(self, job_id: str) -> Job:
        """The progress, within limits of this poll alone; the detail beside it until it is read.

        While the two tell other statuses both are read.
        """
        client = replace(self.drs.client, limits=Limits(self.clock, deadline_s=POLL_S))
        contradicted = self.evidence is not None and bool(self.evidence.status_conflict)
        known = self.detail is not None and not contradicted
        wanted = ["progress"] if known else ["progress", "detail"]
        parts = await run_parallel(
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
        self.detail_is_new = detail is not None and not isinstance(detail, DrsError)
        if detail is not None and not isinstance(detail, DrsError):
            self.detail = detail
        return progress

    def _detail_now(self) -> Job | None:
        """The detail; of an earlier poll without its status, which may no longer hold."""
        if self.detail is None or self.detail_is_new:
            return self.detail
        older = self.detail.copy()
        older.pop("status", None)
        return older

    def _end_reason(self, changed: list[str], evidence: Evidence) -> Why | None:
        if self.consecutive_failures:  # this poll saw nothing
            return None
        if is_reached(evidence.state, self.target.until):
            return "reached"
        if changed:
            return "changed"
        if is_past(evidence.state, self.target.until) and not evidence.status_conflict:
            return "cannot_move"
        moves = evidence.state.moves or evidence.status_conflict  # one of two may not hold anymore
        return None if moves else "cannot_move"

    def _result(
        self, job_id: str, evidence: Evidence, why: Why, changed: list[str], advised: str = ""
    ) -> WatchResult:
        now = self.clock.monotonic()
        return WatchResult(
            evidence=evidence,
            snapshot=self.snapshot or snapshot_of(evidence),
            why=why,
            changed=changed,
            job_id=job_id,
            until=self.target.until,
            resumed=bool(self.target.since),
            waited_s=round(now - self.began, 1),
            age_s=now - self.polled_at,
            polls=self.polls,
            failed_polls=len(self.failures),
            failure=_failure(self.failures[-1]) if self.failures else "",
            samples=self.samples,
            advice=advised,
        )

    # -- waiting -------------------------------------------------------------------------------

    def _left(self) -> float:
        return self.end - self.clock.monotonic()

    async def _wait_for_next(self, began: float) -> bool:
        """Wait for the next poll, given when the last one began; False when there is none.

        Polls are spread so that the last one falls on the end, none sooner than the interval.
        """
        polls_left = int((self.end - began) / self.target.interval_s + 1e-6)
        at = began + (self.end - began) / polls_left if polls_left else self.end
        seconds = at - self.clock.monotonic()
        steps = max(1, math.ceil(seconds / POLL_S))
        for step in range(steps):
            if step:
                await self.report(self._describe())
            if seconds > 0:
                await self.clock.sleep(seconds / steps)
        return polls_left > 0

    # -- reporting -----------------------------------------------------------------------------

    async def _report_if_due(self, ahead_s: float) -> None:
        """Report the task's state, if that could not be done in time after the next *ahead_s*."""
        if self.clock.monotonic() - self.reported_at + ahead_s > REPORT_S:
            await self.report(self._describe())

    def _describe(self) -> str:
        if self.evidence is None or self.snapshot is None:
            return f"Watching {as_name(self.target.job) or 'the task'}: not read yet."
        past = self.clock.monotonic() - self.began
        failed = "; the last poll failed" if self.consecutive_failures else ""
        text = f"{self.evidence.label}: {describe_state(self.evidence, self.snapshot)}{failed}"
        return f"{text}; {past:.0f} of {self.target.timeout_s} s."

    async def report(self, message: str) -> None:
        """Report progress in seconds, which must grow from one message to the next."""
        self.reported_at = self.clock.monotonic()
        self.reported_s = max(round(self.reported_at - self.began, 2), self.reported_s + 0.01)
        await self.reporter(self.reported_s, float(max(self.target.timeout_s, 1)), message)


def _is_transient(error: DrsError) -> bool:
    return not isinstance(error, TaskNotFound | NotAuthenticated | NotPermitted) and isinstance(
        error, tuple(_TRANSIENT)
    )


def _failure(error: DrsError) -> str:
    return next((text for kind, text in _TRANSIENT.items() if isinstance(error, kind)), "unread")
