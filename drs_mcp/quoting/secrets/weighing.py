"""The value behind a name: weighed with the name, the sign and the context, then read to its end."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from drs_mcp.quoting.fields import is_described, is_kind_of_index, tells_of_name
from drs_mcp.quoting.hidden import HIDDEN
from drs_mcp.quoting.secrets.bare import bare, in_parentheses, last_end, line_end
from drs_mcp.quoting.secrets.expressions.made import expression, printed
from drs_mcp.quoting.secrets.headers import authorization, cookie
from drs_mcp.quoting.secrets.keys import Weight, is_cjk
from drs_mcp.quoting.secrets.options import whole_argument
from drs_mcp.quoting.secrets.sentences.counts import is_told_of_table
from drs_mcp.quoting.secrets.values import (
    QUOTE,
    Scan,
    Span,
    braced,
    bracketed,
    is_empty,
    open_quote,
    opening,
    quoted,
)
from drs_mcp.quoting.sql.column_types import ANY_SIZED, PLAIN, SIZED

SIGN: Final = (
    r"(?:=>|->|:=|={1,3}|:(?!:)|[：＝→﹦︰]|%(?:25)*+3[ad](?:%(?:25)*+20|\+)?"
    r"|&(?:#0*+61|#x0*+3d|equals|#0*+58|#x0*+3a|colon);|\\++(?:u003[ad]|x3[ad]|0?7[25](?!\d)))"
)
"""What stands between a name and its value, raw or escaped for JSON, a URL, HTML, C or a shell."""


@dataclass(slots=True)
class Key:
    """What is known of a secret's name when its value is read."""

    name: str
    weight: Weight
    start: int
    end: int
    """Behind its closing quote, if it has one."""
    is_quoted: bool
    sign: str = ":"
    is_prose: bool = False

    def outside(self, scan: Scan, most: int = 80) -> str:
        """The visible text before the name."""
        return scan.before(self.start)[-most:]

    def around(self, scan: Scan) -> str:
        """The same in lower case, as much as is known."""
        return scan.before(self.start).lower()


_ENDED = r"(?=[)\]}>\"'`]{0,4}+(?:\s|[<&\\]|\Z|[,;|](?:\s|\Z|[\"'(\[{\\]{0,3}[a-z_][\w.\-]{0,40}[\"']?\s?[=:])))"
_WORD_ENDED = r"(?=[.,;:!?)\]}\"']{0,4}+(?:\s|\Z|\\[nrt]))"
_FLAG = (
    r"(?:yes|none|no|on|off|true|false|null|nil|undefined|n/a|\((?:null|none|empty|hidden|unset|known after apply|sensitive(?: value)?)\)|<null>|<none>"
    r"|\?|%s|%\(\w{1,64}\)s|\$\d{1,2}|\$\{[\w.:\-]{1,64}\}|\{\{[\w. ]{1,64}\}\})"
)
FLAG = re.compile(_FLAG + _ENDED)
_STATES: Final = (
    "a", "an", "and", "any", "are", "at", "authentication", "authorization", "bad", "bigint",
    "boolean", "but", "by", "cannot", "caching_sha2_password", "can't", "change", "changed",
    "char", "check", "column", "contains", "correct", "could", "default", "denied", "disabled", "does",
    "empty", "enabled", "encrypted", "enter", "error", "errors", "expected", "expired", "expires",
    "fail", "failed", "failure", "field", "for", "found", "from", "given", "has", "have", "hidden", "if",
    "in", "incorrect", "int", "integer", "invalid", "is", "it", "its", "length", "locked",
    "login", "masked", "match", "may", "md5", "mismatch", "missing", "must",
    "mysql_native_password", "nchar", "needed", "never", "nope", "not", "nvarchar", "of", "off",
    "ok", "okay", "on", "optional", "or", "please", "provided", "redacted", "refused", "rejected",
    "required", "reset", "retry", "same", "scram-sha-256", "sha256_password", "should", "source", "string",
    "success", "supplied", "tables", "target", "text", "that", "the", "this", "to", "too", "type", "unchanged",
    "unknown", "unset", "updated", "use", "user", "using", "valid", "value", "varchar", "varchar2", "was",
    "weak", "when", "will", "with", "without", "wrong", "you", "your",
)  # fmt: skip
"""What a text says of a secret instead of telling it."""

STATE = re.compile(
    rf"(?:{'|'.join(map(re.escape, _STATES))}|[a-z]{{2,6}}-\d{{4,5}}|n?varchar2?\(\d+\))"
    rf"{_WORD_ENDED}"
)
PLAIN_WORD = re.compile(rf"[a-z][a-z'\-]*+{_WORD_ENDED}")
PARSER = re.compile(
    r"\b(?:un(?:expected|recogni[sz]ed|known|defined)|expect(?:ed|ing)|illegal|offending|lex(?:er|ical)"
    r"|pars(?:er?|ing)|look-?ahead|mismatched|extraneous|stray|missing|near|syntax error[^\n]{0,24})"
    r"[\s,:'\"]{1,3}(?:\w{1,12}\s){0,2}\Z"
)
_TYPE_ENDED = rf"(?:{_ENDED}|(?=\.\Z)|(?<=[)>])(?=,))"
TYPE = re.compile(rf"(?:{SIZED}|{PLAIN}){_TYPE_ENDED}")
"""A column's type, and no word that anybody takes for a password."""
DEFINED = re.compile(rf"{ANY_SIZED}{_TYPE_ENDED}")
"""Any type with a length, where a blank parts it from the column's name."""
_SAID = re.compile(rf"{_FLAG}|{SIZED}")
"""What says nothing where it is all that stands in quotes."""
NUMERAL = re.compile(r"[+\-]?\d[\d.,/%:]*(?:[kmg]?b|ms|s|min|h)?(?=[\s,;)\]}&\"'|]|\Z)")
_METHOD = re.compile(
    r"(?:scram|sha|md5|mysql_|caching_|gss|ldap|krb|kerberos|ntlm|pam|plain|sasl|login|cram|digest|xoauth|oauth)"
)
_WEAK_REACH = 64
_MATERIAL = re.compile(r"(?=[A-Za-z+/]*\d)(?=[\d+/]*[A-Za-z])[A-Za-z0-9+/]{20,}={0,2}\Z")
_WEAK_RUN = re.compile(r"[^\s\"'<>]*+")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")


def is_no_secret(scan: Scan, at: int, key: Key) -> bool:
    """Whether a bare value says how a secret is, not what it is."""
    low = scan.low
    if key.weight is Weight.WEAK and not looks_secret(scan, at, key):
        return True
    if at >= len(low) or FLAG.match(low, at):
        return True
    if is_cjk(key.name):
        return ord(low[at]) > 0x2FFF  # prose
    if key.sign == ":" and STATE.match(low, at):
        return True
    if tells_of_name(
        low, at, f"{key.name.lower()}{key.sign}", partial(key.around, scan)
    ) or is_told_of_table(scan, at, key.name, key.start, key.sign):
        return True
    if key.is_prose and (PLAIN_WORD.match(scan.text, at) or NUMERAL.match(low, at)):
        return True
    if key.name.lower() in ("pwd", "oldpwd") and _PATH.match(low, at):
        return True
    own = key.name.lower().rpartition(".")[2]
    if (column := _COLUMN_OF.match(low, at)) and column["column"] == own:
        return True
    if own.endswith("s") and not own.endswith("pass") and (found := NUMERAL.match(low, at)):
        return _is_count(scan, found, key)
    return own.endswith("key") and _FILE.match(low, at) is not None


_MANY: Final = 4
"""With so many digits a number behind `passwords=` is one of them."""
_COUNTED = re.compile(r"\s[a-z]+(?!\S?[=:])")


def _is_count(scan: Scan, found: re.Match[str], key: Key) -> bool:
    """Whether a number tells how many there are: `secrets: 5`, `passwords: 1200 found`."""
    if len(found[0]) < _MANY or not found[0].isdigit():
        return True
    return key.sign == ":" and _COUNTED.match(scan.low, found.end()) is not None


_SWITCH = re.compile(r"(?:true|false|on|off|yes|no)\Z", re.IGNORECASE)
_CHOICE = re.compile(r"\d\Z")


def is_switch(name: str, value: Any) -> bool:
    """Whether a field's whole value says yes or no, or chooses (`old_passwords`: 2): no secret."""
    if not isinstance(value, bool | int | str):
        return False
    told = str(value)
    if name[-1:] in "sS" and _CHOICE.match(told):
        return not name.lower().endswith("pass")
    return _SWITCH.match(told) is not None


_PATH = re.compile(r"(?:/[\w.\-]+){1,16}+/?(?=\s|\Z)")
_FILE = re.compile(r"[\w./\\:\-]{1,200}+(?<=\.pem|\.key|\.crt|\.der)(?=[\s,;)\]}\"']|\Z)")


_COLUMN_OF = re.compile(r"[a-z_]\w{0,32}\.(?P<column>[a-z_]\w{0,32})(?=[\s,;)]|\Z)")
"""The same column of another table: `a.token = b.token`."""


def looks_secret(scan: Scan, at: int, key: Key, *, in_quotes: bool = False) -> bool:
    """Whether what a weak name names is like a secret. Looks no further than 64 characters."""
    own = key.name.lower()
    run = _WEAK_RUN.match(scan.text, at, at + _WEAK_REACH)
    value = run[0].rstrip(",;.:)]}") if run else ""
    if value == HIDDEN:
        return True
    if len(value) < (6 if own.endswith(("ak", "sk")) else 3):
        return False
    has_letter = _LETTER.search(value) is not None
    mixed = has_letter and _DIGIT.search(value) is not None
    assigned = key.sign.startswith(("=", "%"))
    if NUMERAL.match(scan.low, at):
        if own.rpartition(".")[2] == "tokens":
            return assigned and len(value) >= _MANY and value.isdigit()
        return own.endswith(("token", "pass", "pw")) and assigned and len(value) >= 6
    if STATE.match(scan.low, at):
        return False
    if own.endswith(("ak", "sk", "signature", "sig", "auth", "key")):
        return _looks_like_its_kind(scan, key, value, mixed=mixed)
    if own == "token" and PARSER.search(key.outside(scan).lower()):
        return False
    if assigned or (in_quotes and key.is_quoted):
        return True
    return mixed or len(value) >= 16 or (has_letter and not value.isalnum() and len(value) >= 8)


def _looks_like_its_kind(scan: Scan, key: Key, value: str, *, mixed: bool) -> bool:
    """Whether a value is like an access key, a signature, a password of Redis, a key of SCRAM."""
    own = key.name.lower()
    if own.endswith("key"):
        return _MATERIAL.match(value) is not None
    if own.endswith("auth"):
        is_method = _METHOD.match(value.lower()) is not None
        return not is_method and ((mixed and len(value) >= 6) or ":" in value)
    if own.endswith(("ak", "sk")):
        return "(" not in value and (mixed or len(value) >= 16)
    in_query = key.outside(scan, 8).endswith(("?", "&", "%26", "%3F", "&amp;"))
    is_assigned = key.sign.startswith(("=", "%"))
    return in_query or ("(" not in value and (len(value) >= 16 or (is_assigned and mixed)))


# -- reading -----------------------------------------------------------------------------------

PREFIX: Final = re.compile(
    rf"(?:!!(?:str|binary)\s+|!{{1,2}}[a-z][\w\-]{{1,32}}\s+(?={QUOTE}|[|>]-?\s?\n)|&\w{{1,32}}\s+|<<(?={QUOTE})|(?:str|string|optional\[str\])\s?=\s?)?"
    rf"(?:(?:new\s)?[a-z_\[\]][a-z_][\w.\[\]]{{0,30}}\(\s?(?={QUOTE}|[nb]'))?"
    rf"(?:(?:[nebur]{{1,2}}|u&|_[a-z0-9]{{1,10}}|[@$&!])(?={QUOTE}))?"
)
_BLOCK = re.compile(r"[|>][+\-]?\d?[ \t]*\n")


def assigned(scan: Scan, at: int, key: Key) -> tuple[Span, ...]:
    """The value at *at*, behind a separator."""
    low = scan.low
    if span := printed(scan, at):
        return (span,)
    if TYPE.match(low, at):
        return ()
    told = None if key.is_prose else expression(scan, at, key.name, key.weight, key.sign)
    if told is not None:
        return told
    if prefix := PREFIX.match(low, at):
        at = prefix.end()
    if (mark := opening(scan, at)) is not None:
        return _in_quotes(scan, mark, key)
    if key.weight is Weight.HEADER:
        return authorization(scan, at, key.end)
    if key.weight is Weight.COOKIE:
        return cookie(scan, at, key.end)
    if is_no_secret(scan, at, key):
        return ()
    if low[at] in "[{(|>" and (spans := _contained(scan, at, key)) is not None:
        return spans
    return _bare(scan, at, key)


def _bare(scan: Scan, at: int, key: Key) -> tuple[Span, ...]:
    """A value without quotes of its own: that of a shell's argument, of a line, of a text."""
    if (
        key.sign in ("=", ":")
        and (whole := whole_argument(scan, at, key.start, key.end)) is not None
    ):
        return (whole,)
    if not key.is_prose and (line := line_end(scan, at, key.start)) is not None:
        return (Span(at, line),)
    span = bare(scan, at, key.end, cjk=is_cjk(key.name))
    if key.name[-1:] in "sS":
        span = Span(at, last_end(scan, span.end))
    if key.name.lower().rstrip("s").endswith("credential") and (
        slash := _SLASH.match(scan.text, span.end)
    ):  # behind the user
        span = Span(at, bare(scan, slash.end(), key.end).end)
    return (span,) if span.end > span.start else ()


def _contained(scan: Scan, at: int, key: Key) -> tuple[Span, ...] | None:
    """A list, an object, ODBC's braces or a block of YAML at *at*; None: it is none."""
    low = scan.low
    sign = low[at : at + 1]
    if sign == "[" and not low.startswith("[]", at):
        return (bracketed(scan, at),)
    if sign == "{":
        if "=" in key.sign and key.sign != "=>" and (span := braced(scan, at)) is not None:
            return (span,) if span.end > span.start else ()
        if key.name.lower().rstrip("s").endswith("credential") or is_described(low, at):
            return ()
        return (bracketed(scan, at),) if not low.startswith("{}", at) else ()
    if sign == "(":
        several = in_parentheses(scan, at) if key.name[-1:] in "sS" else None
        return (several,) if several else None
    if sign in "|>" and (block := _BLOCK.match(low, at)):
        return _indented(scan, block.end(), scan.before(key.end))
    return None


_ENCLOSES = re.compile(r"\s|[,;.](?:\s|\Z)|\Z")
_SLASH = re.compile(r"\s/\s(?=\S)")
_JOINED = re.compile(rf"\s*(?:\+|\|\||\.)\s*(?P<quote>{QUOTE})")


def _in_quotes(scan: Scan, mark: re.Match[str], key: Key) -> tuple[Span, ...]:
    low, at, quote = scan.low, mark.end(), mark[0]
    empty = is_empty(scan, at, quote)
    if empty and not _JOINED.match(scan.low, at + len(quote)):
        return ()
    attached = mark.start() == key.end + len(key.sign)
    if attached and _ENCLOSES.match(low, at) and open_quote(scan.before(key.start)) == quote:
        return ()  # "NAME=" is empty
    if (said := _SAID.match(low, at)) and (
        low.startswith(quote, said.end()) or said.end() == len(low)
    ):
        return ()
    if is_kind_of_index(low, at, partial(key.around, scan)):
        return ()
    if key.weight is Weight.WEAK and not empty and not looks_secret(scan, at, key, in_quotes=True):
        return ()
    if quote == "'" and low.startswith("'", at) and open_quote(scan.before(key.end)) == "'":
        return (Span(at + 1, _doubled_end(low, at + 1)),)
    end = at if empty else quoted(scan, at, quote).end
    while joined := _JOINED.match(scan.low, end + len(quote)):
        end = quoted(scan, joined.end(), joined["quote"]).end
    return (as_python_quotes(scan, Span(at, end), quote, key),)


_SINGLE = re.compile(r"'[\w.\- ]+'\Z|='[^'\n]*',\s?[\w]+\Z|\(\w+\Z")


def _doubled_end(low: str, at: int) -> int:
    """Where a string ends whose quotes are doubled, as it stands in another string of SQL."""
    end = low.find("''", at)
    while end >= 0:
        if (end - at - len(low[at:end].rstrip("\\"))) % 2:  # libpq's own escape
            end = low.find("''", end + 2)
        elif low.startswith("''''", end):
            end = low.find("''", end + 4)
        else:
            break
    return len(low) if end < 0 else end


def as_python_quotes(scan: Scan, span: Span, quote: str, key: Key) -> Span:
    """The span with its quotes, if they tell something: Python takes `"` where a text holds `'`."""
    if quote != '"' or not _SINGLE.search(scan.before(key.end)[-200:]):
        return span
    return Span(span.start - 1, min(span.end + 1, len(scan.text)), "'***'")


def _indented(scan: Scan, at: int, before: str) -> tuple[Span, ...]:
    """A YAML block: the lines that are indented deeper than its key."""
    line = before.rpartition("\n")[2]
    indent = len(line) - len(line.lstrip(" "))
    deeper = re.compile(rf"(?:[ \t]{{{indent + 1},}}+[^\n]*+\n?|[ \t]*+\n)*+")
    block = deeper.match(scan.text, at)
    end = block.end() if block else at
    while end > at and scan.text[end - 1] == "\n":
        end -= 1
    start = at + len(scan.text[at:end]) - len(scan.text[at:end].lstrip())
    return (Span(start, end),) if end > start else ()
