"""What a cut-over is judged by, and what the caller asks of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal

from drs_mcp.api.wire.values import Row, moment, record, text
from drs_mcp.summaries.comparisons.counting.listed import Beside, beside
from drs_mcp.summaries.comparisons.evidence.accounts import AccountComparison
from drs_mcp.summaries.comparisons.evidence.facts import ComparisonFacts
from drs_mcp.summaries.comparisons.evidence.objects import ObjectFacts
from drs_mcp.summaries.comparisons.tasks import CompareTask
from drs_mcp.summaries.cutover.events import Event, events
from drs_mcp.summaries.cutover.open_errors import open_errors
from drs_mcp.summaries.cutover.since import Listed
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.health.scheduled import Scheduled
from drs_mcp.summaries.logs.facts import LogKind

State = Literal["met", "not_met", "unknown", "not_applicable"]


@dataclass(frozen=True)
class Criterion:
    """One criterion; `evidence` is in our own words and numbers, `at` its date, None if untold."""

    name: str
    state: State
    evidence: str
    at: datetime | None = None
    outdated: bool = False
    """Whether it is not met for its age alone."""
    line: LogKind | None = None
    """The lines of the log that speak against it."""
    reason: str = ""
    """What of its evidence may speak against other criteria, too."""


@dataclass(frozen=True)
class CutoverOptions:
    """What the caller asks of a cut-over.

    Attributes:
        max_delay_s: the largest delay that is allowed, in seconds.
        max_compare_age: how old a comparison may be.
        destination: writable or read_only; empty: as the task sets it.
        accept_uncompared: take what was not compared, or not whole, as it is.
    """

    max_delay_s: int = 10
    max_compare_age: timedelta = timedelta(hours=24)
    destination: Literal["", "writable", "read_only"] = ""
    accept_uncompared: bool = False


@dataclass(frozen=True)
class CutoverEvidence:
    """What was read: the task, what its newest comparisons earn, and the read-only state.

    A comparison that is None was not read, or there is none: `task.comparisons` tells. `scheduled`
    is what DRS compares by itself, where it offers that, `accounts` the newest comparison of accounts. `row_tables` and `value_tables` are those
    that they find equal, `empty_by_rows` and `empty_by_values` those without a row on either side.
    `untold` are comparisons that go on and find no difference, of which DRS does not tell whether they
    have caught up: beside them the newest that ended is judged.
    """

    task: Evidence
    rows: ComparisonFacts | None = None
    values: ComparisonFacts | None = None
    objects: ObjectFacts | None = None
    writable: Row | None = None
    scheduled: Scheduled | None = None
    accounts: AccountComparison | None = None
    row_tables: Listed = frozenset()
    value_tables: Listed = frozenset()
    empty_by_rows: Listed = frozenset()
    empty_by_values: Listed = frozenset()
    untold: frozenset[str] = frozenset()

    @cached_property
    def rows_beside(self) -> Beside:
        """The row comparison beside the value comparison, by the tables that they list."""
        if self.rows is None or self.values is None:
            return Beside()
        return beside(self.rows.listed, self.values.listed)

    @cached_property
    def values_beside(self) -> Beside:
        """The value comparison beside the row comparison."""
        if self.rows is None or self.values is None:
            return Beside()
        return beside(self.values.listed, self.rows.listed)

    @cached_property
    def open_errors(self) -> Sequence[LogKind]:
        """The errors of its log that nothing shows to be closed."""
        return open_errors(
            self.task, ((self.rows, self.row_tables), (self.values, self.value_tables))
        )

    @cached_property
    def events(self) -> Sequence[Event]:
        """The events of its log after which an earlier comparison may not hold."""
        return tuple(events(self.task.log, self.names)) if self.task.log is not None else ()

    @property
    def unread(self) -> Mapping[str, str]:
        """Part -> why it could not be read, what only speaks against a cut-over among them."""
        return {**self.task.unread, **self.task.health.unread}

    @property
    def full_only(self) -> bool:
        """Whether the task has no incremental phase."""
        return self.task.task_type == "FULL_TRANS"

    @property
    def names(self) -> list[str]:
        """What the task is called: its name, and its ID."""
        told = (text(self.task.base.get("name")), text(self.task.job.get("id")))
        return [name for name in told if name]

    @property
    def redis(self) -> bool:
        """Whether keys move and not tables."""
        return (text(self.task.base.get("engine_type")) or "").lower().startswith("redis")

    @property
    def moves_no_rows(self) -> str:
        """The policy that leaves the rows out, if one does."""
        policy = text(self.task.policy.get("sync_type_policy")) or ""
        types = {one.strip().lower() for one in policy.split(",")}  # several may be set together
        return policy if types <= {"tablestructure", "constraintdata"} else ""

    @property
    def full_end(self) -> datetime | None:
        """When the full phase ended (Table 37), or the last of its object types (Table 38)."""
        info = record(record(self.task.progress).get("migration_object_progress_info"))
        told = [moment(info.get(name)) for name in ("full_complete_time", "end_time")]
        told += [moment(row.ended) for row in self.task.object_types]
        return max((at for at in told if at is not None), default=None)

    @property
    def beginnings(self) -> list[tuple[datetime, str]]:
        """Since when a comparison can tell how things are now, and what began or ended then."""
        told = (
            (moment(self.task.job.get("create_time")), "the task was created"),
            (self.task.progress_time("full_complete_time"), "the full phase ended"),
            (self.task.progress_time("incr_start_time"), "the incremental phase began"),
        )
        return [(at, words) for at, words in told if at is not None]

    def tasks_of(self, kind: str) -> Sequence[CompareTask]:
        """The comparisons of a kind, newest first."""
        return [task for task in self.task.comparisons or () if task.kind == kind]
