"""Rows and values that loaders and bulk writers print without a quoting of their own.

A row of a file follows its words as it stands there, fields and delimiters; a value follows the
name of its column. Sources: the messages of StarRocks and Doris, ClickHouse, TiDB Lightning, DuckDB,
SAP HANA, MongoDB's server, Elasticsearch and its Logstash output.
"""

import re
from typing import Final

from drs_mcp.quoting.row_values.ends import OPENING
from drs_mcp.quoting.row_values.forms import Form, bare, quoted
from drs_mcp.quoting.row_values.pairs import NAME, in_brackets
from drs_mcp.quoting.row_values.spans import Found
from drs_mcp.quoting.row_values.tools import fields_end, record

_Q = OPENING
_POSITIONS = (
    r"\d{1,20}[,;|]\s?[a-z]{1,20}\s?[:=#]|\d{1,9}[,;|]\d{1,9}(?![,;|]?[\w.\-])"
    r"|[\w.\-]{1,64}\.\d{5,10}[,;|]\s?\d|\d{1,4}/[0-9a-f]{5,8}[,;|]|\d{1,20}[,;，]\s?[\u3400-\u9fff]{1,8}\s?[:：\d]"
    r"|[^\s,;|]{1,64}[,;|]\d{1,9}\s(?:rows?|columns?|fields?|records?|lines?|bytes)\b"
)
"""Where something stands: `12,Column: 5`, `12,5`, `b.000003,154`; or how much there is: `t,3 rows`."""


def counted(folded: str, _start: int, end: int, bound: int) -> Found:
    """A row whose number of fields is wrong: of one field, or with blanks in them, too."""
    place = fields_end(folded, end, bound)
    return Found([(end, place)] if place > end else [], max(place, end))


_STRING = r"n?\\{0,8}['\"][^'\"\n]{0,200}['\"]"
_TEXT = (
    r"(?!(?:columns?|rows?|lines?|offset|pos(?:ition)?|partition|page|of|bytes|total|shard|chunk|null|none|true|false|ms|共|列|第|行|位置|偏移|页|总)"
    r"(?![^\W\d_]))[^\W\d_][^,，()（）=:：\n]{0,200}[,，)）]"
)
_NUMERAL = r"(?:(?!\d{1,3}(?:\.\d{1,3}){3}(?![\d.]))-?\d[\d.\-/: ]{0,30}|null)\s?[,，]\s?"
_VALUES = rf"\s?(?:{_NUMERAL}(?:{_NUMERAL}){{0,3}}(?:n?\\{{0,8}}['\"]|{_TEXT})|{_STRING}\s?[,，]\s?(?:{_STRING}\s?[,，]\s?){{0,3}}-?\d)"
"""What stands in the parentheses of a row: a number and a text, without names or signs between."""
_SIDE = r"(?:source|target|src|dst|dest(?:ination)?|upstream|downstream|primary|replica|left|right|expected|actual|found|before|after|old|new|was|got)"
_SIDE_ZH = "(?:源|目标|目的|来源|上游|下游|主|备|期望|实际|(?:修改|更新|变更)[前后]|旧|新|原)(?:端|库|表|侧|值)?"
_FAULT = r"(?:bad|rejected|discarded|dirty|invalid|malformed|unparsea?ble|skipped|illegal)"
_FAULTS = (
    "bad ",
    "rejected",
    "discarded",
    "dirty",
    "invalid",
    "malformed",
    "illegal",
    "unparse",
    "skipped line",
    "skipped row",
    "skipped csv",
)
_NUMBERED = r"(?:line|row|record) (?:no\.? ?|number |#)?\d{1,20}(?: (?:of|in) [^\s:]{1,200})?"
_BASE64 = r"\\{0,8}[\"'`]?[a-z0-9+/_\-]{4,}+={0,2}+"
_DRAWN = r"(?=[a-z_\-]{0,200}[\d=+/]|[a-z]{16})"
_CARRIER = r"(?:record|row|value|payload|message|data|body|event|document|before|after|content)"
_UNLIKE = r"(?:!=|<>|≠|vs\.?)"


_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789+/_-"


def _base64(folded: str, start: int, end: int, _bound: int) -> Found:
    """The Base64 with which the words end."""
    place = start + len(folded[start:end].rstrip("=").rstrip(_SIGNS))
    return Found([(place, end)], end)


_ROW_BEFORE = re.compile(
    rf"(?<![a-z0-9_$])(?:{_SIDE}(?:[_ ]?(?:row|record|tuple|values?))?|row|record|tuple)\\{{0,8}}[\"']?\s?[:=]?\s?\\{{0,8}}[\"'`]?\Z"
    rf"|(?:{_SIDE_ZH}(?:的?(?:记录|行|数据|值))?|记录|数据行|行数据|该行)[:：为是=]?\s?\Z"
    rf"|\)\s?{_UNLIKE}\s?\Z"
)
_COMPARED = re.compile(rf"[^\n()]{{0,400}}\)\s?{_UNLIKE}\s?\(")
_REACH: Final = 40


def is_told_row(folded: str, start: int, end: int) -> bool:
    """Whether `(5, 'Anna')`, opened at *start*, is behind the word for a row or a side of a comparison, or beside another."""
    told = _ROW_BEFORE.search(folded, max(start - _REACH, 0), start)
    return told is not None or _COMPARED.match(folded, end) is not None


_COMMANDS = (
    r"insert|update|delete|find|findandmodify|aggregate|count|distinct|getmore|applyops|mapreduce"
    r"|create|createindexes|drop|collmod"
)
_READ = (
    "expression|value|object|array|string|number|date|time|datetime|map|tuple|json|field|row|column|element"
    "|literal|input"
)
_PARSED_END = (
    r"(?=:? ?\((?:at row|in (?:query|file)|while reading)\b|: while (?:executing|reading|parsing)\b"
    r"|,? ?\((?:syntax_error|type_mismatch|cannot_[a-z_]{1,60}|incorrect_[a-z_]{1,60}|unexpected_[a-z_]{1,60}"
    r"|number_[a-z_]{1,60}|illegal_[a-z_]{1,60})\)|, stack trace|\n|\Z)"
)
"""Where ClickHouse goes on behind what it could not read."""
_BARE = r"[^\s,;)\]}]{1,400}+"

ROW_NEEDS: Final = (
    "=(",
    "= (",
    ":(",
    ": (",
    '"(',
    "'(",
    "row (",
    "record (",
    "tuple (",
    "source (",
    "expected (",
    ") != (",
    ")!=(",
    ") <> (",
    ") vs (",
    "源(",
    "标(",
    "库(",
    "端(",
    "行(",
    "记录(",
    "数据(",
    "值(",
    "源（",
    "标（",
    "库（",
    "端（",
    "行（",
    "记录（",
    "数据（",
    "值（",
    "：(",
    "：（",
)
ROW: Final = rf"(?<!\$)[(（](?={_VALUES})"
"""A row in parentheses, if `is_told_row`."""

LOADING: Final[dict[str, Form]] = {
    # Rows behind what is wrong with them
    "numbered_fault": Form(
        _FAULTS,
        rf"{_FAULT}[ _](?:(?:csv|tsv|input|data|source|text) )?{_NUMBERED}\s?[:=] ?(?![\[{{(]|{_POSITIONS})",
        record,
    ),
    "fault_of_numbered": Form(
        _FAULTS,
        rf"(?:{_NUMBERED}|line|row|record)[^\n:]{{0,40}}?\b{_FAULT}[^\n:]{{0,40}}: ?(?![\[{{(]|{_POSITIONS})",
        record,
    ),
    "error_in_numbered": Form(
        ("error in row", "error in line", "error on line", "error in record"),
        rf"error (?:in|on) {_NUMBERED}(?:, (?:data|row|record|line|content))?: ?(?![\[{{(]|{_POSITIONS})",
        record,
    ),
    "fault_of_chinese": Form(
        ("行",),
        rf"(?:跳过|丢弃|拒绝|忽略|异常|坏|无效)的?(?:行|记录|数据)\s?[:：]\s?(?![\[【{{(（]|{_POSITIONS})",
        record,
    ),
    "fault_chinese": Form(
        ("行",),
        r"第\s?\d{1,20}\s?行[^\n:：]{0,20}?(?:错误|異常|异常|失败|无法|不合法|不正确|有误|跳过|丢弃|拒绝)[^\n:：]{0,20}[:：]\s?"
        rf"(?![\[【{{(（]|{_POSITIONS})",
        record,
    ),
    # Rows in Base64
    "base64_named": Form(
        ("b64=", "b64:", 'b64"', "b64'", "b64\\", "base64"),
        rf"{_CARRIER}[_\-]?(?:b64|base64)\\{{0,8}}[\"']?\s?[:=]\s?{_BASE64}"
        rf"|{_CARRIER} (?:\((?:in )?base64\)|(?:in |as )?base64)(?:[- ]encoded)?\s?[:=]?\s?{_DRAWN}{_BASE64}"
        rf"|key \(base64\)\s?[:=]?\s?{_DRAWN}{_BASE64}|base64(?:[- ]encoded)? {_CARRIER}\s?[:=]\s?{_BASE64}",
        _base64,
    ),
    "base64_json": Form(
        ("eyj",),
        rf"{_CARRIER}\\{{0,8}}[\"']?\s?[:=]\s?\\{{0,8}}[\"'`]?(?:eyj[a-z0-9+/_\-]{{8,}}+={{0,2}})(?!\.)",
        _base64,
    ),
    # Rows of files
    "counted": Form(
        ("row: ",),
        r"(?:but got \d{1,9}|(?:column separator|row delimiter): [^\n]{1,16}?)[.,] row: (?![\[{?])",
        counted,
    ),
    "fields": Form(
        ("row: ", "record: ", " line: ", "row=", "record=", "tuple="),
        r"(?:(?:row|record|tuple)=|(?:row|record|(?:original|source|src|csv|problem|failing|offending|invalid) (?:line|row|record)): )"
        rf"(?![\[{{(?]|{NAME}\s?[=:]|{_POSITIONS})",
        record,
    ),
    "fields_told": Form(
        ("malformed", "invalid", "rejected"),
        r"(?:malformed|invalid|rejected) (?:csv )?(?:row|record|line) "
        rf"(?![\[{{(?]|{_POSITIONS})(?=[^\s,;|]{{0,200}}(?P<sign>[,;|])[^\s,;|]{{0,200}}(?P=sign)\S)",
        record,
    ),
    "fields_chinese": Form(
        ("数据", "记录", "行内容"),
        r"(?:(?:数据|脏|错误)(?:行|数据|记录)|(?:原始|源)(?:行|数据|记录)|行数据|行内容|记录内容)\s?[:：]\s?"
        rf"(?![\[【{{(（?]|{NAME}\s?[=:：]|{_POSITIONS})",
        record,
    ),
    "raw_fields": Form(
        ("raw_",),
        r"raw_(?:line|row|record|data)\s?[:=]\s?(?![\"'`“\[{?\s])",
        bare(r"[^\n]+?(?=,?\s\w{1,40}\s?[=:]|\n|\Z)"),
    ),
    "raw_value": Form(
        ("raw_",),
        r"raw_(?:field_)?value\s?[:=]\s?(?![\"'`“\[{?\s])",
        bare(_BARE),
    ),
    "external": Form(
        ("external table",),
        rf"external table [^\n,]{{1,200}}, (?:line|row) \d{{1,20}}(?: of [^\n,]{{1,300}}?)?(?:, column [^:\n]{{1,200}})?: {_Q}",
        quoted(),
    ),
    # A value behind its column
    "column_value": Form(
        ("value", "udiv"),
        r"(?:at row \d{1,20}|constraint ?= ?'[^'\n]{1,128}'"
        r"|(?:column|列)\s?[=:]?\s?['\"`\[]?[\w.$]{1,128}['\"`\]]?)[,;，；]\s?"
        rf"(?:key )?(?:value|udiv)\s?[=:]\s?{_Q}",
        quoted(),
    ),
    "column_value_bare": Form(
        ("value",),
        r"at row \d{1,20}[,;，；]\s?value\s?[=:]\s?(?![\"'`?\[({])",
        bare(_BARE),
    ),
    "key_value": Form(("value",), rf"(?:key value|udiv) ?= ?{_Q}", quoted()),
    "found_key": Form(
        ("duplicate key",),
        rf"found duplicate key {_Q}|duplicate key values?: {_Q}",
        quoted(", value ['\"]", " -- violates"),
    ),
    "sent_key": Form(
        ("with key", " and value"),
        rf"(?:record|message|event)[^\n]{{0,200}}? with key:? {_Q}|(?<=[?'\"] and )value:? {_Q}",
        quoted(" and value"),
    ),
    "constraint_key": Form(
        ("unique constraint '",), r"unique constraint '", quoted(" for key", must=True)
    ),
    # ClickHouse
    "read_here": Form(
        (" here: ",),
        rf"cannot (?:parse|read|deserialize) (?:[\w-]{{1,20}} )?(?:{_READ})\b[^:\n]{{0,160}} here: ",
        bare(rf"[^\n]+?{_PARSED_END}"),
    ),
    "expected_bare": Form(
        (" before: ",),
        r"expected [^\n]{1,16} before: (?![\"'`“?]|end of|eof)",
        bare(rf"[^\n]+?{_PARSED_END}"),
    ),
    "behind_parsed": Form(
        ("after parsed",), rf"unexpected data {_Q}", quoted(" after parsed", must=True)
    ),
    "parsed": Form(("after parsed",), rf"after parsed \w{{1,20}} value {_Q}", quoted()),
    # TiDB Lightning
    "kind": Form(
        ("kind=",),
        r"kind=\w{1,20}, ?val=",
        bare(r"[^\n]*?(?=\}(?:[\\\"\]]|, ?\{|\s|\Z)|\n|\Z)"),
    ),
    "content": Form(("[content=",), r"\[pos=\d{1,20}\] \[content=(?!\])", in_brackets),
    "received": Form(("received value",), r"received value: ", bare(r"[^\n]+?(?=\. reason|\n|\Z)")),
    # MongoDB
    "first_element": Form(
        ("first element: ",), rf"first element: (?!(?:{_COMMANDS}):)[^\s:]{{1,128}}: {_Q}", quoted()
    ),
    "first_element_bare": Form(
        ("first element: ",),
        rf"first element: (?!(?:{_COMMANDS}):)[^\s:]{{1,128}}: (?![\"'\\?])",
        bare(r"\{[^\n]{0,2000}\}|\w{1,40}\([^)\n]{0,400}\)|[^\s,;]{1,400}"),
    ),
    # Elasticsearch
    "request": Form(
        (" {[",),
        r"(?:index|create|update|delete) \{\[[^\]\n]{0,255}\](?:\[[^\]\n]{0,255}\])?\[",
        bare(r"(?!null\])[^\]\n]{1,512}(?=\](?!\[))"),
    ),
    "document_id": Form(("document with id",), rf"document with id {_Q}", quoted(r"\.")),
    "item_id": Form(
        ("id [",),
        r"index \[[^\]\n]{1,255}\], (?:type \[[^\]\n]{0,255}\], )?id \[",
        bare(r"(?!null\])[^\]\n]{1,512}"),
    ),
    "conflict": Form(
        ("version conflict",),
        r"\[(?=[^\]\n]{1,512}\]: version conflict)",
        bare(r"[^\]\n]{1,512}"),
    ),
    "bulk_item": Form(
        ('_index"', '_index\\"'),
        r"_index\\{0,8}\" ?(?:=>|:) ?[^\n{}]{0,300}?\"_id\\{0,8}\" ?(?:=>|:) ?\\{0,8}\"",
        bare(r"[^\"\\\n]{1,512}"),
    ),
}
