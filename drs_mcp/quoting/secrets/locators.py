"""Passwords inside of addresses: URLs, DSNs of drivers, Oracle's user/password@service, .pgpass."""

import re
from collections.abc import Iterator
from typing import Final

from drs_mcp.quoting.secrets.bare import bare, word_end
from drs_mcp.quoting.secrets.values import Scan, Span, closing, open_quote

_LONGEST: Final = 2048

# -- URLs ------------------------------------------------------------------------------------

_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]{1,40}\Z")
_STRICT = re.compile(r"[^/?#\s]*+")
_HOST = re.compile(r"@(?=[\w\[%*][\w.\-%*\[\]{}$:]*|\(|/|\s|\Z)")
_PORT = re.compile(r"[^:@/?#\s]*:\d{1,5}(?=[/?#,;)\]}\"'\s\\]|\Z)")
_NO_USER = re.compile(
    r"[\w.,\-]*(?::\d{1,5})?(?:/[\w.\-]*[;?:]|[;?])[a-z_]{2,40}=|(?:address\s?=\s?)?\("
)
"""A host and its properties, or Oracle's and MySQL's lists in parentheses."""
_CUT_OFF = re.compile(r"(?P<user>[^\s:/@?#\"']{0,128}:)(?P<password>[^\s/@?#\"'\[\]]{1,2048})\Z")
_DIGITS = re.compile(r"\d{1,5}(?![\w!$%^&*])")
_NEXT_URL = re.compile(r"[a-z][a-z0-9+.\-]{1,20}:\\*/\\*/")
_WEB: Final = ("http", "https", "ftp", "file", "s3", "s3a", "obs", "ws", "wss")


def userinfo(  # noqa: C901  what may stand before an @, case by case
    scan: Scan, at: int
) -> tuple[Span, ...]:
    """What stands before the @ of a URL whose `://` is at *at*.

    A password may hold any character, also / ? # and @: what stands before the last @ that a host
    can follow is hidden, unless the address begins with a host and a port.
    """
    low = scan.low
    scheme = _SCHEME.search(scan.before(at)[-48:].lower())
    if scheme is None:
        return ()
    start = at + 3
    while low.startswith(("/", "\\/"), start) and low[at : at + 1] == ":" and "\\" in low[at:start]:
        start += 1
    limit = word_end(scan, start)
    if scan.text.startswith(":\n", limit - 1):  # the line breaks before the password
        limit = word_end(scan, limit + 1)
    limit = min(limit, start + _LONGEST)
    before = scan.before(at)
    if within := open_quote(before):
        end = closing(scan, start, within, limit)
        limit = limit if end is None else end
    if other := _NEXT_URL.search(low, start, limit):
        limit = other.start()
    if _NO_USER.match(low, start, limit):
        return ()
    last = low.rfind("@", start, limit)
    if last < 0 and (escaped := low.rfind("\\u0040", start, limit)) >= 0:
        return (Span(start, len(low[:escaped].rstrip("\\"))),)
    if last < 0:
        return _cut_off(scan, start, limit, scheme[0])
    strict = _STRICT.match(low, start, limit)
    authority_end = strict.end() if strict else start
    if _PORT.match(low, start, limit) and (
        scheme[0] in _WEB or "?" in low[start:last] or "/" not in low[start:last]
    ):
        return ()
    if ":" not in low[start:authority_end] or low.startswith("[", start):
        last = low.rfind("@", start, authority_end)
        return (Span(start, last),) if last > start else ()
    while last > start and not _HOST.match(low, last):
        last = low.rfind("@", start, last)
    return (Span(start, last),) if last > start else ()


def _cut_off(scan: Scan, start: int, limit: int, scheme: str) -> tuple[Span, ...]:
    """A URL that the text ends in: what follows the colon is a password if it can be no port."""
    if limit < len(scan.text) or scheme.startswith(("jdbc", "http")):
        return ()
    found = _CUT_OFF.match(scan.low, start, limit)
    if found is None or _DIGITS.match(found["password"]):
        return ()
    return (Span(*found.span("password")),)


_SLASHES = re.compile(
    r"%(?P<level>(?:25)*+)3a%(?P=level)2f%(?P=level)2f(?P<info>[^\s&\"'<>]{1,512})"
    r"%(?P=level)40(?=[\w%])"
)


def userinfo_in_percents(scan: Scan, at: int) -> tuple[Span, ...]:
    """The same where the URL stands percent-encoded in another; *at* is its %40."""
    start = max(scan.pos, at - 512)
    place = max(scan.low.rfind("3a%2f%2f", start, at), scan.low.rfind("3a%252f%252f", start, at))
    if place < 0:
        return ()
    found = _SLASHES.match(scan.low, scan.low.rfind("%", start, place + 1) if place else 0)
    if found is None:
        found = _SLASHES.search(scan.low, max(start, place - 4), at + 8)
    return () if found is None else (Span(*found.span("info")),)


# -- user:password@ and user/password@ without a scheme ----------------------------------------

_PROTOCOL = re.compile(r"@(?:tcp[46]?|unix|cloudsql|ssh\+tcp|udp)\(")
_HOST_PORT = re.compile(
    r"@(?:[\w\-]+(?:\.[\w\-]+)*|\[[0-9a-f:.]+\]):\d{1,5}(?=[\s/,;)\]}\"'`?&<>|\\]|\Z)"
)
_SERVICE = re.compile(
    r"@(?://[\w.\-\[]+|(?=[\w.\-]*[a-z.])[\w.\-]+(?::\d{1,5})?/[\w.$\-]+(?![\w/]*@)|[\w.\-]+:\d{1,5}(?!\w)(?:[/:][\w.$\-]+)?"
    r"|\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|\((?:description|address))"
)
_ALIAS = re.compile(r"@[a-z][\w.$\-]*(?=[\s;,:)\]}\"'<>|&\\]|\Z)")
_USER_COLON = re.compile(r"(?:^|(?<=[=(\"'`,;<\[{]))(?P<user>[\w.$%+\-]{1,64}):(?!/)")
_USER_SLASH = re.compile(
    r"(?:^|(?<=[=(\"'`,;<\[{:]))(?P<user>[A-Za-z][\w$#]{0,63}|\"\w{1,64}\")(?:\[\w{1,64}\])?/(?![/\s])"
)
_DIGEST = re.compile(r"@(?:sha(?:256|512)|\d+\.\d+\.\d+(?![\d.]))")
_QUERY = re.compile(r"\?[a-z_]{2,40}=")
_THIN = re.compile(r"jdbc:oracle:\w+:\Z")
_TIME = re.compile(r"\d{1,2}\Z")
_CONNECT = re.compile(
    r"(?:\b(?:conn(?:ect)?|sqlplus|rman|expdp|impdp|exp|imp|sqlldr|zsql|disql|dexp|dimp|dmfldr|rcv|userid"
    r"|target|catalog|auxiliary|log(?:ging|ged|s)?[ _]?[io]n|dgmgrl|tnsping|oraexp|oraimp|dblink|link|user"
    r"|credentials?|authenticat\w{1,5}|session|asmcmd)\b"
    r"[^\n]{0,80}|jdbc:oracle:\w+:)\Z"
)
_QUOTED_START = re.compile(
    r"(?:(?<![\w/.])|(?<=\Wthin:)|(?<=\Woci:))(?:[A-Za-z][\w$#]{0,63}|\\?\"\w{1,64}\\?\")(?:\[\w{1,64}\])?/\Z"
)
_QUOTED_END = re.compile(r"\\?\"@(?=[\w/(\[])")


def quoted_before_at_sign(scan: Scan, at: int) -> tuple[Span, ...]:
    """Oracle's `user/"any SECRET"@service`; *at* is the slash."""
    if scan.find('"@', at + 2) - at > _LONGEST:
        return ()
    if _QUOTED_START.search(scan.before(at + 1)[-140:]) is None:
        return ()
    start = scan.text.index('"', at) + 1
    line = min(scan.find("\n", start), start + _LONGEST)
    end = _QUOTED_END.search(scan.text, start, line)
    return () if end is None else (Span(start, end.start()),)


_WORD_END = re.compile(r"\s|[,;|](?=[\"'\[({\\]{0,4}[A-Za-z_][A-Za-z_.\-]{0,63}[:/])")
_LONGEST_BEFORE: Final = 1024
_MOST_TRIES: Final = 8


def before_at_signs(text: str, low: str) -> Iterator[Span]:
    """Every password before an @ that no scheme announces: `u:p@tcp(h)/d`, `u/p@h:1521/s`.

    They are known by what follows the @, so they are looked for before the text is read from its
    beginning. Of several @ in a word the last that fits ends the password.
    """
    at = low.find("@")
    done = 0
    while at >= 0:
        window = text[max(done, at - _LONGEST_BEFORE) : at]
        run = "" if not window or window[-1].isspace() else window.rsplit(None, 1)[-1]
        done = at + 1
        if (":" in run or "/" in run) and "://" not in run and ":\\/" not in run:
            end = _WORD_END.search(text, at, at + _LONGEST)
            done = end.start() if end else min(at + _LONGEST, len(text))
            place = low.rfind("@", at, done)
            for _ in range(_MOST_TRIES):
                if place < at:
                    break
                if span := _before_at(text, low, at - len(run), place):
                    yield span
                    break
                place = low.rfind("@", at, place)
        at = low.find("@", max(done, at + 1))


_PHP_STRING = re.compile(r"[{;]s:\d{1,9}:\\{0,8}\"")
"""Where a string begins that PHP serialises: `{s:8:"password";s:4:"…`."""


def _before_at(text: str, low: str, start: int, at: int) -> Span | None:
    host_port = _PROTOCOL.match(low, at) or _HOST_PORT.match(low, at)
    service = _SERVICE.match(low, at)
    if not (host_port or service or _ALIAS.match(low, at)) or _DIGEST.match(low, at):
        return None
    for string in _PHP_STRING.finditer(low, start, at):
        start = string.end()
    run = text[start:at]
    if _THIN.match(run) or _QUERY.search(run):
        return None
    if run.endswith('"') and '/"' in text[max(start - 300, 0) : at]:
        return None  # see quoted_before_at_sign
    if (found := _USER_SLASH.search(run)) is not None and (
        service or _CONNECT.search(low[max(start - 100, 0) : start + found.start()])
    ):
        return Span(start + found.end(), at)
    found = _USER_COLON.search(run) if host_port else None
    if found is None or found.end() == len(run) or _TIME.fullmatch(found["user"]):
        return None
    return Span(start + found.end(), at)


# -- .pgpass ---------------------------------------------------------------------------------

_PGPASS = re.compile(r"(?:[\w.\-*]{1,255}):(?:\d{4,5}|\*):[\w.\-*]{1,63}:[\w.\-*]{1,63}:(?=\S)")


def pgpass(scan: Scan, at: int) -> tuple[Span, ...]:
    """The last field of a line of .pgpass, `host:port:database:user:password`; *at* is the port's."""
    line = scan.text[max(scan.pos, at - 128) : at]
    host = "" if not line or line[-1].isspace() else line.rsplit(None, 1)[-1].lstrip("\"'")
    return pgpass_line(scan, at - len(host))


def pgpass_line(scan: Scan, at: int) -> tuple[Span, ...]:
    """The same where the line begins at *at*."""
    found = _PGPASS.match(scan.text, at)
    if found is None:
        return ()
    span = bare(scan, found.end(), found.end())
    return (span,) if span.end > span.start else ()
