"""Passwords on command lines: behind an option of a tool, or at a place of their own.

Sources: the manuals of the tools named here. An option counts only on the line of its tool: `-p` is
a port elsewhere.
"""

import re
from typing import Final

from drs_mcp.quoting.secrets.bare import bare
from drs_mcp.quoting.secrets.expressions.powershell import ends_command
from drs_mcp.quoting.secrets.keys import Weight, weigh
from drs_mcp.quoting.secrets.values import Scan, Span, closing, is_empty, opening, quoted


def argument(scan: Scan, at: int, key_end: int | None = None) -> Span | None:
    """One argument, quoted or not; *key_end*: where its name ends, if it is one of several pairs."""
    if (mark := opening(scan, at)) is not None:
        if is_empty(scan, mark.end(), mark[0]):
            return None
        return quoted(scan, mark.end(), mark[0])
    span = bare(scan, at, at if key_end is None else key_end)
    return span if span.end > span.start else None


def one(scan: Scan, at: int) -> tuple[Span, ...]:
    """The argument at *at*, if there is one."""
    span = argument(scan, at)
    return () if span is None else (span,)


_WHOLE = re.compile(
    r"(?:(?:\A|[\s\[(,=])(?P<dashed>\\*[\"'])--?(?:D?[\w.\-]{1,64})?|(?<!\s-c)(?<!\s-lc)(?:\A|[\s\[(,])(?P<variable>\\*[\"'])"
    r"|\s(?:-H|--header=?)\s?(?P<header>\\*[\"'])|\s-(?!c\s)\w\s?(?P<option>\\*[\"']))\Z"
)
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")
_LONGEST_ARGUMENT = 512
_LONGEST_OPTION = 80
_AFTER_WHOLE = re.compile(r"[\s,\])}\\;|&]|\Z")


def whole_argument(scan: Scan, at: int, start: int, end: int) -> Span | None:
    """The value in `"NAME=a b"`, `'--password=a b'`, `-H 'Name: a b'`: to the quote around both.

    Args:
        scan: the text.
        at: where the value begins.
        start: where its name begins.
        end: where its name ends.
    """
    before = scan.before(start)[-_LONGEST_OPTION:]
    if '"' not in before and "'" not in before:
        return None
    found = _WHOLE.search(before)
    kind = found.lastgroup or "" if found else ""
    if found is None or scan.text[end:at].rstrip(" ") != (":" if kind == "header" else "="):
        return None
    if kind == "variable" and not _VARIABLE.fullmatch(scan.text, start, end):
        return None
    stop = closing(scan, at, found[kind], min(scan.find("\n", at), at + _LONGEST_ARGUMENT))
    if stop is None or stop == at or not _AFTER_WHOLE.match(scan.text, stop + len(found[kind])):
        return None
    return Span(at, stop)


# -- one letter ------------------------------------------------------------------------------

_MYSQL = r"mysql\w{0,40}+|mariadb[\w-]{0,40}+|mydumper|myloader|pt-[\w-]{1,40}+|obclient|mycli|taos\w{0,12}|binlog2sql(?:\.py)?"
_BACKUPS = r"mydumper|myloader|xtrabackup|mariabackup|innobackupex|dumpling|ob(?:dumper|loader)"
_OTHERS = (
    r"mongo\w{0,40}+|cqlsh|psexec|elasticsearch-users|couchbase-cli|cb(?:q|backupmgr|import|export)|user(?:add|mod)|clickhouse[\w-]{0,40}+|cypher-shell|sshpass(?![^\n]{0,256}?\s(?:ssh|scp|sftp|rsync)\s)|7z\w{0,40}+"
    r"|(?:docker|podman|nerdctl|helm|az) login|arangosh|influx|hdbsql|beeline|db2move"
)
_CAPITALS = r"sqlcmd|isql|osql|bcp|tsql|zip|unzip|ossutil\w*|obsutil\w*|ipmitool"
_GAUSS = r"gsql|vsql|gs_\w+|zsql|cm_ctl|ldap\w+"
_STORES = r"obsutil\w*|ossutil\w*|cos\w*cmd"
_CIPHERS = rf"openssl|gs_\w+|ccrypt|aescrypt|{_STORES}"
_TOOLS: Final = {
    # option: tools that take it with the password at once, and behind a blank
    "-p": (rf"{_MYSQL}|{_BACKUPS}|{_OTHERS}", rf"{_BACKUPS}|{_OTHERS}"),
    "-P": (_CAPITALS, _CAPITALS),
    "-w": (_GAUSS, _GAUSS),
    "-W": (_GAUSS, _GAUSS),
    "-k": (_STORES, _CIPHERS),
    "-K": (_STORES, _CIPHERS),
}
_BY_OPTION: Final = {
    (option, attached): re.compile(rf"(?<![\w.])(?:{tools})(?=[\s\"'\\,])", re.IGNORECASE)
    for option, both in _TOOLS.items()
    for attached, tools in zip((True, False), both, strict=True)
}
_LONGEST_COMMAND = 256
_OPTION = re.compile(
    r"(?P<dash>-[pPwWkK])(?P<gap>=|(?:\\*[\"'](?:\s?,|(?=\s{1,4}\\*[\"'])))?\s{0,4}(?:\\*[\"'](?=-))?)"
)
_LONG_OPTION = re.compile(
    r"-(?:pass(?:word|wd|phrase|in|out)?|pwd?|pwf|port|path|(?:path-)?prefix|precision|pretty|protocol)(?=[\s=:\"']|\Z)"
)
_MAYBE_LONG = re.compile(
    r"-(?P<name>[A-Z][a-z]{1,20}(?:[A-Z][a-z]{1,20}){1,3})(?=(?P<gap>[ \t=:]))"
)
_NONE = re.compile(r"[\s|;&>]|-(?:[\w-]+(?:\s|\Z)|-)|\Z")


def short_option(scan: Scan, at: int) -> tuple[Span, ...]:
    """`-pSECRET` of MySQL's tools, `-p SECRET` of MongoDB's, `-W SECRET` of GaussDB's."""
    if at == scan.pos or not (scan.text[at - 1].isspace() or scan.text[at - 1] in "\"'"):
        return ()
    found = _OPTION.match(scan.text, at)
    if found is None or _LONG_OPTION.match(scan.low, at):
        return ()
    command = scan.before(at)[-_LONGEST_COMMAND:].rpartition("\n")[2]
    value = found.end()
    attached = value == found.end("dash") or found["gap"] == "="
    if _NONE.match(scan.text, value) and (not attached or scan.text[value : value + 1].isspace()):
        return ()
    tools = _BY_OPTION[found["dash"], attached]
    if not scan.text[value : value + 1]:
        return ()
    if not _is_of_tool(command, tools, attached=attached) and not (
        attached and _beside_user(scan, found, command)
    ):
        return ()
    if attached and (long := _maybe_long(scan, at)):
        return long
    if command[-1:] in ("'", '"') and attached:  # the quote around option and value
        quote = command[len(command.rstrip("\"'\\")) :][-2:].lstrip(
            "'" if command[-1] == '"' else '"'
        )
        if scan.text.startswith(quote, value):
            return ()
        return (quoted(scan, value, quote),)
    return one(scan, value)


def _is_of_tool(command: str, tools: re.Pattern[str], *, attached: bool) -> bool:
    """Whether a tool is called that takes such an option; `Invoke-Sqlcmd` is none."""
    return any(
        not (attached and ends_command(command, found.start())) for found in tools.finditer(command)
    )


def _maybe_long(scan: Scan, at: int) -> tuple[Span, ...]:
    """`-WalletPassword SECRET`: an option of that name, or of one letter and a password. Both are hidden."""
    found = _MAYBE_LONG.match(scan.text, at)
    if found is None or weigh(found["name"]) is not Weight.STRONG:
        return ()
    start = found.end()
    while scan.text[start : start + 1] in (" ", "\t", "=", ":"):
        start += 1
    value = () if _NONE.match(scan.text, start) else one(scan, start)
    return (Span(at + 2, found.end()), *value)


_USER_BEFORE = re.compile(
    r"\s(?:-u\s?|--user[= ])(?!-|ri?l?\s)[\w.@\-]{1,64}(?:\s-[hPD]\s?[^\s\-]\S{0,64}){0,3}\s\Z"
)
_USER_BEHIND = re.compile(r"\S{1,128}\s-u[A-Za-z_]")
_PORT_OR_FLAGS = re.compile(r"(?:[\d.:\-]{1,40}+(?:/[a-z]{3,4})?|[a-z]{1,3})(?:\s|\Z)")
_MIXED = re.compile(r"(?=\S{0,64}?[A-Za-z])(?=\S{0,64}?\d)\S{6}")


def _beside_user(scan: Scan, option: re.Match[str], command: str) -> bool:
    """Whether `-pSECRET` stands beside `-uUSER`, as the clients of MySQL's kind take both."""
    if option["dash"] != "-p" or _PORT_OR_FLAGS.match(scan.text, option.end()):
        return False
    user = _USER_BEFORE.search(command)
    if user is None and not _USER_BEHIND.match(scan.text, option.end()):
        return False
    attached = user is not None and user[0][1:3] == "-u" and not user[0][3].isspace()
    return attached or _MIXED.match(scan.text, option.end()) is not None


# -- words -----------------------------------------------------------------------------------

_OF_TOOLS: Final = {
    "redis-cli": r"-a|--pass",
    "valkey-cli": r"-a|--pass",
    "keydb-cli": r"-a|--pass",
    "dcs-cli": r"-a|--pass",
    "ssh-keygen": r"-[NP]",
    "sqlcmd": r"/P",
    "osql /": r"/P",
    "isql /": r"/P",
    "schtasks": r"/[rR][pP]",
    "snmp": r"-[AX]",
    "sqlpackage": r"/[sStT][pP](?=:)",
}
"""Tools, and those of their options that mean something else behind another one."""

TOOLS: Final = tuple(_OF_TOOLS)
_TOOL_OPTION: Final = {
    tool: re.compile(
        rf"[^\n|;]{{0,160}}?[\s\"'](?:{options})(?:\s+|:|\\*[\"']\s?,\s?|\\*[\"']\s{{1,4}}(?=\\*[\"']))(?=[^\s\-]|\S\S)"
    )
    for tool, options in _OF_TOOLS.items()
}
_MOST_OPTIONS: Final = 2
"""An old password and a new one."""


def of_tool(scan: Scan, at: int) -> tuple[Span, ...]:
    """`redis-cli -a SECRET`, `ssh-keygen -P SECRET -N SECRET`, `sqlcmd /U sa /P SECRET`."""
    tool = next((name for name in TOOLS if scan.low.startswith(name, at)), "")
    if not tool or (at > scan.pos and scan.low[at - 1].isalnum()):
        return ()
    spans: tuple[Span, ...] = ()
    place = at + len(tool.rstrip(" /"))
    for _ in range(_MOST_OPTIONS):
        found = _TOOL_OPTION[tool].match(scan.text, place)
        if found is None:
            break
        spans += (value := one(scan, found.end()))
        place = value[-1].end if value else found.end()
    return spans


_CURL = re.compile(
    r"\s(?P<option>-[uUEb]|--(?:proxy-)?(?:user|cert)|--cookie|--oauth2-bearer)(?:[ =]\s{0,3})?"
    r"(?P<quote>[\"']?)(?=[^\s\-])"
)
_BEFORE_COLON = re.compile(r"[^\s:\"']{0,128}:")


def curl(scan: Scan, at: int) -> tuple[Span, ...]:
    """`curl -u user:SECRET`, `curl --cert file:SECRET`, `curl -b 'sid=SECRET'`."""
    end = min(scan.find("\n", at), at + 2 * _LONGEST_COMMAND)
    spans: list[Span] = []
    place = at
    while (found := _CURL.search(scan.text, place, end)) is not None:
        place = start = found.end()
        if found["option"] not in ("-b", "--cookie", "--oauth2-bearer"):
            user = _BEFORE_COLON.match(scan.text, start)
            if user is None:
                continue
            start = user.end()
        elif found["option"] != "--oauth2-bearer" and "=" not in scan.text[start : start + 64]:
            continue  # a file of cookies
        span = quoted(scan, start, found["quote"]) if found["quote"] else bare(scan, start, start)
        if span.end > span.start:
            spans.append(span)
            place = span.end
    return tuple(spans)


_SQLPLUS = re.compile(
    r"(?:(?:sqlplus|expdp|impdp|exp|imp|sqlldr|rman|zsql|disql|dgmgrl|asmcmd)"
    r"(?:\s+(?:-\w+|target|as\b))*+\s+(?:userid=)?|userid\s?=\s?)(?P<quote>[\"']?)"
    r"(?P<user>[A-Za-z][\w$#]{0,63})/(?!\\?\")(?=[^\s/@]++(?:\s|\Z))",
    re.IGNORECASE,
)
_DB_USER = re.compile(r"user\\*\"\s?:\s?\\*\"[\w$#]{1,64}/(?=[^\s\"/]{0,32}\d[^\s\"/]{0,64}\\*\")")


def slashed(scan: Scan, at: int) -> tuple[Span, ...]:
    """`sqlplus user/SECRET` without a service; with one see before_at_signs."""
    if (user := _DB_USER.match(scan.low, at)) is not None:
        return (bare(scan, user.end(), user.end()),)
    found = _SQLPLUS.match(scan.text, at - 2 if scan.low.startswith("pdp ", at) and at else at)
    if found is None:
        return ()
    return (
        (quoted(scan, found.end(), found["quote"]),) if found["quote"] else one(scan, found.end())
    )


_ECHO = re.compile(
    r"(?:echo|printf)\s+(?:-[neE]+\s+)?(?P<quote>[\"']?)(?P<user>[\w.\-]{1,64}:)?(?=\S)"
)
_READS = re.compile(
    r"\|\s?(?:/[\w/]{1,64}/)?(?P<tool>sudo\s+(?:-\w\s+)*-\w*S|(?:sudo\s+)?(?:passwd\s+[^\n]{0,40}?--stdin|chpasswd|kinit\b))"
)


def echoed(scan: Scan, at: int) -> tuple[Span, ...]:
    """`echo SECRET | sudo -S …`, `echo user:SECRET | chpasswd`; *at* is the pipe."""
    reads = _READS.match(scan.text, at)
    start = max(scan.pos, at - 4 * _LONGEST_COMMAND)
    line = scan.text[start:at]
    place = max(line.rfind("echo "), line.rfind("printf "))
    if reads is None or place < 0 or "\n" in line[place:]:
        return ()
    found = _ECHO.match(scan.text, start + place)
    if found is None:
        return ()
    end = start + len(line.rstrip())
    if found["quote"] and scan.text[end - 1] == found["quote"]:
        end -= 1
    begin = found.end() if reads["tool"].endswith("chpasswd") else found.end("quote")
    return (Span(begin, end),) if end > begin else ()


_SHARE = re.compile(r"net\s+use\s+(?:[a-z*]:?\s+)?(?P<share>\\\\[^\s]{1,200})")
_USER = re.compile(r"\s+/user:\S{1,128}")
_WORD = re.compile(r"\s+(?![/*])(?P<word>\S+)")
_NET_USER = re.compile(r"net\s+user\s+[^\s/]{1,64}\s+(?=[^\s/*]\S{0,128}\s+/[a-z])")


def net_use(scan: Scan, at: int) -> tuple[Span, ...]:
    r"""`net use \\host\share SECRET /user:name`, `… /user:name SECRET`, `net user name SECRET /add`."""
    if (user := _NET_USER.match(scan.low, at)) is not None:
        return one(scan, user.end())
    share = _SHARE.match(scan.low, at)
    if share is None:
        return ()
    user = _USER.match(scan.low, share.end())
    word = _WORD.match(scan.low, user.end() if user else share.end())
    return () if word is None else one(scan, word.start("word"))


_STORE = re.compile(r"credential\s+\S{1,128}\s+\S{1,128}\s+(?=\S)")


def stored(scan: Scan, at: int) -> tuple[Span, ...]:
    """`mkstore … -createCredential alias user SECRET`."""
    if not scan.low.endswith(("-create", "-modify"), scan.pos, at):
        return ()
    found = _STORE.match(scan.low, at)
    return () if found is None else one(scan, found.end())


_DSN = re.compile(r"(?:^|[\s,\"'])[hu]=[^\s]{0,200}\Z")


def dsn(scan: Scan, at: int) -> tuple[Span, ...]:
    """`h=10.0.0.1,u=root,p=SECRET` of Percona's tools; *at* is the comma."""
    if _DSN.search(scan.before(at)[-200:]) is None:
        return ()
    if not scan.text.startswith(",p=", at):
        return ()
    span = argument(scan, at + len(",p="), at + len(",p"))
    return () if span is None else (span,)


_MODULE_USER = re.compile(r"\suser_\w{1,64}\s?=\s?(?P<quote>\\*[\"'])")


def login_module(scan: Scan, at: int) -> tuple[Span, ...]:
    """`PlainLoginModule required user_admin="SECRET" user_bob="SECRET"`."""
    end = scan.find("\n", at)
    if scan.find(" user_", at) >= end:
        return ()
    spans: list[Span] = []
    place = at
    while (found := _MODULE_USER.search(scan.text, place, end)) is not None:
        span = quoted(scan, found.end(), found["quote"])
        spans.append(span)
        place = span.end
    return tuple(spans)
