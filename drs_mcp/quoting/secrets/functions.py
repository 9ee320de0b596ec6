"""Passwords and keys that a function or a table's engine takes by position.

Sources: the manuals of the drivers, of MongoDB's shell, T-SQL and ClickHouse. Of a function that many
drivers have under one name the module before it tells where its password stands, or else the look
of its arguments.
"""

import re
from collections.abc import Sequence
from typing import Final

from drs_mcp.quoting.secrets.values import QUOTE, Scan, Span, closing, is_empty, quoted

_FUNCTIONS: Final = {
    r"auth(?:entication)?\s?\(": (2, 1),
    r"changeuserpassword\s?\(": (2,),
    r"adduser\s?\(": (2,),
    r"credential\s?\(": (3, 2),
    r"credential(?:s|\]::new)\s?\(": (2,),
    r"sp_addlogin\s(?=[n'@])": (2,),
    r"sp_addlinkedsrvlogin\s(?=[n'])": (5,),
    r"sp_password\s(?=[n'@])": (2, 1),
    r"connect\s?\(": (3,),
    r"(?:create|cx_oracle\.)connection\s?\(": (2,),
    r"(?:sessionpool|oci8\.new|obsclient)\s?\(": (2,),
    r"minio\s?\(": (3,),
    r"login\s?\(": (2,),
    r"(?:__construct|pdo)\s?\(": (3,),
    r"getconnection\s?\(": (3,),
    r"openrowset\s?\(": (4,),
    r"(?:aes|gs|pgp_sym)_(?:en|de)crypt(?:_aes128)?\s?\(": (2,),
    r"bypassphrase\s?\(": (1,),
    r"crypt(?:_mysql)?\s?\(\s?(?='aes-)": (3,),
}
"""Functions and, by preference, which of their arguments is the password, counted from one."""

_USER_FIRST: Final = ("oci_", "oci_p", "oci_new_", "cx_oracle.", "oracledb.", "dmpython.")
"""Whose `connect` takes user, password and service; others take host, user and password."""
_SERVICE = re.compile(r"(?://)?[\w.\-]{1,128}(?::\d{2,5}(?:[/:][\w.$\-]{1,128})?|/[\w.$\-]{1,128})")
_NAME = re.compile(r"[A-Za-z_][\w$#]{0,63}")

OTHERS: Final = (
    "createconnection(", "cx_oracle.connection(", "sessionpool(", "oci8.new", "obsclient", "minio(", "login(", "aes_encrypt", "aes_decrypt",
    "gs_encrypt", "gs_decrypt", "pgp_sym_", "bypassphrase(", "crypt('aes", "crypt_mysql(",
)  # fmt: skip
"""What announces those of the functions that no shorter word does."""

_FUNCTION = re.compile("|".join(f"({name})" for name in _FUNCTIONS))
_PLACES: Final = tuple(_FUNCTIONS.values())
_ARGUMENT = re.compile(
    rf"\s?(?:@\w{{1,64}}\s?=\s?)?(?:[nbu]?(?P<quote>{QUOTE})|[\w.@$>\-]{{1,64}}+(?=\s?[,;)]))"
)
_COMMA = re.compile(r"\s?[,;]\s?")
_MOST_ARGUMENTS = 6
_LONGEST_ARGUMENT = 512


def user_and_password(scan: Scan, at: int) -> tuple[Span, ...]:
    """`db.auth("user", "SECRET")` and its like."""
    found = _FUNCTION.match(scan.low, at)
    if found is None:
        return ()
    arguments = _arguments(scan, found.end())
    name, places = found[0], _PLACES[(found.lastindex or 1) - 1]
    if name.startswith("connect"):
        places = _places_of_connect(scan, at, arguments)
    if name.startswith("credential") and scan.low.endswith("network", scan.pos, at):
        places = (2,)  # user, password, domain
    if len(arguments) > 2 and name.startswith("auth") and not _is_long(arguments[0]):
        arguments.pop(0)  # a request or a connection
    for place in places:
        if place <= len(arguments):
            span = arguments[place - 1]
            spans = (arguments[0], span) if name.startswith("sp_password") else (span,)
            return tuple(span for span in spans if span.end > span.start)
    return ()


def _places_of_connect(scan: Scan, at: int, arguments: Sequence[Span]) -> tuple[int, ...]:
    """Of the `connect` at *at*: behind a handle, a user, or a host and a user."""
    if scan.low.endswith("mysql_real_", scan.pos, at):
        return (4,)
    if scan.low.endswith("sql", scan.pos, at):  # ODBC: with a length behind each
        return (6, 3)
    return (2,) if _begins_with_user(scan, at, arguments) else (3,)


def _begins_with_user(scan: Scan, at: int, arguments: Sequence[Span]) -> bool:
    """Whether the arguments of the `connect` at *at* are a user, a password and maybe a service."""
    if scan.low.endswith(_USER_FIRST, scan.pos, at):
        return True
    if len(arguments) < 3:
        return False
    user, service = arguments[0], arguments[2]
    return (
        _NAME.fullmatch(scan.text, user.start, user.end) is not None
        and _SERVICE.fullmatch(scan.text, service.start, service.end) is not None
    )


def _is_long(span: Span) -> bool:
    return span.end > span.start


def _arguments(scan: Scan, at: int) -> list[Span]:
    """The first arguments of a call; of those that are not quoted nothing."""
    spans: list[Span] = []
    far = len(scan.text) - _LONGEST_ARGUMENT
    while len(spans) < _MOST_ARGUMENTS and (argument := _ARGUMENT.match(scan.low, at)):
        at = argument.end()
        if (quote := argument["quote"]) is None:
            spans.append(Span(at, at))
        elif is_empty(scan, at, quote):
            spans.append(Span(at, at))
            at += len(quote)
        elif closing(scan, at, quote, at + _LONGEST_ARGUMENT) is None and at < far:
            spans.append(Span(at, len(scan.text)))
            break
        else:
            spans.append(quoted(scan, at, quote))
            at = spans[-1].end + len(quote)
        comma = _COMMA.match(scan.low, at)
        if comma is None:
            break
        at = comma.end()
    return spans


ENGINES: Final = ("mysql(", "postgresql(", "mongodb(", "remote(", "remotesecure(")
_PLAIN = r"\s?(?:'[^'\n]{0,200}'|[\w.]{1,200}+)\s?,"
_ENGINE = re.compile(
    rf"(?:{'|'.join(map(re.escape, ENGINES))}){_PLAIN}{_PLAIN}{_PLAIN}(?P<fourth>{_PLAIN})?\s?'"
)
_OF_DATABASE = re.compile(r"\bcreate\s+database\b[^;\n]{0,160}\Z|materialized\Z")


def engine(scan: Scan, at: int) -> tuple[Span, ...]:
    """ClickHouse's `MySQL('host:port', 'database', 'table', 'user', 'SECRET')`.

    Engines of databases, and `remote` with the table's name in one, have an argument less.
    """
    found = _ENGINE.match(scan.low, at)
    if found is None:
        return ()
    start = found.end()
    if found["fourth"] and _OF_DATABASE.search(scan.before(at)[-200:].lower()):
        start = (
            found.start("fourth") + found["fourth"].index("'") + 1
            if "'" in found["fourth"]
            else start
        )
    return () if is_empty(scan, start, "'") else (quoted(scan, start, "'"),)


# -- tables whose rows are files in a store of objects ------------------------------------------------

STORES: Final = ("s3(", "s3cluster(", "s3queue(", "gcs(", "oss(", "cosn(", "icebergs3(", "iceberg(", "deltalake(", "hudi(")  # fmt: skip
_STORE = re.compile("|".join(map(re.escape, STORES)))
_FORMAT = re.compile(
    r"(?:auto|csv|tsv|tskv|tab|json|bson|parquet|orc|arrow|avro|native|values|protobuf|msgpack|line|regexp"
    r"|raw|row|template|capnproto|custom|pretty|vertical|xml|null|one|npy|form|mysqldump)[a-z]{0,40}"
)
_WORD_OF_SESSION: Final = 40


def stored_files(scan: Scan, at: int) -> tuple[Span, ...]:
    """ClickHouse's `s3('https://…', 'KEY', 'SECRET', 'CSV')`; without keys the format comes second."""
    found = _STORE.match(scan.low, at)
    if found is None or (at > scan.pos and scan.low[at - 1].isalnum()):
        return ()
    arguments = _arguments(scan, found.end())
    if found[0] == "s3cluster(":
        arguments = arguments[1:]
    keys = arguments[1:4]
    if len(keys) < 2 or not keys[0].end > keys[0].start:
        return ()
    if _FORMAT.fullmatch(scan.low, *keys[0][:2]):
        return ()
    if not _is_session(scan, keys[-1]):
        del keys[2:]
    return tuple(span for span in keys if _is_long(span))


def _is_session(scan: Scan, span: Span) -> bool:
    """Whether it is the token of a session, no format."""
    return _FORMAT.fullmatch(scan.low, span.start, span.end) is None and (
        span.end - span.start >= _WORD_OF_SESSION
    )


AZURE: Final = "azureblobstorage("
REDIS: Final = "redis("


def account_key(scan: Scan, at: int) -> tuple[Span, ...]:
    """`azureBlobStorage('url', 'container', 'path', 'account', 'KEY')`, `Redis('h:6379', 0, 'SECRET')`."""
    is_redis = scan.low.startswith(REDIS, at)
    arguments = _arguments(scan, at + len(REDIS if is_redis else AZURE))
    if len(arguments) < 3:
        return ()
    place = 5
    if is_redis and not _is_long(arguments[1]):  # the number of a database, maybe behind a port
        place = 3 if _is_long(arguments[2]) else 4
    if place > len(arguments) or not _is_long(arguments[place - 1]):
        return ()
    return (arguments[place - 1],)
