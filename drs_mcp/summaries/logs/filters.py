"""Which entries of a log a question is about, by text and time."""

import re
from collections.abc import Sequence
from datetime import datetime

from drs_mcp.summaries.logs.entries import sortable
from drs_mcp.summaries.logs.naming.asked import AskedTable

_TERM = re.compile(
    r"(?<!\S)(?P<no>-(?=[^\W\d_]|[\"“「]))?"
    r"(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)'|“(?P<curly>[^”]+)”|「(?P<corner>[^」]+)」)(?!\S)"
    r"|(?P<not>-(?=[^\W\d_]))?(?P<word>\S+)"
)


class Words:
    """What a text must hold, and what not; case is ignored.

    Words are parted by blanks and all wanted, `"in quotes"` a phrase is one of them, and `-` before
    a letter or a phrase says that it must not be there.
    """

    def __init__(self, text: str) -> None:
        wanted: list[str] = []
        unwanted: list[str] = []
        for found in _TERM.finditer(text.casefold()):
            group = found.lastgroup or "word"
            (unwanted if found["no"] or found["not"] else wanted).append(found[group])
        self._wanted = tuple(dict.fromkeys(wanted))
        self._unwanted = tuple(dict.fromkeys(unwanted))

    def __bool__(self) -> bool:
        return bool(self._wanted or self._unwanted)

    def fit(self, text: str) -> bool:
        """Whether a text is one of those that are asked for."""
        folded = text.casefold()
        return all(word in folded for word in self._wanted) and not any(
            word in folded for word in self._unwanted
        )


class Filter:
    """Which entries a question is about: by level (empty: any), by text and time, by a table.

    *table* has the parts of a table's name in lower case. Of those that are asked for by it, others are
    asked for by the last part as text.
    """

    def __init__(
        self,
        *,
        level: str = "",
        contains: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        table: Sequence[str] = (),
    ) -> None:
        self.level = level.lower()
        self._table = AskedTable(table) if table else None
        self._text = contains or (f'"{table[-1]}"' if table else "")
        self._words = Words(contains)
        self.since = sortable(since)
        self.until = sortable(until)
        self.active = bool(self._words or self._table or self.since or self.until)
        """Whether text or time leave any out."""
        self.undated = 0
        """Entries left out because their time could not be read."""

    @property
    def arguments(self) -> dict[str, str]:
        """The arguments of `get_logs` that ask the same again, the empty ones left out."""
        given = {
            "level": self.level,
            "contains": self._text,
            # With their fractions: another span would have other pages.
            "since": self.since and f"{self.since}Z",
            "until": self.until and f"{self.until}Z",
        }
        return {name: value for name, value in given.items() if value}

    def takes(self, at: str, message: str) -> bool:
        """Whether an entry is one of them; both ends of the span belong to it."""
        if self._words and not self._words.fit(message):
            return False
        if self._table and not self._table.is_named_in(message):
            return False
        if not (self.since or self.until):
            return True
        if not at:
            self.undated += 1
            return False
        # An end without a fraction takes its whole second in, as answers show whole seconds.
        return at >= self.since and (not self.until or at[: len(self.until)] <= self.until)
