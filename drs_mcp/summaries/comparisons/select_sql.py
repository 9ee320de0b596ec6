"""The table a SELECT reads: value differences name their table nowhere else (Table 50)."""

import re
from typing import NamedTuple

from drs_mcp.quoting.sql.literals import hide_sql_values

_PART = r"(?:`(?:``|[^`])+`|\"(?:\"\"|[^\"])+\"|\[(?:\]\]|[^\]])+\]|[\w$#\u0080-\uffff]+)"
_FROM = re.compile(rf"\bFROM\s+({_PART}(?:\s*\.\s*{_PART}){{0,2}})", re.IGNORECASE)
_STRING = re.compile(r"[NEBX]?'(?:''|\\.|[^'\\])*'", re.IGNORECASE)
_PARTS = re.compile(_PART)
_QUOTES = {"`": "``", '"': '""', "[": "]]"}


class Selected(NamedTuple):
    """Where a statement reads, and its form with every value replaced by `?`."""

    table: str | None
    template: str


def selected(sql: str) -> Selected:
    """Read the table (with its schema, unquoted) and the template of a SELECT.

    The table is None where it cannot be read: no FROM, a subquery, or text that is no SELECT.
    """
    masked = _STRING.sub("?", sql)  # a string may hold anything, FROM included
    template = hide_sql_values(sql)
    if not masked.lstrip().lower().startswith("select"):
        return Selected(None, template)
    found = _FROM.search(masked)
    if found is None:
        return Selected(None, template)
    return Selected(".".join(_bare(part) for part in _PARTS.findall(found[1])), template)


def _bare(part: str) -> str:
    doubled = _QUOTES.get(part[0])
    return part[1:-1].replace(doubled, doubled[0]) if doubled else part
