"""The first page of a list that may be long."""

from typing import NamedTuple

from drs_mcp.api.wire.values import Row


class FirstRows(NamedTuple):
    """Rows of the first page, and how many rows there are, where that is told."""

    rows: list[Row]
    total: int | None

    @property
    def whole(self) -> bool:
        """Whether these are all the rows there are."""
        return self.total is not None and self.total <= len(self.rows)

    @property
    def known(self) -> int:
        """How many rows there are, as far as that is known."""
        return max(self.total or 0, len(self.rows))
