"""Error codes and the names of things inside of log messages, and where they stand.

A name is told from a value: tables, constraints, columns, files, slots and sequences say what an
entry is about, and are counted each by itself.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

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

NAME = r"[^\W\d][\w$#]{0,127}"
TABLE, ADDRESS = "table", "address"
THING = "thing"
"""What has a name, but no word that says what it is."""
MAYBE_TABLE = "maybe table"
"""`shop.orders` may be a host: it is a table where others of its kind are plainly so."""


_NOUNS = {
    TABLE: "table|relation|collection|view|object|表",
    "constraint": "constraint|约束",
    "key": "key|键",
    "index": "index|索引",
    "column": "column|field|列|字段",
    "sequence": "sequence|序列",
    "slot": "slot|复制槽",
    "publication": "publication|subscription",
    "trigger": "trigger|触发器",
    "partition": "partition|分区",
    "tablespace": "tablespace|表空间",
    "database": "database|schema|数据库",
    "file": "file|文件",
    "user": "user|role|用户",
}
_KIND_OF = {word: kind for kind, words in _NOUNS.items() for word in words.split("|")}
_WORDS = "|".join(_NOUNS.values())
_TOLD, _PART = r"[^\W\d][\w$#-]{0,127}", r"[\w$#-]{1,128}"
_IN_QUOTES = (
    r"\"[^\"\n]{1,128}\"(?:\.\"[^\"\n]{1,128}\"){0,2}|'[^'\n]{1,128}'(?:\.'[^'\n]{1,128}')?"
)
_TICKED = r"`[^`\n]{1,128}`(?:\.`[^`\n]{1,128}`)?"
_SCHEMA_AND_NAME = r"\"[^\"\n]{1,128}\"\.\"[^\"\n]{1,128}\""
_BRACKETED = r"\[[^\[\]\n]{1,128}\](?:\.\[[^\[\]\n]{1,128}\]){1,2}"
_UNTOLD = (
    rf"(?P<ticked>{_TICKED}|{_BRACKETED}|{_SCHEMA_AND_NAME})"
    rf"|(?<![\w./@:$\\-])(?P<plain>{NAME}\.{NAME}(?:\.{NAME})?)(?![\w/(@$\\-]|:\S|\.[\w.])"
    r"|(?<![\w.])(?P<address>\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?)(?![\w.])"
)
_WITHOUT_NOUN = re.compile(_UNTOLD)
_NAMED = re.compile(
    r"schema_name=(?P<schema>[\w$#-]{1,128}),[ \x04]{0,4}object_name=(?P<object>[\w$#-]{1,128})"
    rf"|(?<![A-Za-z0-9_])(?P<noun>(?i:{_WORDS}))(?:[_ ]?(?i:name))?+(?![A-Za-z0-9_])"
    r"(?:[ \x04]?[=:])?[ \x04(\[]{0,3}"
    rf"(?:(?P<quoted>{_IN_QUOTES}|{_TICKED}|{_BRACKETED})"
    rf"|(?P<told>{_TOLD}(?:\.{_PART}){{0,2}}(?![\w(]|\.\w|:[\w/])))"
    rf"|{_UNTOLD}"
)
_NOT_SCHEMAS = frozenset(
    ("java", "javax", "jdk", "sun", "com", "org", "net", "io", "cn", "www", "e", "i")
)
_NOT_TABLES = re.compile(
    r"(?i:.*\.(?:log|sql|frm|ibd|arc|java|class|py|json|xml|conf|cnf|ini|sh|so|gz|zip|txt|csv|dmp"
    r"|com|org|net|cn|io|local|internal))\Z|.*(?:Exception|Error)\Z|[a-z]+\.[A-Z][a-z]+\Z|[a-z]+\.jdbc\..*"
    r"|(?i:.*\.(?:pk|uk|fk|uq|ix|idx|seq)_[^.]*)\Z"
)
_OTHER_OBJECT = re.compile(
    r"(?i:\b(?:constraint|index|key|trigger|sequence|function|procedure|user|file|class|host))"
    r"\W{1,3}\Z"
)
_TELLING = re.compile(r"[A-Z_0-9$#]|[^\x00-\x7f]")
_LIKE_A_NAME = re.compile(r"[_0-9$#]|[A-Z]{2}|\.")
_VALUE = re.compile(r"\W*\Z|\d[\d.:-]*\Z")


class Named(NamedTuple):
    """A name in a message: what it is the name of, and from where to where it is written."""

    kind: str
    name: str
    start: int
    end: int


def named_in(message: str) -> Iterator[Named]:
    """Each name of a message, in its order; quotes taken away."""
    place = 0
    while found := _NAMED.search(message, place):
        place = found.end()
        if found["schema"]:
            name = f"{found['schema']}.{found['object']}"
            yield Named(TABLE, name, found.start("schema"), found.end("object"))
            continue
        named = _read(found, message)
        if named is not None:
            yield named
        elif found["noun"]:  # what follows the noun may be a noun with its name
            place = found.end("noun")


def named_alone(word: str) -> Iterator[Named]:
    """The names of one word that follows no noun and holds none."""
    for found in _WITHOUT_NOUN.finditer(word):
        named = _read(found, word)
        if named is not None:
            yield named


def _read(found: re.Match[str], message: str) -> Named | None:
    group = found.lastgroup or ""
    name, (start, end) = unquoted(found[group]), found.span(group)
    kind = TABLE
    if group in ("quoted", "ticked") and "@" in (
        message[start - 1 : start],
        message[end : end + 1],
    ):
        # 'app'@'10.%' is an account; what stands behind the sign is a host.
        return Named("user", name, start, end) if message[end : end + 1] == "@" else None
    if group == "address":
        kind = ADDRESS
    elif group == "plain":
        if not _may_be_table(name, message[max(start - 20, 0) : start]):
            return None
        kind = TABLE if _TELLING.search(name) else MAYBE_TABLE
    elif group == "ticked":
        kind = "column" if _is_in_parentheses(message, start, end) else TABLE
    else:
        noun = found["noun"].lower()
        kind = _KIND_OF[noun]
        if _VALUE.match(name) or (group == "told" and not _is_told(noun, kind, name)):
            return None
        if kind == "key" and "(" in message[found.end("noun") : start]:
            kind = "column"  # FOREIGN KEY (`order_id`)
    return Named(kind, name, start, end)


def _is_in_parentheses(message: str, start: int, end: int) -> bool:
    """Whether a name in back-ticks is of a list of columns: REFERENCES `users` (`id`, `name`)."""
    one = "`.`" not in message[start:end] and message[start] == "`"
    return one and (message[start - 1 : start] == "(" or message[end : end + 1] == ")")


def _is_told(noun: str, kind: str, name: str) -> bool:
    """Whether a word without quotes is the name of what the noun says, and no plain word."""
    if noun == "user" and name.upper() in ("ID", "IDS", "NAME"):  # `User ID or password`
        return False
    if not _LIKE_A_NAME.search(name) or (kind == TABLE and _CODE.match(name)):
        return False
    if noun == "object":  # an object may be anything
        return False
    return kind not in ("key", "user", "database") or "." not in name


def _may_be_table(name: str, before: str) -> bool:
    # `a.b` may be a host, a file, a class, an error code or two sentences without a blank.
    return (
        name.partition(".")[0] not in _NOT_SCHEMAS
        and not _NOT_TABLES.match(name)
        and not _CODE.match(name)
        and not _OTHER_OBJECT.search(before)
    )


def unquoted(name: str) -> str:
    """A name without the quotes around it or around its parts."""
    bare = name.strip("\"'")
    for parted in ('"."', "'.'", "].["):
        bare = bare.replace(parted, ".")
    if name != bare or name.startswith("["):
        bare = bare.strip("[]")
    return bare.replace("`", "").replace("\x04", " ")


_NOUN = re.compile(
    rf"[(\[{{<\"'`]*+[^\x00-\x7f]*?(?i:{_WORDS}|function|procedure|class|host)(?:[_ ]?(?i:name))?+"
    r"(?:[=:(\[]*|\W{1,3})\Z"
)


def names_follow(word: str) -> bool:
    """Whether a word says of what the next one is the name: `table`, `constraint name`, `列`."""
    return _NOUN.match(word) is not None


def noun_before(words: Sequence[str], place: int) -> str:
    """What stands before a place and says of what a name follows; empty where nothing does."""
    before = words[place - 1] if place else ""
    if before.lower().strip(":=") == "name" and place > 1:
        before = f"{words[place - 2]} {before}"
    return before if before and names_follow(before) else ""
