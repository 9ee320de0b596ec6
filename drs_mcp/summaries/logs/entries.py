"""One log entry (Table 30) as it is read: its level, its time as text that sorts, its message.

Times stay text: ISO-8601 in UTC of one shape compares as it dates, so that a log of 100,000
entries costs no 100,000 dates.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from drs_mcp.api.wire.values import moment, text
from drs_mcp.quoting.quoted import as_identifier

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

_PAST_HOUR = frozenset(f"{minute:02}:{second:02}Z" for minute in range(60) for second in range(60))
_HOURS_KEPT = 20_000


def rank(level: str) -> int:
    """Errors before warnings before levels that DRS does not document, info and debug last."""
    return _RANK.get(level, 3 if level == UNKNOWN else 2)


class Levels:
    """Reads levels whatever their spelling; a new word passes as itself, up to a few of them."""

    def __init__(self) -> None:
        self._spelt: dict[object, str] = {}
        self._others: set[str] = set()

    def page(self, rows: Sequence[Mapping[str, Any]], messages: Sequence[str]) -> list[str]:
        """The level of each entry of a page."""
        spelt = self._spelt
        try:
            return [spelt[row["level"]] for row in rows]
        except (KeyError, TypeError):  # a new spelling, or something that is no word
            return [
                self.read(row.get("level"), message)
                for row, message in zip(rows, messages, strict=True)
            ]

    def read(self, value: object, message: str) -> str:
        """The level an entry states, else the one its message begins with, else `unknown`."""
        if isinstance(value, str) and value in self._spelt:
            return self._spelt[value]
        stated = text(value)
        if stated is None:
            return level_in(message)
        word = stated.lower()
        level = _LEVEL_OF.get(word) or self._other(word)
        if isinstance(value, str) and len(self._spelt) < 100:
            self._spelt[value] = level
        return level

    def _other(self, word: str) -> str:
        if word not in self._others:
            if as_identifier(word) is None or len(word) > 20 or len(self._others) == _OTHER_LEVELS:
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
        self._hours: set[str] = set()

    def page(self, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """The time of each entry of a page; see `read`."""
        hours, read = self._hours, self.read
        try:
            # An hour once read as a date vouches for the other entries of that hour.
            return [
                at[:19] if at[:14] in hours and at[14:] in _PAST_HOUR else read(at)
                for at in [row["create_time"] for row in rows]
            ]
        except (KeyError, TypeError):  # absent, or no text
            return [read(row.get("create_time")) for row in rows]

    def read(self, value: object) -> str:
        """ISO-8601, epoch milliseconds or `YYYY-MM-DD hh:mm:ss`; empty when unreadable."""
        found = moment(value)
        if found is None:
            return ""
        key = sortable(found)
        if isinstance(value, str) and value == f"{key}Z" and len(self._hours) < _HOURS_KEPT:
            self._hours.add(key[:14])
        return key


def sortable(moment_: datetime | None) -> str:
    """A moment as text that sorts; empty for none."""
    return moment_.astimezone(UTC).isoformat()[:-6] if moment_ is not None else ""


def shown(key: str, *, precise: bool = True) -> str | None:
    """A sortable time as answers write it: ISO-8601 in UTC, to the second or to the minute."""
    return f"{key[: 19 if precise else 16]}Z" if key else None


def messages_of(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The messages of a page, each the part that is kept."""
    return [
        message if type(message) is str and len(message) <= KEPT_CHARS else cut(message)
        for message in [row.get("message") for row in rows]
    ]


def cut(message: object) -> str:
    """A message as text, the part that is kept."""
    return message[:KEPT_CHARS] if isinstance(message, str) else (text(message) or "")[:KEPT_CHARS]


class Filter:
    """Which entries a question is about, by text and time."""

    def __init__(
        self, *, contains: str = "", since: datetime | None = None, until: datetime | None = None
    ) -> None:
        self._text = contains
        self.contains = contains.casefold()
        self.since = sortable(since)
        self.until = sortable(until)
        self.active = bool(self.contains or self.since or self.until)
        self.undated = 0
        """Entries left out because their time could not be read."""

    def arguments(self, level: str) -> dict[str, str]:
        """The arguments of `get_logs` that ask the same again, the empty ones left out."""
        given = {
            "level": level,
            "contains": self._text,
            "since": shown(self.since) or "",
            "until": shown(self.until) or "",
        }
        return {name: value for name, value in given.items() if value}

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
