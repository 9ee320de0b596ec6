"""What was read of how a task moves and what happened to it; each part may be missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from drs_mcp.summaries.checks.precheck_facts import PrecheckFacts
from drs_mcp.summaries.health.components import Components
from drs_mcp.summaries.health.monitor import Monitor
from drs_mcp.summaries.health.past.ddl import Ddl
from drs_mcp.summaries.health.past.rejected import Rejected
from drs_mcp.summaries.health.past.timeline import Operation
from drs_mcp.summaries.health.recovery import Recovery
from drs_mcp.summaries.health.sides import Judgement, slower_side


@dataclass(frozen=True)
class TaskHealth:
    """None, or nothing, is what is not offered or could not be read: of the latter `unread` says why.

    Attributes:
        monitor: figures of now.
        components: what captures and what applies.
        operations: what was done to the task, newest first, as far as the first page goes.
        ddl: statements that may need a human, as far as the first page goes.
        ddl_more: whether there are more than these.
        rejected: rows that could not be written.
        recovery: RPO and RTO.
        precheck: what the newest pre-check of a task in configuration found.
        unread: part -> why it could not be read, in our own words.
    """

    monitor: Monitor | None = None
    components: Components | None = None
    operations: Sequence[Operation] = ()
    ddl: Sequence[Ddl] = ()
    ddl_more: bool = False
    rejected: Rejected | None = None
    recovery: Recovery | None = None
    precheck: PrecheckFacts | None = None
    unread: Mapping[str, str] = field(default_factory=dict)

    def slower(self, delay_s: float | None, now: datetime) -> Judgement | None:
        """Which side holds the task up; None where nothing was told of either."""
        return slower_side(self.monitor, self.components, delay_s, now)


NO_HEALTH = TaskHealth()
"""Nothing was read."""
