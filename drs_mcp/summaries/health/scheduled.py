"""Comparisons that DRS runs by itself on a schedule; they do not stand in the ordinary list.

Whether they found the data equal is told for objects only, in another call: that one of rows ran is
no evidence of anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.api.wire.times import zoned
from drs_mcp.api.wire.values import Row, text, texts, word
from drs_mcp.clock import iso
from drs_mcp.knowledge.words import as_word
from drs_mcp.summaries.comparisons.overviews.objects import TypeCount

KNOWN: Final = frozenset({"status", "period", "compare_type", "next_compare_time"})


@dataclass(frozen=True)
class ScheduledRun:
    """One comparison that the schedule ran."""

    id: str
    kind: str
    status: str
    started: datetime | None
    ended: datetime | None

    @property
    def told(self) -> str:
        """It in our own words."""
        kind, status = as_word(self.kind) or "other", as_word(self.status) or "unknown"
        at = self.ended or self.started
        return f"{kind} {status.lower()}{f' at {iso(at)}' if at else ''}"


@dataclass(frozen=True)
class Schedule:
    """The policy: whether comparisons are scheduled, of what kinds, and when the next one runs."""

    open: bool
    kinds: tuple[str, ...]
    next_at: datetime | None

    @property
    def says(self) -> str:
        """The policy in our own words."""
        kinds = ", ".join(as_word(kind) or "other" for kind in self.kinds)
        of = f" of {kinds}" if kinds else ""
        when = f", next at {iso(self.next_at)}" if self.next_at else ""
        return f"comparisons{of} are scheduled{when}"


@dataclass(frozen=True)
class Scheduled:
    """The policy, what it ran, newest first, and what the newest run over objects found, if read.

    Without any type it tells nothing of what it found.
    """

    policy: Schedule
    runs: tuple[ScheduledRun, ...] = ()
    objects: Sequence[TypeCount] | None = None

    @property
    def objects_run(self) -> ScheduledRun | None:
        """The newest run over objects that ended well."""
        return newest_of_objects(self.runs)


def newest_of_objects(runs: Iterable[ScheduledRun]) -> ScheduledRun | None:
    """The newest run over objects that ended well, of runs that stand newest first."""
    return next((one for one in runs if one.kind == _OBJECTS and one.status in _ENDED), None)


_OBJECTS: Final = "object_comparison"
_KINDS: Final = dict.fromkeys(
    ("object_compare", "objects", "object", "objectcomparison", "objects_comparison"), _OBJECTS
)
"""Second spellings of what is compared."""

_ENDED: Final = frozenset(
    {"SUCCESSFUL", "SUCCESS", "SUCCEEDED", "FINISHED", "COMPLETED", "完成", "已完成"}
)


def schedule_of(row: Row) -> Schedule:
    """The policy of `compare-policy`."""
    return Schedule(
        open=word(row.get("status")) == "OPEN",
        kinds=tuple(texts(row.get("compare_type"))) if row.get("compare_type") else (),
        next_at=zoned(row.get("next_compare_time")),
    )


def runs_of(page: FirstRows) -> list[ScheduledRun]:
    """The runs, the newest first."""
    found = [
        ScheduledRun(
            id=text(row.get("id")) or "",
            kind=_KINDS.get(kind := (text(row.get("type")) or "").lower(), kind),
            status=word(row.get("status")) or "",
            started=zoned(row.get("start_time")),
            ended=zoned(row.get("end_time")),
        )
        for row in page.rows
    ]
    return sorted(found, key=lambda one: -(one.started.timestamp() if one.started else 0.0))
