"""The literals of SQL: of a statement inside of a text, and of a text that is a statement.

Which engine wrote a statement is seldom said, and a backslash before a quote ends a string in one
and not in the other. What the text shows of its engine, outside of what may be a value, chooses the
reading, if that reading holds to the statement's end; else the reading does that makes a whole
statement with the least doubts. If several do, everything is hidden that is a value in any of them.
"""

import re
from collections.abc import Container, Sequence
from typing import TypeVar

from drs_mcp.quoting.row_values.spans import Found, Span, merged
from drs_mcp.quoting.sql.statement import Statement
from drs_mcp.quoting.sql.tokens import Reading, literal_end
from drs_mcp.quoting.sql.value_lists import ValueList

_AMBIGUOUS = re.compile(r"\\[\"']")
_DOUBLED = re.compile(
    r"\"\s?[=.]|::|\bORA-\d|[ (,=][EN]'|\bto_date\(|\$1 = |\bSTATEMENT:|\bDETAIL:|relation \"|postgres|oracle",
    re.IGNORECASE,
)
_BACKSLASH = re.compile(
    r"`|\berrno=1\d{3}\b|\b_(?:utf8|latin1|binary|gb)|mysql|mariadb",
    re.IGNORECASE,
)
_CALL = re.compile(r"\s+[\w$.`\"\[\]]{1,256}\s?(?=\()")
_ARGUMENTS = re.compile(r"\s+[\w$.\[\]]{1,256}\s+(?=@\w{1,128}\s*=|[nN]?'\S)")
_EXECUTES = re.compile(r"\s+(?:\w{1,40}\.)*sp_executesql\s+", re.IGNORECASE)
_OPENING = re.compile(r"[\w&]{0,20}[ ]{0,4}[\"']")
_OPENS = re.compile(r"[nN]?'")
_DECLARED = re.compile(r"\s*,\s*(?P<opening>[nN]?')(?=@)")
_BLANKS = re.compile(r"\s*+")
_ROW_END = re.compile(r"\s*+[,;]?\s*+")
_COMMA = re.compile(r"\s*,\s*")
_VARIABLE = re.compile(
    r"[\s,]{0,8}@\w{1,128}\s+(?:as\s+)?\w{1,40}(?:\s?\([\w, ]{1,20}\))?\s*=\s*", re.IGNORECASE
)
_BARE = re.compile(r"[^\s,;]++")
_JSON = re.compile(r"\s{0,8}[{\[]")
_ESCAPED = re.compile(r"\\\\[\"']")


class SqlInText:
    """A text in which statements stand: what it shows of its engine holds for all of them.

    Args:
        text: the text.
        stops: places where the words of an error begin: no statement goes on there.
    """

    def __init__(self, text: str, stops: Container[int] = ()) -> None:
        self._text = text
        self._stops = stops

    def _shown(self, start: int, reads: "Sequence[_Read]") -> Reading | None:
        """The reading of the engine that the text shows outside of what is a value in any of *reads*."""
        end = max(read.end for read in reads)
        spans = merged(span for read in reads for span in read.spans)
        outside = "".join(
            (self._text[:start], _without(self._text, start, end, spans), self._text[end:])
        )
        doubled = _DOUBLED.search(outside) is not None
        backslash = _BACKSLASH.search(outside) is not None
        if doubled == backslash:
            return None
        return Reading.DOUBLED if doubled else Reading.BACKSLASH

    def _likeliest(self, start: int, reads: "list[_Read]") -> "list[_Read]":
        """That of the engine that the text shows, if it holds to the end; else the least doubtful.

        Of readings without a difference in that, all.
        """
        shown = self._shown(start, reads)
        of_engine = [read for read in reads if read.reading is shown]
        if of_engine and not of_engine[0].doubts.any():
            return of_engine
        least = min(read.doubts.weight for read in reads)
        return [read for read in reads if read.doubts.weight == least]

    def statement(self, start: int, *, clause: str = "names") -> Found:
        """The literals of the statement that begins at *start*; none if it is prose.

        Args:
            start: where its first word begins.
            clause: what its first word belongs to: names, or assignment.
        """
        text = self._text

        def read(reading: Reading) -> Statement:
            return Statement(text, start, reading, stops=self._stops, clause=clause)

        if start and text[start - 1] == "'":
            enclosed = read(Reading.WRAPPED)
            if not enclosed.doubts.any() and text.startswith("'", enclosed.end):
                return _found(enclosed)
        reads = [read(Reading.DOUBLED)]
        end = reads[0].end
        if _AMBIGUOUS.search(text, start, end + 1):
            reads += [read(reading) for reading in self._others(start, end)]
            reads = self._likeliest(start, reads)
        return _found(*reads)

    def _others(self, start: int, end: int) -> list[Reading]:
        """The readings that may find other values than that without a backslash did."""
        others = [Reading.BACKSLASH]
        escaped = self._text[start - 1 : start] == '"' or _JSON.match(self._text) is not None
        if escaped and _ESCAPED.search(self._text, start, end + 1):
            others.append(Reading.ESCAPED)
        return others

    def call(self, start: int, end: int) -> Found:
        """The arguments of a procedure: `CALL p('x', 5)`, `EXEC p @a = 'x'`, `BEGIN p('x'); END;`.

        Args:
            start: where the verb begins.
            end: where it ends.
        """
        name = _CALL.match(self._text, end)
        if name is not None:
            lists = [ValueList(self._text, name.end(), Reading.DOUBLED)]
            if _AMBIGUOUS.search(self._text, start, lists[0].end + 1):
                others = self._others(start, lists[0].end)
                lists += [ValueList(self._text, name.end(), reading) for reading in others]
                lists = self._likeliest(start, lists)
            bare = not self._text.startswith(("begin", "BEGIN"), start)
            fits = lists[0].quoted or (bare and lists[0].clean and lists[0].closed)
            spans = merged(span for one in lists for span in one.spans) if fits else []
            return Found(spans, max(one.end for one in lists))
        name = _ARGUMENTS.match(self._text, end)
        if name is not None and _EXECUTES.match(self._text, end):
            return self._executed(name.end())
        if name is None or not self._text.startswith(("EXEC ", "exec "), start):
            return Found([], end)
        return self.arguments(name.end())

    def rows(self, start: int) -> Found:
        """A text that is nothing but rows of VALUES: `(1, 'x'),`; none if it is anything else."""
        found = self._rows(start, Reading.DOUBLED)
        if not _AMBIGUOUS.search(self._text, start):
            return found
        other = self._rows(start, Reading.BACKSLASH)
        return Found(merged((*found.spans, *other.spans)), max(found.end, other.end))

    def _rows(self, start: int, reading: Reading) -> Found:
        spans: list[Span] = []
        end = _BLANKS.match(self._text, start).end()  # type: ignore[union-attr]
        quoted = several = False
        while self._text.startswith("(", end):
            row = ValueList(self._text, end, reading)
            if not row.closed or not row.clean:
                return Found([], start)
            spans += row.spans
            quoted, several = quoted or row.quoted, several or row.items > 1
            end = _ROW_END.match(self._text, row.end).end()  # type: ignore[union-attr]
        whole = end == len(self._text) and quoted and several
        return Found(spans if whole else [], end if whole else start)

    def _executed(self, start: int) -> Found:
        """`sp_executesql N'UPDATE …', N'@p0 int', @p0 = 5`: the statement's names stay."""
        text = self._text
        spans: list[Span] = []
        opening = _OPENS.match(text, start)
        if opening is None:
            return Found([], start)
        end = literal_end(text, opening[0], start, Reading.DOUBLED) or len(text)
        spans += self.statement(opening.end()).spans if text[opening.end() : end].strip() else []
        spans = [span for span in spans if span[1] < end]
        if (declared := _DECLARED.match(text, end)) is not None:
            end = literal_end(
                text, declared["opening"], declared.start("opening"), Reading.DOUBLED
            ) or len(text)
        if (comma := _COMMA.match(text, end)) is None:
            return Found(spans, end)
        found = self.arguments(comma.end())
        return Found([*spans, *found.spans], found.end)

    def declared(self, start: int) -> Found:
        """`DECLARE @a int = 5, @b nvarchar(9) = N'x'`."""
        spans: list[Span] = []
        while (variable := _VARIABLE.match(self._text, start)) is not None:
            start = variable.end()
            if (opening := _OPENS.match(self._text, start)) is not None:
                end = literal_end(self._text, opening[0], start, Reading.DOUBLED)
                end = len(self._text) if end is None else end
            elif (bare := _BARE.match(self._text, start)) is not None:
                end = bare.end()
            else:
                break
            spans.append((start, end))
            start = end
        return Found(spans, start)

    def arguments(self, start: int) -> Found:
        """Named arguments: `$1 = 'x', $2 = '5'`, `@a = 5`."""
        return self.statement(start, clause="assignment")


_Read = TypeVar("_Read", Statement, ValueList)


def _without(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """A part of the text without the values at *spans*, but for what opens them."""
    pieces: list[str] = []
    for begin, stop in spans:
        opening = _OPENING.match(text, begin, stop)
        pieces += (text[start : opening.end() if opening else begin], " ")
        start = stop
    return "".join((*pieces, text[start:end]))


def _found(*statements: Statement) -> Found:
    spans = [span for one in statements if one.committed for span in one.spans]
    return Found(merged(spans), max(one.end for one in statements))
