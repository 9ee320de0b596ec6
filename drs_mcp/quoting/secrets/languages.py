"""A secret that is named in another language than English, or whose name is escaped.

Sources of the words: the translations of "password", "secret key" and "token" in the catalogues of
messages of PostgreSQL, MySQL and Windows.
"""

import re
from typing import Final
from urllib.parse import unquote

from drs_mcp.quoting.secrets.bare import bare
from drs_mcp.quoting.secrets.keys import CJK_KEYS, Weight
from drs_mcp.quoting.secrets.sentences.judged import JUDGED, VERDICT, after_verdict, judged
from drs_mcp.quoting.secrets.sentences.moved import with_new
from drs_mcp.quoting.secrets.values import QUOTE, Scan, Span, opening
from drs_mcp.quoting.secrets.weighing import SIGN, Key, assigned

PARTED_KEYS: Final = tuple(
    f"{key[0]}{gap}{key[1]}"
    for key in ("密码", "密碼", "口令", "密钥")
    for gap in (" ", "  ", "   ", "    ", "\u3000", "\u3000\u3000")
)
"""Labels whose two letters are set apart, as forms have them."""

_VERB = "(?:修改|更改|变更|變更|更新|更换|重置|重設|设置|设定|設定|设|設|改|换|換|变)"
_IS = f"为|為|是|は|는|은|已?(?:经|經)?被?{_VERB}[为為成]"
_CLOSE = r"(?:\\*+[\"'`]|[”’」』》】])?"
_MIXED = (
    r"(?=[!-~]{0,32}?[a-z][!-~]{0,32}?\d[!-~]|[!-~]{0,32}?\d[!-~]{0,32}?[a-z])"
    r"(?![a-z]{2,6}-?\d{3,5})(?=[!-~]{6})"
)
_ACCOUNT = "(?:账号|帐号|账户|賬號|帳號|用户名?|使用者|アカウント|ユーザー名?)"
_AND = "(?:和|与|與|及|以及|、|/|&)"
_AND_ACCOUNT = f"(?:{_AND}{_ACCOUNT})"
_CHANGED = f"(?:{_VERB}?[为為成]|から|에서)"
_RESPECTIVELY = "(?:分[别別]|依次)"
_AFTER = re.compile(
    rf"(?P<name>{'|'.join((*CJK_KEYS, *PARTED_KEYS))})(?:id|列表|清单)?(?:[(（][a-z_ ]{{2,24}}[)）])?(?P<close>{_CLOSE})(?P<label>[)）](?=\s?{SIGN}))?\s*+"
    rf"(?:(?P<verdict>{VERDICT})|(?P<judged>{JUDGED})|{_AND_ACCOUNT}?(?P<assign>{SIGN}|(?P<each>{_RESPECTIVELY})?(?:{_IS})(?:\s?[：:=])?)\s*+|(?P<changed>(?:已?[由从從]|を|를|을)\s?)(?=[^\u3000-\u9fff]{{1,80}}{_CHANGED})|(?P<bracket>[（(\[【])(?![a-z_ ]{{2,24}}[)）\]】])(?=[!-~]{{0,3}}[a-z])(?=[!-~]{{4}})|(?={QUOTE}[!-~])|{_MIXED})"
)
_BRACKETS: Final = {"（": "）", "(": ")", "[": "]", "【": "】"}
_ACCOUNTS = ("账号", "帐号", "賬號", "帳號", "用户", "用户名", "アカウント", "ユーザー")
_ACCOUNT_AND = re.compile(rf"{_ACCOUNT}{_AND}\s?\Z")
_ACCOUNT_OR = re.compile(rf"{_ACCOUNT}(?:{_AND}|或者?)\s?\Z")
_EACH = re.compile(rf"{_ACCOUNT}\Z")
_STATE = re.compile(r"【[\u4e00-\u9fff]{1,8}】")
"""What is said of it, 【已过期】: no password is made of such letters only."""
_LABEL = re.compile(r"(?:password|passwd|pwd|pass|secret)\s?[(（]\Z", re.IGNORECASE)
_USER = re.compile(rf"[^\s、，,;；/]{{1,64}}?\s?(?:[、，,;；/]|{_AND}|\s)\s?(?=\S)")
_NEW = re.compile(rf"\\*[\"'`”’」』》]?\s?{_CHANGED}\s?[：:]?\s?")
_BLANKS = re.compile(r"[ \t/]+(?=\S)")


def named_in_cjk(scan: Scan, at: int) -> tuple[Span, ...]:
    """The secret that a Chinese, Japanese or Korean name at *at* names."""
    after = _AFTER.match(scan.low, at)
    if after is None or (after["label"] and not _LABEL.search(scan.before(at)[-16:])):
        return ()
    end = after.end("name")
    if after["verdict"] or after["judged"] is not None:
        return _judged(scan, after)
    if after["bracket"]:
        closing = scan.low.find(_BRACKETS[after["bracket"]], after.end(), after.end() + 1_024)
        return (Span(after.end(), closing),) if closing > after.end() else ()
    if _STATE.match(scan.low, after.end()):
        return ()
    key = Key(after["name"], Weight.STRONG, at, end, is_quoted=bool(after["close"]))
    key.sign = after["assign"] or "="
    before = scan.before(at)[-16:]
    each = _EACH.search(before) and after["each"]
    if (each or _ACCOUNT_AND.search(before)) and (user := _USER.match(scan.text, after.end())):
        return assigned(scan, user.end(), key)
    found = assigned(scan, after.end(), key)
    if after["changed"]:
        new = _NEW.match(scan.text, found[-1].end) if found else None
        return (*found, *assigned(scan, new.end(), key)) if new else found
    if len(both := with_new(scan, found, key)) > len(found):
        return both
    if found and before.endswith(_ACCOUNTS) and not opening(scan, after.end()):
        return _account_and_password(scan, found[0], key)
    return found


def _judged(scan: Scan, after: re.Match[str]) -> tuple[Span, ...]:
    """`密码错误：SECRET`, `令牌SECRET已过期`."""
    if _ACCOUNT_OR.search(scan.before(after.start())[-16:]):
        return ()  # which of both it is
    end = after.start("verdict") if after["verdict"] else after.end("close")
    key = Key(after["name"], Weight.STRONG, after.start(), end, is_quoted=False)
    return after_verdict(scan, after.end(), key) if after["verdict"] else judged(scan, key)


def _account_and_password(scan: Scan, first: Span, key: Key) -> tuple[Span, ...]:
    """`账号密码：drs SECRET`: both words."""
    gap = _BLANKS.match(scan.text, first.end)
    if gap is None:
        return (first,)
    second = bare(scan, gap.end(), key.end, cjk=True)
    return (Span(first.start, max(second.end, first.end)),)


PAIRS: Final = ("aksk", "ak/sk", "ak、sk", "ak和sk", "ak与sk")
_PAIR = re.compile(
    rf"ak.?sk\s?{_RESPECTIVELY}?(?:为|是|{SIGN}){{1,2}}\s*(?P<key>\*{{3}}|(?=[a-z]*\d)[a-z0-9]{{4,64}})"
    rf"\s?(?:[、，,/]|{_AND}|\s)\s?(?=\S)"
)


def key_and_secret(scan: Scan, at: int) -> tuple[Span, ...]:
    """`AK/SK分别为：KEY、SECRET`."""
    found = _PAIR.match(scan.low, at)
    if found is None:
        return ()
    secret = bare(scan, found.end(), found.end(), cjk=True)
    return (Span(*found.span("key")), secret) if secret.end > secret.start else ()


# -- other scripts with blanks ------------------------------------------------------------------

WORDS: Final = (
    "kennwort", "contraseña", "contrasena", "senha", "parola", "wachtwoord", "heslo", "lösenord",
    "şifre", "hasło", "jelszó", "пароль", "пароля", "парола",
    "лозинка", "κωδικός", "סיסמה", "كلمة المرور", "كلمة السر", "رمز عبور", "รหัสผ่าน", "mật khẩu",
    "पासवर्ड", "parolă",
)  # fmt: skip
"""Password in other languages; those of one stem in the order in which they are to be tried."""

_NAMED = re.compile(
    rf"(?P<name>{'|'.join(WORDS)})(?P<whose>\s[^\W\d_]{{1,20}})??(?P<close>{_CLOSE})\s*+(?P<assign>{SIGN})\s*+"
)


def named_in_words(scan: Scan, at: int) -> tuple[Span, ...]:
    """The secret that a word of another European or Asian language at *at* names."""
    after = _NAMED.match(scan.low, at)
    if after is None or (at > scan.pos and scan.low[at - 1].isalpha()):
        return ()
    key = Key("password", Weight.STRONG, at, after.end("close"), is_quoted=bool(after["close"]))
    key.sign = after["assign"]
    return assigned(scan, after.end(), key)


# -- escaped names --------------------------------------------------------------------------------

_HIDDEN_NAME = re.compile(r"(?:\\++u[0-9a-f]{4}){2,5}|(?:%(?:25)*+[0-9a-f]{2}){6,15}")
_HIDDEN_AFTER = re.compile(rf"(?P<close>{QUOTE}?)\s*+(?P<assign>{SIGN})\s*+")
_CODE = re.compile(r"(?<!\\)\\++u([0-9a-f]{4})")
ESCAPED: Final = tuple(
    dict.fromkeys(
        trigger
        for word in ("密码", "口令", "令牌", "비밀")
        for trigger in (
            "".join(f"\\u{ord(sign):04x}" for sign in word[:1]),
            "".join(f"%{byte:02x}" for byte in word[:1].encode()),
        )
    )
)
"""The first letters of the commonest names, as JSON and URLs write them."""


def named_in_escapes(scan: Scan, at: int) -> tuple[Span, ...]:
    r"""The secret behind `\u5bc6\u7801` or `%E5%AF%86%E7%A0%81`, which is 密码; *at* is within."""
    found = _HIDDEN_NAME.match(scan.low, at)
    if found is None:
        return ()
    name = _CODE.sub(lambda code: chr(int(code[1], 16)), found[0].replace("%25", "%"))
    after = _HIDDEN_AFTER.match(scan.low, found.end())
    if after is None:
        # Percents go on with the sign and the value: the name ends where its letters do.
        return _percents(scan, at, found[0]) if found[0][0] == "%" else ()
    if not unquote(name).endswith(CJK_KEYS):
        return ()
    key = Key("password", Weight.STRONG, at, after.end("close"), is_quoted=bool(after["close"]))
    key.sign = after["assign"]
    return assigned(scan, after.end(), key)


_ENCODED: Final = tuple(
    level
    for key in CJK_KEYS
    for encoded in ("".join(f"%{byte:02x}" for byte in key.encode()),)
    for level in (encoded, encoded.replace("%", "%25"))
)


def _percents(scan: Scan, at: int, run: str) -> tuple[Span, ...]:
    name = next((encoded for encoded in _ENCODED if run.startswith(encoded)), "")
    after = _HIDDEN_AFTER.match(scan.low, at + len(name)) if name else None
    if after is None:
        return ()
    key = Key("password", Weight.STRONG, at, after.end("close"), is_quoted=False)
    key.sign = after["assign"]
    return assigned(scan, after.end(), key)
