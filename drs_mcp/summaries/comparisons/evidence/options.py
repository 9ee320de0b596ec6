"""The options of a comparison task: what it leaves out, and how it treats writes meanwhile.

`lobCompare` (ignore, length), `contentCompareType` (static, dynamic), `comparePolicy` (normal,
manyToOne) and a proportion of the rows; the reference page does not list them (Table 44), the
vendor's SDK does.
"""

import json
from enum import StrEnum

from drs_mcp.api.wire.values import Row, number, record, text


class Option(StrEnum):
    """What a comparison was told to do."""

    LOB_IGNORED = "lob_ignored"
    LOB_BY_LENGTH = "lob_by_length"
    SAMPLED = "sampled"
    STATIC = "static"
    DYNAMIC = "dynamic"
    MANY_TO_ONE = "many_to_one"
    NOT_UNDERSTOOD = "not_understood"


LEFT_OUT = {
    Option.LOB_IGNORED: "LOB columns not compared",
    Option.LOB_BY_LENGTH: "LOB columns compared by length only",
    Option.SAMPLED: "only a sample of the rows compared",
    Option.NOT_UNDERSTOOD: "an option that could not be read",
}
"""Options by which agreement covers less than everything, in words."""

_OF_VALUES = frozenset({Option.LOB_IGNORED, Option.LOB_BY_LENGTH})
_CHOICES = {
    ("lobcompare", "ignore"): Option.LOB_IGNORED,
    ("lobcompare", "length"): Option.LOB_BY_LENGTH,
    ("contentcomparetype", "static"): Option.STATIC,
    ("contentcomparetype", "dynamic"): Option.DYNAMIC,
    ("comparepolicy", "manytoone"): Option.MANY_TO_ONE,
    ("comparemode", "quickcomparison"): Option.SAMPLED,
}
_WHOLE = frozenset({"", "normal", "full", "all", "none", "content", "value", "complete", "default"})
"""Values that leave nothing out."""

_SHARES = ("proportion", "sampl")
_NARROWS = (
    "options",
    "filter",
    "ignor",
    "exclu",
    "skip",
    "column",
    "where",
    "condition",
    "partial",
    "range",
    "scope",
    "quick",
    "percent",
    "subset",
)
"""Parts of the names of options that may leave something out, whatever their value means."""

_ALL_PERCENT = 100


def options_of(row: Row, kind: str) -> frozenset[Option]:
    """The options of a comparison task (Table 44) that bear on its *kind*.

    What becomes of LOB columns does not matter where rows are counted.
    """
    found = {
        choice
        for name, value in _options(row).items()
        if (choice := _option(_plain(name), value)) is not None
    }
    if _plain(text(row.get("type"))) == "random":
        found.add(Option.SAMPLED)
    return frozenset(found if kind == "content_compare" else found - _OF_VALUES)


def _options(row: Row) -> dict[str, object]:
    given = row.get("options")
    if isinstance(given, str) and given.strip().startswith("{"):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            return {"options": given}
    if isinstance(given, list):
        given = _pairs(given)
    elif given and not isinstance(given, dict):
        given = {"options": given}
    tags = record(row.get("compare_job_tag"))
    return {**tags, **record(given), "proportion": row.get("proportion_value")}


def _pairs(given: list[object]) -> dict[str, object]:
    """A list of `{"key": …, "value": …}`; of any other form it cannot be read."""
    found: dict[str, object] = {}
    for one in given:
        name = text(record(one).get("key")) or text(record(one).get("name"))
        found |= {name: record(one).get("value")} if name else {"options": given}
    return found


def _option(name: str, value: object) -> Option | None:
    told = _plain(text(value))
    if any(word in name for word in _SHARES):
        share = number(value)
        whole = told in _WHOLE or told == "false" or share in (0, 1, _ALL_PERCENT)
        return None if whole else Option.SAMPLED
    known = _CHOICES.get((name, told))
    if known is not None:
        return known
    compared = name in {choice for choice, _ in _CHOICES} or any(word in name for word in _NARROWS)
    # Of LOB columns "none" may mean that none is compared.
    fine = _WHOLE - {"none"} if "lob" in name else _WHOLE
    nothing = not value if isinstance(value, list | dict) else told in {*fine, "false", "0"}
    return Option.NOT_UNDERSTOOD if compared and not nothing else None


def _plain(value: str | None) -> str:
    return "".join(sign for sign in (value or "").lower() if sign.isalnum())
