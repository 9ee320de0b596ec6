"""What a field or an argument may be given: JSON of any kind, and text with canaries in it."""

import json
from random import Random
from typing import Any

from tests.hostile.planting import PAYLOADS

SECRET = "Zk9planted7Qx"
CANARY = "fuzz!canary"  # no identifier, so nowhere a name that our sentences may say
CANARIES = (CANARY, *(payload.canary for payload in PAYLOADS))
HUGE = "@a number of 5000 digits@"
"""Stands for a number that Python does not print: `encoded` puts it in."""

SECRET_KEYS = (
    "password", "db_password", "ssl_cert_password", "ssl_cert_key", "trust_store_password",
    "key_store_password", "key_password", "full_trans_user_pwd", "increment_trans_user_pwd",
    "X-Auth-Token", "X-Subject-Token", "X-Security-Token", "access_key", "secret_key", "ak", "sk",
    "dbPassword", "private_key", "secretAccessKey", "auth_token",
)  # fmt: skip
_LIGHT = [payload.text for payload in PAYLOADS if len(payload.text) < 10_000]
_HEAVY = [payload.text for payload in PAYLOADS if len(payload.text) >= 10_000]
_UNSEEN = ("\u200b", "\u202e", "\x1b[31m", "\x00", "\u2028", "\ufe0f", "\U000e0041", "\r\n", "\x9b")
_UNKNOWN = ("", "-1", "NaN", "null", "N/A", "-", "none", "0", " ", "100%", "true", "{}", "[]")
_NUMBERS = (
    0, 1, -1, 2, 7, 99, 100, 101, 1000, 2**31, 2**53 + 1, 2**63, -(2**63) - 1, 10**19, 10**400,
    0.5, -0.0, 1e-320, 1e308, 1.7976931348623157e308, 99.95, 1_763_625_600_000, 253_402_300_799_000,
)  # fmt: skip
_NO_NUMBERS = (float("nan"), float("inf"), float("-inf"))
_TIMES = (
    "2026-11-20T08:00:00Z", "2026-11-20 07:59:59", "2026-02-30T25:61:61Z", "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00Z", "2026-11-20T08:00:00+14:00", "1763625600", "1763625600000", "9" * 15,
    "2026-11-20T08:00:00.123456789Z", "20 Nov 2026", "--5", "-62135596800001", "2026-11-20T08:00:00-23:59",
)  # fmt: skip
_WORDS = (
    "SUCCESSFUL", "FAILED", "RUNNING", "INCRE_TRANSFER_STARTED", "FULL_TRANSFER_FAILED", "PAUSING",
    "CONFIGURATION", "NEW_STATUS_OF_2027", "contents", "lines", "object", "ERROR", "WARN", "sync",
    "cloudDataGuard", "INCR_TRANS", "FULL_TRANS", "TABLE", "up", "down", "mysql-to-mysql", "on",
)  # fmt: skip


def hostile(rng: Random) -> str:
    """Text of the file of hostile payloads, at times cut up or mixed with what nobody can see."""
    roll = rng.random()
    if roll < 0.03:
        return rng.choice(_HEAVY)
    text = rng.choice(_LIGHT)
    if roll < 0.5:
        return text
    if roll < 0.7:
        return f"{text[: rng.randrange(len(text) + 1)]} {CANARY} {rng.choice(_LIGHT)}"
    place = rng.randrange(len(text) + 1)
    return f"{text[:place]}{rng.choice(_UNSEEN)}{text[place:]} {CANARY}"


def secret(rng: Random) -> str:
    """A secret that must never be seen again."""
    return f"{SECRET}{rng.randrange(10**6)}"


def telling(rng: Random) -> str:
    """Text that tells a secret, as logs and messages do."""
    return rng.choice(
        (
            "connect failed: password={0}",
            'config {{"db_password": "{0}", "port": 3306}}',
            "jdbc:mysql://10.0.0.7:3306/shop?user=root&password={0}&useSSL=false",
            "could not reach mysql://root:{0}@10.0.0.7:3306/shop",
            "CREATE USER 'drs'@'%' IDENTIFIED BY '{0}'",
            "X-Auth-Token: {0}",
            "Authorization: Bearer {0}",
            "-----BEGIN PRIVATE KEY-----\n{0}\n-----END PRIVATE KEY-----",
            "secret_key={0}; access_key={0}",
            "SET PASSWORD FOR 'drs'@'%' = '{0}'",
        )
    ).format(secret(rng))


def text(rng: Random) -> str:
    """Any text."""
    roll = rng.random()
    if roll < 0.25:
        return rng.choice(_UNKNOWN)
    if roll < 0.40:
        return rng.choice(_TIMES)
    if roll < 0.55:
        return rng.choice(_WORDS)
    if roll < 0.75:
        return hostile(rng)
    if roll < 0.87:
        return telling(rng)
    if roll < 0.90:
        return rng.choice(("x", "9", "数据", "'", "\\", "\n", "é\u0301")) * rng.choice(
            (400, 20_000)
        )
    return "".join(chr(_point(rng)) for _ in range(rng.randrange(1, 30)))


def _point(rng: Random) -> int:
    """A code point; half a pair is one too."""
    most = rng.choice((0x7F, 0x2FFF, 0xFFFF, 0x10FFFF))
    return rng.randrange(most + 1)


def number(rng: Random) -> Any:
    """A number, or what stands for one where a serialiser knows no better."""
    roll = rng.random()
    if roll < 0.08:
        return rng.choice(_NO_NUMBERS)
    if roll < 0.10:
        return HUGE
    return rng.choice(_NUMBERS)


def scalar(rng: Random) -> Any:
    """Anything that holds nothing else."""
    roll = rng.random()
    if roll < 0.12:
        return None
    if roll < 0.2:
        return rng.random() < 0.5
    return number(rng) if roll < 0.5 else text(rng)


def anything(rng: Random, depth: int = 3) -> Any:
    """Any JSON."""
    roll = rng.random()
    if depth == 0 or roll < 0.6:
        return scalar(rng)
    if roll < 0.62:
        return nested(rng.choice((20, 120, 400)), rng.random() < 0.5)
    if roll < 0.8:
        return [anything(rng, depth - 1) for _ in range(rng.randrange(4))]
    return {key(rng): anything(rng, depth - 1) for _ in range(rng.randrange(4))}


def nested(depth: int, in_lists: bool) -> Any:
    """Something at the bottom of *depth* lists or objects."""
    found: Any = "bottom"
    for _ in range(depth):
        found = [found] if in_lists else {"in": found}
    return found


def key(rng: Random) -> str:
    """The name of a field that no shape knows, or knows elsewhere; never one of a secret."""
    known = (
        "id",
        "name",
        "status",
        "error_code",
        "error_msg",
        "total_count",
        "job",
        "jobs",
        "logs",
    )
    return rng.choice((*known, "x", "", "a b", "名", "__proto__", hostile(rng)[:200]))


def encoded(value: Any) -> bytes:
    """JSON as a careless serialiser writes it: lone surrogates, NaN and huge numbers and all."""
    made = json.dumps(value).encode()
    return made.replace(f'"{HUGE}"'.encode(), b"9" * 5000) if HUGE.encode() in made else made
