"""One log entry (Table 30) as it is read: its level, its time as text that sorts, its message.

Times stay text: ISO-8601 in UTC of one shape compares as it dates, so that a log of 100,000
entries costs no 100,000 dates.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from drs_mcp.api.values import moment, text
from drs_mcp.quoted import spoken

ERROR, WARN, INFO, DEBUG, UNKNOWN = "error", "warn", "info", "debug", "unknown"

KEPT_CHARS = 2000
"""So much of a message is kept and compared; answers show a tenth of it."""

_WORDS = {
    ERROR: ("error", "err", "fatal", "critical", "crit", "severe", "alert", "emerg", "panic"),
    WARN: ("warn", "warning", "alarm"),
    INFO: ("info", "information", "informational", "notice", "log"),
    DEBUG: ("debug", "trace", "verbose", "fine"),
}
_LEVEL_OF = {word: level for level, words in _WORDS.items() for word in words}
_OTHER_LEVELS = 8
_RANK = {ERROR: 0, WARN: 1, INFO: 4, DEBUG: 5}

# A level at the head of a message, after its time if it has one: `[warn] …`, `ERROR 1062 …`.
_HEAD = re.compile(
    r"\s*(?:[\[(]?\d{4}-\d\d-\d\d[T ][\d:.,+Z]+[\])]?\s*)?"
    r"(?:[\[(<](?P<boxed>[A-Za-z]{3,13})[\])>]|(?P<told>[A-Za-z]{3,13})(?::|\s+-\s)"
    r"|(?P<loud>[A-Z]{3,13})\b)"
)

_SECONDS = frozenset(f"{second:02}Z" for second in range(60))
_MINUTES_KEPT = 20_000


def rank(level: str) -> int:
    """Errors before warnings before levels that DRS does not document, info and debug last."""
    return _RANK.get(level, 3 if level == UNKNOWN else 2)


class Levels:
    """Reads levels whatever their spelling; a new word passes as itself, up to a few of them."""

    def __init__(self) -> None:
        self.spelt: dict[str, str] = {}
        self._others: set[str] = set()

    def read(self, value: object, message: str) -> str:
        """The level an entry states, else the one its message begins with, else `unknown`."""
        stated = text(value)
        if stated is None:
            return level_in(message)
        word = stated.lower()
        level = _LEVEL_OF.get(word) or self._other(word)
        if isinstance(value, str) and len(self.spelt) < 100:
            self.spelt[value] = level
        return level

    def _other(self, word: str) -> str:
        if word not in self._others:
            if spoken(word) is None or len(word) > 20 or len(self._others) == _OTHER_LEVELS:
                return UNKNOWN
            self._others.add(word)
        return word


def level_in(message: str) -> str:
    """The level that a message begins with, or `unknown`."""
    found = _HEAD.match(message)
    if found is None:
        return UNKNOWN
    return _LEVEL_OF.get(found[found.lastgroup or 0].lower(), UNKNOWN)


class Times:
    """Reads times as sortable text: `2026-11-20T08:01:02` with a fraction where there is one."""

    def __init__(self) -> None:
        self._minutes: set[str] = set()

    def read(self, value: object) -> str:
        """ISO-8601, epoch milliseconds or `YYYY-MM-DD hh:mm:ss`; empty when unreadable.

        A minute that was once read as a date vouches for the other entries of that minute.
        """
        usual = type(value) is str and len(value) == 20 and value[17:] in _SECONDS
        if usual and value[:17] in self._minutes:  # type: ignore[index]
            return value[:19]  # type: ignore[index,no-any-return]
        found = moment(value)
        if found is None:
            return ""
        key = sortable(found)
        if usual and key == value[:19] and len(self._minutes) < _MINUTES_KEPT:  # type: ignore[index]
            self._minutes.add(key[:17])
        return key


def sortable(moment_: datetime | None) -> str:
    """A moment as text that sorts; empty for none."""
    return moment_.astimezone(UTC).isoformat()[:-6] if moment_ is not None else ""


def shown(key: str) -> str | None:
    """A sortable time as answers write it: ISO-8601 in UTC, to the second."""
    return f"{key[:19]}Z" if key else None


def message_of(row: Mapping[str, Any]) -> str:
    """The message as text, the part of it that is kept."""
    return (text(row.get("message")) or "")[:KEPT_CHARS]


class Filter:
    """Which entries a question is about, by text and time."""

    def __init__(
        self, *, contains: str = "", since: datetime | None = None, until: datetime | None = None
    ) -> None:
        self.contains = contains.casefold()
        self.since = sortable(since)
        self.until = sortable(until)
        self.active = bool(self.contains or self.since or self.until)
        self.undated = 0
        """Entries left out because their time could not be read."""

    def takes(self, at: str, message: str) -> bool:
        """Whether an entry is one of them; both ends of the span belong to it."""
        if self.contains and self.contains not in message.casefold():
            return False
        if not (self.since or self.until):
            return True
        if not at:
            self.undated += 1
            return False
        # An end without a fraction takes its whole second in, as answers show whole seconds.
        return at >= self.since and (not self.until or at[: len(self.until)] <= self.until)
