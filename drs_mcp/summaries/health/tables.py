"""How far each table of the full phase is."""

from typing import Final, NamedTuple

from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.api.wire.values import share, text

MOST_SHOWN: Final = 10


class TableProgress(NamedTuple):
    """One table: its name at the source, at the destination where it is another, and percent."""

    source: str
    destination: str | None
    pct: float | int | None

    @property
    def told(self) -> str:
        """It in a few words."""
        there = f" as {self.destination}" if self.destination else ""
        return f"{self.source}{there} {f'{self.pct}%' if self.pct is not None else 'unknown'}"


def tables_of(page: FirstRows) -> list[TableProgress]:
    """The tables of the first page, the least complete first."""
    found = []
    for row in page.rows:
        source = _name(row.get("src_db"), row.get("src_tb"))
        there = _name(row.get("dst_db"), row.get("dst_tb"))
        found.append(
            TableProgress(
                source, there if there not in (source, "?") else None, share(row.get("progress"))
            )
        )
    return sorted(found, key=lambda one: (one.pct is None, one.pct or 0))


def unfinished(tables: list[TableProgress]) -> list[TableProgress]:
    """The tables that are not complete, the least complete first."""
    return [one for one in tables if one.pct is None or one.pct < 100]


def _name(database: object, own: object) -> str:
    return ".".join(filter(None, (text(database), text(own)))) or "?"
