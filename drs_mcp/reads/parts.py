"""Parts of a read that run side by side: one that fails leaves the others, and is named."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

import anyio

from drs_mcp.api.paging import Coverage
from drs_mcp.errors import ApiError, DrsError, TimedOut, Unreachable
from drs_mcp.summaries.diagnosis.evidence import PARTLY

T = TypeVar("T")


@dataclass
class Parts:
    """What could not be read, or not to its end.

    Attributes:
        errors: part -> why it is missing.
        partly: part -> how much of it was read, in our own words.
    """

    errors: dict[str, DrsError] = field(default_factory=dict)
    partly: dict[str, str] = field(default_factory=dict)

    async def read(self, name: str, part: Callable[[], Awaitable[T]]) -> T | None:
        """The part, or None with its error kept."""
        try:
            return await part()
        except DrsError as error:
            self.errors[name] = error
            return None

    def cover(self, name: str, coverage: Coverage) -> None:
        """Keep that a part was not read to its end, or is not proven to have been all of it."""
        if not coverage.complete:
            self.partly[name] = partly_read(coverage)

    @property
    def unread(self) -> dict[str, str]:
        """Part -> why it is missing or incomplete, in our own words."""
        reasons = {name: reason_of(error) for name, error in self.errors.items()} | self.partly
        return dict(sorted(reasons.items()))


def partly_read(coverage: Coverage) -> str:
    """How much of a list was read, in our own words: why, where the numbers do not tell it."""
    of = f"{coverage.of:,}" if coverage.of is not None else "?"
    reasons = f"{PARTLY}{coverage.rows:,} of {of}"
    return reasons if coverage.of and coverage.rows < coverage.of else f"{reasons}: {coverage.why}"


def reason_of(error: DrsError) -> str:
    """Why a part could not be read, in our own words."""
    if isinstance(error, ApiError):
        return f"HTTP {error.status}" + (f", {error.code}" if error.code else "")
    if isinstance(error, TimedOut):
        return "no answer in time"
    return "cannot be reached" if isinstance(error, Unreachable) else "unusable answer"


async def run_parallel(parts: Mapping[str, Callable[[], Awaitable[T]]]) -> dict[str, T | DrsError]:
    """Run *parts* at once; each name has its result, or the error that DRS or the wire gave."""
    reading = Parts()
    done: dict[str, T | DrsError] = {}

    async def run(name: str, part: Callable[[], Awaitable[T]]) -> None:
        found = await reading.read(name, part)
        done[name] = reading.errors.get(name) or cast("T", found)

    async with anyio.create_task_group() as group:
        for name, part in parts.items():
            group.start_soon(run, name, part)
    return {name: done[name] for name in parts}
