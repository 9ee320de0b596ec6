"""The DDL of the source that DRS met: what it did not carry out, and what waits for a human."""

from dataclasses import dataclass
from datetime import datetime

from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.api.wire.times import moment, zoned
from drs_mcp.api.wire.values import Row, count, flag, text
from drs_mcp.summaries.health.past.statements import ddl_without_values
from drs_mcp.summaries.health.past.when import by_time, when

_ALARM = 1


@dataclass(frozen=True)
class Ddl:
    """One statement: `failed` where DRS says that it did not carry it out, `alarm` where it waits.

    `at` is when it ran at the source, if its zone is told, `written` the time as it came; the values
    in `statement` are left out.
    """

    number: int | None
    statement: str
    at: datetime | None
    failed: bool
    alarm: bool
    cleared: bool
    written: str = ""

    @property
    def when(self) -> str | None:
        """The time for a cell."""
        return when(self.written)

    @property
    def waits(self) -> bool:
        """Whether it needs a human, and nobody has said that it was seen to."""
        return self.alarm and not self.cleared

    @property
    def state(self) -> str:
        """Its state in a word or two."""
        if self.waits:
            return "needs a human"
        if self.alarm:
            return "cleared by hand"
        return "not carried out" if self.failed else "carried out"


def ddls_of(page: FirstRows) -> list[Ddl]:
    """The statements, what waits first, then the newest."""
    found = [_ddl(row) for row in page.rows]
    return sorted(
        found,
        key=lambda one: (not one.waits, not one.failed, -by_time(one.written)),
    )


def _ddl(row: Row) -> Ddl:
    return Ddl(
        number=count(row.get("seqno")),
        statement=ddl_without_values(text(row.get("ddl_text")) or ""),
        at=zoned(row.get("ddl_timestamp")),
        failed=flag(row.get("exe_result")) is False,
        alarm=count(row.get("status")) == _ALARM,
        cleared=moment(row.get("clean_time")) is not None,
        written=text(row.get("ddl_timestamp")) or "",
    )
