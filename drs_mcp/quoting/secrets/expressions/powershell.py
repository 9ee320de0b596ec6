"""Secrets in the commands of PowerShell, whose options are words and whose results are values."""

import re
from typing import Final

from drs_mcp.quoting.secrets.values import Scan, Span, is_empty, quoted

_COMMAND = re.compile(
    r"\(?\s?(?P<verb>convertto|convertfrom|unprotect|decrypt|get|read|import|invoke|new)-"
    r"(?:securestring\b|[a-z]\w{2,40}(?=\s+(?:-[a-z]{3}|[\"'$(|]|[a-z]:\\)))"
)
_TAKES_SECRET: Final = ("unprotect", "decrypt")
_QUOTED_ARGUMENT = re.compile(r"[^\n;|\"']{0,200}?\s(?P<quote>[\"'])")


_VERB = re.compile(r"(?<![\w\-])[A-Z][A-Za-z]{1,15}-\Z")
_LONGEST_VERB: Final = 20


def ends_command(text: str, at: int) -> bool:
    """Whether the word at *at* ends the name of a command, `Invoke-Sqlcmd`: all its options are words."""
    return _VERB.search(text, max(at - _LONGEST_VERB, 0), at) is not None


def is_command(scan: Scan, at: int) -> bool:
    """Whether a command of PowerShell stands at *at*, `Read-Host -AsSecureString`."""
    return _COMMAND.match(scan.low, at) is not None


def deciphered(scan: Scan, at: int) -> tuple[Span, ...]:
    """The text that the command at *at* deciphers; what a secure string is made of is read there."""
    command = _COMMAND.match(scan.low, at)
    if command is None or command["verb"] not in _TAKES_SECRET:
        return ()
    argument = _QUOTED_ARGUMENT.match(scan.low, command.end())
    if argument is None or is_empty(scan, argument.end(), argument["quote"]):
        return ()
    return (quoted(scan, argument.end(), argument["quote"]),)


SECURE: Final = "convertto-securestring"
_SECURE = re.compile(
    rf"{SECURE}(?P<options>(?:\s+-(?:asplaintext|force))*+(?:\s+-string(?=[\s:]))?):?\s*+"
    r"(?:(?P<quote>[\"'])|(?!(?:is|was|are|and|or|needs|requires|must|cannot|can)\s)(?P<word>[^\s\-$(|;):][^\s;|)]*+)(?P<behind>\s+-[a-z]{3})?)"
)
_PIPED = re.compile(
    r"(?:\A|[;=({|&\n>]\s?|\s(?:echo|write-output)\s)(?:'(?P<single>(?:[^'\n]|''){1,128}+)'|\"(?P<double>(?:[^\"\n`]|\"\"|`.){1,128}+)\")\s?\Z"
)
_LONGEST_PIPED: Final = 256


def secure_string(scan: Scan, at: int) -> tuple[Span, ...]:
    """`ConvertTo-SecureString 'SECRET' -AsPlainText`, `… -Force -String SECRET`."""
    found = _SECURE.match(scan.low, at)
    if found is None:
        return ()
    if quote := found["quote"]:
        return () if is_empty(scan, found.end(), quote) else (quoted(scan, found.end(), quote),)
    return (Span(*found.span("word")),) if found["options"] or found["behind"] else ()


def piped(scan: Scan, at: int) -> tuple[Span, ...]:
    """`'SECRET' | ConvertTo-SecureString -AsPlainText`; *at* is the pipe."""
    start = max(scan.pos, at - _LONGEST_PIPED)
    found = _PIPED.search(scan.text[start:at].lower())
    if found is None:
        return ()
    begin, end = found.span(found.lastgroup or 0)
    return (Span(start + begin, start + end),)
