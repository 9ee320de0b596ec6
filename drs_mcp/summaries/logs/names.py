"""Error codes and table names inside of log messages, and where in a kind of message they stand."""

import re
from collections.abc import Iterator

# -- error codes -------------------------------------------------------------------------------

VENDORS = "ORA|TNS|PLS|MY|GAUSS|DWS|OGG|RMAN|IMP|EXP|SP2|DPI|DPY|LPX|KUP|CRS"
SERVICES = "DRS|APIGW|APIG|IAM|RDS|DBS|GAUSSDB|DDS|DWS|VPC|SMN|KMS|OBS|EPS"
_CODE = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?P<vendor>(?:{VENDORS})-\d{{3,6}}|[A-Z]{{2,5}}-\d{{5}})"
    rf"|(?P<service>(?:{SERVICES})\.[A-Z]?\d{{3,10}})"
    r"|(?i:sqlstate)[^\w\n]{0,4}(?P<sqlstate>[0-9A-Z]{5})"
    r"|(?i:sqlcode)[^\w\n]{0,4}?(?P<sqlcode>-?\d{1,6})"
    r"|(?i:err(?:or)?[_ ]?no)[^\w\n]{0,4}(?P<errno>\d{1,6})"
    r"|(?i:err(?:or)?(?:[_ ]?code)?(?:\s+is)?)[^\w\n]{0,4}(?P<error>\d{1,6})"
    r")(?![A-Za-z0-9])"
)
_SPELT = {"sqlstate": "SQLSTATE", "sqlcode": "SQLCODE", "errno": "errno", "error": "error"}


def codes_in(message: str) -> list[str]:
    """The error codes of a message, each once, in one spelling: `ORA-01555`, `errno 28`."""
    codes = []
    for found in _CODE.finditer(message):
        kind = found.lastgroup or ""
        code = found[kind] if kind in ("vendor", "service") else f"{_SPELT[kind]} {found[kind]}"
        if code not in codes:
            codes.append(code)
    return codes


# -- table names -------------------------------------------------------------------------------

NAME = r"[A-Za-z_][A-Za-z0-9_$#]*"
_TABLE = re.compile(
    rf"schema_name=(?P<schema>[\w$#]+),\s*object_name=(?P<object>[\w$#]+)"
    rf"|(?P<ticked>`[^`\s]+`(?:\.`[^`\s]+`)?)"
    rf"|(?i:\b(?:table(?:_?name)?|relation|collection)\b)[\s=:]*"
    rf"(?:[\"'](?P<quoted>{NAME}(?:\.{NAME}){{0,2}})[\"']"
    rf"|(?P<told>{NAME}(?:\.{NAME}){{1,2}}|(?=[\w$#]*[_0-9]|[A-Z]{{2}})[A-Za-z][\w$#]*))(?![\w(])"
    rf"|(?<![\w./@:$\\-])(?P<plain>{NAME}\.{NAME}(?:\.{NAME})?)(?![\w./(@:$\\-]|\.\w)"
)
_NOT_SCHEMAS = frozenset(
    ("java", "javax", "jdk", "sun", "com", "org", "net", "io", "cn", "www", "e", "i")
)
_NOT_TABLES = re.compile(
    r"(?i:.*\.(?:log|sql|frm|ibd|arc|java|class|py|json|xml|conf|cnf|ini|sh|so|gz|zip|txt|csv|dmp"
    r"|com|org|net|cn|io|local|internal))\Z|.*(?:Exception|Error)\Z|[a-z]+\.[A-Z][a-z]+\Z"
    r"|(?i:.*\.(?:pk|uk|fk|uq|ix|idx|seq)_[^.]*)\Z"
)
_OTHER_OBJECT = re.compile(
    r"(?i:\b(?:constraint|index|key|trigger|sequence|function|procedure|user|file|class|host))"
    r"\W{1,3}\Z"
)
_TELLING = re.compile(r"[A-Z_0-9$#]")


def _tables(message: str) -> Iterator[tuple[str, int]]:
    """Each table named, and where its name begins; -1 where it is made of two parts."""
    for found in _TABLE.finditer(message):
        if found["schema"]:
            yield f"{found['schema']}.{found['object']}", -1
            continue
        kind = found.lastgroup or ""
        name, start = found[kind].replace("`", ""), found.start(kind)
        if kind == "ticked" or kind != "plain" or _is_table(name, message[:start]):
            yield name, start


def _is_table(name: str, before: str) -> bool:
    # `a.b` may be a host, a file, a class, an error code or two sentences without a blank.
    return (
        _TELLING.search(name) is not None
        and name.partition(".")[0] not in _NOT_SCHEMAS
        and not _NOT_TABLES.match(name)
        and not _CODE.match(name)
        and not _OTHER_OBJECT.search(before[-20:])
    )


def tables_in(message: str) -> list[str]:
    """The tables that a message names, each once, without quotes."""
    return list(dict.fromkeys(name for name, _ in _tables(message)))


_WORDS_KEPT = 5000


class TablePlaces:
    """Which words of one kind of message are tables, learnt from its first message.

    Reading a message by them is much cheaper than searching it. Messages of another length (a
    quoted text may hold blanks) are searched.
    """

    __slots__ = ("_names", "_places", "_width")

    def __init__(self, names: dict[str, str], *, search: bool = False) -> None:
        self._names = names
        self._places: tuple[int, ...] | None = None if search else ()
        self._width = 0

    def learn(self, message: str) -> None:
        """Take over where *message* names tables."""
        starts = [start for _, start in _tables(message)]
        width = message.count(" ")
        if not starts or self._places is None:
            return
        if -1 in starts or (self._places and width != self._width):
            self._places = None
            return
        self._width = width
        places = {message.count(" ", 0, start) for start in starts}
        self._places = tuple(sorted(places.union(self._places)))

    def absorb(self, other: "TablePlaces") -> None:
        """Take over the places of messages that turned out to be of the same kind."""
        if self._places == ():
            self._width = other._width
        if self._places is None or other._places is None or self._width != other._width:
            self._places = None if self or other else ()
        else:
            self._places = tuple(sorted({*self._places, *other._places}))

    def __bool__(self) -> bool:
        return self._places is None or bool(self._places)

    def read(self, message: str) -> list[str]:
        """The tables that *message* names."""
        if self._places is None:
            return tables_in(message)
        words = message.split(" ")
        if len(words) != self._width + 1:
            return tables_in(message)
        names = []
        for place in self._places:
            word = words[place]
            name = self._names.get(word)
            if name is None:
                name = self._learn_word(word)
            if name and name not in names:
                names.append(name)
        return names

    def _learn_word(self, word: str) -> str:
        found = tables_in(word) or tables_in(f"table {word}")
        if len(self._names) >= _WORDS_KEPT:
            self._names.clear()
        self._names[word] = found[0] if found else ""
        return self._names[word]
