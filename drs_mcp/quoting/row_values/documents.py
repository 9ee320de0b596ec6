"""Values of documents and row images: MongoDB's documents, JSON rows, lists of parameters.

Field names stay, values go, whatever their notation: JSON, MongoDB's shell and its server's log,
JSON inside of JSON, `{a=b}` as Java prints a map. Lists of plain values are hidden as a whole, as
their lengths and the commas in them are the row's own.
"""

import re
from typing import Final

from drs_mcp.quoting.row_values.spans import Found, Span
from drs_mcp.quoting.sql.tokens import closes

_KEY = re.compile(
    r"\s*+(?:\\*+[\"'][^\"'\\\n]{0,128}+\\*+[\"']|[\w$.\-@]{0,128}+)\s{0,4}+(?::(?!:)|=>?)\s{0,4}+"
)
_NEXT = re.compile(
    r"\s*+(?:[}\])]|\Z|[;\n]|,\s{0,4}+(?:\\*+[\"']|[{\[]|(?:[\w$.\-@]{0,128}+)\s{0,4}+[:=]))"
)
_NEXT_ITEM = re.compile(r"\s*+(?:[}\])]|\Z|,|;|\n)")
# A run of backslashes is looked at from its beginning on only: nothing that is read begins within one.
_QUOTE = re.compile(r"(?:(?<!\\)\\++)?+[\"']")
_BREAK = re.compile(r"[,(){}\[\]]|(?:(?<!\\)\\++)?+[\"']")
_DOCUMENTS = re.compile(r"\[\s*+\{")
_PAIRS = {"{": "}", "[": "]", "(": ")"}

_IMAGES = (
    r"before|after|(?:before|after|old|new)[_-]?(?:image|value|values|row|data|keys?)|old|new"
    r"|row|row[ _-]?(?:data|values?|image)|record|data|values|params|full_?document|document_?key"
    r"|documents?|insert_?document|deleted_?document|update_?description|key_?values?"
    r"|column_?values?|pk_?values?|primary_?key_?values?|raw_?data|bind_?(?:vars|values|variables)"
    r"|bindings|tuple|old_?keys|sql_?params|o2?"
)
_ASSIGNED = r"\\{0,8}[\"']?\s?[:=] ?"
DUPLICATED: Final = r"dup key:\s?\\{0,8}[\"']?\s?(?=\{)"
"""MongoDB's key behind E11000."""
IMAGE: Final = (
    rf"(?:{_IMAGES}){_ASSIGNED}(?=[\[{{(])"
    rf"|(?:op|q|u|query|filter|update|line){_ASSIGNED}(?=\{{)"
    rf"|(?:rows|records){_ASSIGNED}(?=\[\s?[\[{{(])"
)
"""A row, a document or a list of values under its usual names."""
IDENTIFIED: Final = (
    r"(?<!key: )(?<!key:)(?<!keys: )(?<!pattern )(?<!pattern: )(?<!index )"
    r"(?=\{\s?\\{0,8}[\"']?_id\\{0,8}[\"']?\s?[:=]\s?(?!-?1\s?[,}]))"
)
"""A document of MongoDB by its first field; `{ _id: 1 }` is the definition of an index."""
BOUND: Final = (
    r"(?:args?|arguments?|bind|binds|bound|bindings|params|parameters|bind values|sql args)"
    r"(?: ?[:=] ?| ?=> ?)\\{0,8}[\"']?(?=[\[({])"
)
"""What goes into the placeholders of a statement that stands before."""
BOUND_NEEDS: Final = tuple(
    word + sign
    for word in (
        "args",
        "arg",
        "arguments",
        "argument",
        "bind",
        "binds",
        "bound",
        "bindings",
        "params",
        "parameters",
        "bind values",
    )
    for sign in ("=", " =", ": ", ":[", ":(")
)
NAMED_PAIRS: Final = r"(?=\[\[\\{0,8}\"\w{1,64}\\{0,8}\", )"
"""Names and values as Ruby logs what it binds: `[["name", "Anna"], ["age", 5]]`."""
PRINTED_FIELDS: Final = r"(?:docs?|document|oplog)(?=\[\{)"
"""A document of MongoDB as Go prints it: `doc[{_id 5} {name Anna}]`."""
BULK: Final = (
    r"\{\s?\"(?:index|create|update)\"\s?:\s?\{[^\n{}]{0,400}\}\s?\}\s{0,4}\n\s{0,4}(?=\{)"
)
"""The line before a document in a bulk request of Elasticsearch."""
PARAMETERS: Final = r"(?<=\[)(?:params|parameters): (?=[\[({])|parameters ?: ?(?=\[)|parameters (?=\[(?:['\"]|-?\d))"
NAMED: Final = (
    r"(?:in query|in element|chunk|-->>) (?=\{)|for row (?=[\[(])|tuple (?=\[['\"\d])"
    r"|(?:pk|row) ?= ?(?=\{)|value ?= ?(?=\{(?:\\*[\"']|\w{1,64}=))|seatunnelrow\{[^\n]{0,200}?fields=(?=\[)|[+-][iud](?=[\[(])"
    r"|(?:differ|missing|mismatch)[^\n]{0,80}?keys? ?[=:] ?(?=\[)"
    r"|extract [^\n{]{0,40}?keys?(?: from)?: ?(?=\{)|(?=\{ ?: )"
)
"""Documents and rows behind words of their own."""
NAMED_NEEDS: Final = (
    "in query", "in element", "chunk {", "-->>", "for row", "tuple ", "pk=", "pk =", "value =",
    "value=", "seatunnelrow", "+i(", "-i(", "+u(", "-u(", "+d(", "-d(",
    "+i[", "-i[", "+u[", "-u[", "+d[", "-d[", "extract ", "{ :", "{:", "differ", "missing", "mismatch",
)  # fmt: skip
_FIELD = r"\{\s?(?:\\{1,8}[\"']|[\"'](?!\s)|[^\W\d][\w$.\-]{0,63}\s?[:=](?!:)|\d{1,4}=)"
_NO_ROW = (
    r"(?!\{\s?\\{0,8}[\"']?(?:error|error[_-]?(?:code|msg|message)|before|after|schema|payload"
    r"|type\W{2,8}(?:record|struct|object))\b)"
)
"""Not the body of an error, an envelope whose rows have words of their own, nor a schema."""
TOLD: Final = (
    r"(?:(?<!response )(?<!request )(?<!result )(?<!config )(?<!table )(?<!job )(?<!task )data"
    r"|row|record|values?|line|documents?|doc|tuple|entity)"
    rf"(?: contents?| data| values?)?(?: is| was)?:? \\{{0,8}}[\"'`(]?{_NO_ROW}(?={_FIELD})"
    rf"|(?:before|after) {_NO_ROW}(?={_FIELD})"
    rf"|(?:payload|_source){_ASSIGNED}{_NO_ROW}(?=\{{)|payload {_NO_ROW}(?={_FIELD})"
    r"|(?:row|record|tuple)(?: data)? (?=\[(?:\\*[\"']|-?\d[\d.]{0,20}, ?\\*[\"']))"
    r"|(?:rows|records|row data|tuples) (?=\[\s?[\[{(]\s?(?:\\*[\"']|-?\d|\w))"
)
"""A row right behind the word for one. Placeholders, `value {0}`, and positions, `row [5]`, are none."""
TOLD_NEEDS: Final = (
    "{", "row [", "record [", "tuple [", "row data [", "rows [", "records [", "tuples [",
)  # fmt: skip
SOURCE: Final = rf"_?source:? {_NO_ROW}(?={_FIELD})"
"""A document of Elasticsearch, if it is not the description of a database."""
CHINESE: Final = r"重复的?键\s?(?=\{)|(?:(?:行|记录|数据)内容|(?:行|冲突|原始|源端|目标端)数据|行|记录)\s?[:：]?\s?(?=[\[{])"
PRINTED_BY_ID: Final = r"(?<=\w)(?=\(id=['\"\d][^,()\n]{0,80}, ?\w{1,64}=)"
"""An object whose first field is its identity: `User(id=5, name='Anna')`."""
CALLED: Final = (
    r"(?:update|insert|delete|replace|find)(?:one|many|oneand\w{5,8})\((?=\{|\[\s?\{)"
    r"|db\.[\w.]{1,100}\.(?:update|insert|remove|find|save)\((?=\{|\[\s?\{)"
)
"""A method of MongoDB's shell."""
COLUMNS: Final = rf"(?:columns|identity|pk){_ASSIGNED}(?=\[\s?\{{)"
"""Columns as wal2json writes them, each with its name, type and value."""
_POSITION = (
    r"(?!struct\{version=\d[\w.]{0,20},connector=\w{1,20},name=[\w.-]{1,80},ts_ms=\d"
    r"(?![^{}\n]{0,1000}\bquery=(?!null\b)))"
)
"""Not where in the log of a database a reader stands, as Debezium prints it, unless with a statement."""
PRINTED: Final = (
    rf"{_POSITION}(?:record|row|rowdata|struct|document)(?=\{{)|(?:row|record)(?=\[)"
    r"|(?:generic|binary|joined)?rowdata(?=\()"
)
"""Objects as Java prints them."""


def document(text: str, start: int, *, only: str = "") -> Found:
    """The values of the document, row or list whose bracket opens at *start*.

    Args:
        text: the text.
        start: where the bracket stands.
        only: the name of the one field whose values are a row's; of all if it is empty.
    """
    if text[start] == "{" or _DOCUMENTS.match(text, start):
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


class _Document:
    """A document, read once from its opening bracket; nested ones without recursion."""

    def __init__(self, text: str, start: int, only: str) -> None:
        self._text = text
        self._only = only
        self._spans: list[Span] = []
        self._open: list[str] = []
        self._unended = -1
        self._end = self._read(start)

    def found(self) -> Found:
        return Found(self._spans, self._end)

    def _read(self, position: int) -> int:
        text, length = self._text, len(self._text)
        self._open.append(text[position])
        position += 1
        while self._open and position < length:
            sign = text[position]
            if sign in " \t\r\n,":
                position += 1
            elif sign in "}])":
                if sign == _PAIRS[self._open[-1]]:  # another one is a value's own
                    self._open.pop()
                position += 1
            else:
                position = self._field(position)
        return position

    def _field(self, position: int) -> int:
        """Take a field or an item; where the next one begins."""
        text = self._text
        name = _KEY.match(text, position) if self._open[-1] == "{" else None
        start = name.end() if name else position
        if start >= len(text):
            return start
        sign = text[start]
        if sign == "{" or (sign == "[" and _DOCUMENTS.match(text, start)):
            self._open.append(sign)
            return start + 1
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

    def _hide(self, name: re.Match[str] | None, start: int, end: int) -> None:
        hidden = not self._only or (name and name[0].strip(" \\\"':=\t\n") == self._only)
        if hidden and start < end:
            self._spans.append((start, end))

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
