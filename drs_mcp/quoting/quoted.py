"""Third-party text, made fit to show: `Quoted` redacts, masks, sanitises, then caps.

Log lines, names, descriptions, error messages and SQL are written by others and read by a model.
They pass through here and nowhere else; our own sentences never contain them (but for names in
identifier form, see `as_identifier`).
"""

import re
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from drs_mcp.ledger import ledger
from drs_mcp.quoting.invisible import sanitise

HIDDEN = "***"
DEFAULT_CAP = 400

_IDENTIFIER = re.compile(r"[A-Za-z0-9_.$-]{1,64}")

# -- secrets ---------------------------------------------------------------------------------

_KEY_WORDS = (
    r"pass(?:word|wd|phrase)?|pwd|secret(?:[_-]?(?:access[_-]?)?key)?|access[_-]?key(?:[_-]?id)?"
    r"|private[_-]?key|api[_-]?key|(?:auth|security|subject|session|access|id)?[_-]?token"
    r"|authorization|credentials?|cert(?:ificate)?[_-]?key|signature|(?<![a-z])[as]k"
)
# A secret word that ends a key, its separator, and the value up to where it plainly ends. What the
# key begins with is looked at afterwards: to match it here costs the square of a long word's length.
_ASSIGNED = re.compile(
    rf"(?P<key>(?:{_KEY_WORDS})(?:[_-]?\d+)?)"
    r"(?P<quote>[\"']?)(?P<eq>\s*(?:=|:|=>)\s*)"
    r"(?P<value>(?:(?:Bearer|Basic)\s+)?(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|''|[^'\\])*'|[^\s,;&)\]}\"']+))",
    re.IGNORECASE,
)
_KEY_HEAD = re.compile(r"[\w.-]*\Z")
_LONGEST_KEY = 128
_NOT_SECRET_KEY = re.compile(r"(?:^|[._-])(?:is|set|has|with|count|min|max|num)[_-]", re.IGNORECASE)
# Headers, also as libraries show them: `(b'x-subject-token', b'…')`.
_HEADER = re.compile(
    r"(?P<head>\b(?:x-(?:\w{1,20}-){1,3}token|(?:proxy-)?authorization)['\"]?"
    r"\s*(?:[:=]|,(?=\s*b?['\"]))\s*(?:b(?=['\"]))?)"
    r"(?:'[^']*'|\"[^\"]*\"|SDK-HMAC-SHA256[^\r\n'\"]*"
    r"|(?:(?:Bearer|Basic|Digest)\s+)?[^\s,;&)\]}'\"]+)",
    re.IGNORECASE,
)
_BEARER = re.compile(r"(?P<head>\b(?:Bearer|Basic)\s+)(?=\S*\d)[\w.~+/=-]{8,}", re.IGNORECASE)
_IDENTIFIED = re.compile(
    r"(?P<head>\bIDENTIFIED\s+(?:WITH\s+\S+\s+)?(?:BY|AS)(?:\s+(?:PASSWORD|VALUES))?\s+"
    r"|\bPASSWORD\s+FOR\s+\S+\s*=\s*(?=['\"])"
    r"|\bPASSWORD(?:\s+|\s*\(\s*)(?=['\"]))"
    r"(?:'(?:''|\\.|[^'\\])*'|\"(?:\"\"|\\.|[^\"\\])*\"|[^\s;,)]+)",
    re.IGNORECASE,
)
# A password may hold @ and /; a port followed by a path is none.
_USERINFO = re.compile(
    r"(?P<scheme>\b[a-z][a-z0-9+.-]{1,20}://)"
    r"(?:[^\s/:@'\"]{0,128}:(?!\d{1,5}[/?#])[^\s'\"]{1,256}@(?=[\w.\[-])|[^\s/@'\"]{1,256}@)",
    re.IGNORECASE,
)
_JDBC = re.compile(
    r"(?P<url>\bjdbc:[a-z0-9:]{1,64}(?://|@)[^\s?;'\"]{1,512})[?;][^\s'\"]*", re.IGNORECASE
)
_JDBC_ORACLE = re.compile(
    r"(?P<head>\bjdbc:oracle:[a-z0-9]+:)[^\s/@]{1,128}/\S{1,256}@", re.IGNORECASE
)
_USER = re.compile(r"(?P<head>\buser(?:name)?\s*=\s*)(?P<value>[^\s,;&)\]}]+)", re.IGNORECASE)
_PEM = re.compile(
    r"-----BEGIN [A-Z0-9 ]{1,40}-----.*?(?:-----END [A-Z0-9 ]{1,40}-----|\Z)", re.DOTALL
)
_LONG_TOKEN = re.compile(
    r"\b(?:MII[A-Za-z0-9+/=_-]{60,}|gAAAAA[A-Za-z0-9=_-]{60,}"
    r"|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_.-]{20,})"
)
# A cheap check before eight regular expressions: most text has none of these.
_MAYBE_SECRET = re.compile(
    r"pass|pwd|secret|key|token|auth|cred|sign|://|jdbc:|user|-----|MII|eyJ|gAAAAA|identified"
    r"|bearer|basic|\b[as]k\b",
    re.IGNORECASE,
)

# -- SQL -------------------------------------------------------------------------------------

_SQL_START = re.compile(
    r"\b(?:INSERT\s+(?:IGNORE\s+)?INTO|REPLACE\s+INTO|UPDATE\s+[`\"\w.]+\s+SET|DELETE\s+FROM"
    r"|MERGE\s+INTO|VALUES?\s*\(|WHERE\s)",
    re.IGNORECASE,
)
_SELECT = re.compile(r"\bSELECT\s", re.IGNORECASE)
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)
_SQL_STRING = re.compile(r"[NEBX]?'(?:''|\\.|[^'\\])*(?:'|\Z)", re.IGNORECASE)
_SQL_NUMBER = re.compile(
    r"(?<![\w.`\"$?])-?(?:0x[0-9a-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?![\w.`\"])", re.IGNORECASE
)
# Database errors that quote a row's value outside of any statement.
_ERROR_VALUE = re.compile(
    r"(?P<head>\bDuplicate entry |\b(?:Incorrect|Truncated incorrect|Invalid)\s+[\w ]{1,40}?value:? )"
    r"'(?:\\.|[^'\\])*'",
    re.IGNORECASE,
)
_PG_KEY = re.compile(r"(?P<head>\bKey \([^)]{1,200}\)=)\((?:[^)]{0,2000})\)")
_PG_ROW = re.compile(r"(?P<head>\bFailing row contains )\(.{0,4000}?\)(?=[.\s]|\Z)", re.DOTALL)
_PG_SYNTAX = re.compile(r"(?P<head>\binvalid input syntax for (?:type )?[\w ]{1,40}: )\"[^\"]*\"")
_MAYBE_SQL = re.compile(
    r"insert|replace|update|delete|select|merge|values?|where|duplicate entry|key \(|failing row"
    r"|invalid input",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """Hide secrets: assigned passwords and keys, userinfo and JDBC options, PEM, long tokens."""
    if not _MAYBE_SECRET.search(text):
        return text
    text = _PEM.sub(HIDDEN, text)
    text = _JDBC_ORACLE.sub(rf"\g<head>{HIDDEN}@", text)
    text = _JDBC.sub(r"\g<url>", text)
    text = _USERINFO.sub(rf"\g<scheme>{HIDDEN}@", text)
    text = _IDENTIFIED.sub(rf"\g<head>{HIDDEN}", text)
    text = _HEADER.sub(rf"\g<head>{HIDDEN}", text)
    text = _BEARER.sub(rf"\g<head>{HIDDEN}", text)
    text = _ASSIGNED.sub(_hide_assigned, text)
    text = _USER.sub(rf"\g<head>{HIDDEN}", text)
    return _LONG_TOKEN.sub(HIDDEN, text)


def _hide_assigned(match: re.Match[str]) -> str:
    before = match.string[max(match.start() - _LONGEST_KEY, 0) : match.start()]
    head = _KEY_HEAD.search(before)
    key = f"{head[0] if head else ''}{match['key']}"
    if _NOT_SECRET_KEY.search(key) or match["value"].upper() in ("YES", "NO"):
        return match[0]
    return f"{match['key']}{match['quote']}{match['eq']}{HIDDEN}"


def mask_literals(text: str) -> str:
    """Replace the values inside SQL and database errors by `?`; names stay."""
    if not _MAYBE_SQL.search(text):
        return text
    text = _ERROR_VALUE.sub(r"\g<head>?", text)
    text = _PG_KEY.sub(r"\g<head>(?)", text)
    text = _PG_ROW.sub(r"\g<head>(?)", text)
    text = _PG_SYNTAX.sub(r"\g<head>?", text)
    start = _statement(text)
    if start is None:
        return text
    return text[:start] + _SQL_NUMBER.sub("?", _SQL_STRING.sub("?", text[start:]))


def _statement(text: str) -> int | None:
    """Where the first SQL statement begins."""
    begins = [found.start() for found in (_SQL_START.search(text),) if found]
    select = _SELECT.search(text)
    # What comes from somewhere after a later SELECT does so after the first one too.
    if select and _FROM.search(text, select.end()):
        begins.append(select.start())
    return min(begins, default=None)


def quote(value: object, cap: int = DEFAULT_CAP) -> str:
    """Third-party text as it may be shown: redacted, masked, sanitised, at most *cap* long."""
    text = value if isinstance(value, str) else str(value)
    if len(text) > cap * 20:  # a 100 kB line need not be searched to its end
        text = text[: cap * 20]
    if not is_plain(text):
        # Sanitised before the search too: an invisible character must not split a secret's name.
        clean = sanitise(text)
        shown = sanitise(mask_literals(redact(clean)))
        if (book := ledger()) is not None:
            book.count_text(text, clean, shown)
        text = shown
    return text if len(text) <= cap else text[: cap - 1].rstrip() + "…"


_PLAIN = re.compile(r"[A-Za-z0-9_.$:/#+-]{0,64}\Z")


def is_plain(text: str) -> bool:
    """Whether it is one name, number or time, as most cells are: nothing to hide, drop or mask."""
    return _PLAIN.match(text) is not None and not _MAYBE_SECRET.search(text)


def as_identifier(name: object) -> str | None:
    """A name in identifier form, which alone may stand in our own sentences; else None."""
    return name if isinstance(name, str) and _IDENTIFIER.fullmatch(name) else None


class Quote:
    """Pydantic's view of third-party text: any scalar in, a safe string of at most *cap* out."""

    def __init__(self, cap: int = DEFAULT_CAP) -> None:
        self.cap = cap

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Quote before validation, so that nothing unquoted ever sits in a model."""
        return core_schema.no_info_before_validator_function(
            lambda value: None if value is None else quote(value, self.cap), handler(source)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """A string, as the wire sees it."""
        return handler(schema)


Quoted = Annotated[str, Quote()]
"""Third-party text of up to 400 characters."""

Name = Annotated[str, Quote(128)]
"""A third-party name (task, database, table, user) or pass-through enum value."""

Excerpt = Annotated[str, Quote(240)]
"""A log line or error message, short enough to stand in a table."""
