"""Where a value without quotes ends.

What stands before its name says how the text parts its pairs: with `&` in a query, with `;` in a
connection string, with blanks in a line of a log. Only that sign ends the value, and only where a
name of another pair follows; what stands inside the value otherwise is part of it. A name is a
word: `;port=` goes on with the next pair, `;x7=` goes on with the secret.
"""

import re
from typing import Final

from drs_mcp.quoting.secrets.values import OPENERS, Scan, Span, closing, depth, open_quote

_WORD = r"(?=[a-z_]{2})(?:[a-z_]{1,32}+[.\-](?=[a-z_])){0,8}+(?:[a-z_]{4,32}+\d{1,2}|[a-z_]{1,32}+)"
_SIGN = r"(?:=(?![,;\s)\]}]|\Z)|:|%(?:25)*+3d|\\{1,4}+u003d(?![,;\s)\]}]|\Z)|&(?:#61|#x3d|equals);)"
_OPENED = r"(?:[(\[{<]|\\{0,3}[\"']){0,4}+"
_SHUT = r"[\"'\\]{0,3}+"
_KEY = rf"{_OPENED}(?:{_WORD}{_SHUT}{_SIGN}|(?<=[\[\"']){_WORD}{_SHUT}\]{_SIGN}|[a-z]=(?![,;\s)\]}}]|\Z))"
_IN_QUERY = rf"{_WORD}(?!:){_SIGN}"
_FIRST_WORDS = (
    "user|data|initial|integrated|persist|connect|connection|trust|application|server|host|port"
    "|database|network|max|min|workstation|current|failover|multi|packet|pooling|load"
)
_WORDS = rf"(?:{_FIRST_WORDS})(?:\s[a-z]{{2,16}}){{1,3}}\s?="
"""A name of two words, as ADO has them: `User ID=`."""

_ENCODED = (
    rf"(?:%(?P<level>(?:25)*+)(?:26|3b)(?={_WORD}%(?P=level)3d)|&amp;(?={_IN_QUERY})"
    rf"|\\{{1,4}}+u0026(?={_IN_QUERY})|\\{{1,4}}+[nrt](?=[ \t]{{0,8}}+(?:-\s)?{_KEY}))"
)
_CLOSED = (
    r"(?P<bracket>[)\]}>])(?=[)\]}>,;:.!?\"'\\]{0,8}(?:\s|\Z)|/\w|[,;]?\s?[(\[{<]"
    rf"|[)\]}}>\"'\\]{{0,8}}[,;&|]\s?{_KEY})"
)
_TAGGED = r"(?P<tag></[a-z_][\w.:\-]{0,63}\s?>|<br|&lt;/)|(?P<wide>[，。；、！？）】」』”’])"


def _ends(separators: str, encoded: str = _ENCODED) -> re.Pattern[str]:
    return re.compile(rf"(?P<key>{separators}|{encoded})|{_TAGGED}|{_CLOSED}")


_NONE: Final = r"(?!)"
_ALONE: Final = "alone"
"""No pair at all: an argument of a command, which its place tells, or an option before it."""

_SETS: Final = "--set"
"""A pair of those that helm takes in one argument, in which a comma of a value is escaped."""

_UNSURE: Final = _ends(
    rf"[,;|](?={_KEY}(?!\s))|&(?={_IN_QUERY}|[a-z]=(?![,;\s)\]}}]|\Z))|;(?={_WORDS})"
)
_BY_JOINT: Final = {
    "&": _ends(r"&(?!amp;|quot;|apos;|#)(?=[\w.\-%\[\]]{1,64}+=)"),
    ";": _ends(rf";(?=[a-z][a-z_.\- ]{{0,30}}+{_SIGN})"),
    "|": _ends(rf"\|(?={_KEY})"),
    ",": _ends(rf",(?={_KEY}(?!\s))"),
    "(": _ends(rf"[,;](?={_KEY}(?!\s))"),
    " ": _ends(rf";(?={_WORDS})"),
    ", ": _ends(_NONE, _NONE),
    _ALONE: _ends(_NONE),
    _SETS: _ends(r"(?<!\\),(?=[a-z_][\w.\-\[\]]{0,80}+=)", _NONE),
}
"""By the sign between the pair and the one before it."""

_MARK = re.compile(r"[\"'`\\&%]")
_MAY_END = re.compile(r"[^\w+/.!#$^*?@~:=\-]|[^\x00-\x7f]")
_ESCAPED_SPACES: Final = tuple(
    re.compile(rf"(?<!\\)(?:{run})[nrt]")
    for run in (r"\\", r"\\{1,2}", r"\\{1,2}|\\{4}", r"\\{1,2}|\\{4}|\\{8}")
)
"""By how many levels of JSON there are within the outermost."""
_LINE_AHEAD = re.compile(r"\s|[A-Za-z_]{2,}[\s=:]|[-\\'\"]|\Z")
"""What begins a line behind an escaped break; between apostrophes a backslash mostly escapes nothing."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LOOK_AHEAD = 80
_NAME_SIGNS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
_LONGEST_SPACED = 256


def word_end(scan: Scan, at: int) -> int:
    """Where the run of characters other than white space ends; a backslash joins lines."""
    text = scan.text
    end = scan.space(at)
    while text.startswith("\n", end) and end > at and text[end - 1] == "\\":
        if _NEXT_LINE.match(text, end + 1) or not _ONE_RUN.match(text, end + 1):
            break
        at = end + 1
        while text[at : at + 1] in (" ", "\t"):
            at += 1
        end = scan.space(at)
    return end


_NEXT_LINE = re.compile(
    r"[ \t]*[A-Za-z_]{2}[A-Za-z_.\-]{0,40}+(?:(?<=[A-Za-z_]{4})\d{1,2})?\s?[=:]"
)


_ONE_RUN = re.compile(r"[ \t]*\S++[ \t]*(?:\r?\n|\Z)")


_OPTION = re.compile(r"(?:^|\s)(?:--?[A-Za-z][\w\-]{0,32}|(?i:set|setx|export|env))\Z")
"""In front of an argument: `-e PASSWORD=…`, `export PASSWORD=…`."""


_SET = re.compile(r"(?<!\S)--set(?:-string|-json|-literal)?(?:[ =][^\s\"']{1,256}+(?<=,))?\Z")


def joint(before: str) -> str:
    """How the pair whose name ends *before* is parted from the one before it.

    Returns:
        `&`, `;`, `|`, `,`, a comma and a blank, a blank, `(` for any opening bracket, _ALONE, _SETS,
        or nothing if none can be told.
    """
    head = before.rstrip("\"'\\)]}").rstrip(_NAME_SIGNS).rstrip("\"'\\`")
    left = head.rstrip(" \t")
    last = left[-1:]
    if last in ("t", "g", "l", "n", ",") and _SET.search(left):
        return _SETS
    if before.startswith("-", len(head)) or (left != head and _OPTION.search(left)):
        return _ALONE
    if left.endswith(("&amp;", "\\u0026")) or (last in ("?", "&") and left == head):
        return "&"
    if last in (";", "|", ","):
        return ", " if last == "," and left != head else last
    if last in ("(", "[", "{", "<"):
        return "("
    if left != head:
        word = left[-80:].rsplit(None, 1)[-1] if left else ""
        if word[-1:] not in ("=", ":") and ("=" in word or ":" in word):
            return " "
    return ""


_PAIR_BEHIND = re.compile(rf"[ \t]++{_OPENED}[^\W\d][\w.\-]{{1,63}}{_SHUT}\s?[=:：＝](?!//)")
_ADO = re.compile(rf";{_WORDS}")


def _joint_behind(scan: Scan, at: int, end: int) -> str:
    """How the first pair of a text, whose value begins *at*, is parted from the next one.

    The word that it begins with ends at *end*: if another pair follows there, blanks part them, or the
    sign before the blank and it. Nothing if none follows.
    """
    if _PAIR_BEHIND.match(scan.low, end) is None or _ADO.search(
        scan.low, max(at, end - _LONGEST_SPACED), end + _LOOK_AHEAD
    ):
        return ""
    return ", " if scan.low[end - 1] in ",;" else " "


def bare(scan: Scan, at: int, key_end: int, *, cjk: bool = False) -> Span:
    """An unquoted value at *at*.

    Args:
        scan: the text.
        at: where the value begins.
        key_end: where its name ends: the brackets and quotes that are open there enclose it. The
            place of the value if it has no name: then no other pair ends it.
        cjk: whether it is named in a script without blanks: then its letters end the value.
    """
    low = scan.low
    limit = stop = word_end(scan, at)
    if cjk and (letter := _BEYOND_ASCII.search(scan.text, at, stop)) is not None:
        stop = letter.start()
    before = scan.before(key_end)
    by = _ALONE if key_end == at else joint(before) or _joint_behind(scan, at, limit)
    if _MAY_END.search(low, at, stop) is not None:
        stop = _inner_end(scan, at, stop, before, by)
    if stop == limit:
        stop = _spaced_end(scan, at, stop, before, by)
        if stop == limit and stop > at and low[stop - 1] in ",;":
            stop -= _is_separator(low, stop, by)
    return Span(at, stop)


def _inner_end(scan: Scan, at: int, stop: int, before: str, by: str) -> int:
    """Where a value ends before *stop*: at the next pair, a bracket or a quote around it."""
    low = scan.low
    ends = _BY_JOINT.get(by, _UNSURE)
    within = open_quote(before)
    inside = before[before.rfind(within) + len(within) :] if within else before
    reach = min(stop + _LOOK_AHEAD, len(low))
    start = at
    while (found := ends.search(low, start, reach)) is not None and found.start() < stop:
        if found.lastgroup != "bracket" or depth(found[0], inside) > _further(found):
            stop = found.start()
            break
        start = found.end()
    if within and _MARK.search(low, at, stop) is not None:
        end = closing(scan, at, within, stop)
        if end is None and within == "'" and (quote := low.rfind("'", at, stop)) > at:
            end = quote if low[quote - 1] == "\\" else None  # no escape in SQL
        if end is not None:
            stop = end - (by == ";" == low[end - 1 : end])
        levels = min(len(within).bit_length() - 1, 3) if within[-1] == '"' else 0
        escaped = _ESCAPED_SPACES[levels].search(scan.text, at, stop)
        if escaped is not None and (within != "'" or _LINE_AHEAD.match(scan.text, escaped.end())):
            stop = escaped.start()
    return stop


_REACH = 300


def _further(found: re.Match[str]) -> int:
    """How many more brackets of the kind the rest of the line closes: they are the outer ones."""
    rest = found.string[found.end() : found.end() + _REACH].partition("\n")[0]
    return max(rest.count(found[0]) - rest.count(OPENERS[found[0]]), 0)


_NEXT_PAIR: Final = {
    ";": re.compile(r";(?:[a-z][a-z_.\- ]{0,30}+=|[\"')\]]|\s*\Z|\s*\n)|\n"),
    ",": re.compile(r",[a-z][a-z_.\-]{1,30}+=|\n"),
}


def _spaced_end(scan: Scan, at: int, stop: int, before: str, by: str) -> int:
    r"""Where a value with blanks in it ends in `Uid=u;Pwd=a b;Option=3`, `password=a\\ b host=h`."""
    if by == " ":
        while scan.text.startswith(" ", stop) and scan.text[stop - 1] == "\\" and stop > at:
            if _NEXT_LINE.match(scan.text, stop):
                break
            stop = scan.space(stop + 1)
        return stop
    if by not in _NEXT_PAIR:
        return stop
    end = min(len(scan.low), at + _LONGEST_SPACED)
    if within := open_quote(before):
        end = closing(scan, at, within, end) or end
    for found in _NEXT_PAIR[by].finditer(scan.low, max(stop - 1, at), min(end + 1, len(scan.low))):
        return found.start() if found[0] != "\n" else stop
    return stop


_GOES_ON = re.compile(r"[ \t]+(?:[,;#]|--?[a-z])")


def _is_separator(low: str, stop: int, by: str) -> bool:
    """Whether the comma or semicolon before *stop*, behind which the word ends, parts two pairs."""
    if stop == len(low) or low[stop] == "\n" or low[stop] == "\r":
        return by == low[stop - 1]
    return by != " " and _GOES_ON.match(low, stop) is None


# -- several values of one name -----------------------------------------------------------------

_OTHERS = re.compile(
    r"(?:,\s?(?![a-z_.\-]{2,40}+\d{0,2}\s?[=:])(?=[^\s,;]{0,64}?\d)(?=[^\s,;]{0,64}?[a-z])[^\s,;)\]}]{4,128}+){1,64}"
)
_IN_PARENTHESES = re.compile(r"\((?:[^\s(),;]{1,128}+(?:[,;]\s?|(?=\)))){1,64}\)")


def last_end(scan: Scan, end: int) -> int:
    """Where the last of several values ends whose first one ends at *end*: `passwords=a1b2, c3d4`."""
    others = _OTHERS.match(scan.low, end)
    return others.end() if others else end


def in_parentheses(scan: Scan, at: int) -> Span | None:
    """The inside of `(a1b2, c3d4)` at *at*; None: it is no list."""
    found = _IN_PARENTHESES.match(scan.low, at)
    return Span(at + 1, found.end() - 1) if found else None


DRAWN_AMONG_PAIRS: Final = re.compile(
    r"(?=[^\W\d_]*\d)(?=[^A-Z\s]*[A-Z])(?=[^a-z\s]*[a-z])[A-Za-z\d!#$%&*+?@^~_]{8,128}+(?=[ \t]+[a-z_][\w.\-]{0,40}=\S)"
)
"""What begins a line that goes on with other pairs, and is no word of a sentence."""


# -- lines of a configuration -------------------------------------------------------------------

_LINE_HEAD = re.compile(r"[ \t]*(?:export[ \t]+|-[ \t]+|\+[ \t]+|\[)?\Z")
_LINE = re.compile(
    r"[ \t]*+(?:(?:export[ \t]++|-[ \t]++|\+[ \t]++)?[\[(]?(?:[a-z_]{2,32}+|[a-z](?=[.\-]))\d{0,2}(?:[_.\-]+[a-z_]{1,32}+\d{0,2}){0,8}+[\])]?[ \t]*+(?:=>?|:)(?!//)"
    r"|\[[\w.\- ]{1,40}\]\s*+\Z|[)\]}]|(?:[^\W\d]|[.\-]){1,40}+\d{0,2}:?[ \t\r]*+\Z|[ \t\r]*+\Z)",
    re.IGNORECASE,
)
_ANOTHER_PAIR = re.compile(
    r"\s[A-Za-z_\u3040-\u9fff\uac00-\ud7a3][A-Za-z_.\-\u3040-\u9fff\uac00-\ud7a3]{1,63}\d{0,2}[=＝]\S"
)
_VARIABLE = re.compile(r"[ \t]*+(?:export[ \t]++|-[ \t]++|\+[ \t]++)?[A-Z_][A-Z0-9_]*+=")
_CLIENT = (
    r"pg_\w{2,20}|psql|pgbench|(?:create|drop|vacuum|reindex)db|gsql|gs_\w{2,20}|mysql\w{0,20}|mariadb[\w\-]{0,20}|mydumper"
    r"|myloader|xtrabackup|(?:redis|valkey)-cli|mongo\w{0,20}|sqlplus|sqlcmd|(?:imp|exp)dp|rman|sshpass|restic|flyway|liquibase|openstack|hcloud|npm|npx|mvn|terraform|vault|consul|etcdctl|curl|rsync|aws|obsutil|kubectl|docker|java|node|python[\d.]{0,4}|bash|sh"
)
_BEFORE_COMMAND = re.compile(
    r"[A-Z_][A-Z0-9_]*+=(?![\"'])\S++\s++(?:&&\s++)?(?:(?:sudo|exec|time|nohup|command)\s++)?"
    rf"(?:export\s|(?:~|\.{{1,2}})?/[\w./\-]++(?:\s|\Z)|(?:{_CLIENT})(?:\s|\Z)"
    r"|[a-z][\w.\-]{1,40}\s(?:[^\s\-]\S{0,100}\s){0,2}--?[A-Za-z])"
)
"""A variable of a shell in front of the command that is called with it: a blank ends its value."""
_BEFORE_CLIENT = re.compile(
    r"[A-Z_][A-Z0-9_]*+=(?![\"'])\S++\s++(?:&&\s++)?(?:(?:sudo|exec|time|nohup)\s++)?"
    rf"(?:\.{{1,2}}/[\w./\-]++|(?:{_CLIENT})(?=\s\S))(?:\s|\Z)"
)
"""The same, where the command is one that is known: among lines of variables, too."""
_COMMENT = re.compile(r"(?<![ \t])[ \t]++(?:#|//)(?:[ \t]|\Z)")


def line_end(scan: Scan, at: int, start: int) -> int | None:
    """Where a value ends that has its line for itself, among lines that are pairs as well.

    Args:
        scan: the text.
        at: where the value begins.
        start: where its name begins.
    """
    end = scan.find("\n", at)
    before = scan.before(start).split("\n")
    if not _LINE_HEAD.match(before[-1]):
        return None
    lines = before[-2:-1]
    if end < len(scan.text):
        following = scan.text[end + 1 : end + 100].split("\n", 1)[0]
        if following.strip():
            lines.append(following)
    if not lines or not all(map(_LINE.match, lines)):
        return None
    if _BEFORE_CLIENT.match(scan.text, start, end):
        return None
    if _BEFORE_COMMAND.match(scan.text, start, end) and not any(map(_VARIABLE.match, lines)):
        return None
    if _ANOTHER_PAIR.search(scan.text, at, end):
        return None
    comment = _COMMENT.search(scan.text, at, end)
    end = comment.start() if comment else end
    return at + len(scan.text[at:end].rstrip())
