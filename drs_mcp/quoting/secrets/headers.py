"""Headers whose value is more than one word: Authorization of any scheme, cookies, bare schemes."""

import re

from drs_mcp.quoting.secrets.bare import bare
from drs_mcp.quoting.secrets.values import Scan, Span, bracketed, is_empty, opening, quoted

_SCHEMES = (
    r"basic|bearer|digest|negotiate|ntlm|token|apikey|api-key|oauth|hawk|mutual|hoba|vapid|dpop"
    r"|gnap|privatetoken|scram-sha-\d+|kerberos|obs|oss|aws|qcloud|sharedkey(?:lite)?|jwt|key"
    r"|[a-z0-9]{1,32}-hmac-[a-z0-9\-]{1,32}|[a-z0-9]{0,32}hmac[a-z0-9\-]{0,32}|acs\d-[\w\-]{1,32}|signature"
)
_SCHEME = re.compile(rf"(?:{_SCHEMES})(?=[\s,:])[,:]?")
_GAP = re.compile(
    r"[ \t]*+\r?\n(?=(?=\S*[\d=+/]|\S*[a-z][A-Z])\S{8,}[ \t]*(?:\r?\n|\Z))"
    r"|[ \t]++(?:\r?\n[ \t]++)?+|\r?\n[ \t]++"
)
"""Behind a scheme. What stands alone on the next line belongs to it unless it is a word, and so does
whatever is indented there."""
_CUSTOM_SCHEME = re.compile(
    r"[A-Z][A-Za-z]{1,24}\d{0,2}(?:-[A-Z][A-Za-z0-9]{1,12})?[ \t]++(?![a-z]+(?:[\s,.]|\Z))(?=\S{6})"
)
_ERROR_CODE = re.compile(r"[A-Z]{2,6}-\d{4,5}\b")
_PARAMETER = re.compile(
    r"(?:access|credential|signedheaders|signature|username|realm|nonce|uri|response|qop|nc|cnonce"
    r"|opaque|algorithm|oauth_\w{1,24}|id|ts|mac|ext|hash|keyid|headers|created|expires|date"
    r"|additionalheaders|token|response_uri|app|dlg|q-[\w-]{1,24}|sid|data)\s?[=:]\s?"
)
_JOINED = re.compile(r"[ \t]*[,;&]?[ \t]*")
_STATE = re.compile(
    r"(?:denied|failed|failure|required|missing|invalid|expired|not|error|rejected|is|was|for|of"
    r"|header|server|service|check|ok|null|none|true|false|no|yes)(?=[\s,;:.!?)\]}\"']|\Z)"
)


def authorization(scan: Scan, at: int, key_end: int) -> tuple[Span, ...]:
    """The credentials at *at*, behind `Authorization:`, with the scheme before them."""
    low = scan.low
    if low.startswith("[", at):
        return (bracketed(scan, at),)
    if _STATE.match(low, at):
        return ()
    start = at
    known = _SCHEME.match(low, at)
    if (scheme := known and _GAP.match(scan.text, known.end())) or (
        (scheme := _CUSTOM_SCHEME.match(scan.text, at))
        and not _ERROR_CODE.match(scan.text, scheme.end())
    ):
        at = scheme.end()
        if _PARAMETER.match(low, at):
            return _but_header_names(scan, Span(start, _parameters(scan, at, key_end)))
        if low.startswith("***", at):
            at = start
    end = bare(scan, at, key_end).end
    return (Span(start, end),) if end > start else ()


_HEADER_NAMES = re.compile(r"(?:signedheaders|headers)\s?=\s?\"?[\w;%:() \-]{1,256}\"?")


def _but_header_names(scan: Scan, span: Span) -> tuple[Span, ...]:
    """Without the names of the headers that were signed: they say why a signature is wrong."""
    names = _HEADER_NAMES.search(scan.low, span.start, span.end)
    if names is None:
        return (span,)
    left, right = scan.low[span.start : names.start()], scan.low[names.end() : span.end]
    start = span.start + len(left.rstrip(" ,;"))
    end = span.end - len(right.lstrip(" ,;"))
    return tuple(
        part for part in (Span(span.start, start), Span(end, span.end)) if part.end > part.start
    )


def _parameters(scan: Scan, at: int, key_end: int) -> int:
    """Where a list of `name=value` ends, of the names that such headers have."""
    while parameter := _PARAMETER.match(scan.low, at):
        value = parameter.end()
        if (mark := opening(scan, value)) is not None:
            inside = quoted(scan, mark.end(), mark[0])
            at = min(inside.end + len(mark[0]), len(scan.text))
        else:
            at = bare(scan, value, key_end).end
        joined = _JOINED.match(scan.low, at)
        if joined is None or not _PARAMETER.match(scan.low, joined.end()):
            break
        at = joined.end()
    return at


_COOKIE = re.compile(r"[^\s=;,\"'\\\]})]{1,128}=")
_ATTRIBUTE = re.compile(r"(?:secure|httponly|partitioned)\b")
_DATE = re.compile(r"expires=[a-z]{3}, [\w\-]{1,12}(?: [\w\-:]{1,12}){1,4}")
_COOKIES_JOINED = re.compile(r"[ \t]*;[ \t]*")


def cookie(scan: Scan, at: int, key_end: int) -> tuple[Span, ...]:
    """The cookies at *at*, with their attributes."""
    low = scan.low
    if low.startswith("[", at):
        return (bracketed(scan, at),)
    start = at
    if not _COOKIE.match(low, at):
        if _STATE.match(low, at) or low[at : at + 1].isdigit():
            return ()
        span = bare(scan, at, key_end)
        return (span,) if span.end > span.start else ()
    while True:
        if found := _DATE.match(low, at) or _ATTRIBUTE.match(low, at):
            at = found.end()
        elif found := _COOKIE.match(low, at):
            at = max(bare(scan, found.end(), key_end).end, found.end())
        else:
            break
        joined = _COOKIES_JOINED.match(low, at)
        if joined is None:
            break
        following = joined.end()
        if not (_COOKIE.match(low, following) or _ATTRIBUTE.match(low, following)):
            break
        at = following
    return (Span(start, at),)


_BEARER = re.compile(r"bearer[ \t]+(?:token[ \t]*[:=]?[ \t]*)?")
_CHALLENGE = re.compile(r"(?:realm|error|scope|error_\w+)=")
_KIND = re.compile(r"(?:type|scheme)\\{0,4}[\"']?\s?[:=]\s?\\{0,4}[\"']?\Z")
"""Before the name of a scheme that stands alone: `token_type=Bearer`."""
_BASIC = re.compile(
    r"(?<![A-Za-z])[Bb](?:asic|ASIC)[ \t]+(?=[A-Za-z0-9+/_=-]*[\d=])[A-Za-z0-9+/_-]{8,}={0,2}"
)
_PROOF = re.compile(r"(?:Negotiate|NTLM)[ \t]+(?=[A-Za-z0-9+/]{16})", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s\"',;]{8,}")


def bare_scheme(scan: Scan, at: int) -> tuple[Span, ...]:
    """A token behind `Bearer` or `Basic` where no header is named."""
    if scan.low.startswith("bearer", at):
        found = _BEARER.match(scan.low, at)
        if found is None or _CHALLENGE.match(scan.low, found.end()):
            return ()
        if _KIND.search(scan.before(at)[-32:].lower()):
            return ()
        at = found.end()
        if mark := opening(scan, at):
            return (
                () if is_empty(scan, mark.end(), mark[0]) else (quoted(scan, mark.end(), mark[0]),)
            )
        token = _TOKEN.match(scan.text, at, at + 64)
        if token is None or not (any(map(str.isdigit, token[0])) or len(token[0]) >= 24):
            return ()
        return (bare(scan, at, at),)
    if proof := _PROOF.match(scan.text, at):
        return (Span(proof.end(), scan.space(proof.end())),)
    basic = _BASIC.match(scan.text, at)
    if basic is None:
        return ()
    gap = len(basic[0]) - len(basic[0][5:].lstrip())
    return (Span(at + gap, basic.end()),)
