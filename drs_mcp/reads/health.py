"""Reading how a task moves and what happened to it: optional parts, side by side, first pages only."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

import anyio

from drs_mcp.api.connections import Connection
from drs_mcp.api.task_reads import TaskReads
from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import record, text, word
from drs_mcp.knowledge.statuses import Status, status
from drs_mcp.reads.optional import OptionalParts
from drs_mcp.summaries.checks.precheck_facts import PrecheckFacts, as_table_32, precheck_facts
from drs_mcp.summaries.health import components, monitor
from drs_mcp.summaries.health.evidence import TaskHealth
from drs_mcp.summaries.health.past.ddl import ddls_of
from drs_mcp.summaries.health.past.rejected import rejected_of
from drs_mcp.summaries.health.past.timeline import is_oldest_first, operations_of
from drs_mcp.summaries.health.recovery import recovery_of

ANONYMOUS: Final = {"anonymize_mode": "true"}
"""Rejected rows are always asked for without the values of their columns."""

FULL_PHASE: Final = {"task_mode": "FULL_TRANSFER"}
"""Rejected rows are of the incremental phase unless those of the full phase are asked for."""

_MOST_ROWS: Final = 100
_MOVING: Final = frozenset({"running", "failed", "paused"})
_MIGRATES: Final = frozenset({"full", "incremental", "paused", ""})

Part = Callable[[], Awaitable[Any]]


@dataclass(frozen=True)
class _TaskFacts:
    """What tells which parts a task can have; where the detail is unread, it may have any."""

    detail: Job | None

    @property
    def state(self) -> Status:
        job: Any = self.detail or {}
        return status(word(job.get("status")), text(self.base.get("task_type")))

    @property
    def base(self) -> Any:
        return record((self.detail or {}).get("base_info"))

    @property
    def moves(self) -> bool:
        """Whether its parts can be moving, or have stopped where they were."""
        known = self.detail is not None and self.state.group != "unknown"
        return not known or (self.state.group in _MOVING and self.state.phase in _MIGRATES)

    @property
    def incremental(self) -> bool:
        """Whether it can have an incremental phase."""
        return text(self.base.get("task_type")) != "FULL_TRANS" and self.state.phase != "full"

    @property
    def in_configuration(self) -> bool:
        """Whether it has not been started yet, so that a pre-check decides."""
        return self.state.group == "configuration"

    @property
    def recovers(self) -> bool:
        """Whether it is disaster recovery."""
        return text(self.base.get("job_type")) == "cloudDataGuard"

    @property
    def has_components(self) -> bool:
        """Whether its engines are documented to have components."""
        engine = (text(self.base.get("engine_type")) or "").lower()
        return text(self.base.get("job_type")) == "sync" and engine in components.ENGINES

    @property
    def cassandra(self) -> bool:
        return "cassandra" in (text(self.base.get("engine_type")) or "").lower()


@dataclass
class HealthReader:
    """Reads the parts that a task can have; none that fails fails the others.

    Args:
        drs: the connection of the call.
        job_id: the task.
    """

    drs: Connection
    job_id: str
    parts: OptionalParts = field(init=False)
    _read: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parts = OptionalParts(self.drs, self.job_id)

    async def read(self, detail: Job | None, *, history: bool = True) -> TaskHealth:
        """What DRS tells of the task that *detail* describes; `parts` says what it does not offer.

        Args:
            detail: the `job` object of `type=detail`; None where that is unread.
            history: whether what happened to it is wanted, beside how it moves now.
        """
        facts = _TaskFacts(detail)
        wanted = self._now(facts) | (self._before(facts) if history else {})
        async with anyio.create_task_group() as group:
            for name, (called, part) in wanted.items():
                group.start_soon(self._one, name, called, part)
        return TaskHealth(**self._read, unread=self.parts.told)

    async def tables(self) -> FirstRows | None:
        """How far each table is: the first page."""

        async def part() -> FirstRows:
            return await self._task.first_rows("progress-data/table", "the progress of tables")

        return await self.parts.read("progress of tables", part)

    async def _one(self, name: str, called: str, part: Part) -> None:
        found = await self.parts.read(called, part)
        if found is not None:
            self._read |= found if isinstance(found, dict) else {name: found}

    @property
    def _task(self) -> TaskReads:
        return TaskReads(self.drs.client, self.job_id)

    @property
    def _moment(self) -> datetime:
        return self.drs.client.limits.clock.utc_now()

    def _now(self, facts: _TaskFacts) -> dict[str, tuple[str, Part]]:
        parts: dict[str, tuple[str, Part]] = {}
        if facts.moves and not facts.cassandra:
            parts["monitor"] = ("monitoring", self._monitor)
        if facts.moves and facts.incremental and facts.has_components:
            parts["components"] = ("components", self._components)
        if facts.moves and facts.recovers:
            parts["recovery"] = ("RPO and RTO", self._recovery)
        return parts

    def _before(self, facts: _TaskFacts) -> dict[str, tuple[str, Part]]:
        parts: dict[str, tuple[str, Part]] = {"operations": ("timeline", self._operations)}
        if facts.moves:
            full_phase = facts.state.phase == "full"
            parts["rejected"] = ("rejected rows", partial(self._rejected_in, full_phase))
        if facts.moves and facts.incremental:
            parts["ddl"] = ("DDL", self._ddl)
        if facts.in_configuration:
            parts["precheck"] = ("pre-check", self._precheck)
        return parts

    async def _monitor(self) -> monitor.Monitor:
        row = await self._task.fields("monitor-data", monitor.KNOWN, "the monitoring")
        return monitor.monitor_of(row)

    async def _components(self) -> components.Components:
        row = await self._task.fields(
            "increment-components-detail", components.KNOWN, "the components"
        )
        return components.components_of(row)

    async def _recovery(self) -> Any:
        row = await self._task.rpo_and_rto()
        return recovery_of(row, self._moment) if row is not None else None

    async def _operations(self) -> Any:
        page = await self._timeline(0)
        if page.known > len(page.rows) and is_oldest_first(page):
            page = await self._timeline(page.known - len(page.rows))
        return operations_of(page)

    async def _timeline(self, offset: int) -> FirstRows:
        return await self._task.newest_rows(
            "timelines", "the timeline", offset=offset, limit=_MOST_ROWS
        )

    async def _rejected_in(self, full_phase: bool) -> Any:
        page = await self._task.first_rows(
            "dirty-data",
            "the rejected rows",
            narrowed=ANONYMOUS | (FULL_PHASE if full_phase else {}),
            limit=_MOST_ROWS,
        )
        return rejected_of(page)

    async def _precheck(self) -> PrecheckFacts:
        found = await self._task.last_precheck()
        return precheck_facts(None if found is None else as_table_32(found))

    async def _ddl(self) -> Any:
        page = await self._task.newest_rows(
            "ddl", "the DDL", narrowed={"status": "1"}, limit=_MOST_ROWS
        )
        return {"ddl": ddls_of(page), "ddl_more": not page.whole and bool(page.rows)}
