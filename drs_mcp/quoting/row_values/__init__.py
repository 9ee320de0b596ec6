"""Row values, hidden by the quoting of the engine that wrote them.

A text is searched once for the words that values stand behind: the verbs of SQL, the words of
database errors, the fields of documents, the commands of Redis. Each finds its values and where
they end; the search goes on there. Everything else stays as it is.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from drs_mcp.quoting.hidden import HIDDEN
from drs_mcp.quoting.row_values import commands, document_words, documents
from drs_mcp.quoting.row_values.errors import FORMS
from drs_mcp.quoting.row_values.forms import Form
from drs_mcp.quoting.row_values.loading import ROW, ROW_NEEDS, is_told_row
from drs_mcp.quoting.row_values.spans import Found, Span, folded, merged, replaced
from drs_mcp.quoting.row_values.tools import RECORDS, is_in_record
from drs_mcp.quoting.sql.literals import SqlInText
from drs_mcp.quoting.sql.tokens import COMMENTS

_Rule = Callable[["_Search", int, int], Found]


class _Head(NamedTuple):
    """Words that values stand behind.

    Attributes:
        needs: of these a text holds at least one.
        words: the pattern of the words.
        rule: finds the values, given where the words begin and end.
    """

    needs: tuple[str, ...]
    words: re.Pattern[str]
    rule: _Rule


def _error(form: Form) -> _Rule:
    return lambda search, start, end: form.rule(search.lower, start, end, search.bound(end))


def _document(search: "_Search", _start: int, end: int) -> Found:
    if search.is_told_beside(end):
        return Found([], end)
    found = documents.lists(search.text, end)
    inside = search.lower[end : found.end]
    if HIDDEN in inside and _CONNECTION.search(inside):
        return Found([], found.end)  # no row: how to reach a database
    return found


def _source(search: "_Search", _start: int, end: int) -> Found:
    found = documents.lists(search.text, end)
    described = _DESCRIBED.search(search.lower, end, found.end)
    return Found([], found.end) if described else found


_DESCRIBED = re.compile(
    r"\b(?:host|hostname|server|dsn|port|connector|engine|endpoint|database|db|schema|table|topic"
    r"|lsn|scn)\\{0,8}[\"']?\s?[:=]"
)
_CONNECTION = re.compile(r"\b(?:host|hostname|port|server|dsn|ip)[\"']?\s?[,:=]")


_FAULT = re.compile(
    r"\b(?:skip|drop|reject|ignor|discard|fail|invalid|malformed|bad|conflict|mismatch|miss(?:ing|ed)|not found|cannot|could not|can't"
    r"|unable|duplicat|lost|wrong|unpars|corrupt|error|unexpected|violat|too l|differ)"
    r"|跳过|丢弃|拒绝|失败|错误|异常|冲突|重复|缺失|丢失|不一致|无法|不存在|忽略"
)
_ENDS_AS_TOLD = re.compile(
    r"(?:\b(?:in|to|of|from|for|on|into|table|collection|topic) `?(?!reason|error|details?|context|cause|result)[\w.$\-]{1,128}`?"
    r"|\b(?:skipped|dropped|rejected|ignored|discarded|failed|invalid|malformed|duplicated?|lost|missing|missed|corrupted|written|inserted"
    r"|parsed|applied|differs?|mismatch)|(?:跳过|丢弃|拒绝|失败|冲突|重复|缺失|丢失|不一致|不存在|忽略|数据|记录|行|[\w.]{1,128}）))\s?[:：] ?\Z"
)
"""A table, or what was done with the row, before the colon: no word says what else stands behind it."""
_TELLS_OF_ROW = re.compile(
    r"(?<![a-z0-9_])(?:row|record|document|tuple|message|event)\b(?! (?:count|number|total|size|rate|format|limit|batch|lock|level|version|id|handler"
    r"|loop|type)s?\b)|(?:行|记录|文档|消息|数据)"
)
_SENTENCE = 140


def _told_of(search: "_Search", start: int, end: int) -> Found:
    """A row behind a sentence about one, if something is wrong with it."""
    begin = max(
        start - _SENTENCE,
        search.lower.rfind("\n", 0, start) + 1,
        search.lower.rfind("}", 0, start) + 1,
    )
    if (
        not _ENDS_AS_TOLD.search(search.lower, max(begin, start - 80), end)
        or not _TELLS_OF_ROW.search(search.lower, begin, start)
        or not _FAULT.search(search.lower, begin, start)
    ):
        return Found([], end)
    return _document(search, start, end)


def _row(search: "_Search", start: int, end: int) -> Found:
    """A row in parentheses, ASCII's or those of full width."""
    if not is_told_row(search.lower, start, end):
        return Found([], start)
    if search.text[start] == "(":
        return documents.document(search.text, start)
    place = search.text.find("）", end)
    place = place if place >= 0 else len(search.text)
    return Found([(end, place)], place)


def _of_record(search: "_Search", start: int, end: int) -> Found:
    """Key or value of a record of Kafka that are a document or a list."""
    return (
        documents.lists(search.text, end) if is_in_record(search.lower, start) else Found([], end)
    )


def _bound(search: "_Search", start: int, end: int) -> Found:
    """What goes into the placeholders of a statement; a process has arguments as well."""
    found = documents.lists(search.text, end)
    told = _VERB.search(search.lower, max(start - _LONGEST_DYNAMIC, 0), start)
    return found if told or _BEHIND.match(search.lower, found.end) else Found([], end)


_VERB = re.compile(r"\b(?:insert|update|delete|replace|merge|select|upsert|call)\b")
_BEHIND = re.compile(
    r"[^\n]{0,60}?\b(?:insert into|update|delete from|replace into|merge into|select)\b"
)


def _printed(search: "_Search", start: int, end: int) -> Found:
    """An object as Java prints it; `row[5]` in small letters is an element of an array."""
    if not search.text[start].isupper():
        return Found([], end)
    return documents.document(search.text, end)


def _columns(search: "_Search", _start: int, end: int) -> Found:
    return documents.document(search.text, end, only="value")


def _statement(search: "_Search", start: int, _end: int) -> Found:
    return search.sql.statement(start)


def _rows(search: "_Search", start: int, _end: int) -> Found:
    """A text that is nothing but rows of VALUES: a statement was written a line an entry."""
    return search.sql.rows(start)


def _set(search: "_Search", start: int, end: int) -> Found:
    """SET of an UPDATE whose beginning is cut off, or of Redis."""
    if _ASSIGNED.match(search.lower, end):
        return search.sql.statement(start)
    return _unsure(search, start, end)


def _using(search: "_Search", start: int, end: int) -> Found:
    """The values behind USING of a dynamic statement."""
    if "execute" not in search.lower[max(start - _LONGEST_DYNAMIC, 0) : start]:
        return Found([], end)
    return search.sql.arguments(end)


_LONGEST_DYNAMIC = 2000


def _sure(search: "_Search", start: int, end: int) -> Found:
    return commands.command(search.text, search.lower, start, end, sure=True)


def _unsure(search: "_Search", start: int, end: int) -> Found:
    return commands.command(search.text, search.lower, start, end, sure=False)


_ASSIGNED = re.compile(r"[^\s=]{1,128}\s{0,4}=")
_ASSIGNMENTS = ("=[", "= [", ":[", ": [", "{", "=(", "= (", ":(", ": (")
_TABLE: tuple[tuple[tuple[str, ...], str, _Rule], ...] = (
    *((form.needs, form.words, _error(form)) for form in FORMS.values()),
    (ROW_NEEDS, ROW, _row),
    (("dup key",), document_words.DUPLICATED, _document),
    (document_words.NAMED_NEEDS, document_words.NAMED, _document),
    (document_words.TOLD_NEEDS, document_words.TOLD, _document),
    ((": {", ":{", "：{", "： {"), document_words.TOLD_OF, _told_of),
    (("{",), document_words.SOURCE, _source),
    (RECORDS, document_words.OF_RECORD, _of_record),
    (("source[",), document_words.REQUESTED, _document),
    (("action=>", 'action":[', 'action\\":['), document_words.ACTION, lambda search, _, end: documents.event(search.text, end)),
    (("重复", "行", "记录", "数据内容", "冲突数据", "原始数据", "端数据"), document_words.CHINESE, _document),
    (("(id=",), document_words.PRINTED_BY_ID, _document),
    (("one(", "many(", "oneand", "update(", "insert(", "remove(", "find(", "save("), document_words.CALLED, lambda search, _, end: documents.arguments(search.text, end)),
    (_ASSIGNMENTS, document_words.IMAGE, _document),
    (("_id",), document_words.IDENTIFIED, _document),
    (("parameters",), document_words.PARAMETERS, _document),
    (document_words.COMMANDED_NEEDS, document_words.COMMANDED, _document),
    (document_words.BOUND_NEEDS, document_words.BOUND, _bound),
    (('[["', '[[\\"'), document_words.NAMED_PAIRS, _document),
    (("[{",), document_words.PRINTED_FIELDS, _document),
    (("{",), document_words.BULK, _document),
    (("{",), document_words.COLUMNS, _columns),
    (("{", "row[", "record[", "rowdata("), document_words.PRINTED, _printed),
    (("set @",), r"set (?=@)", lambda search, _, end: search.sql.arguments(end)),
    (("insert",), r"insert(?=\s)", _statement),
    (("replace",), r"replace(?=\s)", _statement),
    (("update",), r"update(?=\s)", _statement),
    (("delete",), r"delete(?=\s)", _statement),
    (("merge",), r"merge(?=\s)", _statement),
    (("select",), r"select(?=[\s'\"(*])", _statement),
    (("where",), r"where(?=[\s(\"`\[])", _statement),
    (("value",), rf"values?(?={COMMENTS}\()", _statement),
    (("('", ",'", ", '"), r"\A(?=\s{0,8}\()", _rows),
    (("set ",), r"set (?=\S)", _set),
    (("binds",), r"binds:? (?=:\w{1,64}\s?=)", lambda search, _, end: search.sql.arguments(end)),
    (("using ",), r"using (?=[\d'\-:]|n')", _using),
    (("declare @",), r"declare (?=@)", lambda search, _, end: search.sql.declared(end)),
    (("call ", "exec ", "execute ", "begin "), r"(?:call|exec(?:ute)?|begin)(?= )", lambda search, start, end: search.sql.call(start, end)),
    (("$",), r"parameters?:? (?=\$\d{1,4} = )|(?=\$1 = ['\d])", lambda search, _, end: search.sql.arguments(end)),
    (commands.NEEDS, commands.SURE, _sure),
    (commands.NEEDS, commands.UNSURE, _unsure),
    (('] "',), commands.MONITORED, lambda search, _, end: commands.monitored(search.text, end)),
    (("$",), commands.WIRE, lambda search, start, end: commands.on_the_wire(search.text, start, end)),
)  # fmt: skip


def _stands_alone(words: str) -> bool:
    """Whether no letter before the words makes others of them."""
    return ord(words[0]) > 127 or words.startswith("(?<")


_HEADS: Final = tuple(
    _Head(
        needs, re.compile(words if _stands_alone(words) else rf"(?<![a-z0-9_$])(?:{words})"), rule
    )
    for needs, words, rule in _TABLE
)
_NEEDED: Final = {
    need: tuple(index for index, head in enumerate(_HEADS) if need in head.needs)
    for need in dict.fromkeys(need for head in _HEADS for need in head.needs)
}
ROW_VALUE_TRIGGERS: Final = tuple(
    need for need in _NEEDED if not any(other != need and other in need for other in _NEEDED)
)
"""A text that `hide_row_values` changes holds one of these when it is in lower case."""

_HOLDING: Final = {
    word: tuple(need for need in _NEEDED if word in need) for word in ROW_VALUE_TRIGGERS
}

_ERRORS: Final = _HEADS[: len(FORMS)]


_MOST_READ = 12_000
"""A text with more words that values stand behind was written to take long: the rest is hidden."""

_ROUNDS = 8
"""Hiding a value may bring words together: the result is looked at again until nothing changes."""


def hide_row_values(text: str, words: Iterable[str] = ROW_VALUE_TRIGGERS) -> str:
    """Replace the values of customers' rows by `?`; names, codes, positions and counts stay.

    The result does not depend on the values: others of the same form, of any length, give the
    same. It takes time that grows with the text's length, and changes nothing the second time.

    Args:
        text: the text.
        words: those of ROW_VALUE_TRIGGERS that it holds, and maybe others.
    """
    for _ in range(_ROUNDS):
        lower = folded(text)
        present = [word for word in words if word in lower]
        shown = replaced(text, merged(_Search(text, lower, present).spans())) if present else text
        if shown == text:
            break
        text, words = shown, present  # no word holds a placeholder: none but these can be left
    return text


class _Search:
    """One search of a text for values.

    Attributes:
        text: the text.
        lower: the text in lower case.
        sql: the text as one in which statements stand.
    """

    def __init__(self, text: str, lower: str, present: Iterable[str]) -> None:
        self.text: str = text
        self.lower: str = lower
        self._told_to = 0
        self._places: list[tuple[int, int, int]] = []  # start, which head, end
        needed = {need for word in present for need in _HOLDING.get(word, ()) if need in lower}
        for index in {index for need in needed for index in _NEEDED[need]}:
            self._places += [
                (found.start(), index, found.end()) for found in _HEADS[index].words.finditer(lower)
            ]
        self._places.sort()
        self._errors = [start for start, index, _ in self._places if index < len(_ERRORS)]
        self.sql: SqlInText = SqlInText(text, frozenset(self._errors))

    def spans(self) -> list[Span]:
        """The values, in order."""
        spans: list[Span] = []
        position = read = 0
        for start, index, end in self._places:
            if start >= position:
                read += 1
                if read > _MOST_READ:
                    return [*spans, (start, len(self.text))]
                found = _HEADS[index].rule(self, start, end)
                spans += found.spans
                if found.spans or index >= len(_ERRORS):
                    position = max(found.end, position)
        return spans

    def is_told_beside(self, start: int) -> bool:
        """Whether the document at *start* says why a row failed that it holds: both are read by themselves.

        One within it is a row: each document is looked at once.
        """
        if (
            start < self._told_to
            or self.text[start] != "{"
            or not documents.REASON_AHEAD.match(self.lower, start)
        ):
            return False
        told, end = documents.tells_of_row(self.text, start)
        self._told_to = end if told else self._told_to
        return told

    def bound(self, start: int) -> int:
        """Where the next error's words begin, at *start* or behind it."""
        index = bisect_left(self._errors, start)
        return self._errors[index] if index < len(self._errors) else len(self.text)
