"""Values that loaders, replicators and migration tools print beside an error, and their Chinese ones.

Sources: the messages of MyBatis and Druid, MongoDB's server, Redis' tools, GoldenGate's discard
file, SQL Server's bcp and replication, Oracle's loader and Data Pump, Canal, SeaTunnel, Flink,
Percona's tools, GDS, and what DRS itself writes.
"""

import re
from typing import Final

from drs_mcp.quoting.row_values.ends import (
    OPENING,
)
from drs_mcp.quoting.row_values.forms import Form, bare, quoted, to_the_end
from drs_mcp.quoting.row_values.pairs import NAME, discarded, in_brackets, key, pairs
from drs_mcp.quoting.row_values.spans import Found

_Q = OPENING
_FIELDS_END = re.compile(
    r"\n|;\s|，\s?(?:列|错|原|位|类|表|目标|期|文件|请|共)|, (?:reason|missing|invalid|extra|expected|error|detail|column|label|txn)\b"
    r"|\s(?:error|warning|reason): "
    r"|\s(?:is|was|has|violates|failed|fails|exceeds|cannot|does not|could not|in file|of table)\s(?![^\n]{0,200}[,|;\t\x01]\S)"
    r"| \((?:expected|got)|\s\|\s(?:detail|reason)| in \S{1,200} line \d"
)
_DELIMITED = re.compile(r"(?:\"[^\"\n]{0,400}\"|[^\s,|;\t\x01^]{0,400})[,|;\t\x01^]\S")
_FIELD_SIGNS = r",|;\t"
_LIST_CLOSED = re.compile(r"\](?:\s{1,4}in \d{1,9}(?:\.\d{1,9})?\s?m?s)?\s{0,4}\Z")
_CHINESE_END = re.compile(r"[，。；;\n]|,\s")


def record(folded: str, _start: int, end: int, bound: int) -> Found:
    """Fields between delimiters, without blanks behind them as prose has, to the message's words."""
    if not _DELIMITED.match(folded, end):
        return Found([], end)
    place = fields_end(folded, end, bound)
    return Found([(end, place)] if place > end else [], max(place, end))


def fields_end(folded: str, start: int, bound: int) -> int:
    """Where the message goes on behind a row of a file, outside of its quoted fields."""
    place, quotes = bound, 0
    position = start
    for found in _FIELDS_END.finditer(folded, start, bound):
        quotes += folded.count('"', position, found.start())
        position = found.start()
        if quotes % 2 == 0:
            place = position
            break
    return start + len(folded[start:place].rstrip())


def lines(folded: str, _start: int, end: int, _bound: int) -> Found:
    r"""Rows up to the line `\.` or to the text's end."""
    found = folded.find("\n\\.", end)
    place = found if found >= 0 else len(folded)
    return Found([(end, place)] if place > end else [], place)


def chinese(folded: str, _start: int, end: int, _bound: int) -> Found:
    """A bare value up to the next punctuation."""
    found = _CHINESE_END.search(folded, end)
    place = found.start() if found else len(folded)
    return Found([(end, place)] if place > end else [], max(place, end))


def parameters(folded: str, start: int, end: int, bound: int) -> Found:
    """Parameters to the message's end; of a list in brackets, what stands between the two.

    A parameter may begin with a bracket itself, and so may one be closed in it: only the last of
    the message, with nothing but a duration behind it, closes a list.
    """
    place = to_the_end(folded, start, end, bound).end
    closing = _LIST_CLOSED.search(folded, end, place) if folded[end] == "[" else None
    if closing is None:
        return to_the_end(folded, start, end, bound)
    return Found([(end + 1, closing.start())] if closing.start() > end + 1 else [], place)


_PART_END = re.compile(
    r"\Z|\n|, ?(?:key|value|headers|timestamp|keyschema|valueschema|checksum|partition|offset|serialized)"
    r"[\w ]{0,20}= ?|[)}\]](?=\s|\Z|[,.;)}])"
)
RECORDS: Final = tuple(f"{word}{opened}" for word in ("record", "message") for opened in "{([")
_KAFKA = ("connect", "sink", "source", "consumer", "producer")
_TOPIC = re.compile(r"\btopic ?=")
_LONGEST_RECORD = 2000


def is_in_record(folded: str, start: int) -> bool:
    """Whether what stands at *start* is printed of a record of Kafka: its client's, or one of a topic."""
    least = max(start - _LONGEST_RECORD, 0)
    record = max(folded.rfind(opened, least, start) for opened in RECORDS)
    return record >= 0 and (
        folded[max(record - 8, 0) : record].endswith(_KAFKA)
        or _TOPIC.search(folded, record, start) is not None
    )


def kafka_part(folded: str, start: int, end: int, _bound: int) -> Found:
    """Key or value of a record as Kafka's clients print it, if it is no document."""
    if not is_in_record(folded, start):
        return Found([], end)
    ended = _PART_END.search(folded, end)
    place = ended.start() if ended else len(folded)
    return Found([(end, place)] if place > end else [], max(place, end))


def canal(folded: str, _start: int, end: int, _bound: int) -> Found:
    """A column as Canal's client prints it, `name : Anna    update=false`, to that sign."""
    line = folded.find("\n", end)
    ended = folded.find("update=", end, line if line >= 0 else len(folded))
    place = len(folded[:ended].rstrip()) if ended >= 0 else end
    return Found([(end, place)] if place > end else [], max(place, end))


_TYPED = r"\"?[^\W\d][\w$.]{0,127}\"?\[\"?[a-z_][\w .,()\"]{0,64}(?:\[\])?\]:"
_TYPED_NAME = re.compile(rf"(?:(?<=\{{)|(?<= )){_TYPED}")
_NEXT_TUPLE = re.compile(rf"\{{(?={_TYPED})")
_TUPLE_ENDS = re.compile(
    r"\}(?=\s(?:xid\s?=|in\s|from\s|origin|remote|local|resolution|[a-z_]{2,20}\s?=)|[;,.]?\s*\Z|[;,.]\s[a-z]|\n)"
)
_NOTHING = re.compile(r"\((?:null|unchanged-toast-datum)\)")


def typed_tuple(folded: str, _start: int, end: int, _bound: int) -> Found:
    """A row in braces, `{id[int4]:5 name[text]:Anna}`, whose values are not quoted and end where the next name begins.

    Source: `tuple_to_stringinfo` of pglogical.
    """
    following = _NEXT_TUPLE.search(folded, end)
    limit = following.start() if following else len(folded)
    names = list(_TYPED_NAME.finditer(folded, end, limit))
    last = names[-1].end()
    balance, place = 0, limit
    for found in _BRACES.finditer(folded, last, limit):
        balance += 1 if found[0] == "{" else -1
        if balance < 0 and _TUPLE_ENDS.match(folded, found.start()):
            place = found.start()
            break
    ends = [name.start() - 1 for name in names[1:]] + [place]
    spans = [
        (name.end(), stop)
        for name, stop in zip(names, ends, strict=True)
        if stop > name.end() and not _NOTHING.fullmatch(folded, name.end(), stop)
    ]
    return Found(spans, max(place, end))


_BRACES = re.compile(r"[{}]")

TOOLS: Final[dict[str, Form]] = {
    "typed_tuple": Form(
        ("tuple {", "tuple: {", "tuple={", "row {", "key {"),
        rf"(?<=[\s:=])\{{(?={_TYPED})",
        typed_tuple,
    ),
    # pairs
    "data_pairs": Form(("data: ",), rf"data: (?={NAME}=[^\[{{(\s=])", pairs),
    "key_pairs": Form(("key (",), rf"key \((?={NAME}\s?=)", pairs),
    "row_pairs": Form(
        ("; row ", "row: ", "行：", "行:"),
        rf"(?:(?<=; )row |row: |行[:：])(?={NAME}=[^\[{{(\s])",
        pairs,
    ),
    "primary_pairs": Form(("key(s): ",), r"primary key\(s\): (?=\[)", pairs),
    "logical_change": Form(("(1): ",), rf"(?:old|new)\(\d{{1,4}}\): (?={NAME}=)", pairs),
    "change_table": Form(("__$operation",), r"__\$operation=\d ", pairs),
    "mapped": Form(("rba ",), rf"rba \d{{1,12}}, (?={NAME} = )", pairs),
    "where_text": Form(("where=",), rf"where=\"(?={NAME}\s?=)", pairs),
    "discarded": Form(
        ("discard", "ogg-", "replicating", "mapping problem"), rf"(?<=\n)(?={NAME} = )", discarded
    ),
    "discarded_hex": Form(
        ("discard", "ogg-"), r"(?<=\n)[0-9a-f]{6}: (?=[0-9a-f]{8})", bare(r"[0-9a-f ]{8,}+")
    ),
    "boundary": Form(("_boundary",), r"(?:lower|upper)_boundary\s?=\s?", bare(r"[^\s,]++")),
    # brackets
    "go_map": Form(
        ("map[",), r"(?:o2?|doc|document|row|record|before|after) ?[=:] ?map\[", in_brackets
    ),
    "kafka_part": Form(
        RECORDS,
        r"(?<=[, ])(?:key|value) ?= ?+(?![\[{]|struct\{|null\b)",
        kafka_part,
    ),
    "bracketed": Form(
        ("value [", "键值[", "key["),
        r"value \[(?!\d{1,6}\])|(?:冲突)?键值\[|restore key ?\[",
        in_brackets,
    ),
    "typed": Form(
        ('["',), rf"(?:string|long|double|date|bytes|bool)\[{_Q}", quoted(r"\s?\]", must=True)
    ),
    # records
    "loaded": Form(
        ("rejected", "拒绝"),
        r"(?:line \d{1,12} of [^\s:]{1,200} rejected|rejected [^\s:]{1,200} line \d{1,12}"
        r"|拒绝\s?[^\s:：]{1,200} 第 \d{1,12} 行)[:：]\s?",
        record,
    ),
    "raw": Form(("raw data", "rawrecord"), r"(?:raw ?data|rawrecord): ", record),
    "loader": Form(
        ("rejected - error",),
        r"rejected - error on table [^\n]{1,200}\n(?:ora-[^\n]{1,200}\n){1,4}",
        bare(rf"(?:(?<=[\n{_FIELD_SIGNS}])\"(?:[^\"]|\"\")*+\"(?=[{_FIELD_SIGNS}\n]|\Z)|[^\n])++"),
    ),
    "rejected_column": Form(
        ("column : ",), r"(?:\A|(?<=\n))\s{0,8}column : \d{1,4} ", bare(r"[^\n]++")
    ),
    "columns_left": Form(("input columns: ",), r"input columns: ", bare(r"[^\n]++")),
    "cast": Form(("@#\n",), r"#@ row \d{1,12}, column \d{1,6}:[^\n]{1,200}@#\n", to_the_end),
    "copied_lines": Form(
        ("from stdin",), r"copy [^\n]{1,300} from stdin[^\n:]{0,100};?\n(?=\S)", lines
    ),
    "copied_line": Form(
        ("from stdin",),
        r"copy [^\n]{1,300}? from stdin[^\n]{0,100}?: line \d{1,12}: ",
        bare(r"[^\n]++"),
    ),
    "violating_row": Form(("row: ",), r"(?<=violated, )row: (?![\[{(])", to_the_end),
    "dumped": Form(("data for row",), r"data for row: [^\s:]{1,128} : ", to_the_end),
    # statements' parameters
    "mapped_parameters": Form(("==>",), r"==>\s{1,4}parameters: (?=\S)", parameters),
    "canal": Form(
        ("update=",),
        r"(?:\A|(?<=\n)|update=(?:true|false)\s{1,8}|(?<![\w])(?:before|after)\s{1,8})[^\W\d][\w$]{0,63} : ",
        canal,
    ),
    "traced_bind": Form(
        ("bind#",),
        r"bind#\d{1,5}\s{1,4}(?:(?!value=|bind#)\S{1,64}\s{1,8}){0,30}value=(?!###)(?=\S)",
        bare(r"\"[^\n]{0,4000}?\"(?=\s*(?:bind#|ora-\d|=|exec #|\n|\Z))|\"[^\"\n]*+\"?|[^\s\"]++"),
    ),
    "canal_proto": Form(
        ("iskey: ",),
        rf"iskey: (?:true|false)\s{{1,4}}(?:\w{{1,20}}: \w{{1,20}}\s{{1,4}}){{0,3}}value: {_Q}",
        quoted(),
    ),
    "element": Form(
        ("<before>", "<after>", "<old>", "<new>"),
        r"<(?:before|after|old|new)>(?!<)",
        bare(r"[^\n]{1,4000}?(?=</(?:before|after|old|new)>)"),
    ),
    # MongoDB
    "failing_document": Form(
        ("failingdocumentid",),
        r"failingdocumentid\\{0,8}[\"']?\s?[:=] ?",
        bare(r"[^\n]{1,400}?(?=,\s?\\{0,8}[\"']?details\b)|[^,}\n]{0,400}[^,}\s]"),
    ),
    "considered": Form(("consideredvalue",), rf"consideredvalues?[\"']?: {_Q}", quoted()),
    # Redis
    "redis_key": Form(
        ("of value, key: ", "key name is busy", "big key", "大key", "大 key", "同名键"),
        r"wrong kind of value, key: |key name is busy:? |同名键\s?[:：]?\s?(?=[\w\"])"
        r"|big ?key[^\n]{0,60}?key\s?=\s?|大 ?key[^\n]{0,60}?key\s?=\s?",
        key,
    ),
    # Chinese
    "primary_value": Form(
        ("键值", "字段值", "列值", "原始值", "记录值"),
        r"(?:主键值|冲突键值?|(?<!默认)键值|字段值|列值|原始值|记录值)\s?[:：]\s?(?=[\w])",
        chinese,
    ),
    "key_of_row": Form(
        ("键值为", "键值是", "主键为", "主键是"),
        r"(?:键值[为是]\s?(?=\w)(?!空|null\b)|主键[为是]\s?(?=\d))",
        bare(r"[^\n，。；;]{1,400}?(?=\s?的(?:记录|行|数据))"),
    ),
    "account": Form(("用户",), r"用户\s?[:：]\s?(?=[\w.+\-]{1,64}@[\w\-]{1,64}\.)", chinese),
}
