"""Error codes and the names of things inside of log messages, and where they stand.

A name is told from a value: tables, columns, files and the like say what an entry is about.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drs_mcp.summaries.logs.naming.chinese import CJK, RUN, cut, name_end, parted_name_end
from drs_mcp.summaries.logs.naming.shapes import doubtful, is_plain, line_follows, never_table
from drs_mcp.summaries.logs.naming.words import (
    CHINESE,
    ENGLISH,
    KIND_OF,
    OTHER_OBJECT,
    OTHERS,
    OTHERS_NEAR,
    VERB_WITHIN,
    WRITING,
    WRITTEN,
    WRITTEN_AFTER,
    WRITTEN_TO,
    names_nothing,
)
from drs_mcp.text_cache import text_cache

# -- error codes -------------------------------------------------------------------------------

VENDORS = "ORA|TNS|PLS|MY|GAUSS|DWS|OGG|RMAN|IMP|EXP|SP2|DPI|DPY|LPX|KUP|CRS"
SERVICES = "DRS|APIGW|APIG|IAM|RDS|DBS|GAUSSDB|DDS|DWS|VPC|SMN|KMS|OBS|EPS"
_CODE = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?P<vendor>(?:{VENDORS})-\d{{3,6}}|[A-Z]{{2,5}}-\d{{5}})"
    rf"|(?P<service>(?:{SERVICES})\.[A-Z]?\d{{3,10}})"
    r"|(?i:sqlstate)[^\w\n]{0,4}(?P<sqlstate>[0-9A-Z]{5})"
    r"|(?i:sqlcode)[^\w\n]{0,4}?(?P<sqlcode>-?\d{1,6})"
    r"|(?i:err(?:or)?[_ ]?no)[^\w\n]{0,4}(?P<errno>\d{1,6})"
    r"|(?i:err(?:or)?(?:[_ ]?(?:code|number))?(?:\s+is)?)[^\w\n]{0,4}(?P<error>\d{1,6})"
    r"|Msg (?P<msg>\d{1,6})(?=,)"
    r")(?![A-Za-z0-9])"
    r"|错误(?:代?码|号)(?:为|是)?[^\w\n]{0,4}(?P<told>\d{1,6})(?!\d)"
)
_SPELT = {"sqlstate": "SQLSTATE", "sqlcode": "SQLCODE", "errno": "errno", "error": "error"}
_SPELT |= {"told": "error", "msg": "Msg"}


def codes_in(message: str) -> list[str]:
    """The error codes of a message, each once, in one spelling: `ORA-01555`, `errno 28`."""
    codes = []
    for found in _CODE.finditer(message):
        kind = found.lastgroup or ""
        code = found[kind] if kind in ("vendor", "service") else f"{_SPELT[kind]} {found[kind]}"
        if code not in codes:
            codes.append(code)
    return codes


# -- names of things -----------------------------------------------------------------------------

TABLE, ADDRESS = "table", "address"
THING = "thing"
"""What has a name, but no word that says what it is."""
MAYBE_TABLE = "maybe table"
"""`shop.orders` may be a host: it is a table where others of its kind are plainly so."""
PARENT = "parent table"
"""The table that a foreign key refers to."""

# Chinese is written without blanks: a name in Latin letters ends where Chinese begins, and begins
# where it ends (`写表shop.t失败`), but for what an underscore joins. A name in Chinese is one only
# where blanks or marks part it from the words around.
_CJK = CJK
_LATIN = rf"(?:[^\W{_CJK}]|[$#]|(?<=_)[{_CJK}]{{1,60}})"
_FIRST = rf"[^\W\d{_CJK}]"
_END = rf"(?![^\W{_CJK}]|[/@$\\-]|:\S|\.[\w.])"
_NAME = rf"{_FIRST}{_LATIN}{{0,127}}"
_IN_CHINESE = rf"[{_CJK}][\w$#]{{0,127}}"

_PART = rf"(?:{_LATIN}|-){{1,128}}"
_TOLD = (
    rf"{_FIRST}(?:{_LATIN}|-){{0,127}}(?:\.(?:{_PART}|{_IN_CHINESE})){{0,2}}"
    rf"|(?<![{_CJK}]){_IN_CHINESE}(?:\.[\w$#-]{{1,128}}){{0,2}}"
)
_IN_QUOTES = (
    r"\"[^\"\n]{1,128}\"(?:\.\"[^\"\n]{1,128}\"){0,2}|'[^'\n]{1,128}'(?:\.'[^'\n]{1,128}')?"
)
_TICKED = r"`[^`\n]{1,128}`(?:\.`[^`\n]{1,128}`)?"
_SCHEMA_AND_NAME = r"\"[^\"\n]{1,128}\"\.\"[^\"\n]{1,128}\""
_BRACKETED = r"\[[^\[\]\n]{1,128}\](?:\.\[[^\[\]\n]{1,128}\]){1,2}"
_UNTOLD = (
    rf"(?P<ticked>{_TICKED}|{_BRACKETED}|{_SCHEMA_AND_NAME})"
    rf"|(?<![^\W{_CJK}])(?<![./@:$\\-])(?P<plain>{_NAME}\.{_NAME}(?:\.{_NAME})?){_END}"
    rf"|(?<![^\W{_CJK}])(?<![./@:$\\-])(?P<mixed>{_NAME}\.{RUN})"
    rf"|(?<![\w./@:$\\-])(?P<chinese>[{_CJK}][{_CJK}_\d]{{0,60}}+\.{RUN})"
    r"|(?<![\w.])(?P<address>\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?)(?![\w.])"
)
_WITHOUT_NOUN = re.compile(_UNTOLD)
JOINING = r" ?(?:[中下里裡])?的? ?[,，]? ?(?:数据|資料)?表名?[:：=]? ?"
"""Between a database and its table: `库sales表bill`."""
_NAMED = re.compile(
    r"schema_name=(?P<schema>[\w$#-]{1,128}),[ \x04]{0,4}object_name=(?P<object>[\w$#-]{1,128})"
    rf"|(?:数据|資料)?[库庫]名?[:：=]? ?(?P<base>{_NAME}){JOINING}(?:(?P<table>{_NAME}){_END}|(?P<title>{RUN}))"
    rf"|(?<![^\W{_CJK}])(?<![./@:$\\-])(?P<ahead>{_NAME})(?:表|集合)(?![空示明格单])"
    rf"|(?:(?<![A-Za-z0-9_])(?P<noun>(?i:{ENGLISH}))(?:[_ ]?(?i:name))?+(?![A-Za-z0-9_])(?: (?i:if(?: not)? exists)(?= ))?+"
    rf"|(?P<word>{CHINESE})(?:名称?|名稱)?)"
    r"(?:[\"']?[ \x04]?[=:：]|[是为為])?[ \x04(\[（【「“《]{0,3}"
    rf"(?:(?P<quoted>{_IN_QUOTES}|{_TICKED}|{_BRACKETED})"
    rf"|(?P<told>{_TOLD})(?![^\W{_CJK}]|\(|\.\w|:[\w/])"
    rf"|(?<=[表合图圖])(?P<glued>(?:[{_CJK}]{{1,20}}+\.)?{RUN}))"
    rf"|{_UNTOLD}"
)
_DOTTED = re.compile(
    rf"(?<![^\W{_CJK}])(?<!\$)(?:{_FIRST}{_LATIN}{{0,127}}|[{_CJK}]{{1,40}})"
    rf"(?:[`\"]?\.[`\"]?(?:{_FIRST}{_LATIN}{{0,127}}|{_IN_CHINESE}))+"
)
_REFERENCED = re.compile(r"(?i)\breferences\W{1,3}\Z")
_INDEX_OF = re.compile(
    r"(?i)['\"\]]?\.['\"\[]?(?:pk|uk|fk|uq|ix|idx)_[^.]*\Z|\.[^.]*_(?:pkey|pk|idx|key)['\"\]]?\Z"
)
"""The index behind its table: `object 'dbo.cust'.'PK_cust'`."""
_SMALL_CODE = re.compile(rf"(?i:{SERVICES})\.(?:[A-Z]\d{{3,10}}|m\d{{5}})\Z")
_LIKE_A_NAME = re.compile(r"[_0-9$#]|[A-Z]{2}|\.")
_LIKE_A_FILE = re.compile(r"\.|\d{3}\Z")
_GLUED_NAME = re.compile(r"(?!null\b|key\b)[a-z][a-z0-9_]+")
_SQL = frozenset(("DDL", "DML", "DCL", "SQL", "ID", "LOB", "NULL", "IF", "NOT", "EXISTS"))
_VALUE = re.compile(r"\W*\Z|-?\d[\d.:-]*\W?\Z|(?:DETAIL|HINT|CONTEXT|QUERY|STATEMENT|WHERE):\Z")


class Named(NamedTuple):
    """A name in a message: what it is the name of, and from where to where it is written."""

    kind: str
    name: str
    start: int
    end: int


_MOST_MISSES = 500


def named_in(message: str) -> Iterator[Named]:
    """Each name of a message, in its order; quotes taken away."""
    place = misses = 0
    while found := _NAMED.search(message, place):
        place = found.end()
        if first := "schema" if found["schema"] else "base" if found["base"] else "":
            second = "object" if found["object"] else "table" if found["table"] else "title"
            (start, end), place = found.span(second), found.start(second)
            ends = end if second != "title" else name_end(message, start, alone=True)
            if ends is not None:
                place = ends
                name = f"{found[first]}.{message[start:ends]}"
                yield Named(TABLE, name, found.start(first), ends)
            continue
        in_chinese = found.lastgroup in ("mixed", "chinese", "glued")
        if in_chinese and misses > _MOST_MISSES:
            continue  # a text that was written to take long
        named = _read(found, message)
        if named is not None:
            if in_chinese or found.lastgroup in ("told", "plain"):
                place = named.end  # what follows is said of it
            yield named
            continue
        misses += 1
        if found["mixed"] or found["chinese"]:  # a sentence may begin behind the stop
            place = message.index(".", found.start()) + 1
        elif noun := found["noun"] or found["word"]:  # what follows may be a noun with its name
            place = found.start() + len(noun)


def named_alone(word: str) -> Iterator[Named]:
    """The names of one word that follows no noun and holds none."""
    for found in _WITHOUT_NOUN.finditer(word):
        named = _read(found, word)
        if named is not None:
            yield named


def dotted_in(message: str) -> list[str]:
    """What is written with a dot between its parts, but for the file and line of a program."""
    found = (one for one in _DOTTED.finditer(message) if not line_follows(message, one.end()))
    return [re.sub('[`"]', "", one[0]) for one in found]


def _read(found: re.Match[str], message: str) -> Named | None:
    group = found.lastgroup or ""
    (start, end), kind = found.span(group), TABLE
    before = message[max(start - 40, 0) : start]
    if group in ("quoted", "ticked") and "@" in (
        message[start - 1 : start],
        message[end : end + 1],
    ):
        # 'app'@'10.%' is an account; what stands behind the sign is a host.
        account = message[end : end + 1] == "@"
        return Named("user", unquoted(found[group]), start, end) if account else None
    if group == "ahead":
        written = WRITTEN.search(before) is not None
        is_name = _GLUED_NAME.fullmatch(found[group]) and (written or "_" in found[group])
        return Named(TABLE, found[group], start, end) if is_name else None
    if group in ("mixed", "chinese", "glued"):
        span = _in_chinese(group, message, found)
        return Named(kind, message[slice(*span)], *span) if span else None
    if group == "address":
        kind = ADDRESS
    elif group in ("plain", "ticked"):
        end = cut(message, start, end) if group == "plain" else end
        untold = _untold(group, message[start:end], before, message, start, end)
        if untold is None:
            return None
        kind = untold
    else:
        return _told(found, group, message, before)
    return Named(kind, unquoted(message[start:end]), start, end)


def _told(found: re.Match[str], group: str, message: str, before: str) -> Named | None:
    """What a noun tells the kind of."""
    start, end = found.span(group)
    noun = (found["noun"] or found["word"]).lower()
    kind = KIND_OF[noun]
    if group == "quoted" and kind == TABLE and (index := _INDEX_OF.search(found[group])):
        end = start + index.start() + (message[start + index.start()] in "'\"]")
    if group == "told":
        between = message[found.end("word") : start]
        of_table = kind == TABLE and not noun.isascii()
        ends = parted_name_end(message, start, end, between) if of_table else None
        if ends is not None:
            return Named(kind, message[start:ends], start, ends)
        end = cut(message, start, end) if message[start].isascii() else end
    name = unquoted(message[start:end])
    sure = not noun.isascii() or before.endswith("=")
    is_value = _VALUE.match(name + message[end : end + 1])
    if is_value or (group == "told" and not _is_told(noun, kind, name, sure=sure)):
        return None
    if kind == "key" and "(" in message[found.start() + len(noun) : start]:
        kind = "column"  # FOREIGN KEY (`order_id`)
    return Named(kind, name, start, end)


def _untold(group: str, text: str, before: str, message: str, start: int, end: int) -> str | None:
    """Of what a name is one that no noun tells; None for no name of a thing."""
    if OTHER_OBJECT.search(before + text[0] if text[0] == '"' else before):
        return None
    if group == "ticked":
        if _VALUE.match(unquoted(text)):
            return None
        if _REFERENCED.search(before):
            return PARENT
        return "column" if _is_in_parentheses(message, start, end) else TABLE
    if never_table(text) or _CODE.match(text) or _SMALL_CODE.match(text):
        return None
    if _REFERENCED.search(before):
        return PARENT
    written = WRITTEN.search(before)
    if message[end : end + 1] == "(" and not written:
        return None  # a call; INSERT INTO shop.orders(id) is none
    if written or WRITTEN_AFTER.match(message, end):
        return TABLE
    if doubtful(text) or (message[end : end + 1] == "=" and text.count(".") > 1):
        return None
    return TABLE if is_plain(text) else MAYBE_TABLE


def _in_chinese(group: str, message: str, found: re.Match[str]) -> tuple[int, int] | None:
    """From where to where a name goes that is Chinese in its last part; None: it is none of a table.

    It stands behind 表, a verb or a dot; at the end of a sentence only behind a verb, too.
    """
    start, last = found.span(group)
    dot = message.find(".", start, last)
    if group == "glued":
        noun = found.start("word")
        written = WRITTEN_TO.search(message, max(noun - 40, 0), noun)
        alone = dot >= 0 or written is not None
        is_other = KIND_OF[found["word"]] != TABLE
    else:
        if group == "chinese" and (verb := VERB_WITHIN.match(message, start, dot)):
            start = verb.end()
        before = message[max(start - 40, 0) : start]
        alone = WRITTEN.search(before) is not None
        is_other = OTHER_OBJECT.search(before) is not None or not (alone or group == "mixed")
    end = None if is_other else name_end(message, max(dot + 1, start), alone=alone)
    return None if end is None else (start, end)


def _is_in_parentheses(message: str, start: int, end: int) -> bool:
    """Whether a name in back-ticks is of a list of columns: REFERENCES `users` (`id`, `name`)."""
    one = "`.`" not in message[start:end] and message[start] == "`"
    return one and (message[start - 1 : start] == "(" or message[end : end + 1] == ")")


def _is_told(noun: str, kind: str, name: str, *, sure: bool) -> bool:
    """Whether a word without quotes is the name of what the noun says, and no plain word.

    *sure*: what is written between them says so, as `table=orders` does and `表orders`.
    """
    if names_nothing(noun, name):
        return False
    if sure and _GLUED_NAME.fullmatch(name):
        return True
    if not _LIKE_A_NAME.search(name) or (kind == TABLE and (_CODE.match(name) or name in _SQL)):
        return False
    if kind == "file" and (_CODE.match(name) or not _LIKE_A_FILE.search(name)):
        return False  # Missing Log File WAITING FOR …
    return kind not in ("key", "user", "database") or "." not in name


def unquoted(name: str) -> str:
    """A name without the quotes around it or around its parts."""
    bare = name.strip("\"'")
    for parted in ('"."', "'.'", "].["):
        bare = bare.replace(parted, ".")
    if name != bare or name.startswith("["):
        bare = bare.strip("[]")
    return bare.replace("`", "").replace("\x04", " ")


_NOUN = re.compile(
    rf"[(\[{{<\"'`]*+(?:[^\x00-\x7f]*?(?:{CHINESE})|(?i:{ENGLISH}))(?:[_ ]?(?i:name))?+(?:[=:(\[]*|\W{{1,3}})\Z"
)
_CONTEXT = re.compile(
    rf"(?:(?<!\w)|(?<=[{_CJK}]))(?P<told>(?:{WRITING}|references|[A-Z]{{3}}-\d{{5}}\S{{0,2}} at|at|{OTHERS_NEAR}(?=[^:]|\Z)|{OTHERS}))[:=(\"'`]{{0,2}}\Z",
    re.IGNORECASE,
)
_LOOKED_BACK = 3


@text_cache(4096)
def names_follow(word: str) -> bool:
    """Whether a word says of what the next one is the name: `table`, `constraint name`, `列`."""
    return _NOUN.match(word) is not None


def noun_before(words: Sequence[str], place: int) -> str:
    """What stands before a place and says of what a name follows; empty where nothing does.

    A noun, what is done to a table (`insert into`, `apply failed on`), or what has other names.
    """
    before = words[place - 1] if place else ""
    if before.lower().strip(":=") == "name" and place > 1:
        before = f"{words[place - 2]} {before}"
    if before and names_follow(before):
        return before
    return _context(" ".join(words[max(place - _LOOKED_BACK, 0) : place]))


@text_cache(4096)
def _context(before: str) -> str:
    found = _CONTEXT.search(before)
    return found["told"] if found is not None else ""
