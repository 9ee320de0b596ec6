"""The label on results that carry third-party text: for hosts that treat such text with care."""

import re
from collections.abc import Mapping
from typing import Any, Final

from drs_mcp.quoting.names import holds_name
from drs_mcp.summaries.answer import OWN_WORDS

LABEL: Final = "drs-mcp/third_party_text"
"""Key in `_meta`: the names of the answer's fields that may hold text which others wrote.

Enum values count as theirs: DRS may send new ones, which pass through. Sentences of ours are named
where they hold a name.
"""

ANYWHERE: Final = ("*",)
"""Value of the label where the fields cannot be told beforehand, as on a resource."""

_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z)?")


def label(answer: Mapping[str, Any]) -> dict[str, Any] | None:
    """`_meta` for a rendered answer; None where every word in it is ours, a number or a time."""
    fields = [name for name, value in answer.items() if _holds(name, value)]
    return {LABEL: fields} if fields else None


def _holds(name: str, value: object) -> bool:
    if isinstance(value, str):
        if name in OWN_WORDS:
            return holds_name(value)
        return bool(value) and not _TIME.fullmatch(value)
    if isinstance(value, Mapping):
        return any(_holds(key, item) for key, item in value.items())
    if isinstance(value, list):
        return any(_holds(name, item) for item in value)
    return False
