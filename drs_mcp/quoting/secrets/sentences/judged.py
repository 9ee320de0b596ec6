"""A secret beside what was wrong with it: `password wrong: X`, `token X is expired`, `密码X错误`.

Such a sentence names much else: attempts, error codes, users, hosts. Only what is written like a
secret is one: letters and digits together, or a sign that no name holds.
"""

import re
from typing import Final

from drs_mcp.quoting.secrets.bare import bare
from drs_mcp.quoting.secrets.keys import PASSWORDS, Weight, is_cjk, weigh
from drs_mcp.quoting.secrets.sentences.echoed import echoed, is_drawn
from drs_mcp.quoting.secrets.values import Scan, Span, is_empty, opening, quoted
from drs_mcp.quoting.secrets.weighing import PARSER, STATE, Key

_ENDED = (
    r"expired|revoked|blacklisted|compromised|outdated|(?:no\slonger|not)\s(?:valid|active)"
    r"|已?(?:过期|過期|失效|吊销|吊銷|撤销|撤銷|注销|註銷|作废|作廢)"
)
"""What ends of a credential only."""
_WRONG = (
    "wrong|incorrect|invalid|bad|rejected|refused|denied|malformed|mismatch(?:ed)?|unknown|disabled|blocked"
    r"|not\s(?:correct|right|accepted|recogni[sz]ed|known|found|strong)|(?:too\s)?(?:weak|short|simple|old|long)"
    r"|(?:does|did|could|can|must|may|should)(?:\snot|not|n't)\s[a-z]{2,12}(?:\s[a-z]{4,12}){0,2}?"
)
_WAS = r"(?:(?:is|was|has|had|have|been|got|already|now)\s){0,3}"
_CHINESE = (
    "(?:输入)?已?(?:经|經)?被?(?:错误|錯誤|有误|有誤|不正确|不正確|不对|不對|无效|無效|非法|不合法|失效|过期|過期|不匹配"
    "|不符|不存在|吊销|吊銷|撤销|撤銷|注销|註銷|作废|作廢|禁用|停用|拒绝|拒絕"
    "|(?:太|[过過](?:于|於)?)(?:弱|短|长|長|简单|簡單)|[强強]度(?:不足|不够|不夠|太低)|不符合[\u4e00-\u9fff]{0,8}"
    "|が(?:違います|間違っています|正しくありません|無効です)|は(?:無効です|正しくありません)"
    "|(?:이|가)?\\s?(?:오류|틀렸습니다|잘못되었습니다|올바르지 않습니다)"
    "|(?:校验|校驗|验证|驗證|认证|認證)(?:失败|失敗|不通过|不通過|未通过|未通過|错误|錯誤))"
)
_WHOSE = r"(?:\s(?:for|of)\s(?:the\s)?(?:(?:user|account|login|role)\s)?[^\s:]{1,64})?"
_TOLD = r"(?:got|was|is|want(?:ed)?|expected|given|received|entered|supplied|输入(?:的?值)?[为是]?|实际[为是]?)"
VERDICT: Final = (
    rf"(?:(?<=\s){_WAS}(?:error|provided|supplied|{_ENDED}|{_WRONG}){_WHOSE}|{_CHINESE})"
    rf"(?:\s?[:：]\s*+|\s?=\s?|\s[\-–—]\s|(?=[!.]?\s?[(（\[])[!.]?\s?)(?:{_TOLD}\s?[:：]?\s*+)?"
    rf"|(?:(?<=\s){_WAS}(?:{_ENDED}|{_WRONG})|{_CHINESE})[,，;；]\s?{_TOLD}\s?[:：]?\s*+"
    rf"|{_CHINESE}[ \t]{{1,2}}(?=[!-~]{{6}})"
)
"""Between a name in lower case and what is told of it."""

JUDGED: Final = rf"(?=\s{{0,2}}[!-~]{{4,128}}+\s?{_CHINESE})"
"""Behind a name: what a Chinese verdict follows."""

_THEN = re.compile(
    rf"\s{{0,2}}(?P<run>[!-~]{{4,128}}+)(?:(?<=\S)\s{_WAS}(?:(?P<ended>{_ENDED})|{_WRONG})\b|\s?(?P<chinese>{_CHINESE}))"
)
_BLAMED = re.compile(
    r"(?:\b(?:wrong|incorrect|invalid|bad|weak|expired|revoked|rejected|compromised)\s)\Z"
)
_PLACE = re.compile(
    r"\s(?:(?:at|near|on|in|before|after)\s)?(?:the\s)?(?:line|position|column|offset|index|char\w{0,8}"
    r"|expression|statement|query|sql|json|yaml|xml|input|stream|template|script|pattern)\b"
)
"""Where a parser stands."""
_ROUND: Final = {"(": ")", "（": "）", "[": "]"}
_AROUND: Final = "\"'`(),<>[]“”‘’"

_SIGN = re.compile(r"[!#$%&*+=?@^~]")
_NO_SECRET = re.compile(
    r"[A-Z]{2,8}-\d{2,6}|[A-Za-z]{2,10}\.[A-Z]?\d{3,10}|0[xX][\da-fA-F]+|[\dH][\dVYZ][\dA-Z]\d\d"  # codes
    r"|\d+(?:\.\d+)?(?:[A-Za-z]{1,3}|%)"  # with a unit, 2nd
    r"|[\w.\-]*@(?:\d{1,3}(?:\.\d{1,3}){3}|[\w\-]+(?:\.[\w\-]+)+|%)(?::\d{1,5})?"  # an account
    r"|\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?|[a-z][\w\-]*(?:\.[A-Za-z][\w\-]*)+(?::\d{1,5})?"  # hosts
    r"|\w+://.*|(?:/[\w.\-]+)+|[A-Za-z_]{2,}[:=(].*|.*[:=(]|.*=[\"'].*|.*\*\*\*.*"
)
_LIKE_A_NAME = re.compile(r"[A-Za-z]+(?:[_.][A-Za-z]+)*(?:[_.]?\d+)?(?:[_.][A-Za-z]+)*")
_SHORTEST: Final = {"password": 4, "token": 6}
_LEAST_DIGITS: Final = 6
"""Fewer are the number of an error."""
_AND_WANTED = re.compile(r",?\s(?:want(?:ed)?|expected|but\s(?:got|was))\s")
_SENTENCE = re.compile(r"[A-Za-z'\-]+(?: [\w'\-]+)+[.!]?")


def after_verdict(scan: Scan, at: int, key: Key) -> tuple[Span, ...]:
    """`password wrong: SECRET`, `密码错误（SECRET）`: the value at *at*."""
    return _told(scan, at, key) or echoed(scan, key)


def _told(scan: Scan, at: int, key: Key) -> tuple[Span, ...]:
    kind = kind_of(key)
    if key.is_quoted or not kind:
        return ()
    if closing := _ROUND.get(scan.low[at : at + 1]):
        end = scan.low.find(closing, at, at + 256)
        return if_told(scan, Span(at + 1, end), kind) if end > at else ()
    if (mark := opening(scan, at)) is not None:
        if is_empty(scan, mark.end(), mark[0]):
            return ()
        span = quoted(scan, mark.end(), mark[0])
        value = scan.text[span.start : span.end]
        if scan.text.startswith("@", span.end + len(mark[0])) or _SENTENCE.fullmatch(value):
            return ()
        if (
            kind == "password"
            and not STATE.fullmatch(value.lower())
            and not _NO_SECRET.fullmatch(value)
        ):
            return (span,)
        return if_told(scan, span, kind)
    if scan.text[at - 1] in " \t" and scan.text[key.end : at].strip(_BLANKS).isalnum():
        return if_drawn(scan, bare(scan, at, at, cjk=True), kind)
    found = if_told(scan, bare(scan, at, at, cjk=is_cjk(key.name)), kind, digits=True)
    other = _AND_WANTED.match(scan.low, found[0].end) if found else None
    if other is not None:
        found += if_told(scan, bare(scan, other.end(), other.end()), kind)
    return found


_BLANKS: Final = " \t"
_PARTED = re.compile(r"[\-_.:/\\]")
_ACCOUNT = re.compile(r"[A-Za-z][\w.\-]+@[\w.\-]+")
_LEAST_DRAWN: Final = 6
_HEX = re.compile(r"[\da-f]+|[\dA-F]+")


def if_drawn(scan: Scan, span: Span, kind: str, *, strict: bool = False) -> tuple[Span, ...]:
    """The span if what it holds is no name, either, where nothing but a blank or a colon parts both.

    *strict*: letters and digits alone must be as mixed as in no name.
    """
    value = scan.text[span.start : span.end]
    if len(value) < _LEAST_DRAWN or kind == "other" or not if_told(scan, span, kind):
        return ()
    if _LIKE_A_NAME.fullmatch(value) or _ACCOUNT.fullmatch(value) or _HEX.fullmatch(value):
        return ()
    if _SIGN.search(value):
        return (span,)
    return () if _PARTED.search(value) or (strict and not is_drawn(value)) else (span,)


def judged(scan: Scan, key: Key) -> tuple[Span, ...]:
    """`token SECRET is expired`, `密码SECRET错误`, `wrong password SECRET`."""
    return echoed(scan, key) or _beside(scan, key)


def _beside(scan: Scan, key: Key) -> tuple[Span, ...]:
    kind = kind_of(key)
    if key.is_quoted or not kind:
        return ()
    outside = key.outside(scan).lower()
    if PARSER.search(outside):
        return ()
    found = _THEN.match(scan.low, key.end)
    if found is not None and (found["chinese"] or scan.low[key.end : key.end + 1].isspace()):
        span = _within(scan, Span(*found.span("run")))
        name = kind == "token" and not found["ended"] and not found["chinese"]
        if _PLACE.match(scan.low, found.end()) or (
            name and _LIKE_A_NAME.fullmatch(scan.text[span.start : span.end])
        ):
            return ()
        return if_told(scan, span, kind)
    if not scan.low.startswith(" ", key.end) or not _BLAMED.search(outside):
        return ()
    span = _within(scan, bare(scan, key.end + 1, key.end + 1))
    named = kind == "token" or outside.endswith("weak ")
    if named and _LIKE_A_NAME.fullmatch(scan.text[span.start : span.end]):
        return ()
    return () if _PLACE.match(scan.low, span.end) else if_told(scan, span, kind)


_SENTENCE_GOES_ON = re.compile(r"[a-z][a-z'\-]*+\s(?:\d{1,3}(?!\S)|[a-z]+\s\S)")


def is_said(scan: Scan, at: int, key: Key) -> bool:
    """Whether a sentence goes on behind `wrong password: `: `attempt 3 of 5`."""
    if _SENTENCE_GOES_ON.match(scan.low, at) is None:
        return False
    return _BLAMED.search(key.outside(scan, 16).lower()) is not None


def _within(scan: Scan, span: Span) -> Span:
    """The span without the quotes and brackets around it, and a comma behind."""
    start, end = span.start, span.end
    if scan.text[end - 1 : end] in (",", ";"):
        end -= 1
    while end - start > 2 and scan.text[start] in _AROUND and scan.text[end - 1] in _AROUND:
        start, end = start + 1, end - 1
    return Span(start, end)


def kind_of(key: Key) -> str:
    """`password`, `token`, or `other` for what names an object as often as a secret; or nothing."""
    if key.weight not in (Weight.STRONG, Weight.WEAK):
        return ""
    name = key.name.lower().rstrip("s")
    if name.endswith(("token", "令牌")):
        return "token"
    if is_cjk(name):
        return "password" if name.endswith(_CJK_PASSWORDS) else "other"
    if name.endswith(PASSWORDS):
        return "other" if name.endswith("secret") else "password"
    return "other" if key.weight is Weight.STRONG else ""


_CJK_PASSWORDS = (
    "密码", "密碼", "口令", "授权码", "授權碼", "パスワード", "暗証番号", "비밀번호", "암호",
)  # fmt: skip


def if_told(scan: Scan, span: Span, kind: str, *, digits: bool = False) -> tuple[Span, ...]:
    """The span if what it holds is written like a secret of the kind."""
    value = scan.text[span.start : span.end]
    if kind == "other":
        return (span,) if is_drawn(value, key=True) else ()
    if digits and value.isdigit() and len(value) >= _LEAST_DIGITS:
        behind = scan.text[span.end : span.end + 2].strip()
        return () if behind[:1].isalpha() else (span,)
    if len(value) < _SHORTEST[kind] or any(map(str.isspace, value)):
        return ()
    letters, numbers = any(map(str.isalpha, value)), any(map(str.isdigit, value))
    mixed = letters and (numbers or (kind == "password" and _SIGN.search(value[:-1]) is not None))
    return (span,) if mixed and not _NO_SECRET.fullmatch(value) else ()


# -- before what says so ------------------------------------------------------------------------

_DENIED: Final = (" a valid ", " no valid ", " an active ", " a known ", " a pass", " a token")
_BAD: Final = (" an invalid ", " an expired ", " a revoked ", " a wrong ")
NOT_VALID: Final = (
    *_DENIED, *_BAD, "不是有效", "不是合法", "不是正确", "不是一个有效", "是无效", "为无效", "非有效",
)  # fmt: skip
_IS_NOT = re.compile(
    r"(?:\s(?:an?|no)(?:\s(?:valid|active|known|invalid|expired|revoked|wrong))?|[不是为非]{0,2}(?:一个)?(?:有效|合法|正确|无效))[\s的]{0,2}"
    r"(?P<name>(?:[a-z\-]{1,16}[ _]){0,2}[a-z\-]{4,16}|[\u4e00-\u9fff]{2,4})"
)
_JOINING: Final = ("for", "of", "in", "at", "on", "or", "and", "to", "with", "by", "from", "any")
_OF_IT: Final = tuple("类格名长数桶服")
"""What a word begins with that another one begins: 令牌类型."""
_DENIED_ONLY: Final = tuple(one for one in _DENIED if " no " not in one)
_RUN = re.compile(r"(?<![!-~])[!-~]{4,128}+\Z")
_IS = re.compile(r"(?:\s(?:is|was)(?P<denied>\snot|n't|\sno\slonger)?|(?P<chinese>\s?))\Z")
_PARSING = re.compile(
    r"pars|syntax|unexpected|expect|lexer|json|yaml|near|statement", re.IGNORECASE
)


def not_valid(scan: Scan, at: int) -> tuple[Span, ...]:
    """`SECRET is not a valid token`, `SECRET不是有效的密码`; *at* is behind `is`."""
    found = _IS_NOT.match(scan.low, at)
    if found is None:
        return ()
    before = scan.text[max(at - 256, 0) : at]
    says = _IS.search(before)
    if says is None or (says["chinese"] is not None) != (scan.low[at] != " "):
        return ()
    if scan.low.startswith(_DENIED_ONLY, at) and not says["denied"]:
        return ()
    end = at - len(before) + says.start()
    run = _RUN.search(before, 0, len(before) - at + end)
    if run is None or _PARSING.search(before[: run.start()][-60:]):
        return ()
    name = _name_of(found["name"].replace("_", " "))
    kind = kind_of(Key(name, weigh(name), at, at, is_quoted=False)) if name else ""
    return if_told(scan, _within(scan, Span(end - len(run[0]), end)), kind) if kind else ()


def _name_of(text: str) -> str:
    """The name of a secret with which a text begins; none in `token type`."""
    if is_cjk(text):
        lengths = (at for at in range(2, len(text) + 1) if weigh(text[:at]) is not Weight.NONE)
        length = next(lengths, 0)
        return "" if text[length : length + 1] in _OF_IT else text[:length]
    words = text.split(" ")
    for number in range(1, len(words) + 1):
        name = " ".join(words[:number])
        if weigh(name) is not Weight.NONE:
            return name if not words[number:] or words[number] in _JOINING else ""
    return ""


BLAMED: Final = (
    ": invalid pass", ": wrong pass", ": incorrect pass", ": bad pass", ": invalid pwd",
    "密码错", "密码不", "密码有误", "口令错",
)  # fmt: skip
_COLON = re.compile(r"(?::\s?|：)\Z")
_OF_WHOM = re.compile(
    r"\b(?:user(?:name)?|account|login|role|host|job|task|node|instance|request|id|for|as|at)[ =]\Z|(?:用户|账号|任务|实例)\s?\Z",
    re.IGNORECASE,
)


def blamed(scan: Scan, at: int) -> tuple[Span, ...]:
    """`SECRET: invalid password`; *at* is the colon, or what is behind it."""
    if scan.text[at] != ":":
        at -= len(found[0]) if (found := _COLON.search(scan.text, max(at - 2, 0), at)) else at
    run = _RUN.search(scan.text, max(at - 160, 0), at)
    if run is None or _OF_WHOM.search(scan.text, max(run.start() - 16, 0), run.start()):
        return ()
    return if_drawn(scan, _within(scan, Span(*run.span())), "password", strict=True)
