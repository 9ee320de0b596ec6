"""One log entry (Table 30) as it is read: its time as text that sorts, its message.

Times stay text: ISO-8601 in UTC of one shape compares as it dates, so that a log of 100,000
entries costs no 100,000 dates.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, Final

from drs_mcp.api.wire.digits import whole_numbers
from drs_mcp.api.wire.values import moment, text
from drs_mcp.quoting.forms import zeroed

KEPT_CHARS = 2000
"""So much of a message is kept as a line."""

WHOLE_CHARS = 40_000
"""No more of a message is looked at."""

_HEAD_CHARS, _CAUSE_CHARS, _END_CHARS = 2000, 500, 1000
SHORT_CHARS = _HEAD_CHARS + _END_CHARS
"""A message of this length is folded whole."""

_CAUSE = re.compile(r"(?i:caused? ?by\b)|根因|原因")

_SHAPE: Final = "0000-00-00T00:00:00Z\n"
_COMMAS: Final = bytes.maketrans(b"\n", b",")
_PAST_HOUR: Final = [
    60 * minute + second if minute < 60 and second < 60 else None
    for minute in range(100)
    for second in range(100)
]
_HOURS_KEPT = 20_000


class _Hours(dict[int, int]):
    """Hours that are dates, as 2026112008, in seconds since 1970; KeyError for all else."""

    def __missing__(self, hour: int) -> int:
        digits = str(hour)
        at = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T{digits[8:]}:00:00Z"
        found = moment(at)
        if found is None or at != f"{sortable(found)}Z":
            raise KeyError(hour)
        if len(self) >= _HOURS_KEPT:
            self.clear()
        begins = self[hour] = int(found.timestamp())
        return begins


class Times:
    """Reads times as sortable text: `2026-11-20T08:01:02` with a fraction where there is one."""

    def __init__(self) -> None:
        self._hours = _Hours()

    def page(self, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """The time of each entry of a page; see `read`."""
        return self.dated(rows)[0]

    def dated(self, rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[int] | None]:
        """The time of each entry of a page, and in whole seconds since 1970 where all are known."""
        try:
            written = "\n".join(map(itemgetter("create_time"), rows))
            if zeroed(written) + "\n" == _SHAPE * len(rows):  # as DRS writes them
                digits = written.encode("ascii").translate(_COMMAS, b"-T:Z").decode("ascii")
                hours, past = self._hours, _PAST_HOUR
                # An hour once read as a date vouches for the other entries of that hour.
                seconds = [
                    hours[at // 10_000] + past[at % 10_000]  # type: ignore[operator]
                    for at in whole_numbers(digits, len(rows)) or ()
                ]
                if len(seconds) == len(rows):
                    return written.replace("Z", "").split("\n"), seconds
        except (KeyError, TypeError):  # absent, no text, or no time
            pass
        return [self.read(row.get("create_time")) for row in rows], None

    def read(self, value: object) -> str:
        """When an entry was written, in any form that `moment` reads; empty when unreadable."""
        found = moment(value)
        return "" if found is None else sortable(found)


def sortable(moment_: datetime | None) -> str:
    """A moment as text that sorts; empty for none."""
    return moment_.astimezone(UTC).isoformat()[:-6] if moment_ is not None else ""


def shown(key: str, *, precise: bool = True) -> str | None:
    """A sortable time as answers write it: ISO-8601 in UTC, to the second or to the minute."""
    return f"{key[: 19 if precise else 16]}Z" if key else None


def whole_messages(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The messages of a page as text, whole but for what is longer than any that DRS is known for."""
    messages: list[Any]
    try:
        messages = list(map(itemgetter("message"), rows))
    except KeyError:
        messages = [row.get("message") for row in rows]
    if set(map(type, messages)) == {str} and max(map(len, messages)) <= WHOLE_CHARS:
        return messages
    return [
        one if type(one) is str and len(one) <= WHOLE_CHARS else _as_text(one) for one in messages
    ]


def _as_text(message: object) -> str:
    return (message if isinstance(message, str) else text(message) or "")[:WHOLE_CHARS]


def cut(message: str) -> str:
    """The part of a message that is kept as a line."""
    return message[:KEPT_CHARS]


def abridged(message: str) -> str:
    """A long message as its head, its last cause where that lies between, and its end."""
    if len(message) <= SHORT_CHARS:
        return message
    end = len(message) - _END_CHARS
    causes = [found.start() for found in _CAUSE.finditer(message, _HEAD_CHARS, end)]
    parts = [message[:_HEAD_CHARS], *(message[at : at + _CAUSE_CHARS] for at in causes[-1:])]
    return " … ".join([*parts, message[end:]])
