"""Secrets whose name only a blank parts from them: options, directives, fields of a list, prose."""

import re

from drs_mcp.quoting.hidden import HIDDEN
from drs_mcp.quoting.secrets.bare import bare
from drs_mcp.quoting.secrets.expressions.powershell import is_command
from drs_mcp.quoting.secrets.keys import PASSWORDS, Weight
from drs_mcp.quoting.secrets.sentences.counts import is_told_of_table
from drs_mcp.quoting.secrets.sentences.judged import if_drawn
from drs_mcp.quoting.secrets.values import QUOTE, Scan, Span, is_empty, opening, quoted
from drs_mcp.quoting.secrets.weighing import (
    DEFINED,
    FLAG,
    NUMERAL,
    PARSER,
    PLAIN_WORD,
    PREFIX,
    STATE,
    TYPE,
    Key,
    as_python_quotes,
    looks_secret,
)

_LONGEST_HEAD = 128
DIRECTIVES = ("requirepass", "masterauth", "primaryauth", "bindpw", "rootpw", "auth-pass")
_SQL_QUOTE = re.compile(
    rf"(?:for\s\S{{1,128}}\s?=\s?)?(?:(?:encrypted|hash(?:ed)?|sha\d{{1,3}}|sm3|md5)\s)?"
    rf"(?:(?:[neb]|u&)?(?P<quote>{QUOTE})|(?P<dollars>\$\w{{0,16}}\$))"
)
_OPTION = re.compile(r"(?:^|[\s\"'\[(,=])--?\Z")
_LOGIN = re.compile(
    r"\b(?:machine|login|user(?:name|id)?|(?:asm|mining)user|connect\s[^\n]{1,160}?\sas)\s+\S+\s+\Z",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:expired?|history|reuse|require|lifetime|lock(?:_time)?|unlock|disable|enable|null|never|default|optional)"
    r"(?=[\s;,.)\"'`]|\Z)"
)
"""What SQL says of a password behind the word PASSWORD: `PASSWORD EXPIRE INTERVAL 90 DAY`."""
_CIPHER = r"(?:,\s?|\s)(?:encryptkey|aes\d|blowfish)"
_ENCIPHERED = re.compile(rf"\S{{1,128}}?{_CIPHER}", re.IGNORECASE)
_ENDED = re.compile(
    rf"[A-Za-z]++(?:[ \t]*+(?:;[ \t]*+)?(?:\r?\n|\Z)|{_CIPHER}|\s(?:alias|domain|proxy)\s|\s!(?:\s|\Z))",
    re.IGNORECASE,
)
"""The last word of a statement, or of a parameter of GoldenGate."""
_OBJECTS = ("secret", "secrets", "credential", "credentials")
_OBJECT = re.compile(
    r"\\*+[\"'][a-z0-9][\w.\-]{0,252}\\*+[\"'](?::\sthe\sobject\s|\s(?:is\s|was\s)?(?:not\sfound|cannot\sbe\sfound|does\snot\sexist|in\snamespace|already\sexists|forbidden|deleted|created"
    r"|configured|unchanged|patched|updated|annotated|labeled))"
)
"""How Kubernetes and SQL Server name an object: `secrets "mysql-root" not found`."""
_KEYS_OF_SERVER = re.compile(
    r"\b(?:a?symmetric|(?:database|service|column)\s(?:master|encryption))\s\Z"
)
"""Before the word key, behind which SQL Server names a key: `symmetric key 'k1'`."""
_REDIRECTION = re.compile(r"-|[|;><&)\]}]|\\?[\"']?(?:\s|\Z)")


def may_follow_space(scan: Scan, after: re.Match[str]) -> bool:
    """A cheap look: most names that blanks follow are words of a sentence."""
    low, at = scan.low, after.end()
    if low[at : at + 1] in _AFTER_SPACE or low.startswith(_OWNER_WORDS, at):
        return True
    if scan.text.startswith("PASSWORD", at - 9) and OF_USER.match(scan.text, at - 1):
        return True
    start = after.start()
    if low[at : at + 1] in "vct" and scan.pos < start and low[start - 1] in "\"'=: _":
        return True
    if low[start - 1 : start] in ("-", ".") or after["name"].endswith(DIRECTIVES):
        return True
    if _DIGIT.search(low, at, at + _MIXED_REACH) is not None:
        return True
    tail = low[max(scan.pos, start - _LONGEST_HEAD) : start]
    return any(word in tail for word in _BEFORE_SPACE)


OF_USER = re.compile(r"\s(?P<user>[a-z_][a-z0-9_]{1,32})\s=\s(?=\S)")
"""As Elasticsearch prints them: `PASSWORD elastic = …`."""
_AFTER_SPACE = ("<", "%", "'", '"', "`", "$", "[", "(", "\\", "“", "&")
_OWNER_WORDS = ("for ", "of ", "to '", 'to "', "n'", "e'")
_BEFORE_SPACE = (
    "machine",
    "login",
    "user",
    " as ",
    "<",
    "-",
    "name",
    "require",
    "master",
    "root",
    "bind",
)


def after_space(  # noqa: C901, PLR0912  one table of cases, read from top to bottom
    scan: Scan, at: int, key: Key
) -> tuple[Span, ...]:
    """A value that only blanks part from its name: an option, a directive, SQL's PASSWORD '…'."""
    own = key.name.lower()
    if own.endswith(DIRECTIVES):
        return _directive(scan, at, own)
    if key.weight is Weight.WEAK and own.endswith(_SHORT) and not key.is_quoted:
        return _of_weak_option(scan, at, key) or _beside_user(scan, at, key)
    if key.is_quoted:
        return _of_quoted_option(scan, at, key)
    if key.weight is not Weight.STRONG:
        return ()
    outside = key.outside(scan, 200)
    if _OPTION.search(outside):
        return _directive(scan, at, own)
    if mark := _SQL_QUOTE.match(scan.low, at):
        quote = mark["quote"] or mark["dollars"]
        if own in _OBJECTS and _OBJECT.match(scan.text, at):
            return ()
        if own == "key" and _KEYS_OF_SERVER.search(outside.lower()):
            return ()
        if is_empty(scan, mark.end(), quote) or PARSER.search(outside[-80:].lower()):
            return ()
        if quote.startswith("$"):
            return (Span(mark.end(), scan.find(quote, mark.end())),)
        if quote == '"':  # as in names: a backslash escapes nothing
            return (Span(mark.end(), double_quoted_end(scan, mark.end())),)
        return (quoted(scan, mark.end(), quote),)
    if TYPE.match(scan.low, at) or DEFINED.match(scan.low, at):
        return ()
    if is_told_of_table(scan, at, own, key.start):
        return ()
    if own.endswith(("password", "secret", "pwd")) and _LOGIN.search(outside):
        return _of_login(scan, at, outside)
    if own.endswith(PASSWORDS) and (angles := _IN_ANGLES.match(scan.text, at)):
        return (Span(*angles.span("value")),)
    if own.endswith(PASSWORDS) and _ENCIPHERED.match(scan.text, at):
        return _directive(scan, at, own)
    if own.endswith(PASSWORDS) and (formatted := _FORMATTED.match(scan.low, at)):
        return _argument_of_format(scan, formatted, outside)
    if _is_told(scan, at, own, outside):
        return _directive(scan, at, own)
    if "_" in own and len(own) > 8 and _MIXED_RUN.match(scan.low, at) and scan.low[at] != "(":
        if _OF_COLUMN.search(outside) or _ANOTHER_PAIR.match(scan.low, at):
            return ()
        return _directive(scan, at, own)
    if (
        "." in own
        and not scan.low.startswith("(", at)
        and not PLAIN_WORD.match(scan.text, at)
        and not STATE.match(scan.low, at)
    ):
        return _directive(scan, at, own)  # a line of Java's properties
    return ()


_NEXT_OPTION = re.compile(r"--?[a-z]")


def _of_quoted_option(scan: Scan, at: int, key: Key) -> tuple[Span, ...]:
    """`"--password" "SECRET"`, as a shell prints each argument of a command in quotes."""
    mark = opening(scan, at)
    is_named = key.weight is Weight.STRONG or key.name.lower().endswith(_SHORT)
    if mark is None or not is_named or not _OPTION_IN_LIST.search(key.outside(scan, 16)):
        return ()
    if _NEXT_OPTION.match(scan.low, mark.end()) or is_empty(scan, mark.end(), mark[0]):
        return ()
    return (quoted(scan, mark.end(), mark[0]),)


_SHORT = ("pass", "pw")
_FROM_ELSEWHERE = re.compile(r"(?:pass|env|file|fd):|stdin\b|\d{1,2}(?:\s|\Z)")
"""Where OpenSSL takes a password from; and how often a tool passes."""


def _of_weak_option(scan: Scan, at: int, key: Key) -> tuple[Span, ...]:
    """`plink -pw SECRET`, `--pass SECRET`."""
    if not _OPTION.search(key.outside(scan, 16)) or _FROM_ELSEWHERE.match(scan.low, at):
        return ()
    return () if STATE.match(scan.low, at) else _directive(scan, at, key.name.lower())


_USER = re.compile(
    r"(?:\b(?:user(?:name)?|login|account)(?:\sas)?|用户名?|账号|帐号)[ =:：]{1,2}"
    r"(?:'[^'\n]{1,64}'|\"[^\"\n]{1,64}\"|\S{1,64}),?\s(?:(?:and|with|/)\s)?\Z",
    re.IGNORECASE,
)


def _beside_user(scan: Scan, at: int, key: Key) -> tuple[Span, ...]:
    """`with user 'u' and pass 'SECRET'`; without quotes if it is no word."""
    mark = opening(scan, at)
    if not _USER.search(key.outside(scan)):
        return ()
    if mark is None:
        return if_drawn(scan, bare(scan, at, at), "password")
    return () if is_empty(scan, mark.end(), mark[0]) else (quoted(scan, mark.end(), mark[0]),)


def _of_login(scan: Scan, at: int, outside: str) -> tuple[Span, ...]:
    """`machine h login u password SECRET`, `USERID u, PASSWORD SECRET, AES128`, `user u password SECRET`."""
    if STATE.match(scan.low, at):
        return ()
    if "machine" not in outside.lower():
        if _CLAUSE.match(scan.low, at):
            return ()
        if PLAIN_WORD.match(scan.text, at) and not _ENDED.match(scan.text, at):
            return ()
    span = bare(scan, at, at)
    return (span,) if span.end > span.start else ()


def double_quoted_end(scan: Scan, at: int) -> int:
    """Where a name in SQL's double quotes ends, which are doubled in it."""
    end = scan.find('"', at)
    while scan.text.startswith('""', end):
        end = scan.find('"', end + 2)
    return end


_DIGIT = re.compile(r"\d")
_MIXED_REACH = 32
_MIXED_RUN = re.compile(r"(?=\S{0,64}?[a-z])(?=\S{0,64}?\d)(?![a-z]{2,6}-\d{3,})\S{6,}")
_OF_COLUMN = re.compile(r"\b(?:change|column)\s\Z", re.IGNORECASE)
_ANOTHER_PAIR = re.compile(r"[a-z_]{2,32}=[^\s=]")
_TELLS = re.compile(
    r"\b(?:with|using|and|by|the|new|old|temporary|initial|default|tried|sent|use)(?:\s\w{2,12})?,?\s\Z|,\s\Z"
)


def _is_told(scan: Scan, at: int, own: str, outside: str) -> bool:
    """`with password x7Gh,`, `PASSWORD x7Gh`, `password x7Gh` on a line of its own."""
    mixed = _MIXED_RUN.match(scan.low, at) if own.endswith(PASSWORDS) else None
    if mixed is None or STATE.match(scan.low, at) or NUMERAL.match(scan.low, at):
        return False
    if _TELLS.search(outside.lower()) or scan.before(at)[-2:-1].isupper():
        return True
    return outside.rstrip(" \t")[-1:] in ("", "\n") and scan.text[
        mixed.end() : mixed.end() + 1
    ] in (
        "",
        "\n",
        "\r",
    )


_IN_ANGLES = re.compile(r"<(?![A-Za-z_ /-]+>)(?P<value>[^<>\n]{4,128})>(?=[,.;:)]?(?:\s|\Z))")
_FORMATTED = re.compile(r"%[lis]\b[^'\n]{0,80}'")
_SPECIFIER = re.compile(r"%[lis]\b", re.IGNORECASE)
_ARGUMENT = re.compile(r"\s?,\s?(?P<quote>'?)(?:(?:[^',)]|'')*+)")


def _argument_of_format(scan: Scan, found: re.Match[str], outside: str) -> tuple[Span, ...]:
    """`format('ALTER ROLE %I PASSWORD %L', 'r', 'SECRET')`: the argument of its place."""
    head = outside.lower().rpartition("format(")
    if not head[1]:
        return ()
    at = found.end()
    for _ in _SPECIFIER.findall(head[2]):
        if (argument := _ARGUMENT.match(scan.low, at)) is None:
            return ()
        at = argument.end() + bool(argument["quote"])
    secret = _ARGUMENT.match(scan.low, at)
    if secret is None or not secret["quote"]:
        return ()
    return (quoted(scan, secret.end("quote"), "'"),)


_MASTER = re.compile(r"\S{1,128}\s")


def _directive(scan: Scan, at: int, own: str) -> tuple[Span, ...]:
    before = scan.before(at)[:-1].lower()
    if before.endswith(f"get {own}"):
        return ()
    if before.endswith("sentinel auth-pass"):  # sentinel auth-pass <master> <password>
        found = _MASTER.match(scan.text, at)
        at = found.end() if found else at
    if _REDIRECTION.match(scan.low, at) or is_command(scan, at):
        return ()
    if (mark := opening(scan, at)) is not None:
        return () if is_empty(scan, mark.end(), mark[0]) else (quoted(scan, mark.end(), mark[0]),)
    if own in ("requirepass", "masterauth") and STATE.match(scan.low, at):
        return ()
    span = bare(scan, at, at)
    return (span,) if span.end > span.start else ()


SETTER = re.compile(r"(?:\A.*\.)?(?:set|with|has|is)_?(?=[A-Za-z])")
_CLOSES = r"(?![)\]}\"',;.:!?]{0,3}(?:\s|\Z)|[)\]}]{0,2}[,;]\s?[A-Za-z_.]{2,32}[\[(=:])"
BRACKETED = re.compile(
    rf"\s?(?:\[(?!\\*[\"'`])(?P<square>(?:[^\s\[\]]|[\[\]]{_CLOSES}){{4,128}}+)\]"
    rf"|\((?!\\*[\"'`])(?P<round>(?:[^\s()]|[()]{_CLOSES}){{4,128}}+)\))(?!\s?[=:])"
)
_NO_SECRET = re.compile(r".*\.\w{1,5}:\d+|(?i:utf|latin|sha|md|aes|des|sm|base)[\-_]?\d+(?:mb\d)?")
_BESIDE = re.compile(r"[,;\s]+(?:[a-z]{1,12} )?[A-Za-z_.\-]{1,40}\[")


def in_brackets(scan: Scan, found: re.Match[str], key: Key) -> tuple[Span, ...]:
    """`password[SECRET]`, `password(SECRET)`: no word, type or number, or a pair that others are beside."""
    kind = found.lastgroup or ""
    start, end = found.span(kind)
    value, low = found[kind], scan.low
    if FLAG.match(low, start) or STATE.match(low, start) or TYPE.match(low, start):
        return ()
    if value == HIDDEN or NUMERAL.match(low, start) or _NO_SECRET.fullmatch(value):
        return ()
    if kind == "round" and SETTER.sub("", key.name, count=1).lower() not in PASSWORDS:
        return ()  # a method
    if key.weight is Weight.WEAK and not looks_secret(scan, start, key):
        return ()
    mixed = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    if key.weight is Weight.STRONG and kind == "square" and not mixed:
        is_word = value.islower() or start > key.end + 1
        mixed = not is_word or _BESIDE.match(scan.text, found.end()) is not None
    return (Span(start, end),) if mixed else ()


_COLUMN = re.compile(r"[a-z_][a-z_ ]{0,40}(?=[\"'`\\])")
_PAIRED = re.compile(r"[(\[{]\s?[bnu]?\\*[\"'`]\Z|\{\Z")
_OPTION_IN_LIST = re.compile(r"[\"'`]--?\Z")


_FIELD_NAME = re.compile(r"[a-z_]{2,40}\\*[\"']\s?:")


def in_list(scan: Scan, at: int, key: Key) -> tuple[Span, ...]:
    """A pair: `('password', 'x')`, `(b'x-auth-token', b'x')`, `"--password", "x"`."""
    outside, own = key.outside(scan, 16), key.name.lower()
    if key.weight is Weight.WEAK and not (own.endswith(_SHORT) and _OPTION_IN_LIST.search(outside)):
        return ()
    if prefix := PREFIX.match(scan.low, at):
        at = prefix.end()
    mark = opening(scan, at)
    if (
        mark is None
        or is_empty(scan, mark.end(), mark[0])
        or _FIELD_NAME.match(scan.low, mark.end())
    ):
        return ()
    option = _OPTION_IN_LIST.search(outside)
    header = key.weight in (Weight.HEADER, Weight.COOKIE) or own.startswith("x-")
    paired = _PAIRED.search(outside)
    directive = own in DIRECTIVES or scan.text[key.end : at].lstrip()[:1].isdigit()
    if not (option or header or directive or paired):
        return ()
    if not (option or header or directive) and _COLUMN.match(scan.text, mark.end()):
        return ()
    return (as_python_quotes(scan, quoted(scan, mark.end(), mark[0]), mark[0], key),)
