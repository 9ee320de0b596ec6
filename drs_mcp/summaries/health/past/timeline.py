"""What was done to a task, and by whom: its timeline.

Names of users are personal: they are shown where an answer asks for them and written nowhere else.
"""

from dataclasses import dataclass
from datetime import datetime

from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.api.wire.times import zoned
from drs_mcp.api.wire.values import text, word
from drs_mcp.summaries.health.past.when import by_time, when, when_in_words


@dataclass(frozen=True)
class Operation:
    """One thing that was done; `at` is known where the time has a zone, `written` is it as it came."""

    name: str
    status: str
    at: datetime | None
    written: str
    user: str | None

    @property
    def when(self) -> str | None:
        """The time for a cell."""
        return when(self.written)

    @property
    def when_in_words(self) -> str:
        """The time for a sentence."""
        return when_in_words(self.written)


def operations_of(page: FirstRows) -> list[Operation]:
    """The operations, newest first; those of an unknown time keep their places at the end."""
    found = [
        Operation(
            name=word(row.get("name")) or "?",
            status=(text(row.get("status")) or "").lower(),
            at=zoned(row.get("operation_time")),
            written=text(row.get("operation_time")) or "",
            user=text(row.get("user_name")),
        )
        for row in page.rows
    ]
    return sorted(found, key=lambda one: by_time(one.written), reverse=True)


def is_oldest_first(page: FirstRows) -> bool:
    """Whether the rows of a page stand in the order in which things were done."""
    times = [found for row in page.rows if (found := by_time(row.get("operation_time"))) > 0]
    return len(times) > 1 and times[0] < times[-1]
