"""The table of forms: the words and characters that announce a secret, and who reads on there.

A trigger is lower case; every text that holds a secret of a form holds one of the form's triggers,
so that a page is searched for these few first. They are short where a form has many spellings, and
long where they would stand in innocent logs.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from drs_mcp.quoting.secrets.assignments import named
from drs_mcp.quoting.secrets.cells import column
from drs_mcp.quoting.secrets.commands import (
    PLACES,
    acl_line,
    acl_rules,
    by_place,
    identified,
    redis_auth,
    sasl,
)
from drs_mcp.quoting.secrets.expressions.powershell import SECURE, piped, secure_string
from drs_mcp.quoting.secrets.functions import (
    AZURE,
    ENGINES,
    OTHERS,
    REDIS,
    STORES,
    account_key,
    engine,
    stored_files,
    user_and_password,
)
from drs_mcp.quoting.secrets.headers import bare_scheme
from drs_mcp.quoting.secrets.keys import CJK_KEYS
from drs_mcp.quoting.secrets.languages import (
    ESCAPED,
    PAIRS,
    PARTED_KEYS,
    WORDS,
    key_and_secret,
    named_in_cjk,
    named_in_escapes,
    named_in_words,
)
from drs_mcp.quoting.secrets.locators import (
    pgpass,
    quoted_before_at_sign,
    userinfo,
    userinfo_in_percents,
)
from drs_mcp.quoting.secrets.options import (
    TOOLS,
    curl,
    dsn,
    echoed,
    login_module,
    net_use,
    of_tool,
    short_option,
    slashed,
    stored,
)
from drs_mcp.quoting.secrets.protocols.dialogues import (
    FTP,
    LOGDATA,
    RESPONSE,
    TYPED,
    ftp,
    in_element,
    logdata,
    response,
    typed,
)
from drs_mcp.quoting.secrets.protocols.mail import (
    LOGIN,
    PROMPTS,
    answered,
    handshake,
    logged_in,
    pass_sent,
    proof,
)
from drs_mcp.quoting.secrets.sentences.access_keys import NAMED, access_key, access_keys
from drs_mcp.quoting.secrets.sentences.judged import BLAMED, NOT_VALID, blamed, not_valid
from drs_mcp.quoting.secrets.tokens import TOKENS, pem
from drs_mcp.quoting.secrets.values import Scan, Span

Reader: TypeAlias = Callable[[Scan, int], tuple[Span, ...]]
"""Says what to hide in a text in which its trigger stands at a place; nothing if it is no secret."""

AT_SIGN: Final = "@"
"""Announces a password by what follows it: read by `before_at_signs`, ahead of the others."""

AHEAD: Final[dict[str, Reader]] = {
    "| sudo": echoed,
    "| passwd": echoed,
    "| chpasswd": echoed,
    "| kinit": echoed,
    f"| {SECURE}": piped,
    f"|{SECURE}": piped,
    " ~": acl_line,
    "%40": userinfo_in_percents,
    **dict.fromkeys(NOT_VALID, not_valid),
    **dict.fromkeys(BLAMED, blamed),
}
"""What announces a secret by what follows it, too: read before all else, that nothing which begins
within the secret is taken for one by itself."""

FORMS: Final[dict[str, tuple[Reader, ...]]] = {
    "pass": (column, named, pass_sent),
    "changeuserpass": (user_and_password,),
    "sp_pass": (user_and_password,),
    "pw": (column, named),
    "secret": (column, named),
    "token": (column, named),
    "key": (column, named),
    "_string": (column, named),
    "jsessionid": (named,),
    "phpsessid": (named,),
    "pin=": (named,),
    "credential": (stored, user_and_password, named),
    "cookie": (named,),
    "auth": (handshake, in_element, named, user_and_password, redis_auth),
    **dict.fromkeys(PROMPTS, (answered,)),
    **dict.fromkeys(LOGIN, (logged_in,)),
    **dict.fromkeys(PAIRS, (key_and_secret, access_keys)),
    **dict.fromkeys(NAMED, (access_key,)),
    "sig": (named,),
    "k=": (named,),
    "k:": (named,),
    "k =": (named,),
    'k"': (named,),
    "k'": (named,),
    "k：": (named,),
    **dict.fromkeys((*CJK_KEYS, *PARTED_KEYS), (named_in_cjk,)),
    **dict.fromkeys(WORDS, (named_in_words,)),
    **dict.fromkeys(ESCAPED, (named_in_escapes,)),
    "://": (userinfo,),
    ":\\/": (userinfo,),
    '/"': (quoted_before_at_sign,),
    '/\\"': (quoted_before_at_sign,),
    ":5432:": (pgpass,),
    ":*:": (pgpass,),
    "identified": (identified,),
    "-p": (short_option,),
    "-w": (short_option,),
    "-k": (short_option,),
    **dict.fromkeys(TOOLS, (of_tool,)),
    "curl": (curl,),
    "sqlplus": (slashed,),
    "pdp ": (slashed,),
    "sqlldr": (slashed,),
    "userid=": (slashed,),
    'user": "': (slashed,),
    ",p=": (dsn, proof),
    "net use": (net_use,),
    **dict.fromkeys(PLACES, (by_place,)),
    **dict.fromkeys(ENGINES, (engine,)),
    "loginmodule": (login_module,),
    "setuser": (acl_rules,),
    "sp_addl": (user_and_password,),
    "adduser": (user_and_password,),
    "connect(": (user_and_password,),
    **dict.fromkeys(OTHERS, (user_and_password,)),
    **dict.fromkeys(STORES, (stored_files,)),
    **dict.fromkeys((AZURE, REDIS), (account_key,)),
    SECURE: (secure_string,),
    "pdo(": (user_and_password,),
    "__construct": (user_and_password,),
    "getconnection": (user_and_password,),
    "openrowset": (user_and_password,),
    "sasl": (sasl, handshake),
    **dict.fromkeys(TYPED, (typed,)),
    **dict.fromkeys(FTP, (ftp,)),
    RESPONSE: (response,),
    LOGDATA: (logdata,),
    "negotiate": (bare_scheme,),
    "bearer": (bare_scheme,),
    "basic ": (bare_scheme,),
    "-----": (pem,),
    **{trigger: (read,) for trigger, read in TOKENS.items()},
    **dict.fromkeys(AHEAD, ()),
}

FAR: Final[frozenset[Reader]] = frozenset({column, curl, login_module, handshake})
"""Readers that read on over a line or more, between whose secrets others may stand."""
