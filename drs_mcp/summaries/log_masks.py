"""From a log message to its key: what varies is masked, what identifies it stays.

Digits are first made alike (`2026-11-20` and `2025-01-02` are both `0000-00-00`), which leaves few
distinct words; each is masked once, by one regular expression, and looked up ever after. Messages
of one kind thus have one key. Error codes never lose their digits: they are part of the key.
"""

import re

CODED = "\x01"
"""Marks a masked word that holds, or announces, an error code."""
_TABLE = "\x02"

MASK = "*"

_DIGITS = str.maketrans("123456789", "0" * 9)
_WORDS_KEPT = 20_000

# -- error codes -------------------------------------------------------------------------------

_VENDORS = "ORA|TNS|PLS|MY|GAUSS|DWS|OGG|RMAN|IMP|EXP|SP2|DPI|DPY|LPX|KUP|CRS"
_SERVICES = "DRS|APIGW|APIG|IAM|RDS|DBS|GAUSSDB|DDS|DWS|VPC|SMN|KMS|OBS|EPS"
_CODE = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?P<vendor>(?:{_VENDORS})-\d{{3,6}}|[A-Z]{{2,5}}-\d{{5}})"
    rf"|(?P<service>(?:{_SERVICES})\.[A-Z]?\d{{3,10}})"
    r"|(?i:sqlstate)[^\w\n]{0,4}(?P<sqlstate>[0-9A-Z]{5})"
    r"|(?i:sqlcode)[^\w\n]{0,4}?(?P<sqlcode>-?\d{1,6})"
    r"|(?i:err(?:or)?[_ ]?no)[^\w\n]{0,4}(?P<errno>\d{1,6})"
    r"|(?i:err(?:or)?(?:[_ ]?code)?(?:\s+is)?)[^\w\n]{0,4}(?P<error>\d{1,6})"
    r")(?![A-Za-z0-9])"
)
_CODE_HEAD = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:{_VENDORS})-0{{3}}|[A-Z]{{2,5}}-0{{5}}|(?:{_SERVICES})\.[A-Z]?0{{3}}"
    r"|(?i:err(?![a-z])|error|sqlstate|sqlcode|errno|errcode))"
)


def codes_in(message: str) -> list[str]:
    """The error codes of a message, each once, in one spelling: `ORA-01555`, `errno 28`."""
    codes = []
    for found in _CODE.finditer(message):
        kind = found.lastgroup or ""
        code = found[kind] if kind in ("vendor", "service") else f"{_SPELT[kind]} {found[kind]}"
        if code not in codes:
            codes.append(code)
    return codes


_SPELT = {"sqlstate": "SQLSTATE", "sqlcode": "SQLCODE", "errno": "errno", "error": "error"}

# -- table names -------------------------------------------------------------------------------

_NAME = r"[A-Za-z_][A-Za-z0-9_$#]*"
_TABLE_NAME = re.compile(
    rf"schema_name=(?P<schema>[\w$#]+),\s*object_name=(?P<object>[\w$#]+)"
    rf"|(?P<ticked>`[^`\s]+`(?:\.`[^`\s]+`)?)"
    rf"|(?i:\b(?:table(?:_?name)?|relation|collection)\b)[\s=:]*"
    rf"(?:[\"'](?P<quoted>{_NAME}(?:\.{_NAME}){{0,2}})[\"']"
    rf"|(?P<told>{_NAME}(?:\.{_NAME}){{1,2}}|(?=[\w$#]*[_0-9]|[A-Z]{{2}})[A-Za-z][\w$#]*))(?![\w(])"
    rf"|(?<![\w./@:$\\-])(?P<plain>{_NAME}\.{_NAME}(?:\.{_NAME})?)(?![\w./(@:$\\-]|\.\w)"
)
_NOT_SCHEMAS = frozenset(
    ("java", "javax", "jdk", "sun", "com", "org", "net", "io", "cn", "www", "e", "i", "mysql-bin")
)
_NOT_TABLES = re.compile(
    r"(?i:.*\.(?:log|sql|frm|ibd|java|class|py|json|xml|conf|cnf|ini|sh|so|gz|zip|txt|csv|dmp"
    r"|com|org|net|cn|io|local|internal))\Z|.*(?:Exception|Error)\Z|[a-z]+\.[A-Z][a-z]+\Z"
)
_TELLING = re.compile(r"[A-Z_0-9$#]")


def tables_in(message: str) -> list[str]:
    """The tables that a message names, each once, without quotes."""
    names: list[str] = []
    for found in _TABLE_NAME.finditer(message):
        if found["schema"]:
            name = f"{found['schema']}.{found['object']}"
        elif found["plain"]:
            name = found["plain"]
            if (
                not _TELLING.search(name)
                or name.partition(".")[0] in _NOT_SCHEMAS
                or _NOT_TABLES.match(name)
                or _CODE.match(name)
            ):
                continue
        else:
            name = (found["ticked"] or found["quoted"] or found["told"]).replace("`", "")
        if name not in names:
            names.append(name)
    return names


# -- stack frames ------------------------------------------------------------------------------

_FRAME_LINE = re.compile(
    r"\s*(?:at\s+[\w.$<>/]+\s*\(.*\)|\.\.\.\s*\d+\s+(?:more|common frames.*)"
    r"|File \".*\", line \d+.*|#\d+\s+.*|at\s+\S+:\d+(?::\d+)?)\s*\Z"
)
_FRAME_INLINE = re.compile(r"\s+at [\w.$<>/]{1,200}\([\w. ]{1,80}(?::\d+)?\)|\s+\.\.\. \d+ more\b")


def fold_frames(message: str) -> str:
    """The message without its stack frames; empty when it is nothing else."""
    if "\n" in message:
        lines = message.splitlines()
        message = " ".join(line for line in lines if not _FRAME_LINE.match(line))
    elif _FRAME_LINE.match(message):
        return ""
    return _FRAME_INLINE.sub("", message).strip()


def has_frames(message: str) -> bool:
    """A cheap look: whether folding could change anything."""
    return (
        "\n" in message
        or ".java:" in message
        or "(Unknown Source)" in message
        or "(Native Method)" in message
        or message[:1] in " \t.#"
        or message[:3] == "at "
    )


# -- keys --------------------------------------------------------------------------------------

_PLAIN_WORD = re.compile(r"[A-Za-z]+[.,;:!?)]*\Z")
_HEX = "[0a-fA-F]"
_VARYING = re.compile(
    rf"(?P<code>(?<![A-Za-z0-9])(?:(?:{_VENDORS})-0{{3,6}}|[A-Z]{{2,5}}-0{{5}}"
    rf"|(?:{_SERVICES})\.[A-Z]?0{{3,10}})(?![A-Za-z0-9]))"
    r"|(?P<id>(?<![A-Za-z0-9])(?:[0a-zA-Z]{8}-(?:[0a-zA-Z]{4}-){3}[0a-zA-Z]{12}"
    rf"|0[xX]{_HEX}+|(?={_HEX}*0){_HEX}{{8,}}|[0A-F]{{1,8}}/[0A-F]{{1,8}})(?![A-Za-z0-9]))"
    rf"|(?P<name>`[^`]+`(?:\.`[^`]+`)?|(?<![\w./@$\\-]){_NAME}\.{_NAME}(?:\.{_NAME})?(?![\w./(@$\\-]))"
    r"|(?P<quoted>'[^']*'|\"[^\"]*\")"
    r"|(?P<number>[-+]?0+(?:[.,:/-]0+)*(?:T0+[:.0]*Z?)?)"
)
_QUOTED = re.compile(r"(?<!\w)'[^']*'(?!\w)|\"[^\"]*\"")
_AFTER_TABLE = re.compile(rf"{_TABLE} (?=\S*[_*]|[`\"'\[(]*[A-Z]{{2}})[^\s,;:]+")
_TABLE_WORDS = frozenset(("table", "tables", "relation", "collection"))


class Keys(dict[str, str]):
    """Makes keys; as a mapping it holds every word met, masked.

    Bounded: identifiers, which do not come back, are not kept, and a full mapping starts anew.
    """

    def __missing__(self, word: str) -> str:
        masked, keep = self._mask(word)
        if keep:
            if len(self) >= _WORDS_KEPT:
                self.clear()
            self[word] = masked
        return masked

    def _mask(self, word: str) -> tuple[str, bool]:
        if _PLAIN_WORD.match(word):
            bare = word.rstrip(".,;:!?)").lower()
            if bare in _TABLE_WORDS:
                return word + _TABLE, True
            return (CODED + word if _CODE_HEAD.match(word) else word), True
        ids = False
        coded = _CODE_HEAD.search(word) is not None

        def mask(found: re.Match[str]) -> str:
            nonlocal ids
            kind = found.lastgroup
            ids = ids or kind == "id"
            return found[0] if kind == "code" else MASK

        masked = _VARYING.sub(mask, word)
        return (CODED + masked if coded else masked), not ids

    def key(self, message: str) -> str:
        """The key of a message without stack frames."""
        shape = message.translate(_DIGITS)
        coded = False
        if "'" in shape or '"' in shape:
            coded = _CODE_HEAD.search(shape) is not None
            shape = _QUOTED.sub(MASK, shape)
        key = " ".join(map(self.__getitem__, shape.split()))
        if _TABLE in key:
            key = _AFTER_TABLE.sub(f"{_TABLE} {MASK}", key)
        if coded or CODED in key:
            return f"{key}{CODED} {' '.join(codes_in(message))}"
        return key


# -- samples -----------------------------------------------------------------------------------

_LONG_ID = re.compile(
    r"(?<![A-Za-z0-9])([0-9a-zA-Z]{8})-(?:[0-9a-zA-Z]{4}-){3}[0-9a-zA-Z]{12}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])((?=[a-f]*\d)[0-9a-f]{8})[0-9a-f]{8,}(?![A-Za-z0-9])"
)


def shorten_ids(message: str) -> str:
    """The message with each long identifier cut to its first eight characters."""
    return _LONG_ID.sub(lambda found: f"{found[1] or found[2]}…", message)


def template(sample: str, keys: Keys) -> str:
    """A sample with what varies masked, as a reader sees it."""
    words = keys.key(sample).partition(f"{CODED} ")[0]
    return words.replace(CODED, "").replace(_TABLE, "")
