"""The tokens of SQL as the engines quote them, and where a string ends.

Sources: the lexical chapters of the engines' manuals. MySQL: backslash escapes and doubled quotes,
texts in double quotes too, `_utf8mb4'…'`, `x'…'`, `b'…'`. PostgreSQL, openGauss and DWS: doubled
quotes only, backslashes only in `E'…'`, `$tag$…$tag$`. Oracle and Dameng: doubled quotes only,
`q'[…]'`, `N'…'`. DB2: `G'…'`, `BX'…'`, `GX'…'`, `UX'…'`. SQL Server: doubled quotes only, `N'…'`, names in brackets.
"""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Reading(Enum):
    """How a backslash and a doubled quote inside of a string are read."""

    DOUBLED = "doubled"
    """A backslash is a character: PostgreSQL, Oracle, SQL Server."""
    BACKSLASH = "backslash"
    """A backslash escapes what follows: MySQL, MongoDB, Redis."""
    ESCAPED = "escaped"
    """A statement inside of an escaped text (JSON): any run of backslashes escapes."""
    WRAPPED = "wrapped"
    """A statement inside of single quotes: `'… where a = 'x''`, the last one is not its own."""


OPENING: Final = (
    r"[nN]?[qQ]'(?=\S)|(?:[nNbBxXeEgG]|[bBgGuU][xX]|[uU]&|_[A-Za-z0-9]{1,20}\s{0,4})?'"
    r"|(?:[bBxXnN]|[uU]&|_[A-Za-z0-9]{1,20}\s{0,4})?\"|\\++[\"']|\$(?:[^\W\d]\w*+)?\$"
)
"""What opens a literal, a text in double quotes among them."""

COMMENTS: Final = (
    r"(?:\s++|/\*(?:[^*]|\*(?!/)){0,400}+\*/|(?:--|\#)[^\n]{0,400}+\n){0,8}+"
    r"(?:(?:--|\#)\s[^\n(]{0,400}+)?"
)
"""Blanks and comments before a parenthesis; the line break behind the last one may be lost."""
TOKEN: Final = re.compile(
    r"""
      (?P<space>\s++|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)
    | (?P<quote>[nN]?[qQ]'(?=\S)|(?:[nNbBxXeEgG]|[bBgGuU][xX]|[uU]&|_[A-Za-z0-9]{1,20}\s{0,4})?')
    | (?P<double>(?:[bBxXnN]|[uU]&|_[A-Za-z0-9]{1,20}\s{0,4})?")
    | (?P<slashed>\\++["'])
    | (?P<backslashes>\\++)
    | (?P<dollar>\$(?:[^\W\d]\w*+)?\$)
    | (?P<code>[A-Z][A-Z0-9_]{1,9}+-\d{3,}+(?![\w.]))
    | (?P<name>`(?:[^`]|``)*+`?)
    | (?P<bracket>\[[^\]\[\n]{1,128}\])
    | (?P<number>
          \d{1,4}[-/]\d{1,2}[-/]\d{1,4}
            (?:[ T]\d{1,2}:\d{1,2}(?::\d{1,2}(?:[.,]\d++)?)?)?(?:Z|[+-]\d{2}:?\d{2})?(?![\w-])
        | [0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}
        | (?:\d++(?:\.\d++)*+|\.\d++)(?:[eE][+-]?\d++)?[\w@$%]*+
      )
    | (?P<word>[^\W\d][\w$\#]*+(?:@[\w.-]++)?)
    | (?P<bind>\?|@@?[\w$]++|[:$]\w++|%s|%\(\w{1,64}\)s|\#\{[^}]{0,128}\})
    | (?P<operator>::|:=|[-+*/%<>=!|&^~]++|[@\#:])
    | (?P<dot>\.)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<comma>,)
    | (?P<stop>;)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
LOCATION: Final = re.compile(
    r"(?:(?=[^:'\"]*[A-Za-z.])[\w.{}\-]{1,255}:\d{2,5}(?:[,|][\w.{}\-]{1,255}:\d{2,5}){0,50}"
    r"|[A-Za-z][A-Za-z0-9+]{1,12}://[^\s'\"]{1,1000})\\{0,8}['\"]\Z"
)
"""Where a table function of FROM finds its rows: `mysql('10.0.0.1:3306', …)`, `url('https://…')`."""
LITERALS: Final = frozenset({"quote", "slashed", "dollar"})

# A quote before a letter or a digit ends nothing: no statement goes on so, and loggers that join
# texts leave apostrophes as they are ('O'Brien').
_INSIDE = {
    quote: {
        Reading.DOUBLED: re.compile(rf"(?:[^{quote}]|{quote}{quote}|{quote}(?=\w))*+"),
        Reading.BACKSLASH: re.compile(
            rf"(?:[^{quote}\\]|\\.|{quote}{quote}|{quote}(?=\w))*+", re.DOTALL
        ),
        Reading.ESCAPED: re.compile(
            rf"(?:[^{quote}\\]|\\++.|{quote}{quote}|{quote}(?=\w))*+", re.DOTALL
        ),
        Reading.WRAPPED: re.compile(
            rf"(?:[^{quote}]|{quote}{quote}(?=\w)|{quote}(?=\w))*+", re.DOTALL
        ),
    }
    for quote in "'\""
}
_STRICT = {
    quote: {
        Reading.DOUBLED: re.compile(rf"(?:[^{quote}]|{quote}{quote})*+"),
        Reading.BACKSLASH: re.compile(rf"(?:[^{quote}\\]|\\.|{quote}{quote})*+", re.DOTALL),
        Reading.ESCAPED: re.compile(rf"(?:[^{quote}\\]|\\++.|{quote}{quote})*+", re.DOTALL),
    }
    for quote in "'\""
}
_RUN = re.compile(r"(?:(?<!\\)\\++)?+[\"']")
_DOUBLED_OPENING = re.compile(r"''(?=[^\s,);'|:=<>+*/.\-])")
_CLOSING = {"[": "]", "(": ")", "{": "}", "<": ">"}


@dataclass(slots=True)
class Doubts:
    """What speaks against a reading.

    Attributes:
        broken: it makes no SQL: a string beside an operand, a backslash outside of a string.
        cut: the text ends within a string.
        loose: a string holds its own quote, as if a logger had not escaped it.
    """

    broken: bool = False
    cut: bool = False
    loose: bool = False

    @property
    def weight(self) -> tuple[bool, bool, bool]:
        """The reading with the least is the right one."""
        return self.broken, self.cut, self.loose

    def any(self) -> bool:
        """Whether the reading cannot be right, or not to the end."""
        return self.broken or self.cut


def read_literal(text: str, opening: str, start: int, reading: Reading, doubts: Doubts) -> int:
    """Where the literal ends that *opening* opens at *start*, or the text; tells of *doubts*."""
    end = literal_end(text, opening, start, reading)
    doubts.cut |= end is None
    opened = start + len(opening)
    quote = opening[-1]
    strict = _STRICT[quote].get(reading) if opening[0] not in "$\\" else None
    if strict and text.find(quote, opened, len(text) if end is None else end - 1) >= 0:
        found = strict.match(text, opened)
        doubts.loose |= found is not None and found.end() != (end or len(text) + 1) - 1
    return len(text) if end is None else end


_IN_COLLECTION = re.compile(rf"[\[\]{{}}]|(?P<literal>(?<!\\)(?:{OPENING}))")


def collection_end(text: str, start: int, reading: Reading, doubts: Doubts) -> int:
    """Behind the bracket that closes the collection opened at *start*; the text's end if none."""
    depth, position = 0, start
    while (piece := _IN_COLLECTION.search(text, position)) is not None:
        position = piece.end()
        if piece["literal"]:
            position = read_literal(text, piece[0], piece.start(), reading, doubts)
        else:
            depth += 1 if piece[0] in "{[" else -1
            if depth == 0:
                return position
    return len(text)


def literal_end(text: str, opening: str, start: int, reading: Reading) -> int | None:
    """Where the literal ends that *opening* opens at *start*; None if the text ends before it."""
    opened = start + len(opening)
    first = opening[0]
    if first == "$":
        return _after(text, opening, opened)
    if first == "\\":
        return _slashed_end(text, opening, opened)
    prefix = opening[:-1].lower()
    if prefix in ("q", "nq"):
        return _after(text, _CLOSING.get(text[opened], text[opened]) + "'", opened + 1)
    if prefix == "e":
        reading = Reading.BACKSLASH
    if opening == "'" and _DOUBLED_OPENING.match(text, start):
        # A statement inside of a string: ''a'' stands for 'a'.
        return _after(text, "''", opened + 1)
    inside = _INSIDE[opening[-1]][reading].match(text, opened)
    end = inside.end() if inside else opened
    return end + 1 if end < len(text) else None


def _after(text: str, closing: str, start: int) -> int | None:
    place = text.find(closing, start)
    return place + len(closing) if place >= 0 else None


def closes(run: str, opening: str) -> bool:
    r"""Whether a run of backslashes and a quote closes what *opening*, such a run, opened.

    A text that was escaped n times has quotes behind 2^n - 1 backslashes, and a backslash of its
    own is 2^(n+1) of them: in JSON inside of JSON, `\"C:\\\\\"`.
    """
    level = len(opening)
    return run[-1] == opening[-1] and (len(run) - level) % (2 * level) == 0 and len(run) >= level


def _slashed_end(text: str, opening: str, start: int) -> int | None:
    r"""The end of a literal in escaped quotes, `\"…\"`."""
    for run in _RUN.finditer(text, start):
        if closes(run[0], opening):
            return run.end()
        if run[0][-1] == opening[-1] and len(run[0]) < len(opening):
            return run.start()  # the quote around the whole text: the literal was cut
    return None
