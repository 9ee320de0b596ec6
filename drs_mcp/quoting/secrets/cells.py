"""Secrets whose names stand in another cell: of a table, of a CSV's header, of a pair of fields."""

import re
from typing import Final

from drs_mcp.quoting.secrets.bare import bare
from drs_mcp.quoting.secrets.keys import Weight, weigh
from drs_mcp.quoting.secrets.values import QUOTE, Scan, Span, closing, opening
from drs_mcp.quoting.secrets.weighing import FLAG, STATE, Key

CELL: Final = (
    r"(?:(?<=[\t\u3000])|\|\s*+(?=\S)|\\{1,4}+t|(?:\.{3,80}|…{1,40})+[ \t]*+"
    r"|:?\s?</(?:t[dh]|dt|b|strong|label|span)>\s*+<(?:t[dh]|dd|b|span|code|p)[^<>]{0,80}>\s*+)"
)
"""What parts a name from the cell behind it, in lower-case text; blanks before it were read."""

_WORDY = re.compile(
    r"\s*+(?:[a-z_][a-z_ \-]*+(?:\(\d+(?:,\d+)?\))?|[-+]?\d[\d.,:]*+|\*{3}|-+|)\s*+\Z"
)
"""A word, a type or a number: a cell of a header, or of the definition of a table."""


_DIGIT = re.compile(r"\d")


def is_wordy(value: str) -> bool:
    """Whether a cell in lower case holds no more than words or a number."""
    return _WORDY.match(value) is not None


def cell(scan: Scan, at: int, key: Key, gap: str) -> tuple[Span, ...]:
    """The cell at *at*, which *gap* parts from its name."""
    low = scan.low
    if "</" in gap:
        end = scan.find("<", at)
    elif "." in gap or "…" in gap:
        end = scan.space(at)
    elif "\\" in gap:
        end = scan.find("\\t", at)
    else:
        end = scan.find(next(sign for sign in ("|", "\t", "\u3000") if sign in gap), at)
    end = min(end, scan.find("\n", at))
    end = at + len(low[at:end].rstrip())
    value = low[at:end]
    if key.weight is not Weight.STRONG or is_wordy(value) or not _DIGIT.search(value):
        return ()
    if FLAG.match(low, at) or STATE.match(low, at):
        return ()
    if mark := opening(scan, at):
        inside = closing(scan, mark.end(), mark[0], end)
        return (Span(mark.end(), end if inside is None else inside),)
    return (Span(at, end),)


# -- a header and its rows ----------------------------------------------------------------------

_HEADER_CELL = re.compile(r"\s?\"?(?P<name>[a-z_][a-z_0-9 .\-]{0,40})\"?\s?\Z", re.IGNORECASE)
_SEPARATORS: Final = ("|", "│", "\t", ",", ";")
_RULE = re.compile(r"(?<=\n)(?=[|+:├┤╟ ]{0,4}(?:--|==|──|━━|══))[-=+|:\t ─━═┼╪╋├┤╟╢│┃]++\r?\n")
"""The line below a header, as Markdown and the clients of databases draw it."""
_MOST_ROWS: Final = 64
_LONGEST_HEADER: Final = 512


def column(scan: Scan, at: int) -> tuple[Span, ...]:
    """The cells below the secret's name at *at*, which stands in a header."""
    end = scan.find("\n", at)
    if end == len(scan.low) or end - at > _LONGEST_HEADER:
        return ()
    start = scan.text.rfind("\n", max(scan.pos, at - _LONGEST_HEADER), at) + 1 or scan.pos
    line = scan.text[start:end].rstrip("\r").strip(" ")
    framed = line.startswith(("|", "│"))
    separator = next((sign for sign in _SEPARATORS if sign in line), "")
    if not separator:
        return ()
    cells = [_HEADER_CELL.match(name.strip(" ")) for name in line.strip("|│").split(separator)]
    names = [cell["name"] for cell in cells if cell is not None]
    if len(names) != len(cells):
        return ()
    secret = {place for place, name in enumerate(names) if weigh(name) is Weight.STRONG}
    return (
        tuple(_rows(scan, end + 1, separator, len(names), secret, framed=framed)) if secret else ()
    )


_FRAME = re.compile(r" {0,40}+[|│]")


def _rows(
    scan: Scan, at: int, separator: str, columns: int, secret: set[int], *, framed: bool
) -> list[Span]:
    pattern = re.compile(rf" ?(?:\"(?:[^\"]|\"\")*+\"?|[^{re.escape(separator)}\n\r]*+)")
    spans: list[Span] = []
    if rule := _RULE.match(scan.text, at):
        at = rule.end()
    for _ in range(_MOST_ROWS):
        if at >= len(scan.text):
            break
        if framed and (frame := _FRAME.match(scan.text, at)):
            at = frame.end()
        found: list[tuple[int, int]] = []
        while match := pattern.match(scan.text, at):
            found.append(match.span())
            at = match.end()
            if not scan.text.startswith(separator, at):
                break
            at += 1
        if len(found) == 1:
            break  # nothing parts it
        if len(found) - (not scan.text[slice(*found[-1])].strip()) not in (columns, columns - 1):
            break
        if all(is_wordy(scan.low[slice(*place)]) for place in found):
            break  # another header, or words
        spans += [_inside(scan, *found[place]) for place in sorted(secret) if place < len(found)]
        at = scan.find("\n", at) + 1
    return [span for span in spans if span.end > span.start and not _is_flag(scan, span)]


def _inside(scan: Scan, start: int, end: int) -> Span:
    """The cell without its blanks and quotes."""
    text = scan.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if text.startswith('"'):
        return Span(start + 1, start + len(text) - (text.endswith('"') and len(text) > 1))
    return Span(start, start + len(text))


def _is_flag(scan: Scan, span: Span) -> bool:
    return is_wordy(scan.low[span.start : span.end]) or bool(FLAG.match(scan.low, span.start))


# -- a field that tells the value before the name ------------------------------------------------

_BEFORE_NAME = re.compile(
    rf"(?:value|val|content){QUOTE}?\s?(?:=>|=|:)\s?(?:(?P<quote>{QUOTE})(?P<value>[^\n]{{1,1000}}?)(?P=quote)|(?P<bare>[^\s\"']{{1,1000}}+))"
    rf"\s?[,;\s]\s{{0,8}}{QUOTE}?(?:name|key|field|parameter|property|id){QUOTE}?\s?(?:=>|=|:)\s?{QUOTE}?\Z"
)
_IS_NAMED = re.compile(
    rf"(?:name|key|field|parameter|property|id){QUOTE}?\s?(?:=>|=|:)\s?{QUOTE}?\Z"
)


def value_before(scan: Scan, key: Key) -> tuple[Span, ...]:
    """The value in `{"value": "…", "name": "password"}`."""
    start = max(scan.pos, key.start - 1_200)
    before = scan.low[start : key.start]
    if not _IS_NAMED.search(before[-24:]):
        return ()
    place = max(before.rfind(word) for word in ("value", "val", "content"))
    found = _BEFORE_NAME.match(before, place) if place >= 0 else None
    if found is None:
        return ()
    what = "bare" if found["bare"] else "value"
    return (Span(start + found.start(what), start + found.end(what)),)


# -- elements of XML -------------------------------------------------------------------------------

_TAG_NAME = r"(?:[a-z][\w\-]{0,20}[\-:])?"
NAME_AND_VALUE = (
    rf"</{_TAG_NAME}(?:name|key)\s?>\s*+(?:<(?P<between>description|final|type)>[^<>]{{0,200}}</(?P=between)>\s*+)?"
    rf"<{_TAG_NAME}(?:value|string)(?:\s[^<>]{{0,80}})?(?<!/)>"
    rf"|&lt;/{_TAG_NAME}(?:name|key)&gt;\s*+&lt;{_TAG_NAME}(?:value|string)&gt;"
)
_ELEMENT = re.compile(r"(?:<|&lt;|\\u003c)(?:[a-z_][\w\-]{0,32}:)?\Z")
_CDATA = re.compile(r"\s*+(?:<!\[cdata\[|&lt;!\[cdata\[)")
_TEXT_ENDS: Final = {">": "<", "&gt;": "&lt;"}
_MIXED = re.compile(r"(?=\S{0,64}?\d)\S{0,64}?[a-z]")
_TAG_END = re.compile(r"(?:<|&lt;|\\++u003c)\s?\\*/|\]\]")


def element(scan: Scan, at: int, key: Key, sign: str) -> tuple[Span, ...]:
    """What an XML element holds from *at* on, behind the *sign* that ends its tag."""
    if not key.is_quoted and not _ELEMENT.search(key.outside(scan, 48).lower()):
        return ()
    return content(scan, at, key, sign)


def content(scan: Scan, at: int, key: Key, sign: str) -> tuple[Span, ...]:
    """The same, where no more need be asked of the name.

    What no tag ends was cut off, or it is a placeholder in a sentence: `AUTH <password> called`.
    """
    if cdata := _CDATA.match(scan.low, at):
        at = cdata.end()
    gap = scan.text[at : at + len(scan.text[at : at + 64]) - len(scan.text[at : at + 64].lstrip())]
    at += len(gap)
    if FLAG.match(scan.low, at):
        return ()
    if cdata:
        end = scan.find("]]>" if sign == ">" else "]]&gt;", at)
    else:
        end = scan.find(_TEXT_ENDS.get(sign, "\\u003c"), at)
    if end == len(scan.text):
        is_prose = gap.isspace() and "\n" not in gap and not _MIXED.match(scan.low, at)
        return (bare(scan, at, key.start),) if at < end and not is_prose else ()
    if end == at or not _TAG_END.match(scan.low, end):
        return ()
    return (Span(at, at + len(scan.text[at:end].rstrip())),)
