"""When something was done, as rows beside the documented page tell it, with a zone or without.

A time without a zone may be hours off: it orders rows, as UTC, and is shown marked; it vouches for no
age.
"""

from datetime import datetime

from drs_mcp.api.wire.times import moment, zoned
from drs_mcp.api.wire.values import text
from drs_mcp.clock import iso

_UNKNOWN = "(zone unknown)"


def when(value: object) -> str | None:
    """The time for a cell: in UTC where its zone is told, else as it came, marked."""
    at, written = zoned(value), text(value)
    if at is not None:
        return iso(at)
    return f"{written} {_UNKNOWN}" if written else None


def when_in_words(value: object) -> str:
    """The time for a sentence of ours, to the second; empty where it cannot be read."""
    if (at := zoned(value)) is not None:
        return iso(at)
    read = moment(value)
    return f"{read:%Y-%m-%d %H:%M:%S} {_UNKNOWN}" if read is not None else ""


def by_time(value: object) -> float:
    """What sorts by time, the newest greatest and what cannot be read least."""
    read = moment(value)
    return read.timestamp() if read is not None else -1.0


def newest_for_sure(values: list[object]) -> datetime | None:
    """The newest time, if each tells its zone or lies a day before it: else it may be another."""
    told = [at for value in values if (at := zoned(value)) is not None]
    newest = max(told, default=None)
    if newest is None:
        return None
    edge = newest.timestamp() - 86_400
    others = [value for value in values if zoned(value) is None]
    return newest if all(0 < by_time(value) < edge for value in others) else None
