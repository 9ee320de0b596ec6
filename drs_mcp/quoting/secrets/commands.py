"""Passwords that a command takes by position: of shells, SQL, Redis and MongoDB."""

import re

from drs_mcp.quoting.secrets.values import (
    QUOTE,
    Scan,
    Span,
    bare,
    closing,
    is_empty,
    opening,
    quoted,
)

# -- a value by position ---------------------------------------------------------------------


def _argument(scan: Scan, at: int) -> Span | None:
    """One argument, quoted or not."""
    if (mark := opening(scan, at)) is not None:
        if is_empty(scan, mark.end(), mark[0]):
            return None
        return quoted(scan, mark.end(), mark[0])
    span = bare(scan, at, at)
    return span if span.end > span.start else None


def _one(scan: Scan, at: int) -> tuple[Span, ...]:
    span = _argument(scan, at)
    return () if span is None else (span,)


# -- options of tools ------------------------------------------------------------------------

_TOOLS = (
    "mysql", "mariadb", "mydumper", "myloader", "xtrabackup", "mariabackup", "innobackupex", "pt-",
    "7z", "mongo", "sshpass", "docker login", "podman login", "cqlsh", "nodetool", "clickhouse",
    "cypher-shell", "sqlcmd", "isql", "osql", "bcp", "tsql", "zip", "ossutil", "obsutil",
)  # fmt: skip
_APART = frozenset(_TOOLS[2:7] + _TOOLS[9:17])
"""Take `-p SECRET`, with a blank."""
_CAPITAL = frozenset(_TOOLS[17:])
"""Take `-P SECRET`."""
_TOOL = re.compile(rf"(?:{'|'.join(map(re.escape, _TOOLS))})[\w\-]*(?=[\s\"'])")
_LONGEST_COMMAND = 256
_OPTION = re.compile(r"(?P<dash>-[pP])(?P<gap>(?:\\*[\"']\s?,)?\s{0,4}(?:[\"'](?=-))?)")


def option_p(scan: Scan, at: int) -> tuple[Span, ...]:
    """`-pSECRET` of MySQL's tools, `-p SECRET` of MongoDB's, `-P SECRET` of SQL Server's."""
    if at == scan.pos or not (scan.text[at - 1].isspace() or scan.text[at - 1] in "\"'"):
        return ()
    found = _OPTION.match(scan.text, at)
    command = scan.before(at)[-_LONGEST_COMMAND:].rpartition("\n")[2].lower()
    if found is None or not (tools := {tool for tool in _TOOLS if tool in command}):
        return ()
    value = found.end()
    attached = value == found.end("dash")
    follows = scan.text[value : value + 1]
    if not follows or follows.isspace() or (follows in "-|;&>" and not attached):
        return ()
    if follows in "\"'" and command.endswith(follows):  # the quote around the option
        return ()
    if found["dash"] == "-P":
        fits = not tools.isdisjoint(_CAPITAL)
    else:
        fits = not tools.isdisjoint(_APART) if not attached else not tools <= _CAPITAL
    return _one(scan, value) if fits and _TOOL.search(command) else ()


_REDIS = re.compile(
    r"(?:redis|valkey|keydb|dcs)-cli[^\n|;]{0,160}?[\s\"'](?:-a|--pass)(?:\s+|[\"']\s?,\s?)"
)
_GSQL = re.compile(r"gsql[^\n|;]{0,256}?\s-[Ww]\s*(?=[^\s\-])")
_CURL = re.compile(
    r"curl[^\n|;]{0,256}?\s(?:-u\s*|-U\s*|--(?:proxy-)?user[\s=]+)(?P<quote>[\"']?)(?=[^\s\-])"
)
_CURL_USER = re.compile(r"[^\s:\"']{0,128}:")


def redis_cli(scan: Scan, at: int) -> tuple[Span, ...]:
    """`redis-cli -a SECRET`."""
    found = _REDIS.match(scan.text, at)
    return () if found is None else _one(scan, found.end())


def gsql(scan: Scan, at: int) -> tuple[Span, ...]:
    """`gsql -W SECRET`."""
    found = _GSQL.match(scan.text, at)
    return () if found is None else _one(scan, found.end())


def curl(scan: Scan, at: int) -> tuple[Span, ...]:
    """`curl -u user:SECRET`."""
    found = _CURL.match(scan.text, at)
    if found is None:
        return ()
    user = _CURL_USER.match(scan.text, found.end())
    if user is None:
        return ()
    if found["quote"]:
        return (quoted(scan, user.end(), found["quote"]),)
    span = bare(scan, user.end(), user.end())
    return (span,) if span.end > span.start else ()


_SQLPLUS = re.compile(
    r"(?:sqlplus|expdp|impdp|sqlldr|rman|zsql|disql)(?:\s+(?:-\w+|target|userid=|as))*+\s+"
    r"(?P<user>[A-Za-z][\w$#]{0,63})/(?=[^\s/@]++(?:\s|\Z))"
)


def sqlplus(scan: Scan, at: int) -> tuple[Span, ...]:
    """`sqlplus user/SECRET` without a service; with one see before_at_signs."""
    found = _SQLPLUS.match(scan.text, at)
    return () if found is None else _one(scan, found.end())


# -- SQL -------------------------------------------------------------------------------------

_IDENTIFIED = re.compile(
    r"identified\s+(?:(?:with|via)\s+\S{1,64}\s+)?(?:by|as|using)(?:\s+(?:password|values))?\s*\(?\s*"
)
_PROSE = re.compile(r"[a-z]+(?:[\s,.;]|\Z)")
_ABOUT_USERS = re.compile(r"\b(?:user|role|grant|link|schema)\b")
_RANDOM = re.compile(r"random\s+password|external|global|null\b")
_REPLACING = re.compile(r"\s+replace\s+")
_STRING = re.compile(rf"[neb]?(?={QUOTE})")
_UNQUOTED = re.compile(r"[^\s;,)]+")


def identified(scan: Scan, at: int) -> tuple[Span, ...]:
    """`IDENTIFIED BY …` in all its forms, and the old password behind REPLACE."""
    found = _IDENTIFIED.match(scan.low, at)
    if found is None or _RANDOM.match(scan.low, found.end()):
        return ()
    is_prose = scan.text[at].islower() and _PROSE.match(scan.text, found.end())
    if is_prose and not _ABOUT_USERS.search(scan.before(at)[-200:].lower()):
        return ()
    first = _sql_value(scan, found.end())
    if first is None:
        return ()
    after = first.end
    if (mark := opening(scan, after)) is not None:
        after = mark.end()
    replacing = _REPLACING.match(scan.low, after)
    second = _sql_value(scan, replacing.end()) if replacing else None
    return (first,) if second is None else (first, second)


def _sql_value(scan: Scan, at: int) -> Span | None:
    start = found.end() if (found := _STRING.match(scan.low, at)) else at
    if (mark := opening(scan, start)) is not None:
        if is_empty(scan, mark.end(), mark[0]):
            return None
        return quoted(scan, mark.end(), mark[0])
    return _argument(scan, at)


# -- Redis -----------------------------------------------------------------------------------

_BREAK = r"(?:\s|\\+[rn])"
_AUTH = re.compile(
    rf"(?P<word>auth2?)(?P<quote>\\*[\"']?){_BREAK}{{1,4}}(?P<length>\$\d{{1,6}}{_BREAK}{{1,4}})?"
)
_LENGTH = re.compile(rf"{_BREAK}{{1,4}}\$\d{{1,6}}{_BREAK}{{1,4}}")
_NO_PASSWORD = re.compile(
    r"(?:a|an|and|any|as|at|before|but|by|called|cannot|check|code|command|commands|config|could|"
    r"credentials|data|denied|error|errors|exception|fail|failed|failing|failure|fails|flow|for|from|"
    r"handshake|has|header|in|info|into|is|key|level|login|mechanism|mechanisms|message|method|mode|"
    r"module|not|ok|on|option|or|packet|phase|plain|plugin|protocol|rejected|reply|request|required|"
    r"response|returned|sent|server|service|session|should|state|step|succeeded|success|successful|"
    r"switch|text|the|then|time|timed|timeout|to|token|tokens|type|user|using|via|was|when|while|"
    r"with|without|would|xoauth2|cram-md5|gssapi|scram-sha-\d+)(?=[,.:;!?)\]\"'=]{0,4}(?:\s|\Z)|=)|[<\[(=|]|\d+ms\b|of\b"
)
_NEXT_COMMAND = re.compile(r"[A-Z]{3,12}(?=[\s\"']|\Z)")
_NEXT_WORD = re.compile(r"[ \t]+")
_LOWER_WORD = re.compile(
    r"[a-z][a-z'\-]*+(?=[,.:;!?)\]]{0,4}+(?:\s|\Z))|\W(?=\s|\Z)|[(\[]|\d{4}-\d\d-\d\d|[A-Z]{2,6}-\d{3,5}|[\w.]+="
)
_IN_REDIS = re.compile(r"(?:redis|valkey|command|>|hello \d)[^\n]{0,40}\Z")


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
    if not capital and not found["quote"] and not _IN_REDIS.search(scan.before(at)[-60:].lower()):
        return ()
    start = found.end("length") if found["length"] else found.end()
    if found["quote"]:
        return _quoted_words(scan, found.end())
    if _NO_PASSWORD.match(scan.low, start) or opening(scan, start):
        return _quoted_words(scan, start) if opening(scan, start) and capital else ()
    first = bare(scan, start, at)
    if first.end <= first.start:
        return ()
    end = first.end
    if scan.text[first.start : end] == "***":
        return (Span(start, end),)
    gap = _LENGTH.match(scan.text, end)
    if found["length"]:
        if gap:
            end = bare(scan, gap.end(), at).end
        return (Span(found.start("length"), end),)
    gap = _NEXT_WORD.match(scan.text, end)
    if gap and not (
        _LOWER_WORD.match(scan.text, gap.end())
        or _NEXT_COMMAND.match(scan.text, gap.end())
        or _NO_PASSWORD.match(scan.low, gap.end())
    ):
        second = bare(scan, gap.end(), at)
        end = max(end, second.end)
    return (Span(start, end),)


_QUOTED_GAP = re.compile(r"\s{1,4}|\s?,\s?")


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


_SETUSER = re.compile(r"setuser\s+\S{1,128}")
_RULE = re.compile(r"\s+(?P<rule>\S+)")


def acl_setuser(scan: Scan, at: int) -> tuple[Span, ...]:
    """The rules of `ACL SETUSER` that set or take a password: `>…`, `<…`, `#…`, `!…`."""
    found = _SETUSER.match(scan.low, at)
    spans = []
    place = found.end() if found else len(scan.low)
    for _ in range(32):
        rule = _RULE.match(scan.text, place)
        if rule is None:
            break
        start, place = rule.span("rule")
        if scan.text[start] in "><#!":
            span = bare(scan, start + 1, at)
            if span.end > span.start:
                spans.append(span)
                place = span.end
    return tuple(spans)


# -- MongoDB and functions that take a user and a password --------------------------------------

_FUNCTION = re.compile(
    r"auth\s?\(|changeuserpassword\s?\(|basicauth\s?\(|sp_addlogin\s(?=[n'])|sp_password\s(?=[n'])"
    r"|passwordauthentication\s?\("
)
_ARGUMENT = re.compile(rf"\s?[nbu]?(?P<quote>{QUOTE})")
_COMMA = re.compile(r"\s?,\s?")


def user_and_password(scan: Scan, at: int) -> tuple[Span, ...]:
    """`db.auth("user", "SECRET")` and its like: the second argument; alone the first."""
    found = _FUNCTION.match(scan.low, at)
    if found is None:
        return ()
    first = _ARGUMENT.match(scan.low, found.end())
    if first is None:
        return ()
    end = closing(scan, first.end(), first["quote"])
    if end is None:
        return (Span(first.end(), len(scan.text)),)
    comma = _COMMA.match(scan.low, end + len(first["quote"]))
    second = _ARGUMENT.match(scan.low, comma.end()) if comma else None
    if second is None:
        return (Span(first.end(), end),) if end > first.end() else ()
    if found[0].startswith("sp_password"):
        return (Span(first.end(), end), quoted(scan, second.end(), second["quote"]))
    if is_empty(scan, second.end(), second["quote"]):
        return ()
    return (quoted(scan, second.end(), second["quote"]),)
