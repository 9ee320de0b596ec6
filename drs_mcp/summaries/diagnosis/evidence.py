"""All that was read of one task, for the questions that need several reads."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from drs_mcp.api.http.error_bodies import error_beside, error_in
from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import Row, count, moment, record, records, text, word
from drs_mcp.knowledge.statuses import Status
from drs_mcp.quoting.names import as_name
from drs_mcp.summaries.ages import age
from drs_mcp.summaries.comparisons.evidence.checks import message_of, says_failed
from drs_mcp.summaries.comparisons.overviews.pairs import Pair
from drs_mcp.summaries.comparisons.tasks import CompareTask
from drs_mcp.summaries.diagnosis.stops import Stop, stop_of
from drs_mcp.summaries.health.evidence import NO_HEALTH, TaskHealth
from drs_mcp.summaries.logs.facts import LogFacts, LogKind
from drs_mcp.summaries.logs.kinds.lags import lag_in, lag_is_over
from drs_mcp.summaries.tasks.live_status import LiveStatus, live_status
from drs_mcp.summaries.tasks.lookup.namesakes import Namesakes
from drs_mcp.summaries.tasks.progress_facts import (
    ObjectType,
    delay_conflict,
    delay_s,
    delay_threshold,
    metrics_of,
    object_types,
)
from drs_mcp.summaries.tasks.task import Task

_ADDRESS = re.compile(r"[0-9A-Za-z][0-9A-Za-z.:-]{2,60}")

_GO_ON = frozenset({"START", "START_INCR", "RETRY", "JUMP_RETRY", "CONTINUE_JOB", "RESET"})
_LONG_S = 3600
"""A delay of so many seconds is no lag of a task that moves."""

LAG_FRESH = timedelta(minutes=5)
"""A lag that a line told longer ago may have been caught up with."""

PARTLY = "read "
"""How the reason begins of a part in `unread` of which some was read."""


@dataclass(frozen=True)
class Evidence:
    """What was read of a task; None is what could not be read, and `unread` says why.

    Attributes:
        job_ref: the caller's word for the task.
        now: when it was read.
        detail: the `job` object of `type=detail`.
        progress: the `job` object of `type=progress`.
        log: the folded log.
        objects: the overview of the newest object comparison (Table 41); empty when there is none.
        differing: tables of the newest row comparison and by how many rows they differ, the most
            first; those that were looked at.
        comparisons: the comparison tasks, newest first.
        rows: the database pairs of the newest finished row comparison.
        values: the same of the newest finished value comparison.
        listed: the task's status by the task list; empty where that does not show the task.
        subtasks: the subtasks that the task list shows.
        subtask_logs: the folded logs of failed subtasks, by name.
        namesakes: tasks that this one could be taken for; they judge nothing.
        health: how it moves and what happened to it, where DRS offers that; has an `unread` of its
            own, which no verdict depends on.
        unread: part -> why it could not be read, in our own words.
    """

    job_ref: str
    now: datetime
    detail: Job | None = None
    progress: Job | None = None
    log: LogFacts | None = None
    objects: Row | None = None
    differing: Sequence[tuple[str, int]] = ()
    comparisons: Sequence[CompareTask] | None = None
    rows: Sequence[Pair] | None = None
    values: Sequence[Pair] | None = None
    listed: str = ""
    subtasks: Sequence[Task] | None = None
    subtask_logs: Mapping[str, LogFacts] = field(default_factory=dict)
    namesakes: Namesakes = field(default_factory=Namesakes)
    health: TaskHealth = NO_HEALTH
    unread: Mapping[str, str] = field(default_factory=dict)

    @property
    def job(self) -> Row:
        """The detail, empty when it is unread."""
        return self.detail if self.detail is not None else {}

    @property
    def base(self) -> Row:
        """Basic facts of the task (Table 6)."""
        return record(self.job.get("base_info"))

    @property
    def policy(self) -> Row:
        """Policies of the task (Table 20)."""
        return record(self.job.get("policy_config"))

    @property
    def info(self) -> Row:
        """How far the task is (Table 35)."""
        return record(record(self.progress).get("progress_info"))

    @property
    def task_type(self) -> str | None:
        """FULL_TRANS, FULL_INCR_TRANS or INCR_TRANS."""
        return word(self.base.get("task_type")) or word(self.info.get("task_mode"))

    @property
    def scenario(self) -> str:
        """migration, sync or cloudDataGuard; empty when unknown."""
        return text(self.base.get("job_type")) or ""

    @property
    def state(self) -> Status:
        """The live status: the worse one, where progress and detail tell two."""
        return self._live_status.state

    @property
    def link(self) -> str:
        """The engines that the task links, such as `mysql-to-mysql`."""
        return text(self.base.get("engine_type")) or ""

    @property
    def states(self) -> list[Status]:
        """The live status by each answer that tells one: progress, its frame, the detail, the list."""
        return list(self._live_status.told)

    @property
    def status_conflict(self) -> str:
        """That DRS tells several statuses, in words; empty where it does not."""
        return self._live_status.conflict

    @cached_property
    def _live_status(self) -> LiveStatus:
        return live_status(self.progress, self.detail, self.task_type, self.listed)

    @cached_property
    def told_error(self) -> tuple[str, str] | None:
        """Which answer tells an error beside what it is asked for, and that error."""
        for part, row in (
            ("progress", self.progress),
            ("progress", self.info),
            ("detail", self.detail),
        ):
            told = {name: record(row).get(name) for name in ("error_msg", "error_message")}
            errors = {name: _as_message(value) for name, value in told.items() if value}
            if says_failed(errors):
                return part, message_of(errors) or ""
            if not errors and (beside := error_in(error_beside(record(row)))):
                return part, beside[0]
        return None

    @property
    def delay_conflict(self) -> str:
        """That DRS tells two delays, in words; empty where it does not."""
        return delay_conflict(self.info, self.state)

    @property
    def label(self) -> str:
        """How our sentences call the task."""
        name = as_name(text(self.base.get("name"))) or as_name(self.job_ref)
        return f"Task {name}" if name else "The task"

    @property
    def object_types(self) -> list[ObjectType]:
        """How far each object type is (Table 38); in the incremental phase counts stand still."""
        info = record(record(self.progress).get("migration_object_progress_info"))
        return object_types(records(info.get("migration_object_overview")))

    @property
    def delay(self) -> float | int | None:
        """The delay in seconds; None outside of the incremental phase and when it is unknown."""
        return delay_s(self.info, self.state)

    @cached_property
    def told_lag(self) -> tuple[float, LogKind] | None:
        """The greatest lag in seconds that a fresh line of the log tells, whatever its level.

        A line that says that a lag is over ends those before it; one without a believable date
        counts as fresh.
        """
        log = self.log
        if log is None or self.state.phase == "full":
            return None
        fresh = [one for one in log.kinds if (age(one.last, self.now) or timedelta()) <= LAG_FRESH]
        over = max(
            (one.last for one in fresh if one.last and lag_is_over(one.message)), default=None
        )
        told = [
            (lag, one)
            for one in fresh
            if not (over and one.last and one.last <= over)
            and (lag := lag_in(one.message)) is not None
        ]
        return max(told, key=lambda pair: pair[0], default=None)

    @property
    def metrics(self) -> Row:
        """Load of the node (Table 39)."""
        return metrics_of(self.progress)

    def progress_time(self, name: str) -> datetime | None:
        """A time of Table 37, such as `incr_start_time`."""
        return moment(record(record(self.progress).get("migration_object_progress_info")).get(name))

    def alarm_s(self, name: str) -> int:
        """The task's own threshold of that name (Table 15), in seconds; 0 means none."""
        return count(record(self.job.get("alarm_notify")).get(name)) or 0

    @property
    def threshold(self) -> tuple[int, str]:
        """The delay that is too much, in seconds, and whose threshold that is."""
        return delay_threshold(self.detail)

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """The address of each of the task's databases -> source or destination."""
        found: dict[str, str] = {}
        both = set()
        for side, name in (("source", "source_endpoint"), ("destination", "target_endpoint")):
            for end in records(self.job.get(name)):
                told = text(record(end.get("endpoint")).get("ip")) or ""
                for one in _ADDRESS.findall(told):
                    address = one.partition(":")[0]
                    if found.setdefault(address, side) != side:
                        both.add(address)
        return {address: side for address, side in found.items() if address not in both}

    @property
    def stopped_by_delay(self) -> datetime | None:
        """Now minus the delay: when data stopped, where nothing moves; None below an hour."""
        if self.delay is None or self.delay < _LONG_S:
            return None
        try:
            return self.now - timedelta(seconds=self.delay)
        except OverflowError:
            return None

    @cached_property
    def stop(self) -> Stop | None:
        """How it stopped, as its log tells it; None where that is unread."""
        return self.stop_of(self.log, self.delay) if self.log is not None else None

    def stop_of(self, log: LogFacts, delay: float | None) -> Stop:
        """How the task, or a subtask with that log, stopped."""
        return stop_of(
            log,
            link=self.link,
            phase=self.state.phase or "",
            now=self.now,
            delay=delay,
            addresses=self.addresses,
            acts=self.told_to_go_on if log is self.log else (),
        )

    @property
    def told_to_go_on(self) -> list[datetime]:
        """When the task was started, retried or resumed, and DRS did it."""
        return [
            one.at
            for one in self.health.operations
            if one.at is not None and one.name in _GO_ON and one.status == "success"
        ]


def _as_message(error: object) -> object:
    """An error as a message, which an object or a list is too: what stands in it was told."""
    if isinstance(error, dict):
        return message_of(error) or str(error)
    return str(error) if isinstance(error, list) else error
