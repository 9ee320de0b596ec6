"""Passwords that a statement or a command of a database takes by position: SQL, Redis, MongoDB."""

import re
from typing import Final

from drs_mcp.quoting.secrets.bare import bare
from drs_mcp.quoting.secrets.options import argument, one
from drs_mcp.quoting.secrets.protocols.resp import argument_end
from drs_mcp.quoting.secrets.spaced import double_quoted_end
from drs_mcp.quoting.secrets.values import (
    QUOTE,
    Scan,
    Span,
    closing,
    is_empty,
    open_quote,
    opening,
    quoted,
)

# -- SQL -------------------------------------------------------------------------------------

_GAP = r"(?:\s|/\*[^*]{0,128}\*/|--[^\n]{0,128}\n)++"
_IDENTIFIED = re.compile(
    rf"identified{_GAP}(?:(?:with|via){_GAP}\S{{1,64}}{_GAP})?(?:by|as|using)"
    rf"(?:{_GAP}(?:password|values))?(?:{_GAP})?\(?\s*"
)
_PROSE = re.compile(r"[A-Za-z_]+(?:[\s,.;]|\Z)")
_ABOUT_USERS = re.compile(
    r"\b(?:user|role|grant|link|schema|administer\s+key|set\s+key|system\s+set\s+encryption|keystore)\b(?!.{0,200}\b(?:rows?|records?|tuples?|documents?|tables?|are|is)\s\Z)"
)
_CLOSES = re.compile(r"(?<!\s)[\"'`]")
_RANDOM = re.compile(r"random\s+password|external|global|null\b")
_BY_WHAT = re.compile(r"(?:the|an?|its|their|u?id|oid|name|number)\s")
_REPLACING = re.compile(r"\s+(?:replace|set)\s+")
_AS_A_NAME = re.compile(r"\"(?:[\s;)]|\Z)")
_STRING = re.compile(rf"(?:[neb]|u&)?(?={QUOTE})")


def identified(scan: Scan, at: int) -> tuple[Span, ...]:
    """`IDENTIFIED BY …` in all its forms, and the old password behind REPLACE."""
    found = _IDENTIFIED.match(scan.low, at)
    if found is None or _RANDOM.match(scan.low, found.end()):
        return ()
    if (
        _CLOSES.match(scan.low, found.end())
        and open_quote(scan.before(at)) == scan.low[found.end()]
    ):
        return ()  # near 'IDENTIFIED BY PASSWORD' at line 1
    is_prose = scan.text[at].islower() and _PROSE.match(scan.text, found.end())
    if is_prose and _BY_WHAT.match(scan.text, found.end()):
        return ()
    before = scan.before(at)[-200:]
    told = is_prose or (scan.text[at].islower() and before.strip())
    if told and not _ABOUT_USERS.search(before.lower()):
        return ()
    first = _sql_value(scan, found.end())
    if first is None:
        return ()
    after = first.end
    if (mark := opening(scan, after)) is not None:
        after = mark.end()
    replacing = _REPLACING.match(scan.low, after)
    if replacing and "set" in replacing[0] and "keystore" not in before.lower():
        replacing = None
    second = _sql_value(scan, replacing.end()) if replacing else None
    return (first,) if second is None else (first, second)


def _sql_value(scan: Scan, at: int) -> Span | None:
    start = found.end() if (found := _STRING.match(scan.low, at)) else at
    if (mark := opening(scan, start)) is not None:
        if is_empty(scan, mark.end(), mark[0]):
            return None
        end = double_quoted_end(scan, mark.end()) if mark[0] == '"' else len(scan.text)
        if _AS_A_NAME.match(scan.text, end) and closing(scan, mark.end(), mark[0]) is None:
            return Span(mark.end(), end)  # a backslash escapes nothing in a name
        return quoted(scan, mark.end(), mark[0])
    return argument(scan, at)


# -- Redis -----------------------------------------------------------------------------------

_BREAK = r"(?:\s|\\{1,32}+[rn])"
_AUTH = re.compile(
    rf"(?P<word>auth2?)(?P<quote>\\{{0,32}}[\"']?)(?:(?<=[\"'])\s?,\s?|{_BREAK}{{1,4}})"
    rf"(?:(?<=\n)\d{{1,3}}\)\s)?(?P<length>\$\d{{1,6}}{_BREAK}{{1,4}})?"
)
_LISTED = re.compile(
    r"\[(?:[^\s,\[\]]{1,128}, )?(?P<password>(?!(?:SCRAM|CRAM|DIGEST|SHA|XOAUTH)\b)(?=[^\s\]]{0,100}\d)[^\s,\[\]]{4,128})\]"
)
_NEXT_FIELD = re.compile(r"\\*[\"']\w{1,32}\\*[\"']\s?:")
_LENGTH = re.compile(rf"{_BREAK}{{1,4}}\$\d{{1,6}}{_BREAK}{{1,4}}")
_NO_PASSWORD = re.compile(
    r"(?:a|an|and|any|as|at|before|but|by|called|cannot|check|code|command|commands|config|could|"
    r"credentials|data|denied|error|errors|exception|fail|failed|failing|failure|fails|flow|for|from|"
    r"handshake|has|header|in|info|into|is|key|level|login|mechanism|mechanisms|message|method|mode|"
    r"module|not|ok|on|option|or|packet|phase|plain|plugin|protocol|rejected|reply|request|required|"
    r"response|returned|sent|server|service|session|should|state|step|succeeded|success|successful|"
    r"switch|text|the|then|time|timed|timeout|to|token|tokens|type|user|using|via|was|when|while|"
    r"with|without|would|xoauth2|cram-md5|gssapi|scram-sha-\d+)(?=[,.:;!?)\]\"'=]{0,4}(?:\s|\Z)|=)|[<\[(=|]|\d+ms\b|of\b|[a-z_]{2,32}:\s?\d{1,9}(?=[\s,;.)]|\Z)"
)
_NEXT_COMMAND = re.compile(r"[A-Z]{3,12}(?=[\s\"']|\Z)")
_NEXT_WORD = re.compile(r"[ \t]+")
_LOWER_WORD = re.compile(
    r"[a-z][a-z'\-]*+(?=[,.:;!?)\]]{0,4}+(?:\s|\Z))|\W(?=\s|\Z)|[(\[]|\d{4}-\d\d-\d\d|[A-Z]{2,6}-\d{3,5}|[A-Za-z_.]+="
)
_LAST_WORD = re.compile(r"[a-z][a-z'\-]*+[ \t]*(?:\r?\n|\Z)")
_HELLO = re.compile(r"\bhello \d \Z")
"""Before AUTH, behind which user and password stand then."""
_IN_REDIS = re.compile(r"(?:redis|valkey|command|cmd|\bsent:?\s|executing|>|hello \d)[^\n]{0,40}\Z")


def _is_inside(text: str, at: int) -> bool:
    """Whether *at* is within a word, other than behind an escaped line break."""
    sign = text[at - 1]
    return (sign.isalnum() or sign in "_-.") and text[at - 2 : at - 1] != "\\"


def redis_auth(scan: Scan, at: int) -> tuple[Span, ...]:
    """`AUTH SECRET`, `AUTH user SECRET`, `"AUTH" "SECRET"`, also as the protocol writes it."""
    found = _AUTH.match(scan.low, at)
    if found is None or (at > scan.pos and _is_inside(scan.text, at)):
        return ()
    capital = scan.text.startswith("AUTH", at)
    if not (capital or found["quote"] or found["length"]) and not _IN_REDIS.search(
        scan.before(at)[-60:].lower()
    ):
        return ()
    if "," in found[0] and not capital and not _IN_REDIS.search(scan.before(at)[-60:].lower()):
        return ()  # a list of words
    start = found.end()
    if found["quote"]:
        return () if _NEXT_FIELD.match(scan.low, found.end()) else _quoted_words(scan, found.end())
    if found["length"]:
        return (Span(found.start("length"), _wire_end(scan, found.start("length"))),)
    if capital and (listed := _LISTED.match(scan.text, start)):
        return (Span(*listed.span("password")),)
    if _NO_PASSWORD.match(scan.low, start) or opening(scan, start):
        return _quoted_words(scan, start) if opening(scan, start) and capital else ()
    first = bare(scan, start, start)
    if first.end <= first.start:
        return ()
    if scan.text[first.start : first.end] == "***":
        return (first,)
    return (_with_second_word(scan, at, first),)


def _with_second_word(scan: Scan, at: int, first: Span) -> Span:
    """What stands behind the AUTH at *at*: a password, or a user and a password."""
    gap = _NEXT_WORD.match(scan.text, first.end)
    if gap is None or _NO_PASSWORD.match(scan.low, gap.end()):
        return first
    second = bare(scan, gap.end(), gap.end())
    is_user = scan.low[first.start : first.end] == "default"
    if second.end > second.start and (is_user or _HELLO.search(scan.before(at)[-16:].lower())):
        return second
    if _LAST_WORD.match(scan.text, gap.end()):
        return Span(first.start, second.end)
    if _LOWER_WORD.match(scan.text, gap.end()) or _NEXT_COMMAND.match(scan.text, gap.end()):
        return first
    return Span(first.start, max(first.end, second.end))


def _wire_end(scan: Scan, at: int) -> int:
    r"""Where the arguments end in `AUTH\r\n$7\r\ndefault\r\n$6\r\nSECRET\r\n`, of which the first is at *at*."""
    while True:
        end = argument_end(scan.text, at)
        if end is None:
            start = _BEFORE_ARGUMENT.match(scan.text, at)
            ended = _WIRE_BREAK.search(scan.text, start.end() if start else at)
            end = ended.start() if ended else len(scan.text)
        following = _LENGTH.match(scan.text, end)
        if following is None:
            ended = _WIRE_BREAK.match(scan.text, end)
            return len(scan.text) if ended and ended.end() == len(scan.text) else end
        at = scan.text.index("$", end)


_BEFORE_ARGUMENT = re.compile(rf"\$\d{{1,6}}{_BREAK}{{1,4}}")
_WIRE_BREAK = re.compile(rf"{_BREAK}++")
_QUOTED_GAP = re.compile(
    r"\s?,\s?|\s{1,4}(?:\d{1,3}\)\s(?![\"'][\d.\[:a-f\]]{3,40}:\d{1,5}[\"']))?"
)


def _quoted_words(scan: Scan, at: int) -> tuple[Span, ...]:
    """One or two quoted arguments in a row."""
    mark = opening(scan, at)
    if mark is None or is_empty(scan, mark.end(), mark[0]):
        return ()
    first = quoted(scan, mark.end(), mark[0])
    after = first.end + len(mark[0])
    gap = _QUOTED_GAP.match(scan.text, after)
    if gap and scan.low.startswith(mark[0], gap.end()):
        inside = gap.end() + len(mark[0])
        if not is_empty(scan, inside, mark[0]):
            return (first, quoted(scan, inside, mark[0]))
    return (first,)


_SETUSER = re.compile(
    r"(?:setuser|user)(?:\s+\S{1,128}(?=\s)|\\*[\"'](?:\s?,\s?|\s)\\*[\"'][^\"'\s]{1,128}(?=[\"']))"
)
_RULE = re.compile(r"(?:\\*[\"'](?:\s?,\s?|\s)\\*[\"']|\s+)(?P<rule>[^\s\"']+)")


def acl_rules(scan: Scan, at: int) -> tuple[Span, ...]:
    """The rules that set or take a password: `ACL SETUSER app on >… ~*`, `user app on #…`."""
    found = _SETUSER.match(scan.low, at)
    spans = []
    place = found.end() if found else len(scan.low)
    for _ in range(32):
        rule = _RULE.match(scan.text, place)
        if rule is None:
            break
        start, place = rule.span("rule")
        if scan.text[start] in "><#!":
            span = bare(scan, start + 1, start + 1)
            if span.end > span.start:
                spans.append(span)
                place = span.end
    return tuple(spans)


_ACL_LINE = re.compile(r"user \S{1,128} (?:on|off|reset\w*|nopass)(?=\s)")


def acl_line(scan: Scan, at: int) -> tuple[Span, ...]:
    """The same in an ACL file, `user app on >… ~* +@all`; *at* is the blank before the tilde."""
    start = max(scan.pos, at - 512)
    place = scan.low.rfind("user ", start, at)
    if place < 0 or _ACL_LINE.match(scan.low, place) is None or scan.find("\n", place) < at:
        return ()
    return acl_rules(scan, place)


# -- words before the secret ----------------------------------------------------------------------

_DB2 = re.compile(r"(?:connect|attach)\s+to\s+\S{1,64}\s+user\s+\S{1,64}\s+using\s+")
_BEFORE_NEXT = re.compile(r"(?P<word>[^\s\"']\S{0,127})(?=\s+(?:new|confirm)\s)")
_CHANGED = re.compile(r"[\"']?\s+(?:new|confirm)\s+(?=\S)")
_ADD_AUTH = re.compile(
    r"addauth(?:info)?\s*+(?:\(\s?)?\\*[\"']?digest\\*[\"']?(?:\s?,)?\s*+(?P<quote>\\*[\"']?)[\w.@\-]{1,128}:(?=\S)"
)
_DIGEST = re.compile(r"digest[:=][\w.@\-]{1,64}:(?P<hash>[a-z0-9+/]{27}=)")
_WITH_KEY = re.compile(r"--with-key[\s=]\s*(?=\S)")
_USER_OPTION = re.compile(r"--user[\s=]\\*[\"']?[a-z][\w.@\-]{0,64}:(?=[^\s\"'])")
_LOGON = re.compile(
    r"(?:(?<=\.)logon\s+(?:[\w.\-]{1,256}/)?|(?<!\S)logon\s+[\w.\-]{1,256}/)"
    r"(?:[\w$#@.\-]{1,128}|\\*\"[^\"\n]{1,128}\"),(?P<word>(?=[\"'\\])|[^\s,;]{1,128}+)(?=[\s,;\"'\\]|\Z)"
)
"""Of Teradata's BTEQ and its loaders: `.LOGON host/user,SECRET,'account';`."""
_PARTED = r"(?:\\*[\"'])?(?:\s?,\s?|[ \t]{1,8})(?:\\*[\"'])?"
_LAST = r"(?:\\*[\"'])?(?:\s?,\s?|[ \t]{1,8})(?=[^\s|;&<>])"
"""Between the words of a command, as a shell takes them or as a list of arguments."""
_BY_PLACE: Final = {
    "connect to": _DB2,
    "attach to": _DB2,
    "addauth": _ADD_AUTH,
    "digest:": _DIGEST,
    "--user": _USER_OPTION,
    "htpasswd": re.compile(
        r"htpasswd\s+(?:-\w+\s+)*-\w*b\w*\s+(?:-\w+\s+)*\S{1,256}\s+\S{1,64}\s+(?=\S)"
    ),
    "rabbitmqctl": re.compile(
        r"rabbitmqctl\s+(?:-\w+\s+\S+\s+)?(?:add_user|change_password)\s+\S{1,64}\s+(?=\S)"
    ),
    "initial-password": re.compile(r"initial-password\s+(?=[^\s\-])"),
    "alias set": re.compile(r"alias set \S{1,64} \S{1,256} \S{1,128} (?=\S)"),
    "vault login": re.compile(r"vault login\s+(?=[^\s\-])"),
    "digest=": _DIGEST,
    "--with-key": _WITH_KEY,
    "logon ": _LOGON,
    "lftp": re.compile(r"lftp\s[^\n|;]{0,80}?-u\s?[\"']?[\w.@\-]{1,64},(?=[^\s\"'])"),
    "hdbuserstore": re.compile(
        rf"hdbuserstore(?:\.exe)?{_PARTED}(?:-u{_PARTED}[\w$]{{1,64}}{_PARTED}|-\w{{1,16}}{_PARTED}){{0,4}}set(?:key)?{_PARTED}[\w.\-]{{1,128}}{_PARTED}"
        rf"[\w.\-\[\]]{{1,255}}:\d[^\s\"',]{{0,64}}(?:[;,][^\s\"']{{1,255}})?{_PARTED}[\w$#@.\-]{{1,128}}{_LAST}"
    ),
    "smbclient": re.compile(r"smbclient\s[^\n|;]{0,120}?-u\s?[\"']?[\w.\\@\-]{1,64}%(?=[^\s\"'])"),
}
PLACES: Final = tuple(_BY_PLACE)
_OLD_AND_NEW: Final = 3
"""Passwords of a statement: the old one, the new one and the new one again."""


def by_place(scan: Scan, at: int) -> tuple[Span, ...]:
    """`db2 connect to d user u using SECRET`, `gs_dump --with-key SECRET`, `addauth digest u:SECRET`, its hash."""
    for trigger, pattern in _BY_PLACE.items():
        if scan.low.startswith(trigger, at) and (found := pattern.match(scan.low, at)):
            return _READ_AS.get(pattern, _word_behind)(scan, found)
    return ()


def _word_behind(scan: Scan, found: re.Match[str]) -> tuple[Span, ...]:
    return one(scan, found.end())


def _to_the_comma(scan: Scan, found: re.Match[str]) -> tuple[Span, ...]:
    return (Span(*found.span("word")),) if found["word"] else _word_behind(scan, found)


def _hash(_: Scan, found: re.Match[str]) -> tuple[Span, ...]:
    return (Span(*found.span("hash")),)


def _behind_user(scan: Scan, found: re.Match[str]) -> tuple[Span, ...]:
    """To the quote that stands before the user, if one does."""
    quote = found["quote"]
    return (quoted(scan, found.end(), quote),) if quote else _word_behind(scan, found)


def _old_and_new(scan: Scan, using: re.Match[str]) -> tuple[Span, ...]:
    """`USING SECRET NEW SECRET CONFIRM SECRET`."""
    at = using.end()
    spans: tuple[Span, ...] = ()
    while len(spans) < _OLD_AND_NEW:
        word = _BEFORE_NEXT.match(scan.low, at)
        last = scan.text[slice(*spans[-1][:2])] if spans else ""
        if last and scan.text.startswith(last, at):
            found: tuple[Span, ...] = (Span(at, at + len(last)),)  # the new one again
        else:
            found = (Span(*word.span("word")),) if word else one(scan, at)
        spans += found
        changed = _CHANGED.match(scan.low, found[0].end) if found else None
        if changed is None:
            break
        at = changed.end()
    return spans


_READ_AS: Final = {
    _DIGEST: _hash,
    _ADD_AUTH: _behind_user,
    _DB2: _old_and_new,
    _LOGON: _to_the_comma,
}

# -- MongoDB's handshakes ------------------------------------------------------------------------

_PAYLOAD = re.compile(
    r"sasl(?:start|continue)[^\n]{0,160}?payload\W{1,4}(?:bindata\(\d,\s?)?(?P<quote>\\*[\"'])"
)


def sasl(scan: Scan, at: int) -> tuple[Span, ...]:
    """`{ saslStart: 1, mechanism: "PLAIN", payload: BinData(0, "SECRET") }`."""
    found = _PAYLOAD.match(scan.low, at)
    return () if found is None else (quoted(scan, found.end(), found["quote"]),)
