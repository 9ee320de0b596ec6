"""The tokens of a SELECT in any dialect that DRS compares, each once and in order.

Comments are dropped. Dialects contradict each other: whether a backslash escapes the quote behind
it is for the caller to say, what else could be read in two ways is not read at all.
"""

import re
from contextlib import suppress
from enum import Enum
from typing import NamedTuple

LONGEST = 100_000
"""Characters of a statement that are looked at: a longer one is not read."""


class Unreadable(ValueError):
    """The text has no end where its dialect wants one, or two readings."""


class Kind(Enum):
    """What a token is."""

    WORD = "a keyword or a bare name"
    NAME = "a name in back-ticks, in brackets, or in double quotes, which may be a text as well"
    TEXT = "a text"
    NUMBER = "a number"
    SIGN = "any other character"


class Token(NamedTuple):
    """A token as it is written, and where."""

    kind: Kind
    written: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, given in capitals."""
        return self.kind is Kind.WORD and self.written.upper() in words

    def is_sign(self, sign: str) -> bool:
        """Whether it is that character."""
        return self.kind is Kind.SIGN and self.written == sign


# Of ASCII letters, digits, `_`, `$` and `#`; beyond it all but blanks.
_IN_WORD = r"[^\x00-\x22\x25-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f\s]"


def _pattern(*, escapes: bool) -> re.Pattern[str]:
    # What is quoted is matched up to the closing quote, which is looked for afterwards.
    escape = r"|\\." if escapes else ""
    other = r"\\" if escapes else ""
    return re.compile(
        r"(?P<gap>\s++|--[^\n]*+|(?P<comment>/\*(?:[^*]++|\*(?!/))*+(?:\*/)?+))"
        # N'…', B'…', X'…', _utf8mb4'…'; in E'…' a backslash always escapes.
        r"|(?P<text>[eE]'(?:[^'\\]++|''|\\.)*+"
        rf"|(?:[nNbBxX]|_\w++)?'(?:[^'{other}]++|''{escape})*+)"
        r"|(?P<alternative>[nN]?[qQ]'.)"  # Oracle's q'[…]'
        r"|(?P<dollar>\$(?:[^\W\d]\w*+)?+\$)"  # PostgreSQL's $$…$$
        rf'|(?P<name>`(?:[^`]++|``)*+|(?:[uU]&)?"(?:[^"{other}]++|""{escape})*+)'
        rf"|(?P<number>(?:\d++(?:\.\d*+)?+|\.\d++)(?:[eE][+-]?+\d++)?+(?!{_IN_WORD}))"
        rf"|(?P<word>(?!#){_IN_WORD}++)"
        r"|(?P<sign>.)",
        re.DOTALL,
    )


_TOKEN = {escapes: _pattern(escapes=escapes) for escapes in (False, True)}
_BRACKETED = re.compile(r"\[(?:[^\]]++|\]\])*+")
_LINE = re.compile(r"[^\n]*+")
_TEMPORARY = re.compile(rf"#{{1,2}}{_IN_WORD}++")
_QUOTES = {"`": "`", '"': '"', "[": "]"}
_CLOSING = {"[": "]", "(": ")", "{": "}", "<": ">"}
# Behind these a bracket begins a name; behind another name it begins a subscript.
_BEFORE_NAMES = frozenset({
    "SELECT", "DISTINCT", "ALL", "FROM", "JOIN", "APPLY", "ONLY", "WHERE", "ON", "AND", "OR", "NOT",
    "BY", "AS", "IN", "LIKE", "BETWEEN", "IS", "WITH", "HAVING", "SET", "CASE", "WHEN", "THEN", "ELSE",
})  # fmt: skip


def tokens(sql: str, *, escapes: bool) -> list[Token]:
    """The tokens of a statement.

    Args:
        sql: the statement.
        escapes: whether a backslash escapes what follows it inside of quotes, as in MySQL.

    Raises:
        Unreadable: a quote or comment has no end, a comment holds another one (in PostgreSQL they
            nest, elsewhere they do not), or the text is too long.
    """
    if len(sql) > LONGEST:
        raise Unreadable
    made: list[Token] = []
    pattern, at = _TOKEN[escapes], 0
    while at < len(sql):
        found = pattern.match(sql, at)
        if found is None or found.lastgroup is None:
            raise Unreadable
        end = found.end()
        if found["gap"] is None:
            token = _token(sql, found, made[-1] if made else None)
            if token is not None:
                made.append(token)
                end = token.end
            else:
                end = _after_comment(sql, at)
        elif found["comment"] and not _is_whole(found["comment"]):
            raise Unreadable
        at = end
    return made


def _token(sql: str, found: re.Match[str], before: Token | None) -> Token | None:
    """The token that begins at a match; None where a comment of `#` does."""
    written, start, end = found[0], found.start(), found.end()
    if found["text"] is not None:
        return _up_to(sql, Kind.TEXT, start, end, "'")
    if found["name"] is not None:
        return _up_to(sql, Kind.NAME, start, end, "`" if written[0] == "`" else '"')
    if found["alternative"] is not None:
        closing = _CLOSING.get(written[-1], written[-1]) + "'"
        return _up_to(sql, Kind.TEXT, start, sql.find(closing, end), closing)
    if found["dollar"] is not None:
        return _up_to(sql, Kind.TEXT, start, sql.find(written, end), written)
    if found["number"] is not None:
        return Token(Kind.NUMBER, written, start, end)
    if written == "[" and not _is_operand(before, start):
        named = _BRACKETED.match(sql, start)
        return _up_to(sql, Kind.NAME, start, named.end() if named else -1, "]")
    if written[0] == "#":
        return _hash(sql, start, before)
    return Token(Kind.SIGN if found["word"] is None else Kind.WORD, written, start, end)


def _hash(sql: str, start: int, before: Token | None) -> Token | None:
    """A `#`: of a temporary table of SQL Server's, an operator of PostgreSQL's, or a comment."""
    if before is not None and (before.is_word("FROM", "JOIN") or before.is_sign(".")):
        table = _TEMPORARY.match(sql, start)
        if table is not None:
            return Token(Kind.WORD, table[0], start, table.end())
    operator = sql.startswith(("#>", "#-", "##"), start)
    return Token(Kind.SIGN, "#", start, start + 1) if operator else None


def _up_to(sql: str, kind: Kind, start: int, end: int, closing: str) -> Token:
    """The token that is closed at *end*.

    Raises:
        Unreadable: it is not.
    """
    if end < 0 or not sql.startswith(closing, end):
        raise Unreadable
    end += len(closing)
    return Token(kind, sql[start:end], start, end)


def _after_comment(sql: str, start: int) -> int:
    line = _LINE.match(sql, start)
    return line.end() if line else len(sql)


def _is_operand(before: Token | None, start: int) -> bool:
    """Whether a bracket at *start* stands right behind what it would be a subscript of."""
    if before is None or before.end != start:
        return False
    if before.kind is Kind.WORD:
        return before.written.upper() not in _BEFORE_NAMES
    return before.kind is Kind.NAME or before.is_sign(")") or before.is_sign("]")


def _is_whole(comment: str) -> bool:
    return len(comment) >= 4 and comment.endswith("*/") and "/*" not in comment[2:]


def read(sql: str) -> list[Token]:
    """The tokens of a statement whose dialect is unknown; none where no reading has an end."""
    for escapes in (True, False):
        with suppress(Unreadable):
            return tokens(sql, escapes=escapes)
    return []


def bare(written: str) -> str:
    """A name without the quotes around it."""
    closing = _QUOTES.get(written[:1])
    return written[1:-1].replace(closing * 2, closing) if closing else written
