"""Lenient readers: any JSON in, a value or None out.

DRS sends numbers as strings, strings as numbers, and sentinels for "unknown" (`-1`, `""`,
`"NaN"`, `null`); every field may be absent. These functions, with what `numerals` and `times` read of a
text, are the only place that knows it.
"""

import math
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from drs_mcp.api.wire.numerals import latin, literal
from drs_mcp.api.wire.times import Span, moment, span

__all__ = [
    "EMPTY",
    "Row",
    "Span",
    "amount",
    "count",
    "flag",
    "moment",
    "number",
    "record",
    "records",
    "seconds",
    "share",
    "span",
    "text",
    "texts",
    "word",
]

Row = Mapping[str, Any]
"""One decoded JSON object of the wire, read only through this module's functions."""

_LONGEST: Final = 40
EMPTY: Final[Row] = MappingProxyType({})


def record(value: object) -> Row:
    """A JSON object, or an empty one in place of anything else."""
    return value if isinstance(value, dict) else EMPTY


def records(value: object) -> list[Row]:
    """The JSON objects of a list; a lone object counts as a list of one, anything else as none."""
    if isinstance(value, list):
        return [item for item in value if isinstance(item, dict)]
    return [value] if isinstance(value, dict) and value else []


def text(value: object) -> str | None:
    """A non-empty string; numbers and booleans as JSON writes them; anything else is unknown."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return None


def texts(value: object) -> list[str]:
    """The readable items of a list, or of a lone scalar."""
    items = value if isinstance(value, list) else [value]
    return [item for raw in items if (item := text(raw)) is not None]


def word(value: object) -> str | None:
    """An enum value as the reference page writes it: stripped; a new value passes as itself."""
    found = text(value)
    return found.strip().upper() if found else None


def number(value: object) -> float | None:
    """A finite number, read from `5`, `"5%"`, `"1,234"`, `"17,5"`; anything else is unknown."""
    if isinstance(value, str):
        written = literal(value)
        found = float(written) if written is not None else math.nan
    elif isinstance(value, int | float) and not isinstance(value, bool):
        try:
            found = float(value)
        except OverflowError:
            return None
    else:
        return None
    return found if math.isfinite(found) else None


def count(value: object) -> int | None:
    """A whole number of things: not negative (`-1` means unknown)."""
    if type(value) is int:  # the common case of a big comparison, kept cheap
        return value if 0 <= value < 10**18 else None
    if type(value) is str and value.isdecimal() and len(value) <= 18 and value.isascii():
        return int(value)
    found = _exact(value)
    return int(found) if found is not None and 0 <= found < 10**18 else None


def _exact(value: object) -> float | None:
    """A number, of an integer every digit; a text with a fraction counts no things: unknown."""
    if type(value) is int:
        return value
    written = literal(value) if isinstance(value, str) else None
    if written is not None and written.lstrip("+-").isdecimal():
        return int(written)
    found = number(value)
    fraction = found is not None and found != int(found)
    return None if fraction and isinstance(value, str) else found


def amount(value: object) -> int | float | None:
    """A measured number that cannot be negative, whole where it is whole, to two decimals.

    What is not quite nothing is not told as 0, and what is not quite 100 not as 100.
    """
    found = number(value)
    if found is None or found < 0:
        return None
    rounded = round(found, 2)
    if rounded == 100 and found < 100:
        return 99.99
    if rounded == 0 and found > 0:
        return float(f"{found:.1g}")
    return int(rounded) if rounded == int(rounded) else rounded


_UNITS: Final = {
    unit: size
    for size, units in (
        (0.001, "ms msec millis millisecond milliseconds 毫秒"),
        (1, "s sec secs second seconds 秒"),
        (60, "m min mins minute minutes 分 分钟"),
        (3600, "h hr hrs hour hours 小时 时"),
        (86400, "d day days 天"),
    )
    for unit in units.split()
}
_PART = re.compile(r"([\d.,]{1,20}) {0,3}([^\W\d_]{1,12})\.?(?:\s{1,3}|\Z|(?=\d))")


def seconds(value: object, unit: float = 1) -> float | None:
    """A duration in seconds, of *unit* seconds each unless the text tells its own: `3 min`, `0ms`."""
    plain = number(value)
    if plain is not None:
        return plain * unit
    left = latin(value).strip().casefold() if isinstance(value, str) else ""
    if not left or len(left) > _LONGEST:
        return None
    total = 0.0
    while left:
        found = _PART.match(left)
        size = _UNITS.get(found[2]) if found else None
        times = number(found[1]) if found else None
        if found is None or size is None or times is None:
            return None
        total += times * size
        left = left[found.end() :]
    return total


def share(value: object) -> int | float | None:
    """A share in percent, as `amount` reads one; more than 100 is unknown.

    `"99,875"` cannot be thousands and is 99.875.
    """
    found = amount(value)
    if found is not None and found > 100 and isinstance(value, str):
        found = amount(latin(value).replace(",", "."))
    return found if found is not None and found <= 100 else None


def flag(value: object) -> bool | None:
    """A boolean, also from `"true"`, `"false"`, 0 and 1."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return {"true": True, "false": False, "1": True, "0": False}.get(value.strip().lower())
    if isinstance(value, int) and value in (0, 1):
        return bool(value)
    return None
