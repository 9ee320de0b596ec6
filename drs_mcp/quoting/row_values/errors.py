"""Values that database errors quote outside of a statement.

Each form is the words before a value, and those behind it if the engine has such. Sources: the
error message references of MySQL and MariaDB, SQL Server and Oracle, PostgreSQL's message
catalogue, and for openGauss and Dameng the Chinese wordings of the same messages.
"""

import re
from typing import Final
from unicodedata import category

from drs_mcp.quoting.row_values.conversions import CONVERSIONS
from drs_mcp.quoting.row_values.duplicates import DUPLICATES
from drs_mcp.quoting.row_values.ends import MESSAGE_END, OPENING
from drs_mcp.quoting.row_values.forms import Form, bare, in_parentheses, quoted, to_the_end
from drs_mcp.quoting.row_values.languages import LANGUAGES
from drs_mcp.quoting.row_values.loading import LOADING
from drs_mcp.quoting.row_values.locks import LOCKS
from drs_mcp.quoting.row_values.spans import Found, Span
from drs_mcp.quoting.row_values.syntax import SYNTAX
from drs_mcp.quoting.row_values.tools import TOOLS, record

_EXISTS = (
    r" already exists| is not present| is still referenced| is duplicated| conflicts with"
    r"|[\"”']?\s?(?:已|没|未|仍|不|重|与|冲突)"
)
_key_values = in_parentheses(_EXISTS)
_LEFT_SIDE = re.compile(r"\)\s?=\s?\(")
_LONGEST_LEFT = 2000


def _key(folded: str, _start: int, end: int, bound: int) -> Found:
    """`Key (a, lower(b::text))=(5, x) already exists.`: the left side is names, the right values.

    Without a right side it is a key of a definition: `primary key (id)`.
    """
    equals = _LEFT_SIDE.search(folded, end, end + _LONGEST_LEFT)
    if equals is None or "\n" in folded[end : equals.start()]:
        return Found([], end)
    return _key_values(folded, _start, equals.end(), max(bound, equals.end()))


_COLUMN = re.compile(
    r"\s*(?:old-key:|new-tuple:|(?:\"(?:[^\"]|\"\")*+\"|[^\s\[\]:\"]++)\[[^\[\]]{1,80}(?:\[\])?\]:"
    r"(?P<value>b?'(?:[^']|''|'(?=\w))*+'?|[^\s']++))"
)


def _decoded(folded: str, _start: int, end: int, _bound: int) -> Found:
    """A row as test_decoding writes it: `id[integer]:1 name[text]:'bob'`."""
    spans: list[Span] = []
    while (column := _COLUMN.match(folded, end)) is not None:
        if column["value"]:
            spans.append(column.span("value"))
        end = column.end()
    return Found(spans, end)


_NEXT_BOUND = re.compile(r"[,;]?\s{1,4}binding parameter [\[(]\d")


def _to_the_next(folded: str, start: int, end: int, bound: int) -> Found:
    """A bound value that runs to the next one's words on its line, or to the message's end."""
    following = _NEXT_BOUND.search(folded, end, bound + 20)
    if following is None:
        return to_the_end(folded, start, end, bound)
    line = MESSAGE_END.search(folded, end, following.start())
    place = line.start() if line else following.start()
    return Found([(end, place)] if place > end else [], max(place, end))


_BINLOG_NEXT = r"[ \t\r]*+(?:/\*|###|;[ \t]|\n|\Z|,?\s?@\d{1,4}=|,?\s?where\b)"
_BINLOG_VALUE = re.compile(
    rf"b?'(?:\\.|''|'(?=\w)|[^'\\])*+'?(?={_BINLOG_NEXT})"
    rf"|[^\n]{{0,4000}}?(?<![ \t\r])(?={_BINLOG_NEXT})",
    re.DOTALL,
)


def _binlog(folded: str, _start: int, end: int, _bound: int) -> Found:
    """A column as `mysqlbinlog -v` writes it: `@1=5 /* INT meta=0 … */`."""
    value = _BINLOG_VALUE.match(folded, end)
    place = value.end() if value else len(folded)
    return Found([(end, place)] if place > end else [], place)


_BYTES = re.compile(r"0x[0-9a-f]{2}(?: 0x[0-9a-f]{2})*+")
_UNSEEN: Final = ("Cc", "Cf", "Zs")


def _bytes(folded: str, _start: int, end: int, _bound: int) -> Found:
    """The bytes of a character, but for one that is none of the value's letters: these bytes decide.

    That is what nobody sees (NUL, a mark of byte order, a blank that is no space), and the character that
    stands for what was lost before.
    """
    found = _BYTES.match(folded, end)
    if found is None:
        return Found([], end)
    try:
        sign = bytes(int(one, 16) for one in found[0].split()).decode()
    except UnicodeDecodeError:
        sign = ""
    if sign == "\ufffd" or (len(sign) == 1 and category(sign) in _UNSEEN):
        return Found([], end)
    return Found([found.span()], found.end())


_ENCODING = re.compile(
    r"[\"“«»„』」'‘]\s?(?:utf\w{0,6}|latin\d{1,2}|gbk|gb\d{4,5}|big5|euc\w{0,12}|win\d{3,4}|sjis\w{0,4}|sql_ascii"
    r"|iso\w{0,12}|koi8\w{0,2}|mule\w{0,9}|johab|uhc)\s?[\"”»«“』」'’][^\n\"]{0,40}\Z"
)


def _bytes_of_encoding(folded: str, start: int, end: int, bound: int) -> Found:
    """The same behind the name of an encoding, in whatever language: `»UTF8«: 0xe9 0x20`."""
    named = _ENCODING.search(folded, max(start - 60, 0), start)
    return _bytes(folded, start, end, bound) if named else Found([], end)


_Q = OPENING
_PARSER = (
    r"\\{0,8}\"(?:miss(?:ing)? |the document |the surrogate |incorrect hex|invalid (?:value|escape|encoding)\b"
    r"|number too big|parsing was|unspecific )[a-z ,}\].\\]{0,60}\" at position \d"
)
"""What MySQL's parser of JSON has against a text, as RapidJSON words it: no value."""
FORMS: Final[dict[str, Form]] = {
    # MySQL and MariaDB
    # Stands for the words of other languages, too: a page is searched for what all of them hold.
    "entry": Form(("dupli",), rf"duplicate entry {_Q}", quoted(" for key")),
    "duplicated_key": Form(
        ("primary key '", "unique key '", 'primary key "', 'unique key "'),
        rf"duplicated? (?:primary|unique) key {_Q}",
        quoted(" for key", must=True),
    ),
    "incorrect": Form(
        ("incorrect", "invalid", "illegal"),
        rf"(?:incorrect|invalid)(?: [\w()]{{1,40}}){{0,4}} value:? {_Q}"
        rf"|illegal(?: [\w()]{{1,40}}){{0,4}}(?: value:?)? {_Q}(?=[^\n]{{1,400}}' value |(?<=value.))",
        quoted(
            r" for (?:column|function|type|field|the)",
            " at row",
            " (?:value )?found during",
            " for [\"']",
        ),
    ),
    "incorrect_text": Form(
        ("string: ", "text: ", "literal: "),
        rf"(?:incorrect|invalid|illegal|malformed)(?: [\w-]{{1,20}}){{0,3}} (?:string|text|literal): (?!{_PARSER}){_Q}",
        quoted(),
    ),
    "truncated": Form(
        ("truncated",),
        rf"truncated(?: \w{{1,20}})? value:? {_Q}",
        quoted(" for column", " at row"),
    ),
    "converted": Form(
        ("conver",),
        rf"(?:convert|converting|conversion of)(?: \w{{1,20}}){{0,4}} (?<!column )(?<!field )(?<!type )"
        rf"(?<!table )(?<!index )(?<!set ){_Q}",
        quoted(
            r" (?:to|from)(?: data)? ?type| from (?:column|utf|latin|gb|\w{1,20} to )"
            r"| to (?:a |an )?(?:numeric|number|int|date|time|timestamp|double|float|decimal)"
            r"| overflowed| resulted",
            must=True,
        ),
    ),
    "partition": Form(
        ("no partition for value",),
        r"has no partition for value (?!from )(?![?'\"])",
        to_the_end,
    ),
    "partition_text": Form(
        ("no partition for value",), rf"has no partition for value {_Q}", quoted(" in table")
    ),
    "record_text": Form(
        ("record '", 'record "'), rf"record {_Q}", quoted(" would lead", must=True)
    ),
    "duplicated": Form(
        ("duplicated value",), rf"duplicated value {_Q}", quoted(r" in (?:enum|set)")
    ),
    "for_column": Form(
        ("value for column",), rf"value for column '[^'\n]{{1,300}}': {_Q}", quoted()
    ),
    "too_long": Form(
        ("too long", "too large", "too big", "data truncat"),
        rf"(?:(?:too (?:long|large|big)|data truncat\w{{1,3}}) for [^:\n]{{1,160}}): {_Q}",
        quoted(r" \(", r" in column", r" at row"),
    ),
    "maximum": Form(("maximum: ",), rf"maximum: \d{{1,9}}\)(?::| value) {_Q}", quoted()),
    "expression": Form(("out of range in",), rf"value is out of range in {_Q}", quoted()),
    **SYNTAX,
    "binlog": Form(("@",), r"(?<![^\s,;(])@\d{1,4}=\s?(?!\?)(?=\S)", _binlog),
    # PostgreSQL, openGauss, GaussDB, DWS
    "key": Form(("=(", "= ("), r"(?:key|keys) ?\(|键值?对?\s?[:：]?\s?[\"“'‘]?\(", _key),
    "partition_key": Form(("row contains",), r"key of the failing row contains \(", _key),
    "row": Form(("row contains",), r"row contains \((?!\?\))", in_parentheses()),
    "copied": Form(
        (", line ", ", row ", " line ", "行 ", "第 "),
        rf"copy [^\s,]{{1,300}}(?:,|，)? ?(?:(?:line|row|行) \d{{1,20}}|第 \d{{1,20}} 行)"
        rf"(?:(?:, |，)(?:column|列) [^:：\n]{{1,300}})?[:：] ?{_Q}",
        quoted(),
    ),
    "input": Form(
        ("invalid", "malformed", "out of range", "input string", "unparseable"),
        r"(?:invalid input (?:syntax|value)|malformed|out of range|for input string|unparseable"
        rf"|invalid (?:date|time|timestamp|interval|number|numeric|hexadecimal|symbol|literal)"
        r"|invalid value for [\w.]{1,40}\(\))"
        rf"[^:\n\"'“‘]{{0,80}}: ?{_Q}",
        quoted(),
    ),
    "value": Form(
        ("value", "string '", 'string "', "literal '", "text '", 'text "'),
        rf"(?:value|string|literal|text) {_Q}",
        quoted(
            r" (?:is|was) (?:out of|outside|too |not (?:a )?valid|(?:an )?invalid|not (?:in|recognized))| to data type| overflowed"
            r"| can ?not be (?:converted|cast|represented|stored|parsed)"
            r"| could not be (?:converted|cast|parsed)| from column| for (?:column|type)"
            r"| does not fit| is not like| exceeds| in column| of column| of (?:the )?type",
            must=True,
        ),
    ),
    "bytes": Form(
        ("byte sequence", "字节", "位元組"),
        r"(?:byte sequence [^:\n]{1,60}: |byte sequence |(?:字节|位元組)(?:序列|顺序|順序)[^\n]{0,12}?)(?=0x)",
        _bytes,
    ),
    "bytes_of_encoding": Form(
        (": 0x", "：0x", "： 0x"), r"[:：]\s?(?=0x[0-9a-f]{2}(?![0-9a-f]))", _bytes_of_encoding
    ),
    "json": Form(("json data",), r"json data, line \d{1,20}: ", to_the_end),
    "token": Form(("detail:",), rf"detail:\s{{1,4}}token {_Q}", quoted(" is invalid", must=True)),
    "unterminated": Form(
        ("unterminated",), rf"unterminated [\w -]{{1,60}} at or near {_Q}", quoted(" at character")
    ),
    "local_row": Form(
        ("row (", "tuple ("),
        r"(?:existing local|remote|local|new|old) (?:row|tuple) \(",
        in_parentheses(r"[;.]"),
    ),
    "absent_key": Form(("key (",), r"(?:not found|violated)[;,]? key \(", in_parentheses()),
    "told_value": Form(("value ",), rf"(?<=, )value {_Q}", quoted(", column", r"\Z")),
    "decoded": Form(
        (": insert:", ": update:", ": delete:"),
        r"table [^\s:]{1,256}: (?:insert|update|delete):",
        _decoded,
    ),
    # SQL Server
    "duplicate": Form(("key value",), r"key values? (?:is|are) \(", in_parentheses()),
    "numeric": Form(("value = ",), r"type \w{1,40}, value = ", bare(r"[-+]?[\w.]*\w")),
    # Oracle and Dameng
    "column_values": Form(
        ("column values",), r"column values \(", in_parentheses(" already exists")
    ),
    "containing": Form(("value containing",), rf"value containing {_Q}", quoted(" to a")),
    "details": Form(
        (" details) ",),
        r"\(ora-\d{5} details\) [^:\n]{0,60}\bvalue: (?![?'\"])",
        bare(r"[^\n]+?(?=[\s,;]{0,4}(?:ora-\d{5}|\n|https?://|\Z))"),
    ),
    "precision": Form(("ora-01438",), r"ora-01438: value (?=[-+.\d])", bare(r"\S++")),
    "record": Form(
        ("bad ", "bad_", "rejected", "discarded", "dirty"),
        r"(?:bad|rejected|discarded|dirty)[ _](?:record|row|line|data)"
        r"(?: \d{1,20})?\s?[:=] ?(?![\[{(\"'])",
        record,
    ),
    # Clients
    "text": Form(
        ("could not be parsed",), rf"text {_Q}", quoted(" could not be parsed", must=True)
    ),
    "outside": Form(
        ("date/datetime",),
        r"date/datetime: ",
        bare(r"[^\n]{1,200}?(?= which is outside)|[\d:. tz+-]*[\dz]"),
    ),
    "bound": Form(
        ("binding parameter",),
        r"binding parameter [\[(][^\])\n]{1,60}[\])](?: as [\[(][^\])\n]{1,60}[\])])? (?:-|<-) ",
        _to_the_next,
    ),
    # Redis
    "arguments": Form(
        ("beginning with: ",),
        r"args beginning with: (?=['`])",
        bare(r"(?:['`](?:[^'`]|['`](?=\w))*+['`]?,? ?)++"),
    ),
    # The Chinese wordings of openGauss, Dameng and PostgreSQL
    "chinese": Form(
        ("值", "数据", "输入语法", "重复条目", "字符串", "记录"),
        rf"(?<!默认)(?:键值|(?<!键)值|数据|输入语法|重复条目|字符串|记录)\s?[:：为是]?\s?{_Q}",
        quoted(
            r"\s?[,，]?\s?(?:唯一)?(?:键|索引)\s?[“\"'‘「『]",
            r"\s?(?:已|超|没|未|仍|不|无|对|在|转|重|太|过)",
        ),
    ),
    "chinese_row": Form(
        ("行包含", "行内容", "键值", "数据为", "数据行", "行数据", "记录", "库行", "端行"),
        r"(?:[库端]行\s?[:：]|行包含|行内容|键值为|主键值|冲突键值|数据为)\s?[:：]?\s?[(（]"
        r"|(?:数据行|行数据|记录)\s?[:：]?\s?[(（](?=['\"“]|-?\d[\d.]{0,20}\s?[,，]\s?['\"“])",
        in_parentheses(),
    ),
    **CONVERSIONS,
    **TOOLS,
    **LOADING,
    **LOCKS,
    **DUPLICATES,
    **LANGUAGES,
}
