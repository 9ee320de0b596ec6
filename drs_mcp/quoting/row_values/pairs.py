"""Rows that tools print as pairs, `ID = 5, NAME = Anna`, and values in brackets and to a comma."""

import re
from typing import Final

from drs_mcp.quoting.row_values.spans import Found, Span

_TECHNICAL = (
    r"error|errno|code|sql|scn|pos|offset|table|index|constraint|rba|seqno|lsn|gtid|file|line|column"
    r"|source|chunk|partition|thread|pid|node|count|size|number|length|format|limit|tag|command|start"
)
NAME: Final = rf"(?!(?:{_TECHNICAL})[_a-z]{{0,24}}\s?[=:])(?:\[[\w ]{{1,64}}\]|[\"`]?[^\W\d][\w.$]{{0,127}}[\"`]?)"
"""A column's name in lower-case text; not one of the words that tell where an error is."""

_PAIR = re.compile(rf"(?:[,，;；]?\s{{0,4}}){NAME}\s?=\s?(?=\S)")
_FIRST = re.compile(rf"\s{{0,4}}{NAME}\s?[=:：]\s?(?=\S)")
_QUOTED = re.compile(r"n?'(?:''|'(?=\w)|[^'])*+'?|\"(?:\"\"|[^\"])*+\"?")
_BARE = re.compile(
    r"[^\s,，;；。()\"]++(?:\s\d{1,2}:\d{2}(?::\d{2})?[\d.]*+)?(?:\s(?!(?:and|or|update|new|old|in|on|for|at|to|is|not)\b)[^\W\d_]{2,20}(?=[,，;；)\n]|\Z))*+"
)
_NULL = re.compile(r"null\b")


def pairs(folded: str, _start: int, end: int, _bound: int) -> Found:
    """The values of pairs that follow each other from *end* on."""
    spans: list[Span] = []
    pair = _FIRST.match(folded, end)
    place = end
    while pair is not None:
        place = pair.end()
        quoted = folded.startswith(("'", "n'", '"'), place)
        value = (_QUOTED if quoted else _BARE).match(folded, place)
        if value is None:
            break
        if not _NULL.fullmatch(value[0]):
            spans.append(value.span())
        place = value.end()
        pair = _PAIR.match(folded, place)
    return Found(spans, max(place, end))


_CONTEXT: Final = 600


_LINE = re.compile(rf"{NAME} = (?P<value>[^\n]++)(?:\n|\Z)")


def discarded(folded: str, start: int, end: int, _bound: int) -> Found:
    """Pairs, a line each, of a record that GoldenGate discarded."""
    before = folded[max(start - _CONTEXT, 0) : start]
    spans: list[Span] = []
    if any(word in before for word in ("ogg-", "discard", "replicating", "mapping problem")):
        while (line := _LINE.match(folded, end)) is not None:
            if not _NULL.fullmatch(line["value"]):
                spans.append(line.span("value"))
            end = line.end()
    return Found(spans, end)


_CLOSES = re.compile(r"[\]】](?=\s|\Z|[,，.;；:：。)}]|[\u3400-\u9fff])")


def in_brackets(folded: str, _start: int, end: int, bound: int) -> Found:
    """A value in square brackets, which may hold brackets itself."""
    closing = _CLOSES.search(folded, end, min(bound + 1, len(folded))) or _CLOSES.search(
        folded, end
    )
    place = closing.start() if closing else len(folded)
    return Found([(end, place)] if place > end else [], place)


_KEY_QUOTED = re.compile(r"\"[^\n]{0,400}?\"(?=\s*(?:[,，。；;]|\Z|\n))")
_KEY_BARE = re.compile(
    r"[^\s,，。；;][^\n,，。；;]{0,400}?(?=[,，。；;\n]|\s\(|\s(?:error|type|db|on|in|is|was)\b|\Z)"
)


def key(folded: str, _start: int, end: int, _bound: int) -> Found:
    """A key of Redis, quoted or up to a comma."""
    found = _KEY_QUOTED.match(folded, end) or _KEY_BARE.match(folded, end)
    return Found([found.span()], found.end()) if found else Found([], end)
