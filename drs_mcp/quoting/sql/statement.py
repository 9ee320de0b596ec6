"""The grammar of SQL statements as far as it tells where literals stand and where a statement ends.

A statement is followed token by token. It ends where its grammar does: two operands beside each
other, a semicolon, a quote that encloses it, the words of an error. What stands behind it is no
SQL, and its numbers stay.
"""

import re
from collections.abc import Container

from drs_mcp.quoting.row_values.spans import Span
from drs_mcp.quoting.sql.clauses import OPERANDS, Level, State, after_keyword
from drs_mcp.quoting.sql.keywords import BESIDE, TYPES, UNITS
from drs_mcp.quoting.sql.tokens import (
    COMMENTS,
    LITERALS,
    LOCATION,
    TOKEN,
    Doubts,
    Reading,
    collection_end,
    read_literal,
)
from drs_mcp.quoting.sql.value_lists import LONGEST, ValueList

# What ends a statement although SQL could go on: a colon or a dash, and words behind it.
_MESSAGE = re.compile(
    r":(?=\s|\Z)|-\s+(?:[A-Z]{2,}-?\d|[\[(]?\d+[\])]?:?\s+"
    r"(?!(?i:where|and|or|from|group|order|limit|then|when|end|else|as|on|is|in|between)\b)"
    r"[(\[A-Za-z])"
)
_LIST = re.compile(rf"{COMMENTS}\(")
_NEXT_ROW = re.compile(rf"{COMMENTS},{COMMENTS}(?=\()")
_SUBQUERY = re.compile(r"\(\s*+(?:\(++\s*+)?+(?:select|with)\b", re.IGNORECASE)
_LEFT_OF = re.compile(
    r"(?:\s*\))*+\s*(?:[=<>!.]|(?:is|in|not|like|ilike|between|regexp)\b)", re.IGNORECASE
)
_BEGUN = re.compile(
    r"\b(?:insert|replace|merge|upsert)\b|\)\s*+\Z|\A\s*+\Z|\n[^\S\n]*+\Z", re.IGNORECASE
)
_HOLDS_LITERAL = re.compile(r"\[\s*+(?:[nN]?'|-?\d|\{)")
_REACH = 2000
_ENCLOSED = " ,;.:)]}\n"


class Statement:
    """One statement, read from *start* in one *reading* of its strings.

    Attributes:
        spans: its literals.
        end: where it ends.
        committed: whether it is one, and not prose with a word of SQL.
        doubts: what speaks against the reading.

    Args:
        text: the text that holds it.
        start: where its first word begins.
        reading: how its strings are read.
        stops: places where something else begins, an error's words.
        clause: what its first word belongs to.
    """

    def __init__(
        self,
        text: str,
        start: int,
        reading: Reading,
        *,
        stops: Container[int] = (),
        clause: str = "names",
    ) -> None:
        self.spans: list[Span] = []
        self.committed = clause != "names"
        self.doubts = Doubts()
        self._text = text
        self.reading = reading
        self._stops = stops
        self._enclosed = reading is Reading.WRAPPED
        self._levels: list[Level] = []
        self._clause = clause
        self._previous = "start"
        self._word = ""
        self._gap = False
        self._alias = 0
        self._sign = -1
        self._right = False
        self._first = self._fragment = False
        self._loud = text.startswith("SELECT", start)
        self.end = self._read(start)

    def _read(self, position: int) -> int:
        text, length = self._text, len(self._text)
        match = TOKEN.match
        self._first = True
        for _ in range(LONGEST):
            if position >= length:
                break
            token = match(text, position)
            if token is None:  # pragma: no cover - its last alternative takes any character
                break
            kind = token.lastgroup or ""
            if kind == "space":
                self._gap = True
                position = token.end()
                continue
            end = self._take(token, kind)
            if end is None:
                break
            self._gap = self._first = False
            position = end
        else:
            self.spans.append((position, length))
            position = length
        return position

    def _take(self, token: re.Match[str], kind: str) -> int | None:
        """Where the next token begins; None: the statement ended before this one."""
        if token.start() in self._stops and not self._first:
            return None
        if kind == "word":
            return self._take_word(token)
        if kind in LITERALS:
            return self._take_literal(token)
        if kind == "code":
            return self._take_code(token)
        take = getattr(self, f"_take_{kind}", None)
        if take is None:
            self.doubts.broken |= kind == "backslashes"
            return None
        taken: int | None = take(token)
        return taken

    @property
    def _complete(self) -> bool:
        """Whether an operand stands before, so that none can follow."""
        return self._previous in OPERANDS

    def _hide(self, start: int, end: int, previous: str) -> int:
        self.spans.append((start, end))
        self._previous = previous
        return end

    def _named(self, end: int, word: str = "") -> int:
        self._right = self._previous == "operator"
        self._previous, self._word = "name", word
        return end

    # -- operands -----------------------------------------------------------------------------

    def _take_literal(self, token: re.Match[str]) -> int | None:
        self.committed |= bool(self._levels) and (self._loud or token.lastgroup == "dollar")
        if self._clause == "names" and not (self._levels and self._previous == "open"):
            return None
        concatenated = self._previous == "string" and self._gap
        typed = self._word in TYPES or self._word.startswith("_")
        if self._complete and not concatenated and not (self._previous == "name" and typed):
            self.doubts.broken |= not self._enclosed
            return None
        end = self._literal_end(token)
        located = self._clause == "names" and LOCATION.match(self._text, token.end(), end)
        return self._named(end) if located else self._hide(token.start(), end, "string")

    def _literal_end(self, token: re.Match[str]) -> int:
        return read_literal(self._text, token[0], token.start(), self.reading, self.doubts)

    def _take_double(self, token: re.Match[str]) -> int | None:
        """A text in double quotes: a string in MySQL, a name elsewhere; its place tells."""
        if self._complete:
            after = self._text[token.end() : token.end() + 1]
            if not after or after in _ENCLOSED or not self._alias_fits():
                self.doubts.broken |= self._previous == "string" and not self._gap
                return None
        end = self._literal_end(token)
        named = (
            self._clause == "names"
            or self._previous == "dot"
            or self._text.startswith(".", end)
            or (self._clause == "select" and ("`" not in self._text or self._word == "as"))
            or (self._is_left() and _LEFT_OF.match(self._text, end) is not None)
        )
        return self._named(end) if named else self._hide(token.start(), end, "string")

    def _is_left(self) -> bool:
        """Whether a name is as likely here as a value: left of a comparison or an assignment."""
        if self._levels and self._levels[-1].right:
            return False
        return self._previous in ("start", "keyword", "comma", "open")

    def _take_number(self, token: re.Match[str]) -> int | None:
        if (
            self._complete
            or self._clause == "names"
            or (self._previous == "keyword" and self._word in BESIDE)
        ):
            return None
        start = token.start()
        return self._hide(start - (self._sign == start - 1), token.end(), "number")

    def _take_code(self, token: re.Match[str]) -> int | None:
        """ORA-00001 and its like end a statement; behind an operator it is a subtraction."""
        if self._previous != "operator" or self._gap:
            return None
        start = token.start() + token[0].index("-") + 1
        return self._hide(start, token.end(), "number")

    def _take_name(self, token: re.Match[str]) -> int | None:
        if self._complete and not self._alias_fits():
            return None
        return self._named(token.end())

    def _take_bracket(self, token: re.Match[str]) -> int | None:
        if _HOLDS_LITERAL.match(token[0]) and (end := self._take_other(token)):
            return end
        if self._complete and not self._gap:
            return None  # an element of an array, or what encloses the statement
        return self._take_name(token)

    def _take_other(self, token: re.Match[str]) -> int | None:
        """`{'a': 1}`, `[[1, 2]]`: a collection as Cassandra and PostgreSQL write them."""
        value = self._clause != "names" and (not self._complete or self._word == "array")
        if token[0][0] not in "{[" or not value:
            return None
        end = collection_end(self._text, token.start(), self.reading, self.doubts)
        return self._hide(token.start(), end, "string")

    def _take_bind(self, token: re.Match[str]) -> int | None:
        if self._complete:
            return None
        self._previous, self._word = "number", ""
        return token.end()

    def _alias_fits(self) -> bool:
        if self._clause not in ("names", "select"):
            return False
        self._alias += 1
        sure = self.committed or self._levels or self._loud or self._previous == "name"
        return self._alias < 2 and bool(sure)

    # -- words --------------------------------------------------------------------------------

    def _take_word(self, token: re.Match[str]) -> int | None:
        start, end = token.span()
        low = token[0].lower()
        if self._previous == "dot":
            return self._named(end)
        if low in ("values", "value") and _LIST.match(self._text, end):
            return self._values(end)
        state = State(self._clause, self._previous, self._word, self.committed, self._fragment)
        after = after_keyword(state, low, self._text, end)
        if not isinstance(after, bool):
            self._go_on(after)
            return end
        if not after:
            return None
        if self._complete and low not in TYPES and not self._alias_fits():
            return end if low in UNITS and self._word == "interval" else None
        if "@" in token[0] and self._clause != "names":
            return self._hide(start, end, "string")
        return self._named(end, low)

    def _go_on(self, state: State) -> None:
        if state.clause != self._clause:
            self._alias = 0
        self._clause, self._previous, self._word, self.committed, self._fragment = state

    def _values(self, position: int) -> int:
        """VALUES: rows of values; or MySQL's function of that name, behind an operator."""
        if self._previous == "operator":
            return self._named(position, "values")
        begins = self._previous == "start"
        while True:
            opening = _LIST.match(self._text, position)
            if opening is None:
                break
            rows = self._listed(opening.end() - 1)
            if begins and not self.committed:
                before = self._text[max(position - _REACH, 0) : max(position - 6, 0)]
                self.committed = rows.quoted or (
                    rows.clean and (rows.items > 1 or _BEGUN.search(before) is not None)
                )
            self.committed |= not begins
            position = rows.end
            comma = _NEXT_ROW.match(self._text, position)
            if not rows.closed or comma is None:
                break
            position = comma.end()
        self._clause, self._previous, self._word = "condition", "number", ""
        return position

    def _listed(self, start: int) -> ValueList:
        listed = ValueList(self._text, start, self.reading, self.doubts)
        self.spans += listed.spans
        return listed

    # -- signs --------------------------------------------------------------------------------

    def _take_open(self, token: re.Match[str]) -> int | None:
        start = token.start()
        if self._previous in ("number", "string"):
            return None
        if (
            self._word == "in"
            and self._previous == "operator"
            and not _SUBQUERY.match(self._text, start)
        ):
            self._previous = "number"
            return self._listed(start).end
        right = self._right if self._previous == "name" else not self._is_left()
        self._levels.append(Level(self._clause, right))
        self._previous = "open"
        return token.end()

    def _take_close(self, token: re.Match[str]) -> int | None:
        if not self._levels:
            return None
        self._clause = self._levels.pop().clause
        self._previous, self._word = "name", ""
        return token.end()

    def _take_comma(self, token: re.Match[str]) -> int | None:
        if not self._complete or (not self._levels and self._clause == "condition"):
            return None
        self._previous, self._word, self._alias = "comma", "", 0
        return token.end()

    def _take_dot(self, token: re.Match[str]) -> int | None:
        if self._previous != "name":
            return None
        self._previous = "dot"
        return token.end()

    def _take_operator(self, token: re.Match[str]) -> int | None:
        if _MESSAGE.match(self._text, token.start()):
            return None
        self.committed |= self._clause == "condition"
        signs = token[0][-1] in "+-" and (len(token[0]) > 1 or not self._complete)
        self._sign = token.end() - 1 if signs else -1
        self._previous, self._word = "operator", ""
        return token.end()
