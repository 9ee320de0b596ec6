"""Keys and records in what engines print of a lock, a deadlock, a conflict of writes.

Sources: InnoDB's monitor and `performance_schema.data_locks` (MySQL's manual), TiDB's error 9007 and
`information_schema.deadlocks`, the keys of CockroachDB, the row keys of OceanBase.
"""

import re
from typing import Final

from drs_mcp.quoting.row_values.ends import OPENING
from drs_mcp.quoting.row_values.forms import Form, bare, quoted
from drs_mcp.quoting.row_values.pairs import in_brackets
from drs_mcp.quoting.row_values.spans import Found, Span

_FIELD = re.compile(r"(?P<length>\d{1,10}); hex (?P<hex>[0-9a-f]*+); asc ")
_FIELD_END = re.compile(r";(?:;|\s\(total )(?=\s|\Z|\d)|\n|\Z")
_TOTAL = re.compile(r"; \(total (?P<total>\d{1,12}) bytes\)")


def _record_field(folded: str, _start: int, end: int, _bound: int) -> Found:
    """`len 9; hex 5a68616e67…; asc Zhang Wei;;`: the value in two forms, and its length.

    The text has a character for each byte; where blanks were lost, it ends at the two semicolons.
    """
    field = _FIELD.match(folded, end)
    if field is None:
        return Found([], end)
    spans: list[Span] = [field.span("length")]
    if field["hex"]:
        spans.append(field.span("hex"))
    place = field.end() + len(field["hex"]) // 2
    if not folded.startswith(";", place):
        ended = _FIELD_END.search(folded, field.end())
        place = ended.start() if ended else len(folded)
    if place > field.end():
        spans.append((field.end(), place))
    if total := _TOTAL.match(folded, place):
        spans.append(total.span("total"))
        place = total.end()
    return Found(spans, place)


_VALUES_END = re.compile(r",?\s?\}\}|\}(?=[\s\"'\]\\]|\Z)|\n|\Z")
_HANDLE_END = re.compile(r"\}(?=[\s,;\"'\]\\]|\Z)|\n|\Z")
_BESIDE_TABLE: Final = 400


def _index_values(folded: str, _start: int, end: int, _bound: int) -> Found:
    """`indexValues={Anna, 5, }}`."""
    ended = _VALUES_END.search(folded, end)
    place = ended.start() if ended else len(folded)
    return Found([(end, place)] if place > end else [], max(place, end))


def _handle(folded: str, start: int, end: int, _bound: int) -> Found:
    """`tableID=64, handle=5`: the primary key of a row, of several columns in braces."""
    if "tableid=" not in folded[max(start - _BESIDE_TABLE, 0) : start]:
        return Found([], end)
    ended = _HANDLE_END.search(folded, end)
    place = ended.start() if ended else len(folded)
    return Found([(end, place)] if place > end else [], max(place, end))


LOCKS: Final[dict[str, Form]] = {
    "record_field": Form(("; hex ",), r"(?<=: )len (?=\d{1,10}; hex )", _record_field),
    "lock_data": Form(
        ("lock_data",),
        rf"lock_data\\{{0,8}}[\"']?\s?[:=|]\s?{OPENING}",
        quoted(r",\s?\\{0,8}\"\w{1,40}\\{0,8}\"", r"\s*(?:\n|\Z)"),
    ),
    "lock_data_bare": Form(
        ("lock_data",),
        rf"lock_data\s?[:=|]\s?(?!{OPENING}|null|supremum|\?)(?=\S)",
        bare(
            r"(?:[^\s;|,]++|,(?!\s?[a-z_]{2,40}\s?[=:])|[^\S\n]{1,2}(?![a-z_]{2,40}\s?[=:]|[\s|]|\Z))*+"
        ),
    ),
    "index_values": Form(("indexvalues=",), r"indexvalues=\{", _index_values),
    "handle": Form(("handle=",), r"handle=(?=[^\s?}])", _handle),
    "original_key": Form(
        ("originalkey=", "originalprimarykey="),
        r"original(?:primary)?key=(?=[0-9a-f]{8})",
        bare(r"[0-9a-f]{8,}+"),
    ),
    "handle_value": Form(
        ("handle_value", "handlevalue"),
        r"handle_?value\\{0,8}[\"']?\s?[:=]\s?\\{0,8}[\"']?(?=[^\s?\"'])",
        bare(r"[^\"'\\\n,}\]]{1,512}"),
    ),
    "index_values_list": Form(
        ("index_values", "indexvalues"),
        r"index_?values\\{0,8}[\"']?\s?[:=]\s?\[(?!\?)",
        in_brackets,
    ),
    "key_in_table": Form(
        ("/table/",),
        r"/table/\d{1,9}/\d{1,6}/(?=[^\s?])",
        bare(r"(?:\"(?:[^\"\\\n]|\\.)*+\"|[^\s\"',;\])}])++"),
    ),
}
