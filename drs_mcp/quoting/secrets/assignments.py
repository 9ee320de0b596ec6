"""A secret that is named: `password=…`, `"pwd": "…"`, `<secret>…</secret>`, `--password …`, `密码：…`.

Key, separator, value and what stands around them are weighed together: a name that always names a
secret hides any value but a flag, a state (`password: expired`) or a placeholder; one that only may
(`pass`, `token`, `sk`) hides what looks like a secret.
"""

import re
from typing import Final

from drs_mcp.quoting.secrets.bare import DRAWN_AMONG_PAIRS, bare
from drs_mcp.quoting.secrets.cells import (
    CELL,
    NAME_AND_VALUE,
    cell,
    content,
    element,
    value_before,
)
from drs_mcp.quoting.secrets.keys import Weight, weigh
from drs_mcp.quoting.secrets.locators import pgpass_line
from drs_mcp.quoting.secrets.sentences.echoed import echoed
from drs_mcp.quoting.secrets.sentences.judged import VERDICT, after_verdict, is_said, judged
from drs_mcp.quoting.secrets.sentences.moved import FROM, old_and_new, set_to, with_new
from drs_mcp.quoting.secrets.sentences.reasons import is_reason
from drs_mcp.quoting.secrets.spaced import (
    BRACKETED,
    DIRECTIVES,
    OF_USER,
    SETTER,
    after_space,
    in_brackets,
    in_list,
    may_follow_space,
)
from drs_mcp.quoting.secrets.values import COLOUR, QUOTE, Scan, Span, is_empty, opening, quoted
from drs_mcp.quoting.secrets.weighing import SIGN, Key, assigned

_IDENT = r"(?:[a-z0-9_\ufffd]|[.\-](?=[a-z0-9_])){1,64}+"
_COLOUR = rf"{COLOUR}?"
_CLOSE = rf"{_COLOUR}(?P<close>{QUOTE}?)(?:\s?(?P<brace>\}}{{1,2}}+|%>?)(?=\s?(?:{SIGN}))|[\])]{{0,2}}+){_COLOUR}"
_WHOSE = (
    r"(?:\s(?:for|of)\s(?:(?:user|account|login|role|key|file)\s)?"
    r"(?:'[^'\n]{0,80}'(?:@'[^'\n]{0,80}')?|[^\s:='\"]{1,64}|\"[^\"\n]{0,80}\")"
    r"|\s?[\[(](?!(?:\d{4,5}|[\dh][\dvyz][\da-z]\d\d)[)\]])[^()\[\]\n]{0,40}+[)\]])"
)
_TOLD = (
    r"(?:now\s)?(?:(?:re)?set\sto|changed\sto|updated\sto|rotated\sto)\s|now\s"
    r"|(?:auto-?)?generated\s(?:for\s\S{1,128}(?<=:)|for\s\S{1,128}\s?[:=])"
)
_AFTER = re.compile(
    rf"(?P<name>{_IDENT})(?:\sid(?=\s?[:=])|(?P<more>\sphrase)(?=\s?[:=]|\sfor\s))?{_CLOSE}(?:"
    rf"(?P<gap>\s*+)(?:(?P<assign>{SIGN})\s*+"
    r"|(?P<call>(?<=\w)\()\s*+"
    r"|(?P<list>,|(?<=\n)\d{1,4}\))\s*+(?=[bnu]{0,2}[\"'`\\&%“])"
    rf"|(?P<php>;s:)(?=\d{{1,9}}:\\*+\")"
    rf"|(?P<tag>>|&gt;|\\++u003e)"
    rf"|(?P<judged>{VERDICT})"
    rf"|(?P<prose>(?<=\s)(?:is|are|was|were|has\sbeen)(?:\s?[:=])?\s(?:{_TOLD})?\s*+|为|是|は)"
    rf"|(?P<cell>{CELL})"
    rf"|(?P<field>{NAME_AND_VALUE})"
    r"|(?P<space>(?<=\s))|(?P<other>(?=[\[(;,}/]|\Z)))"
    r")"
)
_OF = re.compile(rf"{_WHOSE}\s?(?P<sign>{SIGN}|is\s|to\s(?=['\"]))\s*+")
_FIELD = rf"{QUOTE}?(?:[a-z]{{1,20}}_?)??(?:value|val|content|current){QUOTE}?\s*+(?:=>|=|:)\s*+"
_BETWEEN = (
    rf"(?:[,;\s]\s*+{QUOTE}?[a-z_]{{1,20}}+{QUOTE}?\s?[:=]\s?{QUOTE}?[\w.\-]{{0,40}}+{QUOTE}?)"
)
_PAIR = re.compile(rf"{_BETWEEN}{{0,2}}?[,;]?\s*{_FIELD}")
_IS_VALUE = re.compile(rf"[=:]\s?{QUOTE}?\Z")
_ATTRIBUTES = re.compile(r"\s[^<>\n]{0,200}+>")
_IDENTIFIER = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
_LONGEST_HEAD = 128


def named(scan: Scan, at: int) -> tuple[Span, ...]:
    """The secret whose name holds the trigger word at *at*, if its value follows."""
    after = _AFTER.match(scan.low, at)
    if after is None:
        return ()
    how = after.lastgroup or ""
    if how == "space" and not may_follow_space(scan, after):
        return ()
    head = _head(scan, at)
    start = at - len(head)
    if head and start > scan.pos and scan.text[start - 1] == "\\":
        escape = 5 if head[0] == "u" else 1  # \u003c, or the n of an escaped line break
        head, start = head[escape:], start + escape
    name = (head + scan.text[at : after.end("name")]).replace("\ufffd", "")
    if after["more"]:
        name += "phrase"
    if name.isalpha() and not after["close"]:
        outer = scan.text[max(scan.pos, start - 40) : start]
        weight = weigh(name, _phrase(outer) if outer[-1:] in _JOINTS else "")
    else:
        weight = weigh(name)
    key = Key(name, weight, start, after.end("close"), is_quoted=bool(after["close"]))
    if after["brace"] and not key.outside(scan, 4).rstrip().endswith(
        ("${", "{{", "#{", "%{", "%", "%=")
    ):
        return ()
    if weight is Weight.NONE and how != "call":
        return _key_material(scan, after) if name.lower() == "key" else ()
    return _READERS[how](scan, after, key)


_MATERIAL = re.compile(r"\s?\\*\"(?=[a-z+/]*\d)(?=[\d+/]*[a-z])(?P<key>[a-z0-9+/]{32,}={0,2})\\*\"")


def _key_material(scan: Scan, after: re.Match[str]) -> tuple[Span, ...]:
    """`key: "…"` of a digest or of a master key: no name of a column or an index looks so."""
    if not after["assign"] or (found := _MATERIAL.match(scan.low, after.end("assign"))) is None:
        return ()
    return (Span(*found.span("key")),)


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
    if key.sign == ":" and _IN_DDL.search(key.outside(scan, 200).lower()):
        return ()  # what a statement ends with is said of it
    if key.sign == ":" and (
        is_said(scan, after.end(), key)
        or is_reason(scan.text, after.end(), key.name, key.outside(scan, 100))
    ):
        return ()
    if key.name.lower() == "pgpass" and (line := pgpass_line(scan, after.end())):
        return line
    if key.sign == ":" and _OF_OPTION.search(key.outside(scan, 16)):
        key.weight = Weight.STRONG
    return with_new(scan, assigned(scan, after.end(), key), key)


_OF_OPTION = re.compile(r"(?:-pass(?:in|out)?[\"']?(?:=|,?\s)[\"']?|\s/)\Z")
_IN_DDL = re.compile(
    r"\b(?:(?:rename|drop|add|modify|alter|change)\s(?:column|index|key|constraint)\s(?:if\s(?:not\s)?exists\s)?"
    r"(?:[\w`\".]{1,64}\sto\s)?[`\"]?"
    r"|(?:on|key|index|unique|references|into)\s[\w.`\"]{1,64}\s?\([\w`\",\s]{0,120})\Z"
)


def _by_prose(scan: Scan, after: re.Match[str], key: Key) -> tuple[Span, ...]:
    """`the password is …`, `the password was changed from … to …`."""
    if moved := FROM.match(scan.low, key.end):
        return old_and_new(scan, moved.end(), key)
    key.is_prose = True
    return assigned(scan, after.end(), key) or echoed(scan, key)


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
    if key.weight is not Weight.NONE and (found := BRACKETED.match(scan.text, key.end)):
        return in_brackets(scan, found, key) or judged(scan, key)
    if own_value := _after_comma(scan, key):
        return own_value
    behind = after_space(scan, at, key) if after["gap"] else ()
    behind = with_new(scan, behind, key)
    told = behind or _by_owner(scan, key) or _by_pair(scan, key) or _by_attributes(scan, key)
    return told or set_to(scan, key) or judged(scan, key)


_COMMA = re.compile(r",\s?(?=[^\s\"'\]])")


def _after_comma(scan: Scan, key: Key) -> tuple[Span, ...]:
    """`[requirepass, SECRET]`."""
    if key.name.lower() not in DIRECTIVES or key.outside(scan, 1) not in ("[", "("):
        return ()
    comma = _COMMA.match(scan.low, key.end)
    if comma is None:
        return ()
    span = bare(scan, comma.end(), key.start)
    return (span,) if span.end > span.start else ()


_RESET = re.compile(
    r"\s(?:for|of)\s(?:the\s)?(?:user\s)?\S{1,64}\s(?:(?:user|account|role|service)\s)?(?:(?:was|is|has\sbeen)\s)?(?:successfully\s)?"
    r"(?:(?:re)?set|changed|updated|generated|rotated|created)(?:\ssuccessfully)?[.,;]?\s+"
    r"(?:(?:the|its)\s)?(?:new|generated|temporary|initial)\s(?:value|password)(?:\sis)?\s?[:=]?\s+"
)
"""As Elasticsearch says it."""


def _by_owner(scan: Scan, key: Key) -> tuple[Span, ...]:
    """`password for user root: …`, `password (root): …`, `PASSWORD elastic = …`."""
    if reset := _RESET.match(scan.low, key.end):
        return assigned(scan, reset.end(), key)
    if key.name == "PASSWORD" and (user := OF_USER.match(scan.text, key.end)):
        key.weight = Weight.WEAK  # its length, or its policy
        return assigned(scan, user.end(), key)
    if moved := FROM.match(scan.low, key.end):
        return old_and_new(scan, moved.end(), key)
    whose = _OF.match(scan.low, key.end)
    if whose is None or key.weight is Weight.WEAK:
        return ()
    key.is_prose = True
    return assigned(scan, whose.end(), key)


_MOST_VALUES: Final = 8
"""Of one name: source, target, default, …"""


def _by_pair(scan: Scan, key: Key) -> tuple[Span, ...]:
    """`{"name": "password", "value": "…"}`, `name=password value=…`."""
    if not _IS_VALUE.search(key.outside(scan, 12).lower()):
        return ()
    spans: tuple[Span, ...] = ()
    at = key.end
    for _ in range(_MOST_VALUES):
        field = _PAIR.match(scan.low, at)
        if field is None or scan.low.find(key.name.lower(), at, field.end()) >= 0:
            break  # what follows the same name again is read there
        key.sign = "="
        found = assigned(scan, field.end(), key)
        if not found:
            mark = opening(scan, field.end())
            if mark is None or not is_empty(scan, mark.end(), mark[0]):
                break
            at = mark.end() + len(mark[0])
            continue
        spans += found
        at = found[-1].end
        at = mark.end() if (mark := opening(scan, at)) else at
    return spans or value_before(scan, key)


def _by_attributes(scan: Scan, key: Key) -> tuple[Span, ...]:
    """`<password type="text">…`."""
    tag = _ATTRIBUTES.match(scan.low, key.end)
    if tag is None or key.is_quoted or key.weight is not Weight.STRONG or tag[0].endswith("/>"):
        return ()
    return element(scan, tag.end(), key, ">")


def _by_tag(scan: Scan, after: re.Match[str], key: Key) -> tuple[Span, ...]:
    """`<password>…`, `<entry key="password">…`."""
    sign = after["tag"]
    return element(scan, after.end(), key, sign) if key.weight is Weight.STRONG else ()


def _by_cell(scan: Scan, after: re.Match[str], key: Key) -> tuple[Span, ...]:
    """`password | … |`, `password ..... …`, `<td>password</td><td>…</td>`."""
    return cell(scan, after.end(), key, scan.text[key.end : after.end()])


def _by_field(scan: Scan, after: re.Match[str], key: Key) -> tuple[Span, ...]:
    """`<name>password</name><value>…</value>`."""
    if key.weight is not Weight.STRONG:
        return ()
    return content(scan, after.end(), key, "&gt;" if after["field"][0] == "&" else ">")


def _by_list(scan: Scan, after: re.Match[str], key: Key) -> tuple[Span, ...]:
    """`("password", "…")`, or a pair of fields."""
    if key.is_quoted or key.outside(scan, 1) == "{":
        return _by_pair(scan, key) or in_list(scan, after.end(), key)
    return _by_pair(scan, key)


_NEXT_LINE = re.compile(
    r"[ \t]*(?:[a-z_][a-z_.\- ]{1,40}+\d?[\"']?\s?[:=]|[#\[<\-]|\d{4}-\d\d-\d\d)"
)


def _empty_line(scan: Scan, after: re.Match[str]) -> bool:
    """Whether the value is missing: the next line, or word, is a key of its own."""
    gap = scan.text[after.end("assign") : after.end()]
    if "\n" in gap:
        at = after.end()
        return _NEXT_LINE.match(scan.low, at) is not None or not (
            opening(scan, at)
            or scan.low.startswith("string(", at)
            or _ALONE.match(scan.text, at)
            or DRAWN_AMONG_PAIRS.match(scan.text, at)
        )
    if gap and after["assign"] == "=" and after.start("assign") == after.end("close"):
        return _ASSIGNMENT.match(scan.low, after.end()) is not None
    return False


_ALONE = re.compile(r"(?![A-Za-z_]+[.,;:!?]{0,2}\s*(?:\n|\Z))\S+[ \t]*(?:\r?\n|\Z)")
"""A line of one word, and no word of a sentence."""
_ASSIGNMENT = re.compile(r"[a-z_]{2,32}=[^\s=]")

# -- names without a separator ---------------------------------------------------------------


def _by_call(scan: Scan, after: re.Match[str], key: Key) -> tuple[Span, ...]:
    """The argument of `PASSWORD('…')`, `setPassword("…")`."""
    mark = opening(scan, after.end())
    if mark is None:
        return _by_gap(scan, after, key) if key.weight is not Weight.NONE else ()
    if weigh(SETTER.sub("", key.name, count=1)) is not Weight.STRONG:
        return ()
    if is_empty(scan, mark.end(), mark[0]):
        return ()
    span = quoted(scan, mark.end(), mark[0])
    if _OF_CREDENTIALS.search(key.name) and scan.text.startswith(",", span.end + len(mark[0])):
        return ()  # of several arguments its place tells the secret
    return (span,)


_OF_CREDENTIALS = re.compile(r"[Cc]redentials?\Z")

_READERS: Final = {
    "assign": _by_sign,
    "call": _by_call,
    "list": _by_list,
    "php": _by_length,
    "tag": _by_tag,
    "judged": lambda scan, after, key: after_verdict(scan, after.end(), key),
    "prose": _by_prose,
    "cell": _by_cell,
    "field": _by_field,
    "space": _by_gap,
    "other": _by_gap,
}
