"""Lenient readers: any JSON in, a value or None out.

DRS sends numbers as strings, strings as numbers, and sentinels for "unknown" (`-1`, `""`,
`"NaN"`, `null`); every field may be absent. These functions are the only place that knows it.
"""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

Row = Mapping[str, Any]
"""One decoded JSON object of the wire, read only through this module's functions."""

EMPTY: Final[Row] = MappingProxyType({})
_UNKNOWN = frozenset({"", "nan", "null", "none", "n/a", "na", "-", "--", "unknown"})
_MILLISECONDS = 10**11
"""An epoch number above this is in milliseconds: as seconds it would lie in the year 5138."""
_PLAIN_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?\Z")


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
    """A finite number, read from `5`, `"5"`, `"5%"` or `"1,234"`; anything else is unknown."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        try:
            found = float(value)
        except OverflowError:
            return None
        return found if math.isfinite(found) else None
    if isinstance(value, str):
        cleaned = value.strip().rstrip("%").replace(",", "").strip()
        if cleaned.lower() in _UNKNOWN or len(cleaned) > 40 or "_" in cleaned:
            return None
        try:
            found = float(cleaned)
        except ValueError:
            return None
        return found if math.isfinite(found) else None
    return None


def count(value: object) -> int | None:
    """A whole number of things: not negative (`-1` means unknown)."""
    if type(value) is int:  # the common case of a big comparison, kept cheap
        return value if 0 <= value < 10**18 else None
    if type(value) is str and value.isdecimal() and len(value) <= 18 and value.isascii():
        return int(value)
    found = number(value)
    return int(found) if found is not None and 0 <= found < 10**18 else None


def amount(value: object) -> int | float | None:
    """A measured number that cannot be negative, whole where it is whole, to two decimals."""
    found = number(value)
    if found is None or found < 0:
        return None
    rounded = round(found, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def flag(value: object) -> bool | None:
    """A boolean, also from `"true"`, `"false"`, 0 and 1."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return {"true": True, "false": False, "1": True, "0": False}.get(value.strip().lower())
    if isinstance(value, int) and value in (0, 1):
        return bool(value)
    return None


def moment(value: object) -> datetime | None:
    """A time in UTC from ISO-8601, epoch seconds or milliseconds, or `YYYY-MM-DD hh:mm:ss`.

    A time without a zone is taken as UTC. `0`, `-1` and empty are unknown.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_epoch(value)
    if not isinstance(value, str):
        return None
    raw = value.strip()
    if raw.removeprefix("-").isdecimal():
        return _from_epoch(int(raw)) if len(raw) <= 20 else None
    if len(raw) > 40:
        return None
    try:
        found = datetime.fromisoformat(raw.replace(",", ".") if _PLAIN_TIME.match(raw) else raw)
    except ValueError:
        return None
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _from_epoch(value: float) -> datetime | None:
    try:
        seconds = value / 1000 if abs(value) >= _MILLISECONDS else value
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (OverflowError, ValueError, OSError):
        return None
