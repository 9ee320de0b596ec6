"""A secret that is named: `password=…`, `"pwd": "…"`, `<secret>…</secret>`, `--password …`, `密码：…`.

Key, separator, value and what stands around them are weighed together: a name that always names a
secret hides any value but a flag, a state (`password: expired`) or a placeholder; one that only may
(`pass`, `token`, `sk`) hides what looks like a secret.
"""

import re
from typing import Final

from drs_mcp.quoting.secrets.keys import CJK_KEYS, Weight, weigh
from drs_mcp.quoting.secrets.values import QUOTE, Scan, Span, bare, is_empty, opening, quoted
from drs_mcp.quoting.secrets.weighing import PARSER, PLAIN_WORD, PREFIX, STATE, Key, assigned

_IDENT = r"(?:[a-z0-9_]|[.\-](?=[a-z0-9_])){1,64}+"
_CLOSE = rf"(?P<close>{QUOTE}?)[\])]{{0,2}}+"
_SIGN = (
    r"(?:=>|->|:=|={1,3}|:(?!:)|[：＝→﹦︰]|%(?:25)*+3[ad](?:%(?:25)*+20|\+)?"
    r"|&(?:#61|#x3d|equals|#58|#x3a|colon);|\\++u003[ad])"
)
_WHOSE = (
    r"(?:\s(?:for|of)\s(?:(?:user|account|login|role)\s)?"
    r"(?:'[^'\n]{0,80}'(?:@'[^'\n]{0,80}')?|[^\s:='\"]{1,64}|\"[^\"\n]{0,80}\")"
    r"|\s?[\[(][^()\[\]\n]{0,40}+[)\]])"
)
_AFTER = re.compile(
    rf"(?P<name>{_IDENT})(?:\sid(?=\s?[:=]))?{_CLOSE}(?:"
    rf"(?P<gap>\s*+)(?:(?P<assign>{_SIGN})\s*+"
    r"|(?P<call>(?<=\w)\()\s*+"
    r"|(?P<list>,)\s*+(?=[bnu\"'`\\&%“])"
    rf"|(?P<php>;s:)(?=\d{{1,9}}:\\*+\")"
    rf"|(?P<tag>>|&gt;|\\++u003e)"
    r"|(?P<prose>(?<=\s)(?:is|was)\s(?:set\sto\s|now\s)?\s*+|为|是|は)"
    r"|(?P<space>(?<=\s))|(?P<other>(?=[\[(;,])))"
    r")"
)
_OF = re.compile(rf"{_WHOSE}\s?(?P<sign>{_SIGN}|is\s)\s*+")
_FIELD = rf"{QUOTE}?(?:[a-z]{{1,20}}_?)??(?:value|val|content|current){QUOTE}?\s*+(?:=>|=|:)\s*+"
_BETWEEN = (
    rf"(?:[,;\s]\s*+{QUOTE}?[a-z_]{{1,20}}+{QUOTE}?\s?[:=]\s?{QUOTE}?[\w.\-]{{0,40}}+{QUOTE}?)"
)
_PAIR = re.compile(rf"{_BETWEEN}{{0,2}}[,;]?\s*{_FIELD}")
_IS_VALUE = re.compile(rf"[=:]\s?{QUOTE}?\Z")
_ATTRIBUTES = re.compile(r"\s[^<>\n]{0,200}+>")
_CJK_AFTER = re.compile(
    rf"(?P<name>{'|'.join(CJK_KEYS)})(?:id)?(?P<close>{QUOTE}?)\s*+(?:(?P<assign>{_SIGN}|为|是|は|는)\s*+|(?={QUOTE})"
    r"|(?=[!-~]{0,32}?[a-z][!-~]{0,32}?\d[!-~]|[!-~]{0,32}?\d[!-~]{0,32}?[a-z])"
    r"(?![a-z]{2,6}-?\d{3,5})(?=[!-~]{6}))"
)
_IDENTIFIER = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
_LONGEST_HEAD = 128


def named(scan: Scan, at: int) -> tuple[Span, ...]:
    """The secret whose name holds the trigger word at *at*, if its value follows."""
    after = _AFTER.match(scan.low, at)
    if after is None:
        return ()
    how = after.lastgroup or ""
    if how == "space" and not _may_follow_space(scan, after):
        return ()
    head = _head(scan, at)
    start = at - len(head)
    if head and start > scan.pos and scan.text[start - 1] == "\\":
        escape = 5 if head[0] == "u" else 1  # \u003c, or the n of an escaped line break
        head, start = head[escape:], start + escape
    name = head + scan.text[at : after.end("name")]
    if name.isalpha() and not after["close"]:
        outer = scan.text[max(scan.pos, start - 40) : start]
        weight = weigh(name, _phrase(outer) if outer[-1:] in _JOINTS else "")
    else:
        weight = weigh(name)
    key = Key(name, weight, start, after.end("close"), is_quoted=bool(after["close"]))
    return _READERS[how](scan, after, key) if weight is not Weight.NONE or how == "call" else ()


_JOINTS = (" ", "\t", "-")


def _phrase(outer: str) -> str:
    """The last two words of *outer* if blanks alone join them to what follows."""
    words = outer.replace("-", " ").split()[-2:]
    return " ".join(words) if words and words[-1].isalpha() else ""


def _head(scan: Scan, at: int) -> str:
    """The beginning of the identifier that goes on at *at*."""
    if at == scan.pos or scan.text[at - 1] not in _IDENTIFIER:
        return ""
    tail = scan.text[max(scan.pos, at - _LONGEST_HEAD) : at]
    return tail[len(tail.rstrip(_IDENTIFIER)) :].lstrip(".-")


def _by_sign(scan: Scan, after: re.Match[str], key: Key) -> tuple[Span, ...]:
    """`key=value` in all its spellings."""
    if _empty_line(scan, after):
        return ()
    key.sign = after["assign"]
    return assigned(scan, after.end(), key)


def _by_prose(scan: Scan, after: re.Match[str], key: Key) -> tuple[Span, ...]:
    """`the password is …`."""
    key.is_prose = True
    return assigned(scan, after.end(), key)


def _by_length(scan: Scan, after: re.Match[str], _: Key) -> tuple[Span, ...]:
    """PHP's `s:8:"password";s:4:"…"`, hidden with its length."""
    at = after.end()
    mark = scan.text.index('"', at)
    quote = '\\"' if scan.text[mark - 1] == "\\" else '"'
    end = quoted(scan, mark + 1, quote).end + len(quote)
    return (Span(at, min(end, len(scan.text))),)


def _by_gap(scan: Scan, after: re.Match[str], key: Key) -> tuple[Span, ...]:
    """What stands behind blanks: a value, or whose password it is, or a field that holds it."""
    at = after.end()
    if not after["gap"] or not (found := _after_space(scan, at, key)):
        found = _by_owner(scan, key) or _by_pair(scan, key)
    return found or _by_attributes(scan, key)


def _by_owner(scan: Scan, key: Key) -> tuple[Span, ...]:
    """`password for user root: …`, `password (root): …`."""
    whose = _OF.match(scan.low, key.end)
    if whose is None or key.weight is Weight.WEAK:
        return ()
    key.is_prose = True
    return assigned(scan, whose.end(), key)


def _by_pair(scan: Scan, key: Key) -> tuple[Span, ...]:
    """`{"name": "password", "value": "…"}`, `name=password value=…`."""
    if not _IS_VALUE.search(key.outside(scan, 12).lower()):
        return ()
    field = _PAIR.match(scan.low, key.end)
    if field is None:
        return ()
    key.sign = "="
    return assigned(scan, field.end(), key)


def _by_attributes(scan: Scan, key: Key) -> tuple[Span, ...]:
    """`<password type="text">…`."""
    tag = _ATTRIBUTES.match(scan.low, key.end)
    if tag is None or key.is_quoted or key.weight is not Weight.STRONG or tag[0].endswith("/>"):
        return ()
    return _element(scan, tag.end(), key)


def _by_tag(scan: Scan, after: re.Match[str], key: Key) -> tuple[Span, ...]:
    """`<password>…`, `<entry key="password">…`."""
    return _element(scan, after.end(), key) if key.weight is Weight.STRONG else ()


def _by_list(scan: Scan, after: re.Match[str], key: Key) -> tuple[Span, ...]:
    """`("password", "…")`, or a pair of fields."""
    return _by_pair(scan, key) or (_listed(scan, after.end(), key) if key.is_quoted else ())


_NEXT_LINE = re.compile(r"[ \t]*(?:[\w.\- ]{1,40}+[\"']?\s?[:=]|[#\[<\-]|\d{4}-\d\d-\d\d)")


def _empty_line(scan: Scan, after: re.Match[str]) -> bool:
    """Whether the value is missing: the next line, or word, is a key of its own."""
    gap = scan.text[after.end("assign") : after.end()]
    if "\n" in gap:
        return _NEXT_LINE.match(scan.low, after.end()) is not None
    if gap and after["assign"] == "=" and after.start("assign") == after.end("close"):
        return _ASSIGNMENT.match(scan.low, after.end()) is not None
    return False


_ASSIGNMENT = re.compile(r"[a-z_]{2,32}=[^\s=]")

# -- names without a separator ---------------------------------------------------------------

_ELEMENT = re.compile(r"(?:<|&lt;|\\u003c)(?:[a-z_][\w\-]{0,32}:)?\Z")
_CDATA = re.compile(r"\s*+(?:<!\[cdata\[|&lt;!\[cdata\[)")
_TEXT_ENDS: Final = ("<", "&lt;", "\\u003c", "]]>", "]]&gt;")
_TAG_END = re.compile(r"(?:<|&lt;|\\++u003c)\s?\\*/|\]\]")


def _element(scan: Scan, at: int, key: Key) -> tuple[Span, ...]:
    """What an XML element holds from *at* on."""
    if not key.is_quoted and not _ELEMENT.search(key.outside(scan, 48).lower()):
        return ()
    if cdata := _CDATA.match(scan.low, at):
        at = cdata.end()
    at += len(scan.text[at : at + 64]) - len(scan.text[at : at + 64].lstrip())
    end = min(scan.find(sign, at) for sign in _TEXT_ENDS)
    if end == len(scan.text):
        return (bare(scan, at, key.start),) if at < end else ()
    if end == at or not _TAG_END.match(scan.low, end):
        return ()
    return (Span(at, at + len(scan.text[at:end].rstrip())),)


_SETTER = re.compile(r"(?:.*\.)?(?:set|with|has|is)_?(?=[A-Za-z])")


def _by_call(scan: Scan, after: re.Match[str], key: Key) -> tuple[Span, ...]:
    """The argument of `PASSWORD('…')`, `setPassword("…")`."""
    mark = opening(scan, after.end())
    if mark is None:
        return _by_gap(scan, after, key)
    if weigh(_SETTER.sub("", key.name, count=1)) is not Weight.STRONG:
        return ()
    return () if is_empty(scan, mark.end(), mark[0]) else (quoted(scan, mark.end(), mark[0]),)


_DIRECTIVES = ("requirepass", "masterauth", "primaryauth", "bindpw", "rootpw", "auth-pass")
_SQL_QUOTE = re.compile(rf"(?:for\s\S{{1,128}}\s?=\s?)?[neb]?(?P<quote>{QUOTE}|\$\w{{0,16}}\$)")
_OPTION = re.compile(r"(?:^|[\s\"'\[(,=])--?\Z")
_LOGIN = re.compile(r"(?:\b(?:machine\s+\S+|login\s+\S+|user(?:name)?\s+\S+))\s+\Z", re.IGNORECASE)
_REDIRECTION = re.compile(r"-|[|;><&)\]}]|\\?[\"']?(?:\s|\Z)")


def _may_follow_space(scan: Scan, after: re.Match[str]) -> bool:
    """A cheap look: most names that blanks follow are words of a sentence."""
    low, at = scan.low, after.end()
    if low[at : at + 1] in _AFTER_SPACE or low.startswith(_OWNER_WORDS, at):
        return True
    start = after.start()
    if low[at : at + 1] in "vct" and scan.pos < start and low[start - 1] in "\"'=: _":
        return True
    if low[start - 1 : start] in ("-", ".") or after["name"].endswith(_DIRECTIVES):
        return True
    tail = low[max(scan.pos, start - _LONGEST_HEAD) : start]
    return any(word in tail for word in _BEFORE_SPACE)


_AFTER_SPACE = ("'", '"', "`", "$", "[", "(", "\\", "“", "&")
_OWNER_WORDS = ("for ", "of ", "n'", "e'")
_BEFORE_SPACE = ("machine", "login", "user", "<", "-", "name", "require", "master", "root", "bind")


def _after_space(scan: Scan, at: int, key: Key) -> tuple[Span, ...]:
    """A value that only blanks part from its name: an option, a directive, SQL's PASSWORD '…'."""
    own = key.name.lower()
    if own.endswith(_DIRECTIVES):
        return _directive(scan, at, own)
    if key.weight is not Weight.STRONG or key.is_quoted:
        return ()
    outside = key.outside(scan, 200)
    if _OPTION.search(outside):
        return _directive(scan, at, own)
    if mark := _SQL_QUOTE.match(scan.low, at):
        quote = mark["quote"]
        if is_empty(scan, mark.end(), quote) or PARSER.search(outside[-80:].lower()):
            return ()
        if quote.startswith("$"):
            return (Span(mark.end(), scan.find(quote, mark.end())),)
        return (quoted(scan, mark.end(), quote),)
    if (login := _LOGIN.search(outside)) and own.endswith(("password", "secret", "pwd")):
        certain = login[0].lower().startswith("machine") or "machine" in outside.lower()
        if STATE.match(scan.low, at) or (not certain and PLAIN_WORD.match(scan.text, at)):
            return ()
        span = bare(scan, at, at)
        return (span,) if span.end > span.start else ()
    if "." in own and not PLAIN_WORD.match(scan.text, at) and not STATE.match(scan.low, at):
        return _directive(scan, at, own)  # a line of Java's properties
    return ()


_MASTER = re.compile(r"\S{1,128}\s")


def _directive(scan: Scan, at: int, own: str) -> tuple[Span, ...]:
    if own.endswith("auth-pass"):  # sentinel auth-pass <master> <password>
        found = _MASTER.match(scan.text, at)
        at = found.end() if found else at
    if _REDIRECTION.match(scan.low, at):
        return ()
    if (mark := opening(scan, at)) is not None:
        return () if is_empty(scan, mark.end(), mark[0]) else (quoted(scan, mark.end(), mark[0]),)
    if own in ("requirepass", "masterauth") and STATE.match(scan.low, at):
        return ()
    span = bare(scan, at, at)
    return (span,) if span.end > span.start else ()


_COLUMN = re.compile(r"[a-z_][a-z_ ]{0,40}(?=[\"'`\\])")
_PAIRED = re.compile(r"[(\[{]\s?[bnu]?\\*[\"'`]\Z")
_OPTION_IN_LIST = re.compile(r"[\"'`]--?\Z")


def _listed(scan: Scan, at: int, key: Key) -> tuple[Span, ...]:
    """A pair: `('password', 'x')`, `(b'x-auth-token', b'x')`, `"--password", "x"`."""
    if key.weight is Weight.WEAK:
        return ()
    outside, own = key.outside(scan, 16), key.name.lower()
    if prefix := PREFIX.match(scan.low, at):
        at = prefix.end()
    mark = opening(scan, at)
    if mark is None or is_empty(scan, mark.end(), mark[0]):
        return ()
    option = _OPTION_IN_LIST.search(outside)
    header = key.weight in (Weight.HEADER, Weight.COOKIE) or own.startswith("x-")
    paired = _PAIRED.search(outside)
    directive = own in _DIRECTIVES
    if not (option or header or directive or paired):
        return ()
    if not (option or header or directive) and _COLUMN.match(scan.text, mark.end()):
        return ()
    return (quoted(scan, mark.end(), mark[0]),)


def named_in_cjk(scan: Scan, at: int) -> tuple[Span, ...]:
    """The secret that a Chinese, Japanese or Korean name at *at* names."""
    after = _CJK_AFTER.match(scan.low, at)
    if after is None:
        return ()
    end = after.end("name")
    key = Key(after["name"], Weight.STRONG, at, end, is_quoted=bool(after["close"]))
    key.sign = after["assign"] or "="
    return assigned(scan, after.end(), key)


_READERS: Final = {
    "assign": _by_sign,
    "call": _by_call,
    "list": _by_list,
    "php": _by_length,
    "tag": _by_tag,
    "prose": _by_prose,
    "space": _by_gap,
    "other": _by_gap,
}
