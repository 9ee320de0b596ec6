"""Which names name a secret: one definition for JSON's keys and for `key=value` in any text.

A name is read as words (`SSLKeyStorePassword`, `ssl-key-store.password`), and its end decides: what
ends in `password` holds one, what ends in `password_policy` does not. Whether some names name a
secret only their values tell (`pass: 12`, `pass=x7Gh`): these are `WEAK`.
"""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from drs_mcp.text_cache import text_cache


class Weight(Enum):
    """How much a name says about its value."""

    NONE = auto()
    WEAK = auto()
    """A secret if the value looks like one."""
    STRONG = auto()
    HEADER = auto()
    """A header with a scheme and parameters: Authorization."""
    COOKIE = auto()


_WORD = re.compile(r"[A-Z]+(?![a-z])s?|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")

PASSWORDS: Final = (
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "passwort",
    "passwrd",
    "pwd",
    "secret",
)
"""A word that ends in one of these names a secret, whatever stands before (`dbpassword`)."""

_OWNERS = frozenset(
    {
        "admin", "auth", "bind", "client", "cluster", "connection", "conn", "db", "database",
        "dest", "dst", "encrypted", "ftp", "http", "jdbc", "key", "ldap", "login", "mail", "manager",
        "master", "mongo", "mongodb", "my", "mysql", "new", "old", "ora", "oracle", "pg",
        "postgres", "proxy", "redis", "repl", "replica", "require", "root", "sa", "server",
        "slave", "smtp", "source", "sql", "src", "ssh", "store", "sys", "target", "trust",
        "trans", "user", "usr",
    }
)  # fmt: skip
"""Whose pass it is: `db_pass`, `storepass`; not `first_pass`, `bypass`."""

_KEY_KINDS = frozenset(
    {
        "access", "account", "aes", "api", "app", "auth", "cert", "certificate", "cipher",
        "consumer", "crypto", "decrypt", "decryption", "des", "encrypt", "encryption", "hmac",
        "master", "priv", "plaintext", "private", "rsa", "secret", "secure", "security", "session", "shared", "sign",
        "signing", "storage", "subscription", "symmetric", "tls",
    }
)  # fmt: skip
_TOKEN_KINDS = frozenset(
    {
        "access", "api", "app", "auth", "authentication", "authorization", "bearer", "bot",
        "client", "csrf", "deploy", "github", "gitlab", "iam", "id", "identity", "jwt", "login",
        "oauth", "personal", "private", "refresh", "sas", "secret", "security", "service",
        "session", "sso", "sts", "subject", "user", "vault", "xsrf",
    }
)  # fmt: skip
_POSITIONS = frozenset(
    {
        "change", "continuation", "cursor", "end", "first", "last", "lexer", "marker", "next",
        "page", "parser", "partition", "position", "previous", "prev", "resume", "scan", "start",
        "sync", "transaction", "watch",
    }
)  # fmt: skip
"""What a token that marks a place is called: MongoDB's resume token decides, and opens nothing."""

_KEYS_OF_DATA = frozenset(
    {
        "binding", "cache", "dedup", "deduplication", "group", "idempotency", "index", "lookup",
        "message", "meta", "object", "order", "partition", "primary", "public", "queue", "record",
        "request", "routing", "row", "shard", "sort", "surrogate", "tracking",
    }
)  # fmt: skip
"""Headers and arguments `X-…-Key` that open nothing."""

_DECOYS = frozenset(
    {"is", "sp", "set", "has", "with", "count", "min", "max", "num", "no", "without"}
)
_TAILS = frozenset(
    {
        "admin", "base", "command", "confirm", "confirmation", "db", "dest", "dev", "dst", "enc", "encoded",
        "encrypted", "hash", "hex", "list", "new", "old", "plain", "plaintext", "prod", "root", "sha",
        "raw", "source", "src", "str", "string", "target", "test", "text", "user", "value", "b",
    }
)  # fmt: skip
"""Words after which it still is the secret itself: `password_new`, `SecretString`."""

_REFERENCES: Final = {
    *(
        (what, where)
        for what in ("auth", "credential", "credentials")
        for where in ("source", "src")
    ),
    ("existing", "secret"),
}
"""Where a secret is looked up, the object of Kubernetes that holds it."""

_PLUGINS: Final = ("native_password", "sha2_password", "sha256_password", "mysql_old_password")
"""MySQL's authentication plugins."""

_SIGNERS = frozenset({"amz", "goog", "obs", "oss", "cos", "x"})

_ENDPOINT = re.compile(r"\.[a-z0-9\-]{1,64}\.(?:blob|dfs|file|queue)\.core\.[a-z.]{4,32}\Z")
"""Whose key it is: `fs.azure.account.key.shop.blob.core.windows.net`."""

CJK_KEYS: Final = (
    "密码", "密碼", "口令", "密钥", "密鑰", "私钥", "私鑰", "金鑰", "令牌", "授权码", "授權碼", "凭证",
    "凭据", "憑證", "パスワード", "秘密鍵", "暗証番号", "비밀번호", "비밀키", "암호",
)  # fmt: skip


def is_cjk(name: str) -> bool:
    """Whether *name* is of a script that is written without blanks."""
    return name[-1:] > "\u2fff"


@text_cache(4096)
def weigh(name: str, before: str = "") -> Weight:
    """How much a name says about its value.

    Args:
        name: as it stands: `db_password`, `X-Auth-Token`, `AWSAccessKeyId`.
        before: the words before it, which may belong to it: `Secret Access` of `Key`.
    """
    if name.endswith(CJK_KEYS):
        return Weight.STRONG
    name = _ENDPOINT.sub("", name)
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or name.lower().endswith(_PLUGINS):
        return Weight.NONE
    if words[-1] in ("cookie", "cookies"):
        return Weight.COOKIE
    if not _DECOYS.isdisjoint(words[:-1]):
        return Weight.NONE
    if words[-2:] == ["authentication", "string"]:
        return Weight.STRONG
    if tuple(words[-2:]) in _REFERENCES:
        return Weight.NONE
    if words[-3:] == ["auth", "user", "info"]:
        return Weight.STRONG  # user:password
    words = _without_tail(words)
    if not words:
        return Weight.NONE
    if words[-1] == "key" and name[:2] in ("X-", "x-") and words[-2] not in _KEYS_OF_DATA:
        return Weight.STRONG
    outer = [word.lower() for word in _WORD.findall(before)][-2:] if len(words) == 1 else []
    return _weight([*outer, *words], alone=len(words) == 1)


def _without_tail(words: list[str]) -> list[str]:
    """Without a number or a word at the end that does not change what is named."""
    kept = list(words)
    while len(kept) > 1 and (kept[-1].isdigit() or kept[-1] in _TAILS):
        kept.pop()
    if kept[-1] == "id" and kept[-3:-1] in (["access", "key"], ["private", "key"]):
        kept.pop()
    if len(kept) > 1 and kept[-1] == "id" and kept[-2] in ("secret", "accesskey"):
        kept.pop()
    return kept


def _weight(  # noqa: C901  one table of cases, read from top to bottom
    words: Sequence[str], *, alone: bool
) -> Weight:
    last = words[-1]
    one = last if last.endswith("ss") else last.removesuffix("s")
    kind = words[-2] if len(words) > 1 else ""
    if one.endswith(PASSWORDS) or one == "credential" or (one == "passe" and kind == "de"):
        return Weight.STRONG
    if one == "authorization":
        return Weight.HEADER
    if one.endswith("key"):
        kind = one.removesuffix("key") or kind
        if kind in ("stored", "server"):
            return Weight.WEAK  # of SCRAM: a proof is checked with them
        return Weight.STRONG if kind in _KEY_KINDS else Weight.NONE
    if one.endswith("token"):
        return _token(one.removesuffix("token") or kind)
    if one.endswith(("pass", "pw")):
        owner = one.removesuffix("pass").removesuffix("pw")
        if (owner or (kind if not alone else "")) in _OWNERS or owner.endswith(("store", "key")):
            return Weight.STRONG
        return Weight.NONE if owner else Weight.WEAK
    if one in ("signature", "sig"):
        return Weight.STRONG if kind in _SIGNERS else Weight.WEAK
    if one == "masterauth" or (one == "auth" and kind in ("rediscli", "master")):
        return Weight.STRONG
    if one == "pin" and kind in ("wallet", "card", "smartcard", "hsm", "token", "user", "so"):
        return Weight.STRONG
    if one.endswith(("jsessionid", "phpsessid")):
        return Weight.STRONG
    if one == "code" and kind in ("auth", "authorization"):
        return Weight.STRONG
    return Weight.WEAK if one in ("ak", "sk", "auth") else Weight.NONE


def _token(kind: str) -> Weight:
    if kind in _POSITIONS:
        return Weight.NONE
    return Weight.STRONG if kind in _TOKEN_KINDS else Weight.WEAK


def is_secret_name(name: str) -> bool:
    """Whether a field of that name holds a secret, whatever it looks like."""
    weight = weigh(name)
    if weight is Weight.WEAK:
        words = [word.lower() for word in _WORD.findall(name)]
        return words[-1] in ("ak", "sk")
    return weight is not Weight.NONE
