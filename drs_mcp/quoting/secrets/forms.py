"""The table of forms: the words and characters that announce a secret, and who reads on there.

A trigger is lower case; every text that holds a secret of a form holds one of the form's triggers,
so that a page is searched for these few first. They are short where a form has many spellings, and
long where they would stand in innocent logs.
"""

from collections.abc import Callable
from typing import Final

from drs_mcp.quoting.secrets.assignments import named, named_in_cjk
from drs_mcp.quoting.secrets.commands import (
    acl_setuser,
    curl,
    gsql,
    identified,
    option_p,
    redis_auth,
    redis_cli,
    sqlplus,
    user_and_password,
)
from drs_mcp.quoting.secrets.headers import bare_scheme
from drs_mcp.quoting.secrets.keys import CJK_KEYS
from drs_mcp.quoting.secrets.locators import pgpass, userinfo, userinfo_in_percents
from drs_mcp.quoting.secrets.tokens import TOKEN_TRIGGERS, pem, token
from drs_mcp.quoting.secrets.values import Scan, Span

Reader = Callable[[Scan, int], tuple[Span, ...]]
"""Says what to hide in a text in which its trigger stands at a place; nothing if it is no secret."""

AT_SIGN: Final = "@"
"""Announces a password by what follows it: read by `before_at_signs`, ahead of the others."""

FORMS: Final[dict[str, tuple[Reader, ...]]] = {
    "pass": (named,),
    "changeuserpass": (user_and_password,),
    "sp_pass": (user_and_password,),
    "pw": (named,),
    "secret": (named,),
    "token": (named,),
    "key": (named,),
    "cred": (named,),
    "cookie": (named,),
    "auth": (named, user_and_password, redis_auth),
    "sig": (named,),
    "k=": (named,),
    "k:": (named,),
    "k =": (named,),
    'k"': (named,),
    "k'": (named,),
    **dict.fromkeys(CJK_KEYS, (named_in_cjk,)),
    "://": (userinfo,),
    ":\\/": (userinfo,),
    "%40": (userinfo_in_percents,),
    ":5432:": (pgpass,),
    ":*:": (pgpass,),
    "identified": (identified,),
    "-p": (option_p,),
    "redis-cli": (redis_cli,),
    "gsql": (gsql,),
    "curl": (curl,),
    "sqlplus": (sqlplus,),
    "setuser": (acl_setuser,),
    "sp_addlogin": (user_and_password,),
    "bearer": (bare_scheme,),
    "basic ": (bare_scheme,),
    "-----": (pem,),
    **dict.fromkeys(TOKEN_TRIGGERS, (token,)),
}
