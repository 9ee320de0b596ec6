"""What a client sends to log in, as traces of SMTP, IMAP, POP3 and FTP show it.

Sources: RFC 4954 and RFC 4616 (AUTH PLAIN), the mechanisms registered for SASL, RFC 3501 (LOGIN and
AUTHENTICATE), RFC 1939 and RFC 959 (PASS), RFC 5802 (SCRAM). A server asks in Base64 in between, behind 334 or `+`.
"""

import re
from typing import Final

from drs_mcp.quoting.secrets.values import Scan, Span, is_empty, opening, quoted

_MECHANISM = (
    r"(?:plain|login|xoauth2?|oauthbearer|cram-md5|digest-md5|ntlm|gssapi|gss-spnego|spnego|kerberos_v4"
    r"|scram-sha-\d{1,3}(?:-plus)?)"
)
_BEGUN = re.compile(
    rf"auth(?:enticate)?(?:\s?[:=]\s?|\s){_MECHANISM}(?![\w\-])"
    rf"(?:\\*[\"']\s?,\s?\\*[\"']|[ \t,;:]{{1,4}}(?:(?:initial[- ])?(?:response|data|payload)[:=]?\s?)?)?"
)
_NAMED = re.compile(
    rf"sasl[- ](?:mechanism\s?[:=]?\s?)?{_MECHANISM}[,:]?\s(?:(?:initial[- ])?(?:response|data|token|payload|credentials)[:=]?\s)?"
)
_BASE64 = re.compile(r"(?P<data>[A-Za-z0-9+/]{4,}+={0,2}+)(?=\\[rn]|[\s\"',;)\]]|\Z)")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]{1,12}")
_ALONE = r"(?=(?:\\[rn]){0,2}[\"']?[^\S\n]*+(?:\n|\Z))"
_HEAD = r"(?:[^\n]{0,60}?[\s>:'\"])?"
_ASKED = re.compile(
    rf"[^\n]{{0,200}}\n{_HEAD}(?:334|\+)(?:[ \t][A-Za-z0-9+/=]*+)?{_ALONE}[^\n]{{0,8}}"
)
_ANSWER = re.compile(rf"[^\S\n]{{0,4}}\n{_HEAD}(?P<data>[A-Za-z0-9+/]{{4,}}+={{0,2}}+){_ALONE}")
_MOST_ANSWERS: Final = 4

PROMPTS: Final = ("ugfzc3dvcmq6", "cgfzc3dvcmq6")
"""`Password:` and `password:` in Base64 and lower case: what is sent next answers it."""


def handshake(scan: Scan, at: int) -> tuple[Span, ...]:
    """`AUTH PLAIN SECRET`, `A1 AUTHENTICATE PLAIN`, and what the client then answers to each question."""
    if scan.low.startswith("sasl", at):
        found = _NAMED.match(scan.low, at)
        return _data(scan, found.end()) if found else ()
    found = _BEGUN.match(scan.low, at)
    if found is None or (at > scan.pos and scan.text[at - 1].isalnum()):
        return ()
    spans = _data(scan, found.end())
    place = spans[-1].end if spans else found.end()
    while len(spans) < _MOST_ANSWERS and (asked := _ASKED.match(scan.text, place)):
        answer = _ANSWER.match(scan.text, asked.end())
        if answer is None:
            break
        spans += (Span(*answer.span("data")),)
        place = answer.end()
    return spans


def _data(scan: Scan, at: int) -> tuple[Span, ...]:
    """The Base64 at *at*; a word of a sentence or the name of another mechanism is none."""
    found = _BASE64.match(scan.text, at)
    if found is None or _WORD.fullmatch(found["data"]):
        return ()
    return (Span(*found.span("data")),)


def answered(scan: Scan, at: int) -> tuple[Span, ...]:
    """What follows the question for the password on a line of its own."""
    answer = _ANSWER.match(scan.text, at + len(PROMPTS[0]))
    return (Span(*answer.span("data")),) if answer else ()


_SENT = re.compile(r"(?:>|->|\bC:|\b[Ss]en[dt]:?|\bCommand:)\s?[\"']?\Z")
_USER_SENT = re.compile(r"\bUSER\s[^\n]{1,80}\n(?:[^\n]{0,120}\n){0,2}[^\n]{0,40}\Z")
_PASS = re.compile(r"PASS\s(?!\*|\d+\s)(?P<data>[^\n]{1,128}?)(?:\\r|\\n|[\"']?\s*(?:\n|\Z))")


def pass_sent(scan: Scan, at: int) -> tuple[Span, ...]:
    """`PASS SECRET` behind `USER u`, or marked as sent."""
    if not scan.text.startswith("PASS ", at):
        return ()
    before = scan.before(at)[-240:]
    if _SENT.search(before[-12:]) is None and _USER_SENT.search(before) is None:
        return ()
    found = _PASS.match(scan.text, at)
    return () if found is None else (Span(*found.span("data")),)


LOGIN: Final = tuple(f"{digit} login " for digit in "0123456789")
_LOGIN = re.compile(r"\d LOGIN (?P<user>\"[^\"\n]{1,128}\"|[^\s\"'=:]{1,128}) (?=\S)")
_TAG = re.compile(r"(?:\A|[\n>:'\"]\s?)[A-Za-z]{0,4}\d{0,6}\Z")


def logged_in(scan: Scan, at: int) -> tuple[Span, ...]:
    """`a1 LOGIN user SECRET` of IMAP; *at* is the last digit of the tag."""
    found = _LOGIN.match(scan.text, at)
    if found is None or _TAG.search(scan.before(at)[-16:]) is None:
        return ()
    if (mark := opening(scan, found.end())) is not None:
        empty = is_empty(scan, mark.end(), mark[0])
        return () if empty else (quoted(scan, mark.end(), mark[0]),)
    end = scan.space(found.end())
    ends = scan.text.find("\\r", found.end(), end)
    return (Span(found.end(), ends if ends > 0 else end),)


_PROOF = re.compile(r",p=(?P<data>[A-Za-z0-9+/]{20,128}={0,2})(?![\w+/=])")
_NONCE = re.compile(r"\br=[!-+\--~]{8,200}\Z")


def proof(scan: Scan, at: int) -> tuple[Span, ...]:
    """`c=biws,r=…,p=PROOF`, the last message of SCRAM's client; *at* is the comma before the proof."""
    found = _PROOF.match(scan.text, at)
    if found is None or _NONCE.search(scan.before(at)[-208:]) is None:
        return ()
    return (Span(*found.span("data")),)
