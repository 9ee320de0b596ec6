"""How much of several lists was read, as the answer tells it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from drs_mcp.api.paging import Coverage
from drs_mcp.api.wire.values import Row, count, record
from drs_mcp.summaries.answer import Read

NO_LIST = "DRS sent no list"


@dataclass
class Listing:
    """Whether DRS sent a list at all: a list, though empty, or a total of none.

    Args:
        rows_of: where the rows stand in the `job` object.
    """

    rows_of: Callable[[Row], object]
    sent: bool = False

    def see_page(self, job: Row) -> None:
        """Look at one page."""
        if not self.sent:
            self.sent = bool(self.rows_of(job)) or isinstance(self.rows_of(job), list)
            counted = (job.get("total_count"), _differences(job).get("count"))
            self.sent = self.sent or any(count(number) is not None for number in counted)

    def of(self, coverage: Coverage) -> Coverage:
        """What was read; without any list nothing was."""
        if self.sent or not coverage.complete:
            return coverage
        return Coverage(coverage.rows, None, NO_LIST)


def _differences(job: Row) -> Row:
    """What tells a list of differing rows its length (Table 49)."""
    return record(record(job.get("compare_result")).get("content_diff_detail_info"))


@dataclass
class CombinedCoverage:
    """How much of several lists was read: rows read, rows there were, what stopped."""

    rows: int = 0
    of: int | None = 0
    stopped: list[str] = field(default_factory=list)
    of_all_databases: bool = False
    """Whether DRS minds no database names: the rows are of all of them, whichever were named."""

    def add(self, coverage: Coverage) -> None:
        """Count one more list."""
        self.rows += coverage.rows
        if self.of is not None:
            self.of = None if coverage.of is None else self.of + coverage.of
        if not coverage.complete:
            self.stopped.append(coverage.why)

    def doubt(self, coverage: Coverage) -> None:
        """Count what a list leaves open that told which rows to read, not its rows."""
        if not coverage.complete:
            self.stopped.append(coverage.why)

    def join(self, other: "CombinedCoverage") -> None:
        """Count what another walk brought."""
        self.rows += other.rows
        self.of = None if self.of is None or other.of is None else self.of + other.of
        self.stopped += other.stopped
        self.of_all_databases = self.of_all_databases or other.of_all_databases

    @property
    def as_read(self) -> Read | None:
        """For the answer: None when everything was read."""
        return read_of(Coverage(self.rows, self.of, self.stopped[0])) if self.stopped else None


def read_of(coverage: Coverage) -> Read | None:
    """How much was read, for the answer: None when it was everything."""
    if coverage.complete:
        return None
    return Read(rows=coverage.rows, of=coverage.of, why=coverage.why)
