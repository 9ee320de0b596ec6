"""How much of several lists was read, as the answer tells it."""

from dataclasses import dataclass, field

from drs_mcp.api.paging import Coverage
from drs_mcp.summaries.answer import Read


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
