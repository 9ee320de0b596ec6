"""Statements of the source without the data in them."""

import re
from typing import Final

from drs_mcp.quoting.secrets import hide_secrets
from drs_mcp.summaries.comparisons.sql.where_clause import template_of

_SIZED: Final = re.compile(
    r"\b(n?(?:var)?char2?|(?:var)?binary|bit|raw|dec(?:imal)?|numeric|number|float|double|real"
    r"|(?:tiny|small|medium|big)?int(?:eger)?|year|time(?:stamp)?|datetime2?)"
    r"\s?\(\s?(\d{1,9})\s?(?:,\s?(\d{1,3})\s?)?\)",
    re.IGNORECASE,
)
_KEPT: Final = re.compile(r" __size_(\d{1,9})(?:_(\d{1,3}))?__")


def without_values(statement: str) -> str:
    """The statement with `?` for each of its values."""
    return template_of(hide_secrets(statement))


def ddl_without_values(statement: str) -> str:
    """The same of a DDL, with the sizes of its types: whoever carries it out needs them."""
    marked = _SIZED.sub(
        lambda found: f"{found[1]} __size_{found[2]}{f'_{found[3]}' if found[3] else ''}__",
        statement,
    )
    return _KEPT.sub(
        lambda found: f"({found[1]}{f',{found[2]}' if found[2] else ''})", without_values(marked)
    )
