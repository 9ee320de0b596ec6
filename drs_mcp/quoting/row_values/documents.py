"""Values of documents and row images: MongoDB's documents, JSON rows, lists of parameters.

Field names stay, values go, whatever their notation: JSON, MongoDB's shell and its server's log,
JSON inside of JSON, `{a=b}` as Java prints a map. Lists of plain values are hidden as a whole, as
their lengths and the commas in them are the row's own.
"""

import re
from typing import Final

from drs_mcp.quoting.row_values.coordinates import Field, coordinates, plain
from drs_mcp.quoting.row_values.spans import Found, Span
from drs_mcp.quoting.sql.tokens import closes

_KEY = re.compile(
    r"\s*+(?:\\*+[\"'][^\"'\\\n]{0,128}+\\*+[\"']|(?::(?=\w))?[\w$.\-@]{0,128}+)\s{0,4}+(?::(?!:)|=>?)\s{0,4}+"
)
_NEXT = re.compile(
    r"\s*+(?:[}\])]|\Z|[;\n]|,\s{0,4}+(?:\\*+[\"']|[{\[]|(?:[\w$.\-@]{0,128}+)\s{0,4}+[:=]))"
)
_NEXT_ITEM = re.compile(r"\s*+(?:[}\])]|\Z|,|;|\n)")
# A run of backslashes is looked at from its beginning on only: nothing that is read begins within one.
_QUOTE = re.compile(r"(?:(?<!\\)\\++)?+[\"']")
_BREAK = re.compile(r"[,(){}\[\]]|(?:(?<!\\)\\++)?+[\"']")
_DOCUMENTS = re.compile(r"\[\s*+\{")
_COORDINATED = re.compile(
    r"\[\s?(?:kafka)?(?:topic|partition|offset|(?:commit)?(?:lsn|scn)|gtid|binlog\w{0,12}|file|pos(?:ition)?)\s?=",
    re.IGNORECASE,
)
"""A list that is a document as it begins with where a change stands: `[topic=shop, offset=5]`."""
_TYPED = re.compile(r"[A-Z][A-Za-z]{0,40}\{(?=\w{1,64}=)")
"""A document within a document as Java prints it: `after=Struct{id=5}`."""
_PAIRS = {"{": "}", "[": "]", "(": ")"}


def document(text: str, start: int, *, only: str = "") -> Found:
    """The values of the document, row or list whose bracket opens at *start*.

    Args:
        text: the text.
        start: where the bracket stands.
        only: the name of the one field whose values are a row's; of all if it is empty.
    """
    if text[start] == "{" or _DOCUMENTS.match(text, start) or _COORDINATED.match(text, start):
        return _Document(text, start, only).found()
    end = _list_end(text, start)
    closed = end > start + 1 and text[end - 1] == _PAIRS[text[start]]
    inner = (start + 1, end - 1 if closed else end)
    filled = text[inner[0] : inner[1]].strip()
    return Found([inner] if filled else [], end)


_NEXT_LIST = {"[": re.compile(r"\s?,\s?(?=\[)"), "(": re.compile(r"\s?,\s?(?=\()")}


def lists(text: str, start: int) -> Found:
    """The values of a document, or of a list and those that follow it: `[7], [Anna]`."""
    found = document(text, start)
    following = _NEXT_LIST.get(text[start])
    while following and (parted := following.match(text, found.end)):
        more = document(text, parted.end())
        found = Found([*found.spans, *more.spans], more.end)
    return found


_REASONS = frozenset(
    {
        "exception",
        "error",
        "errormessage",
        "errormsg",
        "errmsg",
        "message",
        "msg",
        "reason",
        "cause",
    }
)
_ROWS = frozenset(
    {
        "record",
        "records",
        "row",
        "rows",
        "data",
        "rowdata",
        "rawdata",
        "values",
        "tuple",
        "document",
        "doc",
    }
)
_BESIDE_REASON = frozenset(
    {"type", "code", "errorcode", "errcode", "errno", "sqlstate", "level", "time", "timestamp", "table", "tablename", "schema",
     "database", "db", "line", "linenumber", "rownumber", "rownum", "op", "operation", "taskid", "stage", "retries"}
)  # fmt: skip
REASON_AHEAD: Final = re.compile(
    r"\{[^{}\[\]]{0,2000}?(?<![a-z0-9])(?:exception|error|err|message|msg|reason|cause|record|rows?|row_?data|raw_?data|data|values|tuple|doc)"
)


def tells_of_row(text: str, start: int) -> tuple[bool, int]:
    """Whether the document at *start* has a reason and, beside it, the row; and where it ends.

    `{"exception": "Data too long …", "record": […], "type": "writer"}`, of whose fields no other may be a column.
    """
    return _Document(text, start, "").tells_of_row()


_NEXT_ARGUMENT = re.compile(r"\s?,\s?(?=[\[{])")


def arguments(text: str, start: int) -> Found:
    """The documents that are the arguments of a method."""
    spans: list[Span] = []
    while True:
        found = document(text, start)
        spans += found.spans
        following = _NEXT_ARGUMENT.match(text, found.end)
        if following is None:
            return Found(spans, found.end)
        start = following.end()


_EVENT = re.compile(r",\s?+(?!#<)")
_RESPONSE = re.compile(r"\], ?\\{0,8}[\":]response|\n|\Z")


def event(text: str, start: int) -> Found:
    """The document behind its description, which opens at *start*; of that, its identity."""
    described = document(text, start, only="_id")
    parted = _EVENT.match(text, described.end)
    if parted is None:
        return described
    place = parted.end()
    if text.startswith("{", place):
        found = document(text, place)
        return Found([*described.spans, *found.spans], found.end)
    ended = _RESPONSE.search(text, place)
    end = ended.start() if ended else len(text)
    return Found([*described.spans, (place, end)] if end > place else described.spans, end)


def _list_end(text: str, start: int) -> int:
    """Behind the bracket that closes a list, brackets inside of quoted items aside."""
    depth, position = 0, start
    opened, closes = text[start], _PAIRS[text[start]]
    item = re.compile(rf"[{re.escape(opened + closes)}]|(?<=[\[(,:=]) {{0,2}}\\*+[\"']")
    while (found := item.search(text, position)) is not None:
        position = found.end()
        if found[0] == opened:
            depth += 1
        elif found[0] == closes:
            depth -= 1
            if depth == 0:
                return position
        else:
            quote = found[0].lstrip()
            position = _string_end(text, position, quote, _NEXT_ITEM) or position
    return len(text)


def _string_end(text: str, start: int, quote: str, after: re.Pattern[str]) -> int | None:
    """Behind the quote that closes a string: the same quote, and *after* behind it.

    What follows a lone quote is no end: servers print texts without escaping them. Where a backslash
    escapes nothing, the one before the end is the text's own: the next quote then ends nothing.
    """
    early: int | None = None
    for found in _QUOTE.finditer(text, start):
        ends = after.match(text, found.end()) is not None
        if closes(found[0], quote):
            if ends:
                return found.end()
            if early is not None:
                break
        elif ends and early is None and found[0][-1] == quote == "'":
            early = found.end()
    return early


def _before(field: Field) -> Span:
    """Where the bracket stands that opens the field's value, if it is a document or a list."""
    start, end = field.value
    return (start, start + 1) if start == end else (start - 1, start)


class _Document:
    """A document, read once from its opening bracket; nested ones without recursion."""

    def __init__(self, text: str, start: int, only: str) -> None:
        self._text = text
        self._only = only
        self._start = start
        self._spans: list[Span] = []
        self._fields: list[Field] = []
        self._open: list[str] = []
        self._levels: list[int] = []
        self._unended = -1
        self._pairs = start if _COORDINATED.match(text, start) else -1
        self._end = self._read(start)

    def found(self) -> Found:
        kept = coordinates(self._text, self._fields)
        return Found([span for span in self._spans if span not in kept], self._end)

    def tells_of_row(self) -> tuple[bool, int]:
        level = self._start
        fields = [field for field in self._fields if field.level == level]
        names = {field.name for field in fields}
        opened = {
            field.name for field in fields if self._text[slice(*_before(field))] in ("{", "[")
        }
        told = names & _REASONS and names <= _REASONS | _ROWS | _BESIDE_REASON
        return bool(told and names & _ROWS and names & _ROWS <= opened), self._end

    def _read(self, position: int) -> int:
        text, length = self._text, len(self._text)
        self._enter(position)
        position += 1
        while self._open and position < length:
            sign = text[position]
            if sign in " \t\r\n,":
                position += 1
            elif sign in "}])":
                if sign == _PAIRS[self._open[-1]]:  # another one is a value's own
                    self._open.pop()
                    self._levels.pop()
                position += 1
            else:
                position = self._field(position)
        return position

    def _field(self, position: int) -> int:
        """Take a field or an item; where the next one begins."""
        text = self._text
        paired = self._open[-1] == "{" or self._levels[-1] == self._pairs
        name = _KEY.match(text, position) if paired else None
        start = name.end() if name else position
        if start >= len(text):
            return start
        sign = text[start]
        typed = _TYPED.match(text, start)
        if typed or sign == "{" or (sign == "[" and _DOCUMENTS.match(text, start)):
            opened = typed.end() - 1 if typed else start
            self._name(name, opened, opened)
            self._enter(opened)
            return opened + 1
        if sign in ",}])":
            return start  # an empty value
        named = bool(name)
        if sign == "[":
            end = _list_end(text, start)
            inside = (start + 1, end - 1 if text[end - 1] == "]" else end)
            self._hide(name, *inside)
            return end
        end = self._value_end(start, named=named)
        self._hide(name, start, end)
        return end

    def _enter(self, position: int) -> None:
        self._open.append(self._text[position])
        self._levels.append(position)

    def _hide(self, found: re.Match[str] | None, start: int, end: int) -> None:
        name = self._name(found, start, end)
        nothing = name == "_id" and self._text[start:end] in ("nil", "null")
        if start < end and not nothing and (not self._only or name == self._only):
            self._spans.append((start, end))

    def _name(self, found: re.Match[str] | None, start: int, end: int) -> str:
        """The name of a field, which is noted with the place of its value."""
        name = found[0].strip(" \\\"':=>\t\n") if found else ""
        self._fields.append(Field(self._levels[-1], plain(name), (start, end)))
        return name

    def _value_end(self, start: int, *, named: bool) -> int:
        text = self._text
        after = _NEXT if named else _NEXT_ITEM
        quote = _QUOTE.match(text, start)
        if quote is not None and self._unended < 0:
            end = _string_end(text, quote.end(), quote[0], after)
            if end is not None:
                return end
            self._unended = start
            if quote[0] == '"' or quote[0][0] == "\\":
                return len(text)  # a cut text
        return self._bare_end(start, after)

    def _bare_end(self, start: int, after: re.Pattern[str]) -> int:
        """The end of a value without quotes: `5`, `ObjectId('…')`, `New York, NY` in a map."""
        text, depth, position = self._text, 0, start
        while (found := _BREAK.search(text, position)) is not None:
            sign = found[0]
            position = found.end()
            if sign in ("(", "{", "["):
                depth += 1
            elif sign in (")", "}", "]"):
                if depth == 0:
                    return self._trimmed(start, found.start())
                depth -= 1
            elif sign == ",":
                if depth == 0 and after.match(text, found.start()):
                    return self._trimmed(start, found.start())
            elif depth and text[found.start() - 1] in "( ,":
                position = _string_end(text, position, sign, _NEXT_ITEM) or position
        return len(text)

    def _trimmed(self, start: int, end: int) -> int:
        return start + len(self._text[start:end].rstrip())
