"""Values that could not be read as what they ought to be: parsed, converted, cast, deserialised.

Every language and engine has a wording of its own for it. Common to them is a verb of reading and,
right before the quote, what a value is called there, or the type that it was to become: `Cannot
parse string 'x' as UInt64`, `could not convert string to float: 'x'`. A quote behind any other word,
such as a file or a column, encloses a name.
"""

from typing import Final

from drs_mcp.quoting.row_values.forms import Form, bare, in_parentheses, quoted, to_the_end
from drs_mcp.quoting.row_values.pairs import in_brackets
from drs_mcp.quoting.row_values.spans import Found

_TYPE = (
    r"(?:u?(?:big|small|tiny|medium)?int(?:eger)?\d{0,3}|float\d{0,2}|double|decimal\d{0,3}|numeric|number|long|short"
    r"|bool(?:ean)?|date|time|timestamp(?:tz|ltz)?|datetime\d{0,2}|interval|uuid|n?(?:var)?char|string|bytes?"
    r"|jsonb?|real|money|bit)"
)
_DATA = (
    r"(?<!connection )(?<!format )(?<!version )(?<!query )(?<!table )(?<!metadata )"
    rf"(?:value|text|string|str|literal|input|data|row|record|document|line|content|payload|csv|{_TYPE})"
)
"""What a value is called. The text of a connection, a format or a query is none."""

_VERB = (
    r"(?:pars(?:e|ing)|encod(?:e|ing)|convert(?:ing)?|conversion|cast(?:ing)?|decod(?:e|ing)"
    r"|(?:de|un)seriali[sz]\w{1,5}|unmarshal\w{0,5}|coerc(?:e|ing)|to make)"
)
_NEEDS = ("parse ", "parsing", "conver", "to cast", "not cast", "casting", "to decode", "to encode", "not decode", "decoding",
          "deserial", "unserial", "unmarshal", "coerc", "to make")  # fmt: skip
_Q = r"(?:\\{0,8}[\"']|[“‘「『])"
"""No back-tick: it encloses names and types."""

_GAP = r"[^\n\"'“‘;]{0,80}?"
_IN_QUOTES = quoted()
_LABELS = (
    "field's value", "column's value", "parsed text", "parsed value", "raw text", "raw value", "raw line", "raw row",
    "raw input", "raw field value", "actual value", "bad value", "bad input", "offending value", "offending text", "original value",
    "original text", "source value", "source text", "source line", "src line", "input value", "input text", "input str",
    "input string", "input line", "error line", "error row",
)  # fmt: skip
"""What stands before a value and a colon."""
_LABEL = "|".join(_LABELS).replace(" ", "[ _]")
_LABEL_NEEDS = (*_LABELS, "raw_", "src_line", "input_str")


def _told(folded: str, start: int, end: int, bound: int) -> Found:
    """A value in quotes or in brackets."""
    return (in_brackets if folded[end - 1] in "[【" else _IN_QUOTES)(folded, start, end, bound)


CONVERSIONS: Final[dict[str, Form]] = {
    "read": Form(
        _NEEDS,
        rf"{_VERB}\b{_GAP}[ (`.\]]{_DATA}`?(?:\)(?=[\s:=]))?(?:\s?[:=])?\s?\(?{_Q}",
        quoted(r"\) (?:to|into) ", " as "),
    ),
    "read_as": Form(
        _NEEDS,
        rf"{_VERB}:? (?:from )?{_Q}",
        quoted(
            rf" (?:as|to|into|from)(?: an?| the)?(?: data| formatted| valid)?(?: type)?:? [`\"']?(?:{_TYPE}\b|java\.|system\.)",
            r" as \\?[\"']\d",
            r" into (?:binary|text) format",
            r": (?:invalid syntax|value out of range|cannot parse)",
            must=True,
        ),
    ),
    "made": Form(("to make",), rf"to make [\w ]{{1,40}} from {_Q}", quoted()),
    "number": Form(
        ("unmarshal number", "to encode", "t convert"),
        r"(?:unmarshal number|(?:unable|failed) to encode|couldn't convert) (?=[-+]?\d)",
        bare(r"[-+\d.e]++(?= (?:\(\w{1,20}\) )?into )"),
    ),
    "clients_format": Form(
        ("bad format for",), rf"bad format for \w{{1,40}} {_Q}", quoted(r" in column", must=True)
    ),
    "clients_range": Form(
        ("outside valid range",),
        r"'(?=[^'\n]{1,200}+(?:'(?=\w)[^'\n]{1,200}+){0,3}' in column '[^'\n]{1,64}' is outside valid range)",
        quoted(" in column"),
    ),
    "clients_getter": Form(
        ("invalid value for get",), rf"invalid value for get\w{{1,20}}\(\) - {_Q}", _IN_QUOTES
    ),
    "for_type": Form(
        ("bad value for type",), r"bad value for type \w{1,40}\s?: ?(?=\S)", to_the_end
    ),
    "read_bare": Form(
        ("to parse",),
        r"failed to parse (?![\"'\[{(])",
        bare(r"[^\n]{1,400}?(?= ?: (?:invalid (?:literal|date|time|number)|could not convert|time data))"),
    ),
    "interpreted": Form(
        ("determine ", "interpret ", "infer "),
        rf"(?:(?:determine|infer) [\w ]{{0,30}}\btype (?:from|of|for) (?:the )?|interpret (?:the )?){_DATA} {_Q}",
        _IN_QUOTES,
    ),
    "json_text": Form(
        ("json",),
        rf"json\b[^\n]{{0,160}}? at (?:position|offset|character|index|line) \d{{1,9}}(?:,? column \d{{1,9}})? (?:in|of|near|(?:while|when) parsing) {_Q}(?![\w./\-]{{1,200}}\.(?:json|\d{{5,10}})[\"'])",
        _IN_QUOTES,
    ),
    "label": Form(_LABEL_NEEDS, rf"(?:{_LABEL})(?: is| was)?(?:\s?[:=] ?(?:{_Q}|\[)| \[(?!\d{{1,9}}\]))", _told),
    "expected": Form((" before: ",), rf"expected [^\n]{{1,16}} before: {_Q}", _IN_QUOTES),
    "field_of": Form(
        ("parse date field", "parse numeric field"), r"parse (?:date|numeric) field \[", in_brackets
    ),
    "no_json": Form(
        ("valid json",), rf"unexpected token [^\n]{{1,12}}, {_Q}", quoted(" is not valid json", must=True)
    ),
    "time_data": Form(("time data",), rf"time data {_Q}", quoted(" does not match", must=True)),
    "instance": Form(("parameter instance",), r"parameter instance (?=\S)", bare(r"[^\n]{1,400}?(?= is invalid for)")),
    "constant": Form((" constant (",), r"invalid \w{1,20} constant \(", in_parentheses(" for ")),
    "object": Form(("does not correspond",), r"object \[(?=[^\n]{1,400}?\] does not correspond)", in_brackets),
    # The Chinese wordings of the same
    "chinese_read": Form(
        ("解析", "转换", "转为", "识别", "无法将", "不能将", "无法把"),
        rf"(?:解析|转换|识别|无法将|不能将|无法把|未能将)\s?(?:字段值|字符串|文本|数据|输入|记录|数值|值|行)?\s?[:：为是]?\s?{_Q}",
        quoted(r"\s?(?:转|解|为|成|到|失|格|不|无|时|出|错)", must=True),
    ),
    "chinese_repeated": Form(("重复",), rf"重复\s?[:：]\s?{_Q}", quoted()),
    "chinese_told": Form(
        ("值[", "值【", "值 [", "值 【", "数据[", "数据【", "记录[", "记录【", "数据为", "键值为"),
        r"(?<!默认)(?<!阈)(?:值|数据|记录)[为是]?\s?[:：]?\s?[\[【](?!\?)",
        in_brackets,
    ),
}  # fmt: skip
