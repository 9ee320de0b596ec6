"""Lists of values in SQL: the rows of VALUES, the list of IN, the arguments of a call."""

import re
from typing import Final

from drs_mcp.quoting.row_values.spans import Span
from drs_mcp.quoting.sql.keywords import CONSTANTS
from drs_mcp.quoting.sql.tokens import OPENING, Doubts, Reading, read_literal

# Runs of one sign are one piece, that no text of a megabyte takes a million steps.
_PIECE = re.compile(
    r"(?P<blank>\s++)|(?P<comment>/\*(?:[^*]|\*(?!/))*+(?:\*/)?|(?:--|\#)[ \t][^\n]*+(?=\n))"
    r"|(?P<open>\(++)|(?P<close>\)++)|(?P<comma>,(?:[\s,]*+,)?)|(?P<cut>\.\.\.|…)"
    r"|(?P<end>[;:\-]\s?(?=[A-Z][A-Z0-9_]{1,9}+-\d{3}))"
    rf"|(?P<literal>{OPENING})"
    r"|(?P<plain>(?:%\(\w{1,64}\)s|\$(?!\w*\$)|[.;:\-](?!\.\.|\s?[A-Z][A-Z0-9_]{1,9}+-\d{3})"
    r"|[^\s(),'\"\\;:\-.…$])++)|(?P<other>\\++|.)",
    re.DOTALL,
)
_WORDED = re.compile(r"[^\W_]|[@.]")
_CALLED = re.compile(r"[^\W\d][\w$.]*+\Z")
_BIND = re.compile(r"\?|[:$@]\w+|%s|%\(\w+\)s|\#\{[^}]*\}|[-+*/|<>=]+")
_OF_ROW = re.compile(r":?(?:NEW|OLD|new|old)\.[^\W\d]\w*")
"""A column of the row that a trigger runs for."""
_QUERY = re.compile(r"\s*(?:select|with)\s", re.IGNORECASE)


LONGEST: Final = 40_000
"""So many tokens are read; what is behind them is hidden as a whole."""


class ValueList:
    """A list of values in parentheses, read from its opening one.

    What stands between two commas or parentheses is hidden as a whole, but for functions' names,
    NULL, DEFAULT and placeholders: loggers print values without quotes, too.

    Attributes:
        spans: the values.
        end: behind the closing parenthesis, or where the text ends or is cut.
        closed: whether it was closed.
        clean: whether no two values stand beside each other without quotes, as words of prose do.
        items: how many commas, plus one.
        quoted: whether a quoted literal was among the values.
        doubts: what speaks against the reading.
    """

    def __init__(
        self, text: str, start: int, reading: Reading, doubts: Doubts | None = None
    ) -> None:
        self.spans: list[Span] = []
        self.closed = self.quoted = False
        self.doubts = Doubts() if doubts is None else doubts
        self.clean = True
        self.items = 1
        self._text = text
        self.reading = reading
        self._depth = self._query = 0
        self._begin = -1
        self._last = start
        self._hides = self._behind_call = False
        self._plain = 0
        self._glued = False
        self.end = self._read(start)

    def _read(self, position: int) -> int:
        text, length = self._text, len(self._text)
        match = _PIECE.match
        for _ in range(LONGEST):
            if position >= length or self.closed:
                break
            piece = match(text, position)
            if piece is None or piece.lastgroup in ("cut", "end"):
                break
            position = self._take(piece, piece.lastgroup)
        else:
            self.spans.append((position, length))
            position = length
        if self._begin >= 0 and position >= length:
            self._last = length
        self._flush()
        return position

    def _take(self, piece: re.Match[str], kind: str | None) -> int:
        """Take a piece; where the next one begins."""
        start, end = piece.span()
        if kind == "plain":
            self._take_plain(start, end)
        elif kind == "literal":
            return self._take_literal(piece)
        elif kind == "comma":
            self._flush()
            self.items += piece[0].count(",")
        elif kind == "open":
            self._flush()
            self._depth += end - start
            if self._depth > 1 and _QUERY.match(self._text, end):
                self._query = self._depth
        elif kind == "close":
            return self._close(start, end)
        elif kind == "blank":
            self._glued = False
        elif kind == "comment":
            self._extend(start, end, hides=True)
        else:
            self.doubts.broken |= piece[0][0] == "\\"
            self._extend(start, end, hides=True)
        return end

    def _close(self, position: int, end: int) -> int:
        self._flush()
        closing = min(end - position, self._depth)
        self._depth -= closing
        self._behind_call = True
        if self._depth < self._query:
            self._query = 0
        self.closed = self._depth == 0
        return position + closing

    def _take_literal(self, piece: re.Match[str]) -> int:
        start, end = piece.span()
        if self._glued:  # an apostrophe inside of a word
            self.doubts.loose = True
            self._extend(start, end, hides=True)
            return end
        end = read_literal(self._text, piece[0], start, self.reading, self.doubts)
        self.quoted = True
        self._plain = 0
        self._extend(start, end, hides=True)
        return end

    def _take_plain(self, start: int, end: int) -> None:
        word = self._text[start:end]
        self._glued = _WORDED.match(word[-1]) is not None
        if self._query:
            self._take_names(start, end)
            return
        if self._begin < 0:
            if self._behind_call and word.startswith(("::", *"+-*/|")):
                return
            called = _CALLED.match(word) if self._text.startswith("(", end) else None
            if called:
                return
        operand = not (_BIND.fullmatch(word) or _OF_ROW.fullmatch(word))
        self.clean &= not (operand and self._plain)
        self._plain += operand
        self._extend(start, end, hides=operand and word.lower() not in CONSTANTS)

    def _take_names(self, start: int, end: int) -> None:
        """In a subquery words are names, numbers are not."""
        if self._text[start].isdigit():
            self.spans.append((start, end))

    def _extend(self, start: int, end: int, *, hides: bool) -> None:
        if self._query:
            if hides:
                self.spans.append((start, end))
            return
        if self._begin < 0:
            self._begin = start
        self._last = end
        self._hides |= hides

    def _flush(self) -> None:
        if self._begin >= 0 and self._hides:
            self.spans.append((self._begin, self._last))
        self._begin = -1
        self._hides = self._behind_call = self._glued = False
        self._plain = 0
