r"""What a script or a client types or sends where it is asked for a password.

Sources: expect's manual (`expect "*assword:"; send "SECRET\r"`), the commands of FTP's clients, RFC 6120
(`<auth mechanism='PLAIN'>` of XMPP), the PLAIN mechanism of AMQP (`\0user\0SECRET`), Teradata's `.LOGDATA`.
"""

import re
from typing import Final

from drs_mcp.quoting.secrets.values import Scan, Span

_ASKED = re.compile(
    r"(?:assword|assphrase|passcode|pin code|密码|口令)[^\n\"']{0,40}\\*[\"'}][^\n\"']{0,80}\Z"
)
_TYPED = re.compile(
    r"send(?:\s-[a-z])*(?:\s--)?\s(?P<quote>\\*[\"'{])(?!\$\w|\[)(?P<data>[^\n\"'}]{1,200}?)(?=\\+[rn]|(?P=quote)|\})"
)
TYPED: Final = ('send "', 'send \\"', "send --")


def typed(scan: Scan, at: int) -> tuple[Span, ...]:
    r"""`expect "*assword:"; send "SECRET\r"`; what stands in a variable is named there."""
    found = _TYPED.match(scan.text, at)
    if found is None or _ASKED.search(scan.before(at)[-160:].lower()) is None:
        return ()
    return (Span(*found.span("data")),)


_FTP = re.compile(
    r"ftp>\s{0,2}(?:user\s\S{1,64}|(?:quote|literal)\s(?:pass|acct))\s(?P<data>\S{1,128})"
)
_QUOTED = re.compile(r"quote pass (?P<data>\S{1,128})")
FTP: Final = ("ftp>", "quote pass ")


def ftp(scan: Scan, at: int) -> tuple[Span, ...]:
    """`ftp> user drs SECRET`, `quote PASS SECRET`."""
    found = _FTP.match(scan.low, at) or _QUOTED.match(scan.low, at)
    return () if found is None else (Span(*found.span("data")),)


_XMPP = re.compile(
    r"auth\s[^<>\n]{0,200}mechanism\s?=\s?\\*[\"'][\w\-]{2,24}\\*[\"'][^<>\n]{0,120}>\s?(?P<data>[a-z0-9+/]{4,}+={0,2}+)"
)


def in_element(scan: Scan, at: int) -> tuple[Span, ...]:
    """`<auth mechanism='PLAIN'>SECRET</auth>`."""
    if scan.low[at - 1 : at] not in ("<", ";", ":"):
        return ()
    found = _XMPP.match(scan.low, at)
    return () if found is None else (Span(*found.span("data")),)


_NUL = r"\\{1,4}(?:0{1,3}|x00|u0000)"
_RESPONSE = re.compile(
    rf"response=b?(?P<quote>\\*[\"'])?(?:{_NUL})?[\w.@\-]{{0,64}}?{_NUL}(?:[\w.@\-]{{0,64}}?{_NUL})?"
    r"(?P<data>[^\s\"'\\]{1,128})"
)
RESPONSE: Final = "response="


def response(scan: Scan, at: int) -> tuple[Span, ...]:
    r"""`response='\0user\0SECRET'`."""
    found = _RESPONSE.match(scan.low, at)
    return () if found is None else (Span(*found.span("data")),)


_LOGDATA = re.compile(
    r"\.logdata\s(?:(?P<user>[\w.$\-]{1,64}@@)|(?P<quote>[\"']))?(?P<data>[^\s\"';]{1,256})"
)
LOGDATA: Final = ".logdata "


def logdata(scan: Scan, at: int) -> tuple[Span, ...]:
    """`.LOGDATA user@@SECRET`, or the text of another mechanism."""
    found = _LOGDATA.match(scan.low, at)
    return () if found is None else (Span(*found.span("data")),)
